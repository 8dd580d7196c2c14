"""Reads the branches of a conversation: from its first message down to a leaf, and from one branch to the next."""

from __future__ import annotations

import sqlite3

from .message import COLUMNS, Message, messages_from

_PATH = f"""
    WITH RECURSIVE path (id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM messages WHERE id = ?
        UNION ALL
        SELECT above.id, above.parent_id, path.depth + 1 FROM path JOIN messages above ON above.id = path.parent_id
        LIMIT ?
    )
    SELECT {COLUMNS} FROM path CROSS JOIN messages m ON m.id = path.id ORDER BY path.depth DESC
"""

BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT id FROM messages WHERE id = ? AND deleted_with IS NULL
        UNION ALL
        SELECT child.id FROM below JOIN messages child ON child.parent_id = below.id WHERE child.deleted_with IS NULL
    )
"""
"""A message with all below it that was not deleted, as `below`; takes its id."""

_SIBLINGS = """
    SELECT id FROM messages WHERE parent_id IS ? AND conversation_id = ? AND deleted_with IS NULL ORDER BY id
"""

_SHOWN = """
    WITH RECURSIVE path (id, parent_id) AS (
        SELECT m.id, m.parent_id FROM conversations c JOIN messages m ON m.id = c.leaf_id WHERE c.id = :conversation
        UNION ALL
        SELECT above.id, above.parent_id FROM path JOIN messages above ON above.id = path.parent_id
    )
    SELECT id FROM path WHERE parent_id IS :parent
"""


def path_to(connection: sqlite3.Connection, message_id: int, last: int | None = None) -> list[Message]:
    """From the first message of its conversation to this one, or only the last few of them."""
    limit = -1 if last is None else last
    return messages_from(connection, connection.execute(_PATH, (message_id, limit)).fetchall())


def leaf_of(connection: sqlite3.Connection, conversation_id: int) -> int | None:
    """The last message that the conversation shows."""
    row = connection.execute("SELECT leaf_id FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
    return row[0] if row else None


def newest_leaf_below(connection: sqlite3.Connection, message_id: int) -> int | None:
    """The newest message below, itself if nothing is: ids only grow, so the highest one has no child."""
    (leaf,) = connection.execute(f"{BELOW} SELECT max(id) FROM below", (message_id,)).fetchone()
    return leaf if leaf is None else int(leaf)


def sibling_beside(connection: sqlite3.Connection, message: Message, by: int) -> int | None:
    """The sibling so many on from the one that its conversation shows.

    Args:
        connection: Reads.
        message: Any of the siblings, the one to go on from where none of them is shown.
        by: How many on; back below 0. They are in the order in which they came.

    Returns:
        Its id. None beyond the first and the last.
    """
    siblings = [found for (found,) in connection.execute(_SIBLINGS, (message.parent_id, message.conversation_id))]
    shown = connection.execute(
        _SHOWN, {"conversation": message.conversation_id, "parent": message.parent_id}
    ).fetchone()
    here = shown[0] if shown is not None else message.id
    there = siblings.index(here) + by if here in siblings else -1
    return int(siblings[there]) if 0 <= there < len(siblings) else None
