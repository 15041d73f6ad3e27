"""The stories of the lead pair, the second quarter: the mentor's part shrinks from month to month."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="lead-no-promotion",
        title="Telling a good man that he will not be foreman",
        competency="difficult-conversations",
        difficulty=3,
        novelty=3,
        confidence=50,
        rating=3,
        stage="middle",
        story=(
            "Fernando has applied to be foreman. He is 54, knows every crane by its sound, and is "
            "certain that it is his turn. The panel chose Marta, who is 33. I am to tell him today, "
            "before the list is published tomorrow at noon. Marta will be his superior."
        ),
        stakes=(
            "If he leaves, we lose the only person who can set up the old luffing drives. If he stays "
            "and is bitter, Marta will not have a chance."
        ),
        own_view=(
            "He will be hurt whatever I say. I have asked myself what he will want to know first, and I "
            "think it is whether his age counted. It didn’t, and I can show him what did."
        ),
        options=(
            "Give him the reasons in detail",
            "Say it quickly and let him react, then offer a second talk",
            "Ask Duarte to be there",
        ),
        own_question=("How much of the panel’s reasoning does he need in the first ten minutes?"),
        intended=("Tell him the decision at once, then the two reasons of the panel, then listen."),
        answer=(
            "One sentence for the decision, one for the reason that carried it, and then silence until "
            "he speaks, even if it is long. No consolation prize on the same day. Fix the second talk "
            "before he leaves the room."
        ),
        example=(
            "I told a colleague in Rostock for a quarter of an hour how much we valued him before I "
            "came to the point. He said afterwards: when you started with praise I knew it, and I did "
            "not hear anything more. With the next person I needed two sentences. He asked three "
            "questions that I could answer, because he had heard me."
        ),
        question=("You have two reasons prepared. Which of them is for Fernando, and which one is for you?"),
        debrief_questions=(
            "How long was the silence, and what did you do with it?",
            "What did he ask that you had not expected?",
        ),
        decision=(
            "I said it in the second sentence, gave one reason, and waited. We agreed to meet again on "
            "Monday about what he wants to do with the luffing drives."
        ),
        criteria=(
            "He has a right to hear it clearly and from me. Dignity comes from clarity, not from padding."
        ),
        risks=("That he walks out. I kept the following hour free and had told nobody else."),
        alternatives="A talk with Duarte present, which would have looked like a tribunal.",
        outcome=(
            "He was silent for almost a minute, then asked who had sat on the panel. On Monday he came "
            "with a proposal to train two people on the old drives. He congratulated Marta in front of "
            "the crew."
        ),
        debrief=(
            "She bore the silence. The question about which reason was for whom made her strike half of "
            "her notes beforehand."
        ),
        rating_comment=(
            "The decision in the second sentence, one reason, room to answer. This is what proficient "
            "looks like."
        ),
    ),
    Story(
        key="lead-two-customers",
        title="Two customers and one crane crew",
        competency="stakeholder-judgement",
        difficulty=3,
        novelty=3,
        confidence=55,
        rating=2,
        stage="middle",
        story=(
            "Setúbal has a hoist failure and a ship waiting. Alvor has the yearly inspection, planned "
            "for months, with the authority’s inspector coming at ten tomorrow. I have one certified "
            "crew. Both site managers have my mobile number, and both have used it twice this morning."
        ),
        stakes=(
            "Setúbal loses about 9,000 euro an hour. Alvor loses its operating permit for the crane if "
            "the inspection date lapses, for six weeks at least."
        ),
        own_view=(
            "Setúbal is louder, Alvor is larger. I want to send the crew to Setúbal tonight and have "
            "them back at Alvor by ten, though that means no rest for four people."
        ),
        options=(
            "Setúbal tonight and Alvor in the morning with the same crew",
            "Ask the inspector for the afternoon",
            "Borrow two people from the Leixões depot and split the crew",
        ),
        own_question="Which of the two would I be able to explain afterwards to the other?",
        intended=("Send the crew to Setúbal now and ask Alvor whether the inspector can come at two."),
        answer=(
            "Rest hours are not yours to trade, so the first plan is out. Call the inspector’s office "
            "before you call Alvor, because only they know whether two o’clock exists. Then tell each "
            "customer yourself what the other gets and why. A customer who hears it from you can be "
            "angry; if he hears it from the other one he feels cheated."
        ),
        example=(
            "On a January weekend in Cuxhaven I kept two customers apart and told each that he was "
            "first. They sit on the same harbour board. I have told every customer since what I am "
            "doing for the other one, in one sentence, without names if needed."
        ),
        question=("Who decides whether two o’clock exists, and have you spoken to that person?"),
        debrief_questions=(
            "What did each of the two know when they put down the phone?",
            "What would you have done if the inspector had said no?",
        ),
        decision=(
            "I called the inspection office, got one o’clock, sent the crew to Setúbal with a hard stop "
            "at midnight, and told both customers what the other one gets."
        ),
        criteria=("Rest hours first, then what can’t be recovered, then money by the hour."),
        risks=("That the repair is not done at midnight. Leixões had agreed to take over the second half."),
        alternatives=("Splitting the crew, which needs a second certificate that we don’t have in Leixões."),
        outcome=(
            "Repair done at eleven. I called Alvor after their manager had already heard it from "
            "Setúbal, and he let me feel that. The inspection passed."
        ),
        debrief=(
            "The order of calls was the lesson. She saw it before I said it: the inspector first was "
            "right, Alvor second would have been."
        ),
        rating_comment="A good decision with one call in the wrong order.",
    ),
    Story(
        key="lead-apology",
        title="The apology that legal did not like",
        competency="difficult-conversations",
        difficulty=3,
        novelty=4,
        confidence=60,
        rating=3,
        stage="middle",
        story=(
            "Our remote update stopped all four cranes at Baía Norte for fifty minutes during a storm. "
            "No one was hurt. The port director wants to talk tomorrow. Legal has sent me a text in "
            "which the word sorry does not appear, and in which the weather is mentioned three times."
        ),
        stakes=(
            "The penalty clause is capped, the relationship is not. Two of the four operators have said "
            "that they will not take an update again."
        ),
        own_view=(
            "The legal text will make it worse. I have asked myself what the director really wants from "
            "tomorrow, and it is not our money: he wants to know whether it can happen in the next "
            "storm."
        ),
        options=(
            "Read the legal text out",
            "Ignore legal and apologise",
            "Ask legal which sentences are dangerous and build around them",
        ),
        own_question=("What can I say that is true, that is not an admission, and that he would believe?"),
        intended=(
            "Call legal this afternoon with my own draft of five sentences and ask what in it does harm."
        ),
        answer=(
            "Say sorry for the fifty minutes and for the operators’ fright, which needs no lawyer. Say "
            "what stopped, when you knew, what you did. Say what will not happen again without his "
            "operators’ consent. Leave out the weather."
        ),
        example=(
            "After the Wismar outage I brought an engineer instead of a lawyer, and she drew the fault "
            "on the back of the agenda. The customer kept that sheet. The word sorry came up in "
            "passing, and nobody quoted it afterwards."
        ),
        question=(
            "If he could ask you only one thing tomorrow, what would it be, and what is your honest "
            "answer today?"
        ),
        debrief_questions=(
            "Where did you leave your prepared order, and why?",
            "What did legal say to your five sentences?",
        ),
        decision=(
            "I agreed five sentences with legal, dropped the weather, went with the update engineer, "
            "and offered that no update runs without the shift leader’s release."
        ),
        criteria="What he can check himself counts more than what I promise.",
        risks=("The sentences could be used in a claim. Legal had struck one of them and I kept to that."),
        alternatives="The prepared text; a visit by Duarte instead of me.",
        outcome=(
            "The director asked exactly the question about the next storm. We had an answer with a "
            "date. He asked the operators in, and the engineer explained it to them. They have taken "
            "the next two updates."
        ),
        debrief=(
            "She went to legal with a draft and not with a complaint. I asked one question, and the "
            "rest was hers."
        ),
        rating_comment=(
            "Clear, checkable, and without hiding. Well prepared with those who could have said no."
        ),
    ),
    Story(
        key="lead-interpreter",
        title="With an interpreter in the room",
        competency="difficult-conversations",
        difficulty=4,
        novelty=3,
        confidence=65,
        rating=2,
        stage="middle",
        story=(
            "Three of the Santos crew have complained that our Portuguese supervisor in the joint "
            "project talks to them as if they were children. The supervisor is from Porto, they are "
            "from Santos; the language is the same and it is not. Their client liaison, who speaks for "
            "them, translates everything into something softer."
        ),
        stakes=(
            "The joint project runs for another five months. A second complaint goes to the labour "
            "inspection."
        ),
        own_view=(
            "I think that I must hear them without the liaison. I have asked myself who gains when the "
            "words get softer, and it is the liaison, who has to live with both sides."
        ),
        options=(
            "Talk to the three without the liaison",
            "Confront the supervisor with the words used",
            "Bring all of them together and agree on rules",
        ),
        own_question="Am I looking for what was said or for what was heard?",
        intended="Meet all of them together, so that nothing can be softened any more.",
        answer=(
            "Not all together yet: the three will not repeat it in front of him. Hear them first, ask "
            "for the exact words, and ask what they want to be different on Monday. Only then talk to "
            "the supervisor, with two sentences and not with a verdict."
        ),
        example=(
            "In a mixed crew in Constanța I brought everyone to one table to have it out. The loudest "
            "apologised for everyone, and the quiet ones handed in their notice within the month."
        ),
        question=(
            "What must have happened before that table, so that the quietest person at it would speak?"
        ),
        debrief_questions=(
            ("What did you see in the faces when the first quotation was read out?"),
            "What would you need to know before such a meeting the next time?",
        ),
        decision=(
            "I met the three first, but only for fifteen minutes, and then held the meeting with all of "
            "them on the same day."
        ),
        criteria=(
            "Speed, because I was afraid that it would reach the inspection before I had done something."
        ),
        risks=(
            "That the three fall silent. I thought that the short talk before would be enough, and it "
            "was not."
        ),
        alternatives="Two separate rounds over two days.",
        outcome=(
            "In the meeting only the liaison spoke. The supervisor apologised for a misunderstanding, "
            "which was not what they had complained about. I went back a week later and needed three "
            "more talks to mend it."
        ),
        debrief=(
            "A step back, and she called it that herself. The fear of the inspection set the pace, not "
            "the people. What would she do on the first day? Wait one night."
        ),
        rating_comment="The right question, then too fast. Mended afterwards with patience.",
    ),
)
