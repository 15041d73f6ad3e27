"""What matching has to say, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from telemachy.core.matching.problem import Component
from telemachy.core.matching.reasons import PEOPLE, RULE_NAMES, WORDINGS
from telemachy.interfaces.web.forms.programmes import COMPONENTS

#: state of a run -> word and tone of its badge
STATES: dict[str, tuple[str | Promise, str]] = {
    "queued": (_("Waiting"), "caution"),
    "running": (_("At work"), "caution"),
    "ready": (_("Ready"), "accent"),
    "publishing": (_("Being published"), "caution"),
    "published": (_("Published"), "positive"),
    "discarded": (_("Put away"), "neutral"),
    "failed": (_("Came to nothing"), "danger"),
}
#: stage of a run under way -> what is being done
STAGES: dict[str, str | Promise] = {
    "matching": _("Scoring every possible pair and looking for the best way to place everybody"),
    "telling": _("Writing down why"),
}
#: Reasons that hands give, beside those of the engine.
BY_HAND = {
    "by_hand": gettext_noop("Placed by hand"),
    "by_hand_despite": gettext_noop("Placed by hand although a hard rule speaks against it: %(rules)s"),
    "taken_out": gettext_noop("Taken out by hand"),
}
#: The same among peers, where everybody learns and helps: instead of the engine's words for two sides.
AMONG_PEERS = {
    "skills": gettext_noop("Brings %(n_shared)s of %(n_sought)s skills that the other seeks: %(skills)s"),
    "seniority": gettext_noop("Seniority levels %(learner_level)s and %(mentor_level)s"),
    "function": gettext_noop("Different functions: %(learner_function)s and %(mentor_function)s"),
    "goals": gettext_noop("What both aim at shares words: %(words)s"),
    "style": gettext_noop("Both like to work in the same way: %(style)s"),
    "preferences_learner": gettext_noop("One asked for the other"),
    "preferences_mentor": gettext_noop("One asked for the other"),
    "only_candidate": gettext_noop("The only person whom the hard rules allow"),
    "best_for_the_pool": gettext_noop("No part stands out; this way the whole pool matches best"),
    "excluded_same_person": gettext_noop("Nobody can be their own peer"),
    "excluded_no_seats": gettext_noop("%(mentor)s is in a pair or circle already"),
    "excluded_seniority": gettext_noop(
        "Seniority levels %(learner_level)s and %(mentor_level)s break the rule: %(rule)s"
    ),
    "unmatched_no_mentors": gettext_noop("Nobody else is in the pool"),
    "unmatched_not_eligible": gettext_noop("The hard rules exclude everybody else: %(excluded)s"),
}
#: What people themselves are told; what decides for the pool is not about them.
TO_PEOPLE = {
    "skills": gettext_noop("What the learner seeks, the mentor offers: %(skills)s"),
    "seniority": gettext_noop("A helpful distance in seniority"),
    "function": gettext_noop(
        "You see it from different functions: %(mentor_function)s and %(learner_function)s"
    ),
    "hours": gettext_noop("You share %(hours)s working hours a week"),
    "languages": gettext_noop("You both speak %(languages)s"),
    "goals": gettext_noop("The learner's goals and the mentor's words share: %(words)s"),
    "style": gettext_noop("You like to work in the same way"),
    "preferences_learner": gettext_noop("The learner asked for this mentor"),
    "preferences_mentor": gettext_noop("The mentor asked for this learner"),
    "preferences_both": gettext_noop("Each of you asked for the other"),
}
TO_PEERS = TO_PEOPLE | {
    "skills": gettext_noop("What one of you seeks, the other brings: %(skills)s"),
    "goals": gettext_noop("What you both aim at shares words: %(words)s"),
    "preferences_learner": gettext_noop("One of you asked for the other"),
    "preferences_mentor": gettext_noop("One of you asked for the other"),
}


def reason(told: Mapping[str, Any], names: Mapping[str, str], *, is_peer: bool = False) -> str:
    """Return a kept reason in words; `names` gives the names behind the keys of people."""
    code = told["code"]
    wordings = WORDINGS | BY_HAND | (AMONG_PEERS if is_peer else {})
    return _filled(wordings[code], told["params"], names)


def reasons_for_people(told: list[dict[str, Any]], n: int = 2, *, is_peer: bool = False) -> list[str]:
    """Return the first reasons that are about the two, in words meant for them."""
    wordings = TO_PEERS if is_peer else TO_PEOPLE
    about = [one for one in told if one["code"] in wordings]
    return [_filled(wordings[one["code"]], one["params"], {}) for one in about[:n]]


def component(name: str) -> str:
    """Return the name of a part of the score."""
    return str(COMPONENTS[Component(name)][0])


def languages(codes: list[str]) -> list[str]:
    """Return languages by name, as the reader's language calls them."""
    try:
        known = Locale.parse((get_language() or "en").replace("-", "_")).languages
    except (UnknownLocaleError, ValueError):
        known = Locale("en").languages
    return [known.get(code, code) for code in codes]


def percent(share: float | None) -> str:
    """Return a share as whole per cent."""
    return "" if share is None else f"{round(100 * share)} %"


def _filled(wording: str, params: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return gettext(wording) % {name: _shown(name, value, names) for name, value in params.items()}


def _shown(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name in PEOPLE:
        return names.get(str(value), "?")
    if name.endswith("languages"):
        return ", ".join(languages(value))
    if isinstance(value, dict):
        return ", ".join(f"{gettext(RULE_NAMES.get(key, key))} {count}" for key, count in value.items())
    if isinstance(value, list):
        return ", ".join(gettext(RULE_NAMES[item]) if item in RULE_NAMES else str(item) for item in value)
    if isinstance(value, float):
        return number_format(value, decimal_pos=0 if value == int(value) else 1)
    return gettext(RULE_NAMES[value]) if value in RULE_NAMES else str(value)
