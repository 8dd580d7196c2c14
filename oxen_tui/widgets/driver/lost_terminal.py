"""Lets the program end when its terminal is gone.

A terminal that goes away says SIGHUP and SIGCONT. Textual takes the second for the end of a pause and starts another
thread that writes, which dies of its first write; the thirty-first then waits for ever, and so did the program, with
its store, its demo service and its locks.
"""

from __future__ import annotations

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread


def install() -> None:
    """Let writes to a terminal that is gone go nowhere, in this process. Call it before the app runs."""
    linux_driver.WriterThread = LastingWriter  # type: ignore[attr-defined]


class LastingWriter(WriterThread):
    """Textual's, but it goes on taking what is written when nobody can read it any more."""

    def run(self) -> None:
        gone = False
        while (text := self._queue.get()) is not None:
            gone = gone or not self._wrote(text)
        if not gone:
            self._wrote("")

    def _wrote(self, text: str) -> bool:
        try:
            self._file.write(text)
            if self._queue.qsize() == 0:
                self._file.flush()
        except OSError:
            return False
        return True
