"""What is typed into the filter of the queue."""

from __future__ import annotations

import pytest

from oxen_tui.panes.queue.query import complete, next_state, query
from oxen_tui.store.job import JobState
from tests.panes.jobs_made import FILE, TODAY, ago, job

FOG = job(1, JobState.DONE, prompt="Fog in a fir forest")
HARBOUR = job(2, JobState.FAILED, model="plume-video", kind="video", prompt="Harbour", trouble="larger than 10 MB")
AURORA = job(3, JobState.WAITING, model="kelp-motion-1", kind="video", prompt="Aurora over a fjord")
OLD = job(4, JobState.NOT_SAVED, 90_000, prompt="Dunes", ended_at=ago(86_400))
ALL = (FOG, HARBOUR, AURORA, OLD)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fog", [1]),
        ("FIR forest", [1]),
        ("kelp", [3]),
        ("10 mb", [2]),
        (FILE.name[-8:], [1]),
        ("5d1c0003", [3]),
        ('"over a"', [3]),
        ("state:active", [3]),
        ("state:ended", [1, 2, 4]),
        ("state:failed,waiting", [2, 3]),
        ("state:not-saved", [4]),
        ("state:fa", [2]),
        ("kind:video", [2, 3]),
        ("kind:videos -state:failed", [3]),
        ("model:plume", [2]),
        ("today", [1, 2, 3]),
        ("yesterday", [4]),
        ("-today", [4]),
        ("nothing is like this", []),
        ("size:3", []),
    ],
)
def test_words_and_facets_find_jobs(text: str, found: list[int]) -> None:
    wanted = query(text, TODAY)
    assert wanted is not None
    assert [each.id for each in ALL if wanted(each)] == found


@pytest.mark.parametrize("text", ["", "  ", "state:", '"', "kind:", "model:,"])
def test_what_says_nothing_leaves_all(text: str) -> None:
    wanted = query(text, TODAY)
    assert wanted is None or all(map(wanted, ALL))


def test_a_word_goes_on_as_a_facet_and_a_facet_as_its_values() -> None:
    def words(text: str) -> list[str]:
        return [each.word for each in complete(text, len(text), ["kelp-motion-1", "plume-video"])]

    assert words("st") == ["state:"]
    assert "state:failed" in words("state:f")
    assert words("state:failed,wai") == ["state:failed,waiting"]
    assert words("fog -kind:v") == ["-kind:video"]
    assert words("model:motion") == ["model:kelp-motion-1"]
    assert words("fog ") == []
    assert words("state:failed") == []


def test_a_key_goes_through_the_states_and_keeps_the_words() -> None:
    text = "fog"
    seen = []
    for _ in range(4):
        text = next_state(text, 1)
        seen.append(text)
    assert seen[0] == "fog state:active"
    assert seen[3] == "fog"
    assert next_state("fog", -1).startswith("fog state:failed")
