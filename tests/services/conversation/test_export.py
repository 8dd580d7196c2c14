"""A conversation is written down whole, and read back as it was."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.safe_text import clean, clean_line
from oxen_tui.services.conversation.export import ExportFormat, exported
from oxen_tui.services.conversation.import_file import NotReadable
from oxen_tui.services.conversation.importing import read_export
from oxen_tui.store.attachment import KINDS, Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.conversations import Conversation
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store
from oxen_tui.store.whole_conversations import NewMessage


async def written(store: Store, form: ExportFormat, picture: Path | None = None) -> str:
    settings = ConversationSettings({"temperature": 0.2}, ("clock",))
    conversation = await store.conversations.create("model-one", "Be <b>brief</b>.", settings)
    source = picture.as_uri() if picture else "https://example.com/ox.png"
    carried = [Attachment("image", "ox.png", source, "image/png"), Attachment("text", "notes", text="``` <i>")]
    question = await store.messages.add_question(
        conversation.id, "What <script>is</script> it?", "model-one", None, attachments=carried
    )
    answer = await store.answers.begin(conversation.id, question.id, "model-one", {"temperature": 0.2})
    answer = await store.answers.finish(
        replace(
            answer,
            text="",
            reasoning="Hm </details>",
            tool_calls=(ToolCall("c1", "clock", "{}"),),
            ending=Ending.TOOL_CALLS,
        )
    )
    found = await store.messages.add_tool_result(answer, "c1", "clock", "14:02")
    last = await store.answers.begin(conversation.id, found.id, "model-one", {})
    await store.answers.finish(
        replace(
            last, text="An *ox*.", ending=Ending.CUT_OFF, trouble="Gone.", usage=Usage(3, 1284, 1287), cost=0.0119
        )
    )
    beside = await store.answers.begin(conversation.id, question.id, "model-two", {})
    await store.answers.finish(replace(beside, text="A cow.", ending=Ending.DONE))
    await store.messages.show(last.id)
    conversation = await store.conversations.get(conversation.id)
    path = await store.messages.path(conversation.id)
    return exported(form, conversation, path, await store.whole.tree(conversation.id))


async def test_markdown_shows_what_the_screen_shows(store: Store) -> None:
    page = await written(store, ExportFormat.MARKDOWN)
    for part in (
        "# What <script>is</script> it?",
        "> Be <b>brief</b>.",
        "![ox.png](<https://example.com/ox.png>)",
        "````\n``` <i>\n````",
        "Calls `clock`:\n\n```json\n{}\n```",
        "## Result of clock",
        "An *ox*.",
        "*1,284 tokens · ~$0.012 · cut off*",
    ):
        assert part in page
    assert "A cow." not in page


async def test_a_page_holds_its_pictures_and_nothing_that_acts(store: Store, tmp_path: Path) -> None:
    picture = tmp_path / "ox.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = await written(store, ExportFormat.HTML, picture)
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in page
    assert "<script" not in page
    assert "What &lt;script&gt;is&lt;/script&gt; it?" in page
    assert "default-src 'none'" in page
    picture.unlink()
    assert "<p>[ox.png]</p>" in await written(store, ExportFormat.HTML, picture)


async def test_a_page_plays_what_it_holds_and_links_what_is_elsewhere(store: Store, tmp_path: Path) -> None:
    clip = tmp_path / 'a "clip" & {more}.mp4'
    content = b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00"
    clip.write_bytes(content)
    secret = tmp_path / "secret"
    secret.write_bytes(b"password")
    conversation = await store.conversations.create("m")
    carried = [
        Attachment("video", clip.name, clip.as_uri(), "video/mp4"),
        Attachment("audio", "gone.wav", (tmp_path / "gone.wav").as_uri(), "audio/wav"),
        Attachment("image", "ox", 'https://example.com/ox.png?a="b"&c', "image/png"),
        Attachment("image", "act", "javascript:alert(1)", "image/png"),
        Attachment("image", "liar", clip.as_uri(), "text/html"),
        Attachment("image", "secret", secret.as_uri(), "image/png"),
    ]
    await store.messages.add_question(conversation.id, "Look", "m", None, attachments=carried)
    path = await store.messages.path(conversation.id)
    page = exported(ExportFormat.HTML, conversation, path, path)
    name = "a &quot;clip&quot; &amp; {more}.mp4"
    data = b64encode(content).decode()
    assert f'<video controls src="data:video/mp4;base64,{data}"></video><figcaption>{name}</figcaption>' in page
    assert "<p>[gone.wav]</p>" in page
    assert '<a href="https://example.com/ox.png?a=&quot;b&quot;&amp;c" rel="noreferrer">ox</a>' in page
    assert "<p>[act]</p>" in page
    assert "<p>[liar]</p>" in page
    assert "<p>[secret]</p>" in page
    assert "javascript:" not in page


plain = st.text(st.characters(codec="utf-8"), max_size=12).map(clean)
lines = st.text(st.characters(codec="utf-8"), max_size=12).map(clean_line)
seconds = st.none() | st.floats(0, 1e6)
counts = st.none() | st.integers(0, 10**9)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
attachments = st.builds(
    Attachment,
    st.sampled_from([kind for kind in KINDS if kind != "job"]),
    lines,
    lines,
    lines,
    counts,
    counts,
    counts,
    seconds,
    plain,
)
parameters = st.dictionaries(st.sampled_from(["temperature", "seed"]), st.integers(0, 9), max_size=2)
messages = st.builds(
    Message,
    id=st.just(0),
    conversation_id=st.just(1),
    parent_id=st.none(),
    role=st.sampled_from(["user", "assistant", "tool"]),
    text=plain,
    reasoning=plain,
    reasoning_seconds=seconds,
    tool_calls=st.lists(st.builds(ToolCall, lines, lines, plain), max_size=2).map(tuple),
    model=lines,
    ending=st.sampled_from([ending for ending in Ending if ending is not Ending.STREAMING]),
    trouble=plain,
    created_at=moments,
    seconds=seconds,
    first_token_seconds=seconds,
    usage=st.none() | st.builds(Usage, st.integers(1, 99), counts, counts, counts, counts, seconds),
    cost=seconds,
    sibling=st.just(1),
    siblings=st.just(1),
    parameters=parameters,
    attachments=st.lists(attachments, max_size=2).map(tuple),
    tool_call_id=st.none() | lines.filter(bool),
)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(messages, st.integers(0, 99)), min_size=1, max_size=6),
    st.tuples(lines, lines, plain, parameters, moments),
)
def test_whatever_a_conversation_holds_is_read_back_as_it_was(
    made: list[tuple[Message, int]], about: tuple[str, str, str, dict[str, int], datetime]
) -> None:
    title, model, prompt, chosen, moment = about
    tree = [
        replace(message, id=number, parent_id=1 + parent % (number - 1) if number > 1 and parent % 3 else None)
        for number, (message, parent) in enumerate(made, 1)
    ]
    conversation = Conversation(
        1, title, model, len(tree), moment, moment, "", False, prompt, ConversationSettings(chosen)
    )
    (read,) = read_export(exported(ExportFormat.JSON, conversation, tree, tree)).conversations
    assert (read.title, read.model, read.system_prompt, read.settings, read.created_at) == (
        title,
        model,
        prompt,
        ConversationSettings(chosen),
        moment,
    )
    assert read.leaf == str(len(tree))
    for again, message in zip(read.messages, tree, strict=True):
        parent = None if message.parent_id is None else str(message.parent_id)
        assert (again.key, again.parent) == (str(message.id), parent)
        for name in NewMessage.__slots__:
            if name not in ("key", "parent"):
                assert getattr(again, name) == getattr(message, name), name


async def test_our_json_is_read_back_as_it_was(store: Store) -> None:
    page = await written(store, ExportFormat.JSON)
    imported = read_export(page)
    assert not imported.left_out
    (conversation,) = imported.conversations
    added = await store.whole.add(conversation)
    again = await store.conversations.get(added)
    # Tools are not switched on by a file.
    assert again.settings == ConversationSettings({"temperature": 0.2})
    path = await store.messages.path(added)
    assert [(each.role, each.text, each.ending) for each in path] == [
        ("user", "What <script>is</script> it?", Ending.DONE),
        ("assistant", "", Ending.TOOL_CALLS),
        ("tool", "14:02", Ending.DONE),
        ("assistant", "An *ox*.", Ending.CUT_OFF),
    ]
    assert (path[1].reasoning, path[1].tool_calls) == ("Hm </details>", (ToolCall("c1", "clock", "{}"),))
    assert (path[3].usage, path[3].cost, path[3].trouble) == (Usage(3, 1284, 1287), 0.0119, "Gone.")
    assert [each.name for each in path[0].attachments] == ["ox.png", "notes"]
    assert "A cow." in [each.text for each in await store.whole.tree(added)]


@pytest.mark.parametrize("content", ["", "{", "[1]", "{}", "[]", '{"format": "other"}', "[" * 100_000])
def test_what_is_no_export_is_said(content: str) -> None:
    with pytest.raises(NotReadable):
        read_export(content)


async def test_of_a_damaged_conversation_nothing_is_taken_and_of_the_others_all(store: Store) -> None:
    whole = json.loads(await written(store, ExportFormat.JSON))
    orphan = {**whole, "title": "Orphan", "messages": [{"id": 2, "parent": 1, "role": "user", "text": "a"}]}
    twice = {**whole, "title": "Twice", "messages": [{"id": 1, "role": "user", "text": "a"}] * 2}
    strange = {**whole, "title": "Strange", "messages": [{"id": 1, "role": "root", "text": "a"}]}
    imported = read_export(json.dumps([orphan, whole, twice, strange]))
    assert len(imported.conversations) == 1
    assert [sentence.split(":")[0] for sentence in imported.left_out] == ["Orphan", "Twice", "Strange"]


def chatgpt(**nodes: dict[str, object]) -> str:
    return json.dumps(
        [{"title": "From there", "create_time": 1700000000.5, "current_node": "d", "mapping": nodes}, {"mapping": {}}]
    )


def said(role: str, *parts: object, parent: str | None = None, model: str = "") -> dict[str, object]:
    message = {
        "author": {"role": role},
        "content": {"content_type": "text", "parts": list(parts)},
        "create_time": 1700000001,
        "metadata": {"model_slug": model},
    }
    return {"message": message, "parent": parent}


async def test_the_export_of_chatgpt_is_read_with_its_branches(store: Store) -> None:
    content = chatgpt(
        d=said("assistant", "Second\x1b[2J", parent="q", model="gpt-x"),
        root={"message": None, "parent": None},
        sys=said("system", "", parent="root"),
        q=said("user", {"asset_pointer": "x"}, "What?", parent="sys"),
        c=said("assistant", "First", parent="q", model="gpt-x"),
    )
    imported = read_export(content)
    assert list(imported.left_out) == ["conversation 2: no questions or answers in it"]
    added = await store.whole.add(imported.conversations[0])
    path = await store.messages.path(added)
    assert [each.role for each in path] == ["user", "assistant"]
    assert path[1].text.startswith("Second")
    assert "\x1b" not in path[1].text
    assert (path[1].model, path[1].siblings) == ("gpt-x", 2)
    conversation = await store.conversations.get(added)
    assert (conversation.title, conversation.model, conversation.created_at.year) == ("From there", "gpt-x", 2023)


async def test_rings_in_a_file_end(store: Store) -> None:
    content = chatgpt(a=said("user", "one", parent="b"), b=said("assistant", "two", parent="a"))
    (conversation,) = read_export(content).conversations
    assert len(conversation.messages) == 2
    await store.whole.add(conversation)
