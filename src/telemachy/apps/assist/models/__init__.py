"""Who wants a language model's help, and what it cost; never what was said."""

from telemachy.apps.assist.models.agreements import Agreement
from telemachy.apps.assist.models.budgets import AssistRules, Use

__all__ = ["Agreement", "AssistRules", "Use"]
