"""usage: manual.py PAGE PROGRAM [COMMAND …]: prints the options that --help of the
program or of its commands tells and its man page doesn't."""

import pathlib
import re
import subprocess
import sys

page = pathlib.Path(sys.argv[1]).read_text().replace("\\-", "-")
for command in sys.argv[3:] or [None]:
    program = [sys.executable, sys.argv[2], *([command] if command else [])]
    told = subprocess.run([*program, "--help"], capture_output=True, text=True, check=True).stdout
    for option in sorted(set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", told)) - {"-h", "--help"}):
        if f"\\fB{option}\\fR" not in page:
            print(option, "is not in the man page")
