# RUN: %python %s %t %clangd
"""Open, read, fix, reopen: one finding with its notes, page and fix."""

import pathlib
import shutil
import sys

import lsp

folder = pathlib.Path(sys.argv[1])
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
(folder / ".clang-tidy").write_text("Checks: '-*,borrow-*,modernize-use-nullptr'\n")
(folder / "names.h").write_text(
    """#pragma once
#include <memory>
struct Owner { void ping(); };
inline void ping(std::weak_ptr<Owner> w) { w.lock()->ping(); }
inline void touch(Owner *o) { o->ping(); }
"""
)
file = folder / "names.cpp"
file.write_text(
    """#include "names.h"
Owner *nobody = 0;
void wake(std::weak_ptr<Owner> w) {
  auto owner = w.lock();
  touch(owner.get());
}
void poke(std::weak_ptr<Owner> w) {
  w.lock()->ping();
}
"""
)


def check(document, lines):
    ours = [(line, text) for line, check, text in document.found() if check.startswith("borrow-")]
    assert [line for line, _ in ours] == lines, document.found()
    assert all("may be empty" in text for _, text in ours), ours


with lsp.Client(sys.argv[2:], folder) as client:
    document = client.look(file)
    # What touch() does is known though its body is in the preamble.
    check(document, [5, 8])
    # clang-tidy's own checks are still there.
    assert any(check == "modernize-use-nullptr" for _, check, _ in document.found())

    first, second = (d for d in document.diagnostics if d["code"] == "borrow-unchecked-upgrade")
    assert first["source"] == "clang-tidy"
    notes = [note["message"] for note in first["relatedInformation"]]
    assert notes == ["Upgraded from 'w' here", "Used here, inside the callee"], notes
    page = pathlib.Path(first["codeDescription"]["href"].removeprefix("file://"))
    assert page.read_text().startswith("# borrow-unchecked-upgrade")

    (fix,) = client.fixes(document, second)
    client.apply(document, fix)
    assert "if (auto strong = w.lock()) strong->ping();" in document.text, document.text
    client.wait(document)
    check(document, [5])

    # Unsaved, so that the file opens again with its finding.
    client.close(document)
    document = client.look(file)
    check(document, [5, 8])

    header = client.look(folder / "names.h")
    check(header, [4])
