"""What takes the room of a context, by estimate."""

from __future__ import annotations

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.services.context.use import Part, context_use
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.message import Message
from tests.services.messages_made import message


def conversation() -> list[Message]:
    picture = Attachment("image", "ox.png", "file:///ox.png")
    return [
        message(1, "user", "a" * 396),
        message(2, "assistant", "b" * 796, tool_calls=(ToolCall("c", "look", "{}" * 98),)),
        message(3, "tool", "c" * 1196, tool_call_id="c"),
        message(4, "assistant", "d" * 396),
        message(5, "user", "What  is\nthis?", attachments=(picture,)),
        message(6, "assistant", "An ox.", usage=Usage(total_tokens=1_900)),
    ]


def test_it_is_parted_by_what_it_is_and_weighed() -> None:
    use = context_use(conversation(), system_prompt="Be brief.", tools=[{"type": "function"}], limit=4_000)
    assert use.parts[0] == Part("attachments", 1_000, 1)
    assert {part.name: part.tokens for part in use.parts} == {
        "attachments": 1_000,
        "calls of tools and their results": 556,
        "questions and answers": 220,
        "system prompt": 7,
        "tools": 6,
    }
    assert (use.limit, use.used, use.is_estimate, use.left_out) == (4_000, 1_900, False, 0)
    assert use.biggest[0] == (5, "you: What is this?", 1_008)


def test_exchanges_are_whole_with_what_tools_found() -> None:
    first, second = context_use(conversation()).exchanges
    assert (first.question_id, first.before, first.last, first.words[:3]) == (1, None, 4, "aaa")
    assert (second.question_id, second.before, second.last, second.words) == (5, 4, 6, "What is this?")


def test_what_is_left_out_takes_no_room_and_makes_the_servers_count_old() -> None:
    use = context_use(conversation(), left_out=4)
    assert [exchange.is_sent for exchange in use.exchanges] == [False, True]
    assert use.left_out == use.exchanges[0].tokens == 762
    assert (use.used, use.is_estimate) == (1_014, True)


def test_nothing_takes_nothing() -> None:
    use = context_use([])
    assert (use.parts, use.exchanges, use.biggest, use.used, use.is_estimate) == ((), (), (), 0, True)
