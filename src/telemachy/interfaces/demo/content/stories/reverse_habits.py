"""Stories of executives who change a habit of their own."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="reverse-decision-async",
        title="A decision without a meeting",
        competency="digital",
        difficulty=3,
        novelty=4,
        confidence=60,
        rating=3,
        stage="late",
        story=(
            "The choice of the new work order system was to be made in a meeting of eleven people in "
            "four time zones. {colleague} had shown me how their team decides in a written thread with "
            "a deadline. I have taken every decision of my career in a room."
        ),
        stakes="The last attempt at a meeting took five weeks to schedule.",
        own_view=(
            "What do I get from the room? I see faces. Who has not spoken in those rooms? Pune and "
            "Santos, every time. What do I need so that I can decide without faces: a clear question, a "
            "deadline, and someone who contradicts on purpose."
        ),
        options=(
            "Wait for the room",
            "Decide alone",
            "Decide in writing, with a deadline and a named opponent",
        ),
        own_question=("What do I write in the first message, so that someone dares to contradict me?"),
        intended=(
            "Write one page with my leaning and what would change my mind, ask {other} to argue against "
            "it, and decide on Friday."
        ),
        answer=("Don’t write your leaning before Wednesday. Otherwise everyone will find reasons for it."),
        example="In our team whoever asks the question writes last.",
        question="When do you show which way you are leaning?",
        debrief_questions=(
            "What would not have been said in a room?",
            "What did you miss?",
        ),
        decision=(
            "I wrote the question and the criteria, kept back my leaning until Wednesday, and decided "
            "on Friday with reasons."
        ),
        criteria="Those who will work with it should be heard. A date that holds.",
        risks="That nobody writes. I had asked two people beforehand to begin.",
        alternatives="Waiting for the eleven diaries.",
        outcome=(
            "Fourteen contributions, six from Pune. The one that changed my mind came from a "
            "storekeeper in Santos, at his eight in the evening."
        ),
        debrief=("It was used a second time without my being told. I saw it in the thread."),
        rating_comment="Changed a lifelong habit, and kept what was good about it.",
    ),
    Story(
        key="reverse-own-post",
        title="A post about a mistake, under my own name",
        competency="digital",
        difficulty=3,
        novelty=4,
        confidence=55,
        rating=4,
        stage="late",
        story=(
            "After the failed tender I wanted to write about it internally, on the platform where "
            "{colleague}’s generation talk with each other. Communications sent me a version with "
            "“learning journey”. I left both lying for two days."
        ),
        stakes=("If I write something smooth, no one will ever write something true there."),
        own_view=(
            "I asked myself what {colleague} would ask: who is it for? For those who worked on it for "
            "four months. What do they need? That I say what I decided wrongly, and that it was not "
            "their work. It needs six sentences, and comments that I answer myself."
        ),
        options=(
            "Post the smooth one",
            "Post mine",
            "Tell the team in person first, and then post",
        ),
        own_question="Who should not have to read this before they have heard it from me?",
        intended=(
            "Tell the team in person, then post six sentences myself, then answer the comments for an hour."
        ),
        answer="Nothing to add. I will not correct it.",
        example=(
            "When somebody at the top says “I was wrong about the price”, my whole floor sends it round."
        ),
        question="What if nobody answers?",
        debrief_questions=(
            "Which comment was hard to answer?",
            "What will you do differently with communications?",
        ),
        decision=(
            "I told the team on Tuesday, posted it on the same day without a picture, and answered all "
            "the comments myself."
        ),
        criteria="The team first. True rather than smooth.",
        risks="That it gets out. I had told the board beforehand.",
        alternatives="The version from communications.",
        outcome=(
            "61 comments, and in the following week two more posts about failed things, both from "
            "people below thirty."
        ),
        debrief="I had no part in it. I recognised some of my questions in it.",
        rating_comment=("Used the medium as one who belongs there, and for something that matters."),
    ),
    Story(
        key="reverse-agent-colleague",
        title="Who signs when an agent has written it?",
        competency="digital",
        difficulty=4,
        novelty=4,
        confidence=55,
        rating=3,
        stage="late",
        story=(
            "The refunds desk has been working with an agent for half a year. It now drafts 70 percent "
            "of the answers. On Monday a customer asked in writing who had decided on his case. The "
            "desk asked me, because nobody could answer."
        ),
        stakes="It is about the next forty desks. What I answer here will be the rule.",
        own_view=(
            "I would have liked to ask {colleague} what others do. But the question isn’t technical. "
            "Who would I want to be able to call if I were the customer? A person with a name who can "
            "change the decision. So that is the rule, and not “a person has had a look at it”."
        ),
        options=(
            "Have every answer signed by a person",
            "Say openly that it was an agent",
            ("A named person for each case who can change it, and the agent named as the one who drafted it"),
        ),
        own_question=("What must the named person really have seen to be able to sign honestly?"),
        intended=(
            "Write a rule of three sentences, try it on Monday’s case, and ask the desk what it costs."
        ),
        answer=(
            "Check with the desk how many cases one person can honestly sign in a day. I would guess sixty."
        ),
        example=(
            "We have “reviewed by” under our code. When the numbers went up it became a rubber stamp "
            "within a month."
        ),
        question="How will you notice when the signature becomes a stamp?",
        debrief_questions=(
            "What did the desk say about the number?",
            "What does the rule cost, and who pays for it?",
        ),
        decision=(
            "I wrote the three sentences, answered the customer with a name, and limited it to eighty "
            "cases per person and day after the desk’s trial."
        ),
        criteria=(
            "Whoever is affected can reach a person who can change it. Nobody signs what he has not seen."
        ),
        risks="It costs a quarter of the gain. I told the board so.",
        alternatives="Signing everything; declaring everything.",
        outcome=(
            "The customer wrote back to the named person, and the decision was changed. The rule "
            "applies to all the desks from October."
        ),
        debrief=("The answer was there before our hour. We spent it on how a signature turns into a stamp."),
        rating_comment="Found the question behind the tool and answered it at a price.",
    ),
)
