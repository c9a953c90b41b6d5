"""Copying what the screen shows of customers: by whom the site lets, numbers masked, what is sensitive put on record.

What somebody is writing is theirs: fields are not watched.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from shiboken6 import Shiboken

from agent_desktop.customers import masking
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.widgets.copying import chosen_text, is_written_in
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.desk_policy import DeskPolicy


class CopyDesk(QObject):
    """It stands before whatever has the keyboard; nothing else of the window is listened to. `saved` when a line of the
    audit waits to be sent."""

    saved = Signal()
    told = Signal(str)

    def __init__(self, rooms: Rooms, background: Background, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._window = rooms, background, window
        self._policy = DeskPolicy()
        self._place: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        QGuiApplication.clipboard().selectionChanged.connect(self._mask_selection)

    def use(self, policy: DeskPolicy) -> None:
        self._policy = policy

    @property
    def may_copy(self) -> bool:
        return self._rooms.agent.role in self._policy.copies

    def copy(self, place: QWidget, text: str) -> None:
        """What of it may leave is on the clipboard once it is kept, for the audit trail, that it did."""
        if not self.may_copy:
            self.told.emit(
                self.tr("Your role may not copy customers' data: nothing was copied. An administrator can change it.")
            )
            return
        entity, row_id = self._about(place)
        is_whole = entity == "customer" and self._window.customer.header.is_whole
        left = masking.copied(text, is_whole=is_whole) if row_id else masking.text(text)
        kinds = masking.kinds_in(left)
        if not kinds:
            QGuiApplication.clipboard().setText(left)
            return
        book = self._rooms.book

        def kept(_: object) -> None:
            QGuiApplication.clipboard().setText(left)
            self.saved.emit()

        self._background.store.do(lambda: book.note_copy(entity, row_id, kinds), kept, self._not_kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Copy) and self._copy_from(watched)
        if isinstance(watched, QLabel):
            if event.type() is QEvent.Type.MouseButtonPress and watched.hasSelectedText():
                watched.setSelection(0, 0)  # else it could be dragged out
            if isinstance(event, QContextMenuEvent) and _has_own_menu(watched):
                self._open_menu(watched, event)
                return True
        return False

    def _copy_from(self, place: QWidget) -> bool:
        text = chosen_text(place)
        if not text and self._window.customer.isAncestorOf(place):
            text = self._window.customer.header.shown_number
        if text:
            self.copy(place, text)
        return True

    def _open_menu(self, place: QLabel, event: QContextMenuEvent) -> None:
        menu = QMenu(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"), lambda: self._copy_from(place))
        copy.setEnabled(place.hasSelectedText())
        menu.addAction(self.tr("Choose all"), lambda: place.setSelection(0, len(place.text())))
        menu.popup(event.globalPos())

    def _about(self, place: QWidget) -> tuple[str, str]:
        """Whose record says that it was copied: the ticket's or the customer's that it stands with."""
        window = self._window
        if window.ticket is not None and window.ticket.isAncestorOf(place):
            return "ticket", window.ticket.ticket_id
        if window.customer.isAncestorOf(place):
            return "customer", window.customer.customer_id or ""
        return "", ""

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Whatever had the keyboard before is not listened to any more."""
        before, self._place = self._place, None
        if before is not None and Shiboken.isValid(before):  # one that is being deleted loses the keyboard on its way
            before.removeEventFilter(self)
            before.destroyed.disconnect(self._forget)
        if now is not None and self._is_watched(now):
            self._place = now
            now.installEventFilter(self)
            now.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._place = None

    def _is_watched(self, place: QWidget) -> bool:
        """Articles and the settings are no customer's."""
        window = self._window
        is_shown_here = window.isAncestorOf(place) and not window.right.knowledge.isAncestorOf(place)
        return is_shown_here and window.pages.shown is not Page.SETTINGS and not is_written_in(place)

    def _mask_selection(self) -> None:
        """Where a middle click pastes what is chosen (X11), it is chosen with everything in it hidden."""
        clipboard, place = QGuiApplication.clipboard(), self._place
        if place is None or not clipboard.ownsSelection() or place is not QApplication.focusWidget():
            return
        text = clipboard.text(QClipboard.Mode.Selection)
        hidden = masking.text(text) if self.may_copy else ""
        if hidden != text:
            clipboard.setText(hidden, QClipboard.Mode.Selection)

    def _not_kept(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _has_own_menu(label: QLabel) -> bool:
    is_default = label.contextMenuPolicy() is Qt.ContextMenuPolicy.DefaultContextMenu
    return is_default and bool(label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)
