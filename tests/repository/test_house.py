"""The habits of ARCHITECTURE.md that a linter cannot see."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from django.apps import apps as registry

import telemachy.apps

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "telemachy"
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
OUR_APPS = (
    "audit",
    "people",
    "knowledge",
    "programmes",
    "relationships",
    "practice",
    "supervision",
    "assist",
    "integrations",
)
NAMES_IN_AN_APP = {
    "__init__.py",
    "apps.py",
    "jobs",
    "actions",
    "policies",
    "queries",
    "snapshots",
    "models",
    "migrations",
}
LONGEST_MODULE = 400


def modules_of(package: str) -> list[str]:
    found = importlib.import_module(package)
    return [package, *(name for _f, name, _p in pkgutil.walk_packages(found.__path__, f"{package}."))]


def actions() -> list[tuple[str, object]]:
    """Return every function that an actions module offers, except helpers named with an underscore."""
    found = []
    for app in OUR_APPS:
        for name in modules_of(f"telemachy.apps.{app}.actions")[1:]:
            module = importlib.import_module(name)
            for label, value in inspect.getmembers(module, inspect.isfunction):
                if value.__module__ == name and not label.startswith("_"):
                    found.append((f"{name}.{label}", value))
    return found


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_is_too_long_to_read(path: Path) -> None:
    n_lines = len(path.read_text().splitlines())
    assert n_lines <= LONGEST_MODULE, f"{n_lines} lines: split it"


def test_an_app_holds_only_the_names_that_everyone_knows() -> None:
    strange = [
        f"{app}/{entry.name}"
        for app in OUR_APPS
        for entry in (SOURCE / "apps" / app).iterdir()
        if entry.name != "__pycache__" and not {entry.name, entry.stem} & NAMES_IN_AN_APP
    ]
    assert strange == []


def test_every_app_is_held_to_the_rules() -> None:
    assert {info.name for info in pkgutil.iter_modules(telemachy.apps.__path__) if info.ispkg} == set(
        OUR_APPS
    )


#: Functions in actions modules that are no actions, each with the reason.
HELPERS = {
    "telemachy.apps.assist.actions.asking.ask": "calls the model between two actions",
    "telemachy.apps.audit.actions.outbox.deliver": "sends what an action posted and notes how it went",
    "telemachy.apps.audit.actions.outbox.describe": "reads only",
    "telemachy.apps.integrations.actions.webhook_posts.post": "sends what an action put on its way",
    "telemachy.apps.integrations.actions.webhook_posts.reason_of": "reads only",
    "telemachy.apps.audit.actions.outbox.is_permanent": "reads only",
    "telemachy.apps.audit.actions.queue.enqueue": "a part of other actions: the job that they need",
    "telemachy.apps.programmes.actions.match_runs.hold": "locks the row for the action that asked",
    "telemachy.apps.programmes.actions.match_runs.locked": "locks the row for the action that asked",
    "telemachy.apps.programmes.actions.pair_rules.about": "reads only",
    "telemachy.apps.programmes.actions.pair_rules.check_places": "reads only",
    "telemachy.apps.programmes.actions.pair_rules.check_not_forbidden": "reads only",
    "telemachy.apps.programmes.actions.pair_rules.check_there": "reads only",
    "telemachy.apps.programmes.actions.pair_rules.hold": "locks the row for the action that asked",
    "telemachy.apps.programmes.actions.pair_rules.in_reporting_line": "reads only",
    "telemachy.apps.programmes.actions.proposals.check_in_pool": "reads only",
    "telemachy.apps.programmes.actions.proposals.check_rules": "reads only",
    "telemachy.apps.programmes.actions.proposals.place": "a part of other actions: one pair by hand",
    "telemachy.apps.programmes.actions.proposals.tell_anew": "a part of other actions: the run's headline",
    "telemachy.apps.relationships.actions.memory.settle": "a part of other actions: what an outcome tells",
    "telemachy.apps.relationships.actions.memory.settle_attempt": "a part of other actions: the same of one",
    "telemachy.apps.relationships.actions.goals.locked": "locks the row for the action that asked",
    "telemachy.apps.relationships.actions.guidance.check": "reads only",
    "telemachy.apps.relationships.actions.guidance.close": "a part of other actions: the debrief itself",
    "telemachy.apps.relationships.actions.guidance.give": "a part of other actions: the sending itself",
    "telemachy.apps.relationships.actions.situations.forget_draft": "a part of other actions",
    "telemachy.apps.relationships.actions.situations.locked": "locks the row for the action that asked",
    "telemachy.apps.relationships.actions.situations.move": "a step inside other actions",
    "telemachy.apps.relationships.actions.situations.needed": "reads only",
    "telemachy.apps.relationships.actions.situations.tell": "a part of other actions: their news",
    "telemachy.apps.relationships.actions.situations.tell_mentors": "a part of other actions: the news of it",
    "telemachy.apps.audit.actions.events.record": "writes the event itself, inside an action",
    "telemachy.apps.audit.actions.events.private": "says that what changes is the actor's own affair",
    "telemachy.apps.audit.actions.events.unchanged": "says that an action had nothing to do",
    "telemachy.apps.people.actions.organisations.hold_administrators": "locks rows for the action that asked",
    "telemachy.apps.people.actions.privacy.called_after": "reads only",
    "telemachy.apps.people.actions.notifications.tell": "a part of other actions: their news",
    "telemachy.apps.programmes.actions.enrolments.link_works": "reads only",
    "telemachy.apps.programmes.actions.pair_rules.go_on_without": "a part of noting that somebody left",
    "telemachy.apps.programmes.actions.pair_rules.hold_all_of": "a part of other actions, writes no row",
    "telemachy.apps.programmes.actions.rosters.forget_files": "a part of other actions",
    "telemachy.apps.relationships.actions.steps.move": "a step inside other actions",
    "telemachy.apps.relationships.actions.steps.tell_others": "a part of other actions: their news",
    "telemachy.apps.relationships.actions.charters.settle": "a step inside other actions",
    "telemachy.apps.relationships.actions.relationships.go_on_without": "a part of noting that somebody left",
    "telemachy.apps.supervision.actions.files.delete_file": "a part of other actions",
    "telemachy.apps.supervision.actions.files.delete_words": "a part of other actions",
    "telemachy.apps.supervision.actions.files.storing": "a part of other actions, takes files back",
    "telemachy.apps.supervision.actions.transcripts.write_down": "runs the transcriber, writes no row",
}


def test_every_action_runs_in_one_transaction_with_an_event() -> None:
    loose = {name for name, function in actions() if not getattr(function, "is_action", False)}
    assert loose - HELPERS.keys() == set(), "decorate with @action, or say in HELPERS why not"
    assert HELPERS.keys() - loose == set(), "no such helper any more"


#: Who writes each model's rows. "actions": through verbs that record an event. "append": never changed
#: after. "machine": rows of the machinery, not of people's work.
WRITTEN_BY = {
    "audit.Event": "append",
    "audit.OutboxMessage": "actions",
    "audit.DeadLetter": "actions",
    "audit.ScheduleSlot": "machine",
    "audit.WorkerHeartbeat": "machine",
    "people.Organisation": "actions",
    "people.User": "actions",
    "people.Person": "actions",
    "people.Consent": "actions",
    "people.AgentCard": "actions",
    "people.DataExport": "actions",
    "people.Invitation": "actions",
    "people.Notification": "actions",
    "knowledge.Competency": "actions",
    "knowledge.Question": "actions",
    "programmes.Programme": "actions",
    "programmes.ProgrammeManager": "actions",
    "programmes.Enrolment": "actions",
    "programmes.EnrolmentLink": "actions",
    "programmes.RosterImport": "actions",
    "programmes.RosterRow": "actions",
    "programmes.ColumnMapping": "actions",
    "programmes.MatchRun": "actions",
    "programmes.PairRule": "actions",
    "programmes.Proposal": "actions",
    "programmes.Unmatched": "actions",
    "relationships.Relationship": "actions",
    "relationships.Party": "actions",
    "relationships.Charter": "actions",
    "relationships.CharterAgreement": "actions",
    "relationships.Goal": "actions",
    "relationships.GoalReading": "append",
    "relationships.PlanActivity": "actions",
    "relationships.PlanReview": "append",
    "relationships.Session": "actions",
    "relationships.SessionSlot": "actions",
    "relationships.SessionNote": "actions",
    "relationships.AgendaItem": "actions",
    "relationships.ActionItem": "actions",
    "relationships.CalendarFeed": "actions",
    "relationships.Situation": "actions",
    "relationships.Guidance": "append",
    "relationships.Message": "append",
    "relationships.Attachment": "actions",
    "relationships.Rating": "actions",
    "relationships.Draft": "actions",
    "relationships.ThresholdClaim": "actions",
    "relationships.Feedback": "append",
    "relationships.Pulse": "append",
    "relationships.Reflection": "actions",
    "relationships.GrowthPopulation": "actions",
    "relationships.GrowthStudy": "actions",
    "relationships.HealthSnapshot": "actions",
    "relationships.Nudge": "append",
    "relationships.Intervention": "actions",
    "relationships.FailureMode": "actions",
    "relationships.Lesson": "actions",
    "relationships.LessonCheck": "append",
    "relationships.Attempt": "actions",
    "relationships.TraceImport": "actions",
    "relationships.OwnLessons": "actions",
    "supervision.SupervisionRoom": "actions",
    "supervision.RoomMember": "actions",
    "supervision.SupervisionCase": "actions",
    "supervision.CaseNote": "actions",
    "practice.DrillCard": "actions",
    "practice.DrillReview": "actions",
    "practice.RolePlay": "actions",
    "practice.RolePlayTurn": "actions",
    "practice.Commitment": "actions",
    "practice.MirrorChoice": "actions",
    "relationships.OutcomeReport": "append",
    "relationships.HeldGuidance": "actions",
    "assist.AssistRules": "actions",
    "assist.Agreement": "actions",
    "assist.Use": "actions",
    "integrations.Token": "actions",
    "integrations.Application": "actions",
    "integrations.AuthorisationCode": "actions",
    "integrations.Renewal": "actions",
    "integrations.KeptAnswer": "actions",
    "integrations.Meter": "actions",
    "integrations.Webhook": "actions",
    "integrations.Delivery": "actions",
    "supervision.Recording": "actions",
    "supervision.Terms": "actions",
    "supervision.Consent": "actions",
    "supervision.Utterance": "actions",
    "supervision.Correction": "append",
    "supervision.RecordingRules": "actions",
    "supervision.Evidence": "actions",
    "supervision.Rubric": "actions",
    "supervision.RubricVersion": "append",
    "supervision.Review": "actions",
    "supervision.Assessment": "actions",
    "supervision.CompetencyRating": "actions",
    "supervision.Letter": "actions",
    "supervision.LetterQuote": "actions",
    "supervision.DevelopmentPoint": "actions",
    "supervision.HoursEntry": "actions",
    "supervision.CredentialRules": "actions",
    "supervision.SupervisionHint": "actions",
}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def test_every_model_is_classified() -> None:
    models = {
        f"{model._meta.app_label}.{model.__name__}"
        for app in OUR_APPS
        for model in registry.get_app_config(app).get_models()
        if not model._meta.auto_created
    }
    assert models == WRITTEN_BY.keys()


def _writes_in(path: Path) -> list[str]:
    """Return `objects.create`-like calls of a module: writes that name a manager or a row's own save."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            target = ast.unparse(node.func.value)
            if ".objects" in target or node.func.attr in {"bulk_create", "bulk_update", "get_or_create"}:
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno} {target}.{node.func.attr}")
    return found


def test_only_actions_and_jobs_write() -> None:
    readers = [
        path
        for path in PYTHON
        if not {"actions"} & set(path.parts) and path.stem not in {"jobs"} and path.parent.name != "jobs"
    ]
    wrong = [line for path in readers for line in _writes_in(path)]
    assert wrong == []


def test_no_model_has_verbs_of_its_own() -> None:
    for app in OUR_APPS:
        for model in registry.get_app_config(app).get_models():
            assert "save" not in vars(model), f"{model.__name__} overrides save()"
            assert "delete" not in vars(model), f"{model.__name__} overrides delete()"


def test_nothing_of_the_house_is_left_unfinished() -> None:
    words = ("TODO", "FIXME", "XXX")
    left = [path.name for path in PYTHON if any(word in path.read_text() for word in words)]
    assert left == []


EAGER = {"gettext", "ngettext", "pgettext"}


def _translated_at_import(path: Path) -> list[str]:
    """Return the lines where a module translates as it is imported, before anybody's language is known."""
    tree = ast.parse(path.read_text())
    eager = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }
    found, frontier = [], list(tree.body)
    while frontier:
        node = frontier.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in eager:
            found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
        frontier.extend(ast.iter_child_nodes(node))
    return found


def test_nothing_is_translated_before_the_reader_is_known() -> None:
    assert [line for path in PYTHON for line in _translated_at_import(path)] == []
