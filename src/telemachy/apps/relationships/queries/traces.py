"""Files with past cases of agents, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from telemachy.apps.relationships.models import FailureMode, Situation, TraceImport
from telemachy.apps.relationships.queries.relationships import mentored_by
from telemachy.core.memory import LessonText
from telemachy.core.memory.traces import Problem, Trace, TraceFileError
from telemachy.core.memory.traces.shape import TEXTS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


def visible_to(person: Person) -> QuerySet[TraceImport]:
    """Return the files of agents that the person mentors: their cases are the pair's, and nobody else's."""
    return TraceImport.objects.filter(
        relationship__in=mentored_by(person),
        relationship__programme__organisation_id=person.organisation_id,
    ).select_related("relationship__programme", "learner", "goal")


def undecided_before(moment: datetime) -> QuerySet[TraceImport]:
    """Return files on which nobody decided, uploaded before a moment."""
    return TraceImport.objects.filter(state__in=("previewed", "failed"), uploaded_at__lt=moment)


def latest_of(relationship: Relationship, person: Person) -> QuerySet[TraceImport]:
    """Return the files of a relationship, latest first, without their contents."""
    return visible_to(person).filter(relationship=relationship).defer("traces", "problems")


def known_refs(learner: Person, refs: Iterable[str]) -> set[str]:
    """Return which of these references the learner has already."""
    wanted = set(refs)
    held = Situation.objects.filter(learner=learner).exclude(external_ref="")
    return {ref for ref in held.values_list("external_ref", flat=True).iterator() if ref in wanted}


def taught_modes(relationship: Relationship, learner: Person) -> set[str]:
    """Return the keys of the learner's failure modes that an active lesson is about."""
    modes = FailureMode.objects.filter(relationship=relationship, learner=learner, lessons__state="active")
    return set(modes.values_list("key", flat=True))


def as_data(trace: Trace) -> dict[str, Any]:
    """Return a trace as it is kept until it is decided on."""
    moment = trace.decided_at.isoformat() if trace.decided_at else None
    return asdict(trace) | {"decided_at": moment}


def as_trace(data: Mapping[str, Any]) -> Trace:
    """Return what `as_data` kept."""
    moment, lesson = data["decided_at"], data["lesson"]
    rest = {
        "decided_at": datetime.fromisoformat(moment) if moment else None,
        "lesson": LessonText(**lesson) if lesson else None,
        "tags": tuple(data["tags"]),
    }
    return Trace(**{**data, **rest})


def problem_texts(problems: Iterable[Mapping[str, Any]]) -> list[tuple[int, str, str]]:
    """Return line, what is wrong and the mend of each problem, in the reader's language."""
    return [(one["line"], *_told(one["code"], one["params"])) for one in problems]


def as_problem(problem: Problem) -> dict[str, Any]:
    """Return a problem as it is kept."""
    return {"line": problem.line, "code": problem.code, "params": dict(problem.params)}


def refusal(error: TraceFileError) -> str:
    """Return in the reader's language why a whole file cannot be used, and the mend."""
    return " ".join(_told(error.code, error.params))


def _told(code: str, params: Mapping[str, Any]) -> tuple[str, str]:
    message, mend = TEXTS[code]
    return _(message) % params, _(mend)
