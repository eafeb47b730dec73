#!/usr/bin/env python3
"""Starts a new check: its source, its page, its test and its row.

    tools/add-check.py double-lock "a mutex is locked that this thread holds"

The summary is one sentence without a capital and a final period. What is
created passes the tests and finds nothing.
"""

import argparse
import pathlib
import re
import subprocess
import sys

SOURCE = """\
//===- {class_name}.cpp - {summary} ---===//

#include "BorrowCheck.h"

using namespace clang;

namespace borrow {{
namespace {{

class {class_name} final : public BorrowCheck {{
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &) override {{}}
}};

}} // namespace

std::unique_ptr<BorrowCheck>
make{class_name}(StringRef Name, tidy::ClangTidyContext *Context) {{
  return std::make_unique<{class_name}>(Name, Context);
}}

}} // namespace borrow
"""

PAGE = """\
# {name}

{sentence}

## Example

## Why

## Use instead

## What counts as …

## Limitations

## Silencing

## Options
"""

TEST = """\
// RUN: %lint {name}

void ok_nothing() {{}}
"""


def insert_row(file, name, row):
    """Puts the row before the first one with a greater name."""
    lines = file.read_text().splitlines(keepends=True)
    rows = [i for i, line in enumerate(lines) if line.startswith("BORROW_CHECK(")]
    end = rows[-1] + 1 if rows else len(lines) - 1
    later = (i for i in rows if re.search(r'"([^"]+)"', lines[i])[1] > name)
    lines.insert(next(later, end), row)
    file.write_text("".join(lines))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="kebab-case, without borrow-")
    parser.add_argument("summary")
    parser.add_argument("--opt-in", action="store_true", help="off by default")
    parser.add_argument("--root", type=pathlib.Path, help="the tree; by default its own")
    arguments = parser.parse_args()

    stem = arguments.name.removeprefix("borrow-")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", stem):
        parser.error("the name has to be in kebab-case")
    words = {
        "name": f"borrow-{stem}",
        "class_name": "".join(map(str.capitalize, stem.split("-"))) + "Check",
        "summary": arguments.summary,
        "sentence": f"{arguments.summary[:1].upper()}{arguments.summary[1:]}.",
        "tier": "OptIn" if arguments.opt_in else "Default",
    }

    own_root = pathlib.Path(__file__).resolve().parent.parent
    root = arguments.root or own_root
    files = {
        root / "checks" / "{class_name}.cpp".format(**words): SOURCE,
        root / "docs" / "checks" / f"{stem}.md": PAGE,
        root / "test" / "checks" / f"{stem}.cpp": TEST,
    }
    for file in files:
        if file.exists():
            parser.error(f"{file} is there already")
    for file, template in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(template.format(**words))
        print(file.relative_to(root))
    row = 'BORROW_CHECK({class_name}, "{name}", {tier}, "{summary}")\n'
    insert_row(root / "checks" / "Checks.def", words["name"], row.format(**words))
    lint = own_root / "tools" / "tree-lint.py"
    return subprocess.call([sys.executable, lint, "--fix", "--root", root])


if __name__ == "__main__":
    sys.exit(main())
