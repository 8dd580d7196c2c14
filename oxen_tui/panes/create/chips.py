"""Media in a form: what is known of each, in a name and a few facts."""

from __future__ import annotations

from oxen_tui.file_size import file_size
from oxen_tui.safe_text import clean_line
from oxen_tui.services.inputs.media_inputs import MediumFacts
from oxen_tui.services.media_addresses import address_label
from oxen_tui.services.schema.media import Media, MediaKind
from oxen_tui.widgets.form.row import Chip
from oxen_tui.widgets.wording import duration

_SIGNS = {
    MediaKind.IMAGE: "image",
    MediaKind.MASK: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
}


def chip_of(address: str, facts: MediumFacts | None, wanted: Media) -> Chip:
    """A medium that was given.

    Args:
        address: As the form keeps it.
        facts: None while it is still being looked at.
        wanted: What the field takes.
    """
    if facts is None:
        return Chip(_SIGNS[wanted.kind], clean_line(address_label(address), 80))
    kind = facts.kind if facts.kind is not None else wanted.kind
    said = [
        f"{facts.width}×{facts.height}" if facts.width and facts.height else "",
        duration(facts.seconds) if facts.seconds else "",
        file_size(facts.size) if facts.size is not None else "",
    ]
    return Chip(
        _SIGNS[kind],
        clean_line(facts.label, 80),
        " · ".join(word for word in said if word),
        problem=clean_line(facts.problem, 400).rstrip("."),
        warning=clean_line(facts.warning, 400).rstrip("."),
    )
