from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from core.morphology.swearing import INSULT, OBSCENE, THREAT, THREAT_WORD, tagged, tags

_OBSCENE_WORDS = """
    хуй хуйня хуево нахуй похуй охуел ахуенно нихуя дохуя хуячить хуле пизда пиздец спиздил пиздатый
    распиздяй пездец ебать ебаный заебал наебали уебок долбоеб проебал съебался выебывается еблан ебанутый
    отъебись приебался бля блять блядь выблядок проблядь мудак мудила манда залупа дрочить гондон говно
    говнюк жопа насрать обосрал засранец срач ссать обоссанный хер похер херня сука сучка пидор пидорас
    педик
"""
OBSCENE_WORDS = _OBSCENE_WORDS.split()

_INSULTS = """
    дурак дура дурачок идиот идиотка дебил дебилы кретин даун дегенерат тупой тупица тупые безмозглый
    недоумок болван придурок козел баран осел скотина быдло свинья сволочь тварь мразь мразота гнида гадина
    паскуда подонок ублюдок выродок урод уродина отребье ничтожество падаль стерва проститутка шлюха дрянь
    негодяй мерзавец подлец шваль отморозок чмо чмошник лох лохи терпила холуй паразит нищеброд алкаш
    ушлепок упырь мудак гондон говноед бестолочь бездарь жируха хохлы кацап жид чурка ватники либераст
    школота сопляк заткнись клоун мразям долбоебы
"""
INSULTS = _INSULTS.split()

_INNOCENT = """
    застрахуй подстрахуй страхуй психуй плохую сухую тихую глухую оскорблять употреблять углублять рубля
    сабля корабля команда мандат мандарин хлебал потребовать требовать колебать мебель ребенок себе себя
    себестоимость небо небеса веб вебинар учебник лебедь бляха бляшка скипидар застрахуйте художник худой
    хуже хутор ухудшить духи ухо тухлый пастух собрала выбрала сразу сравнить сражение срам ссылка ссуда
    рассада массаж касса хлеб дебаты бедность херсон херувим мудрый мудрость гандбол подушка педагог педаль
    пиджак сук сучок ступить тупик козлов баранка осень осло уродился гадать гадание свинина скотовод идиома
    сволок команды мандраж употреблял сабли жидкость жидкий хохот хохлома лохматый лохнесс чумовой дурман
    дурно дурь манна манеж похудеть подхватить охрана блокада облако ябеда ябедничать победа обеденный беда
    обезьяна тебе
"""
INNOCENT = _INNOCENT.split()

_THREATS = """
    убью прибью зарежу задушу застрелю закопаю повешу взорву сдохни сдохните подохни умри убейся повесься
"""
THREATS = _THREATS.split()
NO_THREATS = [
    "убил",
    "убьет",
    "убийца",
    "повесил",
    "взрыв",
    "умер",
    "смерть",
    "закопали",
    "сдох",
    "зарезали",
    "задушил",
]

PHRASES = [
    "чтоб ты сдох",
    "да чтоб вы все сдохли",
    "тебе конец",
    "я тебя найду",
    "найду и закопаю",
    "найду тебя и прибью",
    "голову оторву",
    "сломаю тебе ноги",
    "всех их надо расстрелять",
    "вешать таких надо",
    "к стенке всех",
    "гори в аду",
    "смерть предателям",
    "я знаю где ты живешь",
    "ходи и оглядывайся",
]
NO_PHRASES = [
    "ноги сломаю на вашей лестнице",
    "я его найду и верну деньги",
    "конец фильма",
    "нашел и купил",
    "кот сдох вчера",
    "надо посадить деревья",
    "за что вас любить",
    "расстрел демонстрации в девятьсот пятом",
    "скоро конец света",
    "где ты живешь",
]


@pytest.mark.parametrize("word", OBSCENE_WORDS)
def test_obscene_words_are_tagged(word: str) -> None:
    """Swearing in any form carries the tag."""
    assert tags(word) & OBSCENE


@pytest.mark.parametrize("word", INSULTS)
def test_insults_are_tagged(word: str) -> None:
    """A word that is meant to hurt carries the tag."""
    assert tags(word) & INSULT


@pytest.mark.parametrize("word", INNOCENT)
def test_innocent_words_are_not_tagged(word: str) -> None:
    """A word that only has the letters of a root inside carries no tag."""
    assert tags(word) == 0


@pytest.mark.parametrize("word", THREATS)
def test_threats_are_in_the_first_person_or_the_imperative(word: str) -> None:
    """What the writer says they will do, or tells another to do, is a threat word."""
    assert tags(word) & THREAT_WORD


@pytest.mark.parametrize("word", NO_THREATS)
def test_reports_of_violence_are_no_threats(word: str) -> None:
    """What somebody did or suffered is no threat word."""
    assert not tags(word) & THREAT_WORD


@pytest.mark.parametrize("text", PHRASES)
def test_threatening_phrases_are_found(text: str) -> None:
    """A threat of several words is found, by both engines of patterns."""
    assert re.search(THREAT, text)
    assert pc.match_substring_regex(pa.scalar(text), pattern=THREAT).as_py()


@pytest.mark.parametrize("text", NO_PHRASES)
def test_harmless_phrases_are_not(text: str) -> None:
    """The same words without a threat are not found, by both engines of patterns."""
    assert not re.search(THREAT, text)
    assert not pc.match_substring_regex(pa.scalar(text), pattern=THREAT).as_py()


def test_one_word_and_many_are_tagged_alike() -> None:
    """The column and the single word have the same tags, and every hyphenated part counts."""
    words = [*OBSCENE_WORDS, *INSULTS, *INNOCENT, *THREATS, "дед-дурак", "как-нибудь"]
    assert tagged(pa.array(words)).to_pylist() == [tags(word) for word in words]
    assert tags("дед-дурак") == INSULT
