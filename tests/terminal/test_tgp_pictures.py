"""The terminal is sent each picture once, and keeps few that nobody shows."""

from __future__ import annotations

import asyncio

from oxen_tui.terminal.late_answers import LateAnswers
from oxen_tui.terminal.paced_sending import PacedSending
from oxen_tui.terminal.tgp_pictures import MOST_UNUSED, HeldPicture, TgpPictures


class Shower:
    """Shows a picture, and counts what it was told."""

    def __init__(self) -> None:
        self.told = 0

    def there(self) -> None:
        self.told += 1


class Setting:
    """A terminal that never answers, to which everything is written at once."""

    def __init__(self) -> None:
        self.written: list[str] = []

        async def at_once(_: float) -> None:
            await asyncio.sleep(0)

        self.sending = PacedSending(self.written.append, LateAnswers(), sleep=at_once)
        self.pictures = TgpPictures(self.sending, self.written.append)

    def take(self, key: str, shower: Shower) -> HeldPicture:
        return self.pictures.take(key, "abcd" * 1000, 4, 2, shower.there)

    @property
    def text(self) -> str:
        return "".join(self.written)


async def test_the_same_picture_is_sent_once_for_all_who_show_it() -> None:
    setting, one, other = Setting(), Shower(), Shower()
    first, second = setting.take("a", one), setting.take("a", other)
    await first.transfer.done
    await asyncio.sleep(0)

    assert first is second
    assert (one.told, other.told) == (1, 1)
    assert setting.text.count("a=T") == 1
    assert setting.take("a", one).is_there


async def test_a_picture_that_nobody_wants_any_more_is_not_sent() -> None:
    setting, shower = Setting(), Shower()
    blocking = setting.take("a", shower)
    held = setting.take("b", shower)
    setting.pictures.give_back(held, shower.there)
    await blocking.transfer.done
    await held.transfer.done

    assert f"i={held.number}," not in setting.text
    assert not held.is_there


async def test_what_nobody_shows_is_kept_for_a_while_and_then_freed() -> None:
    setting, shower = Setting(), Shower()
    held = []
    for number in range(MOST_UNUSED + 3):
        held.append(setting.take(str(number), shower))
        await held[-1].transfer.done
    for each in held:
        setting.pictures.give_back(each, shower.there)
    while not setting.sending.is_idle:
        await asyncio.sleep(0)

    freed = [each for each in held if f"a=d,d=I,i={each.number},q=2" in setting.text]
    assert freed == held[:3]
    assert setting.take("5", shower).is_there


async def test_what_the_terminal_has_lost_is_told_and_sent_anew() -> None:
    setting, shower = Setting(), Shower()
    held = setting.take("a", shower)
    await held.transfer.done
    setting.pictures.lose_all()

    assert held.is_lost
    again = setting.take("a", shower)
    await again.transfer.done
    assert again is not held
    assert setting.text.count("a=T") == 2
    setting.pictures.give_back(held, shower.there)


async def test_in_the_end_all_of_them_are_freed() -> None:
    setting, shower = Setting(), Shower()
    held = setting.take("a", shower)
    await held.transfer.done
    setting.pictures.free_all()

    assert setting.written[-1] == f"\x1b_Ga=d,d=I,i={held.number},q=2\x1b\\"
