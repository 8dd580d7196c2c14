"""What goes wrong is said in words in the chat, keeps what came, offers what to do, and never holds up a key."""

from __future__ import annotations

import pytest

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import CUT, HOLD, Refusal, Silence, answer, page, words
from tests.journeys.program import ESC, OxenTui


def test_a_stream_cut_in_the_middle_is_kept_and_continued(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("The first half", HOLD, CUT), words(" and the second."))
    chat.ask("Tell me")
    chat.wait_for("The first half")
    chat.echo_keys()
    server.go_on()
    chat.wait_for("The first half", "✕ cut off", "c continue · r regenerate")
    chat.echo_keys()
    chat.read()
    chat.send("c")
    chat.wait_for("The first half and the second.")
    assert "cut off" not in chat.wait_gone("▍")
    assert server.chats[1].said[:2] == ["user: Tell me", "assistant: The first half"]


def test_a_stream_that_ends_politely_but_unfinished_is_cut_off_too(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("Only this", finish=None, done=False))
    chat.ask("Tell me")
    chat.wait_for("Only this", "✕ cut off", "c continue · r regenerate")


def test_an_error_inside_the_stream_keeps_what_came(chat: OxenTui, server: CompatibleServer) -> None:
    event = 'data: {"error": {"message": "the model fell over", "code": 500}}\n\n'
    stream = 'data: {"choices":[{"index":0,"delta":{"content":"Some words"}}]}\n\n' + event
    server.answer_with(Refusal(200, stream, content_type="text/event-stream"), words("All of it."))
    chat.ask("Tell me")
    chat.wait_for(
        "Some words", "✕ The server failed.", "c continue · r regenerate", "The server said: the model fell over"
    )
    chat.read()
    chat.send("r")
    chat.wait_for("All of it.", "‹ 2/2 ›")


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        pytest.param(
            Refusal(401, {"error": {"message": "Bad token"}}),
            ("✕ The API key was not accepted.", "/connect", "The server said: Bad token"),
            id="401",
        ),
        pytest.param(
            Refusal(402, {"error": {"title": "insufficient_credits", "detail": "You have run out of credits."}}),
            ("✕ Out of credits.", "https://www.oxen.ai/settings", "The server said: You have run out of credits."),
            id="402",
        ),
        pytest.param(
            Refusal(429, {"error": {"message": "slow down"}}, {"retry-after": "900"}),
            ("✕ Too many requests.", "wait 900 s", "The server said: slow down"),
            id="429 that asks for a long wait",
        ),
        pytest.param(
            Refusal(404, {"error": {"message": "Model not found: model-one"}}),
            ("✕ Unknown model.", "ctrl+l", "The server said: Model not found: model-one"),
            id="404 of the model",
        ),
        pytest.param(page(), ("✕ This address is not an inference API", "base URL"), id="web page with status 200"),
    ],
)
def test_a_refusal_is_said_with_what_to_do_and_asking_again_works(
    refusal: Refusal, said: tuple[str, ...], new_chat: OxenTui, shared_server: CompatibleServer
) -> None:
    shared_server.answer_with(refusal, words("Now it works."))
    new_chat.ask("Tell me")
    new_chat.wait_for("Tell me", *said, "r regenerate")
    new_chat.echo_keys()
    new_chat.read()
    new_chat.send("r")
    new_chat.wait_for_answer("Now it works.")


def test_a_429_with_a_short_wait_is_sent_again_by_itself(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(Refusal(429, {"error": {"message": "slow down"}}, {"retry-after": "1"}), words("There it is."))
    chat.ask("Tell me")
    chat.wait_for("retrying")
    chat.echo_keys()
    chat.wait_for_answer("There it is.")


def test_a_500_is_tried_again_then_said(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(Refusal(500, {"error": {"message": "boom"}}))
    chat.ask("Tell me")
    chat.wait_for("retrying")
    chat.echo_keys()
    chat.wait_for("✕ The server failed.", "r regenerate", "The server said: boom", seconds=15)
    assert len(server.chats) == 4


def test_esc_ends_the_pause_before_the_next_try(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(Refusal(429, {}, {"retry-after": "100"}))
    chat.ask("Tell me")
    chat.wait_for("retrying")
    chat.send(ESC)
    chat.wait_for("– stopped", seconds=1.0)


def test_a_server_that_says_nothing_is_waited_for_then_said(start: Start, server: CompatibleServer) -> None:
    server.answer_with(Silence(), words("Awake now."))
    program = start(module="tests.journeys.impatient", OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.ask("Are you there?")
    program.wait_for("waiting")
    program.echo_keys()
    program.wait_for("✕ No answer from", "r regenerate")
    assert server.chats[0].gone.wait(1.0)
    program.read()
    program.send("r")
    program.wait_for_answer("Awake now.")


def test_silence_in_mid_answer_cuts_it_off(start: Start, server: CompatibleServer) -> None:
    server.answer_with(answer("Half an answer", HOLD, " never comes"))
    program = start(module="tests.journeys.impatient", OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.ask("Tell me")
    program.wait_for("Half an answer", "✕ cut off", "c continue · r regenerate")
    program.echo_keys()
