"""Pages are fetched after asking, from the public net only, and come as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from oxen_tui.api.client_pages import Page
from oxen_tui.api.errors import TimedOut
from oxen_tui.services.tools.fetch import FetchTool
from oxen_tui.services.tools.html_text import decoded, text_of_page
from oxen_tui.services.tools.public_address import NotPublic, public_address
from oxen_tui.services.tools.tool import Answered, Refused, ToolFailed, Verdict
from tests.services.tool_doubles import FakeUse, FakeUser


class Net:
    """Answers with pages by their addresses."""

    def __init__(self, **pages: Page) -> None:
        self.pages = pages
        self.asked: list[tuple[str, str]] = []

    async def __call__(self) -> Net:
        return self

    async def page(self, url: str, limit: int, address: str = "") -> Page:
        self.asked.append((url, address))
        name = url.removeprefix("https://").partition(".")[0]
        if name not in self.pages:
            raise TimedOut
        return self.pages[name]


def page(body: str, kind: str = "text/plain", status: int = 200, location: str = "") -> Page:
    return Page(status, kind, body.encode(), False, location)


async def look(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


async def fetch(net: Net, url: str, use: FakeUse | None = None) -> str:
    return (await FetchTool(net, look=look).run({"url": url}, use or FakeUse())).text


async def test_a_page_is_asked_about_fetched_where_it_was_looked_up_and_read_as_text() -> None:
    net, use = (
        Net(a=page("<html><body><h1>Tides</h1><p>High at <b>six</b>.</p></body></html>", "text/html")),
        FakeUse(),
    )

    assert await fetch(net, "https://a.example/tides", use) == "# Tides\n\nHigh at six."
    (question,) = use.user.asked
    assert question.facts == (("address", "https://a.example/tides"),)
    assert question.scope == "pages of a.example"
    assert net.asked == [("https://a.example/tides", "93.184.216.34")]


async def test_a_redirect_is_followed_within_a_host_and_asked_about_to_another() -> None:
    net = Net(a=page("", status=301, location="https://a2.example/x"), a2=page("there"))
    use = FakeUse()

    assert await fetch(net, "https://a.example", use) == "there"
    assert [question.title for question in use.user.asked] == [
        "Fetch a page?",
        "a.example leads to a2.example. Fetch it there?",
    ]


async def test_a_no_is_a_no_before_anything_is_asked_of_the_net() -> None:
    net = Net(a=page("x"))
    with pytest.raises(Refused):
        await fetch(net, "https://a.example", FakeUse(FakeUser(Answered(Verdict.NO))))
    assert net.asked == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://a.example", "no http or https address"),
        ("file:///etc/passwd", "no http or https address"),
        ("https://user:secret@a.example", "name or password"),
        ("https://slow.example", "could not be fetched"),
        ("https://gone.example", "answered with HTTP 404"),
        ("https://round.example", "leads in a circle"),
        ("https://picture.example", "no text but image/png"),
    ],
)
async def test_what_cannot_be_fetched_is_said(url: str, words: str) -> None:
    net = Net(
        gone=page("", status=404),
        round=page("", status=302, location="https://round.example"),
        picture=page("x", "image/png"),
    )
    with pytest.raises(ToolFailed, match=words):
        await fetch(net, url)


async def test_a_name_in_other_letters_is_shown_as_it_is_looked_up() -> None:
    use = FakeUse()
    with pytest.raises(ToolFailed):
        await fetch(Net(), "https://\u0430pple.example/x", use)
    assert use.user.asked[0].facts == (("address", "https://xn--pple-43d.example/x"),)
    assert use.user.asked[0].scope == "pages of xn--pple-43d.example"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "fe80::1", "fd00::1"),
        *("::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1", "localhost", "printer.local", "box.internal"),
    ],
)
async def test_this_machine_and_its_network_are_not_public(host: str) -> None:
    with pytest.raises(NotPublic):
        await public_address(host, 80, "http", private=False, look=look)


def finds(*addresses: str) -> Callable[[str, int], object]:
    async def found(host: str, port: int) -> list[str]:
        if not addresses:
            raise OSError
        return list(addresses)

    return found


@pytest.mark.parametrize("addresses", [("10.0.0.1",), ("93.184.216.34", "127.0.0.1"), ()])
async def test_a_name_with_any_private_address_or_none_is_not_public(addresses: Sequence[str]) -> None:
    with pytest.raises(NotPublic):
        await public_address("a.example", 80, "http", private=False, look=finds(*addresses))  # type: ignore[arg-type]


async def test_private_addresses_are_fetched_where_the_settings_allow_it() -> None:
    assert await public_address("127.0.0.1", 80, "http", private=True, look=look) == "127.0.0.1"


def test_a_page_as_text_keeps_headings_lists_and_where_links_lead() -> None:
    html = """<title>The tides</title><style>p {}</style><script>alert(1)</script>
        <h2>When</h2><ul><li>six</li><li><a href="/noon">noon</a></li></ul><a href="javascript:x()">no</a>"""
    assert text_of_page(html, "https://a.example/x") == (
        "The tides\n\n## When\n\n- six\n\n- noon (https://a.example/noon)\n\nno"
    )


def test_bytes_are_decoded_as_the_server_or_the_page_says() -> None:
    assert decoded("Grüße".encode("latin-1"), "text/html; charset=iso-8859-1") == "Grüße"
    assert decoded('<meta charset="latin-1">Grüße'.encode("latin-1"), "text/html").endswith("Grüße")
    assert decoded(b"caf\xc3\xa9 \xff", "text/plain; charset=nonsense") == "café \ufffd"
