"""Words of spoken English: the same with punctuation and without, with stutters and fillers taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_APOSTROPHES = "'’‘ʼ`"
_TOKEN = re.compile(r"[^\W_]+|[?.!,…]|--")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MARKS = frozenset("?.!,…") | {"--"}
_SENTENCE_ENDS = frozenset("?.!")
FILLERS = _words("um uh uhm er erm ah hmm mm mhm hm")
_UNSAID = MARKS | FILLERS
#: Words that open a turn without saying what it does.
OPENERS = _words("""
    okay ok so and but well yeah yes right alright now oh sure good great then mhm mm hmm yep yup no
    gotcha um uh
""")
QUESTION_WORDS = _words("what whats how hows why where wheres when who whos which whens whatre howd")
AUXILIARIES = _words("""
    do does did is are was were have has had can could would will should isnt arent dont didnt doesnt
    havent wouldnt couldnt wasnt am
""")
SUBJECTS = _words("you it that there he she they we i this your the any")
YOU = _words("you your youre youve youd youll yourself yours")
ME = _words("i im ive id ill my me myself mine")
US = _words("we were weve our us lets")
_PERSONS = YOU | ME | QUESTION_WORDS
FEELING = _words("""
    worried worry worries scared afraid anxious nervous frustrated frustrating frustration angry mad upset
    sad happy excited proud hard difficult tough overwhelmed stressed stress stressful concerned concern
    guilty ashamed embarrassed lonely tired hopeless confident comfortable uncomfortable surprised confused
    hurt hurts glad relieved good bad hate love enjoy fear scary feeling feelings feel feels felt struggle
    struggling pressure torn
""")
THINKING = _words("""
    think thinking thought know believe realize realized notice noticed wonder wondering guess feel consider
    decide decided understand see seeing seems seem sounds sound looks hear hearing heard saying said say
    mentioned mention told talked
""")
NEEDING = _words("""
    could can might may should would will must need needs have gotta want wants wanna going gonna try trying
    able
""")
DENYING = _words("""
    not no never dont didnt doesnt isnt arent wasnt cant couldnt wont wouldnt havent nothing none without
""")
#: What comes after "you" or "I would" in advice, and verbs that open a command.
URGING = _words("should must need have could might can better ought want wanna oughta")
SUGGESTING = _words("suggest recommend advise encourage propose start try say do talk ask wait go")
COMMANDS = _words("""
    dont never always try start stop go ask call write send take use make set put keep give get talk speak say
    explain show check look read plan prepare decide focus avoid remember consider let wait meet book share
    split just maybe think imagine pick choose bring
""")
#: The listener's word for the speaker's: a reflection turns "I" into "you".
TURNED = {
    "i": "you", "my": "your", "me": "you", "im": "youre", "ive": "youve", "mine": "yours", "id": "youd",
    "ill": "youll", "myself": "yourself", "am": "are", "was": "were",
}  # fmt: skip
#: Words that two turns share by chance.
COMMON = _words("""
    a an the and or but so to of in on at for with that this it its is are was were be been do does did
    i you he she they we me my your im youre its thats not no yeah yes okay um uh like know just really
    have had has if what how about as then there all would could can will get got going go well think
    right mean because cause from up out or
""")
#: Words that a skeleton keeps as they are.
_FUNCTION = (
    COMMON
    | AUXILIARIES
    | US
    | _words("""
    if when because than more some any one two three by they them their his her him about like sounds seems
    tell sort kind way things thing little bit lot much part other another time
""")
)
#: What a skeleton writes for any other word, by set and by ending.
_CLASSES = ((FEELING, "F"), (_PERSONS | _FUNCTION, ""), (THINKING, "T"), (NEEDING, "M"), (DENYING, "N"))
_ENDINGS = (("ing", 6), ("ed", 5), ("ly", 5))


def tokens(text: str) -> list[str]:
    """Return words in small letters without apostrophes, and punctuation marks, in order.

    Without marks, a word that is one half twice ("whatwhat", stripped from "what-what") becomes the half.
    """
    plain = text.lower()
    for apostrophe in _APOSTROPHES:
        plain = plain.replace(apostrophe, "")
    found = _TOKEN.findall(plain)
    return found if "." in text or "," in text or "?" in text else [_undoubled(token) for token in found]


def _undoubled(token: str) -> str:
    half = len(token) // 2
    return token[:half] if half >= 2 and token[:half] == token[half:] else token


def words(found: Sequence[str]) -> list[str]:
    """Return the words of `tokens` without marks, fillers and words said twice in a row."""
    kept = [token for token in found if token not in _UNSAID]
    return [token for token, before in zip(kept, ["", *kept], strict=False) if token != before]


def sentences(found: Sequence[str]) -> list[tuple[list[str], str]]:
    """Return (words, mark at the end or "") for each sentence of `tokens`."""
    parted: list[tuple[list[str], str]] = []
    current: list[str] = []
    for token in found:
        if token in _SENTENCE_ENDS:
            if current:
                parted.append((words(current), token))
                current = []
        else:
            current.append(token)
    if current:
        parted.append((words(current), ""))
    return parted


def opened(said: Sequence[str]) -> int:
    """Return how many words open the turn before it begins to say something."""
    n = 0
    while n < len(said) and said[n] in OPENERS:
        n += 1
    return n


@lru_cache(maxsize=20_000)
def skeleton_of(word: str) -> str:
    """Return a function word itself, of any other word the class: it says how a sentence is built."""
    for members, name in _CLASSES:
        if word in members:
            return name or word
    if word.isdigit():
        return "0"
    return next((ending for ending, least in _ENDINGS if len(word) >= least and word.endswith(ending)), "*")
