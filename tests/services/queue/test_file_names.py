from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.services.queue.file_names import UnknownField, numbered, plain, result_name, wanted_path
from tests.services.jobs_made import ENDED, job_made

LOCAL = ENDED.astimezone()


def wanted(template: str, extension: str = "png", **fields: object) -> str:
    return str(wanted_path(template, job_made(**fields), ENDED, extension))


def test_a_result_is_named_by_time_model_and_id() -> None:
    name = result_name(job_made(), ENDED, "png")

    assert name == f"{LOCAL:%Y-%m-%d}/{LOCAL:%H%M}-moss-image-xl-7f3a.png"


def test_a_result_without_the_servers_id_has_ours() -> None:
    assert result_name(job_made(generation_id=None), ENDED, "webp").endswith("-moss-image-xl-12.webp")


def test_every_field_of_a_template_is_filled() -> None:
    filled = wanted("out/{kind}/{date}/{time}-{model}-{prompt}-{seed}-{id}")

    assert filled == f"out/image/{LOCAL:%Y-%m-%d/%H%M%S}-moss-image-xl-an-ox-in-the-rain-7-7f3a.png"


def test_a_folder_is_filled_with_a_name_of_ours(tmp_path: Path) -> None:
    assert wanted(f"{tmp_path}").startswith(f"{tmp_path}/{LOCAL:%Y-%m-%d-%H%M%S}-moss-image-xl")
    assert wanted("not/there/yet/").startswith("not/there/yet/20")


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("moss", "moss.png"),
        ("moss.png", "moss.png"),
        ("moss.PNG", "moss.PNG"),
        ("moss.jpg", "moss.png"),
        ("moss.v1.5", "moss.v1.5.png"),
        (".png", ".png"),
        ("a{b", "a{b.png"),
    ],
)
def test_the_ending_is_the_one_of_the_files_own_type(template: str, named: str) -> None:
    assert wanted(template) == named


def test_a_jpeg_may_be_called_jpeg() -> None:
    assert wanted("moss.jpeg", "jpg") == "moss.jpeg"


def test_home_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert wanted("~/pictures/moss") == f"{tmp_path}/pictures/moss.png"


def test_a_field_that_is_not_known_is_said_with_those_that_are() -> None:
    with pytest.raises(UnknownField) as caught:
        wanted("{colour}-{id}")

    assert "{colour}" in caught.value.sentence
    assert "{seed}" in caught.value.sentence


@pytest.mark.parametrize(
    ("prompt", "part"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("  A fox\n\x1b[2J, running! ", "a-fox-2j-running"),
        ("雨の中の牛", "雨の中の牛"),
        ("नमस्ते", "नमस्ते"),
        ("", "no-prompt"),
        ("...", "no-prompt"),
        ("x" * 300, "x" * 48),
        ("word " * 100, "word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_prompt_becomes_a_part_of_a_name(prompt: str, part: str) -> None:
    assert wanted("{prompt}", prompt=prompt) == f"{part}.png"


def test_the_second_file_of_a_name_has_a_number() -> None:
    assert numbered(Path("a/moss.tar.png"), 1) == Path("a/moss.tar.png")
    assert numbered(Path("a/moss.tar.png"), 2) == Path("a/moss.tar-2.png")


@settings(max_examples=100)
@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_from_outside_leads_to_another_folder(model: str, prompt: str) -> None:
    job = job_made(model=model, prompt=prompt, generation_id=model, body={"seed": prompt})
    path = wanted_path("out/{model}/{prompt}{seed}{id}", job, ENDED, "png")
    name = Path(result_name(job, ENDED, "png"))

    assert len(path.parts) == 3
    assert ".." not in path.parts
    assert len(path.name.encode()) < 250
    assert len(name.parts) == 2
    assert not name.name.startswith((".", "-"))
    assert plain(model).isascii()
