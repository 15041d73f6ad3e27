"""Stories of leadership: feedback and influence."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="feedback-brilliant",
        title="The brilliant engineer whom nobody wants to ask",
        competency="feedback",
        difficulty=3,
        novelty=3,
        confidence=60,
        rating=2,
        stage="early",
        story=(
            "{colleague} solves in an hour what takes others a day, and lets them feel it. Two juniors "
            "now wait until {colleague} is on holiday before they ask. In the review yesterday the word "
            "“trivial” was used four times."
        ),
        stakes=(
            "One of the juniors has asked me for a transfer. {colleague} is the only one who "
            "understands the pressure control at {client}."
        ),
        own_view=(
            "It is a matter of personality and you can’t change people. I could give the juniors "
            "somebody else to ask."
        ),
        options=(
            "Shield the juniors",
            "Say something general about tone in the team round",
            "Speak with {colleague} about what I have seen",
        ),
        own_question="How do I say it without {colleague} leaving us?",
        intended=("Assign the juniors to someone else and mention it in the yearly review."),
        answer=(
            "Not in the yearly review; this week. Bring one scene, not a character: the review "
            "yesterday, four times “trivial”, and what happened in the room after the second one. Then "
            "say what it costs, and ask what {colleague} wanted to achieve. Only speak about what a "
            "camera would have recorded."
        ),
        example=(
            "I told a specialist that he was arrogant. He asked for an example, and I had none at hand. "
            "With the next one I waited until I had a scene of thirty seconds, and he remembered it "
            "himself."
        ),
        question=("What would a camera in the review have recorded after the second “trivial”?"),
        debrief_questions=(
            "What did {colleague} want to achieve with that word?",
            ("Which of your sentences was about behaviour, and which about character?"),
        ),
        decision=(
            "I described the scene to {colleague} on the next day and asked what had been the purpose."
        ),
        criteria=("The juniors must be able to ask. {colleague} deserves to hear it once and clearly."),
        risks=(
            "An offended specialist. I had the pressure control documented first, which {colleague} noticed."
        ),
        alternatives="Assigning the juniors elsewhere.",
        outcome=(
            "{colleague} had thought that “trivial” reassures people. It has become rarer. My talk "
            "ended with “you can be a bit arrogant”, and we needed a second one for that."
        ),
        debrief=("The scene worked, the last sentence did not. The learner found it without my help."),
        rating_comment="Behaviour first, then slipped into character at the end.",
    ),
    Story(
        key="feedback-received",
        title="A survey says that I interrupt",
        competency="feedback",
        difficulty=3,
        novelty=4,
        confidence=55,
        rating=3,
        stage="middle",
        story=(
            "My first upward feedback: 3.9 overall, and the comment “finishes our sentences” twice, "
            "from a team of six. I know who wrote one of them, or I think that I do. The team round is "
            "tomorrow, and everyone knows that the results came today."
        ),
        stakes=(
            "If I say nothing, it was the last honest survey. If I overdo it, they will have to comfort me."
        ),
        own_view=(
            "My first thought was to explain it: I am quick, and it saves time. My second: whose time? "
            "What would I like to see from a manager who had got this? One sentence, one change, one "
            "date."
        ),
        options=(
            "Thank everyone and go on",
            "Ask the person whom I suspect",
            "Name the point, name one change, ask for a check in six weeks",
        ),
        own_question="How will they be able to tell that I have heard it?",
        intended=(
            "Read the comment out, say what I will do (count to three before I speak), and ask {other} "
            "to give me a sign."
        ),
        answer=(
            "Good. Don’t ask who it was, not even with your eyes. And choose a sign that can be given "
            "by all of them."
        ),
        example=(
            "I asked for feedback and then explained every point of it for an hour. The survey of the "
            "next year was excellent, and empty."
        ),
        question=("What will you do at the first sign, when you are in the middle of an important sentence?"),
        debrief_questions=(
            "How often did the sign come in the first week?",
            "When is it hardest for you to count to three?",
        ),
        decision=(
            "I read the comment out, said that it is true, that I will count to three, and that anyone "
            "may raise a pen. In six weeks I will ask again."
        ),
        criteria="Visible and small. No hunting for the author.",
        risks="That it becomes a joke. It did, in a friendly way, and that helped.",
        alternatives="Thanks without consequence.",
        outcome=(
            "Eleven pens in the first week, two in the fifth. The quietest person in the team has begun "
            "to finish sentences, and they are long."
        ),
        debrief=("The question about what one would like to see from others was the learner’s own."),
        rating_comment="Took it, showed it, and made it easy to be told again.",
    ),
    Story(
        key="influence-standard",
        title="A standard that no other site wants",
        competency="influence",
        difficulty=3,
        novelty=3,
        confidence=60,
        rating=2,
        stage="middle",
        story=(
            "Our valve test takes half as long as the one used at {site}, and finds more. I have "
            "presented it twice. Both times people nodded and went on as before. {colleague}, who leads "
            "the workshop there, said “interesting”."
        ),
        stakes=(
            "Around 900 hours a year over all the sites, and one leak at {client} that our test would "
            "have found."
        ),
        own_view=("The numbers are clear, so it must be pride. I should get it made binding from above."),
        options=(
            "Have it made mandatory",
            "Present it a third time, with better slides",
            "Go there and do their test with them",
        ),
        own_question="How do I convince them?",
        intended="Ask the head of quality to make it the standard.",
        answer=(
            "Spend two days at {site} and run their test with their people before you show yours again. "
            "You will find a reason why theirs is as it is. When you have found it, change yours, and "
            "let {colleague} present the result. A standard with your name on it stays yours."
        ),
        example=(
            "I had a welding rule made binding by the board. It was applied everywhere, on paper. The "
            "rule which {site} and I had written together is still in use."
        ),
        question=("What does their test do that yours doesn’t, and for whom is that important?"),
        debrief_questions=(
            "What did you change in your own test?",
            "Whose name is on it now?",
        ),
        decision=(
            "I spent two days at {site}, found that their test also trains the apprentices, and built "
            "in a step for that. {colleague} has presented it together with me."
        ),
        criteria="Used is better than mandatory.",
        risks="Two days without visible progress. My manager asked about it.",
        alternatives="Asking for a decree.",
        outcome=(
            "{site} uses it; two other sites are waiting. In the joint presentation I talked for most "
            "of the time."
        ),
        debrief=(
            "The reason for their test was found on site, not in a meeting. Who speaks for it is still open."
        ),
        rating_comment="Understood the other side first; not yet able to let go of the stage.",
    ),
    Story(
        key="influence-exec-no",
        title="A no from the board that was a good question",
        competency="influence",
        difficulty=4,
        novelty=4,
        confidence=55,
        rating=4,
        stage="late",
        story=(
            "The board refused our case for the training rig with one question: “What would you stop "
            "doing?” I had prepared for thirty questions and not for that one. I have ten minutes again "
            "in three weeks."
        ),
        stakes=(
            "Without the rig the apprentices learn on live equipment at {client}. We had two near "
            "misses last year."
        ),
        own_view=(
            "I could answer the question with a trick and offer something that is ending anyway. What "
            "did they want to find out? Whether I see the whole. So the answer has to cost me "
            "something."
        ),
        options=(
            "Come back with the same case and more figures",
            "Offer something that costs nothing",
            "Offer the yearly external course, which my own team likes",
        ),
        own_question="What will those people say whose course I am giving away?",
        intended=(
            "Speak with my team about the external course first, then go to the board with that offer "
            "and a smaller rig."
        ),
        answer=(
            "Only this: let one of the apprentices show in one minute what they learn on live equipment "
            "today."
        ),
        example=(
            "I was asked the same thing once and answered “nothing”. It was the most expensive word of "
            "my career."
        ),
        question="How will the board notice that it costs you something?",
        debrief_questions=(
            "What did your team want in return?",
            "Which figure was asked for in the end?",
        ),
        decision=(
            "I put it to the team, they gave up the course for two years and wanted a say in the rig. I "
            "presented a smaller rig, the price we pay for it, and an apprentice with a photograph."
        ),
        criteria=(
            "Answer the question that was asked. Do not pay with other people’s money without asking them."
        ),
        risks="Refused twice is refused for years. I accepted that.",
        alternatives="More of the same figures.",
        outcome=(
            "Granted, with the remark that it was the first case that year that included a no of its "
            "own. The rig runs from May."
        ),
        debrief=("Without guidance. The team had been asked before the board, and that could be felt."),
        rating_comment="Heard the question behind the question, and paid for it openly.",
    ),
)
