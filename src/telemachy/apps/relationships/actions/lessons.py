"""Write lessons on failure modes, let them through, and take them back with all that came from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions.memory import settle_attempt
from telemachy.apps.relationships.actions.situations import locked, needed
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import (
    Attempt,
    FailureMode,
    Lesson,
    LessonCheck,
    OwnLessons,
    Situation,
)
from telemachy.apps.relationships.policies import memory as policies
from telemachy.apps.relationships.queries import memory as queries
from telemachy.core import growth, memory
from telemachy.core.memory import own_lessons
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import LESSON
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Tags of one lesson, and the length of each.
MAX_TAGS, MAX_TAG = 20, 60


@action
def teach(
    *,
    situation: Situation,
    source: memory.Source,
    by: Person,
    now: datetime,
    failure_mode: str,
    cue: str,
    action: str,
    because: str,
    contrast: str = "",
    tags: Sequence[str] = (),
    derived_from: Sequence[Lesson] = (),
) -> Lesson:
    """Write a lesson on how the learner failed here; the same words again are the same lesson.

    `source` is what the caller's credential says; an agent is an agent whatever it says. What is not a
    human's own hand, and links, code and names of tools, wait for a human. After the decision, a human's
    lesson also says that this failure mode struck. Raises NotAllowed, BadInput.
    """
    situation = locked(situation)
    policies.teach(by, situation).require()
    text = memory.checked(memory.LessonText(failure_mode, cue, action, because, contrast))
    mode = _mode_of(situation, text.failure_mode) or _open(situation, text.failure_mode, now)
    known = _same_words(mode, text)
    if known is not None:
        events.unchanged()
        return known
    if not text.contrast and mode.lessons.filter(state="active").exists():
        raise BadInput(
            _(
                "This failure mode has come back although there is a lesson for it. Say as its contrast what "
                "separates this case from the one the lesson was made for."
            ),
            field="contrast",
        )
    source = memory.Source.AGENT if by.is_agent else source
    waits_for = memory.why_quarantined(source, memory.marks(text))
    lesson = Lesson.objects.create(
        failure_mode=mode,
        situation=situation,
        goal=situation.goal,
        author=by,
        source=source.value,
        state="quarantined" if waits_for else "active",
        waits_for=list(waits_for),
        cue=text.cue,
        action=text.action,
        because=text.because,
        contrast=text.contrast,
        tags=_tags(tags),
        given_at=now,
    )
    lesson.derived_from.set(_parents(lesson, derived_from))
    if lesson.state == "active":
        _count_as_failure(situation, mode, by, now)
        _make_room(mode, by, now)
    events.record("lesson.taught", by=by, now=now, on=lesson, state=lesson.state, waits_for=list(waits_for))
    return lesson


def _mode_of(situation: Situation, name: str) -> FailureMode | None:
    return queries.modes_of(situation.relationship, situation.learner).filter(key=_key(name)).first()


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()[:200]


def _open(situation: Situation, name: str, now: datetime) -> FailureMode:
    if len(name) > 200:
        raise BadInput(_("Name the failure mode in at most 200 characters."), field="failure_mode")
    return FailureMode.objects.create(
        relationship=situation.relationship,
        learner=situation.learner,
        name=name,
        key=_key(name),
        level=growth.start_level(situation.relationship.kind),
        level_since=now,
        evidence_from=now,
        opened_at=now,
    )


def _same_words(mode: FailureMode, text: memory.LessonText) -> Lesson | None:
    """Return the lesson that says the same, unless it was refused or withdrawn."""
    words = {"cue": text.cue, "action": text.action, "because": text.because, "contrast": text.contrast}
    return mode.lessons.filter(**words, state__in=("active", "quarantined")).first()


def _tags(tags: Sequence[str]) -> list[str]:
    clean = sorted({" ".join(tag.split()) for tag in tags} - {""})
    if len(clean) > MAX_TAGS or any(len(tag) > MAX_TAG or "\x00" in tag for tag in clean):
        raise BadInput(_("At most 20 tags of at most 60 characters each."), field="tags")
    return clean


def _parents(lesson: Lesson, parents: Sequence[Lesson]) -> Sequence[Lesson]:
    """Return what the lesson was derived from, if it may be: active, and of the same relationship."""
    keys = {parent.pk for parent in parents}
    relationship = lesson.failure_mode.relationship_id
    known = Lesson.objects.filter(pk__in=keys, state="active", failure_mode__relationship=relationship)
    if known.count() != len(keys):
        raise BadInput(_("Derive a lesson from active ones of this relationship."), field="derived_from")
    return parents


def _count_as_failure(situation: Situation, mode: FailureMode, by: Person, now: datetime) -> None:
    """After the decision, a trainer's lesson says that the failure mode struck."""
    if by.is_agent or situation.decided_at is None:
        return
    attempt, _made = Attempt.objects.get_or_create(
        situation=situation,
        failure_mode=mode,
        defaults={"level": GuidanceLevel.INDEPENDENT, "recalled_at": situation.decided_at},
    )
    if attempt.settled_at is None:
        settle_attempt(attempt, False, memory.Tier.TRAINER, by, now)


def _make_room(mode: FailureMode, by: Person | None, now: datetime) -> None:
    """Retire what is needed least, so that at most 20 lessons are active."""
    modes = list(queries.modes_of(mode.relationship, mode.learner))
    over = memory.over_the_limit(queries.active_lessons(modes), queries.standings(modes))
    for lesson in Lesson.objects.filter(pk__in=over):
        _move(lesson, "retire", None, now, "")
        events.record("lesson.retired", by=by, now=now, on=lesson)


@action
def approve(
    *, lesson: Lesson, by: Person, now: datetime, source: memory.Source = memory.Source.HUMAN
) -> Lesson:
    """Let a lesson through after reading it. Raises NotAllowed; a key cannot read for a human."""
    lesson = _locked(lesson)
    policies.decide(by, lesson, "approve", source).require()
    _move(lesson, "approve", by, now, "")
    if lesson.situation is not None:
        _count_as_failure(lesson.situation, lesson.failure_mode, by, now)
    _make_room(lesson.failure_mode, by, now)
    events.record("lesson.approved", by=by, now=now, on=lesson, waited_for=lesson.waits_for)
    return lesson


@action
def refuse(*, lesson: Lesson, because: str, by: Person, now: datetime) -> Lesson:
    """Keep a lesson from the learner for good, and say why to its author. Raises NotAllowed, BadInput."""
    lesson = _locked(lesson)
    policies.decide(by, lesson, "refuse").require()
    needed(because, "because", _("Say why, so that the author can do better."))
    _move(lesson, "refuse", by, now, because)
    events.record("lesson.refused", by=by, now=now, on=lesson)
    return lesson


@action
def withdraw(*, lesson: Lesson, because: str, by: Person, now: datetime) -> list[Lesson]:
    """Take a lesson back, and every lesson derived from it. Raises NotAllowed, BadInput."""
    lesson = _locked(lesson)
    policies.decide(by, lesson, "withdraw").require()
    needed(because, "because", _("Say why, so that nobody writes it again."))
    taken = queries.goes_with(lesson)
    for row in taken:
        _move(row, "withdraw", by, now, because)
        events.record("lesson.withdrawn", by=by, now=now, on=row, with_parent=row.pk != lesson.pk)
    return taken


@action
def vouch(
    *,
    lesson: Lesson,
    situation: Situation,
    success: bool,
    verifier: str,
    verifier_id: UUID,
    by: Person,
    now: datetime,
) -> Lesson:
    """Keep that a verifier tried the lesson in a situation; two that agree may release it. Raises NotAllowed.

    `by` is the person in whose name the verifier's key was made. The same key in the same situation counts
    once.
    """
    lesson = _locked(lesson)
    policies.check(by, lesson).require()
    if situation.relationship_id != lesson.failure_mode.relationship_id:
        raise BadInput(_("Try the lesson in a situation of its own relationship."), field="situation_id")
    _check, is_new = LessonCheck.objects.get_or_create(
        lesson=lesson,
        situation=situation,
        verifier_id=verifier_id,
        defaults={"verifier": verifier[:100], "by": by, "success": success, "checked_at": now},
    )
    if not is_new:
        events.unchanged()
        return lesson
    events.record("lesson.checked", by=by, now=now, on=lesson, success=success, verifier=verifier)
    if lesson.state == "quarantined" and _is_verified(lesson):
        _move(lesson, "release", None, now, "")
        _make_room(lesson.failure_mode, None, now)
        events.record("lesson.released", by=by, now=now, on=lesson)
    return lesson


def _is_verified(lesson: Lesson) -> bool:
    """Tell whether independent verifiers let it go; keys made in one name count as one verifier."""
    interested = {lesson.author_id, lesson.author.owner_id, lesson.failure_mode.learner.owner_id}
    checks = [
        memory.LessonCheck(str(row.by_id or row.verifier_id), str(row.situation_id), row.success)
        for row in lesson.checks.all()
    ]
    is_low_risk = lesson.goal is not None and lesson.goal.is_low_risk
    return memory.may_be_released(
        lesson.waits_for, checks, is_low_risk=is_low_risk, interested={str(pk) for pk in interested if pk}
    )


def _locked(lesson: Lesson) -> Lesson:
    """Return the row as it is now, its pair held: none is derived or let through while its parent goes."""
    hold(lesson.failure_mode.relationship)
    return Lesson.objects.select_related(
        "failure_mode__relationship__programme", "failure_mode__learner", "author", "goal", "situation"
    ).get(pk=lesson.pk)


def _move(lesson: Lesson, verb: str, by: Person | None, now: datetime, because: str) -> None:
    lesson.state = LESSON.target(lesson.state, verb)
    lesson.decided_by, lesson.decided_at, lesson.decided_because = by, now, because
    lesson.save()


@action
def add_own(*, person: Person, lesson: str, by: Person, now: datetime) -> OwnLessons:
    """Put a lesson below what the learner wrote down for itself, so that two at once are both kept.

    Raises NotAllowed, BadInput, as `write_own` does.
    """
    held = OwnLessons.objects.select_for_update(of=("self",))
    own, _made = held.get_or_create(person=person, defaults={"changed_at": now})
    return write_own(person=person, text="\n".join(filter(None, [own.text, lesson])), by=by, now=now)


@action
def write_own(*, person: Person, text: str, by: Person, now: datetime) -> OwnLessons:
    """Keep what the learner wrote down for itself, at most 500 tokens. Raises NotAllowed, BadInput.

    What was recalled to it lately and stands there word by word is refused: it is to be its own words.
    """
    policies.write_own(by, person).require()
    text = own_lessons.checked(text)
    seen = Attempt.objects.filter(situation__learner=person).exclude(shown={}).values_list("shown", flat=True)
    recalled = [field for shown in seen.order_by("-recalled_at")[:500] for field in shown.values()]
    if memory.without_recalled(text, recalled) != text:
        raise BadInput(_("A reminder is repeated here. Write it in your own words."), field="lessons")
    held = OwnLessons.objects.select_for_update()
    own, _made = held.get_or_create(person=person, defaults={"changed_at": now})
    own.text, own.changed_at = text, now
    own.n_revisions += 1
    own.save()
    events.record("own_lessons.written", by=by, now=now, on=own, n_tokens=memory.n_tokens(text))
    return own
