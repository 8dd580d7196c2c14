"""From the form to a file on the disk, with models of every kind, against the demo service."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image

from oxen_tui.media.facts import read_facts
from tests.journeys.program import DOWN, ENTER, PROJECT, TAB, OxenTui, alt, ctrl
from tests.media.media_files import recording

F4 = "\x1bOS"
PATIENCE = 30.0
"""Seconds until a result is a file: the program asks for clips every ten seconds if no event comes through."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxenTui]:
    """The program at a demo service in which nothing takes time; goes on from test to test."""
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", "--pace", "0", "--die-with-stdin"]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        variables = {"OXEN_BASE_URL": said["base_url"], "OXEN_API_KEY": said["token"]}
        with OxenTui(home, columns=120, rows=40, **variables) as running:
            running.wait_until_ready()
            running.send(alt("3"))
            running.wait_for("how many", "ctrl+l change model")
            yield running
        process.terminate()


@pytest.fixture(scope="module")
def media() -> Iterator[Path]:
    """A folder with two pictures and a clip. Its path is short: a long one is broken where it is typed."""
    with TemporaryDirectory(prefix="m") as name:
        folder = Path(name)
        Image.new("RGB", (320, 200), "teal").save(folder / "sea.png")
        Image.new("RGB", (200, 320), "maroon").save(folder / "boat.jpg")
        (folder / "waves.mp4").write_bytes(recording("mp4", "mpeg4", seconds=2))
        yield folder


def begin(program: OxenTui, model: str) -> None:
    """The empty form of a model. An empty prompt takes what is typed."""
    program.send(alt("3") + ctrl("l"))
    program.wait_for("Model to create with", "juniper-4")
    program.send(model)
    program.wait_gone("juniper-4")
    program.send(ENTER)
    program.wait_for(f"{model} ", "ctrl+l change model", f'"model": "{model}"')
    program.send(ctrl("n"))
    program.wait_until(lambda shown: shown.count('": ') == 1, what="a body with nothing but the model")


def go_to(program: OxenTui, place: int, label: str) -> None:
    """Put the cursor on a field, which is so many rows below the first."""
    program.send("g" + "j" * place)
    program.wait_for_bar(label)


def give(program: OxenTui, path: Path) -> None:
    """Type the path of a medium into the field that the cursor stands on."""
    program.send(ENTER + str(path))
    program.wait_for(path.name)
    program.send(ENTER)
    program.wait_for(f" {path.name} ")


def files(program: OxenTui, model: str) -> set[Path]:
    """Results of a model that are on the disk."""
    found = (program.kept / "data" / "results").rglob(f"*{model}*")
    return {path for path in found if path.suffix in (".png", ".webp", ".jpg", ".mp4")}


def run(program: OxenTui, model: str, number: int = 1) -> list[Path]:
    """Run the form, and wait until its results are files."""
    before = files(program, model)
    program.send(ctrl("r"))
    program.wait_until(
        lambda _: len(files(program, model) - before) == number, PATIENCE, what=f"{number} files of {model}"
    )
    return sorted(files(program, model) - before)


def test_text_becomes_pictures(program: OxenTui) -> None:
    begin(program, "moss-image-xl")
    program.send("A teapot on linen" + ENTER)
    go_to(program, 3, "how many")
    program.send("2" + ENTER)
    program.wait_for("2 images × $0.04", "~$0.08")

    first, second = run(program, "moss-image-xl", 2)
    assert read_facts(first).kind == read_facts(second).kind == "image"
    program.wait_for("A teapot on linen")  # the form stays


def test_a_local_picture_is_edited(program: OxenTui, media: Path) -> None:
    begin(program, "cinder-edit")
    program.send(ENTER)
    go_to(program, 1, "input_image")
    give(program, media / "sea.png")
    program.wait_for("320×200")
    program.send("g" + ENTER + "Make it stormy" + ENTER)
    program.wait_for('"input_image": "▣ sea.png"')

    (result,) = run(program, "cinder-edit")
    assert read_facts(result).kind == "image"


def test_text_becomes_a_clip_after_what_is_wrong_was_put_right(program: OxenTui) -> None:
    begin(program, "tern-2-pro")
    program.send("Waves at dusk" + ENTER)
    go_to(program, 2, "seconds")
    program.send("99" + ENTER)
    program.wait_for("must be 12 or less", "1 field to fix")
    program.send("G" + ctrl("r"))
    program.wait_for_bar("seconds")
    program.send("4" + ENTER + "j" + ENTER)
    program.wait_for("1080p", "~$0.80")
    program.send(DOWN + ENTER)
    program.wait_for('"resolution": "1080p"')

    (result,) = run(program, "tern-2-pro")
    assert read_facts(result).kind == "video"


def test_a_clip_is_made_of_several_media(program: OxenTui, media: Path) -> None:
    begin(program, "reef-stage")
    program.send("@Image1 sails past @Image2 as in @Video1" + ENTER + "G" + ENTER)
    program.wait_for("input_audios")
    go_to(program, 3, "input_images")
    give(program, media / "sea.png")
    give(program, media / "boat.jpg")
    program.wait_for("2 of 9")
    go_to(program, 6, "input_videos")
    give(program, media / "waves.mp4")
    program.wait_for("64×48 · 2.0 s")

    (result,) = run(program, "reef-stage")
    assert read_facts(result).kind == "video"


def test_a_picture_is_made_larger_without_a_prompt(program: OxenTui, media: Path) -> None:
    begin(program, "quartz-upscale")
    program.wait_for("price unknown")
    give(program, media / "sea.png")

    (result,) = run(program, "quartz-upscale")
    assert (read_facts(result).width or 0) > 320


def test_a_clip_of_several_shots(program: OxenTui) -> None:
    begin(program, "shoal-multishot")
    program.send(ENTER)
    go_to(program, 1, "multi_prompt")
    program.send("aWaves" + ENTER)
    program.wait_for('"prompt": "Waves"')
    program.send("aGulls" + TAB + "3" + ENTER)
    program.wait_for('"prompt": "Gulls"', '"duration": 3', "8 s × $0.21 / s")

    (result,) = run(program, "shoal-multishot")
    assert read_facts(result).kind == "video"


def test_a_request_is_edited_as_json(program: OxenTui) -> None:
    begin(program, "moss-image-xl")
    program.send(F4)
    program.wait_for_bar('"model"')
    program.send(ctrl("a") + DOWN * 5)
    program.send("x")
    program.wait_for("Line")
    program.send("\x7f" + F4)
    program.wait_for("how many")


def test_what_was_filled_in_is_there_after_a_restart(home: Path) -> None:
    with OxenTui(home, "--demo", columns=60, rows=20) as program:
        program.wait_until_ready()
        program.send(alt("3"))
        program.wait_for("how many")
        program.send("A quiet harbour")
        program.wait_for("A quiet harbour", "Run")
        assert program.quit() == 0
    with OxenTui(home, "--demo", columns=60, rows=20) as program:
        program.wait_until_ready()
        program.send(alt("3"))
        program.wait_for("A quiet harbour")
