"""Files, addresses and results get to a question: named, pasted, completed while typed, looked at before sending."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.answers.attachment_words import names_of
from oxen_tui.panes.chat.carrying_page import CarryingPage
from oxen_tui.panes.completion.file_completion import FileCompletion, escaped, unescaped
from oxen_tui.widgets.chat.completion_rows import CompletionRows
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.store.attachment import Attachment

# Read by `re` when they are first needed: a start needs none.
_FILE_WORDS = r"(?:(?<=^)|(?<=[\s(]))@((?:\\\s|\S)+)"
_SURELY_A_PATH = r"(?:~?/|\.{1,2}/)"
_AFTER_A_WORD = ".,;:!?)]}'\""


class ChatAttachments(CarryingPage, part=True):
    """Fills the tray above the composer."""

    class FileWanted(Message):
        """A file is to be chosen."""

    def on_mount(self) -> None:
        self._files = FileCompletion(self.query_one(Composer), self.query_one(CompletionRows))

    @property
    def attachment_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [
            ("Attach a file", "/attach", self.action_attach),
            ("Attach the picture on the clipboard", "ctrl+v", self._paste_picture),
            ("Send attached pictures smaller", "/smaller", self.action_smaller),
        ]

    # --- attaching ------------------------------------------------------------------------------------------------

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files of this disk."""
        self._work(partial(self._add_all, [str(path) for path in paths]), "attach")
        self._composer.focus()

    def action_attach(self, text: str = "") -> None:
        """Attach a path or an address; ask for a file where there is none."""
        if text:
            self._work(partial(self._add_all, [text]), "attach")
        else:
            self.post_message(self.FileWanted())

    async def _add_all(self, texts: Sequence[str]) -> None:
        for text in texts:
            await self._add(text)

    async def _add(self, text: str, *, instead_of: str = "") -> None:
        """Attach something, or say why not.

        Args:
            text: A path or an address.
            instead_of: A passage of the composer that its name takes the place of.
        """
        from oxen_tui.services.conversation.attachments import CannotAttach, attachment_of

        try:
            attachment = await attachment_of(text)
        except CannotAttach as error:
            if error.smaller is not None:
                self._offer_smaller(error.smaller, error.sentence)
            else:
                self.in_trouble(f"Not attached. {error.sentence}")
        else:
            self._take(attachment, instead_of)

    def _take(self, attachment: Attachment, instead_of: str = "") -> None:
        attached = (*self._carried, attachment)
        if instead_of:
            self._composer.put_for(instead_of, f"[{names_of(attached)[-1]}]")
        self.set_attachments(attached)

    def _offer_smaller(self, path: Path, why: str) -> None:
        """Ask whether a smaller copy is to be sent of a picture that cannot be sent as it is."""
        from oxen_tui.panes.wanted import SureWanted

        why += " A copy of at most 2,048 pixels a side is kept and sent instead."
        go_on = partial(self._work, partial(self._attach_smaller, path), "attach")
        self.post_message(SureWanted(f"Attach a copy of {path.name}?", why, "attaches it", "does not", go_on))

    async def _attach_smaller(self, path: Path) -> None:
        from oxen_tui.services.conversation.attachments import CannotAttach
        from oxen_tui.services.conversation.smaller_pictures import smaller_copy

        try:
            self._take(await smaller_copy(path, self.session.attached_folder))
        except CannotAttach as error:
            self.in_trouble(f"Not attached. {error.sentence}")

    def action_smaller(self) -> None:
        """Have smaller copies sent of the pictures that are attached."""
        if any(_is_large(each) for each in self._carried):
            self._work(self._make_smaller, "attach")
        else:
            self.say("No picture of this disk is attached, or they are small already")

    async def _make_smaller(self) -> None:
        from oxen_tui.services.conversation.attachment_parts import local_path
        from oxen_tui.services.conversation.attachments import CannotAttach
        from oxen_tui.services.conversation.smaller_pictures import smaller_copy

        copies: dict[Attachment, Attachment] = {}
        for each in self._carried:
            path = local_path(each.source)
            if _is_large(each) and path is not None:
                try:
                    copies[each] = await smaller_copy(path, self.session.attached_folder)
                except CannotAttach as error:
                    self.in_trouble(error.sentence)
        self.set_attachments(tuple(copies.get(each, each) for each in self._carried))
        if copies:
            self.say(f"Smaller copies of {counted(len(copies), 'picture')} will be sent")

    # --- pasting --------------------------------------------------------------------------------------------------

    @on(Composer.Pasted)
    def _look_at_pasted(self, event: Composer.Pasted) -> None:
        self._work(partial(self._attach_pasted, event.text), "attach")

    async def _attach_pasted(self, text: str) -> None:
        """A path that was pasted or dropped: what can be seen or heard is attached, any other path stays as text."""
        from oxen_tui.services.conversation.attachments import CannotAttach, attachment_of

        try:
            attachment = await attachment_of(text)
        except CannotAttach:
            return  # a path to be talked about
        if attachment.kind != "text":
            self._take(attachment, text)

    @on(Composer.PictureWanted)
    def _paste_picture(self) -> None:
        self._work(self._attach_clipboard, "attach")

    async def _attach_clipboard(self) -> None:
        from oxen_tui.services.conversation.attachments import CannotAttach
        from oxen_tui.services.conversation.smaller_pictures import kept_picture
        from oxen_tui.terminal.clipboard_picture import NoPicture, clipboard_picture

        try:
            content = await clipboard_picture()
            self._take(await kept_picture(content, self.session.attached_folder, "pasted"))
        except NoPicture as error:
            if self.app.clipboard:
                self._composer.action_paste()  # text that was copied in this program
            else:
                self.say(error.sentence)
        except CannotAttach as error:
            self.in_trouble(f"Not attached. {error.sentence}")

    # --- completing -----------------------------------------------------------------------------------------------

    @property
    def completes_files(self) -> bool:
        """Whether the list above the composer is one of files."""
        return self._files.is_active

    @on(Composer.FileTyped)
    def _complete_file(self, event: Composer.FileTyped) -> None:
        if self._files.begin(event.word) and event.word is not None:
            self._work(partial(self._list_files, event.word), "completion", exclusive=True)

    async def _list_files(self, word: str) -> None:
        from oxen_tui.services.inputs.paths import complete_path

        paths = await complete_path(unescaped(word), frozenset())
        self._attach_completed(self._files.show(word, paths))

    def press_in_files(self, key: str) -> None:
        """A key for the list."""
        self._attach_completed(self._files.press(key))

    def choose_file(self, path: str) -> None:
        """A row of it was clicked."""
        self._attach_completed(self._files.choose(path))

    def _attach_completed(self, path: str | None) -> None:
        if path and self._composer.file_word is not None:
            word = f"@{escaped(path)}"
            self._composer.put_for_file_word(f"{word} ")
            self._work(partial(self._attach_named, path, word), "attach")

    async def _attach_named(self, path: str, word: str) -> None:
        await self._add(path, instead_of=word)

    # --- sending --------------------------------------------------------------------------------------------------

    async def prepare(
        self, text: str, attachments: tuple[Attachment, ...], models: Sequence[str] = ()
    ) -> tuple[str, tuple[Attachment, ...]] | None:
        found = await self._with_named(text, attachments)
        if found is None:
            return None
        text, attachments = found
        if not attachments:
            return found
        from oxen_tui.services.conversation.attachments import first_gone, refusal

        if (gone := await first_gone(attachments)) is not None:
            self.in_trouble(f"{gone.name} cannot be read any more. Put it back, or backspace takes it off")
            return None
        for name in models or (self.model,):
            model = self.session.catalogue.get(name)
            if refused := refusal(attachments, model.inputs if model is not None else ()):
                way = "/compare" if models else "ctrl+l"
                self.in_trouble(f"{name} takes no {refused}. {way} takes another model, backspace takes them off")
                return None
        return found

    async def _with_named(
        self, text: str, attachments: tuple[Attachment, ...]
    ) -> tuple[str, tuple[Attachment, ...]] | None:
        """With the files that are named by `@path`; None where one that surely is meant so cannot be attached."""
        words = list(re.finditer(_FILE_WORDS, text))
        if not words:
            return text, attachments
        from oxen_tui.services.conversation.attachments import CannotAttach, attachment_of

        parts, end = [], 0
        for found in words:
            word = found[1].rstrip(_AFTER_A_WORD)
            path = unescaped(word)
            if not await asyncio.to_thread(_is_file, path) and not re.match(_SURELY_A_PATH, path):
                continue  # somebody's name, a decorator, a package
            try:
                attachments = (*attachments, await attachment_of(path))
            except CannotAttach as error:
                if error.smaller is not None:
                    self._offer_smaller(error.smaller, error.sentence)
                else:
                    self.in_trouble(f"Not sent: @{word}. {error.sentence}")
                return None
            parts += [text[end : found.start()], f"[{names_of(attachments)[-1]}]"]
            end = found.start() + 1 + len(word)
        return "".join((*parts, text[end:])), attachments


def _is_large(attachment: Attachment) -> bool:
    return attachment.kind == "image" and attachment.source.startswith("file:") and not attachment.reduced


def _is_file(path: str) -> bool:
    try:
        return Path(path).expanduser().is_file()
    except (OSError, RuntimeError, ValueError):  # too long, a home that nobody knows, a null byte
        return False
