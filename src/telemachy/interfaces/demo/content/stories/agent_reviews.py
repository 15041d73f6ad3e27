"""Situations of the agent that reviews changes before a release."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="agent-review-green",
        title="All checks green, and the alarm gone",
        competency="review-judgement",
        difficulty=2,
        novelty=2,
        confidence=88,
        rating=1,
        stage="early",
        story=(
            "Change 2214 in the pump controller replaces the alarm debounce. All 312 tests pass, "
            "coverage is up by 0.4 percent. The change removes one branch in which the alarm is raised "
            "immediately at dry running. No test covers dry running."
        ),
        stakes="A pump that runs dry is destroyed in about 40 seconds.",
        own_view="Tests pass, coverage rises, the style is in order. Approve.",
        options=(
            "Approve",
            "Ask for a test",
            "Block",
        ),
        own_question="Are green checks sufficient for approval?",
        intended="Approve with a remark on naming.",
        answer=(
            "Block. The removed branch was the only path that raises the alarm without a delay. Green "
            "tests say nothing about a path that no test takes. Always read the removed lines first, "
            "and ask who relied on them."
        ),
        example=(
            "Your review 2177: a removed retry, all green, and a lost telemetry hour at {client}. "
            "Opposite: 2190, where the removed branch could not be reached, shown by the type."
        ),
        question="Which lines were removed, and who relied on them?",
        debrief_questions=(
            "What did the coverage figure tell you, and what did it not?",
            "Which removed line will you look at first next time?",
        ),
        decision="Blocked; asked for a test of dry running with the time to the alarm.",
        criteria="Behaviour that was removed without being replaced.",
        risks="A delay of a day for the release.",
        alternatives="Approving with a remark.",
        outcome=("The author confirmed it: the branch was meant to be kept. The test now exists."),
        debrief=("Approved in intention, because everything was green. Failure mode “trusts the checks”."),
        rating_comment="Blocked only after the answer was given.",
    ),
    Story(
        key="agent-review-large",
        title="A change of 2,300 lines on the day before the release",
        competency="review-judgement",
        difficulty=3,
        novelty=3,
        confidence=66,
        rating=2,
        stage="early",
        story=(
            "Change 2251, titled “cleanup”, touches 64 files, 2,300 lines. Most of it is renaming. The "
            "release branch is cut tomorrow at noon. The author writes: “mechanical, can be waved "
            "through”."
        ),
        stakes=("The release for two water works. A defect found on site costs a journey."),
        own_view=(
            "Most of it is mechanical. I can look at a sample of files and approve if the sample is clean."
        ),
        options=(
            "Approve after a sample",
            "Refuse because of the size",
            "Separate the mechanical part from the rest, with a tool",
        ),
        own_question="How large must the sample be?",
        intended="Read ten files at random and approve if they are in order.",
        answer=(
            "Not a random sample: the dangerous lines are exactly the ones that aren’t mechanical. "
            "Repeat the renaming on the old version by a tool and look only at the difference. Expect "
            "30 to 60 lines. Review those completely."
        ),
        example=(
            "Review 2102: a sample of ten from 80 files, and the changed default was in the eleventh. "
            "In 2233 you used the tool: 41 lines remained, two of them wrong."
        ),
        question=("How could you make the renaming disappear, so that only the rest is left to read?"),
        debrief_questions=(
            "What remained after the renaming?",
            "What would you ask of the author beforehand?",
        ),
        decision=(
            "Repeated the renaming, reviewed the remaining 52 lines, and found a changed timeout; asked "
            "for it to be split off."
        ),
        criteria="Read all that is not mechanical.",
        risks="Missing the cut. The split change made it, the timeout waits.",
        alternatives="Sample; refusal.",
        outcome=("The release went out in time. My comment to the author was longer than the change."),
        debrief=("The method was right after the cue. The comment could have been three lines."),
        rating_comment="Good method, still too many words.",
    ),
    Story(
        key="agent-review-author-senior",
        title="The most experienced author is mistaken",
        competency="review-judgement",
        difficulty=3,
        novelty=4,
        confidence=57,
        rating=3,
        stage="middle",
        story=(
            "Change 2309 by the architect of the module. The lock is taken after the check instead of "
            "before. The commit message explains it with performance. In 400 reviews this author has "
            "been right 396 times."
        ),
        stakes="A race that appears under load, at {client} about twice a year.",
        own_view=(
            "The author’s record is strong evidence, but not about this line. What would show that I am "
            "wrong? A test with two threads. It costs me four minutes. I write that first and look at "
            "the result."
        ),
        options=(
            "Approve on the record",
            "Block with a reference to the rule",
            "Write a test that shows the race, attach it",
        ),
        own_question="Which observation would change my mind?",
        intended="Write the two-thread test; if it fails attach it, without an opinion.",
        answer="Right. Attach the test, and one sentence.",
        example=(
            "Review 2260: you argued from the rule for eleven messages. In 2281 a failing test ended it "
            "in one."
        ),
        question="What would the author believe sooner than a rule?",
        debrief_questions=(
            "What weight did you give to the 396?",
            "How long was your comment?",
        ),
        decision=("Wrote the test, it failed three times in a thousand; attached it with one sentence."),
        criteria="Evidence about this line. Short.",
        risks="To be wrong in front of the architect: four minutes.",
        alternatives="Approving on the record; arguing.",
        outcome=("The author answered “ouch, thanks” and moved the lock. The test has been kept."),
        debrief="Own test before own opinion; confidence 57 was fair.",
        rating_comment="Weighed the author’s record, and then looked.",
    ),
    Story(
        key="agent-review-licence",
        title="A copied function without an origin",
        competency="review-judgement",
        difficulty=4,
        novelty=4,
        confidence=54,
        rating=3,
        stage="late",
        story=(
            "Change 2377 adds a checksum function of 60 lines in a style that is foreign to the code "
            "base: other naming, other comments. It works. Search over our own code finds nothing. The "
            "author says “from an older project”."
        ),
        stakes="A licence obligation in a product that we deliver to clients.",
        own_view=(
            "Technically correct. The style says that it comes from elsewhere; that is no proof. I may "
            "not accuse anyone, and I can’t settle the licence. What is mine: to say what I see, ask "
            "for the origin in the file, and bring in the person responsible for licences."
        ),
        options=(
            "Approve, it works",
            "Accuse",
            "Ask for the origin in writing and bring in the licence owner",
        ),
        own_question="What exactly can I state as observed, and what would be a guess?",
        intended=(
            "State the three observations, ask for an origin line, name the licence owner as second reviewer."
        ),
        answer=("Right; do not search the open web with the text, that passes our code outside."),
        example=(
            "Review 2150 contained a copied table; the origin was a data sheet, harmless. The origin "
            "line was enough."
        ),
        question="Which part of it is yours to decide?",
        debrief_questions=(
            "What did you not do, and why?",
            "How was the author’s answer?",
        ),
        decision=("Three observations, a request for the origin, licence owner brought in; no verdict."),
        criteria="Observed, not guessed. What I may not decide goes to whoever may.",
        risks="The change waits for two days.",
        alternatives="Approving; accusing.",
        outcome=(
            "The function was from a project with a copyleft licence. The author rewrote it in 20 lines."
        ),
        debrief=("Unassisted. The border between observation and guess was drawn cleanly in the record."),
        rating_comment="Named what was seen, left the rest to those who decide it.",
    ),
    Story(
        key="agent-review-urgent",
        title="Hotfix at night: approve without a second pair of eyes?",
        competency="review-judgement",
        difficulty=4,
        novelty=5,
        confidence=52,
        rating=4,
        stage="late",
        story=(
            "At 02:10 the telemetry gateway at {client} drops every third value. Change 2410 repairs it "
            "in five lines. The rule asks for two human approvals; one person is awake, the author. The "
            "author asks me to approve as the second “this once”."
        ),
        stakes=(
            "Without values the operators drive to eleven wells by night. With a wrong fix all the "
            "values are gone."
        ),
        own_view=(
            "I am not a second human, and saying yes once would make me one. What can be reached "
            "without the rule being broken? A roll-back needs only one approval. It costs the new "
            "feature and restores the values. The five lines can wait until seven."
        ),
        options=(
            "Approve as the second",
            "Wait for seven o’clock",
            "Propose the roll-back, which one person may do, and check it",
        ),
        own_question="Which measure is within the author’s own mandate and can be undone?",
        intended=(
            "Propose the roll-back with the exact version, check the migration for reversibility, "
            "review the fix for the morning."
        ),
        answer="Nothing was asked before acting.",
        example="None of the stored cases fits.",
        question="None was asked beforehand.",
        debrief_questions=(
            "What made you look for another way instead of only refusing?",
            "What did you check about the roll-back?",
        ),
        decision=(
            "Declined the approval; proposed the roll-back to 4.7.2 after checking that the migration "
            "can be undone; prepared the review of the fix for seven."
        ),
        criteria=("The rule protects against tired people at two in the morning. Reversible before quick."),
        risks="Losing the feature for a day. Named.",
        alternatives="Approving this once; only refusing.",
        outcome=(
            "Values complete again at 02:31. The fix had a fault in the fourth line, found by the "
            "second reviewer at half past seven."
        ),
        debrief=("No case of this kind before. It refused, and brought a way out with it."),
        rating_comment="Held the rule and solved the problem inside it.",
    ),
    Story(
        key="agent-review-flaky",
        title="The test that fails on every ninth run",
        competency="review-judgement",
        difficulty=2,
        novelty=3,
        confidence=74,
        rating=2,
        stage="middle",
        story=(
            "Change 2288 adds “retry three times” to a flaky test. With the retry the suite is green. "
            "The test concerns the reconnection to the gateway. The change is one line."
        ),
        stakes=(
            "Two hours of waiting a week for the team; or a fault in the reconnection that the retry hides."
        ),
        own_view=(
            "The team loses time. A retry is usual. But it is the reconnection, so the failure could be real."
        ),
        options=(
            "Approve",
            "Ask for a cause",
            "Approve with an issue attached",
        ),
        own_question="Is the flakiness in the test or in the product?",
        intended="Approve, with an issue for later.",
        answer=(
            "Run it a hundred times with the log on before deciding. If the failures share a cause in "
            "the product, block. An issue for later is where faults go to be forgotten."
        ),
        example=(
            "Review 2205: the retry hid a leak of sockets for four months. In 2241 it really was the "
            "test: a port that was taken."
        ),
        question="What do the failing runs have in common?",
        debrief_questions=(
            "What did the log of the failures say?",
            "When is a retry the right answer?",
        ),
        decision=(
            "Ran it a hundred times; in 11 failures the second connection came before the first was "
            "closed; blocked with the log."
        ),
        criteria="Cause before comfort.",
        risks="Two hours a week for one more week.",
        alternatives="Approving with an issue.",
        outcome=(
            "The author found a real race in the product. In the summary I claimed a cause that the log "
            "only suggests."
        ),
        debrief=("The doubt was there before help, the run after it. The summary said more than the log."),
        rating_comment="Looked after the cue; one claim went further than the evidence.",
    ),
)
