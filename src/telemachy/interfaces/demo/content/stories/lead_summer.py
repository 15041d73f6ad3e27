"""The stories of the lead pair, the third quarter: the mentor's part shrinks from month to month."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="lead-decided-before",
        title="The steering meeting that had decided before I came",
        competency="stakeholder-judgement",
        difficulty=4,
        novelty=3,
        confidence=60,
        rating=3,
        stage="middle",
        story=(
            "In the steering committee for the remote crane project my request for two commissioning "
            "engineers was “noted”, and the next slide already showed a schedule without them. Two of "
            "the five members had met the evening before. I was told kindly that I should have lobbied."
        ),
        stakes=(
            "Without the two engineers the commissioning falls into the storm season again, and I will "
            "be the one on the quay."
        ),
        own_view=(
            "First I was angry, then I asked myself what they know that I don’t. The two who met have "
            "to answer for the budget. My request reached them as a cost, and nobody had told them what "
            "it avoids."
        ),
        options=(
            "Escalate to the project sponsor",
            "Ask each of the five for twenty minutes before the next meeting",
            "Put the risk in writing and let it go",
        ),
        own_question=(
            "Who in that room carries the cost of a storm start, and have I spoken to that person even once?"
        ),
        intended=(
            "See the finance member and the client’s operations lead before the next meeting, in that order."
        ),
        answer=(
            "Go to the client’s operations lead first. Finance moves when the client asks for it, and "
            "not the other way round. Bring one page: three dates, two numbers, one picture of the quay "
            "in January."
        ),
        example=(
            "I once won over four of five members and lost, because the fifth was the one whose yes the "
            "others were waiting for. I had gone by rank. Since then I ask: who looks at whom before "
            "they speak?"
        ),
        question="When your request was noted, who looked at whom?",
        debrief_questions=(
            "What did the talks before the meeting change in your own request?",
            "How would you notice the same thing earlier in another committee?",
        ),
        decision=(
            "I saw the client’s operations lead and then finance, changed the request from two "
            "engineers to one engineer and a fixed start date, and had the client put it on the agenda."
        ),
        criteria="The goal is a start outside the storm season, not the number of heads.",
        risks=(
            "That it looks like going round the project manager. I told her on the same day whom I "
            "would meet."
        ),
        alternatives=("Escalating to the sponsor, which would have won the point and lost the committee."),
        outcome=(
            "The start moved to April with one engineer. The finance member said that it was the first "
            "time someone had shown him what a storm start costs."
        ),
        debrief=(
            "She noticed that her own request had changed through the talks, and that this was the "
            "gain. I only asked who looked at whom."
        ),
        rating_comment=(
            "Read the room, changed the request, and told the person who could have felt passed over."
        ),
    ),
    Story(
        key="lead-night-roster",
        title="Telling the night shift about the new roster",
        competency="difficult-conversations",
        difficulty=4,
        novelty=4,
        confidence=70,
        rating=3,
        stage="late",
        story=(
            "From June the night shift goes from two to three people and from seven nights to four, "
            "which everybody wanted, but the night bonus for the single nights falls away. For Adérito, "
            "who pays two rents, that is 310 euro a month. I have to announce it to nine people, and "
            "for one of them it is a disaster."
        ),
        stakes=(
            "The new roster is a safety measure after two near misses; it can’t be traded away. Adérito "
            "is the one the others listen to."
        ),
        own_view=(
            "The question I used to get from Ruth is: who needs to hear it before the others do? It is "
            "Adérito, and not to win him over, but because nobody should do that sum in front of eight "
            "colleagues."
        ),
        options=(
            "Tell all nine at once",
            "Tell Adérito the evening before",
            "Ask for a transition payment first and announce later",
        ),
        own_question="What may I promise him, and what would only be my wish?",
        intended=(
            "Talk to Adérito the evening before with the number on the table, ask HR for the transition "
            "rule in the agreement, then tell all nine."
        ),
        answer=(
            "You have it. Only check with HR before the evening whether the transition rule covers him, "
            "so that you don’t bring him a hope that falls away on Thursday."
        ),
        example=(
            "I announced a plant closure shift by shift and forgot that the shifts share a car pool. "
            "The second shift knew it all at the gate. Since then I ask who drives with whom."
        ),
        question="What will Adérito do with the evening that you give him?",
        debrief_questions=(
            "Which of your sentences did the crew repeat afterwards?",
            "What did you do when the sum came up in the meeting after all?",
        ),
        decision=(
            "I told Adérito on Wednesday evening, with the sum and the transition rule in writing, and "
            "all nine on Thursday at the shift change."
        ),
        criteria=(
            "Safety is not up for negotiation; the way it is told is. The person hit hardest hears it "
            "first and alone."
        ),
        risks=("That he tells the others during the night. I accepted that, as it was his news too."),
        alternatives="All nine at once, clean but cruel.",
        outcome=(
            "He was angry with the company and not with me. In the meeting somebody asked what it would "
            "cost him, and he answered himself: “We have been through that, go on.” The transition rule "
            "covers six months."
        ),
        debrief=(
            "No guidance before. In the debrief we only looked at the moment when he answered for her. "
            "She did not step in, and that was the right thing."
        ),
        rating_comment="Handled alone, with care for the one and clarity for all.",
    ),
    Story(
        key="lead-quiet-one",
        title="The quiet one who no longer comes to breakfast",
        competency="difficult-conversations",
        difficulty=4,
        novelty=4,
        confidence=70,
        rating=3,
        stage="late",
        story=(
            "Nuno has been on the team for six years, and I can’t think of one bad day. For five weeks "
            "he has eaten in the van. His work is correct, his handwriting in the log has become tiny, "
            "and on Tuesday he asked Marta whether she would swap him out of the man-basket jobs. He "
            "gave no reason."
        ),
        stakes=(
            "Working at height when you don’t want to is dangerous. It may also be nothing that concerns me."
        ),
        own_view=(
            "I don’t know what it is and I must not guess. What I have seen are three facts: breakfast, "
            "handwriting, basket. I ask myself what he would need to know before he can talk: that the "
            "basket is off the table whatever he says."
        ),
        options=(
            "Wait and watch",
            "Ask Marta what she knows",
            "Tell him what I have seen, and that the basket question is settled",
        ),
        own_question=("What is mine to ask as his lead, and where does his private life begin?"),
        intended=(
            "Take the basket off him first without a reason, then tell him the three facts and stop talking."
        ),
        answer=(
            "Do as you plan, and have the number of the employee counsellor in your pocket without "
            "pulling it out as the first thing."
        ),
        example=(
            "With a fitter in Kiel I was so discreet that he thought I had not noticed anything. He "
            "said later that for three months he had hoped someone would ask."
        ),
        question="What do you do if he says that everything is fine?",
        debrief_questions=(
            "How did you close the talk so that it stayed open?",
            "What did you decide not to ask?",
        ),
        decision=(
            "I took him off the basket list for four weeks, told him on the way to the car park what I "
            "had seen, and said that he need not tell me why."
        ),
        criteria=("His safety at height now, his trust later. Facts and no interpretation."),
        risks=(
            "That the others ask why he is off the list. I changed the list for two people at the same time."
        ),
        alternatives="Asking Marta, which would have turned it into gossip.",
        outcome=(
            "He said nothing then. Two days later he called: vertigo since an ear infection, and he had "
            "been afraid of losing the certificate. The doctor has him on a six-week plan. He is back "
            "at breakfast."
        ),
        debrief=(
            "Debriefed without guidance. She asked herself the question about privacy in the log before "
            "I could ask it."
        ),
        rating_comment="Observed, said, left space. Safety settled first.",
    ),
    Story(
        key="lead-supplier-friend",
        title="A supplier who is a friend of the house",
        competency="stakeholder-judgement",
        difficulty=4,
        novelty=4,
        confidence=60,
        rating=3,
        stage="late",
        story=(
            "The rope supplier has missed three delivery dates. Its owner plays golf with our country "
            "director and has been supplying us for nineteen years. Purchasing shrugs. Last week my "
            "crew waited for six hours for a rope that was on a lorry in Badajoz."
        ),
        stakes=("The next rope change is on a passenger ferry ramp. A delay there is in the newspaper."),
        own_view=(
            "The temptation is to collect evidence against him. What would that be for? I want ropes on "
            "time. The country director wants not to be embarrassed. The owner perhaps does not even "
            "know: he sees orders, not lorries."
        ),
        options=(
            "Go to the country director with a list",
            "Bring in a second supplier quietly",
            "Visit the owner with the dispatch data",
        ),
        own_question=(
            "Who would be glad to hear this from me, and who would only be glad not to hear it from "
            "someone else?"
        ),
        intended=(
            "Visit the owner with the three delivery notes, and tell the country director beforehand in "
            "one sentence that I am going."
        ),
        answer=(
            "Good. Ask purchasing for a second source for the ferry ramp all the same, and tell the "
            "owner about it yourself. It is a precaution, not a threat, as long as it comes from you."
        ),
        example=(
            "I protected a director once from bad news about his friend. The news found him at a "
            "reception. He was not angry about the friend."
        ),
        question=(
            "What does the country director need to be able to say if he is asked about it at the next round?"
        ),
        debrief_questions=(
            "Which interest did you hear that you had not had on your list?",
            "At what point would you have gone the other way?",
        ),
        decision=(
            "I told the country director in two sentences, visited the owner with the notes, and agreed "
            "on a buffer stock in Setúbal and a second source for the ramp."
        ),
        criteria="Ropes on time. Nobody loses face who does not have to.",
        risks=(
            "That the director takes it as a criticism of his friend. He asked me to go and to tell him "
            "about it afterwards."
        ),
        alternatives="The list to the director; changing the supplier at once.",
        outcome=(
            "The owner had not known that his forwarder bundles orders by region. The buffer has been "
            "there since week 31. The ferry ramp was done on the day."
        ),
        debrief=(
            "Only a debrief, at her request. The strongest part was the sentence beforehand to the director."
        ),
        rating_comment="Saw every interest, chose the smallest step that was enough.",
    ),
    Story(
        key="lead-near-miss",
        title="A near miss that nobody wanted to name",
        competency="difficult-conversations",
        difficulty=5,
        novelty=5,
        confidence=75,
        rating=4,
        stage="late",
        story=(
            "A shackle fell from the boom and hit the deck two metres from Adérito. It was picked up "
            "and put back in the box. I know because the box was on the wrong side. Nobody has reported "
            "it. The bonus for a year without an incident is due in three weeks: 400 euro for each of "
            "eleven people."
        ),
        stakes=(
            "The shackle was a wrong size, and there may be others up there. If I report it, it costs "
            "each of them 400 euro, and I am the one who did it."
        ),
        own_view=(
            "I ask myself what I want them to do the next time something falls when I am not there. "
            "They should say it. So it can’t be that I find it out; it has to be they who report it."
        ),
        options=(
            "Report it myself today",
            "Ask who it was",
            ("Stop the crane, say what I have seen, and give them until the evening to report it themselves"),
        ),
        own_question=("How do I separate the bonus from the shackle before I ask for the truth?"),
        intended=("Stop the boom at once, call Duarte about the bonus rule, then speak to the crew."),
        answer=(
            "Stop the crane first, all else can wait for an hour. Then get the bonus rule changed, and "
            "if you can’t get it changed, say that as well."
        ),
        example=(
            "In Stade we had four hundred days without an incident, and on day four hundred and one a "
            "man lost two fingers. Afterwards everyone could name three near misses. I have asked for "
            "reports and not for days since."
        ),
        question="What does your crew know about what happens to somebody who reports?",
        debrief_questions=(
            "What made it possible that someone spoke at four o’clock?",
            "What is now in the rule, and who wrote it?",
        ),
        decision=(
            "I stopped the boom, told the crew what I had seen and that I would not ask for a name, and "
            "got the country director’s word within two hours that a reported near miss does not count "
            "against the bonus."
        ),
        criteria=(
            "The next shackle matters more than this one. Take the reason for silence away before "
            "asking people to talk."
        ),
        risks=("That the director refuses. Then I would have told them so, and reported it all the same."),
        alternatives="Reporting it alone: quick, and the end of every later report.",
        outcome=(
            "At four o’clock two of them came with a written report and three further finds. Eleven "
            "wrong shackles were taken down from four booms. The bonus rule has been changed for the "
            "whole country."
        ),
        debrief=(
            "I had no part in this. I asked afterwards where the idea came from to settle the bonus "
            "first. “You would have asked me why they keep quiet,” she said."
        ),
        rating_comment=("Exemplary: the cause of the silence was removed before the truth was asked for."),
    ),
)
