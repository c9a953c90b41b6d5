"""Guided scripts: read from their text, and what is wrong with one, by its line."""

import pytest

from agent_model.form import FieldKind
from agent_model.guide import (
    MOST_BRANCHES,
    MOST_STEPS,
    Asked,
    Branch,
    Ending,
    Guide,
    GuideFault,
    GuideWrong,
    faults,
    from_plain,
    to_plain,
)
from agent_model.guide_text import read, step_id

ROUTER = """\
For callers whose router does nothing.

## Is the lamp on?
Please look at the box: is the **green lamp** on?
> The lamp is beside the power socket.
- [It is on](#serial)
- [It is off](#socket)

## Socket
Would you try another socket?
- [Now it works](#thanks)
- [Still nothing](#is-the-lamp-on?)

## Serial
Would you read me the number on its back?
field: serial text
next: #Done

## Done
I send somebody.
category: broadband.fault
subject: Router without power
disposition: repair

## Thanks
Gladly.
"""


def test_text_becomes_steps_with_answers_and_what_they_fill() -> None:
    found = read(ROUTER)

    lamp, socket, serial, done, thanks = found.guide.steps
    assert (found.faults, faults(found.guide)) == ((), ())
    assert (lamp.id, lamp.name, lamp.line) == ("is-the-lamp-on", "Is the lamp on?", 3)
    assert lamp.say == "Please look at the box: is the **green lamp** on?"
    assert lamp.note == "The lamp is beside the power socket."
    assert lamp.branches == (Branch("It is on", "serial"), Branch("It is off", "socket"))
    assert socket.leads_to == ("thanks", "is-the-lamp-on")
    assert (serial.asked, serial.next) == (Asked("serial", FieldKind.TEXT), "done")
    assert done.ending == Ending("broadband.fault", "Router without power", "repair")
    assert thanks.is_last
    assert thanks.ending.is_empty


def test_guide_is_written_in_chinese_as_well() -> None:
    text = (
        '## 指示灯亮吗\n请看一下。\n字段：lamp 选择\n- [亮](#完成 "on")\n- [不亮](#完成)\n'
        "## 完成\n好的。\n分类：宽带\n主题：不通\n小结：已修"
    )

    lamp, done = read(text).guide.steps

    assert lamp.asked == Asked("lamp", FieldKind.CHOICE)
    assert lamp.branches == (Branch("亮", "完成", "on"), Branch("不亮", "完成"))
    assert done.ending == Ending("宽带", "不通", "已修")


def test_what_is_no_answer_stays_in_what_is_said() -> None:
    text = "## Prices\n- ten a month\n- [see](https://example.org)\nWell: it is cheap."

    assert read(text).guide.steps[0].say == "- ten a month\n- [see](https://example.org)\nWell: it is cheap."


def test_guide_comes_back_from_what_an_article_carries() -> None:
    guide = read(ROUTER).guide

    assert from_plain(to_plain(guide)) == guide


@pytest.mark.parametrize("plain", [{}, {"steps": [{"id": "a"}]}, {"steps": 7}, {"steps": ["x"]}], ids=str)
def test_anything_else_is_no_guide(plain: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_plain(plain)


def test_a_link_may_be_written_as_the_heading_reads() -> None:
    assert step_id("  Is the  Lamp on? ") == "is-the-lamp-on"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("Only words.", GuideFault(GuideWrong.NO_STEPS), id="no step"),
        pytest.param("## A\n## B\nb", GuideFault(GuideWrong.NOTHING_SAID, 1, "A"), id="nothing said"),
        pytest.param("## A\na\nnext: #b", GuideFault(GuideWrong.LEADS_NOWHERE, 1, "b"), id="leads nowhere"),
        pytest.param("## A\na\n## A\na", GuideFault(GuideWrong.TWICE, 3, "A"), id="twice"),
        pytest.param("## A\na\n## B\nb", GuideFault(GuideWrong.UNREACHABLE, 3, "B"), id="unreachable"),
        pytest.param("## A\na\nnext: #a", GuideFault(GuideWrong.NO_WAY_OUT, 1, "A"), id="no way out"),
        pytest.param("## A\n" + "a" * 2_001, GuideFault(GuideWrong.TOO_LONG, 1, "A"), id="too long"),
        pytest.param(
            "## A\na\nfield: x number\n- [b](#b)\n## B\nb",
            GuideFault(GuideWrong.TYPED_WITH_BRANCHES, 1, "A"),
            id="typed with branches",
        ),
        pytest.param(
            "## A\na\nfield: x choice", GuideFault(GuideWrong.CHOICE_WITHOUT_BRANCHES, 1, "A"), id="choice of nothing"
        ),
        pytest.param(
            "## A\na\nsubject: s\nnext: #b\n## B\nb", GuideFault(GuideWrong.ENDS_TOO_EARLY, 1, "A"), id="too early"
        ),
        pytest.param(
            "## A\na\n" + "- [a](#b)\n" * (MOST_BRANCHES + 1) + "## B\nb",
            GuideFault(GuideWrong.TOO_MANY_BRANCHES, 1, "A"),
            id="too many branches",
        ),
        pytest.param(
            "".join(f"## {n}\na\nnext: #{n + 1}\n" for n in range(MOST_STEPS)) + f"## {MOST_STEPS}\na",
            GuideFault(GuideWrong.TOO_MANY_STEPS, 3 * MOST_STEPS + 1),
            id="too many steps",
        ),
    ],
)
def test_fault_names_its_line(text: str, fault: GuideFault) -> None:
    assert fault in faults(read(text).guide)


def test_unknown_kind_is_told_with_its_line() -> None:
    assert read("## A\na\nfield: x colour").faults == (GuideFault(GuideWrong.UNKNOWN_KIND, 3, "colour"),)


def test_what_the_company_does_not_have_is_told() -> None:
    guide = read(ROUTER).guide

    found = {fault.wrong for fault in faults(guide, categories={"other"}, dispositions=())}

    assert found == {GuideWrong.UNKNOWN_CATEGORY, GuideWrong.UNKNOWN_DISPOSITION}


def test_repetition_with_a_way_out_is_allowed() -> None:
    text = "## Again\nTry.\n- [Works](#end)\n- [Does not](#again)\n## End\nFine."

    assert faults(read(text).guide) == ()


def test_empty_guide_is_none() -> None:
    assert faults(Guide(())) == (GuideFault(GuideWrong.NO_STEPS),)
