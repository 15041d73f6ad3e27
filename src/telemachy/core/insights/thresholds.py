"""Every number the rules use, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Rules of thumb with the reason for each: set so that a rule needs several events before it speaks.

    Days are calendar days, shares and chances lie in [0, 1], difficulty grades in 1..5. An organisation
    that wants others passes `Thresholds(quiet_days=60)` to the rules. None of the numbers is a finding of
    a study; where the field says something about the order of magnitude, it is named in the notes.

    Notes
    -----
    Contact. Mentoring programmes for adults mostly ask for a meeting every two to four weeks; six weeks of
    silence is more than one missed meeting under any of these. That frequency and regularity of contact go
    with better relationships and outcomes: Eby, Allen, Hoffman et al. (2013), An interdisciplinary
    meta-analysis of the potential antecedents, correlates, and consequences of protege perceptions of
    mentoring, Psychological Bulletin 139, 441-476. Early ends do harm rather than nothing: Grossman and
    Rhodes (2002), The test of time, American Journal of Community Psychology 30, 199-219; hence the early
    look at first meetings and silence.

    Goals. Specific and demanding goals move more than doing one's best: Locke and Latham (2002), American
    Psychologist 57, 705-717. A quarter without movement on any level is the interval at which development
    plans are reviewed.

    Dependency and over-helping. Support should shrink as the learner manages: Wood, Bruner and Ross (1976),
    Journal of Child Psychology and Psychiatry 17, 89-100; help on demand is used without own thought when
    it costs nothing: Aleven, McLaren, Roll and Koedinger (2006), International Journal of Artificial
    Intelligence in Education 16, 101-128. Shares of one half and more say "mostly".

    Groups. Five people is the smallest group of which many employee surveys report a mean.

    `benchmarks/insights.py` prints how often each rule speaks about simulated pairs that are well.
    """

    window_days: int = 60
    """The recent past; compared with the window before it."""
    min_situations: int = 6
    """Fewer situations than this say nothing about a habit."""

    memory_days: int = 365
    """How far back a habit is remembered."""
    grown_days: int = 120
    """From this age on a pair is no beginner any more."""

    consult_share: float = 0.6
    """Dependency: at least this share of recent situations consulted, chance allowed for ..."""
    consult_share_firm: float = 0.75
    """... and from here on beyond doubt ..."""
    consult_fall: float = 0.1
    """... and the share fell by less than this compared with all that was before ..."""
    difficulty_rise: float = 0.5
    """... although the mean difficulty rose by less than this."""
    asked_first_share: float = 0.5
    """Dependency, also: at least this share of consulted situations asked before any own reasoning."""
    guided_success: float = 0.7
    """Dependency, also: success with guidance at least this ..."""
    alone_success: float = 0.4
    """... and alone at most this, with three situations of each."""

    goal_grace_days: int = 30
    """Undirected: this long without a specific goal once active."""
    goal_still_days: int = 90
    """Undirected: this long without movement on any attainment level."""
    tied_sessions_share: float = 1 / 3
    """Undirected: fewer than this share of at least three sessions tied to a goal."""

    quiet_days: int = 42
    """Stalled: this long, or two cadences if longer, without session or situation."""
    independent_from: float = 0.6
    """Chance of handling a hard, new situation alone from which a pair counts as independent."""
    independence_rise: float = 0.1
    """A rise of that chance over a window that counts as growth."""
    activity_fall: float = 0.7
    """Graduating: contacts fell to at most this share of the window before."""

    over_help_share: float = 0.5
    """Over-helping: at least this share of recent guidance more direct than recommended ..."""
    over_help_min: int = 4
    """... among at least this many."""

    waiting_days: int = 3
    """Unanswered: a learner waits at least this long."""
    waiting_long_days: int = 7
    """From here on the wait is urgent."""
    first_meeting_days: int = 14
    """No first meeting: this long after both accepted, none held or scheduled."""

    feedback_days: int = 90
    """Missing feedback: the learner told the mentor nothing on what helps for this long ..."""
    feedback_sessions: int = 3
    """... and at least this many sessions were held meanwhile."""

    overload_waiting: int = 5
    """Overload: at least this many learners wait at once, or more learners than agreed."""

    alike_distance: float = 0.1
    """One-size: mixes of guidance levels differ by at most so much more than chance alone makes them ..."""
    unlike_profiles: float = 0.25
    """... between learners whose chances alone are at least so far apart."""
    alike_learners: int = 3
    """One-size: judged over at least this many learners, each helped `min_situations` times."""

    pulse_raters: int = 5
    """A pulse is shown for groups of at least this many people."""
    pulse_low: float = 2.5
    """Low pulse: a mean of 1..5 at or below this."""


DEFAULT = Thresholds()
