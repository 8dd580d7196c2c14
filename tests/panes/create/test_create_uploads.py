"""Files too large for a request are only uploaded where the user said so, then or in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oxen_tui.panes.create import running as create_running
from oxen_tui.services.inputs.wire import CannotSend
from tests.panes.create_stage import filled


@pytest.mark.parametrize(("allowed", "sent"), [(False, 0), (True, 1)])
async def test_the_settings_may_allow_uploads_once_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool, sent: int
) -> None:
    async def too_large(body: Mapping[str, Any], schema: object, *, upload: object = None) -> dict[str, Any]:
        if upload is None:
            raise CannotSend(("input_image",), "input_image (ox.png)", "is too large.", upload_helps=True)
        return dict(body)

    monkeypatch.setattr(create_running, "to_wire", too_large)
    async with filled(tmp_path) as form:
        monkeypatch.setattr(form.client, "upload", object(), raising=False)
        session = form.main.session
        session.settings = replace(session.settings, upload_inputs=allowed)
        await form.type("An ox")
        await form.press("ctrl+r")
        if allowed:
            await form.until(lambda: len(form.client.sent) == 1, "the request")
        else:
            await form.shows("Upload the files of this request?")

        assert len(form.client.sent) == sent
