"""What the line under the composer says of the answer that arrives, and of the model that is asked next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.services.context.room import context_warning
from oxen_tui.services.price.pricing import chat_cost
from oxen_tui.widgets.chat.status_line import Status

if TYPE_CHECKING:
    from oxen_tui.panes.answers.run import AnswerRun
    from oxen_tui.services.session import Session


def chat_status(
    session: Session,
    model_id: str,
    run: AnswerRun | None,
    context: int | None,
    new_lines: int,
    queued: int,
    tools: int = 0,
    settings: str = "",
    draft: int = 0,
) -> Status:
    """
    Args:
        session: For the model's prices and limits, and the clock.
        model_id: The model that the next question goes to.
        run: The answer that arrives on this page, if one does.
        context: Tokens that the last answer of the conversation was about, itself included.
        new_lines: Lines below what the reader sees.
        queued: Questions that wait.
        tools: That are switched on.
        settings: What else is set for the conversation, in words.
        draft: Characters that stand in the composer.
    """
    catalogue = session.made_catalogue
    model, trouble = (catalogue.get(model_id), catalogue.trouble) if catalogue is not None else (None, None)
    # What was said before is sent again; how long the new question is does not matter beside it.
    alone = run if run is not None and run.end is None else None
    cost = chat_cost(model.pricing, context or 0, alone.tokens) if alone and model else None
    if alone and context is not None:
        context += alone.tokens
    length = model.context_length if model else None
    return Status(
        model=model_id,
        state=run.state if run else "",
        seconds=session.clock.monotonic() - run.state_since if run else 0,
        tokens=run.tokens if run else None,
        cost=cost or None,
        context_used=context,
        context_length=length,
        new_lines=new_lines,
        queued=queued,
        tools=tools,
        settings=settings,
        notice=f"no model list: {trouble.title}" if trouble else context_warning(context, length, draft),
    )
