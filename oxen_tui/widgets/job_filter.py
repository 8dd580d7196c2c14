"""The line in which a list of jobs is narrowed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from oxen_tui.widgets.model_filter import FilterInput, ModelFilter
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import RowList


class JobFilter(ModelFilter):
    """As the filter of models, with words for jobs."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield OneLine(id="filter-sign")
            yield FilterInput(self._press, self._tell, placeholder="words, or state:failed, kind:video, today")
            yield OneLine(id="filter-count")
        yield RowList(steered=True, id="filter-completions")

    @property
    def has_keys(self) -> bool:
        """Whether something is being typed here."""
        return self._field.has_focus
