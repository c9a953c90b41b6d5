"""The page of those who teach with something in it, for pictures and tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from agent_desktop.teaching.questions import Written, with_answers
from agent_desktop.teaching.tables import Coming, Foreseen
from agent_desktop.ui.teaching.page import Part, QuestionsPane
from agent_desktop.ui.teaching.question_form import pill_of, title_of
from agent_desktop.ui.teaching.training_pane import TrainingPane
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.newcomer import Newcomer, Newcomers, Week, WeekCounts, WeekFigures
from agent_model.question import (
    Bank,
    Question,
    QuestionFault,
    QuestionId,
    QuestionKey,
    QuestionKind,
    QuestionState,
    QuestionWrong,
    Source,
    SourceKind,
)
from agent_papers.question_table import RowFault, RowWrong
from tests.ui.samples import Samples

STATES: Final = (
    "teaching",
    "teaching_stale",
    "teaching_faults",
    "teaching_table",
    "newcomers",
    "no_newcomers",
    "assignments",
)
JOINED: Final = date(2026, 9, 7)
FAULTS: Final = (
    QuestionFault("topic", QuestionWrong.MISSING),
    QuestionFault("right", QuestionWrong.MISSING),
    QuestionFault("points", QuestionWrong.OUT_OF_BOUNDS),
)


def written(id_: str, kind: QuestionKind, text: str, answers: str, topic: str = "退款", **fields: object) -> Written:
    question = Question(QuestionId(id_), kind, Bank.WRITTEN, text, topic, "zhou.min", version=2, **fields)  # type: ignore[arg-type]
    return with_answers(Written(question, QuestionKey(QuestionId(id_), ("true",), version=1)), answers)


def questions(samples: Samples) -> tuple[Written, ...]:
    say = samples.say
    source = Source(SourceKind.ARTICLE, "kb-refund", 3)
    stale = {"state": QuestionState.STALE, "stale_by": "kb-refund", "stale_since": datetime(2026, 11, 20, tzinfo=UTC)}
    topic, invoices = say("退款", "Refunds"), say("发票", "Invoices")
    return (
        written(
            "q-1",
            QuestionKind.SINGLE,
            say("退款审核通过后，原路退回银行卡最迟几个工作日到账？", "How soon is a refund to a bank card there?"),
            say("1 个工作日\n* 3 个工作日\n7 个工作日", "1 working day\n* 3 working days\n7 working days"),
            topic,
            sources=(source,),
            **stale,
        ),
        written(
            "q-2",
            QuestionKind.ORDER,
            say("客户要求换发票抬头，正确的步骤是？", "A customer wants another invoice title: in which order?"),
            say("核对身份\n查看开票月份\n提交换开申请", "Check who it is\nLook at the month\nAsk for a new one"),
            invoices,
            sources=(Source(SourceKind.ARTICLE, "kb-invoice", 5),),
        ),
        written(
            "q-3",
            QuestionKind.SHORT_TEXT,
            say("用一句话说明七天无理由退货的例外。", "Say in a sentence what seven-day returns leave out."),
            say("定制\n激活|开通", "made to order\nactivated|switched on"),
            topic,
        ),
        written("q-4", QuestionKind.TRUE_FALSE, say("赠品也要退回。", "Gifts go back too."), "", topic),
    )


def newcomers() -> Newcomers:
    weeks = tuple(
        Week(
            n,
            JOINED + timedelta(weeks=n - 1),
            WeekFigures(2.4 + 0.55 * n - 0.02 * n * n, None if n > 10 else 0.52 + 0.028 * n, None, quiz),
            WeekFigures(7.1 + 0.1 * (n % 3), None if n > 10 else 0.84 - 0.01 * (n % 2), None, 90 - n % 4),
            7,
            WeekCounts(
                0 if n > 10 else 3 + 40 * (n > 1), 0 if n > 10 else 2 + 20 * (n > 1), 0, 0 if quiz is None else 1
            ),
        )
        for n, quiz in enumerate((62, 70, None, 74, 81, 85, 83, 90, 88, 92, None), 1)
    )
    return Newcomers((Newcomer("gao.fei", "home", JOINED, weeks), Newcomer("xu.jing", "home", JOINED, weeks[:3])))


def show_teaching(made: MainWindow, samples: Samples, state: str) -> None:
    made.rail.offer(Page.TEACHING, is_offered=True)
    made.show_page(Page.TEACHING)
    page = made.pages.teaching
    if state in ("newcomers", "no_newcomers"):
        page.show_part(Part.NEWCOMERS)
        pane, told = page.newcomers, newcomers()
        if state == "no_newcomers":
            nobody = "您带的人里没有新人。请在下方填写入职日期：显示 13 周。"
            pane.show_newcomers((), samples.say(nobody, "Nobody whom you lead is new. Say below since when."))
            return
        names = {"gao.fei": samples.say("高飞", "Gao Fei"), "xu.jing": samples.say("徐静", "Xu Jing")}
        week = samples.say("第 {n} 周", "Week {n}")
        pane.show_people(tuple(names.items()))
        pane.show_newcomers(
            [
                Line(
                    one.agent, names[one.agent], at_right=week.format(n=len(one.weeks)), is_open=one.agent == "gao.fei"
                )
                for one in told.newcomers
            ]
        )
        pane.show_one(told.newcomers[0], names["gao.fei"], has_inspections=False)
        return
    if state == "assignments":
        page.show_part(Part.TRAINING)
        _show_training(page.training, samples)
        return
    pane_ = page.questions
    rows = questions(samples)
    shown = rows[0] if state == "teaching_stale" else rows[1]
    pane_.show_rows(
        [
            Line(
                one.id,
                title_of(one, ""),
                pill=pill_of(one),
                tone="warn" if pill_of(one) else "neutral",
                at_right=one.question.topic,
                is_open=one is shown,
            )
            for one in rows
        ]
    )
    version = samples.say("第 2 版，周敏", "Version 2, by Zhou Min")
    pane_.form.show_row(shown, title_of(shown, ""), version, is_begun=False)
    titles = {"kb-refund": samples.say("退款多久到账", "When a refund is there")}
    pane_.form.show_titles({**titles, "kb-invoice": samples.say("更换发票抬头", "Changing an invoice title")})
    pane_.show_preview("\n".join([shown.question.text, *(f"☐  {one.text}" for one in shown.question.options)]))
    if state == "teaching_stale":
        body = samples.say("退款审核通过后 2 个工作日内原路退回。", "Refunds are there within 2 working days.")
        before = say_before(samples)
        pane_.offer_judging(is_stale=True)
        pane_.show_difference(f"{titles['kb-refund']}\n\n{before}", f"{titles['kb-refund']}\n\n{body}")
    if state == "teaching_table":
        _show_table(pane_, samples)
    if state == "teaching_faults":
        pane_.form.show_faults(FAULTS)


def say_before(samples: Samples) -> str:
    return samples.say("退款审核通过后 3 个工作日内原路退回。", "Refunds are there within 3 working days.")


def _show_table(pane: QuestionsPane, samples: Samples) -> None:
    say = samples.say
    rows = (
        Foreseen(2, say("退款几日到账？", "How soon is a refund there?"), Coming.NEW),
        Foreseen(3, say("赠品也要退回。", "Gifts go back too."), Coming.SAME),
        Foreseen(
            4,
            say("哪些商品不能退？", "What cannot be sent back?"),
            Coming.REFUSED,
            faults=(
                RowFault("right", QuestionWrong.NOT_AN_OPTION, "E"),
                RowFault("sources", RowWrong.NO_SOURCE, say("退货说明", "Sending back")),
            ),
        ),
        Foreseen(5, say("换发票抬头的步骤是？", "Another invoice title: in which order?"), Coming.CHANGED),
    )
    pane.table.show_foreseen(say("题库.xlsx", "questions.xlsx"), rows, (say("备注", "Remark"),))


def _show_training(pane: TrainingPane, samples: Samples) -> None:
    say = samples.say
    weekly, fei, jing = say("每周测验", "Weekly quiz"), say("高飞", "Gao Fei"), say("徐静", "Xu Jing")
    pane.show_offer(
        [("quiz:qz-1", weekly, 7)], [("gao.fei", fei), ("xu.jing", jing)], [("home", say("家庭组", "Home team"))]
    )
    pane.show_quizzes([("qz-1", weekly)])
    no, yes = say("否", "No"), say("是", "Yes")
    pane.show_outcome(
        [(fei, "2", "70", "70", no), (jing, "1", "95", "95", yes)],
        [
            (say("退款几日到账？", "How soon is a refund there?"), "3/12  25%", "+50%", ""),
            (
                say("赠品也要退回。", "Gifts go back too."),
                "12/12  100%",
                "+0%",
                say("人人答对：没有区分度", "Everybody is right: it asks nothing"),
            ),
        ],
        [(say("家庭组", "Home team"), "12", "9  75%")],
    )
    because, due = say("周敏指派", "Assigned by Zhou Min"), say("11月27日", "27 Nov")
    pane.show_given([(fei, weekly, because, due, say("待完成", "Open"))], ["as-1"])
