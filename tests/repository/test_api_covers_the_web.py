"""What a page lets somebody do, a program can do too: each address that writes names its operation.

A new page that writes fails here until it names an operation of the API, or a reason why there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.interfaces.api import addresses

#: Why some things are done on pages alone.
DRAFT = "keeps what is half written in a form; a program sends it when it is whole"
SECRET = "makes a secret that would outlive a leaked token"
HUMAN = "a human has to have read what an agent wrote"
BROWSER = "belongs to a browser's session"
STRANGER = "is for whoever has no sign-in yet, by a link that was mailed"
FINAL = "cannot be undone, and asks for what only the person types"
OPERATOR = "is the operator's, who has the command line"
NOTICE = "sends words of people to a provider, after a notice that a person reads"
EXCEPTIONS = {
    **dict.fromkeys(("charter-draft", "session-note-draft", "situation-draft", "situation-add-draft"), DRAFT),
    **dict.fromkeys(("supervision-draft", "supervision-case-draft", "supervision-step-draft"), DRAFT),
    "situation-mark": DRAFT,
    **dict.fromkeys(("token-list", "calendar-feed"), SECRET),
    **dict.fromkeys(("held-guidance", "held-lesson"), HUMAN),
    **dict.fromkeys(("person-switch", "set_language", "application-allow"), BROWSER),
    **dict.fromkeys(("assist", "assist-questions", "assist-summary", "assist-draft", "assist-goal"), NOTICE),
    "assist-rules": NOTICE,
    **dict.fromkeys(("invitation-accept", "join", "mail-choice"), STRANGER),
    "erase": FINAL,
    "dead-letter-retry": OPERATOR,
}

#: Name of a page's address -> the operations that do what it does.
OPERATIONS: dict[str, str | tuple[str, ...]] = {
    # --- about oneself
    "profile": "PATCH /me/profile",
    "welcome": "PATCH /me/profile",
    "availability": "PUT /me/availability",
    "mail-frequency": "PUT /me/mail",
    "consent": "PUT /me/consents/{purpose}",
    "data-export-request": "POST /me/copies",
    "notification": "POST /me/news/{pk}/read",
    "notifications-read": "POST /me/news/read",
    "calendar-feed-revoke": "DELETE /me/calendar-feed",
    "wishes": "PUT /me/places/{pk}/wishes",
    "reflection-list": "POST /me/reflections",
    "reflection": ("PUT /me/reflections/{pk}/shared", "DELETE /me/reflections/{pk}"),
    "pulse": "POST /relationships/{pk}/pulses",
    "feedback": "POST /relationships/{pk}/feedback",
    # --- relationships, charters, goals, plans
    "relationship-step": "POST /relationships/{pk}/steps",
    "relationship-meet": "POST /relationships/{pk}/meeting",
    "relationship-call-off": "POST /relationships/{pk}/call-off",
    "relationship-transfer": "POST /relationships/{pk}/transfer",
    "charter-begin": "POST /relationships/{pk}/charter/draft",
    "charter-edit": "POST /relationships/{pk}/charter",
    "charter-agree": "POST /relationships/{pk}/charter/agreement",
    "goal-add": "POST /relationships/{pk}/goals",
    "goal-check": "POST /goals/check",
    "goal-revise": "PUT /goals/{pk}",
    "goal-record": "POST /goals/{pk}/readings",
    **dict.fromkeys(("goal-agree", "goal-reach", "goal-reopen", "goal-drop"), "POST /goals/{pk}/steps"),
    "activity-add": "POST /relationships/{pk}/activities",
    "activity-revise": "PUT /activities/{pk}",
    "activity-done": "PUT /activities/{pk}/done",
    "activity-remove": "DELETE /activities/{pk}",
    "activity-comment": "PUT /activities/{pk}/comment",
    "plan-review": "POST /relationships/{pk}/plan-reviews",
    # --- sessions
    "session-add": ("POST /relationships/{pk}/sessions", "POST /relationships/{pk}/sessions/offer"),
    "session-record": "POST /relationships/{pk}/sessions/held",
    "session-times": "POST /sessions/{pk}/offer",
    "session-move": "PUT /sessions/{pk}",
    "session-confirm": "POST /sessions/{pk}/confirm",
    **dict.fromkeys(("session-cancel", "session-hold", "session-miss"), "POST /sessions/{pk}/steps"),
    "session-goal": "PUT /sessions/{pk}/goal",
    "session-guide": "PUT /sessions/{pk}/guide",
    "agenda-add": "POST /sessions/{pk}/agenda",
    "agenda-item": ("PUT /agenda/{pk}", "DELETE /agenda/{pk}"),
    **dict.fromkeys(("session-note-private", "session-note-shared"), "PUT /sessions/{pk}/notes"),
    "action-item-add": "POST /sessions/{pk}/action-items",
    "action-item": ("PUT /action-items/{pk}", "DELETE /action-items/{pk}"),
    # --- situations, thresholds
    "situation-add": "POST /situations/log",
    "situation-revise": "PUT /situations/{pk}",
    "situation-reason": "POST /situations/{pk}/reasoning",
    "situation-ask": "POST /situations/{pk}/question",
    "situation-insist": "POST /situations/{pk}/insist",
    "situation-guide": "POST /situations/{pk}/guidance",
    "situation-decide": "POST /situations/{pk}/decision",
    "situation-act": "POST /situations/{pk}/act",
    "situation-account": "POST /situations/{pk}/account",
    "situation-debrief": "POST /situations/{pk}/ratings",
    "situation-rate": "POST /situations/{pk}/own-rating",
    "situation-message": "POST /situations/{pk}/messages",
    "situation-attach": "POST /situations/{pk}/attachments",
    "attachment-remove": "DELETE /attachments/{pk}",
    "threshold-step": "POST /thresholds/{pk}/steps",
    "threshold-rate": "POST /thresholds/{pk}/rating",
    "threshold-return": "DELETE /thresholds/{pk}/rating",
    "programme-ratings": "PUT /programmes/{pk}/thresholds/{claim}",
    # --- recordings, reviews, readiness
    "recording-ask": "POST /relationships/{pk}/recordings",
    "recording-agree": "POST /recordings/{pk}/agreement",
    "recording-terms": "PUT /recordings/{pk}/terms",
    "recording-withdraw": "POST /recordings/{pk}/withdrawal",
    "recording-upload": ("PUT /recordings/{pk}/audio", "PUT /recordings/{pk}/transcript"),
    **dict.fromkeys(("recording-transcribe", "recording-remap"), "POST /recordings/{pk}/steps"),
    "recording-speakers": ("PUT /recordings/{pk}/speakers", "POST /recordings/{pk}/steps"),
    "recording-turn": "PUT /recordings/{pk}/turns/{number}",
    "recording-rules": "PUT /recording-rules",
    "evidence-pin": "POST /recordings/{pk}/turns/{number}/evidence",
    "evidence-remove": "DELETE /evidence/{pk}",
    "review-ask": "POST /recordings/{pk}/reviews",
    **dict.fromkeys(("review-rate", "review-keep"), "PUT /recording-reviews/{pk}/rating"),
    **dict.fromkeys(
        ("review-decline", "review-call-off", "review-go-on"), "POST /recording-reviews/{pk}/steps"
    ),
    **dict.fromkeys(("letter-write", "letter-keep"), "PUT /recording-reviews/{pk}/letter"),
    "letter-send": "POST /recording-reviews/{pk}/letter/send",
    "point-goal": "POST /development-points/{pk}/goal",
    "point-mark": "PUT /development-points/{pk}",
    **dict.fromkeys(("rubric-add", "rubric-example"), "POST /rubrics"),
    "rubric-revise": "PUT /rubrics/{pk}",
    "rubric-duplicate": "POST /rubrics/{pk}/copies",
    **dict.fromkeys(("rubric-archive", "rubric-restore"), "POST /rubrics/{pk}/steps"),
    "readiness": "POST /me/hours",
    "hours-remove": "DELETE /me/hours/{pk}",
    "hours-confirm": "POST /me/hours-to-confirm/{pk}",
    "supervision-aside": "DELETE /me/readiness/hints/{rubric}",
    "credential-add": "POST /credentials",
    "credential": "PUT /credentials/{pk}",
    "credential-archive": "DELETE /credentials/{pk}",
    # --- supervision
    "supervision-ask": "POST /supervision-rooms",
    "supervision-invite": "POST /supervision-rooms/{pk}/members",
    **dict.fromkeys(("supervision-answer", "supervision-leave"), "POST /supervision-rooms/{pk}/steps"),
    "supervision-case-add": "POST /supervision-cases",
    "supervision-case-write": "PUT /supervision-cases/{pk}",
    "supervision-case-share": "PUT /supervision-cases/{pk}/room",
    "supervision-case-back": "DELETE /supervision-cases/{pk}/room",
    "supervision-case-close": "POST /supervision-cases/{pk}/closing",
    "supervision-case-remove": "DELETE /supervision-cases/{pk}",
    "supervision-note-add": "POST /supervision-cases/{pk}/notes",
    "supervision-note-remove": "DELETE /supervision-notes/{pk}",
    # --- practice
    "practice-drill": "POST /practice/checks",
    "practice-rate": "POST /practice/answers",
    "practice-undo": "DELETE /practice/answers/last",
    "role-play-begin": "POST /practice/role-plays",
    "role-play": "POST /practice/role-plays/{pk}/turns",
    "role-play-back": "DELETE /practice/role-plays/{pk}/turns/last",
    "role-play-remove": "DELETE /practice/role-plays/{pk}",
    "commitment-list": "POST /practice/commitments",
    "commitment": "PUT /practice/commitments/{pk}",
    "commitment-drop": "DELETE /practice/commitments/{pk}",
    "mirror-switch": "PUT /practice/mirror",
    "mirror-mark": "POST /practice/mirror/marks",
    # --- programmes and matching
    "programme-create": "POST /programmes",
    "programme-edit": "PUT /programmes/{pk}",
    "programme-step": "POST /programmes/{pk}/steps",
    "programme-duplicate": "POST /programmes/{pk}/copies",
    "programme-managers": ("POST /programmes/{pk}/managers", "DELETE /programmes/{pk}/managers/{person}"),
    "programme-enrol": "POST /programmes/{pk}/enrolments",
    "enrolment": "PATCH /enrolments/{pk}",
    "enrolment-invite": "POST /enrolments/{pk}/invitation",
    "programme-invite": "POST /programmes/{pk}/invitations",
    "programme-links": "POST /programmes/{pk}/links",
    "enrolment-link-revoke": "DELETE /enrolment-links/{pk}",
    **dict.fromkeys(("pair-add", "programme-waiting"), "POST /programmes/{pk}/pairs"),
    "pair-rule-add": "POST /programmes/{pk}/pair-rules",
    "pair-rule-undo": "DELETE /pair-rules/{pk}",
    "roster-upload": "POST /programmes/{pk}/rosters",
    "roster-columns": "PUT /rosters/{pk}/columns",
    "roster-commit": "POST /rosters/{pk}/commit",
    "roster-take-back": "POST /rosters/{pk}/take-back",
    "roster-discard": "POST /rosters/{pk}/discard",
    "match-run-list": "POST /programmes/{pk}/match-runs",
    "match-run-again": "POST /match-runs/{pk}/again",
    "match-run-what-if": "POST /match-runs/{pk}/trials",
    **dict.fromkeys(
        ("match-run-keep", "match-run-publish", "match-run-discard"), "POST /match-runs/{pk}/steps"
    ),
    "match-run-move": "POST /match-runs/{pk}/moves",
    "match-run-place": "POST /match-runs/{pk}/peer-moves",
    "match-run-circle-lock": "POST /match-runs/{pk}/circles/{circle}/lock",
    "proposal": "POST /proposals/{pk}/steps",
    "programme-health-compute": "POST /programmes/{pk}/health",
    "programme-nudge": "POST /relationships/{pk}/nudges",
    "programme-signal": "POST /programmes/{pk}/interventions",
    # --- the organisation
    "organisation-person-add": "POST /people",
    "organisation-person": ("POST /people/{pk}/steps", "PUT /people/{pk}/address"),
    "organisation-invite": "POST /people/invitations",
    "organisation-settings": "PUT /organisation",
    "mail-resend": "POST /undelivered-mail/{pk}/attempts",
    "agent-list": "POST /agents",
    "agent": ("PUT /agents/{pk}", "PUT /agents/{pk}/programmes"),
    # --- training agents
    "training-case": ("POST /situations/{pk}/guidance", "POST /situations/{pk}/ratings"),
    "training-goal": "PUT /goals/{pk}/asking",
    "trace-upload": "POST /relationships/{pk}/traces",
    "trace-commit": "POST /trace-imports/{pk}/commit",
    "trace-discard": "POST /trace-imports/{pk}/discard",
    "failure-mode-level": "PUT /relationships/{pk}/levels",
    "lesson-withdraw": "POST /lessons/{pk}/withdraw",
    "agent-step": ("POST /agents/{pk}/suspension", "DELETE /agents/{pk}/suspension"),
    "agent-hand-over": "PUT /agents/{pk}/owner",
    "token-revoke": "DELETE /tokens/{pk}",
    "webhook-list": "POST /webhooks",
    "webhook": ("DELETE /webhooks/{pk}", "POST /webhooks/{pk}/trials", "POST /webhooks/{pk}/keys"),
    "delivery-again": "POST /deliveries/{pk}/attempts",
}


def writes() -> Iterator[str]:
    """Names of the pages' own addresses that take a POST."""
    stack: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while stack:
        found = stack.pop()
        if isinstance(found, URLResolver):
            stack += found.url_patterns
            continue
        view = getattr(found.callback, "view_class", None)
        is_page = view is not None and view.__module__.startswith("telemachy.interfaces.web")
        if is_page and hasattr(view, "post") and "post" in getattr(view, "http_method_names", ()):
            yield str(found.name)


def test_every_page_that_writes_names_its_operation_or_a_reason() -> None:
    open_ones = set(writes()) - OPERATIONS.keys() - EXCEPTIONS.keys()
    assert not open_ones, "name the operations of the API that do what these pages do, or say why none does"


def test_the_table_names_pages_and_operations_that_exist() -> None:
    assert OPERATIONS.keys() | EXCEPTIONS.keys() <= set(writes())
    assert not OPERATIONS.keys() & EXCEPTIONS.keys()
    known = {operation.name for operation in addresses.operations()}
    named = {name for names in OPERATIONS.values() for name in ([names] if isinstance(names, str) else names)}
    assert named <= known
