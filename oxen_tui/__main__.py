"""The command line: what is meant is worked out here, and every way it can be wrong is said in words.

Nothing heavy is imported at the top: `--version` and `--help` need click and no more.
"""

from __future__ import annotations

import gc
import sys
from typing import IO, Any

import click

from oxen_tui import __version__
from oxen_tui.commands.demo import demo
from oxen_tui.commands.in_words import in_words
from oxen_tui.commands.terminal import IMAGES, terminal

_NAME = "oxen-tui"


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
@click.version_option(__version__, message=f"{_NAME} %(version)s")
@click.pass_context
def command_line(context: click.Context, on_demo: bool, profile: str, model: str, images: str | None) -> None:
    """Every model on Oxen.ai in one terminal: chat, models, pictures, videos, their queue and gallery."""
    if context.invoked_subcommand is None:
        with in_words():
            context.exit(_open_app(on_demo, profile, model, images))


command_line.add_command(demo)
command_line.add_command(terminal)


def main() -> None:
    """What the command `oxen-tui` calls."""
    command_line(prog_name=_NAME)


def _open_app(on_demo: bool, profile: str, model: str, images: str | None) -> int:
    """Opens the app and returns its exit code.

    Raises:
        SetupError: Something has to be put right first.
    """
    from oxen_tui.paths import find_paths
    from oxen_tui.services.connection import Wanted, resolve_place
    from oxen_tui.services.credentials import Credentials
    from oxen_tui.settings import load_settings
    from oxen_tui.setup_error import SetupError

    paths = find_paths()
    settings = load_settings(paths.settings_file)
    place = resolve_place(Wanted(on_demo, profile, model), settings, Credentials(paths.credentials_file))
    paths.make_folders()
    if not all(_is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on stderr
        raise SetupError(
            "This is not a terminal",
            f"Start {_NAME} directly in one, not from a pipe or into a file; over ssh, with `ssh -t`.",
        )
    # Collections while thousands of classes and widgets are made find nothing and take a fifth of the start. The app
    # turns them on again when its first screen stands.
    gc.disable()
    from oxen_tui.terminal.picture_mode import choose
    from oxen_tui.terminal.probe import Probe

    with Probe(0, 1) as probe:
        # The terminal answers while this is loaded.
        from oxen_tui.app import run_app

        facts = probe.facts()
    encoding = sys.stdout.encoding or "ascii"
    return run_app(
        place, paths, settings, facts, choose(facts, images or settings.images, settings.light_pictures, encoding)
    )


def _is_terminal(stream: IO[Any] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


if __name__ == "__main__":
    main()
