#!/usr/bin/env python3
"""Lints files and compilation databases with the plugin; see `./dev help`.

A project's own .clang-tidy counts when it mentions a check of the plugin;
otherwise all of its checks run, and no others.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

INSTALLED = str(pathlib.Path(__file__).resolve().parents[1] / "lib/borrow-tidy/libborrow-tidy.so")
CLEAN, FOUND, COULD_NOT_RUN = range(3)
DATABASE = "compile_commands.json"
SOURCES = {".c", ".cc", ".cpp", ".cxx", ".c++", ".C"}
PROGRESS = re.compile(r"^\[ *(\d+)/(\d+)\]\[[\d.]+s\] ")
FINDING = re.compile(r"(?:^|: )(warning|error): ")
CHATTER = re.compile(r"^(Running clang-tidy in |\d+ (warning|error)s? generated|$)")


def chooses_checks(file):
    """Whether the .clang-tidy for the file mentions the plugin's checks."""
    for folder in file.parents:
        config = folder / ".clang-tidy"
        text = config.read_text() if config.is_file() else "InheritParentConfig"
        if "borrow-" in text:
            return True
        if "InheritParentConfig" not in text:
            return False
    return False


def selection(files):
    """The options that select checks for files without a choice of their own."""
    if any(map(chooses_checks, files)):
        return []
    return ["-checks=-*,borrow-*", "-header-filter=.*"]


def run(command):
    """Passes on what a linter says, with its progress on stderr."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    found = broken = False
    on_terminal = sys.stderr.isatty()
    for line in process.stdout:
        progress = PROGRESS.match(line)
        if progress:
            done = f"[{progress[1]}/{progress[2]}] files linted"
            print(f"\r{done}" if on_terminal else done, end="", file=sys.stderr, flush=True)
            if not on_terminal or progress[1] == progress[2]:
                print(file=sys.stderr)
        elif not CHATTER.match(line):
            print(line, end="", flush=True)
            found |= bool(FINDING.search(line))
            broken |= "[clang-diagnostic-error]" in line
    if process.wait() != 0 and not found:
        broken = True
    return COULD_NOT_RUN if broken else FOUND if found else CLEAN


def files_of(database):
    entries = json.loads((database / DATABASE).read_text())
    return {(pathlib.Path(e["directory"]) / e["file"]).resolve() for e in entries}


def lint_database(folder, plugin):
    # run-clang-tidy first asks for the checks of the current folder, which may
    # have none.
    return run(
        ["run-clang-tidy-22", "-quiet", "-allow-no-checks"]
        + ["-clang-tidy-binary", "clang-tidy-22"]
        + ["-load", plugin, "-p", str(folder)]
        + selection(files_of(folder))
    )


def database_of(file):
    """The nearest compilation database that speaks of the file; a header goes
    by the files around it."""
    for folder in file.parents:
        for place in (folder, folder / "build"):
            if (place / DATABASE).is_file():
                if file in files_of(place) or file.suffix not in SOURCES:
                    return place
    return None


def lint_file(file, plugin):
    command = ["clang-tidy-22", "--quiet", f"--load={plugin}", *selection([file]), str(file)]
    database = database_of(file)
    return run(command + (["-p", str(database)] if database else ["--", "-std=c++20"]))


def lint(path, plugin):
    if (path / DATABASE).is_file():
        return lint_database(path, plugin)
    if path.is_file():
        return lint_file(path, plugin)
    what = f"has no {DATABASE}" if path.is_dir() else "does not exist"
    print(f"lint: {path} {what}", file=sys.stderr)
    return COULD_NOT_RUN


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plugin", default=INSTALLED, help="libborrow-tidy.so; by default the one installed with this script")
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    return max([lint(path.resolve(), arguments.plugin) for path in arguments.paths])


if __name__ == "__main__":
    sys.exit(main())
