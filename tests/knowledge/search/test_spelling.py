"""Mending a question's spelling by the words that a library has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Episode, EpisodeId, ItemId, Passage, Scope, Topic
from knowledge.search import Search
from knowledge.search.spelling import Correction, Speller, Vocabulary
from knowledge.search.words import split


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("wat did they say abt chna", "what did they say about china"),
        ("enrgy eficiency", "energy efficiency"),
        ("powerconsumption", "power consumption"),
        ("who is the guset", "who is the guest"),
        ("jenson huang", "jensen huang"),
        ("trainning of modells", "training of models"),
        ("Do the bees, in wintre, sleep?", "Do the bees, in winter, sleep?"),
    ],
)
def test_a_misspelt_word_becomes_the_nearest_that_is_known(search: Search, typed: str, understood: str) -> None:
    assert search.spell(typed).text == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("sikology", "psychology"),
        ("nollij", "knowledge"),
        ("skedule", "schedule"),
        ("kubernetties", "kubernetes"),
        ("kwestion", "question"),
        ("masheen", "machine"),
    ],
)
def test_a_word_written_by_ear_becomes_the_one_that_sounds_like_it(typed: str, understood: str) -> None:
    words = ("psychology", "knowledge", "schedule", "kubernetes", "question", "machine")
    others = ("sociology", "college", "skeleton", "cabinets", "caution", "mashing")

    assert Vocabulary(dict.fromkeys((*words, *others), 20)).nearest(typed) == understood


def test_a_letter_beside_the_one_that_was_meant_is_a_likelier_slip_than_any_other() -> None:
    vocabulary = Vocabulary({"solder": 5, "solver": 5})

    assert vocabulary.nearest("solger") == "solver"  # "g" is beside "v"
    assert vocabulary.nearest("solser") == "solder"  # "s" is beside "d"


@pytest.mark.parametrize(
    ("typed", "corrections"),
    [
        ("what did they say about Beez", ()),
        ("what did they say about beez", (Correction("beez", "bees"),)),
        ("Beez in winter", (Correction("Beez", "bees"),)),
        ("tell me more. Beez in winter", (Correction("Beez", "bees"),)),
        ("What Did They Say About Beez", (Correction("Beez", "bees"),)),
        ("Beez", (Correction("Beez", "bees"),)),
        ("BEEZ", (Correction("BEEZ", "bees"),)),
        ("who is Jenson Huang", (Correction("Jenson", "jensen"),)),
    ],
)
def test_a_capital_that_no_sentence_begins_with_makes_a_name_likelier(
    search: Search, typed: str, corrections: tuple[Correction, ...]
) -> None:
    assert search.spell(typed).corrections == corrections


def test_what_was_taken_for_a_name_in_a_question_is_one_when_its_subject_is_searched_for(search: Search) -> None:
    assert search.spell("is it about Beez in winter").text == "is it about Beez in winter"
    assert search.find("Beez in winter").understood.text == "Beez in winter"


@pytest.mark.parametrize("typed", ["Marimo", "Loïc", "loïc", "Hono"])
def test_a_name_that_the_library_lacks_is_none_that_it_has(typed: str) -> None:
    people = {f"name{number}" for number in range(2_500)} | {"mario"}
    said = {**_MUCH_SAID, **dict.fromkeys(people, 1), "mario": 31, "mariko": 6, "logic": 2_519, "honor": 300}
    vocabulary = Vocabulary(said, people)
    speller = Speller(vocabulary, vocabulary.__contains__, lambda *_: False)

    assert not speller.understand(f"what is {typed}").corrections


def test_the_names_in_a_pasted_message_are_left_alone_wherever_they_stand() -> None:
    vocabulary = Vocabulary({**_MUCH_SAID, "resolve": 400, "error": 900})
    speller = Speller(vocabulary, vocabulary.__contains__, lambda *_: False)

    assert not speller.understand("npm ERR! code ERESOLVE npm ERR! ERESOLVE unable").corrections
    assert speller.understand("npm err! eresolve unable").corrections
    assert speller.understand("ERESOLVE").corrections == (Correction("ERESOLVE", "resolve"),)


def test_a_name_with_a_capital_is_no_ordinary_word_and_may_be_a_misspelt_term() -> None:
    said = {**_MUCH_SAID, "valley": 97, "kubernetes": 3_500}
    vocabulary = Vocabulary(said)
    speller = Speller(vocabulary, vocabulary.__contains__, lambda *_: False)

    assert not speller.understand("what is Valkey").corrections
    assert speller.understand("what is valkey").corrections == (Correction("valkey", "valley"),)
    assert speller.understand("what is Kuberntes").corrections == (Correction("Kuberntes", "kubernetes"),)


def test_good_english_that_a_library_lacks_is_left_alone(search: Search) -> None:
    understood = search.spell("rice, jacket, leather and hover")

    assert not understood.corrections
    assert understood.unknown == ("rice", "jacket", "leather", "hover")


def test_a_correction_names_the_typed_and_the_known_word(search: Search) -> None:
    assert search.spell("Chna!").corrections == (Correction("Chna", "china"),)


def test_two_words_that_the_library_writes_as_one_are_joined(search: Search) -> None:
    assert search.spell("an api ary").text == "an apiary"
    assert search.spell("vete rinry office").text == "veterinary office"


def test_two_words_that_mean_something_each_are_not_joined(search: Search) -> None:
    assert search.spell("chna enrgy").text == "china energy"


@pytest.fixture
def written_both_ways() -> Search:
    sentences = ["The database is open source."] * 50 + ["A frontend, a front end."] * 40 + ["A data base, opensource."]
    sentences += ["A backend."] * 40 + ["A back end."] * 9 + ["He has ChatGPT in VS Code."] * 30 + ["Vim vs. vscode."]
    long = " well" * 60  # each is a stretch of talk by itself
    passages = (
        Passage(ItemId(f"talk/passage/{number}"), EpisodeId("talk"), number, sentence + long, "the transcript")
        for number, sentence in enumerate(sentences)
    )
    return Search.over([Episode(EpisodeId("talk"), "Talk", "Show", "the transcript")], passages)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("which data base?", "which database?"),
        ("a data-base", "a database"),
        ("is it opensource?", "is it open source?"),
        ("the database is open source", "the database is open source"),
        ("the front end, or the frontend", "the front end, or the frontend"),
        ("is a back end", "is a backend"),
        ("what of chat gpt?", "what of chatgpt?"),
        ("is vscode good", "is vs-code good"),
        ("vim vs VS Code?", "vim vs vs-code?"),
        ("vim vs emacs", "vim vs emacs"),
        ("big data. Base it on", "big data. Base it on"),
    ],
)
def test_words_are_taken_apart_and_put_together_as_the_library_mostly_writes_them(
    written_both_ways: Search, typed: str, understood: str
) -> None:
    assert written_both_ways.spell(typed).text == understood


@pytest.mark.parametrize("typed", ["vscode", "VS Code", "vs-code"])
def test_a_word_that_mostly_begins_a_name_in_the_library_has_to_be_there(written_both_ways: Search, typed: str) -> None:
    asked = written_both_ways.find(written_both_ways.spell(f"is {typed} slow").text).asked

    assert asked.query.telling.keys() >= {"vs", "code"}


def test_another_right_spelling_of_a_word_is_no_mistake(search: Search) -> None:
    assert not search.spell("colonise, imposters and mice").corrections


def test_numbers_and_very_short_words_are_never_corrected() -> None:
    vocabulary = Vocabulary({"2025": 9, "ai": 9, "gpu": 9})

    assert vocabulary.nearest("2026") is None
    assert vocabulary.nearest("ae") is None


def test_an_abbreviation_of_three_letters_is_left_alone_unless_two_are_swapped() -> None:
    vocabulary = Vocabulary({"gpu": 9, "and": 9})

    assert vocabulary.nearest("gup") == "gpu"
    assert vocabulary.nearest("gpt") is None
    assert vocabulary.nearest("amd") is None


# As often as in twenty million words of talk about software.
_MUCH_SAID = {"work": 32_851, "each": 6_358, "miss": 849, "emacs": 294, "erlang": 594, "the": 20_000_000}


@pytest.mark.parametrize("typed", ["mise", "niri"])
def test_a_short_word_that_much_talk_lacks_is_a_name_rather_than_a_slip(typed: str) -> None:
    assert Vocabulary({**_MUCH_SAID, "nir": 9, "hong": 35}).nearest(typed) is None


def test_a_rare_word_is_asked_about_rather_than_a_common_one() -> None:
    assert Vocabulary(_MUCH_SAID).nearest("eacs") == "emacs"


def test_one_name_of_thousands_is_no_likelier_than_what_is_talked_about() -> None:
    names = {f"name{number}" for number in range(3_000)} | {"eran"}

    assert Vocabulary(_MUCH_SAID | dict.fromkeys(names, 1), names).nearest("erang") == "erlang"


@pytest.mark.parametrize("typed", ["x" * 2_000, "wok" * 300])
def test_a_word_of_any_length_is_looked_at(typed: str) -> None:
    assert Vocabulary(_MUCH_SAID).nearest(typed) is None


def test_swapped_letters_beat_other_slips() -> None:
    vocabulary = Vocabulary({"from": 5, "farm": 5, "form": 5})

    assert vocabulary.nearest("frmo") == "from"


@given(st.text(max_size=80))
def test_any_text_can_be_mended(search: Search, text: str) -> None:
    understood = search.spell(text)

    assert set(understood.unknown) <= set(split(text))
    assert all(correction.typed in text for correction in understood.corrections)


@pytest.mark.parametrize(
    ("after", "understood"),
    [("mat", "ryer"), ("the", "river"), ("", "river")],
    ids=["a first name", "a word", "nothing"],
)
def test_after_a_first_name_a_surname_is_likelier_than_an_ordinary_word(after: str, understood: str) -> None:
    vocabulary = Vocabulary(_MUCH_SAID | {"river": 300, "ryer": 3, "mat": 3, "the": 9_000}, {"mat", "ryer"})

    assert vocabulary.nearest("rier", after=after) == understood


def test_the_words_of_the_episode_asked_about_are_preferred() -> None:
    def about(id: str, subject: str) -> Episode:
        topic = Topic(ItemId(f"{id}/topic/one"), EpisodeId(id), subject.title(), f"All about {subject}.", "the notes")
        return Episode(EpisodeId(id), subject, "Nature", "the notes", topics=(topic,))

    search = Search.over((about("mammals", "zabbras"), about("fish", "zebbris")))

    assert search.spell("zebbras", scope=Scope(EpisodeId("mammals"))).text == "zabbras"
    assert search.spell("zebbras", scope=Scope(EpisodeId("fish"))).text == "zebbris"
    assert search.find("zebbras", scope=Scope(EpisodeId("fish"))).understood.text == "zebbris"


def test_a_single_capital_is_a_name_and_no_word_in_a_hurry(search: Search) -> None:
    assert search.spell("how fast is R").text == "how fast is R"
    assert search.spell("how r u").text == "how are you"


def test_a_word_made_of_two_that_are_known_is_no_slip_in_another() -> None:
    said = "**Ann:** Bookkeeping is dull. My bee is keeping me awake, and keeping a bee takes time."
    passage = Passage(ItemId("a/passage/0"), EpisodeId("a"), 0, said, "talk")
    small = Search.over([Episode(EpisodeId("a"), "A", "Hive Talk", "notes")], [passage])

    assert small.spell("beekeeping").text == "beekeeping"
    assert small.spell("bokkeeping").text == "bookkeeping"
