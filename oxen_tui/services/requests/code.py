"""A request as a program would send it: curl for a shell, or Python. No key is ever in it, and pasting it is safe.

The key is read from the environment where the text runs. Characters that could act on a terminal, also such as only
hide or turn text, are written as escapes: what is pasted is what is sent.
"""

from __future__ import annotations

import json
import math
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from oxen_tui.safe_text import clean, clean_line

KEY_VARIABLE = "OXEN_API_KEY"

_LINE = 72
"""Characters of a value that stays in one line."""


class Language(StrEnum):
    """What the text is written in."""

    CURL = "curl"
    PYTHON = "Python"


_CHAT_ARGUMENTS = frozenset(
    {
        *("model", "messages", "stream", "stream_options", "max_tokens", "temperature", "top_p", "tools"),
        *("tool_choice", "parallel_tool_calls", "frequency_penalty", "presence_penalty", "response_format"),
        *("reasoning_effort", "seed", "stop", "n", "user"),
    }
)
"""What the openai package takes by name; all else goes into its `extra_body`."""


def curl_request(base_url: str, path: str, body: Mapping[str, object]) -> str:
    """One command for any POSIX shell."""
    address = shlex.quote(_address(base_url) + path)
    # Braces and brackets in an address are patterns to curl.
    plain = " --globoff" if re.search(r"[\[\]{}]", address) else ""
    unbuffered = " -N" if body.get("stream") is True else ""
    return (
        f"curl -sS{unbuffered}{plain} {address} \\\n"
        f'  -H "Authorization: Bearer ${KEY_VARIABLE}" \\\n'
        f'  -H "Content-Type: application/json" \\\n'
        f"  -d {shlex.quote(AS_JSON.laid_out(body))}\n"
    )


def python_chat(base_url: str, body: Mapping[str, object]) -> str:
    """With the openai package."""
    arguments = {key: value for key, value in body.items() if key in _CHAT_ARGUMENTS}
    others = {key: value for key, value in body.items() if key not in _CHAT_ARGUMENTS}
    if others:
        arguments["extra_body"] = others
    lines = "".join(f"    {key}={AS_PYTHON.laid_out(value, 1)},\n" for key, value in arguments.items())
    read = "print(answer.choices[0].message.content)\n"
    if body.get("stream") is True:
        read = (
            "for chunk in answer:\n"
            "    for choice in chunk.choices:\n"
            '        print(choice.delta.content or "", end="", flush=True)\n'
        )
    return (
        "import os\n\n"
        "from openai import OpenAI\n\n"
        f'client = OpenAI(base_url={AS_PYTHON.laid_out(_address(base_url))}, api_key=os.environ["{KEY_VARIABLE}"])\n'
        f"answer = client.chat.completions.create(\n{lines})\n"
        f"{read}"
    )


def python_request(base_url: str, path: str, body: Mapping[str, object]) -> str:
    """With httpx; prints the answer. Making a picture may take minutes."""
    return (
        "import os\n\n"
        "import httpx\n\n"
        "answer = httpx.post(\n"
        f"    {AS_PYTHON.laid_out(_address(base_url) + path)},\n"
        f"    headers={PYTHON_HEADERS},\n"
        f"    json={AS_PYTHON.laid_out(body, 1)},\n"
        "    timeout=300,\n"
        ")\n"
        "answer.raise_for_status()\n"
        "print(answer.json())\n"
    )


def python_queue(base_url: str, body: Mapping[str, object]) -> str:
    """With httpx: send to the queue, then ask until each generation has ended."""
    return (
        "import os\n"
        "import time\n\n"
        "import httpx\n\n"
        f'ended = {{"succeeded", "failed", "cancelled"}}\n'
        f"queue = {AS_PYTHON.laid_out(_address(base_url) + '/queue')}\n"
        f"headers = {PYTHON_HEADERS}\n"
        f"body = {AS_PYTHON.laid_out(body)}\n\n"
        "sent = httpx.post(queue, headers=headers, json=body, timeout=60)\n"
        "sent.raise_for_status()\n"
        'for generation in sent.json()["generations"]:\n'
        "    row = generation\n"
        '    while row["status"] not in ended:\n'
        "        time.sleep(10)\n"
        "        answer = httpx.get(f\"{queue}/{generation['generation_id']}\", headers=headers, timeout=60)\n"
        "        answer.raise_for_status()\n"
        "        row = answer.json()\n"
        '    print(row["status"], row.get("result_url") or row.get("error_message"))\n'
    )


PYTHON_HEADERS = f'{{"Authorization": f"Bearer {{os.environ[\'{KEY_VARIABLE}\']}}"}}'


def _address(base_url: str) -> str:
    """Without a user's name and password, which an address may hold, and without a query."""
    parts = urlsplit(clean_line(base_url.strip(), 2000))
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))


@dataclass(frozen=True, slots=True)
class _Style:
    """How values are written."""

    scalar: Callable[[object], str]
    indent: int
    last: str
    """After the last entry of several lines."""

    def laid_out(self, value: object, depth: int = 0) -> str:
        """Over several lines where one would be long."""
        short = self.in_one_line(value)
        if not isinstance(value, Mapping | list | tuple) or len(short) + depth * self.indent <= _LINE:
            return short
        inner = " " * (depth + 1) * self.indent
        if isinstance(value, Mapping):
            entries = [
                f"{inner}{self.scalar(str(key))}: {self.laid_out(entry, depth + 1)}" for key, entry in value.items()
            ]
            opening, closing = "{", "}"
        else:
            entries = [inner + self.laid_out(entry, depth + 1) for entry in value]
            opening, closing = "[", "]"
        return f"{opening}\n" + ",\n".join(entries) + self.last + "\n" + " " * depth * self.indent + closing

    def in_one_line(self, value: object) -> str:
        if isinstance(value, Mapping):
            entries = (f"{self.scalar(str(key))}: {self.in_one_line(entry)}" for key, entry in value.items())
            return "{" + ", ".join(entries) + "}"
        if isinstance(value, list | tuple):
            return "[" + ", ".join(map(self.in_one_line, value)) + "]"
        return self.scalar(value)


def _json_scalar(value: object) -> str:
    return _visible(json.dumps(value, ensure_ascii=False), lambda char: json.dumps(char)[1:-1])


def _python_scalar(value: object) -> str:
    if isinstance(value, str):
        # A JSON string is a Python string, but for how it escapes what lies beyond the first 65,536 characters.
        return _visible(json.dumps(value, ensure_ascii=False), lambda char: f"\\U{ord(char):08x}")
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return repr(value)


def _visible(text: str, escaped: Callable[[str], str]) -> str:
    """With an escape for every character that is not simply shown."""
    if clean(text) == text:
        return text
    return "".join(char if clean(char) == char else escaped(char) for char in text)


AS_JSON = _Style(_json_scalar, 2, "")
AS_PYTHON = _Style(_python_scalar, 4, ",")
