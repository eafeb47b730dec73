"""usage: validate.py SCHEMA DOCUMENT"""

import json
import sys

import jsonschema

schema, document = (json.load(open(name, encoding="utf-8-sig")) for name in sys.argv[1:])
jsonschema.validate(document, schema)
