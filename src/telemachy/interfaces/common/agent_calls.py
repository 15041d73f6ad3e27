"""What agents call, over REST and MCP alike: each call checks what came in, asks the apps, and answers.

Who calls comes from the token (`by`), never from what is sent. Rows that the caller may not see do not
exist (NotFound); refusals come from the apps as NotAllowed, BadInput and WrongState.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import guidance as guidance_actions
from telemachy.apps.relationships.actions import held_guidance, lessons, memory, outcome_reports, situations
from telemachy.apps.relationships.policies import memory as memory_policies
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import (
    breadth,
    budgets,
    failure_modes,
    recommendations,
    relationships,
    reviews,
    standings,
    trajectories,
)
from telemachy.apps.relationships.queries import goals as goal_queries
from telemachy.apps.relationships.queries import memory as memory_queries
from telemachy.apps.relationships.queries import situations as situation_queries
from telemachy.core.memory import Source
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.common import agent_rows as rows
from telemachy.interfaces.common import agent_shapes as shapes
from telemachy.interfaces.common.fields import MAX_LINE
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.integrations.models import Token
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Lesson, Relationship, Situation

MAX_REVIEWS = 100


# --- the learner's calls ------------------------------------------------------------------------


def start_situation(given: shapes.StartSituation, *, by: Person, now: datetime) -> shapes.Started:
    """Log a case before any help; the same `external_ref` again returns the same situation."""
    goal = one(goal_queries.of_party(by).select_related("relationship__programme"), given.goal_id)
    known = _known(given.external_ref, by)
    situation = known or _log(given, goal, by, now)
    may_ask = policies.ask(by, situation)
    reminders = []
    if memory_policies.recall(by, situation):
        reminders = memory.recall(situation=situation, by=by, now=now)
    recommended = situation.recommended_level
    if recommended is None:
        recommended = int(recommendations.for_situation(situation).level)
    budget = budgets.budget_of(goal, by)
    return shapes.Started(
        situation_id=situation.pk,
        state=situation.state,
        level=recommended,
        reminders=[rows.reminder(row) for row in reminders],
        may_ask=bool(may_ask),
        why_not=may_ask.reason,
        asks_left=budget.n_left if budget else None,
    )


def ask_mentor(situation_id: UUID, given: shapes.AskMentor, *, by: Person, now: datetime) -> shapes.Help:
    """Keep what the learner would do without help, then ask; by lot it may have to be decided first."""
    situation = _own(situation_id, by)
    with transaction.atomic():
        if policies.reason(by, situation):
            situations.reason(
                situation=situation,
                own_view=given.intended_action,
                intended_decision=given.intended_action,
                confidence=_per_cent(given.confidence),
                by=by,
                now=now,
            )
            situation.refresh_from_db()
        situations.ask(situation=situation, question=given.question, by=by, now=now)
    return read_help(situation_id, by=by)


def read_help(situation_id: UUID, *, by: Person) -> shapes.Help:
    """Tell where the question stands and what was answered."""
    situation = one(situation_queries.for_page(by), situation_id)
    given = [rows.given(row) for row in situation.guidance.select_related("author").order_by("given_at")]
    return shapes.Help(
        situation_id=situation.pk,
        state=rows.help_state(situation),
        recommended_level=situation.recommended_level,
        guidance=given,
    )


def commit_decision(
    situation_id: UUID, given: shapes.CommitDecision, *, by: Person, now: datetime
) -> shapes.Locked:
    """Decide; the decision is locked before its outcome is known. The reasoning is kept with it."""
    situation = _own(situation_id, by)
    with transaction.atomic():
        if situation.state == "logged":
            situations.reason(
                situation=situation,
                own_view=given.rationale or given.decision,
                intended_decision=given.decision,
                confidence=_per_cent(given.confidence),
                by=by,
                now=now,
            )
            situation.refresh_from_db()
        situations.decide(
            situation=situation,
            decision=given.decision,
            rationale=given.rationale,
            confidence=_per_cent(given.confidence),
            by=by,
            now=now,
        )
    return shapes.Locked(situation_id=situation.pk, locked_at=now)


def report_outcome(
    situation_id: UUID, given: shapes.ReportOutcome, *, by: Person, now: datetime
) -> shapes.Debriefing:
    """Keep the learner's own word on the outcome, a self-report; answer with what the account is asked."""
    situation = _own(situation_id, by)
    outcome_reports.report(
        situation=situation,
        success=given.success,
        note=given.note,
        evidence_uri=given.evidence_uri,
        by=by,
        now=now,
    )
    return shapes.Debriefing(situation_id=situation.pk, questions=rows.questions(situation, by))


def submit_account(
    situation_id: UUID, given: shapes.Account, *, by: Person, now: datetime
) -> shapes.Standing:
    """Tell how it was decided and how it turned out; the trainer's debrief is then due."""
    situation = _own(situation_id, by)
    with transaction.atomic():
        situations.account(situation=situation, by=by, now=now, **given.model_dump(exclude={"lesson"}))
        if given.lesson:
            lessons.add_own(person=by, lesson=given.lesson, by=by, now=now)
    situation.refresh_from_db()
    return shapes.Standing(situation_id=situation.pk, state=situation.state, awaiting=situation.awaiting)


# --- the trainer's calls ------------------------------------------------------------------------


def list_reviews(goal_id: UUID | None, *, by: Person, now: datetime) -> list[shapes.Review]:
    """List what the caller could look at as trainer, the worthiest first; a hundred at most."""
    found = reviews.to_review(by)
    if goal_id is not None:
        found = found.filter(goal_id=goal_id)
    return [rows.review(one) for one in reviews.by_worth(found, now)[:MAX_REVIEWS]]


def get_learner(relationship_id: UUID, learner_id: UUID | None, *, by: Person) -> shapes.Learner:
    """Tell a party how a learner of the relationship stands; of a circle, which learner has to be said."""
    relationship = one(relationships.for_page(by), relationship_id)
    learner = learner_in(relationship, learner_id, by)
    asked = standings.asking(relationship, learner)
    return shapes.Learner(
        relationship_id=relationship.pk,
        learner=rows.who(learner),
        goals=[
            rows.goal(goal)
            for goal in goal_queries.in_relationship(relationship, by)
            if goal.learner_id == learner.pk
        ],
        competencies=[rows.competency(row) for row in standings.competencies(relationship, learner)],
        asking=shapes.Asking(
            n_situations=asked.n_situations,
            n_asked=asked.n_asked,
            n_asked_after_reasoning=asked.n_asked_after_reasoning,
            n_alone=asked.n_alone,
        ),
        failure_modes=[rows.failure_mode(row) for row in failure_modes.report(relationship, learner)],
        ask_quality=rows.ask_quality(failure_modes.ask_quality(relationship, learner)),
    )


def give_guidance(
    situation_id: UUID, given: shapes.GiveGuidance, *, by: Person, now: datetime
) -> shapes.Sent:
    """Answer the question, and keep a lesson for later cases where a failure mode is named.

    What an agent writes is held until a human has read it. After the decision only a lesson can be given.
    """
    situation = one(situation_queries.for_page(by), situation_id)
    sent = shapes.Sent(situation_id=situation.pk, state="kept")
    with transaction.atomic():
        if situation.decided_at is None or not given.is_lesson:
            sent = _send(situation, given, by, now)
        if given.is_lesson:
            lesson = _teach(situation, given, by, now)
            sent.lesson_id, sent.lesson_state = lesson.pk, lesson.state
            sent.also_fits = [one.pk for one in breadth.also_fits(lesson)]
    return sent


def set_level(relationship_id: UUID, given: shapes.SetLevel, *, by: Person, now: datetime) -> shapes.Learner:
    """Set how much help there is with a failure mode of a learner mentored; evidence begins anew."""
    known = memory_queries.failure_modes_of_mentor(by).filter(relationship_id=relationship_id)
    mode = one(known, given.failure_mode_id)
    memory.set_level(failure_mode=mode, level=given.level, reason=given.reason, by=by, now=now)
    return get_learner(relationship_id, mode.learner_id, by=by)


def rate_outcome(situation_id: UUID, given: shapes.RateOutcome, *, by: Person, now: datetime) -> shapes.Sent:
    """Look back on the account and rate it, which closes the case; an agent's word is held as well."""
    situation = one(situation_queries.for_page(by), situation_id)
    if by.is_agent:
        held = held_guidance.hold_debrief(
            situation=situation, by=by, now=now, text=given.judgment_shown, score=given.score
        )
        return shapes.Sent(situation_id=situation.pk, state="held", held_id=held.pk)
    guidance_actions.debrief(
        situation=situation, by=by, now=now, text=given.judgment_shown, score=given.score
    )
    return shapes.Sent(situation_id=situation.pk, state="given")


# --- the verifier's call ------------------------------------------------------------------------


def report_check(given: shapes.ReportCheck, *, token: Token, now: datetime) -> shapes.Checked:
    """Keep an automatic check of a decided case in the key's own programme, the strongest evidence."""
    situation = _checked(given, token)
    made = outcome_reports.check(
        situation=situation,
        success=given.success,
        note=given.note,
        evidence_uri=given.evidence_uri,
        external_ref=given.external_ref,
        verifier=token.name,
        verifier_id=token.pk,
        by=token.person,
        now=now,
    )
    if given.lesson_id is not None:
        _vouch(given.lesson_id, given, situation, token, now)
    return shapes.Checked(check_id=made.pk, situation_id=situation.pk, tier=made.tier)


def _checked(given: shapes.ReportCheck, token: Token) -> Situation:
    visible = situation_queries.in_programme(token.programme_id)
    if given.situation_id is not None:
        return one(visible, given.situation_id)
    named = visible.filter(external_ref=given.situation_ref)
    if given.learner_id is not None:
        named = named.filter(learner_id=given.learner_id)
    found = list(named[:2])
    if not found:
        raise NotFound(str(named.model._meta.verbose_name))
    if len(found) > 1:
        raise BadInput(_("Two learners use this reference. Say whose you mean."), field="learner_id")
    return found[0]


# --- what calls share ---------------------------------------------------------------------------


def _log(given: shapes.StartSituation, goal: Goal, by: Person, now: datetime) -> Situation:
    first_line = given.summary.strip().partition("\n")[0]
    try:
        with transaction.atomic():
            return situations.log(
                relationship=goal.relationship,
                title=first_line[:MAX_LINE],
                story=given.summary,
                competency=goal.competencies.order_by("name").first(),
                goal=goal,
                difficulty=given.difficulty,
                novelty=given.novelty,
                tags=given.tags,
                external_ref=given.external_ref,
                by=by,
                now=now,
            )
    except IntegrityError:
        # The same reference at the same moment: the other call has logged it.
        known = _known(given.external_ref, by)
        if known is None:
            raise
        return known


def _known(external_ref: str, by: Person) -> Situation | None:
    if not external_ref:
        return None
    return situation_queries.for_page(by).filter(learner=by, external_ref=external_ref).first()


def _own(situation_id: UUID, by: Person) -> Situation:
    return one(situation_queries.for_page(by), situation_id)


def learner_in(relationship: Relationship, learner_id: UUID | None, by: Person) -> Person:
    """Return the learner that is meant, among those whose trajectory the caller may see.

    Raises NotFound, and BadInput where a circle has several.
    """
    found = trajectories.learners_for(relationship, by)
    if learner_id is not None:
        found = [person for person in found if person.pk == learner_id]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(_("learner"))
    raise BadInput(_("This relationship has several learners: say which one."), field="learner_id")


def _send(situation: Situation, given: shapes.GiveGuidance, by: Person, now: datetime) -> shapes.Sent:
    level = _level(given.level, situation)
    text = rows.text(given.text, given.lesson, level)
    reason = given.mode_shift_reason
    if by.is_agent:
        held = held_guidance.hold_guidance(
            situation=situation, level=level, text=text, mode_shift_reason=reason, by=by, now=now
        )
        return shapes.Sent(situation_id=situation.pk, state="held", held_id=held.pk)
    guidance_actions.guide(
        situation=situation, level=level, text=text, mode_shift_reason=reason, by=by, now=now
    )
    return shapes.Sent(situation_id=situation.pk, state="given")


def _teach(situation: Situation, given: shapes.GiveGuidance, by: Person, now: datetime) -> Lesson:
    # A key cannot read for its person: what needs a human's eyes waits for them.
    words = given.model_dump(include={"failure_mode", "cue", "action", "because", "contrast"})
    return lessons.teach(
        situation=situation, source=Source.PROGRAM, tags=situation.tags, by=by, now=now, **words
    )


def _vouch(
    lesson_id: UUID, given: shapes.ReportCheck, situation: Situation, token: Token, now: datetime
) -> None:
    lesson = one(memory_queries.lessons_in(situation.relationship), lesson_id)
    lessons.vouch(
        lesson=lesson,
        situation=situation,
        success=given.success,
        verifier=token.name,
        verifier_id=token.pk,
        by=token.person,
        now=now,
    )


def _level(level: int | None, situation: Situation) -> int:
    if level is not None:
        return level
    if situation.recommended_level is None:
        raise BadInput(_("Nothing is recommended here: say at which level you answer."), field="level")
    return situation.recommended_level


def _per_cent(share: float) -> int:
    return round(share * 100)
