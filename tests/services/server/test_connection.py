from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.api.secret import Secret
from oxen_tui.services.server.base_url import BaseUrlError
from oxen_tui.services.server.connection import Place, PlaceError, Wanted, place_with_key, resolve_place
from oxen_tui.services.server.credentials import Credentials, KeySource
from oxen_tui.settings import Profile, Settings

HUB = "https://hub.oxen.ai/api/ai"
LOCAL = "http://127.0.0.1:8080/v1"

SETTINGS = Settings(
    profiles={
        "local": Profile("local", LOCAL + "/", "qwen3"),
        "router": Profile("router", "https://example.org/api/v1", key_from="ROUTER_KEY"),
        "oxen": Profile("oxen", model="claude"),
    }
)


class Machine:
    """A user's home, and the way the app is started there."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def credentials(self, environ: dict[str, str]) -> Credentials:
        return Credentials(self.home / "credentials.toml", {"HOME": str(self.home)} | environ)

    def start(self, wanted: Wanted | None = None, settings: Settings | None = None, **environ: str) -> Place:
        return resolve_place(wanted or Wanted(), settings or Settings(), self.credentials(environ), environ)

    def store(self, base_url: str, key: str) -> None:
        self.credentials({}).store_key(base_url, Secret(key))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


class TestWhere:
    def test_without_a_key_it_is_the_demo(self, machine: Machine) -> None:
        place = machine.start()

        assert (place.name, place.is_demo, place.base_url, place.key) == ("demo", True, "", None)

    def test_with_a_key_it_is_oxen(self, machine: Machine) -> None:
        place = machine.start(OXEN_API_KEY="k")

        assert (place.name, place.is_demo, place.base_url, place.label) == ("oxen", False, HUB, "hub.oxen.ai")
        assert (place.key, place.key_source) == (Secret("k"), KeySource.ENVIRONMENT)

    def test_the_demo_can_be_forced_and_then_no_key_is_looked_at(self, machine: Machine) -> None:
        (machine.home / "credentials.toml").write_text("damaged")

        for wanted in (Wanted(demo=True), Wanted(profile="demo")):
            place = machine.start(wanted, OXEN_API_KEY="k", OXEN_BASE_URL=LOCAL)
            assert place.is_demo
            assert place.key is None
        assert machine.start(settings=Settings(profile="demo"), OXEN_API_KEY="k").is_demo

    def test_another_server_needs_no_key(self, machine: Machine) -> None:
        place = machine.start(OXEN_BASE_URL="http://127.0.0.1:9000/v1/")

        assert (place.name, place.base_url, place.key) == ("127.0.0.1:9000", "http://127.0.0.1:9000/v1", None)
        assert not place.is_demo

    def test_a_host_alone_is_enough(self, machine: Machine) -> None:
        assert machine.start(OXEN_HOST="localhost:3001").base_url == "http://localhost:3001/api/ai"
        assert machine.start(OXEN_HOST="a.example", OXEN_BASE_URL=LOCAL).base_url == LOCAL

    def test_flags_win_over_the_environment_and_that_over_the_settings(self, machine: Machine) -> None:
        settings = Settings(profile="router", profiles=SETTINGS.profiles)

        assert machine.start(settings=settings).name == "router"
        assert machine.start(settings=settings, OXEN_BASE_URL="http://b.example/v1").name == "b.example"
        assert machine.start(Wanted(profile="local"), settings, OXEN_BASE_URL="http://b.example/v1").name == "local"

    def test_an_address_that_a_profile_has_is_that_profile(self, machine: Machine) -> None:
        place = machine.start(settings=SETTINGS, OXEN_BASE_URL=LOCAL)

        assert (place.name, place.model, place.label) == ("local", "qwen3", "local · 127.0.0.1:8080")
        assert machine.start(OXEN_BASE_URL=HUB, OXEN_API_KEY="k").name == "oxen"

    def test_an_unknown_profile_is_said_with_those_there_are(self, machine: Machine) -> None:
        with pytest.raises(PlaceError, match="no profile lokal") as caught:
            machine.start(Wanted(profile="lokal"), SETTINGS)

        assert "demo, oxen, local, router" in caught.value.advice

    def test_an_unknown_profile_in_the_settings_is_said_too(self, machine: Machine) -> None:
        with pytest.raises(PlaceError, match=r"settings\.toml"):
            machine.start(settings=Settings(profile="gone"))

    def test_demo_and_another_profile_exclude_each_other(self, machine: Machine) -> None:
        with pytest.raises(PlaceError, match="exclude"):
            machine.start(Wanted(demo=True, profile="local"), SETTINGS)

    def test_oxen_asked_for_by_name_without_a_key_does_not_become_the_demo(self, machine: Machine) -> None:
        with pytest.raises(PlaceError, match=r"no API key for hub\.oxen\.ai") as caught:
            machine.start(Wanted(profile="oxen"))

        assert "OXEN_API_KEY" in caught.value.advice

    def test_a_bad_address_is_said_with_who_says_it(self, machine: Machine) -> None:
        with pytest.raises(BaseUrlError, match="OXEN_BASE_URL"):
            machine.start(OXEN_BASE_URL="127.0.0.1:8080")
        with pytest.raises(BaseUrlError, match="profile bad"):
            machine.start(Wanted(profile="bad"), Settings(profiles={"bad": Profile("bad", "nonsense")}))

    def test_the_profile_oxen_cannot_mean_another_server(self, machine: Machine) -> None:
        settings = Settings(profiles={"oxen": Profile("oxen", "https://example.org/v1")})

        with pytest.raises(PlaceError, match="another server"):
            machine.start(settings=settings, OXEN_API_KEY="k")


class TestKeys:
    def test_the_environment_key_goes_with_the_address_in_the_environment(self, machine: Machine) -> None:
        assert machine.start(OXEN_API_KEY="k", OXEN_BASE_URL="https://b.example/v1").key == Secret("k")

    def test_the_oxen_key_does_not_go_to_a_profile_elsewhere(self, machine: Machine) -> None:
        machine.store(HUB, "stored")

        assert machine.start(Wanted(profile="local"), SETTINGS, OXEN_API_KEY="k").key is None

    def test_a_profile_names_the_variable_of_its_key(self, machine: Machine) -> None:
        place = machine.start(Wanted(profile="router"), SETTINGS, OXEN_API_KEY="k", ROUTER_KEY="r")

        assert place.key == Secret("r")

    def test_a_stored_key_goes_to_its_origin(self, machine: Machine) -> None:
        machine.store("https://example.org/api/v1", "stored")

        assert machine.start(Wanted(profile="router"), SETTINGS).key == Secret("stored")
        assert machine.start().is_demo

    def test_a_key_sent_without_encryption_is_warned_of_except_on_this_machine(self, machine: Machine) -> None:
        far = machine.start(OXEN_API_KEY="k", OXEN_BASE_URL="http://b.example/v1")
        near = machine.start(OXEN_API_KEY="k", OXEN_BASE_URL=LOCAL)

        assert "without encryption" in far.warnings[0]
        assert near.warnings == ()

    def test_what_was_mended_on_the_way_is_told(self, machine: Machine) -> None:
        machine.store(HUB, "k")
        (machine.home / "credentials.toml").chmod(0o644)

        assert "Other users" in machine.start().warnings[0]

    def test_a_place_does_not_show_its_key(self, machine: Machine) -> None:
        assert "kkkk" not in repr(machine.start(OXEN_API_KEY="kkkk"))


class TestModel:
    def test_the_flag_wins_over_the_variable_and_that_over_the_profile(self, machine: Machine) -> None:
        assert machine.start(settings=SETTINGS, OXEN_API_KEY="k").model == "claude"
        assert machine.start(settings=SETTINGS, OXEN_API_KEY="k", OXEN_MODEL="m").model == "m"
        assert machine.start(Wanted(model="flag"), SETTINGS, OXEN_API_KEY="k", OXEN_MODEL="m").model == "flag"
        assert machine.start(Wanted(demo=True, model="flag")).model == "flag"

    def test_a_model_name_is_cleaned(self, machine: Machine) -> None:
        assert "\x1b" not in machine.start(Wanted(model="a\x1b[2J")).model


class TestStores:
    def test_no_two_servers_share_a_store(self, machine: Machine) -> None:
        places = [
            machine.start(),
            machine.start(OXEN_API_KEY="k"),
            machine.start(Wanted(profile="local"), SETTINGS),
            machine.start(OXEN_BASE_URL="http://127.0.0.1:8080/other"),
            machine.start(OXEN_BASE_URL="http://127.0.0.1:8081/v1"),
            machine.start(OXEN_BASE_URL="http://demo/v1"),
            machine.start(OXEN_BASE_URL="http://oxen/v1"),
        ]

        names = [place.store_name for place in places]
        assert names == ["demo", "oxen", "local", "@127.0.0.1-8080", "@127.0.0.1-8081", "@demo.host", "@oxen.host"]

    def test_an_address_that_becomes_a_profile_of_its_own_name_keeps_its_store(self, machine: Machine) -> None:
        settings = Settings(profiles={"b.example": Profile("b.example", "http://b.example/v1")})

        alone = machine.start(OXEN_BASE_URL="http://b.example/v1")
        named = machine.start(Wanted(profile="b.example"), settings)

        assert alone.store_name == named.store_name == "@b.example"

    def test_a_store_name_is_a_file_name(self, machine: Machine) -> None:
        assert machine.start(OXEN_BASE_URL="http://[::1]:80/../../x").store_name == "@v6.--1"


class TestConnecting:
    def test_a_typed_key_leads_from_the_demo_to_oxen(self, machine: Machine) -> None:
        place = place_with_key(Secret("k"), Wanted(demo=True, model="m"), Settings(profile="demo"), {})

        assert (place.name, place.base_url, place.key, place.model) == ("oxen", HUB, Secret("k"), "m")

    def test_a_typed_key_is_for_the_server_that_was_chosen(self, machine: Machine) -> None:
        place = place_with_key(Secret("k"), Wanted(profile="local"), SETTINGS, {})
        assert (place.name, place.key) == ("local", Secret("k"))

        place = place_with_key(Secret("k"), Wanted(), Settings(), {"OXEN_BASE_URL": "https://b.example/v1"})
        assert place.base_url == "https://b.example/v1"
