"""The whole story without a visitor: every part of it through the real window, phone and server, then written down."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from agent_desktop.softphone.audio import Sound, WavSink, WavSource
from agent_desktop.ui.window.rail import Page
from agent_model.words import Words
from demo import company, first_call, second_call
from demo.colleague import Colleague
from demo.knowledge_in_use import KnowledgeInUse
from demo.record import Broken, Record, Scene
from demo.regulars import regulars
from demo.server import PASSWORD, DemoServer
from demo.shift import LOGIN, Shift, said
from demo.speech import speak

ARTICLES = 304
CONTACTS_EACH = 5
"""A telephone company's customer calls this often in two years; every seat holds all of it."""


def play(out: Path, language: str, customers: int) -> bool:
    """Writes pictures and story.json to `out`. True when every step held."""
    home = out / "home"
    shutil.rmtree(home, ignore_errors=True)
    for old in out.glob("*.png"):
        old.unlink()
    home.mkdir(parents=True)
    shift = _shift(home, language, customers)
    scenes = [*_opening(shift), *first_call.scenes(shift), *second_call.scenes(shift)]
    record = Record(out, language, len(scenes), lambda: shift.taken)
    try:
        for scene in scenes:
            record.play(scene)
    finally:
        shift.close()
        record.write()
    held = sum(step.ok for step in record.steps)
    total = sum(step.ms for step in record.steps) / 1000
    record.say(
        Words(
            f"{len(scenes)} 步中 {held} 步成立，共 {total:.0f} 秒。画面与 story.json 在 {out}。",
            f"{held} of {len(scenes)} steps held in {total:.0f} s. Pictures and story.json are in {out}.",
        ).in_language(language)
    )
    return record.all_held


def _shift(home: Path, language: str, customers: int) -> Shift:
    is_chinese = language.startswith("zh")
    chen, lopez = regulars(datetime.now(UTC), customers)
    called = next(number for number in company.facts()["called_number"] if number["number"] == chen.called_number)
    greeting = called["greeting"]["zh"] + "请稍等，我马上为您查询。"
    voice = speak(greeting, "zh-CN", home / "agent.says.wav")
    return Shift(
        home=home,
        server=DemoServer(home / "server"),
        sound=Sound(WavSource(voice), WavSink(home / "agent.hears.wav")),
        language=language,
        customers=customers,
        chen=chen,
        lopez=lopez,
        is_chinese=is_chinese,
    )


def _opening(shift: Shift) -> list[Scene]:
    return [
        Scene(
            "server_filled",
            Words("启动服务器，导入整个公司", "The server starts with a whole company in it"),
            partial(_fill, shift),
        ),
        Scene(
            "sign_in_window",
            Words("打开工作台，出现登录窗口", "The workstation opens and asks who it is"),
            partial(_open, shift),
            ("server_filled",),
        ),
        Scene(
            "signed_in", Words("输入口令登录", "Signed in by typing"), partial(_sign_in, shift), ("sign_in_window",)
        ),
        Scene(
            "synced", Words("全部客户与知识下载到本地", "Every customer and article is here"), partial(_sync, shift),
            ("signed_in",),
        ),
        Scene(
            "not_ready_yet",
            Words("必读公告未读，Ctrl+Shift+R 不能就绪", "Ctrl+Shift+R: not ready before it is read"),
            partial(_ask_to_be_ready, shift),
            ("synced",),
        ),
        Scene(
            "announcement_read", Words("读完公告，Ctrl+Enter 签收，转为就绪", "Read, Ctrl+Enter, ready"),
            partial(_read, shift), ("not_ready_yet",),
        ),
    ]  # fmt: skip


def _fill(shift: Shift) -> str:
    now = datetime.now(UTC)
    shift.server.fill(shift.customers, CONTACTS_EACH, now, (shift.chen.person, shift.lopez.person))
    shift.server.remember_weeks(now.date())
    shift.server.plan_shifts(now)
    address = shift.server.start()
    KnowledgeInUse(address, now).tell_everything()
    shift.colleague = Colleague(address)
    customers, articles = shift.on_server("customer"), shift.on_server("article")
    if customers != shift.customers or articles < ARTICLES:
        raise Broken(f"the server has {customers} customers and {articles} articles")
    return f"the server answers at {address} and holds {customers:,} customers and {articles} articles"


def _open(shift: Shift) -> str:
    shift.take_seat()
    shift.wait(lambda: shift.seat.sign_in_window is not None, "no sign-in window")
    window = shift.seat.sign_in_window
    if window is None:
        raise Broken("the sign-in window has gone")
    shift.seat.take_keyboard()
    shift.wait(window.login.hasFocus, "the cursor does not stand in the name")
    return f"the window asks for name and password at {window.server.text()}; the cursor stands in the name"


def _sign_in(shift: Shift) -> str:
    seat = shift.seat
    seat.type(LOGIN)
    seat.press("Tab")
    seat.type(PASSWORD)
    seat.press("Return")
    shift.wait(lambda: seat.program.window is not None and seat.window.isVisible(), "the window did not open", 20.0)
    shift.wait(lambda: seat.sign_in_window is None, "the sign-in window stays")
    seat.take_keyboard()
    return f"signed in as {LOGIN}; the state is {shift.state()}"


def _sync(shift: Shift) -> str:
    shift.wait(lambda: shift.chip() == said("TopBar", "Synced"), lambda: f"the chip says {shift.chip()}", 90.0)
    customers, articles = shift.cached("customer"), shift.cached("article")
    if customers != shift.customers or articles < ARTICLES:
        raise Broken(f"the local copy has {customers} customers and {articles} articles")
    return f"the chip says “{shift.chip()}”; the local copy holds {customers:,} customers and {articles} articles"


def _ask_to_be_ready(shift: Shift) -> str:
    seat = shift.seat
    reading = seat.window.pages.announcements.reading
    seat.press("Ctrl+Shift+R")
    shift.wait(lambda: seat.window.pages.shown is Page.ANNOUNCEMENTS, "the announcement did not open")
    shift.wait(lambda: reading.shown is not None, "there is nothing to be read")
    told = "" if reading.shown is None else reading.shown.title
    if said("StateButton", "Ready") in shift.state():
        raise Broken(f"the state is {shift.state()}")
    return f"the state is {shift.state()}; “{told}” stands open"


def _read(shift: Shift) -> str:
    seat = shift.seat
    reading = seat.window.pages.announcements.reading
    receipts = shift.on_server("announcement_receipt")
    shift.wait(reading.read.isEnabled, "the announcement cannot be signed for", 20.0)
    seat.press("Ctrl+Return")
    shift.wait(lambda: said("StateButton", "Ready") in shift.state(), lambda: f"the state is {shift.state()}")
    seat.press("Alt+1")
    shift.wait(lambda: seat.window.pages.shown is Page.WORKSPACE, "Alt+1 did not lead to the workspace")
    shift.wait(lambda: shift.on_server("announcement_receipt") > receipts, "the server has no receipt", 20.0)
    return f"the server has the receipt, the state is {shift.state()}"
