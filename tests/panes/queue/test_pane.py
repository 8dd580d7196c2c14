"""The queue pane: what is on screen while jobs move, and what keys do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from oxen_tui.api.errors import Unreachable
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.store.job import JobState
from oxen_tui.widgets.jobs.detail import JobDetail
from oxen_tui.widgets.jobs.list import JobList
from oxen_tui.widgets.jobs.page import JobPage
from oxen_tui.widgets.one_line import OneLine
from tests.panes.jobs_made import NOW, FakeQueue, ago, job
from tests.panes.queue_host import QueueHost, settled
from tests.scenes.stage import until
from tests.widgets.host import lines

S = JobState
WIDE = (120, 40)


def queue() -> FakeQueue:
    found = FakeQueue(
        job(5, S.RUNNING, 72, model="tern-2-pro", kind="video", estimate=0.6),
        job(4, S.WAITING, 80, model="kelp-motion-1", kind="video", estimate=0.76),
        job(3, S.FAILED, 2, model="plume-video", trouble="image is larger than 10 MB", billed=False),
        job(2, S.DONE, 12),
        job(1, S.UNKNOWN, 600),
    )
    found.usual["tern-2-pro"] = Typical(120, 170, 4)
    return found


def head(app: QueueHost) -> str:
    return app.pane.query_one("#queue-head", OneLine).plain


async def tick(app: QueueHost, pilot: Pilot[Any], seconds: float = 1) -> None:
    app.time.pass_(seconds)
    app.pane._tick()
    await pilot.pause()


async def test_all_that_is_known_of_the_queue_is_on_one_screen() -> None:
    app = QueueHost(queue())
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert app.keys == ["5", "4", "3", "2", "1"]
        assert "1 running · 1 waiting · 3 ended today" in head(app)
        assert "~$1.36 under way" in head(app)
        shown = "\n".join(app.rows)
        assert "about 0:48 left" in shown
        assert "image is larger than 10 MB · not billed" in shown
        assert "tern-2-pro" in "\n".join(lines(app.pane.query_one(JobPage)))
        assert app.queue.looking


async def test_times_tick_in_their_own_cells_and_stop_where_nothing_moves() -> None:
    app = QueueHost(queue())
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await tick(app, pilot)
        assert "1:13" in app.rows[0]
        assert "about 0:47 left" in app.rows[2]
        app.queue.put(*(replace(each, state=S.CANCELLED, ended_at=NOW) for each in app.queue.jobs[:2]))
        await settled(pilot)
        assert not app.pane._is_ticking
        assert "checked" not in head(app)


async def test_a_report_that_changes_nothing_draws_nothing() -> None:
    app = QueueHost(FakeQueue(job(2, S.DONE), job(1, S.DONE)))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        drawn = []
        for widget in (app.pane.query_one(JobList), app.pane.query_one(JobPage), *app.pane.query(OneLine)):
            refresh = widget.refresh
            widget.refresh = lambda *a, r=refresh, **k: drawn.append(a) or r(*a, **k)  # type: ignore
        app.queue.tell(1, 2)
        app.queue.tell()
        await settled(pilot)
        assert drawn == []


async def test_the_cursor_stays_on_its_job_while_jobs_come_and_end() -> None:
    app = QueueHost(queue())
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        assert app.here == "4"
        app.queue.put(job(9, S.SENDING, 0))
        await settled(pilot)
        assert (app.here, app.keys[0]) == ("4", "9")
        app.queue.put(replace(app.queue.jobs[2], state=S.DONE, ended_at=NOW))
        await settled(pilot)
        assert app.here == "4"


async def test_while_the_server_is_not_reached_the_rows_stay_and_say_their_age() -> None:
    app = QueueHost(queue())
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.queue.trouble = Unreachable(title="No answer from the server")
        app.queue.tell()
        await settled(pilot)
        assert f"No answer from the server, as of {NOW:%H:%M}" in head(app)
        assert f"as of {NOW:%H:%M}" in app.rows[2]
        assert app.keys == ["5", "4", "3", "2", "1"]
        app.queue.trouble = None
        app.queue.tell()
        await settled(pilot)
        assert "left" in app.rows[2]


async def test_nothing_yet_is_one_line_and_one_key() -> None:
    app = QueueHost(FakeQueue())
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert [line.strip() for line in app.rows[:2]] == ["Nothing was made yet", "3 opens Create"]
        await pilot.press("x", "r", "d", "e", "s", "y", "enter", "space", "j")
        assert app.heard == []


class TestKeys:
    async def test_cancel_asks_with_what_it_may_cost_and_then_cancels(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("x")
            (asked,) = app.heard
            assert asked.question == "Cancel tern-2-pro?"
            assert "~$0.60 at most" in asked.explanation
            assert app.queue.asked == []
            asked.go_on()
            await settled(pilot)
            assert app.queue.asked == [("cancel", [5])]

    async def test_marked_jobs_are_cancelled_together_and_capital_x_means_all(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("space", "space", "space", "x")
            assert app.heard[-1].go_on.args == ("cancel", (5, 4))
            assert "1 wait" in app.heard[-1].explanation
            await pilot.press("escape", "G", "X")
            assert app.heard[-1].go_on.args == ("cancel", (5, 4))

    async def test_a_cancel_that_is_refused_is_said(self) -> None:
        app = QueueHost(queue())
        app.queue.refuses = {5: "It had ended already."}
        async with app.run_test(size=WIDE) as pilot:
            app.pane.go_on("cancel", (5,))
            await settled(pilot)
            assert app.heard[-1].sentence == "Not cancelled: It had ended already."

    async def test_retry_asks_for_what_costs_and_fetches_what_is_paid_for_at_once(self) -> None:
        app = QueueHost(FakeQueue(job(2, S.NOT_SAVED), job(1, S.FAILED, ended_at=ago(5))))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("r")
            await settled(pilot)
            assert app.queue.asked == [("retry", 2)]
            assert app.heard == []
            app.pane.query_one(JobList).highlight("1")
            await pilot.press("r")
            assert "It costs ~$0.04." in app.heard[-1].explanation
            assert app.queue.asked == [("retry", 2)]
            app.heard[-1].go_on()
            await settled(pilot)
            assert app.queue.asked[-1] == ("retry", 1)
            assert app.keys[0] == app.here == "101"

    async def test_what_may_have_been_made_is_said_before_it_is_sent_again(self) -> None:
        app = QueueHost(FakeQueue(job(1, S.UNKNOWN, estimate=None)))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("r")
            assert "The price is not known." in app.heard[-1].explanation
            assert "may have been made as well" in app.heard[-1].explanation

    async def test_a_budget_that_would_be_passed_is_said_before_a_request_is_sent_again(self) -> None:
        app = QueueHost(FakeQueue(job(1, S.FAILED)))
        app.budget_question = "Go over the budget of $5.00 for today?"
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("r")
            assert app.heard[-1].explanation.endswith("Go over the budget of $5.00 for today?")

    async def test_removed_jobs_are_put_back_by_u(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("j", "j", "d")
            await settled(pilot)
            assert app.queue.asked == [("remove", [3])]
            assert "u puts back" in app.heard[-1].sentence
            await pilot.press("u")
            await settled(pilot)
            assert app.queue.asked[1:] == [("shown", [3]), ("look", None)]

    async def test_edit_hands_the_request_to_the_form(self) -> None:
        body = {"model": "moss-image-xl", "prompt": "Fog", "seed": 7}
        jobs = [job(n, S.DONE, body=body, batch=1, place_in_batch=n - 1, parents=(3,)) for n in (1, 2)]
        app = QueueHost(FakeQueue(*jobs))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("e")
            asked = app.heard[-1]
            assert (asked.model_id, asked.parents) == ("moss-image-xl", (3,))
            assert asked.body == {"prompt": "Fog", "seed": 7, "num_generations": 2}

    async def test_ids_requests_and_paths_are_copied(self) -> None:
        app = QueueHost(FakeQueue(job(1, S.DONE)))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("y", "Y", "o")
            name, request, path = app.copied
            assert name == "5d1c0001-0000-9f10"
            assert json.loads(request) == {"model": "moss-image-xl", "prompt": "Fog in a fir forest"}
            assert path == "/results/2026-12-01/1403-moss-image-xl-7f3a.png"

    async def test_save_asks_where_and_says_what_came_of_it(self) -> None:
        app = QueueHost(FakeQueue(job(2, S.DONE), job(1, S.DONE)))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("space", "space", "s")
            app.heard[-1].take("/tmp/pictures")
            await settled(pilot)
            assert app.results.saved == [(2, "/tmp/pictures"), (1, "/tmp/pictures")]
            assert app.heard[-1].sentence == "Saved 2 files to /tmp/pictures"
            app.results.refuses = "The disk is full."
            app.pane.save_to((2,), "/tmp/pictures")
            await settled(pilot)
            assert app.heard[-1].sentence == "The disk is full."

    async def test_enter_opens_a_result_and_reads_about_what_is_none_yet(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("enter")
            await settled(pilot)
            assert app.pane.in_detail
            assert app.heard == []
            await pilot.press("escape", "j", "j", "j", "enter")
            await settled(pilot)
            assert app.heard[-1].job_id == 2

    async def test_capital_r_asks_the_server_now(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("R")
            await settled(pilot)
            assert app.queue.asked == [("look", None)]

    async def test_the_palette_offers_what_does_something_now(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await settled(pilot)
            names = [name for name, _, _ in app.pane.commands]
            assert "Cancel all jobs" in names
            assert "Save a copy of this result" not in names


class TestRequestsOfSeveral:
    async def test_a_request_of_several_opens_and_closes(self) -> None:
        jobs = [job(n, S.RUNNING, batch=1, place_in_batch=n - 1) for n in (1, 2, 3)]
        app = QueueHost(FakeQueue(*jobs))
        async with app.run_test(size=WIDE) as pilot:
            assert app.keys == ["b1"]
            await pilot.press("l", "j", "j")
            assert app.keys == ["b1", "1", "2", "3"]
            await pilot.press("x")
            assert app.heard[-1].go_on.args == ("cancel", (2,))
            await pilot.press("h")
            assert (app.keys, app.here) == (["b1"], "b1")
            await pilot.press("x")
            assert app.heard[-1].go_on.args == ("cancel", (1, 2, 3))

    async def test_only_what_went_wrong_is_tried_again(self) -> None:
        jobs = [job(n, S.DONE if n != 2 else S.FAILED, batch=1, place_in_batch=n - 1) for n in (1, 2, 3)]
        app = QueueHost(FakeQueue(*jobs))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("r")
            assert app.heard[-1].go_on.args == ("retry", (2,))


class TestFilter:
    async def test_words_narrow_the_list_and_esc_gives_all_back(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("slash")
            await pilot.pause()
            await pilot.press(*"kelp", "enter")
            await settled(pilot)
            assert app.keys == ["4"]
            await pilot.press("escape")
            await settled(pilot)
            assert len(app.keys) == 5

    async def test_a_key_goes_through_the_states(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("right_square_bracket")
            await settled(pilot)
            assert app.keys == ["5", "4"]
            await pilot.press("right_square_bracket")
            await settled(pilot)
            assert app.keys == ["2"]

    async def test_a_job_leaves_the_list_when_it_is_not_what_was_looked_for_any_more(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("right_square_bracket")
            app.queue.put(replace(app.queue.jobs[0], state=S.DONE, ended_at=NOW))
            await settled(pilot)
            assert app.keys == ["4"]

    async def test_nothing_found_says_how_to_go_on(self) -> None:
        app = QueueHost(queue())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("slash")
            await pilot.pause()
            await pilot.press(*"zzz")
            await settled(pilot)
            assert app.rows[0].strip() == "No job is like that"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_on_a_small_terminal_list_and_detail_take_turns(size: tuple[int, int]) -> None:
    app = QueueHost(queue())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert not app.pane.query_one(JobDetail).is_on_screen
        await pilot.press("enter")
        await settled(pilot)
        assert app.pane.query_one(JobDetail).is_on_screen
        assert not app.pane.query_one(JobList).is_on_screen
        await pilot.press("escape")
        await settled(pilot)
        assert app.pane.query_one(JobList).has_focus


async def test_pictures_are_wanted_for_what_is_in_view_and_for_nothing_while_it_is_hidden() -> None:
    app = QueueHost(FakeQueue(*(job(n, S.DONE) for n in range(40, 0, -1))))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert app.thumbnails.wanted[:2] == [40, 39]
        assert len(app.thumbnails.wanted) <= 10
        app.pane.display = False
        await until(pilot, lambda: app.thumbnails.wanted == [] and not app.queue.looking, "the queue looks away")
