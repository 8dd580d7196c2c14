"""Searching while somebody types: an answer of our own at once, the server's when the typing rests.

The server may know models that its list does not have yet, and may understand words that we do not. Its answer is
merged into ours when it comes; one that comes too late, after something else was typed, is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import datetime

from oxen_tui.api.errors import Answered, ApiError, NotFound
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.query import parse
from oxen_tui.services.catalogue.rows import Standing
from oxen_tui.services.catalogue.selection import Say, SearchResult, Sort, select

REST_SECONDS = 0.25
"""Without a key, until the server is asked."""

_SHORTEST_WORDS = 2
"""Characters. The server is not asked for less."""

_MOST_SAID = 100
"""Answers that are remembered, so that going back over what was typed asks nobody."""


class ModelSearch:
    """The search of one catalogue. The newest question counts; older ones come to nothing."""

    def __init__(
        self,
        catalogue: Catalogue,
        standing: Callable[[], Standing],
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        Args:
            catalogue: Where to search.
            standing: What models are to this user at this moment.
            now: The time of day, for ages.
            sleep: Waits a number of seconds.
        """
        self._catalogue = catalogue
        self._standing = standing
        self._now = now
        self._sleep = sleep
        self._said: dict[str, Say] = {}
        self._text = ""
        self._question = 0
        self._has_search = True
        """Whether the server has one, as far as is known."""

    def at_once(self, text: str, sort: Sort = Sort.RELEVANCE) -> SearchResult:
        """What is known here, and what the server said to the same words before. Computed in this call."""
        if text != self._text:  # the same again, of a catalogue that has changed, is no other question
            self._text = text
            self._question += 1
        return self._select(text, sort)

    async def improved(self, text: str, sort: Sort = Sort.RELEVANCE) -> AsyncGenerator[SearchResult, None]:
        """What `at_once` gave for this text, with what the server says, once it has said it.

        Yields nothing where the server is not asked, or where something else was typed since. To be closed when
        nobody waits any more: that ends the request too.
        """
        words = parse(text).wanted_text
        question = self._question
        if text != self._text or len(words) < _SHORTEST_WORDS or words in self._said or not self._has_search:
            return
        await self._sleep(REST_SECONDS)
        if question != self._question:
            return
        say = await self._ask(words)
        if say is not None and question == self._question:
            yield self._select(text, sort, say)

    async def _ask(self, words: str) -> Say | None:
        try:
            say = Say(await self._catalogue.find(words))
        except NotFound:
            self._has_search = False  # another kind of server: its list is all there is
            return None
        except Answered as error:
            # Words it does not take today it will not take when they are typed again.
            said = f": {error.server_text}" if error.server_text else ""
            say = Say(notice=f"the server's search refused these words{said}; shown is what its list has")
            if error.may_retry:
                return say
        except ApiError as error:
            return Say(notice=f"the server's search gave no answer ({error.title.lower()})")
        if len(self._said) >= _MOST_SAID:
            self._said.pop(next(iter(self._said)))
        self._said[words] = say
        return say

    def _select(self, text: str, sort: Sort, say: Say | None = None) -> SearchResult:
        query = parse(text)
        server = say or self._said.get(query.wanted_text)
        return select(self._catalogue.index, text, query, self._standing(), self._now(), sort=sort, server=server)
