"""A line without what is not seen in it."""

import pytest

from agent_model.plain_line import LONGEST, is_plain_line, plain_line


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" 王芳 ", "王芳"),
        ("\u202d138 0000 0001\u202c", "138 0000 0001"),
        ("王\u200b芳\ufeff", "王芳"),
        ("王芳\r\n海岚通信", "王芳 海岚通信"),
        ("\u200b\u2060", ""),
        ("欧阳\u3000娜娜", "欧阳\u3000娜娜"),
    ],
    ids=["spaces", "turned", "no width", "two lines", "nothing", "a wide space"],
)
def test_what_is_not_seen_goes(written: str, plain: str) -> None:
    assert plain_line(written) == plain
    assert is_plain_line(plain_line(written))


@pytest.mark.parametrize("written", ["王\u200b芳", "\u202e芳王", "王\n芳", "王" * (LONGEST + 1)])
def test_what_would_hide_something_is_no_plain_line(written: str) -> None:
    assert not is_plain_line(written)
