"""Where jobs stand: every line is of one job, a title, or blank."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.widgets.jobs.places import JobGroup, JobPlaces


def groups_of(sizes: list[int], titled: bool) -> list[JobGroup]:
    return [
        JobGroup(f"day {number}" if titled or number else "", [f"{number}.{job}" for job in range(size)])
        for number, size in enumerate(sizes)
    ]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 5), max_size=5), st.booleans(), st.sampled_from([(3, 4), (3, 3), (2, 2)]))
def test_each_job_has_its_lines_and_each_title_one(sizes: list[int], titled: bool, lines: tuple[int, int]) -> None:
    rows, pitch = lines
    groups = groups_of(sizes, titled)
    places = JobPlaces(groups, rows, pitch)
    at = [places.at(line) for line in range(places.height)]
    assert [places.keys[place.index] for place in at if place.is_job and not place.row] == places.keys
    assert [place.title for place in at if place.title] == [g.title for g in groups if g.keys and g.title]
    assert sum(place.is_job for place in at) == rows * sum(sizes)
    for index, key in enumerate(places.keys):
        assert places.find(key) == index
        assert at[places.line_of(index)].index == index
        assert places.top_of(index) in range(places.line_of(index) - 2, places.line_of(index) + 1)
    assert not places.at(places.height).is_job
    assert not places.at(-1).is_job


def test_the_jobs_in_view_are_those_with_a_line_in_it() -> None:
    places = JobPlaces([JobGroup("", ["a", "b"]), JobGroup("Today", ["c"])], 3, 4)
    assert places.within(0, 1) == range(1)
    assert places.within(2, 3) == range(2)
    assert places.within(7, 2) == range(0)
    assert places.within(7, 4) == range(2, 3)
    assert JobPlaces((), 3, 4).within(0, 10) == range(0)
