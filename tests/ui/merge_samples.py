"""Two customers who may be one, for the gallery and the tests."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from agent_desktop.customers.duplicates import Duplicate, Likeness
from agent_desktop.customers.merges import Comparison, Side
from agent_desktop.customers.profile import Unknown
from agent_desktop.softphone.events import Playing, RecordingPlayed
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.customer import Customer, CustomerId, Tier
from agent_model.customer_merge import CustomerMerge, Moved, Stayed, StayedKind
from agent_model.phone_number import PhoneNumber
from agent_model.row_change import IMPORTED, RowChange, RowHistory
from tests.ui.samples import NOW, Samples, ago


def other(samples: Samples) -> Customer:
    return replace(
        samples.customer,
        id=CustomerId("C-20871"),
        name=samples.say("陈思源", "Siyuan Chen"),
        phones=(PhoneNumber("+8657188886666"),),
        tier=Tier.GOLD,
        email=None,
        region=samples.say("浙江 · 宁波", "Ningbo, Zhejiang"),
        is_verified=False,
    )


def duplicates(samples: Samples) -> tuple[Duplicate, ...]:
    return (
        Duplicate(other(samples), (Likeness.SOUND, Likeness.COMPANY)),
        Duplicate(replace(other(samples), id=CustomerId("C-9")), (Likeness.NEARLY, Likeness.COMPANY)),
    )


def comparison(samples: Samples) -> Comparison:
    return Comparison(Side(samples.customer, 14, 3), Side(other(samples), 2, 1), frozenset({"region"}))


def merges(samples: Samples) -> tuple[CustomerMerge, ...]:
    first = CustomerMerge(
        "C-20871.1",
        samples.customer.id,
        CustomerId("C-20871"),
        name=samples.say("陈思源", "Siyuan Chen"),
        moved=(Moved("contact", 2),),
        nth=2,
        by="lin.yue",
        at=ago(days=2),
        undo_until=NOW + timedelta(days=28),
    )
    parted = replace(
        first,
        id="C-9.1",
        gone=CustomerId("C-9"),
        name=samples.say("陈思远（旧）", "S. Chen (old)"),
        is_undone=True,
        undone_by="lin.yue",
        undone_at=ago(hours=3),
        stayed=(Stayed(StayedKind.FIELD, "customer", "notes"), Stayed(StayedKind.ROW, "contact", "k-1")),
    )
    return first, parted


def history(samples: Samples) -> RowHistory:
    company = samples.customer.company or ""
    return RowHistory(
        (
            RowChange(9, "company", samples.say("云岚科技", "Yunlan"), company, "lin.yue", ago(hours=3), ago(hours=3)),
            RowChange(8, "phones", None, ["+8657188886666"], "lin.yue", ago(days=2), ago(days=2)),
            RowChange(7, "tier", "gold", "diamond", IMPORTED, ago(days=20), ago(days=20)),
        ),
        next=7,
    )


def show(made: MainWindow, samples: Samples, state: str) -> None:
    pane = made.customer
    match state:
        case "duplicate":
            pane.show_duplicates(duplicates(samples))
        case "merge":
            pane.merging.name_by(lambda: samples.directory)
            pane.merging.show_comparison(comparison(samples))
            pane.open_merging()
            made.show()
            pane.merging.start()
        case "ask":
            pane.show_question("email")
        case "history_card":
            pane.changes.show_history(history(samples), NOW, is_more=False)
            pane.tabs.setCurrentIndex(3)
        case "entry":
            contact = next(entry.contact for entry in samples.profile.timeline.entries if entry.contact is not None)
            pane.entry.show_entry(contact, *pane.timeline.facts_of(contact), samples.profile.open_tickets)
            pane.entry.player.offer("")
            pane.entry.player.show_played(RecordingPlayed(Path(), Playing.GOES_ON, 74.0, 222.0, ((96.0, 118.0),)))
        case "merged":
            pane.merged.show_merges(merges(samples), (True, False), NOW)
            pane.tabs.setCurrentIndex(3)
        case "alike":
            pane.show_recognition(Unknown(PhoneNumber("+8613755550123")), NOW, samples.say("陈思远", "Chen Siyuan"))
            pane.stranger.show_alike(duplicates(samples))
