#!/usr/bin/env python3
"""Measures what the checks cost, as a ratio of user CPU time to clang-tidy with
one trivial check on the same file. Runs are paired and interleaved; of each
pair's repetitions the fastest counts. Prints a row per file, the medians, and
how one generated function grows.

usage: run.py --plugin PATH.so [--clang-tidy NAME] [--repeat N] [--database DIR] [FILE ...]

Without files: some programs of bench/accuracy. --database names the folder of a
compilation database that has the files; then only these are measured.
"""

import argparse
import pathlib
import resource
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent
LANGUAGE = ["-std=c++20", "-w", f"-I{ROOT}/accuracy/include"]
TRIVIAL = "misc-unused-alias-decls"
PEERS = {
    "borrow-*": "borrow-*",
    "use-after-move": "bugprone-use-after-move",
    "unchecked-optional": "bugprone-unchecked-optional-access",
}
KINDS = {
    "scoped guards": "{ auto A = C.borrow_mut(); *A = 1; }",
    "branches": "if (g()) { auto A = C.borrow_mut(); *A = 1; } else { auto A = C.borrow(); g(); }",
    "upgrades": "if (auto P = W.lock()) g(*P);",
}


def user_time(arguments, checks, file, flags):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(
        [
            arguments.clang_tidy,
            f"--load={arguments.plugin}",
            f"--checks=-*,{checks}",
            "--quiet",
            str(file),
            *flags,
        ],
        capture_output=True,
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def ratios(arguments, file, flags):
    times = {name: [] for name in ("trivial", *PEERS)}
    for _ in range(arguments.repeat):
        times["trivial"].append(user_time(arguments, TRIVIAL, file, flags))
        for name, checks in PEERS.items():
            times[name].append(user_time(arguments, checks, file, flags))
    base = min(times["trivial"])
    return base, {name: min(times[name]) / base for name in PEERS}


def real_files(arguments):
    print("ratio of user CPU to clang-tidy with one trivial check")
    print(f"{'file':40}{'seconds':>9}" + "".join(f"{name:>20}" for name in PEERS))
    rows = []
    flags = ["--", *LANGUAGE]
    if arguments.database:
        flags = [f"-p={arguments.database}", "--config={}", "--extra-arg=-w"]
    for file in arguments.files:
        base, row = ratios(arguments, file, flags)
        rows.append(row)
        print(f"{file.name:40}{base:9.2f}" + "".join(f"{r:20.3f}" for r in row.values()))
    medians = [statistics.median(row[name] for row in rows) for name in PEERS]
    print(f"{'median':49}" + "".join(f"{m:20.3f}" for m in medians))


def scaling(arguments):
    print("\nseconds that all borrow checks add to one function of N statements")
    print(f"{'kind':20}" + "".join(f"{n:>10}" for n in (1000, 10000, 100000)))
    for kind, statement in KINDS.items():
        row = f"{kind:20}"
        for count in (1000, 10000, 100000):
            with tempfile.NamedTemporaryFile("w", suffix=".cpp") as source:
                source.write(
                    '#include <memory>\n#include "ref_cell.h"\nint g(int = 0);\n'
                    "void f(bb::RefCell<int> &C, std::weak_ptr<int> W) {\n"
                    + f"{statement}\n" * count
                    + "}\n"
                )
                source.flush()
                flags = ["--", *LANGUAGE, "-fbracket-depth=1000000"]
                base = user_time(arguments, TRIVIAL, source.name, flags)
                row += f"{user_time(arguments, 'borrow-*', source.name, flags) - base:10.2f}"
        print(row)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--database", type=pathlib.Path, metavar="DIR")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    if not arguments.files:
        arguments.files = sorted(ROOT.glob("accuracy/*/*_ok.cpp"))[::6]
    real_files(arguments)
    if not arguments.database:
        scaling(arguments)


if __name__ == "__main__":
    main()
