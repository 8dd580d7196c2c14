"""What the user has chosen, to and from `settings.toml`. A leaf: every room may import it."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from oxen_tui.atomic import write_whole
from oxen_tui.safe_text import clean_line
from oxen_tui.setup_error import SetupError
from oxen_tui.toml_text import Document, line_in_error, line_of, rewritten

DEMO_PROFILE: Final = "demo"
"""The name of the embedded demo service; no profile in the file may have it."""
OXEN_PROFILE: Final = "oxen"
"""The name of Oxen.ai itself; the file may add a model to it."""

GLYPHS: Final = ("auto", "unicode", "ascii")
IMAGES: Final = ("auto", "tgp", "sixel", "half", "none")
LIGHT_PICTURES: Final = ("auto", "on", "off")
ANNOUNCE: Final = ("auto", "bell", "off")

_LARGEST = 1_000_000  # bytes: settings of that size are another file by mistake
_PROFILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,250}")
_VARIABLE_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_AS_OTHER_KEYS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+[": "escape"}
_TYPES = {str: "a string", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}


class SettingsError(SetupError):
    """The settings file cannot be read, understood or written."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A server that the user has given a name."""

    name: str
    base_url: str = ""
    """As written; `services.connection` checks it. Empty only for the profile "oxen"."""
    model: str = ""
    """The model to start with there."""
    key_from: str = ""
    """The environment variable that holds the key for this server. Never the key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set, with what holds when nothing is."""

    theme: str = "auto"
    """"auto", "dark", "light", or the name of one of Textual's themes."""
    glyphs: str = "auto"
    """One of `GLYPHS`."""
    reduced_motion: bool = False
    """Nothing on the screen changes by itself oftener than it must."""
    images: str = "auto"
    """How pictures are shown, one of `IMAGES`."""
    light_pictures: str = "auto"
    """Whether pictures are sent small and with few colours, one of `LIGHT_PICTURES`; "auto" is over slow links."""
    announce: str = "auto"
    """How the end of an answer or a job is announced while the user looks elsewhere, one of `ANNOUNCE`."""
    profile: str = ""
    """The profile to start with; empty for Oxen.ai, or the demo while there is no key."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Action id to the keys that start it, instead of the usual ones."""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """By name, in the order of the file."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """What the file says that is not understood, one sentence each. Not written."""


def load_settings(file: Path) -> Settings:
    """The settings of a file, or the defaults where there is none.

    Raises:
        SettingsError: It cannot be read, is not TOML, or a value has the wrong type.
    """
    return parse_settings(_text_of(file), file)


def parse_settings(text: str, file: Path) -> Settings:
    """The settings in a text; `file` is only named in errors.

    Raises:
        SettingsError: See `load_settings`.
    """
    return _Reading(text, file).settings(_document(text, file))


def save_settings(file: Path, settings: Settings) -> None:
    """Writes what differs from the file, and leaves everything else in it as it is, unknown keys included.

    Raises:
        SettingsError: The file there is damaged (then it is left alone), or it cannot be written.
    """
    text = _text_of(file)
    document = _document(text, file)
    present = _Reading(text, file).settings(document)
    for name in ("theme", "glyphs", "reduced_motion", "images", "light_pictures", "announce", "profile"):
        if getattr(settings, name) != getattr(present, name):
            document[name] = getattr(settings, name)
    if settings.keys != present.keys:
        document["keys"] = {action: list(keys) for action, keys in settings.keys.items()}
    if settings.profiles != present.profiles:
        document["profiles"] = _profiles_document(document.get("profiles", {}), settings.profiles)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, rewritten(text, document).encode())
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be written: {error.strerror or error}",
            "The change holds until the end of this session. Make the file writable to keep it.",
        ) from error


def change_settings(file: Path, **changes: object) -> Settings:
    """Changes some fields in the file and nothing else, whatever flags of the command line hold for this session.

    Args:
        file: The settings file.
        changes: Fields of `Settings` by name.

    Raises:
        SettingsError: See `save_settings`.
    """
    settings: Settings = dataclasses.replace(load_settings(file), **changes)  # type: ignore[arg-type]
    save_settings(file, settings)
    return settings


def _profiles_document(document: Document, profiles: Mapping[str, Profile]) -> Document:
    written: Document = {}
    for name, profile in profiles.items():
        values = {key: value for key, value in dataclasses.asdict(profile).items() if key != "name"}
        kept = {key: value for key, value in document.get(name, {}).items() if key not in values}
        written[name] = {key: value for key, value in values.items() if value} | kept
    return written


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be read: {error.strerror or error}",
            "Make it readable, or move it away to start with the defaults.",
        ) from error
    if len(content) > _LARGEST:
        raise SettingsError(f"{file} is larger than 1 MB", "It is not a settings file: move it away.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{file}, line {line}: not UTF-8", "Save it as UTF-8 text.") from error


def _document(text: str, file: Path) -> Document:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = line_in_error(error)
        reason = re.sub(r" \(at .*\)$", "", str(error))
        place = f"{file}, line {line}" if line else f"{file}, at its end"
        raise SettingsError(
            f"{place}: {clean_line(reason[:1].lower() + reason[1:])}",
            "Mend that line, or move the file away to start with the defaults.",
        ) from error
    except RecursionError as error:
        raise SettingsError(f"{file}: nested too deeply", "Move the file away to start with the defaults.") from error


class _Reading:
    """One look at a parsed file: checks types, collects warnings, and knows the lines for both."""

    def __init__(self, text: str, file: Path) -> None:
        self._text = text
        self._file = file
        self._warnings: list[str] = []

    def settings(self, document: Document) -> Settings:
        known = [each.name for each in dataclasses.fields(Settings) if each.name != "warnings"]
        self._warn_of_unknown(document, known)
        defaults = Settings()
        return Settings(
            theme=clean_line(self._value(document, str, defaults.theme, "theme"), 60),
            glyphs=self._word(document, GLYPHS, "glyphs"),
            reduced_motion=self._value(document, bool, defaults.reduced_motion, "reduced_motion"),
            images=self._word(document, IMAGES, "images"),
            light_pictures=self._word(document, LIGHT_PICTURES, "light_pictures"),
            announce=self._word(document, ANNOUNCE, "announce"),
            profile=clean_line(self._value(document, str, "", "profile"), 60),
            keys=self._keys(document),
            profiles=self._profiles(document),
            warnings=tuple(self._warnings),
        )

    def _keys(self, document: Document) -> dict[str, tuple[str, ...]]:
        keys: dict[str, tuple[str, ...]] = {}
        for action, value in self._value(document, dict, {}, "keys").items():
            written = value.split(",") if isinstance(value, str) else value
            if not isinstance(written, list) or not all(isinstance(key, str) for key in written):
                raise self._error('is a list of keys such as ["f5", "ctrl+t"]', "keys", action)
            wanted = [clean_line(key.strip(), 40) for key in written if key.strip()]
            wanted = [key if len(key) == 1 else key.lower() for key in wanted]  # G and g are two keys
            for key in wanted:
                if key in _AS_OTHER_KEYS:
                    self._warn(
                        f"{key} is the same as {_AS_OTHER_KEYS[key]} in a terminal and is left out", "keys", action
                    )
            keys[clean_line(action, 80)] = tuple(key for key in wanted if key not in _AS_OTHER_KEYS)
        return keys

    def _profiles(self, document: Document) -> dict[str, Profile]:
        profiles: dict[str, Profile] = {}
        for name, table in self._value(document, dict, {}, "profiles").items():
            if not isinstance(table, dict):
                raise self._error("is a table with a base_url", "profiles", name)
            if name == DEMO_PROFILE or not _PROFILE_NAME.fullmatch(name):
                raise self._error(
                    'is no name for a profile: small letters, digits, dots and dashes, and not "demo"',
                    "profiles",
                    name,
                )
            self._warn_of_unknown(table, ["base_url", "model", "key_from"], "profiles", name)
            profile = Profile(
                name,
                base_url=self._value(table, str, "", "profiles", name, "base_url").strip(),
                model=clean_line(self._value(table, str, "", "profiles", name, "model"), 200),
                key_from=self._value(table, str, "", "profiles", name, "key_from").strip(),
            )
            if not profile.base_url and name != OXEN_PROFILE:
                raise self._error('needs a base_url, such as "http://127.0.0.1:8080/v1"', "profiles", name)
            if profile.key_from and not _VARIABLE_NAME.fullmatch(profile.key_from):
                # The value may be the key itself, so it is not shown.
                raise self._error(
                    "names an environment variable in capitals; a key itself does not belong in this file",
                    "profiles", name, "key_from",
                )  # fmt: skip
            profiles[name] = profile
        return profiles

    def _word(self, document: Document, words: tuple[str, ...], key: str) -> str:
        value = self._value(document, str, words[0], key)
        if value not in words:
            raise self._error(f"is one of {', '.join(words)}", key)
        return str(value)

    def _value(self, table: Document, kind: type, default: Any, *path: str) -> Any:
        value = table.get(path[-1], default)
        if type(value) is not kind:
            found = _TYPES.get(type(value), "a date or time")
            raise self._error(f"is {_TYPES[kind]}, not {found}", *path)
        return value

    def _warn_of_unknown(self, table: Document, known: list[str], *path: str) -> None:
        for name in table:
            if name in ("key", "api_key", "token"):
                self._warn("keys do not belong in this file: type /connect instead, and take it out", *path, name)
            elif name not in known:
                import difflib

                close = difflib.get_close_matches(name, known, 1)
                self._warn("not known" + (f", perhaps {close[0]} was meant" if close else ""), *path, name)

    def _warn(self, words: str, *path: str) -> None:
        self._warnings.append(f"{self._place(path)}: {words}")

    def _error(self, words: str, *path: str) -> SettingsError:
        return SettingsError(
            f"{self._place(path)} {words}", "Mend it, or move the file away to start with the defaults."
        )

    def _place(self, path: tuple[str, ...]) -> str:
        line = line_of(self._text, *path)
        return f"{self._file}{f', line {line}' if line else ''}: {clean_line('.'.join(path), 80)}"
