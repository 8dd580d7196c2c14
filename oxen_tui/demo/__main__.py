"""`python -m oxen_tui.demo`: the service by itself. Prints one line of JSON when it listens."""

from __future__ import annotations

import argparse
import sys

from .serve import HOST, run


def _pace(value: str) -> float:
    pace = float(value)
    if not 0 <= pace < float("inf"):
        raise argparse.ArgumentTypeError("a pace is 0 or more")
    return pace


def _port(value: str) -> int:
    port = int(value)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is 0 to 65535")
    return port


def main(arguments: list[str] | None = None) -> int:
    """Parse and serve."""
    parser = argparse.ArgumentParser(prog="python -m oxen_tui.demo", description="The demo inference service, alone.")
    parser.add_argument("--port", type=_port, default=0, help="0, the default, takes a free one")
    parser.add_argument("--host", default=HOST, help=f"address to listen on ({HOST})")
    parser.add_argument("--token", help="the key to accept; made up if not given")
    parser.add_argument("--pace", type=_pace, default=1.0, help="2 is twice as fast, 0 waits for nothing")
    parser.add_argument("--faults", choices=("none", "some"), default="none", help="troubles now and then")
    parser.add_argument("--die-with-stdin", action="store_true", help="end when standard input ends")
    asked = parser.parse_args(arguments)
    return run(asked.port, asked.host, asked.token, asked.pace, asked.faults, die_with_stdin=asked.die_with_stdin)


if __name__ == "__main__":
    sys.exit(main())
