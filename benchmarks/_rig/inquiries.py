"""Inquiries as agents wrap them up, and hands that count every key they need for it, at the real window."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.knowledge import pinyin
from agent_desktop.offline.pending import State
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_model.agent import AgentState
from agent_model.wire import Row
from agent_server.importing.company_folder import checked, organisation
from agent_server.importing.form_file import forms
from demo.company import FOLDER
from demo.seat import commit
from tests.ui import desk
from tests.ui.conftest import CHEN
from tests.ui.seat import SITE, AgentSeat

KEY_MS: Final = 200
SHIFTED: Final = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZ~!@#$%^&*()_+{}|:"<>?')
CHORDS: Final = {"Ctrl+E": 2, "Ctrl+Return": 2, "Return": 1, "Tab": 1, "Space": 1, "Down": 1}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What an agent does once the caller is gone. Of `strokes` those in CHORDS are keys; the rest is typed, Chinese
    through an input method, phrase by phrase as the blanks between Chinese part it. `saves` is what must be on its way
    afterwards, beside the call's own line."""

    name: str
    queue: str
    strokes: tuple[str, ...]
    saves: tuple[str, ...]


def inquiry(name: str, queue: str, typed: str, note: str, *more: str, saves: str = "") -> Inquiry:
    """`typed` finds the disposition."""
    strokes = ("Ctrl+E", typed, "Return", *((note,) if note else ()), *more, "Ctrl+Return")
    return Inquiry(name, queue, strokes, ("contact update", *saves.split(", ")) if saves else ("contact update",))


TICKET, CALLBACK = "ticket create", "follow_up create"
CLEARED: Final = "follow_up append"
"""A callback that the next call of the same customer makes needless."""
TEN: Final = (
    inquiry("发票抬头", "billing", "fptt", "客户 要求 10月 发票 抬头 改为 公司", saves=TICKET),
    inquiry("话费疑问", "billing", "111", "上月 话费 多了 20元 是 流量 包 已 解释"),
    inquiry("宽带断线", "support", "302", "昨晚 起 不能 上网 光猫 亮 红灯", saves=TICKET),
    inquiry("套餐资费", "support", "102", "问 家庭 套餐 资费"),
    inquiry("no signal", "support", "wxdx", "Wi-Fi drops in the evening, 5 GHz", saves=TICKET),
    inquiry("bill explained", "billing", "bill e", "Asked why October is higher, explained"),
    inquiry("约定回电", "support", "601", "等 先生 回家 再 谈", "Tab", "Tab", "Tab", "明天 19:00", saves=CALLBACK),
    inquiry("误拨", "support", "611", ""),
    inquiry("投诉", "vip", "401", "不满 上门 师傅 迟到 两小时", saves=TICKET),
    inquiry("移机", "support", "yj", "下周 搬家 要 移机 到 滨江", saves=TICKET),
)
"""Measured; the page was not made for them: those that the tests play beside them are others."""


class Hands:
    """Types into whatever has the focus and counts; a chord counts each of its keys, a capital its shift."""

    def __init__(self) -> None:
        self.keys = 0

    def do(self, strokes: Iterable[str]) -> None:
        for stroke in strokes:
            if stroke in CHORDS:
                self.keys += CHORDS[stroke]
                QTest.keySequence(desk.focus(), QKeySequence(stroke))
            else:
                self._type(stroke)
            QApplication.processEvents()

    def _type(self, text: str) -> None:
        phrases = text.split(" ") if not text.isascii() else [text]
        for phrase in phrases:
            self.keys += keys_of(phrase)
            for sign in phrase:
                if sign.isascii():
                    QTest.keyClicks(desk.focus(), sign)
                else:
                    commit(desk.focus(), sign)


def keys_of(phrase: str) -> int:
    """Chinese: every letter of its pinyin and a key that takes the candidate. Anything else: its keys, with shift."""
    syllables = pinyin.read("".join(sign for sign in phrase if not sign.isascii()))
    typed = sum(2 if sign in SHIFTED else 1 for sign in phrase if sign.isascii())
    return typed + (sum(map(len, syllables)) + 1 if syllables else 0)


def company() -> tuple[Row, ...]:
    """The demo company's tree of dispositions, queues, categories and forms, as they reach a workstation."""
    stored = [*map(checked, organisation(FOLDER)), *map(checked, forms(FOLDER))]
    return tuple(Row(one.entity, one.id, one.version, dict(one.body)) for one in stored)


class Shift:
    """A seat where one caller after the other has hung up."""

    def __init__(self, folder: Path, look: Look) -> None:
        self.seat = AgentSeat(folder, look, SITE, company())
        window = self.seat.window
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window, 5_000) or not self.seat.pump(window.right.form.category.count):
            raise RuntimeError("the window is not ready")
        self._caller = self.seat.telephone(CHEN)

    def play(self, one: Inquiry) -> int:
        """How many keys it took. Raises RuntimeError where not all of it was saved, or the work went on."""
        seat, before = self.seat, len(self._sent())
        self._caller.call("1001", ("X-Call-Ref", f"ref-{one.name}"), ("X-Queue", one.queue))
        self._until(StripState.RINGING)
        seat.window.strip.answer()
        self._until(StripState.CONNECTED)
        seat.window.strip.press(Deed.HANG_UP)
        self._until(StripState.AFTER_CALL_WORK)
        hands = Hands()
        hands.do(one.strokes)
        is_saved = seat.pump(lambda: seat.rooms.session.seat.entry.state is AgentState.READY)
        sent = [one for one in self._sent()[before:] if one != CLEARED]
        if not is_saved or sorted(sent) != sorted(("contact create", *one.saves)):
            raise RuntimeError(f"{one.name}: {sent}")
        return hands.keys

    def close(self) -> None:
        self.seat.window.close()
        self.seat.close()

    def _until(self, wanted: StripState) -> None:
        if not self.seat.pump(lambda: self.seat.window.strip.situation.state is wanted):
            raise RuntimeError(f"the strip is not {wanted}")

    def _sent(self) -> list[str]:
        """Without how long the work took, which follows by itself."""
        waiting = self.seat.outbox.entries(State.WAITING)
        commands = (entry.command for entry in waiting if entry.command.fields.keys() != {"work"})
        return [f"{command.entity} {command.kind.value}" for command in commands]
