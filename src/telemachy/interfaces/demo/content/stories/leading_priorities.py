"""Stories of leadership: priorities and conflict."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="priorities-three-yes",
        title="Three times yes in one week",
        competency="priorities",
        difficulty=2,
        novelty=2,
        confidence=65,
        rating=1,
        stage="early",
        story=(
            "On Monday I promised {client} a site visit, on Tuesday our quality lead an audit paper, "
            "and on Wednesday {colleague} that I would take over the interviews. Everything is due on "
            "Friday. I noticed on Thursday evening."
        ),
        stakes=("Two of three will be late, and the audit paper has an external deadline."),
        own_view=(
            "I should be better organised. I wanted to help everyone, and each thing alone was possible."
        ),
        options=(
            "Work through the night",
            "Deliver all three half done",
            "Call someone tonight",
        ),
        own_question="Which tool do you use for your tasks?",
        intended=(
            "Work tonight, do the audit paper and the visit, and excuse myself with {colleague} on Friday."
        ),
        answer=(
            "Call {colleague} now, not on Friday: the interviews can be moved tonight, but not "
            "tomorrow. Send somebody else to the visit. Do the paper. And from now on say “I will tell "
            "you tomorrow at nine” to each new request. That sentence is the tool you were asking for."
        ),
        example=(
            "I worked three nights for a promise like that. On the fourth day someone asked what it had "
            "been for and I couldn’t remember who had wanted it."
        ),
        question=(
            "Who could still do something with your no tonight, and for whom will it be too late by tomorrow?"
        ),
        debrief_questions=(
            "What did you feel in the second before each yes?",
            "Which of the three did not need you?",
        ),
        decision=(
            "I did the audit paper during the night, went to the visit, and told {colleague} on Friday "
            "at eight."
        ),
        criteria="The external deadline first.",
        risks=("That {colleague} would be angry. I thought that the work would excuse it."),
        alternatives="The call on Thursday evening.",
        outcome=(
            "Paper in time. Four applicants had to be rescheduled, one withdrew. {colleague} said that "
            "a call the evening before would have been enough."
        ),
        debrief=("The call was possible and was not made. We practised saying “tomorrow at nine”."),
        rating_comment="Paid for with a night and an applicant. The cause is the early yes.",
    ),
    Story(
        key="priorities-stop-project",
        title="Stopping a project that I started myself",
        competency="priorities",
        difficulty=4,
        novelty=4,
        confidence=60,
        rating=3,
        stage="late",
        story=(
            "Two years ago I started the condition monitoring pilot at {site}. It has two sensors too "
            "few, one fan (me) and no customer. Now the team needs eight weeks for {client}, and the "
            "only place they could come from is the pilot."
        ),
        stakes=(
            "If I go on, the team works on something nobody asks for. If I stop, I have spent 70,000 "
            "euro on a lesson."
        ),
        own_view=(
            "I would tell anyone else to stop. So what is keeping me? My name on it. What would I need "
            "to see by the end of the month for going on to be right? One paying customer. There will "
            "not be one."
        ),
        options=(
            "Go on with half the hours",
            "Pause it",
            "Stop it and write down what we learnt",
        ),
        own_question="Am I stopping it, or only hiding it?",
        intended=(
            "Stop it in the open, with a page about what we know now, and offer the sensors to {colleague}."
        ),
        answer=("Do that. And tell those who built it before the page is sent round, one by one."),
        example=(
            "I let a project starve for a year rather than stop it. The people on it told me later that "
            "the year was worse than the end."
        ),
        question=("What does the team need to hear so that they will propose something bold again?"),
        debrief_questions=(
            "What was the hardest sentence on that page?",
            "What did the people who built it ask for?",
        ),
        decision=(
            "I told the three who had built it, then stopped it with a page on what we learnt and what "
            "we would do differently, and gave the sensors away."
        ),
        criteria=("The hours go where someone needs them. Stopping well is part of daring to start."),
        risks=("That the next idea is not proposed. I asked for one in the same meeting."),
        alternatives="Pausing, which would have been stopping without saying so.",
        outcome=(
            "{colleague} uses the sensors on a test bench now. The page has been read more than any "
            "report of mine."
        ),
        debrief=("Decided alone. We only spoke about why a pause would have felt so comfortable."),
        rating_comment="Ended own work in the open, and looked after those who had built it.",
    ),
    Story(
        key="conflict-two-leads",
        title="Two people who only talk through me",
        competency="conflict",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=2,
        stage="early",
        story=(
            "{colleague} and {other} run design and assembly. Since a quarrel about a drawing in spring "
            "each of them comes to me with what the other should do. I pass it on. I now spend about an "
            "hour a day as a postman."
        ),
        stakes=("Two assembly errors in a month came from messages that I had passed on incompletely."),
        own_view=(
            "They are both right in part. If I bring them together now it explodes, so it is better if "
            "I stay in the middle."
        ),
        options=(
            "Go on passing things on",
            "Put both in a room",
            "Refuse to pass anything on from now on",
        ),
        own_question="How do I make them get along?",
        intended="Write down the responsibilities more clearly and send it to both.",
        answer=(
            "Stop being the postman, announced and from Monday: “I don’t carry messages any more. If "
            "you can’t settle it, you come together and I will decide.” Then keep to it the first time "
            "it is uncomfortable, which will be on Tuesday."
        ),
        example=(
            "I was the go-between for two brothers-in-law in a workshop for a year. When I had flu they "
            "talked to each other. That was when I understood my part in it."
        ),
        question="What would the two of them lose if you were ill for two weeks?",
        debrief_questions=(
            "What did you get out of being in the middle?",
            "What did the first day look like?",
        ),
        decision=(
            "I told both that I don’t carry messages, and fixed a joint quarter of an hour every day at "
            "half past eight, in which I took part for the first week."
        ),
        criteria="Fewer errors. They needn’t like each other.",
        risks="That they stop talking altogether. So I stayed for the first week.",
        alternatives="A paper on responsibilities, which would have been one more message.",
        outcome=(
            "The first three days were icy. In the second week I left out two of the meetings and "
            "nobody noticed. In one case I passed something on again, because it was quicker."
        ),
        debrief=(
            "The one relapse was more interesting than the success: it was a Friday, it was late, and "
            "it was quicker."
        ),
        rating_comment="The right step, not yet held through.",
    ),
    Story(
        key="conflict-public-meeting",
        title="A reproach in front of thirty people",
        competency="conflict",
        difficulty=4,
        novelty=4,
        confidence=50,
        rating=3,
        stage="late",
        story=(
            "In the all-hands {colleague} said that my team had “hidden” the delay at {client} for a "
            "month. Thirty people looked at me. It is half true: we knew of it for nine days, and I had "
            "not wanted to alarm anyone before the new plan was ready."
        ),
        stakes=("My team sits there and sees whether I defend them, and whether I can bear the truth."),
        own_view=(
            "I felt the heat come up. What is the true part? Nine days. Who needs what now? The room "
            "needs to know whether it can rely on us, and my team must not be left standing there as "
            "liars."
        ),
        options=(
            "Correct the figure and move on",
            "Ask {colleague} for a talk afterwards",
            "Say what is true, what is not, and what I would do differently",
        ),
        own_question="Can I say the true part before I say the false one?",
        intended=("Say the nine days at once, take them on myself, and name when the new plan will come."),
        answer=(
            "Nothing to add. Go to {colleague} afterwards, not in order to be right, but to find out "
            "what those nine days did on their side."
        ),
        example=(
            "I once defended myself brilliantly in such a meeting. I was right about everything, and "
            "for half a year nobody told me anything."
        ),
        question="What did {colleague} have to deal with during those nine days?",
        debrief_questions=(
            "What did your team say afterwards?",
            "What did you hear from {colleague} that you had not known?",
        ),
        decision=(
            "I said: we have known it for nine days, not for a month, and nine days was too long; that "
            "was my decision, and the plan comes on Wednesday. Afterwards I went to {colleague}."
        ),
        criteria=("The true part first. The team did what I had asked of it, so it is mine."),
        risks="That it looks weak. I found that I could bear that.",
        alternatives="Correcting the month and leaving it there.",
        outcome=(
            "{colleague} had been apologising to another customer for us in those nine days. We have "
            "had a ten-minute call every Monday since. Two people from my team thanked me."
        ),
        debrief=("No help, no preparation, thirty people. The sentence came in the right order."),
        rating_comment=("True part first, responsibility taken, relation mended on the same day."),
    ),
)
