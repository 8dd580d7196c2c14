"""Which messages of a path are sent: not those that the user left out, and those of another conversation that a
summary is asked of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from oxen_tui.store.attachment import CONVERSATION, Attachment
from oxen_tui.store.message import Message

SUMMARY_QUESTION: Final = (
    "Summarise our conversation so far, so that we can go on from the summary alone. Keep what was decided and why, "
    "names, numbers, code that is still needed, and open questions. Leave out greetings and what was corrected later."
)
"""Asked at the beginning of a conversation that goes on from a summary."""

_PLACE: Final = "message:"


def sent_part(path: Sequence[Message], left_out: int | None) -> Sequence[Message]:
    """What is sent of a path, beginning with a question.

    All of it where the message named stands on another branch, or where nothing would be left to ask.

    Args:
        path: From the first message.
        left_out: See `ConversationSettings.left_out`.
    """
    if left_out is None:
        return path
    place = next((number for number, message in enumerate(path) if message.id == left_out), len(path))
    begin = next((number for number in range(place + 1, len(path)) if path[number].role == "user"), None)
    return path if begin is None else path[begin:]


def told_conversation(message_id: int, title: str) -> Attachment:
    """What a question carries that is about another conversation, up to this message of it."""
    return Attachment(CONVERSATION, title, f"{_PLACE}{message_id}")


def told_message(path: Sequence[Message]) -> int | None:
    """Up to which message of another conversation a path is about, if its last question is about one."""
    question = next((message for message in reversed(path) if message.role == "user"), None)
    if question is None:
        return None
    sources = (each.source for each in question.attachments if each.kind == CONVERSATION)
    named = next((source.removeprefix(_PLACE) for source in sources if source.startswith(_PLACE)), "")
    return int(named) if named.isdecimal() else None


def newest_that_fit(
    path: Sequence[Message], room: int | None, weigh: Callable[[Message], int]
) -> tuple[Sequence[Message], int]:
    """The newest exchanges of a path that fit, and how many messages before them do not. The last one always stays.

    Args:
        path: From the first message.
        room: Tokens; None is as many as there are.
        weigh: Tokens of a message.
    """
    begins = [place for place, message in enumerate(path) if message.role == "user"]
    if room is None or not begins:
        return path, 0
    begin, taken, end = begins[-1], 0, len(path)
    for place in reversed(begins):
        taken += sum(weigh(message) for message in path[place:end])
        if taken > room:
            break
        begin, end = place, place
    if begin == begins[0]:
        begin = 0
    return path[begin:], begin
