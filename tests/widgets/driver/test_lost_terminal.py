"""A terminal that is gone holds nobody up."""

from __future__ import annotations

import errno
import io

from oxen_tui.widgets.driver.lost_terminal import LastingWriter


class Gone(io.StringIO):
    """A terminal that goes away after some writes."""

    def __init__(self, writes: int) -> None:
        super().__init__()
        self.left = writes

    def write(self, text: str) -> int:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.EIO, "Input/output error")
        return super().write(text)


def test_what_is_written_comes_in_its_order() -> None:
    file = io.StringIO()
    writer = LastingWriter(file)
    writer.start()
    for number in range(100):
        writer.write(f"{number} ")
    writer.stop()
    assert file.getvalue().split() == [str(number) for number in range(100)]


def test_writing_to_a_terminal_that_is_gone_does_not_wait() -> None:
    file = Gone(3)
    writer = LastingWriter(file)
    writer.start()
    for number in range(100):  # the queue holds thirty
        writer.write(str(number))
    writer.stop()
    assert file.getvalue() == "012"
    assert not writer.is_alive()
