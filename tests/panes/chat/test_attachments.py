"""What a question carries: attached, named, taken off, refused, and kept where it was left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from textual.pilot import Pilot

from oxen_tui.file_size import file_size
from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.services.queue import quick_generation
from oxen_tui.store.attachment import Attachment
from oxen_tui.widgets.chat.attachment_tray import AttachmentTray
from oxen_tui.widgets.chat.composer import Composer
from tests.services.gallery_jobs import add_result
from tests.test_app import opened, page, until


class Desk:
    """The chat in an app, and what the user sees of what is attached."""

    def __init__(self, app: Any, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot
        self.chat = app.screen.query_one(ChatPane)
        self.composer = app.screen.query_one(Composer)

    @property
    def chips(self) -> list[str]:
        return [f"{chip.label}  {chip.detail}" for chip in self.app.screen.query_one(AttachmentTray).chips]

    @property
    def said(self) -> str:
        return "\n".join(each.message for each in self.app._notifications)

    async def attach(self, *texts: str | Path) -> None:
        for text in texts:
            before = len(self.chips)
            self.chat.action_attach(str(text))
            await until(self.pilot, lambda before=before: len(self.chips) > before)  # type: ignore[misc]

    async def sees(self, words: str) -> None:
        await until(self.pilot, lambda: words in self.said)


@asynccontextmanager
async def desk(home: Path) -> AsyncIterator[Desk]:
    Image.new("RGB", (320, 200), "teal").save(home / "sea one.png")
    Image.new("RGB", (2600, 1300), "maroon").save(home / "wide.png")
    (home / "notes.md").write_text("The ox walks.")
    (home / "more notes.md").write_text("It rests.")
    async with opened(home / "app") as (app, pilot):
        yield Desk(app, pilot)


async def test_what_is_attached_is_taken_off_from_the_end_with_its_name_in_the_text(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.attach(tmp_path / "sea one.png", "https://x.test/boat.jpg", tmp_path / "notes.md")
        size = file_size((tmp_path / "sea one.png").stat().st_size)
        assert at.chips == [
            f"▣ [Image #1] sea one.png  320×200 · {size}",
            "▣ [Image #2] boat.jpg  by its address",
            "◇ [File #1] notes.md  13 B",
        ]
        at.composer.put("Is [Image #2] on [Image #1]?")
        at.composer.move_cursor((0, 0))
        await at.pilot.press("backspace")
        assert [chip.split("  ")[0][2:] for chip in at.chips] == ["[Image #1] sea one.png", "[Image #2] boat.jpg"]
        await at.pilot.press("backspace")
        assert at.composer.text == "Is  on [Image #1]?"
        assert len(at.chips) == 1


async def test_a_picture_that_is_large_is_sent_smaller_when_that_is_asked_for(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.chat.action_smaller()
        await at.sees("No picture of this disk is attached")
        await at.attach(tmp_path / "wide.png")
        at.chat.action_smaller()
        await at.sees("Smaller copies of 1 picture will be sent")
        assert at.chips[0].endswith("smaller copy")


async def test_what_cannot_be_sent_stays_where_it_was_written(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.attach(tmp_path / "sea one.png")
        (tmp_path / "sea one.png").unlink()
        await at.pilot.press(*"what", "enter")
        await at.sees("sea one.png cannot be read any more")
        assert (at.composer.text, len(at.chips), at.chat.conversation_id) == ("what", 1, None)
        at.composer.put(f"see @{tmp_path}/nothing.png")
        await at.pilot.press("enter")
        await at.sees("Not sent: @")
        assert at.composer.text.startswith("see @")
        assert at.chat.conversation_id is None


async def test_names_and_packages_behind_an_at_sign_are_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.pilot.press(*"ask @ada about @types/node", "enter")
        await until(at.pilot, lambda: "You said: ask @ada about @types/node" in page(at.app))


async def test_a_file_named_in_the_question_goes_with_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.composer.put(f"read (@{tmp_path}/notes.md), and @{tmp_path}/more\\ notes.md.")
        await at.pilot.press("enter")
        await until(at.pilot, lambda: "read ([File #1]), and [File #2]." in page(at.app))
        assert "[File #2] more notes.md" in page(at.app)


async def test_a_model_that_takes_no_pictures_is_not_asked_about_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.composer.put(f"look at @{tmp_path}/sea\\ one.png.")
        await at.pilot.press("enter")
        await at.sees("heron takes no pictures")
        assert at.composer.text.startswith("look at @")


async def test_what_is_attached_stays_with_the_page_that_is_left(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.pilot.press(*"hello", "enter")
        await until(at.pilot, lambda: "You said: hello" in page(at.app))
        first = at.chat.conversation_id
        await at.attach(tmp_path / "sea one.png")
        at.chat.action_new()
        await until(at.pilot, lambda: at.chips == [] and not at.chat._unread)
        messages = await at.chat.session.store.messages.path(first or 0)
        await at.attach(tmp_path / "notes.md")
        at.chat.go_to(first or 0, messages[0].id)  # by a search
        await until(at.pilot, lambda: [chip.split("  ")[0][2:] for chip in at.chips] == ["[Image #1] sea one.png"])
        at.chat.action_new()
        await until(at.pilot, lambda: [chip.split("  ")[0][2:] for chip in at.chips] == ["[File #1] notes.md"])


async def test_what_is_made_of_a_result_knows_that_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path) as at:
        session = at.chat.session
        folder = session.results.folder
        made = await add_result(session.store, folder, 1, model="moss-image-xl", prompt="A harbour")
        assert made.file is not None
        sent: list[tuple[int, ...]] = []

        async def send(body: object, *, parents: tuple[int, ...], **_: object) -> tuple[()]:
            sent.append(parents)
            return ()

        async def form(kind: str, prompt: str, inputs: Sequence[Attachment], *_: object) -> SimpleNamespace:
            body = {"model": "moss", "prompt": prompt, "input_image": inputs[0].source}
            return SimpleNamespace(
                model=SimpleNamespace(id="moss"), body=body, estimate=SimpleNamespace(dollars=0.04, request="one")
            )

        monkeypatch.setattr(quick_generation, "quick_form", form)
        monkeypatch.setattr(session.generations, "send", send)
        await at.attach(session.results.path(made.file))
        at.composer.put("/image warmer")
        await at.pilot.press("enter")
        await until(at.pilot, lambda: bool(sent))
        assert sent == [(made.id,)]
