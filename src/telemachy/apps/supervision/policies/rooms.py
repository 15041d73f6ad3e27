"""Who may ask for supervision, answer, ask others in, and leave.

Being in the room is the only way in: no role opens it, and some relations to a practitioner keep one out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.supervision.queries import rooms as queries
from telemachy.core.shared.lifecycles import SUPERVISION_ROOM
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import SupervisionRoom

#: Besides the supervisor: in a larger group nobody's case gets its time.
MAX_MEMBERS = 8


def bring(actor: Person) -> Verdict:
    """Write cases and ask for supervision: somebody who guides."""
    if not queries.is_practitioner(actor):
        return refused(_("Supervision is for people who mentor or coach. You have no such seat at present."))
    return ALLOWED


def ask(actor: Person, supervisor: Person) -> Verdict:
    """Ask somebody to be one's supervisor: a human of the organisation with no stake in one's practice."""
    verdict = bring(actor)
    if not verdict:
        return verdict
    if actor.pk == supervisor.pk:
        return refused(_("Nobody supervises themselves. Ask somebody who looks at your work from outside."))
    if supervisor.organisation_id != actor.organisation_id or supervisor.is_gone or supervisor.is_agent:
        return refused(_("Ask a person of your organisation who is still there."))
    if supervisor.user_id is None:
        return refused(_("%(name)s cannot sign in yet, and so could not answer.") % {"name": supervisor.name})
    if queries.barred_from(actor).filter(pk=supervisor.pk).exists():
        return refused(_stake(supervisor))
    if queries.between(supervisor, actor).exists():
        return not_now(_("You have asked %(name)s already.") % {"name": supervisor.name})
    return ALLOWED


def invite(actor: Person, room: SupervisionRoom, person: Person) -> Verdict:
    """Ask a further practitioner in: the supervisor, nobody who has a stake in the practice of another."""
    verdict = ask_in(actor, room)
    if not verdict:
        return verdict
    if person.pk == actor.pk or queries.place_of(room, person) is not None:
        return not_now(_("%(name)s is in this room or asked already.") % {"name": person.name})
    present = [room.supervisor, *(one.person for one in room.members.all())]
    keys = [one.pk for one in present]
    fits = person.organisation_id == actor.organisation_id and queries.is_practitioner(person)
    hindered = queries.barred_from(person).filter(pk__in=keys).exists() or any(
        queries.barred_from(one).filter(pk=person.pk).exists() for one in present
    )
    if hindered or not fits:
        # One sentence for all reasons: the supervisor must not learn who the client of whom is.
        return refused(
            _(
                "%(name)s cannot be asked into this room. It is for people who mentor or coach, none of whom "
                "guides another, reports to another or runs the programme of another."
            )
            % {"name": person.name}
        )
    return ALLOWED


def ask_in(actor: Person, room: SupervisionRoom) -> Verdict:
    """Ask anybody in: the supervisor of an open room that has a place left."""
    if actor.pk != room.supervisor_id:
        return refused(_("The supervisor asks further people in."))
    if room.state != "open":
        return not_now(_("Accept first; then you can ask further people."))
    if len(room.members.all()) >= MAX_MEMBERS:
        return not_now(_("A room has at most %(n)d people who bring cases.") % {"n": MAX_MEMBERS})
    return ALLOWED


def answer(actor: Person, room: SupervisionRoom) -> Verdict:
    """Say yes or no: whoever is asked."""
    if not queries.waits_for(room, actor):
        return not_now(_("This room does not wait for your answer."))
    return ALLOWED


def leave(actor: Person, room: SupervisionRoom) -> Verdict:
    """Leave, without a reason: everybody in it, at any time."""
    if actor.pk != room.supervisor_id and queries.place_of(room, actor) is None:
        return refused(_("You are not in this room."))
    if not SUPERVISION_ROOM.allows(room.state, "end"):
        return not_now(_("This room is closed."))
    return ALLOWED


def _stake(person: Person) -> str:
    return _(
        "%(name)s is somebody you guide, runs a programme in which you guide, or is your line manager. Ask "
        "somebody who has no stake in your work."
    ) % {"name": person.name}
