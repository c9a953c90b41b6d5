"""The demo company's macros as the screens show them."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.macros.words import Matter, brings_words, filled_with
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.text_list import TextList, TextRow
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.body import from_body
from agent_model.braces import fill
from agent_model.macro import Macro, MacroFault, MacroWrong
from agent_model.phone_number import DialPlan
from agent_model.words import Words
from agent_server.importing.macro_file import macros
from tests.ui.samples import ME, NOW, Samples

FOLDER = Path(__file__).parents[2] / "resources" / "demo"
MACROS = tuple(from_body(Macro, row.id, 3, row.body) for row in macros(FOLDER))
WRONG = (MacroFault("title.en", MacroWrong.MISSING), MacroFault("text.zh", MacroWrong.UNKNOWN_PLACEHOLDER, "mood"))


def show_macros(made: MainWindow, samples: Samples) -> None:
    """The page as a team lead has it, with one macro in the form and how it reads."""
    made.rail.offer(Page.MACROS, is_offered=True)
    made.show_page(Page.MACROS)
    page, language = made.pages.macros, "zh_CN" if samples.is_chinese else "en"
    macro = MACROS[0]
    page.show_rows([_line(one, language, is_open=one is macro) for one in MACROS])
    page.form.offer_queues([("vip", samples.say("贵宾专线", "VIP Line"))])
    version = samples.say("第 3 版，周敏，11月20日", "Version 3, by Zhou Min on 20 Nov")
    page.form.show_row(macro, macro.title.in_language(language), version, is_begun=False)
    subject = samples.say("发票抬头变更", "Change of invoice title")
    page.offer_examples([("1", f"TK-204718  {subject}")])
    matter = Matter(ME, NOW, subject=subject, brand=Words("海岚通信", "Hailan Telecom"))
    page.show_preview(
        fill(macro.text.in_language(language), filled_with(matter, Formats(language), DialPlan())),
        brings_words({"status": "in_progress", "owner": ME.id}),
    )


def open_list(made: MainWindow, samples: Samples) -> None:
    """A slash was typed at the end of a ticket's description."""
    language = "zh_CN" if samples.is_chinese else "en"
    made.show()
    QCoreApplication.processEvents()
    area = made.right.form.description
    texts = TextList(made.look, area)
    area.moveCursor(QTextCursor.MoveOperation.End)
    area.setFocus()
    area.insertPlainText("\n/")
    QCoreApplication.processEvents()
    rows = [
        TextRow(one.id, one.title.in_language(language), one.text.in_language(language)[:60], one.code)
        for one in MACROS
    ]
    texts.list.show_at(area, rows)


def _line(macro: Macro, language: str, *, is_open: bool) -> Line:
    return Line(
        macro.id,
        macro.title.in_language(language),
        at_right=f"/{macro.code}",
        is_open=is_open,
    )
