from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

from oxen_tui.settings import (
    Profile,
    Settings,
    SettingsError,
    change_settings,
    load_settings,
    parse_settings,
    save_settings,
)

FULL = """\
# what I like
theme = "nord"
glyphs = "ascii"
reduced_motion = true
images = "half"
announce = "bell"
announce_jobs = "all done"
budget_session = 2
budget_day = 5.50
save_folder = "~/pictures"
file_name = "{prompt}"
upload_inputs = true
fetch_elsewhere = true
profile = "local"

[keys]
"chat.new" = ["f5", "Ctrl+T"]
"list.end" = "G,end"

[profiles.local]
base_url = "http://127.0.0.1:8080/v1"
model = "qwen3"

[profiles.router]
base_url = "https://example.org/api/v1"
key_from = "ROUTER_KEY"
"""


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_every_field_is_read(file: Path) -> None:
    file.write_text(FULL)

    settings = load_settings(file)

    assert settings == Settings(
        theme="nord",
        glyphs="ascii",
        reduced_motion=True,
        images="half",
        announce="bell",
        announce_jobs="all done",
        budget_session=2.0,
        budget_day=5.5,
        save_folder="~/pictures",
        file_name="{prompt}",
        upload_inputs=True,
        fetch_elsewhere=True,
        profile="local",
        keys={"chat.new": ("f5", "ctrl+t"), "list.end": ("G", "end")},
        profiles={
            "local": Profile("local", "http://127.0.0.1:8080/v1", "qwen3"),
            "router": Profile("router", "https://example.org/api/v1", key_from="ROUTER_KEY"),
        },
    )
    assert settings.warnings == ()


def test_a_mark_before_the_first_line_is_no_mistake(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbftheme = "light"\r\n')

    assert load_settings(file).theme == "light"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "nord"\nglyphs = \n', "line 2"),
        ("a = 1\na = 2\n", "line 2"),
        ("theme = 3", "line 1: theme is a string, not a number"),
        ("\n\nreduced_motion = 'yes'", "line 3: reduced_motion is true or false, not a string"),
        ("glyphs = 'nerd'", "glyphs is one of auto, unicode, ascii"),
        ("images = 1979-05-27", "images is a string, not a date or time"),
        ("keys = 1", "keys is a table, not a number"),
        ("[keys]\nx = 1", "line 2: keys.x is a list of keys"),
        ("profiles = []", "profiles is a table, not a list"),
        ("profiles.a = 1", "profiles.a is a table with a base_url"),
        ("[profiles.a]\nmodel = 'm'", "profiles.a needs a base_url"),
        ("[profiles.demo]\nbase_url = 'http://x'", "profiles.demo is no name for a profile"),
        ("[profiles.'a/b']\nbase_url = 'http://x'", "is no name for a profile"),
        ("[profiles.a]\nbase_url = 7", "line 2: profiles.a.base_url is a string, not a number"),
        ("x = [", "at its end"),
        pytest.param("x = " + "[" * 5000, "nested too deeply", id="deep"),
    ],
)
def test_a_mistake_is_said_with_its_place(file: Path, text: str, said: str) -> None:
    file.write_text(text)

    with pytest.raises(SettingsError) as caught:
        load_settings(file)

    assert said in caught.value.title
    assert str(file) in caught.value.title
    assert "ove the file away" in caught.value.advice


def test_a_key_put_where_the_name_of_a_variable_belongs_is_refused_and_not_shown(file: Path) -> None:
    with pytest.raises(SettingsError, match="environment variable") as caught:
        parse_settings("[profiles.a]\nbase_url = 'http://x'\nkey_from = 'SFMyNTY.secret'", file)

    assert "SFMyNTY" not in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_said_in_words(file: Path) -> None:
    file.mkdir()

    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(file)


def test_bytes_that_are_no_text_are_said_with_their_line(file: Path) -> None:
    file.write_bytes(b"theme = 'dark'\n# \xff\xfe\n")

    with pytest.raises(SettingsError, match="line 2: not UTF-8"):
        load_settings(file)


def test_a_huge_file_is_not_read(file: Path) -> None:
    file.write_bytes(b"#" * 1_000_001)

    with pytest.raises(SettingsError, match="1 MB"):
        load_settings(file)


def test_what_is_not_known_is_a_warning_with_a_guess(file: Path) -> None:
    settings = parse_settings('them = "nord"\nkey = "SFMyNTY.x"\n[profiles.a]\nbase_url = "http://x"\nport = 1', file)

    them, key, port = settings.warnings
    assert "line 1: them: not known, perhaps theme was meant" in them
    assert "/connect" in key
    assert "SFMyNTY" not in key
    assert "line 5: profiles.a.port: not known" in port


def test_a_key_that_a_terminal_cannot_tell_from_another_is_left_out_with_a_warning(file: Path) -> None:
    settings = parse_settings('[keys]\n"chat.new" = ["ctrl+i", "f5"]', file)

    assert settings.keys == {"chat.new": ("f5",)}
    assert "ctrl+i is the same as tab" in settings.warnings[0]


def test_escape_sequences_in_the_file_do_not_come_through(file: Path) -> None:
    settings = parse_settings('theme = "a\\u001b[2J"\n"x\\u001b]0;t\\u0007" = 1', file)

    assert "\x1b" not in settings.theme + "".join(settings.warnings)


def test_a_change_is_written_and_the_rest_of_the_file_stays(file: Path) -> None:
    text = FULL + '\n[mine]\nother = "program"\n'
    file.write_text(text)

    save_settings(file, dataclasses.replace(load_settings(file), theme="dracula"))

    assert file.read_text() == text.replace('"nord"', '"dracula"')


def test_one_field_is_changed_in_the_file_alone(file: Path) -> None:
    file.write_text(FULL)

    settings = change_settings(file, theme="light")

    assert settings.theme == "light"
    assert file.read_text() == FULL.replace('"nord"', '"light"')


def test_saving_the_same_changes_nothing(file: Path) -> None:
    file.write_text(FULL)

    save_settings(file, load_settings(file))

    assert file.read_text() == FULL


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    settings = Settings(
        theme="light",
        reduced_motion=True,
        keys={"chat.new": ("f5",)},
        profiles={"local": Profile("local", "http://127.0.0.1:8080/v1", key_from="K")},
    )

    save_settings(file, settings)

    assert load_settings(file) == settings
    assert "glyphs" not in file.read_text(), "defaults are not written: they may get better"


def test_a_profile_can_be_changed_and_taken_out_and_keeps_its_unknown_keys(file: Path) -> None:
    file.write_text(FULL + "timeout = 3\n")
    settings = load_settings(file)

    changed = dataclasses.replace(settings.profiles["router"], model="m")
    save_settings(file, dataclasses.replace(settings, profiles={"router": changed}))

    document = tomllib.loads(file.read_text())
    assert document["profiles"] == {
        "router": {"base_url": "https://example.org/api/v1", "key_from": "ROUTER_KEY", "model": "m", "timeout": 3}
    }
    assert document["theme"] == "nord"


def test_a_damaged_file_is_not_written_over(file: Path) -> None:
    file.write_text("theme = ")

    with pytest.raises(SettingsError):
        save_settings(file, Settings(theme="light"))

    assert file.read_text() == "theme = "


def test_a_file_that_cannot_be_written_is_said_in_words(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", refuse)

    with pytest.raises(SettingsError, match="cannot be written: Read-only file system"):
        save_settings(file, Settings(theme="light"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.mark.parametrize("written", ["-1", "nan", "inf", "true", '"5"', "2e9", "2026-11-22"])
def test_a_budget_is_an_amount_of_dollars(file: Path, written: str) -> None:
    with pytest.raises(SettingsError, match=r"line 2: budget_day is an amount of dollars"):
        parse_settings(f"\nbudget_day = {written}", file)


def test_a_place_to_save_to_is_never_empty(file: Path) -> None:
    assert Settings().save_to == "~/Downloads/{date} {prompt}"
    assert parse_settings('save_folder = " "\nfile_name = ""', file).save_to == "./{date} {prompt}"
    assert parse_settings('save_folder = "/"', file).save_to.startswith("/{date}")


def test_a_budget_that_was_changed_is_written(file: Path) -> None:
    change_settings(file, budget_day=7.5, upload_inputs=True)

    assert tomllib.loads(file.read_text()) == {"budget_day": 7.5, "upload_inputs": True}
