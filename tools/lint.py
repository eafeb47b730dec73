#!/usr/bin/env python3
"""Lints files and compilation databases with the plugin.

A project's own .clang-tidy counts when it mentions a check of the plugin;
otherwise all of its checks run, and no others. Ends with status 0 when nothing
was found, 1 when something was, and 2 when it could not run.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

INSTALLED = str(pathlib.Path(__file__).resolve().parents[1] / "lib/borrow-tidy/libborrow-tidy.so")
CLEAN, FOUND, COULD_NOT_RUN = range(3)


class Failure(Exception):
    """Why nothing can be linted, for the user to read."""


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
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
    except OSError as error:
        raise Failure(f"cannot run {command[0]}: {error.strerror}") from None
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
    try:
        entries = json.loads((database / DATABASE).read_text())
        return {(pathlib.Path(e["directory"]) / e["file"]).resolve() for e in entries}
    except (ValueError, TypeError, KeyError):
        raise Failure(f"{database / DATABASE} is not a compilation database") from None


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
    if not pathlib.Path(plugin).is_file():
        raise Failure(f"there is no {plugin}; name the plugin by --plugin")
    if (path / DATABASE).is_file():
        return lint_database(path, plugin)
    if path.is_file():
        return lint_file(path, plugin)
    raise Failure(f"{path} has no {DATABASE}" if path.is_dir() else f"{path} does not exist")


def status(path, plugin):
    try:
        return lint(path.resolve(), plugin)
    except Failure as failure:
        print(f"lint: {failure}", file=sys.stderr)
        return COULD_NOT_RUN


def main():
    parser = argparse.ArgumentParser(
        prog="borrow-lint",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--plugin",
        default=INSTALLED,
        help="libborrow-tidy.so; by default the one installed with this script",
    )
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    return max([status(path, arguments.plugin) for path in arguments.paths])


if __name__ == "__main__":
    sys.exit(main())
