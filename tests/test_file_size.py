"""Sizes in words."""

from __future__ import annotations

import pytest

from oxen_tui.file_size import file_size, part_of_size


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 KB"),
        (9_949, "9.9 KB"),
        (9_950, "10 KB"),
        (412_000, "412 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (34_800_000, "34.8 MB"),
        (99_950_000, "100 MB"),
        (999_499_999, "999 MB"),
        (1_240_000_000, "1.2 GB"),
    ],
)
def test_a_size_has_two_or_three_figures_and_never_four(size: int, words: str) -> None:
    assert file_size(size) == words


@pytest.mark.parametrize(
    ("came", "whole", "words"),
    [
        (12_100_000, 34_800_000, "12.1 of 34.8 MB"),
        (12_000, 412_000, "12 of 412 KB"),
        (400_000, 2_000_000, "0.4 of 2.0 MB"),
        (12, 840, "12 of 840 B"),
    ],
)
def test_what_came_is_said_in_the_unit_of_all(came: int, whole: int, words: str) -> None:
    assert part_of_size(came, whole) == words
