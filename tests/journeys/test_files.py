"""Conversations go to files and come back, and branch off into their own."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import words


def test_a_conversation_is_written_taken_in_and_forked(
    start: Start, server: CompatibleServer, tmp_path: Path
) -> None:
    server.answer_with(words("Boats float."), words("On salty water."))
    program = start(OXEN_BASE_URL=server.base_url, columns=120)
    program.wait_until_ready()
    program.wait_for("model-one", "No conversations yet")
    program.ask("/export")
    program.wait_for("Nothing was said here yet")
    program.ask("Boats please")
    program.wait_for_answer("Boats float.")

    program.ask(f"/export {tmp_path}/boats.json")
    program.wait_for("Written to")
    program.ask(f"/export {tmp_path}/boats.html")
    program.wait_for("boats.html")
    program.ask(f"/export {tmp_path}/boats.exe")
    program.wait_for("says no format")
    assert "Boats float." in (tmp_path / "boats.html").read_text()

    program.ask("/fork")
    program.wait_for("A conversation of its own", "Boats please (branch)")
    program.ask("Where?")
    program.wait_for("On salty water.")
    assert server.wait_for_chat(2).said == ["user: Boats please", "assistant: Boats float.", "user: Where?"]

    program.ask(f"/import {tmp_path}/boats.json")
    program.wait_for("Took in 1 conversation", "Boats float.")
    program.wait_gone("On salty water.")

    program.ask(f"/import {tmp_path}/boats.html")
    program.wait_for("no JSON", "nothing was taken from it")
    program.ask(f"/import {tmp_path}/nowhere.json")
    program.wait_for("cannot be read")
    whole = (tmp_path / "boats.json").read_text()
    (tmp_path / "cut.json").write_text(f"[{whole}, {whole[:-40]}")
    program.ask(f"/import {tmp_path}/cut.json")
    program.wait_until(lambda shown: bool(re.search(r"no JSON, line \d\d", shown)), what="the line of the damage")
    with zipfile.ZipFile(tmp_path / "from-elsewhere.zip", "w") as archive:
        said = {"author": {"role": "user"}, "content": {"parts": ["Ahoy from elsewhere"]}, "create_time": 1.7e9}
        nodes = {"a": {"message": said, "parent": "b"}, "b": {"message": None, "parent": "a"}}
        archive.writestr("conversations.json", json.dumps([{"title": "Ahoy", "mapping": nodes}]))
    program.ask(f"/import {tmp_path}/from-elsewhere.zip")
    program.wait_for("Took in 1 conversation", "Ahoy from elsewhere")
