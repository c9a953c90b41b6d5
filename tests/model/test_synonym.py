"""Which words make a set that means the same."""

import pytest

from agent_model.synonym import Synonym, SynonymFault, SynonymWrong, faults, folded


@pytest.mark.parametrize(
    ("synonym", "expected"),
    [
        pytest.param(Synonym("s", ("充值", "交话费")), [], id="whole"),
        pytest.param(Synonym("s", ("充值",)), [SynonymFault("words", SynonymWrong.TOO_FEW)], id="one word"),
        pytest.param(
            Synonym("s", ("VIP", "ｖｉｐ")), [SynonymFault("words", SynonymWrong.TOO_FEW)], id="the same twice"
        ),
        pytest.param(
            Synonym("s", tuple(f"w{n}" for n in range(21))),
            [SynonymFault("words", SynonymWrong.TOO_MANY)],
            id="too many",
        ),
        pytest.param(
            Synonym("s", ("a", "b" * 41)), [SynonymFault("words", SynonymWrong.TOO_LONG, "b" * 40)], id="long word"
        ),
        pytest.param(
            Synonym("s", ("a", "b", "x\u202ey")),
            [SynonymFault("words", SynonymWrong.UNSEEN, "x\u202ey")],
            id="unseen sign",
        ),
        pytest.param(
            Synonym("s", ("a", "b", "?!")), [SynonymFault("words", SynonymWrong.UNSEEN, "?!")], id="no word at all"
        ),
        pytest.param(
            Synonym("s", ("a", "b"), "n" * 201), [SynonymFault("note", SynonymWrong.TOO_LONG)], id="long note"
        ),
    ],
)
def test_what_is_no_set_is_told(synonym: Synonym, expected: list[SynonymFault]) -> None:
    assert list(faults(synonym)) == expected


def test_words_are_compared_without_width_capitals_and_spaces() -> None:
    assert folded(" ＳＩＭ  Swap ") == "sim swap"
