"""The budgets: what each line must reach and what it should, and a measured figure beside them.

Lines 1-4 and 7 are about streaming, 5 and 6 about growth, 8-10 about start and rest, 11 about the list of models, 19
about scale. The lines of panes that are to come get their entries here, and a module in `GROUPS` of `__main__.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """One row of the table. Less is better in all of them."""

    line: int
    what: str
    unit: str
    """`x` is a ratio."""
    must: float
    stretch: float


BUDGETS: dict[str, Budget] = {
    "cpu-200": Budget(1, "CPU per 1,000 tokens at 200/s, to limit_static", "x", 0.5, 0.2),
    "cpu-1000": Budget(1, "CPU per 1,000 tokens at 1,000/s, to limit_static", "x", 0.5, 0.2),
    "end-rated": Budget(2, "end of answer on screen, p95, up to 1,000/s", "ms", 60, 40),
    "end-unlimited": Budget(2, "end of answer on screen, p95, unlimited", "ms", 150, 90),
    "bytes-200": Budget(3, "bytes per token at 200/s", "B", 180, 30),
    "bytes-1000": Budget(3, "bytes per token at 1,000/s", "B", 140, 20),
    "echo-200": Budget(4, "key echo while streaming 200/s, p95", "ms", 20, 8),
    "echo-200-worst": Budget(4, "key echo while streaming 200/s, worst", "ms", 100, 40),
    "echo-1000": Budget(4, "key echo while streaming 1,000/s, p95", "ms", 20, 8),
    "echo-1000-worst": Budget(4, "key echo while streaming 1,000/s, worst", "ms", 100, 40),
    "growth-mixed": Budget(5, "CPU per token, 20,000 to 2,000 tokens: mixed", "x", 1.2, 1.2),
    "growth-list": Budget(5, "the same, ending in a list of 300 items", "x", 1.2, 1.2),
    "growth-table": Budget(5, "the same, ending in a table of 100 rows", "x", 1.2, 1.2),
    "growth-code": Budget(5, "the same, ending in 2,000 lines of code", "x", 1.2, 1.2),
    "growth-paragraph": Budget(5, "the same, ending in a paragraph of 4,000 words", "x", 1.2, 1.2),
    "growth-long": Budget(5, "CPU per token, 100,000 to 2,000 tokens: mixed", "x", 1.5, 1.5),
    "growth-answers": Budget(5, "CPU per token, answer 50 to answer 2", "x", 1.1, 1.1),
    "open": Budget(6, "5,000 messages: first screen after the key", "ms", 150, 60),
    "page": Budget(6, "5,000 messages: a page", "ms", 30, 10),
    "resize": Budget(6, "5,000 messages: a resize", "ms", 120, 70),
    "first": Budget(7, "first token on screen, p95", "ms", 50, 15),
    "interactive": Budget(8, "interactive, to the bare Textual app", "x", 1.6, 1.25),
    "version": Budget(8, "--version, over bare Python", "ms", 60, 30),
    "rss": Budget(9, "RSS at rest", "MB", 85, 65),
    "rss-answers": Budget(9, "RSS after 50 answers", "MB", 140, 100),
    "rss-day": Budget(9, "RSS after 50 answers, 200 generations, 50 pictures", "MB", 140, 100),
    "idle-bytes": Budget(10, "idle, bytes per second", "B/s", 0, 0),
    "idle-cpu": Budget(10, "idle, CPU", "%", 0.3, 0.3),
    "idle-queue-bytes": Budget(10, "idle with the queue pane, bytes per second", "B/s", 0, 0),
    "idle-queue-cpu": Budget(10, "idle with the queue pane, CPU", "%", 0.3, 0.3),
    "models-key-200": Budget(11, "200 models: a key in the filter", "ms", 30, 12),
    "models-key-10000": Budget(11, "10,000 models: a key in the filter", "ms", 60, 30),
    "models-key-50000": Budget(11, "50,000 models: a key in the filter", "ms", 150, 80),
    "models-open": Budget(11, "200 models: opening the pane from the cache", "ms", 150, 60),
    "models-cursor": Budget(11, "200 models: cursor to painted detail", "ms", 60, 25),
    "queue-cpu": Budget(12, "1,000 jobs, 200 under way, one look a second: CPU", "%", 5, 2),
    "queue-bytes": Budget(12, "the same: bytes per second", "B/s", 2_000, 1_000),
    "queue-still-bytes": Budget(12, "looks that change nothing, no time in view: bytes", "B", 0, 0),
    "queue-still-cpu": Budget(12, "the same: CPU", "%", 5, 2),
    "queue-asks-images": Budget(13, "200 pictures under way: lists asked for in a minute", "", 30, 12),
    "queue-asks-videos": Budget(13, "200 clips under way: lists asked for in a minute", "", 6, 3),
    "queue-asks-none": Budget(13, "nothing under way and nobody looks: the same", "", 0, 0),
    "search": Budget(14, "200,000 messages: a key in the search to its results", "ms", 100, 40),
    "picture-full": Budget(15, "a photo of 1,024×1,024 at 100x30: graphics protocol", "kB", 220, 140),
    "picture-light": Budget(15, "the same, light", "kB", 90, 50),
    "picture-half": Budget(15, "the same, half cells", "kB", 250, 120),
    "picture-scroll": Budget(16, "a line further with the photo, graphics protocol", "kB", 20, 4),
    "picture-dialog": Budget(16, "a dialog over it, closed again", "kB", 20, 4),
    "picture-keys": Budget(17, "key echo while it goes out over 500 kbit/s, p95", "ms", 50, 20),
    "gallery-open": Budget(18, "gallery of 500: opening it, with its pictures", "ms", 300, 120),
    "gallery-row": Budget(18, "gallery of 500: a row further", "ms", 50, 20),
    "gallery-rss": Budget(18, "gallery of 500: memory", "MB", 60, 25),
    "gallery-open-many": Budget(19, "gallery of 5,000: opening it", "ms", 600, 240),
    "gallery-row-many": Budget(19, "gallery of 5,000: a row further", "ms", 100, 40),
    "conversations-start": Budget(19, "start with 10,000 conversations, to none", "x", 2.0, 1.2),
    "conversations-open": Budget(19, "10,000 conversations: opening one", "ms", 300, 120),
    "conversations-scroll": Budget(19, "10,000 conversations: a row or a page of the list", "ms", 60, 20),
    "conversations-filter": Budget(19, "10,000 conversations: a key in the list's filter", "ms", 120, 60),
    "models-open-many": Budget(19, "50,000 models: opening the pane from the cache", "ms", 300, 120),
    "models-cursor-many": Budget(19, "50,000 models: cursor to painted detail", "ms", 120, 50),
    "models-start": Budget(19, "start with 50,000 models kept, to 200", "x", 2.0, 1.2),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured for one budget."""

    key: str
    """Which of `BUDGETS`."""
    measured: float | None
    """In the budget's unit; None when it could not be measured."""
    detail: str = ""
    """What the figure is made of, for orientation."""
    baseline: str = ""
    """The same of the programs it is compared with, from the same run."""
    starved: float | None = None
    """Percent of the app's runnable time without a core; trust times only when it is small (under about 20)."""

    @property
    def budget(self) -> Budget:
        return BUDGETS[self.key]

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        if self.measured > self.budget.must:
            return "over"
        return "ok, stretch" if self.measured <= self.budget.stretch else "ok"
