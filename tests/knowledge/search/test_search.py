"""Finding what was said in a small library."""

import pytest

from bot.answering.thresholds import FOUND
from bot.understanding.manner import manner
from knowledge.model import EVERYWHERE, Episode, EpisodeId, ItemId, Passage, Quote, Scope
from knowledge.passages import Turn, passages
from knowledge.search import Search


def found(search: Search, question: str) -> str:
    ranking = search.find(question)
    return ranking.hits[0].item.id if ranking.hits else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what about China?", "notes/topic/china"),
        ("wat did they say abt chna", "notes/topic/china"),
        ("opensource", "notes/topic/open-source"),
        ("whats the bottleneck rn", "notes/topic/compute"),
    ],
)
def test_a_topic_is_found_by_any_of_its_names(search: Search, question: str, expected: str) -> None:
    ranking = search.find(question)

    assert ranking.hits[0].item.id == expected
    assert ranking.confidence > 0.8


def test_an_answer_is_found_by_the_question_before_it(search: Search) -> None:
    hits = search.find("does a beekeeper need a licence", scope=Scope(EpisodeId("talk"))).hits

    assert "licence" in getattr(hits[0].item, "text", "")


@pytest.mark.parametrize(
    "question",
    [
        "how do I cook rice",
        "did they discuss CUDA?",
        "did Jensen mention his leather jacket",
        "what does Lex Fridman say",
    ],
)
def test_common_words_and_names_are_no_answer(search: Search, question: str) -> None:
    assert search.find(question).confidence < 0.2


@pytest.mark.parametrize("question", ["what did they say about propolis?", "did anyone mention varnish", "propollis"])
def test_a_rare_word_that_is_said_once_is_found(question: str) -> None:
    said = [
        Turn("Ana", "Welcome back. Today is all about bees, and about what a winter does to them."),
        Turn("Bob", "They seal every crack with propolis, which people once used as varnish for violins."),
    ]
    search = Search.over(
        [Episode(EpisodeId("talk"), "Talk", "Show", "s")], passages(said, episode=EpisodeId("talk"), source="s")
    )

    assert search.find(question).confidence > 0.8
    assert search.find("did they mention honey for violins and cellos").confidence < FOUND


def test_one_episode_can_be_asked_alone(search: Search) -> None:
    ranking = search.find("China", scope=Scope(EpisodeId("talk")))

    assert all(hit.item.episode == "talk" for hit in ranking.hits)
    assert ranking.confidence < 0.2


def test_a_speaker_can_be_asked_for(search: Search) -> None:
    hits = search.find("bees honey", scope=Scope(speaker="Bob")).hits

    assert {hit.item.speaker for hit in hits if isinstance(hit.item, Passage)} == {"Bob Ray"}


def test_hits_come_most_confident_first(search: Search) -> None:
    confidences = [hit.confidence for hit in search.find("the bees and the honey in winter").hits]

    assert confidences == sorted(confidences, reverse=True)


@pytest.mark.parametrize("nothing", ["", "   ", "🐝🐝", "?!", "\x00\x1b[31m", "\ud800", "ربما"])
def test_words_that_say_nothing_find_nothing(search: Search, nothing: str) -> None:
    ranking = search.find(nothing)

    assert not ranking.hits
    assert not search.quotation(nothing, scope=EVERYWHERE)


def test_every_item_can_be_looked_up_again(search: Search) -> None:
    passage = search.get(ItemId("talk/passage/3"))

    assert isinstance(passage, Passage)
    assert passage.number == 3
    assert search.get(ItemId("notes/topic/china")) is not None
    assert search.get(ItemId("notes/topic/gone")) is None


def test_the_library_may_be_empty() -> None:
    empty = Search.over([])

    assert not empty.find("anything").hits
    assert not empty.quotation("anything at all", scope=EVERYWHERE)


def test_one_kind_can_be_asked_for(search: Search) -> None:
    hits = search.find("who controls the hardware", kinds=(Quote,)).hits

    assert [hit.item.id for hit in hits] == ["notes/quote/currency"]


def test_one_episodes_transcript_is_not_anothers(search: Search) -> None:
    hits = search.find("honey in winter", scope=Scope(EpisodeId("notes"))).hits

    assert not any(isinstance(hit.item, Passage) for hit in hits)


def test_neighbouring_passages_do_not_crowd_out_the_rest() -> None:
    episode = EpisodeId("long")
    filler = "and then we went on for a while about quite different things altogether you know " * 4
    texts = (
        ["the volcano erupted and the volcano smoked. " + filler] * 3 + [filler] * 20 + ["a volcano slept. " + filler]
    )
    said = passages([Turn(str(n), text) for n, text in enumerate(texts)], episode=episode, source="the transcript")
    search = Search.over([Episode(episode, "Fire", "Fire", "the transcript")], said)

    starts = [
        int(hit.item.speaker or 0) for hit in search.find("volcano", limit=3).hits if isinstance(hit.item, Passage)
    ]

    assert starts[0] < 3
    assert 23 in starts


def test_somebodys_name_alone_proves_nothing_in_an_episode_where_he_speaks(search: Search) -> None:
    assert search.find("Bob Ray", scope=Scope(EpisodeId("talk"))).confidence < 0.2


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("how many people are at the bottleneck", "bottleneck"),
        ("how many engineers does energy efficiency need", "energy efficiency"),
    ],
)
def test_a_note_without_the_number_asked_for_is_less_sure(search: Search, question: str, subject: str) -> None:
    assert search.find(question, manner=manner(question)).confidence < search.find(subject).confidence


@pytest.mark.parametrize("question", ["how did China start", "the story behind the name of China"])
def test_how_something_came_about_is_not_what_it_is(search: Search, question: str) -> None:
    assert search.find(question).confidence < search.find("what about China").confidence


def test_a_word_that_stands_nowhere_makes_a_match_less_sure(search: Search) -> None:
    about = search.find("open source models").confidence

    assert search.find("open source licences for models").confidence < about


def test_what_is_said_after_a_question_is_its_reply() -> None:
    said = passages(
        [
            Turn("Ana", "What grows on a balcony?"),
            Turn("Bob", "Thyme. And why thyme? It needs no water."),
            Turn("Ana", "And what else?"),
        ],
        episode=EpisodeId("talk"),
        source="s",
    )
    search = Search.over([Episode(EpisodeId("talk"), "Talk", "Show", "s")], said)

    assert list(search.replies(said)) == [said[1]]


@pytest.fixture
def described() -> Search:
    return Search.over(
        [
            Episode(
                EpisodeId("rust"),
                "Rust in the kernel with Miguel",
                "Kernel Talk",
                "the show's feed",
                summary="How drivers landed in Linux, and why the one for Apple's graphics came first.",
            ),
            Episode(
                EpisodeId("schedulers"), "Schedulers, explained", "Kernel Talk", "the show's feed", summary="On EEVDF."
            ),
        ]
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what did they say about schedulers", "schedulers"),
        ("anything on eevdf?", "schedulers"),
        ("why did the apple graphics drivers come first", "rust"),
        ("rsut in the kernal", "rust"),
    ],
)
def test_an_episode_is_found_by_its_title_and_summary(described: Search, question: str, expected: str) -> None:
    (id, confidence), *_ = described.about(question, scope=EVERYWHERE, limit=2)

    assert id == expected
    assert confidence > 0.7
    assert not described.find(question).hits


def test_a_title_that_shares_a_word_is_no_answer(described: Search) -> None:
    assert all(
        confidence < 0.5 for _, confidence in described.about("rust on old garden tools", scope=EVERYWHERE, limit=5)
    )
    assert described.about("and then?", scope=EVERYWHERE, limit=5) == ()
    assert described.about("schedulers", scope=Scope(EpisodeId("rust")), limit=5) == ()


def test_episodes_on_a_subject_are_those_that_are_about_it_too(described: Search) -> None:
    assert list(described.episodes("schedulers")) == ["schedulers"]


def test_two_people_who_have_a_name_together_are_not_somebody(search: Search) -> None:
    assert not search.find("honey", scope=Scope(speaker="Ann Ray"), kinds=(Passage,)).hits


def test_what_has_more_of_the_question_weighs_more(search: Search) -> None:
    one, several = (search.find(words, kinds=(Passage,)).hits[0] for words in ("crocuses", "queen until the crocuses"))

    assert 0 < one.weight < several.weight


@pytest.mark.parametrize(("question", "personal"), [("when does my flight leave", True), ("is my apiary legal", False)])
def test_what_is_in_the_library_s_own_words_is_not_about_what_is_the_asker_s(
    search: Search, question: str, *, personal: bool
) -> None:
    assert search.find(question, manner=manner(question)).asked.query.personal is personal


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("what is sync.Once for", {"sync", "onc"}),
        ("how slow is encoding/just", {"slow", "encod", "just"}),
        ("he and/or she", set()),
    ],
)
def test_every_part_of_a_name_of_code_tells_something(search: Search, question: str, telling: set[str]) -> None:
    assert set(search.find(question).asked.query.telling) == telling


def test_somebody_who_speaks_very_often_is_mentioned_only_where_somebody_says_the_name() -> None:
    bees, honey = EpisodeId("bees"), EpisodeId("honey")
    often = [
        Turn(who, f"Hive {n} is humming along nicely today. " * 9) for n in range(600) for who in ("Ann Lee", "Bob Ray")
    ]
    named = [Turn("Bob Ray", "I once met Ann Lee at a market, and she sold me wax."), Turn("Cora Lind", "Good wax.")]
    episodes = [Episode(each, each, "Hive Talk", "the transcript") for each in (bees, honey)]
    talk = {bees: often, honey: named}
    said = [each for id, turns in talk.items() for each in passages(turns, episode=id, source="the transcript")]
    search = Search.over(episodes, said)

    mentions = search.mentions("Ann Lee")

    assert mentions.episodes == (honey,)
    assert [each.text for each in mentions.passages] == ["I once met Ann Lee at a market, and she sold me wax."]
    assert search.mentions("Bob Ray").episodes == ()
