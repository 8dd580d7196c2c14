"""Which server this session talks to, and what of ours belongs to it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from oxen_tui.api.secret import Secret
from oxen_tui.safe_text import clean_line
from oxen_tui.services.server.base_url import (
    OXEN_BASE_URL,
    base_url_of_host,
    host_of,
    is_unencrypted,
    name_of,
    normalised,
    origin_of,
)
from oxen_tui.services.server.credentials import KEY_VARIABLE, Credentials, FoundKey, KeySource
from oxen_tui.settings import DEMO_PROFILE, OXEN_PROFILE, Profile, Settings
from oxen_tui.setup_error import SetupError


class PlaceError(SetupError):
    """What was asked for names no server, or one that cannot be used as asked."""


class Wanted(NamedTuple):
    """What the command line asks for; what it leaves open, the environment and the settings say."""

    demo: bool = False
    profile: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A server to talk to, with everything of ours that belongs to it alone."""

    name: str
    """"demo", "oxen", the profile, or the host where only an address was given."""
    base_url: str
    """Normalised; empty for the demo, whose address is known when it runs."""
    label: str
    """Where, for the header."""
    store_name: str
    """For `Paths.store_file`. No two servers, and never the demo and a real one, have the same."""
    key: Secret | None = None
    """None for the demo (its token comes with its address) and for servers without one."""
    key_source: KeySource | None = None
    is_demo: bool = False
    model: str = ""
    """The model to start with, where one was named."""
    warnings: tuple[str, ...] = ()
    """What the user should know about how this came about, one sentence each."""


def resolve_place(
    wanted: Wanted, settings: Settings, credentials: Credentials, environ: Mapping[str, str] = os.environ
) -> Place:
    """The place that flags, environment and settings name, in this order; else Oxen.ai, or the demo without a key.

    Raises:
        PlaceError: No such profile, flags that exclude each other, or a profile asked for by name has no key.
        BaseUrlError: An address is none.
        CredentialsError: A key cannot be read.
    """
    model = _model(wanted, environ)
    if wanted.demo and wanted.profile not in ("", DEMO_PROFILE):
        raise PlaceError(
            f"--demo and --profile {clean_line(wanted.profile, 60)} exclude each other", "Leave one of them out."
        )
    server = None if wanted.demo else _server(wanted, settings, environ)
    if server is None:
        return demo_place(model)
    key = credentials.find(server.profile.base_url, server.key_variable)
    if key is None and server.profile.base_url == OXEN_BASE_URL:
        if not wanted.profile:
            return demo_place(model, credentials.warnings)
        raise PlaceError(
            f"There is no API key for {host_of(OXEN_BASE_URL)}",
            f"Set {server.key_variable}, or start without --profile and type /connect. --demo needs no key.",
        )
    return _place(server.profile, key, model, credentials.warnings)


def place_with_key(key: Secret, wanted: Wanted, settings: Settings, environ: Mapping[str, str] = os.environ) -> Place:
    """The place where a key just typed belongs: as `resolve_place`, but never the demo.

    Nothing is stored; that is `Credentials.store_key`, after `check_key`.

    Raises:
        PlaceError: No such profile.
        BaseUrlError: An address is none.
    """
    server = _server(wanted, settings, environ)
    profile = server.profile if server else _profile(OXEN_PROFILE, settings, asked_by="settings.toml")
    return _place(profile, FoundKey(key, KeySource.STORED, ""), _model(wanted, environ), ())


def demo_place(model: str = "", warnings: Sequence[str] = ()) -> Place:
    """The embedded demo service."""
    return Place(
        name=DEMO_PROFILE,
        base_url="",
        label="local service",
        store_name=DEMO_PROFILE,
        is_demo=True,
        model=clean_line(model, 200),
        warnings=tuple(warnings),
    )


class _Server(NamedTuple):
    profile: Profile
    """With a normalised base URL; its name is empty where only an address was given."""
    key_variable: str | None
    """The environment variable whose key belongs to it."""


def _server(wanted: Wanted, settings: Settings, environ: Mapping[str, str]) -> _Server | None:
    """The server asked for, None for the demo."""
    base_url = "" if wanted.profile else _of_environment(environ)
    if base_url:
        profile = _profile_at(base_url, settings) or Profile("", base_url)
    else:
        name = wanted.profile or settings.profile or OXEN_PROFILE
        if name == DEMO_PROFILE:
            return None
        profile = _profile(name, settings, asked_by="--profile" if wanted.profile else "settings.toml")
    return _Server(profile, _key_variable(profile, in_environment=bool(base_url)))


def _model(wanted: Wanted, environ: Mapping[str, str]) -> str:
    return wanted.model.strip() or environ.get("OXEN_MODEL", "").strip()


def _place(profile: Profile, key: FoundKey | None, model: str, warnings: Sequence[str]) -> Place:
    host = host_of(profile.base_url)
    said = list(warnings)
    if key is not None and is_unencrypted(profile.base_url):
        said.append(f"The API key goes to {host} without encryption: others on the way can read it. Use https.")
    named = profile.name not in ("", OXEN_PROFILE)
    return Place(
        name=profile.name or host,
        base_url=profile.base_url,
        label=f"{profile.name} · {host}" if named else host,
        store_name=_store_name(profile),
        key=key.secret if key else None,
        key_source=key.source if key else None,
        model=clean_line(model or profile.model, 200),
        warnings=tuple(said),
    )


def _store_name(profile: Profile) -> str:
    """The profile's name; for an address alone its host, marked so that no other profile's name can be the same.

    A profile that is only called by its host is the same as the address alone: `/connect` makes one of the other.
    """
    host = name_of(profile.base_url)
    return f"@{host}" if profile.name in ("", host) else profile.name


def _of_environment(environ: Mapping[str, str]) -> str:
    if text := environ.get("OXEN_BASE_URL", "").strip():
        return normalised(text, "OXEN_BASE_URL")
    if text := environ.get("OXEN_HOST", "").strip():
        return base_url_of_host(text, "OXEN_HOST")
    return ""


def _profile(name: str, settings: Settings, asked_by: str) -> Profile:
    profile = settings.profiles.get(name)
    if profile is None and name != OXEN_PROFILE:
        known = ", ".join([DEMO_PROFILE, OXEN_PROFILE, *(each for each in settings.profiles if each != OXEN_PROFILE)])
        raise PlaceError(
            f"There is no profile {clean_line(name, 60)} ({asked_by})",
            f"There are {known}. Others are made in settings.toml: [profiles.NAME] with a base_url.",
        )
    profile = profile or Profile(OXEN_PROFILE)
    base_url = normalised(profile.base_url or OXEN_BASE_URL, f"The base_url of profile {name}")
    if name == OXEN_PROFILE and origin_of(base_url) != origin_of(OXEN_BASE_URL):
        raise PlaceError(
            f"The profile {OXEN_PROFILE} has the base_url of another server: {host_of(base_url)}",
            "Give that server a profile with a name of its own, so that conversations and keys stay apart.",
        )
    return Profile(name, base_url, profile.model, profile.key_from)


def _profile_at(base_url: str, settings: Settings) -> Profile | None:
    """The profile of an address from the environment, so that it has the same store either way."""
    if base_url == OXEN_BASE_URL:
        return _profile(OXEN_PROFILE, settings, "OXEN_BASE_URL")
    for name in settings.profiles:
        profile = _profile(name, settings, "OXEN_BASE_URL")
        if profile.base_url == base_url:
            return profile
    return None


def _key_variable(profile: Profile, in_environment: bool) -> str | None:
    """The variable that holds the key for this server.

    `OXEN_API_KEY` is for the server that the environment names, else for Oxen.ai: a profile that points elsewhere
    has a variable of its own or none, or else choosing it would hand the Oxen key to a stranger.
    """
    if profile.key_from:
        return profile.key_from
    return KEY_VARIABLE if in_environment or origin_of(profile.base_url) == origin_of(OXEN_BASE_URL) else None
