"""The arrows between the rooms (design.md section 4), each as a sentence, and what a start must not load.

Imports inside functions count as well: they are later, not elsewhere. Those under `if TYPE_CHECKING` do too, except
for libraries, which a type does not load.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "oxen_tui"

LEAVES = (
    "safe_text",
    "setup_error",
    "paths",
    "settings",
    "atomic",
    "toml_text",
    "toml_values",
    "tool_settings",
    "money",
    "system_words",
    "file_size",
)
"""Modules beside the rooms, which every room may import."""


@dataclass(frozen=True)
class Rule:
    """A sentence about imports, and how it is broken."""

    sentence: str
    rooms: tuple[str, ...]
    """Where it holds: rooms or modules of ours; empty for everywhere."""
    but: tuple[str, ...] = ()
    """Modules to which it does not apply, with or without their last parts."""
    never: tuple[str, ...] = ()
    """Rooms of ours and libraries that must not be imported there."""
    only: tuple[str, ...] | None = None
    """The rooms of ours that alone may be imported there, besides the room itself."""


RULES = [
    Rule("The leaves import leaves only.", LEAVES, only=LEAVES),
    Rule("The wire knows nothing above it.", ("api",), only=LEAVES),
    Rule("The disk knows the nouns of the wire, and files, and no more.", ("store",), only=(*LEAVES, "api", "media")),
    Rule("The terminal room knows the terminal only.", ("terminal",), only=LEAVES),
    Rule("The room of files knows files only.", ("media",), only=LEAVES),
    Rule(
        "Services know the wire, the disk, files and the terminal, and no screen.",
        ("services",),
        only=(*LEAVES, "api", "store", "terminal", "media"),
    ),
    Rule(
        "Widgets draw nouns and know no service.", ("widgets",), only=(*LEAVES, "api", "store", "terminal", "media")
    ),
    Rule(
        "Panes join services and widgets, and know no screen.",
        ("panes",),
        only=(*LEAVES, "api", "store", "terminal", "media", "services", "widgets"),
    ),
    Rule(
        "Screens arrange what is below them, and know neither app nor command line.",
        ("screens",),
        only=(*LEAVES, "api", "store", "terminal", "media", "services", "widgets", "panes"),
    ),
    Rule(
        "Whoever draws or keeps knows the nouns of the wire, not the client.",
        ("store", "widgets", "panes", "screens"),
        never=("api.client",),
    ),
    Rule("Nothing below the app imports it.", (), but=("app", "opening"), never=("app",)),
    Rule(
        "Nobody imports what opens the app, or the command line.",
        (),
        but=("__main__", "command_line"),
        never=("__main__", "command_line", "opening"),
    ),
    Rule(
        "Commands do without a screen.",
        ("commands",),
        never=("textual", "app", "screens", "panes", "widgets"),
    ),
    Rule("The other end of the wire imports nothing of ours.", ("demo",), only=()),
    Rule(
        "Nothing of ours leans on the demo, except to start it.", (), but=("demo", "commands.demo"), never=("demo",)
    ),
    Rule(
        "Wire, disk, files, services and terminal do without Textual.",
        ("api", "store", "media", "services", "terminal", *LEAVES),
        never=("textual", "rich", "textual_image"),
    ),
    Rule("Only the client speaks HTTP.", (), but=("api.client", "api.paced_network"), never=("httpx", "httpcore")),
    Rule("Only the disk knows SQLite.", (), but=("store",), never=("sqlite3",)),
    # It asks the terminal when it is imported, a tenth of a second for an answer, and late ones arrive as keys.
    Rule("Nobody uses textual-image.", (), never=("textual_image",)),
    Rule("Only the demo serves.", (), but=("demo",), never=("starlette", "uvicorn")),
]


@dataclass(frozen=True)
class Import:
    """One name that a module imports."""

    module: str
    """Of ours, without the package: `api.client`."""
    target: str
    """Of ours likewise with `ours` set, else a library's name."""
    ours: bool
    line: int
    for_types: bool
    """Whether only type checkers see it."""

    @property
    def where(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


@cache
def all_imports() -> tuple[Import, ...]:
    return tuple(each for file in sorted(PACKAGE.rglob("*.py")) for each in imports_of(file))


def imports_of(file: Path) -> Iterator[Import]:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    package = parts[:-1]
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        for target in targets_of(node, package):
            ours = target == "oxen_tui" or target.startswith("oxen_tui.")
            name = target.removeprefix("oxen_tui").removeprefix(".") if ours else target
            yield Import(module, name, ours, getattr(node, "lineno", 0), id(node) in typed)


def targets_of(node: ast.AST, package: tuple[str, ...]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = ("oxen_tui", *package[: len(package) - node.level + 1]) if node.level else ()
    start = ".".join([*above, *([node.module] if node.module else [])])
    # `from oxen_tui import app` imports a module as much as `import oxen_tui.app` does.
    return [f"{start}.{alias.name}" if is_package(start) else start for alias in node.names]


def is_package(target: str) -> bool:
    return target == "oxen_tui" or (
        target.startswith("oxen_tui.") and PACKAGE.joinpath(*target.split(".")[1:]).is_dir()
    )


def within(name: str, places: tuple[str, ...]) -> bool:
    """Whether a module is one of these, lies in one, or is a part of one (`client_chat` of `client`)."""
    return any(name == place or name.startswith((f"{place}.", f"{place}_")) for place in places)


def breaches(rule: Rule) -> list[str]:
    found = []
    for each in all_imports():
        if (rule.rooms and not within(each.module, rule.rooms)) or within(each.module, rule.but):
            continue
        if each.ours:
            room = each.target.split(".")[0]
            own = rule.rooms and room == each.module.split(".")[0]
            strange = rule.only is not None and room and not own and room not in (*rule.only, "__version__")
            if strange or within(each.target, rule.never):
                found.append(each.where)
        elif not each.for_types and each.target.split(".")[0] in rule.never:
            found.append(each.where)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence)
def test_the_arrows_point_down(rule: Rule) -> None:
    assert breaches(rule) == []


def test_panes_do_not_import_each_other() -> None:
    panes = ("chat", "models", "create", "queue", "gallery")
    found = [
        each.where
        for each in all_imports()
        for pane in panes
        if within(each.module, tuple(f"panes.{other}" for other in panes if other != pane))
        and within(each.target, (f"panes.{pane}",))
    ]

    assert found == []


@pytest.mark.parametrize("room", ["services", "widgets", "panes", "screens"])
def test_the_packages_of_a_room_know_each_other_one_way_only(room: str) -> None:
    knows: dict[str, set[str]] = {}
    for each in all_imports():
        module, target = each.module.split("."), each.target.split(".")
        # What lies in the room itself is for all of its packages, or puts them together.
        if each.ours and module[0] == target[0] == room and len(module) > 2 and len(target) > 2:
            knows.setdefault(module[1], set()).add(target[1])

    def known_by(package: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        for other in knows.get(package, set()) - {package} - seen:
            seen = known_by(other, seen | {other})
        return seen

    assert len(knows) > 1
    assert [package for package in knows if package in known_by(package)] == []


def test_the_scan_sees_imports_of_every_form() -> None:
    tree = ast.parse(
        "from . import a\nfrom .b import c\nfrom ..d.e import f\nimport oxen_tui.g\nfrom oxen_tui import h"
    )
    found = [target for node in ast.walk(tree) for target in targets_of(node, ("panes",))]

    assert found == ["oxen_tui.panes.a", "oxen_tui.panes.b", "oxen_tui.d.e", "oxen_tui.g", "oxen_tui.h"]


def loaded_by(code: str) -> set[str]:
    """All modules that a fresh Python has loaded after this code."""
    code += "\nimport sys; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines())


def test_the_version_is_said_without_loading_anything_heavy() -> None:
    code = (
        "import sys, contextlib; sys.argv = ['oxen-tui', '--version']\n"
        "from oxen_tui.__main__ import main\n"
        "with contextlib.suppress(SystemExit): main()"
    )

    heavy = {"textual", "rich", "httpx", "PIL", "av", "starlette", "uvicorn", "platformdirs", "asyncio", "sqlite3"}
    assert loaded_by(code) & (heavy | {"click"}) == set()


LOADED_LATER = {
    "with the first question": (
        "api.chat",
        "panes.answers.events",
        "api.timeouts",
        "services.conversation.conversation",
        "services.session_tools",
    ),
    "with the first job": ("services.queue.generation_queue",),
    "when the first keys have been echoed": ("api.model", "services.catalogue.catalogue", "store.catalogue_cache"),
    "in the demo only": ("panes.chat.welcome", "services.server.embedded_demo"),
    "from 140 columns on": ("panes.jobs.dock",),
    "for the user's own editor": ("panes.external_editor",),
}
"""Modules of ours that a start does without, by when they are loaded."""


@pytest.mark.parametrize("when", LOADED_LATER)
def test_a_start_does_not_load_what_is_needed_later(when: str) -> None:
    late = {f"oxen_tui.{name}" for name in LOADED_LATER[when]}

    assert loaded_by_a_start() & late == set()
    assert all(PACKAGE.joinpath(*name.split(".")).with_suffix(".py").is_file() for name in LOADED_LATER[when])


def test_a_start_loads_nothing_that_makes_what_is_kept_or_shown_later() -> None:
    assert loaded_by_a_start() & {"secrets", "hashlib", "html", "shlex"} == set()


@cache
def loaded_by_a_start() -> frozenset[str]:
    return frozenset(loaded_by("import oxen_tui.opening, oxen_tui.app"))


def test_nouns_and_errors_of_the_wire_load_no_network_library() -> None:
    nouns = ["account", "chat", "errors", "generation", "model", "secret", "event_stream"]
    code = "\n".join(f"import oxen_tui.api.{noun}" for noun in nouns)

    assert loaded_by(code) & {"httpx", "httpcore", "asyncio"} == set()


def test_services_load_no_network_library() -> None:
    files = sorted((PACKAGE / "services").rglob("[a-z]*.py"))
    code = "\n".join(f"import {'.'.join(file.relative_to(PACKAGE.parent).with_suffix('').parts)}" for file in files)

    assert loaded_by(code) & {"httpx", "httpcore", "textual", "PIL", "av"} == set()


def test_the_app_loads_no_library_that_its_first_screen_does_not_need() -> None:
    heavy = {"httpx", "httpcore", "PIL", "av", "uvicorn", "starlette", "jsonschema"}

    assert loaded_by("import oxen_tui.app") & heavy == set()
