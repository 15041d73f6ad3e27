"""Goals of leaders, each with a baseline and five levels written in advance."""

from telemachy.interfaces.demo.content.shapes import GoalText

GOALS = (
    GoalText(
        competency="difficult-conversations",
        statement=(
            "I will say the hard point in the first five minutes of every difficult conversation with "
            "my crew or a client, and close each one with a written next step, in four of five cases "
            "judged by my mentor in the debrief."
        ),
        why=(
            "Three of our five port contracts come up for renewal within a year, and twice last year a "
            "problem reached the client before we told them."
        ),
        baseline=(
            "I prepare for hours, come to the point late, and soften it. Two people learnt from others "
            "what I had wanted to tell them."
        ),
        baseline_evidence=(
            "Log of the last six difficult talks: the point came on average after fourteen minutes; two "
            "ended without a next step. Duarte’s note from the yearly talk says the same."
        ),
        levels=(
            "The point is made late or by others; no next step",
            ("The point is made within ten minutes when I have prepared it with somebody"),
            ("The point is made within five minutes in four of five talks, with a next step"),
            "Also in talks that I could not prepare",
            "I help somebody else on the team to do it",
        ),
    ),
    GoalText(
        competency="stakeholder-judgement",
        statement=(
            "Before each decision that touches more than one customer I will write down who decides, "
            "who pays and who must hear it first, and act in that order, in nine of ten cases by the "
            "end of November."
        ),
        why=(
            "Two customers share our crews, our spare parts and their harbour board; a wrong order of "
            "calls costs us more than a wrong repair."
        ),
        baseline="I look at the loudest first and get surprised by the one who decides.",
        baseline_evidence=(
            "Four escalations since January, in three of them my manager was called before me."
        ),
        levels=(
            "I learn afterwards who should have known",
            "I write the list when I am reminded",
            ("The list exists beforehand and the order is kept in nine of ten cases"),
            "Nobody calls my manager first for a quarter",
            "Others on the team use the list",
        ),
    ),
    GoalText(
        competency="delegation",
        statement=(
            "I will hand over the weekly client meeting and the monthly report with a written mandate, "
            "and correct nothing in them afterwards for eight weeks except what is false."
        ),
        why=("I am the bottleneck for eleven decisions a week that somebody else could take the same day."),
        baseline="I rewrite about half of what I get, on the evening before it is due.",
        baseline_evidence=(
            "Version history of the last four reports: 48 percent of the sentences changed by me, three "
            "of the changes noticed by the client."
        ),
        levels=(
            "I rewrite as before",
            "I correct less than a quarter",
            ("Only false things are corrected for eight weeks, and the mandate is written"),
            "The client calls my colleague first",
            "My colleague hands part of it on",
        ),
    ),
    GoalText(
        competency="decisions",
        statement=(
            "I will give every estimate above ten days as a range with a chance, and state in writing "
            "what would change it, in all proposals from April on."
        ),
        why=(
            "Sales promises from our numbers; in the last year four of seven dates were missed by more "
            "than a month."
        ),
        baseline="I give one date and add some weeks without saying so.",
        baseline_evidence=(
            "Seven proposals of last year: one range, six single dates, four of them late by a mean of "
            "38 days."
        ),
        levels=(
            "Single dates",
            "A range when I am asked for one",
            "A range with a chance in all proposals",
            "Nine of ten outcomes lie within the stated range",
            "Sales uses the ranges with clients",
        ),
    ),
    GoalText(
        competency="priorities",
        statement=(
            "I will answer each new request with a yes or a no within one working day and never during "
            "the talk itself, and close or hand over one running matter every month until October."
        ),
        why=(
            "Six of my eleven open matters have been late for more than four weeks, two of them for a client."
        ),
        baseline="I say yes on the spot and notice on Thursday what is due on Friday.",
        baseline_evidence=(
            "My list on 1 March: eleven open matters, six late, three nights worked through since January."
        ),
        levels=(
            "Yes on the spot",
            "A day’s time in half of the requests",
            "Within a day in nine of ten, and one matter closed each month",
            "Nothing late for two months",
            "The team works the same way",
        ),
    ),
    GoalText(
        competency="conflict",
        statement=(
            "I will no longer carry messages between design and assembly; both leads settle things with "
            "each other, and I decide at most twice a month when they ask me to."
        ),
        why=("Two assembly errors in a month came from messages that I had passed on incompletely."),
        baseline="I spend about an hour a day as a go-between.",
        baseline_evidence="Count over two weeks: 31 messages passed on, 9 of them incomplete.",
        levels=(
            "More than twenty messages a week",
            "Fewer than ten",
            "None; at most two decisions a month",
            "The daily round runs without me",
            "They solve a conflict before I hear about it",
        ),
    ),
    GoalText(
        competency="feedback",
        statement=(
            "I will give each of my six people feedback on one scene I saw myself, at least every two "
            "weeks, and ask every quarter for one thing that I should change."
        ),
        why=(
            "Our survey shows that people hear only in the yearly review how they are doing; two good "
            "ones left last year."
        ),
        baseline="I praise in general and keep criticism for the yearly talk.",
        baseline_evidence=(
            "Survey in January: 2.8 of 5 for “I know how my work is seen”; my calendar shows two "
            "feedback talks in a quarter."
        ),
        levels=(
            "Only in the yearly talk",
            "When there is something wrong",
            "Every two weeks for each, with a scene",
            "The survey question at 4.0 or more",
            "They give each other feedback in the team round",
        ),
    ),
    GoalText(
        competency="influence",
        statement=(
            "I will get the shortened valve test used at three more sites by the end of the year, "
            "presented at each one by somebody from that site."
        ),
        why="900 hours a year, and one leak that the test would have found.",
        baseline="I have presented it twice and nobody has taken it up.",
        baseline_evidence="Two presentations, no application; workshop records of four sites.",
        levels=(
            "Not used anywhere else",
            "One site tries it",
            "Three sites use it, presented by themselves",
            "A site improves it",
            "It is on its way into the standard without me",
        ),
    ),
    GoalText(
        competency="safety",
        statement=(
            "I will stop work myself whenever a guard, a lock or a certificate is missing, before I "
            "call anyone, and bring one near miss of my own area to the monthly round, every month."
        ),
        why="Our reported near misses have halved, while minor injuries have not.",
        baseline=(
            "I call to have it confirmed before I stop anything; our area has reported no near miss "
            "since autumn."
        ),
        baseline_evidence=("Incident log: none from my area in five months; two injuries in the same time."),
        levels=(
            "I call first",
            "I stop when I am sure",
            "I stop first each time, and bring one report a month",
            "People of my crew stop work without me",
            "The crew’s reports have changed a procedure",
        ),
    ),
    GoalText(
        competency="inclusion",
        statement=(
            "I will move every recurring meeting with more than two time zones so that each site has "
            "its turn with the bad hour, invite each site to decide in turn, and count for three months "
            "who contributes to decisions, until half of the contributions come from outside Hamburg."
        ),
        why=(
            "Half of the engineering is done in Pune and Santos; nine of ten decisions are recorded "
            "with Hamburg names."
        ),
        baseline="The weekly call has been at half past three in Hamburg for two years.",
        baseline_evidence=(
            "Minutes of the last twelve calls: 91 percent of the contributions to decisions from Hamburg."
        ),
        levels=(
            "90 percent or more from one site",
            "75 percent",
            "Half from outside",
            "A decision is led from another site each month",
            "The sites change the times themselves",
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
)
