"""Callbacks and return visits with something in them, for pictures."""

from dataclasses import replace
from datetime import timedelta

from agent_desktop.lists import ListedFollowUp
from agent_desktop.ui.desks.follow_ups.desk import Known, due_lines, face_of
from agent_desktop.ui.follow_ups.form import Written
from agent_desktop.ui.follow_ups.words import ICONS, due_and_theirs, owed_words
from agent_desktop.ui.lists.columns import Line
from agent_desktop.ui.lists.follow_ups import follow_ups
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.follow_up import Attempt, AttemptResult, FollowUp, FollowUpId, FollowUpKind, FollowUpState
from agent_model.follow_up_plan import SHIPPED
from agent_model.phone_number import PhoneNumber
from tests.ui import desk
from tests.ui.samples import ME, NOW, Samples, ago, clock

HOLDERS = (f"own:{ME.id}", f"team:{ME.team}", "queue:support")


def made(samples: Samples) -> tuple[Known, ...]:
    """One late, one soon, others later; the second of a customer abroad."""
    say = samples.say
    abroad = Customer(CustomerId("C-9"), SegmentId("home"), "Oliver Smith", (PhoneNumber("+442071234567"),))
    late = FollowUp(
        FollowUpId("F-1"),
        FollowUpKind.CALLBACK,
        say("告知工程师上门时间，并确认备用号码", "Tell when the engineer comes, and ask for another number"),
        ago(minutes=12),
        ago(hours=26),
        "a-1007",
        samples.customer.id,
        zone="Asia/Shanghai",
        owner=ME.id,
        attempts=(
            Attempt(ago(hours=20), "a-1007", AttemptResult.NO_ANSWER, "call-1"),
            Attempt(ago(hours=2), ME.id, AttemptResult.BUSY, "call-2", say("占线两次", "busy twice")),
        ),
        counted=2,
    )
    soon = replace(
        late, id=FollowUpId("F-2"), kind=FollowUpKind.RETURN_VISIT, due_at=NOW + timedelta(minutes=18),
        customer_id=abroad.id, zone="Europe/London", owner=None, team=ME.team, attempts=(), counted=0,
        purpose=say("投诉 TK-204655 处理结果是否满意", "Whether complaint TK-204655 ended well"),
    )  # fmt: skip
    meeting = replace(
        late, id=FollowUpId("F-3"), kind=FollowUpKind.APPOINTMENT, due_at=NOW + timedelta(hours=3), attempts=(),
        counted=0, purpose=say("上门安装，家中有人", "Installation, somebody is at home"),
    )  # fmt: skip
    unknown = replace(
        late, id=FollowUpId("F-4"), due_at=NOW + timedelta(days=1, hours=2), customer_id=None, attempts=(), counted=0,
        caller_number=PhoneNumber("+8613900000009"), purpose=say("新装宽带报价", "Price of a new line"),
    )  # fmt: skip
    return (
        Known(late, samples.customer),
        Known(soon, abroad),
        Known(meeting, samples.customer),
        Known(unknown, None),
    )


def show(window: MainWindow, samples: Samples, state: str) -> None:
    formats, all_of_them = desk.formats(samples.language), made(samples)
    window.left.show_due(due_lines(all_of_them, NOW, formats), len(all_of_them))
    window.rail.show_overdue(1)
    band, first = window.follow_ups, all_of_them[1 if state == "follow_up_rating" else 0]
    face = face_of(first, NOW, SHIPPED[first.follow_up.kind], ME.id, samples.directory, formats)
    match state:
        case "follow_up_owed":
            owed = owed_words(first.follow_up, NOW, formats)
            window.customer.owed.show_owed(((first.follow_up.id, ICONS[first.follow_up.kind], owed),))
        case "follow_up_form":
            band.form.show_for(samples.customer.name)
            words = samples.say("明天 10:00", "tomorrow 10:00")
            band.form.show_written(Written(when=words, purpose=first.follow_up.purpose))
            at = (NOW + timedelta(days=1)).replace(hour=2, minute=0, second=0)
            band.form.show_when(due_and_theirs(at, "Europe/London", NOW, formats))
            band.show_form()
        case "follow_up_rating":
            band.show_card(face)
            window.show()
            band.card.results[AttemptResult.REACHED].click()
        case "follow_up_result":
            band.show_card(replace(face, suggested=AttemptResult.NO_ANSWER))
        case _:
            band.show_card(face)


def show_list(window: MainWindow, samples: Samples) -> None:
    formats = desk.formats(samples.language)
    names = replace(samples.directory, teams={ME.team: samples.say("家庭客服一组", "Home Care 1")})
    kind = follow_ups(formats, lambda: names, clock, HOLDERS)
    lines: list[Line] = []
    for n in range(5):
        for known in made(samples):
            one = replace(known.follow_up, due_at=known.follow_up.due_at + timedelta(hours=7 * n), version=1)
            if n == 4:
                one = replace(one, state=FollowUpState.NOT_REACHED, result=AttemptResult.NO_ANSWER)
            lines.append(kind.line(ListedFollowUp(one, known.name)))
    window.pages.offer_list(Page.FOLLOW_UPS, kind)
    window.show_page(Page.FOLLOW_UPS)
    page, places = window.pages.lists[Page.FOLLOW_UPS], list(range(len(lines)))
    page.show_order(places, (), (), is_whole=True)
    page.table.lines.put_window(0, places, dict(enumerate(lines)))
