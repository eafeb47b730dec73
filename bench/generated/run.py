#!/usr/bin/env python3
"""Makes random programs, runs each with all its inputs and compares the conflicts with what the plugin reports.

usage: run.py --plugin X.so [--seed N] [--count N] [--shrink N] [--floor PERCENT]
--shrink N   makes N disagreements of each class smaller and prints them
--floor P    fails if there is a false alarm, or if less than P percent of the conflicts are reported
Counts are functions; README.md defines what agreement is.
"""
import argparse, collections, random, re, shlex, subprocess, sys, tempfile
from pathlib import Path
from grammar import Grammar
from program import Program, driver, lines, smaller

HERE = Path(__file__).resolve().parent
CHECKS = ("overlapping-borrow", "double-lock", "guard-across-send", "unchecked-upgrade")
FLAGS = ["-std=c++20", "-w", f"-I{HERE / 'include'}"]
WARNING = re.compile(r"^.+?:(\d+):\d+: (?:warning|error): (.*?) \[([\w.,-]+)\]$")
ERROR = re.compile(r"^.+?\.cpp:(\d+):\d+: (?:fatal )?error: (.*)$")

class Unit:
    """Many programs in one translation unit."""
    def __init__(self, programs):
        self.programs, self.owner, seen, run = programs, {}, ['#include "program.h"'], ['#include "program.h"']
        for p in programs:
            for text, inside, node in lines(p, len(seen) + 1):
                seen.append(text); run.append(inside)
                self.owner[len(seen)] = (p, node)
        self.seen, self.run_text = "\n".join(seen) + "\n", "\n".join(run + driver(programs)) + "\n"

class Tools:
    def __init__(self, args, folder): self.args, self.folder = args, Path(folder)

    def compiles(self, programs):
        """A unit of the programs, and what it says when it runs; programs that do not compile are left out."""
        while True:
            unit, source, binary = Unit(programs), self.folder / "run.cpp", self.folder / "run"
            source.write_text(unit.run_text)
            made = subprocess.run([self.args.cxx, *FLAGS, "-O0", "-DGENERATED_RUN", "-ferror-limit=0", str(source), "-o", str(binary)], capture_output=True, text=True)
            if made.returncode == 0: break
            broken = {}
            for line in made.stderr.splitlines():
                if (m := ERROR.match(line)) and (at := unit.owner.get(int(m[1]))): broken.setdefault(at[0].name, (m[2], at[1] and at[1].head))
            if not broken: sys.exit(made.stderr[:3000])
            if not self.args.quiet:
                for name, (why, where) in broken.items(): print(f"does not compile: {name}: {why}: {where}", file=sys.stderr)
            programs = [p for p in programs if p.name not in broken]
        ran = subprocess.run([str(binary)], capture_output=True, text=True)
        if ran.returncode: sys.exit(f"{binary} failed: {ran.returncode} {ran.stderr[:500]}")
        return unit, ran.stdout.splitlines()

    def warnings(self, unit):
        source = self.folder / "seen.cpp"
        source.write_text(unit.seen)
        cmd = [*shlex.split(self.args.tidy), "--quiet",
               "--checks=-*," + ",".join("borrow-" + c for c in CHECKS), str(source), "--", *FLAGS]
        done = subprocess.run(cmd, capture_output=True, text=True)
        found = []
        for line in done.stdout.splitlines():
            if m := WARNING.match(line):
                if not m[3].startswith("borrow-"): sys.exit(line)
                found.append((int(m[1]), m[3].removeprefix("borrow-"), m[2]))
        if done.returncode: sys.exit(f"{self.args.tidy}: {done.returncode} {done.stdout[:1000]} {done.stderr[:1000]}")
        return found

class Outcome:
    """What is true of one program and what is said about it, by the ids of its nodes."""
    def __init__(self):
        self.real, self.possible, self.said, self.capped, self.reached = set(), set(), {}, False, set()

    def misses(self):
        """(check, innermost node) of the conflicts that are reported in none of the active functions."""
        return {(check, stack[-1]) for check, stack in self.real if not any((check, node) in self.said for node in stack)}
    def alarms(self):
        known = {(check, node) for check, stack in self.possible for node in stack}
        return {key for key in self.said if key not in known and key[1] in self.reached}
    def unreached(self): return {key for key in self.said if key[1] not in self.reached}
    def found(self):
        return {(check, stack[-1]) for check, stack in self.real} - self.misses()
    def disagreements(self):
        if self.capped: return set()
        return {("miss", *m) for m in self.misses()} | {("false alarm", *a) for a in self.alarms()} | {("unreached", *a) for a in self.unreached()}

def outcomes(tools, programs):
    unit, ran = tools.compiles(programs)
    found = {p.name: Outcome() for p in unit.programs}
    for line in ran:
        when, check, *stack = line.split()
        if when == "capped": found[check].capped = True; continue
        if when == "reached":
            p, node = unit.owner[int(stack[0])]
            found[p.name].reached.add(node.id); continue
        if check not in CHECKS: continue
        where = [unit.owner[int(n)] for n in stack if int(n)]
        outcome, ids = found[where[-1][0].name], tuple(node.id for _, node in where)
        outcome.possible.add((check, ids))
        if when == "first": outcome.real.add((check, ids))
    for line, check, message in tools.warnings(unit):
        p, node = unit.owner[line]
        found[p.name].said[check, node.id] = message
    return [(p, found[p.name]) for p in unit.programs]

class Shrinking:
    """A program that gets smaller, and keeps its disagreement at the same node."""
    def __init__(self, program, key): self.program, self.key, self.tried, self.removable = program, key, 0, []

    def steps(self, at_once=16):
        found = [(c, id) for c, id in smaller(self.program, self.removable) if c.entries and
                 any(n.id == self.key[2] for n in c.walk()) and c.measure() < self.program.measure()]
        chosen = found[self.tried:self.tried + at_once]
        self.tried += at_once
        return chosen

    def take(self, found):
        """Of the steps that keep the disagreement, the longest."""
        self.program, best = min(found, key=lambda step: step[0].measure())
        self.removable = [id for _, id in found if id and id != best]
        self.tried = 0

def shrink(tools, todo):
    """The smallest programs that still have their disagreement; all are made smaller at once."""
    todo, done = [Shrinking(*pair) for pair in todo], []
    while todo:
        steps = [(s, c, id) for s in todo for c, id in s.steps()]
        for number, (_, c, _) in enumerate(steps): c.name = f"s{number}"
        kept = collections.defaultdict(list)
        for c, outcome in outcomes(tools, [c for _, c, _ in steps]) if steps else ():
            s, _, id = steps[int(c.name[1:])]
            if s.key in outcome.disagreements(): kept[s].append((c, id))
        stuck = [s for s in todo if not any(s is other for other, _, _ in steps)]
        done += [(s.program, s.key) for s in stuck]
        todo = [s for s in todo if s not in stuck]
        for s, found in kept.items(): s.take(found)
    return done

def show(tools, program, key):
    [(program, outcome)] = outcomes(tools, [program])
    print(f"\n// {key[0]} of {key[1]}" + (f": {outcome.said[key[1:]]}" if key[0] != "miss" else ""))
    for text, _, node in lines(program, 1)[1:-1]:
        mark = f" // <- {key[0]}" if node and node.id == key[2] and text.strip() == node.head else ""
        print(text + mark)
    sys.stdout.flush()

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--plugin")
    ap.add_argument("--tidy", help="the command that runs clang-tidy with the plugin, instead of --plugin")
    ap.add_argument("--cxx", default="clang++-22")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--count", type=int, default=300, help="functions to make, at least")
    ap.add_argument("--shrink", type=int, default=0, metavar="N")
    ap.add_argument("--only", default="", help="shrink only the classes whose name has this in it")
    ap.add_argument("--floor", type=float)
    args = ap.parse_args()
    args.tidy = args.tidy or f"clang-tidy-22 --load={args.plugin}"
    args.quiet = False
    totals = {check: collections.Counter() for check in CHECKS}
    functions = programs_made = capped = 0
    shown = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        tools = Tools(args, folder)
        while functions < args.count:
            programs = []
            while sum(len(p.entries) for p in programs) < min(200, args.count - functions):
                number = programs_made + len(programs)
                programs.append(Grammar(random.Random(f"{args.seed}/{number}"), f"p{args.seed}x{number}").program())
            programs_made += len(programs)
            functions += sum(len(p.entries) for p in programs)
            done, todo = outcomes(tools, programs), []
            for p, o in done:
                if o.capped: capped += 1; continue
                for check, _ in o.found(): totals[check]["found"] += 1
                for kind, check, node in sorted(o.disagreements()):
                    totals[check][kind] += 1
                    if shown[kind, check] < args.shrink and args.only in f"{kind} of {check}":
                        shown[kind, check] += 1; todo.append((p, (kind, check, node)))
                for check, node in o.said.keys() - o.alarms() - o.unreached(): totals[check]["true"] += 1
            args.quiet = True
            for p, key in shrink(tools, todo): show(tools, p, key)
            args.quiet = False
    print(f"{functions} functions in {programs_made} programs, {capped} of which had too many inputs")
    print(f"{'check':20}{'conflicts':>10}{'reported':>10}{'recall':>8}{'warnings':>10}{'false':>7}{'unreached':>11}{'precision':>11}")
    totals["all"] = sum(totals.values(), collections.Counter())
    percent = lambda part, whole: f"{100 * part / whole:.1f}%" if whole else "-"
    for check, n in totals.items():
        conflicts, warnings = n["found"] + n["miss"], n["true"] + n["false alarm"]
        print(f"{check:20}{conflicts:10}{n['found']:10}{percent(n['found'], conflicts):>8}{warnings:10}{n['false alarm']:7}{n['unreached']:11}{percent(n['true'], warnings):>11}")
    n = totals["all"]
    if args.floor is not None and (n["false alarm"] or 100 * n["found"] < args.floor * (n["found"] + n["miss"])):
        sys.exit(f"expected no false alarm and a recall of {args.floor}%")

if __name__ == "__main__":
    main()
