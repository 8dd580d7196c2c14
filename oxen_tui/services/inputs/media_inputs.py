"""Media that a request names: looked at before anything is sent (contract section 8, inputs)."""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from oxen_tui.media.facts import NotMedia, read_facts
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.services.inputs.limits import is_usual, media_kind, too_large, wrong_kind
from oxen_tui.services.inputs.paths import complete_path as complete_path
from oxen_tui.services.inputs.wire import CannotSend as CannotSend
from oxen_tui.services.inputs.wire import to_wire as to_wire
from oxen_tui.services.media_addresses import address_label, medium_address, path_of
from oxen_tui.services.schema.media import Media, MediaKind
from oxen_tui.system_words import why

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


@dataclass(frozen=True, slots=True)
class MediumFacts:
    """What is known of a medium without sending it."""

    address: str
    """What the form keeps: a file:, https: or data: URL."""
    label: str
    """Its name, short: that of the file, or the host and the name."""
    kind: MediaKind | None = None
    """By its content; None for what is not here (an https URL) or not known."""
    mime: str = ""
    size: int | None = None
    """Bytes."""
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    problem: str = ""
    """Why it cannot be sent, as a sentence; "" where nothing speaks against it."""
    warning: str = ""
    """What may go wrong, as a sentence."""


async def check_medium(
    text: str, media: Media, *, may_upload: bool = False, environment: Mapping[str, str] | None = None
) -> MediumFacts:
    """Looks at a medium: there, readable, of the kind that is wanted, not too large. Files are read in a thread.

    Args:
        text: A path, or a file:, http(s): or data: URL.
        media: What the field takes.
        may_upload: Whether the user allows uploads, which may be larger.
        environment: Of the process; for telling a user who came by SSH whose files are looked at.
    """
    address = medium_address(text)
    facts = MediumFacts(address, address_label(address))
    if not address:
        return replace(facts, problem="A path or an address is wanted.")
    if address[:5].lower() == "data:":
        return _of_data(facts, media)
    if address[:5].lower() != "file:":
        return _of_address(facts)
    path = path_of(address)
    if path is None:
        return replace(facts, problem="The file is on another machine: give its https address.")
    return await asyncio.to_thread(
        _of_file, facts, path, media, may_upload, os.environ if environment is None else environment
    )


def _of_file(
    facts: MediumFacts, path: Path, media: Media, may_upload: bool, environment: Mapping[str, str]
) -> MediumFacts:
    try:
        if not path.exists():
            return replace(facts, problem=missing_in_words(path, environment))
        if path.is_dir():
            return replace(facts, problem="It is a folder; a file is wanted.")
        found = read_facts(path)
    except OSError as error:
        return replace(facts, problem=f"The file cannot be read: {why(error)}.")
    except NotMedia as error:
        return replace(facts, problem=error.sentence)
    name = _kind_name(path) or found.mime
    kind = media_kind(found.kind)
    return replace(
        facts,
        kind=kind,
        mime=found.mime,
        size=found.size,
        width=found.width,
        height=found.height,
        seconds=found.seconds,
        problem=wrong_kind(found.kind, name, media.kind) or too_large(found.size, may_upload=may_upload),
        warning=_warning(found.mime, name, kind, may_upload),
    )


def missing_in_words(path: Path, environment: Mapping[str, str]) -> str:
    """Why a file is not there. Over SSH, the usual reason is a file on the user's own machine."""
    if not any(environment.get(name) for name in _SSH):
        folder = path.parent
        return f"There is no such file in {folder}." if folder.exists() else f"There is no folder {folder}."
    return (
        f"There is no such file on {socket.gethostname()}, where this program runs. A file on your own machine must "
        "be copied there first (scp), or have an https address."
    )


def _kind_name(path: Path) -> str:
    """As it is said; "" where the file is gone since."""
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
    except OSError:
        return ""
    return "" if kind is None else kind.name


def _warning(mime: str, name: str, kind: MediaKind | None, may_upload: bool) -> str:
    if not is_usual(mime):
        return f"It is {name}, which not every model reads."
    if kind in (MediaKind.VIDEO, MediaKind.AUDIO) and not may_upload:
        return "Whether models take clips and sounds within the request is not documented; if not, allow uploads."
    return ""


def _of_data(facts: MediumFacts, media: Media) -> MediumFacts:
    head, comma, body = facts.address.partition(",")
    if not comma or not head.lower().endswith(";base64"):
        return replace(facts, problem="It is no data URL in base64.")
    try:
        start = base64.b64decode(body[: HEAD // 3 * 4], validate=True)
    except (binascii.Error, ValueError):
        return replace(facts, problem="It is no data URL in base64.")
    kind = kind_of(start)
    size = len(body) * 3 // 4 - body[-2:].count("=")
    if kind is None:
        return replace(facts, size=size, problem="It is no picture, clip or sound that is known here.")
    return replace(
        facts,
        kind=media_kind(kind.kind),
        mime=kind.mime,
        size=size,
        problem=wrong_kind(kind.kind, kind.name, media.kind) or too_large(size, may_upload=False),
    )


def _of_address(facts: MediumFacts) -> MediumFacts:
    """Nothing is fetched: only the service must be able to."""
    try:
        parts = urlsplit(facts.address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or any(character.isspace() for character in facts.address):
        return replace(facts, problem="It is no usable address.")
    if _is_near(host):
        return replace(facts, warning="Only this network can reach the address; the service must be able to.")
    if parts.username or parts.password:
        return replace(facts, warning="There is a password in the address; the service and its providers see it.")
    return facts


def _is_near(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".localhost", ".internal", ".lan")) or "." not in host
