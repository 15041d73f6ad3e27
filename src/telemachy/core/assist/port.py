"""The port: what a language model is to the product, whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

#: Most tokens that one answer may take; models that reason silently spend most of them on that.
MAX_OUTPUT_TOKENS = 1_500
#: European text has three to four characters to a token; reckoned with this an estimate is hardly too low.
CHARS_PER_TOKEN = 2


class Kind(StrEnum):
    """What a language model is asked for."""

    QUESTIONS = "questions"
    SUMMARY = "summary"
    GOAL = "goal"
    CLIENT = "client"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: our instructions, and what people wrote as JSON, with seats in place of names.

    `seats` are the pairs (seat, name) by which the answer gets its names back; they are not sent.
    """

    kind: Kind
    instructions: str
    material: str
    seats: tuple[tuple[str, str], ...] = ()

    @property
    def n_tokens_at_most(self) -> int:
        """About the most that asking this can cost, in tokens."""
        n_chars = len(self.instructions) + len(self.material)
        return n_chars // CHARS_PER_TOKEN + MAX_OUTPUT_TOKENS


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and what it cost."""

    text: str
    n_input_tokens: int
    n_output_tokens: int


class Silence(StrEnum):
    """Why nothing came back."""

    TOO_LATE = "too_late"
    REFUSED = "refused"
    BROKEN = "broken"


class NoReply(Exception):
    """The model gave no answer; `may_cost` where it may have been paid for nevertheless."""

    def __init__(self, why: Silence, *, may_cost: bool) -> None:
        super().__init__(why.value)
        self.why = why
        self.may_cost = may_cost


class LanguageModel(Protocol):
    """Answers one prompt, without tools and without memory."""

    def __call__(self, prompt: Prompt) -> Reply:
        """Return the answer; raises NoReply when there is none, whatever went wrong."""
        ...
