from .enrolments import Enrolment, EnrolmentLink
from .match_runs import MatchRun, PairRule, Proposal, Unmatched
from .programmes import Programme, ProgrammeManager
from .rosters import ColumnMapping, RosterImport, RosterRow

__all__ = [
    "ColumnMapping",
    "Enrolment",
    "EnrolmentLink",
    "MatchRun",
    "PairRule",
    "Programme",
    "ProgrammeManager",
    "Proposal",
    "RosterImport",
    "RosterRow",
    "Unmatched",
]
