"""Synonyms as the screens show them."""

from agent_desktop.ui.synonyms.page import WordFound
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.synonym import Synonym
from tests.ui.samples import Samples

SETS = (
    Synonym("1", ("携号转网", "带号转网", "NP"), version=3),
    Synonym("2", ("补卡", "补办SIM卡", "SIM card replacement"), version=1),
    Synonym("3", ("充值", "交话费", "缴费"), version=2, is_on=False),
)


def show_synonyms(made: MainWindow, samples: Samples) -> None:
    """The page as an editor has it, with one set in the form and what it finds."""
    made.rail.offer(Page.SYNONYMS, is_offered=True)
    made.show_page(Page.SYNONYMS)
    page, shown = made.pages.synonyms, SETS[0]
    off = samples.say("停用", "Off")
    page.show_rows(
        [Line(one.id, " · ".join(one.words), pill="" if one.is_on else off, is_open=one is shown) for one in SETS]
    )
    version = samples.say("第 3 版，叶雯，11月20日", "Version 3, by Ye Wen on 20 Nov")
    page.form.show_row(shown, shown.words[0], version, is_begun=False)
    title = samples.say("携号转网办理条件", "Taking a number to another network")
    page.show_found(
        [WordFound("携号转网", 6, 4, title), WordFound("带号转网", 6, 2, title), WordFound("NP", 6, 0, title)]
    )
