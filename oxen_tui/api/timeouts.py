"""How long the client waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. Between bytes, where nothing else is said: an answer that keeps coming may take for ever."""

    connect: float = 10.0
    answer: float = 30.0
    """For the small calls."""
    chat: float = 60.0
    """Silence in a streamed answer. Comments count as life."""
    whole_chat: float = 300.0
    after_finish: float = 5.0
    """For a usage report or the closing mark, once the answer is complete."""
    images: float = 300.0
    videos: float = 1200.0
    upload: float = 120.0
    events: float = 60.0
    """The server sends a comment every 15 s."""
