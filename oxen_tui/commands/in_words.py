"""How a command says what is wrong: two lines on stderr and exit code 2, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from oxen_tui.safe_text import clean_line
from oxen_tui.setup_error import SetupError


class SaidInWords(click.ClickException):
    """A `SetupError` on its way to stderr."""

    exit_code = 2

    def __init__(self, error: SetupError) -> None:
        super().__init__(f"oxen-tui: {clean_line(error.title)}\n{clean_line(error.advice)}")

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.format_message(), file=file, err=True)


@contextmanager
def in_words() -> Iterator[None]:
    """Around what a command does: a `SetupError` from it ends the program as it should."""
    try:
        yield
    except SetupError as error:
        raise SaidInWords(error) from error
