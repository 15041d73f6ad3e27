"""Who may write, share, take back and talk about a supervision case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.supervision.policies import rooms as room_policies
from telemachy.apps.supervision.queries import cases, rooms
from telemachy.core.shared.lifecycles import SUPERVISION_CASE
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import CaseNote, SupervisionCase, SupervisionRoom


def write(actor: Person) -> Verdict:
    """Begin a case: somebody who guides, with or without a room."""
    return room_policies.bring(actor)


def own(actor: Person, case: SupervisionCase) -> Verdict:
    """Do what only the owner does, in any state: delete it."""
    if actor.pk != case.owner_id:
        return refused(_("A case is its owner's own."))
    return ALLOWED


def revise(actor: Person, case: SupervisionCase) -> Verdict:
    """Change the words: the owner, until the case is closed."""
    verdict = own(actor, case)
    if verdict and case.state == "closed":
        return not_now(_("This case is closed. Take it back, then change it."))
    return verdict and _unhindered(actor, case.room if case.state == "shared" else None)


def share(actor: Person, case: SupervisionCase, room: SupervisionRoom) -> Verdict:
    """Let a room read it: the owner, who is in it with nobody who has a stake in the own practice."""
    verdict = _step(actor, case, "share")
    if not verdict:
        return verdict
    place = rooms.place_of(room, actor)
    if room.state != "open" or place is None or place.state != "joined":
        return not_now(_("You share a case in a room that you have joined and that is open."))
    if room.supervisor.is_gone:
        return not_now(_("%(name)s is not here any more. Leave this room.") % {"name": room.supervisor.name})
    return _unhindered(actor, room)


def _unhindered(actor: Person, room: SupervisionRoom | None) -> Verdict:
    """Refuse what a room would read in which somebody has a stake in the practitioner's work."""
    present = [one.pk for one in rooms.readers(room)] if room is not None else []
    hindering = rooms.barred_from(actor).filter(pk__in=present).order_by("name").first()
    if hindering is not None:
        return refused(
            _(
                "%(name)s is in this room, and somebody you guide, or who runs your programme, or your line "
                "manager. You cannot share here."
            )
            % {"name": hindering.name}
        )
    return ALLOWED


def take_back(actor: Person, case: SupervisionCase) -> Verdict:
    """Let nobody else read it any more: the owner, at any time after sharing."""
    return _step(actor, case, "take_back")


def close(actor: Person, case: SupervisionCase) -> Verdict:
    """Say what one takes from it: the owner, once it is shared."""
    return _step(actor, case, "close") and _unhindered(actor, case.room)


def note(actor: Person, case: SupervisionCase) -> Verdict:
    """Say something about it: whoever reads it, while it is shared."""
    if not cases.visible_to(actor).filter(pk=case.pk).exists():
        return refused(_("A case is for those with whom its owner shared it."))
    if case.state != "shared":
        return not_now(_("Notes are written while a case is shared."))
    return ALLOWED


def keep_draft(actor: Person, case: SupervisionCase, step: str, text: str) -> Verdict:
    """Keep what is being written for a step: whoever may take it now, unless the same words were sent."""
    if step == "close":
        return close(actor, case)
    if cases.is_said(case, actor, text):
        return not_now(_("This is said already."))
    return note(actor, case)


def remove_note(actor: Person, row: CaseNote) -> Verdict:
    """Take a note back: who wrote it."""
    if actor.pk != row.author_id:
        return refused(_("Whoever wrote a note takes it back."))
    return ALLOWED


def _step(actor: Person, case: SupervisionCase, verb: str) -> Verdict:
    verdict = own(actor, case)
    if verdict and not SUPERVISION_CASE.allows(case.state, verb):
        return not_now(_("This case is not in a state for that."))
    return verdict
