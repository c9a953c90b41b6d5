"""The buttons of the rail: of one page, and of a group of pages, which opens a list of them."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.page import Page
from agent_desktop.ui.widgets.controls import Button

HIGH_PX, LOWEST_PX = 40, 28
MOST_COUNTED = 99


class RailButton(Button):
    """A page, with how many of its things wait."""

    count = 0

    def __init__(self, look: Look, icon: str, name: str, keys: str) -> None:
        super().__init__(look, "", icon, kind="ghost", size="compact", name=name, tip=f"{name}  {keys}".strip())
        self.icon_name, self.keys = icon, keys
        self.setAccessibleDescription(keys)
        self.setFixedWidth(look.px(40))
        self.setMinimumHeight(look.px(LOWEST_PX))
        self.setMaximumHeight(look.px(HIGH_PX))
        look.dress(self, icon, "sec", 20)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.px(HIGH_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.px(LOWEST_PX))

    def show_count(self, count: int, words: str, *, is_urgent: bool = False) -> None:
        """In colour, figure and words."""
        self.count = count
        self._look.dress(self, self.icon_name, "bad" if is_urgent else "sec", 20)
        self.setAccessibleDescription(words if count else self.keys)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count:
            painter = QPainter(self)
            _draw_count(painter, self._look, self.count, QPoint(self.width(), self._look.px(1)))


class GroupButton(RailButton):
    """Pages that share one place. `page_wanted(Page)`: one was chosen from the list, which begins at the last one."""

    page_wanted = Signal(object)

    def __init__(self, look: Look, icon: str, name: str) -> None:
        super().__init__(look, icon, name, "")
        self.pages: dict[Page, RailButton] = {}
        self._last: Page | None = None
        self.list: CountedMenu | None = None
        self.setCheckable(True)
        self.clicked.connect(self._open)

    def show_pages(self, pages: dict[Page, RailButton]) -> None:
        self.pages = pages
        self.count_again()

    def count_again(self) -> None:
        """What waits on its pages, from their own buttons."""
        waiting = [one for one in self.pages.values() if one.count]
        words = "; ".join(f"{one.accessibleName()}: {one.accessibleDescription()}" for one in waiting)
        self.show_count(sum(one.count for one in waiting), words)
        if not waiting:
            self.setAccessibleDescription(self.tr("Opens a list of pages"))

    def show_page(self, page: Page) -> None:
        """Whether that one is among its own."""
        self.setChecked(page in self.pages)
        if page in self.pages:
            self._last = page

    def _open(self) -> None:
        is_shown = self._last in self.pages and self.pages[self._last].isChecked()
        self.setChecked(is_shown)
        if self.list is None:
            self.list = CountedMenu(self._look, self)
            self.list.setAccessibleName(self.accessibleName())
        self.list.fill(self.pages.items())
        for page, action in zip(self.pages, self.list.actions(), strict=True):
            action.triggered.connect(partial(self.page_wanted.emit, page))
        self.list.popup(self.mapToGlobal(QPoint(self.width() + self._look.px(6), 0)))
        begin = list(self.pages).index(self._last) if self._last in self.pages else 0
        self.list.setActiveAction(self.list.actions()[begin])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side, px = self._look.px(6), self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("muted"))
        right, bottom = self.width() - px(3), self.height() - px(3)
        painter.drawPolygon([QPoint(right, bottom - side), QPoint(right, bottom), QPoint(right - side, bottom)])


class CountedMenu(QMenu):
    """Icon, name, key, and how many of its things wait."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._counts: list[int] = []
        self.setProperty("role", "counted")

    def fill(self, buttons: Iterable[tuple[Page, RailButton]]) -> None:
        self.clear()
        self._counts.clear()
        for _, one in buttons:
            ink = "accent_text" if one.isChecked() else "sec"
            icon = QIcon(self._look.pixmap(one.icon_name, ink, 20, self.devicePixelRatioF()))
            action = self.addAction(icon, one.accessibleName().replace("&", "&&"))
            action.setShortcut(QKeySequence(one.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the window has it, too
            action.setShortcutVisibleInContextMenu(True)
            action.setWhatsThis(one.accessibleDescription())
            self._counts.append(one.count)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, high = QPainter(self), self._look.px(16)
        for action, count in zip(self.actions(), self._counts, strict=True):
            if count:
                row = self.actionGeometry(action)
                corner = QPoint(row.right() - self._look.px(8), row.top() + (row.height() - high) // 2)
                _draw_count(painter, self._look, count, corner)


def _draw_count(painter: QPainter, look: Look, count: int, corner: QPoint) -> None:
    """A mark whose upper right corner is there."""
    words = str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"
    font = look.font(11, QFont.Weight.DemiBold)
    side = look.px(16)
    width = max(side, QFontMetrics(font).horizontalAdvance(words) + look.px(8))
    mark = QRectF(corner.x() - width, corner.y(), width, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("bad_solid"))
    painter.drawRoundedRect(mark, side / 2, side / 2)
    painter.setPen(look.colour("on_accent"))
    painter.setFont(font)
    painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, words)
