"""What the lead mentor practised lately: answers that did not do it at first, and conversations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conversation:
    """A planned conversation: days before today when it was planned and due, and what she wrote after it."""

    planned: int
    due: int
    partner: str
    topic: str
    asked: str = ""
    noticed: str = ""
    differently: str = ""


#: Exercises of each sitting, by the days before today.
SITTINGS: dict[int, tuple[str, ...]] = {
    34: ("phase-01", "phase-02", "phase-03", "ask-01", "ask-02", "phase-04"),
    30: ("phase-05", "phase-06", "phase-07", "phase-08", "ask-03", "ask-04", "unstack-01"),
    23: ("ask-05", "ask-06", "unstack-02", "unstack-03", "reflect-01", "reflect-02", "ask-01"),
    16: ("reflect-03", "reflect-04", "unstack-04", "ask-07", "deepen-01", "ask-08"),
    9: ("deepen-02", "deepen-03", "reflect-05", "summarise-01", "unstack-05", "ask-09"),
    4: ("ask-10", "reflect-06", "deepen-04", "summarise-02", "unstack-06"),
}

#: First tries that missed the point, by exercise; everything else she got about right.
FIRST_TRIES = {
    "ask-01": "Have you talked to them yet?",
    "ask-04": "Why don't you ask for the reasons in writing?",
    "unstack-02": "What happened, and when did you first think of it? Was it the reorganisation?",
    "deepen-01": "So everybody nods and then does something else.",
}

#: Role-plays, by the days before today: the scenario and what she said in it.
ROLE_PLAYS: dict[int, tuple[str, tuple[str, ...]]] = {
    29: (
        "vague-goal",
        (
            "That is a good goal, I would start with the internal newsletter.",
            "You could give a short talk in the spring.",
            "What would being visible change for you?",
            "What would you like to see in three months?",
            "Which of this is most important to you?",
        ),
    ),
    15: (
        "silence",
        (
            "Take your time.",
            "You have the sentence ready, and somebody is faster.",
            "That sounds lonely.",
            "You want to be heard.",
            "What would be a small first step?",
        ),
    ),
    6: (
        "asks-for-advice",
        (
            "You are unsure what a yes would set off.",
            "What have you thought of yourself so far?",
            "I would talk to her first.",
            "What do you need to know from her?",
            "What will you do, and by when?",
        ),
    ),
}

CONVERSATIONS = (
    Conversation(
        27,
        25,
        "Pavel",
        "How he wants to hand over the night shift.",
        "What would you need to see before you can let go of it?",
        "He was quiet for a long time and then named two people I had not thought of.",
        "Not offer my own list while he is still thinking.",
    ),
    Conversation(
        19,
        17,
        "Johanna",
        "The supplier audit she keeps putting off.",
        "What makes this one different from the last?",
        "I asked three questions at once at the beginning. She answered the easiest.",
        "One question, then wait.",
    ),
    Conversation(
        12,
        10,
        "Pavel",
        "How the first handover went.",
        "",
        "He had decided already and wanted to tell somebody. I did not need to say anything.",
        "",
    ),
    Conversation(1, -2, "Amadou", "What he wants to do with the training budget."),
)
