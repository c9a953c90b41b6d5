"""What is a macro, and what its placeholders do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.braces import fill, has_stray, named
from agent_model.macro import PLACEHOLDERS, Macro, MacroFault, MacroWrong, faults
from agent_model.ticket import TicketStatus, TicketType
from agent_model.words import Words

MACRO = Macro("m-1", "sl", Words("已受理", "Received"), Words("{customer.name}，您好", "Dear {customer.name}"))
KNOWN = st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=12))
PIECES = st.lists(
    st.one_of(
        st.sampled_from(sorted(PLACEHOLDERS)).map(lambda name: f"{{{name}}}"),
        st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=8),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"code": ""}, MacroFault("code", MacroWrong.MISSING)),
        ({"code": "a b"}, MacroFault("code", MacroWrong.BAD_CODE)),
        ({"code": "/a"}, MacroFault("code", MacroWrong.BAD_CODE)),
        ({"code": "x" * 17}, MacroFault("code", MacroWrong.TOO_LONG)),
        ({"title": Words("", "Received")}, MacroFault("title.zh", MacroWrong.MISSING)),
        ({"title": Words("题" * 41, "Received")}, MacroFault("title.zh", MacroWrong.TOO_LONG)),
        ({"text": Words(" ", "")}, MacroFault("text.zh", MacroWrong.MISSING)),
        ({"text": Words("", "x" * 4001)}, MacroFault("text.en", MacroWrong.TOO_LONG)),
        ({"text": Words("{customer.name", "")}, MacroFault("text.zh", MacroWrong.STRAY_BRACE)),
        (
            {"text": Words("", "{customer.mood}")},
            MacroFault("text.en", MacroWrong.UNKNOWN_PLACEHOLDER, "customer.mood"),
        ),
        ({"text": Words("{}", "")}, MacroFault("text.zh", MacroWrong.UNKNOWN_PLACEHOLDER)),
        ({"queues": ("q",) * 51}, MacroFault("queues", MacroWrong.TOO_MANY)),
        ({"status": TicketStatus.CLOSED}, MacroFault("status", MacroWrong.FORBIDDEN)),
    ],
    ids=lambda value: value.field + "-" + value.wrong if isinstance(value, MacroFault) else "",
)
def test_what_is_wrong_is_said_by_its_field(changes: dict[str, object], fault: MacroFault) -> None:
    assert faults(replace(MACRO, **changes)) == (fault,)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [Words("你好", ""), Words("", "Hello")], ids=["Chinese", "English"])
def test_macro_in_one_language_is_a_macro(text: Words) -> None:
    assert faults(replace(MACRO, text=text)) == ()


def test_macro_is_offered_where_its_types_and_queues_are() -> None:
    macro = replace(MACRO, types=(TicketType.FAULT,), queues=("vip",))
    assert macro.is_for(TicketType.FAULT, "vip")
    assert macro.is_for(None, None)
    assert not macro.is_for(TicketType.PRAISE, "vip")
    assert not macro.is_for(TicketType.FAULT, "support")
    assert MACRO.is_for(TicketType.PRAISE, "support")


@given(PIECES, KNOWN)
def test_every_placeholder_is_filled_or_still_to_be_seen(pieces: list[str], said: dict[str, str]) -> None:
    text = "".join(pieces)
    filled = fill(text, said)
    expected = "".join(
        said.get(piece[1:-1], piece) if piece.startswith("{") and piece.endswith("}") else piece for piece in pieces
    )
    assert filled == expected
    assert named(text) == tuple(piece[1:-1] for piece in pieces if piece.startswith("{"))


@given(PIECES)
def test_text_of_words_and_placeholders_is_a_macro(pieces: list[str]) -> None:
    text = "x" + "".join(pieces)
    assert faults(replace(MACRO, text=Words(text, ""))) == ()


@given(st.text("{}a.cutomernm ", max_size=30))
def test_text_of_a_macro_names_nothing_unknown(text: str) -> None:
    found = {fault.wrong for fault in faults(replace(MACRO, text=Words(text, "x")))}
    is_whole = not has_stray(text) and set(named(text)) <= PLACEHOLDERS
    assert (not found) == is_whole


@given(st.text(max_size=20))
def test_word_with_braces_of_its_own_is_not_filled_again(word: str) -> None:
    said = {"customer.name": "{agent.name}" + word, "agent.name": "secret"}
    assert fill("{customer.name}", said) == "{agent.name}" + word
