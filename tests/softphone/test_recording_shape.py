"""What a recording looks like: how loud each side is, long silences, talking at once."""

from pathlib import Path

import pytest

from agent_desktop.softphone.recording.sealed import WrongKeyError
from agent_desktop.softphone.recording.shape import Shape, shape_of, shaped
from tests.softphone.recorded import KEY, written

LOUD, QUIET = bytes([40]), bytes([0])


def test_both_legs_of_a_recording_are_seen(tmp_path: Path) -> None:
    shape = shape_of(written(tmp_path / "one.adr", 500, 900, 8.0), KEY)
    assert 79 <= len(shape.agent) == len(shape.others) <= 81
    assert min(shape.agent[5:70]) > 5
    assert [(begin, round(end)) for begin, end in shape.at_once] == [(0.0, 8)]
    assert shape.silences == ()


def test_where_nothing_was_kept_is_silent(tmp_path: Path) -> None:
    shape = shape_of(written(tmp_path / "one.adr", 500, 900, 12.0, pause_s=(4.0, 9.0)), KEY)
    [(begin, end)] = shape.silences
    assert (round(begin), round(end)) == (4, 9)


def test_it_opens_with_its_key_alone(tmp_path: Path) -> None:
    with pytest.raises(WrongKeyError):
        shape_of(written(tmp_path / "one.adr", 500, 900, 1.0), bytes(32))


@pytest.mark.parametrize(
    ("agent", "others", "silences", "at_once"),
    [
        (LOUD * 50, QUIET * 50, (), ()),
        (LOUD * 10 + QUIET * 29 + LOUD, QUIET * 40, (), ()),
        (LOUD * 10 + QUIET * 30 + LOUD, QUIET * 41, ((1.0, 4.0),), ()),
        (QUIET * 20 + LOUD * 8, LOUD * 20 + LOUD * 8, (), ((2.0, 2.8),)),
        (QUIET * 20 + LOUD * 7, LOUD * 20 + LOUD * 7, (), ()),
        (LOUD * 5 + QUIET * 5 + LOUD * 5, LOUD * 15, (), ((0.0, 1.5),)),
        (b"", b"", (), ()),
    ],
    ids=["one_speaks", "short_silence", "long_silence", "at_once", "word_of_assent", "breath_between", "nothing"],
)
def test_stretches_are_told_from_how_loud_each_side_is(
    agent: bytes, others: bytes, silences: tuple[object, ...], at_once: tuple[object, ...]
) -> None:
    assert shaped(agent, others) == Shape(agent, others, silences, at_once)  # type: ignore[arg-type]
