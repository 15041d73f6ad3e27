"""The words of the scales: what each grade, rating, level and state means."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIFFICULTY: Mapping[int, Promise] = {
    1: _("Simple: there is one clear way"),
    2: _("Manageable: it takes some care"),
    3: _("Demanding: several things to weigh"),
    4: _("Hard: what matters pulls in different directions"),
    5: _("Very hard: no good option, and much depends on it"),
}

NOVELTY: Mapping[int, Promise] = {
    1: _("Familiar: handled often"),
    2: _("Much like earlier cases"),
    3: _("Partly new"),
    4: _("Mostly new"),
    5: _("Entirely new: nothing like it before"),
}

#: The rubric: name and what it means.
RATINGS: Mapping[int, tuple[Promise, Promise]] = {
    0: (_("Not yet"), _("The heart of the situation was missed.")),
    1: (_("Beginning"), _("Parts were seen; the decision rested on little.")),
    2: (_("Developing"), _("Sound in the main; a risk or an alternative that mattered was missed.")),
    3: (_("Proficient"), _("Well judged: criteria, risks and alternatives were weighed, and it held.")),
    4: (_("Exemplary"), _("Judged so well that others could learn from it.")),
}

#: What the mentor does at each level, most direct first.
LEVELS: Mapping[int, Promise] = {
    4: _("Say what you would do, what decides it, and why."),
    3: _("Tell a case of your own that was like it, and what you made of it."),
    2: _("Ask one or two questions that lead to what is not seen yet."),
    1: _("Nothing before the decision; you look back on it together afterwards."),
    0: _("Nothing at all: this one is for the learner alone."),
}

STATES: Mapping[str, Promise] = {
    "logged": _("To be reasoned"),
    "reasoned": _("Reasoned"),
    "consulted": _("Asked"),
    "guided": _("Answered, to be decided"),
    "decided": _("Decided"),
    "acted": _("Acted, to be told"),
    "accounted": _("To be debriefed"),
    "debriefed": _("Debriefed"),
}

#: What the learner is about to do in each state, for the mentor who waits.
LEARNER_IS: Mapping[str, Promise] = {
    "logged": _("%(name)s is thinking it through first."),
    "reasoned": _("%(name)s has an own view now, and will ask you or decide."),
    "guided": _("%(name)s has your answer and will decide."),
    "decided": _("%(name)s has decided and will tell how it turned out."),
    "acted": _("%(name)s has acted and will tell how it turned out."),
}

#: What the mentor is about to do, for the learner who waits.
MENTOR_IS: Mapping[str, Promise] = {
    "consulted": _("%(name)s has your question. You can decide without waiting at any time."),
    "accounted": _("%(name)s has your account and will debrief it with you."),
}

#: State of a threshold claim -> label, tone.
THRESHOLDS = {
    "claimed": (_("Claimed, not confirmed yet"), "caution"),
    "confirmed": (_("Confirmed by the mentor"), "accent"),
    "shared": (_("Waits for an independent reader"), "caution"),
    "rating": (_("With an independent reader"), "caution"),
    "passed": (_("Passed"), "positive"),
    "not_yet": (_("Not yet"), "neutral"),
}
