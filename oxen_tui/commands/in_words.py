"""How a command says what is wrong: two lines on stderr and exit code 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from oxen_tui.safe_text import clean_line
from oxen_tui.setup_error import SetupError


@contextmanager
def in_words() -> Iterator[None]:
    """Around what a command does: a `SetupError` from it ends the program as it should.

    Raises:
        SystemExit: With code 2, after it was said.
    """
    try:
        yield
    except SetupError as error:
        sys.stderr.write(f"oxen-tui: {clean_line(error.title)}\n{clean_line(error.advice)}\n")
        raise SystemExit(2) from error
