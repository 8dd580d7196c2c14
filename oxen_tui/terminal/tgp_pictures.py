"""The pictures that the terminal holds: each is sent once, kept while it may be shown again, and then freed."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Final

from oxen_tui.terminal import tgp
from oxen_tui.terminal.paced_sending import PacedSending, Transfer

MOST_UNUSED: Final = 24
"""Pictures that the terminal keeps for the case that they are shown again."""
_NUMBERS = 1 << 24


class HeldPicture:
    """One picture on its way to the terminal, or there."""

    def __init__(self, number: int, transfer: Transfer) -> None:
        self.number, self.transfer = number, transfer
        self.users = 0
        self.listeners: list[Callable[[], None]] = []
        """Called when it is there, and when it is lost: one for each who shows it."""
        self.is_lost = False
        """The terminal has thrown it away."""

    @property
    def is_there(self) -> bool:
        done = self.transfer.done
        return not self.is_lost and done.done() and not done.cancelled() and done.result()


class TgpPictures:
    """Hands out pictures by what they are of; the same one at the same size is sent once for all who show it."""

    def __init__(self, sending: PacedSending, write: Callable[[str], None]) -> None:
        """
        Args:
            sending: Sends pictures.
            write: Writes to the terminal, in order with the frames.
        """
        self._sending, self._write = sending, write
        self._held: OrderedDict[Hashable, HeldPicture] = OrderedDict()
        self._numbers = _numbers()

    def take(self, key: Hashable, payload: str, columns: int, rows: int, on_there: Callable[[], None]) -> HeldPicture:
        """Show a picture; `give_back` ends that.

        Args:
            key: What it is of, its size and all else that makes a difference.
            payload: From `tgp.packed`.
            columns: Cells it covers.
            rows: Cells it covers.
            on_there: Called when the terminal has it, unless it has it already, and when it has lost it: then it is
                to be taken anew.
        """
        held = self._held.get(key)
        if held is None or (held.transfer.done.done() and not held.is_there) or not held.transfer.wanted:
            number = next(self._numbers)
            next_piece = tgp.upload(number, payload, columns, rows)
            held = HeldPicture(number, self._sending.send(next_piece, tgp.end_of_broken_upload(number)))
            held.transfer.done.add_done_callback(lambda _: self._say_there(held))
            self._held[key] = held
        self._held.move_to_end(key)
        held.users += 1
        held.listeners.append(on_there)
        return held

    def give_back(self, held: HeldPicture, on_there: Callable[[], None]) -> None:
        """No longer shown by one of those who took it."""
        held.users -= 1
        held.listeners.remove(on_there)
        if held.is_lost:
            return
        if not held.users and not held.is_there:
            held.transfer.give_up()
            self._forget(held)
        self._free_what_is_too_much()

    def lose_all(self) -> None:
        """The terminal has thrown all of them away: whoever shows one has to take it anew."""
        lost, self._held = list(self._held.values()), OrderedDict()
        for held in lost:
            held.is_lost = True
            held.transfer.give_up()
        for held in lost:
            _tell(held)

    def free_all(self) -> None:
        """Before the program ends. What is under way is ended by who sends it."""
        self._write("".join(tgp.free(held.number) for held in self._held.values() if held.is_there))
        self._held.clear()

    def _say_there(self, held: HeldPicture) -> None:
        if held.is_there:
            _tell(held)

    def _forget(self, held: HeldPicture) -> None:
        for key, each in list(self._held.items()):
            if each is held:
                del self._held[key]

    def _free_what_is_too_much(self) -> None:
        unused = [(key, held) for key, held in self._held.items() if not held.users]
        for key, held in unused[: max(0, len(unused) - MOST_UNUSED)]:
            del self._held[key]
            # In line with the uploads: a command between the pieces of one would end it.
            command = iter((tgp.free(held.number),))
            self._sending.send(lambda _, command=command: next(command, ""))  # type: ignore[misc]


def _tell(held: HeldPicture) -> None:
    for listener in tuple(held.listeners):
        listener()


def _numbers() -> Iterator[int]:
    """Numbers for pictures, none of which another program on the same terminal is likely to have taken.

    No part of the colour is 0, so none looks like a colour of a table.
    """
    number = random.randrange(_NUMBERS)
    while True:
        number = (number + 1) % _NUMBERS
        if all(tgp.colour_of(number)):
            yield number
