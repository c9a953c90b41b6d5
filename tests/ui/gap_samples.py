"""What agents say of articles, and the editors' page of gaps, as the gallery draws them."""

from datetime import timedelta
from typing import Final

from agent_desktop.knowledge.hits import SearchResult
from agent_desktop.ui.knowledge.feedback_bar import FeedbackBar
from agent_desktop.ui.knowledge.gaps_page import View
from agent_desktop.ui.knowledge.tell_editors import TellEditors
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.right_panel import KNOWLEDGE
from agent_model.article import Article, ArticleId
from agent_model.article_feedback import ArticleFeedback, FeedbackKind, FlagReason
from agent_model.gap import Gap, GapAnswer, GapKind
from tests.ui.samples import NOW, Samples, ago

STATES: Final = ("article_feedback", "article_flag", "knowledge_nothing", "gaps_told", "gaps_nothing", "gaps_split")


def show_gaps(window: MainWindow, samples: Samples, state: str) -> None:
    if state in ("article_feedback", "article_flag"):
        _show_article(window, samples, is_flagged=state == "article_flag")
    elif state == "knowledge_nothing":
        _show_nothing(window, samples)
    else:
        _show_page(window, samples, state)


def _show_article(window: MainWindow, samples: Samples, *, is_flagged: bool) -> None:
    pane = window.right.knowledge
    window.right.turn_to(KNOWLEDGE)
    body = samples.say("1. 核实身份。\n2. 在计费系统中**红冲**。\n", "1. Check the identity.\n2. **Reverse** it.\n")
    title = samples.hits[0].title
    pane.show_article(
        Article(ArticleId("0198"), title, body, samples.say("计费", "Billing"), None, None, "zh-CN", (), ago(hours=40)),
        NOW,
    )
    bar = FeedbackBar(window.look)
    pane.article.beneath.addWidget(bar)
    bar.show_for(None if is_flagged else FeedbackKind.HELPFUL, "")
    if is_flagged:
        bar.open_form()
        bar.reason.choose(FlagReason.OUTDATED)
        bar.words.setText(samples.say("资费是去年的", "These are last year's prices"))
    else:
        bar.say(samples.say("已记录：有帮助。", "Noted: it helped."))


def _show_nothing(window: MainWindow, samples: Samples) -> None:
    pane = window.right.knowledge
    window.right.turn_to(KNOWLEDGE)
    question = samples.say("eSIM 换机", "eSIM to another phone")
    pane.search.setText(question)
    pane.show_result(SearchResult((), 0, None, 1.0), NOW)
    missing = TellEditors(window.look)
    pane.beneath.addWidget(missing)
    missing.show_for(question)


def _show_page(window: MainWindow, samples: Samples, state: str) -> None:
    window.rail.offer(Page.GAPS, is_offered=True)
    window.show_page(Page.GAPS)
    page = window.pages.gaps
    page.show_directory(samples.directory)
    titles = {"0198": samples.hits[0].title, "0207": samples.say("电子发票重开", "Invoices issued again")}
    page.show_waiting(_waiting(samples), titles, NOW)
    page.show_gaps(_gaps(samples), titles)
    match state:
        case "gaps_nothing":
            page.view._take(View.NOTHING_FOUND)
        case "gaps_split":
            page.view._take(View.ANSWERED_APART)
            words = samples.say(
                "服务器没有响应。这是 14:02 的列表；您的处理会保存，稍后自动发送。",
                "The server does not answer. This is the list of 14:02; what you settle is kept and sent later.",
            )
            page.say(words, "warn")


def _waiting(samples: Samples) -> tuple[ArticleFeedback, ...]:
    asked = samples.say("eSIM 换机怎么办理", "How to move an eSIM")
    return (
        ArticleFeedback(
            "f-1", FeedbackKind.FLAG, "a-1007", ago(hours=30), "0198", ago(hours=400), FlagReason.OUTDATED,
            words=samples.say("资费是去年的", "These are last year's prices"), queue="billing",
        ),
        ArticleFeedback(
            "f-2", FeedbackKind.MISSING, "a-1007", ago(hours=2), question=asked, queue="billing",
            words=samples.say("今天第三位客户问了", "The third customer today"),
        ),
    )  # fmt: skip


def _gaps(samples: Samples) -> tuple[Gap, ...]:
    say = samples.say
    day = timedelta(days=1)
    return (
        Gap(
            GapKind.NOTHING_FOUND, ("esim",), say("eSIM 换机", "eSIM to another phone"), 23, 9, NOW - day,
            (say("换机 esim", "move esim"),), {"billing": 14, "support": 9}, {"zh-CN": 20, "en": 3},
        ),
        Gap(
            GapKind.NOTHING_FOUND, ("refund",), say("预存款退到原卡", "Prepaid back to the card"), 11, 6,
            NOW - 2 * day, (), {"billing": 11}, {"zh-CN": 11}, is_again=True,
        ),
        Gap(GapKind.NOTHING_FOUND, ("sms",), say("短信轰炸拦截", "Block text floods"), 4, 4, NOW - 3 * day),
        Gap(
            GapKind.ANSWERED_APART, ("invoice",), say("发票抬头写错", "Wrong name on the invoice"), 31, 12, NOW - day,
            (say("抬头 发票 改", "change invoice name"),), {"billing": 31}, {"zh-CN": 31},
            (GapAnswer("0198", 19), GapAnswer("0207", 12)),
        ),
    )  # fmt: skip
