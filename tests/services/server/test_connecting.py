"""Trying a server and a key, and keeping them."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from oxen_tui.api.account import User
from oxen_tui.api.errors import InvalidKey, NotFound
from oxen_tui.api.secret import Secret
from oxen_tui.services.server.connecting import Connecting
from oxen_tui.services.server.credentials import Credentials
from oxen_tui.settings import Settings, load_settings
from oxen_tui.setup_error import SetupError


class FakeServer:
    """Takes one key; knows users or not."""

    def __init__(self, key: str = "good", users: bool = True) -> None:
        self.key, self.users, self.asked = key, users, ""

    @asynccontextmanager
    async def client(self, base_url: str, key: Secret | None) -> AsyncIterator[FakeServer]:
        self.asked, self.given = base_url, key.reveal() if key else ""
        yield self

    async def me(self) -> User:
        if not self.users:
            raise NotFound(status=404)
        if self.given != self.key:
            raise InvalidKey(status=401)
        return User("ada", None)

    async def queue(self) -> object:
        raise NotFound(status=404)

    async def models(self) -> object:
        return ()


def connecting(tmp_path: Path, server: FakeServer, **environ: str) -> Connecting:
    environ.setdefault("HOME", str(tmp_path))
    credentials = Credentials(tmp_path / "credentials.toml", environ)
    return Connecting(credentials, Settings(), tmp_path / "settings.toml", server.client, environ)


async def test_a_good_key_is_kept_for_this_user_alone(tmp_path: Path) -> None:
    connected = await connecting(tmp_path, server := FakeServer()).connect("", " good ")
    assert (connected.check.username, connected.not_kept) == ("ada", "")
    assert server.asked == "https://hub.oxen.ai/api/ai"
    file = tmp_path / "credentials.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "good" in file.read_text()
    assert not (tmp_path / "settings.toml").exists()


async def test_a_refused_key_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(InvalidKey):
        await connecting(tmp_path, FakeServer()).connect("", "bad")
    assert not (tmp_path / "credentials.toml").exists()


async def test_another_server_gets_a_profile_and_is_where_the_next_start_goes(tmp_path: Path) -> None:
    connected = await connecting(tmp_path, FakeServer(users=False)).connect("http://127.0.0.1:8080/v1/", "")
    settings = load_settings(tmp_path / "settings.toml")
    assert settings.profiles[settings.profile].base_url == "http://127.0.0.1:8080/v1"
    assert not connected.check.proven
    assert not connected.place.is_demo


async def test_no_key_for_oxen_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    server = FakeServer()
    with pytest.raises(SetupError, match="no key"):
        await connecting(tmp_path, server).connect("", "")
    assert server.asked == ""


async def test_a_key_in_the_environment_that_will_win_is_mentioned(tmp_path: Path) -> None:
    connected = await connecting(tmp_path, FakeServer(), OXEN_API_KEY="other").connect("", "good")
    assert "OXEN_API_KEY is set and wins" in connected.not_kept


async def test_a_home_that_cannot_be_written_connects_for_this_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    server = FakeServer()
    credentials = Credentials(tmp_path / "file" / "credentials.toml", {"HOME": str(tmp_path)})
    try_it = Connecting(credentials, Settings(), tmp_path / "file" / "settings.toml", server.client, {})
    connected = await try_it.connect("", "good")
    assert connected.place.key == Secret("good")
    assert connected.not_kept.endswith("It holds until you quit")
