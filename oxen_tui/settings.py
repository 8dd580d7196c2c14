"""What the user has chosen, to and from `settings.toml`. A leaf: every room may import it."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from oxen_tui.atomic import write_whole
from oxen_tui.safe_text import clean_line
from oxen_tui.toml_text import Document, line_in_error, rewritten
from oxen_tui.toml_values import SettingsError as SettingsError
from oxen_tui.toml_values import TomlValues
from oxen_tui.tool_settings import ToolSettings, read_tools

DEMO_PROFILE: Final = "demo"
"""The name of the embedded demo service; no profile in the file may have it."""
OXEN_PROFILE: Final = "oxen"
"""The name of Oxen.ai itself; the file may add a model to it."""

GLYPHS: Final = ("auto", "unicode", "ascii")
IMAGES: Final = ("auto", "tgp", "sixel", "half", "none")
LIGHT_PICTURES: Final = ("auto", "on", "off")
ANNOUNCE: Final = ("auto", "bell", "off")
ANNOUNCE_JOBS: Final = ("each", "all done", "never")

_LARGEST = 1_000_000  # bytes: settings of that size are another file by mistake
_PROFILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,250}")
_VARIABLE_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_AS_OTHER_KEYS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+[": "escape"}


@dataclass(frozen=True, slots=True)
class Profile:
    """A server that the user has given a name."""

    name: str
    base_url: str = ""
    """As written; `services.server.connection` checks it. Empty only for the profile "oxen"."""
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
    announce_jobs: str = "each"
    """Which ends of jobs are announced, one of `ANNOUNCE_JOBS`; "all done" is once nothing runs any more."""
    budget_session: float = 0.0
    """US dollars after which the app asks before it sends anything more; 0 is none."""
    budget_day: float = 0.0
    """The same for a day, however often the app was started."""
    save_folder: str = "~/Downloads"
    """Where results are saved to when the user says no other place."""
    file_name: str = "{date} {prompt}"
    """What they are called there (`services.queue.file_names`)."""
    upload_inputs: bool = False
    """Whether local files too large for a request are uploaded to the user's private repository without asking."""
    fetch_elsewhere: bool = False
    """Whether results of jobs that were begun by other programs are fetched too."""
    title_model: str = ""
    """The model that is asked for a title where one is asked for; empty for that of the conversation."""
    profile: str = ""
    """The profile to start with; empty for Oxen.ai, or the demo while there is no key."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Action id to the keys that start it, instead of the usual ones."""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """By name, in the order of the file."""
    tools: Mapping[str, ToolSettings] = field(default_factory=dict)
    """By name, in the order of the file. Written by hand only."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """What the file says that is not understood, one sentence each. Not written."""

    @property
    def save_to(self) -> str:
        """Where a result is saved to and how it is called, as a template."""
        return f"{self.save_folder.rstrip('/')}/{self.file_name}"


_NOT_PLAIN = ("keys", "profiles", "tools", "warnings")
_PLAIN = [each.name for each in dataclasses.fields(Settings) if each.name not in _NOT_PLAIN]


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
    for name in _PLAIN:
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


class _Reading(TomlValues):
    """What a parsed file says, as settings."""

    def settings(self, document: Document) -> Settings:
        known = [each.name for each in dataclasses.fields(Settings) if each.name != "warnings"]
        self.warn_of_unknown(document, known)
        defaults = Settings()
        return Settings(
            theme=clean_line(self.value(document, str, defaults.theme, "theme"), 60),
            glyphs=self.word(document, GLYPHS, "glyphs"),
            reduced_motion=self.value(document, bool, defaults.reduced_motion, "reduced_motion"),
            images=self.word(document, IMAGES, "images"),
            light_pictures=self.word(document, LIGHT_PICTURES, "light_pictures"),
            announce=self.word(document, ANNOUNCE, "announce"),
            announce_jobs=self.word(document, ANNOUNCE_JOBS, "announce_jobs"),
            budget_session=self.amount(document, "budget_session"),
            budget_day=self.amount(document, "budget_day"),
            save_folder=self.value(document, str, defaults.save_folder, "save_folder").strip() or ".",
            file_name=self.value(document, str, "", "file_name").strip() or defaults.file_name,
            upload_inputs=self.value(document, bool, False, "upload_inputs"),
            fetch_elsewhere=self.value(document, bool, False, "fetch_elsewhere"),
            title_model=clean_line(self.value(document, str, "", "title_model"), 200),
            profile=clean_line(self.value(document, str, "", "profile"), 60),
            keys=self._keys(document),
            profiles=self._profiles(document),
            tools=read_tools(self, document),
            warnings=tuple(self.warnings),
        )

    def _keys(self, document: Document) -> dict[str, tuple[str, ...]]:
        keys: dict[str, tuple[str, ...]] = {}
        for action, value in self.value(document, dict, {}, "keys").items():
            written = value.split(",") if isinstance(value, str) else value
            if not isinstance(written, list) or not all(isinstance(key, str) for key in written):
                raise self.error('is a list of keys such as ["f5", "ctrl+t"]', "keys", action)
            wanted = [clean_line(key.strip(), 40) for key in written if key.strip()]
            wanted = [key if len(key) == 1 else key.lower() for key in wanted]  # G and g are two keys
            for key in wanted:
                if key in _AS_OTHER_KEYS:
                    self.warn(
                        f"{key} is the same as {_AS_OTHER_KEYS[key]} in a terminal and is left out", "keys", action
                    )
            keys[clean_line(action, 80)] = tuple(key for key in wanted if key not in _AS_OTHER_KEYS)
        return keys

    def _profiles(self, document: Document) -> dict[str, Profile]:
        profiles: dict[str, Profile] = {}
        for name, table in self.value(document, dict, {}, "profiles").items():
            if not isinstance(table, dict):
                raise self.error("is a table with a base_url", "profiles", name)
            if name == DEMO_PROFILE or not _PROFILE_NAME.fullmatch(name):
                raise self.error(
                    'is no name for a profile: small letters, digits, dots and dashes, and not "demo"',
                    "profiles",
                    name,
                )
            self.warn_of_unknown(table, ["base_url", "model", "key_from"], "profiles", name)
            profile = Profile(
                name,
                base_url=self.value(table, str, "", "profiles", name, "base_url").strip(),
                model=clean_line(self.value(table, str, "", "profiles", name, "model"), 200),
                key_from=self.value(table, str, "", "profiles", name, "key_from").strip(),
            )
            if not profile.base_url and name != OXEN_PROFILE:
                raise self.error('needs a base_url, such as "http://127.0.0.1:8080/v1"', "profiles", name)
            if profile.key_from and not _VARIABLE_NAME.fullmatch(profile.key_from):
                # The value may be the key itself, so it is not shown.
                raise self.error(
                    "names an environment variable in capitals; a key itself does not belong in this file",
                    "profiles", name, "key_from",
                )  # fmt: skip
            profiles[name] = profile
        return profiles
