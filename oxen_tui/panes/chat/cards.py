"""Jobs in a conversation: asked for by `/image` and `/video`, or by a model's tools; shown as cards that live on.

A card is an attachment that names its job. Whatever happens to the job, here, in the queue or in another start of the
program, the card is drawn from the job as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from textual import on

from oxen_tui.panes.chat.carrying_page import CarryingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets import motion
from oxen_tui.widgets.transcript.view import Transcript

if TYPE_CHECKING:
    from oxen_tui.panes.jobs.cards import JobCards
    from oxen_tui.store.job import Job
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

_LISTEN_AFTER = 1.0
"""Seconds from the start until the queue is heard: it is begun shortly before."""
_LOOK_AGAIN = 0.5
"""Seconds after which cards are drawn once more: a tool puts one on the page after its job has begun."""


class ChatCards(CarryingPage, part=True):
    """Keeps the cards on the page as their jobs are."""

    _listens = False
    """Whether it hears of jobs."""

    def on_mount(self) -> None:
        self._card_tick = self.set_interval(motion.tick(), self._draw_cards, pause=True)
        self.set_timer(_LISTEN_AFTER, self._listen)

    @cached_property
    def _cards(self) -> JobCards:
        from oxen_tui.panes.jobs.cards import JobCards

        return JobCards(self.session)

    def _listen(self) -> None:
        """Hear of jobs from now on."""
        if not self._listens:
            self._listens = True
            self.listen(self.session.generations.subscribe, self.hear_of_jobs)
            self._draw_cards()

    def hear_of_jobs(self, ids: frozenset[int]) -> None:
        """These are otherwise than they were."""
        if ids:
            self._draw_cards()
            self.set_timer(_LOOK_AGAIN, self._draw_cards)

    # --- drawing --------------------------------------------------------------------------------------------------

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        await self._read_cards()

    async def _show_older(self, conversation_id: int, shown_from: int) -> None:
        await super()._show_older(conversation_id, shown_from)
        await self._read_cards()

    async def _read_cards(self) -> None:
        wanted = [card.job_id for lines in self._with_cards for card in lines.turn.cards]
        if wanted:
            try:
                await self._cards.read(wanted)
            except StoreError as error:
                self.in_trouble(str(error))
            self._draw_cards()

    @property
    def _with_cards(self) -> list[TurnLines]:
        return [lines for lines in self._transcript.column.turns if lines.turn.cards]

    def _draw_cards(self) -> None:
        """Bring the cards on the page up to date. Costs what has changed."""
        ticks = False
        for lines in self._with_cards:
            asked_here = lines.turn.role == "user"
            cards = [self._cards.card(card, with_prompt=not asked_here) for card in lines.turn.cards]
            ticks = ticks or any(card.row.ticks for card in cards)
            if cards != lines.turn.cards:
                self._transcript.update_turn(lines.turn.id, cards=cards)
        (self._card_tick.resume if ticks else self._card_tick.pause)()

    # --- keys of a message ----------------------------------------------------------------------------------------

    @on(Transcript.ViewRequested)
    def _view(self, event: Transcript.ViewRequested) -> None:
        lines = self._transcript.column.get(event.turn_id)
        if lines is None:
            return
        insets = [*lines.turn.insets, *(card.inset for card in lines.turn.cards if card.inset is not None)]
        wanted = Path(unquote(urlsplit(event.address).path))
        paths = sorted((inset.path for inset in insets), key=lambda path: path != wanted)
        if paths:
            from oxen_tui.panes.wanted import ViewWanted

            self.post_message(ViewWanted(paths))

    @on(Transcript.CancelRequested)
    def _cancel(self, event: Transcript.CancelRequested) -> None:
        lines = self._transcript.column.get(event.turn_id)
        if lines is not None:
            active = [card.job_id for card in lines.turn.cards if card.row.state.is_active]
            self._work(partial(self._cancel_jobs, active), "cards")

    async def _cancel_jobs(self, job_ids: Sequence[int]) -> None:
        for sentence in dict.fromkeys((await self.session.generations.cancel(job_ids)).values()):
            self.in_trouble(sentence)

    # --- what asking needs ----------------------------------------------------------------------------------------

    def jobs_of(self, turn_id: int) -> list[Job]:
        """The jobs that a question asked for; none of one that was asked of a model that chats."""
        lines = self._transcript.column.get(turn_id)
        if lines is None or lines.turn.role != "user":
            return []
        return [job for card in lines.turn.cards if (job := self._cards.job(card.job_id)) is not None]

    def add_card(self, turn_id: int, job: Job) -> None:
        """Put a job on the page under the message that asked for it."""
        lines = self._transcript.column.get(turn_id)
        if lines is None or any(card.job_id == job.id for card in lines.turn.cards):
            return
        from oxen_tui.store.job import JobState
        from oxen_tui.widgets.jobs.row import JobRow
        from oxen_tui.widgets.transcript.card import Card

        cards = [*lines.turn.cards, Card(job.id, JobRow(JobState.WAITING, job.model))]
        self._transcript.update_turn(turn_id, cards=cards)
        self._draw_cards()
