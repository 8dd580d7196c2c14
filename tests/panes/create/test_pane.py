"""Filling in, pricing and sending a request."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from oxen_tui.api.errors import OutOfCredits, ServerFailed
from oxen_tui.panes.create.places import COUNT_KEY, REST_KEY, Part
from oxen_tui.screens.dialogs.confirm import Confirm
from oxen_tui.screens.dialogs.pick_file import PickFile
from oxen_tui.screens.dialogs.pick_maker import PickMaker
from oxen_tui.store.job import JobState
from oxen_tui.widgets.form.json_editor import JsonEditor
from oxen_tui.widgets.form.request_side import RequestSide
from oxen_tui.widgets.form.run_button import RunButton
from tests.panes.create_stage import Filled, filled
from tests.services.fake_queue import Hang, Lose, Refuse


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "pictures" / "ox.png"
    path.parent.mkdir()
    Image.new("RGB", (64, 48), "teal").save(path)
    return path


async def sent(form: Filled, number: int = 1) -> None:
    """Wait until so many requests were sent, and their fate is known."""
    await form.until(lambda: len(form.client.sent) == number and not form.pane.is_sending, "the request")


class TestFillingIn:
    async def test_an_empty_prompt_takes_what_is_typed_at_once_and_the_price_stands_at_the_button(
        self, tmp_path: Path
    ) -> None:
        async with filled(tmp_path) as form:
            await form.shows("prompt is required", "~$0.60")
            await form.type("An ox 2")
            await form.shows("An ox 2", '"prompt": "An ox 2"')
            assert form.pane.query_one(RunButton).plain == "Run  ~$0.60"

    async def test_a_choice_changes_the_price(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.stand_on("resolution")
            await form.press("enter", "j", "enter")
            await form.shows("1080p", "Estimate                         ~$1.20", '"resolution": "1080p"')

    async def test_a_mistake_is_said_at_its_field_and_run_goes_there(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            form.stand_on("seconds")
            await form.press("9", "9", "enter")
            await form.shows("✕ must be 12 or less", "1 field to fix")
            form.stand_on("prompt")
            await form.press("ctrl+r")
            assert form.pane.form.key == form.row("seconds").key
            assert form.client.sent == []

    async def test_what_is_missing_is_only_said_in_red_when_running_is_tried(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.press("tab")
            await form.shows("prompt is required")
            assert "✕" not in form.text
            await form.press("ctrl+r")
            await form.shows("✕ is required", "✕ 1 field to fix")

    async def test_delete_goes_back_to_the_default_and_dice_draw_a_seed(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.stand_on("seconds")
            await form.press("right", "right")
            assert form.row("seconds").text == "8"
            await form.press("delete")
            assert (form.row("seconds").text, form.row("seconds").is_set) == ("", False)
            form.pane.form.stand_on(REST_KEY)
            await form.press("enter")
            form.stand_on("seed")
            await form.press("r")
            assert form.row("seed").text.isdecimal()

    async def test_how_many_is_stepped_and_paid_for(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.pane.form.finish()
            form.pane.form.stand_on(COUNT_KEY)
            await form.press("right", "right", "right", "right")
            await form.shows("Estimate                         ~$2.40", '"num_generations": 4')

    async def test_entries_of_a_list_are_added_moved_and_taken_out(self, tmp_path: Path) -> None:
        async with filled(tmp_path, "shoal-multishot") as form:
            form.stand_on("multi_prompt")
            await form.press("a")
            await form.type("Waves")
            await form.press("escape", "a")
            await form.type("Gulls")
            await form.press("escape", "K")
            assert form.pane.request is not None
            shots = form.pane.request.body["multi_prompt"]
            assert [shot["prompt"] for shot in shots] == ["Gulls", "Waves"]
            form.stand_on("multi_prompt", 1)
            await form.press("delete")
            assert len(form.pane.request.body["multi_prompt"]) == 1

    async def test_text_that_is_no_number_stays_as_it_was_typed(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.stand_on("seconds")
            await form.press("1", "x", "enter")
            await form.shows("✕ must be a whole number")
            assert form.row("seconds").text == "1x"


class TestMedia:
    async def test_a_typed_path_is_completed_looked_at_and_shown_with_its_facts(
        self, tmp_path: Path, picture: Path
    ) -> None:
        async with filled(tmp_path) as form:
            form.stand_on("image")
            await form.press("enter")
            await form.write(f"{picture.parent}/o")
            await form.until(lambda: form.pane.form.offers == [str(picture)], "the file to be offered")
            await form.press("tab", "enter")
            await form.shows("▣ ox.png   64×48")
            await form.press("delete")
            assert form.row("image").chip is None

    async def test_a_file_that_is_none_is_a_mistake_at_the_field(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            form.stand_on("image")
            await form.press("enter")
            await form.write("/nowhere/ox.png")
            await form.press("enter")
            await form.shows("✕ There is no folder /nowhere", "1 field to fix")
            await form.press("ctrl+r")
            assert form.client.sent == []

    async def test_a_local_picture_goes_over_the_wire_as_data_and_stays_a_file_here(
        self, tmp_path: Path, picture: Path
    ) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            form.pane.take_medium(form.row("image").key, str(picture))
            await form.shows("64×48")
            await form.press("ctrl+r")
            await sent(form)
            assert form.client.sent[0]["image"].startswith("data:image/png;base64,")
            (job,) = form.pane.session.generations.jobs
            assert job.body["image"] == picture.as_uri()

    async def test_several_media_are_given_at_once_up_to_the_most(self, tmp_path: Path, picture: Path) -> None:
        async with filled(tmp_path, "shoal-multishot") as form:
            slot = form.row("input_image", part=Part.SLOT).key
            form.pane.take_medium(slot, *[str(picture)] * 5)
            assert form.pane.request is not None
            assert len(form.pane.request.body["input_image"]) == 4

    async def test_a_file_is_chosen_in_its_folder(self, tmp_path: Path, picture: Path) -> None:
        (picture.parent / "notes.txt").write_text("no picture")
        PickFile.last_folder = picture.parent
        async with filled(tmp_path) as form:
            form.stand_on("image")
            await form.press("f")
            await form.until(lambda: isinstance(form.stage.app.screen, PickFile), "the dialog")
            await form.shows("ox.png")
            assert "notes.txt" not in form.text
            await form.press("enter")
            await form.shows("▣ ox.png   64×48")
        PickFile.last_folder = None


class TestRunning:
    async def test_a_request_is_sent_once_however_often_run_is_pressed(self, tmp_path: Path) -> None:
        answer = asyncio.Event()
        async with filled(tmp_path) as form:
            form.client.server.answers.append(Hang(answer))
            await form.type("An ox")
            await form.press("ctrl+r", "ctrl+r", "ctrl+r")
            await form.shows("◐ sending")
            answer.set()
            await sent(form)
            assert form.client.sent == [{"model": "tern-2-pro", "prompt": "An ox"}]
            await form.shows("tern-2-pro sent · 4 opens the queue", "An ox")

    async def test_a_refusal_is_said_at_the_button_and_the_form_stays(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.client.server.answers.append(Refuse(OutOfCredits("You have run out of credits.", status=402)))
            await form.type("An ox")
            await form.press("ctrl+r")
            await sent(form)
            await form.shows("credits", "Not billed", "An ox")
            await form.press("ctrl+r")
            await sent(form, 2)

    async def test_what_may_have_been_taken_is_not_sent_again_and_said_to_be_looked_for(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.client.server.answers.append(Lose(ServerFailed(status=500)))
            await form.type("An ox")
            await form.press("ctrl+r")
            await sent(form)
            await form.shows("It may have been accepted all the same", "4 opens the queue")
            assert form.client.server.asked_for("enqueue") == 1

            (job,) = form.pane.session.generations.jobs
            found = replace(job, state=JobState.WAITING, generation_id="g1", trouble="")
            form.pane.session.generations._book.show([job.id], lambda _: found)
            await form.until(lambda: "accepted" not in form.text, "the notice to go when it was found")
            await form.shows("tern-2-pro sent")

    async def test_a_budget_asks_before_it_is_passed(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.pane.session.spending.budget_day = 0.5
            await form.type("An ox")
            await form.press("ctrl+r")
            await form.until(lambda: isinstance(form.stage.app.screen, Confirm), "the question")
            await form.shows("Go over the budget of $0.50 for today?", "this is ~$0.60", "6 s at 720p, no sound")
            await form.press("escape")
            assert form.client.sent == []
            await form.press("ctrl+r")
            await form.until(lambda: isinstance(form.stage.app.screen, Confirm), "the question again")
            await form.press("enter")
            await sent(form)

    async def test_a_picture_can_be_waited_for_and_a_clip_cannot(self, tmp_path: Path) -> None:
        async with filled(tmp_path, "moss-image-xl") as form:
            await form.type("An ox")
            await form.press("ctrl+t")
            await form.until(lambda: "generate" in form.client.server.asked, "the call")
            await form.until(lambda: not form.pane.is_sending, "its end")
            assert [job.sync for job in form.pane.session.generations.jobs] == [True]
            await form.take("tern-2-pro")
            await form.press("ctrl+t")
            assert "enqueue" not in form.client.server.asked

    async def test_what_is_typed_right_before_run_is_sent(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.pilot.press("O", "x", "ctrl+r")
            await sent(form)
            assert form.client.sent[0]["prompt"] == "Ox"


class TestModels:
    async def test_each_model_keeps_its_draft_and_a_new_one_takes_what_fits(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            await form.take("moss-image-xl")
            await form.shows("moss-image-xl ▣ image", "An ox")
            form.stand_on("prompt")
            await form.press("delete", "enter")
            await form.type("A teapot")
            await form.take("tern-2-pro")
            await form.shows("tern-2-pro ▷ video", "An ox")
            await form.take("moss-image-xl")
            await form.shows("A teapot")

    async def test_what_was_filled_in_survives_a_restart(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            await form.main.put_away()
        async with filled(tmp_path) as form:
            await form.shows("An ox")

    async def test_another_model_is_chosen_from_those_that_make_something(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.press("ctrl+l")
            await form.until(lambda: isinstance(form.stage.app.screen, PickMaker), "the dialog")
            await form.shows("juniper-4")
            assert "heron-3-pro" not in form.text
            await form.type("juniper")
            await form.press("enter")
            await form.shows("juniper-4 ▣ image")

    async def test_a_request_is_taken_whole_and_undone(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            form.pane.take_request("tern-2-pro", {"prompt": "A whale", "seconds": 9}, [7])
            await form.shows("A whale", '"seconds": 9')
            assert form.pane.parents == (7,)
            form.stand_on("seconds")
            await form.press("u")
            await form.shows("An ox")

    async def test_a_model_that_answers_in_text_leads_to_the_chat(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            form.pane.take_model("heron-3-pro")
            await form.shows("heron-3-pro answers in text")
            await form.press("enter")
            assert form.main.pane == "chat"


class TestJson:
    async def test_the_request_is_edited_as_json_both_ways(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            await form.press("f4")
            editor = form.pane.query_one(JsonEditor)
            assert json.loads(editor.text) == {"model": "tern-2-pro", "prompt": "An ox"}
            editor.put('{"prompt": "A whale", "seconds": 4}')
            await form.shows("~$0.40")
            await form.press("f4")
            await form.shows("A whale")
            assert form.row("seconds").text == "4"

    async def test_what_is_no_json_is_said_with_its_line_and_changes_nothing(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            await form.press("f4")
            editor = form.pane.query_one(JsonEditor)
            editor.put('{"prompt": "A whale"\n"seconds": 4}')
            await form.shows("Line 2: a comma is missing")
            await form.press("ctrl+r", "escape")
            assert form.client.sent == []
            await form.shows("An ox")
            await form.press("f4")
            assert editor.text == '{"prompt": "A whale"\n"seconds": 4}'


class TestSide:
    async def test_beside_the_form_are_price_and_request_and_y_copies_it(self, tmp_path: Path) -> None:
        async with filled(tmp_path) as form:
            await form.type("An ox")
            await form.press("escape", "c")
            await form.shows("6 s × $0.10 / s at 720p", "no sound", "curl -sS")
            await form.press("y")
            await form.shows("Copied the request as curl")
            copied = form.pane.query_one(RequestSide).copy_text
            assert '"prompt": "An ox"' in copied
            assert "$OXEN_API_KEY" in copied

    async def test_on_a_small_terminal_it_is_behind_its_key(self, tmp_path: Path) -> None:
        async with filled(tmp_path, size=(60, 20)) as form:
            side = form.pane.query_one(RequestSide)
            assert not side.display
            await form.press("escape", "i")
            await form.shows("Estimate", '"model": "tern-2-pro"')
            assert not form.pane.form.display or form.pane.form.size.width == 0
            await form.press("escape")
            await form.shows("prompt")
            assert not side.display

    @pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 45)])
    async def test_nothing_is_wider_than_the_terminal(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with filled(tmp_path, size=size) as form:
            await form.shows("Run", "~$0.60")
            assert max(map(len, form.text.split("\n"))) <= size[0]
