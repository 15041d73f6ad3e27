"""Conversation: reads transcripts, codes what a coach does in each turn, and measures it with evidence.

Light to import: the model and numpy load with the first call that needs them.
"""

from telemachy.core.conversation.coding import Code, code_utterances, marked_today
from telemachy.core.conversation.draft import DraftKind, DraftMarks, SentenceMark, mark_draft, mark_sentences
from telemachy.core.conversation.measures import Measure, measure
from telemachy.core.conversation.readers import read_transcript
from telemachy.core.conversation.transcript import Note, Passage, Transcript, TranscriptError
from telemachy.core.conversation.turns import Utterance, seats, turns

__all__ = [
    "Code",
    "DraftKind",
    "DraftMarks",
    "Measure",
    "Note",
    "Passage",
    "SentenceMark",
    "Transcript",
    "TranscriptError",
    "Utterance",
    "code_utterances",
    "mark_draft",
    "mark_sentences",
    "marked_today",
    "measure",
    "read_transcript",
    "seats",
    "turns",
]
