"""Charters: from the programme's draft to one that everybody agreed to, and its changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.people.actions import organisations
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import charters as actions
from telemachy.apps.relationships.models import Charter, Party, Relationship
from telemachy.apps.relationships.queries import charters as queries
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast, person


@pytest.fixture
def pair(cast: Cast) -> Relationship:
    """The pair of the cast, before its charter."""
    cast.programme.charter_draft = {"success": "He decides alone.", "cadence": "Weekly.", "other": "ignored"}
    cast.programme.save()
    Relationship.objects.filter(pk=cast.relationship.pk).update(state="contracting", active_at=None)
    return Relationship.objects.get(pk=cast.relationship.pk)


def propose(pair: Relationship, by, based_on: int, **text) -> Charter:
    latest = pair.charters.first()
    fields = {**queries.text_of(latest), **text}
    return actions.propose(relationship=pair, by=by, now=NOW, based_on=based_on, **fields)


def in_force(pair: Relationship, cast: Cast) -> Charter:
    """Bring the programme's draft in force as it stands."""
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    actions.agree(relationship=pair, by=cast.athena, now=NOW, version=1)
    actions.agree(relationship=pair, by=cast.telemachus, now=NOW, version=1)
    return pair.charters.get(version=1)


def test_begins_with_the_programmes_words_and_nobodys_agreement(cast: Cast, pair: Relationship) -> None:
    charter = actions.draft(relationship=pair, by=cast.telemachus, now=NOW)
    assert (charter.version, charter.success, charter.cadence) == (1, "He decides alone.", "Weekly.")
    assert (charter.escalation, charter.hours_a_month, charter.in_force_at) == ("", None, None)
    standing = queries.standing(pair)
    assert standing.pending == charter
    assert {party.person for party in standing.missing} == {cast.athena, cast.telemachus}
    with pytest.raises(NotAllowed, match="begun already"):
        actions.draft(relationship=pair, by=cast.athena, now=NOW)


def test_draft_can_be_agreed_to_as_it_stands(cast: Cast, pair: Relationship) -> None:
    assert in_force(pair, cast).in_force_at == NOW
    assert queries.standing(pair).pending is None
    assert Event.objects.filter(verb="charter.in_force").count() == 1


def test_who_proposes_agrees_and_the_other_completes(cast: Cast, pair: Relationship) -> None:
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    charter = propose(pair, cast.telemachus, 1, cadence="Every two weeks.", hours_a_month=Decimal("4.5"))
    assert [party.person for party in queries.standing(pair).agreed] == [cast.telemachus]
    with pytest.raises(NotAllowed, match="already"):
        actions.agree(relationship=pair, by=cast.telemachus, now=NOW, version=2)
    assert actions.agree(relationship=pair, by=cast.athena, now=NOW, version=2) is True
    charter.refresh_from_db()
    assert charter.in_force_at == NOW
    changed = queries.changes(
        queries.text_of(queries.version(pair, 1)), queries.text_of(queries.version(pair, 2))
    )
    assert [(one.section, one.before, one.after) for one in changed] == [
        ("cadence", "Weekly.", "Every two weeks."),
        ("hours_a_month", None, Decimal("4.5")),
    ]


def test_old_version_holds_until_everybody_agreed_to_the_new(cast: Cast, pair: Relationship) -> None:
    first = in_force(pair, cast)
    second = propose(pair, cast.athena, 1, out_of_scope="Pay.")
    standing = queries.standing(pair)
    assert (standing.in_force, standing.pending) == (first, second)
    actions.agree(relationship=pair, by=cast.telemachus, now=NOW, version=2)
    assert queries.standing(pair).in_force == second
    assert [charter.version for charter in queries.history(pair)] == [2, 1]


def test_two_edits_of_the_same_version_lose_nothing(cast: Cast, pair: Relationship) -> None:
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    base = queries.text_of(queries.version(pair, 1))
    theirs = propose(pair, cast.athena, 1, cadence="Every week.", escalation="Ask Eurycleia.")
    mine = {**base, "cadence": "Every month.", "out_of_scope": "Pay."}
    with pytest.raises(actions.Overtaken, match="Athena proposed another version") as overtaken:
        actions.propose(relationship=pair, by=cast.telemachus, now=NOW, based_on=1, **mine)
    assert overtaken.value.latest == theirs
    assert pair.charters.count() == 2
    merged = {one.section: one for one in queries.merge(base, mine, queries.text_of(theirs))}
    assert merged["cadence"] == queries.Merged("cadence", "Every month.", "Every week.", both=True)
    assert (merged["escalation"].value, merged["escalation"].both) == ("Ask Eurycleia.", False)
    assert (merged["out_of_scope"].value, merged["out_of_scope"].both) == ("Pay.", False)


def test_agreement_is_to_the_version_that_was_read(cast: Cast, pair: Relationship) -> None:
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    propose(pair, cast.athena, 1, cadence="Every week.")
    with pytest.raises(actions.Overtaken):
        actions.agree(relationship=pair, by=cast.telemachus, now=NOW, version=1)
    assert queries.standing(pair).pending is not None


def test_circle_needs_everybody(cast: Cast, pair: Relationship) -> None:
    peisistratus = person(cast.ithaca, "Peisistratus")
    gone = person(cast.ithaca, "Mentes")
    Party.objects.create(relationship=pair, person=peisistratus, seat="learner", accepted_at=NOW)
    Party.objects.create(relationship=pair, person=gone, seat="learner", accepted_at=NOW, left_at=NOW)
    charter = in_force(pair, cast)
    assert charter.in_force_at is None
    assert actions.agree(relationship=pair, by=peisistratus, now=NOW, version=1) is True


def test_circle_does_not_wait_for_who_has_left_the_organisation(cast: Cast, pair: Relationship) -> None:
    mentes = person(cast.ithaca, "Mentes")
    Party.objects.create(relationship=pair, person=mentes, seat="learner", accepted_at=NOW)
    charter = in_force(pair, cast)
    assert [party.person for party in queries.standing(pair).missing] == [mentes]
    organisations.mark_left(person=mentes, by=cast.penelope, now=NOW)
    charter.refresh_from_db()
    assert charter.in_force_at == NOW
    later = propose(pair, cast.athena, 1, cadence="Every week.")
    assert actions.agree(relationship=pair, by=cast.telemachus, now=NOW, version=later.version) is True


def test_charter_of_a_pair_whose_other_side_has_left_comes_into_force_no_more(
    cast: Cast, pair: Relationship
) -> None:
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    actions.agree(relationship=pair, by=cast.athena, now=NOW, version=1)
    organisations.mark_left(person=cast.telemachus, by=cast.penelope, now=NOW)
    assert queries.standing(pair).in_force is None


def test_unchanged_or_aimless_versions_are_refused_with_the_mend(cast: Cast, pair: Relationship) -> None:
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    with pytest.raises(BadInput, match="Nothing is changed"):
        propose(pair, cast.athena, 1, cadence="  Weekly.\r\n")
    with pytest.raises(BadInput, match="what success looks like"):
        propose(pair, cast.athena, 1, success=" ")
    with pytest.raises(BadInput, match=r"between 0\.5 and 100"):
        propose(pair, cast.athena, 1, hours_a_month=Decimal("0"))
    assert pair.charters.count() == 1


def test_charter_without_success_cannot_be_agreed_to(cast: Cast, pair: Relationship) -> None:
    cast.programme.charter_draft = {}
    cast.programme.save()
    pair = Relationship.objects.get(pk=pair.pk)
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed, match="what success looks like"):
        actions.agree(relationship=pair, by=cast.athena, now=NOW, version=1)


@pytest.mark.parametrize("state", ["proposed", "unwound"])
def test_nothing_is_written_before_or_after(cast: Cast, pair: Relationship, state: str) -> None:
    Relationship.objects.filter(pk=pair.pk).update(state=state)
    with pytest.raises(NotAllowed, match=r"everybody accepts first|has ended"):
        actions.draft(relationship=pair, by=cast.athena, now=NOW)


def test_only_parties_write(cast: Cast, pair: Relationship) -> None:
    for other in (cast.eurycleia, cast.nestor, cast.antinous):
        with pytest.raises(NotAllowed):
            actions.draft(relationship=pair, by=other, now=NOW)
    assert not Event.objects.exists()


def test_news_names_people_and_never_the_words(cast: Cast, pair: Relationship) -> None:
    actions.draft(relationship=pair, by=cast.athena, now=NOW)
    propose(pair, cast.athena, 1, out_of_scope="My secret")
    news = Notification.objects.get(person=cast.telemachus, kind="charter.proposed")
    assert news.params == {"other": "Athena", "programme": "Voyage"}
    assert "secret" not in str(list(Event.objects.values_list("data", flat=True)))
