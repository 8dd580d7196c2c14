"""What a generation costs, by each pricing method of contract section 10."""

from __future__ import annotations

import pytest

from oxen_tui.demo.pricing import price_of, seconds_asked, written

GRID: dict[str, object] = {
    "method": "per_image",
    "cost_per_image": 0.2,
    "cost_per_image_grid": {"low": {"1K": 0.03}, "high": {"1K": 0.08, "2K": 0.12}},
}
CLIP: dict[str, object] = {"method": "per_video_output_second", "cost_per_second": 0.1}


@pytest.mark.parametrize(
    ("pricing", "request_", "price"),
    [
        ({"method": "per_image", "cost_per_image": 0.04}, {}, "0.04"),
        (GRID, {"quality": "HIGH", "resolution": "2k"}, "0.12"),
        (GRID, {"quality": "low", "resolution": "1K"}, "0.03"),
        (GRID, {"quality": "low", "resolution": "8K"}, "0.2"),
        (CLIP, {"duration": 6}, "0.6"),
        (CLIP, {"duration": "auto"}, "1.2"),
        (CLIP, {}, "0.5"),
        (CLIP, {"multi_prompt": [{"duration": 3}, {}]}, "0.8"),
        ({**CLIP, "cost_per_second_with_audio": 0.15}, {"duration": 2, "generate_audio": True}, "0.3"),
        ({**CLIP, "cost_per_second_by_resolution": {"1080P": 0.3}}, {"duration": 2, "resolution": "1080p"}, "0.6"),
        ({**CLIP, "cost_per_second_high_res": 0.4}, {"duration": 2, "resolution": "4k"}, "0.8"),
        ({"method": "time", "cost_per_second": 0.001}, {}, "0.0075"),
        ({"method": "per_audio_output_second", "cost_per_second": 0.003125}, {"seconds": "4"}, "0.0125"),
        ({"method": "per_provider_credit", "cost_per_credit": 0.1}, {}, None),
        ({"method": "moon_phase"}, {}, None),
        ({}, {}, None),
    ],
)
def test_the_price_follows_the_method(
    pricing: dict[str, object], request_: dict[str, object], price: str | None
) -> None:
    schema: dict[str, object] = {"properties": {"duration": {"default": 5, "enum": ["auto", 4, "12"]}}}
    if "seconds" in request_:
        schema = {}
    assert written(price_of(pricing, schema, request_, 7.5)) == price


def test_seconds_can_also_be_told_in_frames() -> None:
    assert seconds_asked({}, {"num_frames": 48, "frames_per_second": 16}) == 3.0
    assert seconds_asked({}, {}) == 5.0
