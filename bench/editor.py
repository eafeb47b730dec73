#!/usr/bin/env python3
"""Measures what the checks add to the time from an edit to its diagnostics.

Two sessions of the same borrow-clangd have the same file open, a generated one
of about a thousand lines, one with all checks of ours and one with a trivial
check; they get the same edits in turns. Prints the medians.

usage: editor.py --clangd borrow-clangd [--edits N]
"""

import argparse
import contextlib
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent / "test" / "clangd" / "Inputs"))
import lsp  # noqa: E402

HEAD = """#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
"""
CLASS = """
class Account@ {
public:
  void deposit(int amount) {
    std::lock_guard<std::mutex> lock(mutex_);
    balance_ += amount;
    history_.push_back("deposit " + std::to_string(amount));
  }
  bool withdraw(int amount) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (balance_ < amount)
      return false;
    balance_ -= amount;
    lock.unlock();
    notify("withdraw");
    return true;
  }
  void notify(const std::string &what) {
    if (auto owner = owner_.lock())
      (*owner)(what);
  }
  void audit() {
    std::vector<std::thread> workers;
    for (int i = 0; i < 4; ++i)
      workers.emplace_back([this, i] { deposit(i); });
    for (auto &worker : workers)
      worker.join();
  }

private:
  std::mutex mutex_;
  int balance_ = 0;
  std::vector<std::string> history_;
  std::weak_ptr<std::function<void(std::string)>> owner_;
};
"""


def generated(lines):
    text = HEAD
    for number in range(lines // CLASS.count("\n")):
        text += CLASS.replace("@", str(number))
    return text


def session(stack, clangd, checks, text):
    folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
    (folder / ".clang-tidy").write_text(f"Checks: '-*,{checks}'\n")
    (folder / "accounts.cpp").write_text(text)
    client = stack.enter_context(lsp.Client([clangd], folder))
    return client, client.look(folder / "accounts.cpp")


def rebuild_time(client, document, text):
    start = time.monotonic()
    client.edit(document, text)
    client.wait(document)
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clangd", required=True)
    parser.add_argument("--edits", type=int, default=30)
    arguments = parser.parse_args()

    text = generated(1000)
    with contextlib.ExitStack() as stack:
        sessions = [
            session(stack, arguments.clangd, checks, text)
            for checks in ("misc-unused-alias-decls", "misc-unused-alias-decls,borrow-*")
        ]
        times = [[], []]
        for number in range(arguments.edits):
            edited = f"{text}int edit{number}();\n"
            for taken, (client, document) in zip(times, sessions):
                taken.append(rebuild_time(client, document, edited))
    without, with_checks = (statistics.median(taken) for taken in times)
    print(f"{text.count(chr(10))} lines, {arguments.edits} edits, median from edit to diagnostics:")
    print(f"  without our checks  {without * 1000:7.1f} ms")
    print(f"  with all of them    {with_checks * 1000:7.1f} ms")
    print(f"  added               {(with_checks - without) * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
