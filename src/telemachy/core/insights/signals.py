"""A signal: what was seen, by which rule, and what may help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from telemachy.core.shared.wording import Param, fill, gettext_noop


class Severity(StrEnum):
    """How soon someone should look: good news, worth watching, worth acting on, urgent."""

    GOOD = "good"
    WATCH = "watch"
    ACT = "act"
    URGENT = "urgent"


class Confidence(StrEnum):
    """How sure a finding is.

    `COUNTED`: read off dates and counts, nothing is inferred. `FIRM`: a habit that stands clear of the rule
    even when chance is allowed for. `TENTATIVE`: the rule is met, but so few events could be chance.
    """

    COUNTED = "counted"
    FIRM = "firm"
    TENTATIVE = "tentative"


class SignalText(NamedTuple):
    """The four sentences of a signal: its name, the evidence, the rule, the suggested move."""

    name: str
    evidence: str
    rule: str
    move: str


TEXTS: Mapping[str, SignalText] = {
    "dependency_consulting": SignalText(
        gettext_noop("Mentor dependency"),
        gettext_noop(
            "%(recent).0f %% of the last %(n)d situations were taken to the mentor, after "
            "%(before).0f %% in the "
            "period before; difficulty stayed about the same."
        ),
        gettext_noop(
            "Most decisions go through the mentor, and not fewer than before, while situations got no harder."
        ),
        gettext_noop(
            "Agree on one kind of situation that the learner decides alone and brings only to the debrief."
        ),
    ),
    "dependency_asking_first": SignalText(
        gettext_noop("Mentor dependency"),
        gettext_noop(
            "In %(n)d of %(total)d recent consultations the question came before any reasoning of "
            "the learner's own."
        ),
        gettext_noop("The learner asks before reasoning in at least half of the consultations."),
        gettext_noop("Before each answer, ask for the learner's own view and intended decision."),
    ),
    "dependency_guided_only": SignalText(
        gettext_noop("Mentor dependency"),
        gettext_noop("%(guided).0f %% of situations succeed with guidance, %(alone).0f %% without."),
        gettext_noop("Situations go well with guidance but not alone."),
        gettext_noop("Move one level down the ladder on an easier situation, and debrief it together."),
    ),
    "undirected_goals": SignalText(
        gettext_noop("Undirected mentorship"),
        gettext_noop("Active for %(days)d days; goals written: %(n_goals)d, specific: none."),
        gettext_noop("There is no goal that says whose behaviour changes, how it is measured and by when."),
        gettext_noop("Give the next session to one goal: baseline, five levels, a date."),
    ),
    "undirected_drift": SignalText(
        gettext_noop("Undirected mentorship"),
        gettext_noop(
            "%(n_tied)d of %(n_sessions)d sessions named a goal, and no attainment level moved "
            "for %(days)d days."
        ),
        gettext_noop("Sessions are not tied to goals, and no goal moves."),
        gettext_noop("Put one goal on the next agenda, or replace goals that no longer matter."),
    ),
    "drifting_cadence": SignalText(
        gettext_noop("Drifting cadence"),
        gettext_noop(
            "The next session was expected %(days)d days ago; the agreed cadence is %(cadence)d days."
        ),
        gettext_noop("A session is late by more than half of the agreed cadence."),
        gettext_noop("Offer both three slots, or ask whether another cadence fits better now."),
    ),
    "stalled": SignalText(
        gettext_noop("Stalled growth"),
        gettext_noop("No session and no situation for %(days)d days, and independence has not risen."),
        gettext_noop("A pair is quiet for a long time although the learner is not yet independent."),
        gettext_noop(
            "Ask both, separately, what stands in the way. Closing the relationship without fault "
            "is an answer too."
        ),
    ),
    "graduating": SignalText(
        gettext_noop("Graduating"),
        gettext_noop(
            "Contacts fell from %(before)d to %(recent)d while the chance of handling a new, hard "
            "situation alone "
            "reached %(p).0f %%."
        ),
        gettext_noop("A pair meets less because the learner decides alone. This is what success looks like."),
        gettext_noop("Plan the last sessions: look back on the growth, and agree on how to stay in touch."),
    ),
    "over_helping": SignalText(
        gettext_noop("Over-helping"),
        gettext_noop("%(n)d of the last %(total)d responses were more direct than the level recommended."),
        gettext_noop("At least half of the recent guidance is more direct than recommended."),
        gettext_noop("Try the recommended level on the next situation; often a question is enough."),
    ),
    "unanswered": SignalText(
        gettext_noop("Unanswered situation"),
        gettext_noop("Waiting for the mentor: %(n)d, the oldest for %(days)d days."),
        gettext_noop("A learner has waited for guidance for three days or more."),
        gettext_noop("Send the mentor a reminder; a short question now helps more than a full answer later."),
    ),
    "no_first_meeting": SignalText(
        gettext_noop("No first meeting"),
        gettext_noop("Both accepted %(days)d days ago; no session was held or scheduled."),
        gettext_noop("Two weeks after accepting, a pair has no meeting held or scheduled."),
        gettext_noop("Propose three slots from both people's working hours."),
    ),
    "one_side_left": SignalText(
        gettext_noop("One side has left"),
        gettext_noop("Nobody of one side has been in the organisation for %(days)d days."),
        gettext_noop("Everybody of one side of a pair has left the organisation."),
        gettext_noop("End the pair, or pass the learner on to another mentor."),
    ),
    "missing_feedback": SignalText(
        gettext_noop("Missing feedback"),
        gettext_noop(
            "Sessions held: %(n_sessions)d; days without a word to the mentor on what helps: %(days)d."
        ),
        gettext_noop("After three sessions and ninety days a learner has not told the mentor what helps."),
        gettext_noop("Ask the learner for two sentences to the mentor: what helped, and what to wish for."),
    ),
    "overload": SignalText(
        gettext_noop("Overload"),
        gettext_noop("Learners: %(n_learners)d, agreed: %(capacity)d; situations that wait: %(n_waiting)d."),
        gettext_noop("A mentor has more learners than agreed, or five or more situations waiting."),
        gettext_noop("Ask the mentor what to pause, and hold new matches."),
    ),
    "one_size": SignalText(
        gettext_noop("One-size coaching"),
        gettext_noop(
            "The mix of guidance differs by %(distance).0f %% between %(n)d learners, where chance alone "
            "makes %(chance).0f %%, although their independence ranges from %(low).0f %% to %(high).0f %%."
        ),
        gettext_noop("A mentor guides learners who stand at different points in nearly the same way."),
        gettext_noop(
            "Compare the recommended level of each learner before answering; bring the pattern to "
            "supervision."
        ),
    ),
    "low_pulse": SignalText(
        gettext_noop("Low pulse"),
        gettext_noop("The mean pulse of %(n)d people is %(mean).1f of 5."),
        gettext_noop("A group of five or more people rates its safety at 2.5 of 5 or less."),
        gettext_noop(
            "Ask the group openly what would make it easier to speak up; look for no single person."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One finding about a pair, a mentor or a group; never a score alone.

    `code` names the rule, `params` hold the evidence as numbers, and the templates in `TEXTS[code]`
    put them into words. `confidence` says whether the evidence is counted or inferred.
    """

    code: str
    severity: Severity
    params: Mapping[str, Param]
    confidence: Confidence = Confidence.COUNTED

    @property
    def templates(self) -> SignalText:
        """The English sentences with named placeholders, as marked for translation."""
        return TEXTS[self.code]

    @property
    def name(self) -> str:
        """The name of the signal in English."""
        return self.templates.name

    @property
    def rule(self) -> str:
        """The rule in English."""
        return self.templates.rule

    @property
    def move(self) -> str:
        """What may help, in English."""
        return self.templates.move

    def text(self) -> str:
        """Return the evidence in English."""
        return fill(self.templates.evidence, self.params)
