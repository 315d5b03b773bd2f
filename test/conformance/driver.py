"""Drives the unmodified Python SDK against whatever BACKEND_URL and MODELS_RUN_URL point at, one case at a time.

Started with the generation to drive (`v1` or `v2`), it reads one JSON object per line on standard input and answers each with JSON
lines on standard output:

    -> {"case": "v1.create"}
    <- {"control": "advance", "milliseconds": 60000}    a case asks the test for something the SDK cannot do
    -> {"value": null}
    <- {"case": "v1.create", "ok": true, "detail": ""}

The cases themselves use nothing but the SDK.
"""

import importlib
import json
import os
import sys
import traceback


class World:
    """What a case may ask of its surroundings: time, faults and the log of what the server has received."""

    def __init__(self, protocol_out, protocol_in, admin_key):
        self._out = protocol_out
        self._in = protocol_in
        self.admin_key = admin_key

    def _ask(self, **request):
        send(self._out, request)
        return json.loads(self._in.readline())["value"]

    def advance(self, seconds):
        self._ask(control="advance", milliseconds=seconds * 1000)

    def fail_next(self, route, status, times=1):
        """Makes the next calls of a route answer with a status."""
        self._ask(control="fail", route=route, status=status, times=times)

    def create_key(self, body):
        """Makes a key that the SDK itself refuses to make."""
        self._ask(control="createKey", body=body)

    def received(self):
        """`METHOD /path` of every request of this case so far, in order."""
        return self._ask(control="received")


def send(stream, message):
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def main():
    # The SDK and its dependencies may print: only the protocol goes to the real standard output.
    protocol_out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    cases = importlib.import_module(f"cases_{sys.argv[1]}").CASES
    world = World(protocol_out, sys.stdin, os.environ["AIXPLAIN_API_KEY"])
    send(protocol_out, {"ready": True, "cases": sorted(cases)})
    for line in iter(sys.stdin.readline, ""):
        name = json.loads(line)["case"]
        answer = {"case": name, "ok": True, "detail": ""}
        try:
            cases[name](world)
        except BaseException:  # Whatever a case raises is its result, and is told in full.
            answer.update(ok=False, detail=traceback.format_exc())
        send(protocol_out, answer)


if __name__ == "__main__":
    main()
