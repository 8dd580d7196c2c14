from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.services.server.base_url import (
    BaseUrlError,
    base_url_of_host,
    is_loopback,
    is_unencrypted,
    name_of,
    normalised,
    origin_of,
)
from oxen_tui.settings import parse_settings


@pytest.mark.parametrize(
    ("written", "base_url"),
    [
        (" https://hub.oxen.ai/api/ai/ ", "https://hub.oxen.ai/api/ai"),
        ("HTTPS://Hub.Oxen.AI:443/api/ai", "https://hub.oxen.ai/api/ai"),
        ("http://127.0.0.1:8080/v1/chat/completions", "http://127.0.0.1:8080/v1"),
        ("http://localhost:11434", "http://localhost:11434"),
        ("http://[::1]:8080/v1//", "http://[::1]:8080/v1"),
        ("https://example.org/Case/Kept", "https://example.org/Case/Kept"),
    ],
)
def test_an_address_is_brought_to_one_form(written: str, base_url: str) -> None:
    assert normalised(written, "OXEN_BASE_URL") == base_url


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "http://"),
        ("hub.oxen.ai/api/ai", "does not begin with http://"),
        ("localhost:8080/v1", "does not begin with http://"),
        ("ftp://example.org", "does not begin with http://"),
        ("file:///etc/passwd", "does not begin with http://"),
        ("http://", "names no host"),
        ("http:///v1", "names no host"),
        ("http://a b/v1", "is no address"),
        ("http://a/\x1b[2J", "is no address"),
        ("http://a:99999/v1", "is no address"),
        ("http://a:x/v1", "is no address"),
        ("http://a:0/v1", "is no address"),
        ("http://ü..example/v1", "is no address"),
        ("http://[::1/v1", "is no address"),
        ("https://example.org/v1?key=abc", "after the path"),
        ("https://example.org/v1#abc", "after the path"),
    ],
)
def test_what_is_no_address_is_said_with_who_says_it(written: str, said: str) -> None:
    with pytest.raises(BaseUrlError) as caught:
        normalised(written, "OXEN_BASE_URL")

    assert said in caught.value.title
    assert caught.value.title.startswith("OXEN_BASE_URL")
    assert "abc" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(BaseUrlError, match="name or password") as caught:
        normalised("https://me:hunter2@example.org/v1", "OXEN_BASE_URL")

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        ("hub.oxen.ai", "https://hub.oxen.ai/api/ai"),
        ("dev.oxen.ai:443", "https://dev.oxen.ai/api/ai"),
        ("localhost", "http://localhost/api/ai"),
        ("127.0.0.1:3001", "http://127.0.0.1:3001/api/ai"),
        ("dev.oxen.ai:4000", "http://dev.oxen.ai:4000/api/ai"),
        ("https://dev.oxen.ai:4000/", "https://dev.oxen.ai:4000/api/ai"),
    ],
)
def test_a_host_alone_becomes_an_address_as_other_oxen_programs_read_it(host: str, base_url: str) -> None:
    assert base_url_of_host(host, "OXEN_HOST") == base_url


@pytest.mark.parametrize("host", ["hub.oxen.ai/api", ":80", "[::1", "a:b"])
def test_what_is_no_host_is_said(host: str) -> None:
    with pytest.raises(BaseUrlError, match="OXEN_HOST is no host"):
        base_url_of_host(host, "OXEN_HOST")


@pytest.mark.parametrize(
    ("url", "unencrypted"),
    [("https://a/v1", False), ("http://a/v1", True), ("http://localhost:1/v1", False), ("http://[::1]/v1", False)],
)
def test_only_http_to_another_machine_can_be_read_on_the_way(url: str, unencrypted: bool) -> None:
    assert is_unencrypted(url) is unencrypted


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://hub.oxen.ai/api/ai", "https://hub.oxen.ai"),
        ("HTTPS://Hub.Oxen.AI:443/", "https://hub.oxen.ai"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("http://[::1]:80/v1", "http://[::1]"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("a.localhost", True),
        ("10.0.0.1", False),
        ("x", False),
    ],
)
def test_this_machine_is_known_by_its_names(host: str, is_here: bool) -> None:
    assert is_loopback(host) is is_here


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://hub.oxen.ai/api/ai", "hub.oxen.ai"),
        ("http://127.0.0.1:8080/v1", "127.0.0.1-8080"),
        ("http://[::1]:8080/v1", "v6.--1-8080"),
        ("http://demo/v1", "demo.host"),
        ("https://müller.example/v1", "xn--mller-kva.example"),
    ],
)
def test_a_host_is_a_name_that_a_profile_may_have(url: str, name: str) -> None:
    assert name_of(url) == name
    assert name in parse_settings(f'[profiles."{name}"]\nbase_url = "{url}"', Path("settings.toml")).profiles
