"""A conversation as a file to keep or to hand on: Markdown and HTML of what is shown, JSON of the whole tree."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from oxen_tui.money import money
from oxen_tui.services.conversation.attachment_parts import local_path, read_of_kind
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.conversations import Conversation
from oxen_tui.store.message import Ending, Message

FORMAT: Final = "oxen-tui conversation"
"""Says in the JSON what it is."""
VERSION: Final = 1

_LARGEST = 8_000_000
"""Bytes of a picture, a clip or a sound that goes into the HTML itself; larger ones are named."""
_PLAYER = '<figure><{kind} controls src="{url}"></{kind}><figcaption>{name}</figcaption></figure>'
_SHOWN = {"image": '<img alt="{name}" src="{url}">', "video": _PLAYER, "audio": _PLAYER}


class ExportFormat(StrEnum):
    """What a conversation is written as; also the end of the file's name."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


def exported(form: ExportFormat, conversation: Conversation, path: Sequence[Message], tree: Sequence[Message]) -> str:
    """A conversation as text. Pictures of an HTML page are read from the disk: call it in a thread.

    Args:
        form: Which.
        conversation: With its title, system prompt and settings.
        path: The messages it shows.
        tree: All of its messages, on every branch.
    """
    if form is ExportFormat.JSON:
        return _json(conversation, tree)
    return _markdown(conversation, path) if form is ExportFormat.MARKDOWN else _html(conversation, path)


def _markdown(conversation: Conversation, path: Sequence[Message]) -> str:
    parts = [f"# {conversation.title or 'Conversation'}"]
    if conversation.system_prompt:
        parts.append(_quoted(conversation.system_prompt))
    for message in path:
        parts.append(f"## {_who(message)}")
        if message.reasoning:
            parts.append(f"<details><summary>Reasoning</summary>\n\n{message.reasoning.strip()}\n\n</details>")
        parts += [_attachment_line(each) for each in message.attachments]
        parts += [f"Calls `{call.name}`:\n\n{_fenced(call.arguments, 'json')}" for call in message.tool_calls]
        if message.text:
            parts.append(_fenced(message.text) if message.role == "tool" else message.text.strip())
        if note := _note(message):
            parts.append(f"*{note}*")
    return "\n\n".join(parts) + "\n"


def _fenced(text: str, language: str = "") -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.strip()}\n{fence}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _attachment_line(attachment: Attachment) -> str:
    if attachment.kind == "text":
        return f"{attachment.name}:\n\n{_fenced(attachment.text)}"
    if not attachment.source:
        return f"[{attachment.name}]"
    name = attachment.name.replace("]", "\\]")
    return f"{'!' if attachment.kind == 'image' else ''}[{name}](<{attachment.source}>)"


def _who(message: Message) -> str:
    name = {"user": "You", "tool": f"Result of {message.model}"}.get(message.role, message.model or message.role)
    branch = f" · {message.sibling} of {message.siblings}" if message.siblings > 1 else ""
    return f"{name} · {message.created_at.astimezone():%Y-%m-%d %H:%M}{branch}"


def _note(message: Message) -> str:
    """`1,284 tokens · ~$0.0119 · cut off`, with what is known."""
    parts = []
    if message.usage is not None and message.usage.completion_tokens is not None:
        parts.append(f"{message.usage.completion_tokens:,} tokens")
    if message.cost is not None:
        parts.append(money(message.cost, estimate=message.usage is None or message.usage.cost is None))
    if message.ending not in (Ending.DONE, Ending.STREAMING, Ending.TOOL_CALLS):
        parts.append(message.ending.value.replace("_", " "))
    return " · ".join(parts)


def _json(conversation: Conversation, tree: Iterable[Message]) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "title": conversation.title,
            "model": conversation.model,
            "system_prompt": conversation.system_prompt,
            "settings": asdict(conversation.settings),
            "created_at": conversation.created_at.isoformat(),
            "leaf": conversation.leaf_id,
            "messages": [_message_json(message) for message in tree],
        },
        ensure_ascii=False,
        indent=1,
    )


def _message_json(message: Message) -> dict[str, Any]:
    """Only what there is: an export is read by people too."""
    written = {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.role,
        "text": message.text,
        "reasoning": message.reasoning,
        "reasoning_seconds": message.reasoning_seconds,
        "model": message.model,
        "ending": message.ending.value,
        "trouble": message.trouble,
        "created_at": message.created_at.isoformat(),
        "seconds": message.seconds,
        "first_token_seconds": message.first_token_seconds,
        "usage": None if message.usage is None else asdict(message.usage),
        "cost": message.cost,
        "parameters": dict(message.parameters),
        "tool_calls": [asdict(call) for call in message.tool_calls],
        "tool_call_id": message.tool_call_id,
        "attachments": [asdict(each) for each in message.attachments],
    }
    return {key: value for key, value in written.items() if value not in (None, "", [], {}) or key == "text"}


_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #23272e; }
.user { background: #f0f1f3; border-left: 3px solid #0b6b62; padding: .5rem 1rem; }
header { color: #5f656f; font-size: .85rem; } .note { color: #5f656f; font-size: .85rem; }
pre { background: #f0f1f3; padding: .75rem; overflow-x: auto; } .text { white-space: pre-wrap; }
img, video { max-width: 100%; } figure { margin: 0; } article { margin: 1.5rem 0; }
@media (prefers-color-scheme: dark) {
  body { background: #14161a; color: #d7dae0; } .user, pre { background: #1b1e24; } a { color: #63cdbf; }
  .user { border-color: #63cdbf; } header, .note { color: #8e94a0; }
}
"""


def _html(conversation: Conversation, path: Sequence[Message]) -> str:
    title = html.escape(conversation.title or "Conversation")
    # The text is shown as it was written: a page that turned foreign Markdown into markup could be made to act.
    parts = [
        "<!doctype html>",
        '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; media-src data:; '
        "style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>",
    ]
    if conversation.system_prompt:
        parts.append(f'<div class="text note">{html.escape(conversation.system_prompt)}</div>')
    for message in path:
        parts.append(f'<article class="{html.escape(message.role)}"><header>{html.escape(_who(message))}</header>')
        if message.reasoning:
            parts.append(
                f"<details><summary>Reasoning</summary><pre>{html.escape(message.reasoning)}</pre></details>"
            )
        parts += [_attachment_html(each) for each in message.attachments]
        parts += [f"<pre>{html.escape(f'{call.name} {call.arguments}')}</pre>" for call in message.tool_calls]
        if message.text:
            tag = "pre" if message.role == "tool" else "div"
            parts.append(f'<{tag} class="text">{html.escape(message.text.strip())}</{tag}>')
        if note := _note(message):
            parts.append(f'<div class="note">{html.escape(note)}</div>')
        parts.append("</article>")
    return "\n".join([*parts, "</html>"]) + "\n"


def _attachment_html(attachment: Attachment) -> str:
    """Embedded, so that the page can be handed on; an address of the web is linked, and fetched by no one else."""
    name = html.escape(attachment.name)
    if attachment.kind == "text":
        return f"<details><summary>{name}</summary><pre>{html.escape(attachment.text)}</pre></details>"
    if attachment.source.startswith(("https://", "http://")):
        return f'<p><a href="{html.escape(attachment.source)}" rel="noreferrer">{name}</a></p>'
    drawn, path = _SHOWN.get(attachment.kind), local_path(attachment.source)
    if drawn is None or path is None or not attachment.mime.startswith(f"{attachment.kind}/"):
        return f"<p>[{name}]</p>"
    if (data := _content(path, attachment.kind)) is None:
        return f"<p>[{name}]</p>"
    url = f"data:{html.escape(attachment.mime)};base64,{data}"
    return drawn.format(name=name, kind=attachment.kind, url=url)


def _content(path: Path, kind: str) -> str | None:
    """In base64; None where it is gone, another thing or too large, which the page then shows by its name."""
    try:
        content = read_of_kind(path, kind, _LARGEST + 1)
    except OSError:
        return None
    return None if content is None or len(content) > _LARGEST else base64.b64encode(content).decode("ascii")
