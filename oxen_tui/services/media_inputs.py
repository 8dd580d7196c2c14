"""Media that a request names: looked at before anything is sent (contract section 8, inputs)."""

from __future__ import annotations

from dataclasses import dataclass

from oxen_tui.services.schema_media import Media, MediaKind


@dataclass(frozen=True, slots=True)
class MediumFacts:
    """What is known of a medium without sending it."""

    address: str
    """What the form keeps: a file:, https: or data: URL."""
    label: str
    """Its name, short: that of the file, or the host and the name."""
    kind: MediaKind | None = None
    """By its content; None for what is not here (an https URL) or not known."""
    mime: str = ""
    size: int | None = None
    """Bytes."""
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    problem: str = ""
    """Why it cannot be sent, as a sentence; "" where nothing speaks against it."""
    warning: str = ""
    """What may go wrong, as a sentence."""


def medium_address(text: str) -> str:
    """What the form keeps for what was typed: a path (`~/ox.png`) becomes a file: URL, URLs stay as they are."""
    raise NotImplementedError


async def check_medium(text: str, media: Media) -> MediumFacts:
    """Looks at a medium (in a thread): there, readable, of the kind that is wanted, not too large. Never raises."""
    raise NotImplementedError


async def complete_path(text: str, kinds: frozenset[MediaKind]) -> tuple[str, ...]:
    """Paths that continue the text, folders first (they end with a slash), then files of these kinds by name."""
    raise NotImplementedError
