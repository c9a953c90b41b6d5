"""Characters are read, and typed letters cut, as a person in the trade would."""

import pytest

from agent_desktop.knowledge import pinyin


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("断流", "duan liu"),
        ("重新开通", "chong xin kai tong"),
        ("重要", "zhong yao"),
        ("银行", "yin hang"),
        ("还款", "huan kuan"),
        ("还是", "hai shi"),
        ("长途", "chang tu"),
        ("部长", "bu zhang"),
        ("绿色", "lv se"),
        ("斷網", "duan wang"),
    ],
)
def test_characters_are_read_as_their_word_wants(written: str, spelt: str) -> None:
    assert pinyin.read(written) == spelt.split()


@pytest.mark.parametrize(
    ("typed", "cut"),
    [
        ("duanliu", ("duan", "liu")),
        ("wangluod", ("wang", "luo", "d")),
        ("xian", ("xian",)),
        ("printer", ()),
        ("5g", ()),
        ("", ()),
    ],
)
def test_letters_are_cut_into_the_fewest_syllables(typed: str, cut: tuple[str, ...]) -> None:
    assert pinyin.syllables_of(typed) == cut
