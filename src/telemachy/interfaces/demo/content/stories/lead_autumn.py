"""The stories of the lead pair, the last months: the mentor's part shrinks from month to month."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="lead-bonus-numbers",
        title="A bonus talk with a number that I don’t agree with",
        competency="difficult-conversations",
        difficulty=4,
        novelty=4,
        confidence=65,
        rating=3,
        stage="late",
        story=(
            "The calibration round put Marta at “meets” although I had argued for “exceeds”. I have to "
            "give her the number tomorrow. I think that it is wrong, and she will ask me whether I "
            "think so."
        ),
        stakes=(
            "If I hide behind the round I am no use to her. If I criticise it in front of her I am no "
            "use to the company, and she will trust neither of us."
        ),
        own_view=(
            "What is true: I argued for more, and lost, and I understand one of their two reasons. I "
            "can say all three without saying who voted how. The question for me is what she can do "
            "with it."
        ),
        options=(
            "Present the number as my own",
            "Say that I was outvoted",
            "Say what I said, what I understood and what would count next year",
        ),
        own_question="Which part of this is loyalty, and which part is cowardice?",
        intended=(
            "Number first, then my own view in one sentence, then the one reason I find right, with an "
            "example."
        ),
        answer=("Yes. And don’t promise her next year’s result, only the work that you will do for it."),
        example=(
            "I once told someone with a wink that I saw it differently from “those up there”. He liked "
            "me for it, and stopped believing in any number."
        ),
        question=("If she tells a colleague about this talk tonight, what do you want her to say?"),
        debrief_questions=(
            "How did she react to your own view, and to the reason?",
            "What have you promised?",
        ),
        decision=(
            "I gave her the number in the first sentence, said that I had argued for more, and "
            "explained the one reason that I find right: her night handovers."
        ),
        criteria=(
            "She should be able to act on it. I say nothing that I would not say with Duarte in the room."
        ),
        risks=(
            "That she hears only that I was outvoted. I asked her at the end what she was taking with her."
        ),
        alternatives="Hiding behind the round.",
        outcome=(
            "She was disappointed and asked for two examples, and I had them. Three weeks later she "
            "showed me a new hand-over sheet. She has told me since when she disagrees."
        ),
        debrief=(
            "Independent. She had asked HR beforehand what may be said about the round, which I would "
            "have forgotten."
        ),
        rating_comment="Honest upwards and downwards in the same sentence.",
    ),
    Story(
        key="lead-works-council",
        title="The works council asks me first",
        competency="difficult-conversations",
        difficulty=4,
        novelty=5,
        confidence=60,
        rating=3,
        stage="late",
        story=(
            "The chair of the works council in Hamburg called me, not HR: would the remote crane cabin "
            "cost jobs in Lisbon, and would I say so in the joint meeting? I have the internal study on "
            "my desk. It says that nine of sixty operator posts would change, and four would go by "
            "2029. It is confidential until the board meets."
        ),
        stakes=(
            "If I say nothing they will think that the worst is true. If I say it, I break a "
            "confidence, and the operators in Lisbon learn it from Hamburg."
        ),
        own_view=(
            "I have never been asked such a thing by someone with a right to ask it, but not yet. What "
            "does he need today? Not the number, I think, but to know when he will get it and that the "
            "operators don’t come last."
        ),
        options=(
            "Refuse politely",
            "Give the number off the record",
            ("Tell him what I can’t say and until when, and press inside for an earlier date"),
        ),
        own_question=("To whom am I loyal if the answer is the same for all of them: the operators?"),
        intended=(
            "Tell him that a study exists and that I can’t speak about it, and ask our director today "
            "to move the information of the operators before the board date."
        ),
        answer=(
            "Call our labour relations lead before you call him back, because the mere existence of a "
            "study can be information too."
        ),
        example=("I once gave a number off the record. It came back within a day, larger."),
        question=(
            "What would you like to be able to say to the sixty operators on the day that the study is "
            "published?"
        ),
        debrief_questions=(
            ("What did you say about the study’s existence, and who had cleared that?"),
            "What would you have done if the date had not been moved?",
        ),
        decision=(
            "I spoke with labour relations, then told the chair that there is a study, who owns it, and "
            "that I am asking for an earlier date. I wrote the two-page case for informing the "
            "operators first."
        ),
        criteria=("Nobody learns about his own job from the newspaper. No number without a mandate."),
        risks=(
            "That the chair puts pressure on me in public. He said he would not, if he had a date by Friday."
        ),
        alternatives="Off the record; a flat no.",
        outcome=(
            "The date was moved forward by three weeks, and the operators heard it first, from our "
            "director, with the four posts and the offer to retrain. The chair thanked me in the "
            "meeting, which I could have done without."
        ),
        debrief=(
            "New territory for her and in part for me. She decided, and only told me afterwards. We "
            "talked about what a promise of a date may rest on."
        ),
        rating_comment="New, delicate, and handled with a mandate for each sentence.",
    ),
    Story(
        key="lead-accident-quay",
        title="An accident on the quay, and our name on the crane",
        competency="difficult-conversations",
        difficulty=5,
        novelty=5,
        confidence=70,
        rating=4,
        stage="late",
        story=(
            "On Tuesday at 05:40 a lashing worker of another company was hit by a container at Baía "
            "Norte and lost his leg. The crane is ours, and my team serviced it eleven days ago. At "
            "nine the port director asked me into a room with the worker’s foreman, the union secretary "
            "and a press officer, and said: “Was it the crane?” Duarte was on a plane. Ruth I did not "
            "call."
        ),
        stakes=(
            "A man’s life has changed for good. Whatever I say about the cause will be repeated, and my "
            "crew stood outside at the gate and waited."
        ),
        own_view=(
            "I asked myself the three things that I would otherwise have been asked. What is certain? "
            "That we serviced the brake, and that the record is complete. What do they need from me in "
            "this room? Not a cause, but to know that I won’t hide one. Who has to hear something from "
            "me before noon? My crew, before they hear it from the radio."
        ),
        options=(
            "Say nothing until legal is here",
            "Say that the service record is clean",
            ("Say what I know, what I don’t know, and hand over the record to the inspection at once"),
        ),
        own_question="What will I wish to have said, if it turns out that it was the brake?",
        intended=(
            "Condolence to the foreman first, then certain and uncertain things apart, then the record "
            "to the inspector with a copy that no one can change, then the crew."
        ),
        answer="There was nothing to answer: she had decided before I knew of it.",
        example="I would have told her about the Stade accident; she did not need it.",
        question="None was asked beforehand.",
        debrief_questions=(
            "What did you do between 09:10 and 09:20?",
            ("What did you say to the crew at the gate that you did not say in the room?"),
            "What will you do for yourself this week?",
        ),
        decision=(
            "I told the foreman how sorry I am. I said that we had serviced the brake eleven days "
            "before, that I don’t know the cause, and that the inspector would get the record and the "
            "parts within the hour, sealed. I asked that nobody in the room name a cause before the "
            "inspector does. Then I went to the gate."
        ),
        criteria=(
            "The injured man and his family first. Only what is certain. Nothing that I would have to "
            "take back if it was us. My crew must hear it from me."
        ),
        risks=(
            "That it sounds like an admission. I took that risk, because silence would have been one as "
            "well. I had the seal witnessed by the union secretary."
        ),
        alternatives=(
            "Waiting for legal, four hours. Pointing to the clean record, which would have been true, "
            "and terrible."
        ),
        outcome=(
            "The inspector took over at 09:50. On Thursday the preliminary finding was a twist lock "
            "that had not been released, not the brake. The foreman wrote to me on Friday. My crew has "
            "agreed to check the brake on the two sister cranes all the same."
        ),
        debrief=("We have a whole session for this on Tuesday. First how she is, then the ten minutes."),
        rating_comment=(
            "A case that none of us had rehearsed. She named what was certain, protected those who "
            "could not speak, and asked herself every question I have ever asked her."
        ),
    ),
    Story(
        key="lead-hand-over-six-weeks",
        title="Handing my team to Marta for six weeks",
        competency="delegation",
        difficulty=3,
        novelty=3,
        confidence=80,
        rating=3,
        stage="late",
        story=(
            "I go on parental leave for six weeks in January. Marta will lead the team. My first hand-"
            "over list had forty-one points, and when I read it again it was a list of how I would do "
            "things."
        ),
        stakes=(
            "If Marta has to call me every second day she is not leading, and the crew will wait until "
            "I am back."
        ),
        own_view=(
            "I asked myself which decisions I would be annoyed about if she took them differently, and "
            "found three. The other thirty-eight are hers."
        ),
        options=(
            "Keep the list",
            "Give her the three limits and the calendar",
            "Agree on one call a week",
        ),
        own_question="What would I have to do in January so that she does not call?",
        intended=("Give her three limits, introduce her to Teles myself, and leave the list in the drawer."),
        answer="Tell the crew in front of her what she may decide. Then stay away.",
        example=(
            "When I came back from my own leave, my deputy had changed the shift plan. It was better. "
            "It took me two weeks to say so."
        ),
        question="Which of the three limits is really one?",
        debrief_questions=(
            "Which call did come, and whose need was it?",
            "What did you leave changed?",
        ),
        decision=(
            "I gave Marta three limits and no list, told the crew what she decides, and took her along "
            "to Teles before I left."
        ),
        criteria=("She leads and does not stand in. Only what can’t be undone stays with me."),
        risks=(
            "That the crew plays us off against each other. I told them that I would not answer the phone."
        ),
        alternatives="The list with the forty-one points.",
        outcome=(
            "One call in six weeks, about a bereavement in the crew. Two things are now done "
            "differently, and I have left them so."
        ),
        debrief=("There was little to debrief. She noticed herself that the list had been about her."),
        rating_comment="Three limits instead of forty-one instructions.",
    ),
)
