"""Programmes and their participants in the web."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.knowledge.queries.programme_templates import TEMPLATES
from telemachy.apps.people.actions import consents, organisations
from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.models import Enrolment, EnrolmentLink, Programme
from telemachy.apps.programmes.queries.pool_counts import pool_counts, waiting
from telemachy.interfaces.web.forms.programmes import ProgrammeForm, initial
from tests.apps.programmes.test_rosters import checked, committed
from tests.cast import NOW, person


def form_data(template) -> dict:
    names = [
        "purpose",
        "audience",
        "kind",
        "shape",
        "structure",
        "cadence_days",
        "length_weeks",
        "chemistry",
        "weights",
        "rules",
    ]
    values = initial({**{name: getattr(template, name) for name in names}, "charter_draft": template.charter})
    data = {
        name: value
        for name, value in values.items()
        if not isinstance(value, dict) and value not in (None, False)
    }
    return {**data, "name": "Sailing", "purpose": "To come home."}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_every_template_makes_a_programme_as_it_stands(cast, sign_in, template) -> None:
    client = sign_in(cast.eurycleia)
    assert client.get(reverse("programme-create", args=[template.key])).status_code == 200

    response = client.post(reverse("programme-create", args=[template.key]), form_data(template))

    programme = Programme.objects.get(name="Sailing")
    assert response.url == reverse("programme", args=[programme.pk])
    assert programme.state == "draft"
    assert programme.rules["min_overlap_hours"] == template.rules["min_overlap_hours"]
    assert programme.managers.get().person == cast.eurycleia
    assert Event.objects.filter(verb="programme.created", actor_id=cast.eurycleia.pk).exists()


def test_a_programme_needs_at_least_one_weight(cast, sign_in) -> None:
    data = form_data(TEMPLATES[0])
    data |= {name: "0" for name in data if name.startswith("weight_")}
    response = sign_in(cast.eurycleia).post(reverse("programme-create", args=["leadership"]), data)
    assert "Give at least one part of the match a weight." in response.content.decode()
    assert not Programme.objects.filter(name="Sailing").exists()


def test_editing_keeps_what_is_not_changed(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    client.post(reverse("programme-create", args=["reverse"]), form_data(TEMPLATES[2]))
    programme = Programme.objects.get(name="Sailing")
    before = programme.rules, programme.weights, programme.charter_draft
    form = client.get(reverse("programme-edit", args=[programme.pk])).context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    data["name"] = "Sailing home"
    client.post(reverse("programme-edit", args=[programme.pk]), data)
    programme.refresh_from_db()
    assert programme.name == "Sailing home"
    assert (programme.rules, programme.weights, programme.charter_draft) == before


def test_a_programme_is_archived_restored_and_duplicated(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    step = reverse("programme-step", args=[cast.programme.pk])
    client.post(step, {"verb": "archive"})
    cast.programme.refresh_from_db()
    assert cast.programme.state == "archived"
    enrol = reverse("programme-enrol", args=[cast.programme.pk])
    refused = client.post(enrol, {"name": "X", "email": "x@ithaca.example", "role": "learner"})
    assert "Restore it first" in refused.content.decode()
    client.post(step, {"verb": "restore"})
    cast.programme.refresh_from_db()
    assert cast.programme.state == "open"

    client.post(reverse("programme-duplicate", args=[cast.programme.pk]))
    copy = Programme.objects.get(name="Copy of Voyage")
    assert copy.state == "draft"
    assert copy.enrolments.count() == 0


def test_a_step_that_the_state_does_not_allow_is_refused_in_words(cast, sign_in) -> None:
    response = sign_in(cast.eurycleia).post(
        reverse("programme-step", args=[cast.programme.pk]), {"verb": "open"}
    )
    assert response.status_code == 403
    assert "not possible from the programme&#x27;s present state" in response.content.decode()


def test_the_last_manager_stays(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    address = reverse("programme-managers", args=[cast.programme.pk])
    client.post(address, {"remove": str(cast.eurycleia.pk)})
    assert cast.programme.managers.count() == 1
    client.post(address, {"email": cast.nestor.email})
    client.post(address, {"remove": str(cast.eurycleia.pk)})
    assert cast.programme.managers.get().person == cast.nestor


def test_the_page_says_where_nobody_who_runs_the_programme_is_left(cast, sign_in) -> None:
    client, url = sign_in(cast.penelope), reverse("programme", args=[cast.programme.pk])
    said = "so its news go to the administrators"
    assert said not in client.get(url).content.decode()
    organisations.mark_left(person=cast.eurycleia, by=cast.penelope, now=NOW)
    assert said in client.get(url).content.decode()


def test_somebody_of_another_organisation_cannot_be_added(cast, sign_in) -> None:
    response = sign_in(cast.eurycleia).post(
        reverse("programme-managers", args=[cast.programme.pk]), {"email": cast.antinous.email}, follow=True
    )
    assert "Nobody in your organisation" in response.content.decode()


def test_a_programme_keeps_recordings_no_longer_than_its_organisation() -> None:
    for days, is_too_long in (("90", False), ("91", True), ("", False)):
        form = ProgrammeForm({"recording_days": days}, competencies=[], most_days=90)
        assert ("recording_days" in form.errors) is is_too_long


def test_enrolling_by_hand_finds_or_adds_the_person(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    address = reverse("programme-enrol", args=[cast.programme.pk])
    client.post(
        address, {"name": "Nestor", "email": cast.nestor.email.upper(), "role": "mentor", "capacity": 3}
    )
    assert Enrolment.objects.get(person=cast.nestor).capacity == 3
    client.post(address, {"name": "Mentes", "email": "mentes@ithaca.example", "role": "learner"})
    assert Enrolment.objects.get(person__name="Mentes").person.organisation == cast.ithaca


def test_an_agent_is_taken_in_where_it_may_take_part(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    address = reverse("programme-enrol", args=[cast.programme.pk])
    Enrolment.objects.filter(person=cast.argus).delete()
    cast.argus.allowed_programmes.clear()
    assert cast.argus.name not in client.get(address).content.decode()
    client.post(address, {"agent": str(cast.argus.pk), "role": "learner"})
    assert not Enrolment.objects.filter(person=cast.argus).exists()
    cast.argus.allowed_programmes.add(cast.programme)
    assert cast.argus.name in client.get(address).content.decode()
    client.post(address, {"agent": str(cast.argus.pk), "role": "learner"})
    assert Enrolment.objects.get(person=cast.argus).role == "learner"
    assert 'name="agent"' not in client.get(address).content.decode()


def test_pausing_and_capacity(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    place = Enrolment.objects.get(person=cast.athena)
    address = reverse("enrolment", args=[place.pk])
    client.post(address, {"state": "paused"})
    client.post(address, {"capacity": "7"})
    place.refresh_from_db()
    assert (place.state, place.capacity) == ("paused", 7)
    for wrong in ("0", "21", "-1", "many", "²", ""):
        client.post(address, {"capacity": wrong})
    place.refresh_from_db()
    assert place.capacity == 7


def test_a_place_is_changed_in_its_row_or_on_a_page_of_its_own(cast, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    address = reverse("enrolment", args=[Enrolment.objects.get(person=cast.athena).pk])
    listed = client.get(reverse("programme-participants", args=[cast.programme.pk])).content.decode()
    assert f'href="{address}" hx-get="{address}"' in listed
    page = client.get(address).content.decode()
    panel = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert panel.startswith("<details open>")
    for way in (page, panel):
        assert 'name="state" value="paused"' in way
        assert 'name="capacity" min="1" max="20" value="2"' in way
    Programme.objects.update(state="archived")
    assert client.get(address).status_code == 403


def test_a_place_says_with_whom_or_since_when_it_waits_and_what_comes_next(cast, sign_in) -> None:
    relationship = cast.relationship
    client = sign_in(cast.eurycleia)
    mentor, learner = (Enrolment.objects.get(person=person) for person in (cast.athena, cast.telemachus))
    pair_url = reverse("relationship", args=[relationship.pk])

    def page(place: Enrolment) -> str:
        return client.get(reverse("enrolment", args=[place.pk])).content.decode()

    assert "1 of 2 learners at once" in page(mentor)
    assert f"With {cast.athena.name}" in page(learner)
    assert pair_url in page(learner)
    relationship.parties.filter(person=cast.telemachus).update(left_at=relationship.created_at)
    assert "Waits for a match" in page(learner)
    assert reverse("programme-waiting", args=[cast.programme.pk]) in page(learner)
    assert "0 of 2 learners at once" in page(mentor)
    client.post(reverse("enrolment", args=[learner.pk]), {"state": "paused"})
    assert "The place is paused." in page(learner)


def open_link(cast) -> EnrolmentLink:
    return EnrolmentLink.objects.create(
        programme=cast.programme,
        role="learner",
        token="t" * 20,
        created_at=NOW,
        expires_at=NOW.replace(year=2999),
    )


def test_a_link_enrols_who_is_signed_in_until_it_is_revoked(cast, sign_in) -> None:
    manager = sign_in(cast.eurycleia)
    manager.post(reverse("programme-links", args=[cast.programme.pk]), {"role": "learner"})
    link = EnrolmentLink.objects.get()
    address = reverse("join", args=[link.token])

    sign_in(cast.nestor).post(address)
    assert Enrolment.objects.filter(person=cast.nestor, role="learner", source="link").exists()

    manager.post(reverse("enrolment-link-revoke", args=[link.pk]))
    late = person(cast.ithaca, "Mentes")
    response = sign_in(late).post(address)
    assert "This link has ended" in response.content.decode()
    assert not Enrolment.objects.filter(person=late).exists()


def test_a_link_of_another_organisation_gives_no_place(cast, sign_in) -> None:
    link = open_link(cast)
    sign_in(cast.antinous).post(reverse("join", args=[link.token]))
    assert not Enrolment.objects.filter(person=cast.antinous).exists()


def test_a_link_does_not_tell_who_has_left(cast, client) -> None:
    link = open_link(cast)
    cast.nestor.left_at = NOW
    cast.nestor.save()
    gone = client.post(reverse("join", args=[link.token]), {"name": "N", "email": cast.nestor.email})
    assert "Look into your mailbox" in gone.content.decode()
    assert not Enrolment.objects.filter(person=cast.nestor).exists()


def test_a_stranger_proves_the_address_before_signing_in(cast, client, sign_in) -> None:
    link = open_link(cast)
    response = client.post(
        reverse("join", args=[link.token]), {"name": "Mentes", "email": "mentes@ithaca.example"}
    )
    assert "Look into your mailbox" in response.content.decode()
    # A second click sends nothing: a second link would end the first.
    client.post(reverse("join", args=[link.token]), {"name": "Mentes", "email": "mentes@ithaca.example"})
    assert OutboxMessage.objects.count() == 1
    known = client.post(reverse("join", args=[link.token]), {"name": "Somebody", "email": cast.nestor.email})
    assert "Look into your mailbox" in known.content.decode()
    cast.nestor.refresh_from_db()
    assert cast.nestor.name == "Nestor"
    # Whoever signs in already is invited to nothing; the news of the link reaches them as they chose.
    assert set(OutboxMessage.objects.values_list("to", flat=True)) == {"mentes@ithaca.example"}
    assert not Enrolment.objects.filter(person=cast.nestor).exists()
    told = cast.nestor.notifications.get()
    assert (told.kind, told.path) == ("enrolment.asked", reverse("join", args=[link.token]))
    sign_in(cast.nestor).post(told.path)
    assert Enrolment.objects.get(person=cast.nestor).state == "active"
    assert mail.outbox == []  # sent by a job, not by the request


def test_whoever_comes_by_a_link_is_matched_once_the_address_is_proved(cast, client, sign_in) -> None:
    link, manager = open_link(cast), sign_in(cast.eurycleia)
    known = pool_counts(cast.programme, NOW.date()).waiting
    n_away = snapshots.pool(cast.programme, {}, {}, NOW.date()).n_away
    client.post(reverse("join", args=[link.token]), {"name": "Mentes", "email": "mentes@ithaca.example"})
    place = Enrolment.objects.get(person__email="mentes@ithaca.example")
    mentor = Enrolment.objects.get(person=cast.athena)

    def is_in_pool() -> bool:
        counted = pool_counts(cast.programme, NOW.date()).waiting == known + 1
        return counted and str(place.person_id) in snapshots.pool(cast.programme, {}, {}, NOW.date()).learners

    assert not is_in_pool()
    assert snapshots.pool(cast.programme, {}, {}, NOW.date()).n_away == n_away + 1
    assert waiting(cast.programme, NOW.date()).filter(pk=place.pk).first() is None
    people = manager.get(reverse("programme-participants", args=[cast.programme.pk])).content.decode()
    assert "Address not confirmed yet" in people
    assert "not confirmed yet" in manager.get(reverse("enrolment", args=[place.pk])).content.decode()
    pair = {"learner": place.pk, "mentor": mentor.pk}
    refused = manager.post(reverse("programme-waiting", args=[cast.programme.pk]), pair, follow=True)
    assert "has not confirmed the e-mail address yet" in refused.content.decode()

    invitation = re.search(r"/invitation/\S+", OutboxMessage.objects.get().text)
    chosen = {"password": "a-long-secret-of-mentes", "language": "en", "time_zone": "UTC"}
    client.post(invitation.group(), chosen)
    assert is_in_pool()
    people = manager.get(reverse("programme-participants", args=[cast.programme.pk])).content.decode()
    assert "Address not confirmed yet" not in people


def test_who_runs_the_programme_vouches_for_an_address_by_adding_it_by_hand(cast, client, sign_in) -> None:
    client.post(
        reverse("join", args=[open_link(cast).token]), {"name": "Mentes", "email": "mentes@ithaca.example"}
    )
    given = {"name": "Mentes", "email": "mentes@ithaca.example", "role": "learner"}
    sign_in(cast.eurycleia).post(reverse("programme-enrol", args=[cast.programme.pk]), given)
    place = Enrolment.objects.get(person__email="mentes@ithaca.example")
    assert str(place.person_id) in snapshots.pool(cast.programme, {}, {}, NOW.date()).learners


def test_a_roster_vouches_for_the_addresses_in_it_and_says_so(cast, client, sign_in) -> None:
    address = reverse("join", args=[open_link(cast).token])
    for name in ("Mentes", "Mentor"):
        client.post(address, {"name": name, "email": f"{name}@ithaca.example".lower()})
    roster = checked(cast, "Name,E-mail,Role\nMentes,mentes@ithaca.example,Mentee\n")
    preview = sign_in(cast.eurycleia).get(reverse("roster", args=[roster.pk])).content.decode()
    assert "vouched for by this roster" in preview
    committed(cast, "Name,E-mail,Role\nMentes,mentes@ithaca.example,Mentee\n")
    pool = snapshots.pool(cast.programme, {}, {}, NOW.date())
    assert [place.name for place in pool.learners.values()] == ["Mentes"]


def test_whoever_took_a_place_by_a_link_gives_it_back_for_good(cast, client, sign_in) -> None:
    address = reverse("join", args=[open_link(cast).token])
    nestor = sign_in(cast.nestor)
    nestor.post(address)
    place = Enrolment.objects.get(person=cast.nestor)
    assert "give it back" in nestor.get(cast.nestor.notifications.get().path).content.decode().lower()
    strange = sign_in(cast.athena).post(reverse("wishes"), {"place": place.pk, "give_back": "1"}, follow=True)
    assert "not active" in strange.content.decode()
    nestor.post(reverse("wishes"), {"place": place.pk, "give_back": "1"})
    place.refresh_from_db()
    assert place.state == "withdrawn"
    told = cast.eurycleia.notifications.get()
    assert (told.kind, told.path) == ("enrolment.given_back", reverse("enrolment", args=[place.pk]))
    # The link does not bring it back behind their back; they themselves can, and hear of it again.
    client.post(address, {"name": "N", "email": cast.nestor.email})
    place.refresh_from_db()
    assert place.state == "withdrawn"
    nestor.post(address)
    place.refresh_from_db()
    assert place.state == "active"
    assert cast.nestor.notifications.filter(kind="enrolment.added").count() == 2
    # A manager can take them in again, which they hear of, too.
    nestor.post(reverse("wishes"), {"place": place.pk, "give_back": "1"})
    sign_in(cast.eurycleia).post(reverse("enrolment", args=[place.pk]), {"state": "active"})
    assert cast.nestor.notifications.filter(kind="enrolment.added").count() == 3


def test_a_manager_is_told_that_the_address_is_of_somebody_who_has_left(cast, sign_in) -> None:
    cast.nestor.left_at = NOW
    cast.nestor.save()
    given = {"name": "N", "email": cast.nestor.email, "role": "learner"}
    answer = sign_in(cast.eurycleia).post(reverse("programme-enrol", args=[cast.programme.pk]), given)
    assert "has left" in answer.content.decode()


def test_exports_neutralise_formulas(cast, sign_in) -> None:
    cast.athena.name = '=HYPERLINK("http://evil.example","Athena")'
    cast.athena.save()
    response = sign_in(cast.eurycleia).get(reverse("programme-export", args=[cast.programme.pk]))
    text = response.content.decode("utf-8-sig")
    assert "HYPERLINK" in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))


def test_participants_need_no_more_queries_when_there_are_more(cast, sign_in, count_queries) -> None:
    client = sign_in(cast.eurycleia)
    address = reverse("programme-participants", args=[cast.programme.pk])
    few = count_queries(client, address)
    for number in range(30):
        added = person(cast.ithaca, f"Sailor {number}", sign_in=False)
        Enrolment.objects.create(programme=cast.programme, person=added, role="learner", created_at=NOW)
    assert count_queries(client, address) == few


def test_a_profile_that_is_not_shared_any_more_is_on_no_page_and_in_no_export(cast, sign_in) -> None:
    consents.give(person=cast.athena, purpose="matching", by=cast.athena, now=NOW)
    client, place = sign_in(cast.eurycleia), Enrolment.objects.get(person=cast.athena)
    addresses = [
        reverse("programme-participants", args=[cast.programme.pk]),
        reverse("enrolment", args=[place.pk]),
        reverse("programme-export", args=[cast.programme.pk]),
    ]
    cast.telemachus.skills_sought = []
    cast.telemachus.save()
    assert all("strategy" in client.get(address).content.decode() for address in addresses)
    consents.withdraw(person=cast.athena, purpose="matching", by=cast.athena, now=NOW)
    assert not any("strategy" in client.get(address).content.decode() for address in addresses)
    assert "does not agree to being matched" in client.get(addresses[1]).content.decode()
