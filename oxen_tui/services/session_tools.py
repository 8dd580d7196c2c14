"""The tools that there are: built-in ones, and those of the user's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from oxen_tui.settings import Settings
from oxen_tui.tool_settings import ToolSettings

if TYPE_CHECKING:
    from oxen_tui.services.session_parts import SessionParts
    from oxen_tui.services.tools.tool import Tool


class Tools:
    """Knows the tools of a session by name. Each is made when it is first asked for."""

    def __init__(self, session: SessionParts) -> None:
        self._session = session
        self._settings: Settings | None = None
        self._tools: dict[str, Tool] = {}

    @property
    def all(self) -> tuple[Tool, ...]:
        """Built-in ones first, then the user's in the order of the settings."""
        self._look()
        return tuple(self._tools.values())

    def tool(self, name: str) -> Tool | None:
        """The tool of that name."""
        self._look()
        return self._tools.get(name)

    def definitions(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Those of these names that there are and that can be used, as they are sent."""
        self._look()
        wanted = frozenset(names)
        return [tool.definition for name, tool in self._tools.items() if name in wanted and not tool.trouble]

    def _look(self) -> None:
        settings = self._session.settings
        if settings is not self._settings:
            self._settings = settings
            self._tools = {tool.name: tool for tool in (*self._built_in(settings), *self._commands(settings))}

    def _built_in(self, settings: Settings) -> Iterator[Tool]:
        from oxen_tui.services.tools.calculator import CalculatorTool
        from oxen_tui.services.tools.fetch import FetchTool
        from oxen_tui.services.tools.files import ReadFileTool
        from oxen_tui.services.tools.generation import MakeTool
        from oxen_tui.services.tools.history import SearchHistoryTool
        from oxen_tui.services.tools.models import ListModelsTool
        from oxen_tui.services.tools.time import TimeTool

        session = self._session
        fetching = settings.tools.get("fetch_url", ToolSettings("fetch_url"))
        yield TimeTool(session.clock.now)
        yield CalculatorTool()
        yield ReadFileTool(settings.tools.get("read_file", ToolSettings("read_file")).folders)
        yield FetchTool(session.client, private=fetching.private_addresses)
        yield SearchHistoryTool(session.store.search)
        yield ListModelsTool(session.catalogue)
        for kind in ("image", "video"):
            yield MakeTool(
                kind,
                session.catalogue,
                lambda: session.generations,
                session.store.models.favourites,
                lambda file: session.results.path(file),
                lambda price: session.spending.would_pass(price),
            )

    def _commands(self, settings: Settings) -> Iterator[Tool]:
        from oxen_tui.services.tools.commands import CommandTool

        folder = self._session.settings_folder
        secrets = {profile.key_from for profile in settings.profiles.values() if profile.key_from}
        for tool in settings.tools.values():
            if tool.command:
                yield CommandTool(tool, folder, secrets)
