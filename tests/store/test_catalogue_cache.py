"""The list of models as a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oxen_tui.store import catalogue_cache
from oxen_tui.store.catalogue_cache import BodyInFile, BodyInMemory, CatalogueCache, digest_of

WHEN = datetime(2026, 11, 22, 9, 14, tzinfo=UTC)
LINES = [b"[1,2]", b"", b'["a"]']
BODY = b'[{"id":"a"},\n{"id":"b"}]'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "models" / "oxen"


@pytest.fixture
def cache(file: Path) -> CatalogueCache:
    return CatalogueCache(file, "https://server/api")


def test_what_is_kept_is_read_back(cache: CatalogueCache, file: Path) -> None:
    body, digest = cache.save(WHEN, LINES, BODY)
    kept = cache.load()

    assert kept is not None
    assert (kept.fetched_at, kept.lines, kept.digest) == (WHEN, LINES, digest)
    assert body.read(1, 11) == kept.body.read(1, 11) == b'{"id":"a"}'
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_long_body_stays_on_the_disk_and_outlives_a_newer_file(
    cache: CatalogueCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_cache, "_MOST_IN_MEMORY", 4)
    body, _ = cache.save(WHEN, LINES, BODY)
    cache.save(WHEN, [], b"[]")

    assert isinstance(body, BodyInFile)
    assert body.read(1, 11) == b'{"id":"a"}'
    body.close()
    body.close()
    assert body.read(1, 11) == b""


def test_nothing_kept_is_nothing(cache: CatalogueCache) -> None:
    assert cache.load() is None


def test_the_list_of_another_server_is_passed_over(cache: CatalogueCache, file: Path) -> None:
    cache.save(WHEN, LINES, BODY)

    assert CatalogueCache(file, "https://other/api").load() is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"not ours at all\n" * 50,
        lambda content: b"{}\n" + content,
        lambda content: b'{"form": 1, "server": "https://server/api", "lines": 3}\n',
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content.replace(b"[1,2]", b"[1,3]"),
    ],
)
def test_a_damaged_file_is_no_file(cache: CatalogueCache, file: Path, damage: Callable[[bytes], bytes]) -> None:
    cache.save(WHEN, LINES, BODY)
    file.write_bytes(damage(file.read_bytes()))

    assert cache.load() is None


def test_without_a_disk_the_body_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    body, digest = CatalogueCache(tmp_path / "models" / "oxen", "s").save(WHEN, LINES, BODY)

    assert isinstance(body, BodyInMemory)
    assert (body.read(1, 11), digest) == (b'{"id":"a"}', digest_of(BODY))


def test_asking_again_makes_it_younger(cache: CatalogueCache) -> None:
    cache.touch(WHEN)
    cache.save(WHEN, LINES, BODY)
    cache.touch(WHEN + timedelta(hours=5))

    kept = cache.load()
    assert kept is not None
    assert kept.fetched_at == WHEN + timedelta(hours=5)


def test_no_file_is_left_open(cache: CatalogueCache, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(os.listdir("/proc/self/fd"))
    cache.save(WHEN, LINES, BODY)
    cache.load()
    monkeypatch.setattr(catalogue_cache, "_FORM", 2)
    cache.load()

    assert len(os.listdir("/proc/self/fd")) == before
