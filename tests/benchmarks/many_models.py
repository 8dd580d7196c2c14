"""A catalogue of any size, as a server lists it, and that server: a thread that gives bytes it has ready."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

from tests.services.catalogue_models import Entry, demo_entries

_COLOURS = ("amber", "cobalt", "slate", "moss", "rust", "pearl", "ochre", "plum", "jade", "linen", "coal")
_SIZES = ("mini", "lite", "pro", "max", "turbo", "edit", "draft")
_MOST_FOUND = 50


def many_models(count: int) -> list[Entry]:
    """Models in the likeness of the demo's, each under a name of its own: `heron-3-pro-amber-mini-17`."""
    shapes = demo_entries()
    models = []
    for number in range(count):
        shape = shapes[number % len(shapes)]
        turn = number // len(shapes)
        colour, size = _COLOURS[turn % len(_COLOURS)], _SIZES[turn % len(_SIZES)]
        name = f"{shape['id']}-{colour}-{size}-{turn}" if turn else shape["id"]
        models.append({**shape, "id": name, "display_name": name.replace("-", " ").title()})
    return models


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # the app drops a search that nobody waits for
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serving(models: list[Entry]) -> Iterator[str]:
    """The base URL of a server with these models and nothing else, while it runs."""
    whole = json.dumps({"object": "list", "data": models}).encode()
    by_id = {model["id"]: model for model in models}

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            path = unquote(asked.path).removeprefix("/api/ai/models")
            if path == "":
                self._give(whole)
            elif path == "/search":
                words = parse_qs(asked.query)["search"][0].split()
                found = [model for name, model in by_id.items() if all(word in name for word in words)]
                self._give(json.dumps({"object": "list", "data": found[:_MOST_FOUND]}).encode())
            elif path[1:] in by_id:
                self._give(json.dumps(by_id[path[1:]]).encode())
            else:
                self._give(b'{"error": {"message": "not here", "type": "resource_not_found"}}', 404)

        def _give(self, body: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing."""

    server = _Server(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/api/ai"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
