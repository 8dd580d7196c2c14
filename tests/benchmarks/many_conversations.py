"""Puts ten thousand conversations with two hundred thousand messages into the app's store before the app starts."""

from __future__ import annotations

import random
import sqlite3
import time
from itertools import accumulate
from pathlib import Path

CONVERSATIONS = 10_000
MESSAGES_EACH = 20
QUESTION_WORDS, ANSWER_WORDS = 12, 120
VOCABULARY = 2_000
_SYLLABLES = (
    "ba",
    "con",
    "der",
    "fi",
    "gor",
    "hal",
    "ine",
    "ket",
    "lum",
    "mo",
    "nar",
    "os",
    "pel",
    "qui",
    "ra",
    "to",
)
_EVERY = 900.0
"""Seconds between two conversations: they reach back a hundred days."""


def word(rank: int) -> str:
    """A word of its own for each rank; the one of rank 0 is the most used."""
    letters, rest = "", rank + len(_SYLLABLES)
    while rest:
        rest, place = divmod(rest, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return letters


def marker(number: int) -> str:
    """What the last message of this conversation says (the newest is 0), and no other."""
    return f"end of the {number}th"


def store_many(store_file: Path, *, conversations: int = CONVERSATIONS) -> None:
    """Writes them past the store's doors, one transaction for all: through them it takes minutes."""
    chance = random.Random(19)
    words = [word(rank) for rank in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))  # as words of languages are used (Zipf)
    now = time.time()
    connection = sqlite3.connect(store_file)
    try:
        with connection:
            for number in reversed(range(conversations)):
                moment = now - 60 - number * _EVERY
                title = " ".join(chance.choices(words, cum_weights=weights, k=4))
                cursor = connection.execute(
                    "INSERT INTO conversations (title, model, created_at, updated_at) VALUES (?, ?, ?, ?)",
                    (f"{number} {title}", "bench", moment, moment),
                )
                conversation, leaf = cursor.lastrowid, None
                for place in range(MESSAGES_EACH):
                    role, length = ("assistant", ANSWER_WORDS) if place % 2 else ("user", QUESTION_WORDS)
                    text = " ".join(chance.choices(words, cum_weights=weights, k=length))
                    if place == MESSAGES_EACH - 1:
                        text += f"\n\n{marker(number)}"
                    leaf = connection.execute(
                        """INSERT INTO messages (conversation_id, parent_id, role, ending, created_at, model, text)
                           VALUES (?, ?, ?, 'done', ?, 'bench', ?)""",
                        (conversation, leaf, role, moment, text),
                    ).lastrowid
                connection.execute("UPDATE conversations SET leaf_id = ? WHERE id = ?", (leaf, conversation))
    finally:
        connection.close()
