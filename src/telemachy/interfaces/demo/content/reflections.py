"""Prompts of the week, each with a reflection."""

#: Prompt of the week and what somebody wrote.
REFLECTIONS = (
    (
        ("What did you decide this week that you would have asked about a year ago?"),
        (
            "Whether Setúbal gets the crew on a Sunday. I wrote the three names on the back of the "
            "delivery note, rang them in the right order and only noticed in the evening that I had not "
            "thought of asking anyone."
        ),
    ),
    (
        ("Which question did you ask yourself this week, and whose voice did it have?"),
        (
            "“Who needs to hear it before the others do?” At first it was Ruth’s voice. This week it "
            "was mine, and I noticed because it had my impatience in it."
        ),
    ),
    (
        "What did you avoid saying?",
        (
            "That I do not believe in the date. I said “ambitious” three times. Next Tuesday I will use "
            "the number."
        ),
    ),
    (
        "Where did you help although nobody had asked you to?",
        ("I rewrote two sentences of somebody’s mail. They were better afterwards and no longer theirs."),
    ),
    (
        "What went well, and how much of it was luck?",
        (
            "The inspection passed. About half of it was luck: the inspector had a cold and wanted to "
            "get home. I would like to do it again with one who is in good health."
        ),
    ),
    (
        "Who was quieter than usual this week?",
        (
            "The two from the night shift. I have put a coffee with them into the diary, without any "
            "reason given."
        ),
    ),
    (
        "What would you do differently if nobody were watching?",
        (
            "I would leave out the Thursday report. I don’t think that anyone would notice. I am going "
            "to leave it out, and see."
        ),
    ),
    (
        "Which assumption turned out to be wrong?",
        (
            "That he was angry with me. He had a child in hospital. I had spent four days preparing for "
            "the wrong talk."
        ),
    ),
    (
        "What are you carrying that belongs to someone else?",
        (
            "The quarrel between the two leads. I gave it back on Wednesday. It was heavier to give "
            "back than to carry."
        ),
    ),
    (
        "What have you learnt from somebody with less experience?",
        ("How to say “I don’t understand that” in a room of fifteen people, and then just wait."),
    ),
    (
        "What would your mentor be surprised by?",
        ("That I said no to a client on the phone, with an alternative, and that my voice stayed as it was."),
    ),
    (
        "What is getting easier, and what is getting harder?",
        ("Easier: beginning. Harder: stopping. I say the true thing, and then say it another two times."),
    ),
    (
        "When were you most awake this week?",
        (
            "On the quay at half past five, when the crane moved for the first time with the new brake "
            "and nobody said anything."
        ),
    ),
    (
        "What did you promise, and to whom?",
        (
            "To the crew that they will hear of the roster from me before it hangs on the wall. It is "
            "in my calendar as an appointment, with a time."
        ),
    ),
    (
        "What would you like to be asked?",
        ("Whether I still like the work. I do. But nobody asks the ones who function."),
    ),
)
