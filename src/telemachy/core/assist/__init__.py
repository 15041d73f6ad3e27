"""What is said to a language model and what of its answer is let in; no model and no network in here."""

from telemachy.core.assist.answers import lines_of, tidy
from telemachy.core.assist.port import Kind, LanguageModel, NoReply, Prompt, Reply, Silence
from telemachy.core.assist.prompts import (
    client_prompt,
    draft_prompt,
    goal_prompt,
    questions_prompt,
    summary_prompt,
)

__all__ = [
    "Kind",
    "LanguageModel",
    "NoReply",
    "Prompt",
    "Reply",
    "Silence",
    "client_prompt",
    "draft_prompt",
    "goal_prompt",
    "lines_of",
    "questions_prompt",
    "summary_prompt",
    "tidy",
]
