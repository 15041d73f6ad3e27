"""What a token may be allowed, and which kind of token may be allowed it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Scope -> what it lets a program do, always within what its person may do.
SCOPES: dict[str, str | Promise] = {
    "read": _("Read what the person may read"),
    "learn": _(
        "Take the learner's steps (situations, goals, plan, reflections), and change the own profile, "
        "choices, consents and places"
    ),
    "guide": _(
        "Take the mentor's steps (guidance, debriefs, ratings), and change the own profile, choices, "
        "consents and places"
    ),
    "manage": _("Run programmes: participants, rosters, matching, signals"),
    "organise": _("Administer the organisation: people, agents, webhooks"),
    "check": _("Report automatic checks, and nothing else"),
}

#: Kind of token -> the scopes it may hold. An organisation's token never acts as somebody's mentor or
#: learner, and a verifier's key does one thing only.
OF_KIND: dict[str, frozenset[str]] = {
    "personal": frozenset({"read", "learn", "guide", "manage", "organise"}),
    "agent": frozenset({"read", "learn", "guide"}),
    "organisation": frozenset({"manage", "organise"}),
    "verifier": frozenset({"check"}),
}
