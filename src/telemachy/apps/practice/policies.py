"""Who may practise, and who may touch what was practised: whoever did it, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person
    from telemachy.apps.practice.models import Commitment, RolePlay


class Owned(Protocol):
    """A row of one person."""

    person_id: UUID


def practise(actor: Person) -> Verdict:
    """Answer exercises, play, commit to a conversation: every human of the organisation."""
    if actor.is_agent or actor.is_gone:
        return refused(_("Practice is for people of the organisation."))
    return ALLOWED


def change(actor: Person, row: Owned) -> Verdict:
    """Read and change it: whoever it belongs to. Nobody else knows that it is there."""
    if row.person_id == actor.pk:
        return ALLOWED
    return refused(_("What somebody practised belongs to them alone."))


def speak(actor: Person, role_play: RolePlay) -> Verdict:
    """Say something in a role-play: its player, until it has ended."""
    if role_play.ended_at is not None:
        return refused(_("This role-play has ended. Take your last turn back, or play it again."))
    return change(actor, role_play)


def reflect(actor: Person, commitment: Commitment) -> Verdict:
    """Write down how the conversation was: whoever meant to have it, unless it was dropped."""
    if commitment.dropped_at is not None:
        return refused(_("You dropped this conversation. Plan a new one."))
    return change(actor, commitment)


def drop(actor: Person, commitment: Commitment) -> Verdict:
    """Let a planned conversation go: whoever planned it, as long as it is open."""
    if not commitment.is_open:
        return refused(_("This conversation is settled already."))
    return change(actor, commitment)
