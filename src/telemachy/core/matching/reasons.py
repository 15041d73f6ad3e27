"""Reasons as a code and facts, so that every door can say them in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telemachy.core.shared.wording import gettext_noop

#: English wording of every code; the message ids of the translations. Facts are put in with `%`.
WORDINGS: dict[str, str] = {
    "skills": gettext_noop("Offers %(n_shared)s of %(n_sought)s skills sought: %(skills)s"),
    "seniority": gettext_noop("Seniority level %(mentor_level)s beside level %(learner_level)s"),
    "function": gettext_noop("Sees it from another function: %(mentor_function)s, not %(learner_function)s"),
    "hours": gettext_noop("%(hours)s working hours a week in common"),
    "languages": gettext_noop("Languages in common: %(languages)s"),
    "goals": gettext_noop("The learner's goals and the mentor's words share: %(words)s"),
    "style": gettext_noop("The style sought is the mentor's: %(style)s"),
    "preferences_learner": gettext_noop("The learner asked for this mentor"),
    "preferences_mentor": gettext_noop("The mentor asked for this learner"),
    "preferences_both": gettext_noop("Each asked for the other"),
    "only_candidate": gettext_noop("The only mentor whom the hard rules allow"),
    "best_for_the_pool": gettext_noop("No part stands out; this pair lets the whole pool match best"),
    "locked": gettext_noop("Locked by hand"),
    "locked_despite": gettext_noop("Locked by hand although a hard rule speaks against it: %(rules)s"),
    "excluded_same_person": gettext_noop("A person cannot be their own mentor"),
    "excluded_forbidden": gettext_noop("The pair is forbidden by hand"),
    "excluded_no_seats": gettext_noop("%(mentor)s takes no learners at present"),
    "excluded_reporting_line": gettext_noop("%(above)s is above the other in the reporting line"),
    "excluded_language": gettext_noop("No language in common: %(learner_languages)s; %(mentor_languages)s"),
    "excluded_hours": gettext_noop(
        "Only %(hours)s working hours a week in common; at least %(least)s are asked for"
    ),
    "excluded_seniority": gettext_noop(
        "Seniority level %(mentor_level)s of the mentor and %(learner_level)s of the "
        "learner break the rule: %(rule)s"
    ),
    "unmatched_no_mentors": gettext_noop("The pool has no mentors"),
    "unmatched_not_eligible": gettext_noop(
        "The hard rules exclude every mentor (%(n_mentors)s): %(excluded)s"
    ),
    "unmatched_capacity": gettext_noop(
        "The possible mentors (%(n_eligible)s) are full: %(n_learners)s learners compete for the same seats "
        "(%(n_seats)s), %(n_short)s too many"
    ),
    "shared_capacity": gettext_noop(
        "The seats of the possible mentors (%(n_eligible)s) went to learners of the programmes matched "
        "together: %(n_learners)s learners compete for the same seats (%(n_seats)s), %(n_short)s too many"
    ),
    "circles_full": gettext_noop(
        "The circles in reach are full: %(n_learners)s learners compete for the same seats (%(n_seats)s), "
        "%(n_short)s too many"
    ),
    "circles_short": gettext_noop(
        "No circle in reach can start: the nearest lacks %(n_missing)s of the %(least)s learners it needs"
    ),
    "circles_full_or_short": gettext_noop(
        "The circles in reach are full (seats: %(n_seats)s, learners who compete for them: %(n_learners)s) "
        "or cannot start: the nearest lacks %(n_missing)s of the %(least)s learners it needs"
    ),
    "seats_locked": gettext_noop("Locked pairs hold every seat in reach"),
    "peers_short": gettext_noop(
        "%(n_people)s people can only be paired with each other or with the same others (%(n_partners)s): "
        "%(n_short)s of them must be left over"
    ),
    "peers_odd": gettext_noop(
        "%(n_people)s people can only be paired with each other: %(n_short)s of them must be left over"
    ),
    "peers_one_way": gettext_noop(
        "Everybody whom the rules allow in this direction is kept apart in the other"
    ),
    "peers_locked": gettext_noop("Everybody whom the rules allow is in a locked pair or circle"),
    "circle_too_few": gettext_noop(
        "A circle needs %(least)s people, and there are %(n_people)s: %(n_missing)s too few"
    ),
    "circle_none": gettext_noop("The hard rules keep too many people apart: no circle was found"),
    "circle_no_place": gettext_noop(
        "Circles with somebody whom the hard rules keep apart from this person: %(n_apart)s of "
        "%(n_circles)s; circles without a place: %(n_full)s"
    ),
    "no_circle": gettext_noop("Nobody is left over with whom a pair or circle could be made"),
    # Said of runs that were worked out before these told by how much seats are short.
    "group_not_filled": gettext_noop(
        "No circle in reach can start with %(least)s learners, or those that can are full"
    ),
    "shared_seats_taken": gettext_noop(
        "The seats of all possible mentors went to learners of the programmes matched together"
    ),
    "arrival_best": gettext_noop("The best of %(n_open)s possible mentors with an open seat"),
    "arrival_waits": gettext_noop(
        "All %(n_possible)s possible mentors are full: place %(position)s in the queue, "
        "%(n_ahead)s people ahead wait for the same mentors"
    ),
    "arrival_nobody": gettext_noop("The hard rules exclude every mentor: place %(position)s in the queue"),
}

#: English names of the hard rules, for sentences that list them.
RULE_NAMES: dict[str, str] = {
    "same_person": gettext_noop("the same person"),
    "forbidden": gettext_noop("forbidden by hand"),
    "no_seats": gettext_noop("no open seats"),
    "too_few_seats": gettext_noop("too few seats for a circle"),
    "reporting_line": gettext_noop("reporting line"),
    "language": gettext_noop("no shared language"),
    "hours": gettext_noop("too few shared working hours"),
    "seniority": gettext_noop("seniority"),
    "mentor_above": gettext_noop("the mentor must be the more senior"),
    "mentor_below": gettext_noop("the mentor must be the more junior"),
}

#: Facts that are keys of people.
PEOPLE = frozenset({"learner", "mentor", "above"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so: a code of WORDINGS and its facts (text, numbers, lists of text, or counts)."""

    code: str
    params: Mapping[str, object]

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """Return the reason in English; `names` gives the names behind the keys of people."""
        shown = {name: _shown(name, value, names or {}) for name, value in self.params.items()}
        return WORDINGS[self.code] % shown


def _shown(name: str, value: object, names: Mapping[str, str]) -> str:
    if name in PEOPLE:
        return names.get(str(value), str(value))
    if isinstance(value, dict):
        return ", ".join(f"{RULE_NAMES.get(key, key)} {count}" for key, count in value.items())
    if isinstance(value, list):
        return ", ".join(RULE_NAMES.get(str(item), str(item)) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    return RULE_NAMES.get(str(value), str(value))
