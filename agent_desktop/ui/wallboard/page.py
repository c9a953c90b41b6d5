"""The wallboard: figures of the floor now and today, its trends, its queues and teams. Wishes: `queue_chosen(id)`,
`screen_wanted`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.supervisor.wallboard import Board, QueueRow, Standing, TeamRow
from agent_desktop.ui.alert_words import alert_words, seen_words
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.wallboard.alerts import AlertLine, AlertsStrip
from agent_desktop.ui.wallboard.chart import Chart, Line
from agent_desktop.ui.wallboard.painted import Painted
from agent_desktop.ui.wallboard.seats import SeatsBar
from agent_desktop.ui.wallboard.table import Cell, Table, TableRow
from agent_desktop.ui.wallboard.tile import Tile
from agent_desktop.ui.wallboard.words import figure_word, written
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, page_name
from agent_model.alert import Alert
from agent_model.floor_bound import FALLS, SHARES
from agent_model.floor_figures import Figure, Slot

SMALL_PX: Final = 1300
"""The width at which everything is as large as elsewhere in the window; on a wider page it grows."""
LARGEST_ZOOM: Final = 3.0
NOW: Final = (Figure.WAITING, Figure.LONGEST_WAIT, Figure.ESTIMATED_WAIT, Figure.CALLBACKS_DUE)
TODAY: Final = (
    Figure.SERVICE_LEVEL,
    Figure.CONNECT_RATE,
    Figure.ABANDON_RATE,
    Figure.ANSWER_SPEED,
    Figure.HANDLE_TIME,
    Figure.OCCUPANCY,
)
QUALITY: Final = (Figure.SOLVED_FIRST, Figure.REPEAT_RATE, Figure.SURVEY_RATE)
OF_A_QUEUE: Final = (
    Figure.WAITING,
    Figure.LONGEST_WAIT,
    Figure.ESTIMATED_WAIT,
    Figure.SERVICE_LEVEL,
    Figure.CONNECT_RATE,
    Figure.ABANDON_RATE,
    Figure.ANSWER_SPEED,
    Figure.HANDLE_TIME,
)
COLUMNS: Final = 12


class WallboardPage(QWidget):
    queue_chosen = Signal(str)
    """Empty: all of them."""
    screen_wanted = Signal()
    """On the whole screen, or back in the window."""
    second = Signal()
    """While it is looked at: what counts goes on."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._names = Directory()
        self.head = page_name(look, self.tr("Wallboard"))
        self.standing = Pill(look)
        self.news = Label("meta", "", "sec", elides=True)
        self.alerts = AlertsStrip(look)
        self._standing_alerts: Sequence[Alert] = ()
        self._is_on_screen = False
        self.queues = Pick(look)
        self.queues.setAccessibleName(self.tr("Queues on the board"))
        self.queues.setMinimumWidth(look.px(180))
        self.queues.currentIndexChanged.connect(lambda _: self.queue_chosen.emit(self.queues.currentData() or ""))
        self.fills = Button(look, self.tr("Full screen"), "expand", tip="F11")
        self.fills.setAccessibleDescription("F11")
        self.fills.clicked.connect(self.screen_wanted)
        self.tiles = {figure: Tile(look, figure_word(figure), is_low=figure in QUALITY) for figure in Figure}
        self.seats = SeatsBar(look, formats)
        self.calls = Chart(look, self.tr("Callers and answers, every 15 min"), self._count, formats.clock)
        self.levels = Chart(look, self.tr("Service level, every 15 min"), self._percent, formats.clock, most=1.0)
        heads = ["", *map(self._head, OF_A_QUEUE), self.tr("Ready")]
        self.queue_table = Table(look, self.tr("Queues"), heads)
        self.queue_table.taken.connect(self._take)
        self.team_table = Table(
            look,
            self.tr("Teams"),
            ["", self.tr("At work"), self.tr("Ready"), self.tr("On call"), self.tr("Handle"), self.tr("Occup.")],
        )
        self._painted: tuple[Painted, ...] = (
            *self.tiles.values(), self.seats, self.calls, self.levels, self.queue_table, self.team_table,
            self.alerts,
        )  # fmt: skip
        self._lay_out()
        self._ticking = QTimer(self)
        self._ticking.setInterval(1_000)
        self._ticking.timeout.connect(self.second)
        self.show_none()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(10))
        for widget in (self.head, self.standing):
            top.addWidget(widget)
        top.addWidget(self.news, 1)
        top.addWidget(self.queues)
        top.addWidget(self.fills)
        self._grid = grid = QGridLayout()
        grid.setSpacing(px(10))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        for n, figure in enumerate(NOW):
            grid.addWidget(self.tiles[figure], 0, 2 * n, 1, 2)
        grid.addWidget(self.seats, 0, 8, 1, 4)
        for n, figure in enumerate(TODAY):
            grid.addWidget(self.tiles[figure], 1, 2 * n, 1, 2)
        grid.addWidget(self.calls, 2, 0, 3, 5)
        grid.addWidget(self.levels, 2, 5, 3, 5)
        for n, figure in enumerate(QUALITY):
            grid.addWidget(self.tiles[figure], 2 + n, 10, 1, 2)
        grid.addWidget(self.queue_table, 5, 0, 1, COLUMNS)
        grid.addWidget(self.team_table, 5, 8, 1, 4)
        for row, share in enumerate((9, 9, 7, 7, 7, 26)):
            grid.setRowStretch(row, share)
        laid = QVBoxLayout(self)
        laid.setContentsMargins(px(16), px(10), px(16), px(12))
        laid.setSpacing(px(8))
        laid.addLayout(top)
        laid.addWidget(self.alerts)
        laid.addLayout(grid, 1)

    def show_directory(self, names: Directory) -> None:
        self._names = names

    def offer_queues(self, queues: Sequence[str], chosen: str) -> None:
        options = [("", self.tr("All queues")), *((queue, self._names.queue(queue)) for queue in queues)]
        if [(self.queues.itemData(n), self.queues.itemText(n)) for n in range(self.queues.count())] != options:
            with QSignalBlocker(self.queues):
                self.queues.clear()
                for id_, name in options:
                    self.queues.addItem(name, id_)
        with QSignalBlocker(self.queues):
            self.queues.setCurrentIndex(max(0, self.queues.findData(chosen)))

    def show_none(self) -> None:
        """Nothing was told yet."""
        self.standing.show_as(self.tr("No figures yet"), "neutral")
        self.news.say(self.tr("They come as soon as the server tells them."))
        for tile in self.tiles.values():
            tile.show_value(NOTHING, "", None, is_old=True)
        self.offer_queues((), "")
        self._show_teams(())
        self.queue_table.show_rows((), "", is_old=True, empty=self.tr("No queue yet"))

    def show_board(self, board: Board, chosen: str) -> None:
        is_old = board.standing is not Standing.LIVE
        self._show_standing(board)
        self.offer_queues([row.queue for row in board.queues], chosen)
        for figure, tile in self.tiles.items():
            one = board.figures[figure]
            value = written(self._formats, figure, one.value, decimals=1)
            tile.show_value(value, self._beneath(figure, board), one.grade, is_old=is_old)
        self.seats.show_seats(board.seats, is_old=is_old)
        rows = [self._queue_row(row) for row in board.queues]
        self.queue_table.show_rows(rows, chosen, is_old=is_old, empty=self.tr("No queue yet"))
        self._show_teams(board.teams, is_old=is_old)

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Those that stand, the worst first. On a whole screen, which others read, too, nobody's name is shown."""
        self._standing_alerts = tuple(alerts)
        lines: dict[str, AlertLine] = {}
        for one in self._standing_alerts:
            is_of_some = self._is_on_screen and bool(one.agent)
            words = self._of_some(one) if is_of_some else alert_words(one, self._names, self._formats)
            since = self.tr("since {time}").format(
                time=self._formats.clock(self._first(one) if is_of_some else one.began_at)
            )
            if one.taken_by:
                since = f"{since} · {self._seen(one)}"
            line = AlertLine(one.grade, words, since, is_seen=bool(one.taken_by))
            lines.setdefault(one.rule if is_of_some else one.id, line)
        self.alerts.show_lines(tuple(lines.values()))

    def _seen(self, alert: Alert) -> str:
        """Since when, and where nobody else reads along, by whom."""
        if self._is_on_screen:
            return self.tr("seen")
        return seen_words(alert, self._names, self._formats)

    def _of_some(self, alert: Alert) -> str:
        """How many agents a rule is about."""
        count = sum(1 for one in self._standing_alerts if one.agent and one.rule == alert.rule)
        return self.tr("{alert}: agents {count}").format(
            alert=alert.name.in_language(self._formats.language), count=self._formats.count(count)
        )

    def _first(self, alert: Alert) -> datetime:
        return min(one.began_at for one in self._standing_alerts if one.agent and one.rule == alert.rule)

    def show_trend(self, points: Sequence[Slot], target: float | None) -> None:
        times = [slot.at for slot in points]
        asked = Line(self.tr("Callers"), "accent_text", [slot.asked for slot in points])
        answered = Line(self.tr("Answered"), "ok_dot", [slot.answered for slot in points])
        self.calls.show_lines(times, [asked, answered])
        level = Line(self.tr("Service level"), "vio", [slot.service_level for slot in points])
        self.levels.show_lines(times, [level], target)

    def show_on_screen(self, *, is_whole: bool) -> None:
        """Whether it has the whole screen."""
        self._is_on_screen = is_whole
        self.show_alerts(self._standing_alerts)
        self.fills.wear("plain", "compact" if is_whole else "expand", self.words_of_screen(is_whole=is_whole))

    def words_of_screen(self, *, is_whole: bool) -> str:
        return self.tr("Back to the window") if is_whole else self.tr("Full screen")

    def begin(self) -> None:
        """It is looked at from now on."""
        self._ticking.start()

    def end(self) -> None:
        self._ticking.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        zoom = event.size().width() / self._look.px(SMALL_PX)
        zoom = round(min(LARGEST_ZOOM, max(1.0, zoom)) * 20) / 20
        for one in self._painted:
            one.grow(zoom)

    # ---- in words -----------------------------------------------------------------------------------------

    def _show_standing(self, board: Board) -> None:
        clock = self._formats.clock(board.at)
        match board.standing:
            case Standing.LIVE:
                seconds = self.tr("Live · {seconds} s ago").format(seconds=int(board.age_s))
                self.standing.show_as(seconds, "ok")
            case Standing.STALE:
                self.standing.show_as(self.tr("As of {time}, no news since").format(time=clock), "warn")
            case Standing.OFFLINE | Standing.EMPTY:
                self.standing.show_as(self.tr("Offline · as of {time}").format(time=clock), "bad")
        words = ""
        if board.standing is Standing.OFFLINE:
            words = self.tr("The server does not answer. The figures go on by themselves when it does.")
        elif board.standing is Standing.STALE:
            words = self.tr("The server answers, but tells no figures: ask who looks after it.")
        elif not board.is_reached:
            words = self.tr("No telephone exchange is connected: nobody knows who waits.")
        self.news.say(words)

    def _beneath(self, figure: Figure, board: Board) -> str:
        formats, day = self._formats, board.day
        match figure:
            case Figure.WAITING:
                return self.tr("{count} callers today").format(count=formats.count(day.asked))
            case Figure.LONGEST_WAIT:
                return "" if board.longest is None else self._names.queue(board.longest)
            case Figure.ESTIMATED_WAIT:
                return self.tr("for who asks now")
            case Figure.SERVICE_LEVEL:
                level = formats.percent(board.window_level, 1)
                goal = self._goal(figure, board)
                if board.within_s is None:
                    return self.tr("{minutes} min {level} · {goal}").format(
                        minutes=board.window_min, level=level, goal=goal
                    )
                return self.tr("{seconds} s · {minutes} min {level} · {goal}").format(
                    seconds=board.within_s, minutes=board.window_min, level=level, goal=goal
                )
            case Figure.CONNECT_RATE:
                return self.tr("{answered} of {all}").format(
                    answered=formats.count(day.answered), all=formats.count(day.settled)
                )
            case Figure.ABANDON_RATE:
                left = formats.count(day.gave_up - day.gave_up_short)
                return self.tr("{left} · at once {short}").format(left=left, short=formats.count(day.gave_up_short))
            case Figure.HANDLE_TIME:
                parts = [formats.duration(one) for one in (day.talk_s, day.hold_s, day.wrap_s)]
                return self.tr("talk {talk} hold {hold} wrap {wrap}").format(
                    talk=parts[0], hold=parts[1], wrap=parts[2]
                )
            case _:
                goal = self._goal(figure, board)
                return self.tr("goal {goal}").format(goal=goal) if goal else ""

    def _goal(self, figure: Figure, board: Board) -> str:
        """What it should come to."""
        bound = board.figures[figure].bound
        if bound is None:
            return ""
        value = bound.warn / 100 if figure in SHARES else bound.warn
        words = written(self._formats, figure, value)
        return f"≥ {words}" if figure in FALLS else f"< {words}"

    def _head(self, figure: Figure) -> str:
        match figure:
            case Figure.LONGEST_WAIT:
                return self.tr("Longest")
            case Figure.ESTIMATED_WAIT:
                return self.tr("Est.")
            case Figure.SERVICE_LEVEL:
                return self.tr("In time")
            case Figure.CONNECT_RATE:
                return self.tr("Connect")
            case Figure.ABANDON_RATE:
                return self.tr("Lost")
            case Figure.ANSWER_SPEED:
                return self.tr("ASA")
            case Figure.HANDLE_TIME:
                return self.tr("Handle")
            case _:
                return figure_word(figure)

    def _queue_row(self, row: QueueRow) -> TableRow:
        figures = [row.figures[figure] for figure in OF_A_QUEUE]
        cells = [Cell(written(self._formats, one.figure, one.value), one.grade) for one in figures]
        ready = Cell(f"{row.seats.ready}/{row.seats.all}")
        return TableRow(row.queue, self._names.queue(row.queue), [*cells, ready], row.grade)

    def _show_teams(self, teams: Sequence[TeamRow], *, is_old: bool = False) -> None:
        """One team alone says what the board says."""
        has_several = len(teams) > 1
        if has_several is self.team_table.isHidden():
            self._grid.removeWidget(self.queue_table)
            self._grid.addWidget(self.queue_table, 5, 0, 1, 8 if has_several else COLUMNS)
            self.team_table.setVisible(has_several)
        self.team_table.show_rows([self._team_row(one) for one in teams], "", is_old=is_old, empty="")

    def _team_row(self, row: TeamRow) -> TableRow:
        formats, seats = self._formats, row.seats
        counts = [Cell(formats.count(count)) for count in (seats.all, seats.ready, seats.on_call)]
        worked = [Cell(formats.duration(row.day.handle_s)), Cell(formats.percent(row.day.occupancy))]
        return TableRow(row.team, self._names.team(row.team), [*counts, *worked])

    def _take(self, queue: str) -> None:
        """Pressed once more, all of them are shown again."""
        self.queue_chosen.emit("" if queue == self.queues.currentData() else queue)

    def _count(self, value: float) -> str:
        return self._formats.count(round(value))

    def _percent(self, value: float) -> str:
        return self._formats.percent(value)
