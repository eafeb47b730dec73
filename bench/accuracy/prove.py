#!/usr/bin/env python3
"""Proves every pair at run time: the bug twin fails as its oracle says, the ok twin exits 0 under the same sanitizer.

usage: prove.py [-v] [-j N] [--wait SECONDS] [FILTER...]
FILTER is a part of a path, e.g. overlapping-borrow/ or undo_history. A program's first line names its oracle:
  abort    ends by SIGABRT (a RefCell's conflict, an uncaught exception, a failed assertion)
  asan     AddressSanitizer reports something other than the abort
  lsan     LeakSanitizer reports a leak
  tsan     ThreadSanitizer reports something
  ubsan    UndefinedBehaviorSanitizer reports something
  timeout  does not end
With -v also says, for each stack trace, whether a line marked /*BUG*/ is on it.
"""
import argparse, concurrent.futures, os, re, subprocess, sys, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLAGS = ["-std=c++20", "-pthread", f"-I{HERE / 'include'}", "-D_GLIBCXX_ASSERTIONS"]
SANITIZER = {"abort": "address", "asan": "address", "lsan": "address",
             "tsan": "thread", "timeout": "thread", "ubsan": "undefined"}
ENV = os.environ | {"ASAN_OPTIONS": "handle_abort=1:detect_leaks=1", "TSAN_OPTIONS": "halt_on_error=0",
                    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1"}
if Path("/usr/bin/llvm-symbolizer-22").exists():
    ENV |= {f"{s}_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-22" for s in ("ASAN", "TSAN", "UBSAN", "LSAN")}

def pairs(patterns):
    """Every (bug, ok) pair of paths whose name has one of the patterns."""
    for bug in sorted(HERE.glob("*/*_bug.cpp")):
        if not patterns or any(p in str(bug.relative_to(HERE)) for p in patterns):
            yield bug, bug.with_name(bug.name.replace("_bug.cpp", "_ok.cpp"))

def marked(path):
    return {n for n, line in enumerate(path.read_text().splitlines(), 1) if "/*BUG*/" in line}

def oracle(path):
    return path.read_text().split("\n", 1)[0].removeprefix("// oracle: ").strip()

def outcome(path, wait):
    """Compiles and runs one program: (what happened, everything it printed)."""
    with tempfile.TemporaryDirectory() as tmp:
        exe = f"{tmp}/a.out"
        cc = subprocess.run(["clang++-22", *FLAGS, "-g", "-O1", "-fno-omit-frame-pointer",
                             "-fno-delete-null-pointer-checks", f"-fsanitize={SANITIZER[oracle(path)]}", str(path), "-o", exe],
                            capture_output=True, text=True)
        if cc.returncode or ("warning:" in cc.stderr and path.name.endswith("_ok.cpp")):
            return "does not compile cleanly", cc.stderr
        try:
            run = subprocess.run([exe], capture_output=True, text=True, timeout=wait, env=ENV, errors="replace")
        except subprocess.TimeoutExpired as e:
            return "timeout", (e.stderr or b"").decode(errors="replace")
    log = run.stderr
    if "AddressSanitizer: ABRT" in log or run.returncode == -6: return "abort", log
    if "ERROR: AddressSanitizer" in log: return "asan", log
    if "LeakSanitizer: detected" in log: return "lsan", log
    if "WARNING: ThreadSanitizer" in log: return "tsan", log
    if "runtime error:" in log: return "ubsan", log
    return ("clean" if run.returncode == 0 else f"exit status {run.returncode}"), log

def prove(pair, wait):
    """(the pair's faults, a remark, the log) - no faults when the pair is proven."""
    bug, ok = pair
    if not ok.exists(): return [f"{ok.name} is missing"], "", ""
    faults = []
    if not marked(bug): faults.append("no line is marked")
    if marked(ok): faults.append("the ok twin has a marked line")
    if oracle(bug) not in SANITIZER or oracle(bug) != oracle(ok): return faults + ["oracles"], "", ""
    got, log = outcome(bug, min(wait, 4) if oracle(bug) == "timeout" else wait)
    if got != oracle(bug): faults.append(f"bug twin: {got}, not {oracle(bug)}")
    good, oklog = outcome(ok, wait)
    if good != "clean": faults.append(f"ok twin: {good}")
    seen = {int(n) for n in re.findall(re.escape(bug.name) + r":(\d+)", log)}
    remark = "" if got == "timeout" else "marked line on the stack" if seen & marked(bug) else "marked line not on the stack"
    return faults, remark, log + oklog

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("-v", action="store_true")
    ap.add_argument("-j", type=int, default=1, metavar="N")
    ap.add_argument("--wait", type=float, default=10, metavar="SECONDS", help="longest run of an ok twin")
    ap.add_argument("filter", nargs="*")
    args = ap.parse_args()
    todo, bad = list(pairs(args.filter)), 0
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        for (bug, _), (faults, remark, log) in zip(todo, pool.map(lambda p: prove(p, args.wait), todo)):
            name = str(bug.relative_to(HERE)).removesuffix("_bug.cpp")
            bad += bool(faults)
            if faults or args.v: print(f"{name}: {'; '.join(faults) or 'proven'}" + (f" ({remark})" if remark else ""))
            if faults and args.v: print(log)
            sys.stdout.flush()
    print(f"proven: {len(todo) - bad}/{len(todo)} pairs")
    return bad != 0

if __name__ == "__main__":
    sys.exit(main())
