"""Stories of executives who learn from younger colleagues."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="reverse-dashboard",
        title="The dashboard that I have printed out every Monday",
        competency="digital",
        difficulty=2,
        novelty=2,
        confidence=60,
        rating=2,
        stage="early",
        story=(
            "My assistant prints the fleet dashboard for me on Mondays. {colleague} showed me that the "
            "figures are six hours old at that point and that two filters are set which nobody had "
            "chosen. I have been taking decisions on it for a year."
        ),
        stakes="Crew hours for five sites are set by this sheet.",
        own_view=(
            "I trusted that someone had checked it. I don’t want to become a data analyst; I want to "
            "know whether I can rely on it."
        ),
        options=(
            "Have it printed with the right filters",
            "Learn to open it myself",
            "Have a weekly summary written",
        ),
        own_question="What do I have to be able to do myself?",
        intended="Have the filters put right and go on with the paper.",
        answer=(
            "Open it yourself, on your telephone, on Monday before the meeting. It is four taps, and I "
            "have put them on a card. After two weeks you will ask questions that the paper never let "
            "you ask."
        ),
        example=(
            "I couldn’t read our crane logs because I had never stood beside a crane. One afternoon on "
            "the quay did more than the training. It is the same thing in the other direction."
        ),
        question=("What would you have asked on any of those Mondays, if you could have touched the figure?"),
        debrief_questions=(
            "Which question did you ask that was not on the paper?",
            "What was uncomfortable about it?",
        ),
        decision=("I opened it myself for two weeks, with the card, and kept the paper as well."),
        criteria="To be able to ask further questions.",
        risks="That I look clumsy in front of the team. I did, once.",
        alternatives="A written summary.",
        outcome=(
            "In the second week I asked why {site} is always red on Thursdays. It is the day of the "
            "fuel delivery. The paper is still being printed."
        ),
        debrief=("The question was found without me. The paper can wait; it will go by itself."),
        rating_comment="Out of the habit, with the safety net still in place.",
    ),
    Story(
        key="reverse-ai-draft",
        title="A letter to staff written by a language model",
        competency="digital",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=2,
        stage="middle",
        story=(
            "I had the letter about the new site structure drafted by a language model and sent it "
            "after a quick look. {colleague} asked me at lunch whether I had written it. It was smooth, "
            "and it thanked everyone for their “continued passion”. Three people have quoted that to "
            "me."
        ),
        stakes="400 people read it as a message from me about their workplace.",
        own_view=(
            "It saved me an hour. I did read it. But I didn’t notice that it says nothing that only I "
            "could have said."
        ),
        options=(
            "Never use it for such letters",
            "Use it and revise more carefully",
            "Write another letter",
        ),
        own_question="How do people notice it?",
        intended="Revise it more carefully next time.",
        answer=(
            "Write the three sentences first that only you can say: why, what you are unsure of, what "
            "you will do if it goes wrong. Let the model do the rest, if there still is a rest. And "
            "answer the three people in person."
        ),
        example=(
            "My application was written with it. In the interview I was asked about a sentence in it, "
            "and did not know what I had meant."
        ),
        question="Which sentence in the letter could nobody but you have written?",
        debrief_questions=(
            "What did the three people want to hear?",
            "What do you write yourself from now on?",
        ),
        decision=("I answered the three, and sent a short second letter with what I am unsure about."),
        criteria="What concerns people’s work comes from me.",
        risks="That it looks like an apology. It was one.",
        alternatives="Revising and saying nothing.",
        outcome=(
            "The second letter had nine answers, the first none. One paragraph in it was from the model "
            "again, and {colleague} found it."
        ),
        debrief=("We read both letters aloud. The second sentence was enough, nobody had to point."),
        rating_comment="Saw the point and mended it; not yet free of the comfort.",
    ),
    Story(
        key="reverse-young-leave",
        title="Why four young engineers have left",
        competency="inclusion",
        difficulty=3,
        novelty=3,
        confidence=60,
        rating=3,
        stage="middle",
        story=(
            "Four people under thirty left our division in a quarter. The exit interviews say “new "
            "challenge”. {colleague}, who knows all four of them, said to me: “They have told you what "
            "you can bear.” I have {colleague}’s hour next week."
        ),
        stakes="12 of 60 in that age group, and the next ones are watching.",
        own_view=(
            "My instinct was a salary review. I asked myself what I would be told if I were not the one "
            "who signs. What would make it safe for one of them to tell me? Not me asking from behind "
            "my desk."
        ),
        options=(
            "Commission a survey",
            "Ask {colleague} to tell me who said what",
            "Ask the four for a coffee outside, without notes",
        ),
        own_question=("What must I promise before anyone tells me the truth, and can I keep it?"),
        intended=(
            "Invite the four one by one, outside, with the promise that nothing will be written down, "
            "and ask what I should have seen."
        ),
        answer=("Let them choose the place. And tell them first what you think you did wrong yourself."),
        example=(
            "When I left my first company the managing director asked me why, in the lift, with two "
            "others. I said “new challenge”."
        ),
        question="What will you do if it is about somebody you like?",
        debrief_questions=(
            "What did you hear twice?",
            "What did you do with it, and what did you leave alone?",
        ),
        decision=(
            "I met three of the four, where they wanted to, began with my own part, and asked what I "
            "should have seen."
        ),
        criteria="To understand before measures are taken. No names leave the table.",
        risks="That it concerns a friend of mine. It did.",
        alternatives="A survey, which would have taken three months.",
        outcome=(
            "Twice I heard that ideas have to be presented by the superior. Since July those who had "
            "the idea present it themselves. One superior has not taken it well."
        ),
        debrief=("{colleague} was not asked to tell on anyone. That was noticed before I had to say it."),
        rating_comment="Gave up protection in order to hear the truth, and acted on it.",
    ),
    Story(
        key="reverse-meeting-phone",
        title="The rule about telephones in my meetings",
        competency="inclusion",
        difficulty=2,
        novelty=2,
        confidence=65,
        rating=1,
        stage="early",
        story=(
            "I have forbidden telephones in my leadership round. {colleague} told me, rather carefully, "
            "that the younger ones think I don’t know that they take their notes on them, and that one "
            "of them uses a hearing app."
        ),
        stakes="I look old-fashioned, and somebody hears worse because of me.",
        own_view=(
            "It is about respect. When I speak with somebody I don’t look at a screen. They could take "
            "notes on paper."
        ),
        options=(
            "Keep the rule",
            "Make an exception for the app",
            "Drop the rule",
        ),
        own_question="How else do I get their attention?",
        intended="Allow an exception for the person with the hearing app.",
        answer=(
            "Drop it, and say why. An exception makes the person visible who did not want that. Ask the "
            "round how all of you will notice that someone is not listening."
        ),
        example=(
            "My grandmother thought I was ignoring her when I was looking up her train. It helped to "
            "let her see the screen."
        ),
        question="What did the rule want to achieve, and who pays for it?",
        debrief_questions=(
            "What did you learn about the person with the app?",
            "Which of your rules are there for whom?",
        ),
        decision="I announced an exception for “special reasons”.",
        criteria="To keep attention in the room.",
        risks="I did not see that the exception points at somebody.",
        alternatives="Dropping the rule.",
        outcome=(
            "The person has not used the app since, and sits nearer to the front. I dropped the rule "
            "two weeks later and apologised."
        ),
        debrief="The exception was meant well and had the effect of a spotlight.",
        rating_comment="Held on to the form and lost sight of the purpose; mended late.",
    ),
)
