"""Who reaches what over the API: every operation, for every kind of caller, and for another organisation.

An operation that no rule names fails the test. What a caller may not see answers 404, what the token may not
do 403 "missing-scope"; a step that only the other seat may take is refused by its policy, which counts as
reached: the row is no secret to whoever is refused.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from telemachy.apps.relationships.models import Situation
from tests.cast import NOW
from tests.interfaces.api import addresses, samples
from tests.interfaces.api.conftest import Caller, directly
from tests.world import build

PARTIES = frozenset({"mentor", "learner"})
RUNNERS = frozenset({"manager", "administrator", "organisation"})
ADMINISTRATORS = frozenset({"administrator", "organisation"})
PEOPLE = frozenset({"mentor", "learner", "manager", "administrator", "colleague", "outsider"})
READERS = PEOPLE | {"agent"}
ITHACA = READERS - {"outsider"}
#: Athena coaches Telemachus, and Nestor is named to hear it: he rates it and writes the letter.
NAMED = PARTIES | {"colleague"}
EVERYBODY = READERS | {"organisation", "verifier"}

#: The first pattern that fits "METHOD /path" decides.
RULES = [
    (r"GET /me", EVERYBODY),
    (r"\w+ /me/(reflections|news|places)/{pk}.*", frozenset({"learner"})),
    (r"\w+ /me/hours/{pk}", frozenset({"mentor"})),
    (r"POST /me/hours-to-confirm/{pk}", frozenset({"learner"})),
    (r"DELETE /me/readiness/hints/.*", ITHACA),
    (r"\w+ /me/.*", READERS),
    # --- what is practised is nobody's business
    (r"\w+ /practice/(role-plays|commitments)/{pk}.*", frozenset({"mentor"})),
    (r"\w+ /practice.*", READERS),
    # --- recordings: for those whom the terms name; ratings for those who give them
    (r"GET /(recordings|recording-reviews|development-points)", READERS),
    (r"POST /recordings/{pk}/(agreement|withdrawal)", PARTIES),
    (r"POST /recordings/{pk}/reviews", frozenset({"mentor"})),
    (r"\w+ /recordings/{pk}.*", NAMED),
    (r"DELETE /evidence/{pk}", frozenset({"colleague"})),
    (r"(PUT|POST) /recording-reviews/{pk}/(rating|letter|letter/send)", frozenset({"colleague"})),
    (r"\w+ /recording-reviews/{pk}.*", frozenset({"mentor", "colleague"})),
    (r"\w+ /development-points/{pk}.*", frozenset({"mentor"})),
    (r"GET /people/{pk}/readiness", frozenset({"colleague"})),
    # --- supervision: whom its room holds, and no role
    (r"GET /(supervision-rooms|supervision-cases)", READERS),
    (r"POST /(supervision-rooms|supervision-cases)", READERS),
    (r"DELETE /supervision-notes/{pk}", frozenset({"colleague"})),
    (r"\w+ /supervision-(rooms|cases)/{pk}.*", frozenset({"mentor", "colleague"})),
    (r"\w+ /rubrics/{pk}.*", ITHACA | {"organisation"}),
    (r"\w+ /credentials/{pk}", ADMINISTRATORS | {"colleague"}),
    (r"\w+ /(rubrics|rubric-examples|credentials)", READERS | {"organisation"}),
    (r"GET /(recording-rules|organisation)", READERS | {"organisation"}),
    (r"PUT /(recording-rules|organisation)", PEOPLE | {"organisation"}),
    # --- content belongs to the pair
    (r"GET /(situations|reviews|goals|activities|sessions|action-items|thresholds|lessons)", READERS),
    (r"GET /held-guidance", READERS),
    (r"POST /goals/check", READERS),
    (r"\w+ /thresholds/{pk}/(case|rating)", frozenset({"colleague"})),
    (r"\w+ /(situations|attachments|goals|activities|sessions|agenda|action-items|thresholds)\b.*", PARTIES),
    (r"\w+ /(lessons|trace-imports)/{pk}.*", frozenset({"mentor"})),
    (r"PUT /relationships/{pk}/levels", frozenset({"mentor"})),
    (r"POST /relationships/{pk}/(call-off|transfer|nudges)", RUNNERS),
    (r"\w+ /relationships/{pk}/.*", PARTIES),
    (r"POST /checks", frozenset({"verifier"})),
    # --- existence and signals are for those who run the programme as well
    (r"GET /relationships/{pk}", PARTIES | RUNNERS),
    (r"GET /(relationships|competencies|programmes|people|agents|tokens)", READERS | {"organisation"}),
    (r"\w+ /(programmes|enrolments|enrolment-links|rosters|match-runs|proposals|pair-rules)/.*", RUNNERS),
    # --- the organisation: refused by policy, or empty, to whoever does not administer
    (r"POST /(programmes|people|people/invitations|agents)", PEOPLE | {"organisation"}),
    (r"(GET|POST) /(webhooks|deliveries|events|undelivered-mail)", PEOPLE | {"organisation"}),
    (r"\w+ /(people|webhooks|deliveries|undelivered-mail)/.*", ADMINISTRATORS),
    (r"GET /agents/{pk}", ADMINISTRATORS | {"mentor", "agent"}),
    (r"\w+ /agents/{pk}.*", ADMINISTRATORS | {"mentor"}),
    (r"DELETE /tokens/{pk}", ADMINISTRATORS | {"mentor"}),
]


def rule_of(name: str) -> frozenset[str]:
    """Who may reach an operation; fails where nobody decided."""
    for pattern, who in RULES:
        if re.fullmatch(pattern, name):
            return who
    pytest.fail(f"say in RULES who may reach {name}")


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet")
def test_everyone_reaches_what_is_theirs_and_nothing_else(cast, call_as) -> None:
    world = build(cast)
    callers = {
        "mentor": call_as(cast.athena),
        "learner": call_as(cast.telemachus),
        "manager": call_as(cast.eurycleia),
        "administrator": call_as(cast.penelope),
        "colleague": call_as(cast.nestor),
        "agent": call_as(cast.argus),
        "organisation": call_as(cast.penelope, kind="organisation"),
        "verifier": call_as(cast.eurycleia, kind="verifier", programme=cast.programme),
        "outsider": call_as(cast.antinous),
    }
    for call in callers.values():
        call.get("/me")  # the first use of a token is noted: here, and not in each call that is undone
    ithaca = [str(row.pk) for row in world.rows.values()]
    wrong = []
    for operation in addresses.operations():
        path = operation.address(world)
        body = samples.body_of(operation, world)
        for role, call in callers.items():
            with transaction.atomic():
                response = directly(operation.method, path, body, call.secret)
                transaction.set_rollback(True)
            code = getattr(response, "problem_code", "")
            reached = response.status_code not in {401, 404, 405} and code != "missing-scope"
            broken = response.status_code >= 500
            told = role == "outsider" and any(key in response.content.decode() for key in ithaca)
            if broken or told or reached != (role in rule_of(operation.name)):
                wrong.append(f"{role}: {operation.name}: {response.status_code} {code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_nothing_but_the_description_is_open_to_strangers(cast) -> None:
    stranger = Caller("nothing")
    for operation in addresses.operations():
        # Whether the row is there is not even asked.
        path = re.sub(r"{\w+}", str(cast.athena.pk), operation.path)
        response = directly(operation.method, path)
        assert response.status_code == 401, operation.name
    assert stranger.client.get("/api/v1/openapi.json").status_code == 200


@pytest.mark.django_db
def test_a_missing_row_looks_like_a_forbidden_one(cast, call_as) -> None:
    situation = Situation.objects.create(
        relationship=cast.relationship, learner=cast.telemachus, title="Suitors", logged_at=NOW
    )
    assert call_as(cast.telemachus).get(f"/situations/{situation.pk}").status_code == 200
    outsider = call_as(cast.antinous)
    there = outsider.get(f"/situations/{situation.pk}").json()
    nowhere = outsider.get("/situations/00000000-0000-4000-8000-000000000000").json()
    del there["instance"], nowhere["instance"]
    assert there == nowhere
