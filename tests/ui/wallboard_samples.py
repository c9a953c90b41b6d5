"""A floor of twelve and one of five hundred people, as the wallboard shows them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import exp
from typing import Final

from agent_desktop.supervisor.wallboard import Wallboard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import QueueId, TeamId
from agent_model.alert import Alert, AlertKind
from agent_model.floor_bound import Grade
from agent_model.floor_figures import SLOT, FloorFigures, FloorTrend, QueueNow, QueueTrend, Seats, Slot, Sums, TeamNow
from agent_model.organisation import Queue
from agent_model.words import Words
from tests.ui.samples import NOW, Samples, ago

STATES: Final = (
    "wallboard",
    "wallboard_500",
    "wallboard_queue",
    "wallboard_stale",
    "wallboard_offline",
    "wallboard_unreached",
    "wallboard_empty",
    "wallboard_screen",
    "wallboard_screen_500",
)
NAMES: Final = (
    ("support", "技术支持", "Technical support"),
    ("billing", "账单咨询", "Billing"),
    ("sales", "售前咨询", "Sales"),
    ("vip", "VIP 专线", "VIP line"),
    ("english", "英文热线", "English line"),
    ("repair", "故障报修", "Fault reports"),
    ("complaints", "投诉受理", "Complaints"),
    ("business", "政企客户", "Business customers"),
    ("porting", "携号转网", "Number porting"),
    ("broadband", "宽带装移", "Broadband installation"),
    ("roaming", "国际漫游", "Roaming"),
    ("night", "夜间值守", "Night desk"),
)
TEAMS: Final = (
    ("day", "白班一组", "Day one"),
    ("late", "中班二组", "Late two"),
    ("night", "夜班", "Night"),
    ("north", "北区组", "North"),
)


ALERTS: Final = (
    Alert(
        "al-1", "service_level", Words("服务水平下降", "Service level falls"), AlertKind.SERVICE_LEVEL, Grade.BAD,
        61, 70, NOW, "billing",
    ),
    Alert(
        "al-2", "long_call", Words("通话过长", "Long call"), AlertKind.LONG_CALL, Grade.WARN, 960, 900, NOW, "support",
        "a-3", taken_by="a-1", taken_at=NOW,
    ),
)  # fmt: skip


def queues(many: int) -> list[Queue]:
    return [Queue(QueueId(id_), Words(zh, en), TeamId("day"), ()) for id_, zh, en in NAMES[:many]]


def names(samples: Samples) -> Directory:
    said = {id_: samples.say(zh, en) for id_, zh, en in NAMES}
    people = {"a-3": samples.say("何俊", "He Jun"), "a-1": samples.say("周敏", "Zhou Min")}
    return replace(
        samples.directory, people=people, queues=said, teams={id_: samples.say(zh, en) for id_, zh, en in TEAMS}
    )


def day(calls: int, lost: int, late: int) -> Sums:
    """A day of so many callers of whom some gave up and some were answered late."""
    answered = calls - lost
    return Sums(
        asked=calls, answered=answered, in_time=answered - late, gave_up=lost, gave_up_short=lost // 4,
        waited_s=answered * 6.4, ended=answered, talked_s=answered * 188, held_s=answered * 14,
        wrapped_s=answered * 41, judged=answered, solved_first=round(answered * 0.78),
        repeats=round(answered * 0.11), rated=round(answered * 0.31), busy_s=answered * 243, ready_s=answered * 70,
    )  # fmt: skip


def small_floor() -> FloorFigures:
    """Twelve people in five queues, one of them in trouble."""
    told = (
        QueueNow(QueueId("support"), 2, ago(seconds=18), 14, 1, Seats(2, 3, 1, 1), day(94, 3, 4), day(412, 9, 20)),
        QueueNow(QueueId("billing"), 7, ago(seconds=258), 190, 4, Seats(0, 4, 1, 1), day(88, 15, 22), day(390, 44, 60)),
        QueueNow(QueueId("sales"), 1, ago(seconds=12), 9, 0, Seats(1, 2, 0, 0), day(40, 1, 1), day(201, 3, 8)),
        QueueNow(QueueId("vip"), 0, None, 3, 0, Seats(1, 1, 0, 0), day(9, 0, 0), day(57, 0, 1)),
        QueueNow(QueueId("english"), 0, None, None, 0, Seats(1, 0, 0, 0), day(0, 0, 0), day(24, 1, 3)),
    )
    teams = (
        TeamNow(TeamId("day"), Seats(2, 4, 1, 1), day(700, 30, 60)),
        TeamNow(TeamId("late"), Seats(1, 2, 0, 1), day(380, 25, 31)),
    )
    return FloorFigures(ago(seconds=2), queues=told, teams=teams)


def large_floor() -> FloorFigures:
    """Five hundred people in twelve queues."""
    told = tuple(
        QueueNow(
            QueueId(id_),
            (n * 7) % 13,
            ago(seconds=5 + n * 9) if (n * 7) % 13 else None,
            4 + 11 * n,
            n % 4,
            Seats(3 + n, 30 - n, 4 + n % 3, 5),
            day(900 - 40 * n, 10 + n * 5, 30 + n * 8),
            day(5200 - 300 * n, 60 + n * 22, 200 + n * 41),
        )
        for n, (id_, _, _) in enumerate(NAMES)
    )
    teams = tuple(
        TeamNow(TeamId(id_), Seats(11 + n, 90 - 6 * n, 12, 9 + n), day(9000 - 900 * n, 320, 700))
        for n, (id_, _, _) in enumerate(TEAMS)
    )
    return FloorFigures(ago(seconds=1), queues=told, teams=teams)


def trend(figures: FloorFigures) -> FloorTrend:
    """From eight in the morning until now, with a hole in the service level after noon."""
    return FloorTrend(tuple(QueueTrend(one.queue, _points(one.day.asked)) for one in figures.queues))


def _points(calls: int) -> tuple[Slot, ...]:
    begin = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    shares = [exp(-(((n - 12) / 9) ** 2)) + 0.9 * exp(-(((n - 33) / 8) ** 2)) for n in range(41)]
    slots = []
    for n, share in enumerate(shares):
        asked = round(calls * share / sum(shares))
        answered = round(asked * (0.97 - 0.12 * (19 < n < 25)))
        slots.append(Slot(begin + n * SLOT, asked, answered, round(answered * (0.96 - 0.3 * (19 < n < 25))), asked))
    return tuple(slots)


def show_wallboard(made: MainWindow, samples: Samples, state: str) -> None:
    made.rail.offer(Page.WALLBOARD, is_offered=True)
    made.show_page(Page.WALLBOARD)
    page = made.pages.wallboard
    page.show_directory(names(samples))
    if state == "wallboard_empty":
        return
    figures = large_floor() if state.endswith("_500") else small_floor()
    show(made, state, figures, queues(len(NAMES)))


def show(made: MainWindow, state: str, figures: FloorFigures, known: Sequence[Queue]) -> None:
    page, board, now = made.pages.wallboard, Wallboard(), NOW
    board.learn(known)
    if state == "wallboard_unreached":
        figures = replace(figures, is_reached=False)
    board.hear(figures, NOW)
    board.hear_trend(trend(figures))
    board.chosen = QueueId("billing") if state == "wallboard_queue" else None
    if state == "wallboard_offline":
        board.lost()
    if state in ("wallboard_stale", "wallboard_offline"):
        now = NOW + timedelta(minutes=4)
    shown = board.board(now)
    assert shown is not None
    page.show_board(shown, board.chosen or "")
    page.show_trend(board.points, 0.9)
    if state in ("wallboard", "wallboard_500", "wallboard_screen", "wallboard_screen_500"):
        page.show_alerts(ALERTS)
    if state.startswith("wallboard_screen"):
        made.rail.hide()  # the offscreen platform's whole screen is a small square
        made.top_bar.hide()
        page.show_on_screen(is_whole=True)
