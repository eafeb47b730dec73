"""The shapes of shapes.py at a tenth and at all of their size: what our checks
add to the time and the memory of clang-tidy."""

import tempfile
from pathlib import Path

from host import TRIVIAL
from mutants import MOCK
from shapes import PRELUDE, SHAPES

FLAGS = ["-std=c++20", *MOCK, "-fbracket-depth=1000000", "-ftemplate-depth=10000"]
MEMORY = 1.5  # Times what clang-tidy takes alone.
GROWTH = 20  # Times the time for a tenth, where that can be measured.
MEASURABLE = 0.5  # Seconds.


def measure(host, file):
    alone, ours = host.lint([file], FLAGS, TRIVIAL), host.lint([file], FLAGS)
    return alone, ours, max(0.0, ours.seconds - alone.seconds)


def judge(host, alone, ours, small, large):
    if alone.failure():
        return ""
    # A sanitizer takes time and memory of its own.
    if ours.failure() or host.preload:
        return ours.failure()
    if ours.megabytes > MEMORY * alone.megabytes:
        return f"memory: {ours.megabytes} MB instead of {alone.megabytes}"
    if large > MEASURABLE and large > GROWTH * max(small, 0.05):
        return f"time: {small:.2f} s, ten times as large {large:.2f} s"
    return ""


def run(host, scale, filters):
    """Gives the folder of the programs and (program, failure) for some."""
    folder = Path(tempfile.mkdtemp(prefix="sizes-"))
    failed = []
    print(f"{'':28}{'size':>8}{'seconds':>9}{'added':>8}{'a tenth':>9}{'MB':>7}{'with':>7}")
    for name, (size, make) in SHAPES.items():
        if not all(part in name for part in filters):
            continue
        size = max(10, int(size * scale))
        rows = []
        for n in (size // 10, size):
            file = folder / f"{name.replace(' ', '-')}-{n}.cpp"
            file.write_text(PRELUDE + make(n))
            rows.append(measure(host, file))
        (_, _, small), (alone, ours, large) = rows
        failure = judge(host, alone, ours, small, large)
        note = failure or ("clang itself fails" if alone.failure() else "")
        print(
            f"{name:28}{size:8}{alone.seconds:9.2f}{large:8.2f}{small:9.2f}"
            f"{alone.megabytes:7}{ours.megabytes:7}  {note}",
            flush=True,
        )
        if failure:
            failed.append((file, failure))
    return folder, failed
