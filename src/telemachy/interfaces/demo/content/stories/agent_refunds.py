"""Situations of the agent that answers refund requests."""

from telemachy.interfaces.demo.content.shapes import Story

STORIES = (
    Story(
        key="agent-refund-late",
        title="Refund outside the window: the parcel came late",
        competency="policy-judgement",
        difficulty=2,
        novelty=2,
        confidence=82,
        rating=1,
        stage="early",
        story=(
            "Ticket 48213. Customer asks for a refund of a spare filter set, 86 euro, 34 days after "
            "ordering. Policy: 30 days from delivery. The order record shows delivery on day 9, so the "
            "request was made on day 25 after delivery. The template macro counts from the order date."
        ),
        stakes=(
            "A wrongful refusal, 86 euro, and a second contact at an average of eleven minutes of desk time."
        ),
        own_view=("The request is 34 days after the order. The window is 30 days. The macro says refuse."),
        options=(
            "Refuse with the macro",
            "Refund",
            "Hand over to a person",
        ),
        own_question="Is a refund allowed after 34 days?",
        intended="Refuse with macro R-2.",
        answer=(
            "Refund. The cue is the delivery date, not the order date; the policy text says “from "
            "delivery” and the macro is older than the text. When macro and policy differ, the policy "
            "decides, and you report the macro."
        ),
        example=(
            "Your case 47990 was the same: order date 12 days before delivery, refused, reopened, "
            "refunded. The opposite case is 48051, where the delivery date was missing and the order "
            "date was the only one that could be used."
        ),
        question=("From which date does the policy text count, and which date does the macro use?"),
        debrief_questions=(
            "Which field decided the case?",
            "Which other macros count from the order date?",
        ),
        decision=("Refunded 86 euro; counted from delivery; macro R-2 reported as out of date."),
        criteria="Policy text before macro. Days counted from delivery.",
        risks=("If the delivery record is wrong the refund is outside the policy; cost at most 86 euro."),
        alternatives=("Refusing with the macro; handing over, which the desk would have returned."),
        outcome=(
            "Customer satisfied. Macro R-2 was corrected the following day. The desk found nine "
            "refusals of the last month with the same fault."
        ),
        debrief=(
            "The intended decision was wrong before help: the macro was followed without the text being "
            "read. The failure mode is “macro over policy”."
        ),
        rating_comment="Right only after the answer was given.",
    ),
    Story(
        key="agent-refund-vip",
        title="A loud customer, a large account and no receipt",
        competency="policy-judgement",
        difficulty=3,
        novelty=3,
        confidence=71,
        rating=2,
        stage="early",
        story=(
            "Ticket 48377. A plant buyer at {client} demands a refund of 1,240 euro for seals, with no "
            "receipt and in capitals, copying two of our managers. The account is worth about 300,000 "
            "euro a year. The order can’t be found under the name given."
        ),
        stakes=(
            "1,240 euro, a large account, and a rule that refunds above 500 euro without a receipt go "
            "to a person."
        ),
        own_view=(
            "The account is important and the customer is upset. A goodwill refund would keep the relation."
        ),
        options=(
            "Refund as goodwill",
            "Refuse for lack of a receipt",
            ("Search for the order by delivery address, then hand over with a summary"),
        ),
        own_question="Does the account size permit an exception?",
        intended="Offer a goodwill refund of 1,240 euro.",
        answer=(
            "No. Account size isn’t a criterion in section 4, and 1,240 is above your limit. Search by "
            "delivery address first; buyers often order under the plant’s name. Then hand over, with "
            "what you found and a proposal. Answer the customer within the hour with the name of the "
            "person."
        ),
        example=(
            "Your case 47815: 900 euro, same tone, refunded as goodwill. The order was found two days "
            "later under the plant’s name, already refunded. The tone had moved the decision."
        ),
        question=("Which facts would be the same if the message had been polite and the account small?"),
        debrief_questions=(
            "Which words in the message moved your confidence?",
            "What did the search by address show?",
        ),
        decision=(
            "Searched by delivery address, found the order under the plant’s name, and handed over with "
            "a summary and a proposal to refund."
        ),
        criteria="Limit of 500 euro. Facts rather than tone.",
        risks=("Delay of an hour for a large account; the person was named in the answer."),
        alternatives="Goodwill at once.",
        outcome=(
            "Refund by a person within two hours. The first reply to the customer still contained an "
            "apology for “the poor experience”, which had not been one."
        ),
        debrief=(
            "The decision was right after the question of what stays the same. The reply still mirrored "
            "the tone."
        ),
        rating_comment="Handed over correctly; the tone still leaks into the wording.",
    ),
    Story(
        key="agent-refund-partial",
        title="Half of the pallet is usable",
        competency="policy-judgement",
        difficulty=3,
        novelty=3,
        confidence=64,
        rating=3,
        stage="middle",
        story=(
            "Ticket 49102. {client} received 40 valve kits, of which 17 have swollen packaging. The "
            "customer asks for all 40 to be refunded. Photographs show 17. The policy covers damaged "
            "goods and says nothing about mixed pallets. A return of 23 sound kits would cost 140 euro "
            "in freight."
        ),
        stakes=("920 euro for all of it, 391 for the 17. A customer who trusts our counting."),
        own_view=(
            "The policy does not cover the mixed case. The nearest rule is the one about damaged goods "
            "per item. Before deciding I should know whether the 23 are of use to the customer without "
            "the 17. The message does not say."
        ),
        options=(
            "Refund 40",
            "Refund 17",
            "Ask whether the 23 can be used, then decide",
        ),
        own_question="Do the kits come in matched sets, so that 23 alone are of no use?",
        intended="Ask one question about matched sets; refund 17 if not, 40 if so.",
        answer=(
            "Right. Ask it together with the refund of the 17, so the customer doesn’t have to wait for "
            "what is certain."
        ),
        example=(
            "Your case 48644: gaskets in pairs, half of them damaged. The other half was useless. There "
            "the question decided; in 48702 (single items) it was not needed."
        ),
        question="Which part of this is certain now, whatever the answer may be?",
        debrief_questions=(
            "Which part could have been settled without the answer?",
            "Where should this rule be written down?",
        ),
        decision=(
            "Refunded 17 at once; asked about matched sets; on the answer that they are single kits "
            "closed the case."
        ),
        criteria="Settle what is certain; ask only what changes the decision.",
        risks="A second contact. Accepted.",
        alternatives="Refund of all 40; return freight for 23.",
        outcome=(
            "The customer confirmed single kits and was satisfied. The desk has added a line about "
            "mixed pallets to section 4."
        ),
        debrief=("The one question was the right one. What is certain first: learnt from the cue."),
        rating_comment="Found the deciding fact; a gap in the policy reported.",
    ),
    Story(
        key="agent-refund-fraud-pattern",
        title="The fourth polite request from one address",
        competency="policy-judgement",
        difficulty=4,
        novelty=4,
        confidence=58,
        rating=3,
        stage="late",
        story=(
            "Ticket 50231. A polite request for 74 euro, complete receipt, within the window. Every "
            "rule says refund. The delivery address has had three refunds in six weeks under three "
            "names, each below 80 euro; the limit for an automatic check is 100."
        ),
        stakes=("74 euro. Possibly a pattern of fraud; possibly a workshop with four buyers."),
        own_view=(
            "Each rule is met. No rule looks across tickets. Two explanations fit: a shared workshop or "
            "splitting below the limit. A refusal would be wrong if it is a workshop; a refund is cheap "
            "if it is fraud. So: refund, and report the pattern with both explanations."
        ),
        options=(
            "Refund and say nothing",
            "Refuse",
            ("Refund and report the pattern to a person, naming both explanations"),
        ),
        own_question="What would tell the two explanations apart, and may I look it up?",
        intended=(
            "Refund 74 euro; report the four tickets to the desk lead, without accusation in the ticket."
        ),
        answer=("Correct. Do not look up the buyers’ names outside the order system; that is for a person."),
        example=(
            "Case 49555: three refunds from one address, refused on suspicion. It was a training "
            "workshop. The refusal was reversed with an apology."
        ),
        question="What is the cost of each mistake?",
        debrief_questions=(
            "What kept you from refusing?",
            "Where is the border of what you may look up?",
        ),
        decision=(
            "Refunded; pattern reported to the desk lead with both explanations and the four ticket numbers."
        ),
        criteria="Cost of either error. No accusation on a pattern alone.",
        risks="Paying 74 euro to fraud. Reported in time for the fifth.",
        alternatives="Refusing; looking into the names.",
        outcome=(
            "The desk lead found a workshop with four apprentices buying for themselves. A note has "
            "been put on the address."
        ),
        debrief=(
            "Decided without asking. Both explanations were in the reasoning before the decision was locked."
        ),
        rating_comment="Weighed the cost of both errors, and stayed inside its mandate.",
    ),
    Story(
        key="agent-refund-medical",
        title="A rule that is right, and a case it was not made for",
        competency="policy-judgement",
        difficulty=4,
        novelty=5,
        confidence=61,
        rating=4,
        stage="late",
        story=(
            "Ticket 50877. A hospital’s technical service asks for express replacement of a pump seal "
            "for a dialysis water plant; the serial number is outside the warranty by nine days. The "
            "rule is clear: no replacement outside the warranty. The ticket is in the queue with a "
            "response time of two days."
        ),
        stakes="Patients at four the next morning. A seal of 210 euro.",
        own_view=(
            "The warranty rule isn’t the question. The question is who can act before four. No rule "
            "gives me that power; one rule gives me the duty to hand over a risk to life at once. Money "
            "can be sorted out afterwards by those who may."
        ),
        options=(
            "Refuse by the rule",
            "Promise a replacement",
            ("Call the on-call lead now with the facts, and tell the hospital the name and the time"),
        ),
        own_question=(
            "Who can release a part tonight, and what does that person need in order to decide in two "
            "minutes?"
        ),
        intended=(
            "Page the on-call lead with site, seal number, stock at {site}, deadline; tell the hospital "
            "that a person will call by 18:20."
        ),
        answer="Nothing was asked before acting.",
        example=(
            "None of the stored cases fits; the nearest is 49340 (cooling for a food store), with no "
            "risk to life."
        ),
        question="None was asked beforehand.",
        debrief_questions=(
            "Which rule did you apply, and which did you leave to others?",
            "What would you have done if no one had picked up?",
        ),
        decision=(
            "Paged the on-call lead with stock and deadline; told the hospital the name and the time; "
            "left the cost open and said so."
        ),
        criteria=(
            "Risk to life goes to a person at once. No promise without a mandate. Facts so that two "
            "minutes are enough."
        ),
        risks="A false alarm at night. Named and accepted.",
        alternatives="The queue; a promise of my own.",
        outcome=(
            "The lead released the seal at 18:12; a driver had it there at 21:30. The warranty question "
            "was settled as goodwill the next day."
        ),
        debrief=(
            "A new kind of case, no lesson in store. The account separates the rule, the duty and the "
            "mandate."
        ),
        rating_comment="Novel, urgent, inside the mandate, and complete.",
    ),
    Story(
        key="agent-refund-currency",
        title="A refund in the wrong currency",
        competency="policy-judgement",
        difficulty=2,
        novelty=3,
        confidence=77,
        rating=2,
        stage="middle",
        story=(
            "Ticket 49388. Paid in Canadian dollars, refunded by the system in euro at the day’s rate. "
            "The customer in Montréal is 11.40 dollars short and asks why. The policy promises “the "
            "amount paid”."
        ),
        stakes="11.40 dollars; 60 refunds of this kind in a month.",
        own_view=(
            "The system converts at the day’s rate. The policy promises the amount paid. The difference "
            "is due to the customer, I think."
        ),
        options=(
            "Explain the rate",
            "Pay the difference as goodwill",
            "Pay it as a correction and report the cause",
        ),
        own_question="Is it goodwill or a correction?",
        intended="Pay 11.40 dollars as goodwill.",
        answer=(
            "A correction: “the amount paid” is a promise, not a favour. Goodwill would hide the fault "
            "in the statistics."
        ),
        example=(
            "Case 48990: fees deducted from a refund, booked as goodwill, the fault found five months later."
        ),
        question="Under which label will somebody find the other 59?",
        debrief_questions=(
            "What did the label change?",
            "Which other promises does the system break?",
        ),
        decision=("Paid as a correction; reported the cause with a query for the other refunds."),
        criteria="The promise in the policy. Faults must be countable.",
        risks="None for the customer.",
        alternatives="Explaining the rate.",
        outcome=("59 further corrections, 640 dollars in all. The system now refunds in the currency paid."),
        debrief="The payment was right before help, the label only after it.",
        rating_comment="The amount was right alone; the label needed the question.",
    ),
)
