"""The pytest plugin: a test run becomes a check of a situation, and never suffers from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from django.test import Client

from telemachy.apps.relationships.models import OutcomeReport, Situation
from telemachy.client import pytest_plugin
from telemachy.client.transport import Patience, Transport
from tests.cast import Cast
from tests.interfaces.api.conftest import Caller

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.django_db

TESTS = """
import pytest

@pytest.mark.telemachy("ticket-7")
@pytest.mark.parametrize("amount", [20, 10])
def test_half_is_refunded(amount):
    assert amount == {amount}

@pytest.mark.telemachy("ticket-7")
@pytest.mark.skip(reason="what was not tried is not told")  # the plugin must report nothing of it
def test_later(): ...

def test_of_nothing_else(): ...
"""
Run = Callable[..., Any]


@pytest.fixture
def decided(cast: Cast, goal, call_as) -> Situation:
    """A case that Argus calls ticket-7 and has decided."""
    argus: Caller = call_as(cast.argus)
    case = {"goal_id": str(goal.pk), "summary": "VIP asks for a refund", "external_ref": "ticket-7"}
    key = argus.post("/situations", case).json()["situation_id"]
    argus.post(f"/situations/{key}/decision", {"decision": "Half", "confidence": 0.8})
    return Situation.objects.get(pk=key)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let the plugin reach the product without a network; put something in and it is away."""
    gone: list[bool] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if gone:
            raise httpx.ConnectError("no way there")
        sent = {"data": request.content, "content_type": "application/json", "headers": request.headers}
        answer = Client().generic(request.method, request.url.path, **sent)
        return httpx.Response(answer.status_code, content=answer.content)

    def transport(url: str, key: str, _none: None, patience: Patience) -> Transport:
        return Transport(url, key, httpx.MockTransport(answer), Patience(1, 0.0, patience.timeout))

    monkeypatch.setattr(pytest_plugin, "Transport", transport)
    return gone


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, away, cast: Cast, call_as) -> Run:
    """Return a function that runs tests as a project of their own does, with a verifier's key."""
    key = call_as(cast.penelope, ["check"], "verifier", cast.programme).secret
    monkeypatch.setenv("TELEMACHY_VERIFIER_KEY", key)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")

    def go(*options: str, amount: str = "amount") -> Any:
        pytester.makepyfile(test_refunds=TESTS.replace("{amount}", amount))
        others = [
            f"-pno:{name}" for name in ("django", "playwright", "xdist", "schemathesis", "hypothesispytest")
        ]
        address = "--telemachy-url=http://localhost:8000"
        return pytester.runpytest_inprocess(
            "-ptelemachy.client.pytest_plugin", "--strict-markers", *others, address, *options
        )

    return go


def test_a_run_is_one_check_of_the_case_and_the_same_run_counts_once(decided: Situation, run: Run) -> None:
    result = run("--telemachy-evidence=https://ci.example/17")
    result.assert_outcomes(passed=3, skipped=1)
    result.stdout.fnmatch_lines(["*- telemachy -*", "ticket-7: passed, reported"])
    run("--telemachy-evidence=https://ci.example/17")
    check = OutcomeReport.objects.get()
    assert (check.situation, check.tier, check.success) == (decided, "E3", True)
    assert (check.note, check.evidence_uri) == ("pytest: 2 of 2 tests passed.", "https://ci.example/17")


def test_what_fails_is_named(decided: Situation, run: Run) -> None:
    result = run(amount="10")
    result.assert_outcomes(passed=2, failed=1, skipped=1)
    check = OutcomeReport.objects.get()
    assert not check.success
    assert "1 of 2" in check.note
    assert "test_refunds.py::test_half_is_refunded[20]" in check.note


def test_a_run_cut_short_tells_failures_only(decided: Situation, run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_first="def test_that_fails(): assert False")
    run("-x").stdout.fnmatch_lines(["*1 failed*"])
    pytester.makeconftest("import pytest\n@pytest.fixture(autouse=True)\ndef broken(): raise OSError")
    run("test_refunds.py").stdout.fnmatch_lines(["ticket-7: not all of its tests ran, nothing reported"])
    assert not OutcomeReport.objects.exists()


def test_without_a_connection_checks_wait_for_the_next_run(decided: Situation, run: Run, away) -> None:
    away.append(True)
    result = run()
    assert result.ret == 0
    result.stdout.fnmatch_lines(["ticket-7: passed, kept for the next run"])
    away.clear()
    run("--telemachy-evidence=https://ci.example/18").stdout.fnmatch_lines(["1 checks of earlier runs sent"])
    assert OutcomeReport.objects.count() == 2


@pytest.mark.parametrize("key", ["", "tmk_unknown"])
def test_without_a_key_that_works_the_run_is_as_good(
    decided: Situation, run: Run, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("TELEMACHY_VERIFIER_KEY", key)
    result = run()
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*Nobody knows this token*" if key else "*none told: set TELEMACHY_URL*"])


def test_a_key_of_another_programme_or_the_learners_own_checks_nothing(
    decided: Situation, run: Run, monkeypatch: pytest.MonkeyPatch, cast: Cast, call_as
) -> None:
    for secret in (call_as(cast.argus).secret, call_as(cast.antinous).secret):
        monkeypatch.setenv("TELEMACHY_VERIFIER_KEY", secret)
        result = run()
        assert result.ret == 0
        result.stdout.fnmatch_lines(["ticket-7: passed, not reported: *missing-scope*"])
    assert not OutcomeReport.objects.exists()


def test_a_reference_of_two_learners_has_to_say_whose(decided: Situation, cast: Cast, goal, call_as) -> None:
    other = Situation.objects.get(pk=decided.pk)
    other.pk, other.learner, other._state.adding = goal.pk, cast.telemachus, True
    other.save()
    verifier: Caller = call_as(cast.penelope, ["check"], "verifier", cast.programme)
    check = {"situation_ref": "ticket-7", "success": True}
    assert verifier.post("/checks", check).json()["errors"][0]["path"] == "body.learner_id"
    answer = verifier.post("/checks", check | {"learner_id": str(cast.argus.pk)})
    assert answer.json()["situation_id"] == str(decided.pk)
    assert verifier.post("/checks", check | {"situation_ref": "ticket-8"}).status_code == 404
    for unnamed in ({}, {"situation_id": str(decided.pk), "situation_ref": "ticket-7"}):
        assert verifier.post("/checks", {"success": True} | unnamed).status_code == 422
