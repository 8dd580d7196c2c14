"""What the command `oxen-tui` calls."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Opens the app, or does what the command line says."""
    if len(sys.argv) == 1:
        # Nearly always. Click takes a twentieth of the start, and so does looking for garbage while modules are made.
        gc.disable()
        from oxen_tui.commands.in_words import in_words
        from oxen_tui.opening import open_app

        with in_words():
            sys.exit(open_app())
    if sys.argv[1:] == ["--version"]:  # scripts ask for it, and again and again
        from oxen_tui import __version__

        sys.stdout.write(f"oxen-tui {__version__}\n")
        return
    from oxen_tui.command_line import NAME, command_line

    command_line(prog_name=NAME)


if __name__ == "__main__":
    main()
