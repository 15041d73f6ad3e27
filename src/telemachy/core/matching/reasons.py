"""Reasons as a code and facts, so that every door can say them in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: English wording of every code; the message ids of the translations. Facts are put in with `%`.
WORDINGS: dict[str, str] = {
    "skills": "Offers %(n_shared)s of %(n_sought)s skills sought: %(skills)s",
    "seniority": "Seniority level %(mentor_level)s beside level %(learner_level)s",
    "function": "Sees it from another function: %(mentor_function)s, not %(learner_function)s",
    "hours": "%(hours)s working hours a week in common",
    "languages": "Languages in common: %(languages)s",
    "goals": "The learner's goals and the mentor's words share: %(words)s",
    "style": "The style sought is the mentor's: %(style)s",
    "preferences_learner": "The learner asked for this mentor",
    "preferences_mentor": "The mentor asked for this learner",
    "preferences_both": "Each asked for the other",
    "only_candidate": "The only mentor whom the hard rules allow",
    "best_for_the_pool": "No part stands out; this pair lets the whole pool match best",
    "locked": "Locked by hand",
    "locked_despite": "Locked by hand although a hard rule speaks against it: %(rules)s",
    "excluded_same_person": "A person cannot be their own mentor",
    "excluded_forbidden": "The pair is forbidden by hand",
    "excluded_no_seats": "%(mentor)s takes no learners at present",
    "excluded_reporting_line": "%(above)s is above the other in the reporting line",
    "excluded_language": "No language in common: %(learner_languages)s; %(mentor_languages)s",
    "excluded_hours": "Only %(hours)s working hours a week in common; at least %(least)s are asked for",
    "excluded_seniority": "Seniority level %(mentor_level)s of the mentor and %(learner_level)s of the "
    "learner break the rule: %(rule)s",
    "unmatched_no_mentors": "The pool has no mentors",
    "unmatched_not_eligible": "The hard rules exclude all %(n_mentors)s mentors: %(excluded)s",
    "unmatched_capacity": "All %(n_eligible)s possible mentors are full: %(n_learners)s learners compete for "
    "%(n_seats)s seats of %(n_mentors)s mentors, %(n_short)s too few",
}

#: English names of the hard rules, for sentences that list them.
RULE_NAMES: dict[str, str] = {
    "same_person": "the same person",
    "forbidden": "forbidden by hand",
    "no_seats": "no open seats",
    "reporting_line": "reporting line",
    "language": "no shared language",
    "hours": "too few shared working hours",
    "seniority": "seniority",
    "mentor_above": "the mentor must be the more senior",
    "mentor_below": "the mentor must be the more junior",
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
