"""What a guide fills of a ticket: what is empty, in the words its form takes; what was written stays."""

import pytest

from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.forms import HERE
from agent_desktop.tickets.guided import as_typed, fill
from agent_model.form import FieldKind, FormField, Option, TicketForm
from agent_model.guide import NO_ENDING, Ending
from agent_model.ticket import TicketType
from agent_model.words import Words
from tests.fakes import SetClock

LIGHTS = FormField(
    "lights",
    FieldKind.MULTI_CHOICE,
    Words("灯", "Lights"),
    options=(Option("los", Words("红灯", "Red")), Option("pon", Words("绿灯", "Green"))),
)
VISIT = FormField("visit", FieldKind.YES_NO, Words("上门", "Visit"))
SERIAL = FormField("serial", FieldKind.TEXT, Words("序列号", "Serial"))
CARD = FormField("card", FieldKind.BANK_CARD, Words("卡", "Card"))
DAY = FormField("day", FieldKind.DATE, Words("日期", "Day"))
FORM = TicketForm("fault.1", TicketType.FAULT, 1, (LIGHTS, VISIT, SERIAL, CARD, DAY), SetClock()(), "a-1")
ENDING = Ending("fault", "No light")


def test_empty_ticket_is_filled() -> None:
    guided = fill(TicketDraft("k"), ENDING, {"serial": "SN-7", "visit": "是"}, "Guide: Router", FORM, HERE)

    assert (guided.kept, guided.unfit) == ((), ())
    assert (guided.draft.category, guided.draft.subject) == ("fault", "No light")
    assert guided.draft.typed == {"serial": "SN-7", "visit": "yes"}
    assert guided.draft.description == "Guide: Router"


def test_what_was_written_stays_and_is_named() -> None:
    mine = TicketDraft("k", subject="Mine", category="billing", description="He is angry.", typed={"serial": "SN-1"})

    guided = fill(mine, ENDING, {"serial": "SN-7", "visit": "yes"}, "Guide: Router", FORM, HERE)

    assert guided.kept == ("category", "subject", "serial")
    assert (guided.draft.category, guided.draft.subject) == ("billing", "Mine")
    assert guided.draft.typed == {"serial": "SN-1", "visit": "yes"}
    assert guided.draft.description == "He is angry.\n\nGuide: Router"


def test_the_same_again_is_nothing_kept() -> None:
    mine = TicketDraft("k", subject="No light", category="fault", typed={"serial": "SN-7"})

    assert fill(mine, ENDING, {"serial": "SN-7"}, "", FORM, HERE).kept == ()


def test_what_the_form_does_not_take_is_named() -> None:
    answers = {"visit": "perhaps", "lights": "blue", "card": "6222021001116245", "day": "some day"}
    guided = fill(TicketDraft("k"), NO_ENDING, answers, "", FORM, HERE)

    assert guided.unfit == ("visit", "lights", "card", "day")
    assert guided.draft.typed == {}


def test_answer_without_a_field_stands_in_the_description_alone() -> None:
    guided = fill(TicketDraft("k"), NO_ENDING, {"mood": "calm"}, "- Mood: calm", FORM, HERE)

    assert (guided.draft.typed, guided.unfit, guided.draft.description) == ({}, (), "- Mood: calm")


@pytest.mark.parametrize(
    ("field", "answer", "typed"),
    [
        pytest.param(LIGHTS, "los pon", "los pon", id="several by id"),
        pytest.param(LIGHTS, "green", "pon", id="by its English name"),
        pytest.param(LIGHTS, "红灯", "los", id="by its Chinese name"),
        pytest.param(VISIT, "没有", "no", id="no"),
        pytest.param(SERIAL, "SN-7", "SN-7", id="text"),
    ],
)
def test_answer_is_typed_as_the_field_takes_it(field: FormField, answer: str, typed: str) -> None:
    assert as_typed(field, answer, HERE) == typed
