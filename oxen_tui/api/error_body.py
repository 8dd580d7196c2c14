"""What the body of an error answer says, and which error it is (contract section 9).

Used for answers with an error status, for answers with status 200 that carry an error, and for errors in the
middle of a stream, so that all three become the same classes.
"""

from __future__ import annotations

import re
from typing import Any

from oxen_tui.api.errors import (
    Answered,
    BadRequest,
    Forbidden,
    InvalidKey,
    ModelNotFound,
    NotFound,
    OutOfCredits,
    RateLimited,
    ServerFailed,
    UpdateRequired,
)
from oxen_tui.api.json_values import items, line, mapping, parse_json, text, whole

_BODY_SHOWN = 300
"""Characters of a body without a known shape."""

_BY_STATUS: dict[int, type[Answered]] = {
    401: InvalidKey,
    402: OutOfCredits,
    403: Forbidden,
    404: NotFound,
    426: UpdateRequired,
    429: RateLimited,
}
_STATUS_OF_TYPE = {
    "unauthenticated": 401,
    "invalid_api_key": 401,
    "authentication_error": 401,
    "insufficient_credits": 402,
    "insufficient_quota": 402,
    "permission_error": 403,
    "resource_not_found": 404,
    "not_found_error": 404,
    "model_not_found": 404,
    "update_required": 426,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "rate_limited": 429,
    "invalid_params": 400,
    "invalid_request": 400,
    "invalid_request_error": 400,
    "invalid_file_input": 400,
    "unknown_error": 500,
    "server_error": 500,
    "internal_error": 500,
    "api_error": 500,
    "upstream": 502,
    "overloaded_error": 529,
    "overloaded": 529,
}
_ATOM = re.compile(r":[a-z][a-z0-9_]*\??")
_CREDITS = re.compile(
    r"insufficient[ _](credits|balance|funds|quota)|(run|ran|are) out of credits|^out of credits|not enough credits"
    r"|credit balance is too low",
    re.IGNORECASE,
)
_MODEL_NOT_FOUND = re.compile(
    r"model_not_found|model not found|model .{0,200}(does not exist|was not found)", re.IGNORECASE
)
_PROVIDER_STATUS = re.compile(r"error: (4\d\d|5\d\d)\b")


def says_no_credits(message: str) -> bool:
    """Whether a text (of an error, or of a failed generation's row) says that the account is empty."""
    return bool(_CREDITS.search(message))


def is_web_page(body: bytes, content_type: str = "") -> bool:
    """Whether a body is a page for a browser rather than an answer for a program."""
    start = body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") or ("text/html" in content_type.lower() and not start.startswith((b"{", b"[")))


def server_text(value: Any) -> str:
    """The words of an error answer: the first text found in the contract's order of places, "" for none."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0]  # one provider wraps its answer in an array
    if isinstance(value, str):
        return _words(value)
    answer = mapping(value)
    error = answer.get("error")
    inner = mapping(error)
    places = [inner.get(key) for key in ("detail", "message", "title", "description")]
    places.append(error if not inner else None)
    places += [answer.get(key) for key in ("error_message", "status_message", "message", "detail", "errors")]
    found = next((words for place in places if (words := _words(place))), "")
    title = _words(inner.get("title"))
    return f"{found} ({title.rstrip('.')})" if title and found and title != found else found


def error_of_body(status: int, body: bytes, content_type: str = "", retry_after: float | None = None) -> Answered:
    """The error for an answer whose status says error."""
    if is_web_page(body, content_type):
        # A page is never quoted: its markup says nothing to a reader of one line.
        return error_of(None, status, retry_after, fallback="the server answered with a web page")
    try:
        value = parse_json(body)
    except ValueError:
        return error_of(None, status, retry_after, fallback=body[: _BODY_SHOWN * 4].decode("utf-8", "replace"))
    shown = body[: _BODY_SHOWN * 4].decode("utf-8", "replace") if value else ""
    return error_of(value, status, retry_after, fallback=shown)


def error_in(value: Any, event: str = "", unsaid: type[Answered] = ServerFailed) -> Answered | None:
    """The error that a body with status 200, or one event of a stream, carries; None if it carries none.

    Args:
        event: the name of the stream's event; one named "error" carries an error whatever its shape.
        unsaid: the error when neither a status, a type nor the words tell which it is.
    """
    if isinstance(value, list) and len(value) == 1 and mapping(value[0]).get("error"):
        value = value[0]
    answer = mapping(value)
    named = event == "error" or answer.get("status") == "error" or answer.get("object") == "error"
    if answer.get("error") or (named and (answer or isinstance(value, str))):
        return error_of(value, None, unsaid=unsaid)
    return None


def error_of(
    value: Any,
    status: int | None,
    retry_after: float | None = None,
    fallback: str = "",
    unsaid: type[Answered] = ServerFailed,
) -> Answered:
    """The error for parsed JSON. Without an error status, the body's own code, type or words decide."""
    words = server_text(value) or fallback[:_BODY_SHOWN].strip()
    kind = _type_of(value)
    known = status if status is not None and status >= 400 else _status_in(value, kind, words)
    shown = words or (f"status {known}" if known else "")
    may_retry = True if known in (408, 425) else None
    return _class_for(known, kind, words, unsaid)(shown, status=known, retry_after=retry_after, may_retry=may_retry)


def _class_for(status: int | None, kind: str, words: str, unsaid: type[Answered]) -> type[Answered]:
    if kind in ("insufficient_credits", "insufficient_quota") or says_no_credits(words):
        return OutOfCredits
    if status in (400, 404, None) and _MODEL_NOT_FOUND.search(f"{kind} {words}"):
        return ModelNotFound
    if status is None:
        return unsaid
    if status >= 500:
        return ServerFailed
    return _BY_STATUS.get(status, BadRequest)


def _type_of(value: Any) -> str:
    error = mapping(mapping(value).get("error"))
    for place in (
        error.get("type"),
        error.get("code"),
        mapping(value).get("status_message"),
        mapping(value).get("type"),
    ):
        found = line(place, 60).lower()
        if found in _STATUS_OF_TYPE:
            return found
    return ""


def _status_in(value: Any, kind: str, words: str) -> int | None:
    answer, error = mapping(value), mapping(mapping(value).get("error"))
    for place in (error.get("code"), error.get("status"), answer.get("status"), answer.get("code")):
        code = whole(place)
        if code is not None and 400 <= code < 600:
            return code
    if kind:
        return _STATUS_OF_TYPE[kind]
    provider = _PROVIDER_STATUS.search(words)
    return int(provider[1]) if provider else None


def _words(value: Any, depth: int = 0) -> str:
    """The text of a place: a string, or what objects and arrays of messages come to."""
    if isinstance(value, str):
        found = text(value).strip()
        return found[1:] if _ATOM.fullmatch(found) else found
    if depth > 3:
        return ""
    if isinstance(value, dict):
        said = next(
            (words for key in ("msg", "message", "detail", "title") if (words := _words(value.get(key), depth + 1))),
            "",
        )
        place = ".".join(
            str(step) for step in items(value.get("loc")) if isinstance(step, str | int) and step != "body"
        )
        if said:
            return f"{place}: {said}" if place else said
        parts = [f"{line(key, 60)}: {words}" for key, entry in value.items() if (words := _words(entry, depth + 1))]
        return "; ".join(parts[:5])
    if isinstance(value, list):
        return "; ".join([words for entry in value[:20] if (words := _words(entry, depth + 1))][:5])
    return ""
