"""Practice: exercises, role-plays, weekly conversations, and whether one wants to see the mirror."""

from telemachy.apps.practice.models.commitments import Commitment
from telemachy.apps.practice.models.drills import DrillCard, DrillReview
from telemachy.apps.practice.models.mirror import MirrorChoice
from telemachy.apps.practice.models.role_plays import RolePlay, RolePlayTurn

__all__ = ["Commitment", "DrillCard", "DrillReview", "MirrorChoice", "RolePlay", "RolePlayTurn"]
