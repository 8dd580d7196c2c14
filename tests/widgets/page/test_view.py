"""Pages: scrolling by lines, reading only what is seen, searching, copying."""

from __future__ import annotations

import json
from collections.abc import Iterator

from oxen_tui.services.json_text import json_lines
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.models.request_view import RequestView
from oxen_tui.widgets.page.document_view import DocumentView
from oxen_tui.widgets.page.json_lines import JsonLine, broken_json, ink_json
from oxen_tui.widgets.page.lines import ReadLines
from oxen_tui.widgets.page.raw_json_view import RawJsonView
from oxen_tui.widgets.page.view import PageView
from tests.widgets.host import Host, lines


class Numbers(PageView):
    """A page of numbers without end, which counts how many were taken."""

    taken = 0

    def lay_out(self, paper: Paper) -> ReadLines[int]:
        return ReadLines(self._count(), lambda number: paper.row([Piece(f"line {number}", "text")]))

    def _count(self) -> Iterator[int]:
        for number in range(1_000_000):
            self.taken = number + 1
            yield number


async def test_a_page_of_a_million_lines_is_read_as_far_as_it_is_seen() -> None:
    app = Host(Numbers())
    async with app.run_test(size=(40, 20)) as pilot:
        view = app.query_one(Numbers)
        view.focus()
        assert lines(view)[0] == "  line 0"
        assert view.taken < 300
        await pilot.press("pagedown", "pagedown", "j", "k")
        assert lines(view)[0] == "  line 36"
        assert view.taken < 500
        await pilot.press("pageup", "g")
        assert lines(view)[0] == "  line 0"


async def test_a_page_stays_where_it_is_when_its_width_changes() -> None:
    app = Host(Numbers())
    async with app.run_test(size=(40, 20)) as pilot:
        view = app.query_one(Numbers)
        view.focus()
        await pilot.press("pagedown")
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert lines(view)[0] == "  line 18"


async def test_markdown_is_drawn_as_in_the_transcript_and_scrolls_to_its_end() -> None:
    text = (
        "# Title\n\nSome **bold** words and `code`.\n\n" + "\n".join(f"- item {n}" for n in range(2_000)) + "\n\nend"
    )
    app = Host(DocumentView())
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(DocumentView)
        view.show(text)
        view.focus()
        await pilot.pause()
        seen = lines(view)
        assert seen[0] == "  Title"
        assert "Some bold words and code." in "\n".join(seen)
        assert view.lines.known < 1_000
        await pilot.press("G")
        while not view.lines.complete:
            await pilot.pause()
        await pilot.pause()
        assert lines(view)[-1].strip() == "end"


async def test_markup_and_links_in_a_text_are_only_text() -> None:
    app = Host(DocumentView())
    async with app.run_test(size=(60, 10)) as pilot:
        view = app.query_one(DocumentView)
        view.show("a [bold]b[/bold] [/x] [c](javascript:alert)")
        await pilot.pause()
        assert "[bold]b[/bold] [/x]" in lines(view)[0]


async def test_json_is_shown_whole_and_copied_whole() -> None:
    value = {"name": "é [b]x[/b]", "long": "word " * 60, "list": [1, 2.5, True, None], "empty": {}}
    app = Host(RawJsonView(), hears=(PageView.Copied,))
    async with app.run_test(size=(50, 40)) as pilot:
        view = app.query_one(RawJsonView)
        view.show(lambda: json_lines(value))
        view.focus()
        await pilot.pause()
        shown = "\n".join(lines(view))
        assert '"name": "é [b]x[/b]"' in shown
        assert all(len(line) <= 48 for line in lines(view))
        await pilot.press("y")
        assert json.loads(app.heard[0].text) == value
        assert app.heard[0].what == "JSON"


async def test_the_search_goes_from_line_to_line_and_says_where_it_is() -> None:
    value = {f"key_{number}": number for number in range(20_000)}
    app = Host(RawJsonView(), hears=(PageView.Searched,))
    async with app.run_test(size=(50, 20)) as pilot:
        view = app.query_one(RawJsonView)
        view.show(lambda: json_lines(value))
        view.focus()
        view.find("key_15000")
        while not (app.heard and app.heard[-1].result == "line 15,002"):
            await pilot.pause()
        assert any("key_15000" in line for line in lines(view))
        view.find("key_1500")
        await pilot.press("N")
        await pilot.pause()
        assert app.heard[-1].result == "line 1,502"
        await pilot.press("n")
        await pilot.pause()
        view.find("nothing like it")
        while app.heard[-1].result != "nothing found below":
            await pilot.pause()


def test_colours_of_json_follow_its_parts() -> None:
    pieces = ink_json(JsonLine('  "key": "va: lue",'))
    assert [(piece.text, piece.ink) for piece in pieces if piece.text.strip()] == [
        ('"key"', "fn"),
        (": ", "muted"),
        ('"va: lue"', "str"),
        (",", "muted"),
    ]
    assert [piece.ink for piece in ink_json(JsonLine("-12.5e3"))] == ["num"]
    assert [piece.ink for piece in ink_json(JsonLine("true"))] == ["kw"]


def test_a_line_of_json_that_is_too_long_goes_on_below() -> None:
    value = {"a": [1, {"b": "x\ny"}], "c": "漢字" * 40}
    whole = "\n".join(line.text for line in broken_json(json_lines(value), 10_000))
    assert whole == json.dumps(value, indent=2, ensure_ascii=False)
    broken = list(broken_json(json_lines(value), 30))
    assert "".join(line.text.strip() for line in broken if line.goes_on).count("漢") > 20


async def test_a_request_is_toggled_and_copied_as_it_is_chosen() -> None:
    app = Host(RequestView(), hears=(PageView.Copied,))
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(RequestView)
        view.show(lambda full, language: f"# {language}\nprint({full})")
        view.focus()
        await pilot.pause()
        assert "print(False)" in "\n".join(lines(view))
        await pilot.press("y", "m", "p", "y")
        assert [message.text for message in app.heard] == ["# curl\nprint(False)", "# Python\nprint(True)"]
        assert [message.what for message in app.heard] == ["curl request", "Python request"]
        assert "print(True)" in "\n".join(lines(view))


async def test_a_long_line_of_code_goes_on_further_in_and_loses_nothing() -> None:
    code = "def f():\n" + " " * 20 + "call(" + ", ".join(f"argument_{n}" for n in range(9)) + ")"
    app = Host(RequestView())
    async with app.run_test(size=(54, 20)) as pilot:
        view = app.query_one(RequestView)
        view.show(lambda full, language: code)
        await pilot.pause()
        seen = lines(view)[3:]
        assert seen[0].startswith(" " * 22 + "call(argument_0")
        assert seen[1].startswith(" " * 24 + "argument_")
        assert "".join("".join(seen).split()) == code.split("\n")[1].replace(" ", "")
