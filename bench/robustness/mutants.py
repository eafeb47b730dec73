"""Programs that nobody has written: those of the tests and of bench/accuracy
with tokens deleted, doubled, exchanged and cut off."""

import random
import re
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOCK = ["-nostdinc++", "-isystem", str(ROOT / "test/Inputs/mock")]
TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\\n])*"|\w+|::|->|&&|\|\||<<|>>|[-+*/=!<>]=|\S')
NAME = re.compile(r"[A-Za-z_]\w*$")
WARNING = re.compile(r"^(/.+?):(\d+):\d+: warning: .* \[borrow-[\w-]+\]", re.M)
ERROR = re.compile(r"^(/.+?):(\d+):\d+: error: ", re.M)
BATCH = 40

# A defect before and one behind each mutant tell whether it was analysed.
FIRST = "#include <memory>\nint first(std::weak_ptr<int> W) { return *W.lock(); }\n"
LAST = "\nint last(std::weak_ptr<int> W) { return *W.lock(); }\n"


def sources():
    """Each program with its flags, and whether the mocked library suffices."""
    for file in sorted((ROOT / "test").rglob("*.cpp")):
        if "Inputs" not in file.parts:
            standard = re.search(r"-std=c\+\+\w+", "".join(file.open().readlines()[:9]))
            yield file, [standard[0] if standard else "-std=c++20", *MOCK, f"-I{file.parent}"], True
    for file in sorted((ROOT / "bench/accuracy").glob("*/*.cpp")):
        headers = re.findall(r"#include <(.+?)>", file.read_text())
        mocked = all((ROOT / "test/Inputs/mock" / name).exists() for name in headers)
        flags = ["-std=c++20", f"-I{ROOT}/bench/accuracy/include", *(MOCK if mocked else [])]
        yield file, flags, mocked


def mutate(text, chance):
    """The text with one to three changes of its tokens."""
    tokens = [match.span() for match in TOKEN.finditer(text)]
    names = [span for span in tokens if NAME.match(text[slice(*span)])]
    edits = {}
    for _ in range(chance.randint(1, 3)):
        (begin, end), (other, other_end) = chance.choice(tokens), chance.choice(tokens)
        kind = chance.choice("delete double swap rename rename insert cut".split())
        if kind == "delete":
            edits[begin, end] = ""
        elif kind == "double":
            edits[begin, end] = text[begin:end] + " " + text[begin:end]
        elif kind == "swap":
            edits[begin, end] = text[other:other_end]
            edits[other, other_end] = text[begin:end]
        elif kind == "rename":
            edits[chance.choice(names)] = text[slice(*chance.choice(names))]
        elif kind == "insert":
            edits[begin, end] = text[other:other_end] + " " + text[begin:end]
        elif chance.random() < 0.3:
            text = text[:begin]
    for (begin, end), new in sorted(edits.items(), reverse=True):
        if end <= len(text):
            text = text[:begin] + new + text[end:]
    return text


def run(host, count, seed, pool, filters):
    """Gives the folder of the mutants and (mutant, failure) for some."""
    programs = [p for p in sources() if all(part in str(p[0]) for part in filters)]
    each = -(-count // sum(mocked for _, _, mocked in programs))
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))

    def lint_mutants(program):
        file, flags, mocked = program
        chance = random.Random(f"{seed} {file.relative_to(ROOT)}")
        text, said, found = file.read_text(), "", []
        # The real library takes twenty times as long to read.
        mutants = [
            folder / f"{file.parent.name}-{file.stem}-{index}.cpp"
            for index in range(each if mocked else each // 10)
        ]
        for mutant in mutants:
            mutant.write_text(FIRST + mutate(text, chance) + LAST)
        for start in range(0, len(mutants), BATCH):
            more, failed = host.failures(mutants[start : start + BATCH], flags)
            said, found = said + more, found + failed
        return {"mutants": len(mutants)} | count_analysed(said, folder), found

    totals, failed = {}, []
    for counts, found in pool.map(lint_mutants, programs):
        failed += found
        for key, value in counts.items():
            totals[key] = totals.get(key, 0) + value
    print(f"{len(programs)} programs, seed {seed}")
    for key, value in totals.items():
        print(f"{value:8} {key}")
    print(f"{sum(not failure for _, failure in failed):8} fail without our checks too")
    return folder, [(mutant, failure) for mutant, failure in failed if failure]


def count_analysed(said, folder):
    """Of the mutants with errors, where findings are."""
    errors, warnings = {}, {}
    for pattern, found in ((ERROR, errors), (WARNING, warnings)):
        for file, line in pattern.findall(said):
            if Path(file).parent == folder:
                found.setdefault(file, set()).add(int(line))
    ends = {file: len(Path(file).read_text().splitlines()) for file in errors}
    return {
        "do not compile": len(errors),
        "of these with the first defect reported": sum(2 in warnings.get(f, ()) for f in errors),
        "with the last defect reported": sum(ends[f] in warnings.get(f, ()) for f in errors),
    }
