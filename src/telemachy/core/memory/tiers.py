"""How much a statement about an outcome is worth, by who made it."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """Evidence tiers. A learner's word about itself and a peer's or judge's word move nothing."""

    SELF = "E0"
    PEER = "E1"
    TRAINER = "E2"
    VERIFIER = "E3"

    @property
    def counts(self) -> bool:
        """Whether it may move a level or pass a threshold: a trainer's word, or a verifier's."""
        return self in {Tier.TRAINER, Tier.VERIFIER}
