"""The findings that a team has accepted for now, in a file kept with the code."""

import json

from findings import Failure

VERSION = 1


def write(path, findings):
    """One line a finding, so that a merge of two baselines is readable."""
    lines = [
        json.dumps(
            {
                "fingerprint": finding.fingerprint,
                "check": finding.check,
                "file": str(finding.place.path),
                "line": finding.line_text,
            }
        )
        for finding in findings
    ]
    text = '{"version": %d, "findings": [\n%s\n]}\n' % (VERSION, ",\n".join(lines))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Failure(f"cannot write {path}: {error.strerror}") from None


def read(path):
    """fingerprint → entry."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["version"] != VERSION:
            raise Failure(f"{path} is a baseline of version {document['version']}, not {VERSION}")
        return {entry["fingerprint"]: entry for entry in document["findings"]}
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise Failure(f"{path} is not a baseline: write one with --write-baseline") from None
