"""`python -m tests.journeys.impatient`: the program, but it waits a second for what it else gives a minute."""

from __future__ import annotations

from functools import partial

from oxen_tui.api.timeouts import Timeouts
from oxen_tui.app import OxenTuiApp
from oxen_tui.paths import find_paths
from oxen_tui.services.server.connection import Wanted, resolve_place
from oxen_tui.services.server.credentials import Credentials
from oxen_tui.services.session import open_session
from oxen_tui.settings import Settings


def main() -> None:
    paths = find_paths()
    paths.make_folders()
    place = resolve_place(Wanted(), Settings(), Credentials(paths.credentials_file))
    opening = partial(open_session, paths=paths, timeouts=Timeouts(chat=1.0))
    OxenTuiApp(place, paths, Settings(), opening).run()


if __name__ == "__main__":
    main()
