"""Forms for every request schema there is: `pytest --schemas FOLDER --examples 200` tries more of both."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator

from oxen_tui.api.model import ModelKind
from oxen_tui.services.form.entry import Path, written
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.schema.fields import NOTHING, Shape
from tests.demo.test_catalogue_schemas import in_standard_words
from tests.schema_cases import SchemaCase
from tests.schema_values import bodies, broken_bodies


def known(form: RequestForm) -> dict[str, Any]:
    """The fields of the form at the top as JSON: what its model takes, chat parameters with them."""
    return dict(form.schema.raw)


def patience(number: int) -> settings:
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=number < 100,
        suppress_health_check=list(HealthCheck),
    )


def fill_in(form: RequestForm, path: Path, value: Any) -> None:
    """As a user would, row by row."""
    entry = form.entry(path)
    if entry is None or value is None or value == "":
        form.set(path, value)
        return
    if entry.variants:
        fitting = next(
            index
            for index, each in enumerate(entry.forms)
            if Draft202012Validator(in_standard_words(each.raw)).is_valid(value)
        )
        form.choose_variant(path, fitting)
        entry = form.entry(path)
        assert entry is not None
    if entry.shape is Shape.GROUP and isinstance(value, dict):
        form.set(path, {})
        for name, inner in value.items():
            fill_in(form, (*path, name), inner)
    elif entry.shape is Shape.LIST and isinstance(value, list):
        form.set(path, [])
        for inner in value:
            fill_in(form, form.add_entry(path), inner)
    elif entry.shape is Shape.MEDIA and isinstance(value, list):
        form.set(path, value[:1])
        for address in value[1:]:
            form.add_entry(path, address)
        if not value:
            form.set(path, [])
    else:
        plain = entry.field.shape is Shape.TEXT
        form.set_text(path, written(value, entry.shape, plain=plain))


def test_the_form_shows_every_visible_field(schema_case: SchemaCase) -> None:
    form = RequestForm(schema_case.model)
    rows = {entry.path for entry in form.entries()}

    for name, rule in known(form)["properties"].items():
        assert ((name,) in rows) == (not rule.get("x-hidden")), name
    assert [entry.label for entry in form.entries() if entry.depth == 0] == [
        field.name for field in form.schema.visible
    ]


def test_the_default_form_sends_only_required_fields(schema_case: SchemaCase) -> None:
    form = RequestForm(schema_case.model)
    required = known(form).get("required", [])

    body = form.body
    assert body.pop("model") == schema_case.model.id
    assert set(body) <= set(required)
    missing = [name for name in required if name not in body]
    assert [problem.path for problem in form.problems if problem.sentence == "is required"] == [
        (field.name,) for field in form.schema.fields if field.name in missing
    ]
    assert not any(entry.is_set for entry in form.entries())
    assert not form.draft


def test_random_values_survive_the_way_through_form_and_json(schema_case: SchemaCase, examples: int) -> None:
    schema = known(RequestForm(schema_case.model))
    if schema_case.model.kind is ModelKind.CHAT:
        pytest.skip("a conversation is no form")
    oracle = Draft202012Validator(in_standard_words(schema))

    @patience(examples)
    @given(body=bodies(schema))
    def survives(body: dict[str, Any]) -> None:
        form = RequestForm(schema_case.model)
        for name, value in body.items():
            fill_in(form, (name,), value)
        sent = form.body
        assert sent.pop("model") == schema_case.model.id
        assert json.dumps(sent, sort_keys=True) == json.dumps(body, sort_keys=True)
        oracle.validate(sent)
        assert form.problems == ()

        again = RequestForm(schema_case.model)
        assert again.take_json(form.json_text()) is None
        kept = RequestForm.from_draft(schema_case.model, json.loads(json.dumps(form.draft)))
        for other in (again, kept, RequestForm(schema_case.model, form.body)):
            assert other.json_text() == form.json_text()
            assert other.problems == ()
        assert [entry.value for entry in kept.entries()] == [entry.value for entry in form.entries()]
        form.clear((next(iter(body)),)) if body else None
        for name in body:
            form.clear((name,))
        assert not any(entry.value is not NOTHING for entry in form.entries())

    survives()


def test_random_wrong_values_are_refused_by_name(schema_case: SchemaCase, examples: int) -> None:
    schema = known(RequestForm(schema_case.model))
    if not schema["properties"]:
        pytest.skip("nothing can be wrong")
    oracle = Draft202012Validator(in_standard_words(schema))

    @patience(examples)
    @given(found=broken_bodies(schema, oracle.is_valid))
    def refused(found: tuple[Path, dict[str, Any]]) -> None:
        place, body = found
        form = RequestForm(schema_case.model, body)
        sent = form.body
        del sent["model"]
        # What is required and has a default is put in: an entry that lacked only that is put right by it.
        assume(not oracle.is_valid(sent))
        about = [problem for problem in form.problems if problem.path[:1] == place[:1]]
        assert about, f"{place} of {body}"
        assert all(str(problem).startswith(str(place[0])) and problem.sentence for problem in about)
        row = form.entry(place[:1])
        assert row is None or any(entry.problem for entry in form.entries() if entry.path[:1] == place[:1])

    refused()
