"""Short replies: leaving the decision to the learner, and reasons for a coach's change of mode."""

DEBRIEF_REPLIES = (
    "This one is yours. Decide it, and we look at it together afterwards.",
    "I have an opinion and will keep it until you have told me how it went.",
    "Your reasoning is further along than my question would be. Tell me afterwards.",
    "Go by your own view. I look forward to the account.",
)
MODE_SHIFTS = (
    "A fact was missing that no question could have brought out.",
    "Safety was involved, and there was no time for a detour.",
    "The first case of this kind: a cue is worth more than a question without any ground.",
    "The coachee asked openly for an example after finding two options alone.",
)

#: What learners and mentors tell each other about their work together: what helped, what they wish for.
FEEDBACK_TO_MENTOR = (
    (
        "That you wait. The pauses were where I found out what I think.",
        "Say it sooner when I am going in circles.",
    ),
    (
        "The case that went wrong for you. I stopped being ashamed of mine.",
        "Fewer stories, now that I have my own.",
    ),
    (
        "You never told my manager anything, and I could feel that.",
        "A fixed hour; the moved meetings cost me the week.",
    ),
    (
        "The question about who has to hear it first. I ask it without you now.",
        "Nothing at the moment. I will say so.",
    ),
    ("Your answers come within two days and are short.", "Ask me more often what I have decided already."),
)
FEEDBACK_TO_LEARNER = (
    (
        "You write your own view before you ask. It makes my part small, and right.",
        "Bring me the cases that went well, too.",
    ),
    (
        "You said it when my example did not fit.",
        "Log the case on the same day; after a week it has been smoothed.",
    ),
    ("The honesty about what you avoided.", "Ask later. You had the answer in four of the last five."),
    ("Well prepared, and never overloaded.", "Tell me when I am helping too much."),
)

#: What is noted beside a reading of a goal, by attainment level.
READING_NOTES = {
    -2: (
        "Where we began. Both of us read it the same.",
        "No movement yet, and an honest reading.",
    ),
    -1: (
        "Two cases in a row, with help. The third one slipped back.",
        "It works when it has been prepared.",
    ),
    0: (
        "We read it separately and were one level apart; after two cases side by side we agreed.",
        "As expected when we wrote the levels, and a month early.",
    ),
    1: (
        "Also in cases that could not be prepared. The mentor had read it higher than the learner.",
        "It happens without anybody reminding anybody.",
    ),
    2: (
        "Others have begun to do it too, which was the most we had hoped for.",
        "Somebody else on the team was shown how, and does it.",
    ),
}

#: What the quarterly look at the plan came to.
PLAN_REVIEWS = (
    "One activity dropped because it led nowhere, one added. The drill brought more than the course.",
    "Nothing new on the list this quarter: two things finished are worth more than five begun.",
    "The shadowing was the turning point. We put the reading off until the dark months.",
    "Half of it done. What is left is what is uncomfortable, so that comes first now.",
)
