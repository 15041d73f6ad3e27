"""The pages of a relationship, for its parties, for whoever runs the programme, and for nobody else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachy.apps.programmes.models import Enrolment
from telemachy.apps.relationships.actions import relationships as actions
from telemachy.apps.relationships.models import Party, Relationship
from telemachy.interfaces.web.views.relationships import relationship_tabs
from tests.cast import NOW, Cast


@pytest.fixture
def invited(cast: Cast) -> Relationship:
    """Nestor and Penelope are invited to a pair, and may meet first."""
    cast.programme.chemistry = True
    cast.programme.save()
    cast.nestor.skills_offered, cast.nestor.languages = ["patience"], ["el", "de"]
    cast.nestor.about = "Has seen three generations."
    cast.nestor.save()
    return actions.open_pair(
        programme=cast.programme, learners=[cast.penelope], mentor=cast.nestor, by=cast.eurycleia, now=NOW
    )


def address(relationship: Relationship, tail: str = "") -> str:
    """Return an address of the relationship."""
    return f"/relationships/{relationship.pk}/{tail}"


def page(client, where: str) -> str:
    """Return the page's text."""
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_invitation_says_who_the_other_is(invited, cast: Cast, sign_in) -> None:
    text = page(sign_in(cast.penelope), address(invited))
    for told in ("Nestor", "patience", "Has seen three generations.", "Greek, German", "UTC"):
        assert told in text
    assert "Your decision" in text
    assert "Meet first" in text


def test_both_accept_and_go_on_to_the_charter(invited, cast: Cast, sign_in) -> None:
    step = address(invited, "step/")
    first = sign_in(cast.penelope).post(step, {"verb": "accept"}, follow=True).content.decode()
    assert "You accepted" in first
    assert "Your decision" not in first
    second = sign_in(cast.nestor).post(step, {"verb": "accept"}, follow=True).content.decode()
    assert "Next: agree on your charter" in second


def test_declining_shows_nobody_a_reason(invited, cast: Cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    said = client.post(address(invited, "step/"), {"verb": "decline"}, follow=True).content.decode()
    assert "This pair will not go ahead" in said
    text = page(sign_in(cast.nestor), address(invited))
    assert "This pair will not go ahead" in text
    assert "Penelope declined" not in text


def test_a_chemistry_meeting_is_noted(invited, cast: Cast, sign_in) -> None:
    client = sign_in(cast.nestor)
    past = client.post(address(invited, "meet/"), {"at": "2001-01-01T10:00"}).content.decode()
    assert "Choose a time within the next three months." in past
    nonsense = client.post(address(invited, "meet/"), {"at": "soon"})
    assert nonsense.status_code == 200
    invited.refresh_from_db()
    assert invited.chemistry_at is None


def test_ending_a_relationship_step_by_step(cast: Cast, sign_in) -> None:
    athena, telemachus = sign_in(cast.athena), sign_in(cast.telemachus)
    step = address(cast.relationship, "step/")
    assert "Bring it to an end" in page(telemachus, address(cast.relationship))
    telemachus.post(step, {"verb": "wind_down"})
    assert "The learner graduates" not in page(telemachus, address(cast.relationship))
    assert "The learner graduates" in page(athena, address(cast.relationship))
    done = athena.post(step, {"verb": "graduate"}, follow=True).content.decode()
    assert "Graduated" in done
    again = athena.post(step, {"verb": "unwind"}, follow=True).content.decode()
    assert "not possible any more" in again


def test_the_parties_see_their_situations_and_goals(cast: Cast, sign_in) -> None:
    cast.relationship.goals.create(
        learner=cast.telemachus, statement="Speak in the assembly", state="active", created_at=NOW
    )
    cast.relationship.situations.create(
        learner=cast.telemachus,
        title="The suitors at table",
        state="consulted",
        awaiting="mentor",
        awaiting_since=NOW,
        logged_at=NOW,
    )
    for party in (cast.athena, cast.telemachus):
        text = page(sign_in(party), address(cast.relationship))
        assert "Speak in the assembly" in text
        assert "The suitors at table" in text
        assert "The suitors at table" in page(sign_in(party), address(cast.relationship, "situations/"))


def test_a_manager_sees_signals_and_no_content(cast: Cast, sign_in) -> None:
    cast.relationship.goals.create(
        learner=cast.telemachus, statement="Speak in the assembly", state="active", created_at=NOW
    )
    cast.relationship.situations.create(
        learner=cast.telemachus, title="The suitors at table", state="logged", logged_at=NOW
    )
    client = sign_in(cast.eurycleia)
    text = page(client, address(cast.relationship))
    assert "What the pair writes belongs to the pair." in text
    assert "assembly" not in text
    assert "suitors" not in text
    assert 'href="/relationships/' not in text.replace(address(cast.relationship, "transfer/"), "/")
    for closed in ("situations/", "charter/", "plan/"):
        assert client.get(address(cast.relationship, closed)).status_code == 404
    assert client.post(address(cast.relationship, "step/"), {"verb": "unwind"}).status_code == 404


def test_in_a_circle_nobody_reads_another_learners_goal_on_the_overview(cast: Cast, sign_in) -> None:
    Party.objects.create(
        relationship=cast.relationship, person=cast.penelope, seat="learner", accepted_at=NOW
    )
    for learner, statement in ((cast.penelope, "Weave by day"), (cast.telemachus, "Speak in the assembly")):
        cast.relationship.goals.create(learner=learner, statement=statement, state="active", created_at=NOW)
    own = page(sign_in(cast.telemachus), address(cast.relationship))
    assert "Speak in the assembly" in own
    assert "Weave by day" not in own
    assert "Weave by day" in page(sign_in(cast.athena), address(cast.relationship))


def test_a_learner_of_a_circle_leaves_it_and_is_told_that_it_goes_on(cast: Cast, sign_in) -> None:
    Party.objects.create(
        relationship=cast.relationship, person=cast.penelope, seat="learner", accepted_at=NOW
    )
    learner, where = sign_in(cast.telemachus), address(cast.relationship)
    assert "Leave the circle" in page(learner, where)
    assert "Leave the circle" not in page(sign_in(cast.athena), where)
    answer = learner.post(address(cast.relationship, "step/"), {"verb": "unwind"}, follow=True)
    said = answer.content.decode()
    assert "it goes on without you" in said
    assert "The relationship has ended" not in said
    assert "Unwind without fault" in page(sign_in(cast.penelope), where)


def test_whoever_left_a_circle_reads_nothing_more(cast: Cast, sign_in) -> None:
    circle = actions.open_pair(
        programme=cast.programme,
        learners=[cast.penelope, cast.telemachus],
        mentor=cast.nestor,
        by=cast.eurycleia,
        now=NOW,
    )
    cast.penelope.is_administrator = False
    cast.penelope.save()
    actions.decline(relationship=circle, by=cast.penelope, now=NOW)
    assert "no longer part of this circle" in page(sign_in(cast.penelope), address(circle))


def test_a_manager_opens_a_pair_by_name_and_passes_it_on(cast: Cast, sign_in) -> None:
    for who, role in ((cast.penelope, "learner"), (cast.nestor, "mentor")):
        Enrolment.objects.create(programme=cast.programme, person=who, role=role, created_at=NOW)
    client = sign_in(cast.eurycleia)
    where = f"/programmes/{cast.programme.pk}/pairs/add/"
    nobody = client.post(where, {"learner": "Nobody", "mentor": "Nestor"}).content.decode()
    assert "No active learner" in nobody
    made = client.post(where, {"learner": "penelope", "mentor": "nestor@ithaca.example"}, follow=True)
    assert "both are invited to accept" in made.content.decode()
    full = client.post(address(cast.relationship, "transfer/"), {"mentor": "Nestor"}).content.decode()
    assert "has no free seat" in full
    Enrolment.objects.filter(person=cast.nestor).update(capacity=3)
    passed = client.post(address(cast.relationship, "transfer/"), {"mentor": "Nestor"}, follow=True)
    assert "Passed on: the new pair is open" in passed.content.decode()


def test_a_manager_takes_a_proposal_back_on_its_page(invited, cast: Cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    where = address(invited)
    assert f'href="{where}"' in page(client, f"/programmes/{cast.programme.pk}/health/pairs/{invited.pk}/")
    assert f'action="{where}call-off/"' in page(client, where)
    done = client.post(f"{where}call-off/", follow=True).content.decode()
    assert "Not taken up" in done
    assert "call-off/" not in done
    assert "This pair will not go ahead" in page(sign_in(cast.nestor), where)
    assert "took back the pair proposed to you" in page(sign_in(cast.nestor), "/notifications/")


def test_a_manager_is_offered_to_end_a_pair_only_when_one_side_has_left(cast: Cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    assert "call-off/" not in page(client, address(cast.relationship))
    refused = client.post(address(cast.relationship, "call-off/"), follow=True).content.decode()
    assert "Both sides are there" in refused
    cast.athena.left_at = NOW
    cast.athena.save()
    assert "call-off/" in page(client, address(cast.relationship))
    client.post(address(cast.relationship, "call-off/"))
    cast.relationship.refresh_from_db()
    assert cast.relationship.state == "unwound"


def test_a_manager_is_offered_to_pass_a_learner_on_only_while_one_is_there(cast: Cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    assert "transfer/" in page(client, address(cast.relationship))
    cast.telemachus.left_at = NOW
    cast.telemachus.save()
    assert "transfer/" not in page(client, address(cast.relationship))
    assert "Nobody is left to pass on" in page(client, address(cast.relationship, "transfer/"))
    cast.telemachus.left_at = None
    cast.telemachus.save()
    actions.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW)
    assert "transfer/" not in page(client, address(cast.relationship))


def test_nothing_of_it_exists_for_others(cast: Cast, sign_in) -> None:
    for stranger in (cast.antinous, cast.nestor):
        client = sign_in(stranger)
        for tail in ("", "situations/", "transfer/"):
            assert client.get(address(cast.relationship, tail)).status_code == 404
        for tail in ("step/", "meet/", "call-off/", "transfer/"):
            assert client.post(address(cast.relationship, tail), {"verb": "unwind"}).status_code == 404
        assert client.get(f"/programmes/{cast.programme.pk}/pairs/add/").status_code == 404
    for party in (cast.athena, cast.telemachus):
        client = sign_in(party)
        assert client.get(address(cast.relationship, "transfer/")).status_code == 404
        assert client.post(address(cast.relationship, "call-off/")).status_code == 404


def test_tabs_come_with_the_charter(cast: Cast) -> None:
    shown = relationship_tabs(cast.relationship, "charter")
    assert [tab.label for tab in shown if tab.current] == ["Charter"]
    cast.relationship.state = "proposed"
    assert relationship_tabs(cast.relationship, "relationship") == []


def test_queries_do_not_grow_with_the_content(cast: Cast, sign_in, count_queries) -> None:
    def fill(n: int) -> None:
        for number in range(n):
            cast.relationship.situations.create(
                learner=cast.telemachus, title=f"Case {number}", state="logged", logged_at=NOW
            )
            cast.relationship.goals.create(
                learner=cast.telemachus, statement=f"Goal {number}", state="active", created_at=NOW
            )

    clients = [sign_in(who) for who in (cast.athena, cast.eurycleia)]
    fill(1)
    few = [count_queries(client, address(cast.relationship)) for client in clients]
    few.append(count_queries(clients[0], address(cast.relationship, "situations/")))
    fill(12)
    many = [count_queries(client, address(cast.relationship)) for client in clients]
    many.append(count_queries(clients[0], address(cast.relationship, "situations/")))
    assert many == few


GARBAGE = st.text(max_size=60) | st.sampled_from(["\x00", "nan", "9" * 400, "2026-13-45T99:99"])


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sent=st.fixed_dictionaries(dict.fromkeys(("verb", "at", "mentor", "learner"), GARBAGE)))
def test_garbage_never_breaks_a_form(invited, cast: Cast, sign_in, sent) -> None:
    party, manager = sign_in(cast.penelope), sign_in(cast.eurycleia)
    assert party.post(address(invited, "step/"), sent).status_code < 500
    assert party.post(address(invited, "meet/"), sent).status_code < 500
    assert manager.post(address(cast.relationship, "transfer/"), sent).status_code < 500
    assert manager.post(f"/programmes/{cast.programme.pk}/pairs/add/", sent).status_code < 500
    assert Relationship.objects.count() == 2
