"""The index of the catalogue: its listings, its sets, its orders, and how it is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.model import Model, ModelKind, Pricing
from oxen_tui.services.catalogue.columns import Columns, order
from oxen_tui.services.catalogue.index import CatalogueIndex, empty_index, prepare
from oxen_tui.services.catalogue.listing import listing_of
from oxen_tui.services.catalogue.rows import Rows, Standing
from oxen_tui.services.price.comparable_price import PriceSpan, PriceUnit, price_span
from tests.services.catalogue_models import chat, demo_entries, entry, index_of, listings_of, schema, video


def test_a_listing_says_what_the_model_says() -> None:
    for each in demo_entries():
        model, listing = Model.from_json(each), listing_of(each)
        assert listing is not None
        assert (listing.id, listing.name, listing.developer, listing.kind, listing.context, listing.endpoint) == (
            model.id,
            model.display_name,
            model.developer,
            model.kind,
            model.context_length,
            model.endpoint,
        )
        assert set(listing.inputs.split()) >= model.inputs
        assert listing.needs_picture == model.needs_picture
        assert listing.deployment == (model.deployment or "")


def test_an_entry_without_an_id_is_no_model() -> None:
    assert listing_of({"display_name": "x"}) is None


def test_parameters_are_found_at_every_depth_with_their_parts_and_choices() -> None:
    deep = {"type": "array", "items": {"type": "object", "properties": {"image_url": {"type": "string"}}}}
    sizes = {"type": "string", "enum": ["720p", "4K", 3, "x" * 200]}
    listing = listing_of(entry("a", request_schema=schema("mask_url", elements=deep, resolution=sizes)))
    assert listing is not None

    words = set(listing.traits.split())
    assert words >= {"mask_url", "mask", "url", "elements", "image_url", "image", "resolution", "720p", "4k"}
    assert not any("x" * 20 in word for word in words)


def test_a_schema_that_is_nonsense_is_listed_all_the_same() -> None:
    odd: tuple[Any, ...] = (
        3,
        [],
        {"properties": []},
        {"properties": {"a": 1, "b": {"enum": {}}}},
        {"properties": None},
    )
    for nonsense in odd:
        assert listing_of(entry("a", request_schema=nonsense)) is not None


def test_a_schema_without_end_is_listed_in_bounds() -> None:
    wide = schema(*(f"field_{number}" for number in range(20_000)))
    nested: object = {}
    for _ in range(60):
        nested = {"type": "object", "properties": {"inner": nested}}
    first, second = listings_of(entry("wide", request_schema=wide), entry("deep", request_schema=nested))

    assert len(first.traits) < 120_000
    assert second.traits == "\ninner\n"


def test_text_that_could_act_is_cleaned() -> None:
    listing = listing_of(entry("a\x1b[2J", summary="x\x07y", request_schema=schema("se\x1bed")))

    assert listing is not None
    assert "\x1b" not in "".join(str(value) for value in listing)


@pytest.mark.parametrize(
    ("pricing", "span"),
    [
        (None, None),
        ({"method": "token", "input_cost_per_token": 1e-6, "output_cost_per_token": 5e-6}, (6.0, 6.0)),
        ({"method": "token", "input_cost_per_token": 2e-8}, (0.02, 0.02)),
        ({"prompt": "-1", "completion": "-1"}, None),
        (
            {"method": "per_image", "cost_per_image": 0.1, "cost_per_image_grid": {"hi": {"1K": 0.05, "4K": 0.3}}},
            (0.05, 0.3),
        ),
        (
            {"method": "per_video_output_second", "cost_per_second_by_resolution": {"720p": 0.1, "1080p": 0.2}},
            (0.1, 0.2),
        ),
        (
            {"method": "per_audio_output_second", "cost_per_second": 0.02, "cost_per_second_with_audio": 0.03},
            (0.02, 0.03),
        ),
        ({"method": "time", "cost_per_second": 0.0011, "cost_per_image": None}, (0.0011, 0.0011)),
        ({"method": "per_provider_credit", "cost_per_credit": 0.01}, None),
        ({"method": "by the moon"}, None),
        ({"method": "token", "input_cost_per_token": 0, "output_cost_per_token": 0}, (0.0, 0.0)),
    ],
)
def test_every_price_becomes_a_span_or_is_unknown(pricing: object, span: tuple[float, float] | None) -> None:
    found = price_span(None if pricing is None else Pricing.from_json(pricing))

    assert (None if found is None else (found.low, found.high)) == span


def test_models_stand_in_the_order_of_their_ids_and_the_later_of_two_counts() -> None:
    index = index_of(entry("b"), entry("C", summary="old"), entry("a"), entry("C", summary="new"))

    assert index.columns.id == ["a", "b", "C"]
    assert index.columns.summary[2] == "new"
    assert [index.columns.id[place] for place in index.in_list_order] == ["b", "a", "C"]


@given(st.lists(st.booleans(), max_size=200))
def test_a_set_and_its_positions_are_the_same_thing(chosen: list[bool]) -> None:
    index = index_of(*(entry(f"{number:03}") for number in range(len(chosen))))
    positions = [place for place, flag in enumerate(chosen) if flag]
    mask = index.mask_of(positions)

    assert index.positions(mask) == positions
    assert mask.bit_count() == len(positions)
    assert index.positions(index.all & ~mask) == [place for place, flag in enumerate(chosen) if not flag]
    assert index.mask_where("these", lambda: chosen) == mask


def test_what_is_kept_reads_back_the_same() -> None:
    columns = Columns.of(listings_of(*demo_entries()))

    assert Columns.from_lines(columns.to_lines()) == columns
    assert Columns.from_lines(Columns.of(()).to_lines()) == Columns.of(())


@pytest.mark.parametrize(
    "damage", [lambda lines: lines[:-1], lambda lines: [b"[]", *lines[1:]], lambda lines: [b"{"] * 20]
)
def test_what_another_version_kept_is_refused(damage: object) -> None:
    lines = Columns.of(listings_of(entry("a"))).to_lines()

    with pytest.raises(ValueError):  # noqa: PT011 - the decoder's, zip's or ours
        Columns.from_lines(damage(lines))  # type: ignore[operator]


def test_a_model_learned_later_stands_where_it_would_have_stood() -> None:
    entries = [entry("b"), chat("d"), video("f")]
    whole = index_of(*entries, entry("c"), chat("a"))
    grown = index_of(*entries).updated(listings_of(entry("c"), chat("a")))

    assert grown.columns.id == whole.columns.id
    assert (grown.near, grown.far) == (whole.near, whole.far)
    assert grown.of_kind(ModelKind.CHAT).bit_count() == 2


def test_a_model_that_changed_takes_its_old_place_and_the_old_index_stays() -> None:
    before = index_of(entry("a", summary="then"), entry("b"))
    after = before.updated(listings_of(entry("a", summary="now")))

    assert (before.columns.summary[0], after.columns.summary[0], len(after)) == ("then", "now", 2)
    assert "now" in after.far[0]


def test_prices_are_ordered_within_their_kind_and_unknown_ones_come_last() -> None:
    index = index_of(
        entry("p-dear", pricing={"method": "per_image", "cost_per_image": 1}),
        entry("p-unknown", pricing=None),
        entry("p-cheap", pricing={"method": "per_image", "cost_per_image": 0.01}),
        chat("talks"),
    )

    places = sorted(range(4), key=index.price_rank.__getitem__)
    assert [index.columns.id[place] for place in places] == ["talks", "p-cheap", "p-dear", "p-unknown"]


def test_a_row_holds_what_the_list_shows() -> None:
    needs = schema("prompt", input_image={"type": "string", "format": "uri"}, required=["input_image"])
    index = index_of(
        entry("a", released_at="2026-08-05", request_schema=needs, context_length=8000),
        entry("ada/own", model_type="custom", deployments=[{"status": "inactive"}]),
    )
    first, own = Rows(index, [0, 1], Standing(frozenset(["a"]), ("ada/own",)))

    assert (first.favourite, first.used, own.favourite, own.used) == (True, False, False, True)
    assert (first.needs_picture, first.inputs, first.kind) == (True, ("image", "text"), ModelKind.IMAGE)
    assert first.released_at == datetime(2026, 8, 5, tzinfo=UTC)
    assert first.price == PriceSpan(0.04, 0.04, PriceUnit.IMAGE)
    assert first.pricing == Pricing("per_image", cost_per_image=0.04)
    assert (own.custom, own.deployment, own.listed) == (True, "inactive", True)


def test_rows_are_found_by_their_ids_and_cut_like_lists() -> None:
    rows = Rows(index_of(entry("a"), entry("b"), entry("c")), [2, 0], Standing())

    assert (rows.find("a"), rows.find("b"), rows.find("nobody"), rows.key_at(0)) == (1, None, None, "c")
    assert (rows.ids, rows[1:].ids, len(rows), rows[-1].id) == (["c", "a"], ["a"], 2, "a")


def test_a_short_model_chats_and_costs_as_the_whole_one_does() -> None:
    for each in demo_entries():
        short, whole = index_of(each).short_model(0), Model.from_json(each)
        assert (short.kind, short.pricing, short.display_name) == (whole.kind, whole.pricing, whole.display_name)


def test_an_index_of_nothing_has_nothing() -> None:
    index: CatalogueIndex = prepare(empty_index())

    assert (len(index), index.all, index.positions(index.all), index.in_list_order) == (0, 0, [], [])


def test_the_order_of_ids_does_not_look_at_case() -> None:
    assert sorted(["b", "A", "a", "B"], key=order) == ["A", "a", "B", "b"]


def test_listings_survive_json() -> None:
    for listing in listings_of(*demo_entries()):
        assert type(listing)(*json.loads(json.dumps(listing))) == listing
