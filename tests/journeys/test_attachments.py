"""Files beside a question: attached, sent, shown, kept, and refused in words."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PIL import Image

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, Answer, Refusal, words
from tests.journeys.program import BACKSPACE, ENTER, ESC, TAB, OxenTui, ctrl

PASTE, PASTED = "\x1b[200~", "\x1b[201~"


@pytest.fixture
def media() -> Iterator[Path]:
    """A folder with two pictures and a text. Its path is short: a long one is broken where it is typed."""
    with TemporaryDirectory(prefix="m") as name:
        folder = Path(name)
        Image.new("RGB", (320, 200), "teal").save(folder / "sea one.png")
        Image.new("RGB", (200, 320), "maroon").save(folder / "boat.jpg")
        (folder / "notes.md").write_text("The ox walks.")
        yield folder


def _parts(server: CompatibleServer, number: int) -> list[dict[str, Any]]:
    """What the last message of a request carries."""
    content = server.wait_for_chat(number).body["messages"][-1]["content"]
    return content if isinstance(content, list) else [{"type": "text", "text": content}]


def test_a_path_is_completed_sent_with_the_question_and_shown(
    start: Start, server: CompatibleServer, media: Path
) -> None:
    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.send(f"look at @{media}/")
    program.wait_for("boat.jpg", "notes.md", "sea one.png")
    program.send("sea")
    program.wait_gone("boat.jpg")
    program.send(TAB)
    program.wait_for("look at [Image #1]", "▣ [Image #1] sea one.png", "320×200")
    program.send(f"and @{media}/notes.md please" + ENTER)
    program.wait_for_answer("look at [Image #1] and [File #1] please", "◇ [File #1] notes.md")

    image, text, said = _parts(server, 1)
    written = image["image_url"]["url"].removeprefix("data:image/png;base64,")
    assert base64.b64decode(written) == (media / "sea one.png").read_bytes()
    assert text["text"] == "notes.md:\n\nThe ox walks."
    assert said["text"] == "look at [Image #1] and [File #1] please"
    assert len([line for line in program.text.splitlines() if "sea one.png" in line]) == 1


def test_what_is_attached_is_taken_off_pasted_and_kept_with_the_draft(
    start: Start, server: CompatibleServer, media: Path
) -> None:
    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask(f"/attach {media}/boat.jpg")
    program.wait_for("[Image #1] boat.jpg")
    program.send(BACKSPACE)
    program.wait_gone("boat.jpg")
    program.send(f"{PASTE}'{media}/sea one.png'{PASTED}")
    program.wait_for("[Image #1] sea one.png")
    program.send("later")
    program.wait_for("[Image #1]later")
    program.quit()

    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_for("[Image #1] sea one.png", "[Image #1]later", "model-one")
    program.send(ENTER)
    program.wait_for_answer()
    assert [part["type"] for part in _parts(server, 1)] == ["image_url", "text"]
    program.wait_for("Message, / for commands")


def test_what_cannot_be_sent_is_said_before_anything_is_sent(
    start: Start, server: CompatibleServer, media: Path
) -> None:
    program = start(OXEN_BASE_URL=server.base_url, SSH_CONNECTION="10.0.0.1 22 10.0.0.2 22")
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask(f"see @{media}/missing.png")
    program.wait_for("Not sent", "scp", "see @")
    program.send(ESC + ctrl("c"))
    program.wait_for("Message, / for commands")
    program.ask("/attach /nowhere/at/all.png")
    program.wait_for("Not attached", "where this program runs")
    program.send(ctrl("v"))
    program.wait_for("clipboard is on your own machine")
    program.ask(f"/attach {media}/boat.jpg")
    program.wait_for("[Image #1] boat.jpg")
    (media / "boat.jpg").unlink()
    program.ask("What is it?")
    program.wait_for("boat.jpg cannot be read any more", "[Image #1] boat.jpg")
    assert program.text.count("What is it?") == 1
    Image.new("RGB", (20, 10), "maroon").save(media / "boat.jpg")
    program.send(ENTER)
    program.wait_for_answer()


def test_a_model_that_cannot_be_shown_pictures_is_not_asked_about_them(
    start: Start, server: CompatibleServer, media: Path
) -> None:
    entry = {"id": "model-one", "object": "model", "capabilities": {"input": ["text"], "output": ["text"]}}
    server.models = Refusal(200, {"object": "list", "data": [entry]})
    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask(f"/attach {media}/boat.jpg")
    program.wait_for("[Image #1] boat.jpg")
    program.ask("What is it?")
    program.wait_for("model-one takes no pictures", "ctrl+l", "[Image #1] boat.jpg", "What is it?")
    assert server.chats == []


def test_a_question_that_waits_holds_what_belongs_to_it(start: Start, server: CompatibleServer, media: Path) -> None:
    server.answer_with(Answer(("Slow", HOLD, "ly.")), words("A sea."), words("Nothing."))
    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask("first")
    program.wait_for("Slow")
    program.ask(f"/attach {media}/boat.jpg")
    program.wait_for("[Image #1] boat.jpg")
    program.ask("second")
    program.wait_for("1 queued")
    program.wait_for("1 · [Image #1] second")
    program.ask("third")
    program.wait_for("2 queued")
    server.go_on()
    program.wait_for("A sea.", "Nothing.")
    assert [part["type"] for part in _parts(server, 2)] == ["image_url", "text"]
    assert [part["type"] for part in _parts(server, 3)] == ["text"]


def test_an_edited_question_shows_what_it_carries(start: Start, server: CompatibleServer, media: Path) -> None:
    program: OxenTui = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask(f"/attach {media}/boat.jpg")
    program.wait_for("[Image #1] boat.jpg")
    program.ask("What is it?")
    program.wait_for_answer()
    program.read()
    program.send("ke")
    program.wait_for("Sending this makes a branch", "backspace at the start")
    program.send("\x1b[H" + BACKSPACE)
    program.wait_gone("backspace at the start")
    program.send(ENTER)
    assert [part["type"] for part in _parts(server, 2)] == ["text"]
