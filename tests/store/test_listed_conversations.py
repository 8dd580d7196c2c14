from __future__ import annotations

from oxen_tui.store.conversations import Listed
from oxen_tui.store.store import Store


async def _made(store: Store, *titles: str) -> list[int]:
    made = []
    for title in titles:
        made.append((await store.conversations.create("m")).id)
        await store.conversations.rename(made[-1], title)
    return made


def _ids(listed: Listed) -> list[int]:
    return [conversation.id for conversation in listed.conversations]


async def test_pinned_ones_come_first_in_the_order_in_which_they_were_pinned(store: Store) -> None:
    one, two, three, four = await _made(store, "one", "two", "three", "four")
    await store.conversations.pin(three)
    await store.conversations.pin(one)
    assert _ids(await store.conversations.listed(10)) == [three, one, four, two]

    await store.conversations.pin(three, False)
    assert _ids(await store.conversations.listed(10)) == [one, four, three, two]


async def test_pages_have_neither_doubles_nor_gaps_and_say_how_many_there_are(store: Store) -> None:
    made = await _made(store, *"abcdefg")
    await store.conversations.pin(made[3])
    page = await store.conversations.listed(2)
    found = _ids(page)
    assert (page.found, page.total) == (7, 7)
    while page.conversations:
        last = page.conversations[-1]
        page = await store.conversations.listed(2, (last.updated_at, last.id))
        found += _ids(page)
    assert found == [made[3], *reversed(made[4:]), *reversed(made[:3])]


async def test_archived_ones_are_in_a_list_of_their_own(store: Store) -> None:
    one, two = await _made(store, "one", "two")
    await store.conversations.archive(two)
    assert _ids(await store.conversations.listed(10)) == [one]
    assert _ids(await store.conversations.listed(10, archived=True)) == [two]
    assert [found.id for found in await store.conversations.recent(archived=False)] == [one]
    await store.conversations.archive(two, False)
    assert _ids(await store.conversations.listed(10)) == [two, one]


async def test_a_filter_finds_titles_in_any_case_and_order_of_words(store: Store) -> None:
    boats, birds, straße = await _made(store, "Boats in Öland", "Birds of Öland", "Große STRASSE 100%")
    listed = await store.conversations.listed(10, words="öland BOATS")
    assert (_ids(listed), listed.found, listed.total) == ([boats], 1, 3)
    assert _ids(await store.conversations.listed(10, words="strasse große 0%")) == [straße]
    assert _ids(await store.conversations.listed(1, words="öland")) == [birds]
    assert (await store.conversations.listed(1, words="öland")).found == 2


async def test_deleted_ones_are_in_no_list(store: Store) -> None:
    (one,) = await _made(store, "one")
    await store.conversations.pin(one)
    await store.conversations.delete(one)
    assert await store.conversations.listed(10) == Listed([], 0, 0)


async def test_an_empty_list_tells_whether_all_were_archived(store: Store) -> None:
    (one,) = await _made(store, "one")
    assert not (await store.conversations.listed(10)).only_archived
    await store.conversations.archive(one)
    assert (await store.conversations.listed(10)).only_archived
    assert not (await store.conversations.listed(10, archived=True)).only_archived
    await store.conversations.delete(one)
    assert not (await store.conversations.listed(10)).only_archived
