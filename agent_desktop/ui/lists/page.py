"""One list on its page: narrowed by words, a choice and filters, sorted, grouped, with the columns of the person.

Values: `show_order`, `show_trouble`, `views.show_views`; lines go into `table.lines`. Wishes: `asked()` when the list
is wanted otherwise (`query`), `opened(key)`, `deed_wanted(key)` for the rows that are chosen, `export_wanted()`.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from agent_desktop.lists import Query, SavedView
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.lists.columns import Head, Line
from agent_desktop.ui.lists.filter_bar import FilterBar
from agent_desktop.ui.lists.kinds import ListKind
from agent_desktop.ui.lists.model import ListModel
from agent_desktop.ui.lists.table import ListTable
from agent_desktop.ui.lists.view_bar import ViewBar
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.copying import press_copy
from agent_desktop.ui.widgets.parts import Label

PAUSE_MS = 120


class ListPage(QFrame):
    asked = Signal()
    opened = Signal(str)
    deed_wanted = Signal(str)
    export_wanted = Signal()

    def __init__(self, look: Look, kind: ListKind[Any]) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self.query = kind.first
        self._sorts: list[tuple[str, bool]] = []
        self._count, self._is_whole = 0, True
        self.setProperty("ground", "canvas")
        self.setAccessibleName(kind.title)
        self.search = Field(look, self.tr("Narrow the list"), kind.prompt, "search")
        self.search.setFixedWidth(look.px(220))
        options = [(one.value, one.title, "accent") for one in kind.narrowings]
        self.narrowings = Segments(self.tr("Which ones"), options)
        self.narrowings.choose(kind.narrowings[0].value)
        self.sorting = self._pick(self.tr("Sort by"))
        self.then = self._pick(self.tr("Then sort by"))
        self.grouping = self._pick(self.tr("Group by"))
        self.views = ViewBar(look)
        self.columns = Button(look, self.tr("Columns"), kind="ghost", size="compact")
        self.filtering = Button(look, self.tr("Filters"), "filter", kind="ghost", size="compact")
        self.exporting = Button(look, self.tr("Export"), "external", kind="ghost", size="compact")
        self.filters = FilterBar(look, kind)
        self.filters.hide()
        self.table = ListTable(look, ListModel(), kind.title)
        self._nothing, self._foot = Label("hint", "", wraps=True), Label("hint", "")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._menu, self._deeds = QMenu(self), QMenu(self)
        self._fill_choices()
        self._lay_out()
        self._connect()
        self.show_columns(self._first_columns)

    def _pick(self, name: str) -> Pick:
        pick = Pick(self._look)
        pick.setAccessibleName(name)
        return pick

    def _fill_choices(self) -> None:
        self.then.addItem(self.tr("No second order"), None)
        for column in self._kind.columns:
            if column.sort:
                self.sorting.addItem(self.tr("{column}, rising").format(column=column.title))
                self.sorting.addItem(self.tr("{column}, falling").format(column=column.title))
                self._sorts += [(column.sort, False), (column.sort, True)]
        for row, wanted in enumerate(self._sorts):
            self.then.addItem(self.tr("then {order}").format(order=self.sorting.itemText(row)), wanted)
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
        self._deeds.addAction(self.tr("Open"), self.table.open_current)
        self._deeds.addAction(self.tr("Choose or let go  (Space)"), self.table.toggle_current)
        self._deeds.addAction(self.tr("Choose all  (Ctrl+A)"), self.table.choose_all)
        self._deeds.addAction(self.tr("Copy the row  (Ctrl+C)"), partial(press_copy, self.table))
        self._deeds.addSeparator()
        for deed in self._kind.deeds:
            self._deeds.addAction(f"{deed.title}…", partial(self.deed_wanted.emit, deed.key))
        self._deeds.addAction(self.tr("Export the list…"), self.export_wanted.emit)

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(Label("name", self._kind.title))
        top.addStretch(1)
        for widget in (self.views, self.columns, self.exporting):
            top.addWidget(widget)
        ways = QHBoxLayout()
        ways.setSpacing(px(10))
        self.narrowings.setFixedWidth(px(90) * len(self._kind.narrowings) + px(60))
        ways.addWidget(self.search)
        ways.addWidget(self.narrowings)
        ways.addWidget(self.filtering)
        ways.addStretch(1)
        for pick in (self.grouping, self.sorting, self.then):
            pick.setMaximumWidth(px(190))
            ways.addWidget(pick)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(10), px(6), px(10), px(8))
        inside.setSpacing(px(4))
        inside.addWidget(self._nothing)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._foot)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(16), px(14), px(16), px(14))
        self.column.setSpacing(px(10))
        self.column.addLayout(top)
        self.column.addLayout(ways)
        self.column.addWidget(self.filters)
        self.column.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.stepped.connect(self.table.step)
        self.search.entered.connect(lambda: self.table.step(0))
        self.search.left.connect(self.search.clear)
        self._pause.timeout.connect(self._ask)
        self.narrowings.chosen.connect(lambda _: self._ask())
        for pick in (self.sorting, self.then, self.grouping):
            pick.activated.connect(lambda _: self._ask())
        self.table.sort_wanted.connect(self._sort)
        self.table.then_wanted.connect(self._sort_then)
        self.table.opened.connect(self.opened)
        self.table.menu_wanted.connect(self._open_deeds)
        self.table.chosen_changed.connect(self._say_foot)
        self.columns.clicked.connect(self._open_menu)
        self.filtering.clicked.connect(self._turn_filters)
        self.exporting.clicked.connect(self.export_wanted)
        self.filters.changed.connect(self._ask)
        self.views.taken.connect(self._take_view)
        self.views.left.connect(self.table.setFocus)

    @property
    def _first_columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self._kind.columns if not column.is_extra)

    @property
    def shown_columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.table.lines.columns)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the rows that are chosen, in the order of the list; of the current one where none is."""
        if here := self.chosen_here:
            return here
        place = self.table.lines.place(self.table.currentIndex().row())
        return () if place is None else (place,)

    @property
    def chosen_here(self) -> tuple[int, ...]:
        """Of the rows that were chosen, those that the list shows as it is narrowed now."""
        chosen = self.table.chosen
        return tuple(place for place in self.table.lines.places if place in chosen) if chosen else ()

    def view(self, name: str) -> SavedView:
        """As it is now, under that name."""
        return SavedView(name, self.query, self.shown_columns)

    @property
    def look(self) -> Look:
        return self._look

    @property
    def count(self) -> int:
        """Rows of the list as it is shown."""
        return self._count

    def put_panel(self, panel: QWidget) -> None:
        """Something to be done with the list, above it."""
        self.column.insertWidget(self.column.count() - 1, panel)

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
        self._count, self._is_whole = count, is_whole
        self._say_foot()

    def _say_foot(self) -> None:
        words = self.tr("{count} in the list · Enter opens · Space chooses").format(count=self._count)
        if self.table.chosen:
            here = len(self.chosen_here)
            words = self.tr("{chosen} chosen of {count} · Escape lets them go").format(chosen=here, count=self._count)
            if hidden := len(self.table.chosen) - here:
                words = self.tr("{words} · {hidden} more that were chosen are not in it").format(
                    words=words, hidden=hidden
                )
        self._foot.say(words if self._is_whole else self.tr("{words} · more are being read in").format(words=words))

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
        self.then.setCurrentIndex(self._sorts.index(query.then[0]) + 1 if query.then else 0)
        self.grouping.setCurrentIndex(max(0, self.grouping.findData(query.group)))
        self.table.show_sorted(query.sort, is_descending=query.is_descending)
        narrowing = next((one for one in self._kind.narrowings if one.only == query.only), self._kind.narrowings[-1])
        self.narrowings.choose(narrowing.value)
        if query.filters != self.filters.filters:
            self.filters.show_filters(query.filters)
        if query.filters:
            self.filters.show()

    def _ask(self) -> None:
        sort, is_descending = self._sorts[self.sorting.currentIndex()]
        only = next(one.only for one in self._kind.narrowings if one.value == self.narrowings.value)
        second = self.then.currentData()
        kept = self.query.then[1:] if second in self.query.then[:1] else ()
        then = () if second is None else (tuple(second), *kept)
        text, group = self.search.text().strip(), self.grouping.currentData()
        self._want(Query(sort, is_descending, group, only, text, then, self.filters.filters))

    def _sort(self, sort: str) -> None:
        """By another column, or the same the other way round."""
        is_descending = sort == self.query.sort and not self.query.is_descending
        self._want(replace(self.query, sort=sort, is_descending=is_descending, then=()))

    def _sort_then(self, sort: str) -> None:
        """Beneath the columns it is sorted by, or the same the other way round."""
        turned = dict(self.query.then)
        turned[sort] = not turned[sort] if sort in turned else False
        self._want(replace(self.query, then=tuple((column, falls) for column, falls in turned.items())))

    def _want(self, query: Query) -> None:
        self.query = query
        self._show_query()
        self.asked.emit()

    def _columns_chosen(self) -> None:
        self.show_columns([action.data() for action in self._menu.actions() if action.isChecked()])

    def _open_menu(self) -> None:
        self._menu.popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    def _open_deeds(self, where: QPoint) -> None:
        self._deeds.popup(where)

    def _turn_filters(self) -> None:
        if self.filters.isVisible() and not self.filters.filters:
            self.filters.hide()
            self.table.setFocus()
        else:
            self.filters.show()
            self.filters.start()

    def _take_view(self, view: SavedView | None) -> None:
        self.query = view.query if view else self._kind.first
        with QSignalBlocker(self.search):
            self.search.setText(self.query.text)
        self.show_columns(view.columns if view else self._first_columns)
        self.asked.emit()
