#!/usr/bin/env python3
"""Lints code that was not written for the checks with all default checks, and
prints each warning with its notes once, then a table for docs/accuracy.md.

usage: run.py --plugin X.so [-j N] [--work DIR] [--clang-tidy NAME] [--checks LIST] [--csv FILE] [--every N] [PROJECT...]

projects.json names the projects. What is fetched and built goes below DIR,
build/real by default; packages are named, not installed. Lines are those of the
files that compiled, without headers; a warning in a header counts once.
--every 5 takes each fifth file. --csv writes a row a file: project, file, lines, seconds, whether it compiled.
"""
import argparse, collections, concurrent.futures, csv, itertools, json, os, re, subprocess, sys, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROJECTS = {p["name"]: p for p in json.loads((HERE / "projects.json").read_text())}
WARNING = re.compile(r"^(/[^:]+):(\d+):\d+: (warning|error): .* \[([\w.-]+)[\w.,-]*\]$", re.M)
TIMEOUT = 120

def default_checks():
    rows = re.findall(r'BORROW_CHECK\(\w+, "([\w-]+)", (\w+)', (ROOT / "checks/Checks.def").read_text())
    return [name for name, tier in rows if tier == "Default"]

def expand(glob):
    """a{b,c}d as [abd, acd]."""
    parts = [p.split(",") for p in re.split(r"[{}]", glob)]
    return map("".join, itertools.product(*(p if i % 2 else [",".join(p)] for i, p in enumerate(parts))))

class Project:
    def __init__(self, row, work):
        self.row, self.work = row, work.resolve()
        self.name = row["name"]
        self.source = Path(row["root"]) if "root" in row else self.work / self.name
        self.out = self.work / "out" / self.name

    def fill(self, text):
        return text.format(src=self.source, out=self.out, work=self.work)

    def prepare(self):
        """Fetches and configures what is not there yet."""
        for need in self.row.get("needs", []): Project(PROJECTS[need], self.work).prepare()
        sh = lambda command: subprocess.run(command, shell=True, check=True)
        if "source" in self.row and not self.source.exists():
            sh(f"git clone -q --no-checkout {self.row['source']} {self.source}")
            sh(f"git -C {self.source} checkout -q {self.row['revision']}")
        if not self.source.exists(): sys.exit(f"{self.name}: install {' '.join(self.row['packages'])}")
        if not self.out.exists():
            self.out.mkdir(parents=True)
            for command in self.row.get("prepare", []): sh(self.fill(command))

    def files(self):
        globs = [g for glob in self.row["files"] for g in expand(glob)]
        found = {f.resolve() for g in globs for f in self.source.glob(g)}
        if "database" in self.row:
            entries = json.loads((self.out / "compile_commands.json").read_text())
            found &= {(Path(e["directory"]) / e["file"]).resolve() for e in entries}
        return sorted(found)

    def flags(self):
        """What follows a file on the command line of clang-tidy."""
        overlay = f"-I{boost_overlay(self.work)}"
        if "database" in self.row: return [f"-p={self.out}", "--extra-arg=-w", f"--extra-arg-before={overlay}"]
        return ["--", "-xc++", overlay, *map(self.fill, self.row["flags"]), "-pthread", "-w"]

def boost_overlay(work):
    """Headers of Boost 1.74 whose enumerations clang rejects since version 16, with a fixed type."""
    overlay = work.resolve() / "boost-overlay"
    folder = "boost/numeric/conversion"
    for name in ("int_float", "sign", "udt_builtin"):
        header = Path("/usr/include") / folder / f"{name}_mixture_enum.hpp"
        copy = overlay / folder / header.name
        if copy.exists() or not header.exists(): continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(re.sub(r"(enum \w+)(?=\s*\{?\s*$)", r"\1 : int", header.read_text(), count=1, flags=re.M))
    return overlay

def lint(args, project, file):
    """(seconds, whether it compiled, {(path, line, check): text with notes})"""
    command = [args.clang_tidy, f"--load={args.plugin}", f"--checks=-*,{args.checks}", "--quiet", "--config={}",
               "--header-filter=.*", str(file), *project.flags()]
    start = time.monotonic()
    try: run = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
    except subprocess.TimeoutExpired: return TIMEOUT, False, {(str(file), 0, "timeout"): f"{file}: timeout"}
    seconds = time.monotonic() - start
    if run.returncode < 0 or "Stack dump" in run.stderr:
        return seconds, False, {(str(file), 0, "crash"): f"{file}: {run.stderr[:3000]}"}
    heads = list(WARNING.finditer(run.stdout))
    ends = [h.start() for h in heads[1:]] + [len(run.stdout)]
    found = {(os.path.normpath(h[1]), int(h[2]), h[4]): run.stdout[h.start():end].rstrip() for h, end in zip(heads, ends)}
    errors = {k: v for k, v in found.items() if k[2].startswith("clang-diagnostic")}
    if args.errors: print(*errors.values(), sep="\n", file=sys.stderr)
    return seconds, run.returncode == 0 and not errors, {} if errors else found

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--checks", default=",".join(default_checks()))
    parser.add_argument("--work", type=Path, default=ROOT / "build/real")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--errors", action="store_true", help="print why files do not compile")
    parser.add_argument("-j", type=int, default=1, metavar="N")
    parser.add_argument("projects", nargs="*", default=[n for n, p in PROJECTS.items() if "files" in p])
    args = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    table, files = [], []
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        for name in args.projects:
            project = Project(PROJECTS[name], args.work)
            project.prepare()
            todo = project.files()[::args.every]
            warnings, lines, compiled = {}, 0, 0
            for file, (seconds, ok, found) in zip(todo, pool.map(lambda f: lint(args, project, f), todo)):
                size = len(file.read_text(errors="replace").splitlines())
                warnings |= found
                compiled += ok
                lines += ok * size
                files.append((name, file, size, f"{seconds:.2f}", "yes" if ok else "no"))
            for key in sorted(warnings): print(f"[{name}] {warnings[key]}\n")
            table.append((name, project.row["revision"], compiled, len(todo), lines, collections.Counter(k[2] for k in warnings)))
            print(f"[{name}] {compiled} of {len(todo)} files, {lines} lines, {len(warnings)} warnings", file=sys.stderr)
    if args.csv:
        with args.csv.open("w") as out: csv.writer(out).writerows(files)
    checks = sorted({check for row in table for check in row[5]})
    print("| project | revision | files that compiled | lines |", *(f"{c.removeprefix('borrow-')} |" for c in checks))
    print("|---|---|---|---|" + "---|" * len(checks))
    for name, revision, compiled, all_files, lines, counts in table:
        print(f"| {name} | `{revision[:22]}` | {compiled} of {all_files} | {lines:,} |", *(f"{counts[c]} |" for c in checks))
    total = [sum(row[i] for row in table) for i in (2, 3, 4)]
    print(f"| **all** | | {total[0]} of {total[1]} | {total[2]:,} |", *(f"{sum(r[5][c] for r in table)} |" for c in checks))

if __name__ == "__main__":
    main()
