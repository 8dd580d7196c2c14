"""The conversations of an invented user, put into a store through the store's own doors."""

from __future__ import annotations

from dataclasses import replace

from oxen_tui.api.usage import Usage
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store
from tests.scenes import lighthouse
from tests.scenes.moment import StillClock

TITLES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("Ferry timetable parser", "Alt text for 12 plates")),
    (1, ("Teapot packshots", "Why is the index cold?", "Letter to the archive", "Reading a tide table")),
    (
        14,
        (
            "Poster, three variants",
            "Names for a weather app",
            "Regex for ship calls",
            "Aurora, wide format",
            "Storyboard: the crossing at night",
            "A quieter loading screen",
            "Fog signals of the north coast",
            "Shell script for the slides",
            "Grain without noise",
        ),
    ),
    (
        40,
        (
            "Menu for a harbour kitchen",
            "Rename the buoys",
            "Costs of a 4K render",
            "Translate the logbook",
            "Sketches of a sextant",
            "Tests for the parser",
            "Colours of the signal flags",
            "What the barometer said",
        ),
    ),
    (
        75,
        (
            "Caption, forty words",
            "Is the bell in tune?",
            "Loops that do not show",
            "A letter, less formal",
            "Sort ships by draught",
            "Rope, knots, and splices",
            "First try",
        ),
    ),
)
"""By how many days ago they were left, newest first. With the lighthouse they are 31."""

FAILED = "Regex for ship calls"
"""The one whose last answer failed."""


async def fill_list(store: Store, clock: StillClock) -> None:
    """All conversations but the lighthouse."""
    for days_ago, titles in reversed(TITLES):
        for place, title in enumerate(reversed(titles)):
            clock.at(days_ago, 9, 5 * place)
            conversation = await store.conversations.create(lighthouse.MODEL)
            question = await store.messages.add_question(conversation.id, title, lighthouse.MODEL, None)
            ending = Ending.FAILED if title == FAILED else Ending.DONE
            trouble = "Too many requests: try again in a minute" if title == FAILED else ""
            await _answer(store, question, "It can be done.", ending=ending, trouble=trouble)


async def add_lighthouse(
    store: Store,
    clock: StillClock,
    answer: str | None = lighthouse.ANSWER,
    *,
    ending: Ending = Ending.DONE,
    trouble: str = "",
    draft: str = lighthouse.NEXT_QUESTION,
) -> None:
    """The lighthouse, which is therefore what the app opens with: asked three times, answered the last time.

    `answer` is None where the answer is still to be asked for.
    """
    clock.at(0, 14, 2)
    conversation = await store.conversations.create(lighthouse.MODEL)
    await store.conversations.rename(conversation.id, lighthouse.TITLE)
    for text in (lighthouse.FIRST_QUESTION, lighthouse.SECOND_QUESTION, lighthouse.QUESTION):
        question = await store.messages.add_question(conversation.id, text, lighthouse.MODEL, None)
    if answer is not None:
        await _answer(store, question, answer, ending=ending, trouble=trouble, reasoning=lighthouse.REASONING)
    await store.conversations.save_draft(conversation.id, draft)


async def _answer(
    store: Store, question: Message, text: str, *, ending: Ending, trouble: str, reasoning: str = ""
) -> None:
    begun = await store.answers.begin(question.conversation_id, question.id, question.model, {})
    ended = replace(begun, text=text, ending=ending, trouble=trouble, reasoning=reasoning)
    if reasoning:
        ended = replace(ended, reasoning_seconds=12.0)
    if ending is Ending.DONE:
        ended = replace(ended, usage=Usage(17_116, 1_284, 18_400, 0, 310, 0.0119), cost=0.0119, seconds=14.0)
    await store.answers.finish(ended)
