"""The question bank: what to ask before a decision, and what to ask afterwards."""

from telemachy.interfaces.demo.content.shapes import QuestionText

QUESTIONS = (
    QuestionText(
        text="What would be different on Monday if this had gone well?",
        moment="question",
        phase="goal",
    ),
    QuestionText(
        text=(
            "Which part of this do you want to be better at in a year, and which part do you only want "
            "to be over?"
        ),
        moment="question",
        phase="goal",
    ),
    QuestionText(
        text=("How would somebody who disagrees with you notice that you have reached it?"),
        moment="question",
        phase="goal",
    ),
    QuestionText(
        text="What would be good enough here?",
        moment="question",
        phase="goal",
    ),
    QuestionText(
        text=("If you could only settle one thing in this matter, which would let the rest wait?"),
        moment="question",
        phase="goal",
    ),
    QuestionText(
        text="Which decision do you want never to be asked about again?",
        moment="question",
        phase="goal",
        competency="delegation",
    ),
    QuestionText(
        text=("What should the other person be able to do after this talk that they can’t do now?"),
        moment="question",
        phase="goal",
        competency="difficult-conversations",
    ),
    QuestionText(
        text="What would you like to be asked about in half a year?",
        moment="question",
        phase="goal",
        competency="landing",
    ),
    QuestionText(
        text="What should happen here when you are not present?",
        moment="question",
        phase="goal",
        competency="safety",
    ),
    QuestionText(
        text="What do you want them to do, and what do you only want them to think?",
        moment="question",
        phase="goal",
        competency="influence",
    ),
    QuestionText(
        text="What have you seen, and what have you concluded from it?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="Who knows something about this that you don’t?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="What have you already tried, and what did it show you?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="What is this costing today, and whom?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="What would a camera have recorded?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="Which of your assumptions would hurt most if it were wrong?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="Since when has this been so, and what happened just before?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="What does the other side tell at home about this?",
        moment="question",
        phase="reality",
    ),
    QuestionText(
        text="Who decides, who pays, and who has to live with it?",
        moment="question",
        phase="reality",
        competency="stakeholder-judgement",
    ),
    QuestionText(
        text="Who has not been asked and will remember that?",
        moment="question",
        phase="reality",
        competency="stakeholder-judgement",
    ),
    QuestionText(
        text="What is the true part of what they are saying?",
        moment="question",
        phase="reality",
        competency="conflict",
    ),
    QuestionText(
        text="What do you get out of standing in the middle?",
        moment="question",
        phase="reality",
        competency="conflict",
    ),
    QuestionText(
        text="What do you know for certain, and what did you hear from someone?",
        moment="question",
        phase="reality",
        competency="difficult-conversations",
    ),
    QuestionText(
        text="What happens in the minutes in which you wait for confirmation?",
        moment="question",
        phase="reality",
        competency="safety",
    ),
    QuestionText(
        text="How old is this figure, and who chose the filter?",
        moment="question",
        phase="reality",
        competency="digital",
    ),
    QuestionText(
        text="Who pays for this habit without having been asked?",
        moment="question",
        phase="reality",
        competency="inclusion",
    ),
    QuestionText(
        text="For whom will your no come too late if you say it tomorrow?",
        moment="question",
        phase="reality",
        competency="priorities",
    ),
    QuestionText(
        text="Which sentence of the policy are you applying, word for word?",
        moment="question",
        phase="reality",
        competency="policy-judgement",
    ),
    QuestionText(
        text="Which lines were removed, and who relied on them?",
        moment="question",
        phase="reality",
        competency="review-judgement",
    ),
    QuestionText(
        text="What is the smallest step that would already help?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="What would you do if you had only half of the time?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="What would you advise a colleague in your place?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="Which option have you left out because it is uncomfortable?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="What would have to be true for the opposite to be right?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="Which of these can be undone, and until when?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="Who could do this better than you?",
        moment="question",
        phase="options",
    ),
    QuestionText(
        text="What is the cheapest way of finding out whether you are wrong?",
        moment="question",
        phase="options",
        competency="decisions",
    ),
    QuestionText(
        text=("Which information would change your mind, and can you get it by Thursday?"),
        moment="question",
        phase="options",
        competency="decisions",
    ),
    QuestionText(
        text="Which part can nobody else do, honestly?",
        moment="question",
        phase="options",
        competency="delegation",
    ),
    QuestionText(
        text="Whose idea could this become?",
        moment="question",
        phase="options",
        competency="influence",
    ),
    QuestionText(
        text="Which scene would you tell so that the other one recognises it?",
        moment="question",
        phase="options",
        competency="feedback",
    ),
    QuestionText(
        text="What would you stop doing in return?",
        moment="question",
        phase="options",
        competency="priorities",
    ),
    QuestionText(
        text="What would you do if nobody could be reached today?",
        moment="question",
        phase="options",
        competency="landing",
    ),
    QuestionText(
        text="What stays the same if the tone were different and the account small?",
        moment="question",
        phase="options",
        competency="policy-judgement",
    ),
    QuestionText(
        text="How could the inconvenience go round in turns?",
        moment="question",
        phase="options",
        competency="inclusion",
    ),
    QuestionText(
        text="What will you do first, and when exactly?",
        moment="question",
        phase="will",
    ),
    QuestionText(
        text="What will you say in your first sentence?",
        moment="question",
        phase="will",
    ),
    QuestionText(
        text="What might keep you from it, and what will you do then?",
        moment="question",
        phase="will",
    ),
    QuestionText(
        text="Who should know beforehand, so that nobody is surprised?",
        moment="question",
        phase="will",
    ),
    QuestionText(
        text="By what will you notice in two weeks that it is working?",
        moment="question",
        phase="will",
    ),
    QuestionText(
        text=("How sure are you, from nought to a hundred, and what is missing from the hundred?"),
        moment="question",
        phase="will",
    ),
    QuestionText(
        text="At which point would you turn back?",
        moment="question",
        phase="will",
    ),
    QuestionText(
        text="What may they decide that you will not take back afterwards?",
        moment="question",
        phase="will",
        competency="delegation",
    ),
    QuestionText(
        text="How will you bear the silence after your first sentence?",
        moment="question",
        phase="will",
        competency="difficult-conversations",
    ),
    QuestionText(
        text="What are you going to tell the crew about it, in your own words?",
        moment="question",
        phase="will",
        competency="safety",
    ),
    QuestionText(
        text="What exactly did you observe, and what are you only supposing?",
        moment="question",
        phase="will",
        competency="review-judgement",
    ),
    QuestionText(
        text="At which moment did you decide, really?",
        moment="debrief",
    ),
    QuestionText(
        text="What did you notice that you would have overlooked half a year ago?",
        moment="debrief",
    ),
    QuestionText(
        text=("Which of your reasons came before the decision, and which came after it?"),
        moment="debrief",
    ),
    QuestionText(
        text="What would you do in the same way again, although it ended badly?",
        moment="debrief",
    ),
    QuestionText(
        text="What did you leave out on purpose?",
        moment="debrief",
    ),
    QuestionText(
        text="Which question did you ask yourself, and where do you have it from?",
        moment="debrief",
    ),
    QuestionText(
        text="What surprised you about the others, and what about yourself?",
        moment="debrief",
    ),
    QuestionText(
        text="How much of the result was luck?",
        moment="debrief",
    ),
    QuestionText(
        text="What will you do differently in the first ten minutes next time?",
        moment="debrief",
    ),
    QuestionText(
        text="Who has learnt something from this apart from you?",
        moment="debrief",
    ),
    QuestionText(
        text="In which minute did the point come?",
        moment="debrief",
        competency="difficult-conversations",
    ),
    QuestionText(
        text="Who heard it from whom, and in which order?",
        moment="debrief",
        competency="stakeholder-judgement",
    ),
    QuestionText(
        text=("What would you have decided differently, and what did you do with that?"),
        moment="debrief",
        competency="delegation",
    ),
    QuestionText(
        text="What made it possible that somebody spoke up?",
        moment="debrief",
        competency="safety",
    ),
    QuestionText(
        text="What do you now know without having to ask?",
        moment="debrief",
        competency="landing",
    ),
    QuestionText(
        text="Did the outcome lie within the range that you had stated?",
        moment="debrief",
        competency="decisions",
    ),
)
