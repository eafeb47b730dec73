"""Runs clang-tidy with the plugin under limits, and tells what went wrong."""

import os
import re
import resource
import signal
import subprocess
import tempfile
from dataclasses import dataclass

TRIVIAL = "misc-unused-alias-decls"
FAILURE = re.compile(
    r"^.*(?:Stack dump:|PLEASE submit a bug|AddressSanitizer|runtime error:|Assertion .* failed"
    r"|LLVM ERROR|terminate called).*$",
    re.M,
)


@dataclass
class Run:
    status: int
    text: str
    seconds: float
    megabytes: int

    def failure(self):
        """What kept it from ending in order, or an empty string."""
        if self.status in (-signal.SIGXCPU, -signal.SIGKILL):
            return "hangs"
        match = FAILURE.search(self.text)
        if match:
            return match[0].strip()[:160]
        return signal.Signals(-self.status).name if self.status < 0 else ""


@dataclass
class Host:
    clang_tidy: str
    plugin: str
    preload: str = ""
    seconds: int = 10  # Of CPU time, for one file.

    def lint(self, files, flags, checks="borrow-*", seconds=None):
        """Lints the files in one process."""
        seconds = seconds or self.seconds
        command = [self.clang_tidy, f"--load={self.plugin}", f"--checks=-*,{checks}", "--quiet"]
        environment = dict(os.environ, LD_PRELOAD=self.preload)
        # As in test/lit.cfg.py: the host itself is not instrumented.
        environment["ASAN_OPTIONS"] = (
            "detect_leaks=0:allow_user_poisoning=0:detect_container_overflow=0"
        )

        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))

        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                [*command, *map(str, files), "--", "-w", "-ferror-limit=0", *flags],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                preexec_fn=limit,
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read().decode(errors="replace")
        return Run(
            process.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
        )

    def failures(self, files, flags):
        """Lints the files together. Gives what was said, and (file, failure)
        for each file that fails with our checks and doesn't without them."""
        run = self.lint(files, flags, seconds=self.seconds + len(files))
        failure = run.failure()
        if not failure:
            return run.text, []
        if len(files) == 1:
            guilty = not self.lint(files, flags, TRIVIAL).failure()
            return run.text, [(files[0], failure if guilty else "")]
        middle = len(files) // 2
        text, found = self.failures(files[:middle], flags)
        more, others = self.failures(files[middle:], flags)
        return text + more, found + others
