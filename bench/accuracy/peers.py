#!/usr/bin/env python3
"""What other tools report of the pairs, by the same measure as run.py; README.md defines it.

usage: peers.py [-v] [-j N] [--only TOOL] [FILTER...]
With -v names each defect that a tool has found and each alarm.
"""
import argparse, collections, concurrent.futures, re, subprocess
from pathlib import Path
from prove import FLAGS, marked, pairs

# By their name: the check, flag or id in brackets.
STYLE = re.compile(r"readability-|misc-(include-cleaner|const-correctness|use-|non-private|no-recursion|confusable|header-)|unused|shadow"
                   r"|bugprone-(easily-swappable|narrowing)|cppcoreguidelines-(avoid-|macro|non-private|pro-|special-member)"
                   r"|sign-compare|missing-(field|include|cppcheck)|noExplicit|use(Stl|Initial)|passedBy|checkersReport|normalCheck")
TIDY = ("bugprone-*", "concurrency-*", "cppcoreguidelines-*", "misc-*", "clang-analyzer-*")
CPPCHECK = ["cppcheck", "--enable=warning,performance,portability", "--inconclusive", "--language=c++",
            "--quiet", "--template={file}:{line}:1: {severity}: {message} [{id}]"]
COMPILE = ["-c", "-o", "/dev/null", "-Wall", "-Wextra"]
COMMANDS = {
    "clang-tidy": lambda path: ["clang-tidy-22", "--quiet", f"--checks=-*,{','.join(TIDY)}", str(path), "--", *FLAGS],
    "clang": lambda path: ["clang++-22", *FLAGS, *COMPILE, "-Wthread-safety", "-Wthread-safety-beta", "-Wexperimental-lifetime-safety",
                           "-Xclang", "-fexperimental-lifetime-safety", str(path)],
    "cppcheck": lambda path: [*CPPCHECK, *[f for f in FLAGS if f != "-pthread"], str(path)],
    "gcc": lambda path: ["g++", *FLAGS, *COMPILE, "-fanalyzer", str(path)],
}
# The tool, the command that it is a part of, and the names of its warnings.
TOOLS = {
    "clang-tidy 22: bugprone, concurrency, cppcoreguidelines, misc": ("clang-tidy", r"(?!clang-)"),
    "clang-tidy 22: clang-analyzer (the static analyzer)": ("clang-tidy", r"clang-analyzer-"),
    "clang++ 22 -Wall -Wextra -Wthread-safety": ("clang", r"(?!.*lifetime-safety)"),
    "clang++ 22, experimental lifetime safety": ("clang", r".*lifetime-safety"),
    "cppcheck 2.10": ("cppcheck", ""),
    "g++ 12 -Wall -Wextra -fanalyzer": ("gcc", ""),
}
WARNING = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error|performance|portability): (.*) \[(?:-W)?([\w.,+=-]+)\]$")

def lint(command, path):
    """The (line, kind, message) of each warning in the program itself that is not about style."""
    run = subprocess.run(COMMANDS[command](path), capture_output=True, text=True)
    matches = map(WARNING.match, (run.stdout + run.stderr).splitlines())
    return {(int(m[2]), m[4], m[3]) for m in matches if m and Path(m[1]).name == path.name and not STYLE.search(m[4])}

def judge(results, names):
    """The defects found, and the alarms of the kinds of warning that found them."""
    found, kinds, alarms = {}, set(), []
    for bug, _, said, _ in results:
        hits = [(n, kind, text) for n, kind, text in sorted(said) if re.match(names, kind) and n in marked(bug)]
        if hits:
            found[bug] = hits[0]
            kinds |= {kind for _, kind, _ in hits}
    for _, ok, _, said in results:
        alarms += [(ok, n, kind, text) for n, kind, text in sorted(said) if re.match(names, kind) and kind in kinds]
    return found, alarms

def told_apart(said_of_bug, said_of_ok, names):
    """Is there a kind of which more is said, on whatever line, of the bug twin?"""
    count = lambda said: collections.Counter(kind for _, kind, _ in said if re.match(names, kind))
    return bool(count(said_of_bug) - count(said_of_ok))

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("-v", action="store_true")
    ap.add_argument("-j", type=int, default=1, metavar="N")
    ap.add_argument("--only", choices=COMMANDS)
    ap.add_argument("filter", nargs="*")
    args = ap.parse_args()
    todo = list(pairs(args.filter))
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        for command in [args.only] if args.only else COMMANDS:
            said = list(pool.map(lambda pair: [lint(command, p) for p in pair], todo))
            results = [(*pair, *both) for pair, both in zip(todo, said)]
            for tool, (part, names) in TOOLS.items():
                if part != command: continue
                found, alarms = judge(results, names)
                apart = sum(told_apart(*said, names) for _, _, *said in results)
                if args.v:
                    for bug, (n, kind, text) in found.items(): print(f"FOUND {bug.parent.name}/{bug.name}:{n}: {text} [{kind}]")
                    for ok, n, kind, text in alarms: print(f"ALARM {ok.parent.name}/{ok.name}:{n}: {text} [{kind}]")
                print(f"{tool:64}{len(found):4} of {len(todo)}, alarms in {len({a[0] for a in alarms})}, told apart {apart}", flush=True)

if __name__ == "__main__":
    main()
