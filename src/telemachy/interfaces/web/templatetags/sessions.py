"""A session's time on the reader's clock, and on the others' where it differs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.functional import Promise

from telemachy.apps.relationships.queries import session_times
from telemachy.interfaces.web.forms import session_words as words

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session

register = template.Library()


@register.inclusion_tag("sessions/_time.html")
def session_time(
    at: datetime, *, minutes: int, others: Iterable[Person] = (), lead: bool = False
) -> dict[str, Any]:
    """Show when a session is; `lead` sets it large, as the first thing on a page."""
    return {
        "at": at,
        "mine": session_times.own_time(at, minutes),
        "others": session_times.others_times(at, minutes, others),
        "lead": lead,
    }


@register.filter
def session_state(session: Session) -> str | Promise:
    """Return the state of a session in words."""
    return words.STATES[session.state][0]


@register.filter
def session_tone(session: Session) -> str:
    """Return the tone of the badge of a session's state."""
    return words.STATES[session.state][1]
