"""`/compare`: the next question goes to several models at once, and one of the answers is gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.answers.run import AnswerRun
from oxen_tui.panes.chat.carrying_page import CarryingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.chat.folded_paste import whole_of
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.services.comparison.column import Column
    from oxen_tui.services.comparison.comparison import Comparison
    from oxen_tui.services.conversation.events import ConversationEvent
    from oxen_tui.store.attachment import Attachment

_USED_LATELY = 8
"""Models that stand first in the list."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """What is known when models are to be marked."""

    question: str
    """Empty while it is still to be written."""
    marked: tuple[str, ...]
    """Models that are marked already, in their order."""
    lately: tuple[str, ...]
    """The conversation's model, and those used last."""
    context: int
    """Tokens that are sent again with the question."""
    attachments: tuple[Attachment, ...]


class ChatCompare(CarryingPage, part=True):
    """Begins comparisons, follows them whether they are on screen or not, and goes on with what was picked."""

    class CompareWanted(Message):
        """Models are to be marked: `compare_with` takes them."""

        comparing: Comparing

    class CompareBegun(Message):
        """The answers are to be shown side by side."""

        comparison: Comparison

    _marked: tuple[str, ...] = ()
    """Those of the last comparison."""
    _to_compare: tuple[str, str] = ("", "")
    """The question that models are marked for, and what stands in the composer again if it is not asked."""
    _next_to: tuple[str, ...] = ()
    """Models that the next question goes to; empty for the usual one."""
    _beside: Comparison | None = None
    """What is shown side by side now."""

    def on_mount(self) -> None:
        self._comparisons: dict[int, Comparison] = {}
        """By conversation, until one goes on."""

    @property
    def compare_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Compare: ask several models at once", "f3", self.action_compare)]

    # --- marking models --------------------------------------------------------------------------------------------

    def action_compare(self, question: str = "") -> None:
        """Ask several models the same: this question, what stands in the composer, or what is written next."""
        written = f"/compare {question}" if question else ""
        text = question or self._composer.kept.strip()
        running = self._answers.of(self.conversation_id)
        known = self._comparison_here()
        if known is not None and (running or not text):
            self._put_line_back(written)
            self._show_beside(known)
        elif running:
            self._put_line_back(written)
            self.say("An answer is arriving: esc stops it, or wait for its end")
        else:
            self._to_compare = text, written
            self._work(self._want_models, "compare", exclusive=True)

    def _comparison_here(self) -> Comparison | None:
        """What can be set side by side again: the conversation on screen still ends with it."""
        known = self._comparisons.get(self.conversation_id or 0)
        if known is None or known.is_running:
            return known
        turns = [lines.turn for lines in reversed(self._transcript.column.turns)]
        asked = next((turn.id for turn in turns if turn.role == "user"), None)
        return known if known.question is not None and known.question.id == asked else None

    async def _want_models(self) -> None:
        from oxen_tui.api.model import ModelKind

        if not await self._have_model():
            self._put_line_back(self._to_compare[1])
            return
        await self.session.catalogue.load()
        used = await self.session.store.models.used(_USED_LATELY * 4)
        known = {each: self.session.catalogue.get(each) for each in used}
        # Pictures and clips are made with models too; one that no list has was chatted with.
        chats = [each for each, model in known.items() if model is None or model.kind is ModelKind.CHAT]
        lately = tuple(dict.fromkeys([self.model, *chats]))[:_USED_LATELY]
        comparing = Comparing(
            whole_of(self._to_compare[0]),
            self._marked or lately[:2],
            tuple(dict.fromkeys([self.model, *self._marked, *lately])),
            self._context_used or 0,
            self.attached,
        )
        self.post_message(self.CompareWanted(comparing))

    def compare_with(self, models: Sequence[str]) -> None:
        """These were marked; none where it was thought better of."""
        (text, written), self._to_compare = self._to_compare, ("", "")
        if not models:
            self._put_line_back(written)
            return
        self._marked = tuple(models)
        if not text:
            self._next_to = self._marked
            self._say_who_is_asked()
            return
        if not written:  # it stands in the composer
            self._composer.text = ""
        self._work(partial(self._compare, text, self._marked, None), "answers")

    def _put_line_back(self, written: str) -> None:
        if written:
            self._composer.put("\n".join(part for part in (written, self._composer.kept) if part))

    def _say_who_is_asked(self) -> None:
        """Tell by the composer that the next question goes to several models."""
        count = len(self._next_to)
        self._composer.placeholder = (
            f"Question for {counted(count, 'model')}, esc for one" if count else "Message, / for commands"
        )
        self._composer.focus()

    def ask_one_again(self) -> None:
        """The next question goes to the usual model after all."""
        if self._next_to:
            self._next_to = ()
            self._say_who_is_asked()

    # --- asking ----------------------------------------------------------------------------------------------------

    async def _ask(self, text: str, attachments: tuple[Attachment, ...] | None = None) -> None:
        if self._next_to:
            models, self._next_to = self._next_to, ()
            self._say_who_is_asked()
            await self._compare(text, models, attachments)
            return
        if not self._answers.of(self.conversation_id):
            self._comparisons.pop(self.conversation_id or 0, None)  # the conversation goes on
        await super()._ask(text, attachments)

    async def _compare(self, text: str, models: tuple[str, ...], attachments: tuple[Attachment, ...] | None) -> None:
        if attachments is None:
            attachments = self.take_attachments()
        async with self._asking:
            comparison = await self._begin_comparison(text, models, attachments)
        if comparison is None:
            self._put_line_back(f"/compare {text}")
            self.put_attachments_back(attachments)
            return
        self._show_beside(comparison)
        await self._follow_all(comparison)

    async def _begin_comparison(
        self, text: str, models: tuple[str, ...], attachments: tuple[Attachment, ...]
    ) -> Comparison | None:
        """None where the question cannot be asked now; the user was told why."""
        from oxen_tui.services.comparison.comparison import Asked, Comparison

        if self._answers.of(self.conversation_id):
            self.say("An answer is arriving: esc stops it, or wait for its end")
            return None
        prepared = await self.prepare(text, attachments, models)
        if prepared is None:
            return None
        text, attachments = prepared
        model, editing, self._editing = self.model, self._editing, None
        if self.conversation_id is None:
            await self._begin_conversation(model)
        assert self.conversation_id is not None
        settings = self.take_settings() or self.shown_settings
        whole = whole_of(text)
        asked = Asked(self.conversation_id, whole, models, settings, attachments, editing, model)
        session = self.session
        comparison = Comparison(session.conversation, session.store.messages, asked, session.clock.monotonic)
        self._comparisons[asked.conversation_id] = comparison
        for each in models:
            self._work(partial(self._note_use, each), "used")
        return comparison

    async def _follow_all(self, comparison: Comparison) -> None:
        """Let the models answer, and tell of it wherever it is looked at."""
        asked, now = comparison.asked, self.session.clock.monotonic()
        who, task = counted(len(asked.models), "model"), asyncio.current_task()
        run = AnswerRun(asked.conversation_id, now, who, task, "comparing", now, end=comparison.stop_all)
        end = self.listen(comparison.subscribe, partial(self._hear, comparison, run))
        try:
            with self._answers.holding(run):
                await comparison.run()
        finally:
            end()
        if self._beside is not comparison and asked.conversation_id == self.conversation_id:
            self.say("All have answered: [ and ] flip through, /compare sets them side by side")
        # Nobody knows behind which answer a question is to be asked that waits, unless one was picked.
        picked = comparison.picked.message if comparison.picked is not None else None
        run.ending = picked.ending if picked is not None else None
        await self.go_on_after(run)

    def _hear(self, comparison: Comparison, run: AnswerRun, column: Column, event: ConversationEvent | None) -> None:
        if event is None:
            return
        from oxen_tui.services.conversation.events import AnswerEnded, Noted, QuestionStored, StoreTrouble

        # What stands side by side is not drawn underneath too; it is read when that is left.
        if self._beside is not comparison or isinstance(event, QuestionStored | Noted | StoreTrouble):
            self._answers.take(run, event)
        elif isinstance(event, AnswerEnded):
            self.answer_ended(event.message)

    @property
    def models_answering(self) -> list[str]:
        names: list[str] = []
        for run in self._answers:
            known = self._comparisons.get(run.conversation_id)
            running = [column.model for column in known.columns if column.is_running] if known is not None else []
            names += running or [run.model]
        return names

    # --- side by side ----------------------------------------------------------------------------------------------

    def _show_beside(self, comparison: Comparison) -> None:
        self._beside = comparison
        self.post_message(self.CompareBegun(comparison))

    def ask_column_again(self, comparison: Comparison, number: int) -> None:
        """The model of a column is asked once more."""
        if not comparison.again(number):
            self._work(partial(self._follow_all, comparison), "answers")

    def go_on_with(self, comparison: Comparison, number: int) -> None:
        """The conversation goes on with the answer of this column."""
        self._comparisons.pop(comparison.asked.conversation_id, None)
        self._work(partial(self._go_on_with, comparison, number), "show")

    def leave_comparison(self, comparison: Comparison, *, for_good: bool) -> None:
        """Back to the conversation, with no answer picked. What runs goes on.

        `for_good` is where it will not be looked at side by side again.
        """
        if for_good:
            self._comparisons.pop(comparison.asked.conversation_id, None)
            if comparison.question is None:  # it never got to the disk
                self._put_line_back(f"/compare {comparison.asked.text}")
                self.put_attachments_back(comparison.asked.attachments)
        self._work(partial(self._go_on_with, comparison, None), "show")

    async def _go_on_with(self, comparison: Comparison, number: int | None) -> None:
        asked = comparison.asked
        try:
            if number is None:
                await comparison.leave()
            else:
                await comparison.pick(number)
        except StoreError as error:
            self.in_trouble(str(error))
        self._beside = None
        if asked.conversation_id == self.conversation_id:
            await self._show(asked.conversation_id)
        if number is not None:
            self.say(f"Going on with {asked.models[number]} · [ ] flip to the others")
        self._composer.focus()
