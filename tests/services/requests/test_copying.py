"""What is copied sends the very same request: through a real shell, curl and Python, over a real socket."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.safe_text import clean
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.copying import copied_request, json_body

URL = "https://hub.test/api/ai/chat/completions"
HEARD = b'data: {"choices":[{"delta":{"content":"Hel"}}]}\n\ndata: {"choices":[{"delta":{"content":"lo"}}]}\n\n'

NASTY = (
    'it\'s "quoted" and `run` $(touch x) $HOME ${IFS} !! !1 \\ \\n %s * ? ~ # ; & | < > ( )',
    "JSON\nEOF\nJSON",
    "tab\there\r\nline\x00nul\x1b[2J\u202eturned\u2028 emoji 🐂 \U000e0041",
    "-d @/etc/passwd",
)

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(NASTY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab'\"$\n", max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
bodies = st.dictionaries(st.sampled_from(["model", "messages", "stream", "x", "it's"]), values, max_size=4)


class Hearing(BaseHTTPRequestHandler):
    heard: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.heard.append((self.command, self.path, headers, body))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(HEARD)))
        self.end_headers()
        self.wfile.write(HEARD)

    do_GET = do_DELETE = do_POST  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hearing)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def run(*command: str, given_in: str | None = None) -> str:
    environment = {**os.environ, "OXEN_API_KEY": "the-key-of-who-runs-it", "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(
        command, input=given_in, capture_output=True, text=True, timeout=30, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def heard() -> tuple[str, str, dict[str, str], bytes]:
    found = Hearing.heard[-1]
    Hearing.heard.clear()
    return found


BODY: dict[str, Any] = {
    "model": "ox",
    "messages": [
        {"role": "user", "content": [{"type": "text", "text": text} for text in NASTY]},
        {"role": "user", "content": "data:image/png;base64," + "A" * 300_000},
    ],
    "temperature": 0.2,
    "stream": True,
    "stream_options": {"include_usage": True},
}


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="needs curl and bash")
@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_curl_sends_the_very_same_body(base: str, shell: str) -> None:
    said = run(shell, given_in=copied_request(Language.CURL, f"{base}/chat/completions", BODY))
    method, path, headers, body = heard()
    assert (method, path, headers["content-type"]) == ("POST", "/chat/completions", "application/json")
    assert headers["authorization"] == "Bearer the-key-of-who-runs-it"
    assert json.loads(body) == BODY
    assert said == HEARD.decode()


def test_python_sends_the_very_same_body_and_prints_what_comes(base: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(copied_request(Language.PYTHON, f"{base}/chat/completions", BODY), encoding="utf-8")
    said = run(sys.executable, str(program))
    method, path, headers, body = heard()
    assert (method, path) == ("POST", "/chat/completions")
    assert headers["authorization"] == "Bearer the-key-of-who-runs-it"
    assert json.loads(body) == BODY
    assert said == "Hello\n"


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="needs curl and bash")
def test_requests_without_a_body_and_of_other_methods_run_too(base: str, tmp_path: Path) -> None:
    url = f"{base}/queue/a%5Bb%5D?x=[1]&y=it's"
    for method in ("GET", "DELETE"):
        run("bash", given_in=copied_request(Language.CURL, url, None, method=method))
        by_curl = heard()
        program = tmp_path / "program.py"
        program.write_text(copied_request(Language.PYTHON, url, None, method=method, with_key=False))
        run(sys.executable, str(program))
        by_python = heard()
        assert by_curl[:2] == (method, "/queue/a%5Bb%5D?x=[1]&y=it's")
        assert (by_python[0], by_python[3], by_curl[3]) == (method, b"", b"")
        assert "authorization" in by_curl[2]
        assert "authorization" not in by_python[2]


@settings(max_examples=25)
@given(st.lists(bodies, min_size=8, max_size=8))
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_no_body_means_anything_to_a_shell(made: list[dict[str, Any]]) -> None:
    # A curl of our own, which says what it is given; many in one shell, because a shell takes its time to start.
    script = "".join(copied_request(Language.CURL, URL, body) + "printf '\\036'\n" for body in made)
    said = run("bash", given_in='curl() { printf "%s\\n" "$#" "$@"; cat; }\n' + script)
    for body, told in zip(made, said.split("\x1e")[:-1], strict=True):
        count, *words = told.split("\n")
        arguments, sent = words[: int(count)], "\n".join(words[int(count) :])
        assert URL in arguments
        assert "Authorization: Bearer the-key-of-who-runs-it" in arguments
        assert json.loads(sent) == body


@settings(max_examples=60)
@given(bodies)
def test_python_holds_the_same_values(body: dict[str, Any]) -> None:
    text = copied_request(Language.PYTHON, URL, body)
    [found] = [
        node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "body"
    ]
    assert ast.literal_eval(found) == body


@settings(max_examples=60)
@given(bodies)
def test_nothing_that_is_copied_acts_on_a_terminal_and_nothing_holds_a_key(body: dict[str, Any]) -> None:
    for text in (*(copied_request(language, URL, body) for language in Language), json_body(body)):
        assert clean(text) == text
    assert json.loads(json_body(body)) == body


def test_a_name_and_a_password_in_the_address_stay_here() -> None:
    for language in Language:
        assert "word" not in copied_request(language, "https://me:word@hub.test/x", {"model": "m"})
