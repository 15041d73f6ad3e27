"""Stories of newcomers: getting a footing."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="onboard-second-opinion",
        title="Whether I may answer the client myself",
        competency="landing",
        difficulty=2,
        novelty=3,
        confidence=45,
        rating=1,
        stage="late",
        story=(
            "{client} asks by mail whether the pump may run at 52 hertz for the weekend. I looked at "
            "the curve, and it may. {colleague} is on site until tomorrow. I have written an answer and "
            "not sent it."
        ),
        stakes="They have to decide by four o’clock. A wrong answer costs a seal.",
        own_view="I think that it is fine. But what if I overlooked something?",
        options=(
            "Send it",
            "Ask someone to look over it",
            "Wait for {colleague}",
        ),
        own_question="Can you check whether my answer is right?",
        intended="Wait until somebody has looked at it.",
        answer="It may run at 52. Send the answer as it stands.",
        example=(
            "I had every mail checked for a year. The person who checked them told me later that he had "
            "never changed anything. He had only read them."
        ),
        question="What would you have to see on the curve to be sure, and is it there?",
        debrief_questions=(
            "What would have had to be in the mail for you to send it alone?",
            "How many of the last ten answers were changed?",
        ),
        decision="I waited, and sent it at ten past four, after the check.",
        criteria="To make no mistake.",
        risks="I saw the seal, and not the deadline.",
        alternatives="Sending it at two o’clock.",
        outcome=(
            "They had already throttled the pump when my mail came. The answer was right, and of no use."
        ),
        debrief=(
            "The answer was right at two and worthless at ten past four. We spoke about what the check "
            "protects against."
        ),
        rating_comment="Knew it, and did not act on it.",
    ),
    Story(
        key="onboard-stakeholder-map",
        title="Who decides here, really?",
        competency="influence",
        difficulty=2,
        novelty=3,
        confidence=55,
        rating=3,
        stage="middle",
        story=(
            "My proposal for the tool store has been “with the team” for three weeks. I sent it to "
            "{manager}, who likes it. Nothing happens. In the kitchen {other} said: “Have you shown it "
            "to {colleague}?”"
        ),
        stakes="Small: 2,000 euro. But it is the first thing of my own.",
        own_view=(
            "I thought that the person who approves is the one who decides. Who is bothered by the tool "
            "store each day? Not {manager}. I should have begun there."
        ),
        options=(
            "Remind {manager}",
            "Ask {colleague} for an opinion",
            "Drop it",
        ),
        own_question="Whose day changes when it comes?",
        intended=(
            "Spend half an hour in the tool store with {colleague} and change the proposal accordingly."
        ),
        answer=("Go to {colleague} with the drawing and a pencil, and hand over the pencil."),
        example=(
            "My first proposal was approved by everyone and used by no one, because I had forgotten the "
            "person with the key."
        ),
        question="What will you do if {colleague} wants something quite different?",
        debrief_questions=(
            "What did the pencil change?",
            "Who else has a key?",
        ),
        decision=("I went there with the drawing, {colleague} moved two shelves and found a cheaper rack."),
        criteria="Those who use it should want it.",
        risks="That it isn’t mine any more. I can live with it.",
        alternatives="Reminding {manager} a third time.",
        outcome="Approved in two days, 1,400 euro. {colleague} shows it to visitors.",
        debrief="Asked who is affected before asking who approves.",
        rating_comment="Found the one who matters, and let the proposal change.",
    ),
    Story(
        key="onboard-mistake-report",
        title="The breaker that I left in the wrong position",
        competency="safety",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=3,
        stage="late",
        story=(
            "On the way home I realised that I had left the auxiliary breaker at {client} on manual. It "
            "only matters when the mains fail. {colleague} would have to drive back for forty minutes, "
            "or the client would have to do it. It was half past six on a Friday."
        ),
        stakes=("If the mains fail over the weekend the water works have no automatic changeover."),
        own_view=(
            "I noticed that I was hoping for good weather. Who knows of it if I say nothing? No one, "
            "until it happens. So: call now, with the position and the step, and not with an apology of "
            "three minutes."
        ),
        options=(
            "Drive back on Saturday",
            "Call the client’s control room",
            "Call {colleague}",
        ),
        own_question=("Who can put it right the fastest, and what do they need from me for that?"),
        intended=(
            "Call the control room, read out the two steps, wait until they confirm, then inform {colleague}."
        ),
        answer="Control room first, yes. Then the log entry tonight.",
        example=("I drove back once rather than call. It was three hours during which nobody knew."),
        question="You have called already. What do you still want to look at?",
        debrief_questions=(
            "What was your first sentence to the control room?",
            ("What would keep the breaker from being left like that by the next one?"),
        ),
        decision=(
            "I called the control room, we did it together on the phone in four minutes, then I told "
            "{colleague} and wrote it in the log."
        ),
        criteria="Quickest to safe. Then openness.",
        risks="Embarrassment in month four.",
        alternatives="Driving back secretly on Saturday.",
        outcome=(
            "The control room asked for a check line on the sheet, which I have added. {colleague} "
            "said: “Good that you called.”"
        ),
        debrief="Decided alone in the car. The learning is in the check line.",
        rating_comment="Quick, open, and with a mend for the next person.",
    ),
    Story(
        key="onboard-drawing-doubt",
        title="A drawing that looks wrong to me only",
        competency="decisions",
        difficulty=3,
        novelty=4,
        confidence=50,
        rating=3,
        stage="late",
        story=(
            "The cable route on the drawing for {site} crosses the fire compartment without a seal. Two "
            "experienced people have signed it. I have been here for five months. The crew starts on "
            "Monday."
        ),
        stakes=(
            "If I am right, the route has to be changed after it has been built. If I am wrong, I have "
            "held up a crew."
        ),
        own_view=(
            "What would have to be true for both of them to have overlooked it? That they looked at "
            "different sheets. And for me to be wrong? That there is a revision I don’t have. I can "
            "check the second in ten minutes."
        ),
        options=(
            "Say nothing, two have signed",
            "Stop the crew",
            "Check for a revision, then call the one who signed last",
        ),
        own_question="What is the cheapest way of finding out whether I am wrong?",
        intended=(
            "Look for a later revision, and if there is none call with the sheet number and a question."
        ),
        answer=(
            "Ask it as a question with the sheet number. “Where do I find the seal at axis 7?” is enough."
        ),
        example=(
            "A newcomer asked me where a relief valve was. There was none. It was the most expensive "
            "question that I was ever glad about."
        ),
        question="How will you put it to someone with twenty years more than you?",
        debrief_questions=(
            "What was it like to hear the silence on the phone?",
            "Where is the border between a doubt and a delay for you?",
        ),
        decision=("I found no revision and asked the person who had signed last where the seal was."),
        criteria="Cheap check first, then the question to the right one, before Monday.",
        risks="To look foolish. Ten minutes of that is affordable.",
        alternatives="Trusting two signatures.",
        outcome=(
            "There was a pause, then: “There is none. Thank you.” New sheet on Friday evening, the crew "
            "started on Monday."
        ),
        debrief=(
            "The coachee had both questions, “what if I am right” and “what if I am wrong”, in the log "
            "already."
        ),
        rating_comment="Doubted well: cheaply, in time, and as a question.",
    ),
    Story(
        key="onboard-probation-talk",
        title="The probation talk in which I only listened",
        competency="feedback",
        difficulty=2,
        novelty=3,
        confidence=50,
        rating=2,
        stage="late",
        story=(
            "{manager} and I had the talk at five months. I was told that I am reliable and should "
            "“show more of myself”. I nodded. On the stairs I noticed that I don’t know what that "
            "means."
        ),
        stakes="I stay; that is decided. But I would like to know what is expected.",
        own_view=(
            "I was so relieved that I asked nothing. I could leave it. But I would go on guessing for a year."
        ),
        options=(
            "Leave it",
            "Ask {other} what it could mean",
            "Go back and ask",
        ),
        own_question="Is it too late to ask?",
        intended="Ask {other}, who has known {manager} for longer.",
        answer="Ask {manager} for one example from the last month.",
        example=(
            "I was told to be “more strategic” and spent a year being vague. It had meant: come to the "
            "Tuesday round."
        ),
        question=("What would {manager} have seen you do if you had shown more of yourself last week?"),
        debrief_questions=(
            "What did you want to protect by not asking?",
            "What is the example that you got?",
        ),
        decision="I asked {other} first, and a week later {manager}, for an example.",
        criteria="To understand what is expected.",
        risks="To seem unsure of myself.",
        alternatives="Going back on the same day.",
        outcome=(
            "It meant: to say in the planning round when I disagree. {other} had guessed something "
            "else, and I had followed that for a week."
        ),
        debrief="One week on a guess. The example took two minutes.",
        rating_comment="Asked in the end, the right person second.",
    ),
)
