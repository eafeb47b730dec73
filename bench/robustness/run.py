#!/usr/bin/env python3
"""Tries to break the checks; README.md says with what.

usage: run.py --plugin X.so [--preload LIB] [-j N] mutants [--count N] [--seed N] [FILTER ...]
                                                   headers [--group N] [--every N] [LIBRARY ...]
                                                   sizes [--scale X] [FILTER ...]
A failure is a crash, a failed assertion, a sanitizer's report, or more than 10
seconds of CPU time for one file, which clang-tidy does not have without the
plugin's checks. The status is 1 if there is one; its input is kept.
"""

import argparse
import concurrent.futures
import shutil
import sys

import headers
import mutants
import sizes
from host import Host


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--preload", default="", help="the library of a sanitizer")
    parser.add_argument("--seconds", type=int, default=10, help="of CPU time, for one file")
    parser.add_argument("-j", type=int, default=1, metavar="N")
    modes = parser.add_subparsers(dest="mode", required=True)
    mode = modes.add_parser("mutants")
    mode.add_argument("--count", type=int, default=10_000)
    mode.add_argument("--seed", type=int, default=1)
    mode.add_argument("filter", nargs="*")
    mode = modes.add_parser("headers")
    mode.add_argument("--group", type=int, default=10, help="headers of Boost in one unit")
    mode.add_argument("--every", type=int, default=1, help="take every Nth unit")
    mode.add_argument("filter", nargs="*")
    mode = modes.add_parser("sizes")
    mode.add_argument("--scale", type=float, default=1)
    mode.add_argument("filter", nargs="*")
    arguments = parser.parse_args()
    host = Host(
        arguments.clang_tidy, arguments.plugin, arguments.preload, arguments.seconds
    )
    with concurrent.futures.ThreadPoolExecutor(arguments.j) as pool:
        if arguments.mode == "mutants":
            folder, failed = mutants.run(
                host, arguments.count, arguments.seed, pool, arguments.filter
            )
        elif arguments.mode == "headers":
            folder, failed = headers.run(
                host, arguments.group, arguments.every, pool, arguments.filter
            )
        else:
            folder, failed = sizes.run(host, arguments.scale, arguments.filter)
    print(f"{len(failed):8} failures")
    for file, failure in failed:
        print(f"         {file}: {failure}")
    if not failed:
        shutil.rmtree(folder)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
