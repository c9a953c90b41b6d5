"""The demo for somebody who sits in front of it: a workstation on their screen, and customers who call them."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from agent_desktop.paths import HOME_VARIABLE, Paths
from agent_desktop.settings import SettingsFile
from agent_desktop.softphone import run_folder
from agent_model.words import Words
from demo import company
from demo.caller import Caller
from demo.knowledge_in_use import KnowledgeInUse
from demo.ports import free_port
from demo.regulars import regulars
from demo.server import PASSWORD, DemoServer
from demo.speech import speak

LOGIN = "lin.yue"
CONTACTS_EACH = 5
FIRST_CALL_S = 8.0
PAUSE_S = 25.0
PATIENCE_S = 45.0
TALK_S = 180.0
STEP_S = 0.2
ROOT = Path(__file__).parent.parent
KEYS = Words(
    "F9 接听 · Ctrl+H 保持 · Ctrl+M 静音 · Ctrl+D 键盘 · Ctrl+N 写工单 · F3 搜知识库 · Ctrl+I 插入答案 · "
    "Ctrl+Enter 提交 · Ctrl+Shift+H 挂断 · Ctrl+E 话后小结 · Ctrl+Shift+U 公告 · Ctrl+Shift+Q 培训 · F1 全部快捷键",
    "F9 answer · Ctrl+H hold · Ctrl+M mute · Ctrl+D keypad · Ctrl+N ticket · F3 knowledge · Ctrl+I insert · "
    "Ctrl+Enter submit · Ctrl+Shift+H hang up · Ctrl+E wrap-up code · Ctrl+Shift+U announcements · "
    "Ctrl+Shift+Q training · F1 every key",
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who calls: what they say, and what the exchange says of them. No number: it is withheld."""

    name: Words
    number: str
    says: str
    language: str
    queue: str
    ivr_path: str


class Visit:
    """One visit. `begin` opens everything, `go_on` lets people call until the window is closed, `end` ends it all."""

    def __init__(self, home: Path, language: str, customers: int) -> None:
        self._home = home
        self._language = language
        self._customers = customers
        self._server = DemoServer(home / "server")
        self._paths = Paths.below(home / "seat")
        self._sip_port = free_port()
        self._now = datetime.now(UTC)
        self._chen, self._lopez = regulars(self._now, customers)
        self._window: subprocess.Popen[str] | None = None
        self._caller: Caller | None = None

    def begin(self) -> None:
        self._say(
            f"正在准备一家有 {self._customers} 位客户的公司，约半分钟……",
            f"Preparing a company with {self._customers} customers, about half a minute…",
        )
        regular = (self._chen.person, self._lopez.person)
        self._server.fill(self._customers, CONTACTS_EACH, self._now, regular)
        self._server.remember_weeks(self._now.date())
        self._server.plan_shifts(self._now)
        address = self._server.start()
        KnowledgeInUse(address, self._now).tell_everything()
        file = SettingsFile(self._paths.settings)
        wanted = replace(file.read(), server=address, login=LOGIN, language=self._language, sip_port=self._sip_port)
        file.write(wanted)
        self._window = self._open_window()
        self._say(f"服务器：{address}", f"Server: {address}")
        self._say(f"工作台已打开，登录人：{LOGIN}（林悦）。", f"The workstation opens, signed in as {LOGIN} (Lin Yue).")
        self._say(
            "有一条必读公告：Ctrl+Shift+R 打开，读完按 Ctrl+Enter，即转为就绪。来电不受影响。",
            "One announcement must be read: Ctrl+Shift+R opens it, Ctrl+Enter signs, you are ready. Calls come anyway.",
        )
        others = ", ".join(person["login"] for person in company.facts()["person"] if person["login"] != LOGIN)
        self._say(f"其他可用登录名：{others}", f"Others who can sign in: {others}")
        self._say(f"所有人的密码：{PASSWORD}", f"Everybody's password: {PASSWORD}")
        self._say(KEYS.zh, KEYS.en)
        self._say("关闭窗口或按 Ctrl+C 结束。", "Close the window or press Ctrl+C to end.")

    def go_on(self) -> None:
        self._wait(FIRST_CALL_S)
        for number, visitor in enumerate(self._visitors(), start=1):
            if not self._is_open():
                return
            self._one_call(visitor, f"visit-{number}")
            self._say(f"下一位约 {PAUSE_S:.0f} 秒后来电。", f"The next one calls in about {PAUSE_S:.0f} s.")
            self._wait(PAUSE_S)

    def end(self) -> None:
        if self._caller is not None:
            self._caller.close()
        if self._window is not None and self._window.poll() is None:
            self._window.terminate()
            try:
                self._window.wait(5)
            except subprocess.TimeoutExpired:
                self._window.kill()
                self._window.wait()
        phone = run_folder.find(self._paths.run)
        if phone is not None:
            # A phone outlives its window, to keep a call that goes on; with the visit it ends.
            try:
                os.kill(phone.pid, signal.SIGTERM)
            except OSError:
                """It has gone already."""
        self._server.stop()
        self._say("都结束了。", "Everything has ended.")

    def _open_window(self) -> "subprocess.Popen[str]":
        window = subprocess.Popen(
            [sys.executable, "-m", "agent_desktop", "--password-stdin"],
            stdin=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            env={
                **os.environ,
                HOME_VARIABLE: str(self._home / "seat"),
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",  # the visitor's own is none of our business
            },
            start_new_session=os.name == "posix",  # Ctrl+C is for the demo, which then ends the window in its turn
        )
        if window.stdin is not None:
            window.stdin.write(f"{PASSWORD}\n")
            window.stdin.close()
        return window

    def _one_call(self, visitor: Visitor, call_ref: str) -> None:
        speech = speak(visitor.says, visitor.language, self._home / f"{call_ref}.wav")
        headers = {
            "X-Queue": visitor.queue,
            "X-IVR-Path": visitor.ivr_path,
            "X-Called-Number": "4008100200",
            "X-Call-Ref": call_ref,
        }
        who = visitor.name
        self._say(f"{who.zh} 来电。按 F9 接听。", f"{who.en} calls. Press F9 to answer.")
        with Caller(f"sip:agent@127.0.0.1:{self._sip_port}", visitor.number, headers, speech) as caller:
            self._caller = caller
            if self._until(lambda: "connected" in caller.states or "ended" in caller.states, PATIENCE_S):
                self._talk(caller, who)
            elif self._is_open():
                self._say(f"{who.zh} 等不及，挂断了。", f"{who.en} has waited long enough and hangs up.")
                caller.hang_up()
                caller.wait_for("ended", 2.0)
        self._caller = None

    def _talk(self, caller: Caller, who: Words) -> None:
        if "connected" not in caller.states:
            self._say("这通电话没有接。", "This call was not taken.")
            return
        self._say(
            "已接通。写工单：Ctrl+N；搜知识：F3；挂断：Ctrl+Shift+H。",
            "You are talking. Ctrl+N writes a ticket, F3 searches, Ctrl+Shift+H hangs up.",
        )
        if not self._until(lambda: "ended" in caller.states, TALK_S):
            self._say(f"{who.zh} 道别并挂断。", f"{who.en} says good-bye and hangs up.")
            caller.hang_up()
            caller.wait_for("ended", 2.0)
        else:
            self._say(
                "通话结束。选话后小结：Ctrl+E；回到就绪：Ctrl+Shift+R。",
                "The call is over. Ctrl+E picks a wrap-up code, Ctrl+Shift+R makes you ready.",
            )

    def _visitors(self) -> Iterator[Visitor]:
        chen, lopez = self._chen, self._lopez
        return itertools.cycle(
            (
                Visitor(Words("陈思远（钻石客户）", "Chen Siyuan (diamond)"), chen.number, chen.says, "zh-CN",
                        chen.queue, chen.ivr_path),
                Visitor(Words("Maria Lopez（说英语）", "Maria Lopez"), lopez.number, lopez.says, "en",
                        lopez.queue, lopez.ivr_path),
                Visitor(Words("陌生号码", "Somebody nobody knows"), "+8613360090093",
                        "你好，我想新装一条一千兆的宽带，请问现在有什么优惠？", "zh-CN", "support", "业务办理 › 新装"),
                Visitor(Words("隐藏号码", "A withheld number"), "", "你好，我想查一下我的账单。", "zh-CN", "billing",
                        "账单 › 费用疑问"),
            )
        )  # fmt: skip

    def _wait(self, seconds: float) -> None:
        self._until(lambda: False, seconds)

    def _until(self, fact: Callable[[], bool], seconds: float) -> bool:
        """False when the time is over or the window was closed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._is_open():
            if fact():
                return True
            time.sleep(STEP_S)
        return False

    def _is_open(self) -> bool:
        return self._window is not None and self._window.poll() is None

    def _say(self, chinese: str, english: str) -> None:
        sys.stdout.write(Words(chinese, english).in_language(self._language) + "\n")
        sys.stdout.flush()


def receive(out: Path, language: str, customers: int) -> int:
    """Until the visitor closes the window or presses Ctrl+C. 1 when the demo could not begin."""
    home = out / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    visit = Visit(home, language, customers)
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.default_int_handler)
    try:
        visit.begin()
        visit.go_on()
    except KeyboardInterrupt:
        """That is how a visit ends, too."""
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        visit.end()
    return 0
