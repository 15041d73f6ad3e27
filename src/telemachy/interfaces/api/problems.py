"""The one shape of every refusal (RFC 9457), and which of the product's errors becomes which."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from telemachy.core.shared.errors import BadInput, BudgetSpent, NotAllowed, TelemachyError
from telemachy.interfaces.common import health
from telemachy.interfaces.common.lookups import NotFound

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:telemachy:problem:"

logger = logging.getLogger("telemachy.api")

#: Code -> status and title. The codes are part of the API: programs tell refusals apart by them.
KNOWN: dict[str, tuple[int, str]] = {
    "unreadable": (400, "The body cannot be read as JSON"),
    "bad-idempotency-key": (400, "The idempotency key cannot be used"),
    "no-token": (401, "A token is needed"),
    "unknown-token": (401, "The token is unknown"),
    "revoked-token": (401, "The token was revoked"),
    "expired-token": (401, "The token has expired"),
    "wrong-audience": (401, "The token was made for another resource"),
    "person-gone": (401, "The token's person has left"),
    "not-administrator": (401, "The token's person is no administrator any more"),
    "suspended-agent": (403, "The agent is suspended"),
    "missing-scope": (403, "The token may not do that"),
    "not-allowed": (403, "Not allowed"),
    "budget-spent": (403, "Nothing is left of what was agreed"),
    "not-found": (404, "Not found"),
    "method-not-allowed": (405, "The address has no such method"),
    "wrong-state": (409, "Not possible in the present state"),
    "key-used-otherwise": (409, "The idempotency key belongs to another call"),
    "shown-once": (409, "The answer held a secret and is not given twice"),
    "too-large": (413, "The body is too large"),
    "not-json": (415, "The body must be JSON"),
    "no-file": (415, "The body must be a file"),
    "invalid": (422, "Some fields cannot be used"),
    "too-many-calls": (429, "Too many calls"),
    "internal": (500, "Something went wrong here"),
    "unavailable": (503, "The database is away for a moment"),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, found by its path, such as body.tags.0."""

    path: str
    message: str


@dataclass
class Problem(Exception):
    """A refusal on its way to the caller."""

    code: str
    detail: str = ""
    errors: list[FieldError] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    #: Whether the trail has it already.
    is_noted: bool = False

    @property
    def status(self) -> int:
        """The status of its answer."""
        return KNOWN[self.code][0]


class Refusal(JsonResponse):
    """A problem as it is sent, with what the trail asks of it."""

    problem_code: str
    is_noted: bool


def answer(problem: Problem, request: HttpRequest) -> Refusal:
    """Return the problem as it is sent, with the id by which an operator finds the call in the log."""
    status, title = KNOWN[problem.code]
    body: dict[str, Any] = {
        "type": TYPE + problem.code,
        "title": title,
        "status": status,
        "detail": problem.detail or title,
        "instance": f"urn:request:{request.META.get('HTTP_X_REQUEST_ID', '')}",
    }
    if problem.errors:
        body["errors"] = [{"path": error.path, "message": error.message} for error in problem.errors]
    response = Refusal(body, status=status, headers=problem.headers, content_type=CONTENT_TYPE)
    response.problem_code, response.is_noted = problem.code, problem.is_noted
    return response


def of_error(error: Exception) -> Problem:
    """Return the problem that an exception is, whatever raised it."""
    # Here, for Django's checks import every middleware: no command should load ninja for that.
    from ninja.errors import HttpError, ValidationError

    if isinstance(error, Problem):
        return error
    if isinstance(error, ValidationError):
        return Problem("invalid", errors=[_field_error(one) for one in error.errors])
    if isinstance(error, HttpError):
        return Problem("unreadable") if error.status_code == 400 else Problem("no-token")
    if isinstance(error, Http404 | NotFound):
        return Problem("not-found", str(error) or _("There is nothing here."))
    if isinstance(error, TelemachyError):
        return _of_ours(error)
    logger.error("call failed", exc_info=error)
    if health.database_is_away(error):
        return Problem(
            "unavailable", _("Try again in a moment."), headers={"Retry-After": health.RETRY_AFTER}
        )
    return Problem("internal", _("We have noted it. Ask an operator with the id of this call."))


def _of_ours(error: TelemachyError) -> Problem:
    if isinstance(error, BadInput):
        errors = [FieldError(f"body.{error.field}", str(error))] if error.field else []
        return Problem("invalid", str(error), errors)
    if isinstance(error, BudgetSpent):
        return Problem("budget-spent", str(error))
    return Problem("not-allowed" if isinstance(error, NotAllowed) else "wrong-state", str(error))


def _field_error(error: dict[str, Any]) -> FieldError:
    # Ninja names the parameter of the function as well, which a caller does not know: body.given.title.
    where, *rest = (str(part) for part in error["loc"])
    if where == "body":
        rest = rest[1:]
    return FieldError(".".join([where, *rest]), error["msg"].removeprefix("Value error, "))
