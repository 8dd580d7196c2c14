"""A form: rows are drawn, one editor is laid over the row that is typed in."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.row import Control, FormRow, Option
from tests.widgets.form.rows import ALL, EMPTY_IMAGE, IMAGE, PROMPT, RESOLUTION, SECONDS, SOUND, shown


class TestWhatIsShown:
    async def test_labels_and_fields_stand_in_two_columns_with_a_blank_line_between_fields(self) -> None:
        async with shown() as form:
            assert form.lines[0].startswith("▌ prompt             A lighthouse at dusk")
            assert "20 of 2,000" in form.lines[1]
            assert form.lines[2] == ""
            assert form.lines[3] == "  image              ▣ lighthouse.png   1536×1024 · 412 KB"
            assert "−   6   +   4 … 12" in form.lines[5]

    async def test_what_is_in_a_group_follows_it_indented_and_without_a_blank_line(self) -> None:
        async with shown() as form:
            camera = form.line_of("camera")
            assert form.lines[camera].endswith("▾ 3 fields")
            assert form.lines[camera + 1].startswith("    motion")

    async def test_a_mistake_has_a_bar_and_its_sentence_under_the_field(self) -> None:
        async with shown() as form:
            wrong = form.line_of("strength")
            assert form.lines[wrong].startswith("▌")
            assert form.lines[wrong + 1].strip("▌ ") == "✕ must be 1 or less"

    async def test_choices_with_prices_are_a_menu_and_short_ones_without_stand_beside_each_other(self) -> None:
        async with shown() as form:
            assert "720p          ~$0.60 ▾" in form.lines[form.line_of("resolution")]
            assert "static  pan  tilt" in form.lines[form.line_of("motion")]
            assert "no  yes   adds $0.24" in form.lines[form.line_of("generate_audio")]

    async def test_the_rest_is_a_line_in_the_column_of_labels(self) -> None:
        async with shown() as form:
            assert "  ▸ 4 more fields, all at their defaults" in form.lines

    async def test_a_narrow_form_has_no_blank_lines_and_nothing_beyond_its_edge(self) -> None:
        async with shown(size=(40, 16)) as form:
            assert "" not in form.lines[:10]
            assert max(map(len, form.lines)) <= 40


class TestMoving:
    async def test_keys_move_between_rows_and_say_so(self) -> None:
        async with shown() as form:
            await form.press("j", "down", "tab", "k", "shift+tab")
            keys = [message.key for message in form.told(messages.Moved)]
            assert keys == ["image", "seconds", "resolution", "seconds", "image"]

    async def test_beyond_the_ends_the_keys_are_given_away(self) -> None:
        async with shown() as form:
            await form.press("k", "G", "tab")
            assert [message.by for message in form.told(messages.Left)] == [-1, 1]

    async def test_a_form_that_is_higher_than_the_page_follows_the_cursor(self) -> None:
        async with shown(size=(76, 12)) as form:
            await form.press("G")
            assert any("4 more fields" in line for line in form.lines)
            await form.press("g")
            assert form.lines[0].startswith("▌ prompt")

    async def test_the_row_of_the_cursor_stays_where_it_is_seen_when_rows_above_it_grow(self) -> None:
        async with shown(size=(76, 10)) as form:
            await form.press("G")
            before = form.line_of("4 more fields")
            form.form.show([replace(PROMPT, problem="is too long"), *ALL[1:]])
            await form.pilot.pause()
            assert form.line_of("4 more fields") == before


class TestTyping:
    async def test_enter_opens_the_editor_in_place_and_every_letter_is_said(self) -> None:
        async with shown() as form:
            await form.press("enter", "!", "?")
            assert form.lines[0].startswith("▌ prompt             A lighthouse at dusk!?")
            assert "22 of 2,000" in form.lines[1]
            assert [message.text for message in form.told(messages.Typed)][-1] == "A lighthouse at dusk!?"

    async def test_a_text_grows_with_its_lines(self) -> None:
        async with shown() as form:
            await form.press("enter", "ctrl+j", "a", "ctrl+j", "b")
            assert [line[21:].strip() for line in form.lines[:3]] == ["A lighthouse at dusk", "a", "b"]
            assert form.line_of("image") == 5

    async def test_enter_ends_and_tab_goes_on(self) -> None:
        async with shown() as form:
            await form.press("enter", "x", "enter")
            assert not form.form.is_typing
            assert form.form.key == "prompt"
            await form.press("enter", "tab")
            assert form.form.key == "image"
            assert form.view.has_focus

    async def test_arrows_leave_a_text_at_its_ends_only(self) -> None:
        async with shown() as form:
            await form.press("enter", "ctrl+j", "b", "up")
            assert form.form.is_typing
            await form.press("down", "down")
            assert (form.form.is_typing, form.form.key) == (False, "image")

    async def test_a_digit_begins_a_number_anew(self) -> None:
        async with shown() as form:
            await form.press("j", "j", "1", "2", "enter")
            assert [message.text for message in form.told(messages.Typed)] == ["1", "12"]

    async def test_keys_that_come_in_a_burst_act_in_their_order(self) -> None:
        async with shown() as form:
            await form.burst("enter", "a", "b", "tab", "j", "9", "enter", "j")
            assert [message.text for message in form.told(messages.Typed)][-1] == "9"
            assert "A lighthouse at duskab" in [message.text for message in form.told(messages.Typed)]
            assert form.form.key == "resolution"

    async def test_rows_that_come_anew_leave_the_editor_and_its_text_alone(self) -> None:
        async with shown() as form:
            await form.press("j", "j", "4", "2")
            form.form.show([*ALL[:2], FormRow("new", "new", Control.LINE), *ALL[2:]])
            await form.pilot.pause()
            await form.press("1")
            assert (form.form.key, form.form.typed) == ("seconds", "421")
            form.form.show(ALL[:2])
            await form.pilot.pause()
            assert not form.form.is_typing

    async def test_what_is_pasted_cannot_act_and_goes_into_the_text(self) -> None:
        async with shown() as form:
            form.view.post_message(events.Paste("\x1b[2J and\r\ngulls"))
            await form.pilot.pause()
            assert form.form.typed == "A lighthouse at dusk\u241b[2J and\ngulls"


class TestChoosing:
    async def test_a_menu_opens_in_place_with_prices_and_takes_the_option_under_the_bar(self) -> None:
        async with shown() as form:
            form.form.stand_on("resolution")
            await form.press("enter")
            place = form.line_of("resolution")
            assert [line.split() for line in form.lines[place + 1 : place + 4]] == [
                ["480p", "~$0.30"],
                ["▌720p", "~$0.60"],
                ["1080p", "~$1.20"],
            ]
            await form.press("j", "enter")
            assert [(message.key, message.index) for message in form.told(messages.Chosen)] == [("resolution", 2)]
            assert not form.view.menu

    async def test_escape_closes_it_and_changes_nothing(self) -> None:
        async with shown() as form:
            form.form.stand_on("resolution")
            await form.press("enter", "j", "escape")
            assert form.told(messages.Chosen) == []
            assert form.form.key == "resolution"

    async def test_many_options_are_scrolled_and_narrowed_by_words(self) -> None:
        voices = tuple(Option(f"voice {number}") for number in range(40))
        async with shown([replace(RESOLUTION, options=voices, chosen=0)]) as form:
            await form.press("enter")
            assert form.lines[9].strip() == "8 of 40"
            await form.press("slash", "3", "9")
            assert form.lines[1].strip() == "▌voice 39"
            await form.press("enter")
            assert form.told(messages.Chosen)[-1].index == 39

    async def test_left_and_right_turn_options_and_numbers(self) -> None:
        async with shown([SECONDS, RESOLUTION, SOUND]) as form:
            await form.press("right", "minus", "j", "left", "j", "space")
            assert [message.by for message in form.told(messages.Stepped)] == [1, -1]
            assert [message.index for message in form.told(messages.Chosen)] == [0, 1]

    async def test_delete_dice_and_folds_are_said(self) -> None:
        async with shown() as form:
            form.form.stand_on("seed")
            await form.press("r")
            form.form.stand_on("image")
            await form.press("delete")
            form.form.stand_on("rest")
            await form.press("enter", "right")
            told = [type(message).__name__ for message in form.host.heard if not isinstance(message, messages.Moved)]
            assert told == ["Rolled", "Cleared", "Folded", "Folded"]

    async def test_a_click_does_what_is_under_it(self) -> None:
        async with shown() as form:
            await form.pilot.click(offset=(30, form.line_of("motion")))
            assert form.told(messages.Chosen)[-1].index == 1
            await form.pilot.click(offset=(22, form.line_of("seconds")))
            assert form.told(messages.Stepped)[-1].by == -1
            await form.pilot.click(offset=(25, 0))
            assert form.form.is_typing


class TestMedia:
    async def test_ways_to_go_on_are_offered_below_and_taken_with_tab_or_arrows(self) -> None:
        async with shown([EMPTY_IMAGE, IMAGE]) as form:
            await form.press("enter", "/")
            assert form.told(messages.MediumTyped)[-1].text == "/"
            form.form.offer([Option("/boats/"), Option("/birds/")])
            await form.pilot.pause()
            assert form.lines[1].strip() == "/boats/"
            await form.press("tab")
            assert form.form.typed == "/boats/"
            form.form.offer([Option("/boats/ox.png"), Option("/boats/sea.png")])
            await form.press("down", "down", "enter")
            assert form.form.typed == "/boats/sea.png"
            form.form.offer([])
            await form.press("enter")
            assert form.told(messages.MediaGiven)[-1].text == "/boats/sea.png"
            assert not form.form.is_typing

    async def test_escape_gives_nothing(self) -> None:
        async with shown([EMPTY_IMAGE]) as form:
            await form.press("enter", "x", "escape")
            assert form.told(messages.MediaGiven) == []

    async def test_what_is_dropped_on_the_row_is_given(self) -> None:
        async with shown([EMPTY_IMAGE]) as form:
            form.view.post_message(events.Paste("/pictures/ox.png"))
            await form.pilot.pause()
            assert form.told(messages.MediaGiven)[-1].text == "/pictures/ox.png"
            await form.press("f", "p")
            assert len(form.told(messages.FileWanted)) == len(form.told(messages.ResultWanted)) == 1


async def test_five_thousand_rows_are_laid_out_at_once_and_drawn_as_far_as_they_are_in_view() -> None:
    rows = [FormRow(str(number), f"field_{number}", Control.LINE, text=str(number)) for number in range(5000)]
    async with shown(rows) as form:
        await form.press("G")
        assert "field_4999" in "\n".join(form.lines)
        assert len(form.view.layout_now._lines) < 100
        await form.press("enter", "!")
        assert form.form.typed == "4999!"
