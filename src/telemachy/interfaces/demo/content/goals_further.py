"""Goals of newcomers, executives and agents, and further ones of leaders."""

from telemachy.interfaces.demo.content.shapes import GoalText

GOALS = (
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
    GoalText(
        competency="conflict",
        statement=(
            "I will say the true part of a reproach in my first sentence before I correct anything, in "
            "every team round and client meeting, checked by my mentor on three cases a quarter."
        ),
        why=(
            "Our joint projects fail on unsettled reproaches more often than on technology, says the "
            "project review."
        ),
        baseline="I defend my team first and find the true part in the car.",
        baseline_evidence="Two minutes of meetings from February, gone through with my mentor.",
        levels=(
            "I defend",
            "I find the true part afterwards",
            "First sentence, in every case",
            "Others in the meeting begin to do it too",
            "A reproach is settled without me",
        ),
    ),
    GoalText(
        competency="priorities",
        statement=(
            "I will stop or hand over two of my five running improvement projects by June, in the open, "
            "with one page each on what we learnt."
        ),
        why=("Eight weeks of engineering time are tied up in projects without a customer."),
        baseline="I let projects starve rather than stop them.",
        baseline_evidence="Project list: five running, two without an hour booked in ten weeks.",
        levels=(
            "All five go on",
            "One is paused",
            "Two stopped in the open, with a page each",
            "The hours have gone to a client project",
            "The team proposes the next one to stop",
        ),
    ),
    GoalText(
        competency="delegation",
        statement=(
            "I will go on leave for four weeks in August without being called about anything that can "
            "be undone, with three written limits and no list of instructions."
        ),
        why=("My deputy has never decided anything alone that costs more than 5,000 euro."),
        baseline="Last summer I was called eleven times in two weeks.",
        baseline_evidence=(
            "Call list of last August; nine of the eleven calls were about something reversible."
        ),
        levels=(
            "Called daily",
            "Called weekly",
            "Not called about anything that can be undone",
            "Something was changed for the better and stays",
            "My deputy has a deputy",
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
        competency="stakeholder-judgement",
        statement=(
            "I will speak with every member of a steering group for twenty minutes before a request of "
            "mine is on its agenda, for each of the four meetings of this year."
        ),
        why=("Two requests with good figures were only noted last year, and one cost us a storm season."),
        baseline="I send the paper round and wait for the meeting.",
        baseline_evidence=("Minutes of October and December: “noted” twice; two members had met beforehand."),
        levels=(
            "Paper only",
            "I speak to those I know",
            "Everyone, for each of the four meetings",
            "My request changes through the talks",
            "I am asked beforehand by others",
        ),
    ),
    GoalText(
        competency="difficult-conversations",
        statement=(
            "I will call the client myself within the hour whenever a date is in danger, with what I "
            "know and when I will call again, each time until the end of the year."
        ),
        why=("In the client survey the question “they tell us early” has the lowest value of all."),
        baseline="I solve the problem first and call when I have the answer.",
        baseline_evidence=(
            "Survey: 2.4 of 5; my call list shows a mean of 27 hours between noticing and calling."
        ),
        levels=(
            "More than a day",
            "The same day",
            "Within the hour, each time",
            "The client says so in the survey",
            "My crew leads do the same",
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
