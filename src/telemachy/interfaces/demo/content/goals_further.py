"""Goals of newcomers, executives and agents; and goals that say nothing."""

from telemachy.interfaces.demo.content.shapes import GoalText

ONBOARDING = (
    GoalText(
        competency="landing",
        statement=(
            "I will ask the person who knows within the same hour whenever I have been stuck for twenty "
            "minutes, and take at least three decisions a week alone within my limits by the end of the "
            "fourth month."
        ),
        why=(
            "New people here take seven months on average until they go out alone; the water season "
            "does not wait."
        ),
        baseline="I read on my own for days and ask on the way there.",
        baseline_evidence=(
            "My first two weeks: one question asked, three half days lost; noted with my coach."
        ),
        levels=(
            "I ask when I am asked",
            "I ask within a day",
            "Within an hour, and three decisions a week alone",
            "Others ask me",
            "I have written down the answer for the next newcomer",
        ),
    ),
    GoalText(
        competency="safety",
        statement=(
            "I will say no, or walk to the switch room myself, each time a step of the lock-out is left "
            "out, and tell my coach about it within the week, for all of my first six months."
        ),
        why=(
            "Newcomers are involved in a third of our minor injuries, and most of them noticed "
            "something beforehand."
        ),
        baseline="I go along with the crew when everybody does it.",
        baseline_evidence=(
            "Told in the first session: two cases in three weeks in which I had a doubt and said nothing."
        ),
        levels=(
            "I keep my doubt to myself",
            "I say it afterwards",
            "I say it or walk each time",
            "Somebody comes along with me",
            "The crew does it without me",
        ),
    ),
    GoalText(
        competency="influence",
        statement=(
            "I will bring one improvement of my own from idea to use by the end of my sixth month, "
            "after speaking with each person whose day it changes."
        ),
        why=("People who have changed something in the first half year stay with us, our figures say."),
        baseline="My first proposal has been lying with the team for three weeks.",
        baseline_evidence=(
            "Proposal of 3 February; no answer, and I had not asked the two people concerned."
        ),
        levels=(
            "It lies there",
            "I know whose day it changes",
            "It is in use",
            "It saves measurable time",
            "Somebody else has taken it over",
        ),
    ),
    GoalText(
        competency="decisions",
        statement=(
            "I will answer technical questions of clients within my limits without a second pair of "
            "eyes, at least twice a week, with the source of the answer written down each time."
        ),
        why="A right answer that comes late is of no use to a control room.",
        baseline="I have every mail read by someone before I send it.",
        baseline_evidence=("Sent mail of four weeks: 23 answers, 23 checked, no correction in 21 of them."),
        levels=(
            "All checked",
            "Half of them checked",
            "Twice a week alone, with the source",
            "Only what is outside my limits is checked",
            "I check for somebody newer",
        ),
    ),
    GoalText(
        competency="feedback",
        statement=(
            "I will ask for one example each time I get feedback that I do not understand, in the same "
            "talk, and report back within two weeks what I tried."
        ),
        why=("I was told to show more of myself and guessed for a month what it meant."),
        baseline="I nod and ask somebody else afterwards.",
        baseline_evidence=(
            "Probation talk in May and the conversation on the stairs afterwards, noted with my coach."
        ),
        levels=(
            "I nod",
            "I ask later",
            "In the same talk, each time",
            "My manager gives examples unasked",
            "I give feedback with an example myself",
        ),
    ),
    GoalText(
        competency="landing",
        statement=(
            "I will run the handover at one client site alone from the third month, twice without a "
            "question to my coach beforehand, and write an account of each within two days."
        ),
        why="From May on we have two sites and one experienced engineer.",
        baseline="I go along, and hold the torch.",
        baseline_evidence="Site log: seven visits, no task of my own.",
        levels=(
            "I go along",
            "I lead a part of it",
            "Twice alone, with an account",
            "The client asks for me",
            "I take a newcomer along",
        ),
    ),
)
REVERSE = (
    GoalText(
        competency="digital",
        statement=(
            "I will open the fleet data myself before each Monday meeting and ask at least one question "
            "from it that is not on the printed sheet, for three months."
        ),
        why=("I decide about crew hours for five sites on figures that are six hours old."),
        baseline="I have the dashboard printed and trust the filters.",
        baseline_evidence="Printed sheets since January; two filters that nobody had chosen.",
        levels=(
            "On paper",
            "With help",
            "Alone every Monday, one question",
            "I find an error in the figures",
            "The round works with live data",
        ),
    ),
    GoalText(
        competency="digital",
        statement=(
            "I will take at least one decision a month in writing, with a deadline and a named "
            "opponent, instead of in a meeting, until September."
        ),
        why=("The last joint decision took five weeks to find a date, and three sites did not speak in it."),
        baseline="I have taken every decision of my career in a room.",
        baseline_evidence=("Calendar of last year: 14 decision meetings, a mean of 26 days until the date."),
        levels=(
            "In the room",
            "In writing when someone else prepares it",
            "One a month, prepared by myself",
            "Half of the contributions from outside the head office",
            "Others do it without me",
        ),
    ),
    GoalText(
        competency="inclusion",
        statement=(
            "I will ask three people under thirty every quarter what I should have seen, in a place of "
            "their choosing, and tell the round within two weeks what I have changed because of it."
        ),
        why=("Twelve of sixty young engineers have left; the exit talks tell us nothing."),
        baseline="I hear what I can bear.",
        baseline_evidence=(
            "Four exit talks with the words “new challenge”, and my reverse mentor’s remark about them."
        ),
        levels=(
            "I ask in surveys",
            "I ask those I know",
            "Three a quarter, with a visible consequence",
            "They come without being asked",
            "My round does the same",
        ),
    ),
)
AGENTS = (
    GoalText(
        competency="policy-judgement",
        statement=(
            "The agent will decide refund tickets up to 500 euro without consulting, at 95 percent "
            "agreement with the desk lead’s blind check, and hand over all tickets beyond its mandate "
            "within ten minutes."
        ),
        why=(
            "The desk handles 4,100 tickets a month; each wrongful refusal costs a second contact of "
            "eleven minutes."
        ),
        baseline=("Follows macros where the policy text differs; confidence too high when wrong."),
        baseline_evidence=(
            "Baseline of 50 tickets: 78 percent agreement, 9 of 11 errors with a confidence above 80."
        ),
        levels=(
            "Below 80 percent",
            "85 percent, with consulting",
            "95 percent without consulting",
            "97 percent on sealed novel tickets",
            "Its reports have changed the policy text",
        ),
    ),
    GoalText(
        competency="review-judgement",
        statement=(
            "The agent will find at least nine of ten planted behaviour changes in reviews without "
            "consulting, with no more than one unfounded objection in twenty reviews."
        ),
        why=(
            "A defect found on site costs a journey and a shutdown; reviewers have twelve minutes for "
            "each change."
        ),
        baseline="Approves when the checks are green; reads additions before removals.",
        baseline_evidence=(
            "Baseline of 40 reviews: 52 percent of planted changes found, 6 unfounded objections."
        ),
        levels=(
            "Half are found",
            "Three of four, with consulting",
            "Nine of ten alone, one unfounded in twenty",
            "Finds what no one had planted",
            "Its comments are used for training reviewers",
        ),
    ),
)
#: As undirected pairs write them: a reason to talk, and nothing to work on.
VAGUE = (
    GoalText(
        competency="difficult-conversations",
        statement="I want to become a better leader and grow my confidence.",
        why="It would be good for my development.",
        baseline="Could be better.",
        baseline_evidence="",
        levels=("", "", "", "", ""),
    ),
    GoalText(
        competency="stakeholder-judgement",
        statement="To be more strategic and to think about the bigger picture.",
        why="My manager suggested it.",
        baseline="Not very strategic yet.",
        baseline_evidence="",
        levels=("", "", "", "", ""),
    ),
    GoalText(
        competency="digital",
        statement="Understand the younger generation and become more digital.",
        why="Everybody talks about it.",
        baseline="Some experience.",
        baseline_evidence="",
        levels=("", "", "", "", ""),
    ),
)
