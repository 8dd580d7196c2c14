"""What time it is, here or in another zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from oxen_tui.services.tools.tool import Finding, Tool, ToolFailed, Use, object_schema


class TimeTool(Tool):
    """Reads the clock."""

    name: Final = "time"
    description = "The date and time now, in the user's own time zone or in another."
    about = "date and time, in any zone"

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    @property
    def parameters(self) -> Mapping[str, Any]:
        zone = {"type": "string", "description": "Such as Europe/Lisbon. Left out: the user's own."}
        return object_schema(timezone=zone)

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        name = arguments.get("timezone", "")
        try:
            moment = self._now().astimezone(ZoneInfo(name) if name else None)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ToolFailed(f'"{name}" is no time zone: say one such as Europe/Lisbon or UTC.') from error
        return Finding(f"{moment:%A, %d %B %Y, %H:%M:%S} {moment.tzname() or ''} (UTC{moment:%z})")
