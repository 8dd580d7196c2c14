"""The least that a Textual chat can do: a scroll container, and one plain `Static` for each answer.

The text grows and is shown again at most every 50 ms. No Markdown, no highlighting, nothing stored.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator

import httpx
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

URL = os.environ["BENCH_BASE_URL"] + "/chat/completions"
FRAME_SECONDS = 0.05


class LeastChat(App[None]):
    CSS = "VerticalScroll { height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield VerticalScroll(can_focus=False)
        yield Input(placeholder="say something")

    def on_mount(self) -> None:
        self.history: list[dict[str, str]] = []
        self.client = httpx.AsyncClient(timeout=None)
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.history.append({"role": "user", "content": event.value})
        event.input.value = ""
        self.run_worker(self.show_answer(event.value))

    async def tokens(self) -> AsyncIterator[str]:
        body = {"model": "bench", "stream": True, "messages": self.history}
        async with self.client.stream("POST", URL, json=body) as response:
            async for line in response.aiter_lines():
                if line.startswith("data: {"):
                    piece = json.loads(line[6:])["choices"][0]["delta"].get("content")
                    if piece:
                        yield piece

    async def show_answer(self, prompt: str) -> None:
        page = self.query_one(VerticalScroll)
        shown = Static(markup=False)
        await page.mount(Static("> " + prompt, markup=False), shown)
        page.anchor()
        said: list[str] = []
        painted = 0

        def paint() -> None:
            nonlocal painted
            if painted < len(said):
                painted = len(said)
                shown.update("".join(said))

        timer = self.set_interval(FRAME_SECONDS, paint)
        async for piece in self.tokens():
            said.append(piece)
        timer.stop()
        paint()
        self.history.append({"role": "assistant", "content": "".join(said)})


LeastChat().run()
