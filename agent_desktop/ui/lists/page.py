"""One list on its page: narrowed by words and a choice, sorted, grouped, with the columns and views of the person.

Values: `show_order`, `show_views`, `show_trouble`; lines go into `table.lines`. Wishes: `asked()` when the list is
wanted otherwise (`query`), `opened(key)`, `keep_wanted(name)`, `drop_wanted(name)`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from agent_desktop.lists import Query, SavedView
from agent_desktop.ui.lists.columns import Head, Line
from agent_desktop.ui.lists.kinds import ListKind
from agent_desktop.ui.lists.model import ListModel
from agent_desktop.ui.lists.table import ListTable
from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.parts import Label

PAUSE_MS = 120


class ListPage(QFrame):
    asked = Signal()
    opened = Signal(str)
    keep_wanted = Signal(str)
    drop_wanted = Signal(str)

    def __init__(self, look: Look, kind: ListKind[Any]) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self.query = kind.first
        self._views: tuple[SavedView, ...] = ()
        self._sorts: list[tuple[str, bool]] = []
        self.setProperty("ground", "canvas")
        self.setAccessibleName(kind.title)
        self.search = Field(look, self.tr("Narrow the list"), kind.prompt, "search")
        self.search.setFixedWidth(look.px(240))
        options = [(one.value, one.title, "accent") for one in kind.narrowings]
        self.narrowings = Segments(self.tr("Which ones"), options)
        self.narrowings.choose(kind.narrowings[0].value)
        self.sorting = self._pick(self.tr("Sort by"))
        self.grouping = self._pick(self.tr("Group by"))
        self.views = self._pick(self.tr("View"))
        self.columns = Button(look, self.tr("Columns"), kind="ghost", size="compact")
        self.keeping = Button(look, self.tr("Keep this view"), kind="ghost", size="compact")
        self.dropping = Button(look, self.tr("Drop this view"), kind="ghost", size="compact")
        self.naming = Field(look, self.tr("Name of the view"), self.tr("Name, then Enter"), "note")
        self.table = ListTable(look, ListModel(), kind.title)
        self._nothing, self._foot = Label("hint", "", wraps=True), Label("hint", "")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._menu = QMenu(self)
        self._fill_choices()
        self._lay_out()
        self._connect()
        self.show_columns(self._first_columns)

    def _pick(self, name: str) -> Pick:
        pick = Pick(self._look)
        pick.setAccessibleName(name)
        return pick

    def _fill_choices(self) -> None:
        for column in self._kind.columns:
            if column.sort:
                self.sorting.addItem(self.tr("{column}, rising").format(column=column.title))
                self.sorting.addItem(self.tr("{column}, falling").format(column=column.title))
                self._sorts += [(column.sort, False), (column.sort, True)]
        self.grouping.addItem(self.tr("No groups"), "")
        for column in self._kind.columns:
            if column.is_grouping:
                self.grouping.addItem(self.tr("By {column}").format(column=column.title), column.sort)
        for column in self._kind.columns:
            action = QAction(column.title, self._menu)
            action.setCheckable(True)
            action.setChecked(True)
            action.setEnabled(not column.is_fixed)
            action.setData(column.key)
            action.toggled.connect(self._columns_chosen)
            self._menu.addAction(action)
        self.show_views(())

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(Label("name", self._kind.title))
        top.addStretch(1)
        for widget in (self.naming, self.views, self.keeping, self.dropping, self.columns):
            top.addWidget(widget)
        self.naming.setFixedWidth(px(180))
        self.naming.hide()
        ways = QHBoxLayout()
        ways.setSpacing(px(10))
        self.narrowings.setFixedWidth(px(90) * len(self._kind.narrowings) + px(60))
        ways.addWidget(self.search)
        ways.addWidget(self.narrowings)
        ways.addStretch(1)
        for widget in (self.grouping, self.sorting):
            ways.addWidget(widget)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(10), px(6), px(10), px(8))
        inside.setSpacing(px(4))
        inside.addWidget(self._nothing)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(ways)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.stepped.connect(self.table.step)
        self.search.entered.connect(lambda: self.table.step(0))
        self.search.left.connect(self.search.clear)
        self._pause.timeout.connect(self._ask)
        self.narrowings.chosen.connect(lambda _: self._ask())
        self.sorting.activated.connect(lambda _: self._ask())
        self.grouping.activated.connect(lambda _: self._ask())
        self.table.sort_wanted.connect(self._sort)
        self.table.opened.connect(self.opened)
        self.columns.clicked.connect(self._open_menu)
        self.keeping.clicked.connect(self._begin_naming)
        self.dropping.clicked.connect(lambda: self.drop_wanted.emit(self.views.currentText()))
        self.naming.entered.connect(self._name_given)
        self.naming.left.connect(self._end_naming)
        self.views.activated.connect(self._view_chosen)

    @property
    def _first_columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self._kind.columns if not column.is_extra)

    @property
    def shown_columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.table.lines.columns)

    @property
    def view(self) -> SavedView:
        """As it is now, under the name that was typed."""
        return SavedView(self.naming.text().strip(), self.query, self.shown_columns)

    def show_order(
        self,
        places: Sequence[int],
        unsent: tuple[Line, ...],
        heads: tuple[Head, ...],
        *,
        is_whole: bool,
        is_again: bool = False,
    ) -> None:
        """`is_again` for the list that was shown: one stays at the row where one was, wherever that stands now."""
        table, model = self.table, self.table.lines
        bar, row = table.verticalScrollBar(), table.currentIndex().row()
        at, place = bar.value(), model.place(row) if is_again and row >= 0 else None
        model.show_order(places, unsent, heads)
        count = len(places) + len(unsent)
        now = model.row_with(place) if place is not None else None
        if now is None:
            now = min(row, model.rowCount() - 1) if is_again else 0
        table.choose(max(0, now))
        bar.setValue(at + (now - row) * table.rowHeight(0) if is_again and row >= 0 else 0)
        for widget in (table, self._foot):
            widget.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        self._nothing.say(self.tr("Nothing here fits. Take other words, or show all of them."))
        self.say_count(count, is_whole=is_whole)

    def say_count(self, count: int, *, is_whole: bool) -> None:
        words = self.tr("{count} in the list · Enter opens").format(count=count)
        self._foot.say(words if is_whole else self.tr("{words} · more are being read in").format(words=words))

    def show_views(self, views: tuple[SavedView, ...], chosen: str = "") -> None:
        self._views = views
        with QSignalBlocker(self.views):
            self.views.clear()
            self.views.addItem(self.tr("Default view"), "")
            for view in views:
                self.views.addItem(view.name, view.name)
            self.views.setCurrentIndex(max(0, self.views.findData(chosen)))
        self.dropping.setVisible(bool(self.views.currentData()))

    def show_trouble(self, words: str) -> None:
        """It could not be read."""
        self.table.lines.show_order(())
        for widget in (self.table, self._foot):
            widget.hide()
        self._nothing.show()
        self._nothing.say(words)

    def show_columns(self, keys: Sequence[str]) -> None:
        self.table.lines.show_columns(tuple(column for column in self._kind.columns if column.key in keys))
        for action in self._menu.actions():
            with QSignalBlocker(action):
                action.setChecked(action.data() in keys)
        self._show_query()

    def _show_query(self) -> None:
        query = self.query
        self.sorting.setCurrentIndex(self._sorts.index((query.sort, query.is_descending)))
        self.grouping.setCurrentIndex(max(0, self.grouping.findData(query.group)))
        self.table.show_sorted(query.sort, is_descending=query.is_descending)
        narrowing = next((one for one in self._kind.narrowings if one.only == query.only), self._kind.narrowings[-1])
        self.narrowings.choose(narrowing.value)

    def _ask(self) -> None:
        sort, is_descending = self._sorts[self.sorting.currentIndex()]
        only = next(one.only for one in self._kind.narrowings if one.value == self.narrowings.value)
        self.query = Query(sort, is_descending, self.grouping.currentData(), only, self.search.text().strip())
        self._show_query()
        self.asked.emit()

    def _sort(self, sort: str) -> None:
        """By another column, or the same the other way round."""
        is_descending = sort == self.query.sort and not self.query.is_descending
        self.query = replace(self.query, sort=sort, is_descending=is_descending)
        self._show_query()
        self.asked.emit()

    def _columns_chosen(self) -> None:
        self.show_columns([action.data() for action in self._menu.actions() if action.isChecked()])

    def _open_menu(self) -> None:
        self._menu.popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    def _begin_naming(self) -> None:
        self.naming.show()
        self.naming.setText(str(self.views.currentData() or ""))
        self.naming.setFocus()
        self.naming.selectAll()

    def _end_naming(self) -> None:
        self.naming.hide()
        self.table.setFocus()

    def _name_given(self) -> None:
        if self.naming.text().strip():
            self.keep_wanted.emit(self.naming.text().strip())
            self._end_naming()

    def _view_chosen(self) -> None:
        name = self.views.currentData()
        view = next((one for one in self._views if one.name == name), None)
        self.query = view.query if view else self._kind.first
        with QSignalBlocker(self.search):
            self.search.setText(self.query.text)
        self.show_columns(view.columns if view else self._first_columns)
        self.dropping.setVisible(view is not None)
        self.asked.emit()
