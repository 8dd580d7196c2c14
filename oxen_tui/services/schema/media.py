"""Which fields of a request take a picture, a clip or a sound, and how many (contract section 10, media fields)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oxen_tui.services.schema.keywords import is_mapping, is_number, strings


class MediaKind(StrEnum):
    """What a medium is."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    MASK = "mask"


@dataclass(frozen=True, slots=True)
class Media:
    """What a field takes in place of text: the address of one medium or of several."""

    kind: MediaKind
    many: bool
    """Whether a list of them may be sent."""
    most: int | None = None
    """Of a list, where the schema or its description gives a number."""


_WORDS: Mapping[MediaKind, frozenset[str]] = {
    # In this order: `input_face_videos` takes clips, a `mask_url` "for the image" is a mask.
    MediaKind.MASK: frozenset({"mask"}),
    MediaKind.VIDEO: frozenset({"video", "clip", "footage", "mp4"}),
    MediaKind.AUDIO: frozenset({"audio", "sound", "voice", "speech", "music", "song", "wav", "mp3"}),
    MediaKind.IMAGE: frozenset(
        {"image", "picture", "photo", "photograph", "frame", "keyframe", "portrait", "face", "sketch", "logo", "png"}
    ),
}
_NO_MEDIA = frozenset({"webhook", "callback", "hook", "lora", "weights", "checkpoint", "endpoint", "proxy"})
"""Names of addresses that are something else, whatever their descriptions mention."""

_NAMED = re.compile(r"(?:^|_)(?:image|picture|photo|mask|frame|video|audio)s?(?:_urls?)?$")
"""Names that say it without a format."""

_RENDERED = re.compile(r"(image|video|audio|mask)-urls?$")
_COUNT = re.compile(
    r"\b(?:up to|at most|max(?:imum)?(?: of)?) (\d{1,3})"
    r"(?:$|[.,;)]| (?:\w+ )?(?:image|picture|photo|video|clip|audio|file|reference|sound|item|url)s?\b)",
    re.IGNORECASE,
)


def find_media(name: str, known: Mapping[str, object], variants: Iterable[Mapping[str, object]]) -> Media | None:
    """The media a field takes, or None.

    Args:
        name: Of the field.
        known: The words of its schema that are understood.
        variants: The same of its `oneOf` and `anyOf`.
    """
    if "enum" in known or "const" in known:
        return None
    forms = [known, *variants]
    many = any(_is_list(form) for form in forms)
    one = any(_is_text(form) for form in forms)
    if not (many or one):
        return None
    addressed = any(_is_address(form) for form in forms)
    rendered = _RENDERED.search(_text(known, "renderType"))
    if rendered:
        # A mask is drawn like any picture.
        masked = "mask" in _words(name) and rendered[1] == MediaKind.IMAGE
        kind: MediaKind | None = MediaKind.MASK if masked else MediaKind(rendered[1])
    elif addressed:
        kind = _kind(name, _text(known, "title"), _text(known, "description"))
    elif _NAMED.search(name.lower()):
        kind = _kind(name)
    else:
        kind = None
    return None if kind is None else Media(kind, many, _most(forms) if many else None)


def _is_list(form: Mapping[str, object]) -> bool:
    if not ("array" in _types(form) or "items" in form):
        return False
    item = form.get("items")
    return not is_mapping(item) or ("properties" not in item and "enum" not in item and _takes_text(item))


def _is_text(form: Mapping[str, object]) -> bool:
    return "string" in _types(form) or (not _types(form) and _is_address(form))


def _takes_text(item: Mapping[str, object]) -> bool:
    return not _types(item) or "string" in _types(item)


def _is_address(form: Mapping[str, object]) -> bool:
    item = form.get("items")
    return form.get("format") in ("uri", "url") or (is_mapping(item) and item.get("format") in ("uri", "url"))


def _types(form: Mapping[str, object]) -> tuple[str, ...]:
    declared = form.get("type")
    return (declared,) if isinstance(declared, str) else strings(declared)


def _text(form: Mapping[str, object], key: str) -> str:
    value = form.get(key)
    return value if isinstance(value, str) else ""


def _kind(name: str, *more: str) -> MediaKind | None:
    """By the name if it tells, else by title and description."""
    words = _words(name)
    if words & _NO_MEDIA:
        return None
    for text in (words, *map(_words, more)):
        for kind, telling in _WORDS.items():
            if text & telling:
                return kind
    return None


def _words(text: str) -> set[str]:
    found = set(re.findall(r"[a-z0-9]+", text.lower()))
    return found | {word.removesuffix("s") for word in found}


def _most(forms: Iterable[Mapping[str, object]]) -> int | None:
    for form in forms:
        most = form.get("maxItems")
        if is_number(most):
            return int(most)
    for form in forms:
        said = _COUNT.search(_text(form, "description"))
        if said:
            return int(said[1])
    return None
