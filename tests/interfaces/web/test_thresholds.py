"""The threshold in the browser's terms: the claim's page, the reader's page, the programme's list."""

from __future__ import annotations

import json
from datetime import timedelta

import jwt
import pytest
from django.urls import reverse

from telemachy.apps.knowledge.actions import catalogue
from telemachy.apps.relationships.actions import situations
from telemachy.apps.relationships.actions import thresholds as actions
from telemachy.apps.relationships.models import ThresholdClaim
from tests.apps.relationships.test_thresholds import claimed, fresh, shared
from tests.cast import NOW, person

pytestmark = pytest.mark.django_db


def test_the_mentor_confirms_on_the_claims_page(cast, sign_in) -> None:
    claim = claimed(cast)
    client = sign_in(cast.athena)
    page = client.get(reverse("threshold", args=[claim.pk])).content.decode()
    assert "Yes, they decide this alone" in page
    client.post(reverse("threshold-step", args=[claim.pk]), {"verb": "confirm"})
    assert fresh(claim).state == "passed"


def test_not_yet_without_a_word_says_what_is_needed(cast, sign_in) -> None:
    claim = claimed(cast)
    page = sign_in(cast.athena).post(reverse("threshold-step", args=[claim.pk]), {"verb": "refuse"})
    assert "This field is required" in page.content.decode()
    assert fresh(claim).state == "claimed"


def test_the_learner_is_offered_no_step_that_is_the_mentors(cast, sign_in) -> None:
    claim = claimed(cast)
    client = sign_in(cast.telemachus)
    assert (
        "Yes, they decide this alone"
        not in client.get(reverse("threshold", args=[claim.pk])).content.decode()
    )
    client.post(reverse("threshold-step", args=[claim.pk]), {"verb": "confirm"})
    assert fresh(claim).state == "claimed"


def test_from_the_programmes_list_to_the_readers_rating(cast, sign_in) -> None:
    claim = shared(cast)
    manager = sign_in(cast.eurycleia)
    address = reverse("programme-ratings", args=[cast.programme.pk])
    listed = manager.get(address).content.decode()
    assert "Telemachus" in listed
    assert claim.situation.title not in listed
    manager.post(address, {"claim": str(claim.pk), f"{claim.pk}-rater": str(cast.nestor.pk)})

    reader = sign_in(cast.nestor)
    assert claim.situation.title in reader.get(reverse("rating-list")).content.decode()
    case = reader.get(reverse("threshold-rate", args=[claim.pk])).content.decode()
    assert "The stores" in case
    assert "You saw it all." not in case
    reader.post(reverse("threshold-rate", args=[claim.pk]), {"score": "4"})
    assert fresh(claim).state == "passed"


def test_however_many_wait_the_organisation_is_listed_for_one_of_them(cast, sign_in) -> None:
    first = shared(cast)
    case = situations.log(relationship=cast.relationship, title="Another", by=cast.telemachus, now=NOW)
    weaving = catalogue.add_competency(name="Weaving", by=cast.penelope, now=NOW)
    fields = {"situation": case, "competency": weaving, "shared_at": NOW + timedelta(hours=1)}
    second = ThresholdClaim.objects.create(
        **{field.name: getattr(first, field.name) for field in first._meta.fields if field.name != "id"}
        | fields
    )
    manager, address = sign_in(cast.eurycleia), reverse("programme-ratings", args=[cast.programme.pk])
    for asked, opened in ((address, first), (f"{address}?claim={second.pk}", second)):
        page = manager.get(asked).content.decode()
        assert page.count("<select") == 1
        assert f'name="{opened.pk}-rater"' in page
    bad = manager.post(address, {"claim": str(second.pk), f"{second.pk}-rater": str(cast.athena.pk)})
    assert f'name="{second.pk}-rater"' in bad.content.decode()


def test_a_manager_asks_somebody_else_where_the_reader_lets_wait(cast, sign_in) -> None:
    claim = shared(cast)
    mentes = person(cast.ithaca, "Mentes")
    actions.appoint(claim=claim, rater=mentes, by=cast.eurycleia, now=NOW)
    manager, address = sign_in(cast.eurycleia), reverse("programme-ratings", args=[cast.programme.pk])
    listed = manager.get(address).content.decode()
    assert "Ask somebody else" in listed
    assert "Who rates" not in listed
    assert "Who rates" in manager.get(f"{address}?claim={claim.pk}").content.decode()
    manager.post(address, {"claim": str(claim.pk), f"{claim.pk}-rater": str(cast.nestor.pk)})
    assert fresh(claim).rater == cast.nestor
    assert sign_in(mentes).get(reverse("threshold-rate", args=[claim.pk])).status_code == 404


def test_a_rating_given_back_waits_for_somebody_else(cast, sign_in) -> None:
    claim = shared(cast)
    actions.appoint(claim=claim, rater=cast.nestor, by=cast.eurycleia, now=NOW)
    sign_in(cast.nestor).post(reverse("threshold-return", args=[claim.pk]))
    assert fresh(claim).state == "shared"


def test_who_left_a_circle_still_closes_the_own_case_and_takes_the_badge(cast, sign_in, settings) -> None:
    settings.BADGE_KEY = KEY
    claim = shared(cast)
    actions.appoint(claim=claim, rater=cast.nestor, by=cast.eurycleia, now=NOW)
    cast.relationship.parties.filter(person=cast.telemachus).update(left_at=NOW)
    client, where = sign_in(cast.telemachus), reverse("threshold", args=[claim.pk])
    assert where in client.get(reverse("relationship", args=[cast.relationship.pk])).content.decode()
    shown = client.get(where).content.decode()
    assert reverse("trajectory", args=[cast.relationship.pk]) not in shown
    client.post(reverse("threshold-step", args=[claim.pk]), {"verb": "take_back"})
    assert (fresh(claim).state, fresh(claim).rater) == ("confirmed", None)
    ThresholdClaim.objects.filter(pk=claim.pk).update(state="passed", passed_at=NOW)
    assert reverse("threshold-badge", args=[claim.pk]) in client.get(where).content.decode()
    assert client.get(reverse("threshold-badge", args=[claim.pk])).status_code == 200


KEY = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="


def passed(cast):
    claim = claimed(cast)
    actions.confirm(claim=claim, by=cast.athena, now=NOW)
    return claim


def test_the_badge_is_signed_and_says_what_was_shown_without_the_case(cast, sign_in, settings) -> None:
    settings.BADGE_KEY = KEY
    claim = passed(cast)
    token = sign_in(cast.telemachus).get(reverse("threshold-badge", args=[claim.pk])).content.decode()
    public = jwt.PyJWK(jwt.get_unverified_header(token)["jwk"])
    badge = jwt.decode(token, public, algorithms=["EdDSA"])
    assert badge["credentialSubject"]["achievement"]["name"] == "Independence: Holding a line"
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    for secret in (claim.situation.title, "telemachus@", "The stores"):
        assert secret not in json.dumps(badge)
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token[:-8] + "AAAAAAAA", public, algorithms=["EdDSA"])


def test_the_badge_is_the_learners_alone_and_needs_a_key(cast, sign_in, settings) -> None:
    settings.BADGE_KEY = KEY
    address = reverse("threshold-badge", args=[passed(cast).pk])
    assert sign_in(cast.athena).get(address).status_code == 404
    settings.BADGE_KEY = ""
    assert sign_in(cast.telemachus).get(address).status_code == 404


def test_the_way_back_leads_to_the_trajectory_of_the_learner(cast, sign_in) -> None:
    claim = claimed(cast)
    client = sign_in(cast.athena)
    address = f"{reverse('trajectory', args=[claim.relationship_id])}?learner={claim.learner_id}"
    assert f'href="{address}"' in client.get(reverse("threshold", args=[claim.pk])).content.decode()
    assert client.get(address).status_code == 200
