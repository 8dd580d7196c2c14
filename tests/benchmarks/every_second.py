"""The app, but it looks at the queue once a second: faster than it ever does, as the budget says."""

from __future__ import annotations

from oxen_tui.__main__ import main
from oxen_tui.services.queue import watching as queue_watching


def _every_second(*_: object) -> float:
    return 1.0


if __name__ == "__main__":
    vars(queue_watching)["spacing"] = _every_second
    main()
