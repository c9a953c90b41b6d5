"""Reads the characters of Chinese names as pinyin: some are read otherwise in a surname, or in either of two ways."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from agent_desktop.knowledge import pinyin

_CHARACTERS = "单解仇查朴翟祭盖区覃缪折种重员召秘洗黑贲乐晟盛繁谌隗车薄柏曾尉万长茜朝行吕卜都郇乜那"
# fmt: off
_READ_ALSO = (
    """shan xie qiu zha piao zhai zhai ge ou qin miao she chong chong yun shao bi xian he fei yue sheng cheng po shen
    wei ju bo bo zeng yu mo zhang xi zhao hang lyu bu du xun nie nuo""".split()  # noqa: SIM905
)
# fmt: on
_ALSO: Final[Mapping[str, str]] = dict(zip(_CHARACTERS, _READ_ALSO, strict=True))


@lru_cache(maxsize=20_000)
def readings(character: str) -> tuple[str, ...]:
    """The syllables that one character of a name may stand for, the likeliest first; none where nobody can read it."""
    read = pinyin.read(character)
    return (*read, _ALSO[character]) if read and character in _ALSO else tuple(read)
