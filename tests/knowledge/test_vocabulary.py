"""Names: every alias means its own thing, and look-alikes are kept apart."""

from __future__ import annotations

import pytest

from knowledge.text import words_of
from knowledge.vocabulary import Vocabulary


def places(phrase: str, vocabulary: Vocabulary) -> set[str]:
    return {
        meaning.id for meaning in vocabulary.phrases.meanings(words_of(phrase)) if meaning.kind == "place"
    }


@pytest.mark.parametrize(
    ("alias", "place"),
    [
        ("Raqqa", "raqqa"),
        ("Ar-Raqqah", "raqqa"),
        ("RAQA", "raqqa"),
        ("الرقة", "raqqa"),
        ("Deir ez-Zor", "dayr-az-zawr"),
        ("Dayr az Zawr", "dayr-az-zawr"),
        ("Der Ezzor", "dayr-az-zawr"),
        ("deirezzor", "dayr-az-zawr"),
        ("Al-Qa’im", "qaim"),
        ("Baiji", "bayji"),
        ("Tal'Afar", "tal-afar"),
        ("Tel Afar", "tal-afar"),
        ("Albu Kamal", "abu-kamal"),
        ("Kobanê", "kobani"),
        ("Irak", "iraq"),
        ("Syria & Iraq", "iraq-and-syria"),
        ("الموصل", "mosul"),
        ("OIR", "operation-inherent-resolve"),
    ],
)
def test_an_alias_names_one_place(vocabulary: Vocabulary, alias: str, place: str) -> None:
    assert places(alias, vocabulary) == {place}


@pytest.mark.parametrize(
    "word", ["Iran", "Yemen", "strike", "Mosel", "Qamishl", "Xanadu", "Syrian", "capital", ""]
)
def test_another_word_names_no_place_of_the_record(vocabulary: Vocabulary, word: str) -> None:
    assert places(word, vocabulary) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iraq", "Iran"),
        ("Qaim", "Qamishli"),
        ("Tal Afar", "Tal Abyad"),
        ("Haditha", "Haditha Dam"),
        ("Tabqah", "Tabqa Dam"),
        ("Hit", "Hama"),
        ("Homs", "Hama"),
        ("Dayr az Zawr", "Dayr Hafir"),
        ("Rawah", "Raqqa"),
    ],
)
def test_look_alikes_mean_different_places(vocabulary: Vocabulary, one: str, other: str) -> None:
    assert not places(one, vocabulary) & places(other, vocabulary)


@pytest.mark.parametrize("word", ["iran", "striker", "mosque", "irak", "raqqa", "qamishli", "strike"])
def test_a_known_or_foreign_word_is_never_corrected_to_a_look_alike(
    vocabulary: Vocabulary, word: str
) -> None:
    correction = vocabulary.phrases.correction(word)
    look_alikes = {"iran": "iraq", "striker": "strike", "mosque": "mosul", "qamishli": "qaim"}
    assert correction is None or correction.word != look_alikes.get(word)


@pytest.mark.parametrize(
    ("wrong", "right"), [("mosel", "mosul"), ("syira", "syria"), ("engagments", "engagements")]
)
def test_a_misspelt_name_is_corrected(vocabulary: Vocabulary, wrong: str, right: str) -> None:
    correction = vocabulary.phrases.correction(wrong)
    assert correction is not None
    assert correction.word == right


def test_every_place_is_found_by_its_own_name(vocabulary: Vocabulary) -> None:
    lost = [p.name for p in vocabulary.places.values() if p.id not in places(p.name, vocabulary)]
    assert lost == []


def test_every_metric_is_found_by_its_own_name(vocabulary: Vocabulary) -> None:
    meant = {m.id: vocabulary.phrases.meanings(words_of(m.plural)) for m in vocabulary.metrics.values()}
    for metric in ("strikes", "engagements", "weapons_released", "sorties"):
        assert metric in {meaning.id for meaning in meant[metric]}


def test_the_cities_of_a_country_are_its_own(vocabulary: Vocabulary) -> None:
    assert "mosul" in vocabulary.cities_of("iraq")
    assert "mosul" not in vocabulary.cities_of("syria")
    assert not set(vocabulary.cities_of("iraq")) & set(vocabulary.cities_of("syria"))
