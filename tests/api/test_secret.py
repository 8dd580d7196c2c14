from __future__ import annotations

import traceback

from oxen_tui.api.secret import Secret


def test_a_secret_shows_in_no_text() -> None:
    secret = Secret("SFMyNTY.sesame")
    shown = f"{secret} {secret!r} {[secret]}"
    assert "sesame" not in shown
    assert secret.reveal() == "SFMyNTY.sesame"


def test_a_secret_shows_in_no_traceback_with_locals() -> None:
    secret = Secret("SFMyNTY.sesame")
    try:
        raise RuntimeError(str(secret))
    except RuntimeError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "Secret(...)" in shown
    assert "sesame" not in shown.replace('Secret("SFMyNTY.sesame")', "")


def test_secrets_are_equal_by_value_and_empty_ones_are_false() -> None:
    assert Secret(" key\n") == Secret("key")
    assert Secret("key") != Secret("other")
    assert Secret("key") != "key"
    assert len({Secret("key"), Secret("key")}) == 1
    assert not Secret(" \n")


def test_only_printable_ascii_can_be_sent() -> None:
    assert Secret("SFMyNTY.g2gD_-=").sendable
    for bad in ("", "two words", "kéy", "a\nb", "a\x00b", "a\x7f"):
        assert not Secret(bad).sendable
