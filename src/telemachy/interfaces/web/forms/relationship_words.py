"""The states and seats of relationships in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: state -> word and tone of its badge
STATES: dict[str, tuple[str | Promise, str]] = {
    "proposed": (_("Invited"), "caution"),
    "accepted": (_("Accepted"), "accent"),
    "contracting": (_("Agreeing on the charter"), "accent"),
    "active": (_("Under way"), "positive"),
    "winding_down": (_("Winding down"), "caution"),
    "graduated": (_("Graduated"), "positive"),
    "completed": (_("Completed"), "positive"),
    "transferred": (_("Passed on"), "neutral"),
    "declined": (_("Not taken up"), "neutral"),
    "unwound": (_("Ended without fault"), "neutral"),
}
SEATS: dict[tuple[str, str], str | Promise] = {
    ("mentoring", "mentor"): _("Mentor"),
    ("mentoring", "learner"): _("Learner"),
    ("coaching", "mentor"): _("Coach"),
    ("coaching", "learner"): _("Learner"),
}
GOAL_STATES: dict[str, str | Promise] = {
    "draft": _("Draft"),
    "active": _("Agreed"),
    "reached": _("Reached"),
    "dropped": _("Dropped"),
}
