"""F6: from panel to panel. Each panel gets the focus back where it was."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.ui.composition import Composition


class Panels(QObject):
    """Follows the focus, so that coming back to a panel means coming back to the same place in it."""

    def __init__(self, panels: tuple[QWidget, ...], composition: Composition) -> None:
        super().__init__(panels[0].window())
        self._panels = panels
        self._composition = composition
        self._last: dict[QWidget, QWidget] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._remember)

    def add(self, panel: QWidget, before: QWidget) -> None:
        """One that was made later, in its place."""
        at = self._panels.index(before)
        self._panels = (*self._panels[:at], panel, *self._panels[at:])

    def next(self) -> None:
        self._go(1)

    def previous(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._composition.is_open:
            return
        at = self._current()
        count = len(self._panels)
        start = at if at is not None else (-1 if step > 0 else 0)
        for n in range(1, count + 1):
            panel = self._panels[(start + step * n) % count]
            place = self._place_in(panel)
            if place is not None:
                place.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _current(self) -> int | None:
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((n for n, panel in enumerate(self._panels) if panel.isAncestorOf(focus)), None)

    def _place_in(self, panel: QWidget) -> QWidget | None:
        last = self._last.get(panel)
        if last is not None and _can_take(last):
            return last
        return next((child for child in panel.findChildren(QWidget) if _can_take(child)), None)

    def _remember(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        for panel in self._panels:
            if panel.isAncestorOf(now):
                self._last[panel] = now
                now.destroyed.connect(lambda *_, panel=panel: self._last.pop(panel, None))


def _can_take(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
