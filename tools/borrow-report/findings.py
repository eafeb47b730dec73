"""Findings as clang-tidy exports them, with what tells one from another."""

import collections
import hashlib
import pathlib
import re
from typing import NamedTuple

import yaml

ROW = re.compile(r'^BORROW_CHECK\((\w+),\s*"([^"]+)",\s*\w+,\s*"([^"]+)"\)$', re.M)
SUFFIXES = (".yaml", ".yml")


class Failure(Exception):
    """What is wrong with the input, for the user to read."""


class Place(NamedTuple):
    """A point in a file; line and column count from 1, columns in characters."""

    path: pathlib.Path
    offset: int
    line: int
    column: int


class Note(NamedTuple):
    place: Place
    text: str


class Replacement(NamedTuple):
    start: Place
    end: Place
    text: str


class Finding(NamedTuple):
    """One diagnostic of one check. The fingerprint is the same as long as the
    check, the message, the file's path from the root and the text of the line
    are: what moves the line keeps it. Equal ones in a file are numbered."""

    check: str
    level: str
    place: Place
    text: str
    notes: tuple
    replacements: tuple
    line_text: str
    fingerprint: str

    @property
    def where(self):
        return f"{self.place.path}:{self.place.line}:{self.place.column}"


class Sources:
    """The files that findings lie in, read once each."""

    def __init__(self, root):
        self.root = root
        self.texts = {}

    def text(self, path):
        if path not in self.texts:
            try:
                self.texts[path] = (self.root / path).read_bytes()
            except OSError as error:
                raise Failure(f"cannot read {path}: {error.strerror}") from None
        return self.texts[path]

    def place(self, name, offset, folder):
        path = pathlib.Path(folder or ".", name)
        try:
            path = path.resolve().relative_to(self.root)
        except ValueError:
            path = path.resolve()
        text = self.text(path)
        if not 0 <= offset <= len(text):
            raise Failure(f"{path} has no byte {offset}: it has changed since it was linted")
        before = text[text.rfind(b"\n", 0, offset) + 1 : offset].decode(errors="replace")
        return Place(path, offset, text.count(b"\n", 0, offset) + 1, len(before) + 1)

    def line(self, place):
        return self.text(place.path).splitlines()[place.line - 1 : place.line] or [b""]


def documents(arguments):
    """(name, parsed YAML) of each file; folders stand for the files in them."""
    for argument in map(pathlib.Path, arguments):
        if argument.is_dir():
            files = sorted(f for f in argument.rglob("*") if f.suffix in SUFFIXES)
        elif argument.is_file():
            files = [argument]
        else:
            raise Failure(f"{argument} does not exist")
        for file in files:
            try:
                yield file, yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
            except OSError as error:
                raise Failure(f"cannot read {file}: {error.strerror}") from None
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                reason = str(error).splitlines()[0]
                raise Failure(f"{file} is not YAML: {reason}") from None


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def string(value):
    if not isinstance(value, str):
        raise TypeError
    return value


def parse(entry, sources):
    """A diagnostic without its fingerprint; None if it lies in no file."""
    folder = entry.get("BuildDirectory")

    def place(message, offset=0):
        return sources.place(message["FilePath"], message["FileOffset"] + offset, folder)

    message = entry["DiagnosticMessage"]
    if not message.get("FilePath"):
        return None
    at = place(message)
    replacements = tuple(
        Replacement(
            sources.place(r["FilePath"], r["Offset"], folder),
            sources.place(r["FilePath"], r["Offset"] + r["Length"], folder),
            string(r["ReplacementText"]),
        )
        for r in message.get("Replacements") or ()
    )
    notes = tuple(
        Note(place(note), string(note["Message"]))
        for note in entry.get("Notes") or ()
        if note.get("FilePath")
    )
    line = sources.line(at)[0].decode(errors="replace")
    return Finding(
        check=string(entry["DiagnosticName"]),
        level=entry.get("Level", "Warning").lower(),
        place=at,
        text=string(message["Message"]),
        notes=notes,
        replacements=replacements,
        line_text=" ".join(line.split()),
        fingerprint="",
    )


def read(arguments, root):
    """The findings of all files in the order of their places, each once: a
    header's are exported for every source that includes it."""
    sources = Sources(root)
    found = {}
    for name, document in documents(arguments):
        if document is None:
            continue
        try:
            for entry in document["Diagnostics"] or ():
                finding = parse(entry, sources)
                if finding:
                    found.setdefault((finding.place, finding.check, finding.text), finding)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise Failure(f"{name} is not what clang-tidy --export-fixes writes") from None

    seen = collections.Counter()
    result = []
    for _, finding in sorted(found.items(), key=lambda item: item[0]):
        parts = (finding.check, str(finding.place.path), finding.line_text, finding.text)
        seen[parts] += 1
        key = "\0".join((*parts, str(seen[parts])))
        fingerprint = hashlib.sha256(key.encode()).hexdigest()[:32]
        result.append(finding._replace(fingerprint=fingerprint))
    return result


def checks():
    """name → summary of our checks, from the table that the build reads."""
    here = pathlib.Path(__file__).resolve().parent
    for table in (here / "Checks.def", here.parents[1] / "checks" / "Checks.def"):
        if table.is_file():
            return {name: summary for _, name, summary in ROW.findall(table.read_text())}
    raise Failure("Checks.def is missing: the installation is broken")
