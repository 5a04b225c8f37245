from __future__ import annotations

import pytest

from core.morphology.lemmas import is_russian, lemma, lemmatised

REFERENCES = {
    "комментариями": "комментарий",
    "лучшая": "лучший",
    "стали": "стать",
    "пошел": "пойти",
    "людей": "человек",
    "россии": "россия",
    "лайкнул": "лайкнуть",
}

FORMS = {
    "человек": "человека человеку людей людьми людям",
    "ребенок": "ребенка ребенку детям детьми дети",
    "город": "города городу городов городами",
    "дорога": "дороги дорогу дорогой дорог",
    "школа": "школы школу школе школами",
    "деньги": "денег деньгам деньгами",
    "время": "времени временем времена",
    "мать": "матери матерью матерей",
    "друг": "друга друзья друзей друзьями",
    "брат": "брата братья братьев братьям",
    "день": "дня дню дней днями",
    "год": "года году годов годами",
    "цена": "цены цену ценой ценам",
    "вода": "воды воду водой",
    "слово": "слова слову словами",
    "окно": "окна окну окон",
    "сталь": "стали сталью",
    "стать": "стали стал станет станут",
    "идти": "иду идет шел шла шли идите",
    "пойти": "пошел пошла пойду пойдем",
    "ехать": "еду едет ехал",
    "есть": "ем ест едят ел ели",
    "писать": "пишу пишет писал пишите",
    "читать": "читаю читает читал читая читающий",
    "сделать": "сделал сделают сделанный сделавшая",
    "хотеть": "хочу хочет хотят хотел",
    "купить": "куплю купит купили купленный",
    "продавать": "продаю продает продавали",
    "красивый": "красивая красивого красивее красива красивейший",
    "хороший": "хорошая хорошего лучше лучшая хороших",
    "плохой": "плохая плохие хуже худший",
    "большой": "большая больших больше",
    "важный": "важная важнее важнейшая наиважнейший",
    "русский": "русская русских русскому",
    "новый": "новая нового новейший",
    "россия": "россии россию россией",
    "путин": "путина путину путиным",
    "москва": "москвы москве москву",
    "лайк": "лайка лайки лайков лайкам",
    "вайб": "вайба вайбом вайбы",
    "зумер": "зумеры зумеров зумерам",
    "тикток": "тиктоке тиктока тиктоки",
    "донатить": "доначу донатит донатил донатят",
    "хайпануть": "хайпанул хайпанули хайпанет",
    "мудак": "мудака мудаки мудаков",
    "заебать": "заебал заебали заебет",
}


@pytest.mark.parametrize(("form", "expected"), REFERENCES.items())
def test_reference_lemmas_hold(form: str, expected: str) -> None:
    """A form has the lemma that the reference names."""
    assert lemma(form) == expected


@pytest.mark.parametrize(("base", "forms"), FORMS.items())
def test_every_form_finds_its_word(base: str, forms: str) -> None:
    """A search for a word finds each of its forms: they have a lemma in common."""
    sought = set(next(lemmatised([base])))
    missed = [form for form in forms.split() if not sought & set(next(lemmatised([form])))]
    assert missed == []


def test_an_ambiguous_form_belongs_to_both_words() -> None:
    """A form of two words has both as lemmas, the likelier one first."""
    assert next(lemmatised(["стали"])) == ["стать", "сталь"]


def test_noise_readings_are_left_out() -> None:
    """A reading that nearly never is meant is no lemma: "нее" is not the river Нея."""
    assert next(lemmatised(["нее"])) == ["она"]


@pytest.mark.parametrize("word", ["вайб", "кринж", "вк", "жкх", "тц", "абырвалг"])
def test_an_unknown_word_in_the_nominative_keeps_its_form(word: str) -> None:
    """A noun that the dictionary lacks is not taken for a genitive plural."""
    assert lemma(word) == word


@pytest.mark.parametrize(
    ("word", "expected"), [("давай-ка", "давать"), ("он-то", "он"), ("скажи-ка", "сказать")]
)
def test_a_particle_does_not_hide_its_word(word: str, expected: str) -> None:
    """A word with a particle after a hyphen has the lemma of the word."""
    assert lemma(word) == expected


@pytest.mark.parametrize("name", ["киев", "берлин", "сочи", "маша", "паша", "путин"])
def test_names_in_small_letters_are_names(name: str) -> None:
    """A frequent name is its own lemma, though its letters can be a form of another word."""
    assert lemma(name) == name


def test_lemmas_have_no_yo() -> None:
    """Lemmas are written with "е" for "ё", as the words of comments are."""
    assert lemma("детьми") == "ребенок"
    assert lemma("еще") == "еще"


def test_new_words_are_known() -> None:
    """Slang counts as Russian, what is no word does not."""
    assert is_russian("вайбом")
    assert not is_russian("вфывфы")
