from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from oxen_tui.api.generation import (
    Generation,
    GenerationCompleted,
    GenerationPage,
    GenerationStatus,
    MediaResult,
    data_of_url,
    generations_from_json,
    media_results_from_json,
)
from tests.api.anything import JSON, objects

ROW: dict[str, Any] = {
    "generation_id": "5d1c6c7e-0d5b-4a55-9a51-0c6b7a2f9f10",
    "model_name": "ox-film-3",
    "prompt": "An ox at dawn",
    "media_type": "video",
    "status": "succeeded",
    "result_url": "https://hub.test/out.mp4?signature=s",
    "error_message": None,
    "error_retryable": None,
    "enqueued_at": 1789000000,
    "started_at": 1789000002,
    "completed_at": "2026-09-10T01:48:10Z",
    "target_namespace": "you",
    "target_repo": None,
    "target_directory": None,
    "duration": 5,
    "aspect_ratio": "16:9",
}


def test_a_row_is_read_with_the_requests_own_parameters_apart() -> None:
    row = Generation.from_json(ROW)
    assert row == Generation(
        id="5d1c6c7e-0d5b-4a55-9a51-0c6b7a2f9f10",
        status=GenerationStatus.SUCCEEDED,
        model="ox-film-3",
        media_type="video",
        prompt="An ox at dawn",
        result_url="https://hub.test/out.mp4?signature=s",
        enqueued_at=datetime.fromtimestamp(1789000000, UTC),
        started_at=datetime.fromtimestamp(1789000002, UTC),
        completed_at=datetime(2026, 9, 10, 1, 48, 10, tzinfo=UTC),
        target_namespace="you",
        parameters={"duration": 5, "aspect_ratio": "16:9"},
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", GenerationStatus.QUEUED),
        ("processing", GenerationStatus.PROCESSING),
        ("completed", GenerationStatus.SUCCEEDED),
        ("error", GenerationStatus.FAILED),
        ("canceled", GenerationStatus.CANCELLED),
        ("Cancelled", GenerationStatus.CANCELLED),
        ("dreaming", GenerationStatus.UNKNOWN),
        (None, GenerationStatus.UNKNOWN),
    ],
)
def test_statuses_are_known_by_all_their_words(word: Any, status: GenerationStatus) -> None:
    assert GenerationStatus.from_json(word) is status
    assert not (status.is_active and status.has_ended)


def test_rows_of_older_servers_are_read() -> None:
    old = {
        "generation_id": "a",
        "model": "ox-film-1",
        "multi_prompt": [{"prompt": "x"}],
        "enqueued_at": 1789000000_000,
    }
    rows = generations_from_json({"status": "success", "count": 2, "generations": [old, {"status": "queued"}, 7]})
    assert rows is not None
    assert [(row.id, row.model, row.prompt) for row in rows] == [("a", "ox-film-1", None)]
    assert rows[0].parameters == {"multi_prompt": [{"prompt": "x"}]}
    assert rows[0].enqueued_at == datetime.fromtimestamp(1789000000, UTC)


def test_a_page_of_the_history_has_costs() -> None:
    page = GenerationPage.from_json(
        {
            "generations": [{**ROW, "cost": "0.25", "username": "you"}],
            "page_number": 2,
            "page_size": 50,
            "total_pages": 3,
            "total_entries": 101,
            "total_cost": "12.5",
        }
    )
    assert (page.page, page.total_pages, page.total_entries, page.total_cost) == (2, 3, 101, 12.5)
    assert page.generations[0].cost == 0.25
    assert GenerationPage.from_json({"generations": [], "total_cost": None}).total_cost is None


@pytest.mark.parametrize(
    ("answer", "results"),
    [
        (
            {"images": [{"url": "https://h/a.png", "revised_prompt": "b"}]},
            (MediaResult("https://h/a.png", None, "b"),),
        ),
        ({"images": [{"b64_json": "T3g="}]}, (MediaResult(None, b"Ox"),)),
        ({"images": [{"b64_json": "data:image/png;base64,T3g="}]}, (MediaResult(None, b"Ox"),)),
        ({"images": [{"url": "data:image/png;base64,T3g="}]}, (MediaResult(None, b"Ox"),)),
        ({"videos": [{"url": "https://h/a.mp4"}]}, (MediaResult("https://h/a.mp4"),)),
        ({"image_url": "https://h/a.png"}, (MediaResult("https://h/a.png"),)),
        ({"video_url": "https://h/a.mp4"}, (MediaResult("https://h/a.mp4"),)),
        ({"image": {"url": "https://h/a.png"}}, (MediaResult("https://h/a.png"),)),
        ({"url": "https://h/a.png"}, (MediaResult("https://h/a.png"),)),
        ({"data": {"url": "https://h/a.png"}}, (MediaResult("https://h/a.png"),)),
        ({"data": [{"b64_json": "T3g="}]}, (MediaResult(None, b"Ox"),)),
        ({"output": ["https://h/a.png"]}, (MediaResult("https://h/a.png"),)),
        ({"images": []}, ()),
        ({"images": [{"b64_json": "!"}]}, ()),
        ({"error": "x"}, ()),
    ],
)
def test_media_are_found_in_each_of_their_places(answer: Any, results: tuple[MediaResult, ...]) -> None:
    assert media_results_from_json(answer) == results


def test_the_event_of_an_end_is_read_for_success_and_failure() -> None:
    done = {"generation_id": "a", "status": "succeeded", "media_type": "video", "model": "m", "url": "https://h/x"}
    assert GenerationCompleted.from_json(done) == GenerationCompleted(
        "a", GenerationStatus.SUCCEEDED, "video", "m", "https://h/x", None
    )
    failed = {"generation_id": "a", "status": "failed", "media_type": "video", "error": "no \x1b credits"}
    assert GenerationCompleted.from_json(failed).error == "no ␛ credits"


def test_data_urls_are_unpacked_and_broken_ones_are_none() -> None:
    assert data_of_url("data:image/png;base64,T3g=") == b"Ox"
    assert data_of_url("data:text/plain,O%78") == b"Ox"
    assert data_of_url("data:image/png;base64,T") is None
    assert data_of_url("https://h/a.png") is None


@given(
    objects(*ROW, "id", "cost"), objects("images", "videos", "image_url", "data", "output", "url", "b64_json"), JSON
)
def test_no_json_makes_the_reading_of_generations_fail(row: Any, answer: Any, value: Any) -> None:
    Generation.from_json(row)
    generations_from_json({"generations": value})
    generations_from_json(value)
    GenerationPage.from_json({"generations": value, "page_number": value, "total_cost": value})
    GenerationCompleted.from_json(row)
    media_results_from_json(answer)
    media_results_from_json({"images": value, "data": value})
