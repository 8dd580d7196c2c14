from __future__ import annotations

import pytest

from oxen_tui.api.account import User
from oxen_tui.api.errors import ApiError, InvalidKey, NotAnApi, NotFound, Unreachable
from oxen_tui.services.server.key_check import KeyCheck, check_key


class FakeClient:
    """Answers each call with what it was given, an error being raised."""

    def __init__(self, me: User | ApiError, queue: ApiError | None = None, models: ApiError | None = None) -> None:
        self._answers = {"me": me, "queue": queue, "models": models}
        self.asked: list[str] = []

    async def me(self) -> User:
        answer = self._answer("me")
        assert isinstance(answer, User)
        return answer

    async def queue(self) -> object:
        return self._answer("queue")

    async def models(self) -> object:
        return self._answer("models")

    def _answer(self, call: str) -> object:
        self.asked.append(call)
        answer = self._answers[call]
        if isinstance(answer, ApiError):
            raise answer
        return answer


async def test_the_server_says_whose_key_it_is() -> None:
    client = FakeClient(User("ada", None))

    check = await check_key(client)

    assert check == KeyCheck("ada", proven=True)
    assert check.words == "signed in as ada"
    assert client.asked == ["me"]


@pytest.mark.parametrize("missing", [NotFound(), NotAnApi()])
async def test_a_server_that_does_not_know_users_is_asked_for_its_queue(missing: ApiError) -> None:
    check = await check_key(FakeClient(missing))

    assert (check.username, check.proven, check.words) == ("", True, "the key was accepted")


async def test_a_list_of_models_proves_nothing_and_is_not_said_to() -> None:
    check = await check_key(FakeClient(NotFound(), NotFound()))

    assert not check.proven
    assert "cannot say" in check.words


async def test_a_server_that_can_do_nothing_but_chat_is_let_be() -> None:
    assert await check_key(FakeClient(NotFound(), NotFound(), NotFound())) == KeyCheck("", proven=False)


async def test_a_refused_key_and_a_silent_server_are_errors() -> None:
    with pytest.raises(InvalidKey):
        await check_key(FakeClient(InvalidKey(status=401)))
    with pytest.raises(InvalidKey):
        await check_key(FakeClient(NotFound(), InvalidKey(status=401)))
    with pytest.raises(Unreachable):
        await check_key(FakeClient(Unreachable()))


async def test_web_pages_everywhere_are_no_api() -> None:
    with pytest.raises(NotAnApi):
        await check_key(FakeClient(NotAnApi(), NotAnApi(), NotAnApi()))
