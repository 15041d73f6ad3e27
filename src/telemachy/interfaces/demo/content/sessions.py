"""What sessions left behind: agendas, shared and private notes, action items."""

from telemachy.interfaces.demo.content.shapes import SessionText

SESSIONS = {
    "leading": (
        SessionText(
            agenda=(
                "Where we stand after the first month",
                "The open situation with the client",
                "What to bring next time",
            ),
            shared_note=(
                "We looked at the last two cases side by side. In both the decision had been taken "
                "before the reasons were written down. Agreed: three sentences of own view before each "
                "talk, even when it is quick."
            ),
            learner_note=(
                "I talk a lot when I am unsure. Today I noticed it in the middle of a sentence and "
                "stopped. It was not as bad as I had thought."
            ),
            mentor_note=(
                "Keep away from the solution next time. Twice I was about to say what I would do, and "
                "the better idea came half a minute later."
            ),
            learner_action="Write three sentences of own view before the next difficult talk",
            mentor_action="Send the page about preparing a hard talk in ten minutes",
        ),
        SessionText(
            agenda=(
                "The talk that went wrong",
                "What I want to keep from it",
                "Goal: where it stands on our scale",
            ),
            shared_note=(
                "The talk went wrong in its second minute, when the reason came before the message. We "
                "turned the two sentences round and said them aloud three times. The goal stays where "
                "it was, and that is fine."
            ),
            learner_note=(
                "Saying it aloud is embarrassing and helps. I want to do it before the next one without "
                "being asked to."
            ),
            mentor_note=(
                "A setback, but one with eyes open. Do not console. The question “what would you keep?” "
                "brought the most."
            ),
            learner_action="Say the first two sentences aloud before the talk on Thursday",
            mentor_action=("Think of an own case in which the order was wrong, and tell it honestly"),
        ),
        SessionText(
            agenda=(
                "Who decides in the steering group",
                "Preparing the twenty-minute talks",
                "Own energy",
            ),
            shared_note=(
                "Drew the five members and who looks at whom. Two names were missing from the list of "
                "talks, and they are the ones the others wait for. Sequence agreed."
            ),
            learner_note=("I had gone by rank. It is about whose yes the others are waiting for."),
            mentor_note=("The drawing worked better than any question. Keep paper on the table."),
            learner_action=("Speak with the client’s operations lead before the end of the month"),
            mentor_action="Ask how the request changed, and not whether it passed",
        ),
        SessionText(
            agenda=(
                "Debrief: the decision I took alone",
                "What I asked myself",
                "Next level of guidance",
            ),
            shared_note=(
                "A full debrief of a case decided without any help. The questions in the log were "
                "better than mine. Agreed to have only a debrief for cases of this kind from now on."
            ),
            learner_note=(
                "I was afraid to hear that I should have asked. Instead we spoke about what I had asked "
                "myself."
            ),
            mentor_note=(
                "I had nothing to add to the decision. It is an odd feeling, and the right one. I must "
                "not fill the gap with stories."
            ),
            learner_action=("Log the next two cases with own questions and decide without asking"),
            mentor_action="Say nothing before the decision, also when asked casually",
        ),
        SessionText(
            agenda=(
                "Handing over the weekly meeting",
                "The fear of not being needed",
                "Action items",
            ),
            shared_note=(
                "The mandate was too vague: “as far as it makes sense”. It now has an amount, a date "
                "and the names of those who know of it. The last correction in a report was a matter of "
                "taste, and was noted as such."
            ),
            learner_note=("The honest sentence today: I like the room. It’s good to have said it once."),
            mentor_note=("Was tempted to tell about my own hand-over for the third time. Held back."),
            learner_action="Write the mandate in three lines and tell the client about it",
            mentor_action="Introduce to a colleague who handed over a team last year",
        ),
        SessionText(
            agenda=(
                "Looking back over the quarter",
                "Reading the goal on its scale",
                "What to stop",
            ),
            shared_note=(
                "Quarterly look at the plan. One activity dropped since it no longer leads anywhere, "
                "one added. The attainment was read independently by each of us, and we were one level "
                "apart: talked until we knew why."
            ),
            learner_note=(
                "I had rated myself lower than anyone else would have. The evidence says otherwise, and "
                "I want to learn to read it."
            ),
            mentor_note=(
                "The difference of a level was the best part of the session. Do it in this way each quarter."
            ),
            learner_action="Shorten the plan to three activities",
            mentor_action="Bring the two cases in which my reading differed",
        ),
        SessionText(
            agenda=(
                "A hard week",
                "Safety: the report nobody wanted to write",
                "What the crew needs from me",
            ),
            shared_note=(
                "No agenda for the first twenty minutes. Then the report: what takes away a reason for "
                "silence, and what only asks people to be brave. Three sentences for the crew, written "
                "by the learner."
            ),
            learner_note=("I slept badly. It did me good that the first question was how I was."),
            mentor_note=("Remember: first the person, then the case. Ask again on Friday, without a topic."),
            learner_action="Talk with the crew before the report is sent",
            mentor_action="Call on Friday, five minutes",
        ),
        SessionText(
            agenda=(
                "The next role",
                "Which situations are still missing",
                "Winding down: how and when",
            ),
            shared_note=(
                "Of the cases we wanted to see, one kind is missing: a new one, hard, without any "
                "warning. It can’t be ordered. We agree to meet every four weeks from now on and to "
                "keep the door open."
            ),
            learner_note=("For the first time we spoke about the end. I thought it would be sad."),
            mentor_note=(
                "Twelve weeks ago I would have answered today’s question. Today I only had to wait."
            ),
            learner_action="Write half a page: what I do today that I did not do in spring",
            mentor_action="Write half a page from my side, without looking at the other half",
        ),
    ),
    "onboarding": (
        SessionText(
            agenda=(
                "How the first weeks went",
                "Questions you did not ask",
                "One thing for the next week",
            ),
            shared_note=(
                "Collected the unasked questions: eleven, eight answered within a minute. From now on "
                "the rule of twenty minutes: stuck for twenty minutes means asking."
            ),
            learner_note=("I had thought that asking makes a bad impression. Not asking made one."),
            mentor_note=("Stay with questions. I answered one about the form and noted the change of mode."),
            learner_action="Ask within the hour three times this week, and note what happened",
            mentor_action="Ask nothing about technology next time; ask about deciding",
        ),
        SessionText(
            agenda=(
                "The site visit",
                "Who decides here",
                "Limits: what may I do alone",
            ),
            shared_note=(
                "Drew up a list of what may be decided alone: up to 500 euro, anything reversible, no "
                "answer about safety. The list goes to the manager for a yes."
            ),
            learner_note="The list calms me. I had not known that I am allowed so much.",
            mentor_note=("The coachee drew the line more tightly than I would have. I did not correct it."),
            learner_action="Have the list of limits confirmed",
            mentor_action="Ask at the next session which line turned out to be too tight",
        ),
        SessionText(
            agenda=(
                "The doubt about the drawing",
                "How a doubt gets said",
                "Next month",
            ),
            shared_note=(
                "Went through how the doubt was checked: first a revision, then a question with the "
                "sheet number. Both questions, if I am right and if I am wrong, were in the log "
                "already."
            ),
            learner_note="I would have kept it to myself in March.",
            mentor_note=("I did nothing today except listen and ask what had made it possible."),
            learner_action="Write down the check for the next newcomer",
            mentor_action="Suggest going to a rhythm of two weeks",
        ),
        SessionText(
            agenda=(
                "Going along or leading",
                "The talk with the manager",
                "Energy",
            ),
            shared_note=(
                "The wish to be asked about things has come up twice. Found one area for it: the test "
                "bench. The manager is to hear that from the newcomer and not from the coach."
            ),
            learner_note="I would like to be good at something here, not only useful.",
            mentor_note=("The sentence about being good at something was the core. Come back to it."),
            learner_action="Propose to the manager to take over the test bench",
            mentor_action="Nothing; this one is not mine",
        ),
    ),
    "reverse": (
        SessionText(
            agenda=(
                "What I saw in the last meeting",
                "One habit",
                "What you would not hear otherwise",
            ),
            shared_note=(
                "Two observations from the last all-hands, told plainly. A habit chosen for the next "
                "three weeks: one question before any explanation."
            ),
            learner_note=("It stung, and it was said kindly. I would not have heard it from anybody else."),
            mentor_note=("A question did come before the explanation. Once. It is a beginning."),
            learner_action="One question before each explanation, for three weeks",
            mentor_action="Watch the next all-hands and bring two observations",
        ),
        SessionText(
            agenda=(
                "The tool, hands on",
                "What it means for decisions",
                "Next experiment",
            ),
            shared_note=(
                "Did it together on the telephone instead of talking about it. Four taps. The question "
                "about Thursdays came after three minutes."
            ),
            learner_note="I was clumsy, and it didn’t matter.",
            mentor_note=(
                "Hands first, explanation afterwards. Most meetings here do it the other way round."
            ),
            learner_action="Open the figures alone on Monday and bring one question",
            mentor_action="Make a card with the four taps",
        ),
        SessionText(
            agenda=(
                "Why people leave",
                "What I can promise",
                "Places and notes",
            ),
            shared_note=(
                "What has to be promised before somebody tells the truth, and which part of it can be "
                "kept. The list got shorter and more honest."
            ),
            learner_note="I wanted a survey. A survey would have protected me.",
            mentor_note=("I did not give any names, and was not asked for any. That was the test."),
            learner_action="Invite the first two, in a place they choose",
            mentor_action="Ask in three weeks what has changed because of it",
        ),
    ),
    "agents": (
        SessionText(
            agenda=(
                "Failure modes of the last fifty tickets",
                "Level per mode",
                "What goes into the lessons",
            ),
            shared_note=(
                "Two modes account for most of the errors. One has not come back for three weeks: level "
                "lowered to debrief. The other has misfired once, and a contrast case has been added."
            ),
            learner_note=(
                "Lesson stored: read the text that a macro refers to before applying it. Contrast: "
                "where the text is silent the macro holds."
            ),
            mentor_note=(
                "Ask quality has gone up: fewer questions where the intention was right already. Keep "
                "the budget."
            ),
            learner_action="Rewrite the lesson on macros within 60 words, with the contrast",
            mentor_action="Draw 20 sealed cases for the audit",
        ),
        SessionText(
            agenda=(
                "Withdrawal test: a day with the platform off",
                "Calibration of confidence",
                "Next level",
            ),
            shared_note=(
                "A day without reminders: 19 of 20 decisions agreed with. Confidence on errors is down "
                "from 86 to 58. The level for the second mode goes to question."
            ),
            learner_note=(
                "Without reminders the lessons sufficed in 19 of 20 cases; the twentieth was of a kind "
                "not in store."
            ),
            mentor_note=("The twentieth case was a good one: handed over, and for the right reason."),
            learner_action=("Report confidence before each decision, also when no help is asked for"),
            mentor_action="Confirm the level and set the next audit",
        ),
    ),
}
