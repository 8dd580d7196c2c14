"""Prices in words, for every method."""

from __future__ import annotations

from typing import Any

import pytest

from oxen_tui.api.model import Model, Pricing
from oxen_tui.services.price.words import PriceRow, price_page, short_price, value_prices
from tests.schema_cases import demo_cases

DEMO = {case.model.id: case.model for case in demo_cases()}


@pytest.mark.parametrize(
    ("pricing", "said"),
    [
        ({"method": "token", "input_cost_per_token": 1.2e-6, "output_cost_per_token": 6e-6}, "$1.20 · $6.00 / M"),
        ({"method": "token", "input_cost_per_token": 2e-8}, "$0.02 · ? / M"),
        ({"method": "token", "input_cost_per_token": 0, "output_cost_per_token": 0}, "$0.00 · $0.00 / M"),
        ({"method": "token"}, "price varies"),
        ({"method": "token", "input_cost_per_token": "-1", "output_cost_per_token": "-1"}, "price varies"),
        ({"method": "per_image", "cost_per_image": 0.04}, "$0.04 each"),
        (
            {"method": "per_image", "cost_per_image_grid": {"low": {"1K": 0.03}, "high": {"1K": 0.12}}},
            "$0.03 … $0.12",
        ),
        ({"method": "per_image", "cost_per_image_grid": {"any": {"1K": 0.03, "2K": 0.03}}}, "$0.03 each"),
        ({"method": "per_image"}, "price varies"),
        ({"method": "per_video_output_second", "cost_per_second": 0.1}, "$0.10 / s"),
        (
            {"method": "per_video_output_second", "cost_per_second_by_resolution": {"480p": 0.05, "1080p": 0.2}},
            "$0.05 … $0.20 / s",
        ),
        ({"method": "per_audio_output_second", "cost_per_second": 0.003125}, "$0.0031 / s"),
        ({"method": "time", "cost_per_second": 0.0011, "cost_per_image": 9}, "$0.0011 / s"),
        ({"method": "per_provider_credit", "cost_per_credit": 0.08}, "$0.08 / credit"),
        ({"method": "per_scene", "cost_per_second": 0.6}, "price varies"),
        ({"cost_per_image": 0.04}, "$0.04 each"),
        ({"method": None, "cost_per_second": 0.1}, "$0.10 / s"),
        ({}, "price varies"),
        (None, "price varies"),
    ],
)
def test_a_price_in_a_column(pricing: dict[str, Any] | None, said: str) -> None:
    assert short_price(Pricing.from_json(pricing)) == said


def test_no_price_object_is_a_price_that_varies() -> None:
    assert short_price(None) == "price varies"


def test_tokens_are_said_by_the_million() -> None:
    model = Model.from_json(
        {"id": "m", "pricing": {"method": "token", "input_cost_per_token": 1.2e-6, "output_cost_per_token": 6e-6}}
    )
    page = price_page(model)

    assert page.rows == (
        PriceRow("input", "$1.20 / M", "per million tokens"),
        PriceRow("output", "$6.00 / M", "per million tokens"),
    )
    assert [(each.request, each.total) for each in page.examples] == [("2,000 tokens in, 500 out", "~$0.0054")]


def test_a_grid_is_a_table_with_the_cheapest_first() -> None:
    page = price_page(DEMO["juniper-4"])

    assert [table.head for table in page.tables] == [("", "1K", "2K", "4K")]
    assert page.tables[0].rows == (
        ("draft", "$0.02", "$0.03", "?"),
        ("standard", "$0.05", "$0.08", "$0.16"),
        ("fine", "$0.11", "$0.16", "$0.31"),
    )
    assert page.rows == (PriceRow("anything else", "$0.12 each"),)


def test_seconds_are_said_by_resolution_and_sound() -> None:
    page = price_page(DEMO["tern-2-pro"])

    assert page.summary == "$0.05 … $0.32 / s · by the second of video"
    assert [(row.label, row.price) for row in page.rows] == [
        ("480p", "$0.05 / s"),
        ("720p", "$0.10 / s"),
        ("1080p", "$0.20 / s"),
        ("1440p", "$0.32 / s"),
        ("any other", "$0.10 / s"),
        ("with sound", "$0.14 / s"),
    ]
    assert [(each.request, each.total) for each in page.examples] == [("6 s at 720p, no sound", "~$0.60")]


def test_every_stated_price_is_somewhere_on_the_page() -> None:
    page = price_page(DEMO["Tuff-2.1-Control-LoRA"])

    assert PriceRow("cost_per_image", "$0.03", "stated, not used by this method") in page.rows


@pytest.mark.parametrize("name", ["ember-draft", "osprey-director"])
def test_an_unknown_way_to_pay_is_named_and_not_taken_for_free(name: str) -> None:
    page = price_page(DEMO[name])

    assert page.summary == "price varies"
    method = DEMO[name].pricing.method  # type: ignore[union-attr]
    assert method in page.notes[0]
    assert "not mean that it is free" in page.notes[0]


def test_credits_and_computing_time_say_when_the_sum_is_known() -> None:
    assert price_page(DEMO["quartz-upscale"]).notes == (
        "How many credits a request takes is decided by the provider.",
    )
    assert price_page(DEMO["moraine-draft"]).notes == ("What a request costs is known when it has run.",)


def test_values_that_change_the_price_have_prices() -> None:
    assert value_prices(DEMO["tern-2-pro"]) == {
        "resolution": {"480p": "$0.05 / s", "720p": "$0.10 / s", "1080p": "$0.20 / s", "1440p": "$0.32 / s"}
    }
    assert value_prices(DEMO["juniper-4"])["quality"] == {"draft": "$0.02", "standard": "$0.05", "fine": "$0.11"}
    assert value_prices(DEMO["moss-image-xl"]) == {}


def test_fine_tuning_has_its_price() -> None:
    model = Model.from_json(
        {"id": "m", "pricing": {"method": "time", "cost_per_second": 1}, "fine_tuning": {"cost_per_second": 0.002}}
    )

    assert PriceRow("fine-tuning", "$0.002 / s", "while it trains") in price_page(model).rows
