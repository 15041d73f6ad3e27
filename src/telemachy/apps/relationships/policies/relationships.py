"""Who may read, accept, decline, change and end a relationship.

Accepting, declining, unwinding and winding down are either side's. Graduating says that the learner
decides alone, so the mentor says it; completing says that the agreed time is over, so either does.
Both follow a winding down: nobody is told goodbye without a talk. Passing on to another mentor is
about places in the programme, so those who run it do that. They take back a proposal, which is
theirs, and end what nobody is left to end; a pair of which both sides are there ends by its own word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.programmes import policies as programmes
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.lifecycles import RELATIONSHIP
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Relationship


def read(actor: Person, relationship: Relationship) -> Verdict:
    """The content: parties only, and never a programme manager."""
    if queries.party_of(relationship, actor) is not None:
        return ALLOWED
    return refused(_("What a pair writes belongs to the pair."))


def open_pair(actor: Person, programme: Programme) -> Verdict:
    """Propose a pair by hand: those who run the programme, while it is open."""
    verdict = programmes.change(actor, programme)
    if verdict and programme.state != "open":
        return refused(_("The programme is not open yet. Open it, then propose pairs."))
    return verdict


def accept(actor: Person, relationship: Relationship) -> Verdict:
    """Say yes to a proposed pair: a party who has not yet done so."""
    party = queries.party_of(relationship, actor)
    if party is None:
        return refused(_("Only those who are invited can accept."))
    if party.accepted_at is not None:
        return refused(_("You have accepted already."))
    return _possible(relationship, "accept")


def decline(actor: Person, relationship: Relationship) -> Verdict:
    """Say no before the charter is begun; nobody is told why."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("Only those who are invited can decline."))
    return _possible(relationship, "decline")


def meet(actor: Person, relationship: Relationship) -> Verdict:
    """Note when the chemistry meeting is: a party, until everybody has decided."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("Only those who are invited can do that."))
    if not relationship.chemistry or relationship.state != "proposed":
        return refused(_("A chemistry meeting comes before everybody has decided."))
    return ALLOWED


def unwind(actor: Person, relationship: Relationship) -> Verdict:
    """End it without fault: either side, at any time once accepted."""
    return _by_party(actor, relationship, "unwind")


def wind_down(actor: Person, relationship: Relationship) -> Verdict:
    """Begin the last part together: either side."""
    return _by_party(actor, relationship, "wind_down")


def resume(actor: Person, relationship: Relationship) -> Verdict:
    """Take the winding down back: either side."""
    return _by_party(actor, relationship, "resume")


def complete(actor: Person, relationship: Relationship) -> Verdict:
    """Say that the agreed time is over: either side, after winding down."""
    return _by_party(actor, relationship, "complete")


def graduate(actor: Person, relationship: Relationship) -> Verdict:
    """Say that the learner decides alone: the mentor, after winding down."""
    party = queries.party_of(relationship, actor)
    if party is None or party.seat != "mentor":
        return refused(_("The mentor says when a learner graduates."))
    return _possible(relationship, "graduate")


def transfer(actor: Person, relationship: Relationship) -> Verdict:
    """Pass the learners on to another mentor: those who run the programme, while a learner is there."""
    verdict = open_pair(actor, relationship.programme) and _possible(relationship, "transfer")
    held = queries.seated(relationship) if verdict else []
    if verdict and not any(party.seat == "learner" and not party.person.is_gone for party in held):
        return not_now(_("Nobody is left to pass on: whoever learnt here has left."))
    return verdict


def call_off(actor: Person, relationship: Relationship) -> Verdict:
    """Take a proposal back, or end a pair one side of which is gone: those who run the programme."""
    verdict = programmes.manage(actor, relationship.programme) and _possible(relationship, "call_off")
    is_proposal = relationship.state in {"proposed", "accepted"}
    if verdict and not is_proposal and not queries.is_deserted(relationship):
        return refused(_("Both sides are there, so ending it is theirs. You can pass the learner on."))
    return verdict


def write(actor: Person, relationship: Relationship) -> Verdict:
    """Add content (goals, sessions, situations): a party of a pair that is under way."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("What a pair writes belongs to the pair."))
    if relationship.closed_at is not None or relationship.state in RELATIONSHIP.final():
        return refused(_("This relationship has ended; what you wrote stays here to be read."))
    if relationship.state not in {"contracting", "active", "winding_down"}:
        return refused(_("This relationship is not under way yet: everybody accepts first."))
    return ALLOWED


def tell(actor: Person, relationship: Relationship) -> Verdict:
    """Write words that the other side reads at once: as `write`, but no agent in the mentor's seat."""
    party = queries.party_of(relationship, actor)
    return at_once(actor, party.seat if party is not None else "") and write(actor, relationship)


def at_once(actor: Person, seat: str) -> Verdict:
    """Be read by the other side at once: whoever it is, but no agent in the mentor's seat."""
    if actor.is_agent and seat == "mentor":
        return refused(_("An agent says what it has to say as guidance, which a human reads first."))
    return ALLOWED


def _by_party(actor: Person, relationship: Relationship, verb: str) -> Verdict:
    if queries.party_of(relationship, actor) is None:
        return refused(_("Only the two of you can do that."))
    return _possible(relationship, verb)


def _possible(relationship: Relationship, verb: str) -> Verdict:
    if RELATIONSHIP.allows(relationship.state, verb):
        return ALLOWED
    return not_now(_("That step is not possible any more: the relationship has moved on."))
