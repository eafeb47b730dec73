#!/usr/bin/env python3
"""Lints every pair with the plugin; prints per check what it reports of the bug twins and its alarms on the ok twins.

usage: run.py --plugin X.so [--clang-tidy clang-tidy-22] [-v] [-j N] [FILTER...]
reported   the check of the folder's name warns on a line marked /*BUG*/ of the bug twin
alarms     warnings of any borrow-* check in the ok twins (of an opt-in check: in its own folder only)
With -v names each miss, with what was said instead, and each alarm.
"""
import argparse, concurrent.futures, re, subprocess, sys
from pathlib import Path
from prove import FLAGS, HERE, marked, pairs

OPT_IN = re.findall(r'"borrow-([\w-]+)", OptIn', (HERE.parents[1] / "checks/Checks.def").read_text())
WARNING = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): (.*?)(?: \[([\w.,-]+)\])?$")

def lint(args, path):
    """The (line, check, message) of each warning in the program itself."""
    checks = ",".join(["-*", "borrow-*"] + [f"-borrow-{c}" for c in OPT_IN if c != path.parent.name])
    cmd = [args.clang_tidy, f"--checks={checks}", "--quiet", str(path), "--", *FLAGS, "-w"]
    if args.plugin: cmd.insert(1, f"-load={args.plugin}")
    run = subprocess.run(cmd, capture_output=True, text=True)
    found = [(int(m[2]), (m[4] or "").split(",")[0], m[3]) for m in map(WARNING.match, run.stdout.splitlines())
             if m and Path(m[1]).name == path.name]
    if run.returncode < 0 or "Stack dump" in run.stderr: found.append((0, "crash", run.stderr.strip()[:200]))
    elif run.returncode and not found: sys.exit(f"{path.name}: {args.clang_tidy} failed: {run.stderr.strip()[:500]}")
    return found

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--plugin", required=True)
    ap.add_argument("--clang-tidy", default="clang-tidy-22")
    ap.add_argument("-v", action="store_true")
    ap.add_argument("-j", type=int, default=1, metavar="N")
    ap.add_argument("filter", nargs="*")
    args = ap.parse_args()
    rows, remarks = {}, []
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        todo = list(pairs(args.filter))
        both = pool.map(lambda pair: [lint(args, p) for p in pair], todo)
        for (bug, ok), (found, alarms) in zip(todo, both):
            check, name = bug.parent.name, f"{bug.parent.name}/{bug.name}"
            hit = any(line in marked(bug) and by == f"borrow-{check}" for line, by, _ in found)
            row = rows.setdefault(check, [0, 0, 0])
            row[0] += 1; row[1] += hit; row[2] += len(alarms)
            if not hit: remarks.append(f"MISS  {name}:{min(marked(bug))}" +
                                       "".join(f"\n      instead {n}: {m} [{c}]" for n, c, m in found))
            remarks += [f"ALARM {check}/{ok.name}:{n}: {m} [{c}]" for n, c, m in alarms]
    if args.v: print("\n".join(remarks))
    print(f"{'check':24}{'pairs':>6}{'reported':>10}{'alarms':>8}")
    rows["all"] = [sum(c) for c in zip(*rows.values())] or [0, 0, 0]
    for check, (n, hit, alarms) in rows.items(): print(f"{check:24}{n:6}{hit:10}{alarms:8}")

if __name__ == "__main__":
    main()
