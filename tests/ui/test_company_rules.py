"""Rules of the company on one page: each kind by descriptions of its fields, kept while it is written, sent whole."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from agent_desktop.company_rules import KINDS, CompanyRule, NotARule, RuleKind, Shape, read, written
from agent_desktop.ui.company_rules.form import RuleForm
from agent_desktop.ui.company_rules.words import fault_word, field_word, hint, kind_word, part_word
from agent_desktop.ui.look import Look
from agent_desktop.ui.rail import Page
from agent_model.agent import Role
from agent_model.command import Command, CommandKind
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.ui.seat import AgentSeat

RANGE = {"platform": {"zh": "滴滴", "en": "Didi"}, "spans": ["1700001", "95013"], "is_on": True}
ORG = Scope("org")


@pytest.fixture
def seat(look: Look, tmp_path: Path, keep: Callable[[QWidget], QWidget]) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.ADMINISTRATOR)
    keep(made.window)
    made.mirror.apply(ORG, [Row("number_range", "didi", 3, RANGE)], None)
    yield made
    made.close()


def opened(seat: AgentSeat, entity: str = "number_range") -> RuleForm:
    seat.window.show_page(Page.RULES)
    page = seat.window.company_rules
    page.kinds.setCurrentIndex(page.kinds.findData(entity))
    assert seat.pump(lambda: page.form.rule is not None and page.form.rule.entity == entity)
    return page.form


def write(form: RuleForm, path: str, text: str) -> None:
    place: Any = form.places[path]
    (place.setPlainText if hasattr(place, "setPlainText") else place.setText)(text)


def sent(seat: AgentSeat) -> list[Command]:
    return seat.outbox.waiting(9)


def kind_of(entity: str) -> RuleKind:
    return next(kind for kind in KINDS if kind.entity == entity)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.entity for kind in KINDS])
def test_what_is_shipped_is_read_as_it_was_written(kind: RuleKind) -> None:
    bodies = dict(kind.shipped) or {"didi": RANGE}
    for id_, body in bodies.items():
        rule = CompanyRule(kind.entity, id_, body)
        assert read(kind, rule, {field.path: written(field, body) for field in kind.fields}) == body


@pytest.mark.parametrize("kind", KINDS, ids=[kind.entity for kind in KINDS])
def test_every_field_and_part_has_words(kind: RuleKind) -> None:
    paths = [field.path for field in kind.fields]
    tables = [field for field in kind.fields if field.shape is Shape.TABLE]
    assert kind_word(kind.entity) != kind.entity
    assert [path for path in paths if field_word(path) == path] == []
    assert [field.path for field in tables if not hint(field)] == []
    assert [part.path for field in tables for part in field.parts if part_word(part.path) == ""] == []


@pytest.mark.parametrize(
    ("entity", "path", "text", "fault"),
    [
        ("number_range", "spans", "17", ("spans.0", "too_short")),
        ("number_range", "platform.en", "", ("platform.en", "missing")),
        ("identity_rule", "levels", "1 | 基本 | Basic | 1 | more", ("levels", "not_readable")),
        ("identity_rule", "wrong_a_day", "many", ("wrong_a_day", "not_readable")),
        ("identity_rule", "disclosure", "7 | phones", ("disclosure", "unknown_level")),
        ("desk_policy", "bulk_change", "-1", ("", "out_of_range")),
        ("desk_policy", "exports", "list | tickets | boss | 1 | 2", ("exports", "not_readable")),
        ("follow_up_plan", "attempts", "0", ("", "out_of_range")),
    ],
)
def test_what_does_not_do_is_told_by_its_field(entity: str, path: str, text: str, fault: tuple[str, str]) -> None:
    kind = kind_of(entity)
    id_, body = next(iter(kind.shipped.items()), ("didi", RANGE))
    said = {field.path: written(field, body) for field in kind.fields} | {path: text}
    with pytest.raises(NotARule) as caught:
        read(kind, CompanyRule(entity, id_, body), said)
    assert dict(caught.value.faults) == dict([fault])
    assert fault_word(*fault).endswith(".")


def test_range_is_changed_by_keys_and_only_what_is_different_is_sent(seat: AgentSeat) -> None:
    form = opened(seat)
    write(form, "spans", "1700001\n95013\n1700002")
    seat.window._submit()

    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert (command.entity, command.id, command.kind, command.base_version) == (
        "number_range", "didi", CommandKind.UPDATE, 3
    )  # fmt: skip
    assert {name: change.new for name, change in command.fields.items()} == {"spans": ["1700001", "95013", "1700002"]}
    assert seat.pump(lambda: form.rule is not None and not form.rule.is_begun)


def test_new_range_is_made_whole(seat: AgentSeat) -> None:
    form = opened(seat)
    seat.window.company_rules.new.click()
    write(form, "platform.zh", "美团")
    write(form, "platform.en", "Meituan")
    write(form, "spans", "17100")
    form.send()

    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert command.kind is CommandKind.CREATE
    assert {name: change.new for name, change in command.fields.items()} == {
        "platform": {"zh": "美团", "en": "Meituan"},
        "spans": ["17100"],
        "is_on": True,
    }


def test_fault_is_a_sentence_and_nothing_is_sent(seat: AgentSeat) -> None:
    form = opened(seat)
    write(form, "spans", "12")
    form.send()

    assert seat.pump(lambda: "line 1" in form.outcome.full_text)
    assert sent(seat) == []


def test_what_is_begun_outlives_the_page_and_is_let_go(seat: AgentSeat) -> None:
    form = opened(seat)
    write(form, "platform.en", "Didi Chuxing")
    seat.window.show_page(Page.WORKSPACE)
    assert seat.pump(lambda: bool(seat.outbox.drafts("company_rule.number_range")))
    room = seat.rooms.company_rules
    [rule] = room.all(kind_of("number_range"))
    assert rule.written is not None
    assert rule.written["platform.en"] == "Didi Chuxing"

    seat.window.show_page(Page.RULES)
    form.discard.click()
    assert seat.pump(lambda: not seat.outbox.drafts("company_rule.number_range"))
    assert seat.pump(lambda: form.said["platform.en"] == "Didi")


def test_rows_that_come_do_not_touch_what_is_being_written(seat: AgentSeat) -> None:
    form = opened(seat)
    write(form, "platform.en", "Didi Chuxing")
    seat.mirror.apply(ORG, [Row("number_range", "didi", 4, {**RANGE, "spans": ["1700009"]})], None)
    seat.workspace.company_rules.read_again()
    QTest.qWait(0)
    form.send()

    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert set(command.fields) == {"platform"}
    assert command.base_version == 3


def test_desk_policy_says_who_may_copy(seat: AgentSeat) -> None:
    form = opened(seat, "desk_policy")
    ticks = form.places["copies"].ticks  # type: ignore[union-attr]
    ticks[Role.AGENT].setChecked(False)
    form.send()

    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert (command.entity, command.id, command.kind) == ("desk_policy", "site", CommandKind.CREATE)
    assert "agent" not in command.fields["copies"].new


@pytest.mark.parametrize(
    ("role", "entities"),
    [
        (Role.ADMINISTRATOR, ["number_range", "identity_rule", "desk_policy"]),
        (Role.TEAM_LEAD, ["follow_up_plan"]),
        (Role.AGENT, []),
    ],
)
def test_page_is_there_for_who_may_change_something(
    look: Look, tmp_path: Path, keep: Callable[[QWidget], QWidget], role: Role, entities: list[str]
) -> None:
    made = AgentSeat(tmp_path / role, look, role=role)
    keep(made.window)
    offered, kinds = made.window.rail.offers(Page.RULES), made.rooms.company_rules.kinds
    made.close()

    assert (offered, [kind.entity for kind in kinds]) == (bool(entities), entities)
