"""No place of the window says a secret that people wrote: numbers only where somebody works on them, cards nowhere."""

import pytest

from agent_desktop.ui.attention.conflict_card import ConflictCard
from agent_desktop.ui.window.rail import Page
from agent_desktop.wrap_up import WrapUpDraft
from agent_model.command import Answer, CommandKind, FieldChange, Verdict
from agent_model.scope import Scope
from tests.desktop.rows import ticket_row
from tests.ui.said import everything_said
from tests.ui.seat import AgentSeat
from tests.ui.test_follow_ups import owe
from tests.ui.test_masking import notices, opened
from tests.ui.test_panes import texts
from tests.ui.test_ticket_page import TICKET

NUMBER, CARD = "13812345678", "6222021234567894"
SECRET = f"ring {NUMBER} about {CARD}"
HOME = Scope("customers:home")


@pytest.fixture(autouse=True)
def written(seat: AgentSeat) -> None:
    """A ticket of Chen's and one that is linked to it, each with secrets in its subject."""
    link = {"ticket": "2", "kind": "related"}
    texts_in = {"subject": SECRET, "description": SECRET, "status_reason": SECRET, **TICKET}
    rows = [ticket_row("1", version=2, **texts_in, links=[link]), ticket_row("2", version=2, **texts_in)]
    seat.mirror.apply(HOME, rows, None)


def said(seat: AgentSeat) -> list[str]:
    """Which secrets stand in the window, in toasts, in its title and in names for those who do not see."""
    everything = everything_said() + seat.window.windowTitle()
    return [secret for secret in (NUMBER, CARD) if secret in everything]


def refuse(seat: AgentSeat, verdict: Verdict) -> None:
    fields = {"subject": FieldChange("before", SECRET)}
    command = seat.outbox.put("ticket", "1", CommandKind.UPDATE, fields, seat.clock(), base_version=1)
    changed = {"subject": f"theirs {CARD}"} if verdict is Verdict.CONFLICT else {}
    seat.outbox.answered([Answer(command.op_id, verdict, 2, reason="not_allowed", changed=changed)])
    seat.window.show_page(Page.ATTENTION)
    assert seat.pump(lambda: len(texts(seat.window.pages.attention)) > 3)


def test_card_of_open_tickets_says_no_secret(seat: AgentSeat) -> None:
    opened(seat)
    assert seat.pump(lambda: "138****5678" in everything_said(seat.window))
    assert said(seat) == []


def test_page_of_a_ticket_says_no_card_and_its_related_tickets_no_number(seat: AgentSeat) -> None:
    seat.workspace.ticket_page.open("1")
    assert seat.pump(lambda: seat.window.ticket is not None and seat.window.ticket.seen is not None)
    page = seat.window.ticket
    assert page is not None
    assert seat.pump(lambda: NUMBER in page.head.subject.full_text)
    related = next(line for line in everything_said(page).splitlines() if "TK-2" in line)

    assert said(seat) == [NUMBER]
    assert NUMBER not in related


def test_attention_page_says_no_card(seat: AgentSeat) -> None:
    refuse(seat, Verdict.REJECTED)
    assert CARD not in everything_said()
    assert "7894" in everything_said(seat.window.pages.attention)


def test_conflict_says_no_card_and_its_third_text_begins_whole(seat: AgentSeat) -> None:
    refuse(seat, Verdict.CONFLICT)
    [card] = seat.window.pages.attention.findChildren(ConflictCard)
    before = everything_said()
    card.third.click()

    assert CARD not in before
    assert CARD in card.field.toPlainText()


def test_toast_and_the_list_behind_the_bell_say_no_secret(seat: AgentSeat) -> None:
    seat.workspace.notices.tell(f"Zhou Min gave you ticket TK-1 · {SECRET}.")
    seat.window.show_page(Page.NOTICES)

    assert seat.pump(lambda: any("138****5678" in words for words in notices(seat)))
    assert said(seat) == []


def test_left_list_says_no_secret_of_what_is_begun_or_due(seat: AgentSeat) -> None:
    draft = WrapUpDraft("call-1", note=SECRET)
    seat.workspace.on_screen.open_unwrapped((draft,))
    owe(seat, purpose=SECRET)
    assert seat.pump(lambda: bool(seat.window.left._due))

    assert "138****5678" in everything_said(seat.window.left)
    assert [secret for secret in (NUMBER, CARD) if secret in everything_said(seat.window.left)] == []


def test_list_of_callbacks_and_the_card_of_one_say_no_secret(seat: AgentSeat) -> None:
    owe(seat, purpose=SECRET)
    seat.window.show_page(Page.FOLLOW_UPS)
    table = seat.window.pages.lists[Page.FOLLOW_UPS].table
    assert seat.pump(lambda: table.model().rowCount() and table.model().index(0, 0).data())
    cells = [str(table.model().index(0, column).data()) for column in range(table.model().columnCount())]
    seat.workspace.follow_ups.open("F-1")
    assert seat.pump(seat.window.follow_ups.isVisible)

    assert any("138****5678" in cell for cell in cells)
    assert said(seat) == []
