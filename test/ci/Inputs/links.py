"""usage: links.py FOLDER: prints the relative links of its pages that lead to
no file; links into bench/ belong to the source tree."""

import pathlib
import re
import sys

for page in pathlib.Path(sys.argv[1]).rglob("*.md"):
    for link in re.findall(r"\]\(([^):#]+)[^)]*\)", page.read_text()):
        if "bench/" not in link and not (page.parent / link).exists():
            print(f"{page}: {link} is missing")
