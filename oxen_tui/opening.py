"""From what the user asked for to the running app: settings, place, folders, the terminal, and only then the rest.

Nothing heavy is imported at the top: what is wrong with the settings is said without loading what draws.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oxen_tui.services.gallery.opened_files import OpenedFile


def open_app(
    on_demo: bool = False,
    profile: str = "",
    model: str = "",
    images: str | None = None,
    files: Sequence[OpenedFile] = (),
) -> int:
    """Opens the app and returns its exit code.

    Args:
        on_demo: The demo service, even if there is a key.
        profile: The name of a server in the settings; "" is the one chosen there.
        model: The model to start with; "" is the last one.
        images: How pictures are shown, whatever the settings say.
        files: To be looked at first.

    Raises:
        SetupError: Something has to be put right first.
    """
    from oxen_tui.paths import find_paths
    from oxen_tui.services.server.connection import Wanted, resolve_place
    from oxen_tui.services.server.credentials import Credentials
    from oxen_tui.settings import load_settings
    from oxen_tui.setup_error import SetupError

    paths = find_paths()
    settings = load_settings(paths.settings_file)
    place = resolve_place(Wanted(on_demo, profile, model), settings, Credentials(paths.credentials_file))
    paths.make_folders()
    if not all(_is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on stderr
        raise SetupError(
            "This is not a terminal",
            "Start oxen-tui directly in one, not from a pipe or into a file; over ssh, with `ssh -t`.",
        )
    # Collections while thousands of classes and widgets are made find nothing and take a fifth of the start. The app
    # turns them on again when its first screen stands.
    gc.disable()
    from oxen_tui.terminal.picture_mode import choose
    from oxen_tui.terminal.probe import Probe

    with Probe(0, 1) as probe:
        # The terminal answers while this is loaded.
        from oxen_tui.app import run_app

        facts = probe.facts()
    encoding = sys.stdout.encoding or "ascii"
    choice = choose(facts, images or settings.images, settings.light_pictures, encoding)
    return run_app(place, paths, settings, facts, choice, files)


def _is_terminal(stream: IO[Any] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()
