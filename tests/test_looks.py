"""What the scenes look like. `pytest tests/test_looks.py --snapshot-update` accepts a change, after a look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.app import App

from oxen_tui.widgets.palette import DARK, LIGHT
from oxen_tui.widgets.pane_bar import PaneBar
from tests.scenes.scenes import SCENES, Scene
from tests.scenes.stage import Stage

PICTURED = (
    "chat-120x40",
    "chat-80x24",
    "chat-60x20",
    "chat-light",
    "first-start",
    "cut-off",
    "model-picker",
    "palette",
    "help-60x20",
    "connect",
    "completion",
    "models",
    "models-160x45",
    "models-60x20",
    "create",
    "create-60x20",
    "queue-60x20",
)
"""The scenes held by a picture. For the others a sentence below is enough."""


class Compare(Protocol):
    """The `snap_compare` fixture."""

    def __call__(self, app: App[Any], *, terminal_size: tuple[int, int], run_before: Any) -> bool: ...


@pytest.fixture(autouse=True)
def _same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLORTERM", "TERM", "OXEN_API_KEY", "OXEN_BASE_URL", "OXEN_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", PICTURED)
def test_it_looks_as_it_did(name: str, snap_compare: Compare, tmp_path: Path) -> None:
    scene = SCENES[name]
    stage = scene.stage(tmp_path)

    assert snap_compare(stage.app, terminal_size=scene.size, run_before=scene.play)
    assert stage.app.mistakes == []


class Played:
    """A scene at its last moment."""

    def __init__(self, stage: Stage, rows: list[str]) -> None:
        self.stage, self.rows = stage, rows

    def row_of(self, words: str) -> int:
        """The first row that shows these words."""
        return next(y for y, row in enumerate(self.rows) if words in row)


async def played(scene: Scene, home: Path) -> Played:
    """Play a scene, and read the screen."""
    stage = scene.stage(home)
    async with stage.app.run_test(size=scene.size, notifications=True) as pilot:
        await scene.play(pilot)
        rows = [strip.text.rstrip() for strip in stage.app.screen._compositor.render_strips()]
    assert stage.app.mistakes == []
    return Played(stage, rows)


class TestChat:
    async def test_the_composer_wears_its_bar_in_the_column_of_the_turns(self, tmp_path: Path) -> None:
        screen = await played(SCENES["chat-finished"], tmp_path)
        turn = screen.rows[screen.row_of("Which model")]
        composer = screen.rows[screen.row_of("crop change the price")]

        assert turn.index("▐") == composer.index("▐") == 30
        assert turn.index("Which") == composer.index("and would") == 32

    async def test_an_answer_that_has_ended_says_what_it_cost(self, tmp_path: Path) -> None:
        screen = await played(SCENES["chat-finished"], tmp_path)

        assert any("1,284 tokens · $0.012 · 14 s" in row for row in screen.rows)
        assert any("thought for 12 s" in row for row in screen.rows)
        assert not any("▍" in row for row in screen.rows)

    async def test_prose_keeps_its_measure_on_a_wide_terminal(self, tmp_path: Path) -> None:
        screen = await played(SCENES["chat-160x45"], tmp_path)
        prose = screen.rows[screen.row_of("If the foam reads")][:110]  # the dock stands beside it

        assert len(prose) - prose.index("If the foam") <= 88
        assert "spent this session" in screen.rows[0]

    async def test_a_message_that_keys_act_on_has_the_bar_and_the_composer_has_none(self, tmp_path: Path) -> None:
        screen = await played(SCENES["reading"], tmp_path)

        assert "▐" in screen.rows[screen.row_of("Two that fit")]
        assert "copy" in screen.rows[-1]

    async def test_a_question_takes_the_place_of_the_welcome(self, tmp_path: Path) -> None:
        screen = await played(SCENES["chat-finished"], tmp_path)

        assert not any("The demo:" in row for row in screen.rows)


class TestViewer:
    async def test_a_picture_has_the_room_that_its_request_leaves(self, tmp_path: Path) -> None:
        screen = await played(SCENES["viewer"], tmp_path)
        beside = screen.rows[screen.row_of("Model  quill-3")].index("Model")

        assert screen.rows[0].startswith("  result-035.png  2 of 36")
        assert screen.rows[0].endswith("fit 16%")
        assert any(row.startswith("▀" * (beside - 2)) for row in screen.rows)
        assert not any("▀" in row[beside:] for row in screen.rows)

    async def test_a_clip_stands_over_its_line_and_frames_of_all_of_it(self, tmp_path: Path) -> None:
        screen = await played(SCENES["viewer-clip-80x24"], tmp_path)
        line, strip = screen.row_of("●"), screen.row_of("▌0:00.2")

        assert any("▀" * 40 in row for row in screen.rows[1:line])
        assert all("▀" in row for row in screen.rows[line + 2 : strip])
        assert "space play" in screen.rows[-1]


class TestQueue:
    async def test_each_state_is_told_by_a_sign_and_a_word(self, tmp_path: Path) -> None:
        screen = await played(SCENES["queue"], tmp_path)
        rows = [row[:25] for row in screen.rows]

        for said in ("◐ running", "○ waiting", "✕ failed", "✓ done", "– cancelled", "? unknown"):
            assert any(said in row for row in rows), said

    async def test_what_is_left_stands_beside_what_takes_longer_than_usual(self, tmp_path: Path) -> None:
        screen = await played(SCENES["queue"], tmp_path)

        assert screen.row_of("about 0:32 left") < screen.row_of("longer than usual 0:14")
        assert "~$1.52 under way" in screen.rows[screen.row_of("5 running")]
        assert "◐6" in screen.rows[0]

    async def test_a_result_is_told_with_its_request(self, tmp_path: Path) -> None:
        screen = await played(SCENES["queue-result"], tmp_path)

        assert screen.row_of("480×320 · PNG") < screen.row_of('"model": "moss-image-xl"')

    async def test_a_low_terminal_shows_six_jobs(self, tmp_path: Path) -> None:
        screen = await played(SCENES["queue-80x24"], tmp_path)

        assert sum(any(word in row for word in ("saved as", "not billed", "in line", " left", "usual"))
                   for row in screen.rows) == 6  # fmt: skip


class TestSmallTerminal:
    @pytest.mark.parametrize(
        "name", ["chat-60x20", "conversations-60x20", "model-picker-60x20", "help-60x20", "queue-60x20"]
    )
    async def test_nothing_is_wider_or_higher_than_it(self, name: str, tmp_path: Path) -> None:
        screen = await played(SCENES[name], tmp_path)

        assert len(screen.rows) == 20
        assert max(len(row) for row in screen.rows) <= 60

    async def test_the_list_takes_the_page(self, tmp_path: Path) -> None:
        screen = await played(SCENES["conversations-60x20"], tmp_path)

        assert screen.row_of("Conversations") < screen.row_of("Today") < screen.row_of("Animate the lighthouse")
        assert not any("Which model" in row for row in screen.rows)

    async def test_models_are_listed_with_prices_and_without_makers(self, tmp_path: Path) -> None:
        screen = await played(SCENES["model-picker-60x20"], tmp_path)
        row = screen.rows[screen.row_of("heron-3-pro")]

        assert row.endswith("$1.20 · $6.00 / M")
        assert "Marsh" not in row

    async def test_a_dialog_keeps_its_last_line(self, tmp_path: Path) -> None:
        screen = await played(SCENES["help-60x20"], tmp_path)

        assert screen.row_of("esc closes") < 20


async def test_a_toast_is_one_line_at_the_right(tmp_path: Path) -> None:
    screen = await played(SCENES["toasts"], tmp_path)
    told = screen.rows[screen.row_of("Copied message")]

    assert told.rstrip().endswith("✓ Copied message: 14 lines")
    assert "✕ The connection to the server was lost. What came is kept" in "\n".join(screen.rows)


async def test_both_themes_use_their_own_ground_only(tmp_path: Path) -> None:
    for theme, palette, other in (("dark", DARK, LIGHT), ("light", LIGHT, DARK)):
        scene = Scene(theme, "", theme=theme)
        stage = scene.stage(tmp_path / theme)
        async with stage.app.run_test(size=scene.size) as pilot:
            await scene.play(pilot)
            strips = stage.app.screen._compositor.render_strips()
            assert stage.app.screen.query_one(PaneBar).styles.background.hex.lower() == palette.panel
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        grounds = {style.bgcolor.name for style in styles if style.bgcolor}

        assert grounds <= {palette.bg, palette.panel, palette.field, palette.accent}
        assert not grounds & {other.bg, other.panel, other.field}
