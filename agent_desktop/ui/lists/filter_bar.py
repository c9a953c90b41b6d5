"""What a list is narrowed to by its columns: one line to say it in, and a chip for each that holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from agent_desktop.lists import Filter, Period
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.lists.columns import Column, Filtering
from agent_desktop.ui.lists.kinds import ListKind
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import set_property

translate = QCoreApplication.translate


def period_word(period: Period) -> str:
    match period:
        case Period.TODAY:
            return translate("lists", "Today")
        case Period.YESTERDAY:
            return translate("lists", "Yesterday")
        case Period.TOMORROW:
            return translate("lists", "Tomorrow")
        case Period.THIS_WEEK:
            return translate("lists", "This week")
        case Period.LAST_WEEK:
            return translate("lists", "Last week")
        case Period.THIS_MONTH:
            return translate("lists", "This month")
        case Period.LAST_MONTH:
            return translate("lists", "Last month")
        case Period.LAST_7_DAYS:
            return translate("lists", "The last 7 days")
        case Period.LAST_30_DAYS:
            return translate("lists", "The last 30 days")
        case Period.PAST:
            return translate("lists", "Before now")
        case Period.BETWEEN:
            return translate("lists", "Between two days")


class FilterBar(QFrame):
    """`changed` when the person wants other filters than before; `filters` are those that hold."""

    changed = Signal()

    def __init__(self, look: Look, kind: ListKind[Any]) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self.filters: tuple[Filter, ...] = ()
        self.setAccessibleName(self.tr("Filters"))
        self.column = Pick(look)
        self.column.setAccessibleName(self.tr("Column to filter by"))
        self.text = Field(look, self.tr("Contains"), self.tr("Part of it, then Enter"), "search")
        self.days = Field(look, self.tr("Days from and to"), "2026-11-01 – 2026-11-30", "calendar")
        self.value = Pick(look)
        self.value.setAccessibleName(self.tr("Value"))
        self._ways = QStackedWidget()
        for widget in (self.text, self.value, self.days):
            self._ways.addWidget(widget)
            widget.setFixedWidth(look.px(220))
        self._ways.setFixedWidth(look.px(220))
        self._shown: list[Button] = []
        self._chips = QHBoxLayout()
        self._chips.setSpacing(look.px(6))
        self.none = Button(look, self.tr("No filters"), kind="ghost", size="compact")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.column)
        row.addWidget(self._ways)
        row.addLayout(self._chips)
        row.addStretch(1)
        row.addWidget(self.none)
        for column in self._columns:
            self.column.addItem(column.title, column.key)
        self.column.activated.connect(self._turn)
        self.text.entered.connect(self._text_given)
        self.days.entered.connect(self._days_given)
        self.value.activated.connect(self._value_given)
        self.none.clicked.connect(lambda: self._want(()))
        self._turn()
        self.show_filters(())

    @property
    def _columns(self) -> list[Column]:
        return [column for column in self._kind.columns if column.filtering is not Filtering.NOTHING]

    @property
    def _current(self) -> Column:
        return next(column for column in self._columns if column.key == self.column.currentData())

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Without emitting."""
        self.filters = tuple(filters)
        for old in self._shown:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        for one in self.filters:
            words = self.words(one)
            chip = Button(self._look, words, "close", size="compact")
            chip.setAccessibleDescription(self.tr("Takes this filter away"))
            chip.clicked.connect(lambda _=False, one=one: self._want(tuple(f for f in self.filters if f != one)))
            self._chips.addWidget(chip)
            self._shown.append(chip)
        self.none.setVisible(bool(self.filters))

    def words(self, one: Filter) -> str:
        """What a filter says, in words."""
        column = self._kind.column(one.column)
        title = one.column if column is None else column.title
        if one.text:
            said = f"“{one.text}”"
        elif one.among:
            names = dict(self._kind.choices(one.column))
            said = ", ".join(names.get(value, str(value)) for value in one.among)
        elif one.period == Period.BETWEEN:
            said = f"{one.first} – {one.last}"
        else:
            said = period_word(Period(one.period)) if one.period in tuple(Period) else one.period
        return self.tr("{column}: {said}").format(column=title, said=said)

    def start(self) -> None:
        self.column.setFocus()

    def _turn(self) -> None:
        """To the way the column is narrowed in."""
        column = self._current
        self.value.clear()
        match column.filtering:
            case Filtering.CHOICE:
                self.value.addItem(self.tr("Choose"), None)
                for value, name in self._kind.choices(column.sort):
                    self.value.addItem(name, (value,))
            case Filtering.PERIOD:
                self.value.addItem(self.tr("Choose"), None)
                for period in Period:
                    self.value.addItem(period_word(period), str(period))
        self._ways.setCurrentWidget(self.text if column.filtering is Filtering.TEXT else self.value)

    def _text_given(self) -> None:
        typed = self.text.text().strip()
        if typed:
            self.text.clear()
            self._add(Filter(self._current.sort, text=typed))

    def _value_given(self) -> None:
        given, column = self.value.currentData(), self._current
        self.value.setCurrentIndex(0)
        if given is None:
            return
        if column.filtering is Filtering.CHOICE:
            self._add(Filter(column.sort, among=tuple(given)))
        elif given == Period.BETWEEN:
            self._ways.setCurrentWidget(self.days)
            self.days.setFocus()
        else:
            self._add(Filter(column.sort, period=str(given)))

    def _days_given(self) -> None:
        days = _days_of(self.days.text())
        set_property(self.days, "fault", days is None)
        if days is None:
            self.days.setToolTip(self.tr("Write two days as 2026-11-01 – 2026-11-30; either may be left out."))
            return
        self.days.clear()
        self._turn()
        self.value.setFocus()
        self._add(Filter(self._current.sort, period=Period.BETWEEN, first=days[0], last=days[1]))

    def _add(self, wanted: Filter) -> None:
        """Values of one column add up; of texts all hold; of stretches of time the last."""
        same = [one for one in self.filters if one.column == wanted.column]
        others = tuple(one for one in self.filters if one.column != wanted.column)
        if wanted.among:
            among = tuple(dict.fromkeys(value for one in (*same, wanted) for value in one.among))
            self._want((*others, replace(wanted, among=among)))
        elif wanted.text:
            self._want(tuple(dict.fromkeys((*self.filters, wanted))))
        else:
            self._want((*others, wanted))

    def _want(self, filters: tuple[Filter, ...]) -> None:
        if filters != self.filters:
            self.show_filters(filters)
            self.changed.emit()


def _days_of(text: str) -> tuple[str, str] | None:
    """`2026-11-01 – 2026-11-30`; None for what are no two days in this order."""
    for dash in ("–", "—", "~", "至", " - ", ".."):
        text = text.replace(dash, "|")
    first, _, last = (part.strip() for part in text.partition("|"))
    try:
        days = tuple(date.fromisoformat(day) if day else None for day in (first, last))
    except ValueError:
        return None
    begin, end = days
    if (begin is None and end is None) or (begin and end and begin > end):
        return None
    return first, last
