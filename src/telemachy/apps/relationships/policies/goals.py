"""Who may do what with a goal, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import goals as queries
from telemachy.core.shared.lifecycles import GOAL
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Relationship


def read(actor: Person, goal: Goal) -> Verdict:
    """Read it: its learner and the mentor; nobody else, whatever their role."""
    if queries.of_party(actor).filter(pk=goal.pk).exists():
        return ALLOWED
    return refused(_("What a pair writes belongs to the pair."))


def add(actor: Person, relationship: Relationship, learner: Person) -> Verdict:
    """Write a goal: a learner for themselves, the mentor for each learner."""
    if not any(one.pk == learner.pk for one in queries.learners(relationship, actor)):
        return refused(_("Goals are written by the learner, or by the mentor for the learner."))
    return relationships.write(actor, relationship)


def revise(actor: Person, goal: Goal) -> Verdict:
    """Change it: both while it is a draft, the learner alone once it is theirs."""
    verdict = _under_way(actor, goal)
    if not verdict:
        return verdict
    if goal.state not in {"draft", "active"}:
        return refused(_("A goal that is reached or dropped stays as it was."))
    if goal.state == "active" and goal.learner_id != actor.pk:
        return refused(_("This goal is the learner's own now; suggest the change to them."))
    return ALLOWED


def agree(actor: Person, goal: Goal) -> Verdict:
    """Make it one's own: its learner."""
    return _of_learner(actor, goal, "agree", _("Only the learner can make a goal their own."))


def record(actor: Person, goal: Goal) -> Verdict:
    """Say where it stands now: both, on levels that were written before."""
    verdict = _under_way(actor, goal)
    if not verdict:
        return verdict
    if goal.state != "active":
        return refused(_("Readings are taken while a goal is worked on."))
    if not queries.levels_written(goal):
        return refused(_("Write the five attainment levels first: a reading is taken on them."))
    return ALLOWED


def reach(actor: Person, goal: Goal) -> Verdict:
    """Say that it is reached: its learner."""
    return _of_learner(actor, goal, "reach", _("The learner says when a goal is reached."))


def reopen(actor: Person, goal: Goal) -> Verdict:
    """Work on it again: its learner."""
    return _of_learner(actor, goal, "reopen", _("The learner says whether a goal is worked on again."))


def drop(actor: Person, goal: Goal) -> Verdict:
    """Let it go: its learner; and the mentor, of a draft the mentor wrote."""
    own_draft = goal.state == "draft" and goal.written_by_id == actor.pk
    if own_draft:
        return _under_way(actor, goal)
    return _of_learner(actor, goal, "drop", _("The learner says when a goal is dropped."))


def _of_learner(actor: Person, goal: Goal, verb: str, reason: str) -> Verdict:
    verdict = _under_way(actor, goal)
    if not verdict:
        return verdict
    if goal.learner_id != actor.pk:
        return refused(reason)
    if not GOAL.allows(goal.state, verb):
        return refused(_("That step is not possible now: the goal has moved on."))
    return ALLOWED


def _under_way(actor: Person, goal: Goal) -> Verdict:
    return read(actor, goal) and relationships.write(actor, goal.relationship)
