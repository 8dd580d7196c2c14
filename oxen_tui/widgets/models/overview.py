"""The first page about a model: what goes in and comes out, its limits, where it comes from, its description."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.api.model import Model
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.models.columns import state_words
from oxen_tui.widgets.page.document_view import DocumentView
from oxen_tui.widgets.page.labelled import label_cells, labelled, prose
from oxen_tui.widgets.wording import counted, short_count

_MEDIA = ("text", "image", "video", "audio")

Fact = tuple[str, list[Piece]]


class ModelOverview(DocumentView):
    """Shows one model's facts over its description."""

    def show_model(self, model: Model | None, price: str = "", examples: int = 0) -> None:
        """Show this model.

        Args:
            price: In a few words, as in a list.
            examples: How many it shows of itself.
        """
        if model is None:
            self.show("")
        else:
            self.show(_without_name(model), lambda paper: overview_lines(paper, model, price, examples))


def overview_lines(paper: Paper, model: Model, price: str, examples: int = 0) -> Sequence[PageLine]:
    """What stands above the description."""
    lines: list[PageLine] = []
    tagline = model.showcase.get("tagline") if model.showcase else None
    if isinstance(tagline, str) and tagline.strip():
        lines += [*prose(paper, " ".join(tagline.split()), "text+emphasis"), PageLine()]
    facts = _facts(model, price, examples, paper)
    column = label_cells([label for label, _ in facts], paper)
    for label, pieces in facts:
        lines += labelled(paper, label, pieces, column)
    if model.description:
        lines += [PageLine(), PageLine(rule=True), PageLine()]
    return lines


def _without_name(model: Model) -> str:
    """The description without a heading that only says the name again: it stands at the top already."""
    first, _, rest = model.description.lstrip().partition("\n")
    heading = first.lstrip("#").strip()
    return rest.lstrip("\n") if first.startswith("#") and heading == model.display_name else model.description


def _facts(model: Model, price: str, examples: int, paper: Paper) -> list[Fact]:
    facts: list[Fact] = []

    def say(label: str, text: str | None, aside: str = "", ink: str = "text") -> None:
        if text:
            pieces = [Piece(text, ink)]
            if aside:
                pieces.append(Piece(f"  {aside}", "faint"))
            facts.append((label, pieces))

    say("Name to send", model.id if model.id != model.display_name else "")
    say("Takes", _media(model.inputs), "needs a picture" if model.needs_picture else "")
    say("Gives", _media(model.outputs))
    say("Price", price)
    if examples:
        say("Shows", counted(examples, "example"), f"v shows {'them' if examples > 1 else 'it'}")
    if model.context_length:
        say("Context", f"{short_count(model.context_length)} tokens")
    if model.max_output_tokens:
        say("Longest answer", counted(model.max_output_tokens, "token"))
    say("Developer", model.developer)
    if model.released_at is not None:
        say("Released", f"{model.released_at:%-d %B %Y}")
    if model.model_type and model.model_type != "base":
        say("Owner", model.owned_by, model.model_type)
    if model.deployment is not None:
        sign, word, tone = state_words(model.deployment)
        say("State", f"{sign} {word}", ink=tone)
    say("Made from", model.source_model)
    if model.fine_tuning:
        actions = model.fine_tuning.get("actions")
        named = [str(action) for action in actions] if isinstance(actions, list) else []
        say("Fine-tuning", ", ".join(named) or "offered")
    say("Endpoint", model.endpoint, ink="fn")
    return facts


def _media(kinds: frozenset[str]) -> str:
    """The media in their usual order, others after them."""
    known = [kind for kind in _MEDIA if kind in kinds]
    return ", ".join([*known, *sorted(kinds.difference(_MEDIA))])
