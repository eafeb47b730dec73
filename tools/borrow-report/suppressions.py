"""NOLINT comments for our checks that suppress nothing any more.

Lints the files with those comments taken out, in memory, and asks for each of
them if a finding lies where it applies.
"""

import json
import pathlib
import re
import subprocess
import tempfile
from typing import NamedTuple

import findings
from findings import Failure

COMMENT = re.compile(r"NOLINT(?P<kind>NEXTLINE|BEGIN|END)?\((?P<checks>[^)\n]*)\)")
EXPANDED = "expanded from macro"


class Suppression(NamedTuple):
    """A NOLINT comment and the lines that it applies to."""

    path: pathlib.Path
    line: int
    checks: tuple
    first: int
    last: int

    def covers(self, finding, root):
        """A comment in a macro's definition counts where the macro is used."""
        expanded = (note.place for note in finding.notes if note.text.startswith(EXPANDED))
        return any(matches(pattern, finding.check) for pattern in self.checks) and any(
            root / place.path == self.path and self.first <= place.line <= self.last
            for place in (finding.place, *expanded)
        )


def matches(pattern, check):
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), check) is not None


def about_us(checks, names):
    """The patterns that speak of our checks; `*` alone speaks of everybody's."""
    patterns = [pattern.strip() for pattern in checks.split(",")]
    return tuple(p for p in patterns if p != "*" and any(matches(p, name) for name in names))


def find(path, text, names):
    """The suppressions in a file, in order of their lines."""
    begun, result = [], []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        for comment in COMMENT.finditer(line):
            checks = about_us(comment["checks"], names)
            if not checks:
                continue
            kind = comment["kind"]
            if kind == "BEGIN":
                begun.append((number, checks))
            elif kind == "END":
                matching = [entry for entry in begun if entry[1] == checks]
                if matching:
                    begun.remove(matching[-1])
                    start = matching[-1][0]
                    result.append(Suppression(path, start, checks, start, number))
            else:
                at = number + (kind == "NEXTLINE")
                result.append(Suppression(path, number, checks, at, at))
    result += [Suppression(path, start, checks, start, len(lines)) for start, checks in begun]
    return sorted(result, key=lambda s: s.line)


def without(text, names):
    """The text with those comments made meaningless; nothing moves."""

    def blank(comment):
        if not about_us(comment["checks"], names):
            return comment[0]
        return comment[0].replace("NOLINT", "nolint", 1)

    return COMMENT.sub(blank, text)


def overlay(folder, texts):
    """A file for --vfsoverlay that shows the texts in place of the files."""
    roots = []
    for number, (path, text) in enumerate(texts.items()):
        copy = folder / str(number)
        copy.write_bytes(text)
        roots.append({"type": "file", "name": str(path), "external-contents": str(copy)})
    file = folder / "overlay.yaml"
    file.write_text(json.dumps({"version": 0, "use-external-names": False, "roots": roots}))
    return file


def run(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise Failure(f"cannot run {command[0]}: {error.strerror}") from None


def require_checks(command):
    """Without the plugin clang-tidy finds nothing, and all seem to be unused."""
    listed = run([*command, "--list-checks"])
    if "borrow-" not in listed.stdout:
        reason = listed.stderr.strip() or "is --load missing?"
        raise Failure(f"{command[0]} has none of our checks: {reason}")


def unused(files, clang_tidy):
    """The suppressions in the files that suppress nothing. clang_tidy is its
    command without the names of files, and may end with flags after `--`."""
    names = findings.checks()
    found, texts = [], {}
    for name in files:
        path = pathlib.Path(name).resolve()
        try:
            text = path.read_bytes().decode(errors="surrogateescape")
        except OSError as error:
            raise Failure(f"cannot read {name}: {error.strerror}") from None
        here = find(path, text, names)
        if here:
            found += here
            texts[path] = without(text, names).encode(errors="surrogateescape")
    if not found:
        return []

    split = clang_tidy.index("--") if "--" in clang_tidy else len(clang_tidy)
    require_checks(clang_tidy[:split])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        exported = folder / "findings.yaml"
        command = [
            *clang_tidy[:split],
            "--quiet",
            f"--vfsoverlay={overlay(folder, texts)}",
            f"--export-fixes={exported}",
            *map(str, files),
            *clang_tidy[split:],
        ]
        linted = run(command)
        if linted.returncode not in (0, 1) or "clang-diagnostic-error" in linted.stdout:
            raise Failure(f"clang-tidy failed:\n{linted.stdout}{linted.stderr}".rstrip())
        root = pathlib.Path.cwd()
        there = findings.read([exported], root) if exported.exists() else []
    return [
        suppression
        for suppression in found
        if not any(suppression.covers(finding, root) for finding in there)
    ]
