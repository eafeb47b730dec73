"""usage: scripts.py CI_FILE: prints the commands of a GitLab or GitHub job but
for those that install packages."""

import sys

import yaml

document = yaml.safe_load(open(sys.argv[1]))
if "jobs" in document:
    commands = [step.get("run", "") for step in document["jobs"]["lint"]["steps"]]
else:
    commands = document["borrow-tidy"]["script"]
print("\n".join(c for c in commands if c and not c.startswith("apt-get")))
