# RUN: %python %s %t %clangd %mock_dir %root/test/checks %tidy
"""The editor shows what the plugin finds in the tests of all checks."""

import pathlib
import re
import shutil
import subprocess
import sys

import lsp

CHECKS = "-*,borrow-*"
DIAGNOSTIC = re.compile(r"^([^\s:]+):(\d+):\d+: (warning|note): (.*?)(?: \[(borrow-[\w-]+)\])?$", re.M)

folder, clangd, mock, tests, *tidy = sys.argv[1:]
folder = pathlib.Path(folder)
shutil.rmtree(folder, ignore_errors=True)
shutil.copytree(tests, folder)
(folder / ".clang-tidy").write_text(f"Checks: '{CHECKS}'\n")
# clangd knows no bodies in system headers, so the mocks are users' headers here.
flags = ["-std=c++20", "-nostdinc++", "-I", mock]


def from_plugin(file):
    """{(line, check, message): notes} with the notes of this file alone. A
    finding in a header is shown by clangd at its first note in the file."""
    command = [*tidy, "--quiet", "--header-filter=.*", file, "--", *flags]
    run = subprocess.run(command, capture_output=True, text=True)
    found = []
    for path, line, kind, text, check in DIAGNOSTIC.findall(run.stdout):
        inside = path == str(file)
        if kind == "warning":
            found.append((int(line) if inside else None, check, text, []))
        elif inside and not text.startswith("expanded from macro"):
            found[-1][-1].append((int(line), text))
    return {
        (line or notes[0][0], check, text): notes
        for line, check, text, notes in found
        if line or notes
    }


def plain(message):
    """A message as clang-tidy prints it."""
    message = message.splitlines()[0].removesuffix(" (fix available)")
    return message[0].lower() + message[1:]


def from_editor(document):
    found = {}
    for diagnostic in document.diagnostics:
        if not diagnostic.get("code", "").startswith("borrow-"):
            continue
        line = diagnostic["range"]["start"]["line"] + 1
        found[line, diagnostic["code"], plain(diagnostic["message"])] = [
            (note["location"]["range"]["start"]["line"] + 1, plain(note["message"]))
            for note in diagnostic["relatedInformation"]
            if note["location"]["uri"] == document.uri
        ]
    return found


different = total = 0
with lsp.Client([clangd], folder, flags) as client:
    for file in sorted(folder.glob("*.cpp")):
        document = client.look(file)
        client.close(document)
        expected, shown = from_plugin(file), from_editor(document)
        total += len(expected)
        for key in sorted({*expected, *shown}):
            if expected.get(key) != shown.get(key):
                different += 1
                print(file.name, *key, f"\n  plugin: {expected.get(key)}\n  editor: {shown.get(key)}")
print(f"{different} of {total} findings differ")
sys.exit(different or not total)
