"""The list of jobs: its lines, its cursor while jobs come and go, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PIL import Image
from textual.geometry import Region

from oxen_tui.store.job import JobState
from oxen_tui.terminal import display, tgp
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.jobs.list import JobList, JobTitles
from oxen_tui.widgets.jobs.places import JobGroup
from oxen_tui.widgets.jobs.row import Fold, JobRow, SmallPicture
from oxen_tui.widgets.picture import terminal as picture_terminal
from oxen_tui.widgets.picture.terminal import PictureTerminal
from tests.widgets.host import Host, lines

LIGHTHOUSE = JobRow(
    JobState.RUNNING, "tern-2-pro", kind="video", prompt="Lighthouse at dusk, the beam sweeps slowly",
    time="1:12", price="~$0.60", note="about 0:48 left", note_tone="text", share=0.6, ticks=True,
)  # fmt: skip
TEAPOT = JobRow(
    JobState.WAITING, "moss-image-xl", "×4", number=4, prompt="Teapot on linen", time="0:21", price="~$0.16",
    fold=Fold.CLOSED,
)  # fmt: skip
HARBOUR = JobRow(
    JobState.FAILED, "plume-video", kind="video", prompt="Harbour at night", time="0:02", price="$0.00",
    note="image is larger than 10 MB", note_tone="err", aside="not billed",
)  # fmt: skip


class Jobs:
    """Rows by key, and how often one was asked for."""

    def __init__(self, **rows: JobRow) -> None:
        self.rows = rows
        self.asked = 0

    def __call__(self, key: str) -> JobRow:
        self.asked += 1
        return self.rows[key]


def many(number: int) -> tuple[Jobs, list[str]]:
    jobs = Jobs(**{f"j{n}": replace(TEAPOT, model=f"model-{n}") for n in range(number)})
    return jobs, list(jobs.rows)


THREE = Jobs(a=LIGHTHOUSE, b=TEAPOT, c=HARBOUR)
GROUPS = [JobGroup("", ["a", "b"]), JobGroup("Today", ["c"])]


@contextmanager
def written(view: JobList) -> Iterator[list[Region]]:
    """What is drawn meanwhile."""
    regions: list[Region] = []
    refresh = view.refresh

    def note(*parts: Region, **how: bool) -> JobList:
        regions.extend(parts or [Region(0, 0, *view.size)])
        return refresh(*parts, **how)

    view.refresh = note  # type: ignore[method-assign]
    try:
        yield regions
    finally:
        view.refresh = refresh  # type: ignore[method-assign]


async def test_a_job_is_three_lines_beside_a_tile() -> None:
    app = Host(JobList(THREE))
    async with app.run_test(size=(80, 30)):
        view = app.query_one(JobList)
        view.show(GROUPS)
        assert lines(view)[:13] == [
            "▌           ◐ running    tern-2-pro                              1:12   ~$0.60",
            "▌    ▷                   Lighthouse at dusk, the beam sweeps slowly",
            "▌                        ━━━━━━━━━━━━━━──────────  about 0:48 left",
            "",
            "            ○ waiting    ▸ moss-image-xl ×4                      0:21   ~$0.16",
            "     ▣4                  Teapot on linen",
            "",
            "",
            "  Today",
            "",
            "            ✕ failed     plume-video                             0:02    $0.00",
            "     ▷                   Harbour at night",
            "                         image is larger than 10 MB · not billed",
        ]


async def test_titles_stand_over_their_columns() -> None:
    jobs = JobList(THREE)
    app = Host(JobTitles(jobs), jobs)
    async with app.run_test(size=(80, 30)) as pilot:
        jobs.show(GROUPS)
        titles = app.query_one(JobTitles)
        titles.draw()
        await pilot.pause()
        said, row = lines(titles)[0], lines(jobs)[0]
        assert said.index("State") == row.index("◐")
        assert said.index("Model and prompt") == row.index("tern")
        assert said.index("Time") + 4 == row.index("1:12") + 4
        assert len(said) == len(row)


async def test_a_low_terminal_leaves_no_line_blank_and_a_narrow_one_takes_two_lines_a_job() -> None:
    for size, expected in (
        (
            (80, 24),
            [
                "▌           ◐ running    tern-2-pro                              1:12   ~$0.60",
                "▌    ▷                   Lighthouse at dusk, the beam sweeps slowly",
                "▌                        ━━━━━━━━━━━━━━──────────  about 0:48 left",
                "            ○ waiting    ▸ moss-image-xl ×4                      0:21   ~$0.16",
            ],
        ),
        (
            (60, 20),
            [
                "▌ ◐ running    tern-2-pro                           ~$0.60",
                "▌              Lighthouse at dusk, the be… about 0:48 left",
                "  ○ waiting    ▸ moss-image-xl ×4                   ~$0.16",
                "               Teapot on linen",
                "",
                "  Today",
                "  ✕ failed     plume-video                           $0.00",
                "               image is larger than 10 MB · not billed",
            ],
        ),
    ):
        app = Host(JobList(THREE))
        async with app.run_test(size=size):
            view = app.query_one(JobList)
            view.show(GROUPS)
            assert lines(view)[: len(expected)] == expected


async def test_a_clock_that_ticks_draws_its_own_cells() -> None:
    jobs = Jobs(a=LIGHTHOUSE, b=TEAPOT)
    app = Host(JobList(jobs))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", ["a", "b"])])
        await pilot.pause()
        lines(view)
        with written(view) as regions:
            view.patch()
            assert regions == []
            jobs.rows["a"] = replace(LIGHTHOUSE, time="1:13", note="about 0:47 left")
            view.patch()
        assert [(region.y, region.width) for region in regions] == [(0, 1), (2, 1)]


async def test_the_cursor_stays_on_its_job_and_the_job_on_its_line_while_others_come_above() -> None:
    jobs, keys = many(50)
    app = Host(JobList(jobs), hears=(JobList.Highlighted,))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", keys[10:])])
        view.highlight("j30")
        await pilot.pause()
        at = next(y for y, line in enumerate(lines(view)) if "model-30" in line)
        app.heard.clear()
        view.show([JobGroup("", keys)])
        await pilot.pause()
        assert view.highlighted == "j30"
        assert "model-30" in lines(view)[at]
        assert app.heard == []


async def test_the_cursor_goes_to_what_takes_the_place_of_a_job_that_went() -> None:
    jobs, keys = many(5)
    app = Host(JobList(jobs), hears=(JobList.Highlighted,))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", keys)])
        view.highlight("j4")
        view.show([JobGroup("", keys[:4])])
        await pilot.pause()
        assert view.highlighted == "j3"
        assert app.heard[-1].key == "j3"
        view.show([])
        assert view.highlighted == ""


async def test_keys_and_clicks_move_the_cursor_and_a_second_click_opens() -> None:
    jobs, keys = many(100)
    app = Host(JobList(jobs), hears=(JobList.Highlighted, JobList.Chosen))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", keys[:1]), JobGroup("Yesterday", keys[1:])])
        view.focus()
        await pilot.press("j", "down", "k", "G", "k", "pageup", "g")
        await pilot.pause()
        assert [m.key for m in app.heard] == ["j0", "j1", "j2", "j1", "j99", "j98", "j92", "j0"]
        await pilot.click(JobList, offset=(30, 7))
        await pilot.click(JobList, offset=(30, 7))
        assert [type(m) for m in app.heard[-2:]] == [JobList.Highlighted, JobList.Chosen]
        assert app.heard[-1].key == "j1"


async def test_the_title_above_a_job_comes_into_view_with_it() -> None:
    jobs, keys = many(40)
    app = Host(JobList(jobs))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("Today", keys)])
        view.focus()
        await pilot.press("G")
        await pilot.pause()
        assert "model-39" in "".join(lines(view))
        await pilot.press("g")
        await pilot.pause()
        assert lines(view)[0] == "  Today"


async def test_five_thousand_jobs_cost_those_in_view() -> None:
    jobs, keys = many(5_000)
    app = Host(JobList(jobs))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", keys)])
        view.focus()
        await pilot.press("G")
        await pilot.pause()
        assert view.highlighted == "j4999"
        assert list(view.in_view)[-1] == "j4999"
        assert len(view.in_view) <= 9
        jobs.asked = 0
        view.patch()
        assert jobs.asked <= 30


async def test_a_small_picture_stands_in_the_tile() -> None:
    pixels = bytes((255, 0, 0)) * 6 + bytes((0, 255, 0)) * 6
    small = SmallPicture(pixels * 3, 6)
    app = Host(JobList(Jobs(a=replace(LIGHTHOUSE, picture=small))))
    async with app.run_test(size=(80, 30)):
        view = app.query_one(JobList)
        view.show([JobGroup("", ["a"])])
        drawn = next(segment for segment in view.render_line(1) if "▀" in segment.text)
        assert drawn.text == "▀" * 6
        style = drawn.style
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        assert (style.color.triplet, style.bgcolor.triplet) == ((255, 0, 0), (0, 255, 0))
        assert view.render_line(1).cell_length == 80


async def test_what_must_be_known_is_kept_where_the_words_before_it_are_cut() -> None:
    app = Host(JobList(Jobs(a=replace(HARBOUR, note="It is " + "much " * 30 + "too large"))))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", ["a"])])
        assert lines(view)[2].endswith("… · not billed")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert lines(view)[1].endswith("… · not billed")


async def test_markup_and_long_names_are_only_text() -> None:
    odd = replace(
        TEAPOT, model="[b]tern[/b]-2-0-fast-image-to-video-preview-2031-01-02-long", prompt="[@click=quit]x"
    )
    app = Host(JobList(Jobs(a=odd)))
    async with app.run_test(size=(80, 30)):
        view = app.query_one(JobList)
        view.show([JobGroup("", ["a"])])
        assert "[b]tern" in lines(view)[0]
        assert "02-long ×4" in lines(view)[0]
        assert "[@click=quit]x" in lines(view)[1]


async def test_an_empty_list_says_what_to_do() -> None:
    app = Host(JobList(THREE, empty=["Nothing was made yet", "3 makes something"]))
    async with app.run_test(size=(60, 10)) as pilot:
        view = app.query_one(JobList)
        view.focus()
        await pilot.press("j", "G", "pagedown", "g")
        assert [line.strip() for line in lines(view)[:2]] == ["Nothing was made yet", "3 makes something"]


async def test_a_terminal_that_holds_pictures_is_sent_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(PictureTerminal, "write", lambda _, text: written.append(text))
    monkeypatch.setattr(display, "_in_use", Display(PictureMode.TGP, (10, 20)))
    small = SmallPicture(b"", 6, "a", Image.new("RGB", (60, 60), "red"))
    rows = Jobs(a=replace(LIGHTHOUSE, picture=small), b=replace(TEAPOT, picture=replace(small, key="b")))
    app = Host(JobList(rows))
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.query_one(JobList)
        view.show([JobGroup("", ["a", "b"])])
        while "\U0010eeee" not in view.render_line(1).text:
            await pilot.pause(0.01)
        assert tgp.placeholders(1, 6) in view.render_line(1).text
        assert view.render_line(1).cell_length == 80
        for _ in range(3):
            view.patch()
            await pilot.pause()
        assert list(view._drawn.changes()) == []  # a look at the clock sends nothing
        assert "".join(written).count("a=T") == 1  # both look the same
        await picture_terminal.close(app)
