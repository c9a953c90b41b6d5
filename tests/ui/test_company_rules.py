"""Rules of the company on one page: each kind by descriptions of its fields, kept while it is written, sent whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from agent_desktop.company_rules.fields import CompanyRule, NotARule, RuleKind, Shape, read, written
from agent_desktop.company_rules.kinds import KINDS
from agent_desktop.ui.alert_words import limit_word
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.company_rules.entries import EntryRows
from agent_desktop.ui.company_rules.form import RuleForm
from agent_desktop.ui.company_rules.words import choices, fault_word, field_word, kind_word, part_word
from agent_desktop.ui.widgets.choice import Named, Pick
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextLine
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.alert import LIMITS, SHIPPED, AlertKind
from agent_model.body import to_body
from agent_model.command import Command, CommandKind
from agent_model.floor_policy import FloorPolicy
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat

RANGE = {"platform": {"zh": "滴滴", "en": "Didi"}, "spans": ["1700001", "95013"], "is_on": True}
CODE = {
    "name": {"zh": "账单已解释", "en": "Bill explained"},
    "parent": "bill",
    "short": "111",
    "position": 1,
    "queues": ["billing"],
    "category": None,
    "calls_back": False,
    "is_on": True,
}
QUEUE: dict[str, Any] = {
    "wrap_up_s": 60,
    "after_call": {
        "mode": "time_boxed",
        "extend_s": 30,
        "extensions": None,
        "stays": False,
        "needs_disposition": False,
    },
    "bounds": [{"figure": "waiting", "warn": 3, "bad": 8}],
}
QUIZ: dict[str, Any] = {
    "title": {"zh": "每周测验", "en": "Weekly quiz"},
    "count": 10,
    "banks": ["written"],
    "topics": ["退款"],
    "quotas": [{"topic": "退款", "count": 3}],
    "language": "",
    "weekly": {"weekday": 1, "at": "09:00"},
    "due_days": 7,
    "pass_mark": 80,
    "retakes": 1,
    "time_limit_min": 20,
    "rest_weeks": 4,
    "teams": ["home"],
    "is_on": True,
}
COURSE: dict[str, Any] = {
    "title": {"zh": "退款", "en": "Refunds"},
    "articles": ["kb-refund"],
    "quiz": "qz-1",
    "due_days": 14,
    "is_on": True,
}
COURSE_RULE: dict[str, Any] = {
    "course": "co-1",
    "why": "quality",
    "words": ["退款"],
    "times": 3,
    "within_days": 14,
    "is_on": True,
}
BODIES: dict[str, Any] = {"number_range": RANGE, "wrap_up_code": {**CODE, "parent": None, "queues": []}, "queue": QUEUE}
BODIES |= {"quiz": QUIZ, "course": COURSE, "course_rule": COURSE_RULE}
ORG = Scope("org")


@pytest.fixture
def seat(look: Look, tmp_path: Path) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.ADMINISTRATOR)
    made.mirror.apply(ORG, [Row("number_range", "didi", 3, RANGE)], None)
    yield made
    made.close()


def opened(seat: AgentSeat, entity: str = "number_range") -> RuleForm:
    seat.window.show_page(Page.RULES)
    page = seat.window.pages.rules
    page.kinds.setCurrentIndex(page.kinds.findData(entity))
    assert seat.pump(lambda: page.form.rule is not None and page.form.rule.entity == entity)
    return page.form


def write(form: RuleForm, path: str, text: str) -> None:
    place: Any = form.places[path]
    (place.setPlainText if hasattr(place, "setPlainText") else place.setText)(text)


def sent(seat: AgentSeat) -> list[Command]:
    return seat.outbox.waiting(9)


def menus_of(form: RuleForm) -> list[QMenu]:
    return form.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)


def kind_of(entity: str) -> RuleKind:
    return next(kind for kind in KINDS if kind.entity == entity)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.entity for kind in KINDS])
def test_what_is_shipped_is_read_as_it_was_written(kind: RuleKind) -> None:
    bodies = dict(kind.shipped) or {"one": BODIES[kind.entity]}
    for id_, body in bodies.items():
        rule = CompanyRule(kind.entity, id_, body)
        assert read(kind, rule, {field.path: written(field, body) for field in kind.fields}) == body


@pytest.mark.parametrize("kind", KINDS, ids=[kind.entity for kind in KINDS])
def test_every_field_and_part_has_words(kind: RuleKind) -> None:
    paths = [field.path for field in kind.fields]
    tables = [field for field in kind.fields if field.shape is Shape.TABLE]
    assert kind_word(kind.entity) != kind.entity
    assert [path for path in paths if field_word(path) == path] == []
    parts = [part for field in tables for part in field.parts]
    assert [part.path for part in parts if not part_word(part.path)] == []
    offered = {field.offered for field in kind.fields} | {part.offered for part in parts}
    offered -= {"", "course", "queue", "quiz", "team", "ticket_category", "whom", "wrap_up_code"}
    assert offered <= choices().keys()


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
        ("wrap_up_code", "parent", "bill", ("parent", "unknown_parent")),
        ("wrap_up_code", "position", "first", ("position", "not_readable")),
        ("alert_rule", "limit", "9", ("limit", "out_of_range")),
        ("alert_rule", "quiet_min", "1441", ("quiet_min", "out_of_range")),
        ("queue", "wrap_up_s", "3601", ("wrap_up_s", "out_of_range")),
        ("queue", "after_call.mode", "forever", ("", "not_readable")),
    ],
)
def test_what_does_not_do_is_told_by_its_field(entity: str, path: str, text: str, fault: tuple[str, str]) -> None:
    kind = kind_of(entity)
    id_, body = next(iter(kind.shipped.items()), ("one", BODIES.get(entity, {})))
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
    seat.window.pages.rules.new.click()
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


ALERTS = kind_of("alert_rule")
BAD_LINES = CompanyRule("alert_rule", "bad_lines", ALERTS.shipped["bad_lines"])


@pytest.mark.parametrize("text", ["1.0", "3，5", " 4.5 "])
def test_decimal_is_read_with_either_sign(text: str) -> None:
    said = {field.path: written(field, BAD_LINES.body) for field in ALERTS.fields} | {"poor_mos": text}

    assert read(ALERTS, BAD_LINES, said)["poor_mos"] == float(text.replace("，", "."))


@pytest.mark.parametrize(
    ("text", "code"),
    [("0.9", "out_of_range"), ("4.51", "out_of_range"), ("nan", "out_of_range"), ("good", "not_readable")],
)
def test_sound_beyond_what_a_line_comes_to_is_a_fault(text: str, code: str) -> None:
    said = {field.path: written(field, BAD_LINES.body) for field in ALERTS.fields} | {"poor_mos": text}

    with pytest.raises(NotARule) as caught:
        read(ALERTS, BAD_LINES, said)

    assert dict(caught.value.faults) == {"poor_mos": code}


def test_what_does_not_count_stays_as_it_was() -> None:
    said = {field.path: written(field, BAD_LINES.body) for field in ALERTS.fields}
    said |= {"kind": "long_call", "limit": "60", "poor_mos": "", "within_min": "soon"}

    assert read(ALERTS, BAD_LINES, said) == {**BAD_LINES.body, "kind": "long_call", "limit": 60}


def test_rule_of_a_cache_from_before_has_the_usual_sound(lead: AgentSeat) -> None:
    body = {name: value for name, value in BAD_LINES.body.items() if name != "poor_mos"}
    lead.mirror.apply(ORG, [Row("alert_rule", "bad_lines", 2, body)], None)
    form = opened(lead, "alert_rule")
    lead.window.pages.rules.rule_taken.emit("bad_lines")
    assert lead.pump(lambda: form.rule is not None and form.rule.id == "bad_lines")
    assert form.said["poor_mos"] == "3.1"

    write(form, "poor_mos", "2.8")
    form.send()

    assert lead.pump(lambda: bool(sent(lead)))
    [command] = sent(lead)
    assert {name: change.new for name, change in command.fields.items()} == {"poor_mos": 2.8}


def test_form_asks_for_what_counts_and_says_what_may_be_written(lead: AgentSeat) -> None:
    form = opened(lead, "alert_rule")
    kind = form.places["kind"]
    assert isinstance(kind, Pick)
    kind.setCurrentIndex(kind.findData("long_call"))
    asked = {path: not place.isHidden() for path, place in form.places.items()}
    kind.setCurrentIndex(kind.findData("bad_lines"))
    after = {path: not place.isHidden() for path, place in form.places.items()}

    assert (asked["within_min"], asked["poor_mos"], asked["limit"]) == (False, False, True)
    assert False not in after.values()
    assert form.places["limit"].accessibleDescription() == "1 to 10000"
    assert "1.0 to 4.5" in form.places["poor_mos"].accessibleDescription()


@pytest.mark.parametrize("kind", AlertKind)
def test_limit_of_an_alert_says_what_it_counts_in_and_begins_with_what_is_usual(
    lead: AgentSeat, kind: AlertKind
) -> None:
    form = opened(lead, "alert_rule")
    write(form, "limit", str(form.said["limit"]))
    pick = form.places["kind"]
    assert isinstance(pick, Pick)
    pick.setCurrentIndex(pick.findData(kind.value))

    usual = next(rule.limit for rule in SHIPPED if rule.kind is kind)
    assert form.said["limit"] == str(usual)
    assert form._labels["limit"].full_text == form.places["limit"].accessibleName() == limit_word(kind)
    assert form.places["limit"].accessibleDescription() == f"{LIMITS[kind][0]} to {LIMITS[kind][-1]}"


def test_limit_that_was_written_stays_when_the_kind_is_another(lead: AgentSeat) -> None:
    form = opened(lead, "alert_rule")
    write(form, "limit", "77")
    pick = form.places["kind"]
    assert isinstance(pick, Pick)
    pick.setCurrentIndex(pick.findData("service_level"))

    assert form.said["limit"] == "77"


def test_fault_stands_beneath_its_field(lead: AgentSeat) -> None:
    form = opened(lead, "alert_rule")
    write(form, "limit", "1")
    form.send()

    beneath = form._wrong["limit"]
    assert lead.pump(lambda: beneath.isVisibleTo(form))
    assert beneath.full_text == fault_word("limit", "out_of_range")
    assert sent(lead) == []


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


def test_rule_in_the_form_is_told_to_be_open_in_the_list(seat: AgentSeat) -> None:
    opened(seat)
    rules = seat.window.pages.rules.rules

    assert rules.has_open
    assert rules.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "Didi, open"


def test_earlier_version_of_a_disposition_is_written_into_the_form_and_not_saved(seat: AgentSeat) -> None:
    name, at = {"zh": "账单已说明", "en": "Bill told"}, "2026-11-20T02:00:00.000Z"
    body = {**CODE, "parent": None, "queues": []}
    seat.server.kept_rows = (
        Row("wrap_up_code", "code", 1, {**body, "name": name, "changed_by": "zhou.min", "changed_at": at}),
    )
    seat.mirror.apply(ORG, [Row("wrap_up_code", "code", 2, body)], None)
    form = opened(seat, "wrap_up_code")
    form.earlier.click()
    assert seat.pump(lambda: bool(menus_of(form)))
    [menu] = menus_of(form)
    [version] = menu.actions()
    version.trigger()
    menu.close()

    assert version.text() == "Version 1, by zhou.min on 20 Nov"
    assert form.said["name.en"] == "Bill told"
    assert seat.pump(lambda: bool(seat.outbox.drafts("company_rule.wrap_up_code")))
    assert sent(seat) == []


def test_rule_that_keeps_no_versions_offers_none(seat: AgentSeat) -> None:
    assert opened(seat).earlier.isHidden()


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
    ("role", "fields"),
    [
        (Role.ADMINISTRATOR, ["told", "limits", "steering_told", "steering_limits"]),
        (Role.DUTY_MANAGER, ["steering_limits"]),
    ],
)
def test_limits_beside_calls_are_set_by_both_and_send_nothing_else(
    look: Look, tmp_path: Path, role: Role, fields: list[str]
) -> None:
    made = AgentSeat(tmp_path / role, look, role=role)
    form = opened(made, "floor_policy")
    table = form.places["steering_limits"]
    table.show_text("agent | a-1007 | message")  # type: ignore[union-attr]
    form.send()
    is_sent = made.pump(lambda: bool(sent(made)))
    [command] = sent(made)
    made.close()

    assert is_sent
    assert [name for name in form.places if name in ("told", "limits", "steering_told", "steering_limits")] == fields
    assert command.fields["steering_limits"].new == [{"of": "agent", "id": "a-1007", "acts": ["message"]}]
    assert (set(command.fields) == {"steering_limits"}) is (role is Role.DUTY_MANAGER)


@pytest.mark.parametrize(
    ("role", "entities"),
    [
        (
            Role.ADMINISTRATOR,
            [
                "number_range",
                "identity_rule",
                "desk_policy",
                "floor_policy",
                "article_policy",
                "care_policy",
                "wrap_up_code",
                "queue",
                "break_reason",
                "alert_rule",
            ],
        ),
        (
            Role.DUTY_MANAGER,
            [
                "floor_policy",
                "article_policy",
                "care_policy",
                "follow_up_plan",
                "wrap_up_code",
                "queue",
                "break_reason",
                "alert_rule",
                "quiz",
                "course",
                "course_rule",
            ],
        ),
        (
            Role.TEAM_LEAD,
            [
                "follow_up_plan",
                "wrap_up_code",
                "queue",
                "break_reason",
                "alert_rule",
                "quiz",
                "course",
                "course_rule",
            ],
        ),
        (Role.EDITOR, ["quiz", "course", "course_rule"]),
        (Role.AGENT, []),
    ],
)
def test_page_is_there_for_who_may_change_something(
    look: Look, tmp_path: Path, role: Role, entities: list[str]
) -> None:
    made = AgentSeat(tmp_path / role, look, role=role)
    offered, kinds = made.window.rail.offers(Page.RULES), made.rooms.company_rules.kinds
    made.close()

    assert (offered, [kind.entity for kind in kinds]) == (bool(entities), entities)


def of_the_company(made: AgentSeat) -> None:
    """A queue of the own team and another, a tree of three."""
    rows = [
        Row("queue", "billing", 2, {**QUEUE, "name": {"zh": "账单", "en": "Billing"}, "team": ME.team, "segments": []}),
        Row("queue", "vip", 1, {**QUEUE, "name": {"zh": "贵宾", "en": "VIP"}, "team": "others", "segments": []}),
        Row("wrap_up_code", "z-bill", 1, {**CODE, "name": {"zh": "账单", "en": "Bills"}, "parent": None, "short": ""}),
        Row("wrap_up_code", "explained", 4, {**CODE, "parent": "z-bill"}),
        Row("wrap_up_code", "other", 1, {**CODE, "parent": None, "short": "9", "position": 2}),
    ]
    made.mirror.apply(ORG, rows, None)


@pytest.fixture
def lead(look: Look, tmp_path: Path) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.TEAM_LEAD)
    of_the_company(made)
    yield made
    made.close()


def test_dispositions_stand_as_their_tree(lead: AgentSeat) -> None:
    opened(lead, "wrap_up_code")
    room = lead.rooms.company_rules
    assert [(rule.id, rule.depth) for rule in room.all(kind_of("wrap_up_code"))] == [
        ("z-bill", 0),
        ("explained", 1),
        ("other", 0),
    ]


def test_disposition_is_moved_and_kept_to_queues_by_picking(lead: AgentSeat) -> None:
    form = opened(lead, "wrap_up_code")
    lead.window.pages.rules.rule_taken.emit("explained")
    parent, queues = form.places["parent"], form.places["queues"]
    assert isinstance(parent, Pick)
    assert isinstance(queues, Several)
    assert (parent.currentText(), queues.chosen) == ("Bills", ("billing",))
    parent.setCurrentIndex(parent.findData("other"))
    queues._menu.actions()[0].trigger()
    form.send()

    assert lead.pump(lambda: bool(sent(lead)))
    [command] = sent(lead)
    assert (command.entity, command.id, command.base_version) == ("wrap_up_code", "explained", 4)
    assert {name: change.new for name, change in command.fields.items()} == {"parent": "other", "queues": []}


def test_new_disposition_may_be_a_trunk_of_every_queue(lead: AgentSeat) -> None:
    form = opened(lead, "wrap_up_code")
    lead.window.pages.rules.new.click()
    write(form, "name.zh", "其他")
    write(form, "name.en", "Others")
    form.send()

    assert lead.pump(lambda: bool(sent(lead)))
    [command] = sent(lead)
    made = {name: change.new for name, change in command.fields.items()}
    assert command.kind is CommandKind.CREATE
    assert (made["name"], made["parent"], made["queues"], made["is_on"]) == (
        {"zh": "其他", "en": "Others"}, None, [], True
    )  # fmt: skip


def test_lead_is_offered_the_own_teams_queues(lead: AgentSeat) -> None:
    room = lead.rooms.company_rules
    assert [rule.id for rule in room.all(kind_of("queue"))] == ["billing"]


def test_after_call_work_of_a_queue_is_changed(lead: AgentSeat) -> None:
    form = opened(lead, "queue")
    mode = form.places["after_call.mode"]
    assert isinstance(mode, Pick)
    mode.setCurrentIndex(mode.findData("no_early_exit"))
    write(form, "after_call.extensions", "2")
    form.send()

    assert lead.pump(lambda: bool(sent(lead)))
    [command] = sent(lead)
    assert command.fields["after_call"].new == {**QUEUE["after_call"], "mode": "no_early_exit", "extensions": 2}
    assert set(command.fields) == {"after_call"}


def test_queue_without_dispositions_does_not_wait_for_one(lead: AgentSeat) -> None:
    lead.mirror.apply(ORG, [Row("wrap_up_code", "explained", 5, {**CODE, "parent": "z-bill", "is_on": False})], None)
    lead.mirror.apply(ORG, [Row("wrap_up_code", "other", 2, {**CODE, "parent": None, "queues": ["vip"]})], None)
    form = opened(lead, "queue")
    form.places["after_call.needs_disposition"].setChecked(True)  # type: ignore[union-attr]
    form.send()

    assert lead.pump(lambda: "no disposition" in form.outcome.full_text)
    assert sent(lead) == []


def test_entries_of_a_table_are_picked_added_and_taken_away(seat: AgentSeat) -> None:
    form = opened(seat, "identity_rule")
    rows = form.places["disclosure"]
    assert isinstance(rows, EntryRows)
    before = len(rows.rows)
    rows.add.click()
    level, field = rows.rows[-1]
    assert isinstance(level, TextLine)
    assert isinstance(field, Pick)
    level.setText("1")
    field.setCurrentIndex(field.findData("email"))
    assert rows.text.splitlines()[-1] == "1 | email"
    form.send()

    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert command.fields["disclosure"].new[before:] == [{"level": 1, "field": "email"}]


def test_table_of_exports_reads_as_it_was_written(seat: AgentSeat) -> None:
    form = opened(seat, "desk_policy")
    rows = form.places["exports"]
    assert isinstance(rows, EntryRows)
    shipped = kind_of("desk_policy").shipped["site"]
    [field] = [field for field in kind_of("desk_policy").fields if field.path == "exports"]
    assert rows.text == written(field, shipped)
    rows._remove(0)
    assert rows.text.splitlines() == str(written(field, shipped)).splitlines()[1:]


def test_quiz_without_a_day_is_drawn_only_where_it_is_assigned_and_a_link_names_its_article() -> None:
    quiz, course = (next(kind for kind in KINDS if kind.entity == entity) for entity in ("quiz", "course"))
    said = {field.path: written(field, QUIZ) for field in quiz.fields} | {"weekly.weekday": "", "weekly.at": ""}
    assert read(quiz, CompanyRule("quiz", "qz-1", QUIZ), said)["weekly"] is None
    said = {field.path: written(field, COURSE) for field in course.fields} | {"articles": "kb:kb-a\nkb-b"}
    assert read(course, CompanyRule("course", "co-1", COURSE), said)["articles"] == ["kb-a", "kb-b"]


def test_half_a_day_of_drawing_is_said_at_its_field() -> None:
    quiz = next(kind for kind in KINDS if kind.entity == "quiz")
    said = {field.path: written(field, QUIZ) for field in quiz.fields} | {"weekly.weekday": "8"}
    with pytest.raises(NotARule) as wrong:
        read(quiz, CompanyRule("quiz", "qz-1", QUIZ), said)
    assert wrong.value.faults == {"weekly.at": "out_of_bounds"}


def test_team_lead_writes_a_quiz_that_is_sent_whole(look: Look, tmp_path: Path) -> None:
    seat = AgentSeat(tmp_path / "lead", look, role=Role.TEAM_LEAD)
    try:
        form = opened_new(seat, "quiz")
        write(form, "title.zh", "每周测验")
        write(form, "count", "5")
        form.save_wanted.emit()
        assert seat.pump(lambda: [command.entity for command in seat.outbox.waiting(10)] == ["quiz"])
        [command] = seat.outbox.waiting(10)
        assert command.kind is CommandKind.CREATE
        assert (command.fields["count"].new, command.fields["weekly"].new) == (5, None)
    finally:
        seat.close()


def opened_new(seat: AgentSeat, entity: str) -> RuleForm:
    seat.window.show_page(Page.RULES)
    page = seat.window.pages.rules
    assert seat.pump(lambda: page.kinds.findData(entity) >= 0)
    page.kinds.setCurrentIndex(page.kinds.findData(entity))
    page.new.click()
    assert seat.pump(lambda: page.form.rule is not None and page.form.rule.entity == entity)
    return page.form


def limits_of(seat: AgentSeat) -> EntryRows:
    """The table of limits beside calls, with a line that is about an agent and nobody yet."""
    table = opened(seat, "floor_policy").places["steering_limits"]
    assert isinstance(table, EntryRows)
    table.show_text("agent | | message")
    return table


def whom_of(table: EntryRows) -> Named:
    [(_, whom, _)] = table.rows
    assert isinstance(whom, Named)
    return whom


def test_whom_a_limit_is_about_is_looked_up_by_a_part_of_the_name(seat: AgentSeat) -> None:
    table = limits_of(seat)
    whom = whom_of(table)
    whom.setFocus()
    QTest.keyClicks(whom, "zhou")
    QTest.keyClick(whom, Qt.Key.Key_Return)
    assert whom.currentText() == "Zhou Min 1007"
    assert table.text == "agent | a-1007 | message"

    [(of, _, _)] = table.rows
    assert isinstance(of, Pick)
    of.setCurrentIndex(of.findData("team"))
    assert table.text == "team |  | message"
    assert whom.findText("Zhou Min 1007") < 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("agent | Nobody Here | message", "nobody and no team here is called so. Choose from the list."),
        ("agent |  | message", "choose whom it is about."),
        ("agent | a-1007 | message\nagent | a-1007 | state", "line 2: something stands here twice."),
    ],
    ids=["unknown", "nobody", "twice"],
)
def test_limit_of_nobody_is_refused_with_a_sentence_and_stays_as_written(
    seat: AgentSeat, line: str, words: str
) -> None:
    table = limits_of(seat)
    form = seat.window.pages.rules.form
    table.show_text(line)
    form.send()
    assert seat.pump(lambda: words in form.outcome.full_text)
    assert table.text == line
    assert sent(seat) == []


def test_duty_manager_is_not_stopped_by_limits_that_only_administrators_change(look: Look, tmp_path: Path) -> None:
    made = AgentSeat(tmp_path, look, role=Role.DUTY_MANAGER)
    gone = {"of": "agent", "id": "who.left", "acts": []}
    made.mirror.apply(ORG, [Row("floor_policy", "site", 3, {**to_body(FloorPolicy()), "limits": [gone]})], None)
    table = limits_of(made)
    table.show_text("team | home | state")
    made.mirror.apply(ORG, [Row("team", "home", 1, {"name": {"zh": "一组", "en": "Home"}})], None)
    made.window.pages.rules.form.send()
    is_sent = made.pump(lambda: bool(sent(made)))
    made.close()

    assert is_sent


def test_time_zone_of_a_plan_is_looked_up_and_an_unknown_one_is_refused(look: Look, tmp_path: Path) -> None:
    made = AgentSeat(tmp_path, look, role=Role.TEAM_LEAD)
    form = opened(made, "follow_up_plan")
    zone = form.places["zone"]
    assert isinstance(zone, Named)
    zone.setFocus()
    zone._edit.selectAll()
    QTest.keyClicks(zone, "york")
    QTest.keyClick(zone, Qt.Key.Key_Return)
    found = form.said["zone"]
    zone._edit.selectAll()
    QTest.keyClicks(zone, "Atlantis")
    form.send()
    is_refused = made.pump(lambda: "no time zone is called so" in form.outcome.full_text)
    said, commands = form.said["zone"], sent(made)
    made.close()

    assert (found, said, is_refused, commands) == ("America/New_York", "Atlantis", True, [])
