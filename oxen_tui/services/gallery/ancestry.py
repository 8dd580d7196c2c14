"""Where a result comes from and what was made of it: a tree for the eye, though a result may have several parents.

An edit knows the picture it began with, a clip its first frame (`Job.parents`). Pictures of the user's own stand in
the request as `file:` addresses and are the roots. A result with two parents stands under the first; at the other
it is not told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from oxen_tui.safe_text import clean_line
from oxen_tui.store.job import Job, Origin, ResultFile

_MOST = 200
"""Lines of a tree: a picture that hundreds were made from is still shown at once."""
_MOST_INPUTS = 40
_DEEPEST_BODY = 8


@dataclass(frozen=True, slots=True)
class Kin:
    """One line of the tree."""

    job_id: int | None
    """None for a file that is no result of ours."""
    depth: int
    """0 for what was there first."""
    ends: tuple[bool, ...] = ()
    """For each ancestor's line but the first, and the own one: whether it is the last of its siblings."""
    path: Path | None = None
    """Of a file that is no result."""
    is_here: bool = False
    """Whether the tree was asked for this one."""


@dataclass(slots=True)
class _Tree:
    jobs: Mapping[int, Job]
    children: Mapping[int, Sequence[int]]
    here: int
    kin: list[Kin] = field(default_factory=list)
    told: set[int] = field(default_factory=set)

    def tell(self, job_id: int, depth: int, ends: tuple[bool, ...]) -> None:
        """Puts down a job and what was made of it."""
        waiting = [(job_id, depth, ends)]
        while waiting and len(self.kin) < _MOST:
            job_id, depth, ends = waiting.pop()
            if job_id in self.told:
                continue
            self.told.add(job_id)
            self.kin.append(Kin(job_id, depth, ends, is_here=job_id == self.here))
            made = [child for child in self.children.get(job_id, ()) if child not in self.told]
            for child in reversed(made):
                waiting.append((child, depth + 1, (*ends, child == made[-1])))


def family(job_id: int, jobs: Mapping[int, Job]) -> tuple[Kin, ...]:
    """The whole tree that a job stands in, roots first; only itself where it has no kin.

    Args:
        jobs: All that are known, by id; parents that are not among them are left out.
    """
    children: dict[int, list[int]] = {}
    made_of_some = [job for job in jobs.values() if job.parents]
    for job in sorted(made_of_some, key=lambda each: (each.created_at, each.id)):
        for parent in dict.fromkeys(job.parents):
            if parent in jobs and parent != job.id:
                children.setdefault(parent, []).append(job.id)
    tree = _Tree(jobs, children, job_id)
    for root in _roots(job_id, jobs):
        files = own_files(jobs[root].body) if jobs[root].origin is not Origin.OPENED else ()
        for number, path in enumerate(files):
            # Several files that went into one request stand above each other, the request below the last.
            tree.kin.append(Kin(None, 0, path=path))
            if number == len(files) - 1:
                tree.tell(root, 1, (True,))
        if not files:
            tree.tell(root, 0, ())
    if job_id not in tree.told:  # of a family that is cut, its own part
        tree = _Tree(jobs, children, job_id)
        tree.tell(job_id, 0, ())
    return tuple(tree.kin)


def _roots(job_id: int, jobs: Mapping[int, Job]) -> list[int]:
    """The first ancestors, in the order in which they were put in."""
    roots: list[int] = []
    seen = {job_id}
    waiting = [job_id]
    while waiting:
        here = waiting.pop(0)
        parents = [parent for parent in jobs[here].parents if parent in jobs and parent != here]
        if not parents:
            roots.append(here)
        for parent in parents:
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return roots or [job_id]  # a ring of parents, which only a damaged store has


def made_from(body: Mapping[str, Any], jobs: Iterable[Job], path_of: Callable[[ResultFile], Path]) -> tuple[int, ...]:
    """The jobs whose results a request names, the oldest first.

    Args:
        body: Of the request, before its files are put on the wire.
        jobs: All that are known.
        path_of: Where a result is on this disk.
    """
    named = set(own_files(body))
    return tuple(sorted(job.id for job in jobs if named and job.file is not None and path_of(job.file) in named))


def own_files(body: Mapping[str, Any]) -> tuple[Path, ...]:
    """The files that a request names, each once, in the order of the request."""
    return tuple(dict.fromkeys(path for text in _texts(body, 0) if (path := file_of(text)) is not None))[
        :_MOST_INPUTS
    ]


def file_of(address: str) -> Path | None:
    """The file that a `file:` address means; None for any other text."""
    if address[:5].lower() != "file:":
        return None
    path = unquote(urlsplit(address).path)
    return Path(clean_line(path, 4096)) if path.startswith("/") else None


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST_BODY and isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each, depth + 1)
    elif depth < _DEEPEST_BODY and isinstance(value, Sequence):
        for each in value:
            yield from _texts(each, depth + 1)
