from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.paths import FolderError, Paths, find_paths


def test_one_variable_puts_everything_under_one_folder(tmp_path: Path) -> None:
    paths = find_paths({"OXEN_TUI_HOME": str(tmp_path)})

    for folder in (paths.config, paths.data, paths.cache, paths.state):
        assert folder.parent == tmp_path
    assert paths.settings_file == tmp_path / "config" / "settings.toml"
    assert paths.credentials_file == tmp_path / "config" / "credentials.toml"
    assert paths.log_file == tmp_path / "state" / "oxen-tui.log"


def test_a_tilde_and_a_relative_folder_become_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert find_paths({"OXEN_TUI_HOME": "~/ox"}).config == tmp_path / "ox" / "config"
    assert find_paths({"OXEN_TUI_HOME": "ox"}).config == tmp_path / "ox" / "config"


def test_without_the_variable_the_platform_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setattr("sys.platform", "linux")

    paths = find_paths({})

    assert paths.config.name == paths.data.name == "oxen-tui"
    assert paths.config == tmp_path / "c" / "oxen-tui"


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    find_paths({"OXEN_TUI_HOME": str(tmp_path / "new")})

    assert not (tmp_path / "new").exists()


def test_each_place_has_its_own_store_and_results(paths: Paths) -> None:
    assert paths.store_file("demo").name == "demo.sqlite3"
    assert paths.store_file("demo") != paths.store_file("oxen")
    assert paths.results("demo") != paths.results("oxen")


def test_folders_are_made_for_this_user_alone(paths: Paths) -> None:
    paths.make_folders()

    assert paths.data.stat().st_mode & 0o077 == 0
    assert not paths.config.exists(), "a read-only configuration is no reason not to start"


def test_folders_that_exist_are_left_as_they_are(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o755)

    paths.make_folders()

    assert paths.data.stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_place_of_a_folder_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")

    with pytest.raises(FolderError) as caught:
        find_paths({"OXEN_TUI_HOME": str(tmp_path / "home")}).make_folders()

    assert str(tmp_path / "home" / "data") in caught.value.title
    assert "OXEN_TUI_HOME" in caught.value.advice


def test_a_read_only_folder_is_said_in_words(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda folder, mode: False)  # root may write everywhere, so it is played

    with pytest.raises(FolderError, match="read-only"):
        paths.make_folders()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"OXEN_TUI_HOME": str(tmp_path / "home")})
