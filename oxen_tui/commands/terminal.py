"""`oxen-tui terminal`: what the terminal says it can do, and how pictures are shown in it."""

from __future__ import annotations

import sys

import click

from oxen_tui.commands.in_words import in_words

IMAGES = ("auto", "tgp", "sixel", "half", "none")
"""What `--images` takes: the same as the setting, which is not loaded for `--version`."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--images", type=click.Choice(IMAGES), default=None, help="What would come of this wish.")
def terminal(images: str | None) -> None:
    """Say what this terminal can do, and how pictures are shown in it."""
    from oxen_tui.paths import find_paths
    from oxen_tui.settings import load_settings
    from oxen_tui.terminal.in_words import lines_about
    from oxen_tui.terminal.picture_mode import choose
    from oxen_tui.terminal.probe import Probe

    with in_words():
        settings = load_settings(find_paths().settings_file)
    with Probe(0, 1) as probe:
        facts = probe.facts()
    choice = choose(facts, images or settings.images, settings.light_pictures, sys.stdout.encoding or "ascii")
    click.echo("\n".join(f"{name:<20}{value}" for name, value in lines_about(facts, choice)))
