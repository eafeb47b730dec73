"""SARIF 2.1.0, as code scanning takes it: the notes are a code flow."""

from urllib.parse import quote

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning"}
ROOT = "SRCROOT"


def artifact(path):
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": ROOT}


def region(start, end=None):
    result = {"startLine": start.line, "startColumn": start.column}
    if end:
        result |= {"endLine": end.line, "endColumn": end.column}
    return result


def location(place, text=None):
    result = {
        "physicalLocation": {"artifactLocation": artifact(place.path), "region": region(place)}
    }
    if text:
        result["message"] = {"text": text}
    return result


def fixes(finding):
    if not finding.replacements:
        return []
    changes = {}
    for replacement in finding.replacements:
        changes.setdefault(replacement.start.path, []).append(
            {
                "deletedRegion": region(replacement.start, replacement.end),
                "insertedContent": {"text": replacement.text},
            }
        )
    return [
        {
            "description": {"text": "as clang-tidy --fix does"},
            "artifactChanges": [
                {"artifactLocation": artifact(path), "replacements": replacements}
                for path, replacements in changes.items()
            ],
        }
    ]


def result(finding, rules, accepted):
    at = location(finding.place)
    shown = {
        "ruleId": finding.check,
        "ruleIndex": rules.index(finding.check),
        "level": LEVELS.get(finding.level, "note"),
        "message": {"text": finding.text},
        "locations": [at],
        "partialFingerprints": {"borrowTidy/v1": finding.fingerprint},
    }
    if accepted is not None:
        shown["baselineState"] = "unchanged" if finding.fingerprint in accepted else "new"
    if finding.notes:
        # From where the loan begins to the action that conflicts with it.
        trail = [*(location(note.place, note.text) for note in finding.notes)]
        trail.append(location(finding.place, finding.text))
        shown["codeFlows"] = [{"threadFlows": [{"locations": [{"location": l} for l in trail]}]}]
        shown["relatedLocations"] = [
            location(note.place, note.text) | {"id": number}
            for number, note in enumerate(finding.notes, 1)
        ]
    if finding.replacements:
        shown["fixes"] = fixes(finding)
    return shown


def rule(name, summaries, pages):
    summary = {"text": summaries.get(name, name)}
    # GitHub wants the three of them, though they say the same here.
    described = {"id": name, "shortDescription": summary, "fullDescription": summary, "help": summary}
    if pages and name in summaries:
        described["helpUri"] = f"{pages.rstrip('/')}/{name.removeprefix('borrow-')}.md"
    return described


def log(findings, summaries, root, pages=None, accepted=None):
    """The log of one run; accepted holds the fingerprints of a baseline."""
    rules = sorted({finding.check for finding in findings})
    driver = {
        "name": "borrow-tidy",
        "rules": [rule(name, summaries, pages) for name in rules],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"uri": root.as_uri() + "/"}},
                "results": [result(finding, rules, accepted) for finding in findings],
            }
        ],
    }
