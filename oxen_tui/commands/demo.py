"""`oxen-tui demo`: the demo service by itself, for other terminals and other programs."""

from __future__ import annotations

import json
import math

import click

_PORT = 8765

_SAYS = """\
The demo service is at {base_url}
Its answers, pictures and prices are made up. Nothing leaves this machine and nothing is billed.

In another terminal:

  export OXEN_BASE_URL={base_url}
  export OXEN_API_KEY={token}
  oxen-tui

Other programs that speak OpenAI's API can use the same address and key. ctrl+c ends it.
"""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes a free one.")
@click.option("--pace", type=click.FloatRange(0), default=1.0, help="2 is twice as fast, 0 waits for nothing.")
@click.option("--faults", is_flag=True, help="Troubles now and then: refusals, dropped answers, failed jobs.")
@click.pass_context
def demo(context: click.Context, port: int, pace: float, faults: bool) -> None:
    """Run the demo service alone. Its answers are made up.

    A prompt such as "fault: 429" or "fault: cut" asks it for one trouble; its model list and its answers say more.
    """
    if not math.isfinite(pace):
        raise click.BadParameter("is a number, 0 or more", param_hint="--pace")
    from oxen_tui.demo.serve import run

    # A port that is taken is said there, on stderr.
    if run(port, pace=pace, faults="some" if faults else "none", say=_say_where):
        click.echo("Choose another with --port, or a free one with --port 0.", err=True)
        context.exit(2)


def _say_where(line: str) -> None:
    # At once, also into a pipe: a script waits for it.
    click.echo(_SAYS.format(**json.loads(line)))
