"""Looking through what was ever said here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from oxen_tui.services.tools.tool import Finding, Tool, Use, object_schema
from oxen_tui.store.search import BEGIN, END, Search

_USUAL: Final = 8
_MOST: Final = 30


class SearchHistoryTool(Tool):
    """Finds messages in all conversations of this place."""

    name: Final = "search_history"
    description = (
        "Searches everything the user and models ever said in this program, newest first. All words must stand in a "
        'message; "words in quotes" stand together.'
    )
    about = "searches your conversations"

    def __init__(self, search: Search) -> None:
        self._search = search

    @property
    def parameters(self) -> Mapping[str, Any]:
        return object_schema(
            ("words",),
            words={"type": "string", "minLength": 1, "description": "Words to look for."},
            limit={"type": "integer", "minimum": 1, "maximum": _MOST, "description": f"{_USUAL} where left out."},
        )

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        limit = arguments.get("limit", _USUAL)
        # The question that led here holds the words as well, so some more are asked for.
        found = await self._search.messages(arguments["words"], limit + 5)
        others = [each for each in found if each.conversation_id != use.conversation_id][:limit]
        titles = await self._search.titles(arguments["words"], limit)
        lines = [f"{len(others)} found" if others else "nothing found"]
        for each in others:
            snippet = each.snippet.replace(BEGIN, "").replace(END, "")
            lines.append(f"- {each.created_at:%Y-%m-%d}, {each.role} in “{each.title}”: {snippet}")
        named = [each.title for each in titles if each.conversation_id != use.conversation_id]
        if named:
            lines += ["", "Conversations with such a title:", *(f"- {title}" for title in named)]
        return Finding("\n".join(lines))
