"""The rows of the form of a request: its fields, those of the rest behind a heading, and what is said beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from oxen_tui.panes.create.fields import field_rows
from oxen_tui.panes.create.places import COUNT_KEY, NAMESPACE_KEY, REST_KEY
from oxen_tui.services.form.check import MOST_GENERATIONS
from oxen_tui.services.form.entry import Entry, Path
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.inputs.media_inputs import MediumFacts
from oxen_tui.services.schema.fields import Shape
from oxen_tui.widgets.form.row import Control, FormRow, Option

_FEW = 8
"""Fields of a group that is open by itself."""


@dataclass
class FormState:
    """What the user did beside filling in."""

    folds: dict[Path, bool] = field(default_factory=dict)
    """Headings that were opened (True) or shut."""
    rest_open: bool = False
    touched: set[Path] = field(default_factory=set)
    """Fields that were left, of which it may be said that they are missing."""
    all_touched: bool = False
    """Whether running was tried: everything that is missing is said."""


class FormRows:
    """Puts a form into rows. What did not change is the same row again."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[tuple[object, ...], tuple[FormRow, ...]]] = {}

    def rows(
        self,
        form: RequestForm,
        state: FormState,
        media: Mapping[str, MediumFacts],
        notes: Mapping[str, tuple[str, tuple[str, ...]]],
    ) -> list[FormRow]:
        """All rows that are in sight.

        Args:
            form: What is filled in.
            state: What is open, and what may be said to be missing.
            media: What is known of the media in it.
            notes: Of rows with options, by key: what to say beside the field, and beside each option.
        """
        entries = [entry for entry in form.entries() if entry.path]
        first = [entry for entry in entries if entry.first]
        rest = [entry for entry in entries if not entry.first]
        rows = self._put(first, state, media, notes)
        rows.append(_count_row(form))
        seen = rest if state.rest_open else [entry for entry in rest if not entry.folded_away]
        if not state.rest_open:
            rows += self._put(_with_members(seen, rest), state, media, notes)
        rows.append(_rest_row(rest, form, state))
        if state.rest_open:
            rows += self._put(rest, state, media, notes)
            rows.append(_namespace_row(form))
        elif form.namespace:
            rows.insert(-1, _namespace_row(form))
        return rows

    def _put(
        self,
        entries: list[Entry],
        state: FormState,
        media: Mapping[str, MediumFacts],
        notes: Mapping[str, tuple[str, tuple[str, ...]]],
    ) -> list[FormRow]:
        shut: Path | None = None
        rows: list[FormRow] = []
        inner = _inner_news(entries)
        for entry in entries:
            if shut is not None and entry.path[: len(shut)] == shut and entry.path != shut:
                continue
            shut = None
            heading = entry.shape in (Shape.GROUP, Shape.LIST)
            is_open = state.folds.get(entry.path, _opens_itself(entry, inner)) if heading else True
            if heading and not is_open:
                shut = entry.path
            rows += self._of(entry, state, media, notes, is_open)
        return rows

    def _of(
        self,
        entry: Entry,
        state: FormState,
        media: Mapping[str, MediumFacts],
        notes: Mapping[str, tuple[str, tuple[str, ...]]],
        is_open: bool,
    ) -> tuple[FormRow, ...]:
        said = state.all_touched or entry.path in state.touched or not entry.problem.startswith("is required")
        facts = tuple(media.get(address) for address in entry.media)
        about = (entry, is_open, said, facts)
        kept = self._kept.get(entry.path)
        if kept is None or kept[0] != about:
            shown = entry if said else replace(entry, problem="")
            kept = about, tuple(field_rows(shown, media, is_open))
            self._kept[entry.path] = kept
        if not notes:
            return kept[1]
        return tuple(_with_notes(row, notes[row.key]) if row.key in notes else row for row in kept[1])


def _with_notes(row: FormRow, notes: tuple[str, tuple[str, ...]]) -> FormRow:
    hint, beside = notes
    if not beside:
        return replace(row, hint=hint or row.hint)
    options = tuple(Option(option.text, note) for option, note in zip(row.options, beside, strict=False))
    return replace(row, options=options)


def _with_members(seen: list[Entry], rest: list[Entry]) -> list[Entry]:
    """What is set within a group or a list is shown in it, with all its neighbours."""
    tops = {entry.path[0] for entry in seen}
    return [entry for entry in rest if entry.path[0] in tops]


def _inner_news(entries: list[Entry]) -> set[Path]:
    """Groups and lists in which something is set or wrong."""
    news: set[Path] = set()
    for entry in entries:
        if len(entry.path) > 1 and (entry.is_set or entry.problem):
            news.update(entry.path[:end] for end in range(1, len(entry.path)))
    return news


def _opens_itself(entry: Entry, news: set[Path]) -> bool:
    if entry.path in news or entry.shape is Shape.LIST:
        return True
    return entry.depth == 0 and (entry.first or entry.required) and len(entry.field.fields) <= _FEW


def _count_row(form: RequestForm) -> FormRow:
    return FormRow(
        COUNT_KEY,
        "how many",
        Control.STEPPER,
        text=str(form.count) if form.count != 1 else "",
        is_set=form.count != 1,
        placeholder="1",
        hint=f"1 … {MOST_GENERATIONS}",
        help="So many results of the same request; each is paid for",
        digits=True,
        problem=_problem_of(form, "num_generations"),
    )


def _namespace_row(form: RequestForm) -> FormRow:
    return FormRow(
        NAMESPACE_KEY,
        "namespace",
        Control.LINE,
        text=form.namespace,
        is_set=bool(form.namespace),
        placeholder="yours",
        help="Who is billed, and where the results are kept: a user or an organization",
        problem=_problem_of(form, "target_namespace"),
    )


def _problem_of(form: RequestForm, name: str) -> str:
    return next((problem.sentence for problem in form.problems if problem.path == (name,)), "")


def _rest_row(rest: list[Entry], form: RequestForm, state: FormState) -> FormRow:
    tops = [entry for entry in rest if entry.depth == 0]
    if state.rest_open:
        number = len(tops) + 1
        said = f"{number} more fields"
    else:
        number = sum(entry.folded_away for entry in tops) + (0 if form.namespace else 1)
        said = f"{number} more {'field' if number == 1 else 'fields'}, all at their defaults"
        said = said.replace(", all at their defaults", ", at its default") if number == 1 else said
    return FormRow(REST_KEY, "", Control.GROUP, hint=said, is_open=state.rest_open)
