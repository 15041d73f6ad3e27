"""Stories of leadership: safety and inclusion."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="safety-speak-up",
        title="A client who wants to run the test without the guard",
        competency="safety",
        difficulty=3,
        novelty=3,
        confidence=60,
        rating=2,
        stage="early",
        story=(
            "The commissioning at {client} is two days behind. Their shift leader says that the "
            "pressure test can be run without the guard “as always”, and that he takes the "
            "responsibility. {colleague} from my crew has already put the guard aside."
        ),
        stakes=("Forty bar. Three people stand within the radius. A delay costs 12,000 euro a day."),
        own_view=("He is the customer, and it is his plant. If I stop it I am the one who is difficult."),
        options=(
            "Let it go on and keep the distance",
            "Stop the test",
            "Call the office and ask",
        ),
        own_question="May I stop a client’s test at all?",
        intended=("Call my manager to have it confirmed, and leave it as it is until then."),
        answer=(
            "You may, and you must: it says so in the contract, and even without a contract. Stop "
            "first, call afterwards. Say to him “I am not starting it without the guard; it takes forty "
            "minutes; I will help to fit it.” No discussion about responsibility. Nobody can take that "
            "over for somebody else’s eyes."
        ),
        example=(
            "In {site} I called first. It took six minutes for someone to pick up. In those six minutes "
            "the test was run. It went well, and I have never felt worse about something that went "
            "well."
        ),
        question="What happens in the six minutes in which you are on the phone?",
        debrief_questions=(
            "What did {colleague} learn from your first reaction?",
            "What will your first sentence be next time?",
        ),
        decision=("I called, nobody picked up, then I stopped it and had the guard fitted."),
        criteria="Nobody within the radius.",
        risks="That {client} complains. He did.",
        alternatives="Stopping at once.",
        outcome=(
            "Fifty minutes of delay and one annoyed shift leader. {colleague} asked me why I had called "
            "first."
        ),
        debrief=("The question by {colleague} was the debrief. We only needed to stay with it."),
        rating_comment="Stopped in the end, after minutes that were not ours to give.",
    ),
    Story(
        key="safety-own-mistake",
        title="My own signature under the wrong certificate",
        competency="safety",
        difficulty=3,
        novelty=4,
        confidence=60,
        rating=3,
        stage="late",
        story=(
            "I signed the lifting certificate for {site} in a bundle of fourteen. Today I saw that the "
            "serial number is that of another hoist. Nobody has noticed. The hoist is in use, and is "
            "very probably sound."
        ),
        stakes=("Very probably is not a certificate. If it comes out in an audit, it concerns all fourteen."),
        own_view=(
            "I noticed how I calculated how likely it is that someone will find it. That calculation is "
            "the warning sign. What would I want from someone on my team? To call while it is still "
            "small."
        ),
        options=(
            "Correct it quietly",
            "Wait for the next inspection",
            "Report it, and have the hoist taken out today",
        ),
        own_question="Who has to know today, so that nobody hangs a load on it tomorrow?",
        intended=("Take the hoist out of use by phone, then report it, then check the other thirteen."),
        answer=("Yes, in that order. And tell your team about it in your own words this week."),
        example=(
            "My report about a mistake of mine was the first one in the system for a year. There were "
            "nine in the following month."
        ),
        question="What will your team remember about this in a year?",
        debrief_questions=(
            "How did the bundle of fourteen come about?",
            "What was your first sentence to the team?",
        ),
        decision=(
            "Hoist out of use within ten minutes, report on the same day, all fourteen checked; one "
            "more was wrong. I told the team about it in the morning round."
        ),
        criteria="People before certificates, certificates before my reputation.",
        risks="A warning. There was none, but I had reckoned with it.",
        alternatives="Correcting it quietly, which would have been easy.",
        outcome=(
            "We no longer sign in bundles. Two people from the team have reported mistakes of their own "
            "since."
        ),
        debrief=("The sentence about the calculation being the warning sign will go into my own notes."),
        rating_comment=("Noticed own temptation, acted in the right order, and made it usable for others."),
    ),
    Story(
        key="inclusion-late-call",
        title="The call that is always at seven in the evening for the same people",
        competency="inclusion",
        difficulty=3,
        novelty=3,
        confidence=60,
        rating=2,
        stage="middle",
        story=(
            "Our weekly call is at 15:30 in Hamburg. For {colleague} in Pune that is seven or eight in "
            "the evening, and for the two in Montréal half past nine in the morning. In two years it "
            "has never moved. {colleague} has turned the camera off since March and says little."
        ),
        stakes=("The Pune team does half of the engineering and hardly appears in the decisions."),
        own_view=("{colleague} has never complained. It is the only time when all can make it."),
        options=(
            "Leave it",
            "Record the call",
            "Let the time rotate",
        ),
        own_question="Should I ask {colleague} about it directly?",
        intended="Ask {colleague} whether the time is a problem.",
        answer=(
            "Don’t ask whether it is a problem; the answer will be no. Move it for two months so that "
            "it is early for you and normal for Pune, and look at who speaks. Then let the group decide "
            "with that experience."
        ),
        example=(
            "I asked a colleague in Nairobi whether our rhythm was all right. He said yes for three "
            "years. In his leaving talk he said that nobody says no to that question."
        ),
        question="Who has to give something up so that the question is an honest one?",
        debrief_questions=(
            "Who spoke in the first call at the new time?",
            "What did you notice about yourself at seven in the morning?",
        ),
        decision=(
            "I moved it to seven in the morning for Hamburg for two months, and took the decisions only "
            "in the call."
        ),
        criteria="Whoever does the work has a voice in the decisions.",
        risks="Grumbling in Hamburg. It came.",
        alternatives="Recording it, which would only have made the absence more convenient.",
        outcome=(
            "{colleague} contradicted a decision for the first time, and was right. Two from Hamburg "
            "did not turn up for three weeks, and I let it pass."
        ),
        debrief="Half done: the time moved, the expectation did not.",
        rating_comment="The right experiment, and it was not held towards the own side.",
    ),
    Story(
        key="inclusion-joke",
        title="A joke at the customer’s table",
        competency="inclusion",
        difficulty=4,
        novelty=4,
        confidence=55,
        rating=3,
        stage="late",
        story=(
            "At the dinner with {client} their procurement lead made a joke about where {other} comes "
            "from. Everyone laughed a little, {other} too. I looked at my plate. It was over in four "
            "seconds."
        ),
        stakes="{other} presents our offer tomorrow. The offer is worth 600,000 euro.",
        own_view=(
            "I was silent, and {other} saw it. What does {other} need from me now: that I do something, "
            "or that I ask before I do something? I would rather ask. The silence at the table is mine "
            "to answer for, whatever comes of it."
        ),
        options=(
            "Let it rest until the contract is signed",
            "Speak to the procurement lead tonight",
            "Speak with {other} first",
        ),
        own_question="Whose decision is it what happens now?",
        intended=(
            "Speak with {other} tonight: say what I saw and that I was silent, and ask what {other} wants."
        ),
        answer=(
            "Do that, and say beforehand what you will do on your own account, so that {other} doesn’t "
            "have to look after you."
        ),
        example=(
            "I apologised to a colleague for my silence at such length that in the end she comforted "
            "me. Keep it to two sentences."
        ),
        question="What will you do if {other} says that it was nothing?",
        debrief_questions=(
            "What did {other} want?",
            "What would you say today within those four seconds?",
        ),
        decision=(
            "I said to {other} that evening that I had seen it and had been silent, and that I would "
            "speak to the procurement lead on my own account unless {other} did not want it. {other} "
            "wanted it after the presentation."
        ),
        criteria="{other} decides about {other}. I am responsible for what I let pass.",
        risks="The offer. I would have told our director before I told anyone else.",
        alternatives="Waiting for the signature.",
        outcome=(
            "The presentation went well. Afterwards I told the procurement lead in two sentences; there "
            "was a short silence and then a “you are right”. {other} said that the evening before had "
            "been the important part."
        ),
        debrief=("Only debriefed. We practised the four seconds: a calm “what do you mean by that?”"),
        rating_comment="Late by four seconds, and then right in every step.",
    ),
)
