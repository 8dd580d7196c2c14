"""Sends what is long in pieces between the frames, no faster than the terminal takes it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from oxen_tui.terminal.late_answers import READY_QUERY, LateAnswers
from oxen_tui.terminal.send_window import LEAST, SendWindow

_MOST_PIECES: Final = 8
"""Under way at once: Textual's writer takes thirty before it makes the whole app wait."""
_LARGEST_PIECE: Final = 32_768
_SILENCE: Final = 3.0
"""Seconds without an answer, over the round trip, after which none is waited for any more."""
_LAST_PATIENCE: Final = 0.5
"""The same at the end of the program."""
_BLIND_PIECE, _BLIND_PAUSE = 1_024, 0.025
"""Bytes, and seconds between them, where the terminal does not answer: 40 kB/s."""

_SHORTEST_PAUSE: Final = 0.002
"""Seconds: less is not worth a timer."""

NextPiece = Callable[[int], str]
"""What to write next, about so many bytes; "" at the end."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Written, and its answer not come."""

    sent: float
    size: int
    under_way: int
    """Bytes that had no answer then, these included."""
    asked: asyncio.Event | None = None
    """Set by the answer to a question that was asked alone; how long that took says nothing of the line."""


class Transfer:
    """Something long that is being sent."""

    def __init__(self, next_piece: NextPiece, end: str) -> None:
        """
        Args:
            next_piece: First asked when its turn has come.
            end: Written instead of the rest when it is given up after it has begun.
        """
        self.next_piece, self.end = next_piece, end
        self.done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """True when all of it is written, false when it was given up."""
        self.wanted = True

    def give_up(self) -> None:
        """What is not sent yet need not be."""
        self.wanted = False


class PacedSending:
    """One transfer after another; nothing of ours comes between the pieces of one, frames do."""

    def __init__(
        self,
        write: Callable[[str], None],
        answers: LateAnswers,
        round_trip: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        Args:
            write: Writes to the terminal, in order with the frames.
            answers: Says when the terminal has answered.
            round_trip: Seconds; None where the terminal did not answer at the start: it is not asked again then.
            clock: Seconds.
            sleep: Waits for so many seconds.
        """
        self._write, self._answers, self._clock, self._sleep = write, answers, clock, sleep
        self._window = SendWindow(round_trip)
        self._answering = round_trip is not None
        self._round_trip = round_trip or 0.0
        self._waiting: deque[Transfer] = deque()
        self._under_way: deque[_Piece] = deque()
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._closing = False
        answers.on_ready = self._take_ready

    def send(self, next_piece: NextPiece, end: str = "") -> Transfer:
        """Have something sent when its turn comes."""
        transfer = Transfer(next_piece, end)
        self._waiting.append(transfer)
        if self._task is None:
            self._task = asyncio.create_task(self._send_all(), name="paced sending")
        return transfer

    async def answered(self) -> float | None:
        """Waits until the terminal has read all that was written so far; seconds that took, None where it says none.

        For what is drawn as text, again and again: the next frame is drawn when this one is there.
        """
        if not self._answering or self._closing:
            return None
        sent, asked = self._clock(), asyncio.Event()
        self._answers.expecting = True
        self._under_way.append(_Piece(sent, 0, self._bytes_under_way, asked))
        self._write(READY_QUERY)
        done = await self._until(lambda: asked.is_set() or self._closing, _SILENCE + 4 * self._round_trip)
        return self._clock() - sent if done and asked.is_set() else None

    @property
    def carries(self) -> float | None:
        """Bytes a second that the link was seen to carry, or more; None where nobody knows."""
        return self._window.carries if self._answering else None

    @property
    def is_idle(self) -> bool:
        """Whether everything was handed on."""
        return self._task is None

    async def close(self, *, wait: bool) -> int:
        """Give up what is left.

        Args:
            wait: Also for the answers that are on their way, so that no shell gets them as keys. Only while the app
                reads the terminal.

        Returns:
            How many answers are still on their way.
        """
        self._closing = True
        self._news.set()
        if self._task is not None:
            await self._task
        if wait and self._answering:
            await self._until(lambda: not self._under_way, _LAST_PATIENCE + 2 * self._round_trip)
        return len(self._under_way) if self._answering else 0

    async def _send_all(self) -> None:
        try:
            while self._waiting:
                transfer = self._waiting.popleft()
                sent = await self._send(transfer) if transfer.wanted and not self._closing else False
                if not transfer.done.done():
                    transfer.done.set_result(sent)
        finally:
            self._task = None

    async def _send(self, transfer: Transfer) -> bool:
        begun = False
        while piece := transfer.next_piece(self._piece_size):
            await self._room_for(len(piece), transfer)
            if self._closing or not transfer.wanted:
                if begun:
                    self._write(transfer.end)
                return False
            self._write_piece(piece)
            begun = True
        return True

    @property
    def _piece_size(self) -> int:
        if not self._answering:
            return _BLIND_PIECE
        return max(LEAST, min(self._window.size // 8, _LARGEST_PIECE))

    def _write_piece(self, piece: str) -> None:
        if not self._answering:
            self._write(piece)
            return
        self._answers.expecting = True
        self._under_way.append(_Piece(self._clock(), len(piece), self._bytes_under_way + len(piece)))
        self._write(piece + READY_QUERY)

    async def _room_for(self, size: int, transfer: Transfer) -> None:
        def may_go_on() -> bool:
            sent = self._bytes_under_way
            has_room = not sent or (sent + size <= self._window.size and len(self._under_way) < _MOST_PIECES)
            return has_room or self._closing or not transfer.wanted

        if self._answering and not await self._until(may_go_on, _SILENCE + 4 * self._round_trip):
            # It has stopped answering; better slowly than never.
            self._answering = self._answers.expecting = False
            self._under_way.clear()
        pause = self._window.pause(size) if self._answering else _BLIND_PAUSE
        if pause >= _SHORTEST_PAUSE:
            await self._sleep(pause)

    @property
    def _bytes_under_way(self) -> int:
        return sum(piece.size for piece in self._under_way)

    async def _until(self, true: Callable[[], bool], patience: float) -> bool:
        """Waits for answers until it is so; false where none came for so many seconds."""
        while not true():
            self._news.clear()
            try:
                # Not `wait_for`: up to Python 3.11 it loses a cancellation that comes in the moment of the answer.
                async with asyncio.timeout(patience):
                    await self._news.wait()
            except TimeoutError:
                return true()
        return True

    def _take_ready(self) -> None:
        """In the thread that reads the terminal."""
        self._loop.call_soon_threadsafe(self._take_answer, self._clock())

    def _take_answer(self, at: float) -> None:
        if self._under_way:
            piece = self._under_way.popleft()
            if piece.asked is not None:
                piece.asked.set()
            else:
                self._window.answered(piece.sent, at, piece.size, piece.under_way)
        self._answers.expecting = bool(self._under_way)
        self._news.set()
