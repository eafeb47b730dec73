#!/usr/bin/env python3
"""Runs clang-tidy on a file and compares all that it says with the comments

    // expected-warning {{text}}      also: error, note
    // expected-note@-2 {{text}}      about two lines above
    // expected-note 2 {{text}}       twice
    // expected-note@cell.h {{text}}  anywhere in a header of another folder

in the file and in the headers that it includes from its own folder. A text is
the whole message without the check's name. Whatever is printed and not listed,
or listed and not printed, is a failure. With --update the comments are
rewritten to what was printed, to be reviewed as a diff.
"""

import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys

DIAGNOSTIC = re.compile(
    r"^(?P<file>[^\s|][^|]*?):(?P<line>\d+):\d+: (?P<kind>warning|error|note): (?P<text>.*)$"
)
CHECK_NAMES = re.compile(r" \[[\w.,-]+\]$")
EXPECTED = re.compile(
    r"expected-(?P<kind>warning|error|note)(?:@(?P<offset>[+-]\d+)|@(?P<header>[\w.]+))?"
    r"(?:\s+(?P<count>\d+))?\s*\{\{(?P<text>.*?)\}\}"
)
# A run of expectations with the comment marker in front of it.
EXPECTED_COMMENT = re.compile(
    r"\s*//\s*(?:" + re.sub(r"\?P<\w+>", "?:", EXPECTED.pattern) + r"\s*)+$"
)
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
COLUMNS = 100


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--plugin", required=True, help="the plugin to load")
    parser.add_argument("--preload", default="", help="library for LD_PRELOAD")
    parser.add_argument("--mock", help="folder of mocked standard headers")
    parser.add_argument("--config", default="{}", help="clang-tidy's --config")
    parser.add_argument("--fixed", help="also write the file with its fix-its applied here, and verify that they cure all")
    parser.add_argument("--update", action="store_true", help="rewrite the expectations")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("checks", nargs="+", metavar="check")
    own, flags = sys.argv[1:], []
    if "--" in own:
        split = own.index("--")
        own, flags = own[:split], own[split + 1 :]
    arguments = parser.parse_intermixed_args(own)
    arguments.flags = flags
    return arguments


def run_clang_tidy(arguments, file, *more):
    """Returns (file, line, kind, text) of each diagnostic in order; exits when
    clang-tidy did not do its work."""
    command = [
        arguments.clang_tidy,
        "--quiet",
        f"--load={arguments.plugin}",
        f"--checks=-*,{','.join(arguments.checks)}",
        f"--config={arguments.config}",
        "--header-filter=.*",
        *more,
        str(file),
        "--",
        "-std=c++20",
    ]
    if arguments.mock:
        command += ["-nostdinc++", "-isystem", arguments.mock]
    command += arguments.flags
    environment = dict(os.environ)
    if arguments.preload:
        environment["LD_PRELOAD"] = arguments.preload
    run = subprocess.run(command, env=environment, capture_output=True, text=True)

    diagnostics = []
    for line in run.stdout.splitlines():
        match = DIAGNOSTIC.match(line)
        if match:
            text = CHECK_NAMES.sub("", match["text"])
            path = pathlib.Path(match["file"]).resolve()
            diagnostics.append((path, int(match["line"]), match["kind"], text))
    has_error = any(kind == "error" for _, _, kind, _ in diagnostics)
    if run.returncode not in ((0, 1) if has_error else (0,)):
        print(f"clang-tidy ended with status {run.returncode}:\n{' '.join(command)}")
        print(run.stdout, run.stderr, sep="")
        sys.exit(2)
    # Said without a place, for example about an option.
    for line in (run.stdout + run.stderr).splitlines():
        if re.match(r"^(warning|error|Error): ", line):
            diagnostics.append((file, 0, *line.lower().split(": ", 1)))
    return diagnostics


def own_files(file, diagnostics):
    """The file, what it includes from its own folder, and what is talked about."""
    found, queue = [], [file, *(path for path, _, _, _ in diagnostics)]
    while queue:
        path = queue.pop(0)
        if path in found or not path.is_file():
            continue
        found.append(path)
        for line in path.read_text().splitlines():
            include = INCLUDE.match(line)
            if include and (path.parent / include[1]).is_file():
                queue.append((path.parent / include[1]).resolve())
    return [path for path in found if path.is_relative_to(file.parent)]


def expectations(path):
    counts = collections.Counter()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for match in EXPECTED.finditer(line.partition("//")[2]):
            header = match["header"]
            place = 0 if header else number + int(match["offset"] or 0)
            counts[pathlib.Path(header) if header else path, place, match["kind"], match["text"]] += int(match["count"] or 1)
    return counts


def describe(path, line, kind, text):
    return f"{os.path.relpath(path)}:{line}: {kind}: {text}"


def compare(expected, printed):
    """Prints what differs in the order of the lines; returns whether anything did."""
    missing, unexpected = expected - printed, printed - expected
    for key in sorted(missing | unexpected):
        sign, count = ("-", missing[key]) if key in missing else ("+", unexpected[key])
        print(sign, describe(*key) + (f"  ({count} times)" if count > 1 else ""))
    if missing or unexpected:
        print("(- expected but not printed, + printed but not expected)")
    return bool(missing or unexpected)


def directive(kind, text, count, offset=0):
    place = f"@-{offset}" if offset else ""
    times = f" {count}" if count > 1 else ""
    return f"expected-{kind}{place}{times} {{{{{text}}}}}"


def rewrite(path, printed):
    """Replaces the expectations of a file by the diagnostics printed for it."""
    lines, old_numbers = [], []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        bare = EXPECTED_COMMENT.sub("", line)
        if bare or not EXPECTED.search(line):
            lines.append(bare)
            old_numbers.append(number)

    about = collections.defaultdict(list)
    for (file, line, kind, text), count in printed.items():
        if file == path:
            about[line].append((kind, text, count))

    result, pending = [], []
    for line, number in zip(lines, old_numbers):
        said = about[number]
        result.append(line)
        pending += [(len(result), *entry) for entry in said]
        if line.endswith("\\"):
            continue
        indent = re.match(r"\s*", line)[0]
        tail = " ".join(directive(*entry[1:]) for entry in pending)
        fits = len(line) + len("  // ") + len(tail) <= COLUMNS
        here = all(at == len(result) for at, *_ in pending)
        if pending and here and fits and "//" not in line:
            result[-1] += f"  // {tail}"
        else:
            for at, *entry in pending:
                result.append(f"{indent}// " + directive(*entry, len(result) + 1 - at))
        pending = []
    path.write_text("\n".join(result) + "\n")


def append_foreign(file, printed):
    """Lists what was said about headers of other folders at the end of a file."""
    foreign = [
        f"// expected-{kind}@{path}{f' {count}' if count > 1 else ''} {{{{{text}}}}}"
        for (path, line, kind, text), count in sorted(printed.items())
        if not path.is_absolute()
    ]
    if foreign:
        file.write_text(file.read_text() + "\n" + "\n".join(foreign) + "\n")


def write_fixed(arguments):
    """Applies the fix-its to a copy without test comments, of which nothing must
    be said any more."""
    source = arguments.file.read_text()
    source = re.sub(r"^[ \t]*// (expected-|FIX|RUN).*\n", "", source, flags=re.M)
    source = re.sub(r"[ \t]*// expected-.*", "", source)
    fixed = pathlib.Path(arguments.fixed).resolve()
    fixed.write_text(source)
    arguments.flags.append(f"-I{arguments.file.resolve().parent}")
    run_clang_tidy(arguments, fixed, "--fix")
    left = run_clang_tidy(arguments, fixed)
    for diagnostic in left:
        print("after the fix:", describe(*diagnostic))
    return bool(left)


def main():
    arguments = parse_arguments()
    file = arguments.file.resolve()
    diagnostics = [
        d if d[0].is_relative_to(file.parent) else (pathlib.Path(d[0].name), 0, *d[2:])
        for d in run_clang_tidy(arguments, file)
    ]
    files = own_files(file, diagnostics)
    printed = collections.Counter(diagnostics)
    failed = False
    if arguments.update:
        for path in files:
            rewrite(path, printed)
        append_foreign(file, printed)
    else:
        expected = sum((expectations(path) for path in files), collections.Counter())
        failed = compare(expected, printed)
    if arguments.fixed:
        failed |= write_fixed(arguments)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
