#!/usr/bin/env python3
"""Lints the C++ blocks of the checks' pages; takes verify.py's options first.

    verify_docs.py --clang-tidy X --plugin Y --mock DIR --folder DIR PAGE …

A block has to compile, and gives the warnings that its comments `// warning:`
say, and no others.
"""

import argparse
import pathlib
import re
import sys

import verify

BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.M | re.S)
WARNING = re.compile(r"// warning: (.*)$")


def expected_warnings(block):
    for number, line in enumerate(block.splitlines(), 1):
        for text in WARNING.findall(line):
            yield number, text


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clang-tidy")
    parser.add_argument("--plugin")
    parser.add_argument("--preload")
    parser.add_argument("--mock")
    parser.add_argument("--folder", type=pathlib.Path, help="for the extracted files")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.config, arguments.flags = "{}", []
    arguments.folder.mkdir(parents=True, exist_ok=True)

    failed = False
    for page in arguments.pages:
        arguments.checks = [f"borrow-{page.stem}"]
        for index, block in enumerate(BLOCK.findall(page.read_text()), 1):
            file = (arguments.folder / f"{page.stem}-{index}.cpp").resolve()
            file.write_text(block)
            expected = verify.collections.Counter(
                (file, line, "warning", text) for line, text in expected_warnings(block)
            )
            said = verify.run_clang_tidy(arguments, file)
            printed = verify.collections.Counter(d for d in said if d[2] != "note")
            failed |= verify.compare(expected, printed)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
