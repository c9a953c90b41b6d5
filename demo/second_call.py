"""The second half of the story: the server is killed, a call and a ticket come all the same, and all is sent later."""

from functools import partial

from PySide6.QtWidgets import QApplication

from agent_desktop.ui.knowledge.pane import KnowledgePane
from agent_model.words import Words
from demo import first_call
from demo.caller import Caller
from demo.record import Broken, Scene
from demo.shift import Shift, lines_of, said

CALL_REF = "demo-call-2"
STRANGER_REF = "demo-call-3"
STRANGER_NUMBER = "+8613360090093"


def scenes(shift: Shift) -> list[Scene]:
    wanted = (
        ("server_killed", Words("服务器进程被杀死", "The server is killed"), _kill),
        ("second_call", Words("离线时 Maria Lopez 来电", "Maria Lopez calls while it is gone"), _second_call),
        ("offline_search", Words("接听，离线搜索知识库", "Answered; knowledge is searched without a server"), _search),
        ("offline_ticket", Words("离线提交第二张工单", "A second ticket is filed offline"), _file),
        ("offline_wrap_up", Words("挂断并选话后小结", "Hung up and wrapped up"), _wrap_up),
        ("server_back", Words("服务器重启，两张工单各一份", "The server is back: both tickets, once each"), _come_back),
        ("stranger", Words("陌生号码来电，建成新客户", "Nobody knows the third caller: a new customer"), _stranger),
    )
    needs = {
        "server_killed": ("synced",),
        "second_call": ("server_killed",),
        "server_back": ("server_killed",),
        "stranger": ("server_back",),
    }
    return [Scene(name, words, partial(play, shift), needs.get(name, ("second_call",))) for name, words, play in wanted]


def subject(shift: Shift) -> str:
    return shift.words("Wi-Fi 升级后晚间仍掉线", "Wi-Fi still drops after the update")


def _kill(shift: Shift) -> str:
    pid = shift.server.pid
    shift.server.kill()
    shift.wait(lambda: shift.banner(), "no banner appeared", 20.0)
    shift.wait(
        lambda: shift.chip().startswith(said("TopBar", "Offline")), lambda: f"the chip says {shift.chip()}", 20.0
    )
    return f"process {pid} was killed; the chip says “{shift.chip()}”, the banner “{shift.banner()}”"


def _second_call(shift: Shift) -> str:
    window, lopez = shift.seat.window, shift.lopez
    shift.call_from(lopez, CALL_REF)
    shift.wait(lambda: window.strip.showing is window.strip.ringing, "the strip does not ring")
    shift.wait(lambda: window.customer.customer_id == lopez.id, "the customer did not come up")
    if not shift.banner():
        raise Broken("the workstation is not offline")
    return f"the strip rings and shows {lopez.name} from the local copy, {len(shift.open_tickets())} open ticket"


def _search(shift: Shift) -> str:
    seat, knowledge = shift.seat, shift.seat.window.right.knowledge
    seat.press("F9")
    if not shift.caller.wait_for("connected"):
        raise Broken(f"the caller's phone says {shift.caller.states}")
    loud = shift.heard_by_caller(loud=True)
    seat.press("F3")
    shift.wait(knowledge.search.hasFocus, "F3 did not lead to the search")
    if knowledge.search.text():
        raise Broken(f"the search still holds the last call's words: {knowledge.search.text()}")
    wanted = shift.words("掉线", "wifi drops")
    seat.type(wanted)
    about = shift.words("掉线", "drops")
    shift.wait(lambda: knowledge.shows_found and about in _first(knowledge), lambda: f"first: {_first(knowledge)}")
    found = lines_of(knowledge.hits)
    return f"the caller hears {loud:.2f}; {len(found)} articles for “{wanted}”, first “{found[0].split(',')[0]}”"


def _first(knowledge: KnowledgePane) -> str:
    return "".join(lines_of(knowledge.hits)[:1])


def _file(shift: Shift) -> str:
    seat, form = shift.seat, shift.seat.window.right.form
    seat.press("Ctrl+N")
    shift.wait(form.subject.hasFocus, "Ctrl+N did not lead to the subject")
    seat.type(subject(shift))
    seat.press("Tab")
    shift.choose(shift.words("掉线", "Drops"))
    seat.press("Tab")
    seat.press("Tab")
    shift.wait(form.description.hasFocus, "Tab did not lead to the description")
    seat.type(
        shift.words(
            "固件已是 2.1.6，晚 8 点后 5GHz 仍断开。客户只讲英语，请安排会英语的工程师上门。",
            "Firmware is 2.1.6, 5 GHz still drops after 8 pm. Send an engineer who speaks English, please.",
        )
    )
    if not form.description.hasFocus():
        raise Broken("the cursor has left the description")
    seat.press("Ctrl+Return")
    shift.wait(lambda: form.draft.is_empty, "the form was not emptied")
    words = subject(shift)
    shift.wait(lambda: any(words in line for line in shift.open_tickets()), lambda: f"open: {shift.open_tickets()}")
    shift.wait(
        lambda: shift.chip().startswith(said("TopBar", "Offline")) and "1" in shift.chip(),
        lambda: f"the chip says {shift.chip()}",
        20.0,
    )
    line = next(line for line in shift.open_tickets() if words in line)
    return f"the ticket is among the open ones as “{line}”, not numbered yet; the chip says “{shift.chip()}”"


def _wrap_up(shift: Shift) -> str:
    seat, strip = shift.seat, shift.seat.window.strip
    shift.caller.hang_up()
    shift.wait(lambda: strip.showing is strip.wrap_up, "the strip does not show after-call work")
    seat.press("Ctrl+E")
    field = seat.window.right.wrap_up.disposition
    shift.wait(field.hasFocus, lambda: f"Ctrl+E did not lead to the disposition, but to {QApplication.focusWidget()!r}")
    seat.type(shift.words("故障已派单", "Fault passed on"))
    seat.press("Return")
    shift.wait(lambda: field.chosen == "fault-ticket", lambda: f"chosen: {field.chosen!r}")
    return f"the caller hung up; the disposition is {field.text()}; the chip says “{shift.chip()}”"


def _come_back(shift: Shift) -> str:
    address = shift.server.start()
    colleague, lopez = shift.at_the_server, shift.lopez
    words = subject(shift)
    shift.wait(lambda: colleague.ticket_numbers(lopez.number, words), "the server has no second ticket", 60.0)
    shift.wait(lambda: not shift.banner(), "the banner stays", 20.0)
    shift.wait(lambda: shift.chip() == said("TopBar", "Synced"), lambda: f"the chip says {shift.chip()}", 20.0)
    second = colleague.ticket_numbers(lopez.number, words)
    first = colleague.ticket_numbers(shift.chen.number, first_call.subject(shift))
    if (first, len(second)) != ([shift.numbers.get("first")], 1):
        raise Broken(f"on the server: {first}, {second}")
    shift.wait(lambda: any(second[0] in line for line in shift.open_tickets()), lambda: f"{shift.open_tickets()}", 20.0)
    shift.seat.press("Ctrl+Return")

    def codes() -> list[object]:
        return [call["wrap_up_code"] for call in colleague.calls(lopez.number, CALL_REF)]

    shift.wait(lambda: codes() == ["fault-ticket"], lambda: f"calls wrapped up as {codes()}", 20.0)
    return (
        f"the server is back at {address} and has both tickets once, {first[0]} and {second[0]}, and the call once; "
        f"the banner is gone, the chip says “{shift.chip()}”"
    )


def _stranger(shift: Shift) -> str:
    seat, pane = shift.seat, shift.seat.window.customer
    seat.press("Ctrl+Shift+R")
    shift.wait(lambda: seat.window.strip.showing is seat.window.strip.idle, "the last call's work is not over")
    headers = {"X-Queue": "support", "X-IVR-Path": "业务办理 › 新装", "X-Call-Ref": STRANGER_REF}
    shift.callers.append(Caller(seat.sip_address, STRANGER_NUMBER, headers))
    shift.wait(lambda: pane.stranger.isVisible(), "the stranger's number is not on the screen")
    seat.press("F9")
    if not shift.caller.wait_for("connected"):
        raise Broken(f"the caller's phone says {shift.caller.states}")
    for _ in range(6):
        focus = QApplication.focusWidget()
        if focus is None or not pane.isAncestorOf(focus):
            seat.press("F6")
    if not pane.stranger.name.hasFocus():
        raise Broken("F6 did not lead to the caller's name")
    seat.type("罗嘉宁")
    seat.press("Return")
    shift.wait(lambda: pane.header.isVisible() and pane.customer_id, "the new customer is not on the screen")
    colleague = shift.at_the_server
    shift.wait(lambda: colleague.name_of(STRANGER_NUMBER) == "罗嘉宁", "the server does not know the customer", 20.0)
    seat.press("Ctrl+Shift+H")
    shift.caller.wait_for("ended")
    shift.wait(lambda: shift.chip() == said("TopBar", "Synced"), lambda: f"the chip says {shift.chip()}", 20.0)
    return f"the caller became customer {pane.customer_id}, 罗嘉宁, on the screen and on the server"
