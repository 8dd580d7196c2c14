"""What a request will cost: reckoned by the contract's rules, unknown where it is unknown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.model import Model, Pricing
from oxen_tui.services.price.estimate import Estimate, estimate
from oxen_tui.services.price.examples import example_words, worked_example
from oxen_tui.services.price.words import price_page, short_price, value_prices
from tests.schema_cases import SchemaCase

FREE = re.compile(r"\$0\.00(?!\d)")
VIDEO = {"method": "per_video_output_second", "cost_per_second": 0.1}


def model(pricing: dict[str, Any], output: str = "video", **properties: Any) -> Model:
    return Model.from_json(
        {
            "id": "m",
            "capabilities": {"output": [output]},
            "pricing": pricing,
            "request_schema": {"type": "object", "properties": {"prompt": {"type": "string"}, **properties}},
        }
    )


def dollars(pricing: dict[str, Any], output: str, body: dict[str, Any], **properties: Any) -> float | None:
    return estimate(model(pricing, output, **properties), body).dollars


GRID = {
    "method": "per_image",
    "cost_per_image": 0.5,
    "cost_per_image_grid": {"draft": {"1K": 0.01, "2K": 0.02}, "fine": {"1k": 0.1, "2K": 0.2}},
}
SIZES = {
    "quality": {"type": "string", "enum": ["draft", "fine"], "default": "draft"},
    "resolution": {"type": "string", "enum": ["1K", "2K"], "default": "2K"},
}


@pytest.mark.parametrize(
    ("body", "price"),
    [
        ({}, 0.02),
        ({"quality": "fine"}, 0.2),
        ({"quality": "FINE", "resolution": "1K"}, 0.1),
        ({"resolution": "1k"}, 0.01),
        ({"resolution": "8K"}, 0.5),
        ({"quality": "other"}, 0.5),
        ({"num_generations": 3}, 0.06),
        ({"num_images": 2, "num_generations": 2}, 0.08),
        ({"num_images": -4, "num_generations": "x"}, 0.02),
    ],
)
def test_an_image_is_priced_by_quality_and_size(body: dict[str, Any], price: float) -> None:
    assert dollars(GRID, "image", body, **SIZES) == pytest.approx(price)


def test_the_only_quality_needs_no_field() -> None:
    pricing = {"method": "per_image", "cost_per_image_grid": {"high": {"1 MP": 0.03, "2 MP": 0.06}}}
    resolution = {"type": "string", "enum": ["1 MP", "2 MP"], "default": "1 MP"}

    assert dollars(pricing, "image", {"resolution": "2mp"}, resolution=resolution) == 0.06
    assert dollars(pricing, "image", {}, image_size=resolution) == 0.03
    assert dollars(pricing, "image", {}) is None


def test_a_grid_by_a_field_of_another_name_is_found_by_its_values() -> None:
    pricing = {"method": "per_image", "cost_per_image_grid": {"TURBO": {"any": 0.01}, "QUALITY": {"any": 0.03}}}
    speed = {"type": "string", "enum": ["TURBO", "QUALITY"], "default": "QUALITY"}

    assert dollars(pricing, "image", {}, rendering_speed=speed) == 0.03


SECONDS = {"type": "integer", "default": 6, "minimum": 4, "maximum": 12}
RESOLUTION = {"type": "string", "enum": ["480p", "720p", "1080p"], "default": "720p"}


@pytest.mark.parametrize(
    ("body", "price"),
    [
        ({}, 0.6),
        ({"duration": 12}, 1.2),
        ({"duration": "8"}, 0.8),
        ({"duration": "8s"}, 0.8),
        ({"duration": "auto"}, 1.2),
        ({"duration": -1}, 1.2),
        ({"duration": "soon"}, None),
        ({"duration": True}, None),
        ({"duration": 0}, None),
        ({"num_generations": 4}, 2.4),
        ({"multi_prompt": [{"duration": 3}, {"duration": 4.5}, {}]}, 1.25),
    ],
)
def test_a_video_is_priced_by_its_seconds(body: dict[str, Any], price: float | None) -> None:
    assert dollars(VIDEO, "video", body, duration=SECONDS) == price


@pytest.mark.parametrize(
    "duration",
    [
        {"type": "string", "enum": ["auto", "4", "15"], "default": "auto"},
        {"type": ["integer", "string"], "default": "auto", "maximum": 15},
        {"anyOf": [{"const": "auto"}, {"type": "integer", "maximum": 15}], "default": "auto"},
        {"type": "integer", "default": -1, "enum": [-1, 5, 15]},
    ],
)
def test_auto_is_the_longest_the_schema_allows(duration: dict[str, Any]) -> None:
    found = estimate(model(VIDEO, duration=duration), {})

    assert (found.dollars, found.request) == (1.5, "at most 15 s")


@pytest.mark.parametrize(
    ("duration", "price"),
    [
        ({"type": "integer"}, 0.5),
        ({"type": "integer", "maximum": 4}, 0.4),
        ({"type": "integer", "minimum": 8}, 0.8),
        ({"type": "integer", "enum": [5, 10]}, 0.5),
        ({"type": "integer", "enum": [4, 8]}, None),
        ({"type": "integer", "default": "auto"}, None),
    ],
)
def test_a_duration_without_a_default_is_the_usual_one(duration: dict[str, Any], price: float | None) -> None:
    assert dollars(VIDEO, "video", {}, duration=duration) == price


def test_frames_are_seconds_when_their_rate_is_known() -> None:
    frames, rate = {"type": "integer", "default": 72}, {"type": "integer", "default": 24}

    assert dollars(VIDEO, "video", {}, num_frames=frames, frames_per_second=rate) == 0.3
    assert dollars(VIDEO, "video", {}, num_frames=frames) is None


def test_a_length_that_follows_what_is_sent_is_unknown() -> None:
    found = estimate(model(VIDEO), {})

    assert found == Estimate(None, "any length", ("$0.10 / s", "how long the result is cannot be known before"))


RATES = {
    **VIDEO,
    "cost_per_second_by_resolution": {"480P": 0.05, "720p": 0.1},
    "cost_per_second_high_res": 0.3,
    "cost_per_second_with_audio": 0.14,
}


@pytest.mark.parametrize(
    ("body", "price"),
    [
        ({}, 0.1),
        ({"resolution": "480p"}, 0.05),
        ({"resolution": "1080P"}, 0.3),
        ({"resolution": "360p"}, 0.1),
        ({"resolution": "480p", "generate_audio": True}, 0.14),
        ({"generate_audio": False}, 0.1),
        ({"generate_audio": "yes"}, 0.1),
    ],
)
def test_a_second_is_priced_by_sound_then_resolution(body: dict[str, Any], price: float) -> None:
    fields = {"duration": {"type": "integer", "default": 1}, "resolution": RESOLUTION}

    assert dollars(RATES, "video", body, **fields) == price


def test_a_default_that_makes_sound_counts() -> None:
    fields: dict[str, Any] = {"duration": SECONDS, "generate_audio": {"type": "boolean", "default": True}}
    found = estimate(model(RATES, **fields), {"num_generations": 2})

    assert found == Estimate(1.68, "6 s, 2 clips, with sound", ("6 s × $0.14 / s", "2 clips, with sound"))


def test_a_reckoning_tells_how_the_price_comes_about() -> None:
    found = estimate(model(RATES, duration=SECONDS, resolution=RESOLUTION), {})

    assert found == Estimate(0.6, "6 s at 720p, no sound", ("6 s × $0.10 / s at 720p", "no sound"))
    assert estimate(model(GRID, "image", **SIZES), {}).reckoning == ("1 image × $0.02 (draft, 2K)",)


def test_a_clip_may_be_sold_by_the_piece() -> None:
    found = estimate(model({"method": "per_image", "cost_per_image": 0.35}), {"num_generations": 2})

    assert found == Estimate(0.7, "2 clips", ("2 clips × $0.35",))


def test_sound_is_priced_by_the_second() -> None:
    pricing = {"method": "per_audio_output_second", "cost_per_second": 0.02}

    assert dollars(pricing, "audio", {"duration": 8}) == 0.16


@pytest.mark.parametrize(
    "pricing",
    [
        {},
        {"method": "per_scene", "cost_per_scene": 1},
        {"method": "moon", "cost_per_image": 0.1, "cost_per_second": 0.1},
        {"method": "time", "cost_per_second": 0.1},
        {"method": "per_provider_credit", "cost_per_credit": 0.1},
        {"method": "token", "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6},
        {"method": "per_image"},
        {"method": "per_image", "cost_per_image": None, "cost_per_image_grid": {}},
        {"method": "per_image", "cost_per_image": -1},
        {"method": "per_video_output_second"},
    ],
)
def test_what_cannot_be_known_is_none_with_a_reason(pricing: dict[str, Any]) -> None:
    found = estimate(model(pricing, duration=SECONDS), {})

    assert found.dollars is None
    assert found.reckoning


def test_only_a_price_of_nothing_is_nothing() -> None:
    assert dollars({"method": "per_image", "cost_per_image": 0}, "image", {}) == 0


def test_every_price_is_worked_out_or_said_to_vary(schema_case: SchemaCase) -> None:
    words = example_words(worked_example(schema_case.model))

    assert words == "price varies" or "~$" in words
    assert not FREE.search(words)


prices = st.none() | st.floats(allow_nan=True, allow_infinity=True)
price_maps = st.dictionaries(st.sampled_from(["1K", "720p", "default", "", "\x1b"]), st.floats(), max_size=3)
pricings = st.builds(
    Pricing,
    method=st.sampled_from(
        [
            *("token", "time", "per_image", "per_video_output_second", "per_audio_output_second"),
            *("per_provider_credit", "", "odd\x1b"),
        ]
    ),
    input_cost_per_token=prices,
    output_cost_per_token=prices,
    cost_per_image=prices,
    cost_per_image_grid=st.dictionaries(st.sampled_from(["high", "low", "default"]), price_maps, max_size=3),
    cost_per_second=prices,
    cost_per_second_by_resolution=price_maps,
    cost_per_second_with_audio=prices,
    cost_per_second_high_res=prices,
    cost_per_credit=prices,
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["auto", "720p", "1K", "high", "8", "x"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["duration", "a"]), inner, max_size=2)
    ),
    max_leaves=4,
)
NAMES = (
    "duration",
    "seconds",
    "resolution",
    "quality",
    "generate_audio",
    "num_images",
    "num_generations",
    "multi_prompt",
)


@given(
    pricings,
    st.sampled_from(["text", "image", "video", "audio", "smell"]),
    st.dictionaries(st.sampled_from(NAMES), values, max_size=4),
    st.dictionaries(
        st.sampled_from(NAMES),
        st.fixed_dictionaries({}, optional={"default": values, "enum": values, "maximum": values}),
    ),
)
def test_no_price_and_no_request_makes_it_fail_and_unknown_never_becomes_free(
    pricing: Pricing, output: str, body: dict[str, Any], properties: dict[str, Any]
) -> None:
    odd = Model("m", outputs=frozenset({output}), pricing=pricing, request_schema={"properties": properties})
    found = estimate(odd, body)
    page, short = price_page(odd), short_price(pricing)
    value_prices(odd)

    told = [
        *(pricing.input_cost_per_token, pricing.output_cost_per_token, pricing.cost_per_image),
        *(pricing.cost_per_second, pricing.cost_per_second_with_audio, pricing.cost_per_second_high_res),
        *(pricing.cost_per_credit, *pricing.cost_per_second_by_resolution.values()),
        *(price for row in pricing.cost_per_image_grid.values() for price in row.values()),
    ]
    assert found.reckoning
    assert found.dollars is None or found.dollars >= 0
    if 0 not in told:
        said = [short, page.summary, *(row.price for row in page.rows), *(each.total for each in page.examples)]
        said += [cell for table in page.tables for row in table.rows for cell in row]
        assert found.dollars != 0
        assert not any(FREE.search(words) for words in said)
