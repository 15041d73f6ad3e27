"""The capabilities that the demo's situations exercise."""

from telemachy.interfaces.demo.content.shapes import CompetencyText

COMPETENCIES = (
    CompetencyText(
        key="difficult-conversations",
        name="Difficult conversations",
        description=(
            "Saying the hard point to the person it concerns, early and plainly, and staying in the "
            "room while it lands."
        ),
        proficient=(
            "The point is said within the first minutes, as fact and not as character. There is room to "
            "answer, and everyone leaves with the same next step."
        ),
    ),
    CompetencyText(
        key="stakeholder-judgement",
        name="Stakeholder judgement",
        description=(
            "Seeing who has which interest in a matter, who decides, who pays, and in which order "
            "people have to hear of it."
        ),
        proficient=(
            "Names every interest before acting, talks to the ones who could block it first, and "
            "surprises nobody who could have been told."
        ),
    ),
    CompetencyText(
        key="delegation",
        name="Delegation",
        description=(
            "Handing over decisions with the mandate that goes with them, and keeping one’s hands off "
            "afterwards."
        ),
        proficient=(
            "The mandate is explicit and known to third parties. What can’t be undone stays, everything "
            "else goes, and decisions one would have taken differently are left to stand."
        ),
    ),
    CompetencyText(
        key="decisions",
        name="Deciding under uncertainty",
        description=(
            "Acting in time on what is known, saying what is not known, and keeping a way back open "
            "where it is cheap."
        ),
        proficient=(
            "States a range and not a wish, names what would change the decision, and sets the date on "
            "which it will be looked at again."
        ),
    ),
    CompetencyText(
        key="priorities",
        name="Priorities",
        description=(
            "Choosing what not to do, saying so while it still helps somebody, and stopping what no "
            "longer serves."
        ),
        proficient=(
            "Says no before the day it hurts, with an alternative and a reason, and ends own work in "
            "the open."
        ),
    ),
    CompetencyText(
        key="conflict",
        name="Conflict in teams",
        description=(
            "Bringing an open or hidden quarrel to where it can be settled, without becoming its postman."
        ),
        proficient=("Gives the true part of a reproach its due, brings people together and steps out again."),
    ),
    CompetencyText(
        key="feedback",
        name="Feedback",
        description=("Describing what was seen and what it caused, and being somebody who can be told."),
        proficient=(
            "Speaks of scenes and not of traits; asks for an example; shows within a week what was done "
            "with what was heard."
        ),
    ),
    CompetencyText(
        key="influence",
        name="Influence without authority",
        description="Moving a matter forward among people one can’t instruct.",
        proficient=("Understands first why things are as they are, and lets others own the result."),
    ),
    CompetencyText(
        key="safety",
        name="Speaking up on safety and quality",
        description=(
            "Stopping when something is not safe, whoever is asking, and making it easy for others to report."
        ),
        proficient=(
            "Stops first and explains later, reports own mistakes while they are small, and takes away "
            "reasons for silence."
        ),
    ),
    CompetencyText(
        key="landing",
        name="Landing in a new role",
        description=("Finding out in a new place what counts, who knows and what one may decide alone."),
        proficient=(
            "Asks early, tries the cheap check first, and acts without a second opinion where the "
            "evidence is in hand."
        ),
    ),
    CompetencyText(
        key="digital",
        name="Digital practice",
        description=(
            "Using data, tools and written work so that decisions get better, and knowing what must "
            "stay personal."
        ),
        proficient=(
            "Opens the figure before relying on it, decides in writing where it widens the circle, and "
            "signs only what was seen."
        ),
    ),
    CompetencyText(
        key="inclusion",
        name="Leading across generations and cultures",
        description=("Noticing who pays for a habit, and changing the habit instead of the person."),
        proficient=("Asks in a way that allows for a no, shares the inconvenience, and acts on own account."),
    ),
    CompetencyText(
        key="policy-judgement",
        name="Policy judgement",
        description=("Applying a rule to the case it was made for, and seeing the case it was not made for."),
        proficient=(
            "Reads the text and not the macro, settles what is certain, and hands over what is beyond "
            "the mandate, with the facts."
        ),
    ),
    CompetencyText(
        key="review-judgement",
        name="Review judgement",
        description="Finding in a change what no check is looking for.",
        proficient=(
            "Reads what was removed, tests an opinion before writing it, and claims no more than was seen."
        ),
    ),
)
