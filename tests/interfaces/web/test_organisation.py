"""The organisation's administration in the web."""

from __future__ import annotations

import ast
import csv
import io
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPException, SMTPRecipientsRefused

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

import telemachy.apps
from telemachy.apps.audit.actions import events, outbox
from telemachy.apps.audit.models import DeadLetter, Event, OutboxMessage
from telemachy.apps.people.models import Person
from telemachy.interfaces.web.forms.audit_facts import KEYS, facts
from telemachy.interfaces.web.forms.audit_words import DEEDS
from telemachy.interfaces.web.views import audit
from tests.cast import NOW, person

pytestmark = pytest.mark.django_db


def dead_mail(organisation, key: str = "a") -> OutboxMessage:
    return OutboxMessage.objects.create(
        to="old@ithaca.example",
        subject="Lost",
        text="x",
        key=key,
        state="dead",
        last_error="550 No such person",
        organisation_id=organisation.pk,
        next_attempt_at=NOW,
        created_at=NOW,
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            SMTPRecipientsRefused({"m@x.example": (550, b"5.1.1 m@x.example unknown")}),
            "knows no such address",
        ),
        (SMTPDataError(451, b"greylisted"), "could not take the message just then"),
        (SMTPAuthenticationError(535, b"5.7.8 no"), "did not let Telemachy sign in"),
        (ConnectionRefusedError(111, "Connection refused"), "could not be reached"),
        (TimeoutError("timed out"), "took too long"),
        (OSError("strange"), "No answer came"),
    ],
)
def test_why_a_mail_did_not_arrive_is_said_in_plain_words(cast, sign_in, error: Exception, told: str) -> None:
    message = dead_mail(cast.ithaca)
    outbox.note_failed(message=message, error=error, by=None, now=NOW)
    shown = sign_in(cast.penelope).get(reverse("undelivered-mail")).content.decode()
    assert told in shown
    assert ("The server said: " in shown) == isinstance(error, SMTPException)
    assert not any(word in shown for word in ("Error", "Errno", "timed out", "strange"))
    # The trail keeps no address: it outlives whoever is erased.
    assert "x.example" not in str(list(Event.objects.values_list("data", flat=True)))


def test_people_are_found_filtered_and_never_of_another_organisation(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    person(cast.ithaca, "Mentes", sign_in=False)
    address = reverse("organisation")

    def names(**query: str) -> set[str]:
        return {row.name for row in client.get(address, query).context["page_obj"]}

    assert names() == {"Athena", "Eurycleia", "Mentes", "Nestor", "Penelope", "Telemachus"}
    assert names(q="nest") == {"Nestor"}
    assert names(state="no_sign_in") == {"Mentes"}
    assert names(state="administrator") == {"Penelope"}
    assert names(state="left") == set()
    assert names(q="\x00", state="nonsense", page="minus") == names()


def test_a_persons_buttons_do_what_they_say(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    address = reverse("organisation-person", args=[cast.athena.pk])
    for verb, check in (
        ("make_administrator", lambda athena: athena.is_administrator),
        ("end_administrator", lambda athena: not athena.is_administrator),
        ("mark_left", lambda athena: athena.left_at),
        ("bring_back", lambda athena: athena.left_at is None),
    ):
        client.post(address, {"verb": verb})
        assert check(Person.objects.get(pk=cast.athena.pk)), verb
    response = client.post(address, {"verb": "delete"}, follow=True)
    assert "Choose one of the buttons." in response.content.decode()
    own = reverse("organisation-person", args=[cast.penelope.pk])
    response = client.post(own, {"verb": "end_administrator"}, follow=True)
    assert "last administrator" in response.content.decode()


def test_somebody_added_is_invited_and_a_taken_address_is_told(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    data = {"name": "Mentes", "email": "mentes@taphos.example", "invite": "on"}
    assert client.post(reverse("organisation-person-add"), data).status_code == 302
    assert OutboxMessage.objects.get().to == "mentes@taphos.example"
    response = client.post(reverse("organisation-person-add"), data)
    assert "is here already" in response.content.decode()


def test_all_without_sign_in_are_invited_at_once(cast, sign_in) -> None:
    for name in ("elpenor", "eurylochus"):
        Person.objects.create(
            organisation=cast.ithaca, name=name, email=f"{name}@sea.example", created_at=NOW
        )
    client = sign_in(cast.penelope)
    response = client.post(reverse("organisation-invite"), follow=True)
    assert "2 invitations are on their way." in response.content.decode()
    response = client.post(reverse("organisation-invite"), follow=True)
    assert "Everybody can sign in already" in response.content.decode()


def test_an_agent_is_registered_with_an_owner_of_the_organisation(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    data = {"name": "Phaeacian", "purpose": "Steers ships.", "owner": cast.antinous.email}
    assert "Nobody of your organisation" in client.post(reverse("agent-list"), data).content.decode()
    client.post(reverse("agent-list"), data | {"owner": cast.athena.email})
    assert Person.objects.get(name="Phaeacian").owner == cast.athena


def test_the_trail_is_narrowed_down_and_exported_without_formulas(cast, sign_in) -> None:
    for verb, name, days in (
        ("goal.agreed", "=cmd()", 0),
        ("goal.agreed", "Athena", 1),
        ("pair.met", "Athena", 2),
    ):
        Event.objects.create(
            at=NOW + timedelta(days=days), organisation_id=cast.ithaca.pk, actor_name=name, verb=verb
        )
    Event.objects.create(at=NOW, organisation_id=cast.antinous.organisation_id, verb="pair.met")
    client = sign_in(cast.penelope)

    def count(**query: str) -> int:
        return client.get(reverse("audit-trail"), query).context["page_obj"].paginator.count

    assert count() == 3
    assert count(verb="goal.agreed") == 2
    assert count(verb="goal.agreed", person="athena") == 1
    assert count(since="2026-03-04") == 2
    assert count(until="2026-03-04") == 2
    assert count(verb="nonsense") == 3
    response = client.get(reverse("audit-export"), {"verb": "goal.agreed"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {row[1] for row in rows[1:]} == {"'=cmd()", "Athena"}


def test_a_trail_too_long_to_export_is_not_cut_off_without_a_word(cast, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(audit, "MAX_EXPORTED", 2)
    for days in range(3):
        Event.objects.create(at=NOW + timedelta(days=days), organisation_id=cast.ithaca.pk, verb="pair.met")
    client = sign_in(cast.penelope)
    answer = client.get(reverse("audit-export"), {"verb": "pair.met"}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("audit-trail")
    assert answer.request["QUERY_STRING"] == "verb=pair.met"
    assert "more than 2 events" in answer.content.decode()
    part = client.get(reverse("audit-export"), {"verb": "pair.met", "since": "2026-03-04"})
    assert len(part.content.decode().splitlines()) == 1 + 2


def test_dead_mail_is_sent_again_by_its_own_administrator_only(cast, sign_in) -> None:
    message = dead_mail(cast.ithaca)
    address = reverse("mail-resend", args=[message.pk])
    assert sign_in(cast.antinous).post(address).status_code == 404
    client = sign_in(cast.penelope)
    assert "550 No such person" in client.get(reverse("undelivered-mail")).content.decode()
    client.post(address)
    message.refresh_from_db()
    assert message.state == "queued"


def test_failed_jobs_are_the_operators_alone(cast, sign_in) -> None:
    letter = DeadLetter.objects.create(
        task_id=cast.ithaca.pk,
        task_path="telemachy.apps.audit.jobs.tidy_up",
        arguments={"args": [], "kwargs": {}},
        error="OSError: disk",
        n_attempts=4,
        buried_at=NOW,
    )
    retry = reverse("dead-letter-retry", args=[letter.pk])
    for someone in (cast.penelope, cast.antinous):
        assert sign_in(someone).get(reverse("dead-letters")).status_code == 404
        assert sign_in(someone).post(retry).status_code == 404
    cast.penelope.user.is_staff = True
    cast.penelope.user.save()
    client = sign_in(cast.penelope)
    assert "OSError: disk" in client.get(reverse("dead-letters")).content.decode()
    assert "queued again" in client.post(retry, follow=True).content.decode()
    letter.refresh_from_db()
    assert letter.retried_at is not None


@pytest.mark.parametrize("name", ["organisation", "agent-list", "audit-trail", "undelivered-mail"])
def test_the_number_of_queries_does_not_grow_with_the_organisation(
    cast, sign_in, count_queries, name
) -> None:
    client = sign_in(cast.penelope)
    dead_mail(cast.ithaca, "first")
    Event.objects.create(at=NOW, organisation_id=cast.ithaca.pk, verb="pair.met")
    before = count_queries(client, reverse(name))
    for number in range(20):
        someone = person(cast.ithaca, f"Sailor {number}")
        person(cast.ithaca, f"Oar {number}", sign_in=False, kind="agent", owner=someone)
        dead_mail(cast.ithaca, f"mail {number}")
        Event.objects.create(at=NOW, organisation_id=cast.ithaca.pk, verb=f"pair.met{number}")
    assert count_queries(client, reverse(name)) <= before


def test_another_organisations_people_do_not_exist(cast, sign_in) -> None:
    address = reverse("organisation-person", args=[cast.athena.pk])
    client = sign_in(cast.antinous)
    assert client.get(address).status_code == 404
    assert client.post(address, {"verb": "mark_left"}).status_code == 404
    assert sign_in(cast.eurycleia).get(address).status_code == 404


def test_a_search_finds_letters_beyond_a_to_z_in_either_case(cast, sign_in) -> None:
    person(cast.ithaca, "Ägidius Ärzte")
    person(cast.ithaca, "Øyvind Straßer")
    client = sign_in(cast.penelope)
    for search, name in (("ÄRZTE", "Ägidius"), ("øyvind", "Øyvind"), ("STRAßER", "Øyvind")):
        found = client.get(reverse("organisation"), {"q": search}).content.decode()
        assert name in found, search
        assert "Antinous" not in found


def recorded_verbs() -> set[str]:
    """Return every verb that stands as a whole in a call of `record`."""
    found = set()
    for path in Path(telemachy.apps.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "record" and call.args:
                found |= {one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)}
    return {verb for verb in found if isinstance(verb, str) and "." in verb and not verb.endswith(".")}


def test_the_trail_says_every_event_in_words() -> None:
    told = {verb for verb in recorded_verbs() if not verb.startswith("supervision.")}
    assert len(told) > 200
    assert told - DEEDS.keys() == set()


def recorded_facts() -> set[str]:
    """Return every fact that is named in a call of `record`."""
    found = set()
    for path in Path(telemachy.apps.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "events.record":
                found |= {one.arg for one in call.keywords if one.arg}
    return found - {"by", "now", "on", "organisation_id"}


def test_the_trail_has_a_word_for_every_fact() -> None:
    assert len(recorded_facts()) > 80
    assert recorded_facts() - KEYS.keys() == set()


def test_the_trail_tells_facts_as_people_say_them(cast, sign_in) -> None:
    events.record(
        "agent.handed_over",
        by=cast.penelope,
        now=NOW,
        on=cast.argus,
        owner=str(cast.nestor.pk),
        of=str(cast.programme.pk),
        trial=False,
        size=2048,
        never_heard_of=1.5,
    )
    client = sign_in(cast.penelope)
    shown = strip_tags(client.get(reverse("audit-trail")).content.decode()).replace("\xa0", " ")
    told = "never heard of: 1.5; who answers for it: Nestor; size: 2.0 KB; a trial: no"
    assert told in shown
    assert str(cast.programme.pk) not in shown
    with translation.override("de"):
        assert list(facts({"trial": True, "role": "learner"}, {})) == [
            ("als", "lernende Person"),
            ("Probelauf", "ja"),
        ]


def test_the_trail_reads_as_sentences(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    client.post(reverse("organisation-person-add"), {"name": "Dolios", "email": "dolios@ithaca.example"})
    page = client.get(reverse("audit-trail")).content.decode()
    assert "added a person" in page
