"""The phrasings that people ask with, one a line, as the shapes that `intents.py` looks for.

Only words and shapes: what a shape means is decided there. A line is a regular expression over plain text
(lower case, no punctuation, no apostrophes, one space between words), so a line mostly reads as it is said.
"""

from __future__ import annotations

import re


def _any_of(lines: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(line.strip() for line in lines.strip().splitlines())})\b")


def _word_set(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


FILLER = _word_set(
    """
    a about abt accurate actually again ah all also am an and any anybody anyone anything are as ask asking at be
    been being beside besides bit bot bout brief briefly bro but by called came can chat come comes coming complete
    conversation could cover covered covers curious currently da dat deal did dis discuss discussed discusses
    discussing discussion do does doing done dont dude else entire even ever exact exactly explain few find folks
    following for from full get give going gonna got guy guys had has have he hear heard her here hey hi him his how i
    id if ill im importance important in into is isnt it its ive just kind kinda know let lets like line lines lol
    look looking man many matter matters may maybe me mean mention mentioned mentioning mentions might mind more most
    much my name named need no not now of off oh ok okay on one ones only opinion opinions or our out over overheard
    paragraph part people person persons please pls plz point pretty question quick quickly r read really regarding
    remember remind right rn said say saying says see seen sentence sentences she short should show sit sits sitting
    so some somebody someone something sort speak speaking speaks spoke spoken still stuff such sure take talk talked
    talking talks teh tell than thanks that thats the their them then there these they theyre thing things think this
    those though thoughts three time to today told too topic two u um up ur us version very view views wanna want was
    wasnt wat way we well were what whats when where which who whole whos whose why will with wonder wondering would
    wut yeah yes yo you your youre
    """
)
"""Words that carry no subject: grammar, chat, and the words people ask with."""

EPISODE = _word_set(
    """
    audio clip current ep episode episodes eps interview last latest library name names newest notes pod podcast
    podcasts recent recording season series show transcript video
    """
)
"""Words for the thing itself; no subject either, as in "what does the episode say about China"."""

ASKING_FOR_A_QUOTE = _word_set(
    """
    amaze another anything best catchy cool day deep different direct drop entertain exact famous fav favorite
    favourite fun funny gimme good great hit impress inspirational inspire inspiring interesting killer lemme line
    liner liners lines memorable new next nice old one pithy post put quotable quotation quotations quote quotes
    random read send share short slide spicy strong surprise throw toss verbatim whichever wisdom wise word words wow
    """
)

POINTING_BACK = _word_set(
    "again anyway by exactly first he her him it last line one part quote really she so that the them they thing this those though"
)
"""Words that stand for what was just shown."""

HELP = _any_of(
    """
    help( me)?
    commands?|usage|instructions|manual
    (so )?what (all )?(can|do) (you|u|i|we) (do|ask|answer|know)( you)?( here| about)?
    what (questions|stuff|things)? ?(can|could|should) i ask( you)?
    (who|what) (are|r) (you|u)( .{0,12})?
    (whats|what is|what does) (this|the|overheard)( bot| thing)?( do| for)?
    (how|what) (do|does|can) (i|we|you|this|it|this bot|the bot) (use|work|ask|do)( (you|this|it|this bot|questions?|with you))*
    who (made|built|created|wrote|runs|programmed|coded|owns) (you|u|overheard|(this|the) bot)
    (are you|r u|is this) (an? )?(bot|ai|human|real|llm|robot|chatgpt|person)( or .*)?
    (are )?you there
    (introduce|explain) yourself
    (whats|what is) your name
    """
)

GREETING = _any_of(
    """
    (hi+|hey+|hello+|heya|hiya|yo+|sup|wassup|whats up|howdy|greetings|gm|ello|hola|good (morning|afternoon|evening|day))( (there|bot|overheard|all|everyone|everybody|guys|folks|friend|you|again|mate|buddy|hey))*( how are (you|u|things)( doing)?( today)?| nice to meet (you|u))?
    how (are|r) (you|u)( doing)?( today)?
    hows it going|how is it going
    """
)

THANKS = _any_of(
    """
    (ok |okay |great |cool |nice |perfect |awesome |ah |oh )*(thanks?|thank (you|u)|thx+|tysm|ty|cheers|tnx|thnx|much appreciated|appreciate (it|that))( (so|very|a|you|u|much|lot|bunch|million|mate|man|dude|buddy|again|bot|overheard|for|the|your|help|info|answer|quote|that|this|it|they|really|all|everyone|was|is|were|helps|helped|helpful|great|good|perfect|useful|awesome|amazing|3))*
    """
)

GOODBYE = _any_of(
    "(ok |good ?)?(bye+|goodbye|cya|see (you|ya|u)( later| around)?|good ?night|gn|laters?|ttyl)( (bot|all|everyone|guys))*"
)

PRAISE = _any_of(
    """
    (good|great|nice|cool|best|love|amazing|awesome|clever|smart|bad)( (bot|job|work|one|stuff|answer|this|you|it|that|ever))*
    (i )?(love|like) (you|this|this bot|it)
    (lol |haha |wow |omg )?(youre|you are|you r|ur|this is|thats|that is|this bot is|that was) ((so|very|really|pretty|too|just|a) )*(great|awesome|amazing|cool|the best|helpful|good|nice|funny|hilarious|clever|smart|fast|quick|neat|sweet|cute|useful|useless|stupid|dumb|bad|wrong|boring|annoying|slow|rude|terrible|rubbish|crap)( (bot|lol|haha|today|again))*
    (you|this|it|this bot|the bot) (suck|sucks|rock|rocks|rule|rules)
    sorry|my bad|oops|whoops|wrong channel|no worries|no problem|np
    lol+|haha+|lmao|wow+|ok|okay|k|yes|yep|no|nope|nvm|never ?mind|got it|i see|makes sense|interesting|test(ing)?|ping
    """
)

LEAD = re.compile(
    r"^((ok|okay|so|well|hm+|ah|oh|cool|nice|great|yeah|yes|right|alright|interesting|lol|hey|hi|hello|yo|um+|uh+|"
    r"thanks|thx|ty|please|pls|sorry|wait|also|now|then|btw) )+"
)
"""What people say before they ask."""

FOLLOWS = re.compile(
    r"^((and|but|also|plus|or|so) )?(what|how|wat) ?(is |s )?(about|abt|bout) (the )?(?=\S)"
    r"|^(and|plus|also|or|but) (on |about |for |in |regarding )?(?=\S)"
)
"""The start of a question that goes on from the one before."""

MORE = re.compile(
    r"(and |so |ok |but )?(what|anything|something|wat) (else|more)( (along|lines|like|those|these|here|did|do|was|is|have|about|on|they|it|that|this|them|say|said|there|you|got))*"
    r"|((go on|ok|and|continue|yes|sure) )?((tell|give|show|say|get) (me |us )?)?(some |a bit |a little |any )?(more|moar)( (about|on|of|it|that|this|them|those|the|topic|details?|info|information|evidence|pls|please|stuff))*"
    r"|go on|continue|keep going|next|go deeper|(any |more |further )?details?"
    r"|(can you |please )?(elaborate|expand)( (on )?(it|that|this))?"
    r"|is (that|there) (all|it|any ?more)( .{0,20})?|thats (all|it)"
)
"""Asking for more of the same; all of the text."""

ANOTHER_ONE = re.compile(
    r"(and |ok |give me |gimme )?(another|one more|a new one|new one|a different one|next one)( one)?( please| pls)?"
)
"""Asking for one more of what was drawn; all of the text."""

CHECK_THAT = re.compile(
    r"(so )?did \w+( \w+)? (really |actually )?say (that|it|this|those words)( exactly| word for word| like that| really)?"
    r"|is (that|this|it) (a |an |the )?(real|exact|actual|true|word for word|verbatim)( quote| words)?"
    r"|exact words|word for word|for real|really|verify (that|it|this)"
)
"""Doubting the words shown last; all of the text."""

ABOUT_THAT = re.compile(
    r"\b(about|on|of|with|is|mean|means) (it|that|this|them)\b|^(why|how so|how come|when|where|explain)\b"
)
"""Asking about nothing but "that"."""

CHECK = _any_of(
    r"""
    (did|has|have|had|does|do) (nt |not )?(?!i |you |we )(\w+ ){1,4}?((really|actually|ever|truly|just|indeed|seriously|literally|also) )*(say|said|claim|claimed|state|stated)
    didnt (\w+ ){1,3}(say|claim|state)
    (is|was) (it|this|that) ((really|actually|ever) )?(said|stated|claimed)
    (is|was) (it|this) (really |actually )?true (that )?(they|he|she|someone|somebody) said
    (i think|pretty sure|im sure|i heard|i swear) (someone|somebody|they|he|she) ((really|actually) )?said
    ^(someone|somebody|they) said
    (verify|fact ?check|confirm)( (if|that|whether))?( (they|he|she|someone) said)?( (the|this|that|a))?( (quote|line))?
    (check|verify) (the |this |that |a )?(quote|line)
    (is|was) (this|that|it) (an? |the )?(real|actual|correct|genuine|right|exact|accurate)( (quote|line|wording|words))?
    is there a (quote|line) (like|that says|that goes|saying)
    (quote|line) ?check
    """
)
"""The start of "did they say ...": the words to check come after it."""

CHECK_GLUE = re.compile(
    r"^ ?(pls |please |these |(something|anything|sth) like |that |this |the words |the line |the quote |it |if )*"
)
NOT_WORDS = re.compile(
    r"^(something|anything|sth|smth|much|a lot|more|what|nothing|stuff|things|any|about|on|abt|regarding|bout|which|who|why|how|when|where|whether|if|the (thing|line|bit|part|stuff) (about|on|where))\b"
)
"""What follows "did they say" where it asks for a subject ("anything about China") and quotes nobody."""

ASKS_WHAT = re.compile(r"\b(what|wat|whatd|how|why|when|where) $")

WHO_SAID = _any_of(
    r"""
    (whos |who )(is |was |s )?(it |the one |the person |the guy )?(that |who |actually |exactly |even |ever |again |else |tf )*(said|says|say|saying|claimed|claims|stated|argued|argues|mentioned|mentions|called|calls|thinks|believes|warned|warns|brought up|talked about|talks about|speaks? (of|about)|spoke (of|about)|came up with|made (the|that|this) (point|claim|argument|case)( (about|for|that))?)
    (which|what) (one|guest|speaker|person|guy|host|panelist|participant)( (of|among|out of) (them|these|those|the \w+))? (actually |even |ever )?(said|says|say|claimed|claims|stated|argued|argues|mentioned|mentions|thinks|believes|warned|warns|brought up|talked about|talks about|came up with)
    whose (quote|line|words) (is|was|are|were)
    by (whom|who) (is|was)
    who (is|was) (the |that |this )(quote|line)( \w+)* (by|from)
    (whos|who is|who was) (the )?(speaker|author) of
    who (do|can) (i|we|you) (credit|attribute)( with| for)?
    who (is|was) (quoted|talking) (as )?(saying|when)
    (whos|who (is|was|gets)) (quoted|cited)( (on|about|for|as))?
    (whos|who (is|was)) (it|that|this) (from|by)
    ^(and )?who( exactly| though| then| again)?$
    ^(says|from|by) (who|whom)$
    """
)
"""The start of "who said ...": the words come after it."""

WHO_SAID_GLUE = re.compile(
    r"^ ?((something|sth) like |the (thing|line|bit|part|quote|stuff) (about |that |where |on )?|that |about |this )*"
)

QUOTE = _any_of(
    """
    quotes?|quotations?|quotable|qoutes?|quoets?
    one ?liners?
    (surprise|inspire|amaze|impress|entertain|wow) (me|us)
    (something|anything) (random|quotable|inspiring|memorable|wise|deep)
    (good|best|nice|great|famous|memorable|cool|fun|funny|wise|short|catchy|pithy|strong|deep|random|exact|actual|killer|spicy|another|any) (lines?|words)
    lines? (about|on|regarding)
    """
)
QUOTE_ON_THAT = re.compile(r"\b(on|about|for|of|regarding) (it|that|this|them|those)\b|\b(on|about|for|there)$")
QUOTE_BY = re.compile(
    r"\b(?:quotes?|quotations?|lines?|words) by (?!(?:the|an?|your|my|this|that|it|him|her|them|any\w*|some\w*)\b)"
    r"(?P<name>(?:(?!about |on |from |in )[\w.-]+ ?){1,4})(?=about |on |from |in |$)"
)
"""Whose words a quote is to be, whoever that is."""
FROM_THAT = re.compile(r"\b(from|in) (it|that|this)( (one|episode|ep|show|interview))?\b")
ANOTHER = _any_of("another|next|different|else|new one|again")

TOPICS = _any_of(
    """
    (list|show|see|all|which|what|whats|give|tell|name|other|the|any|available|every|main|some|got)( (me|us|of|are|is|all|the|you|got|do|other|main|its|a|list|have))* (topics?|themes?|subjects?)
    topics?( list)?
    (table of )?contents
    (everything|all) (that )?you (know|have|got)
    (list|show|tell|give)( (me|us))? (everything|all)( (of )?(it|them|that))?(?!( the)? (episodes|eps|podcasts|shows))
    (what|which) (else )?(can|could|should|do) (i|you|we|u) (ask|know|talk|discuss|cover)( you| u)?( (about|on|of|here))*
    """
)
EPISODES = _any_of(
    """
    (list|show|see|all|which|what|give|name|how many|the|your)( (me|us|of|are|is|all|the|other|you|newest|latest|last|recent))* (episodes|eps|podcasts|shows)( (do|have|are|is|you|u|know|there|available|got))*
    episodes|episode list|list( of)?
    """
)
EPISODES_ON = re.compile(
    r"^(in )?((which|what|list|show|find|give|name)( (me|us|all|of|the|your|any))* (episodes?|eps?|podcasts|shows)"
    r"( (that|where|do|did|does|have|has|they|you|ever|also|there|are|is|he|she))*"
    r" (talk|talks|talked|talking|speak|speaks|spoke|mention|mentions|mentioned|mentioning|discuss|discusses|discussed"
    r"|discussing|cover|covers|covered|covering|deal|deals|dealt|about|on|feature|features|say|says|said)"
    r"|(any |all |other |more )*(episodes|eps) (about|on|mentioning|discussing|covering|talking)"
    r"|((can|could|would) you )?((recommend|suggest|got|want|need|looking for|is there|are there|(do )?you have|i) )*"
    r"((me|us|a|an|any|some|the|your|good|great|best|nice|interesting|other|another) )*"
    r"(episodes?|eps?) (about|on|mentioning|discussing|covering|where they (talk|discuss|speak)( about)?))"
    r"( (about|on|of|with|into|over|anything|something|the topic|the subject))* (?=\S)"
)
"""The start of "which episodes talk about ...": the subject comes after it."""

ONE_ON = (
    re.compile(
        r"\b(?:the|that|an?) (?:episode|ep|one|show|interview|podcast)"
        r"(?: (?:that|where|they|he|she|you|is|was|talks?|talked|talking|spoke|speaks?|all))*"
        r" (?:about|on|discussing|covering) (?P<subject>.+?)(?= (?:come|came|out|released|published|called|aired|again)\b|$)"
    ),
    re.compile(r"\b(?:the|that) (?P<subject>(?:(?!the |that )[\w-]+ ){1,4}?)(?:episode|ep|one|interview)\b"),
)
"""An episode by its subject: "the episode about bees", "the bees episode"."""

EVERYTHING = re.compile(
    r"^((give|show|tell|find|get|list)( (me|us))? )?(everything|all|anything) (that )?(?=.*\b(says?|said|saying)\b)"
)
"""The start of "everything somebody said about ..."."""

LATEST = _any_of(
    """
    (latest|newest|most recent) (episode|ep|one|podcast|interview)
    last (episode|ep)
    (episode|ep|one) (is|was) (the )?(latest|newest|most recent)
    (first|oldest|earliest) (episode|ep)
    """
)
LATEST_ON = (
    re.compile(
        r"\b(?P<order>latest|newest|most recent|last|first|earliest|oldest)(?: [\w-]+){0,3}?"
        r" (?:episode|ep|one|time|show|interview)(?: (?:that|where|when|in which|they|he|she|you|somebody|anyone))*"
        r"(?: (?:about|on|(?:talk|speak|mention|discuss|cover)(?:s|ed|ing)?|spoke))+(?: (?:about|of|on))*"
        r" (?!spotify|youtube|apple|itunes)(?=\S)"
    ),
    re.compile(
        r"\bwhen (?:did|have|has|was)(?: [\w-]+){1,3}? (?P<order>last|first)"
        r" (?:talk|speak|spoken|mention|discuss|cover)(?:ed|ing)?(?: (?:about|of|on))* (?=\S)"
    ),
)
"""The start of "the latest episode about ..." and of "when did they first mention ...": the subject comes after it."""
FIRST = frozenset({"first", "earliest", "oldest"})

WHO_IS = re.compile(r"^(so )?(who (is|was|are)|whos|who s) (?P<name>.+?)( (anyway|again|even|btw|exactly))?$")
EPISODE_WITH = re.compile(
    r"^(so )?((is|are|was|were) there |do you have |have you got |show me |which |what |any |the |an |all |other )*"
    r"(episodes?|eps?|interviews?|shows?|ones?) (is |was |are |that |does |did )*"
    r"(with |has |have |had |features? |featuring |feat |ft |by |of |includes? )?"
    r"(?P<name>.+?)( (in|on|appear|appears|speak|speaks|talk|talks)( in| on)?( it)?)?$"
)
"""Asking for the episodes with somebody."""

LINK = _any_of(
    """
    links?|url|youtube|spotify|apple podcasts?
    (where|how) (can|do|could|should|to) (i |you |we |one )?(listen|watch|find|hear|see)( to)?( (it|this|the full|the|episode|show|podcast))*
    (listen|watch) to
    """
)
DATE = _any_of(
    r"""
    when (did|was|is|does|were)( (\d+|it|this|that|the|they|episode|podcast|show|ep|interview|one))*( (come|came|go|get|be|been|released?|publish(ed)?|aired?|record(ed)?|uploaded|posted|dropp?(ed)?|made|out|live|up))+
    (release|released|publish(ing|ed)?|publication|air|upload|recording) ?(date|day|time)?
    (what|which) (date|day|year)|date
    how (old|recent|new) is
    """
)
LENGTH = _any_of(
    "how (long|many (minutes|hours|mins|hrs))( (does|is|was|did|will) (it|this|that|the))?( (run|last|go|take))?|duration|run ?time|running time|length|lasts"
)
NUMBER = _any_of(
    """
    (what|which) (number|episode|ep|no)( (number|no|num))?( (is|was) (this|it|that))?
    (episode|ep|show) ?(number|num|no|nr)
    (is|was) (this|it|that) (the )?(episode|ep|number|no)
    number
    """
)
SUBTITLE = _any_of(
    "sub ?title|tag ?line|strapline|subheading|(line |text |description )?(under|below|beneath|underneath) the (title|headline)"
)
SHOW = _any_of(
    r"""
    (what|which|whose|whats|what is) (the |this )?(podcast|show|pod|series)( (is|was|called|named|name|this|it|the))*
    (name|title|called) (of )?(the|this) (podcast|show|pod|series)(?! (episode|ep)\b)
    (podcast|show|pod|series)( is)? (name|title|called)
    """
)
TITLE = _any_of("titles?|titled|called|named?|(whats|what is) (it|this|that) called")
PEOPLE = _any_of(
    """
    who (is|are|was|were) (in|talking|speaking|the people|the speakers?|the participants)
    whos (talking|speaking|in)
    (the )?(hosts? (and|or) (who (is|are|was) )?(the )?guest|guests? (and|or) (who (is|are|was) )?(the )?host)s?
    speakers?|participants?
    who (are they|is everyone|talks|speaks)
    """
)
GUEST = _any_of(
    r"""
    guests?( chair| seat| slot| spot)?|interviewees?|interviewed|interviewing|invited|invitee
    (who|whom|whos) (did|does|do|is|was|are|were|has|had)? ?(\w+ ){0,2}(talk|speak|chat|sit|talking|speaking|chatting|sitting|invite|have|had|hosting)( (to|with|on|down))+
    who else (was|is|came|comes|appears|appeared|joined|joins) (on|in)( (it|this|the show))?
    who (was|is|came|comes|went|gets|got|appears|appeared|joins|joined|did they have|shows up|showed up)( else)? on
    whos on
    who (came|appears|appeared|joins|joined)
    """
)
HOST = _any_of(
    """
    hosts?|hosting|hosted|presenters?|presents|interviewers?|moderators?|podcaster
    (who|whos) (runs?|asks|asked|asking|makes|made|does|is asking|was asking|is behind|leads|is running)( the)?( (questions|interview|show|podcast|interviewing))?
    """
)
SOURCE = _any_of(
    """
    sources?
    where (is|are|does|do|did) (this|that|it|these|you|your|the) ?(info|information|answers?|notes|quotes|words|all)? ?(come|from|get|got|know|taken)( (from|this|that|it))*
    how do you know( (this|that|it))?
    """
)
SUMMARY = _any_of(
    """
    summar(y|ies|i[sz]e|i[sz]ed)|tl ?dr|short version|in short|overview|gist|recap|synopsis|outline|description|in a nutshell
    (main |key |biggest |big )?(takeaways?|highlights?)
    (episode|show|podcast) (info|information|details|notes)
    (main|key|biggest|big) (points?|themes?|ideas?|messages?)
    sum (it |this |that |everything |all )?up
    (whats|what is|what was|what are|what were|what did|what do|what does|what|wats|tell me)( (all|it|this|that|they|the|he|we|she|happens|happened|goes|is|was|episode|podcast|show|ep|pod|interview|conversation|thing|one|two|guys|people|really|even|actually|mostly|mainly))* (about|in|on|discuss(ed)?|talk(ed|ing)?|cover(ed)?|focus|deal|going|say|said)
    about
    """
)

ABOUT_A_PERSON = re.compile(
    r"^(?:so )?(?:is|isnt|was|wasnt|are|were|how (?:old|tall|rich|much|many)|when (?:is|was)|where (?:is|was|do|does|did)"
    r"|(?:whats|what is|what was|give me|tell me) [\w-]+(?: [\w-]+)?s (?:\w+ )?(?:phone|number|address|email|age|wife|husband|salary))\b"
    r"(?!.*\b(?:say|says|said|think|thinks|talk|talks|mention|mentions)\b)"
)
"""A question about somebody and not for their words: "is Ann married"."""
SAYS_ABOUT = re.compile(
    r"\b(?:say|says|said|think|thinks|thought|talk|talks|talked|mention|mentions|mentioned|speak|speaks)"
    r" (?:\w+ )?(?:about|on|of) (?!it\b|that\b|this\b|them\b|the (?:episode|show|podcast)\b)(?=\S)"
)
"""Asking for words on a subject, even on one that a fact is asked by: "what did Ann say about hosting"."""
SAYING = re.compile(r"\b(say|said|says)\b")
WHAT_WAS_SAID = re.compile(r"\b(say|said|says)$")
"""The end of a question for all that was said, or for what was said on something named before."""

_SAYS = (
    r"(?:say|says|said|saying|think|thinks|thought|talk|talks|talked|mention|mentions|mentioned|tell|tells|told"
    r"|claim|claims|claimed|argue|argues|argued|believe|believes|believed|explain|explains|explained|feel|feels|felt"
    r"|describe|describes|described|discuss|discusses|discussed|recommend|recommends|recommended|suggest|suggests"
    r"|suggested|predict|predicts|predicted|like|likes|liked|love|loves|loved|hate|hates|hated|prefer|prefers)"
)
SPEAKING = tuple(
    re.compile(shape)
    for shape in (
        rf"\b(?:did|does|do|has|would|will) ([\w-]+)(?: (?:ever|really|actually|even|once|also))* {_SAYS}\b",
        r"\b([\w-]+) (?:takes?|thoughts?|opinions?|views?|stance|position|advice|words|quotes?|lines?|experience"
        r"|favou?rites?|predictions?|feelings?|best|wisest|funniest|finest|greatest)\b",
        rf"\b([\w-]+) (?:ever |really |actually |once |also )?{_SAYS}\b",
        r"\baccording to ([\w-]+)\b",
        r"\b(?:is|was) ([\w-]+) (?:ever |also )?(?:on|in)\b",
        r"\b(?:quotes?|lines?|words|anything|something|everything|all)(?: \w+){0,3}? (?:by|from|of) ([\w-]+)\b",
        r"\b(?:episodes?|eps?|interviews?|shows?|ones?)(?: \w+){0,3}? (?:with|featuring|feat|by|has|does) ([\w-]+)\b",
        r"^(?:so )?(?:who (?:is|was)|whos) ([\w-]+)$",
        r"^(?:and|(?:and )?(?:what|how) about) ([\w-]+)$",
    )
)
"""Where a word stands for somebody who speaks, if it is a name: "what did Ann say", "Ann's take on"."""

WHOSE_WORDS = re.compile(
    r"what (?:did|does|do|has|would) (?!(?:"
    r"they|he|she|it|we|you|u|i|the|this|that|these|those|your|my|people|folks|guys|guests?|hosts?|panel\w*|experts"
    r"|all|both|most|others?|any\w*|some\w*|every\w*)\b)"
    r"([\w.-]+(?: [\w.-]+){0,2}?) (?:say|says|said|think|thinks|mention|tell|tells|claim)\b"
)
"""The person, or whatever is taken for one, whose words a question asks for."""

VOCABULARY = _word_set(
    """
    about actually another anything called conversation date discuss discussed discussion duration else episode
    episodes exact guest guests hello highlights host hosts hours how interview interviewed interviewer latest length
    line link list listen long mention mentioned minutes more name newest number opinion overview please podcast
    published question quote quotes random really recap recorded released runtime said say show something source
    speaker spotify subjects subtitle summarize summary tagline takeaways talk talked tell thank thanks themes think
    thinks title topics verify watch what when where which who why youtube
    """
)
"""Words that questions are made of; spelling has to know them too."""
