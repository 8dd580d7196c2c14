"""The command line. Loaded only where there is anything on it: a plain start does without."""

from __future__ import annotations

from functools import partial

import click

from oxen_tui import __version__
from oxen_tui.commands.demo import demo
from oxen_tui.commands.in_words import in_words
from oxen_tui.commands.open import open_files
from oxen_tui.commands.terminal import IMAGES, terminal
from oxen_tui.opening import open_app

NAME = "oxen-tui"


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a key it opens on a demo service with made-up answers. Keys are looked for in OXEN_API_KEY, in "
    "this program's own file and in that of the oxen command; OXEN_BASE_URL points at any other server.",
)
@click.option("--demo", "on_demo", is_flag=True, help="Open on the demo service, even if there is a key.")
@click.option("--profile", default="", metavar="NAME", help="Open on a server named in settings.toml.")
@click.option("-m", "--model", default="", metavar="MODEL", help="Start with this model.")
@click.option(
    "--images",
    type=click.Choice(IMAGES),
    default=None,
    help="Show pictures so, whatever the terminal says it can do.",
)
@click.version_option(__version__, message=f"{NAME} %(version)s")
@click.pass_context
def command_line(context: click.Context, on_demo: bool, profile: str, model: str, images: str | None) -> None:
    """Every model on Oxen.ai in one terminal: chat, models, pictures, videos, their queue and gallery."""
    context.obj = partial(open_app, on_demo, profile, model, images)
    if context.invoked_subcommand is None:
        with in_words():
            context.exit(context.obj())


command_line.add_command(demo)
command_line.add_command(open_files)
command_line.add_command(terminal)
