"""What really goes over the wire: the last requests looked at, and the request of a message copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.api.errors import ApiError
from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.view import Transcript
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

REQUEST_FORMS = ("curl", "Python", "JSON")
"""What the request of a message can be copied as."""


class ChatInspecting(AskingPage, part=True):
    """Shows what was sent, and copies what would be."""

    class InspectorWanted(Message):
        """The last requests are to be looked at."""

    class CopyWanted(Message):
        """Something of a message is to be copied: the user says what."""

        turn_id: int
        code_blocks: int
        has_reasoning: bool

    @property
    def inspecting_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [
            ("Inspect the last requests and raw events", "/inspect", self.action_inspect),
            ("Copy a message as…", "C in the conversation", self._transcript.action_copy_as),
            ("Copy the request as curl", "/curl", self.action_curl),
            ("Copy the request as Python", "/curl python", partial(self.action_curl, "python")),
        ]

    def action_inspect(self) -> None:
        """Look at the last requests as they went over the wire."""
        self.post_message(self.InspectorWanted())

    @on(Transcript.CopyAsRequested)
    def _ask_what_to_copy(self, event: Transcript.CopyAsRequested) -> None:
        if (lines := self._transcript.column.get(event.turn_id)) is not None:
            reasons = bool(lines.turn.text and lines.turn.reasoning)
            self.post_message(self.CopyWanted(event.turn_id, len(self._transcript.fences_of(lines)), reasons))

    def copy_of(self, turn_id: int, what: str) -> None:
        """Copy something of a message.

        Args:
            what: One of `REQUEST_FORMS`, `source`, `reasoning`, or the number of a code block, from 0.
        """
        if what in REQUEST_FORMS:
            self._work(partial(self._copy_request, turn_id, what), "copy", exclusive=True)
            return
        lines = self._transcript.column.get(turn_id)
        if lines is None:
            return
        if what == "source":
            self._copied(lines.turn.text or lines.turn.reasoning, "message")
        elif what == "reasoning":
            self._copied(lines.turn.reasoning, "reasoning")
        elif int(what) < len(fences := self._transcript.fences_of(lines)):
            self._copied(fences[int(what)].source, f"code block {int(what) + 1}")

    def action_curl(self, wanted: str = "") -> None:
        """Copy the request of the message that keys act on, else of the last one, as curl, Python or JSON."""
        form = next((form for form in REQUEST_FORMS if form.casefold() == (wanted.casefold() or "curl")), None)
        chosen = self._standing()
        if form is None:
            self.in_trouble(f"A request is copied as {', '.join(REQUEST_FORMS[:-1])} or {REQUEST_FORMS[-1]}")
        elif chosen is None:
            self.say("Nothing was said here yet")
        else:
            self.copy_of(chosen.turn.id, form)

    def _standing(self) -> TurnLines | None:
        turns, cursor = self._transcript.column.turns, self._transcript.cursor
        return cursor if cursor in turns and self._transcript.has_focus else turns[-1] if turns else None

    async def _copy_request(self, message_id: int, form: str) -> None:
        """The very request that an answer came of; at a question, the one that asking it now would send."""
        from oxen_tui.services.conversation.attachment_parts import AttachmentGone
        from oxen_tui.services.requests.code import Language
        from oxen_tui.services.requests.copying import copied_request, json_body

        try:
            message = await self.session.store.messages.message(message_id)
            asked, model, settings = message.id, self.model, self.shown_settings
            if message.role == "assistant" and message.parent_id is not None:
                asked, model = message.parent_id, message.model
                # As they were then: a schema stands among them.
                settings = replace(settings, parameters=dict(message.parameters), schema=None, schema_name="")
            request = await self.session.conversation.request_for(asked, model, settings)
            client = await self.session.client()
        except AttachmentGone as error:
            self.in_trouble(f"Not copied: {error.sentence}")
            return
        except (StoreError, ApiError) as error:
            self.in_trouble(f"Not copied: {error}")
            return
        body = client.chat_body(request)
        if form == "JSON":
            self._copied(json_body(body), "the JSON of the request")
        else:
            url = f"{client.address.base}/chat/completions"
            self._copied(copied_request(Language(form), url, body), f"the request as {form}")

    def _copied(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.say(f"Copied {what}: {counted(len(text.splitlines()), 'line')}")
