"""`python -m screenshots [SCENE ...]`: make the pictures of these scenes, or of all."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import click

from screenshots.drawing import draw
from screenshots.fonts import FontMissing
from tests.scenes.scenes import SCENES, Scene

FOLDER = Path(__file__).parent


def picture_of(scene: Scene) -> Path:
    """Where the picture of a scene lies."""
    return FOLDER / f"{scene.name}.png"


async def make(scene: Scene) -> Path:
    """Play a scene and draw its last moment.

    Raises:
        FontMissing: There is no font to draw with.
    """
    with tempfile.TemporaryDirectory() as home:
        app = scene.stage(Path(home)).app
        async with app.run_test(size=scene.size, notifications=True) as pilot:
            await scene.play(pilot)
            lines = app.screen._compositor.render_strips()
            image = draw(lines, scene.size[0], app.get_css_variables()["bg"])
    file = picture_of(scene)
    image.save(file, optimize=True)
    return file


def main(names: list[str]) -> int:
    """What the command does; its exit code."""
    if unknown := [name for name in names if name not in SCENES]:
        click.echo(f"no scene is called {', '.join(unknown)}. There are:", err=True)
        for scene in SCENES.values():
            click.echo(f"  {scene.name:<22}{scene.shows}", err=True)
        return 2
    for name in names or list(SCENES):
        try:
            file = asyncio.run(make(SCENES[name]))
        except FontMissing as missing:
            click.echo(f"No picture: {missing}.", err=True)
            return 1
        click.echo(f"{file.relative_to(FOLDER.parent)}  {file.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
