"""Words the demo writes with: what a question is about, and sentences that are true of any such thing."""

from __future__ import annotations

import random
import re

MADE_UP = "*Made up by the demo service: nothing was looked up and no model was asked.*"
"""Under every answer in prose, so that nobody takes one for real."""

_NOT_NAMES = frozenset(
    ("code", "that", "with", "this", "function", "program", "script", "class", "snippet", "some", "using", "please")
)
_ASKING = re.compile(
    r"""^(?:(?:
    please|can\ you|could\ you|would\ you|i\ want|i\ need|give\ me|show\ me|make\ me|make|create|generate|write
    |draw\ up|draft|list|explain|describe|tell\ me|teach\ me|compare|summari[sz]e|think|find|plan|suggest
    |help\ me(?:\ to)?|how\ do\ i|how\ does|how\ do|how\ can\ i|how|what\ is|what\ are|what's|why\ is|why\ are
    |why\ do|why\ does|why|who\ is|who\ was|where\ is|when|which|should\ i|is\ it|about|with|for|of|on|in|to
    |a|an|the|me|some|hard|step\ by\ step|carefully|and|\d[\d,.]*k?|long|short|detailed|table|list|essay|story
    |poem|letter|email|code|function|program|script|rows?|items?|tokens?|words?|lines?|points?|ideas?|names?
    |things?|ways?|tips?
    )\b[\s:,]*)+""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a question begins before it says what it is about."""

SENTENCES: tuple[str, ...] = (
    "Start with the part of {topic} that changes least, because everything else leans on it.",
    "The first attempt at {topic} is usually too large; halve it, and then halve it again.",
    "Most of what goes wrong with {topic} goes wrong at the edges, where one thing is handed to the next.",
    "Write down what would count as done before the work on {topic} begins.",
    "A small example beats a long explanation, and a wrong example beats none.",
    "What looks like a question about {topic} is often a question about **who decides**.",
    "Measure before and after; without the first number the second says nothing.",
    "There are three ways to go on: wait, ask, or try something that can be undone.",
    "People who know {topic} well tend to name the exceptions first.",
    "If two explanations fit, keep the one that forbids more.",
    "The cheapest time to change your mind about {topic} is now.",
    "Keep the old way running beside the new one until nobody asks for it.",
    "A list of what was *left out* tells more than a list of what was done.",
    "When {topic} feels slow, look for the step that waits rather than the one that works.",
    "It helps to say the plan aloud: what cannot be said in a minute is not a plan yet.",
    "Numbers age quickly here, so note the date beside each of them.",
    "The simple version of {topic} is right nine times in ten, and the tenth time it is `obvious` why.",
    "Ask what happens at twice the size, and at a tenth of it.",
    "Nothing in {topic} is urgent on the first day, and everything is on the last.",
    "Good tools disappear in use; the others have to be explained.",
)
LIST_ITEMS: tuple[str, ...] = (
    "**Look first**: ten minutes with {topic} as it is, no changes",
    "**Name the parts**, so that two people mean the same thing",
    "**Set a limit** in time or money, and write it where you see it",
    "Try the *smallest* version that could fail",
    "Note what surprised you about {topic}",
    "Ask somebody who has done it before",
    "Remove one thing and see who notices",
    "Check the result with `diff`, not with memory",
    "Write the two lines you would want to read next year",
    "Leave room for the part nobody has thought of",
    "Do the dull step by hand once before you automate it",
    "Stop while it still works",
)
ADJECTIVES = ("calm", "steady", "plain", "bright", "narrow", "patient", "hidden", "early", "round", "quiet", "spare")
NOUNS = ("harbour", "lantern", "meadow", "ferry", "anchor", "kettle", "ridge", "compass", "orchard", "signal")
VERDICTS = ("yes", "mostly", "when small", "not yet", "with care", "no")


def topic_of(question: str, most: int = 60) -> str:
    """What a question is about, as a phrase to put into a sentence."""
    line = " ".join(question.split())
    line = re.split(r"[?!.\n;]", line, maxsplit=1)[0] or line
    rest = _ASKING.sub("", line).strip(" ,:-\"'`*#") or line.strip(" ,:-\"'`*#")
    if len(rest) > most:
        rest = rest[:most].rsplit(" ", 1)[0]
    return rest if re.search(r"\w", rest) else "this"


def subject_of(question: str) -> str:
    """The topic where a sentence can hold it as a noun, else "this": most questions are more than a noun."""
    topic = topic_of(question)
    asked = re.match(
        r"\W*(how|why|should|can|could|do|does|is|are|when|where|who|which|what \w+)\b", question.lower()
    )
    plain = len(topic.split()) <= 2 and (asked is None or asked[1] in ("what is", "what are"))
    return topic if plain else "this"


def word_of(question: str) -> str:
    """One word a question is about, for names in code."""
    words = re.findall(r"[a-z]{4,}", topic_of(question).lower())
    return next((word for word in words if word not in _NOT_NAMES), "item")


def compared_in(question: str) -> tuple[str, str] | None:
    """The two things a question compares, None if it compares nothing."""
    match = re.search(r"compare (.+?) (?:and|to|with) ([^?.!,\n]+)", question, re.IGNORECASE) or re.search(
        r"(\S+(?: \S+)?) (?:vs\.?|versus) ([^?.!,\n]+)", question, re.IGNORECASE
    )
    return (match[1].strip()[:40], match[2].strip()[:40]) if match else None


def count_in(question: str, default: int, most: int) -> int:
    """The number a question names ("300 items", "20k tokens"), within bounds."""
    match = re.search(r"(\d[\d,]*)(?:\.\d+)?\s*(k\b)?", question)
    if match is None:
        return default
    value = int(match[1].replace(",", "")[:9]) * (1000 if match[2] else 1)
    return max(1, min(value, most))


def paragraph(topic: str, dice: random.Random, sentences: int = 4) -> str:
    """A paragraph about the topic."""
    return " ".join(line.format(topic=topic) for line in dice.sample(SENTENCES, sentences))


def bullet_list(topic: str, count: int, dice: random.Random, *, numbered: bool = False) -> str:
    """A list of so many items; short lists have a second level."""
    items = list(LIST_ITEMS)
    dice.shuffle(items)
    lines = []
    for index in range(count):
        mark = f"{index + 1}." if numbered else "-"
        ending = "" if index < len(items) else f" ({dice.choice(ADJECTIVES)} {dice.choice(NOUNS)})"
        lines.append(f"{mark} {items[index % len(items)].format(topic=topic)}{ending}")
        if count <= 12 and index % 4 == 1:
            pad = " " * (len(mark) + 1)
            lines += [
                f"{pad}- for example the {dice.choice(ADJECTIVES)} {dice.choice(NOUNS)}",
                f"{pad}- or none at all",
            ]
    return "\n".join(lines)


def name_list(count: int, dice: random.Random) -> str:
    """A numbered list of names; none comes twice while there are enough."""
    pairs = [f"{one.capitalize()} {other.capitalize()}" for one in ADJECTIVES for other in NOUNS]
    dice.shuffle(pairs)
    return "\n".join(f"{n + 1}. **{pairs[n % len(pairs)]}**" for n in range(count))


def comparison(one: str, other: str, dice: random.Random) -> str:
    """A table of two things side by side, and which of them won."""
    aspects = ("First hour", "Tenth month", "When it breaks", "Cost", "Company it keeps", "Leaving it again")
    words = (
        "easy",
        "slow but sure",
        "plain",
        "needs care",
        "surprising",
        "as expected",
        "better than its name",
        "dear",
    )
    lines = [f"| | {one.replace('|', '/')} | {other.replace('|', '/')} |", "|---|---|---|"]
    lines += [f"| {aspect} | {' | '.join(dice.sample(words, 2))} |" for aspect in aspects]
    return "\n".join([*lines, "", f"If nothing else decides: **{dice.choice((one, other))}**."])


def data_table(rows: int, dice: random.Random) -> str:
    """A Markdown table with so many rows, numbers aligned to the right."""
    lines = ["| Way | Days | Cost | Holds up |", "|---|---:|---:|:---:|"]
    for index in range(rows):
        name = f"{dice.choice(ADJECTIVES)} {dice.choice(NOUNS)}"
        shown = f"**{name}**" if index == 0 else f"`{name}`" if index == 2 else name
        lines.append(f"| {shown} | {dice.randint(1, 40)} | ${dice.uniform(0.5, 90):,.2f} | {dice.choice(VERDICTS)} |")
    return "\n".join(lines)
