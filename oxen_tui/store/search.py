"""Finding what was ever said: the words of all messages and titles, newest first.

Newest first and not by rank: a common word stands in half of all messages, and to rank them means to read them all.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .database import Database

BEGIN, END = "\ue000", "\ue001"
"""Stand round the words that were found, in `Found.snippet`. Foreign text has no such characters (safe_text)."""

_SNIPPET_WORDS = 14
_WORDS = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Found:
    """One message in which all words stand, or a conversation in whose title they do."""

    conversation_id: int
    title: str
    message_id: int | None
    """None: it is the title that was found."""
    role: str
    model: str
    created_at: datetime
    snippet: str
    """One line of the text round what was found, marked by `BEGIN` and `END`."""
    archived: bool


class Search:
    """Looks through all conversations that were not deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def messages(
        self, words: str, limit: int = 50, *, before: int | None = None, conversation_id: int | None = None
    ) -> Sequence[Found]:
        """Messages in which all words stand, newest first. The last word may be the beginning of one.

        Args:
            words: As typed; `"in quotes"` stand as they are, one after the other.
            limit: The length of a page.
            before: Only messages older than this one: the last of the page before.
            conversation_id: Only in this conversation.
        """
        query = match_query(words)
        if not query:
            return ()

        def work(connection: sqlite3.Connection) -> list[Found]:
            where, given = "", [query]
            for condition, value in (("w.rowid < ?", before), ("m.conversation_id = ?", conversation_id)):
                if value is not None:
                    where, given = f"{where} AND {condition}", [*given, str(value)]
            # The snippet is made for the rows of the page only: it reads the whole text of a message.
            rows = connection.execute(
                f"""SELECT c.id, c.title, m.id, m.role, m.model, m.created_at,
                        snippet(message_words, 0, '{BEGIN}', '{END}', '…', {_SNIPPET_WORDS}), c.archived_at
                    FROM message_words w
                    CROSS JOIN messages m ON m.id = w.rowid
                    CROSS JOIN conversations c ON c.id = m.conversation_id
                    WHERE message_words MATCH ? AND m.deleted_with IS NULL AND c.deleted_at IS NULL {where}
                    ORDER BY w.rowid DESC LIMIT {limit:d}""",
                given,
            )
            return [_from_row(row) for row in rows]

        return await self._database.read(work)

    async def titles(self, words: str, limit: int = 20) -> Sequence[Found]:
        """Conversations whose titles hold all words, the ones changed last first."""
        wanted = [quoted or plain for quoted, plain in _WORDS.findall(words)]
        if not wanted:
            return ()

        def work(connection: sqlite3.Connection) -> list[Found]:
            like = " AND ".join("title LIKE ? ESCAPE '\\'" for _ in wanted)
            patterns = ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in wanted]
            rows = connection.execute(
                f"""SELECT id, title, NULL, '', model, updated_at, title, archived_at FROM conversations
                    WHERE deleted_at IS NULL AND {like} ORDER BY updated_at DESC, id DESC LIMIT {limit:d}""",
                patterns,
            )
            return [_from_row(row) for row in rows]

        return await self._database.read(work)


def match_query(words: str) -> str:
    """What is typed, in the language of FTS5: nothing in it is taken for an operator. "" finds nothing."""
    terms = []
    for quoted, plain in _WORDS.findall(words):
        # A word without any letter or digit has no token, and would make the whole query fail.
        if re.search(r"\w", term := (quoted or plain).replace('"', " ")):
            terms.append(f'"{term}"' if quoted else f'"{term}"*')
    finished = words[-1:].isspace()
    # Only the last word may go on: prefixes of all of them would find `the` in `there`.
    return " ".join(
        term.removesuffix("*") if place < len(terms) - 1 or finished else term for place, term in enumerate(terms)
    )


def _from_row(row: tuple[int, str, int | None, str, str, float, str, float | None]) -> Found:
    return Found(
        conversation_id=row[0],
        title=row[1],
        message_id=row[2],
        role=row[3],
        model=row[4],
        created_at=datetime.fromtimestamp(row[5], UTC),
        snippet=" ".join(row[6].split()),
        archived=row[7] is not None,
    )
