"""What can go wrong on the wire, a class for each thing that a caller does differently.

    ApiError
    ├── Unreachable       no connection: unknown host, refused, certificate
    ├── TimedOut          no answer, or none any more, in the time allowed
    ├── CutOff            the connection dropped in mid-answer
    ├── NotAnApi          a web page, or no JSON where JSON was due
    ├── TooLarge          more arrived than we read
    └── Answered          the server answered, with an error
        ├── BadRequest        400, 405, 413, 422 and other 4xx
        ├── InvalidKey        401
        ├── OutOfCredits      402, or a text that says so with any status
        ├── Forbidden         403
        ├── NotFound          404
        │   └── ModelNotFound
        ├── UpdateRequired    426
        ├── RateLimited       429
        └── ServerFailed      5xx, 529

Raised by the client, with the same class before a stream and in the middle of one. None of them holds a request, a
header or a key, and none is raised with the network library's exception as its context: that one's frames hold the
headers, key and all, and a traceback that shows locals would print them.
"""

from __future__ import annotations

from oxen_tui.safe_text import clean_line

_LONGEST_TEXT = 600


class ApiError(Exception):
    """Root of all errors of the wire."""

    default_title = "Something went wrong"
    default_advice = "Try again."
    retriable = False

    def __init__(
        self,
        server_text: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        title: str = "",
        advice: str = "",
        may_retry: bool | None = None,
    ) -> None:
        self.title = clean_line(title or self.default_title, 120)
        """What happened, in a few words."""
        self.server_text = clean_line(" ".join(server_text[:4000].split()), _LONGEST_TEXT)
        """The server's own words, one cleaned line; "" when it said nothing."""
        self.status = status
        """The HTTP status, where there was one."""
        self.retry_after = retry_after
        """Seconds the server asked us to wait, counted from the answer."""
        self.advice = clean_line(advice or self._advice())
        """A sentence a user can act on."""
        self.may_retry = self.retriable if may_retry is None else may_retry
        """Whether the same request, sent again by itself, could help. Whether it may be sent is another question."""
        super().__init__(str(self))

    def _advice(self) -> str:
        return self.default_advice

    def __str__(self) -> str:
        return f"{self.title}: {self.server_text or self.advice}"


class Unreachable(ApiError):
    """No connection came about, so the request was never sent."""

    default_title = "Cannot reach the server"
    default_advice = "Check the network, the address and any proxy, then try again."
    retriable = True


class TimedOut(ApiError):
    """The server took the request and then said nothing for too long."""

    default_title = "No answer in time"
    default_advice = "The server may be busy: try again, or choose another model."


class CutOff(ApiError):
    """The connection dropped before the answer was complete."""

    default_title = "The answer was cut off"
    default_advice = "The connection dropped: continue from here, or try again."
    retriable = True


class NotAnApi(ApiError):
    """What came back is not what an inference API says."""

    default_title = "This address is not an inference API"
    default_advice = "It answered with something other than JSON: check the base URL."


class TooLarge(ApiError):
    """More arrived than this program reads."""

    default_title = "The answer is too large"
    default_advice = "It was dropped to keep the program alive."


class Answered(ApiError):
    """The server answered, with an error."""

    default_title = "The server refused"


class BadRequest(Answered):
    """A parameter, a file or the whole request was refused."""

    default_title = "The request was refused"
    default_advice = "Change the request or the model's parameters, then send it again."


class InvalidKey(Answered):
    """There was no key, or the server does not know it."""

    default_title = "The API key was not accepted"
    default_advice = "Give another key with /connect."


class OutOfCredits(Answered):
    """The account has nothing left to spend."""

    default_title = "Out of credits"
    default_advice = "Add credits at https://www.oxen.ai/settings, then send it again."


class Forbidden(Answered):
    """The key is good, but not for this; sometimes a moderated prompt."""

    default_title = "Not allowed"
    default_advice = "Check the namespace, or change the prompt if its content was refused."


class NotFound(Answered):
    """The thing asked for is not there, or this server has no such call."""

    default_title = "Not found"
    default_advice = "It may be gone, or this server does not offer it."


class ModelNotFound(NotFound):
    """The server does not know the model."""

    default_title = "Unknown model"
    default_advice = "Choose another model with ctrl+l."


class UpdateRequired(Answered):
    """The server took us for a program that is too old."""

    default_title = "The server asks for a newer program"
    default_advice = "Update this program; if it is up to date, report this."


class RateLimited(Answered):
    """Too many requests for now."""

    default_title = "Too many requests"
    retriable = True

    def _advice(self) -> str:
        if self.retry_after is None:
            return "Wait a little, then send it again."
        return f"The server asks to wait {self.retry_after:.0f} s before it is sent again."


class ServerFailed(Answered):
    """The server, or the model's provider behind it, failed."""

    default_title = "The server failed"
    default_advice = "This often passes: try again in a moment, or choose another model."
    retriable = True
