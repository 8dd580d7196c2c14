"""`oxen-tui open`: look at files of the disk in the viewer, with the requests that are found in them."""

from __future__ import annotations

from pathlib import Path

import click

from oxen_tui.commands.in_words import in_words
from oxen_tui.setup_error import SetupError

_MOST_TOLD = 5
"""Files of which it is said why they are not shown."""


@click.command("open", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("pictures", metavar="PICTURE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def open_files(context: click.Context, pictures: tuple[Path, ...]) -> None:
    """Look at pictures, clips and sounds of the disk, and at those in a folder.

    The request that a picture was made with is found in its PNG text or beside it: e builds the form from it. Nothing
    is changed by looking; a puts a file into the gallery.
    """
    from oxen_tui.services.gallery.opened_files import look_at_all

    with in_words():
        files = look_at_all(pictures)
        wrong = [file for file in files if file.facts is None]
        if len(wrong) == len(files):
            told = " ".join(f"{file.name}: {_small(file.trouble)}" for file in wrong[:_MOST_TOLD])
            more = f" {len(wrong) - _MOST_TOLD} more likewise." if len(wrong) > _MOST_TOLD else ""
            raise SetupError("There is nothing to show", told + more)
        context.exit(context.obj(files=files))


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
