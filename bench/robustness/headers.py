"""Each header of libstdc++ and of Boost, read as if it were the user's own."""

import re
import subprocess
import tempfile
from pathlib import Path

# Written before all headers: classes of the library that get bodies to analyse.
INSTANTIATIONS = {
    "memory": "template class std::shared_ptr<int>; template class std::weak_ptr<int>;"
    " template class std::unique_ptr<int>;",
    "mutex": "template class std::unique_lock<std::mutex>; template class std::lock_guard<std::mutex>;"
    " template class std::scoped_lock<std::mutex, std::mutex>;",
    "shared_mutex": "template class std::shared_lock<std::shared_mutex>;",
    "future": "template class std::promise<int>; template class std::future<int>;"
    " template class std::packaged_task<int(int)>;",
    "functional": "template class std::function<int(int)>;",
    "vector": "template class std::vector<int>;",
    "deque": "template class std::deque<int>;",
    "list": "template class std::list<int>;",
    "map": "template class std::map<int, int>;",
    "set": "template class std::set<int>;",
    "unordered_map": "template class std::unordered_map<int, int>;",
    "optional": "template class std::optional<int>;",
    "string": "template class std::basic_string<char>;",
    "regex": "template class std::basic_regex<char>;",
    "thread": "void start(int &X) { std::thread([&X] { ++X; }).join(); }",
    "condition_variable": "template void std::condition_variable::wait(std::unique_lock<std::mutex> &, bool (*)());",
}
SYSTEM_HEADER = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+GCC[ \t]+system_header\b", re.M)
WARNING = re.compile(r"^.*: warning: .*\[borrow-[\w-]+\]", re.M)


def library_folders(compiler):
    """The folders of the C++ library of the compiler."""
    said = subprocess.run(
        [compiler, "-E", "-v", "-xc++", "/dev/null"], capture_output=True, text=True
    ).stderr
    paths = [Path(p.strip()).resolve() for p in re.findall(r"^ (/\S+)$", said, re.M)]
    return list(dict.fromkeys(p for p in paths if "c++" in p.parts and p.is_dir()))


def copy(source, target):
    """Without the pragma that makes a system header of a file."""
    for file in source.rglob("*"):
        if file.is_file():
            new = target / file.relative_to(source)
            new.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text(encoding="latin-1")
            new.write_text(SYSTEM_HEADER.sub("//", text), encoding="latin-1")


def in_groups(files, size):
    """At most size files of one folder each."""
    folders = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    for group in folders.values():
        yield from (group[i : i + size] for i in range(0, len(group), size))


class Reader:
    """Lints headers of one library; a file that is missing ends the analysis of
    a whole unit, so those that ask for one are sorted out."""

    def __init__(self, host, folder, flags):
        self.host, self.folder, self.flags = host, folder, flags
        self.read = self.unreadable = self.with_errors = 0
        self.warnings, self.failed = set(), []

    def lint(self, names):
        name = re.sub(r"\W", "-", str(names[0]))
        unit = self.folder / f"{name}-{len(names)}.cpp"
        unit.write_text(
            "".join(f"#include <{name}>\n" for name in names)
            + "".join(INSTANTIATIONS.get(str(name), "") + "\n" for name in names)
        )
        text, failed = self.host.failures([unit], self.flags)
        self.failed += failed
        if "file not found" in text and len(names) > 1:
            for half in (names[: len(names) // 2], names[len(names) // 2 :]):
                self.lint(half)
            return
        self.read += 0 if "file not found" in text else len(names)
        self.unreadable += "file not found" in text
        self.with_errors += ": error: " in text
        self.warnings.update(WARNING.findall(text))


def run(host, size, every, pool, filters):
    """Gives the folder of the copies and (unit, failure) for some."""
    folder = Path(tempfile.mkdtemp(prefix="headers-"))
    flags = ["-std=c++20", "-pthread", "-nostdinc++"]
    std = []
    for root in library_folders(host.clang_tidy.replace("clang-tidy", "clang++")):
        target = folder / f"std{len(flags)}"
        copy(root, target)
        flags.append(f"-I{target}")
        std += [[f.relative_to(root)] for f in sorted(root.rglob("*")) if f.is_file()]
    copy(Path("/usr/include/boost"), folder / "boost")
    flags.append(f"-I{folder}")
    boost = [f.relative_to(folder) for f in sorted((folder / "boost").rglob("*.hpp"))]
    failed = []
    for library, units in (("libstdc++", std), ("Boost", [*in_groups(boost, size)])):
        if filters and library not in filters:
            continue
        reader = Reader(host, folder, flags)
        list(pool.map(reader.lint, units[::every]))
        print(f"{library}: {reader.read} headers in {len(units[::every])} units")
        print(f"{reader.unreadable:8} ask for a file that is not there")
        print(f"{reader.with_errors:8} units with errors")
        print(f"{len(reader.warnings):8} warnings")
        for warning in sorted(reader.warnings):
            print(f"         {warning.replace(str(folder) + '/', '')}")
        failed += reader.failed
    return folder, failed
