from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.address import Address, joined, origin_of, segment
from oxen_tui.api.errors import Unreachable


def test_the_root_is_the_base_without_its_last_part() -> None:
    address = Address.parse(" https://hub.oxen.ai/api/ai/ ")
    assert (address.base, address.root) == ("https://hub.oxen.ai/api/ai", "https://hub.oxen.ai/api")
    assert address.origin == ("https", "hub.oxen.ai", 443)
    assert (address.host, address.is_loopback) == ("hub.oxen.ai", False)


@pytest.mark.parametrize(
    ("url", "base", "host"),
    [
        ("http://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1", "127.0.0.1:1234"),
        ("http://localhost:8080/v1/chat/completions", "http://localhost:8080/v1", "localhost:8080"),
        ("https://Example.com", "https://Example.com", "example.com"),
        ("http://[::1]:11434/v1?x=1#y", "http://[::1]:11434/v1", "::1:11434"),
    ],
)
def test_any_other_base_stays_as_it_is(url: str, base: str, host: str) -> None:
    address = Address.parse(url)
    assert (address.base, address.root, address.host) == (base, base, host)


@pytest.mark.parametrize(
    "url", ["", "hub.oxen.ai/api/ai", "ftp://a/b", "http://", "http://[bad", "http://a:99999999/"]
)
def test_what_is_no_web_address_is_said_so(url: str) -> None:
    with pytest.raises(Unreachable) as caught:
        Address.parse(url)
    assert not caught.value.may_retry
    assert "http://" in caught.value.advice


def test_a_name_is_one_segment_of_a_path() -> None:
    assert segment("oxen:ox-brave/1 2%") == "oxen%3Aox-brave%2F1%202%25"
    assert segment("happyhorse-1.0-r2v") == "happyhorse-1.0-r2v"
    assert segment("..") == segment(".") == segment("") == ""


@given(st.text())
def test_no_text_makes_the_reading_of_addresses_fail(text: str) -> None:
    origin_of(text)
    joined("https://a/b", text)
    joined(text, "/c")
