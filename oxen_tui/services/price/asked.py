"""What a request asks for, as far as its price depends on it: resolution, quality, sound, seconds, how many.

What the body leaves out is what the schema gives as default. What neither says is None, and stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oxen_tui.api.json_values import number
from oxen_tui.services.schema.fields import NOTHING, Field
from oxen_tui.services.schema.keywords import is_mapping
from oxen_tui.services.schema.request_schema import RequestSchema

_USUAL_SECONDS = 5
"""Where a duration may be sent and no default is stated (contract section 5)."""

_DURATIONS = ("duration", "seconds")
_FRAME_RATES = ("frames_per_second", "fps", "frame_rate")
_SOUNDS = ("generate_audio", "enable_audio", "with_audio", "sound", "audio")
_COUNTS = ("num_images", "n")
_MOST_AT_ONCE = 1000
_SECONDS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:s|sec|seconds)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its body over the defaults of the schema."""

    schema: RequestSchema
    body: Mapping[str, object]

    def value(self, name: str) -> object:
        """What is sent, else the default; None where nothing is known."""
        sent = self.body.get(name)
        if sent is not None:
            return sent
        field = self.schema.field(name)
        return None if field is None or field.default is NOTHING else field.default

    def key(self, keys: Iterable[str], names: Iterable[str]) -> tuple[str, str] | None:
        """Which of these keys of a price table the request falls under, and the field that says so.

        Args:
            keys: `720p`, `2K`: compared without case and spaces.
            names: Fields that usually choose among them. Else it is any field that offers one of them.
        """
        sought = {plain(key): key for key in keys}
        offering = [field.name for field in self.schema.fields if _offers(field, sought)]
        for name in dict.fromkeys((*names, *offering)):
            value = self.value(name)
            if isinstance(value, str | int | float) and (found := sought.get(plain(value))) is not None:
                return found, name
        return None

    @property
    def resolution(self) -> str:
        """As it is asked for, or ""."""
        value = self.value("resolution")
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    @property
    def sound(self) -> bool | None:
        """Whether sound is asked for; None where a request cannot say."""
        for name in _SOUNDS:
            value = self.value(name)
            if isinstance(value, bool):
                return value
        return None

    @property
    def generations(self) -> int:
        """How often the request runs (`num_generations` of the queue)."""
        return _count(self.body.get("num_generations"))

    @property
    def images(self) -> int:
        """Pictures that one run makes. All are billed, also where only the first is returned."""
        return next((_count(value) for name in _COUNTS if (value := self.value(name)) is not None), 1)

    @property
    def seconds(self) -> float | None:
        """Of the result: shots together, a duration, the longest for "auto", or frames by their rate."""
        shots = self.body.get("multi_prompt")
        if isinstance(shots, list) and shots:
            lengths = [self._shot(shot) for shot in shots]
            return None if None in lengths else sum(length for length in lengths if length is not None)
        for name in _DURATIONS:
            field, value = self.schema.field(name), self.value(name)
            if value is not None:
                return _seconds(value, field)
            if field is not None and name == "duration":
                return _usual(field)
        frames = number(self.value("num_frames"))
        rate = next((found for name in _FRAME_RATES if (found := number(self.value(name))) is not None), None)
        return frames / rate if frames is not None and rate is not None and frames > 0 and rate > 0 else None

    @property
    def automatic(self) -> bool:
        """Whether the model decides the length, so that `seconds` is the most it may be."""
        if isinstance(self.body.get("multi_prompt"), list) and self.body["multi_prompt"]:
            return False
        asked = (value for name in _DURATIONS if (value := self.value(name)) is not None)
        return _is_automatic(next(asked, None))

    def _shot(self, shot: object) -> float | None:
        field = self.schema.field("multi_prompt")
        entries = field.items if field is not None else None
        duration = next((each for each in entries.fields if each.name == "duration"), None) if entries else None
        value = shot.get("duration") if is_mapping(shot) else None
        if value is not None:
            return _seconds(value, duration)
        if duration is not None and duration.default is not NOTHING:
            return _seconds(duration.default, duration)
        return _USUAL_SECONDS


def plain(key: object) -> str:
    """A key to compare: `2k` is `2K`, `1 MP` is `1mp`."""
    return re.sub(r"[\s_]+", "", str(key)).casefold()


def longest(field: Field | None) -> float | None:
    """The most seconds a field allows: by its maximum, its values or its forms; None where it does not say."""
    if field is None:
        return None
    limits = [
        limit
        for each in (field, *field.variants)
        for limit in (each.maximum, each.exclusive_maximum, *map(_plain_seconds, each.choices))
        if limit is not None
    ]
    return max(limits, default=None)


def _seconds(value: object, field: Field | None) -> float | None:
    if isinstance(value, bool):
        return None
    said = _plain_seconds(value)
    if said is not None and said > 0:
        return said
    return longest(field) if _is_automatic(value) else None


def _is_automatic(value: object) -> bool:
    """Whether the model decides: the most it may cost is then the longest it may be."""
    return (isinstance(value, str) and value.strip().casefold() == "auto") or number(value) == -1


def _plain_seconds(value: object) -> float | None:
    if isinstance(value, str):
        found = _SECONDS.fullmatch(value)
        return number(found[1]) if found else None
    return number(value)


def _usual(field: Field) -> float | None:
    most = longest(field)
    least = field.minimum
    if field.choices and _USUAL_SECONDS not in map(_plain_seconds, field.choices):
        return None
    if most is not None and most < _USUAL_SECONDS:
        return most
    return least if least is not None and least > _USUAL_SECONDS else _USUAL_SECONDS


def _offers(field: Field, sought: Mapping[str, str]) -> bool:
    return any(isinstance(value, str | int | float) and plain(value) in sought for value in field.enum)


def _count(value: object) -> int:
    found = number(value)
    return int(found) if found is not None and 1 <= found <= _MOST_AT_ONCE else 1
