"""The page about a job."""

from __future__ import annotations

from typing import Any

from oxen_tui.panes.jobs.units import Unit
from oxen_tui.panes.queue.sheet import file_words, sheet_of
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.store.job import JobState, Origin, ResultFile
from oxen_tui.widgets.jobs.sheet import JobSheet
from tests.panes.jobs_made import FILE, NOW, FakeQueue, ago, job

S = JobState


def facts(sheet: JobSheet) -> dict[str, str]:
    return {fact.label: fact.value for fact in sheet.facts}


def test_a_job_that_runs_says_what_was_asked_how_long_it_takes_and_what_it_will_cost() -> None:
    body = {"prompt": "A lighthouse", "duration": 6, "resolution": "720p", "seed": 4127}
    running = job(1, S.RUNNING, 72, model="tern-2-pro", kind="video", body=body, estimate=0.6, started_at=ago(70))
    queue = FakeQueue()
    queue.usual["tern-2-pro"] = Typical(120, 170, 5)
    sheet = sheet_of(Unit("1", (running,)), NOW, queue)
    assert (sheet.model, sheet.what) == ("tern-2-pro", "video 6 s 720p")
    assert sheet.when == f"sent {ago(72):%H:%M:%S}"
    assert sheet.time is not None
    assert (sheet.time.passed, sheet.time.usual, sheet.time.slow, sheet.time.going) == (72, 120, 170, True)
    assert facts(sheet) == {"Estimate": "~$0.60", "Actual": "when it ends", "Seed": "4127", "Id": "5d1c…9f10"}
    assert [words for _, words in sheet.events] == ["written down here", "accepted by the server", "begun"]
    assert sheet.request == {"model": "tern-2-pro", **body}


def test_a_result_says_what_it_is() -> None:
    sheet = sheet_of(
        Unit("1", (job(1, S.DONE, origin=Origin.CHAT, parents=(7,), namespace="ada"),)), NOW, FakeQueue()
    )
    assert facts(sheet) == {
        "Estimate": "~$0.04",
        "Actual": "$0.04",
        "File": "1403-moss-image-xl-7f3a.png",
        "Result": "1536×1024 · PNG · 2.1 MB",
        "Id": "5d1c…9f10",
        "Billed to": "ada",
        "Made from": "1 result",
        "From": "asked for in a chat",
    }
    clip = ResultFile("a.mp4", "video/mp4", 8_200_000, 1280, 720, 6.0, 24.0, True)
    assert file_words(clip) == "1280×720 · 6 s · 24 fps · sound · MP4 · 8.2 MB"
    assert file_words(FILE).startswith("1536×1024")


def test_what_went_wrong_is_said_with_what_it_cost_and_what_to_do() -> None:
    def said(state: JobState, **fields: Any) -> list[str]:
        return [words for words, _ in sheet_of(Unit("1", (job(1, state, **fields),)), NOW, FakeQueue()).said]

    assert said(S.FAILED, trouble="The picture is too large.", billed=False, retryable=False) == [
        "The picture is too large. Not billed.",
        "the same request would fail again · e edits it first",
    ]
    assert said(S.FAILED) == ["r runs it again · e edits it first"]
    assert said(S.NOT_SAVED) == ["It is made and paid for. r fetches it again"]
    assert "not sent again" in said(S.UNKNOWN)[0]
    assert "the server does not say" in said(S.CANCELLED)[0]
    assert said(S.DONE) == []


def test_what_was_charged_is_not_told_yet_before_it_is_not_said_at_all() -> None:
    def actual(seconds: float) -> str:
        ended = job(1, S.DONE, cost=None, ended_at=ago(seconds))
        return facts(sheet_of(Unit("1", (ended,)), NOW, FakeQueue()))["Actual"]

    assert actual(20) == "not told yet"
    assert actual(120) == "the server does not say"


def test_several_are_listed_one_by_one() -> None:
    jobs = tuple(
        job(n, state, place_in_batch=n, batch=0) for n, state in enumerate((S.DONE, S.DONE, S.FAILED, S.RUNNING))
    )
    sheet = sheet_of(Unit("b0", jobs, of=4), NOW, FakeQueue())
    assert sheet.word == "1 running, 2 done, 1 failed"
    assert sheet.model == "moss-image-xl ×4"
    assert [member.state for member in sheet.members] == [S.DONE, S.DONE, S.FAILED, S.RUNNING]
    assert facts(sheet)["Estimate"] == "~$0.16"


def test_while_the_server_is_not_reached_the_page_says_so() -> None:
    sheet = sheet_of(Unit("1", (job(1),)), NOW, FakeQueue(), stale="as of 14:02")
    assert "as of 14:02" in sheet.said[0][0]


def test_a_price_that_is_not_known_is_said_in_words() -> None:
    assert facts(sheet_of(Unit("1", (job(1, estimate=None),)), NOW, FakeQueue()))["Estimate"] == "price unknown"
