# RUN: %python %s %t %clangd %root/test/checks %mock_dir
"""Half-typed code, several files at once and 200 quick edits: no crash, no hang,
no growing memory, and the right findings at the end."""

import pathlib
import re
import shutil
import sys

import lsp

folder, clangd, tests, mock = sys.argv[1:]
folder = pathlib.Path(folder)
shutil.rmtree(folder, ignore_errors=True)
shutil.copytree(tests, folder)
(folder / ".clang-tidy").write_text("Checks: '-*,borrow-*'\n")
NAMES = ("overlapping-borrow", "unchecked-upgrade", "guard-across-send", "thread-capture")
EDITS = 200


def resident(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def findings(document):
    return sorted(finding for finding in document.found() if finding[1].startswith("borrow-"))


flags = ["-std=c++20", "-nostdinc++", "-I", mock]
with lsp.Client([clangd], folder, flags) as client:
    documents = [client.open(folder / f"{name}.cpp") for name in NAMES]
    client.wait(*documents)
    texts = [document.text for document in documents]
    at_first = [findings(document) for document in documents]
    assert all(at_first)

    # As if each file was typed anew: cut off in the middle of anything.
    for document, text in zip(documents, texts):
        for part in range(1, 12):
            client.edit(document, text[: len(text) * part // 12])
            client.wait(document)

    before = 0
    for number in range(EDITS):
        index = number % len(documents)
        text = texts[index]
        cut = (number * 7919) % len(text)
        client.edit(documents[index], text[:cut] + "(" * (number % 3) + text[cut + number % 5 :])
        # Some edits come while the last one is still being looked at.
        if number % 4 == 3:
            client.wait(*documents)
        if number == EDITS // 2:
            client.wait(*documents)
            before = resident(client.server)
    client.wait(*documents)
    after = resident(client.server)

    # Where an #include was cut, clangd keeps the old preamble for one edit more.
    for suffix in ("\n", ""):
        for document, text in zip(documents, texts):
            client.edit(document, text + suffix)
        client.wait(*documents)
    assert [findings(document) for document in documents] == at_first

print(f"{before} kB after half of the edits, {after} kB at the end")
assert after < before * 1.25
