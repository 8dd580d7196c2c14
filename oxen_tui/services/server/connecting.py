"""Tries a server and a key that the user typed, and keeps them once they are proven."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from oxen_tui.api.secret import Secret
from oxen_tui.services.server.base_url import OXEN_BASE_URL, name_of, normalised
from oxen_tui.services.server.connection import Place, Wanted, place_with_key, resolve_place
from oxen_tui.services.server.credentials import KEY_VARIABLE, Credentials
from oxen_tui.services.server.key_check import KeyCheck, KeyClient, check_key
from oxen_tui.settings import Profile, Settings, save_settings
from oxen_tui.setup_error import SetupError

MakeClient = Callable[[str, Secret | None], AbstractAsyncContextManager[KeyClient]]
"""Makes a client for a base URL and a key."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A server that answered."""

    place: Place
    check: KeyCheck
    not_kept: str
    """Why it could not be kept for the next start; empty where it was."""


class Connecting:
    """What `/connect` does."""

    def __init__(
        self,
        credentials: Credentials,
        settings: Settings,
        settings_file: Path,
        make_client: MakeClient,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._credentials = credentials
        self._settings = settings
        self._settings_file = settings_file
        self._make_client = make_client
        self._environ = environ

    async def connect(self, address: str, key: str) -> Connected:
        """Ask the server who we are; on success store the key (0600) and, for another server, a profile.

        Args:
            address: A base URL; empty is Oxen.ai.
            key: As typed; empty for a server that needs none.

        Raises:
            SetupError: The address or the key is none.
            ApiError: The key was refused, or the server cannot be reached or is none.
        """
        base_url = normalised(address, "The address") if address.strip() else OXEN_BASE_URL
        environ = {**self._environ, "OXEN_BASE_URL": base_url}
        secret = Secret(key.strip()) if key.strip() else None
        if secret is not None:
            place = place_with_key(secret, Wanted(), self._settings, environ)
        else:
            place = resolve_place(Wanted(), self._settings, self._credentials, environ)
            if place.is_demo:
                raise SetupError("There is no key yet", "Paste one from your account's settings.")
        async with self._make_client(place.base_url, place.key) as client:
            check = await check_key(client)
        return Connected(place, check, self._keep(place, secret))

    def _keep(self, place: Place, secret: Secret | None) -> str:
        try:
            if secret is not None:
                self._credentials.store_key(place.base_url, secret)
            if place.base_url != OXEN_BASE_URL or self._settings.profile not in ("", place.name):
                save_settings(self._settings_file, self._with_profile(place))
        except SetupError as error:
            return f"{error.title}. It holds until you quit"
        if secret is not None and self._environ.get(KEY_VARIABLE, "").strip():
            return f"Kept, but {KEY_VARIABLE} is set and wins at the next start: unset it"
        return ""

    def _with_profile(self, place: Place) -> Settings:
        """Settings that start with this place the next time."""
        if place.base_url == OXEN_BASE_URL:
            return replace(self._settings, profile="")
        for profile in self._settings.profiles.values():
            if profile.base_url.rstrip("/") == place.base_url:
                return replace(self._settings, profile=profile.name)
        name = name_of(place.base_url)
        profiles = {**self._settings.profiles, name: Profile(name, place.base_url)}
        return replace(self._settings, profile=name, profiles=profiles)
