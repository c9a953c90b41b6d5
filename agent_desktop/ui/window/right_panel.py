"""The panel at the right: ticket with suggestions below, knowledge alone, script. One pane each, shown where needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QTabBar, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.guides.player import GuidePlayer
from agent_desktop.ui.knowledge.pane import KnowledgePane
from agent_desktop.ui.widgets.parts import Glyph, Label, Rule
from agent_desktop.ui.window.script_pane import ScriptPane
from agent_desktop.ui.window.ticket_form import Ask, TicketForm
from agent_desktop.ui.wrap_up.form import WrapUpForm

TICKET, KNOWLEDGE, SCRIPT = range(3)


class RightPanel(QFrame):
    tab_changed = Signal(int)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.setAccessibleName(self.tr("Ticket and knowledge"))
        self.wrap_up = WrapUpForm(look)
        self.form = TicketForm(look, formats)
        self._is_of_call, self._is_whole, self._is_begun, self._is_room_wanted = False, False, False, False
        self.knowledge = KnowledgePane(look, formats)
        self.guide = GuidePlayer(look)
        self.script = ScriptPane(look)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Ticket and knowledge"))
        for words in (self.tr("Ticket"), self.tr("Knowledge"), self.tr("Script")):
            self.tabs.addTab(words)
        self.tabs.setUsesScrollButtons(False)
        self._saved_glyph = Glyph(look, "cloud-check", "ok", 15)
        self._saved = Label("meta")
        self._before_article = TICKET
        self._rule = Rule()
        self._lay_out(look)
        self.tabs.currentChanged.connect(self._turn_to)
        self.form.saved_words_changed.connect(self._show_saved)
        self.form.asked.room_wanted.connect(self._widen)
        self.wrap_up.draft_changed.connect(lambda _: self._ask())
        self.wrap_up.whole_ticket_wanted.connect(self.start_ticket)
        self.knowledge.article_opened.connect(self._make_room)
        self.knowledge.article_left.connect(self._give_back)
        self._turn_to(TICKET)
        self._show_saved("", "")

    def _lay_out(self, look: Look) -> None:
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(12), px(4), px(14), 0)
        bar.setSpacing(px(4))
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self._saved_glyph)
        bar.addWidget(self._saved)
        column.addLayout(bar)
        column.addWidget(Rule())
        inside = QVBoxLayout()
        inside.setContentsMargins(px(16), px(8), px(16), px(10))
        inside.setSpacing(px(8))
        self._inside = inside
        inside.addWidget(self.wrap_up)
        inside.addWidget(self.form, 5)
        inside.addWidget(self._rule)
        inside.addWidget(self.guide, 4)
        inside.addWidget(self.knowledge, 4)
        inside.addWidget(self.script, 1)
        column.addLayout(inside, 1)

    def turn_to(self, tab: int) -> None:
        self.tabs.setCurrentIndex(tab)

    def show_of_call(self, *, is_of_call: bool) -> None:
        """Whether what is on the screen is a call, which is wrapped up, or anything else, which a ticket is written
        about."""
        self._is_of_call, self._is_whole, self._is_begun = is_of_call, False, False
        self.form.say_submit(self.tr("Save") if is_of_call else "")
        self._turn_to(self.tabs.currentIndex())

    def take_up_call(self) -> None:
        """A call comes to the screen. A ticket that the person is at stays: no field goes from under their hands."""
        is_at_it = self.form.is_being_written or (self._is_begun and self._is_in_ticket)
        if is_at_it:
            self.wrap_up.tick_ticket(is_wanted=True)
        self.show_of_call(is_of_call=True)
        if is_at_it:
            self.show_whole_ticket()

    @property
    def _is_in_ticket(self) -> bool:
        return self.form.isAncestorOf(QApplication.focusWidget() or self)

    def start_ticket(self) -> None:
        """The person wants to write a ticket: all of it, from its first field."""
        self.show_ticket()
        self.form.start()
        self._is_begun = True

    def show_whole_ticket(self) -> None:
        """A ticket that somebody has begun, with all its fields."""
        self._is_whole = True
        if self._is_of_call:
            self.wrap_up.tick_ticket(is_wanted=True)
        self._ask()

    def insert(self, text: str) -> None:
        """Puts text at the end of the ticket's description."""
        self.show_whole_ticket()
        self.form.insert(text)

    @property
    def is_of_call(self) -> bool:
        """Whether what is on the screen is a call, which is wrapped up."""
        return self._is_of_call

    def show_ticket(self) -> None:
        """The ticket with all its fields, without the keyboard going there."""
        self.turn_to(TICKET)
        self.show_whole_ticket()

    def show_wrap_up(self) -> None:
        """The wrap-up of the call, without the keyboard going there."""
        self.turn_to(TICKET)

    def start_wrap_up(self) -> None:
        if self._is_of_call:
            self.turn_to(TICKET)
            self.wrap_up.start()

    def start_abuse(self) -> None:
        """What is done about an abusive caller, with the keyboard there."""
        self.turn_to(SCRIPT)
        self.script.abuse.focus_first()

    def _ask(self) -> None:
        has_ticket = not self._is_of_call or self.wrap_up.ticket.isChecked()
        self._is_whole = self._is_whole and has_ticket
        is_brief = self._is_of_call and not self._is_whole
        if not has_ticket and self._is_in_ticket:
            self.wrap_up.note.setFocus()  # a field that goes hands the cursor to just any other
        self.form.ask(Ask.NOTHING if not has_ticket else Ask.NEEDED if is_brief else Ask.ALL)
        whole = 10 if self._is_room_wanted else 5
        self._inside.setStretchFactor(self.form, whole if has_ticket and not is_brief else 0)

    def _turn_to(self, tab: int) -> None:
        self._ask()
        self.wrap_up.setVisible(tab == TICKET and self._is_of_call)
        self.form.setVisible(tab == TICKET)
        self._rule.setVisible(tab == TICKET)
        self.share()
        self.script.setVisible(tab == SCRIPT)
        if tab != KNOWLEDGE:
            self.knowledge.read_large(is_large=False)
        self.tab_changed.emit(tab)

    def _widen(self, is_room_wanted: bool) -> None:
        """A form with fields of its own needs more than the suggestions do."""
        self._is_room_wanted = is_room_wanted
        self._ask()

    def share(self) -> None:
        """A guide that is gone through has the place of knowledge beside the ticket, else a line above it."""
        tab, guide = self.tabs.currentIndex(), self.guide
        is_beside = tab == TICKET and guide.is_going_on and not guide.is_aside
        guide.be_brief(is_brief=not is_beside)
        guide.setVisible(guide.is_going_on and tab != SCRIPT)
        self._inside.setStretchFactor(guide, 4 if is_beside else 0)
        self.knowledge.setVisible(tab == KNOWLEDGE or (tab == TICKET and not is_beside))

    def _make_room(self) -> None:
        if self.tabs.currentIndex() != KNOWLEDGE:
            self._before_article = self.tabs.currentIndex()
            self.turn_to(KNOWLEDGE)

    def _give_back(self) -> None:
        if self.tabs.currentIndex() == KNOWLEDGE:
            self.turn_to(self._before_article)

    def _show_saved(self, words: str, tone: str) -> None:
        self._saved.say(words)
        self._saved.setVisible(bool(words))
        self._saved_glyph.setVisible(bool(words))
        self._saved_glyph.show_icon("cloud-check" if tone == "ok" else "warning", tone or "ok")
