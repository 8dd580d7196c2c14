"""The service on a real socket and in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from oxen_tui.demo.serve import is_loopback, run, serving
from oxen_tui.demo.service import Demo, create_service
from tests.demo.stand_ins import MODELS

KEY = {"Authorization": "Bearer demo-key"}


@pytest.fixture
def service() -> Iterator[tuple[str, Demo]]:
    app = create_service(MODELS, pace=1.0)
    with serving(app) as base:
        yield base, app.state.demo


def asking(question: str) -> dict[str, object]:
    return {"model": "plain", "stream": True, "messages": [{"role": "user", "content": question}]}


def until(happened: object, seconds: float = 5.0) -> bool:
    """Wait for something another thread does."""
    tick, waited = threading.Event(), 0.0
    while not happened() and waited < seconds:  # type: ignore[operator]
        tick.wait(0.01)
        waited += 0.01
    return bool(happened())  # type: ignore[operator]


def test_a_reader_that_goes_away_stops_the_answer(service: tuple[str, Demo]) -> None:
    base, demo = service
    counts = demo.chat.generations
    with (
        httpx.Client(headers=KEY) as client,
        client.stream("POST", f"{base}/chat/completions", json=asking("a long story")) as answer,
    ):
        for line in answer.iter_lines():
            if '"content":"' in line and '"content":""' not in line:
                assert counts.running == 1
                break
    assert until(lambda: counts.stopped == 1)
    assert (counts.running, counts.finished) == (0, 0)
    assert counts.tokens < 1000


def test_a_cut_breaks_the_connection_in_mid_answer(service: tuple[str, Demo]) -> None:
    base, demo = service
    with httpx.Client(headers=KEY) as client:
        said: list[str] = []

        def read() -> None:
            with client.stream("POST", f"{base}/chat/completions", json=asking("2+2 fault: cut")) as answer:
                said.extend(answer.iter_lines())

        with pytest.raises(httpx.RemoteProtocolError):
            read()
        assert any('"content":' in line for line in said)
        assert not any('finish_reason":"' in line or "[DONE]" in line for line in said)
    assert demo.chat.generations.stopped == 1


def test_silence_sends_not_even_a_header(service: tuple[str, Demo]) -> None:
    base, _ = service
    with httpx.Client(headers=KEY, timeout=0.2) as client, pytest.raises(httpx.ReadTimeout):
        client.post(f"{base}/chat/completions", json=asking("fault: silence"))


def test_the_event_stream_opens_at_once_and_closes_with_its_reader(service: tuple[str, Demo]) -> None:
    base, demo = service
    events = base.removesuffix("/ai") + "/events"
    with httpx.Client(headers=KEY) as client, client.stream("GET", events) as stream:
        lines = stream.iter_lines()  # kept: an iterator that is dropped closes the stream
        assert next(lines).startswith(":")
        assert demo.events.listening == 1
    assert until(lambda: demo.events.listening == 0)


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", *arguments]
    pipe = subprocess.PIPE
    env = {**os.environ, **environment}
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env)


def test_the_process_says_one_line_serves_and_dies_with_its_stdin() -> None:
    with started("--token", "t", "--pace", "0", "--die-with-stdin") as process:
        assert process.stdout
        assert process.stdin
        told = json.loads(process.stdout.readline())
        assert told["token"] == "t"
        assert told["base_url"].startswith("http://127.0.0.1:")
        with httpx.Client(headers={"Authorization": "Bearer t"}) as client:
            models = client.get(f"{told['base_url']}/models").json()["data"]
            assert len(models) > 40
            answer = client.post(
                f"{told['base_url']}/chat/completions", json={**asking("hello"), "model": models[0]["id"]}
            )
            assert answer.text.endswith("data: [DONE]\n\n")
            # A stream that is open must not keep the process alive.
            with client.stream("GET", told["base_url"].removesuffix("/ai") + "/events"):
                process.stdin.close()
                assert process.wait(5) == 0
        assert process.stdout.read() == ""
        assert process.stderr
        assert process.stderr.read() == ""


def test_a_signal_ends_the_process_without_a_word_and_without_its_media(tmp_path: Path) -> None:
    with started("--die-with-stdin", "--pace", "0", "--token", "t", TMPDIR=str(tmp_path)) as process:
        assert process.stdout
        assert process.stderr
        base = json.loads(process.stdout.readline())["base_url"]
        request = {"model": "pebble-tiny", "prompt": "a boat"}
        with httpx.Client(headers={"Authorization": "Bearer t"}) as client:
            assert client.post(f"{base}/images/generate", json=request).status_code == 200
        assert list(tmp_path.iterdir())
        process.terminate()
        assert process.wait(5) == 0
        assert process.stderr.read() == ""
    assert not list(tmp_path.iterdir())


def test_a_port_that_is_taken_is_said_in_a_sentence(
    service: tuple[str, Demo], capsys: pytest.CaptureFixture[str]
) -> None:
    port = int(service[0].rpartition(":")[2].partition("/")[0])
    assert run(port) == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in capsys.readouterr().err


def test_only_loopback_counts_as_this_machine() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "192.168.1.2", "example.org", ""))
