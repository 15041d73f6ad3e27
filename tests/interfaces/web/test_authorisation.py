"""Who reaches what: every address of the product, for every role, and for another organisation.

An address that RULES does not name fails the test, so nobody forgets to decide. What a person may not
see answers 404, as if it were not there; a step that only the other seat may take answers 403.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from telemachy.interfaces.web import context
from telemachy.project import urls
from tests.world import World, build

ROLES = {
    "mentor": "athena",
    "learner": "telemachus",
    "manager": "eurycleia",
    "administrator": "penelope",
    "colleague": "nestor",
    "outsider": "antinous",
    "anonymous": None,
}
PARTIES = frozenset({"mentor", "learner"})
#: Athena coaches, and Nestor rates her.
COACH_AND_ASSESSOR = frozenset({"mentor", "colleague"})
RUNNERS = frozenset({"manager", "administrator"})
SIGNED_IN = frozenset(ROLES) - {"anonymous"}
#: Antinous administrates another organisation: he sees his own pages at these addresses.
ADMINISTRATORS = frozenset({"administrator", "outsider"})
EVERYBODY = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """Who gets in, and what fills the address: keyword -> a row of the world, or a literal."""

    who: frozenset[str]
    rows: tuple[tuple[str, str], ...] = ()
    literals: tuple[tuple[str, object], ...] = ()


def rules(who: frozenset[str], row: str, *names: str) -> dict[str, Rule]:
    """Give several addresses that take the key of one row the same rule."""
    return dict.fromkeys(names, Rule(who, (("pk", row),) if row else ()))


RULES: dict[str, Rule] = {
    # --- about whoever asks
    **rules(
        SIGNED_IN,
        "",
        *("home", "programme-list", "learner-list", "situation-list", "session-list", "my-development"),
        *("notification-list", "notifications-read", "profile", "preferences", "availability", "welcome"),
        *("mail-frequency", "privacy", "consent", "data-export-request", "erase", "person-switch"),
        *("calendar-feed", "calendar-feed-revoke", "match-method", "reflection-list", "account_email"),
        *("wishes", "my-calibration"),
    ),
    **rules(frozenset({"learner"}), "reflection", "reflection"),
    **rules(frozenset({"learner"}), "notification", "notification"),
    **rules(frozenset({"learner"}), "export", "data-export"),
    # --- programmes
    **rules(RUNNERS | {"outsider"}, "", "programme-new"),
    "programme-create": Rule(RUNNERS | {"outsider"}, literals=(("template", "leadership"),)),
    **rules(
        RUNNERS,
        "programme",
        *("programme", "programme-edit", "programme-step", "programme-duplicate", "programme-managers"),
        *("programme-participants", "programme-enrol", "programme-links", "programme-export"),
        *("programme-outcomes", "programme-outcomes-csv", "programme-outcomes-pdf"),
        *("programme-health", "programme-health-compute", "programme-interventions", "programme-signal"),
        *("roster-list", "roster-upload", "programme-invite"),
        *("match-run-list", "pair-rule-add", "pair-add", "programme-waiting"),
    ),
    "programme-pair": Rule(RUNNERS, (("pk", "programme"), ("pair", "pair"))),
    "programme-nudge": Rule(RUNNERS, (("pk", "programme"), ("pair", "pair"))),
    **rules(RUNNERS, "enrolment", "enrolment", "enrolment-invite"),
    **rules(RUNNERS, "link", "enrolment-link-revoke"),
    **rules(
        RUNNERS,
        "roster",
        *("roster", "roster-columns", "roster-progress", "roster-commit", "roster-take-back"),
        "roster-discard",
    ),
    "roster-rejected": Rule(RUNNERS, (("pk", "roster"),), (("kind", "csv"),)),
    **rules(
        RUNNERS,
        "run",
        *("match-run", "match-run-progress", "match-run-publish", "match-run-discard", "match-run-compare"),
        *("match-run-what-if", "match-run-keep", "match-run-again"),
    ),
    "match-run-move": Rule(RUNNERS, (("pk", "run"), ("learner", "learner"))),
    "match-run-place": Rule(RUNNERS, (("pk", "run"), ("person", "learner"))),
    "match-run-circle-lock": Rule(RUNNERS, (("pk", "run"),), (("circle", 1),)),
    **rules(RUNNERS, "proposal", "proposal"),
    **rules(RUNNERS, "pair_rule", "pair-rule-undo"),
    # --- relationships: the existence is known to who runs the programme, the content to the pair alone
    **rules(PARTIES | RUNNERS, "pair", "relationship"),
    **rules(RUNNERS, "pair", "relationship-transfer", "relationship-call-off"),
    **rules(
        PARTIES,
        "pair",
        *("relationship-step", "relationship-meet", "relationship-situations", "pulse", "feedback"),
        *("trajectory", "trajectory-pdf", "situation-add", "session-add"),
        *("session-record", "goal-list", "goal-add", "goal-check", "plan", "plan-review", "activity-add"),
        *("charter", "charter-begin", "charter-edit", "charter-draft", "charter-agree"),
    ),
    **rules(frozenset({"learner"}), "pair", "situation-add-draft"),
    "charter-version": Rule(PARTIES, (("pk", "pair"),), (("number", 1),)),
    **rules(
        PARTIES,
        "goal",
        *("goal", "goal-revise", "goal-agree", "goal-record", "goal-reach", "goal-reopen", "goal-drop"),
    ),
    **rules(PARTIES, "activity", "activity-revise", "activity-done", "activity-remove", "activity-comment"),
    **rules(
        PARTIES,
        "session",
        *("session", "session-times", "session-move", "session-confirm", "session-cancel", "session-hold"),
        *("session-miss", "session-goal", "session-guide", "agenda-add", "action-item-add"),
        *("session-note-private", "session-note-shared", "session-note-draft"),
    ),
    **rules(PARTIES, "agenda_item", "agenda-item"),
    **rules(PARTIES, "action_item", "action-item"),
    **rules(
        PARTIES,
        "situation",
        *("situation", "situation-revise", "situation-reason", "situation-ask", "situation-guide"),
        "situation-insist",
        *("situation-decide", "situation-act", "situation-account", "situation-debrief", "situation-rate"),
        *("situation-message", "situation-mark", "situation-attach"),
    ),
    "situation-draft": Rule(PARTIES, (("pk", "situation"),), (("step", "reason"),)),
    **rules(PARTIES, "attachment", "attachment", "attachment-remove"),
    # --- the threshold: the pair, one independent reader, and who appoints the reader
    **rules(PARTIES, "threshold", "threshold", "threshold-step"),
    **rules(SIGNED_IN, "", "rating-list"),
    **rules(frozenset({"colleague"}), "threshold", "threshold-rate", "threshold-return"),
    # A badge is there once the threshold is passed, which this one is not.
    **rules(NOBODY, "threshold", "threshold-badge"),
    **rules(RUNNERS, "programme", "programme-ratings"),
    # --- practice: everybody's own; what a mentor practised exists for nobody else, managers included
    **rules(
        SIGNED_IN,
        "",
        *("practice", "practice-path", "practice-progress", "role-play-list", "commitment-list"),
        *("mirror", "mirror-switch", "mirror-mark"),
    ),
    **{
        name: Rule(SIGNED_IN, literals=(("skill", "all"),))
        for name in ("practice-drill", "practice-rate", "practice-undo")
    },
    "role-play-begin": Rule(SIGNED_IN, literals=(("scenario", "silence"),)),
    **rules(frozenset({"mentor"}), "role_play", "role-play", "role-play-back", "role-play-remove"),
    **rules(frozenset({"mentor"}), "commitment", "commitment", "commitment-drop"),
    # --- recordings: coach, client, and whom their terms name; here that is the colleague
    **rules(SIGNED_IN, "", "recording-list"),
    **rules(PARTIES, "pair", "recording-ask"),
    **rules(
        PARTIES | {"colleague"},
        "recording",
        *("recording", "recording-consent", "recording-terms", "recording-upload", "recording-transcribe"),
        *("recording-speakers", "recording-remap", "recording-progress", "recording-measures"),
        *("recording-audio", "recording-codes"),
    ),
    **rules(PARTIES, "recording", "recording-agree", "recording-withdraw"),
    **dict.fromkeys(
        ("recording-turn", "evidence-pin"),
        Rule(PARTIES | {"colleague"}, (("pk", "recording"),), (("number", 0),)),
    ),
    **rules(frozenset({"colleague"}), "pin", "evidence-remove"),
    **rules(ADMINISTRATORS, "", "recording-rules", "corrections"),
    # --- reviews: the coach and whom the coach asked, here the colleague; the client sees none of it
    **rules(SIGNED_IN, "", "review-list", "review-progress", "readiness", "rubric-list"),
    **rules(frozenset({"mentor"}), "to_review", "review-ask"),
    **rules(COACH_AND_ASSESSOR, "review", "review", "review-call-off", "review-decline", "review-go-on"),
    **rules(frozenset({"colleague"}), "review", "review-rate", "review-keep"),
    **rules(COACH_AND_ASSESSOR, "answered_review", "letter", "letter-pdf"),
    **rules(frozenset({"colleague"}), "answered_review", "letter-write", "letter-keep", "letter-send"),
    **rules(frozenset({"mentor"}), "point", "point-goal", "point-mark"),
    **rules(frozenset({"mentor"}), "hours", "hours-remove"),
    **rules(frozenset({"learner"}), "hours", "hours-confirm"),
    **rules(frozenset({"colleague"}), "coach", "readiness-of"),
    # --- supervision: Athena brings a case, Nestor supervises; who runs the programme or the house is nobody
    **rules(SIGNED_IN, "", "supervision", "supervision-ask", "supervision-case-add", "supervision-draft"),
    **rules(
        COACH_AND_ASSESSOR,
        "supervision_room",
        *("supervision-room", "supervision-answer", "supervision-invite", "supervision-leave"),
    ),
    **rules(
        COACH_AND_ASSESSOR,
        "supervision_case",
        *("supervision-case", "supervision-case-share", "supervision-case-back", "supervision-case-close"),
        *("supervision-case-remove", "supervision-note-add"),
    ),
    **rules(frozenset({"mentor"}), "supervision_case", "supervision-case-write", "supervision-case-draft"),
    "supervision-step-draft": Rule(COACH_AND_ASSESSOR, (("pk", "supervision_case"),), (("step", "note"),)),
    **rules(frozenset({"colleague"}), "supervision_note", "supervision-note-remove"),
    # Rubrics are everybody's of the organisation to read; assessors and administrators write them.
    **rules(
        SIGNED_IN - {"outsider"},
        "rubric",
        *("rubric", "rubric-revise", "rubric-duplicate", "rubric-archive", "rubric-restore"),
        "supervision-aside",
    ),
    **rules(ADMINISTRATORS | {"colleague"}, "", "rubric-add", "credential-list", "credential-add"),
    "rubric-example": Rule(ADMINISTRATORS | {"colleague"}, literals=(("key", "icf"),)),
    **rules(frozenset({"administrator", "colleague"}), "credential", "credential", "credential-archive"),
    # --- the organisation
    **rules(
        ADMINISTRATORS,
        "",
        *("organisation", "organisation-person-add", "organisation-invite", "agent-list"),
        *("organisation-settings", "audit-trail", "audit-export", "undelivered-mail"),
    ),
    **rules(frozenset({"administrator"}), "colleague", "organisation-person"),
    **rules(frozenset({"administrator"}), "mail", "mail-resend"),
    # Failed jobs may name any organisation: only operators of the installation see them.
    **rules(NOBODY, "", "dead-letters"),
    "dead-letter-retry": Rule(NOBODY, literals=(("pk", "00000000-0000-4000-8000-000000000000"),)),
    # --- programs: tokens, webhooks, agents, and what they wrote
    **rules(SIGNED_IN, "", "token-list", "application-allow", "own-agents", "held-guidance-list"),
    **rules(frozenset({"mentor", "administrator"}), "token", "token-revoke"),
    **rules(frozenset({"mentor", "administrator"}), "agent", "agent", "agent-step", "agent-hand-over"),
    **rules(frozenset({"mentor"}), "held", "held-guidance"),
    **rules(frozenset({"mentor"}), "held_lesson", "held-lesson"),
    # An agent's training is its human mentor's: content, as with every pair.
    **rules(frozenset({"mentor"}), "agent_seat", "training", "training-lessons", "trace-upload"),
    **rules(frozenset({"mentor"}), "agent_case", "training-case"),
    **rules(frozenset({"mentor"}), "agent_goal", "training-goal"),
    **rules(frozenset({"mentor"}), "agent_mode", "failure-mode-level"),
    **rules(frozenset({"mentor"}), "agent_lesson", "lesson-withdraw"),
    **rules(frozenset({"mentor"}), "trace_import", "trace-import", "trace-commit", "trace-discard"),
    **rules(ADMINISTRATORS, "", "organisation-tokens", "webhook-list"),
    **rules(frozenset({"administrator"}), "webhook", "webhook"),
    **rules(frozenset({"administrator"}), "delivery", "delivery-again"),
    # --- a language model's help: the pair's own; an agent's draft is for who decides on it, here nobody
    **rules(SIGNED_IN, "", "assist"),
    **rules(PARTIES, "situation", "assist-questions", "assist-summary"),
    **rules(PARTIES, "goal", "assist-goal"),
    **rules(NOBODY, "situation", "assist-draft"),
    **rules(ADMINISTRATORS, "", "assist-rules"),
    # --- open to strangers, each harmless or guarded by a secret in the address
    **rules(EVERYBODY, "", "set_language"),
    "join": Rule(EVERYBODY, literals=(("token", "a-secret-of-ithaca"),)),
    "invitation-accept": Rule(NOBODY, literals=(("token", "not-a-secret"),)),
    "feed": Rule(NOBODY, literals=(("token", "not-a-secret"),)),
    "mail-choice": Rule(NOBODY, literals=(("token", "not-a-secret"),)),
    # The components, of no organisation.
    **rules(EVERYBODY, "", "gallery"),
    # Only where the demo runs.
    "demo-enter": Rule(NOBODY, literals=(("token", "not-a-secret"),)),
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Return every address that this product serves itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif entry.callback.__module__.startswith("telemachy."):
            yield entry


def address(name: str, world: World) -> str:
    """Return the address of a rule, filled with the world's rows."""
    rule = RULES[name]
    rows = {keyword: world.rows[row].pk for keyword, row in rule.rows}
    return reverse(name, kwargs={**rows, **dict(rule.literals)})


def methods(pattern: URLPattern) -> list[str]:
    """Return the methods that an address answers, of those that a browser sends."""
    view = getattr(pattern.callback, "view_class", None)
    return [name for name in ("get", "post") if view is None or hasattr(view, name)]


def kept_out(response: HttpResponse) -> bool:
    """Tell whether the answer is that there is nothing here for the asker."""
    to_sign_in = response.status_code == 302 and response.url.startswith(reverse(settings.LOGIN_URL))
    return response.status_code == 404 or to_sign_in


def test_every_address_is_decided_on() -> None:
    names = {pattern.name for pattern in patterns()}
    assert names - RULES.keys() == set(), "say in RULES who may reach these"
    assert RULES.keys() - names == set(), "these addresses are gone"


@pytest.fixture
def keep_frame(monkeypatch: pytest.MonkeyPatch) -> Callable[[Client], None]:
    """Return a function that draws a client's refusal once in full, then no more of it, nor its navigation.

    Both are the same at every address, and took more than half of the time.
    """
    navigation = context.navigation
    kept: list[context.NavItem] = []

    def keep(request: HttpRequest) -> list[context.NavItem]:
        kept.extend(navigation(request))
        return kept

    def draw_once(client: Client) -> None:
        monkeypatch.setattr(context, "navigation", keep)
        refusal = client.get("/nowhere/")
        assert refusal.status_code == 404
        assert refusal.templates
        monkeypatch.setattr(context, "navigation", lambda request: kept)
        monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404))

    return draw_once


@pytest.mark.parametrize("role", ROLES)
def test_everyone_reaches_what_is_theirs_and_nothing_else(cast, keep_frame, role: str) -> None:
    world = build(cast)
    client = Client(raise_request_exception=False)
    if ROLES[role]:
        who = getattr(cast, ROLES[role])
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
        client.get(reverse("profile"))  # the first visit writes the list of sessions
    keep_frame(client)

    wrong = []
    for pattern in patterns():
        allowed = role in RULES[pattern.name].who
        for method in methods(pattern):
            with transaction.atomic():
                sent = {name: str(world.rows[row].pk) for name, row in SENT.get(pattern.name, {}).items()}
                response = getattr(client, method)(address(pattern.name, world), sent)
                transaction.set_rollback(True)
            refused = kept_out(response) or (
                response.status_code == 403 and pattern.name in ASKED_TO_ADMINISTER
            )
            if response.status_code >= 500 or allowed == refused:
                wrong.append(f"{method} {pattern.name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


#: What an address needs to be told before it answers: parameter -> a row of the world.
SENT = {"match-run-compare": {"with": "other_run"}, "match-run-move": {"choice": "mentor"}}

#: Pages that everybody knows to exist, so that a plain refusal gives nothing away.
ASKED_TO_ADMINISTER = {
    name
    for name, rule in RULES.items()
    if rule.who in (ADMINISTRATORS, RUNNERS | {"outsider"}, frozenset({"administrator"}), NOBODY)
}


def test_a_missing_row_looks_like_a_forbidden_one(cast, sign_in) -> None:
    world = build(cast)
    client = sign_in(cast.antinous)
    there = client.get(address("situation", world))
    nowhere = client.get(reverse("situation", args=["00000000-0000-4000-8000-000000000000"]))
    assert there.status_code == nowhere.status_code == 404
    assert len(there.content) == len(nowhere.content)
