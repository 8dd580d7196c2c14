"""Calls of tools while they ask, run and end: their lines in the run and on the page."""

from __future__ import annotations

from typing import Any, cast

import pytest

from oxen_tui.panes.answers.run import AnswerRun
from oxen_tui.panes.answers.running_tools import RunningTools
from oxen_tui.panes.answers.turns_with_tools import AnswerTurns
from oxen_tui.services.conversation.events import (
    ToolAsks,
    ToolAttached,
    ToolBegun,
    ToolEnded,
    ToolProgress,
    ToolStored,
)
from oxen_tui.store.attachment import Attachment
from oxen_tui.widgets.transcript.column import Column
from oxen_tui.widgets.transcript.turn import Turn
from oxen_tui.widgets.transcript.view import Transcript
from tests.panes.answers.test_turns_with_tools import PATH

CALLING = PATH[1]


class Page:
    """The part of a transcript that lines of calls need."""

    def __init__(self, *turns: Turn) -> None:
        self.column = Column(cast(Any, None))
        self.turns = {turn.id: turn for turn in turns}
        self.column._by_id = {turn.id: cast(Any, type("Lines", (), {"turn": turn})()) for turn in turns}

    def update_turn(self, turn_id: int, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self.turns[turn_id], name, value)


class Desk:
    def __init__(self) -> None:
        self.turns = AnswerTurns()
        self.turn = self.turns.of(CALLING)
        self.page = Page(self.turn)
        self.tools = RunningTools(cast(Transcript, self.page), self.turns)
        self.run = AnswerRun(1, 0.0, "heron", None)
        self.tools.begin(self.run, CALLING)

    def take(self, event: Any, *, visible: bool = True) -> None:
        self.tools.take(self.run, event, visible, 5.0)

    @property
    def shown(self) -> list[tuple[bool, str, bool]]:
        return [(line.running, line.result, line.failed) for line in self.turn.tool_calls]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_call_runs_says_how_far_it_is_and_ends(desk: Desk) -> None:
    desk.take(ToolBegun(2, 0))
    assert desk.shown == [(True, "", False), (False, "", False)]
    assert desk.run.state == "calling"
    desk.take(ToolProgress(2, 0, "3 of 7"))
    assert desk.shown[0] == (True, "3 of 7", False)
    desk.take(ToolEnded(2, 0, "7 found:\na", False, 0.8))
    assert desk.shown[0] == (False, "7 found", False)
    desk.take(ToolEnded(2, 1, "The tide is out.", True, 0.1))
    assert desk.shown[1][2]


def test_while_the_user_is_asked_the_run_says_so(desk: Desk) -> None:
    desk.take(ToolBegun(2, 0))
    desk.take(ToolAsks(2, 0, True))
    assert (desk.run.state, desk.shown[0]) == ("asks", (True, "asks", False))
    desk.take(ToolAsks(2, 0, False))
    assert (desk.run.state, desk.shown[0]) == ("calling", (True, "", False))


def test_what_happens_unseen_is_there_when_it_is_looked_at(desk: Desk) -> None:
    desk.take(ToolBegun(2, 0), visible=False)
    desk.take(ToolEnded(2, 0, "7 found", False, 0.8), visible=False)
    assert desk.shown[0] == (False, "", False)
    desk.tools.draw(desk.run)
    assert desk.shown[0] == (False, "7 found", False)


def test_a_result_that_is_stored_belongs_to_its_answer_once(desk: Desk) -> None:
    for _ in range(2):
        desk.take(ToolStored(2, PATH[2]))
    assert desk.turn.holds == [3]
    assert desk.turns.turn_with(3) == 2


def test_jobs_that_a_tool_began_are_cards(desk: Desk) -> None:
    desk.take(ToolAttached(2, (Attachment("job", "moss", job_id=7),)))
    assert [card.job_id for card in desk.turn.cards] == [7]


def test_a_call_that_nobody_knows_changes_nothing(desk: Desk) -> None:
    desk.take(ToolBegun(2, 9))
    assert desk.shown == [(False, "", False), (False, "", False)]
