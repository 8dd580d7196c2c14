"""Jobs for tests, ended at a moment that has its own name in every time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from oxen_tui.store.job import Job, JobState

ENDED = datetime(2026, 11, 22, 14, 3, 9, tzinfo=UTC)


def job_made(**fields: Any) -> Job:
    """A picture that is done, but for what `fields` say."""
    made = Job(
        id=12,
        batch=12,
        place_in_batch=0,
        model="moss-image-xl",
        kind="image",
        state=JobState.SAVING,
        created_at=ENDED,
        body={"model": "moss-image-xl", "prompt": "an ox in the rain", "seed": 7},
        prompt="an ox in the rain",
        generation_id="7f3a0d5b-4a55-9a51",
        ended_at=ENDED,
        estimate=0.06,
    )
    return replace(made, **fields)
