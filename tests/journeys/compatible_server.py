"""A server that speaks OpenAI's chat API on loopback, as oddly or badly as a test wants.

By hand over asyncio streams, because what is tested begins where a proper HTTP server would not let us: connections
that drop in the middle, answers that are none, silence. Its thread ends with the `with` block.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from tests.journeys.plays import CUT, HOLD, MISSING, Answer, Json, Play, Refusal, models

MODEL = "model-one"
PATIENCE = 10.0
_STREAM = "HTTP/1.1 200 OK\r\ncontent-type: {}\r\ntransfer-encoding: chunked\r\n\r\n"


class Chat:
    """One chat request, and what became of it."""

    def __init__(self, body: Json, headers: dict[str, str]) -> None:
        self.body = body
        self.headers = headers
        self.at = time.monotonic()
        self.gone = threading.Event()
        """Set when the client closed the connection before the answer was over."""
        self.ended = threading.Event()
        """Set when the answer is over, however."""
        self.go_on = asyncio.Semaphore(0)

    @property
    def said(self) -> list[str]:
        """The roles and texts of the request, for a test to compare."""
        return [f"{message['role']}: {message['content']}" for message in self.body["messages"]]


class CompatibleServer:
    """A context manager. What is assigned or called holds from the next request."""

    def __init__(self, *plays: Play) -> None:
        """
        Args:
            plays: How chats are answered, one after the other; the last goes on for ever.
        """
        self.models: Refusal = models(MODEL)
        """What `/models` answers."""
        self.me: Refusal = MISSING
        """What `/users/me` answers: a compatible server has no such thing."""
        self.chats: list[Chat] = []
        """Every chat request so far."""
        self._plays = list(plays)
        self._plays_of: dict[str, list[Play]] = {}
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        """Of every connection so far."""
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._listener = self._call(self._listen)
        return self

    def __exit__(self, *_: object) -> None:
        async def close() -> None:
            # What is being accepted has no task of ours yet, and its socket is lost if the listener closes meanwhile:
            # it is waited for, and ended in its turn.
            self._loop.remove_reader(self._listener.sockets[0].fileno())
            while others := asyncio.all_tasks() - {asyncio.current_task()}:
                for task in self._tasks:
                    task.cancel()
                await asyncio.wait(others)
            self._listener.close()
            for writer in self._writers:
                writer.transport.abort()
            await asyncio.gather(*[writer.wait_closed() for writer in self._writers], return_exceptions=True)

        self._call(close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    @property
    def base_url(self) -> str:
        host, port = self._listener.sockets[0].getsockname()
        return f"http://{host}:{port}/v1"

    def answer_with(self, *plays: Play) -> None:
        """Answer the next chats so, one after the other; the last goes on for ever."""
        with self._news:
            self._plays = list(plays)

    def answer_as(self, model: str, *plays: Play) -> None:
        """Answer the next chats with this model so; the last goes on for ever."""
        with self._news:
            self._plays_of[model] = list(plays)

    def chats_with(self, model: str) -> list[Chat]:
        """Every chat with this model so far."""
        with self._news:
            return [chat for chat in self.chats if chat.body["model"] == model]

    def go_on(self, chat: Chat | None = None) -> None:
        """Let a chat that holds, or will hold, go on; the newest if none is named."""
        self._loop.call_soon_threadsafe((chat or self.chats[-1]).go_on.release)

    def wait_for_chat(self, number: int = 1) -> Chat:
        """The chat with this number, counted from 1, once it was asked for."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.chats) >= number, PATIENCE), f"no chat {number} came"
            return self.chats[number - 1]

    def _call(self, work: Callable[[], Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(PATIENCE)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._connected, "127.0.0.1", 0)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        task = asyncio.create_task(self._serve_until_gone(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve_until_gone(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, or the test is over
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            _, path, _ = head[0].split(" ")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            if path.endswith("/chat/completions"):
                await self._chat(Chat(json.loads(body), headers), reader, writer)
            elif path.split("?")[0].endswith("/models"):
                await _whole(writer, self.models)
            elif path.endswith("/users/me"):
                await _whole(writer, self.me)
            else:
                await _whole(writer, MISSING)

    async def _chat(self, chat: Chat, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._news:
            plays = self._plays_of.get(chat.body["model"], self._plays)
            play = plays.pop(0) if len(plays) > 1 else plays[0]
            self.chats.append(chat)
            self._news.notify_all()
        playing = asyncio.ensure_future(self._play(play, chat, writer))
        leaving = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait([playing, leaving], return_when=asyncio.FIRST_COMPLETED)
            if not playing.done():  # a client sends nothing while it waits for its answer: it went
                chat.gone.set()
                raise ConnectionResetError
            playing.result()
        finally:
            chat.ended.set()
            for task in (playing, leaving):
                task.cancel()
            await asyncio.gather(playing, leaving, return_exceptions=True)

    async def _play(self, play: Play, chat: Chat, writer: asyncio.StreamWriter) -> None:
        match play:
            case Refusal():
                await _whole(writer, play)
            case Answer():
                for field, words in play.refused.items():
                    if field in chat.body:
                        await _whole(writer, Refusal(400, {"error": {"message": words}}))
                        return
                if play.streams and chat.body.get("stream"):
                    await self._stream(play, chat, writer)
                else:
                    await _whole(writer, Refusal(200, play.whole()))
            case _:
                await asyncio.Event().wait()

    async def _stream(self, play: Answer, chat: Chat, writer: asyncio.StreamWriter) -> None:
        writer.write(_STREAM.format(play.content_type).encode())
        wanted = bool((chat.body.get("stream_options") or {}).get("include_usage"))
        for event in play.events(chat.body["model"], wanted):
            if event is CUT:
                writer.transport.abort()
                raise ConnectionAbortedError
            if event is HOLD:
                await chat.go_on.acquire()
                continue
            assert isinstance(event, str)
            data = event.encode()
            writer.write(b"%x\r\n%s\r\n" % (len(data), data))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()


async def _whole(writer: asyncio.StreamWriter, answer: Refusal) -> None:
    lines = [f"HTTP/1.1 {answer.status} Because", f"content-type: {answer.content_type}"]
    lines += [f"content-length: {len(answer.content)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode() + answer.content)
    await writer.drain()
