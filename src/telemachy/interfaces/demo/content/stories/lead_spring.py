"""The stories of the lead pair, the first months: the mentor's part shrinks from month to month."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="lead-desk-neighbour",
        title="The technician who used to sit next to me",
        competency="difficult-conversations",
        difficulty=2,
        novelty=2,
        confidence=75,
        rating=1,
        stage="early",
        story=(
            "Rui and I shared a desk for four years. Since I became team lead his service reports come "
            "in three to five days late, and the invoicing desk has now written to me twice. Everyone "
            "in the team knows that we are friends. On Monday the third invoice for the Alvor terminal "
            "went out wrong because his hours were missing."
        ),
        stakes=(
            "Invoices for the Alvor terminal are held up, and the others watch whether the rule counts "
            "for Rui as well."
        ),
        own_view=(
            "He is careless with paper because he was always good with machines. If I say something "
            "formal, I lose him as a friend and maybe as a technician."
        ),
        options=(
            "Talk to him over a beer and keep it light",
            "Send a reminder to the whole team so that nobody is singled out",
            "Let the invoicing desk sort it out with him directly",
        ),
        own_question="How do I tell him without making it personal?",
        intended=("Send a friendly reminder about reports to the whole team and hope that he understands."),
        answer=(
            "Don’t write to all eight of them about one person; seven will feel accused and Rui will "
            "not feel meant. Ask him for twenty minutes tomorrow, in the office and not in the bar. Say "
            "the fact in your first three sentences: three reports, five days late, one wrong invoice. "
            "Then ask what is in the way, and agree on one date by which you will look at it again. "
            "Friendship comes after that, not before."
        ),
        example=(
            "When I was made site manager in Bremerhaven I inherited my best friend as foreman. I spent "
            "two months hinting. He told me later that the hints were the insult: he thought I did not "
            "trust him enough to say it plainly. I said it in the end in the car park, in four "
            "sentences, and he was relieved."
        ),
        question=(
            "What would Rui say if he knew that you had decided not to tell him because he is your friend?"
        ),
        debrief_questions=(
            ("At which moment did you notice that you were speaking about the team and not about Rui?"),
            "What did you protect by keeping it general?",
        ),
        decision=(
            "I wrote to the team first. When nothing changed I sat down with Rui on the Thursday and "
            "told him about the three reports."
        ),
        criteria=("I wanted to keep the peace and still be able to say that I had done something."),
        risks=(
            "I saw the risk of losing a friend. I did not see the risk that the others would read the "
            "mail as a complaint about them."
        ),
        alternatives="The direct talk on the Tuesday, without the mail before it.",
        outcome=(
            "Two colleagues answered the mail with annoyance. Rui was embarrassed that I had waited. "
            "His reports have been on time since, but the week was longer than it had to be."
        ),
        debrief=(
            "We looked at the first three sentences of the talk with Rui. The fact came in minute "
            "fourteen. Inês found by herself that the mail was meant to spare her, not him."
        ),
        rating_comment=(
            "The problem was named in the end, late and after a detour. Next time the fact first."
        ),
    ),
    Story(
        key="lead-overtime-promise",
        title="The overtime that was already promised away",
        competency="difficult-conversations",
        difficulty=2,
        novelty=3,
        confidence=60,
        rating=2,
        stage="early",
        story=(
            "My predecessor told the crew that Saturday shifts in the crane overhaul would be paid at "
            "double rate. Nobody had approved it. Finance refused on Friday, and the first Saturday is "
            "in eight days. Six people have planned their family weekends around it, and two of them "
            "have signed for a car."
        ),
        stakes=(
            "The overhaul has a berth window that can’t move. If the crew refuses the Saturdays, the "
            "client pays demurrage for two ships."
        ),
        own_view=(
            "I did not make the promise, so it is not fair that I have to break it. I think finance "
            "should come and explain it themselves."
        ),
        options=(
            "Ask finance to tell the crew",
            "Fight for the double rate and say nothing until I know",
            "Tell the crew now what I know and what I don’t",
        ),
        own_question="Should I tell them before I have the final word from finance?",
        intended=("Wait until finance has answered in writing, probably on Wednesday, and tell them then."),
        answer=(
            "Tell them on Monday at seven, all six together, before they hear it from payroll. Say that "
            "the rate was promised, that it was not approved, that you will ask for the time-and-a-half "
            "the agreement allows, and by when you will know. Don’t say that it was not you who "
            "promised it. They know that, and it sounds like running away."
        ),
        example=(
            "In the second Gdynia overhaul a travel allowance turned out not to exist. I waited for the "
            "written answer for nine days and the crew learnt it from the driver. They did the work, "
            "and for a year no one believed a date that I gave. I would now take the half-known truth "
            "on day one."
        ),
        question="What do they lose each day that you know this and they don’t?",
        debrief_questions=(
            ("What did you say about your predecessor, and what did that sentence do in the room?"),
            "When did the talk turn?",
        ),
        decision=(
            "I told them on Monday at seven with the half answer I had, and asked for two volunteers "
            "for the first Saturday."
        ),
        criteria=("Time for them to change plans mattered more to me than a complete answer."),
        risks=(
            "They could refuse the whole Saturday. I had spoken with the Setúbal crew to have two "
            "people in reserve."
        ),
        alternatives="Waiting for Wednesday; inviting finance to the toolbox talk.",
        outcome=(
            "It was loud for ten minutes. Four signed up at time and a half. I did slip in that the "
            "promise had not been mine, and Fernando laughed at that, not kindly."
        ),
        debrief=(
            "The order of the talk was right. Inês heard the laugh and knew why. We practised the "
            "sentence without the excuse."
        ),
        rating_comment=("Told early, with what was not yet known. The one excuse cost more than it gave."),
    ),
    Story(
        key="lead-writes-to-boss",
        title="A terminal manager who writes only to my boss",
        competency="stakeholder-judgement",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=2,
        stage="early",
        story=(
            "Senhor Teles runs the container terminal, our largest port customer. He has never answered "
            "one of my mails. When something is late he calls Duarte, my manager, and Duarte forwards "
            "it to me with “please handle”. Last week they agreed on a new inspection date together, "
            "and I learnt it from the calendar."
        ),
        stakes=(
            "The contract comes up for renewal in the autumn. If I am not his contact by then, I am "
            "only the person who executes."
        ),
        own_view=(
            "He does not take me seriously because I am young and because I came from the workshop. "
            "Duarte should tell him to talk to me."
        ),
        options=(
            "Ask Duarte to stop answering him",
            "Write a formal mail about the communication path",
            "Visit him",
        ),
        own_question="How do I get Duarte to back me?",
        intended=("Ask Duarte to write to Teles that all service matters go through me from now on."),
        answer=(
            "A mail from Duarte makes you smaller, not larger: it says that you need him for that. Ask "
            "Duarte for one thing only, to take you along to the next quarterly visit and to let you "
            "open it. Before it, find out what Teles gets from calling Duarte. I would bet that it is "
            "speed. Be faster than Duarte three times in a row and he will call you, because it pays."
        ),
        example=(
            "A harbour master in Antwerp ignored me for half a year. He called my director since she "
            "could move a crew within the hour. I asked her for the right to move one crew a week "
            "without her signature. I used it twice for him, and the third call came to me."
        ),
        question=("What does Teles get when he calls Duarte that he would not get from you today?"),
        debrief_questions=(
            "What did you learn about what Teles needs, apart from respect?",
            ("Which part of Duarte’s role did you want to have, and which did you want him to keep?"),
        ),
        decision=(
            "I asked Duarte to take me to the quarterly visit, and asked him for the right to confirm "
            "inspection dates myself."
        ),
        criteria="Being useful to Teles before being recognised by him.",
        risks=("That Duarte feels pushed aside. I told him what I would report back, and how often."),
        alternatives="The formal mail about the path. Going over there unannounced.",
        outcome=(
            "The visit went well, but I spoke too long about our capacity and too little about his "
            "ships. He has called me once since, and Duarte twice."
        ),
        debrief=(
            "Good that she asked Duarte for a power and not for a protection. In the visit she answered "
            "questions that Teles had not asked."
        ),
        rating_comment="A sound move after help; the reading of the customer is still thin.",
    ),
    Story(
        key="lead-three-stories",
        title="Three different stories about one broken gearbox",
        competency="difficult-conversations",
        difficulty=3,
        novelty=2,
        confidence=65,
        rating=2,
        stage="early",
        story=(
            "A gearbox on crane 4 seized two days after our service. The logbook says the oil was "
            "changed, the sample says it was not. Rui says that Fernando did it, Fernando says that it "
            "was Rui’s crane, and the apprentice says that he was told to fill in the log because the "
            "shift was over."
        ),
        stakes=(
            "The repair costs 38,000 euro, and the client has asked for a written explanation by Friday noon."
        ),
        own_view=(
            "Somebody is lying and I have to find out who. If I let this go, they will never respect "
            "the log again."
        ),
        options=(
            "Speak to each of them alone until the stories fit",
            "Put all three in one room",
            ("Give the client the technical cause only and deal with the rest later"),
        ),
        own_question="Do I take them one by one or together?",
        intended="Interview each of them alone and compare, like in an investigation.",
        answer=(
            "One by one, but not to convict: start with the apprentice, promise him nothing, and ask "
            "only what he did and saw. Then the other two with the same three questions. Write to the "
            "client on Thursday what is certain: the oil was not changed, the log was wrong, here is "
            "what we do for your crane. Who signed is your matter, not his."
        ),
        example=(
            "I had a forged torque sheet once. I looked for the liar for a week and found out that I "
            "had signed for a shift plan that left eleven minutes for a job of forty. The person who "
            "wrote the number had been the only one who tried to keep my plan. I still dealt with the "
            "signature, and I changed the plan before that."
        ),
        question=(
            "What would have to be true about that shift for three decent people to end up with this logbook?"
        ),
        debrief_questions=(
            ("Which question brought you the most, and which only brought a defence?"),
            ("What did you write to the client, and what did you leave out on purpose?"),
        ),
        decision=(
            "I spoke to each alone with the same three questions, wrote to the client on Thursday, and "
            "changed the hand-over so that the log is closed at the machine."
        ),
        criteria=(
            "The truth about the crane before the truth about the people. The apprentice must not pay "
            "for the habits of others."
        ),
        risks=(
            "The client could claim more than the repair. I had the figure cleared with Duarte before I "
            "wrote."
        ),
        alternatives="One meeting with all three. A note that names only the oil.",
        outcome=(
            "The client accepted the letter and the repair. Fernando admitted that signing at the end "
            "of the shift is normal for all. With Rui I was sharper than I wanted and had to go back "
            "the next day."
        ),
        debrief=(
            "The same three questions for all was her own idea and it worked. With Rui she asked “why” "
            "four times in a row; we counted."
        ),
        rating_comment=("Fair and fast with the client. The talk with Rui turned into an interrogation."),
    ),
)
