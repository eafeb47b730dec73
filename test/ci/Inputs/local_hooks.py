"""usage: local_hooks.py HOOKS: prints a configuration with the hooks of a
.pre-commit-hooks.yaml as local ones, which need no network."""

import sys

import yaml

hooks = yaml.safe_load(open(sys.argv[1]))
print(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
