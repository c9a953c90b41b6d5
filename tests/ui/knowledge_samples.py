"""What the knowledge pane shows in pictures: found with filters, at hand, nothing, and an article with what it says."""

from dataclasses import replace
from datetime import timedelta

from agent_desktop.knowledge.hits import Facets, SearchResult
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.right_panel import KNOWLEDGE
from agent_model.article import Article, ArticleId, ArticleKind
from agent_model.article_file import FileState
from tests.ui.article_samples import AWAY, LAMPS, picture_of_lamps, with_picture
from tests.ui.samples import NOW, Samples, ago


def show_knowledge(made: MainWindow, samples: Samples, state: str) -> None:
    """`knowledge` found, with `_filters`, `_at_hand` or `_nothing`, or the `article`, also `_large` or with a
    picture (`article_read_picture`)."""
    pane, say = made.right.knowledge, samples.say
    made.right.turn_to(KNOWLEDGE)
    first, second, third = samples.hits
    match state:
        case "article":
            pane.show_article(article(samples), NOW)
        case "article_large":
            pane.show_article(article(samples), NOW)
            pane.read_large(is_large=True)
        case "article_read_picture":
            pane.show_article(replace(article(samples), body=with_picture(samples), version=7), NOW)
            pane.article._reader.show_pictures({LAMPS: picture_of_lamps(), AWAY: FileState.COMING})
        case "knowledge_at_hand":
            pane.show_suggestions(samples.suggestions[:1], NOW)
            pane.show_at_hand([second], [third], NOW)
        case "knowledge_nothing":
            pane.search.setText(say("以旧换新", "trade-in"))
            pane.filters.show_customer("gold", say("浙江", "Zhejiang"))
            pane.filters.turn_to_customer()
            pane.show_result(SearchResult((), 0, say("以旧换新活动", "trade in"), 2.0), NOW)
        case _:
            pane.search.setText(say("发票", "invoice"))
            if state == "knowledge_filters":
                pane.filters.show_customer("gold", say("浙江", "Zhejiang"))
                pane.filters.turn_to_customer()
            hits = (first, replace(second, is_unverified=True), replace(third, is_valid=False))
            pane.show_result(SearchResult(hits, 23, None, 3.1, Facets()), NOW)


def article(samples: Samples) -> Article:
    say = samples.say
    body = say(
        "## 适用范围\n\n当月开具的电子发票，跨月的见 [红冲流程](kb:2)。\n\n"
        "1. 核实身份。\n2. 在计费系统中**红冲**。\n3. 重新开具。\n",
        "## When\n\nInvoices of this month, else [reverse it](kb:2).\n\n1. Check the identity.\n2. **Reverse** it.\n"
        "3. Issue again.\n",
    )
    return Article(
        ArticleId("1"),
        samples.hits[0].title,
        body,
        say("账单", "Billing"),
        None,
        None,
        "zh-CN",
        (),
        ago(days=6),
        tiers=("gold",),
        owner="ye.wen",
        review_due=(NOW - timedelta(days=3)).date(),
        helpful=12,
        unhelpful=3,
        kind=ArticleKind.STANDARD_ANSWER,
    )
