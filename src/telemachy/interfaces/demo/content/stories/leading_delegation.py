"""Stories of leadership: delegating, deciding."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="delegate-report",
        title="The monthly report that I rewrite every time",
        competency="delegation",
        difficulty=2,
        novelty=2,
        confidence=70,
        rating=1,
        stage="early",
        story=(
            "{colleague} has been writing the monthly report for {client} since March. Every time I "
            "change about half of it on the evening before it goes out. Yesterday {colleague} sent me a "
            "version with the first page left empty and the words “you will rewrite it anyway”."
        ),
        stakes=(
            "The report takes six hours of my evenings a month, and a capable person has stopped trying."
        ),
        own_view=(
            "The report is not good enough. If I let it go out as it is, {client} will ask questions "
            "that I have to answer."
        ),
        options=(
            "Write the report myself again",
            "Give {colleague} a list of mistakes",
            "Let one go out unchanged",
        ),
        own_question="How do I get the quality up quickly?",
        intended="Write a detailed template with comments, so that it comes back right.",
        answer=(
            "Sit down with {colleague} for half an hour with last month’s report and mark together "
            "which changes {client} would have noticed. I expect three out of twenty. Those three are "
            "the standard; the rest is your taste. Then let the next one go out with no change by you, "
            "and read it after the client has it."
        ),
        example=(
            "My deputy in {site} showed me two versions of one page and asked which was mine. I guessed "
            "wrong. I haven’t corrected a page that was not false since then."
        ),
        question="Which of your changes has {client} ever mentioned?",
        debrief_questions=(
            "Which of your changes were about the reader, and which about you?",
            "What did the empty first page say to you?",
        ),
        decision=(
            "I wrote the template, and after a week sat down with {colleague} after all and kept four "
            "of its points."
        ),
        criteria="Quality for the client, and my evenings.",
        risks="That {client} notices a mistake. None has come up so far.",
        alternatives="To stop correcting from one day to the next.",
        outcome=(
            "The April report went out with two small mistakes that nobody noticed. {colleague} wrote "
            "the first page again, though it took a second talk for that."
        ),
        debrief=(
            "The template was the old habit in a new form. We went through the twenty changes and found "
            "three that mattered."
        ),
        rating_comment=("Still steering by corrections; the second talk was the one that worked."),
    ),
    Story(
        key="delegate-meeting",
        title="Sending someone to the meeting in my place",
        competency="delegation",
        difficulty=3,
        novelty=2,
        confidence=65,
        rating=3,
        stage="middle",
        story=(
            "The weekly planning round with {client} is mine, and it is where I am seen. {colleague} "
            "runs the project in fact, and answers the questions through me by chat while I am "
            "speaking. Last week someone asked why {colleague} wasn’t simply in the room."
        ),
        stakes=("I am the bottleneck for decisions that {colleague} could make in a minute."),
        own_view=(
            "I told myself that I was protecting {colleague} from politics. If I am honest, I like the "
            "room. What would {colleague} need from me to walk in there alone?"
        ),
        options=(
            "Go together for a month",
            "Hand the meeting over at once",
            "Stay and let {colleague} present one item",
        ),
        own_question="What do I lose, and is it something the project needs?",
        intended=(
            "Hand it over next week, tell {client} the reason beforehand, and keep the monthly "
            "escalation round only."
        ),
        answer=(
            "Hand it over with a mandate: say to {client} which decisions {colleague} takes without "
            "asking you, with an amount. Otherwise you have only sent a messenger."
        ),
        example=(
            "I sent my best engineer into a steering round without a mandate. She said “I’ll take that "
            "with me” eleven times and did not want to go again."
        ),
        question=("What may {colleague} decide in that room that nobody may take back afterwards?"),
        debrief_questions=(
            (
                "What was the first decision that you would have taken differently, and what did you do "
                "about it?"
            ),
            "How did {client} address you afterwards?",
        ),
        decision=(
            "I named {colleague} as the one who decides up to 15,000 euro, told {client} on the phone, "
            "and stayed away."
        ),
        criteria="Decisions where the knowledge is. My being seen is not a purpose.",
        risks=("That {client} calls me all the same. It happened once, and I passed the call on."),
        alternatives=("A month of going together, which would have been a month of looking at me."),
        outcome=("In the second week {colleague} agreed to a date that I would not have accepted. It held."),
        debrief="The honest sentence about liking the room was the turning point.",
        rating_comment="Handed over with a mandate, and held back when it was tempting not to.",
    ),
    Story(
        key="budget-freeze",
        title="The budget freeze and the half-ordered pump",
        competency="decisions",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=2,
        stage="early",
        story=(
            "A freeze was announced at noon: no order over 5,000 euro until the end of the quarter. For "
            "{client} we have ordered the pump body, but not the impeller, 22,000 euro, which takes "
            "fourteen weeks to deliver. The order lies in the system with my name, approved but not "
            "sent."
        ),
        stakes=(
            "Without the impeller we miss the summer window, and {client} runs on one pump through the "
            "dry season."
        ),
        own_view=(
            "It was approved before the freeze, so I could press send and nobody would say anything. "
            "But if everyone does that there is no freeze."
        ),
        options=(
            "Send it today and explain later",
            "Stop and ask for an exception",
            "Order it in five parts below the limit",
        ),
        own_question="Is it still allowed if it was approved yesterday?",
        intended="Send it now, because the approval is older than the freeze.",
        answer=(
            "Don’t send it, and don’t split it. Write six lines to the finance lead today: what, how "
            "much, why it can’t wait, what it costs to wait, what you will stop instead. You will have "
            "an answer tomorrow. A freeze is a question about what matters; answer it."
        ),
        example=(
            "I split an order in my second year. It was found in an audit three years later, and what I "
            "had to explain was not the pump but me."
        ),
        question=(
            "If the finance lead had your paper in front of them, what would they need to see to say "
            "yes in two minutes?"
        ),
        debrief_questions=(
            "What did you offer to stop, and did you mean it?",
            "What does this say about the orders that you had not questioned?",
        ),
        decision=(
            "I asked for an exception with a page on what waiting costs, and offered to move the "
            "painting of the hall to next year."
        ),
        criteria=("{client} must not run on one pump in the dry season. The rule must still mean something."),
        risks=("A refusal. I had asked the factory for an option on the casting slot until Friday."),
        alternatives="Sending it quietly. Splitting it.",
        outcome=(
            "Granted after two days. The casting slot moved by a week, which we can absorb. The finance "
            "lead asked why the impeller had not been ordered with the body, and I had no good answer."
        ),
        debrief=(
            "The exception was well argued. The real question was the one from finance, and we stayed "
            "on that."
        ),
        rating_comment="Right in the end; the first impulse was to use a gap.",
    ),
    Story(
        key="estimate-pressure",
        title="A date that sales has already given away",
        competency="decisions",
        difficulty=4,
        novelty=3,
        confidence=50,
        rating=3,
        stage="middle",
        story=(
            "Sales told {client} the new control room would be live on the first of September. Our "
            "estimate is mid-October, with a spread of five weeks. The contract is to be signed on "
            "Thursday, and I have been asked to “find a way to be comfortable” with September."
        ),
        stakes=(
            "The contract is worth 1.4 million, with a penalty from week two. Three people would have "
            "to cancel their August leave."
        ),
        own_view=(
            "My range is honest but not useful to them. What would make September possible, and who "
            "would pay for it? I can name two things: fewer screens on the first day, or no August "
            "leave. The second one is not mine to give."
        ),
        options=(
            "Say October and risk the contract",
            "Say September and hope",
            "Offer September for a smaller first stage",
        ),
        own_question="What does {client} actually need on the first of September?",
        intended=(
            "Ask {client} through sales what has to work on that day, and offer it as stage one with a "
            "probability."
        ),
        answer=(
            "Give them two dates with a chance each: stage one on the first of September, eight in ten; "
            "all of it by the end of October, nine in ten. And go with sales to {client}; such a "
            "sentence does not survive being passed on."
        ),
        example=(
            "I once agreed to a date by keeping silent in a meeting. Silence counts as yes in the "
            "minutes, and for six months I was reminded of something that I had never said."
        ),
        question="Which of the twenty-two screens would they miss on the first day?",
        debrief_questions=(
            "Where did the number eight in ten come from?",
            "Who was surprised, and by what?",
        ),
        decision=(
            "I went with sales to {client}, offered stage one with eight screens for September and the "
            "rest for the end of October, and had the penalty bound to stage one."
        ),
        criteria=("A date that I can defend with numbers, and no one’s leave as the hidden price."),
        risks=(
            "That {client} hears only September. I had the stages written on the first page of the contract."
        ),
        alternatives="A flat no; a quiet yes.",
        outcome=(
            "Signed on the Friday. It turned out that the first of September was an audit date and that "
            "six screens would do."
        ),
        debrief=(
            "The useful question was what the date is for. It came from the learner, on the phone with "
            "sales, before we had spoken."
        ),
        rating_comment="Turned an argument about a date into a question about a need.",
    ),
)
