"""Troubles on purpose: those a user asks for in a prompt, and those a test or `--faults some` injects.

In a prompt: `fault: NAME` or `fault: NAME once` (see `ASKED`). Injected: each n-th chance of a kind (`INJECTED`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import Refused, envelope, envelope_error, message_error

ASKED: dict[str, str] = {
    "cut": "the connection drops in the middle of the answer",
    "hang up": "the stream ends politely, but with neither a finish nor `[DONE]`",
    "no done": "the answer finishes, `[DONE]` never comes",
    "401": "the key is refused",
    "402": "no credits are left",
    "403": "the namespace is somebody else's",
    "404": "the model is not known",
    "422": "the provider refuses the request",
    "429": "too many requests; `fault: 429 9` says to wait 9 seconds",
    "500": "the service failed; in Create the job is accepted all the same",
    "503": "the service is overloaded",
    "html": "a web page with status 200 instead of an answer",
    "silence": "the request is accepted and nothing ever comes",
    "silence midway": "the answer stops growing and the line stays open",
    "waiting": "ten seconds of keep-alive comments, then the answer",
    "error midway": "an error object inside the stream",
    "slow": "two tokens a second",
    "fast": "as fast as the wire goes",
    "escape": "an answer full of escape sequences, control characters and markup",
    "noise": "comments, broken JSON and odd line ends inside the stream",
    "no usage": "token counts are never reported",
    "empty": "an answer without a single word",
    "content_filter": "the answer is stopped by a filter",
    "endless calls": "with tools switched on, one is called again after every result",
    "unknown finish": "a finish reason nobody has heard of",
}
"""What a prompt can ask for, with what then happens: this table is also the demo's help."""

ASKED_OF_MEDIA: dict[str, str] = {
    "failed": "the row ends as failed",
    "credits": "the row fails for want of credits",
    "stuck": "the row stays in processing for ever",
    "vanish": "the row is gone once it has ended",
    "late delete": "a cancel comes too late and the row succeeds",
    "expired": "the result's address has already expired",
    "unknown status": "the row has a status nobody has heard of",
    "empty list": "the enqueue answers with no generations",
    "late answer": "the enqueue is accepted at once and answered two seconds later",
    "no answer": "the enqueue is accepted and the connection closed without a word",
    "duplicates": "the list holds the row twice",
    "bad file": "the result is a web page instead of a picture",
    "half file": "the result is a picture that breaks off",
}
"""What the prompt of an image or video can ask for besides the statuses above."""

INJECTED: dict[str, int] = {
    "rate_limit": 13,
    "server_error": 17,
    "chat_cut": 11,
    "lost_enqueue": 7,
    "empty_list": 19,
    "duplicates": 5,
    "unknown_status": 9,
    "late_delete": 2,
    "expired_url": 6,
}
"""Kinds of injected fault, and which chance of each is taken by `--faults some`."""

_PATTERN = re.compile(r"\bfault:\s*([a-z_]+(?: [a-z_]+)?|\d{3})(?:[ ]+(\d+))?(?:[ ]+(once))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A fault named in a prompt."""

    name: str
    """A key of `ASKED` or `ASKED_OF_MEDIA`, or another three-digit status."""
    amount: int | None = None
    """The number behind it, such as the seconds of a Retry-After."""
    once: bool = False
    """Whether the same prompt is served well the second time."""

    @property
    def status(self) -> int | None:
        """The HTTP status it asks for, if it is one."""
        return int(self.name) if self.name.isdigit() and 400 <= int(self.name) <= 599 else None


def asked_in(prompt: str) -> Asked | None:
    """The fault a prompt asks for, None if it asks for none that we know."""
    match = _PATTERN.search(prompt)
    if match is None:
        return None
    words = match[1].lower()
    once = match[3] is not None or words.endswith(" once")
    words = words.removesuffix(" once")
    known = ASKED.keys() | ASKED_OF_MEDIA.keys()
    for name in (words, words.partition(" ")[0], words.replace(" ", "_")):
        if name in known or (name.isdigit() and 400 <= int(name) <= 599):
            return Asked(name, int(match[2]) if match[2] else None, once)
    return None


def refusal(asked: Asked) -> Refused:
    """The refusal for a fault that is a status."""
    status = asked.status or 500
    if status == 401:
        return message_error(401, "Invalid API key")
    if status == 402:
        return envelope_error(402, "insufficient_credits")
    if status == 403:
        return envelope_error(403, "forbidden")
    if status == 404:
        return message_error(404, "Model not found: the-one-you-asked-for")
    if status == 422:
        return message_error(422, "Getting model response error: 422 - Value error, as the prompt asked for.")
    if status == 426:
        return envelope_error(426, "update_required")
    if status == 429:
        return envelope_error(429, "rate_limited", retry_after=float(asked.amount or 3))
    if status >= 500:
        return Refused(status, {**envelope("upstream", "The prompt asked for this."), "status": status})
    return envelope_error(status, "invalid_params", "The prompt asked for this.")


@dataclass(slots=True)
class Faults:
    """Decides when an injected fault happens: at each n-th chance of its kind, so that runs repeat."""

    every: Mapping[str, int] = field(default_factory=dict)
    """Kind to n; a kind that is missing never happens, 1 is always."""
    _chances: dict[str, int] = field(default_factory=dict)
    _served: set[str] = field(default_factory=set)

    def due(self, kind: str) -> bool:
        """Count a chance of this kind; whether the fault happens now."""
        n = self.every.get(kind, 0)
        if n <= 0:
            return False
        self._chances[kind] = self._chances.get(kind, 0) + 1
        return self._chances[kind] % n == 0

    def refuse_now_and_then(self) -> None:
        """Raise a 429 or 500 if one is due; called by the calls a client may repeat."""
        if self.due("rate_limit"):
            raise envelope_error(429, "rate_limited", retry_after=1.0)
        if self.due("server_error"):
            raise envelope_error(500, "unknown_error", "Injected")

    def still_asked(self, prompt: str) -> Asked | None:
        """The fault a prompt asks for, unless it said `once` and has had it."""
        asked = asked_in(prompt)
        if asked is None or not asked.once:
            return asked
        if prompt in self._served:
            self._served.discard(prompt)
            return None
        if len(self._served) > 1000:
            self._served.clear()
        self._served.add(prompt)
        return asked


def faults_from(wanted: str | Mapping[str, int] | Faults) -> Faults:
    """Faults from the word of the command line ("none" or "some"), a table, or as they are.

    Raises:
        ValueError: for another word, or a kind that does not exist.
    """
    if isinstance(wanted, Faults):
        return wanted
    if isinstance(wanted, str):
        if wanted not in ("none", "some"):
            raise ValueError(f"faults are 'none' or 'some', not {wanted!r}")
        return Faults(INJECTED if wanted == "some" else {})
    unknown = wanted.keys() - INJECTED.keys()
    if unknown:
        raise ValueError(f"unknown faults: {', '.join(sorted(unknown))}")
    return Faults(dict(wanted))
