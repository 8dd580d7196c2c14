from __future__ import annotations

import os
from pathlib import Path

import pytest

from oxen_tui.api.secret import Secret
from oxen_tui.services.server.credentials import Credentials, CredentialsError, KeySource

HUB = "https://hub.oxen.ai/api/ai"
KEY = "SFMyNTY.g2gDbQ.key"


class Home:
    """A user's home with the two files in which keys lie."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "config" / "credentials.toml"
        self.cli = folder / ".config" / "oxen" / "auth_config.toml"
        self.environ = {"HOME": str(folder)}

    def credentials(self, **environ: str) -> Credentials:
        return Credentials(self.file, self.environ | environ)

    def write(self, content: str, mode: int = 0o600) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(content)
        self.file.chmod(mode)

    def write_cli(self, content: str, file: Path | None = None) -> None:
        file = file or self.cli
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


class TestFinding:
    def test_a_fresh_machine_has_no_key(self, home: Home) -> None:
        assert home.credentials().find(HUB) is None

    def test_the_environment_comes_first_then_our_file_then_the_oxen_command(self, home: Home) -> None:
        home.write_cli('[[host_configs]]\nhost = "hub.oxen.ai"\nauth_token = "from-cli"\n')
        from_cli = home.credentials().find(HUB)
        home.credentials().store_key(HUB, Secret("from-file"))
        from_file = home.credentials().find(HUB)
        from_environment = home.credentials(OXEN_API_KEY=" from-environment\n").find(HUB)

        assert from_cli is not None
        assert from_file is not None
        assert from_environment is not None
        assert (from_cli.secret.reveal(), from_cli.source) == ("from-cli", KeySource.OXEN_CLI)
        assert (from_file.secret.reveal(), from_file.source) == ("from-file", KeySource.STORED)
        assert (from_environment.secret.reveal(), from_environment.source) == (
            "from-environment",
            KeySource.ENVIRONMENT,
        )
        assert (from_cli.where, from_file.where) == (str(home.cli), str(home.file))

    def test_an_empty_variable_is_no_key(self, home: Home) -> None:
        assert home.credentials(OXEN_API_KEY=" ").find(HUB) is None

    def test_the_caller_says_which_variable_belongs_to_the_server(self, home: Home) -> None:
        credentials = home.credentials(OXEN_API_KEY="for-oxen", ROUTER_KEY="for-router")
        found = credentials.find("https://example.org/v1", "ROUTER_KEY")

        assert found is not None
        assert (found.secret.reveal(), found.where) == ("for-router", "ROUTER_KEY")
        assert credentials.find("https://example.org/v1", None) is None

    def test_a_stored_key_belongs_to_its_origin_alone(self, home: Home) -> None:
        home.credentials().store_key(HUB, Secret(KEY))

        assert home.credentials().find("https://HUB.oxen.ai:443/other/path") is not None
        for elsewhere in ("http://hub.oxen.ai/api/ai", "https://hub.oxen.ai:8443/api/ai", "https://oxen.ai/api/ai"):
            assert home.credentials().find(elsewhere) is None

    def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(self, home: Home) -> None:
        with pytest.raises(CredentialsError, match="OXEN_API_KEY") as caught:
            home.credentials(OXEN_API_KEY="SFMyNTY.a\r\nX-Evil: b").find(HUB)

        assert "SFMyNTY" not in str(caught.value)

    def test_the_oxen_command_can_have_its_file_elsewhere_and_hosts_with_a_port(
        self, home: Home, tmp_path: Path
    ) -> None:
        home.write_cli(
            '[[host_configs]]\nhost = "hub.oxen.ai"\nauth_token = "hub"\n'
            '[[host_configs]]\nhost = "127.0.0.1:3001"\nauth_token = "local"\n',
            tmp_path / "moved" / "auth_config.toml",
        )
        credentials = home.credentials(OXEN_CONFIG_DIR=str(tmp_path / "moved"))

        found = credentials.find("http://127.0.0.1:3001/api/ai")

        assert found is not None
        assert found.secret == Secret("local")
        assert credentials.find("http://127.0.0.1:3002/api/ai") is None

    def test_a_key_of_the_oxen_command_is_not_sent_unencrypted_to_another_machine(self, home: Home) -> None:
        home.write_cli('[[host_configs]]\nhost = "hub.oxen.ai"\nauth_token = "x"\n')

        assert home.credentials().find("http://hub.oxen.ai/api/ai") is None

    @pytest.mark.parametrize("content", ["host_configs = ", "\x00", "host_configs = 3", "[[host_configs]]\nhost = 1"])
    def test_a_damaged_file_of_the_oxen_command_is_passed_over(self, home: Home, content: str) -> None:
        home.write_cli(content)

        assert home.credentials().find(HUB) is None


class TestOurFile:
    def test_it_is_readable_by_this_user_alone_from_the_first_moment(self, home: Home) -> None:
        old = os.umask(0)
        try:
            home.credentials().store_key(HUB, Secret(KEY))
        finally:
            os.umask(old)

        assert home.file.stat().st_mode & 0o777 == 0o600
        assert home.file.parent.stat().st_mode & 0o777 == 0o700

    def test_a_file_that_others_could_read_is_closed_and_said(self, home: Home) -> None:
        home.write(f'[origins."https://hub.oxen.ai"]\nkey = "{KEY}"\n', mode=0o644)
        credentials = home.credentials()

        assert credentials.find(HUB) is not None
        assert home.file.stat().st_mode & 0o777 == 0o600
        assert "mode 644" in credentials.warnings[0]
        assert KEY not in credentials.warnings[0]

    def test_a_file_that_cannot_be_closed_is_not_used(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        home.write(f'[origins."https://hub.oxen.ai"]\nkey = "{KEY}"\n', mode=0o644)

        def refuse(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(Path, "chmod", refuse)

        with pytest.raises(CredentialsError, match="operation not permitted"):
            home.credentials().find(HUB)

    def test_keys_of_several_origins_live_side_by_side(self, home: Home) -> None:
        credentials = home.credentials()
        credentials.store_key(HUB, Secret("one"))
        credentials.store_key("http://127.0.0.1:8080/v1", Secret("two"))
        credentials.store_key(HUB, Secret("three"))

        for origin, key in ((HUB, "three"), ("http://127.0.0.1:8080/other", "two")):
            found = credentials.find(origin)
            assert found is not None
            assert found.secret == Secret(key)

    @pytest.mark.parametrize("content", [f'key = "{KEY}', "\x00", "[origins]\n[origins]\n", "a = " + "[" * 3000])
    def test_a_damaged_file_is_said_and_never_quoted_nor_written_over(self, home: Home, content: str) -> None:
        home.write(content)

        with pytest.raises(CredentialsError, match="not valid TOML") as caught:
            home.credentials().find(HUB)
        with pytest.raises(CredentialsError):
            home.credentials().store_key(HUB, Secret("new"))

        assert KEY not in str(caught.value)
        assert caught.value.__cause__ is None
        assert home.file.read_text() == content

    def test_a_file_of_another_form_holds_no_key(self, home: Home) -> None:
        home.write('origins = ["a"]')
        assert home.credentials().find(HUB) is None
        home.write('[origins]\n"https://hub.oxen.ai" = 3')
        assert home.credentials().find(HUB) is None

    @pytest.mark.parametrize("typed", ["", "  ", "two words", "with\nline", "é", "x" * 9000])
    def test_what_is_no_key_is_not_stored(self, home: Home, typed: str) -> None:
        with pytest.raises(CredentialsError, match="holds no API key"):
            home.credentials().store_key(HUB, Secret(typed))

        assert not home.file.exists()

    def test_a_read_only_home_is_said_with_what_to_do(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OSError(30, "Read-only file system")

        monkeypatch.setattr(Path, "mkdir", refuse)

        with pytest.raises(CredentialsError, match="read-only file system") as caught:
            home.credentials().store_key(HUB, Secret(KEY))

        assert "OXEN_API_KEY" in caught.value.advice
