"""A request to one model while it is being filled in. Knows no screen.

What is kept is the body itself, so that the fields and the raw JSON beside them are two views of one thing, and a
word that the schema does not know goes through unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.services.form_entry import Entry, Path, Problem
from oxen_tui.services.price_estimate import Estimate
from oxen_tui.services.request_schema import RequestSchema, model_schema
from oxen_tui.services.schema_fields import NOTHING


class RequestForm:
    """A request to one model: what is set, what would be sent, what is wrong with it, and what it will cost."""

    def __init__(self, model: Model, body: Mapping[str, Any] | None = None, *, random: Random | None = None) -> None:
        """Begins with a body (of a job, or none); `model` in it is left aside."""
        self.model = model
        self.schema: RequestSchema = model_schema(model)
        raise NotImplementedError

    @classmethod
    def from_draft(cls, model: Model, draft: Mapping[str, Any]) -> RequestForm:
        """Goes on where `draft` was taken."""
        raise NotImplementedError

    @property
    def draft(self) -> dict[str, Any]:
        """All of it as JSON, also text that is no value yet: for `store.form_drafts`. Empty where nothing is set."""
        raise NotImplementedError

    def entries(self) -> tuple[Entry, ...]:
        """The rows in the order of the form. The same tuple, and the same entries, while nothing changes."""
        raise NotImplementedError

    def entry(self, path: Path) -> Entry | None:
        raise NotImplementedError

    # What a user does

    def set(self, path: Path, value: object) -> None:
        """Any JSON value. Groups around it come into being with it."""
        raise NotImplementedError

    def set_text(self, path: Path, text: str) -> None:
        """What was typed: becomes a value as soon as it is one. An empty text clears (except in a list)."""
        raise NotImplementedError

    def clear(self, path: Path) -> None:
        """Back to the default: nothing is sent."""
        raise NotImplementedError

    def add_entry(self, path: Path, value: object = NOTHING) -> Path:
        """One more at the end of a list, or of a field for media (then with its address). Returns where it is."""
        raise NotImplementedError

    def remove_entry(self, path: Path) -> None:
        """Takes the entry at this path (it ends with a number) out of its list."""
        raise NotImplementedError

    def move_entry(self, path: Path, by: int) -> Path:
        """Moves the entry at this path up (-1) or down (1) in its list. Returns where it is then."""
        raise NotImplementedError

    def choose_variant(self, path: Path, index: int) -> None:
        """Another of `Entry.variants`. What is set is kept where it fits."""
        raise NotImplementedError

    def roll_seed(self, path: Path) -> None:
        """Sets a random number of the range that the schema allows."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """Generations of this very request, 1 to 4 (contract section 6). Assigning sets `num_generations`."""
        raise NotImplementedError

    @count.setter
    def count(self, number: int) -> None:
        raise NotImplementedError

    @property
    def namespace(self) -> str:
        """Who is billed and where results are stored: `target_namespace`; "" for the user."""
        raise NotImplementedError

    @namespace.setter
    def namespace(self, name: str) -> None:
        raise NotImplementedError

    # What comes of it

    @property
    def body(self) -> dict[str, Any]:
        """What would be sent: `model`, what is set, and the defaults of what is required. A new object each time."""
        raise NotImplementedError

    def json_text(self) -> str:
        """The body as indented JSON."""
        raise NotImplementedError

    def take_json(self, text: str) -> str | None:
        """Replaces all that is set. Returns a sentence with the line, and changes nothing, if it is no JSON object."""
        raise NotImplementedError

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be put right before it is sent, in the order of the form."""
        raise NotImplementedError

    @property
    def estimate(self) -> Estimate:
        """The price of this very request, all generations."""
        raise NotImplementedError


def carry_over(form: RequestForm, model: Model) -> RequestForm:
    """A form for another model with what fits there, by name and type."""
    raise NotImplementedError
