"""Conversation: for now, telling a question from an answer while a mentor types."""

from telemachy.core.conversation.draft import DraftKind, DraftMarks, mark_draft

__all__ = ["DraftKind", "DraftMarks", "mark_draft"]
