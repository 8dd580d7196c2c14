"""Writes the answers of the demo: a small engine that chooses by the words of the question. The same question in the
same conversation gets the same answer. Made up, and says so; useful as far as a page of Markdown can be."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from .answers_about_itself import about_models, hello, help_page, markdown_tour
from .chat_request import Chat
from .code_samples import languages_in, long_program, sample
from .json_answers import json_text
from .json_values import Json
from .phrases import (
    MADE_UP,
    bullet_list,
    compared_in,
    comparison,
    count_in,
    data_table,
    name_list,
    paragraph,
    subject_of,
    topic_of,
    word_of,
)
from .sight import Sight
from .sums import sum_in
from .tool_answers import answer_from_results, calls_again, calls_for

TOKEN = 4
"""Characters a token stands for, about."""
LONGEST = 200_000
"""Tokens of a long answer, whatever was asked."""

_GREETING = re.compile(
    r"^\W*(hi|hello|hey|hej|hallo|moin|salut|good (morning|evening|day)|test(ing)?)\b", re.IGNORECASE
)
_LONG = re.compile(
    r"\b(long|essay|story|chapter|detailed|in depth)\b|\d[\d,]*\s*k?\s*(tokens|words)\b", re.IGNORECASE
)
_LISTS = re.compile(
    r"\b(list|bullets?|steps|ideas|names|tips|\d[\d,]*\s+(items|things|ways|points|reasons))\b", re.IGNORECASE
)
_CODE = re.compile(r"\b(code|function|script|program|snippet|regex|class|\d[\d,]*\s+lines)\b", re.IGNORECASE)
_HELP = re.compile(r"^\W*/?(help|faults?|what can you do)\W*$|what can i (try|ask)|\bwhich faults\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\bwhat did i (ask|say|write)|my (first|last|previous) (question|message)|\bdo you remember\b", re.IGNORECASE
)
_TITLE = re.compile(
    r"\btitle\b.*\b(conversation|chat|words)\b|\bname (for|this) (the |this )?conversation", re.IGNORECASE
)
_SUMMARY = re.compile(r"\bsummar(y|i[sz]e)\b.*\b(conversation|chat|so far|talked|said)\b", re.IGNORECASE)
_MODELS = re.compile(
    r"\bwhich (\w+ )?models?\b|\bmodels?\b.*\b(price|cost|cheap|under|best|available|list)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model says."""

    text: str = ""
    reasoning: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    """(name, arguments) of tools to call instead of saying anything more."""


def reply_to(
    chat: Chat, seen: list[Sight], models: Callable[[], list[Json]], thinks: bool, endless: bool = False
) -> Reply:
    """Write the reply.

    Args:
        seen: What was found in the attachments of the last message.
        models: The catalogue, for questions about models.
        thinks: Whether the model reasons by itself; the word "think" in the question makes any model do so.
        endless: Whether it calls tools again after every result.
    """
    question = chat.question
    dice = random.Random(zlib.crc32("\n".join([chat.model.id, *chat.questions]).encode()))
    wants_thought = thinks or bool(re.search(r"\bthink\b", question, re.IGNORECASE))
    reasoning = _thoughts(chat, dice) if wants_thought and chat.effort != "none" else ""
    if chat.turns[-1].role == "tool" and endless and chat.tools:
        return Reply("", reasoning, tuple(calls_again(chat)))
    if chat.turns[-1].role == "tool":
        return Reply(_by_the_system(answer_from_results(chat), chat.system), reasoning)
    if not _GREETING.search(question) and not _HELP.search(question):
        calls = calls_for(chat)
        if calls:
            return Reply("", reasoning, tuple(calls))
    if chat.response_format is not None and chat.response_format.get("type") in ("json_object", "json_schema"):
        return Reply(json_text(chat.response_format, question), reasoning)
    if _TITLE.search(question):
        first = chat.questions[0] if len(chat.questions) > 1 else question
        return Reply(" ".join(topic_of(first, 40).split()[:5]).capitalize(), reasoning)
    written = _seen(seen, question) if seen else _written(chat, question, models, dice)
    return Reply(_by_the_system(written, chat.system), reasoning)


def _written(chat: Chat, question: str, models: Callable[[], list[Json]], dice: random.Random) -> str:
    topic, subject = topic_of(question), subject_of(question)
    if _HELP.search(question):
        return help_page()
    if _SUMMARY.search(question) and len(chat.questions) > 1:
        return _summary(chat)
    if _FIRST.search(question):
        return _remembered(chat)
    if _GREETING.search(question) and len(question.split()) < 7:
        return hello(chat.model.id, len(chat.questions))
    if (result := sum_in(question)) is not None:
        return f"**{result}**\n\nWorked out, for once: sums are the one thing here that is not made up."
    if re.search(r"\b(markdown|formatting)\b", question, re.IGNORECASE):
        return markdown_tour()
    if _MODELS.search(question):
        return about_models(models(), question)
    if _LONG.search(question):
        return _long(topic, subject, count_in(question, 1500, LONGEST), dice)
    if (pair := compared_in(question)) is not None:
        return f"### {pair[0]} and {pair[1]}\n\n{comparison(*pair, dice)}\n\n{MADE_UP}"
    languages = languages_in(question)
    if languages or _CODE.search(question):
        return _code(question, languages)
    if re.search(r"\b(table|compare|columns)\b", question, re.IGNORECASE):
        table = data_table(count_in(question, 5, 2000), dice)
        return f"### {topic.capitalize()}\n\n{table}\n\nThe first row is where to begin.\n\n{MADE_UP}"
    if _LISTS.search(question):
        numbered = bool(re.search(r"\b(steps|numbered|\d+)\b", question))
        count = count_in(question, 6, 5000)
        if re.search(r"\bnames\b", question, re.IGNORECASE):
            return f"{name_list(count, dice)}\n\n{MADE_UP}"
        return f"{bullet_list(subject, count, dice, numbered=numbered)}\n\n{MADE_UP}"
    if re.search(r"\b(poem|haiku|verse|rhyme)\b", question, re.IGNORECASE):
        return _poem(topic)
    return _explained(topic, subject, dice)


def _explained(topic: str, subject: str, dice: random.Random) -> str:
    return "\n\n".join(
        [
            f"On **{topic}**: three things that are worth having in one place.",
            "### Where it starts",
            paragraph(subject, dice, 3),
            "### What to do with it",
            bullet_list(subject, 4, dice, numbered=True),
            f"> {paragraph(subject, dice, 1)}",
            "### At a glance",
            data_table(3, dice),
            "Ask for *code*, a *table*, a *list* or something *long* about it to see those.",
            MADE_UP,
        ]
    )


def _long(topic: str, subject: str, tokens: int, dice: random.Random) -> str:
    wanted, parts, size, chapter = tokens * TOKEN, [f"# {topic.capitalize()}"], 0, 0
    while size < wanted:
        chapter += 1
        part = [f"## {chapter}. The {dice.choice(('plain', 'other', 'hidden', 'early'))} side of it"]
        part += [paragraph(subject, dice, dice.randint(3, 6)) for _ in range(3)]
        match chapter % 4:
            case 1:
                part.append(bullet_list(subject, 6, dice))
            case 2:
                part.append(data_table(5, dice))
            case 3:
                part.append(sample(dice.choice(("python", "bash", "sql", "rust")), word_of(topic)))
            case _:
                part.append(f"> {paragraph(subject, dice, 2)}")
        text = "\n\n".join(part)
        parts.append(text)
        size += len(text) + 2
    ending = f"\n\n---\n\n{MADE_UP}"
    return "\n\n".join(parts)[: max(0, wanted - len(ending))].rstrip() + ending


def _code(question: str, languages: list[str]) -> str:
    word = word_of(question)
    lines = re.search(r"(\d[\d,]*)\s+lines", question)
    if lines:
        program = long_program(min(20_000, int(lines[1].replace(",", "")[:6])), word)
        return f"All of it in one block:\n\n{program}\n\n{MADE_UP}"
    parts = [f"A small `{word}`, written to be read:"]
    for language in languages[:4] or ["python"]:
        parts.append(sample(language, word))
    parts.append(
        "1. The type says what there is.\n2. The function says what can be asked.\n3. The last line shows it at work."
    )
    return "\n\n".join([*parts, MADE_UP])


def _poem(topic: str) -> str:
    lines = (
        f"All morning the window has held {topic},",
        "and the kettle has kept its own counsel;",
        "nobody asked, and yet here it is,",
        "small, unfinished, and very nearly true.",
    )
    return "  \n".join(lines) + f"\n\n{MADE_UP}"


def _summary(chat: Chat) -> str:
    """What was asked, one line each: more was not said here."""
    asked = [" ".join(question.split())[:120] for question in chat.questions[:-1] if question]
    lines = [f"- **{topic_of(question, 40)}**: you asked, *{question}*" for question in asked[-40:]]
    return "\n".join([f"Of {len(asked)} questions so far:", "", *lines, "", "Nothing is left open.", "", MADE_UP])


def _remembered(chat: Chat) -> str:
    before = chat.questions[:-1]
    if not before:
        return "This is the first thing you asked in this conversation; there is nothing before it."
    wanted = before[-1] if re.search(r"\b(last|previous|before)\b", chat.question, re.IGNORECASE) else before[0]
    which = "before this" if wanted is before[-1] and len(before) > 1 else "first"
    lines = [
        f"You asked {which}:",
        "",
        *[f"> {line}" for line in wanted.splitlines() or [""]],
        "",
        f"So far: {len(before)} in all.",
    ]
    if len(before) > 1:
        lines += ["", *[f"{n}. {' '.join(said.split())[:80]}" for n, said in enumerate(before, 1)]]
    return "\n".join(lines)


def _seen(seen: list[Sight], question: str) -> str:
    parts = []
    for number, sight in enumerate(seen, 1):
        which = f"**{number}.** " if len(seen) > 1 else ""
        parts.append(
            f"{which}I see {sight.headline}." if sight.kind == "image" else f"{which}That is {sight.headline}."
        )
        if sight.details:
            parts.append("\n".join(sight.details))
    parts.append(f"You asked: *{' '.join(question.split()) or 'nothing with it'}*")
    parts.append("*Sizes and colours are measured; the demo service recognises no things and reads no words.*")
    return "\n\n".join(parts)


def _thoughts(chat: Chat, dice: random.Random) -> str:
    """Reasoning, longer for more effort."""
    topic = topic_of(chat.question)
    if _GREETING.search(chat.question) or _TITLE.search(chat.question) or _HELP.search(chat.question):
        return "Nothing to work out here."
    steps = {"minimal": 1, "low": 2, "medium": 4, "high": 8, "max": 14}.get(chat.effort, 4)
    lines = [f"The question is about {topic}. I am the demo, so I will make something up and say so."]
    lines += [paragraph(subject_of(chat.question), dice, 2) for _ in range(steps)]
    lines.append("That is enough to answer; keep it short and well set out.")
    return "\n\n".join(lines)


def _by_the_system(written: str, system: str) -> str:
    """Honour a system prompt so that one can see it was read."""
    if not system:
        return written
    wishes = system.lower()
    if re.search(r"\b(brief|short|concise|terse|one sentence)\b", wishes):
        written = written.split("\n\n", 1)[0]
    if re.search(r"\bupper ?case|\bcapitals?\b|\bshout", wishes):
        written = written.upper()
    if "pirate" in wishes:
        written = f"Arr! {written}\n\nFair winds to ye."
    if re.search(r"\bno markdown|plain text", wishes):
        written = re.sub(r"[*_`#>|]", "", written)
    heard = " ".join(system.split())
    heard = heard if len(heard) <= 100 else heard[:99] + "…"
    return f"{written}\n\n*System prompt heard: “{heard}”*"
