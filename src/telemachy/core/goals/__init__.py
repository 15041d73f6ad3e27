"""Goals: whether one is specific enough to be worked on, and how far several were attained."""

from telemachy.core.goals.attainment import t_score
from telemachy.core.goals.specificity import Gap, check

__all__ = ["Gap", "check", "t_score"]
