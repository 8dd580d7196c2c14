"""What the user is asked before something that costs, or that loses what was paid for."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.wording import counted, money


def cancel_question(jobs: Sequence[Job]) -> tuple[str, str, str]:
    """Question, explanation and what yes does, for stopping jobs that go on."""
    begun = [job for job in jobs if job.state is not JobState.WAITING]
    waiting = len(jobs) - len(begun)
    question = f"Cancel {jobs[0].model}?" if len(jobs) == 1 else f"Cancel {counted(len(jobs), 'job')}?"
    said = []
    if waiting:
        said.append(
            "It waits in line still, so nothing was made yet."
            if len(jobs) == 1
            else f"{waiting} wait in line still: nothing was made of them yet."
        )
    if begun:
        who = "It has begun" if len(jobs) == 1 else f"{len(begun)} {'has' if len(begun) == 1 else 'have'} begun"
        said.append(f"{who}: the server does not say whether it bills for that, {_at_most(begun)}.")
    return question, " ".join(said), "cancels it" if len(jobs) == 1 else "cancels them"


def retry_question(jobs: Sequence[Job], more: str = "") -> tuple[str, str, str]:
    """The same for sending requests once more.

    Args:
        jobs: Whose requests.
        more: What is to be asked besides: whether a budget may be passed.
    """
    question = f"Run {jobs[0].model} again?" if len(jobs) == 1 else f"Run {counted(len(jobs), 'job')} again?"
    known = [job.estimate for job in jobs if job.estimate is not None]
    cost = f"It costs {money(sum(known), estimate=True)}." if len(known) == len(jobs) else "The price is not known."
    if len(jobs) > 1 and len(known) == len(jobs):
        cost = f"Together they cost {money(sum(known), estimate=True)}."
    what = "The same request is sent as a new job." if len(jobs) == 1 else "The same requests are sent as new jobs."
    unsure = " The first one may have been made as well." if any(j.state is JobState.UNKNOWN for j in jobs) else ""
    return question, " ".join(part for part in (f"{what} {cost}{unsure}", more) if part), "runs it"


def _at_most(jobs: Sequence[Job]) -> str:
    known = [job.estimate for job in jobs if job.estimate is not None]
    if len(known) < len(jobs):
        return "and the price is not known"
    return f"{money(sum(known), estimate=True)} at most"
