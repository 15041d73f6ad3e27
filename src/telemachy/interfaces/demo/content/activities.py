"""Activities and milestones of development plans."""

from telemachy.interfaces.demo.content.shapes import ActivityText

ACTIVITIES = (
    ActivityText(
        competency="difficult-conversations",
        kind="shadowing",
        title=(
            "Sit in on two hard client talks led by another site manager, and note only the first five "
            "minutes"
        ),
        mentor_comment="Choose one that you expect to go badly.",
    ),
    ActivityText(
        competency="difficult-conversations",
        kind="drill",
        title=(
            "Say the first two sentences of the next hard talk aloud, three times, to a wall or a colleague"
        ),
    ),
    ActivityText(
        competency="difficult-conversations",
        kind="reading",
        title=(
            "Read the three letters to clients after the Wismar outage, and mark each sentence that can "
            "be checked"
        ),
        mentor_comment="They are in the archive of the Hamburg office.",
    ),
    ActivityText(
        competency="difficult-conversations",
        kind="milestone",
        title=("Lead a hard talk with no preparation and no call beforehand, and write the account"),
        mentor_comment="You can’t plan this one. You will recognise it.",
    ),
    ActivityText(
        competency="stakeholder-judgement",
        kind="introduction",
        title=("Half an hour with the labour relations lead: what may be said, when and by whom"),
    ),
    ActivityText(
        competency="stakeholder-judgement",
        kind="drill",
        title="Draw the map of who looks at whom before each steering meeting",
        mentor_comment="Bring the drawing, not the conclusion.",
    ),
    ActivityText(
        competency="stakeholder-judgement",
        kind="milestone",
        title=("A request of mine passes a steering group after having been changed by the talks before it"),
    ),
    ActivityText(
        competency="delegation",
        kind="stretch",
        title="Let the deputy lead the yearly inspection from planning to sign-off",
        mentor_comment="Tell the client first.",
    ),
    ActivityText(
        competency="delegation",
        kind="milestone",
        title="Two weeks of leave without a call about anything that can be undone",
    ),
    ActivityText(
        competency="decisions",
        kind="drill",
        title=("Give a range and a chance for five estimates, and check them after a month"),
        mentor_comment="The score matters less than the surprise.",
    ),
    ActivityText(
        competency="decisions",
        kind="course",
        title="Two days on estimating and risk at the Hamburg training centre",
    ),
    ActivityText(
        competency="priorities",
        kind="drill",
        title=("Answer each request with “I will tell you tomorrow at nine” for a month"),
    ),
    ActivityText(
        competency="priorities",
        kind="milestone",
        title=("One running project stopped in the open, with a page on what was learnt"),
    ),
    ActivityText(
        competency="conflict",
        kind="rotation",
        title="Three weeks as stand-in for the assembly lead",
        mentor_comment="See the messages from the other end.",
    ),
    ActivityText(
        competency="conflict",
        kind="milestone",
        title="The daily round runs for a fortnight without me",
    ),
    ActivityText(
        competency="feedback",
        kind="drill",
        title="One scene a week, told to the person concerned within two days",
    ),
    ActivityText(
        competency="feedback",
        kind="milestone",
        title="Survey question on how my work is seen reaches 4.0",
    ),
    ActivityText(
        competency="influence",
        kind="rotation",
        title="Two days at another site doing their test in their way",
        mentor_comment="Leave your own slides at home.",
    ),
    ActivityText(
        competency="influence",
        kind="milestone",
        title="A person of another site presents the method as theirs",
    ),
    ActivityText(
        competency="safety",
        kind="shadowing",
        title="A night with the shift, without a task of my own",
    ),
    ActivityText(
        competency="safety",
        kind="milestone",
        title="A near miss of my own area changes a procedure",
    ),
    ActivityText(
        competency="inclusion",
        kind="drill",
        title="Count for a month who contributes to decisions, by site",
    ),
    ActivityText(
        competency="landing",
        kind="shadowing",
        title="One day each with grid, water and ports",
    ),
    ActivityText(
        competency="landing",
        kind="stretch",
        title="Take over the test bench",
        mentor_comment="Tell your manager yourself.",
    ),
    ActivityText(
        competency="landing",
        kind="milestone",
        title="First site visit alone, with an account within two days",
    ),
    ActivityText(
        competency="digital",
        kind="drill",
        title="Open the live figures before each Monday meeting",
    ),
    ActivityText(
        competency="digital",
        kind="milestone",
        title="First decision taken in writing, with a named opponent",
    ),
    ActivityText(
        competency="policy-judgement",
        kind="drill",
        title="Twenty sealed tickets a week, with confidence stated beforehand",
    ),
    ActivityText(
        competency="policy-judgement",
        kind="milestone",
        title="A day with the platform off at 95 percent agreement",
    ),
    ActivityText(
        competency="review-judgement",
        kind="drill",
        title="Ten reviews a week with planted changes, removed lines first",
    ),
    ActivityText(
        competency="review-judgement",
        kind="milestone",
        title="A change found that nobody had planted",
    ),
)
