"""The words by which a turn shows what it does, in English and in German.

Each pattern looks at one sentence or clause. They are few: what they miss is left to the model, or unsure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of one language.

    filler : words before a question proper
    wide, why, fact, yes_or_no : how a question begins
    invitation : asks for a story without the form of a question
    disguise : advice that has an open question's first word
    leading : carries its answer
    reflection : how giving back begins
    leave : "you could", which may urge or only say what is possible
    urging : "you should", "you could try", "I would ask": advice even where it could give back
    oneself : the speaker's own story, thanks or praise
    room : time to think, without anything asked
    feeling : words that name how something is for somebody
    common : words that carry nothing of what was said
    phrase : words of giving back that fits anybody
    """

    filler: re.Pattern[str]
    wide: re.Pattern[str]
    why: re.Pattern[str]
    fact: re.Pattern[str]
    yes_or_no: re.Pattern[str]
    invitation: re.Pattern[str]
    disguise: re.Pattern[str]
    leading: re.Pattern[str]
    reflection: re.Pattern[str]
    leave: re.Pattern[str]
    urging: re.Pattern[str]
    oneself: re.Pattern[str]
    room: re.Pattern[str]
    feeling: re.Pattern[str]
    common: frozenset[str]
    phrase: frozenset[str]


def _pattern(alternatives: str) -> re.Pattern[str]:
    lines = (line.strip() for line in alternatives.strip().splitlines())
    return re.compile(rf"\W*\b(?:{'|'.join(lines)})(?!\w)", re.I)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOING = (
    "(?:try|ask|tell|go|start|write|say|use|call|talk|give|take|make|put|send|speak|explain|show|check|look|"
    "plan|prepare|decide|wait|meet|book|share|offer|let|keep|stop|draw|read|set|move|invite|suggest|propose)"
)

ENGLISH = Cues(
    filler=re.compile(
        r"^\W*((so|and|but|well|okay|ok|right|now|then|hmm|mm|yes|no|still|maybe)\b\W*)+", re.I
    ),
    wide=_pattern(r"""
        what(?:['’]s|['’]re|['’]d)?(?: else)?(?: \w+){0,2}
        how(?:['’]s|['’]d)?(?: else)?(?! (?:many|much|often|long|old|far|soon|likely)\b)(?: \w+)?
        (?:from|in|at|for|with|by|to|of|on) what(?: \w+)?
        why(?: \w+)?
        which (?:of \w+|\w+ (?:of|would|could|do|matters?|feels?|speaks?|are|is))
        who else(?: \w+)?
        where (?:do|would|could|might) you (?:see|want|find|feel|stand)
        i(?:['’]m| am)? (?:wonder|wondering|curious) (?:what|how|which)
    """),
    why=_pattern(r"why|how come"),
    fact=_pattern(r"""
        how (?:many|much|often|long|old|far|soon|likely)
        (?:who|whose|whom)(?! (?:else|(?:do|would|could|might) you (?:see|want|find|feel|stand))\b)(?: \w+)?
        (?:when|where)(?! (?:else|(?:do|would|could|might) you (?:see|want|find|feel|stand))\b)(?: \w+)?
        (?:since|by|until|from) when
        (?:on|at|for) which \w+
        what (?:time|day|date|year)
        which (?:day|one|team|person|week)
    """),
    yes_or_no=_pattern(r"""
        (?:do|does|did|is|are|was|were|have|has|had)(?: not)? \w+
        (?:can|could|would|will|should|may|might|shall|must)(?: not)? \w+
        (?:do|does|did|is|are|was|were|have|has|ca|could|would|wo|should)n['’]t \w+
        any\w* \w+
        you(?:['’](?:re|ve|ll|d))? \w+
        ready
    """),
    invitation=_pattern(r"""
        tell me (?:more|about|what|how|a (?:bit|little) more|a bit about)
        (?:say|share) (?:a (?:little|bit) )?more
        (?:walk|take|talk) me through
        describe (?:to me |for me )?(?:what|how|the|a|that|your)
        help me (?:to )?understand
        go on
        (?:i(?:['’]d| would)) (?:like|love) to hear
    """),
    disguise=re.compile(r"why (don|not)|how about|what about", re.I),
    leading=re.compile(
        r", ?(?:right|correct|yeah|isn['’]t it|aren['’]t you|don['’]t you|do you|wouldn['’]t it)\s*\?"
        r"|^\W*(?:so |but |and )*(?:do|would|should|are|is|could|ca|have)n['’]t (?:you|it|that|we)\b"
        r"|\b(?:do you (?:really|honestly)|surely you)\b",
        re.I,
    ),
    reflection=_pattern(r"""
        (?:so |and |but |okay |right |then |yes |still |now )*(?:you|your)(?:['’](?:re|ve|d|ll))?(?: \w+)?
        (?:so |and |but )*(?:it|that|this) (?:all )?(?:sounds|seems|feels|felt|looks|matters|weighs)(?: \w+)?
        (?:so |and |but )*(?:it|that|this) (?:all )?(?:hurts?|costs?|leaves|left|makes|made)(?: \w+)?
        (?:it|that)(?:['’]s| is| was) (?:hard|painful|tiring|lonely|unfair|heavy|important|a lot|as if|not)
        (?:sounds|seems|feels) (?:like|as)
        (?:so |and )?what (?:you|he|she|they)(?: \w+)?
        (?:so |and |but )*(?:they|he|she|people|nobody) (?!should|must|need|could|can|might|will)\w+
        (?:so |and |but )*(?:they|he|she)['’](?:re|s|ve|d) \w+
        (?:so )?(?:a |one )?(?:part|side|half) of you
        on (?:the )?one (?:hand|side)
        (?:what )?i(?:['’]m)? (?:hear|hearing|heard|sense|notice|gather)
        (?:let me|to) (?:check|sum|summarise|see|play)
        if i (?:hear|heard|understand|understood|follow|got)
        in other words
        (?:so )?(?:for|between|inside|to) you
        (?:so |and )?(?:there|here)(?:['’]s| is| are)
        even though
        underneath
        (?:so |and )?(?:the|two|three|both|several|some|nobody|no one|everyone|everybody)(?: \w+)?
    """),
    leave=re.compile(r"you (could|can)\b", re.I),
    urging=re.compile(
        r"^\W*(?:(?:so|and|but|then|maybe|perhaps|well|okay|now|i think|i guess)\b[ ,]+)*"
        r"you (?:should|must|need to (?!feel|know|be\b|see|belong)|have to|ought|may want|might want|"
        rf"(?:could|can) (?:always |also |just )?{_DOING})\b"
        # "I would talk to her first" tells what to do as well.
        r"|^\W*(?:(?:so|and|but|well|maybe|honestly|personally)\b[ ,]+)*"
        rf"i(?:['’]d| would) (?:\w+ )?{_DOING}\b",
        re.I,
    ),
    oneself=_pattern(r"""
        (?:i|my|we|our)(?:['’](?:m|ve|d|ll))?(?: \w+)?
        when i(?: \w+)?
        (?:thank you|thanks)
        (?:well done|good|great|excellent|nice|congratulations|bravo)
    """),
    room=_pattern(r"""
        take (?:your|all the|as much) time
        (?:there(?:['’]s| is) )?no (?:rush|hurry)
        we have (?:time|all the time)
        i(?:['’]m| am) (?:still )?(?:here|listening|not going anywhere)
        (?:let(?:['’]s| us) )?(?:stay|sit) with (?:that|this|it)
        let(?:['’]s| us) (?:pause|wait|be quiet)
    """),
    feeling=_pattern(r"""
        feel\w*|felt|worr\w+|afraid|fear\w*|anxious|angry|anger|hurt\w*|sad|proud|pride|tired|exhaust\w+
        worn|lonel\w+|alone
        frustrat\w+|disappoint\w+|asham\w+|embarrass\w+|overwhelm\w+|torn|stuck|hop\w+|long\w* for
        matters?|important|care\w*|trust\w*
        respect\w*|belong\w*|safe|unsafe|want\w*|need\w*|wish\w*|value\w*|relie\w+|guilt\w*|doubt\w*
        unfair|heavy|weigh\w*|trapped|caught|invisible|seen|unseen
    """),
    common=_words("""
        a an and are as at be been but by can could did do does for from get had has have he her here
        him his how i if in into is it its just like me more my no not of on one only or our out over
        really she should so some such than that the their them then there these they this those to too
        up us very was we were what when where which while who why will with would you your because
        about after all also always any back before being every going got i'm it's i've don't that's
        keep much make made never other same says still thing things think time
    """),
    phrase=_words("""
        sound sounds seem seems look looks hear hearing heard sense gather understand understood see
        hard tough difficult rough lot big good great right fine okay challenging situation moment
        you're you've you'd it's that's there's quite so pretty tell telling say saying said feel feels
    """),
)

GERMAN = Cues(
    filler=re.compile(r"^\W*((und|aber|also|gut|okay|ja|nein|nun|dann|hm|noch|vielleicht)\b\W*)+", re.I),
    wide=_pattern(r"""
        was(?: \w+){0,2}
        wie(?! (?:viele?|oft|lange?|alt|weit|bald|wahrscheinlich)\b)(?: \w+)?
        (?:wo(?:ran|zu|mit|von|rauf|für|durch|ran|rin|bei|nach|gegen))(?: \w+)?
        (?:warum|weshalb|wieso)(?: \w+)?
        welche[rsmn]? (?!tag|person|woche|team)\w+
        (?:in|an|aus|mit|bei|von|zu|auf|für) (?:welche[rsmn]?|was) \w+
        wer (?:noch|sonst)(?: \w+)?
        inwiefern(?: \w+)?
        ich (?:frage mich|bin neugierig),? (?:was|wie|welche)
    """),
    why=_pattern(r"warum|weshalb|wieso"),
    fact=_pattern(r"""
        wie (?:viele?|oft|lange?|alt|weit|bald|wahrscheinlich)
        (?:wer|wen|wem|wessen|wann|wo|wohin|woher)(?! (?:noch|sonst))(?: \w+)?
        (?:seit|bis|ab) wann
        (?:an|in|mit) welche[rsmn]? (?:tag|person|woche|team)
        welche[rsmn]? (?:tag|person|woche|team)
    """),
    yes_or_no=_pattern(r"""
        (?:hast|bist|kannst|könntest|würdest|willst|wirst|magst|möchtest|denkst|glaubst|weißt) du
        (?:siehst|musst|sollst|solltest|fühlst|brauchst|darfst|hattest|warst|kennst|meinst) du
        (?:haben|sind|können|könnten|würden|wollen|werden|möchten|denken|glauben|wissen) (?:sie|wir|ihr)
        (?:sehen|müssen|sollten|fühlen|brauchen|dürfen|hatten|waren|kennen|meinen) (?:sie|wir|ihr)
        (?:ist|sind|war|hat|haben|wird|kann) (?:es|das|er|sie|da|dein\w*|ihr\w*|die|der|den|dir|jemand|etwas)
        (?:könnte|wäre|gibt|gab|geht|soll|will|macht) (?:es|das|er|sie|da|dein\w*|die|der|dir|jemand|etwas)
        du \w+
    """),
    invitation=_pattern(r"""
        (?:erzähl|erzählen sie)(?: \w+)? (?:mehr|von|davon|was|wie|ein bisschen|etwas)
        (?:sag|sagen sie)(?: \w+)? mehr
        (?:beschreib|beschreiben sie|schildere|schildern sie)(?: \w+)?
        (?:nimm mich|führ mich|nehmen sie mich) \w+
        hilf mir zu verstehen
    """),
    disguise=re.compile(r"warum .{1,20} nicht|wie wäre", re.I),
    leading=re.compile(
        r", ?(?:oder|nicht wahr|richtig|stimmt(?:['’]?s)?|ja|oder nicht)\s*\?"
        r"|\b(?:meinst|glaubst|denkst|findest) du (?:nicht|wirklich|ernsthaft|etwa)\b"
        r"|\b(?:wäre|ist) es nicht\b|\bwarum \w+ du (?:nicht|denn nicht)\b",
        re.I,
    ),
    reflection=_pattern(r"""
        (?:und |aber |also |ja |dann )*(?:du|dir|dich|dein\w*)(?: \w+)?
        (?:es|das|dies) (?:klingt|hört|scheint|fühlt|wirkt|trifft|kostet|macht|lässt|geht|nagt|tut)(?: \w+)?
        (?:ein teil|eine seite) (?:von|in) dir
        einerseits
        (?:ich höre|ich nehme wahr|ich merke)
        wenn ich (?:dich|das) richtig
        (?:für|in|zwischen|bei) dir?ch?
        (?:da|hier) (?:ist|sind|steckt)
        obwohl
        mit anderen worten
        (?:die|der|das|zwei|drei|beides|beide|niemand|alle|mehrere|einige)(?: \w+)?
        es (?:ist|war|bleibt|kommt|geht|fehlt)(?: \w+)?
        (?!(?:ich|mein\w*|danke|gut|super|toll|prima)\b)(?:[^.!?]{0,60}\s)?(?:du|dir|dich|dein\w*)
    """),
    leave=re.compile(r"du (kannst|könntest)\b", re.I),
    urging=re.compile(
        r"^\W*(?:(?:also|und|aber|dann|vielleicht|ich glaube)\b[ ,]+)*du (?:solltest|musst)\b", re.I
    ),
    oneself=_pattern(r"""
        (?:ich|mein\w*|mir|wir|uns\w*)(?: \w+)?
        (?:als|wenn) ich(?: \w+)?
        (?:danke|gut|super|toll|prima|schön|glückwunsch)
    """),
    room=_pattern(r"""
        (?:nimm|lass) dir (?:zeit|ruhig|alle|so viel)
        (?:kein|keine) (?:eile|hast)
        wir haben zeit
        ich (?:bin|höre) (?:noch )?(?:da|hier|zu)
        (?:bleiben|verweilen) wir
    """),
    feeling=_pattern(r"""
        fühl\w*|gefühl\w*|sorg\w*|angst|ängst\w*|fürcht\w*|wut|wütend|ärger\w*|verletz\w*|traurig|stolz
        müde|erschöpf\w*|einsam|allein
        enttäusch\w*|scham|schäm\w*|überforder\w*|zerrissen|hoff\w*|wichtig|vertrau\w*|respekt\w*
        dazugehör\w*|sicher|unsicher|willst|wünsch\w*|brauchst
        wert\w*|erleichter\w*|schuld\w*|zweifel\w*|unfair|schwer|lastet|gefangen|unsichtbar|gesehen
        übersehen|satt|nagt|trifft
    """),
    common=_words("""
        aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dein deine dem den
        der des die dir doch du ein eine einem einen einer er es etwas für haben habe hat hatte ich ihm
        ihn ihr im immer in ist ja jetzt kann kein keine man mehr mein meine mich mir mit nach nicht
        noch nur oder schon sein sich sie sind so über um und uns unser vom von vor war was weil wenn
        wer wie wir wird wo zu zum zur
    """),
    phrase=_words("""
        klingt hört scheint höre verstehe sehe merke nehme wahr schwer schwierig hart viel viele gut
        richtig okay situation moment ganz sehr ziemlich sagst sagen erzählst geht fühlt nach einiges
    """),
)


def of(language: str) -> Cues:
    """Return the cues of a language; of English for one that has none."""
    return GERMAN if language == "de" else ENGLISH
