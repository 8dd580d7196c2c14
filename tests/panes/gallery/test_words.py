"""Results in the words of the gallery."""

from __future__ import annotations

from oxen_tui.panes.gallery.words import facts
from oxen_tui.store.job import JobState
from tests.panes.jobs_made import NOW, ago, job


def test_a_price_is_not_told_yet_before_it_is_not_said_at_all() -> None:
    def paid(seconds: float, estimate: float | None = 0.04) -> tuple[str, str]:
        ended = job(1, JobState.DONE, cost=None, ended_at=ago(seconds), estimate=estimate)
        (fact,) = [fact for fact in facts(ended, NOW).facts if fact.label == "Paid"]
        return fact.text, fact.aside

    assert paid(20) == ("not told yet", "~$0.04")
    assert paid(120) == ("not said", "estimate ~$0.04")
    assert paid(20, None) == ("not told yet", "")
    assert paid(120, None) == ("not said", "")
