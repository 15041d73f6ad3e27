"""The sentence of each kind of news, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from telemachy.apps.people.models import Notification, Person

#: kind -> sentence; the names in it are the notification's params.
SENTENCES: dict[str, str | Promise] = {
    "pair.proposed": _("You are invited to a pair with %(other)s in %(programme)s. Say whether you accept."),
    "pair.accepted": _("%(other)s accepted the pair in %(programme)s."),
    "pair.ready": _("Everybody accepted: agree on your charter with %(other)s."),
    "pair.declined": _("The pair in %(programme)s will not go ahead; the programme will look again."),
    "enrolment.added": _("You have a place in %(programme)s."),
    "pair.unwound": _("The relationship with %(other)s has ended."),
    "situation.asked": _("%(other)s asks for your view on a situation."),
    "situation.guided": _("%(other)s answered your question on a situation. The decision is yours."),
    "situation.decided": _("%(other)s has decided in a situation you were asked about."),
    "situation.accounted": _("%(other)s told how a situation turned out; the debrief is yours."),
    "situation.debriefed": _("%(other)s debriefed a situation with you."),
    "situation.message": _("%(other)s wrote in the conversation about a situation."),
}


def sentence(notification: Notification) -> str:
    """Return the news as one sentence in the active language."""
    text: str = str(SENTENCES[notification.kind]) % notification.params
    return text


def n_unread(person: Person) -> int:
    """Count the news that the person has not read yet."""
    return person.notifications.filter(read_at__isnull=True).count()
