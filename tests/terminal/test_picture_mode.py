"""How pictures are shown, by what the terminal proved and by what the user wants."""

from __future__ import annotations

import dataclasses

import pytest

from oxen_tui.terminal.answers import Answers
from oxen_tui.terminal.display import PictureMode
from oxen_tui.terminal.fitting import USUAL_CELL
from oxen_tui.terminal.in_words import lines_about
from oxen_tui.terminal.picture_mode import choose
from oxen_tui.terminal.probe import TerminalFacts


def facts(answers: Answers, **changes: object) -> TerminalFacts:
    told = TerminalFacts(is_terminal=True, asked=True, answers=answers, round_trip=0.001, size=(100, 30))
    return dataclasses.replace(told, **changes)  # type: ignore[arg-type]


KITTY = facts(Answers(complete=True, name="kitty(0.41.1)", graphics=True), pixels=(900, 600))
XTERM = facts(Answers(complete=True, name="XTerm(379)", sixel=True))


@pytest.mark.parametrize(
    ("told", "mode"),
    [
        (KITTY, PictureMode.TGP),
        (facts(Answers(complete=True, name="ghostty 1.1.0", graphics=True)), PictureMode.TGP),
        (facts(Answers(complete=True, name="kitty(0.26.5)", graphics=True)), PictureMode.HALF),
        (facts(Answers(complete=True, name="WezTerm 2024", graphics=True, sixel=True)), PictureMode.SIXEL),
        (facts(Answers(complete=True, name="Konsole", graphics=True)), PictureMode.HALF),
        (XTERM, PictureMode.SIXEL),
        (dataclasses.replace(XTERM, round_trip=0.3), PictureMode.HALF),
        (dataclasses.replace(XTERM, multiplexer="tmux"), PictureMode.HALF),
        (dataclasses.replace(KITTY, no_colour=True), PictureMode.HALF),
        (facts(Answers()), PictureMode.HALF),
        (TerminalFacts(), PictureMode.HALF),
    ],
)
def test_by_itself_it_takes_what_was_proved(told: TerminalFacts, mode: PictureMode) -> None:
    assert choose(told, "auto").display.mode is mode


@pytest.mark.parametrize("wish", ["tgp", "sixel", "half", "none"])
def test_a_wish_is_followed(wish: str) -> None:
    choice = choose(facts(Answers()), wish)

    assert choice.display.mode.value == wish
    assert choice.why == "the user says so"


def test_without_colours_no_picture_can_have_a_number() -> None:
    assert choose(dataclasses.replace(KITTY, no_colour=True), "tgp").display.mode is PictureMode.HALF


def test_without_unicode_there_are_only_words() -> None:
    assert choose(KITTY, "auto", encoding="latin-1").display.mode is PictureMode.NONE
    assert choose(XTERM, "sixel", encoding="latin-1").display.mode is PictureMode.SIXEL


@pytest.mark.parametrize(
    ("round_trip", "wish", "light"),
    [(0.001, "auto", False), (0.3, "auto", True), (0.001, "on", True), (0.3, "off", False), (None, "auto", False)],
)
def test_over_a_slow_link_pictures_are_light(round_trip: float | None, wish: str, light: bool) -> None:
    assert choose(dataclasses.replace(KITTY, round_trip=round_trip), "auto", wish).display.light is light


def test_a_cell_is_what_the_system_says_else_the_terminal_else_what_is_usual() -> None:
    assert choose(KITTY, "auto").display.cell == (9, 20)
    assert choose(facts(Answers(complete=True, cell=(8, 17))), "auto").display.cell == (8, 17)
    assert choose(facts(Answers(complete=True, text_area=(1000, 600))), "auto").display.cell == (10, 20)
    assert choose(TerminalFacts(), "auto").display.cell == USUAL_CELL


def test_all_of_it_is_said_in_words() -> None:
    said = dict(lines_about(KITTY, choose(KITTY, "auto")))

    assert said["terminal"] == "kitty(0.41.1)"
    assert said["cell"] == "9×20 pixels"
    assert said["graphics protocol"] == "yes"
    assert said["pictures"].startswith("tgp, ")
    assert said["weight of pictures"] == "full; a round trip takes 1 ms"


def test_what_is_not_known_is_not_called_no() -> None:
    said = dict(lines_about(facts(Answers(), round_trip=None), choose(facts(Answers()), "auto")))

    assert said["terminal"] == "did not answer"
    assert said["sixel"] == "not known"
    assert said["round trip"] == "not known"


def test_a_name_cannot_act_on_the_terminal() -> None:
    told = facts(Answers(complete=True, name="evil\x9b2J"))

    assert "\x9b" not in dict(lines_about(told, choose(told, "auto")))["terminal"]
