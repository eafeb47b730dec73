"""usage: validate.py SCHEMA DOCUMENT: also asks that URIs have nothing but the
letters of URIs, which the schema leaves to a format that is not checked."""

import json
import re
import sys

import jsonschema

schema, document = (json.load(open(name, encoding="utf-8-sig")) for name in sys.argv[1:])
jsonschema.validate(document, schema)
uris = re.findall(r'"uri": "(.*?)"', json.dumps(document))
assert uris and all(re.fullmatch(r"[\w./:%~-]+", uri, re.ASCII) for uri in uris), uris
