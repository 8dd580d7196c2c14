"""The models of the demo: what is on the shelf, what is starred, and deployments that wake and sleep by the clock.

A catalogue entry may carry a private `x-demo` object that says how the model behaves here (how fast it writes, what
it refuses); it never goes over the wire.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .errors import envelope_error, invalid, model_not_found
from .json_values import Json, number, rows, table, text

WAKING = 20.0
"""Seconds from activate to active, at pace 1."""
SLEEPING = 6.0
"""Seconds from deactivate to inactive, at pace 1."""

KINDS = ("video", "image", "audio", "text", "embeddings")
"""Outputs in the order in which they decide what a model is (contract section 10)."""


@dataclass(slots=True)
class Model:
    """A model on the shelf."""

    entry: Json
    """What the wire shows."""
    behaviour: Json
    """The private `x-demo` object."""
    target: str | None = None
    """The deployment state it is moving to, None when it rests."""
    moves_at: float = 0.0
    """When it gets there, unix seconds."""
    served: int = 0
    """Requests so far, for models that fail every n-th time."""

    @property
    def id(self) -> str:
        """The name to send."""
        return text(self.entry.get("id"))

    @property
    def kind(self) -> str:
        """One of `KINDS`, or "text" where the entry says nothing better."""
        outputs = table(self.entry.get("capabilities")).get("output")
        if isinstance(outputs, list):
            for kind in KINDS:
                if kind in outputs:
                    return kind
        endpoint = text(self.entry.get("endpoint"))
        for part, kind in (("video", "video"), ("image", "image"), ("audio", "audio")):
            if part in endpoint:
                return kind
        return "text"

    @property
    def inputs(self) -> frozenset[str]:
        """What it takes; the bare-list and missing forms of `capabilities` count as text."""
        given = table(self.entry.get("capabilities")).get("input")
        return frozenset(text(kind) for kind in given) if isinstance(given, list) else frozenset({"text"})

    @property
    def custom(self) -> bool:
        """Whether somebody made it, so that it can be deployed, changed and deleted."""
        return self.entry.get("model_type") == "custom"

    @property
    def deployment(self) -> str | None:
        """The state of its deployment, None for a model without one."""
        first = rows(self.entry.get("deployments"))[:1]
        return text(table(first[0]).get("status")) if first else None

    @property
    def schema(self) -> Json:
        """Its request schema, empty if it states none."""
        return table(self.entry.get("request_schema"))

    def fails_now(self) -> Json | None:
        """Count a request; the `fails` hint if this is the n-th one, else None."""
        fails = table(self.behaviour.get("fails"))
        often = int(number(fails.get("one_in"), 0))
        self.served += 1
        return fails if often > 0 and self.served % often == 0 else None

    def behaves(self, key: str, default: float) -> float:
        """A number of its behaviour here."""
        return number(self.behaviour.get(key), default)


@dataclass(slots=True)
class Shelf:
    """All models, by id and by UUID."""

    clock: Callable[[], float]
    pace: float
    _models: dict[str, Model] = field(default_factory=dict)
    _by_uuid: dict[str, str] = field(default_factory=dict)
    _starred: dict[str, None] = field(default_factory=dict)

    def stock(self, entries: Iterable[Mapping[str, object]]) -> None:
        """Put catalogue entries on the shelf."""
        for given in entries:
            entry = dict(given)
            behaviour = table(entry.pop("x-demo", None))
            model = Model(entry, behaviour)
            self._models[model.id] = model
            self._by_uuid[uuid_of(model.id)] = model.id
            if behaviour.get("favorite") is True:
                self._starred[model.id] = None

    def get(self, name: str) -> Model:
        """A model by its id or UUID, its deployment as of now.

        Raises:
            Refused: 404.
        """
        model = self._models.get(name) or self._models.get(self._by_uuid.get(name.lower(), ""))
        if model is None:
            raise model_not_found(name)
        self._settle(model)
        return model

    def listed(self, developer: str = "", action: str = "", owner: str = "") -> list[Json]:
        """Entries for the list; a few new models are found by search only, as on the real service."""
        return [
            model.entry
            for model in self._all()
            if model.behaviour.get("only_in_search") is not True
            and (not developer or same_word(developer_of(model.entry), developer))
            and (not owner or same_word(text(model.entry.get("owned_by")), owner))
            and (not action or action in rows(table(model.entry.get("fine_tuning")).get("actions")))
        ]

    def found(self, words: str) -> list[Json]:
        """Entries in which every word of the search occurs."""
        wanted = words.lower().split()
        return [model.entry for model in self._all() if all(word in _haystack(model.entry) for word in wanted)]

    def featured(self) -> list[Json]:
        """Entries that are put forward; the first eight if the catalogue marks none."""
        marked = [model.entry for model in self._all() if model.behaviour.get("featured") is True]
        return marked or self.listed()[:8]

    def starred(self) -> list[Json]:
        """Entries with a star, in the order they got it."""
        return [self.get(name).entry for name in self._starred if name in self._models]

    def star(self, name: str) -> Json:
        """Give a star; the entry."""
        model = self.get(name)
        self._starred[model.id] = None
        return model.entry

    def unstar(self, name: str) -> Json:
        """Take the star away; no error if it had none."""
        model = self.get(name)
        self._starred.pop(model.id, None)
        return model.entry

    def change(self, name: str, changes: Json) -> Json:
        """Change the words of a custom model."""
        model = self._own(name)
        for key in ("display_name", "description", "summary", "image_url"):
            if key in changes:
                if changes[key] is not None and not isinstance(changes[key], str):
                    raise invalid(f"{key} must be a string")
                model.entry[key] = changes[key]
        return model.entry

    def delete(self, name: str) -> Json:
        """Take a custom model off the shelf; its last entry."""
        model = self._own(name)
        del self._models[model.id]
        self._starred.pop(model.id, None)
        return model.entry

    def activate(self, name: str) -> Json:
        """Wake a custom model: deploying now, active (or, for one of them, error) after a while."""
        model = self._own(name)
        if model.deployment != "active":
            fails = model.behaviour.get("activation") == "fails"
            self._move(model, "deploying", "error" if fails else "active", WAKING)
        return model.entry

    def deactivate(self, name: str) -> Json:
        """Stop a custom model."""
        model = self._own(name)
        if model.deployment != "inactive":
            self._move(model, "deactivating", "inactive", SLEEPING)
        return model.entry

    def _own(self, name: str) -> Model:
        model = self.get(name)
        if not model.custom:
            raise invalid(f"{model.id} is a base model: it is always active and belongs to the service")
        return model

    def _move(self, model: Model, now: str, then: str, seconds: float) -> None:
        if model.deployment == now:
            return
        model.entry["deployments"] = [{"status": now}]
        seconds = model.behaves("deploy_seconds", seconds)
        model.target, model.moves_at = then, self.clock() + (seconds / self.pace if self.pace else 0.0)

    def _settle(self, model: Model) -> None:
        if model.target is not None and self.clock() >= model.moves_at:
            model.entry["deployments"] = [{"status": model.target}]
            model.target = None

    def _all(self) -> list[Model]:
        for model in self._models.values():
            self._settle(model)
        return list(self._models.values())


def uuid_of(name: str) -> str:
    """The UUID a model can also be asked for by."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo-model:{name}"))


def developer_of(entry: Json) -> str:
    """The developer's name, whether the entry has an object or a plain string."""
    developer = entry.get("developer")
    return text(developer) or text(table(developer).get("name"))


def same_word(one: str, other: str) -> bool:
    """Compare names as the query parameters do: "Marsh Laboratory" is also "marsh_laboratory"."""
    return one.lower().replace(" ", "_").replace("-", "_") == other.lower().replace(" ", "_").replace("-", "_")


def _haystack(entry: Json) -> str:
    parts = [text(entry.get(key)) for key in ("id", "display_name", "summary", "description", "endpoint")]
    return " ".join([*parts, developer_of(entry)]).lower()


def awake(model: Model) -> None:
    """Refuse work for a deployment that is not active.

    Raises:
        Refused: 400 with the state in words.
    """
    if model.deployment not in (None, "active"):
        raise envelope_error(
            400, "invalid_params", f"The deployment {model.id} is {model.deployment}: activate it first"
        )
