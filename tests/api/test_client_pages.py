"""Pages for tools: without the key, without a step along a redirect, and to the address that was looked up."""

from __future__ import annotations

import httpx
import pytest

from oxen_tui.api.errors import Unreachable
from tests.api.network import BASE, Network


async def test_a_page_comes_without_the_key_even_from_the_servers_own_host() -> None:
    network = Network(httpx.Response(200, text="hello", headers={"content-type": "text/plain"}))

    page = await network.client().page(f"{BASE}/page", 100)

    assert (page.status, page.body, page.content_type, page.is_cut) == (200, b"hello", "text/plain", False)
    (request,) = network.requests
    assert "authorization" not in request.headers
    assert "oxen" not in request.headers["user-agent"].lower()


async def test_a_redirect_is_told_and_not_followed() -> None:
    network = Network(httpx.Response(302, headers={"location": "../other?x=1"}))

    page = await network.client().page("https://a.example/deep/page", 100)

    assert (page.status, page.location) == (302, "https://a.example/other?x=1")
    assert len(network.requests) == 1


async def test_the_address_that_was_looked_up_is_asked_under_the_name_of_the_page() -> None:
    network = Network(httpx.Response(200, text="x"))

    await network.client().page("https://a.example:8443/p?q#part", 100, "2001:db8::1")

    (request,) = network.requests
    assert str(request.url) == "https://[2001:db8::1]:8443/p?q"
    assert request.headers["host"] == "a.example:8443"
    assert request.extensions["sni_hostname"] == "a.example"


async def test_a_name_in_other_letters_is_sent_as_the_wire_has_it() -> None:
    network = Network(httpx.Response(200, text="x"))

    await network.client().page("https://grüße.example/ü?q=é", 100, "93.184.216.34")

    (request,) = network.requests
    assert request.headers["host"] == request.extensions["sni_hostname"] == "xn--gre-6ka8l.example"
    assert request.url.raw_path == b"/%C3%BC?q=%C3%A9"


@pytest.mark.parametrize("url", ["ftp://a.example", "https://", "https://[::1", "https://a.example:99999", "x\x00y"])
async def test_what_is_no_web_address_is_said(url: str) -> None:
    with pytest.raises(Unreachable):
        await Network(httpx.Response(200)).client().page(url, 10, "93.184.216.34")


async def test_no_more_is_read_than_asked_for() -> None:
    page = await Network(httpx.Response(200, content=b"x" * 1000)).client().page("https://a.example", 10)
    assert (page.body, page.is_cut) == (b"x" * 10, True)


async def test_a_page_of_any_status_is_given() -> None:
    client = Network(httpx.Response(404, text="gone")).client()
    assert (await client.page("https://a.example", 10)).status == 404
