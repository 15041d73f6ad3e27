"""Who may ask for, agree to, upload, read, correct and withdraw a recording.

The coach asks, uploads and says who is who; coach and client each agree for themselves, and either
takes it back at any time. Running a programme or an organisation opens nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from telemachy.apps.people import policies as people
from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import relationships as pairs
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.core.shared.lifecycles import RECORDING
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import Recording


def ask(actor: Person, relationship: Relationship) -> Verdict:
    """Ask for consent to record: the mentor or coach of a pair of two people that is under way."""
    party = pairs.party_of(relationship, actor)
    if party is None or party.seat != "mentor":
        return refused(_("The mentor or coach asks for consent to record."))
    verdict = relationships.write(actor, relationship)
    if not verdict:
        return verdict
    client = queries.coachee_of(relationship)
    if client is None:
        return refused(_("A circle cannot be recorded here: everybody in it would have to agree each time."))
    if actor.is_agent or client.is_agent:
        return refused(_("Consent is given by people; a conversation with an agent is not recorded here."))
    return ALLOWED


def change_terms(actor: Person, recording: Recording) -> Verdict:
    """Propose other terms: the coach, as long as there is something that they are about."""
    if actor.pk != recording.coach_id:
        return refused(_("The coach proposes other terms; you can withdraw your consent."))
    if recording.state in ("withdrawn", "expired"):
        return refused(_("The recording is gone."))
    return ALLOWED


def agree(actor: Person, recording: Recording) -> Verdict:
    """Agree to the terms that are proposed: coach or client, each once and for themselves."""
    if not queries.is_party(actor, recording):
        return refused(_("Only the two who talk can agree to it."))
    terms = queries.proposed(recording)
    if terms is None or recording.state in ("withdrawn", "expired"):
        return refused(_("There is nothing to agree to at present."))
    if queries.has_agreed(actor, terms):
        return refused(_("You have agreed already."))
    return ALLOWED


def withdraw(actor: Person, recording: Recording) -> Verdict:
    """Take the consent back, which deletes the recording: coach or client, at any time."""
    if not queries.is_party(actor, recording):
        return refused(_("Only the two who talk can withdraw it."))
    if not RECORDING.allows(recording.state, "withdraw"):
        return refused(_("This recording was withdrawn already."))
    return ALLOWED


def upload(actor: Person, recording: Recording) -> Verdict:
    """Hand in sound or a transcript: the coach, once both have agreed."""
    if actor.pk != recording.coach_id:
        return refused(_("The coach hands in the recording."))
    if recording.terms_id is None:
        return refused(_("Both of you agree first; then it can be uploaded."))
    if recording.state not in queries.HOLDING or recording.state == "transcribing":
        return refused(_("Nothing can be uploaded here at present."))
    return ALLOWED


def replace_transcript(actor: Person, recording: Recording) -> Verdict:
    """Hand in a transcript: the coach, as long as there is none."""
    verdict = upload(actor, recording)
    if verdict and recording.state != "agreed":
        return refused(_("There is a transcript already."))
    return verdict


def map_speakers(actor: Person, recording: Recording) -> Verdict:
    """Say who is coach and who is client in the transcript: the coach."""
    if actor.pk != recording.coach_id:
        return refused(_("The coach says who is who."))
    if recording.state != "mapping":
        return refused(_("There are no speakers to confirm at present."))
    return ALLOWED


def remap(actor: Person, recording: Recording) -> Verdict:
    """Tell the speakers apart anew, or hand in another transcript: the coach, before work is built on it."""
    if actor.pk != recording.coach_id:
        return refused(_("The coach says who is who."))
    if not RECORDING.allows(recording.state, "remap"):
        return refused(_("There are no speakers to confirm at present."))
    if recording.evidence.exists() or recording.utterances.filter(corrected__isnull=False).exists():
        return refused(_("Turns were corrected or pinned as evidence; they would be lost."))
    return ALLOWED


def transcribe(actor: Person, recording: Recording) -> Verdict:
    """Have the sound written down: the coach, where the installation has a transcriber."""
    verdict = replace_transcript(actor, recording)
    if verdict and not settings.TRANSCRIBER:
        return refused(_("This installation writes no recordings down. Upload a transcript instead."))
    if verdict and not recording.audio:
        return refused(_("There is no sound to write down."))
    return verdict


def read(actor: Person, recording: Recording) -> Verdict:
    """Hear, read and see the measures: those whom the terms in force name."""
    if not queries.is_named(actor, recording):
        return refused(_("A recording is for those whom both of you named."))
    if recording.state in ("asked", "withdrawn"):
        return refused(_("There is nothing to read."))
    return ALLOWED


def correct(actor: Person, recording: Recording) -> Verdict:
    """Say that a turn is something else than it was coded as: whoever may read it."""
    verdict = read(actor, recording)
    if verdict and recording.state != "ready":
        return refused(_("The recording is not coded, or its words are gone."))
    return verdict


def set_rules(actor: Person, organisation: Organisation) -> Verdict:
    """Lay down how long recordings are kept: administrators, who see none of them."""
    return people.administer(actor, organisation.pk)
