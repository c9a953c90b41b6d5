"""Whom to bring the call to: a field with suggestions under the strip. It takes neither the call nor the window.

Values: `offer_targets`, `offer_places`, `show_possible`, `show_trouble`. Wishes, with the id of the call:
`consult_wanted(id, written)`, `transfer_wanted(id, written)`, `place_wanted(id, TransferPurpose)`. What is typed stays
until it led somewhere, also when the call ends meanwhile.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from agent_desktop.softphone.call import CallId, TransferPurpose
from agent_desktop.softphone.events import Lamp
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.targets import Target, TargetKind, matching
from agent_desktop.ui.strip.words import purpose_word
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label, Rule
from agent_desktop.ui.widgets.rows import Row, RowDelegate, row_role

WIDTH_PX = 400
ROW_PX = 46
_ICONS = {
    TargetKind.FAVOURITE: "star",
    TargetKind.PERSON: "user",
    TargetKind.QUEUE: "users",
    TargetKind.RECENT: "clock",
}
_PLACE_ICONS = {
    TransferPurpose.SURVEY: "star",
    TransferPurpose.PIN_CHECK: "id-check",
    TransferPurpose.PARK: "park",
}


class TransferPanel(QFrame):
    consult_wanted = Signal(str, str)
    transfer_wanted = Signal(str, str)
    place_wanted = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._targets: tuple[Target, ...] = ()
        self._shown: tuple[Target, ...] = ()
        self.call_id: CallId | None = None
        self._before: QWidget | None = None
        self._consults_first = True
        self._why_no_call = ""
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Transfer"))
        self._title = Label("section", elides=True)
        self.field = Field(look, self.tr("Transfer to"), self.tr("Number, extension or name"), "search", kind="search")
        self._model = QStandardItemModel(self)
        self.suggestions = QListView()
        self.suggestions.setAccessibleName(self.tr("Suggestions"))
        self.suggestions.setModel(self._model)
        self.suggestions.setItemDelegate(RowDelegate(look, self))
        self.suggestions.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.suggestions.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.suggestions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._trouble = Label("meta", "", "bad", wraps=True)
        self.consult = Button(look, self.tr("Consult first"), "consult")
        self.transfer = Button(look, self.tr("Transfer now"), "phone-forward")
        self._keys = Label("hint")
        self._keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rule = Rule()
        self.places = {purpose: Button(look, purpose_word(purpose), icon) for purpose, icon in _PLACE_ICONS.items()}
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(12))
        column.setSpacing(px(8))
        for widget in (self._title, self.field, self.suggestions, self._trouble):
            column.addWidget(widget)
        ways, places = QHBoxLayout(), QHBoxLayout()
        for row, buttons in ((ways, (self.consult, self.transfer)), (places, tuple(self.places.values()))):
            row.setSpacing(px(8))
            for button in buttons:
                row.addWidget(button, 1)
        column.addLayout(ways)
        column.addWidget(self._keys)
        column.addWidget(self._rule)
        column.addLayout(places)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._suggest)
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self._enter)
        self.field.left.connect(self.leave)
        self.suggestions.clicked.connect(self._take_row)
        self.consult.clicked.connect(lambda: self._wish(consults_first=True))
        self.transfer.clicked.connect(lambda: self._wish(consults_first=False))
        for purpose, button in self.places.items():
            button.clicked.connect(lambda _=False, purpose=purpose: self.place_wanted.emit(self.call_id, purpose))

    def offer_targets(self, targets: Sequence[Target]) -> None:
        self._targets = tuple(targets)
        if self.isVisible():
            self._suggest()

    def offer_places(self, purposes: Sequence[TransferPurpose]) -> None:
        """What the site has set up; the others are not shown at all."""
        for purpose, button in self.places.items():
            button.setVisible(purpose in purposes)
        self._rule.setVisible(bool(purposes))

    def open_under(self, strip: QWidget, face: CallFace, *, consults_first: bool) -> None:
        """`consults_first` says what Return does; Ctrl+Return always transfers at once."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.call_id, self._consults_first = face.call.id, consults_first
        for button, icon, is_first, keys in (
            (self.consult, "consult", consults_first, ""),
            (self.transfer, "phone-forward", not consults_first, "Ctrl+Enter"),
        ):
            button.wear("primary" if is_first else "plain", icon)
            button.setAccessibleDescription("Enter" if is_first else keys)
            button.setToolTip("Enter" if is_first else keys)
        consult, now = self.tr("Enter: consult first"), self.tr("Ctrl+Enter: transfer now")
        self._keys.say(" · ".join((consult, now)) if consults_first else self.tr("Enter: transfer now"))
        self._title.say(self.tr("Transfer {who}").format(who=face.title))
        self.show_possible("")
        self._say_trouble("")
        if self.parent() is not strip.window():
            self.setParent(strip.window())
        self._suggest()
        self._place(strip)
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()

    def show_possible(self, why_not: str) -> None:
        """Whether the call can be brought anywhere now; the sentence says why not."""
        self._why_no_call = why_not
        for button in (self.consult, self.transfer, *self.places.values()):
            button.setEnabled(not why_not)
        self._say_trouble(why_not)

    def show_trouble(self, words: str) -> None:
        """What was typed leads nowhere."""
        self._say_trouble(words)

    def done(self) -> None:
        """It led somewhere: what was typed is not needed any more."""
        self.field.clear()
        self.leave()

    def leave(self) -> None:
        """Closes; the focus goes back to where it came from."""
        had_focus = self.isVisible() and self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        before, self._before = self._before, None
        if had_focus and before is not None and _is_there(before):
            before.setFocus()

    @property
    def chosen(self) -> str:
        """What would be dialled: the suggestion that is lit, else what was typed."""
        row = self.suggestions.currentIndex().row()
        return self._shown[row].number if 0 <= row < len(self._shown) else self.field.text().strip()

    def event(self, event: QEvent) -> bool:
        # Ctrl+Return submits the ticket elsewhere in the window; here it transfers.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_now(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_now(event):
            self._wish(consults_first=False)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _suggest(self) -> None:
        typed = self.field.text().strip()
        self._shown = matching(self._targets, typed)
        self._model.clear()
        for one in self._shown:
            item = QStandardItem(one.title)
            item.setData(self._row(one), row_role())
            self._model.appendRow(item)
        is_name = bool(typed) and not any(sign.isdigit() for sign in typed)
        first = self._model.index(0, 0) if is_name and self._shown else QModelIndex()
        self.suggestions.setCurrentIndex(first)
        self.suggestions.setFixedHeight(self._look.px(ROW_PX) * len(self._shown) + 2)
        self.suggestions.setVisible(bool(self._shown))
        self._say_trouble(self._why_no_call)

    def _row(self, target: Target) -> Row:
        lamp, token = {
            Lamp.UNKNOWN: ("", "muted"),
            Lamp.FREE: (self.tr("Free"), "ok"),
            Lamp.RINGING: (self.tr("Rings"), "warn"),
            Lamp.IN_CALL: (self.tr("In a call"), "bad"),
        }[target.lamp]
        detail = " · ".join(part for part in (target.shown or target.number, target.detail) if part)
        return Row(target.name or target.number, detail, _ICONS[target.kind], at_right=lamp, right_token=token)

    def _step(self, by: int) -> None:
        rows = self._model.rowCount()
        if rows:
            row = self.suggestions.currentIndex().row()
            at = (row + by) % rows if row >= 0 else (0 if by > 0 else rows - 1)
            self.suggestions.setCurrentIndex(self._model.index(at, 0))

    def _take_row(self, index: QModelIndex) -> None:
        self.suggestions.setCurrentIndex(index)
        self.field.setFocus()

    def _enter(self) -> None:
        self._wish(consults_first=self._consults_first)

    def _wish(self, *, consults_first: bool) -> None:
        if self._why_no_call:
            return
        if not self.chosen:
            self._say_trouble(self.tr("Enter a number, an extension or a name first."))
        else:
            (self.consult_wanted if consults_first else self.transfer_wanted).emit(self.call_id, self.chosen)

    def _say_trouble(self, words: str) -> None:
        self._trouble.say(words)
        self._trouble.setVisible(bool(words))
        self.adjustSize()

    def _place(self, strip: QWidget) -> None:
        window = strip.window()
        self.setFixedWidth(self._look.px(WIDTH_PX))
        self.adjustSize()
        corner = strip.mapTo(window, QPoint(strip.width() - self.width() - self._look.px(14), strip.height() + 4))
        self.move(max(0, corner.x()), corner.y())


def _is_now(event: QKeyEvent) -> bool:
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return is_return and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _is_there(widget: QWidget) -> bool:
    from shiboken6 import Shiboken

    return Shiboken.isValid(widget) and widget.isVisible()
