"""What somebody with bad intentions tries: others' rows, others' sign-ins, markup, size."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.knowledge.models import Competency
from telemachy.apps.people.actions import invitations, persons
from telemachy.apps.people.models import Person, User
from telemachy.apps.programmes.models import EnrolmentLink
from telemachy.apps.relationships.models import ActionItem, AgendaItem, Goal, PlanActivity, Situation
from telemachy.apps.relationships.queries import own_data
from telemachy.core.shared.errors import WrongState
from telemachy.interfaces.common import clock, demo_links
from telemachy.interfaces.common.bodies import BodyLimitMiddleware
from tests import cast as cast_module
from tests.cast import NOW, PASSWORD, Cast
from tests.world import build

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
DEMO_IN_THE_OPEN = {"TELEMACHY_DEMO": "1", "TELEMACHY_BASE_URL": "https://mentoring.example.org"}
CASE = {"title": "Sealed words", "story": "Sealed words", "difficulty": "3", "novelty": "3"}


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def link_for(person: Person, by: Person) -> str:
    """Invite somebody and return the address in the mail."""
    invitations.invite(person=person, by=by, now=clock.now())
    invitation = person.invitations.get(revoked_at=None, accepted_at=None)
    text = OutboxMessage.objects.get(key=f"invitation:{invitation.pk}").text
    return re.search(r"/invitation/[^/]+/", text)[0]


def newcomer(cast: Cast, email: str) -> Person:
    return Person.objects.create(organisation=cast.ithaca, name="Mentes", email=email, created_at=NOW)


# --- sign-ins -----------------------------------------------------------------------------------


def test_a_link_does_not_act_for_somebody_who_signs_in_already(cast: Cast, client, sign_in) -> None:
    twin = newcomer(cast, cast.antinous.email)
    link = link_for(twin, cast.penelope)
    for holder in (client, sign_in(cast.penelope)):
        answer = holder.post(link, {"password": "of the thief 1", "language": "en", "time_zone": "UTC"})
        assert answer.status_code == 302
        assert answer.url == f"{reverse('account_login')}?next={link}"
        assert "Sign in first" in holder.get(link).content.decode()
    twin.refresh_from_db()
    assert twin.user is None

    answer = client.post(
        f"{reverse('account_login')}?next={link}", {"login": twin.email, "password": PASSWORD}
    )
    assert answer.url == link
    page = client.get(link).content.decode()
    assert "By going on you agree" in page
    assert client.post(link, follow=True).context["me"] == twin
    twin.refresh_from_db()
    assert twin.user == cast.antinous.user


def test_a_link_sent_to_one_address_never_proves_another(cast: Cast, client) -> None:
    person = newcomer(cast, "thief@evil.example")
    link = link_for(person, cast.penelope)
    change = persons.PersonChange(
        person.pk, {"email": "thief@evil.example"}, {"email": "victim@ithaca.example"}
    )
    persons.change_many(organisation_id=cast.ithaca.pk, changes=[change], by=cast.penelope, now=clock.now())
    data = {"password": "of the thief 1", "language": "en", "time_zone": "UTC"}
    assert client.post(link, data).status_code == 404
    assert not User.objects.filter(email="victim@ithaca.example").exists()


def test_an_administrator_cannot_move_a_sign_in_to_another_address(cast: Cast, client) -> None:
    athena = cast.athena
    change = persons.PersonChange(athena.pk, {"email": athena.email}, {"email": "thief@evil.example"})
    with pytest.raises(WrongState, match="signs in with"):
        persons.change_many(organisation_id=cast.ithaca.pk, changes=[change], by=cast.penelope, now=NOW)
    # Should an address differ all the same, no invitation makes a second way in.
    Person.objects.filter(pk=athena.pk).update(email="thief@evil.example")
    link = EnrolmentLink.objects.create(
        programme=cast.programme,
        role="learner",
        token="t" * 32,
        created_at=NOW,
        expires_at=clock.now() + timedelta(days=1),
    )
    client.post(reverse("join", args=[link.token]), {"name": "A", "email": "thief@evil.example"})
    assert not OutboxMessage.objects.filter(to="thief@evil.example").exists()
    answer = client.post(link_for(athena, cast.penelope), {"password": "of the thief 1", "time_zone": "UTC"})
    assert answer.status_code == 404
    athena.refresh_from_db()
    assert athena.user.email == "athena@ithaca.example"


def test_demo_links_open_nothing_outside_of_the_demo(cast: Cast, client, settings) -> None:
    settings.DEMO = False
    assert client.get(reverse("demo-enter", args=[demo_links.sign(cast.athena.user.pk)])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_becomes_a_person_of_somebody_else(cast: Cast, sign_in) -> None:
    client = sign_in(cast.athena)
    client.post(reverse("person-switch"), {"person": str(cast.penelope.pk)})
    assert client.get(reverse("profile")).context["me"] == cast.athena
    session = client.session
    session["person"] = str(cast.penelope.pk)
    session.save()
    assert client.get(reverse("profile")).context["me"] == cast.athena


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_no_redirect_leads_off_the_site(client, target: str) -> None:
    answer = client.post(reverse("set_language"), {"language": "de", "next": target})
    assert answer.url == "/"


@pytest.mark.parametrize("missing", [{}, {"TELEMACHY_SECRET_KEY": " "}, DEMO_IN_THE_OPEN])
def test_no_installation_for_people_starts_without_a_secret(missing: dict[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TELEMACHY_")}
    asked = [sys.executable, "-c", "import telemachy.project.settings"]
    started = subprocess.run(
        asked,
        env=kept | missing | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Set TELEMACHY_SECRET_KEY" in started.stderr


# --- others' rows -------------------------------------------------------------------------------


@pytest.fixture
def foreign(cast: Cast) -> dict[str, object]:
    """Rows of another pair in the same programme, and of another organisation."""
    nausicaa = cast_module.person(cast.ithaca, "Nausicaa")
    pair = cast_module.pair(cast.programme, cast.nestor, nausicaa)
    goal = Goal.objects.create(
        relationship=pair, learner=nausicaa, statement="Win at ball", state="active", created_at=NOW
    )
    situation = Situation.objects.create(
        relationship=pair, learner=nausicaa, title="A stranger ashore", logged_at=NOW
    )
    abroad = Competency.objects.create(
        organisation=cast.antinous.organisation, name="Feasting", created_at=NOW
    )
    return {"goal": goal, "situation": situation, "competency": abroad, "person": nausicaa}


def test_no_form_takes_the_row_of_another_pair_or_organisation(cast: Cast, sign_in, foreign) -> None:
    world = build(cast)
    learner, pair = sign_in(cast.telemachus), cast.relationship.pk
    for field in ("goal", "competency"):
        data = CASE | {field: str(foreign[field].pk)}
        assert learner.post(reverse("situation-add", args=[pair]), data).status_code in {200, 422}
    assert Situation.objects.filter(relationship=pair).count() == 1

    competency = str(foreign["competency"].pk)
    learner.post(
        reverse("activity-add", args=[pair]), {"title": "T", "kind": "reading", "competency": competency}
    )
    assert PlanActivity.objects.filter(relationship=pair).count() == 1
    learner.post(
        reverse("goal-add", args=[pair]),
        {"statement": "S", "learner": str(cast.telemachus.pk), "competencies": [competency]},
    )
    assert Goal.objects.filter(relationship=pair).count() == 1
    learner.post(reverse("goal-add", args=[pair]), {"statement": "S", "learner": str(foreign["person"].pk)})
    assert foreign["person"].pk not in Goal.objects.filter(relationship=pair).values_list(
        "learner", flat=True
    )

    session = world.rows["session"]
    for owner in (foreign["person"], cast.penelope, cast.antinous):
        learner.post(reverse("action-item-add", args=[session.pk]), {"text": "Row", "owner": str(owner.pk)})
    assert ActionItem.objects.count() == 1
    for row in ("situation", "goal"):
        learner.post(reverse("agenda-add", args=[session.pk]), {"take": str(foreign[row].pk)})
    assert AgendaItem.objects.count() == 1
    learner.post(reverse("session-goal", args=[session.pk]), {"goal": str(foreign["goal"].pk)})
    session.refresh_from_db()
    assert session.goal is None


def test_who_left_a_circle_takes_nothing_of_the_others_along(cast: Cast) -> None:
    world = build(cast)
    world.rows["session"].notes.create(author=cast.athena, shared=True, text="Of us", updated_at=NOW)
    world.rows["session"].notes.create(author=cast.telemachus, shared=True, text="Mine", updated_at=NOW)
    seat = cast.relationship.parties.get(person=cast.telemachus)
    assert "Of us" in str(own_data.everything(cast.telemachus))
    seat.left_at = NOW
    seat.save()
    packed = str(own_data.everything(cast.telemachus))
    assert "Mine" in packed
    assert "Of us" not in packed
    assert "The raft" not in packed


def test_the_trail_holds_no_rating_and_no_words_of_a_pair(cast: Cast, sign_in) -> None:
    learner, mentor = sign_in(cast.telemachus), sign_in(cast.athena)
    learner.post(
        reverse("situation-add", args=[cast.relationship.pk]),
        CASE,
    )
    situation = Situation.objects.get()
    steps = [
        (learner, "reason", {"own_view": "Sealed", "intended_decision": "Sealed", "confidence": "61"}),
        (learner, "ask", {"question": "Sealed words"}),
        (mentor, "guide", {"level": "2", "text": "Sealed words"}),
        (learner, "decide", {"decision": "Sealed words"}),
        (learner, "account", {"outcome": "Sealed words"}),
        (mentor, "debrief", {"text": "Sealed words", "score": "1"}),
        (learner, "rate", {"score": "4"}),
    ]
    for client, step, data in steps:
        assert client.post(reverse(f"situation-{step}", args=[situation.pk]), data).status_code == 302
    situation.refresh_from_db()
    assert (situation.state, situation.rating) == ("debriefed", 1)
    facts = [event.data for event in Event.objects.all()]
    assert not any({"rating", "confidence", "score"} & fact.keys() for fact in facts)
    assert "Sealed" not in str(facts)
    administrator = sign_in(cast.penelope)
    for name in ("audit-trail", "audit-export", "undelivered-mail"):
        assert "Sealed" not in administrator.get(reverse(name)).content.decode()
    assert not OutboxMessage.objects.filter(text__contains="Sealed").exists()


# --- markup, formulas, headers ------------------------------------------------------------------


def test_names_and_titles_are_text_on_every_page_they_reach(cast: Cast, sign_in) -> None:
    world = build(cast)
    for one in (cast.athena, cast.telemachus):
        one.name = SCRIPT
        one.save()
    cast.programme.name = cast.ithaca.name = SCRIPT
    cast.programme.save()
    cast.ithaca.save()
    for key, field in (
        *(("goal", "statement"), ("activity", "title"), ("agenda_item", "text"), ("action_item", "text")),
        *(("situation", "title"), ("attachment", "name"), ("reflection", "text")),
    ):
        setattr(world.rows[key], field, SCRIPT)
        world.rows[key].save()
    pair, programme = [cast.relationship.pk], [cast.programme.pk]
    pages = {
        cast.athena: [
            *(("learner-list", []), ("session-list", []), ("relationship", pair)),
            *(("goal-list", pair), ("plan", pair), ("trajectory", pair), ("charter", pair)),
            *(("goal", [world.rows["goal"].pk]), ("situation", [world.rows["situation"].pk])),
            ("session", [world.rows["session"].pk]),
        ],
        cast.telemachus: [("my-development", []), ("reflection-list", []), ("notification-list", [])],
        cast.penelope: [
            *(("organisation", []), ("audit-trail", []), ("programme-list", []), ("programme", programme)),
            *(("programme-participants", programme), ("programme-health", programme)),
        ],
    }
    for reader, asked in pages.items():
        client = sign_in(reader)
        for name, args in asked:
            answer = client.get(reverse(name, args=args))
            assert answer.status_code == 200, name
            text = answer.content.decode()
            assert "<script>alert" not in text, name
            assert "<img src=x" not in text, name


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://meet.example/x"])
def test_a_video_link_is_a_secure_web_address(cast: Cast, sign_in, address: str) -> None:
    session = build(cast).rows["session"]
    data = {"starts_at": "2027-01-10T10:00", "duration_minutes": "60", "video_url": address}
    sign_in(cast.athena).post(reverse("session-move", args=[session.pk]), data)
    session.refresh_from_db()
    assert session.video_url == ""


def test_no_export_holds_a_formula(cast: Cast, sign_in) -> None:
    cast.telemachus.name = '=HYPERLINK("https://evil.example")'
    cast.telemachus.save()
    Event.objects.create(
        at=NOW, organisation_id=cast.ithaca.pk, actor_name="@SUM(1+1)", verb="x", data={"n": 1}
    )
    client = sign_in(cast.penelope)
    people = client.get(reverse("programme-export", args=[cast.programme.pk])).content.decode()
    trail = client.get(reverse("audit-export")).content.decode()
    assert "'=HYPERLINK" in people
    assert "'@SUM" in trail
    assert not re.search(r'(^|,)"?[=@]', people + trail, re.MULTILINE)


def test_every_kind_of_answer_carries_the_bounds_for_browsers(cast: Cast, sign_in, client) -> None:
    world = build(cast)
    learner = sign_in(cast.telemachus)
    answers = [
        client.get(reverse("account_login")),
        client.get("/nowhere/"),
        client.get(reverse("home")),
        Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "de"}),
        learner.get(reverse("attachment", args=[world.rows["attachment"].pk])),
        learner.get(reverse("trajectory-pdf", args=[cast.relationship.pk])),
        sign_in(cast.penelope).get(reverse("audit-export")),
    ]
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, answer
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
    assert [answer.status_code for answer in answers] == [200, 404, 302, 403, 200, 200, 200]
    assert answers[4]["Content-Disposition"].startswith("attachment")


# --- size ---------------------------------------------------------------------------------------


def test_a_stranger_s_file_is_refused_before_it_is_read(cast: Cast, sign_in, client, rf) -> None:
    content = b"x" * (3 * 1024 * 1024)
    address = reverse("set_language")
    answer = client.generic("POST", address, content, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()

    def read(request: object) -> None:
        raise AssertionError("the body was looked at")

    request = rf.post("/", b"x", content_type="text/plain", CONTENT_LENGTH=str(10**12))
    request.person, request.user = cast.athena, cast.athena.user
    assert BodyLimitMiddleware(read)(request).status_code == 413
    request.META["CONTENT_LENGTH"] = "-1"
    assert BodyLimitMiddleware(read)(request).status_code == 413


def test_guessing_calendar_addresses_leaves_the_count_of_sign_ins_alone(client) -> None:
    cache.set("failed-sign-ins", 9)
    for number in range(12):
        assert client.get(reverse("feed", args=[f"guess-{number}"])).status_code == 404
    assert cache.get("failed-sign-ins") == 9
    assert cache._max_entries >= 10_000
