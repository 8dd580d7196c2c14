"""The page beside the list of jobs."""

from __future__ import annotations

from dataclasses import replace

from oxen_tui.store.job import JobState
from oxen_tui.widgets.jobs.bar import bar, time_bar
from oxen_tui.widgets.jobs.detail import JobDetail
from oxen_tui.widgets.jobs.page import JobPage
from oxen_tui.widgets.jobs.sheet import JobFact, JobMember, JobSheet, JobTime
from oxen_tui.widgets.one_line import OneLine
from tests.widgets.host import Host, lines

SHEET = JobSheet(
    key="1",
    state=JobState.RUNNING,
    when="sent 14:02:08",
    model="tern-2-pro",
    what="video 6 s 720p",
    kind="video",
    prompt="A lighthouse at dusk, the beam sweeps slowly over a quiet sea.",
    time=JobTime(72, True, 120, 170),
    facts=(JobFact("Estimate", "~$0.60"), JobFact("Actual", "when it ends", "faint")),
    request={"model": "tern-2-pro", "seed": 4127},
    events=(("14:02:06", "written down here"), ("14:02:08", "accepted by the server")),
)


def text(view: JobPage) -> list[str]:
    return [line.strip() for line in lines(view)]


async def test_a_job_is_told_from_its_prompt_to_what_happened() -> None:
    app = Host(JobPage())
    async with app.run_test(size=(42, 30)):
        view = app.query_one(JobPage)
        view.show(SHEET)
        assert text(view)[:16] == [
            "tern-2-pro            ▷ video 6 s 720p",
            "A lighthouse at dusk, the beam sweeps",
            "slowly over a quiet sea.",
            "",
            "Time                       1:12 so far",
            "━━━━━━━━━━━━━━━━───────────┄┄┄┄┄┄┄┄┄┄┄",
            "usual 2:00       2:50",
            "",
            "Estimate                        ~$0.60",
            "Actual                    when it ends",
            "",
            "▸ request                            t",
            "▸ 2 events · last 14:02:08           v",
            "",
            "",
            "",
        ]


async def test_folds_open_by_key_and_by_click() -> None:
    app = Host(JobPage())
    async with app.run_test(size=(42, 30)) as pilot:
        view = app.query_one(JobPage)
        view.show(SHEET)
        view.toggle("request")
        assert '"seed": 4127' in text(view)
        await pilot.click(JobPage, offset=(5, text(view).index("▸ 2 events · last 14:02:08           v")))
        assert "14:02:06  written down here" in text(view)
        view.toggle("request")
        assert '"seed": 4127' not in text(view)


async def test_a_time_that_goes_on_draws_its_own_cells() -> None:
    app = Host(JobPage())
    async with app.run_test(size=(42, 30)) as pilot:
        view = app.query_one(JobPage)
        view.show(SHEET)
        await pilot.pause()
        drawn = []
        refresh = view.refresh
        view.refresh = lambda *regions, **how: drawn.append(regions) or refresh(*regions, **how)  # type: ignore
        view.show(replace(SHEET, time=JobTime(73, True, 120, 170)))
        assert [(region.y, region.width) for regions in drawn for region in regions] == [(4, 1)]
        view.show(replace(SHEET, time=JobTime(73, True, 120, 170)))
        assert len(drawn) == 1


async def test_several_jobs_are_listed_with_the_ends_of_their_names() -> None:
    member = JobMember(JobState.DONE, "1403-tern-2-pro-with-a-long-name-7f3a.mp4", "0:31")
    app = Host(JobPage())
    async with app.run_test(size=(42, 30)):
        view = app.query_one(JobPage)
        view.show(replace(SHEET, members=(member, replace(member, state=JobState.FAILED, words="too dark"))))
        assert any(line.startswith("1 ✓ done") and "7f3a.mp4" in line for line in text(view))
        assert any(line.startswith("2 ✕ failed  too dark") for line in text(view))


async def test_markup_in_what_was_said_is_only_text() -> None:
    app = Host(JobPage())
    async with app.run_test(size=(42, 30)):
        view = app.query_one(JobPage)
        view.show(replace(SHEET, said=(("[/b] [@click=app.quit]x", "err"),)))
        assert "[/b] [@click=app.quit]x" in text(view)


async def test_the_detail_says_how_a_job_stands_above_the_page() -> None:
    app = Host(JobDetail())
    async with app.run_test(size=(42, 40)):
        detail = app.query_one(JobDetail)
        detail.show(SHEET)
        head = detail.query_one("#job-state", OneLine)
        assert head.plain.split() == ["◐", "running", "sent", "14:02:08"]
        detail.show(replace(SHEET, word="1 running, 3 done"))
        assert "1 running, 3 done" in head.plain
        detail.show(None)
        assert not head.plain.strip()


def test_a_bar_is_full_only_when_nothing_is_left() -> None:
    assert [span[0] for span in bar(0.99, 4)] == ["━━━", "─"]
    assert [span[0] for span in bar(1.0, 4)] == ["━━━━"]
    assert [span[0] for span in bar(0, 4)] == ["────"]
    assert bar(7, 4) == [("━━━━", "accent")]


def test_the_time_bar_is_amber_past_the_usual_and_never_longer_than_it_is() -> None:
    for passed, usual, slow in ((0, 120, 170), (119, 120, 170), (150, 120, 170), (900, 120, 170), (5, 0, 0)):
        spans, mark = time_bar(passed, usual, slow, 30)
        assert sum(len(span[0]) for span in spans) == 30
        assert 0 < mark <= 30
    assert time_bar(150, 120, 170, 30)[0][0][1] == "warn"
