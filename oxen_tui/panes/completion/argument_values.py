"""What may follow a slash command, as far as it can be told: models, presets, themes, files and a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from oxen_tui.widgets import palette

if TYPE_CHECKING:
    from textual.app import App

    from oxen_tui.services.catalogue.catalogue import Catalogue
    from oxen_tui.services.session import Session

_MOST = 50
_VALUES: Final[Mapping[str, str]] = {
    "model": "models",
    "retry": "models",
    "preset": "presets",
    "theme": "themes",
    "export": "formats",
    "attach": "files",
    "open": "files",
    "import": "files",
}
_FORMATS = ("md", "json", "html")


def has_values(command: str) -> bool:
    """Whether something is known of what may follow a command."""
    return command in _VALUES


async def values_for(command: str, typed: str, session: Session, app: App[Any]) -> Sequence[str]:
    """What may follow it, going on from what is typed: what begins so first, at most 50.

    Raises:
        StoreError: Presets cannot be read.
    """
    match _VALUES.get(command):
        case "models":
            await session.catalogue.load()
            return models_like(session.catalogue, typed)
        case "presets":
            return matching((each.name for each in await session.store.presets.all()), typed)
        case "themes":
            ours = [theme.name for theme in palette.THEMES]
            return matching([*ours, *sorted(name for name in app.available_themes if name not in ours)], typed)
        case "formats":
            return [each for each in _FORMATS if each.startswith(typed.casefold())]
        case "files" if not typed.startswith(("http:", "https:", "data:")):
            from oxen_tui.services.inputs.paths import complete_path

            return await complete_path(typed, frozenset())
    return ()


def models_like(catalogue: Catalogue, typed: str) -> list[str]:
    """Names of models that chat; of any where the server does not say which do."""
    columns = catalogue.index.columns
    chats = [name for name, kind in zip(columns.id, columns.kind, strict=True) if kind == "chat"]
    return matching(chats or columns.id, typed)


def matching(names: Iterable[str], typed: str) -> list[str]:
    """Names that begin with what is typed, then those that hold it."""
    sought = typed.casefold()
    begin: list[str] = []
    hold: list[str] = []
    for name in names:
        folded = name.casefold()
        if folded.startswith(sought):
            begin.append(name)
            if len(begin) == _MOST:
                break
        elif sought in folded and len(hold) < _MOST:
            hold.append(name)
    return [*begin, *hold][:_MOST]
