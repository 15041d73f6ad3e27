"""Accounts in the web: invitation, profile, choices, privacy."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.people.actions import consents
from telemachy.apps.people.models import Person
from telemachy.apps.programmes.models import Enrolment
from telemachy.apps.programmes.snapshots import pool
from telemachy.interfaces.common import clock
from tests.cast import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)

PAGES = [
    "profile",
    "welcome",
    "preferences",
    "account_email",
    "privacy",
    "erase",
    "notification-list",
    "mfa_index",
    "usersessions_list",
    "account_change_password",
    "account_logout",
]
ADMINISTRATOR_PAGES = [
    "organisation",
    "organisation-person-add",
    "agent-list",
    "organisation-settings",
    "audit-trail",
    "undelivered-mail",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_an_account_opens_for_its_person_and_asks_strangers_to_sign_in(
    cast, sign_in, client, name
):
    address = reverse(name)
    assert sign_in(cast.athena).get(address).status_code == 200
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login")) or name == "account_logout"


@pytest.mark.parametrize("name", ADMINISTRATOR_PAGES)
def test_the_administration_is_there_for_administrators_alone(cast, sign_in, client, name):
    address = reverse(name)
    assert sign_in(cast.penelope).get(address).status_code == 200
    assert sign_in(cast.eurycleia).get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.fixture(autouse=True)
def _no_earlier_sign_ins() -> None:
    cache.clear()


def test_only_invited_people_sign_up(client) -> None:
    page = client.get(reverse("account_signup")).content.decode()
    assert "By invitation" in page
    assert "sign up" not in client.get(reverse("account_login")).content.decode().lower()


def test_too_many_sign_ins_get_our_page(cast, client) -> None:
    data = {"login": "nobody@ithaca.example", "password": "wrong"}
    responses = [client.post(reverse("account_login"), data) for _attempt in range(35)]
    assert responses[-1].status_code == 429
    assert "Please wait a moment" in responses[-1].content.decode()


def test_a_reset_mail_goes_through_the_outbox_and_strangers_learn_nothing(cast, client) -> None:
    pages = {
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in (cast.athena.email, "nobody@ithaca.example")
    }
    assert len({re.sub(rb"<[^>]+>", b"", page) for page in pages}) == 1, "only the secrets in the tags differ"
    known = OutboxMessage.objects.get()  # strangers get no mail from us
    assert (known.to, known.organisation_id) == (cast.athena.email, cast.ithaca.pk)
    assert "/account/password/reset/key/" in known.text
    assert "<a href" in known.html


def test_an_ended_invitation_says_so(client) -> None:
    response = client.get(reverse("invitation-accept", args=["used"]))
    assert response.status_code == 404
    assert "This invitation has ended" in response.content.decode()


def profile(**changes: str) -> dict[str, str]:
    return {"name": "Athena", "time_zone": "Europe/Athens", "style": "direct", **changes}


def test_the_profile_keeps_what_was_there_when_saved_as_it_is(cast, sign_in) -> None:
    athena = cast.athena
    athena.working_hours = {"mon": [["08:00", "12:00"], ["13:00", "17:30"]]}
    athena.languages = ["el", "de"]
    athena.style = "direct"
    athena.save()
    client = sign_in(athena)
    form = client.get(reverse("profile")).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    assert client.post(reverse("profile"), data).status_code == 302
    before = {
        field: getattr(athena, field) for field in ("working_hours", "languages", "skills_offered", "style")
    }
    athena.refresh_from_db()
    assert {field: getattr(athena, field) for field in before} == before


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("languages", "Klingonese", "No language is known by this name"),
        ("hours_mon", "whenever", "Write hours such as"),
        ("hours_mon", "tue 9-17", "Write hours such as"),
        ("time_zone", "Mars/Olympus", "Select a valid choice"),
        ("name", "123", "Write a name"),
        ("skills_offered", "\n".join(map(str, range(40))), "Name the 30 that matter most"),
    ],
)
def test_a_profile_that_makes_no_sense_is_told_where(cast, sign_in, field, value, words) -> None:
    response = sign_in(cast.athena).post(reverse("profile"), profile(**{field: value}))
    assert response.status_code == 200
    assert words in " ".join(response.context["form"].errors[field])


@pytest.mark.parametrize("zone", ["Europe/Athens", "UTC", "US/Eastern"])
def test_the_own_time_zone_is_chosen_even_where_the_list_lacks_it(cast, sign_in, zone) -> None:
    Person.objects.filter(pk=cast.athena.pk).update(time_zone=zone)
    page = sign_in(cast.athena).get(reverse("profile")).content.decode()
    chosen = re.findall(r'<option value="([^"]+)" selected>', page)
    assert chosen == [zone]
    assert page.count('<option value="Europe/Lisbon">Lisbon</option>') == 1


def test_a_pause_in_the_past_is_refused(cast, sign_in) -> None:
    response = sign_in(cast.athena).post(
        reverse("availability"), {"capacity": 2, "paused_until": "2001-01-01"}
    )
    assert "This day is past" in response.content.decode()


def test_a_pause_is_told_until_the_day_on_which_matching_takes_one_in_again(cast, sign_in) -> None:
    today = clock.now().date()
    for day in (today, today + DAY):
        Person.objects.filter(pk=cast.athena.pk).update(paused_until=day)
        page = sign_in(cast.athena).get(reverse("preferences")).content.decode()
        is_out = str(cast.athena.pk) not in pool(cast.programme, {}, {}, today).mentors
        assert ("You are paused" in page) is is_out is (day > today)


def test_the_language_is_kept_with_the_sign_in_and_leads_nowhere_else(cast, sign_in, client) -> None:
    address = reverse("set_language")
    response = sign_in(cast.athena).post(address, {"language": "de", "next": "https://evil.example/"})
    assert response.url == "/"
    cast.athena.user.refresh_from_db()
    assert cast.athena.user.language == "de"
    client.post(address, {"language": "de", "next": "/account/login/"})
    assert 'lang="de"' in client.get("/account/login/").content.decode()
    client.post(address, {"language": "tlh"})
    assert 'lang="de"' in client.get("/account/login/").content.decode()


def test_a_person_of_two_organisations_looks_at_one_at_a_time(cast, sign_in) -> None:
    twin = Person.objects.create(
        organisation=cast.antinous.organisation, user=cast.athena.user, name="Athena", created_at=NOW + DAY
    )
    client = sign_in(cast.athena)
    client.post(reverse("person-switch"), {"person": str(twin.pk)})
    assert client.get(reverse("profile")).wsgi_request.person == twin
    client.post(reverse("person-switch"), {"person": str(cast.nestor.pk)})
    assert client.get(reverse("profile")).wsgi_request.person == twin


def test_a_consent_is_taken_back_and_given_again_in_the_words_shown(cast, sign_in) -> None:
    client = sign_in(cast.athena)
    for data in ({"give": "1"}, {}, {"give": "1"}):
        client.post(reverse("consent"), {"purpose": "matching", **data})
    given = list(cast.athena.consents.order_by("given_at"))
    assert [consent.withdrawn_at is None for consent in given] == [False, True]
    assert "to propose pairs" in given[0].wording
    assert client.post(reverse("consent"), {"purpose": "everything"}).status_code == 302


def test_who_has_left_everywhere_is_told_so(cast, sign_in) -> None:
    cast.athena.left_at = NOW
    cast.athena.save()
    response = sign_in(cast.athena).get(reverse("profile"))
    assert response.status_code == 403
    assert "You are in no organisation" in response.content.decode()


FORMS = {
    "profile": [
        "name",
        "skills_offered",
        "languages",
        "hours_mon",
        "time_zone",
        "style",
        "about",
        "goals_text",
    ],
    "availability": ["capacity", "paused_until"],
    "mail-frequency": ["mail"],
    "set_language": ["language", "next"],
    "person-switch": ["person"],
    "consent": ["purpose", "give"],
    "erase": ["email"],
    "organisation-person-add": ["name", "email", "job_title", "invite"],
    "agent-list": ["name", "owner", "purpose"],
    "organisation-settings": ["name", "language", "time_zone"],
}
GARBAGE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["\x00", "\ud7ff" * 300, "9" * 400, "-1", "2026-99-99", "../..", "<script>", "' OR 1=1"]),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("name", FORMS)
def test_garbage_in_a_form_is_never_an_error_of_ours(cast, sign_in, name, data) -> None:
    values = {field: data.draw(GARBAGE, label=field) for field in FORMS[name]}
    response = sign_in(cast.penelope).post(reverse(name), values)
    assert response.status_code < 500


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "state", "page", "verb", "person", "since", "until"]), GARBAGE
    )
)
def test_garbage_in_an_address_is_never_an_error_of_ours(cast, sign_in, query) -> None:
    client = sign_in(cast.penelope)
    for name in ("organisation", "audit-trail", "audit-export", "undelivered-mail", "notification-list"):
        assert client.get(reverse(name), query).status_code == 200


def test_whoever_runs_a_programme_invites_its_people(cast, sign_in) -> None:
    sailors = [
        Person.objects.create(
            organisation=cast.ithaca, name=name, email=f"{name}@sea.example", created_at=NOW
        )
        for name in ("elpenor", "eurylochus", "perimedes")
    ]
    places = [
        Enrolment.objects.create(programme=cast.programme, person=sailor, role="learner", created_at=NOW)
        for sailor in sailors[:2]
    ]
    client = sign_in(cast.eurycleia)
    page = client.get(reverse("programme-participants", args=[cast.programme.pk])).content.decode()
    assert "Invite 2 people without sign-in" in page
    everybody = reverse("programme-invite", args=[cast.programme.pk])
    again = reverse("enrolment-invite", args=[places[0].pk])
    for stranger in (cast.antinous, cast.athena):
        for address in (everybody, again):
            assert sign_in(stranger).post(address).status_code == 404
    client.post(everybody)
    assert set(OutboxMessage.objects.values_list("to", flat=True)) == {sailor.email for sailor in sailors[:2]}
    client.post(again)
    assert OutboxMessage.objects.count() == 3
    seated = cast.programme.enrolments.get(person=cast.athena)
    response = client.post(reverse("enrolment-invite", args=[seated.pk]), follow=True)
    assert "can sign in already" in response.content.decode()


def test_who_does_not_agree_to_be_matched_is_left_out_of_the_pool(cast) -> None:
    def mentors() -> set[str]:
        return {place.name for place in pool(cast.programme, {}, {}, NOW.date()).mentors.values()}

    assert mentors() == {"Athena"}
    consents.give(person=cast.athena, purpose="matching", by=cast.athena, now=NOW)
    consents.withdraw(person=cast.athena, purpose="matching", by=cast.athena, now=NOW)
    assert mentors() == set()
    consents.give(person=cast.athena, purpose="matching", by=cast.athena, now=NOW)
    assert mentors() == {"Athena"}
