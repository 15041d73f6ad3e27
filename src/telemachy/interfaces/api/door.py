"""Who calls, with which token, how often: asked before any operation runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django_ratelimit.core import is_ratelimited

from telemachy.apps.integrations.actions import calls, tokens
from telemachy.apps.integrations.queries import calls as call_queries
from telemachy.apps.integrations.queries import tokens as queries
from telemachy.apps.integrations.queries.tokens import Caller
from telemachy.interfaces.api.problems import Problem

#: How many wrong tokens an address may try in a minute.
STRANGERS_PER_MINUTE = 60
#: How often in a minute a busy caller's count is shared between processes, and how many callers are kept.
SHARED_TIMES, MOST_TALLIES = 20, 10_000
#: What people practise, and who is in supervision, is nobody's business: not even a refused call is noted.
PRIVATE = ("/api/v1/practice", "/api/v1/supervision-", "/api/v1/me/supervision-")
#: Set on calls that come in by a door of their own: what a token of an application has to be made for. No
#: header gets there, for those of a request begin with HTTP_.
AUDIENCE = "telemachy.audience"
REALM = {"WWW-Authenticate": 'Bearer realm="telemachy"'}


class CallRequest(HttpRequest):
    """What the door has let in, as operations see it: Django's own request, told who calls and when."""

    caller: Caller
    now: datetime
    #: Whether the answer holds a secret, which is then not kept for the same call again.
    holds_secret: bool
    #: The file of a call that sends one, and the digest of its bytes.
    sent_file: File[bytes]
    sent_digest: str


def caller_of(request: HttpRequest, now: datetime) -> Caller:
    """Return who calls. Raises Problem when the token is missing or does not work."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Problem("no-token", _("Send a header Authorization: Bearer and your token."), headers=REALM)
    token = queries.by_secret(secret.strip())
    if token is None:
        _bound_strangers(request)
        raise Problem("unknown-token", _("Nobody knows this token."), headers=REALM)
    fault = queries.fault_of(token, now)
    caller = Caller(token.person, token)
    if fault is not None:
        problem = Problem(fault.code, fault.detail, headers={} if fault.is_about_person else REALM)
        note(problem.code, problem.status, request, caller, now)
        raise problem
    if token.audience not in {"", request.META.get(AUDIENCE)}:
        note("wrong-audience", 401, request, caller, now)
        text = _("This token opens %(audience)s alone.") % {"audience": token.audience}
        raise Problem("wrong-audience", text, headers=REALM)
    if queries.is_use_due(token, now):
        tokens.note_use(token=token, by=token.person, now=now)
    return caller


def limit_of(caller: Caller) -> int:
    """Return how many calls a minute the caller may make."""
    is_agent = caller.person.is_agent
    return settings.AGENT_CALLS_PER_MINUTE if is_agent else settings.API_CALLS_PER_MINUTE


def count(caller: Caller, group: str, limit: int, now: datetime) -> dict[str, str]:
    """Count the call and return the headers that tell what is left. Raises Problem above the limit.

    Each process counts for itself and shares its count a few times a minute: the limit holds across
    processes to a twentieth, and a call that only reads takes no lock of the database.
    """
    tally = _tally(caller, group, now)
    tally.n_own += 1
    if not tally.is_closed and (not tally.n_shared or tally.n_own > limit // SHARED_TIMES):
        n_more, tally.n_own = tally.n_own, 0
        tally.n_shared = calls.count(group=group, n_more=n_more, by=caller.person, now=now)
    n_calls = tally.n_shared + tally.n_own
    seconds = max(1, round((tally.window_at + timedelta(minutes=1) - now).total_seconds()))
    headers = {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(max(0, limit - n_calls)),
        "RateLimit-Reset": str(seconds),
    }
    if n_calls > limit:
        text = _("%(limit)d calls a minute are possible. Wait for %(seconds)d seconds.")
        problem = Problem("too-many-calls", text % {"limit": limit, "seconds": seconds})
        problem.headers = {**headers, "Retry-After": str(seconds)}
        # Once a minute is enough in the trail: a flood must not fill it.
        problem.is_noted = tally.is_closed
        tally.is_closed = True
        raise problem
    return headers


@dataclass(slots=True)
class _Tally:
    """What this process has counted of one person's calls in the running minute."""

    window_at: datetime
    n_shared: int = 0
    n_own: int = 0
    is_closed: bool = False


_tallies: dict[tuple[UUID, str], _Tally] = {}


def _tally(caller: Caller, group: str, now: datetime) -> _Tally:
    window = call_queries.window_of(now)
    key = (caller.person.pk, group)
    tally = _tallies.get(key)
    if tally is None or tally.window_at != window:
        if len(_tallies) > MOST_TALLIES:
            _tallies.clear()
        tally = _tallies[key] = _Tally(window)
    return tally


def note(code: str, status: int, request: HttpRequest, caller: Caller, now: datetime) -> None:
    """Keep a refusal in the trail of the caller's organisation."""
    if request.path_info.startswith(PRIVATE):
        return
    calls.note_refusal(
        token=caller.token,
        code=code,
        status=status,
        # Quoted, as it was sent: an address may hold a NUL character, which PostgreSQL stores nowhere.
        what=f"{request.method} {escape_uri_path(request.path)}",
        by=caller.person,
        now=now,
    )


def _bound_strangers(request: HttpRequest) -> None:
    rate = f"{STRANGERS_PER_MINUTE}/60s"
    if is_ratelimited(request, group="strangers", key="ip", rate=rate, increment=True):
        raise Problem("too-many-calls", _("Too many unknown tokens."), headers={"Retry-After": "60"})
