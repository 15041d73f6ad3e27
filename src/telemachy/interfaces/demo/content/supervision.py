"""What the coach and a colleague bring to supervision, and what is said about it: written for the demo."""

from __future__ import annotations

from dataclasses import dataclass

#: Days before today: the coach asks, the supervisor accepts, the colleague is asked in and joins.
ASKED, ACCEPTED, INVITED, JOINED = 66, 65, 50, 49


@dataclass(frozen=True, slots=True)
class NoteText:
    """Something that is said about a case; `by` is "supervisor", "coach" or "colleague"."""

    by: str
    days: float
    text: str
    lens: str = ""


@dataclass(frozen=True, slots=True)
class CaseText:
    """One case; days before today. Without `shared` it is a draft, without a takeaway it is open."""

    by: str
    alias: str
    title: str
    written: int
    happened: str
    question: str
    lens: str
    patterns: tuple[str, ...]
    shared: int | None = None
    notes: tuple[NoteText, ...] = ()
    closed: int | None = None
    takeaway: str = ""


CASES = (
    CaseText(
        by="coach",
        alias="Cedar",
        title="I knew the answer before the sentence was over",
        written=63,
        shared=62,
        happened=(
            "They came with a mail that had stayed without an answer for two weeks. I asked what they wanted "
            "from our hour, and they said: an idea. I was so glad to have one. By the time I had told the "
            "second story of my own, they wrote along and nodded.\n\nAt the end they thanked me for the good "
            "tips. On the way home I could not have said what they think about it themselves."
        ),
        question="Where in the first five minutes did I take the chair that was theirs?",
        lens="interventions",
        patterns=("advising", "hurrying"),
        notes=(
            NoteText(
                "supervisor",
                60,
                "“I was so glad to have one.” I would like to stay with that gladness. Who is being looked "
                "after at that moment?",
                "practitioner",
            ),
            NoteText(
                "coach",
                59,
                "Me. As long as I have something to give, nobody can say that I am not needed.",
                "practitioner",
            ),
        ),
        closed=52,
        takeaway=(
            "When I feel glad about an idea, I write it down and turn the sheet over. It may come out in the "
            "last ten minutes, if they ask."
        ),
    ),
    CaseText(
        by="coach",
        alias="Estuary",
        title="A silence of perhaps six seconds",
        written=47,
        shared=46,
        happened=(
            "I asked what would be different if they trusted the night shift. Then nothing. They looked at "
            "the window, and I heard the ventilation. I said: you could begin with one evening a week. It "
            "was out before I had decided to say it.\n\nThey took it up at once, and we made a plan that I "
            "do not believe in."
        ),
        question="What do I think happens if nobody speaks?",
        lens="practitioner",
        patterns=("advising", "rescuing"),
        notes=(
            NoteText(
                "colleague",
                44,
                "I read your six seconds and held my breath. With mine I begin to talk about the weather.",
            ),
            NoteText(
                "supervisor",
                43,
                "And I notice that I wanted to comfort you at once, and to hand you a technique. Is that an "
                "echo? What did they do to you with their looking at the window?",
                "parallel",
            ),
        ),
    ),
    CaseText(
        by="colleague",
        alias="Lantern",
        title="We laughed a great deal about the head office",
        written=40,
        shared=39,
        happened=(
            "It was our merriest hour. They told how the new form came back for the third time, and I had a "
            "story about that form as well. We both enjoyed it. When I looked at the clock, ten minutes were "
            "left, and the talk they are afraid of had not been mentioned."
        ),
        question="What did the two of us keep away from us by laughing?",
        lens="relationship",
        patterns=("colluding", "losing_contract"),
        notes=(
            NoteText(
                "supervisor",
                37,
                "Suppose the laughter could speak: whom does it protect, and from which sentence?",
                "relationship",
            ),
        ),
        closed=30,
        takeaway="I begin the next hour with the talk they are afraid of, and say that we went around it.",
    ),
    CaseText(
        by="coach",
        alias="Slate",
        title="They did not want to choose, and I chose",
        written=29,
        shared=28,
        happened=(
            "Two offers, both good. They had lists. I asked for criteria, they gave me some; I asked what "
            "they would regret, they laughed and asked what I would do. I said that of course I cannot know, "
            "and then I told them, with reasons.\n\nThey decided so that same evening and wrote me that I "
            "had been a great help. I was proud for an hour."
        ),
        question="How do I hand a question back without leaving somebody alone with it?",
        lens="interventions",
        patterns=("advising", "working_harder"),
        notes=(
            NoteText(
                "supervisor",
                26,
                "This is the third client with whom an answer of yours arrives early, and each time it is "
                "welcome. What would have to be true so that you are of use without it?",
                "practitioner",
            ),
        ),
    ),
    CaseText(
        by="coach",
        alias="Kite",
        title="What we had agreed on in spring",
        written=19,
        shared=18,
        happened=(
            "Their aim was to lead meetings. For three hours now we have talked about the move to another "
            "town, which matters more to them at present. I follow, and it is good to talk. Nobody has asked "
            "whether this is still what we meet for, and the sponsor will ask me in six weeks."
        ),
        question="Whom do I serve by not bringing it up?",
        lens="context",
        patterns=("losing_contract", "avoiding_challenge"),
        notes=(
            NoteText(
                "supervisor",
                16,
                "There are three of you in this contract, and one is not in the room. What would each of the "
                "three say the hours are for?",
                "context",
            ),
        ),
    ),
    CaseText(
        by="coach",
        alias="Estuary",
        title="This time I counted",
        written=5,
        shared=4,
        happened=(
            "The same window, the same silence. I put my hand on the sheet and counted; at 14 they said "
            "that they had never told anybody why they distrust the night shift. We stayed there to the end "
            "of the hour. I gave nothing, and it was enough.\n\nWhat I notice now: I would like them to know "
            "how hard that was."
        ),
        question="Whose applause am I still waiting for?",
        lens="practitioner",
        patterns=("doubting_self",),
    ),
    CaseText(
        by="coach",
        alias="Cedar",
        title="They asked for tips again",
        written=2,
        happened="The first thing they said: last time you gave me such good ones. I said no, kindly.",
        question="",
        lens="relationship",
        patterns=("advising",),
    ),
)
