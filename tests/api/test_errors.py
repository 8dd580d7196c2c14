from __future__ import annotations

import pytest

from oxen_tui.api import errors
from oxen_tui.api.errors import ApiError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ApiError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_a_title_and_a_sentence_to_act_on(kind: type[ApiError]) -> None:
    error = kind()
    assert 0 < len(error.title) <= 60
    assert error.advice.endswith(".")
    assert str(error) == f"{error.title}: {error.advice}"


def test_the_servers_words_stand_in_place_of_the_advice() -> None:
    assert str(errors.BadRequest("no such size")) == "The request was refused: no such size"


def test_foreign_text_in_an_error_is_cleaned() -> None:
    error = errors.Unreachable("\x1b[2J\x9b\n", title="no host \x07a\n", advice="b\x1b")
    assert str(error) == "no host a : ␛[2J"
    assert error.advice == "b␛"
