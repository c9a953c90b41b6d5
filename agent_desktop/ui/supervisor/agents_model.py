"""The agents of the board as rows of a table: one that changes is drawn again alone, and the filter and order hold."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from agent_desktop.supervisor.agent_board import Narrowed, OnBoard, Order
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.choice_words import native_language
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.supervisor.words import TONES, attention_word, doing_word, plan_word
from agent_desktop.ui.widgets.parts import Tone
from agent_desktop.ui.widgets.rows import Index
from agent_model.agent import AgentId, AgentState

MINUTES_EVERY: Final = timedelta(seconds=20)
"""How often what is told in minutes is written anew."""
Place = tuple[object, ...]


class Column(IntEnum):
    NAME = 0
    STATE = 1
    SINCE = 2
    CALLER = 3
    EXCHANGE = 4
    ADHERENCE = 5
    TEAM = 6
    QUEUES = 7
    LANGUAGES = 8


ORDERS: Final = {
    Column.NAME: Order.NAME,
    Column.STATE: Order.STATE,
    Column.SINCE: Order.LONGEST,
    Column.ADHERENCE: Order.ADHERENCE,
    Column.TEAM: Order.TEAM,
}
"""What a press on the title of a column orders by."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` makes a pill of it, `hint` stands behind it, quieter."""

    text: str
    tone: Tone | None = None
    hint: str = ""
    token: str = "text"
    hint_token: str = "muted"


@dataclass(frozen=True, slots=True)
class Naming:
    """How agents are named and written for the person who looks."""

    formats: Formats
    directory: Directory = field(default_factory=Directory)
    breaks: Mapping[str, str] = field(default_factory=dict)

    def name(self, one: OnBoard) -> str:
        return one.agent.name.in_language(self.formats.language)

    def written(self, one: OnBoard) -> str:
        """All that an agent can be found by."""
        agent, directory = one.agent, self.directory
        queues = (directory.queue(queue) for queue in agent.queues)
        parts = (agent.name.zh, agent.name.en, agent.login, agent.extension, directory.team(agent.team), *queues)
        return " ".join(parts).casefold()


class AgentsModel(QAbstractTableModel):
    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.naming = Naming(formats)
        self.narrowed = Narrowed()
        self._all: Mapping[AgentId, OnBoard] = {}
        self._rows: list[AgentId] = []
        self._places: list[Place] = []
        self._written: dict[AgentId, str] = {}
        self._now = datetime.min.replace(tzinfo=UTC)
        self._minutes_at = self._now

    def show_all(self, everybody: Mapping[AgentId, OnBoard], now: datetime) -> None:
        """Others than before, or named in another way. `everybody` is looked into from then on, too."""
        self._all, self._now = everybody, now
        self._written = {id_: self.naming.written(one) for id_, one in everybody.items()}
        self._list()

    def narrow(self, narrowed: Narrowed) -> None:
        self.narrowed = narrowed
        self._list()

    def change(self, agents: Iterable[AgentId], now: datetime) -> None:
        """These are others now: where they stand in the same place they alone are drawn again."""
        self._now = now
        for agent in agents:
            self._change(agent)

    def tick(self, now: datetime, first: int, last: int) -> None:
        """A second has passed; only rows from `first` to `last` are on the screen."""
        self._now = now
        if not self._rows or not last >= first >= 0:
            return
        self.dataChanged.emit(self.index(first, Column.SINCE), self.index(last, Column.SINCE))
        if now - self._minutes_at >= MINUTES_EVERY:
            self._minutes_at = now
            self.dataChanged.emit(self.index(first, Column.ADHERENCE), self.index(last, Column.ADHERENCE))

    def at(self, row: int) -> OnBoard | None:
        return self._all[self._rows[row]] if 0 <= row < len(self._rows) else None

    def row_of(self, agent: str) -> int:
        """-1 where they are not listed."""
        return self._rows.index(AgentId(agent)) if agent in self._rows else -1

    def cell(self, row: int, column: int) -> Cell:
        one, naming = self._all[self._rows[row]], self.naming
        token = "muted" if one.state is AgentState.OFFLINE else "text"
        match column:
            case Column.NAME:
                return Cell(naming.name(one), hint=one.agent.extension, token=token)
            case Column.STATE:
                return Cell(doing_word(one, naming.breaks), TONES[one.state])
            case Column.SINCE:
                is_here = one.since is not None and one.state is not AgentState.OFFLINE
                spent_s = (self._now - one.since).total_seconds() if is_here and one.since is not None else None
                tone: Tone | None = "bad" if one.is_over else None
                return Cell(naming.formats.duration(spent_s), tone, token="text" if is_here else "muted")
            case Column.CALLER:
                return Cell("" if one.caller is None else one.caller.number or self.tr("Number withheld"))
            case Column.EXCHANGE:
                words, tone = attention_word(one, naming.formats.language)
                return Cell(words, tone, token="sec")
            case Column.ADHERENCE:
                return self._adherence(one)
            case Column.TEAM:
                return Cell(naming.directory.team(one.agent.team), token="sec")
            case Column.QUEUES:
                return Cell(", ".join(naming.directory.queue(queue) for queue in one.agent.queues), token="sec")
            case _:
                return Cell(", ".join(map(native_language, one.agent.languages)), token="sec")

    def _adherence(self, one: OnBoard) -> Cell:
        if one.adherence is None:
            return Cell(NOTHING, token="muted")
        words, hint_token = plan_word(one.adherence, self._now)
        return Cell(self.naming.formats.percent(one.adherence.so_far.share), hint=words, hint_token=hint_token)

    def _list(self) -> None:
        self.beginResetModel()
        listed = (one for one in self._all.values() if self.narrowed.lists(one, self._written[one.agent.id]))
        placed = sorted((self._place(one), one.agent.id) for one in listed)
        self._rows = [id_ for _, id_ in placed]
        self._places = [place for place, _ in placed]
        self.endResetModel()

    def _place(self, one: OnBoard) -> Place:
        return self.narrowed.place(one, self.naming.name(one))

    def _change(self, agent: AgentId) -> None:
        one = self._all.get(agent)
        if one is None:
            return
        row, place = self.row_of(agent), self._place(one)
        is_listed = self.narrowed.lists(one, self._written[agent])
        if row >= 0 and is_listed and self._places[row] == place:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        if row >= 0 and is_listed:
            self._move(row, place)
            return
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row], self._places[row]
            self.endRemoveRows()
        elif is_listed:
            to = bisect_left(self._places, place)
            self.beginInsertRows(QModelIndex(), to, to)
            self._rows.insert(to, agent)
            self._places.insert(to, place)
            self.endInsertRows()

    def _move(self, row: int, place: Place) -> None:
        """Who is chosen stays chosen."""
        without = self._places[:row] + self._places[row + 1 :]
        to = bisect_left(without, place)
        if to != row:
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to if to < row else to + 1)
        self._rows.insert(to, self._rows.pop(row))
        self._places = [*without[:to], place, *without[to:]]
        if to != row:
            self.endMoveRows()
        self.dataChanged.emit(self.index(to, 0), self.index(to, len(Column) - 1))

    # ---- what Qt asks -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(index.row(), index.column())
        return f"{cell.text} {cell.hint}".strip() or NOTHING

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        title = self._title(Column(section))
        return f"{title} ↓" if ORDERS.get(Column(section)) is self.narrowed.order else title

    def _title(self, column: Column) -> str:
        match column:
            case Column.NAME:
                return self.tr("Agent")
            case Column.STATE:
                return self.tr("State")
            case Column.SINCE:
                return self.tr("For")
            case Column.CALLER:
                return self.tr("Caller")
            case Column.EXCHANGE:
                return self.tr("Exchange")
            case Column.ADHERENCE:
                return self.tr("Adherence")
            case Column.TEAM:
                return self.tr("Team")
            case Column.QUEUES:
                return self.tr("Queues")
            case Column.LANGUAGES:
                return self.tr("Languages")
