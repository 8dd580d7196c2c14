"""The tree a result stands in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.services.gallery.ancestry import Kin, family, file_of, made_from, own_files
from oxen_tui.store.job import Job, JobState, Origin, ResultFile

BEGIN = datetime(2026, 11, 20, tzinfo=UTC)


def jobs(*parents: tuple[int, ...], **known: Any) -> dict[int, Job]:
    """Jobs 1, 2, 3 ... with these parents."""
    return {
        number: Job(
            number, number, 0, "m", "image", JobState.DONE, BEGIN + timedelta(hours=number), parents=of, **known
        )
        for number, of in enumerate(parents, 1)
    }


def drawn(kin: tuple[Kin, ...]) -> list[str]:
    """Each line by its depth, its number, and whether it is the last of its siblings."""
    return [f"{'.' * each.depth}{each.job_id or each.path}{'*' if each.is_here else ''}" for each in kin]


def test_a_result_without_kin_stands_alone() -> None:
    assert drawn(family(1, jobs((), ()))) == ["1*"]


def test_parents_and_children_stand_in_a_tree_with_siblings_in_their_order() -> None:
    made = jobs((), (1,), (2,), (2,), (1,))
    assert drawn(family(3, made)) == ["1", ".2", "..3*", "..4", ".5"]
    ends = [each.ends for each in family(3, made)]
    assert ends == [(), (False,), (False, False), (False, True), (True,)]


def test_a_result_of_two_parents_is_told_once_under_the_first() -> None:
    made = jobs((), (), (1, 2), (3,))
    assert drawn(family(4, made)) == ["1", ".3", "..4*", "2"]


def test_files_of_the_user_are_the_roots() -> None:
    made = jobs((), (1,), body={"input_image": ["file:///tmp/my%20sketch.png"], "prompt": "file://not"})
    kin = family(2, made)
    assert drawn(kin) == ["/tmp/my sketch.png", ".1", "..2*"]
    assert kin[0].job_id is None


def test_a_file_that_was_opened_here_is_a_root_itself() -> None:
    made = jobs((), (1,), body={"input_image": "file:///tmp/a.png"}, origin=Origin.OPENED)
    assert drawn(family(2, made)) == ["1", ".2*"]


def test_parents_that_nobody_knows_are_left_out() -> None:
    assert drawn(family(1, jobs((77,)))) == ["1*"]


def test_a_ring_of_parents_ends() -> None:
    assert [each.job_id for each in family(1, jobs((2,), (1,)))] == [1, 2]
    assert drawn(family(1, jobs((1,)))) == ["1*"]


def test_a_family_of_thousands_is_cut() -> None:
    made = jobs((), *[(1,)] * 3000)
    assert len(family(1, made)) == 200
    deep = jobs((), *[(number,) for number in range(1, 3000)])
    assert len(family(1, deep)) == 200
    assert drawn(family(2998, deep)) == ["2998*", ".2999", "..3000"]


def test_only_addresses_of_files_are_files() -> None:
    assert file_of("file:///a/b.png") == Path("/a/b.png")
    assert file_of("FILE://localhost/a.png") == Path("/a.png")
    assert file_of("https://x/y.png") is None
    assert file_of("file:relative.png") is None
    assert own_files({"a": ["file:///x.png", {"b": "file:///y.png"}], "c": 5, "d": "file:///x.png"}) == (
        Path("/x.png"),
        Path("/y.png"),
    )


@given(st.lists(st.lists(st.integers(1, 8), max_size=3), min_size=1, max_size=8), st.integers(1, 8))
@settings(max_examples=60)
def test_every_tree_holds_the_result_once_and_nothing_twice(parents: list[list[int]], wanted: int) -> None:
    made = jobs(*[tuple(of) for of in parents])
    here = min(wanted, len(made))
    told = [each.job_id for each in family(here, made)]
    assert len(told) == len(set(told))
    assert here in told


def test_a_request_is_known_to_begin_with_the_results_that_it_names() -> None:
    known = [
        replace(job, file=ResultFile(f"{job.id} of mine.png", "image/png", 9)) for job in jobs((), (), ()).values()
    ]
    inputs = [(Path("/results") / f"{number} of mine.png").as_uri() for number in (3, 1)]

    def path_of(file: ResultFile) -> Path:
        return Path("/results") / file.name

    assert made_from({"input_image": inputs, "prompt": "2 of mine.png"}, known, path_of) == (1, 3)
    assert made_from({"prompt": "Ox"}, known, path_of) == ()
