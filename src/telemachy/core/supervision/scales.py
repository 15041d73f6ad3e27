"""Where supervision looks, and what may repeat in a practitioner's work."""

from __future__ import annotations

from enum import StrEnum


class Lens(StrEnum):
    """The seven eyes of supervision (Hawkins and Shohet, Supervision in the Helping Professions, 1989)."""

    CLIENT = "client"
    INTERVENTIONS = "interventions"
    RELATIONSHIP = "relationship"
    PRACTITIONER = "practitioner"
    PARALLEL = "parallel"
    SUPERVISOR = "supervisor"
    CONTEXT = "context"


class Pattern(StrEnum):
    """What practitioners find themselves doing again, whoever the client is; this project's own list."""

    ADVISING = "advising"
    RESCUING = "rescuing"
    AVOIDING_CHALLENGE = "avoiding_challenge"
    WORKING_HARDER = "working_harder"
    HURRYING = "hurrying"
    OVER_IDENTIFYING = "over_identifying"
    LOSING_CONTRACT = "losing_contract"
    COLLUDING = "colluding"
    BLURRED_BOUNDARY = "blurred_boundary"
    DOUBTING_SELF = "doubting_self"
