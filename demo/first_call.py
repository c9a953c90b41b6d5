"""The first call of the story: it rings, is answered, heard, held, muted; a ticket is filed; the work is finished."""

from functools import partial

from PySide6.QtWidgets import QApplication

from agent_desktop.softphone.call import CallState
from agent_desktop.ui.window.right_panel import TICKET, RightPanel
from agent_model.ticket import Priority
from agent_model.words import Words
from demo.record import Broken, Scene
from demo.shift import LOUD, Shift, lines_of, loudest, said

CALL_REF = "demo-call-1"
DIGITS = "42#"


def scenes(shift: Shift) -> list[Scene]:
    wanted = (
        ("ringing", Words("陈思远来电，屏幕先认出他", "Chen Siyuan calls; the screen knows him while it rings"), _ring),
        ("answered", Words("F9 接听", "F9 answers"), _answer),
        ("talking", Words("双方都听得到", "Both hear each other"), _talk),
        ("held", Words("Ctrl+H 保持", "Ctrl+H holds"), _hold),
        ("resumed", Words("Ctrl+H 恢复", "Ctrl+H resumes"), _resume),
        ("muted", Words("Ctrl+M 静音", "Ctrl+M mutes"), _mute),
        ("unmuted", Words("Ctrl+M 取消静音", "Ctrl+M ends it"), _unmute),
        ("digits", Words("Ctrl+D 键盘送号", "Ctrl+D sends digits"), _digits),
        ("ticket_written", Words("只用键盘写工单", "A ticket, by keyboard alone"), _write),
        (
            "suggested",
            Words("按工单推荐文章并说明理由，Ctrl+I 插入", "Suggested, with why; Ctrl+I inserts"),
            _suggest,
        ),
        ("knowledge", Words("F3 边输边搜，插入工单", "F3 finds the article as one types, into the ticket"), _search),
        ("ticket_filed", Words("Ctrl+Enter 提交，服务器给出编号", "Ctrl+Enter files it, the server numbers it"), _file),
        ("after_call_work", Words("挂断，进入话后处理", "Hung up; after-call work"), _hang_up),
        ("wrap_up", Words("Ctrl+E 选话后小结", "Ctrl+E, the wrap-up code"), _wrap_up),
        ("ready_again", Words("回到就绪，服务器已记下这通电话", "Ready again, the call is on the server"), _ready),
    )
    needs = {"ringing": ("synced",), "answered": ("ringing",), "ready_again": ("wrap_up",)}
    pose = {"digits": partial(_open_keypad, shift)}
    return [
        Scene(name, words, partial(play, shift), needs.get(name, ("answered",)), pose.get(name))
        for name, words, play in wanted
    ]


def subject(shift: Shift) -> str:
    return shift.words("客户要求修改电子发票抬头", "Change the title of the October e-invoice")


def _ring(shift: Shift) -> str:
    window, chen = shift.seat.window, shift.chen
    shift.call_from(chen, CALL_REF)
    shift.wait(lambda: window.strip.showing is window.strip.ringing, "the strip does not ring")
    shift.wait(lambda: window.customer.customer_id == chen.id, "the customer did not come up")
    shift.wait(lambda: len(shift.open_tickets()) == 2, lambda: f"open tickets: {shift.open_tickets()}")
    if "connected" in shift.caller.states:
        raise Broken("the call was answered by nobody")
    first = lines_of(window.customer.timeline)[1]
    figure = window.customer.header.number
    return (
        f"the strip rings and shows {chen.name} ({figure}) with {len(shift.open_tickets())} open tickets "
        f"and a timeline that begins with “{first}”; the caller still waits: {shift.caller.states[-1]}"
    )


def _answer(shift: Shift) -> str:
    shift.seat.press("F9")
    if not shift.caller.wait_for("connected"):
        raise Broken(f"the caller's phone says {shift.caller.states}")
    talking = shift.seat.window.strip.talking
    shift.wait(lambda: shift.seat.window.strip.showing is talking, "the strip does not show the call")
    shift.wait(lambda: said("StateButton", "On call") in shift.state(), lambda: f"the state is {shift.state()}")
    knowledge = shift.seat.window.right.knowledge
    shift.wait(lambda: lines_of(knowledge.hits), "no article is suggested")
    offered = lines_of(knowledge.hits)
    return (
        f"both phones are connected, the state is {shift.state()}; {len(offered)} articles are suggested for the call"
    )


def _talk(shift: Shift) -> str:
    meter = shift.seat.window.strip.talking.meter
    shift.wait(lambda: max(heard for heard, _ in meter.levels) > LOUD, "the agent hears nothing")
    shift.wait(lambda: max(spoken for _, spoken in meter.levels) > LOUD, "the agent's voice is not picked up")
    heard, spoken = (max(levels) for levels in zip(*meter.levels, strict=True))
    there = shift.heard_by_caller(loud=True)
    return f"the agent's meter shows {heard:.2f} heard and {spoken:.2f} spoken; the caller's phone hears {there:.2f}"


def _hold(shift: Shift) -> str:
    shift.seat.press("Ctrl+H")
    shift.wait(lambda: shift.caller.call.get("held_there"), "the caller's phone was not told of the hold")
    talking = shift.seat.window.strip.talking
    shift.wait(lambda: talking.face is not None and talking.face.call.held_here, "the strip does not show the hold")
    level = shift.heard_by_caller(loud=False)
    return f"the strip and the caller's phone show the hold, the caller hears {level:.3f}"


def _resume(shift: Shift) -> str:
    shift.seat.press("Ctrl+H")
    shift.wait(lambda: not shift.caller.call.get("held_there"), "the caller is still held")
    return f"the caller is off hold and hears {shift.heard_by_caller(loud=True):.2f}"


def _mute(shift: Shift) -> str:
    shift.seat.press("Ctrl+M")
    talking = shift.seat.window.strip.talking
    shift.wait(lambda: talking.face is not None and talking.face.call.muted, "the strip does not show the mute")
    return f"the strip shows the mute, the caller hears {shift.heard_by_caller(loud=False):.3f}"


def _unmute(shift: Shift) -> str:
    shift.seat.press("Ctrl+M")
    talking = shift.seat.window.strip.talking
    shift.wait(lambda: talking.face is not None and not talking.face.call.muted, "the strip still shows the mute")
    return f"the caller hears the agent again: {shift.heard_by_caller(loud=True):.2f}"


def _digits(shift: Shift) -> str:
    shift.seat.press("Ctrl+D")
    shift.wait(lambda: QApplication.activePopupWidget() is not None, "the keypad did not open")
    for digit in DIGITS:
        shift.seat.type(digit)
    shift.wait(lambda: shift.caller.digits == DIGITS, lambda: f"the caller received {shift.caller.digits!r}")
    shift.seat.press("Esc")
    return f"the caller's phone received {shift.caller.digits}"


def _open_keypad(shift: Shift) -> None:
    shift.seat.press("Ctrl+D")
    for digit in DIGITS:
        shift.seat.type(digit)


def _write(shift: Shift) -> str:
    seat, form = shift.seat, shift.seat.window.right.form
    seat.press("Ctrl+N")
    shift.wait(form.subject.hasFocus, "Ctrl+N did not lead to the subject")
    seat.type(subject(shift))
    seat.press("Tab")
    shift.choose(shift.words("抬头", "title"))
    seat.press("Tab")
    seat.press("Right")
    seat.press("Tab")
    shift.wait(form.description.hasFocus, "Tab did not lead to the description")
    seat.type(
        shift.words(
            "客户来电要求将 10 月电子发票抬头由个人改为公司，已核实身份。待补充营业执照照片。",
            "The October e-invoice is to carry the company's name: 杭州云岚科技有限公司. Identity checked.",
        )
    )
    draft = form.draft
    if (draft.category, draft.priority) != ("billing/invoice/title", Priority.HIGH):
        raise Broken(f"category {draft.category!r}, priority {draft.priority}")
    shift.wait(lambda: form.draft.saved_at is not None, "the draft was not saved by itself", 3.0)
    if not form.description.hasFocus():
        raise Broken(f"the cursor has left the description for {QApplication.focusWidget()!r}")
    return f"“{draft.subject}”, {draft.category}, {draft.priority}, {len(draft.description)} signs; saved by itself"


def _suggest(shift: Shift) -> str:
    """What is offered while nothing was searched for; Ctrl+Z takes it out again."""
    seat, right = shift.seat, shift.seat.window.right
    written, before = right.form.description, right.form.description.toPlainText()
    reason = said("knowledge", "Fits what you write in the ticket")
    hits = right.knowledge.hits
    shift.wait(lambda: any(reason in line for line in lines_of(hits)), lambda: f"offered: {lines_of(hits)}")
    offered = lines_of(hits)
    seat.press("F3")
    shift.wait(right.knowledge.search.hasFocus, "F3 did not lead to the knowledge pane")
    seat.press("Ctrl+I")
    shift.wait(lambda: written.toPlainText() != before, "the suggestion did not come into the ticket")
    inserted = written.toPlainText().removeprefix(before).strip()
    shift.wait(written.hasFocus, "the cursor did not come back to the description")
    seat.press("Ctrl+Z")
    if written.toPlainText() != before:
        raise Broken(f"Ctrl+Z left {written.toPlainText()!r}")
    return f"offered first: {offered[0]}; Ctrl+I put into the ticket: {inserted}; Ctrl+Z took it out again"


def _search(shift: Shift) -> str:
    seat, right = shift.seat, shift.seat.window.right
    wanted = shift.words("发票抬头", "invoice title")
    seat.press("F3")
    shift.wait(right.knowledge.search.hasFocus, "F3 did not lead to the search")
    for sign in wanted:
        seat.type(sign)
        shift.wait(lambda: right.knowledge.shows_found, "nothing is found while one types")
    shift.wait(lambda: shift.words("抬头", "title") in _first(right), lambda: f"found first: {_first(right)}")
    found = lines_of(right.knowledge.hits)
    before = right.form.draft.description
    seat.press("Ctrl+I")
    shift.wait(lambda: right.form.draft.description != before, "the article did not come into the ticket")
    inserted = right.form.draft.description.removeprefix(before).strip()
    return f"after “{wanted}” {len(found)} articles stand there; Ctrl+I put the first into the ticket: {inserted}"


def _first(right: RightPanel) -> str:
    return "".join(lines_of(right.knowledge.hits)[:1])


def _file(shift: Shift) -> str:
    seat, form, chen = shift.seat, shift.seat.window.right.form, shift.chen
    words = subject(shift)
    seat.press("Ctrl+Return")
    shift.wait(lambda: form.draft.is_empty, "the form was not emptied")
    colleague = shift.at_the_server
    shift.wait(lambda: colleague.ticket_numbers(chen.number, words), "the server has no such ticket", 20.0)
    numbers = colleague.ticket_numbers(chen.number, words)
    if len(numbers) != 1:
        raise Broken(f"the server has the ticket {len(numbers)} times")
    shift.numbers["first"] = numbers[0]
    shift.wait(
        lambda: any(numbers[0] in line for line in shift.open_tickets()), lambda: f"{shift.open_tickets()}", 20.0
    )
    if seat.window.right.tabs.currentIndex() != TICKET:
        raise Broken("the ticket's tab was left")
    return f"a colleague's workstation finds it on the server once, as {numbers[0]}, and so does the agent's screen"


def _hang_up(shift: Shift) -> str:
    shift.seat.press("Ctrl+Shift+H")
    if not shift.caller.wait_for("ended"):
        raise Broken(f"the caller's phone says {shift.caller.states}")
    strip = shift.seat.window.strip
    shift.wait(lambda: strip.showing is strip.wrap_up, "the strip does not show after-call work")
    ended = [face for face in strip.faces if face.call.state is not CallState.ENDED]
    shift.caller.close()
    there = loudest(shift.home / f"{CALL_REF}.hears.wav")
    here = loudest(shift.home / "agent.hears.wav")
    if ended or min(there, here) < LOUD:
        raise Broken(f"calls left: {len(ended)}; loudest in the recordings: {there:.2f} there, {here:.2f} here")
    return (
        f"the call is over on both sides, the state is {shift.state()}; the recordings hold speech: "
        f"{here:.2f} at the agent, {there:.2f} at the caller"
    )


def _wrap_up(shift: Shift) -> str:
    shift.seat.press("Ctrl+E")
    field = shift.seat.window.right.wrap_up.disposition
    shift.wait(field.hasFocus, "Ctrl+E did not lead to the disposition")
    shift.seat.type(shift.words("业务已办理", "Request handled"))
    shift.seat.press("Return")
    shift.wait(lambda: field.chosen == "handled", lambda: f"chosen: {field.chosen!r}")
    return f"the form shows the disposition {field.text()}"


def _ready(shift: Shift) -> str:
    shift.seat.press("Ctrl+Shift+R")
    strip = shift.seat.window.strip
    shift.wait(lambda: strip.showing is strip.idle, "the strip still shows after-call work")
    shift.wait(lambda: said("StateButton", "Ready") in shift.state(), lambda: f"the state is {shift.state()}")
    colleague = shift.at_the_server

    def codes() -> list[object]:
        return [call["wrap_up_code"] for call in colleague.calls(shift.chen.number, CALL_REF)]

    shift.wait(lambda: codes() == ["handled"], lambda: f"the server's timeline has {codes()}", 20.0)
    return f"the state is {shift.state()}; the server's timeline has the call once, wrapped up as {codes()[0]}"
