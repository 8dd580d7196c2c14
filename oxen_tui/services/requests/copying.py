"""A request that was sent, or would be, as a command or a program that sends the very same: to be copied and run.

Never with a key: that is read from the environment where it runs. A body goes to curl by its input, behind a quoted
mark: no shell reads anything in it, and it may be larger than an argument (128 KB on Linux), as pictures make it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from oxen_tui.safe_text import clean_line
from oxen_tui.services.requests.code import AS_JSON, AS_PYTHON, KEY_VARIABLE, PYTHON_HEADERS, Language

_MARK = "JSON"
"""Ends the body. No line of JSON is this word."""

_LONGEST_ADDRESS = 8000
"""Characters."""


def copied_request(
    language: Language, url: str, body: Mapping[str, object] | None, *, method: str = "POST", with_key: bool = True
) -> str:
    """One request as text to be copied.

    Args:
        language: Of the text.
        url: All of it.
        body: None for a request without.
        method: Of HTTP.
        with_key: Whether it needs a key.
    """
    address = _address(url)
    if language is Language.CURL:
        return _curl(address, body, method, with_key)
    return _python(address, body, method, with_key)


def json_body(body: Mapping[str, object]) -> str:
    """The body alone, laid out, as curl would send it."""
    return AS_JSON.laid_out(body) + "\n"


def _curl(address: str, body: Mapping[str, object] | None, method: str, with_key: bool) -> str:
    quoted = shlex.quote(address)
    words = ["curl -sS"]
    if body is not None and body.get("stream") is True:
        words.append("-N")
    if re.search(r"[\[\]{}]", address):  # patterns to curl
        words.append("--globoff")
    if method != ("GET" if body is None else "POST"):
        words.append(f"-X {shlex.quote(method)}")
    lines = [" ".join([*words, quoted])]
    if with_key:
        lines.append(f'-H "Authorization: Bearer ${KEY_VARIABLE}"')
    if body is None:
        return " \\\n  ".join(lines) + "\n"
    lines += ['-H "Content-Type: application/json"', f"--data-binary @- <<'{_MARK}'"]
    return " \\\n  ".join(lines) + f"\n{AS_JSON.laid_out(body)}\n{_MARK}\n"


def _python(address: str, body: Mapping[str, object] | None, method: str, with_key: bool) -> str:
    headers = f"headers = {PYTHON_HEADERS if with_key else '{}'}\n"
    start = f"{'import os' if with_key else ''}\n\nimport httpx\n\nurl = {AS_PYTHON.laid_out(address)}\n{headers}"
    named, sent = "", ""
    if body is not None:
        named, sent = f"body = {AS_PYTHON.laid_out(body)}\n", ", json=body"
    call = f'"{method}", url, headers=headers{sent}, timeout=300'
    if body is None or body.get("stream") is not True:
        read = f"\nanswer = httpx.request({call})\nprint(answer.status_code)\nprint(answer.text)\n"
        return (start + named + read).lstrip()
    read = (
        f"\nwith httpx.stream({call}) as answer:\n"
        "    if answer.is_error:\n"
        "        raise SystemExit(answer.read().decode())\n"
        "    for line in answer.iter_lines():\n"
        '        if line.startswith("data: {"):\n'
        '            for choice in json.loads(line[6:]).get("choices", []):\n'
        '                print(choice.get("delta", {}).get("content") or "", end="", flush=True)\n'
        "print()\n"
    )
    return ("import json\n" + start + named + read).lstrip()


def _address(url: str) -> str:
    """Without a name and a password, which an address may hold."""
    parts = urlsplit(clean_line(url.strip(), _LONGEST_ADDRESS))
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))
