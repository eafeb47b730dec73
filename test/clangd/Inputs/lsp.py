"""A client of a language server: just what the tests ask of an editor."""

import itertools
import json
import os
import pathlib
import queue
import subprocess
import threading

SECONDS = 120
# None is used twice, so that no answer is taken for that of another opening.
VERSIONS = itertools.count()


class Ended(Exception):
    """The server is gone, or silent for SECONDS."""


class Document:
    """An open file: its text as the editor has it, and what was found in it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.uri = self.path.as_uri()
        self.text = self.path.read_text()
        self.version = next(VERSIONS)
        self.diagnostics = None

    def found(self):
        """(line, check, message) of each diagnostic, in order."""
        return [
            (d["range"]["start"]["line"] + 1, d.get("code"), d["message"].splitlines()[0])
            for d in self.diagnostics
        ]


class Client:
    """Runs a server on a folder whose files are compiled with the flags; a
    context manager that shuts it down and asks that it ends with status 0."""

    def __init__(self, command, folder, flags=("-xc++", "-std=c++20")):
        self.messages = queue.Queue()
        self.documents = {}
        self.last = 0
        folder = pathlib.Path(folder)
        (folder / "compile_flags.txt").write_text("\n".join(flags))
        self.log = (folder / "server.log").open("w+")
        self.server = subprocess.Popen(
            [*command, "--log=error"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log
        )
        threading.Thread(target=self._read, daemon=True).start()
        capabilities = {
            "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        }
        self.request(
            "initialize",
            processId=os.getpid(),
            rootUri=folder.as_uri(),
            capabilities={"textDocument": capabilities},
        )
        self.notify("initialized")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.server.kill()
            self.log.seek(0)
            print(self.log.read()[-4000:])
            return
        self.request("shutdown")
        self.notify("exit")
        if self.server.wait(SECONDS) != 0:
            raise Ended(f"status {self.server.returncode}")

    def _read(self):
        while header := self.server.stdout.readline():
            size = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
                header = self.server.stdout.readline()
            self.messages.put(json.loads(self.server.stdout.read(size)))
        self.messages.put(None)

    def _send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _receive(self):
        try:
            message = self.messages.get(timeout=SECONDS)
        except queue.Empty:
            raise Ended("no answer") from None
        if message is None:
            raise Ended(f"status {self.server.wait()}")
        if message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            document = self.documents.get(found["uri"])
            if document and found.get("version") == document.version:
                document.diagnostics = found["diagnostics"]
        return message

    def notify(self, method, **parameters):
        self._send(method=method, params=parameters)

    def request(self, method, **parameters):
        self.last += 1
        self._send(id=self.last, method=method, params=parameters)
        while (message := self._receive()).get("id") != self.last or "method" in message:
            pass
        if "error" in message:
            raise Ended(message["error"]["message"])
        return message["result"]

    def open(self, path):
        document = Document(path)
        self.documents[document.uri] = document
        self.notify(
            "textDocument/didOpen",
            textDocument={
                "uri": document.uri,
                "languageId": "cpp",
                "version": document.version,
                "text": document.text,
            },
        )
        return document

    def edit(self, document, text):
        document.text = text
        document.version = next(VERSIONS)
        document.diagnostics = None
        self.notify(
            "textDocument/didChange",
            textDocument={"uri": document.uri, "version": document.version},
            contentChanges=[{"text": text}],
        )

    def close(self, document):
        del self.documents[document.uri]
        self.notify("textDocument/didClose", textDocument={"uri": document.uri})

    def wait(self, *documents):
        """Returns when each has been looked at as it is now."""
        while any(document.diagnostics is None for document in documents):
            self._receive()

    def look(self, path):
        document = self.open(path)
        self.wait(document)
        return document

    def fixes(self, document, diagnostic):
        """The quick fixes offered at a diagnostic."""
        actions = self.request(
            "textDocument/codeAction",
            textDocument={"uri": document.uri},
            range=diagnostic["range"],
            context={"diagnostics": [diagnostic]},
        )
        return [action for action in actions if action.get("kind") == "quickfix"]

    def apply(self, document, action):
        """Edits the document as an action says."""
        lines = document.text.splitlines(keepends=True)
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line))

        def offset(position):
            return starts[position["line"]] + position["character"]

        text = document.text
        (edits,) = action["edit"]["changes"].values()
        for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
            start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
            text = text[:start] + edit["newText"] + text[end:]
        self.edit(document, text)
