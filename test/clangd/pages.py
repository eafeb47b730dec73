# RUN: %python %s %t %clangd
"""A finding leads to its page, wherever clangd is installed."""

import pathlib
import shutil
import sys

import lsp

folder, clangd = map(pathlib.Path, sys.argv[1:])
shutil.rmtree(folder, ignore_errors=True)
prefix = folder / "größer, 100 %"
page = prefix / "share/doc/borrow-tidy/docs/checks/unchecked-upgrade.md"
page.parent.mkdir(parents=True)
page.touch()
(prefix / "bin").mkdir()
shutil.copy(clangd, prefix / "bin/borrow-clangd")
(folder / ".clang-tidy").write_text("Checks: '-*,borrow-*'\n")
file = folder / "weak.cpp"
file.write_text(
    """#include <memory>
struct Owner { void ping(); };
void poke(std::weak_ptr<Owner> w) { w.lock()->ping(); }
"""
)
with lsp.Client([prefix / "bin/borrow-clangd"], folder) as client:
    (finding,) = client.look(file).diagnostics
    assert finding["codeDescription"]["href"] == page.as_uri(), finding
