"""Pictures, clips and sounds that the user puts into a request: typed, dropped, chosen among files or results."""

from __future__ import annotations

import shlex
from functools import partial

from oxen_tui.panes.create.editing import CreateEditing
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.safe_text import clean
from oxen_tui.services.inputs.media_inputs import complete_path
from oxen_tui.services.media_addresses import medium_address
from oxen_tui.services.schema.media import MediaKind
from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.row import Option

_FILES = {MediaKind.IMAGE: "image", MediaKind.MASK: "image", MediaKind.VIDEO: "video", MediaKind.AUDIO: "audio"}


class CreateMedia(CreateEditing, part=True):
    """Takes the messages of the form that are about media."""

    def take(self, event: messages.OfField) -> None:
        match event:
            case messages.MediumTyped():
                self._complete_soon(event)
            case messages.MediaGiven():
                self.take_medium(event.key, *addresses_in(event.text))
            case messages.FileWanted():
                if kinds := self._kinds(event.key):
                    self.post_message(self.FileWanted(event.key, kinds))
            case messages.ResultWanted():
                if kinds := self._kinds(event.key):
                    self.post_message(self.ResultWanted(event.key, kinds))
            case _:
                super().take(event)

    def _complete_soon(self, event: messages.MediumTyped) -> None:
        entry = self._entry(event.key)
        media = entry.field.media if entry is not None else None
        if media is not None:
            self._work(partial(self._complete, event.text, frozenset({media.kind})), "complete", exclusive=True)

    async def _complete(self, text: str, kinds: frozenset[MediaKind]) -> None:
        looks_like_path = text.startswith(("/", "~", ".")) or (text and ":" not in text)
        found = await complete_path(text, kinds) if looks_like_path else ()
        if self.form.typed == text:
            self.form.offer([Option(path) for path in found if path != text])

    def take_medium(self, key: str, *addresses: str) -> None:
        """Put media into a field: where the row is, and behind it where there are several."""
        place, form = Place.read(key), self.request
        entry = self._entry(key)
        if form is None or entry is None:
            return
        given = [address for address in map(medium_address, addresses) if address]
        if place.part is Part.MEDIUM and given:
            form.set(place.path, given.pop(0))
        path = entry.path
        many = entry.field.media is not None and entry.field.media.many
        for address in given:
            self._media.pop(address, None)
            now = form.entry(path)
            if not many:
                form.set_text(path, address)
            elif now is not None and now.may_add:
                form.add_entry(path, address)
            else:
                self.say(f"{entry.label} takes no more than {entry.most}")
                break
        self._state.touched.add(path)
        self._changed(path)
        if many:
            self.form.stand_on(Place(Part.SLOT, path).key)

    def _kinds(self, key: str) -> frozenset[str]:
        entry = self._entry(key)
        media = entry.field.media if entry is not None else None
        return frozenset() if media is None else frozenset({_FILES[media.kind]})


def addresses_in(text: str) -> list[str]:
    """The addresses in what was typed or dropped: a line each, or several paths behind each other in quotes."""
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    if len(lines) != 1 or not lines[0].startswith(("'", '"', "/", "~")):
        return lines
    try:
        words = shlex.split(lines[0])
    except ValueError:
        return lines
    return words if len(words) > 1 and all(word.startswith(("/", "~")) for word in words) else lines
