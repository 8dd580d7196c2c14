"""Whether a result is what the filter of the gallery asks for."""

from __future__ import annotations

from oxen_tui.services.gallery.query import GalleryQuery, Term
from oxen_tui.store.job import Job, Origin


def matches(job: Job, query: GalleryQuery, *, marked: bool = False, missing: bool = False) -> bool:
    """Whether all terms hold of a result.

    Args:
        marked: Whether the user marked it.
        missing: Whether its file is gone.
    """
    return all(_holds(job, term, marked, missing) is not term.negated for term in query.terms)


def _holds(job: Job, term: Term, marked: bool, missing: bool) -> bool:
    match term.name:
        case "model":
            model = job.model.casefold()
            return any(value in model for value in term.values)
        case "kind":
            return job.kind in term.values
        case "date":
            day = (job.ended_at or job.created_at).astimezone().date()
            return any(day in days for days in term.days)
        case "is":
            return any(_is(job, value, marked, missing) for value in term.values)
        case _:
            name = job.file.name if job.file is not None else ""
            text = f"{job.prompt}\n{job.model}\n{name}".casefold()
            return any(value in text for value in term.values)


def _is(job: Job, mark: str, marked: bool, missing: bool) -> bool:
    match mark:
        case "fav":
            return job.favourite
        case "marked":
            return marked
        case "missing":
            return missing
        case _:
            return job.origin is Origin.OPENED
