"""Long pastes where a question is written: one word each, sent whole, never by halves."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot

from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.chat.folded_paste import FoldedPastes, in_words, is_long, kept_as_paste, whole_of
from tests.widgets.host import Host

LONG = "\n".join(f"line {number}" for number in range(40))
WORD = "[Pasted #1: 40 lines, 309 B]"


def test_a_paste_is_long_by_its_lines_or_by_its_characters() -> None:
    assert not is_long("\n" * 11)
    assert is_long("\n" * 12)
    assert not is_long("x" * 2000)
    assert is_long("x" * 2001)


def test_three_forms_of_a_text() -> None:
    pastes = FoldedPastes()
    shown = f"see {pastes.fold(LONG)} and {pastes.fold('y' * 5200)}."
    assert shown == f"see {WORD} and [Pasted #2: 1 line, 5.2 KB]."
    kept = pastes.kept(shown)
    assert whole_of(kept) == pastes.whole(shown) == f"see {LONG} and {'y' * 5200}."
    assert pastes.length_of(shown) == len(pastes.whole(shown))
    assert FoldedPastes().shown(kept) == in_words(kept) == shown


def test_a_number_is_free_again_but_a_word_keeps_its_meaning() -> None:
    pastes = FoldedPastes()
    first = pastes.fold("x" * 3000, "")
    assert pastes.fold("x" * 3000, "") == first
    assert pastes.fold("y" * 3000, "") == "[Pasted #2: 1 line, 3.0 KB]"
    assert pastes.fold("z" * 4000, "") == "[Pasted #1: 1 line, 4.0 KB]"
    assert pastes.fold("z" * 5000, first) == "[Pasted #2: 1 line, 5.0 KB]"
    assert pastes.whole(first) == "x" * 3000


def test_what_only_looks_like_a_paste_is_text() -> None:
    pastes = FoldedPastes()
    pastes.fold(LONG)
    assert pastes.whole("[Pasted #2: 3 lines, 9 B]") == "[Pasted #2: 3 lines, 9 B]"
    assert FoldedPastes().kept(WORD) == WORD


def test_what_stands_in_an_edited_text_as_it_was_is_folded_again() -> None:
    pastes = FoldedPastes()
    whole = pastes.whole(f"a {pastes.fold(LONG)} b {pastes.fold('z' * 3000)}")
    assert in_words(pastes.refolded(whole.replace("z", "y"))) == f"a {WORD} b {'y' * 3000}"


async def _with_paste(pilot: Pilot[None], text: str = LONG) -> Composer:
    composer = pilot.app.query_one(Composer)
    composer.focus()
    composer.post_message(events.Paste(text))
    await pilot.pause()
    return composer


async def test_a_long_paste_is_a_word_and_is_sent_whole() -> None:
    app = Host(Composer(placeholder=""), hears=(Composer.Submitted,))
    async with app.run_test(size=(60, 10)) as pilot:
        composer = await _with_paste(pilot, LONG.replace("\n", "\r\n") + "\x1b[2J")
        assert composer.text == "[Pasted #1: 40 lines, 315 B]"
        await pilot.press("!", "enter")
        assert app.heard[0].text == f"{LONG}␛[2J!"
        assert app.heard[0].line.endswith("]!")
        await pilot.press("up")
        assert composer.text == "[Pasted #1: 40 lines, 315 B]!"
        assert composer.whole == f"{LONG}␛[2J!"


async def test_a_word_goes_as_a_whole_and_comes_back_as_one() -> None:
    app = Host(Composer(placeholder=""))
    async with app.run_test(size=(60, 10)) as pilot:
        composer = await _with_paste(pilot)
        await pilot.press("backspace")
        assert composer.text == ""
        await pilot.press("ctrl+z")
        assert composer.whole == LONG
        composer.move_cursor((0, 0))
        await pilot.press("delete")
        assert composer.text == ""


async def test_nothing_is_written_into_a_word() -> None:
    app = Host(Composer(placeholder=""))
    async with app.run_test(size=(60, 10)) as pilot:
        composer = await _with_paste(pilot)
        composer.move_cursor((0, 5))
        await pilot.press("x")
        assert composer.whole == f"{LONG}x"
        composer.move_cursor((0, 5))
        await pilot.press("ctrl+k")
        assert "[" not in composer.text


async def test_a_word_is_unfolded_by_key_unless_it_is_too_long() -> None:
    app = Host(Composer(placeholder=""), hears=(Composer.TooLongToUnfold,))
    async with app.run_test(size=(60, 10)) as pilot:
        composer = await _with_paste(pilot)
        await pilot.press("ctrl+t", "!")
        assert composer.text == f"{LONG}!"
        assert app.heard == []
        composer.text = ""
        await _with_paste(pilot, "word " * 20_000)
        await pilot.press("ctrl+t")
        assert len(app.heard) == 1
        assert composer.text.startswith("[Pasted #1: 1 line, 100 KB]")


async def test_a_text_is_put_back_as_it_was_kept() -> None:
    app = Host(Composer(placeholder=""))
    async with app.run_test(size=(60, 10)) as pilot:
        composer = await _with_paste(pilot)
        await pilot.press("?")
        kept = composer.kept
        composer.put("other")
        assert composer.kept == composer.whole == "other"
        composer.put(kept)
        assert composer.text == f"{WORD}?"
        composer.put_edited(f"Look: {LONG}")
        assert composer.text == f"Look: {WORD}"
        composer.put("w" * 60_000)
        assert composer.text == "[Pasted #1: 1 line, 60 KB]"
        assert composer.kept == kept_as_paste("w" * 60_000)
