"""A whole window over sample values, in any state, without server, phone or store."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.customers.profile import Hidden, Known, Several, Unknown
from agent_desktop.softphone.account import Registered, RegistrarUnreachable
from agent_desktop.sync.events import NeedsAttention, Offline, Synced
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.line import explain_registration
from agent_desktop.ui.strip.situation import Line
from agent_desktop.ui.window.left_list import ItemKind
from agent_desktop.ui.window.main_window import MainWindow, composition_of
from agent_model.agent import AgentState
from agent_model.customer import Customer, CustomerId, SegmentId, Tier
from agent_model.phone_number import PhoneNumber
from tests.ui import signal_samples
from tests.ui.samples import NOW, Samples, ago, clock

RESOURCES = Path(__file__).parents[2] / "resources"
HANGZHOU = timezone(timedelta(hours=8))
STATES = (
    "call",
    "ring",
    "second_ring",
    "dialling",
    "held",
    "acw",
    "acw_over_time",
    "failed",
    "offline",
    "no_line",
    "ready",
    "several",
    "unknown",
    "hidden",
    "skeleton",
    "nothing",
)


def application() -> QApplication:
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


def focus() -> QWidget:
    """The widget that has the focus; there must be one."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def formats(language: str) -> Formats:
    return Formats(language, HANGZHOU)


def window(look: Look, language: str) -> MainWindow:
    made = MainWindow(look, formats(language), clock, composition_of(application()))
    samples = Samples(language)
    made.show_directory(samples.directory)
    made.top_bar.state.offer_breaks(samples.breaks)
    made.top_bar.show_day(samples.day)
    made.top_bar.show_registration(Registered(NOW + timedelta(minutes=5)))
    made.top_bar.show_sync(Synced(NOW))
    made.top_bar.show_unread(2)
    made.left.show_queues(samples.queues)
    made.left.show_calls(samples.calls)
    made.left.show_day(samples.day)
    made.right.wrap_up.disposition.offer(samples.dispositions)
    made.right.wrap_up.disposition.like(("handled",), ("answered",))
    made.right.form.offer_categories(samples.categories)
    made.right.form.promise.show_promise(samples.promised, NOW)
    made.right.form.show_draft(samples.draft)
    made.right.knowledge.show_suggestions(samples.suggestions, NOW)
    made.right.script.show_script(samples.script)
    made.customer.show_recognition(Known(PhoneNumber("+8613800006721"), samples.profile), NOW)
    made.customer.header.signals.show_signals(samples.customer.id, signal_samples.lines(samples))
    made.left.speed_dial.show_entries(samples.speed_dial)
    made.strip.idle.shown.show_numbers(samples.showable, "", "4008100200")
    made.strip.show_waiting(
        samples.say("等待来电 · 技术支持 3 个等待", "Waiting for calls · Technical Support, 3 waiting")
    )
    return made


def put_into(made: MainWindow, state: str, language: str) -> None:
    """Shows a state of the story."""
    samples = Samples(language)
    ready = samples.seat(AgentState.READY, ago(minutes=12, seconds=45))
    talking = samples.seat(AgentState.ON_CALL, ago(seconds=222))
    bar, strip, left = made.top_bar, made.strip, made.left
    bar.show_seat(ready, NOW)
    left.show_open(samples.open_items(first=ItemKind.CUSTOMER), "call-1")
    match state:
        case "call" | "held" | "second_ring":
            bar.show_seat(talking, NOW)
            bar.show_quality(4.3)
            left.show_open(samples.open_items(), "call-1")
            is_held = state == "held"
            strip.show_calls((samples.face(held_here=is_held, muted=is_held),), ago(seconds=31))
            for n in range(14):
                strip.show_level((n * 37 % 11) / 14, (n * 17 % 5) / 20)
            if state == "second_ring":
                strip.show_calls((samples.face(), samples.ringing), NOW)
                left.show_open((samples.ringing_item, *samples.open_items()), "call-1")
        case "ring":
            strip.show_calls((samples.ringing,), NOW)
            left.show_open((samples.ringing_item, *samples.open_items(first=ItemKind.CUSTOMER)), "call-1")
        case "dialling":
            strip.show_calls((samples.dialling,), NOW)
        case "acw":
            until = NOW + timedelta(seconds=41)
            bar.show_seat(samples.seat(AgentState.AFTER_CALL_WORK, ago(seconds=19), until=until), NOW)
            strip.show_after_call_work(samples.after_call_work, NOW)
            made.right.show_of_call(is_of_call=True)
            made.right.form.show_draft(replace(samples.draft, key="call-1"))
            made.right.wrap_up.show_draft(samples.wrap_up)
            made.right.wrap_up.draft_changed.emit(samples.wrap_up)
        case "acw_over_time":
            bar.show_seat(samples.seat(AgentState.AFTER_CALL_WORK, ago(seconds=72)), NOW)
            strip.show_after_call_work(samples.over_time, NOW)
            made.right.show_of_call(is_of_call=True)
            made.right.wrap_up.show_draft(replace(samples.wrap_up, code="", has_ticket=False))
            made.right.wrap_up.show_required(is_required=True)
            made.right.wrap_up.draft_changed.emit(made.right.wrap_up.draft)
            made.right.wrap_up.disposition.setFocus()
            QTest.keyClicks(made.right.wrap_up.disposition, "fp")
        case "failed":
            strip.show_failed(samples.failed, NOW)
        case "offline":
            offline = Offline(ago(minutes=5), 3, NOW + timedelta(seconds=8))
            bar.show_sync(offline)
            made.offline_banner.show_offline(offline, NOW, phone_is_up=True)
        case "no_line":
            down = RegistrarUnreachable(408, "Request Timeout", 12)
            bar.show_registration(down)
            bar.show_sync(NeedsAttention(1))
            made.rail.show_attention(1)
            made.phone_banner.show_phone_down(down, NOW)
            strip.show_line(Line.NOT_REGISTERED, explain_registration(down), NOW)
        case "several":
            strip.show_calls((samples.ringing,), NOW)
            other = Customer(
                CustomerId("C-2"),
                SegmentId("home"),
                samples.say("陈晓雯", "Chen Xiaowen"),
                samples.customer.phones,
                Tier.GOLD,
                region=samples.say("浙江 · 宁波", "Ningbo, Zhejiang"),
            )
            made.customer.show_recognition(Several(PhoneNumber("+8613800006721"), (samples.customer, other)), NOW)
        case "unknown":
            made.customer.show_recognition(Unknown(PhoneNumber("+8613755550123")), NOW, samples.say("李先生", "Mr Li"))
        case "hidden":
            made.customer.show_recognition(Hidden(), NOW)
        case "skeleton":
            made.customer.show_waiting(PhoneNumber("+8613755550123"))
        case "nothing":
            made.customer.show_nothing()
            left.show_open((), "")
            left.show_calls(())
        case _:
            bar.show_seat(ready, NOW)
    made.tick(NOW)


__all__ = ["RESOURCES", "STATES", "UTC", "application", "focus", "formats", "put_into", "window"]
