"""Conversations from a file: our own JSON, or the export of ChatGPT. Of a damaged one nothing, of the others all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from oxen_tui.api.json_values import cleaned, items, line, mapping, moment, number, text, whole
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.safe_text import clean
from oxen_tui.services.conversation.export import FORMAT
from oxen_tui.services.conversation.import_file import NotReadable, entries
from oxen_tui.services.schema.chat_parameters import NOT_OFFERED
from oxen_tui.store.attachment import KINDS, Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending
from oxen_tui.store.whole_conversations import NewConversation, NewMessage

_ROLES = ("user", "assistant", "tool")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was found in a file."""

    conversations: Sequence[NewConversation] = ()
    left_out: Sequence[str] = field(default=())
    """A sentence for each conversation that is damaged."""


def read_export(content: str) -> Imported:
    """The conversations of an export. Blocks: call it in a thread.

    Raises:
        NotReadable: It is no JSON, or of another kind.
    """
    found: list[NewConversation] = []
    left_out: list[str] = []
    known = False
    for place, entry in enumerate(entries(content), 1):
        value = mapping(entry)
        title = line(value.get("title")) or f"conversation {place}"
        is_ours = value.get("format") == FORMAT
        known = known or is_ours or "mapping" in value
        try:
            found.append(_ours(value) if is_ours else _chatgpt(value))
        except _Damaged as error:
            left_out.append(f"{title}: {error}")
    if not known:
        raise NotReadable("This is neither an export of this program nor one of ChatGPT (conversations.json)")
    return Imported(found, left_out)


class _Damaged(Exception):
    """One conversation of a file."""


def _ours(value: Mapping[str, Any]) -> NewConversation:
    messages: list[NewMessage] = []
    keys: set[str] = set()
    for entry in items(value.get("messages")):
        row = mapping(entry)
        key, parent = str(row.get("id")), row.get("parent")
        if whole(row.get("id")) is None or key in keys:
            raise _Damaged("a message has no number of its own")
        if parent is not None and str(parent) not in keys:
            raise _Damaged(f"message {key} follows one that is not in the file")
        if row.get("role") not in _ROLES:
            raise _Damaged(f"message {key} is neither a question nor an answer")
        keys.add(key)
        messages.append(_our_message(row, key, None if parent is None else str(parent)))
    leaf = str(value.get("leaf"))
    return NewConversation(
        messages,
        leaf if leaf in keys else None,
        line(value.get("title")),
        line(value.get("model")),
        clean(text(value.get("system_prompt"))),
        _settings(mapping(value.get("settings"))),
        moment(value.get("created_at")),
    )


def _our_message(row: Mapping[str, Any], key: str, parent: str | None) -> NewMessage:
    ending = text(row.get("ending")) or "done"
    usage = mapping(row.get("usage"))
    counts = ("prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens", "reasoning_tokens")
    known = ending in Ending._value2member_map_ and ending != Ending.STREAMING
    return NewMessage(
        key=key,
        parent=parent,
        role=text(row.get("role")),
        text=clean(text(row.get("text"))),
        created_at=moment(row.get("created_at")) or datetime.now(UTC),
        model=line(row.get("model")),
        ending=Ending(ending) if known else Ending.CUT_OFF,
        trouble=clean(text(row.get("trouble"))),
        reasoning=clean(text(row.get("reasoning"))),
        reasoning_seconds=number(row.get("reasoning_seconds")),
        tool_calls=tuple(
            ToolCall(line(call.get("id")), line(call.get("name")), clean(text(call.get("arguments"))))
            for call in map(mapping, items(row.get("tool_calls")))
        ),
        tool_call_id=line(row.get("tool_call_id")) or None,
        attachments=tuple(_attachments(items(row.get("attachments")))),
        parameters=cleaned(mapping(row.get("parameters"))),
        seconds=number(row.get("seconds")),
        first_token_seconds=number(row.get("first_token_seconds")),
        usage=Usage(**{name: whole(usage.get(name)) for name in counts}, cost=number(usage.get("cost")))
        if usage
        else None,
        cost=number(row.get("cost")),
    )


def _attachments(entries: Sequence[Any]) -> Iterator[Attachment]:
    for entry in map(mapping, entries):
        # A card shows a job of the store it came from, which is not the one it goes to.
        if (kind := text(entry.get("kind"))) in KINDS and kind != "job":
            yield Attachment(
                kind,
                line(entry.get("name")),
                line(entry.get("source"), 4000),
                line(entry.get("mime"), 100),
                whole(entry.get("size")),
                whole(entry.get("width")),
                whole(entry.get("height")),
                number(entry.get("seconds")),
                clean(text(entry.get("text"))),
            )


def _settings(value: Mapping[str, Any]) -> ConversationSettings:
    schema = value.get("schema")
    parameters = cleaned(mapping(value.get("parameters")))
    return ConversationSettings(
        # What the conversation itself says is not a parameter: a file could send definitions of tools that way.
        {name: entry for name, entry in parameters.items() if name not in NOT_OFFERED},
        # Tools act: they are switched on by the user of this machine, not by a file.
        (),
        cleaned(schema) if isinstance(schema, dict) else None,
        line(value.get("schema_name")),
        line(value.get("preset")),
    )


def _chatgpt(value: Mapping[str, Any]) -> NewConversation:
    """A tree of nodes, of which those without a text of user or model are stepped over."""
    nodes = {key: mapping(node) for key, node in mapping(value.get("mapping")).items()}
    messages: list[NewMessage] = []
    nearest: dict[str, str | None] = {}
    """The message that a node is, or hangs under."""
    for key in _parents_first(nodes):
        above = nearest.get(text(nodes[key].get("parent")))
        message = _chatgpt_message(mapping(nodes[key].get("message")), key, above)
        nearest[key] = above if message is None else key
        if message is not None:
            messages.append(message)
    if not messages:
        raise _Damaged("no questions or answers in it")
    model = next((each.model for each in reversed(messages) if each.model), "")
    leaf = nearest.get(text(value.get("current_node")))
    return NewConversation(
        messages, leaf, line(value.get("title")), model, created_at=moment(value.get("create_time"))
    )


def _parents_first(nodes: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Every node once, whatever the file says of parents and children: also in rings."""
    seen: set[str] = set()
    for key in nodes:
        way: list[str] = []
        here = key
        while here in nodes and here not in seen:
            seen.add(here)
            way.append(here)
            here = text(nodes[here].get("parent"))
        yield from reversed(way)


def _chatgpt_message(value: Mapping[str, Any], key: str, parent: str | None) -> NewMessage | None:
    role = text(mapping(value.get("author")).get("role"))
    content = mapping(value.get("content"))
    parts = [part for part in items(content.get("parts")) if isinstance(part, str)]
    written = clean("\n\n".join(part for part in parts if part.strip()) or text(content.get("text")))
    if role not in ("user", "assistant") or not written.strip():
        return None
    metadata = mapping(value.get("metadata"))
    if metadata.get("is_visually_hidden_from_conversation"):
        return None
    return NewMessage(
        key=key,
        parent=parent,
        role=role,
        text=written,
        created_at=moment(value.get("create_time")) or datetime.fromtimestamp(0, UTC),
        model=line(metadata.get("model_slug")) if role == "assistant" else "",
    )
