"""The floor: a prompt and an answer printed as it comes, without an interface. One write for each token."""

from __future__ import annotations

import asyncio
import json
import os
import termios

import httpx

URL = os.environ["BENCH_BASE_URL"] + "/chat/completions"
Message = dict[str, str]


def put(text: str) -> None:
    os.write(1, text.replace("\n", "\r\n").encode())


async def print_answer(client: httpx.AsyncClient, history: list[Message]) -> None:
    said: list[str] = []
    body = {"model": "bench", "stream": True, "messages": history}
    async with client.stream("POST", URL, json=body) as response:
        async for line in response.aiter_lines():
            if line.startswith("data: {"):
                piece = json.loads(line[6:])["choices"][0]["delta"].get("content") or ""
                said.append(piece)
                put(piece)
    history.append({"role": "assistant", "content": "".join(said)})
    put("\n> ")


async def main() -> None:
    flags = termios.tcgetattr(0)
    flags[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(0, termios.TCSANOW, flags)
    keys: asyncio.Queue[str] = asyncio.Queue()
    asyncio.get_running_loop().add_reader(0, lambda: keys.put_nowait(os.read(0, 4096).decode(errors="replace")))
    history: list[Message] = []
    line, answers = "", set[asyncio.Task[None]]()
    put("print> ")
    async with httpx.AsyncClient(timeout=None) as client:
        while True:
            for key in await keys.get():
                if key in "\r\n":
                    put("\n")
                    history.append({"role": "user", "content": line})
                    answers.add(asyncio.create_task(print_answer(client, history)))
                    line = ""
                elif key == "\x7f":
                    line = line[:-1]
                    put("\b \b")
                elif key >= " ":
                    line += key
                    put(key)


asyncio.run(main())
