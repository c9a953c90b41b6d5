"""Texts that nobody sees."""

import pytest

from agent_model.blank import is_blank


@pytest.mark.parametrize(
    "text", ["", " ", "\t\n", "\u3000", "\u200b\u200d", "\ufeff", "\u3164", "\u2800", "\u202e", "\u00ad"], ids=ascii
)
def test_text_without_a_shape_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["x", " 网 ", "\u200b.", "0", "👍", "é"], ids=ascii)
def test_text_with_one_sign_that_is_seen_is_not_blank(text: str) -> None:
    assert not is_blank(text)
