"""Invitations: who gets one, and what taking it up makes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.people.actions import invitations
from telemachy.apps.people.models import Person, User
from telemachy.apps.people.queries import to_invite
from telemachy.core.shared.errors import BadInput
from tests import cast as cast_module
from tests.cast import NOW

pytestmark = pytest.mark.django_db

PASSWORD = "rosy-fingered dawn"


def newcomer(organisation, name: str = "Mentes") -> Person:
    return Person.objects.create(
        organisation=organisation, name=name, email=f"{name.lower()}@sea.example", created_at=NOW
    )


def invite(person, by) -> str:
    invitations.invite(person=person, by=by, now=NOW)
    invitation = person.invitations.get(revoked_at=None, accepted_at=None)
    text = OutboxMessage.objects.get(key=f"invitation:{invitation.pk}").text
    return re.search(r"/invitation/([^/]+)/", text)[1]


def test_taking_up_an_invitation_makes_a_sign_in_with_language_zone_and_consent(cast) -> None:
    mentes = newcomer(cast.ithaca)
    token = invite(mentes, cast.penelope)
    user = invitations.accept(
        token=token, password=PASSWORD, language="de", time_zone="Europe/Berlin", by=None, now=NOW
    )
    mentes.refresh_from_db()
    assert (mentes.user, mentes.time_zone, user.language) == (user, "Europe/Berlin", "de")
    assert user.check_password(PASSWORD)
    assert mentes.consents.get().purpose == "matching"
    assert Event.objects.filter(verb="invitation.accepted", subject_id=str(mentes.pk)).exists()


def test_a_link_works_once_until_it_is_replaced_and_for_two_weeks(cast) -> None:
    mentes = newcomer(cast.ithaca)
    first = invite(mentes, cast.penelope)
    second = invite(mentes, cast.penelope)
    for token, now in ((first, NOW), (second, NOW + timedelta(days=15)), ("nonsense", NOW)):
        with pytest.raises(BadInput, match="has ended"):
            invitations.accept(token=token, password=PASSWORD, by=None, now=now)
    invitations.accept(token=second, password=PASSWORD, by=None, now=NOW)
    with pytest.raises(BadInput, match="has ended"):
        invitations.accept(token=second, password=PASSWORD, by=None, now=NOW)


def test_a_weak_password_leaves_the_invitation_open(cast) -> None:
    token = invite(newcomer(cast.ithaca), cast.penelope)
    with pytest.raises(BadInput) as refusal:
        invitations.accept(token=token, password="short", by=None, now=NOW)
    assert refusal.value.field == "password"
    assert not User.objects.filter(email="mentes@sea.example").exists()
    assert invitations.accept(token=token, password=PASSWORD, by=None, now=NOW).pk


def test_an_address_that_signs_in_elsewhere_keeps_its_password(cast) -> None:
    twin = Person.objects.create(
        organisation=cast.ithaca, name="Antinous", email=cast.antinous.email, created_at=NOW
    )
    token = invite(twin, cast.penelope)
    for stranger in (None, cast.penelope.user):
        with pytest.raises(BadInput, match="Sign in as antinous@"):
            invitations.accept(token=token, password=PASSWORD, signed_in=stranger, by=None, now=NOW)
    user = invitations.accept(token=token, password="", signed_in=cast.antinous.user, by=None, now=NOW)
    assert user.check_password(cast_module.PASSWORD)
    assert user == cast.antinous.user
    assert set(user.persons.all()) == {twin, cast.antinous}


def test_many_are_invited_at_once_except_who_signs_in_or_was_asked_already(cast) -> None:
    sailors = [newcomer(cast.ithaca, name) for name in ("Elpenor", "Eurylochus", "Perimedes")]
    invite(sailors[0], cast.penelope)
    assert set(to_invite(cast.penelope, NOW)) == set(sailors[1:])
    everybody = Person.objects.filter(organisation__in=[cast.ithaca, cast.antinous.organisation])
    n_invited = invitations.invite_many(persons=to_invite(cast.penelope, NOW), by=cast.penelope, now=NOW)
    assert n_invited == 2
    assert not to_invite(cast.penelope, NOW).exists()
    assert set(to_invite(cast.penelope, NOW + timedelta(days=15))) == set(sailors)
    outsider = newcomer(cast.antinous.organisation, "Leodes")
    assert invitations.invite_many(persons=everybody, by=cast.penelope, now=NOW) == 3
    assert not outsider.invitations.exists()
