"""The page of training in its states, for the gallery."""

from agent_desktop.training.taking import Answered, Taken, Taking
from agent_desktop.ui.training.result_pane import Judged
from agent_desktop.ui.training.words import answer_words, how_words, mark_words, paper_words, result_words
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.article import Article
from agent_model.attempt import QuizResult
from agent_model.body import from_body
from agent_model.quiz_paper import QuizPaper
from tests.training_samples import article_row, paper_row, result_row
from tests.ui.samples import NOW, Samples

STATES = (
    "training",
    "training_question",
    "training_paused",
    "training_order",
    "training_practice",
    "training_course",
    "training_result",
)
EN = {
    "q-1": ("Within how many working days is a refund paid back once it is approved?", "1 day", "3 days", "7 days"),
    "q-2": (
        "Which of these go to the team lead?",
        "The customer speaks of the regulator",
        "The customer asks for opening hours",
        "The customer asks for more than you may grant",
    ),
    "q-3": ("A customer who failed the identity check may be told the total of their bill.",),
    "q-4": ("Put the steps of a complaint in order.", "Write it down", "Calm the customer", "Call back", "Propose"),
    "q-5": ("The refund is shown as being processed, and the customer wants it now. What do you say?",),
    "q-6": ("Find the article on when refunds arrive, and open it.",),
}
AT = {"training_question": 1, "training_paused": 1, "training_order": 3, "training_practice": 5}


def show_training(window: MainWindow, samples: Samples, state: str) -> None:
    say = samples.say
    window.rail.offer(Page.TRAINING, is_offered=True)
    window.rail.show_training(2)
    window.show_page(Page.TRAINING)
    page = window.pages.training
    paper = _paper(samples)
    weekly, course = say("每周测验", "Weekly quiz"), say("退款与赔付", "Refunds and compensation")
    is_read = state == "training_course"
    to_do = [
        Line(
            "a",
            weekly,
            pill=say("待作答", "To take"),
            tone="accent",
            at_right=say("周五截止", "due Fri"),
            is_open=not is_read,
        ),
        Line(
            "b",
            course,
            pill=say("待阅读", "To read"),
            tone="accent",
            at_right=say("12月4日截止", "due 4 Dec"),
            is_open=is_read,
        ),
    ]
    done = [Line("c", say("上周测验", "Last week's quiz"), pill=say("通过", "Passed"), tone="ok", at_right="92")]
    page.show_duties(to_do, done)
    match state:
        case "training":
            about = say("每周自动抽题 · 周五截止", "Drawn by the rule of every week · due Fri")
            page.duty.show_duty(weekly, say("待作答", "To take"), "accent", about, "")
            words = say(
                "开始后即计时，关闭程序也不会停；通话时暂停计时。断网时也能作答。",
                "The clock runs from the moment you begin, and goes on if the program is closed. A call pauses it.",
            )
            page.duty.show_next(paper_words(paper), words, say("开始", "Begin"))
            page.turn_to(page.duty)
        case "training_course":
            article = from_body(Article, "kb-refund", 1, article_row().body)
            lines = [
                Line("kb-refund", article.title, pill=say("已读", "Read"), tone="ok", is_open=True),
                Line("kb-2", say("赔付审批权限", "Who may grant what"), pill=""),
            ]
            words = say("还有 1 篇未读。每篇停留 10 秒计为已读，读完后进入测验。", "Still to read: 1.")
            page.course.show_course(course, words, lines)
            page.course.show_article(article)
            page.turn_to(page.course)
        case "training_result":
            _show_result(window, samples, weekly, paper)
        case _:
            _show_question(window, samples, weekly, paper, AT[state])
            page.paper.show_paused(is_paused=state == "training_paused")
            page.paper.show_clock(754.0, is_paused=state == "training_paused")


def _paper(samples: Samples) -> QuizPaper:
    body = dict(paper_row().body)
    if not samples.is_chinese:
        body["questions"] = [_in_english(one) for one in body["questions"]]
    return from_body(QuizPaper, "p-1", 1, body)


def _in_english(question: dict[str, object]) -> dict[str, object]:
    text, *options = EN[str(question["question"])]
    return {
        **question,
        "text": text,
        "options": [{"key": str(place), "text": words} for place, words in enumerate(options, 1)],
    }


def _show_question(window: MainWindow, samples: Samples, title: str, paper: QuizPaper, at: int) -> None:
    pane = window.pages.training.paper
    answers = {"q-1": Answered(("2",), 1), "q-2": Answered(("1", "3"), 2), "q-4": Answered(("2", "1", "4", "3"), 4)}
    taking = Taking(paper, Taken(paper.id, NOW, "", answers, at), NOW, lambda: 0.0)
    question = paper.questions[at]
    pane.title.say(title)
    window.pages.training.turn_to(pane)
    pane.show_question(question, taking.answer(question.question), at, len(paper.questions), (), ())
    pane.show_answered(taking.answered)
    pane.how.say(how_words(question))
    if pane.practice is not None:
        pane.practice.show_answer(("searched:退款", "opened:kb-refund"))
        pane.practice.show_hits([("kb-refund", "退款多久到账"), ("kb-2", "退款被拒怎么办")])


def _show_result(window: MainWindow, samples: Samples, title: str, paper: QuizPaper) -> None:
    page, result = window.pages.training, from_body(QuizResult, "p-1", 1, result_row().body)
    word, tone = result_words(result)
    marks, titles = [], {"kb-refund": samples.say("退款多久到账", "When a refund arrives")}
    for mark, question in zip(result.marks, paper.questions, strict=True):
        judged, judged_tone = mark_words(mark)
        sources = tuple((one.id, samples.say("打开文章", "Open the article")) for one in mark.sources)
        right = "" if mark.is_right else answer_words(question, mark.right, titles)
        given = answer_words(question, mark.answer, titles)
        marks.append(Judged(question.text, judged, judged_tone, given, right, mark.explanation, sources))
    about = samples.say(
        "11月21日 10:09 交卷 · 用时 9:00 · 第 1 次", "Handed in 21 Nov 10:09 · time taken: 9:00 · try 1"
    )
    page.result.show_result(title, samples.say("50 分", "50 of 100"), word, tone, about, marks)
    page.turn_to(page.result)
