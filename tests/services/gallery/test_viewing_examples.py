"""Examples of a model as the viewer shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from oxen_tui.panes.gallery.words import facts
from oxen_tui.services.gallery.showcase import Fetched, Showpiece
from oxen_tui.services.gallery.viewing import of_examples
from tests.services.gallery_jobs import picture

NOW = datetime(2026, 11, 22, 9, 14, tzinfo=UTC)


def test_an_example_is_shown_with_its_model_and_its_words(tmp_path: Path) -> None:
    (tmp_path / "fir.png").write_bytes(picture())
    piece = Showpiece("/fir.png", "Fir", "A fir in fog", "Trees, 3:2")
    bare = Showpiece("/bare.png")
    items = of_examples("moss", [Fetched(piece, tmp_path / "fir.png"), Fetched(bare, tmp_path / "fir.png")], NOW)
    job = items[0].job
    assert (job.model, job.prompt, dict(job.body)) == ("moss", "A fir in fog", {"prompt": "A fir in fog"})
    assert dict(items[1].job.body) == {}
    assert len({item.job.id for item in items}) == 2
    told = facts(job, NOW, shows=items[0].shows)
    assert [(fact.label, fact.text) for fact in told.facts][:2] == [("Model", "moss"), ("Shows", "Trees, 3:2")]
    assert not {"Opened", "Made", "Paid"} & {fact.label for fact in told.facts}
    assert not items[0].may_be_kept


def test_one_that_could_not_be_had_says_why(tmp_path: Path) -> None:
    (item,) = of_examples("moss", [Fetched(Showpiece("/fir.png", "Fir"), None, "It could not be fetched. Down")], NOW)
    assert (item.path.name, item.trouble) == ("fir", "It could not be fetched. Down")
