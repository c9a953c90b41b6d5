"""The views of a list that one keeps, and those that the team's lead keeps for everybody: taken up, kept, dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from agent_desktop.lists import SavedView
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field


@dataclass(frozen=True, slots=True)
class KeptView:
    """`team_view` is the id of one that the team has; empty for one's own."""

    view: SavedView
    team_view: str = ""


class ViewBar(QFrame):
    """`taken` with a SavedView, or None for the list as it is at first. `keep_wanted(name, for the team)`."""

    taken = Signal(object)
    keep_wanted = Signal(str, bool)
    drop_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._kept: tuple[KeptView, ...] = ()
        self._is_for_team = False
        self._leads = False
        self.views = Pick(look)
        self.views.setAccessibleName(self.tr("View"))
        self.keeping = Button(look, self.tr("Keep this view"), kind="ghost", size="compact")
        self.sharing = Button(look, self.tr("Keep for the team"), kind="ghost", size="compact")
        self.dropping = Button(look, self.tr("Drop this view"), kind="ghost", size="compact")
        self.naming = Field(look, self.tr("Name of the view"), self.tr("Name, then Enter"), "note")
        self.naming.setFixedWidth(look.px(180))
        self.naming.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        for widget in (self.naming, self.views, self.keeping, self.sharing, self.dropping):
            row.addWidget(widget)
        self.keeping.clicked.connect(lambda: self._begin_naming(for_team=False))
        self.sharing.clicked.connect(lambda: self._begin_naming(for_team=True))
        self.dropping.clicked.connect(self._drop)
        self.naming.entered.connect(self._name_given)
        self.naming.left.connect(self._end_naming)
        self.views.activated.connect(self._take)
        self.show_views(())
        self.offer_team(leads=False)

    def offer_team(self, *, leads: bool) -> None:
        """Whether views can be kept for the team."""
        self._leads = leads
        self.sharing.setVisible(leads)

    def show_views(self, kept: Sequence[KeptView], chosen: str = "") -> None:
        """Those of the team behind one's own; the one of that name is shown as taken, without emitting."""
        before = chosen or self.views.currentText()
        self._kept = tuple(kept)
        with QSignalBlocker(self.views):
            self.views.clear()
            self.views.addItem(self.tr("Default view"))
            for one in self._kept:
                title = self.tr("{name} · team") if one.team_view else "{name}"
                self.views.addItem(title.format(name=one.view.name))
            names = [one.view.name for one in self._kept]
            row = names.index(chosen) + 1 if chosen in names else self.views.findText(before)
            self.views.setCurrentIndex(max(0, row))
        self._show_what_can_be_dropped()

    @property
    def current(self) -> KeptView | None:
        row = self.views.currentIndex() - 1
        return self._kept[row] if 0 <= row < len(self._kept) else None

    def _show_what_can_be_dropped(self) -> None:
        current = self.current
        self.dropping.setVisible(current is not None and (self._leads or not current.team_view))

    def _take(self) -> None:
        current = self.current
        self._show_what_can_be_dropped()
        self.taken.emit(None if current is None else current.view)

    def _drop(self) -> None:
        if self.current is not None:
            self.drop_wanted.emit(self.current)

    def _begin_naming(self, *, for_team: bool) -> None:
        self._is_for_team = for_team
        self.naming.show()
        self.naming.setText(self.current.view.name if self.current else "")
        self.naming.setFocus()
        self.naming.selectAll()

    def _end_naming(self) -> None:
        self.naming.hide()
        self.left.emit()

    def _name_given(self) -> None:
        name = self.naming.text().strip()
        if name:
            self.keep_wanted.emit(name, self._is_for_team)
            self._end_naming()
