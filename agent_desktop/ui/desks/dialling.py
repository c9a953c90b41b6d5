"""Every number that is shown can be called: one way from a number on the screen, or a link, into the dial field."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QPlainTextEdit, QWidget

from agent_desktop.customers import masking
from agent_desktop.dial_links import numbers_in, read
from agent_desktop.link_handler import SCHEMES
from agent_desktop.ui.customer.cards import NotesCard
from agent_desktop.ui.messages.calls import explain_closed_link, explain_link
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.phone_number import DialPlan, PhoneNumber, masked, normalise, on_record


class Dialling(QObject):
    """What is put into the field waits there for the agent. Only a link may dial, and only where the site says so."""

    told = Signal(str)

    def __init__(
        self,
        plan: DialPlan,
        window: MainWindow,
        dial: Callable[[str], None],
        copy: Callable[[QWidget, str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._window = window
        self._dial = dial
        self._copy = copy
        self._links_dial = False
        self._kinds: Collection[str] = SCHEMES
        timeline, written = window.customer.timeline, window.right.form.description
        self._offer_on(timeline, timeline.text_at, timeline.said_at)
        self._offer_on(written, lambda at: written.cursorForPosition(at).block().text(), _nothing)
        for note in window.customer.notes.texts:
            self._offer_on(note, partial(_whole_text, window.customer.notes, note), partial(_shown_text, note))

    def use(self, *, links_dial: bool, kinds: Collection[str] = SCHEMES) -> None:
        """Whether a link with an ordinary number dials at once, and which kinds of links are taken at all."""
        self._links_dial = links_dial
        self._kinds = kinds

    def take_link(self, link: str) -> None:
        """A `tel:`, `sip:` or `callto:` link from outside this program."""
        found, kind = read(link, self._plan), link.partition(":")[0].strip().lower()
        if kind in SCHEMES and kind not in self._kinds:
            self.told.emit(explain_closed_link())
        elif found is None:
            self.told.emit(explain_link())
        elif self._links_dial and found.is_ordinary:
            self._dial(found.number)
        else:
            behind = f" x{found.extension}" if found.extension else ""
            self._window.show_page(Page.WORKSPACE)
            self._window.strip.prefill(found.text + behind)
            self._tell_waiting(masking.shown(found.text, self._plan) + behind)

    def put_in_field(self, number: str) -> None:
        """A number of a customer: the field shows it masked and dials it whole."""
        shown = masking.shown(number, self._plan)
        self._window.strip.prefill(number if on_record(number) else normalise(number, self._plan) or number, shown)
        self._tell_waiting(shown)

    def _tell_waiting(self, shown: str) -> None:
        strip = self._window.strip
        if strip.showing is not strip.idle:
            words = self.tr("{number} stands in the dial field, ready for when this call is over.")
            self.told.emit(words.format(number=shown))

    def _offer_on(self, place: QWidget, text_at: Callable[[QPoint], str], said_at: Callable[[QPoint], str]) -> None:
        """`said_at` is what can be copied there."""
        place.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        place.customContextMenuRequested.connect(lambda at: self._open_menu(place, at, text_at(at), said_at(at)))

    def _open_menu(self, place: QWidget, at: QPoint, text: str, said: str) -> None:
        menu = place.createStandardContextMenu() if isinstance(place, QPlainTextEdit) else QMenu(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        standard = menu.actions()
        calls = [self._call_of(number, menu) for number in numbers_in(text, self._plan)]
        menu.addActions(calls)
        if said:
            menu.addAction(self.tr("Copy"), partial(self._copy, place, said))
        if standard and calls:
            menu.insertActions(standard[0], calls)
            menu.insertSeparator(standard[0])
        if menu.actions():
            ground = place.viewport() if isinstance(place, QAbstractScrollArea) else place
            menu.popup(ground.mapToGlobal(at))

    def _call_of(self, number: PhoneNumber, menu: QMenu) -> QAction:
        action = QAction(self.tr("Call {number}").format(number=masked(number)), menu)
        action.triggered.connect(lambda: self.put_in_field(number))
        return action


def _whole_text(notes: NotesCard, label: Label, _: QPoint) -> str:
    return notes.whole_text(label)


def _shown_text(label: Label, _: QPoint) -> str:
    return label.full_text


def _nothing(_: QPoint) -> str:
    """The field's own menu copies what is written in it."""
    return ""
