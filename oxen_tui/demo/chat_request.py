"""A chat request, read and checked (contract section 3)."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import envelope_error, invalid, message_error
from .json_values import Json, is_number, is_whole, number, rows, table, tables, text
from .models import Model, Shelf, awake
from .schema_check import problems

ROLES = frozenset({"system", "user", "assistant", "tool"})
MEDIA = {"image_url": "image", "video_url": "video", "audio_url": "audio"}
"""Part types that carry an address, and the kind of input a model must take for each."""
RANGES = {
    "temperature": (0.0, 2.0),
    "top_p": (0.0, 1.0),
    "frequency_penalty": (-2.0, 2.0),
    "presence_penalty": (-2.0, 2.0),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A medium or document in a message."""

    kind: str
    """ "image", "video", "audio" or "file"."""
    url: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation."""

    role: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    calls: tuple[tuple[str, str, str], ...] = ()
    """(id, name, arguments) of tool calls."""
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """A checked request."""

    model: Model
    turns: tuple[Turn, ...]
    stream: bool = False
    include_usage: bool = False
    max_tokens: int | None = None
    tools: tuple[Json, ...] = ()
    """The `function` objects of the tools offered."""
    tool_choice: str = "auto"
    """ "auto", "none", "required" or the name of a function."""
    parallel: bool = True
    response_format: Json | None = None
    effort: str = ""

    @property
    def system(self) -> str:
        """All system messages."""
        return "\n".join(turn.text for turn in self.turns if turn.role == "system").strip()

    @property
    def questions(self) -> list[str]:
        """The user's messages, first to last."""
        return [turn.text.strip() for turn in self.turns if turn.role == "user"]

    @property
    def question(self) -> str:
        """The last of them."""
        return self.questions[-1] if self.questions else ""


def chat_from(body: Json, shelf: Shelf) -> Chat:
    """Check a body.

    Raises:
        Refused: 400 for whatever is wrong, 404 for an unknown model.
    """
    if not text(body.get("model")):
        raise message_error(400, "You must specify a model to call")
    model = shelf.get(text(body["model"]))
    if model.kind != "text":
        raise envelope_error(400, "invalid_params", f"{model.id} makes {model.kind}: it cannot chat")
    awake(model)
    if not isinstance(body.get("messages"), list) or not body["messages"]:
        raise message_error(400, "Messages array cannot be empty")
    _check_numbers(body)
    for name in rows(model.behaviour.get("refuses")):
        if body.get(text(name)) is not None:
            raise message_error(400, f"Getting model response error: 400 - {name} is not supported by {model.id}")
    found = problems({"properties": model.schema.get("properties", {})}, body)
    if found:
        raise message_error(400, f"Getting model response error: 400 - {found[0]}")
    limit = body.get("max_tokens")
    form = body.get("response_format")
    turns = tuple(_turn(message, model) for message in rows(body["messages"]))
    _check_length(turns, model)
    return Chat(
        model=model,
        turns=turns,
        stream=body.get("stream") is True,
        include_usage=table(body.get("stream_options")).get("include_usage") is True,
        max_tokens=int(number(limit, 0)) if limit is not None else None,
        tools=_tools(body),
        tool_choice=_choice(body.get("tool_choice")),
        parallel=body.get("parallel_tool_calls") is not False,
        response_format=form if isinstance(form, dict) else None,
        effort=text(body.get("reasoning_effort")),
    )


def _check_numbers(body: Json) -> None:
    for name, (low, high) in RANGES.items():
        value = body.get(name)
        if value is not None and (not is_number(value) or not low <= number(value, 0) <= high):
            raise invalid(f"{name} must be a number between {low:g} and {high:g}")
    limit = body.get("max_tokens")
    if limit is not None and (not is_whole(limit) or number(limit, 0) < 1):
        raise invalid("max_tokens must be an integer of 1 or more")
    if not isinstance(body.get("stream", False), (bool, type(None))):
        raise invalid("stream must be true or false")


def _check_length(turns: tuple[Turn, ...], model: Model) -> None:
    """Tokens are counted as `chat_stream.count` counts them."""
    asked = sum(4 + (len(turn.text) + 3) // 4 for turn in turns)
    limit = int(number(model.entry.get("context_length"), 0))
    if 0 < limit < asked:
        raise message_error(
            400,
            f"Getting model response error: 400 - This model's maximum context length is {limit} "
            f"tokens. However, your messages resulted in {asked} tokens.",
        )


def _turn(message: object, model: Model) -> Turn:
    if not isinstance(message, dict) or message.get("role") not in ROLES:
        raise invalid("Every message needs a role: system, user, assistant or tool")
    role, content = text(message["role"]), message.get("content")
    if role == "tool" and not text(message.get("tool_call_id")):
        raise invalid("A tool message needs a tool_call_id")
    calls = tuple(
        (
            text(call.get("id")),
            text(table(call.get("function")).get("name")),
            text(table(call.get("function")).get("arguments")),
        )
        for call in tables(message.get("tool_calls"))
    )
    if content is None and (role != "assistant" or not calls):
        raise invalid(f"A {role} message needs content")
    if content is not None and not isinstance(content, (str, list)):
        raise invalid("content must be a string or a list of parts")
    words, attachments = [text(content)] if isinstance(content, str) else [], []
    for part in rows(content):
        if not isinstance(part, dict):
            raise invalid("A part of a message must be an object")
        if part.get("type") == "text":
            words.append(text(part.get("text")))
        else:
            attachments.append(_attachment(part, model))
    return Turn(role, "\n".join(words), tuple(attachments), calls, text(message.get("tool_call_id")))


def _attachment(part: Json, model: Model) -> Attachment:
    kind = text(part.get("type"))
    if kind in MEDIA:
        url = text(table(part.get(kind)).get("url"))
        if not url:
            raise invalid(f"{kind} needs a url")
        if MEDIA[kind] not in model.inputs:
            raise envelope_error(400, "invalid_file_input", f"{model.id} does not take {MEDIA[kind]} input.")
        return Attachment(MEDIA[kind], url)
    if kind == "file":
        file = table(part.get("file"))
        data, url = text(file.get("file_data")), text(file.get("file_url"))
        if bool(data) == bool(url):
            raise envelope_error(400, "invalid_file_input", "Give exactly one of file_data and file_url.")
        if data and not data.startswith("data:"):
            data = f"data:application/pdf;base64,{data}"
        return Attachment("file", data or url, text(file.get("filename")))
    raise invalid(f"Unknown part type {kind!r}")


def _tools(body: Json) -> tuple[Json, ...]:
    found = []
    for tool in tables(body.get("tools")):
        function = table(tool.get("function"))
        if not text(function.get("name")):
            raise invalid("Every tool needs a function with a name")
        found.append(function)
    return tuple(found)


def _choice(value: object) -> str:
    if isinstance(value, dict):
        return text(table(value.get("function")).get("name"), "auto")
    return text(value, "auto")
