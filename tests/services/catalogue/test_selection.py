"""What the filter finds: words, facets, groups, orders and counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.api.model import ModelKind
from oxen_tui.services.catalogue.changes import New, PriceChanged
from oxen_tui.services.catalogue.completion import complete
from oxen_tui.services.catalogue.index import CatalogueIndex, empty_index
from oxen_tui.services.catalogue.query import parse
from oxen_tui.services.catalogue.rows import GroupTitle, Standing
from oxen_tui.services.catalogue.selection import Say, SearchResult, Sort, select
from tests.services.catalogue_models import chat, demo_entries, entry, index_of, schema, video

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
URI = {"type": "string", "format": "uri"}
INDEX = index_of(
    chat("heron-3-pro", developer={"name": "Marsh Lab"}, context_length=200_000, released_at="2026-11-01"),
    chat("avocet-mini", context_length=32_000, released_at="2026-03-05", pricing={"method": "token"}),
    video(
        "tern-2-pro",
        summary="Steady cameras, water and light",
        developer="black_forest_labs",
        released_at="2025-06-01",
        request_schema=schema("prompt", "generate_audio", "seed", first_frame_image=URI, size={"enum": ["1080p"]}),
    ),
    video("kelp-motion-1", request_schema=schema(input_image=URI, required=["input_image"]), pricing=None),
    entry(
        "nano-banana-2", developer={"name": "Google"}, display_name="Nano Banana 2", request_schema=schema("mask_url")
    ),
    entry("moss-image-xl", summary="A banana of a model"),
    entry("ada/plates-tuned", model_type="custom", deployments=[{"status": "inactive"}]),
)
STANDING = Standing(
    favourites=frozenset({"tern-2-pro", "long-gone"}),
    used=("moss-image-xl", "heron-3-pro", "tern-2-pro"),
    changes={"nano-banana-2": New(), "heron-3-pro": PriceChanged(None, None)},
)


def asked(text: str, index: CatalogueIndex = INDEX, standing: Standing = STANDING, **more: object) -> SearchResult:
    return select(index, text, parse(text), standing, NOW, **more)  # type: ignore[arg-type]


def found(text: str, **more: Any) -> set[str]:
    return set(asked(text, **more).rows.ids)


def best(text: str, *models: dict[str, object]) -> list[str]:
    return asked(text, index_of(*models) if models else INDEX).rows.ids


# --- words


def test_names_come_before_texts_and_beginnings_before_middles() -> None:
    models = (
        entry("flux"),
        entry("flux-2"),
        entry("a-flux"),
        entry("reflux"),
        entry("b", developer={"name": "Flux Makers"}),
        entry("c", summary="better than influx"),
    )
    assert best("flux", *models) == ["flux", "flux-2", "a-flux", "reflux", "b", "c"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nano banana", "nano-banana-2"),
        ("nanobanana", "nano-banana-2"),
        ("BANANA nano", "nano-banana-2"),
        ('"banana 2"', "nano-banana-2"),
        ("bannana", "nano-banana-2"),
        ("herron", "heron-3-pro"),
        ("steady water", "tern-2-pro"),
        ("marsh", "heron-3-pro"),
        ("ada/pl", "ada/plates-tuned"),
        ("avoct mini", "avocet-mini"),
    ],
)
def test_words_find_a_model_however_they_are_written(text: str, first: str) -> None:
    assert best(text)[0] == first


def test_what_is_merely_alike_comes_last_and_not_at_all_for_two_letters() -> None:
    assert best("banana", entry("banana"), entry("bahana"), entry("x"), entry("z", summary="banana")) == [
        "banana",
        "z",
        "bahana",
    ]
    assert best("qx", entry("qy"), entry("xq")) == []


def test_all_words_must_be_found_and_unwanted_ones_must_not() -> None:
    assert found("pro tern") == {"tern-2-pro"}
    assert found("pro -tern") == {"heron-3-pro"}
    assert found("-pro -image kind:video") == {"kelp-motion-1"}


def test_a_word_that_grows_finds_what_it_would_have_found_at_once() -> None:
    for word in ("banana", "motion-1", "water and", "labs"):
        fresh = index_of(*demo_entries(), entry("nano-banana-2"), video("kelp-motion-1"))
        grown = [asked(word[:end], fresh).rows.ids for end in range(1, len(word) + 1)][-1]
        again = index_of(*demo_entries(), entry("nano-banana-2"), video("kelp-motion-1"))
        assert grown == asked(word, again).rows.ids


def test_what_only_the_server_found_comes_last_and_obeys_the_facets() -> None:
    say = Say(["moss-image-xl", "tern-2-pro", "never-heard-of"])

    assert asked("heron", server=say).rows.ids == ["heron-3-pro", "moss-image-xl", "tern-2-pro"]
    assert asked("heron kind:video", server=say).rows.ids == ["tern-2-pro"]
    assert asked("heron -tern", server=say).rows.ids == ["heron-3-pro", "moss-image-xl"]
    assert asked("heron", server=say).from_server


# --- facets


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("kind:chat", {"heron-3-pro", "avocet-mini"}),
        ("kind:vid", {"tern-2-pro", "kelp-motion-1"}),
        ("kind:chat,video -output:text", {"tern-2-pro", "kelp-motion-1"}),
        ("accepts:picture", {"tern-2-pro", "kelp-motion-1"}),
        ("by:blackforest", {"tern-2-pro"}),
        ('developer:"Black Forest Labs",google', {"tern-2-pro", "nano-banana-2"}),
        ("has:seed", {"tern-2-pro"}),
        ("has:sound", {"tern-2-pro"}),
        ("has:first-frame", {"tern-2-pro"}),
        ("has:1080p", {"tern-2-pro"}),
        ("has:mask", {"nano-banana-2"}),
        ("needs:picture", {"kelp-motion-1"}),
        ("status:asleep", {"ada/plates-tuned"}),
        ("custom", {"ada/plates-tuned"}),
        ("fav", {"tern-2-pro"}),
        ("used -fav", {"moss-image-xl", "heron-3-pro"}),
        ("new", {"nano-banana-2"}),
        ("is:changed,new", {"nano-banana-2", "heron-3-pro"}),
        ("context:100k", {"heron-3-pro"}),
        ("context:<=32k", {"avocet-mini"}),
        ("context:1k..50k", {"avocet-mini"}),
        ("released:2025", {"tern-2-pro"}),
        ("released:2026-03", {"avocet-mini"}),
        ("released:<30d", {"heron-3-pro"}),
        ("released:2026-03-05..2026-11-01", {"avocet-mini", "heron-3-pro"}),
        ("price:unknown", {"kelp-motion-1", "avocet-mini"}),
    ],
)
def test_facets_let_through_what_they_say(text: str, ids: set[str]) -> None:
    assert found(text) == ids
    assert asked(text).notice == ""


def test_a_price_filter_never_hides_an_unknown_price_unless_told_to() -> None:
    unknown = {"kelp-motion-1", "avocet-mini"}

    assert found("price:<0.05") == unknown | {"nano-banana-2", "moss-image-xl", "ada/plates-tuned"}
    assert found("-price:<0.05") == unknown | {"tern-2-pro", "heron-3-pro"}
    assert found("over:$1") == unknown | {"heron-3-pro"}
    assert found("over:$1 price:known") == {"heron-3-pro"}
    assert [row.price for row in asked("price:<0.05 kind:video").rows] == [None]


@pytest.mark.parametrize(
    "text", ["kind:", "price:", "price:<", "under:", "under:$", "context:>", "released:", "-has:", "is:"]
)
def test_a_facet_that_is_still_being_typed_filters_nothing(text: str) -> None:
    assert len(asked(text).rows) == len(INDEX)
    assert asked(text).notice == ""


@pytest.mark.parametrize(
    "text", ["price:cheap", "context:big", "released:soon", "released:2026-13", "price:<1x", "price:1,x"]
)
def test_a_number_that_cannot_be_read_hides_nothing_and_is_said(text: str) -> None:
    assert len(asked(text).rows) >= 2
    assert "wants" in asked(text).notice


@pytest.mark.parametrize(
    "text", ["kind:dance", "input:smell", "developer:nobody", "has:wings", "status:lost", "is:red"]
)
def test_a_value_that_no_model_has_finds_nothing_and_is_said(text: str) -> None:
    assert len(asked(text).rows) == 0
    assert asked(text).notice


def test_a_facet_that_is_none_is_looked_for_as_a_word() -> None:
    index = index_of(entry("oxen:ox-brave"), entry("b"))

    assert asked("oxen:ox", index).rows.ids == ["oxen:ox-brave"]
    assert asked("oxen:ox", index).notice == ""
    assert "no facet “colour:”" in asked("colour:red", index).notice


# --- groups, orders, counts


def test_without_words_the_models_stand_in_groups_each_in_one() -> None:
    groups = {group.title: group.rows.ids for group in asked("").groups}

    assert groups == {
        GroupTitle.FAVOURITES: ["tern-2-pro"],
        GroupTitle.USED: ["moss-image-xl", "heron-3-pro"],
        GroupTitle.ALL: ["avocet-mini", "kelp-motion-1", "nano-banana-2"],
        GroupTitle.YOURS: ["ada/plates-tuned"],
    }
    assert asked("").rows.ids == [model_id for ids in groups.values() for model_id in ids]


def test_with_words_there_is_one_group_with_the_best_first() -> None:
    assert [group.title for group in asked("pro").groups] == [GroupTitle.BEST]


def test_nothing_found_is_no_group() -> None:
    assert asked("zzzz").groups == ()


def test_the_list_can_be_sorted_by_price_and_release() -> None:
    nobody = Standing()

    assert asked("", standing=nobody, sort=Sort.PRICE).rows.ids == [
        *("heron-3-pro", "avocet-mini"),
        *("moss-image-xl", "nano-banana-2", "tern-2-pro", "kelp-motion-1"),
        "ada/plates-tuned",
    ]
    assert asked("pro", sort=Sort.RELEASE).rows.ids == ["heron-3-pro", "tern-2-pro"]
    assert asked("banana", sort=Sort.NAME).rows.ids == ["moss-image-xl", "nano-banana-2"]


def test_kinds_are_counted_as_if_no_kind_were_chosen() -> None:
    result = asked("kind:video -custom")

    assert (len(result.rows), result.total) == (2, 7)
    assert result.kinds == {
        ModelKind.CHAT: 2,
        ModelKind.IMAGE: 2,
        ModelKind.VIDEO: 2,
        ModelKind.AUDIO: 0,
        ModelKind.OTHER: 0,
    }
    assert asked("kind:video pro").kinds[ModelKind.CHAT] == 1


def test_quick_facets_say_what_they_would_leave_and_whether_they_are_on() -> None:
    quick = {facet.label: (facet.count, facet.chosen) for facet in asked("with:seed kind:video").quick}

    assert quick == {
        "seed": (1, True),
        "1080p": (1, False),
        "sound": (1, False),
        "first frame": (1, False),
        "mask": (0, False),
    }


@settings(max_examples=300)
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "kind",
                "price",
                "released",
                "context",
                "has",
                "is",
                ":",
                "<",
                ">",
                "..",
                "1",
                "30d",
                "-",
                '"',
                " ",
                ",",
                "pro",
            ]
        ),
        max_size=10,
    ).map("".join)
)
def test_nothing_that_can_be_typed_breaks_the_list(text: str) -> None:
    for index in (INDEX, empty_index()):
        result = asked(text, index)
        assert len(result.rows) == sum(len(group.rows) for group in result.groups) == len(set(result.rows.ids))
        for at in range(len(text) + 1):
            for way in complete(index, text, at):
                assert way.start <= at <= way.end


# --- completion


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ou", ["output:"]),
        ("-ou", ["-output:"]),
        ("fa", ["fav"]),
        ("output:", ["output:image", "output:text", "output:video"]),
        ("tern makes:v", ["makes:video"]),
        ("kind:video,im", ["kind:video,image"]),
        ("developer:for", ["developer:black_forest_labs"]),
        ('by:"mar', ['by:"Marsh Lab"']),
        ("status:", ["status:inactive"]),
        ("under:$1", ["under:$10"]),
        ("released:2025", []),
        ("has:gen", ["has:generate", "has:generate_audio"]),
        ("is:c", ["is:changed", "is:custom"]),
        ("", []),
        ("nobody:", []),
        ("banana", []),
    ],
)
def test_a_word_goes_on_with_what_the_models_have(text: str, words: list[str]) -> None:
    assert [way.word for way in complete(INDEX, text)] == words


def test_values_say_how_many_models_have_them() -> None:
    assert [(way.word, way.help) for way in complete(INDEX, "kind:")][:2] == [
        ("kind:chat", "2 models"),
        ("kind:image", "3 models"),
    ]
    assert complete(INDEX, "dev")[0].goes_on
    assert not complete(INDEX, "kind:")[0].goes_on


def test_the_word_at_the_cursor_is_completed_and_the_rest_left() -> None:
    (way,) = complete(INDEX, "tern kind:vid pro", len("tern kind:v"))

    assert ("tern kind:vid pro"[: way.start], way.word, "tern kind:vid pro"[way.end :]) == (
        "tern ",
        "kind:video",
        " pro",
    )
