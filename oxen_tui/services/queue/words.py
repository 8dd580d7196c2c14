"""What is said of jobs whose way was not straight."""

from __future__ import annotations

from oxen_tui.api.errors import (
    Answered,
    ApiError,
    BadRequest,
    Forbidden,
    InvalidKey,
    NotFound,
    OutOfCredits,
    RateLimited,
    Unreachable,
    UpdateRequired,
)
from oxen_tui.store.job import JobState

LOOKING = "It may have been accepted all the same: looking for it in the server's list."
NEVER_SAID = "Whether the server took it is not known, and it lists nothing like it. It was not sent again."
KILLED = "The program ended while this was being sent."
KILLED_WAITING = "The program ended while it waited for this. It may have been made, and billed."
NEVER_SENT = "It was never sent: the program ended before."
NOTHING_LISTED = "Its list holds nothing like it either."
MAYBE_MADE = "It may have been made, and billed. It was not sent again."
MAYBE_BILLED = "Whether it was billed is not known."
WITHDRAWN = "It was stopped before the server took it."
TOO_FEW = "The server took only {taken} of {asked}."
NO_ADDRESS = "The server says that it succeeded, and gives no address of the result."
BEGUN_ELSEWHERE = "It was begun elsewhere: its result is fetched when you ask for it."

STILL_RUNS = "The server was asked to stop it, and still lists it: it may yet end as a success."
IS_BEING_SENT = "It is being sent at this moment: try again when the server has answered."
IS_BEING_LOOKED_FOR = "It is not known yet whether the server has it."
IS_BEING_MADE = "It is made by a call that waits for it, which cannot be stopped there."


def why(error: ApiError) -> str:
    """What happened, in the server's words where it has some, and what to do."""
    said = f"{error.title}: {error.server_text.rstrip('.')}" if error.server_text else error.title
    return f"{said}. {error.advice}"


def what_happened(error: ApiError) -> str:
    """The same without advice."""
    return f"{error.title}: {error.server_text.rstrip('.')}." if error.server_text else f"{error.title}."


def sent_again(error: ApiError, seconds: float) -> str:
    """For the pause before a request is sent that the server did not take."""
    return f"{error.title}: it is sent in {seconds:.0f} s."


def fetched_again(sentence: str, seconds: float) -> str:
    """For the pause before a result is fetched that did not come."""
    return f"{sentence} It is fetched again in {seconds:.0f} s."


def too_late(state: JobState) -> str:
    """Why a job cannot be stopped that has ended."""
    match state:
        case JobState.SAVING | JobState.DONE | JobState.NOT_SAVED:
            return "It had succeeded before it could be stopped, and is billed."
        case JobState.FAILED:
            return "It had failed before it could be stopped."
        case JobState.CANCELLED:
            return "It was stopped already."
    return "It has ended, and how is not known."


def certainly_not_taken(error: ApiError) -> bool:
    """Whether a request that makes something was surely not accepted, so that nothing can be billed for it."""
    if isinstance(error, Unreachable):
        return True
    if not isinstance(error, Answered):
        return False
    if isinstance(error, OutOfCredits | InvalidKey):
        return True
    refused = isinstance(error, BadRequest | Forbidden | NotFound | RateLimited | UpdateRequired)
    return refused and error.status is not None and 400 <= error.status < 500 and error.status != 408
