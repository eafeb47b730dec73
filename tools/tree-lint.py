#!/usr/bin/env python3
"""Holds the tree to the rules of CONTRIBUTING.md that a program can check.

Prints one line for each breach and ends with status 1 if there is any. With
--fix the table of checks in README.md is generated anew first.
"""

import argparse
import pathlib
import re
import sys
from typing import NamedTuple

# From the bottom up: a folder of lib/ includes itself and those before it.
LAYERS = "Support Model Place Facts Dataflow Summary Diagnosis Repair Session".split()
# The module's own header of clang-tidy moved, and lib/ knows no clang-tidy.
VERSION_TESTERS = ("lib/Support/", "checks/BorrowTidyModule.cpp")
HEADER_LINES, SOURCE_LINES, CHECK_LINES = 250, 600, 150
HEADINGS = [
    "Example",
    "Why",
    "Use instead",
    "What counts as .+",
    "Limitations",
    "Silencing",
    "Options",
]
TIERS = {"Default": "yes", "OptIn": "no"}
TABLE = re.compile(r"(<!-- checks: .*? -->\n).*?(<!-- end of checks -->)", re.S)

ROW = re.compile(r'^BORROW_CHECK\((\w+),\s*"([^"]+)",\s*(\w+),\s*"([^"]+)"\)$', re.M)
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)
VERSION_TEST = re.compile(r"^\s*#\s*(?:el)?if.*\b(?:CLANG|LLVM)_VERSION_", re.M)
TEST_FUNCTION = re.compile(r"\b((?:bad|ok)_\w+)\([^;{}[]*\)[^;{}()[]*\{")
COMMENT_OR_STRING = re.compile(r'//[^\n]*|"((?:[^"\\\n]|\\.)*)"')


class Check(NamedTuple):
    class_name: str
    name: str
    tier: str
    summary: str

    @property
    def stem(self):
        return self.name.removeprefix("borrow-")

    @property
    def sentence(self):
        return f"{self.summary[0].upper()}{self.summary[1:]}."


class Tree:
    """The files of the project and what is wrong with them."""

    def __init__(self, root):
        self.root = root
        self.problems = []
        rows = (root / "checks" / "Checks.def").read_text()
        self.checks = [Check(*row) for row in ROW.findall(rows)]
        if rows.count("\nBORROW_CHECK(") != len(self.checks):
            self.problem("checks/Checks.def", "a row is not of the form of the others")

    def problem(self, place, what):
        self.problems.append(f"{place}: {what}")

    def sources(self, *folders):
        """(name, text) of the C++ files in the folders."""
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in (".h", ".cpp"):
                    yield path.relative_to(self.root).as_posix(), path.read_text()

    def read(self, name):
        path = self.root / name
        if path.is_file():
            return path.read_text()
        self.problem(name, "is missing")
        return None


def lint_rows(tree):
    names = [check.name for check in tree.checks]
    if names != sorted(set(names)):
        tree.problem("checks/Checks.def", "rows are not sorted by name, or not unique")
    for check in tree.checks:
        words = check.stem.split("-")
        if check.class_name != "".join(map(str.capitalize, words)) + "Check":
            tree.problem("checks/Checks.def", f"{check.class_name} does not fit {check.name}")
        if check.tier not in TIERS:
            tree.problem("checks/Checks.def", f"{check.name}: unknown tier {check.tier}")
        lint_message(tree, "checks/Checks.def", check.summary)


def lint_files_of_checks(tree):
    for check in tree.checks:
        source = tree.read(f"checks/{check.class_name}.cpp")
        if source and len(source.splitlines()) > CHECK_LINES:
            tree.problem(f"checks/{check.class_name}.cpp", f"more than {CHECK_LINES} lines")
        tree.read(f"test/checks/{check.stem}.cpp")
        page = tree.read(f"docs/checks/{check.stem}.md")
        if page:
            lint_page(tree, check, page)


def lint_page(tree, check, page):
    name = f"docs/checks/{check.stem}.md"
    if not page.startswith(f"# {check.name}\n\n{check.sentence}\n"):
        tree.problem(name, f"does not begin with its name and “{check.sentence}”")
    headings = re.findall(r"^## (.+)$", page, re.M)
    fits = len(headings) == len(HEADINGS) and all(map(re.fullmatch, HEADINGS, headings))
    if not fits:
        tree.problem(name, "the headings are not: " + ", ".join(HEADINGS))


def lint_layers(tree):
    for name, text in tree.sources("lib"):
        layer = LAYERS.index(name.split("/")[1])
        for include in INCLUDE.findall(text):
            folder = include.split("/")[0]
            if folder in LAYERS and LAYERS.index(folder) > layer:
                tree.problem(name, f"{LAYERS[layer]} must not include {folder}")
            if folder == "clang-tidy":
                tree.problem(name, "lib must not include clang-tidy")
            if include == "clang/Analysis/CFG.h" and LAYERS[layer] != "Facts":
                tree.problem(name, "only Facts reads the CFG")
    for name, text in tree.sources("lib", "checks", "tools"):
        if VERSION_TEST.search(text) and not name.startswith(VERSION_TESTERS):
            tree.problem(name, "only lib/Support tells LLVM's versions apart")
    for name, text in tree.sources("checks"):
        if "clang/Analysis/CFG.h" in INCLUDE.findall(text):
            tree.problem(name, "only Facts reads the CFG")


def lint_sizes(tree):
    for name, text in tree.sources("lib", "checks", "tools", "shim"):
        limit = HEADER_LINES if name.endswith(".h") else SOURCE_LINES
        if len(text.splitlines()) > limit:
            tree.problem(name, f"more than {limit} lines")


def lint_message(tree, place, text):
    if text[0].isupper() or text.endswith("."):
        tree.problem(place, f"a message starts in lower case and has no final period: “{text}”")


def lint_messages(tree):
    """A string with a space in it is part of a message."""
    for check in tree.checks:
        name = f"checks/{check.class_name}.cpp"
        text = (tree.root / name).read_text() if (tree.root / name).is_file() else ""
        for literal in COMMENT_OR_STRING.findall(text):
            if " " in literal.strip():
                lint_message(tree, name, literal)


def lint_tests(tree):
    """A bad_ function has a warning, or is the other half of one; an ok_ function has none."""
    for name, text in tree.sources("test/checks", "test/options"):
        for function in TEST_FUNCTION.finditer(text):
            depth, end = 1, function.end()
            while depth and end < len(text):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            if function[1].startswith("ok_"):
                if "expected-warning" in text[function.start() : end]:
                    tree.problem(name, f"{function[1]} has a warning")
                continue
            said = text[function.start() : end + len(text[end:].partition("\n\n")[0])]
            if "expected-" not in said:
                tree.problem(name, f"nothing is expected of {function[1]}")


def table(checks):
    lines = ["| check | says | on by default |", "|---|---|---|"]
    for check in checks:
        link = f"[{check.name}](docs/checks/{check.stem}.md)"
        lines.append(f"| {link} | {check.summary} | {TIERS.get(check.tier)} |")
    return "\n".join(lines) + "\n"


def lint_readme(tree, fix):
    readme = tree.read("README.md")
    if readme is None:
        return
    generated = TABLE.sub(lambda m: m[1] + table(tree.checks) + m[2], readme)
    if not TABLE.search(readme):
        tree.problem("README.md", "has no place for the table of checks")
    elif fix:
        (tree.root / "README.md").write_text(generated)
    elif readme != generated:
        tree.problem("README.md", "the table of checks is stale: run tools/tree-lint.py --fix")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="generate README.md's table anew")
    parser.add_argument("--root", type=pathlib.Path, help="the tree; by default its own")
    arguments = parser.parse_args()
    tree = Tree(arguments.root or pathlib.Path(__file__).resolve().parent.parent)
    lint_rows(tree)
    lint_files_of_checks(tree)
    lint_layers(tree)
    lint_sizes(tree)
    lint_messages(tree)
    lint_tests(tree)
    lint_readme(tree, arguments.fix)
    print(*tree.problems, sep="\n", end="\n" if tree.problems else "")
    return int(bool(tree.problems))


if __name__ == "__main__":
    sys.exit(main())
