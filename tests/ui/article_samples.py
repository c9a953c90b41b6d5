"""Articles as those who write them have them on their page."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtGui import QColor, QImage, QPainter

from agent_desktop.knowledge.bringing import Brought
from agent_desktop.knowledge.writing import Deed, Kept, Listed, Sheet
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.articles.bringing_words import brought_words
from agent_desktop.ui.articles.fields import Offers
from agent_desktop.ui.articles.pasting import ArticleText
from agent_desktop.ui.articles.preview import Preview
from agent_desktop.ui.articles.words import about_words, listed_row
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.article import Article, ArticleId
from agent_model.article_draft import ArticleDraft, DraftState, begun_from, faults
from agent_model.article_file import FileState
from agent_model.row_draft import RowDraft
from agent_papers.paper import Gathered, Paper, PaperWrong, Refused
from tests.ui.samples import NOW, Samples

LAMPS, AWAY = "1" * 32, "2" * 32
BODY = """“当月开的、还没有抵扣的发票，您自己在 App 里就能改抬头，改完原票自动作废。”

1. 请客户打开海岚营业厅 App，进入**我的 › 发票**。
2. 选中那张发票，点“修改抬头”，填写单位名称和税号。
3. 提交后刷新列表，看到新发票号就算完成。

## 跨月或已抵扣

线上按钮是灰色的，由财务结算部红冲重开，1 个工作日内完成；见[发票多久能开出来](kb:KB-0002)。
"""
ARTICLE = Article(
    ArticleId("KB-0001"),
    "电子发票抬头如何修改？",
    BODY,
    "账单与发票",
    "home-500",
    "billing",
    "zh-CN",
    ("发票", "抬头", "红冲"),
    NOW - timedelta(days=40),
    version=3,
    tiers=("gold",),
    owner="ye.wen",
    review_due=date(2026, 11, 30),
)
LATER = replace(
    begun_from(ARTICLE),
    body=BODY.replace("1 个工作日内完成", "当天完成").replace("单位名称和税号", "个人姓名，或单位名称和税号"),
    state=DraftState.REVIEW,
    writers=("ye.wen",),
    reviewer="lu.hai",
    version=4,
)
DIRECTORY = Directory(
    queues={"billing": "账单咨询"},
    people={"ye.wen": "叶雯", "lu.hai": "陆海", "zhou.min": "周敏"},
    products={"home-500": "全家享 500M"},
)
PUBLISHED = Listed(
    "KB-0002",
    "在哪里下载电子发票，多久能开出来？",
    "账单与发票",
    DraftState.PUBLISHED,
    is_live=True,
    owner="ye.wen",
    review_due=date(2026, 9, 1),
    is_typed=False,
    is_waiting=False,
)
LISTED = (
    replace(PUBLISHED, id="KB-0001", title=ARTICLE.title, state=DraftState.REVIEW, review_due=date(2026, 11, 30)),
    replace(
        PUBLISHED,
        id="KB-0031",
        title="携号转网需要什么材料",
        category="业务办理",
        state=DraftState.DRAFT,
        is_live=False,
        review_due=None,
        is_typed=True,
    ),
    replace(
        PUBLISHED,
        id="KB-0032",
        title="双十二套餐优惠",
        category="营销活动",
        state=DraftState.SCHEDULED,
        is_live=False,
        owner="zhou.min",
        review_due=None,
        is_waiting=True,
    ),
    PUBLISHED,
    replace(PUBLISHED, id="KB-0011", title="国庆出行流量包", state=DraftState.EXPIRED, owner=None, review_due=None),
)
FRESH = ArticleDraft("KB-0031", "携号转网需要什么材料", "", "", owner="ye.wen", author="ye.wen")


def show_articles(made: MainWindow, samples: Samples, state: str) -> None:
    """`articles`: one waits for its second reader; `article_versions`: beside what agents have; `article_faults`: one
    that is begun and lacks something; `article_picture`: with a picture, and with one that is not here."""
    made.rail.offer(Page.ARTICLES, is_offered=True)
    made.show_page(Page.ARTICLES)
    page, today = made.pages.articles, NOW.date()
    formats = Formats("zh_CN" if samples.is_chinese else "en")
    rows = [(line.id, listed_row(line, DIRECTORY, formats, today)) for line in LISTED]
    page.kept.setCurrentIndex(page.kept.findData(Kept.ALL))
    page.editor.offer(
        Offers(
            tuple(DIRECTORY.products.items()),
            tuple(DIRECTORY.queues.items()),
            tuple(DIRECTORY.people.items()),
            ("账单与发票", "业务办理"),
        )
    )
    sheet, deeds = Sheet(LATER, None, ARTICLE), {Deed.PUBLISH, Deed.SCHEDULE, Deed.RETURN, Deed.WITHDRAW, Deed.WRITE}
    if state == "article_faults":
        sheet, deeds = Sheet(None, RowDraft(FRESH, None), None), {Deed.WRITE, Deed.SAVE, Deed.SEND}
    page.editor.show_sheet(sheet, frozenset(deeds), about_words(sheet, DIRECTORY, formats, today))
    page.editor.show()
    count = samples.say("文章：5 篇", "Articles: 5")
    page.show_found(rows, count, page.editor.article_id)
    if state == "article_versions":
        words = samples.say("第 3 版，2026-10-12 18:41", "Version 3, 2026-10-12 18:41")
        page.editor.show_versions([(words, ARTICLE)])
    elif state == "article_picture":
        show_picture(page.editor.text, page.editor.preview, samples)
    elif state == "article_faults":
        page.editor.show_faults(faults(replace(FRESH, state=DraftState.REVIEW)))


def show_brought(made: MainWindow, samples: Samples) -> None:
    """A folder came in, and some of its documents did not."""
    place = samples.say("账单/旧流程.docx", "billing/old process.docx")
    refused = (Refused(place, PaperWrong.DAMAGED), Refused("x.md", PaperWrong.EMPTY))
    gathered = Gathered((Paper("a.md", "a", "A", "a", pictures_left=3),), refused)
    made.pages.articles.show_documents(*brought_words(gathered, Brought(12, 4, ("b.html",))))


def with_picture(samples: Samples) -> str:
    return samples.say(
        f"请客户看光猫正面的灯：\n\n![光猫正面](kb-file:{LAMPS})\n\n第二盏灯红色时先重启；"
        f"接线见 ![接线图](kb-file:{AWAY})，"
        f"说明书见[光猫说明书.pdf](kb-file:{AWAY})。\n",
        f"Ask for the lamps on the front:\n\n![Front of the box](kb-file:{LAMPS})\n\nIf the second is red, restart it; "
        f"the wiring: ![wiring](kb-file:{AWAY}), the [manual.pdf](kb-file:{AWAY}).\n",
    )


def picture_of_lamps() -> QImage:
    """A box with four lamps."""
    image = QImage(900, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#e8edf3"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#2b3440"))
    painter.drawRoundedRect(40, 60, 820, 180, 18, 18)
    for n, colour in enumerate(("#2fb344", "#d63939", "#2fb344", "#5c6773")):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(140 + n * 180, 120, 60, 60)
    painter.end()
    return image


def show_picture(text: ArticleText, preview: Preview, samples: Samples) -> None:
    text.setPlainText(with_picture(samples))
    preview.show_now(with_picture(samples), is_guide=False)
    preview.show_pictures({LAMPS: picture_of_lamps(), AWAY: FileState.COMING})
