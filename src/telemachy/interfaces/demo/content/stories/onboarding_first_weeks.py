"""Stories of newcomers: the first weeks."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="onboard-first-week",
        title="The first week without a single question",
        competency="landing",
        difficulty=2,
        novelty=2,
        confidence=50,
        rating=1,
        stage="early",
        story=(
            "I started on Monday in grid services. {colleague} showed me around, everyone is friendly "
            "and busy. I have now been here for five days and have not asked one real question, because "
            "each one seemed too small. I have read the quality handbook twice."
        ),
        stakes=(
            "On Wednesday I am to go with the crew to {client}, and I don’t know what I am supposed to "
            "do there."
        ),
        own_view=(
            "I want to make a good impression, so I would rather find out by myself. I can ask when I "
            "know what is a good question."
        ),
        options=(
            "Go on reading",
            "Ask {colleague} all of it at once",
            "Send a mail with a list",
        ),
        own_question="Is it normal to know nothing after a week?",
        intended="Prepare better over the weekend and just go along on Wednesday.",
        answer=(
            "Ask {colleague} on Monday for fifteen minutes and bring your three most stupid questions. "
            "One of them should be: what will I do at {client} on Wednesday? Newcomers are forgiven "
            "every question in the first month, and fewer in the fourth."
        ),
        example=(
            "In my first post I didn’t ask what the abbreviation on every door meant. After half a year "
            "I was too ashamed to. It was the name of the cleaning company."
        ),
        question=(
            "What would {colleague} think of somebody new who asks on Monday what they will do on Wednesday?"
        ),
        debrief_questions=(
            "Which question did you not ask, and what did it cost?",
            "To whom did you want to make an impression?",
        ),
        decision="I read on over the weekend and asked in the car on the way there.",
        criteria="Not to be a burden.",
        risks="That I stand around there. I did.",
        alternatives="Asking on Monday.",
        outcome=(
            "I held a torch for three hours. On the way back {colleague} asked why I had not said that "
            "I can read relay diagrams."
        ),
        debrief=("We collected the questions of the week: eleven, eight of them answered within a minute."),
        rating_comment="A week of reading where a minute of asking would have done.",
    ),
    Story(
        key="onboard-two-bosses",
        title="Two bosses and two sets of priorities",
        competency="landing",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=2,
        stage="early",
        story=(
            "On paper I report to {manager}. In daily work {colleague} gives me my tasks. {manager} "
            "wants me to finish the safety modules this month; {colleague} put me on three site days a "
            "week. Yesterday both asked me on the same morning how it was going, and I told both of "
            "them “well”."
        ),
        stakes="Without the modules I may not go on site alone from May on.",
        own_view=("I can’t do both, but I don’t want to play them off against each other in my third week."),
        options=(
            "Do the modules in the evenings",
            "Follow the one who is louder",
            "Tell both",
        ),
        own_question="Who of the two is really my boss?",
        intended="Do the modules at home in the evening.",
        answer=(
            "Write both of them three lines in one mail: what each wants, what fits in a week, and what "
            "you propose. They will sort it out in five minutes. You are not betraying anybody; you are "
            "the only one who sees both lists."
        ),
        example=(
            "I served two masters for a quarter and was proud of how I managed it. They found out over "
            "lunch and were both annoyed, because each would have given way at once."
        ),
        question="What do the two know about each other’s wishes?",
        debrief_questions=(
            "What did your “well” do to the two of them?",
            "What happened when both had the same mail?",
        ),
        decision="I told {colleague} first, and a week later {manager} too.",
        criteria="Not to complain.",
        risks="That it looks as though I couldn’t cope.",
        alternatives="One mail to both.",
        outcome=(
            "They agreed on two site days. It took ten days longer than it had to, and I did two "
            "modules at night."
        ),
        debrief=("The coachee noticed that “well” was the sentence that cost the ten days."),
        rating_comment="Solved, one after the other instead of together.",
    ),
    Story(
        key="onboard-old-way",
        title="At my last company we did it differently",
        competency="landing",
        difficulty=3,
        novelty=3,
        confidence=60,
        rating=3,
        stage="middle",
        story=(
            "I have said “at my last company” four times this week; {other} counted. The hand-over here "
            "is on paper, and I know a better way. Since Thursday the others smile when I open my "
            "mouth."
        ),
        stakes=("The idea is good. If I use it up now, nobody will want it from me in a year."),
        own_view=(
            "I ask myself what I want: to be right, or for the hand-over to get better. For the second "
            "I need to know first why it is on paper. I haven’t asked anybody that."
        ),
        options=(
            "Hold back for a year",
            "Make a proposal with figures",
            "Do the paper hand-over myself for two weeks",
        ),
        own_question="What do those who use the paper get from it?",
        intended=(
            "Do the hand-over on paper for two weeks, ask each one what is good about it, and then make "
            "a proposal."
        ),
        answer="Good plan. Write down every evening what the paper can do.",
        example=(
            "I brought a scheduling board with me and had to take it down again. Beside the old one "
            "there had been a coffee machine."
        ),
        question="How will you notice that you have understood the paper?",
        debrief_questions=(
            "What was the paper good for?",
            "What became of the words “at my last company”?",
        ),
        decision=(
            "I did the paper hand-over for two weeks, and then suggested keeping the sheet and "
            "photographing it."
        ),
        criteria="Understand first, then change the smallest thing.",
        risks="Losing two weeks. They were not lost.",
        alternatives="A proposal with figures at once.",
        outcome=(
            "The sheet is signed in the cold with gloves on; no tablet would survive that. The "
            "photograph was adopted, by {other}."
        ),
        debrief=(
            "The question about what one wants came without me. We looked at how it felt that {other} "
            "was the one to introduce it."
        ),
        rating_comment="Curious before clever, and generous with the idea.",
    ),
    Story(
        key="onboard-first-client-call",
        title="My first call with an angry client",
        competency="landing",
        difficulty=3,
        novelty=3,
        confidence=50,
        rating=2,
        stage="middle",
        story=(
            "{colleague} was on leave when {client} called: the second pump failed again after the "
            "repair. I have been here for seven weeks. The person on the phone asked four times whether "
            "there was someone else to talk to."
        ),
        stakes="They supply a dairy with cooling water. Every hour counts.",
        own_view=(
            "I didn’t know the answer. I could have said so. I said that I would “look into it”, and "
            "heard how that sounded."
        ),
        options=(
            "Pass on {colleague}’s private number",
            "Promise a call back with a time",
            "Try to solve it on the phone",
        ),
        own_question="What can I promise when I know nothing?",
        intended="Find out who is on call and then ring back.",
        answer=(
            "Promise a time and not a solution: “I will call you at 14:20, with an answer or without "
            "one.” Then find the person on call. Call at 14:20 even if you have nothing."
        ),
        example=(
            "On my first day on the desk someone shouted at me for ten minutes. I wrote it all down and "
            "read it back. He said: “Exactly”, and became quiet. That I could do nothing did not come "
            "up any more."
        ),
        question=("What could you promise in that minute without knowing anything about the pump?"),
        debrief_questions=(
            "When did the voice on the phone change?",
            "What would you say today in place of “look into it”?",
        ),
        decision=("I found the person on call and rang back after fifty minutes, with a time for the crew."),
        criteria="They need somebody who comes.",
        risks="That I promise something wrong.",
        alternatives="Ringing back after ten minutes without an answer.",
        outcome=(
            "The crew was there at five. The client told {colleague} that I was nice but hard to get hold of."
        ),
        debrief=(
            "Fifty minutes of silence: the coachee worked on the problem, and the client sat in the dark."
        ),
        rating_comment="Solved the technical side; left the person without news.",
    ),
    Story(
        key="onboard-say-no-crew",
        title="Saying no as the newest one in the crew",
        competency="safety",
        difficulty=3,
        novelty=4,
        confidence=55,
        rating=3,
        stage="middle",
        story=(
            "In week nine the crew wanted to skip the lock-out because the switch room is a ten-minute "
            "walk away and “it’s dead anyway”. I am the youngest, the newest, and I was to put my hand "
            "in. Everyone was already kneeling."
        ),
        stakes="It probably was dead. Probably.",
        own_view=(
            "I thought of how they would look. And then: what would I tell somebody who asked me "
            "afterwards why I had put my hand in? There is no answer to that which I would want to hear "
            "from myself."
        ),
        options=(
            "Go along with it",
            "Make a joke and walk to the switch room myself",
            "Say that I won’t",
        ),
        own_question="Is there a way of saying no that doesn’t make the others wrong?",
        intended="Say “I’m walking over there, I need it for myself”, and go.",
        answer=(
            "Exactly so. Speak about yourself and move your feet; a person who is already walking isn’t "
            "argued with."
        ),
        example=(
            "A trainee said to me once: “I’m slow, I need the lock.” I have borrowed that sentence for "
            "thirty years."
        ),
        question="What made it possible for you to stand up?",
        debrief_questions=(
            "What did the others do while you were walking?",
            "Who spoke to you about it afterwards?",
        ),
        decision=(
            "I said that I need it for myself and walked to the switch room. {colleague} came along "
            "after twenty metres."
        ),
        criteria="My hand. No lecture.",
        risks="Being the difficult one. For the rest of the morning I was.",
        alternatives="Going along this once.",
        outcome=("It was dead. On Friday {colleague} walked over without anybody saying anything."),
        debrief=(
            "Nothing to add; the coachee asked what to do when it is the boss who is kneeling there. A "
            "good question for next time."
        ),
        rating_comment="Acted at once, without making anyone small.",
    ),
    Story(
        key="onboard-asks-everything",
        title="Which form for a spare part",
        competency="landing",
        difficulty=2,
        novelty=2,
        confidence=45,
        rating=1,
        stage="middle",
        story=(
            "I need a bearing for the test bench. There are two forms, and a third one that {colleague} "
            "uses. I have asked {colleague} for the last three parts, and this time as well."
        ),
        stakes="140 euro, and a day of waiting if it is the wrong one.",
        own_view=("I don’t know which form it is, and nobody has told me where that is written."),
        options=(
            "Ask {colleague}",
            "Ask my coach",
            "Fill in all of them",
        ),
        own_question="Which form do I use?",
        intended="I would take the one that {colleague} tells me.",
        answer=("The blue one, below 500 euro. It is on page two of the purchasing guide."),
        example=(
            "I had a list of forms beside my screen for a year. The useful part was the column “what "
            "happens if it is the wrong one”: nearly always nothing."
        ),
        question="If neither of us could be reached today, what would you do?",
        debrief_questions=(
            "What did you expect to happen with the wrong form?",
            "What do you know now without asking?",
        ),
        decision="I used the blue form, because I was told to.",
        criteria="None of my own.",
        risks="I did not look at it.",
        alternatives="Trying it out.",
        outcome=("The bearing came after two days, and the next part will be the same question."),
        debrief=("The order was right. There was no reasoning of one’s own that we could have looked at."),
        rating_comment="The task is done, the judgement was borrowed.",
    ),
)
