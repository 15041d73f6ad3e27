"""What the pairs of each programme agree on."""

from telemachy.interfaces.demo.content.shapes import CharterText

CHARTERS = {
    "leadership": CharterText(
        success=(
            "Inside nine months the learner handles new and hard situations in the agreed field without "
            "asking first, and can say afterwards why they were decided that way. We will both be a "
            "little sorry and quite content when the meetings are no longer needed."
        ),
        cadence=(
            "Every two weeks for an hour, in person twice a year. Between the meetings in writing; an "
            "answer to a situation comes within three working days. Who has to move a meeting offers "
            "two new times at once."
        ),
        hours_a_month="4.0",
        feedback_kinds=(
            "Direct words about what was seen and what it caused, in both directions. The learner asks "
            "for praise or for criticism if either is missing. Nobody comments on the person’s "
            "character or private life."
        ),
        out_of_scope=(
            "Promotion, salary and the yearly appraisal. Tasks from the line manager. Therapy and legal "
            "advice. Introductions to other people only at the learner’s request."
        ),
        confidentiality=(
            "What is said stays with the two of us. The programme sees dates, states and levels, no "
            "content. Line managers hear nothing. The exception is danger to life or a breach of the "
            "law, and then we tell the other one first."
        ),
        escalation=(
            "If something between us does not work, we say so in the next meeting. If that does not "
            "help, either of us may call the programme manager, or end it without giving a reason."
        ),
    ),
    "onboarding": CharterText(
        success=(
            "After six months the newcomer works within the agreed limits without a second opinion, "
            "knows whom to ask about what, and has brought one improvement of their own into use."
        ),
        cadence=(
            "Weekly for three quarters of an hour in the first two months, then every two weeks. The "
            "coach asks; when the coach gives an answer instead, both note why."
        ),
        hours_a_month="3.0",
        feedback_kinds=(
            "Questions, observations from site, and what others have noticed if they agreed to it. The "
            "coach says what was seen before saying what it might mean."
        ),
        out_of_scope=(
            "The probation decision, which belongs to the manager. Technical instruction, which belongs "
            "to the crew. Private matters unless the newcomer brings them up."
        ),
        confidentiality=(
            "What is said stays between us. The manager learns whether we meet, nothing more. Near "
            "misses and injuries are reported as everybody must report them, and the newcomer does it."
        ),
        escalation=(
            "First with each other. Then with the programme manager, Marguerite Tremblay-Roy. Either of "
            "us can end it at any time; a new coach is found within two weeks."
        ),
    ),
    "reverse": CharterText(
        success=(
            "The executive has changed at least two habits of working or deciding, which people below "
            "can see, and the younger colleague has learnt how decisions are taken at the top, without "
            "having had to be polite about it."
        ),
        cadence=(
            "Every three weeks for an hour, alternately at the place of the one and of the other. No "
            "assistants, no slides."
        ),
        hours_a_month="2.0",
        feedback_kinds=(
            "Plain speech upwards is the purpose. The executive says thank you before anything else, "
            "and asks one question before explaining. No consequences for the career of the mentor, "
            "good or bad."
        ),
        out_of_scope=(
            "Own projects and applications of the mentor. Opinions about named colleagues. The "
            "executive does not use the hour to test announcements."
        ),
        confidentiality=(
            "Neither quotes the other. Examples from the team are told without names. The board does "
            "not get a report."
        ),
        escalation=(
            "Each may stop the talk with the words “this is going the wrong way”. The programme manager "
            "can be called by either; nobody has to give a reason for ending it."
        ),
    ),
}
