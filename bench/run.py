#!/usr/bin/env python3
"""Measures what the checks cost, as ratios of user CPU time and memory to
clang-tidy with one trivial check on the same file. Runs are paired and
interleaved; of each pair's repetitions the fastest counts. Prints a row per
file, the medians, and how one generated function grows.

usage: run.py --plugin PATH.so [--clang-tidy NAME] [--repeat N] [--database DIR] [FILE ...]

Without files: some programs of bench/accuracy. --database names the folder of a
compilation database that has the files; then only these are measured.
"""

import argparse
import os
import pathlib
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
    "static analyzer": "clang-analyzer-*",
}
KINDS = {
    "scoped guards": "{ auto A = C.borrow_mut(); *A = 1; }",
    "branches": "if (g()) { auto A = C.borrow_mut(); *A = 1; } else { auto A = C.borrow(); g(); }",
    "upgrades": "if (auto P = W.lock()) g(*P);",
}


def cost(arguments, checks, file, flags):
    """Seconds of user CPU time, and kilobytes."""
    command = [
        arguments.clang_tidy,
        f"--load={arguments.plugin}",
        f"--checks=-*,{checks}",
        "--quiet",
        str(file),
        *flags,
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime, usage.ru_maxrss


def ratios(arguments, file, flags):
    """Seconds of the trivial check, and of each other one (time, memory) as ratios."""
    runs = {name: [] for name in ("trivial", *PEERS)}
    for _ in range(arguments.repeat):
        runs["trivial"].append(cost(arguments, TRIVIAL, file, flags))
        for name, checks in PEERS.items():
            runs[name].append(cost(arguments, checks, file, flags))
    fastest = {name: [min(column) for column in zip(*pairs)] for name, pairs in runs.items()}
    seconds, kilobytes = fastest.pop("trivial")
    return seconds, {name: (s / seconds, k / kilobytes) for name, (s, k) in fastest.items()}


def real_files(arguments):
    print("ratios of user CPU time and of memory to clang-tidy with one trivial check")
    print(f"{'file':40}{'seconds':>9}" + "".join(f"{name:>20}" for name in PEERS))
    rows = []
    flags = ["--", *LANGUAGE]
    if arguments.database:
        flags = [f"-p={arguments.database}", "--config={}", "--extra-arg=-w"]
    for file in arguments.files:
        base, row = ratios(arguments, file, flags)
        rows.append(row)
        print(f"{file.name:40}{base:9.2f}" + cells(row.values()), flush=True)
    medians = [
        [statistics.median(column) for column in zip(*(row[name] for row in rows))] for name in PEERS
    ]
    print(f"{'median':49}" + cells(medians))


def cells(pairs):
    return "".join(f"{time:13.3f}{memory:7.2f}" for time, memory in pairs)


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
                alone, _ = cost(arguments, TRIVIAL, source.name, flags)
                ours, _ = cost(arguments, "borrow-*", source.name, flags)
                row += f"{ours - alone:10.2f}"
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
