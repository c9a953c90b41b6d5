"""A ticket on paper: everything its page shows, in Chinese as well, with who printed it across, on record."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.ticket.print_out import PrintOut, print_out, write_pdf
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import ticket_row
from tests.ui import desk
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat
from tests.ui.test_ticket_page import TICKET, opened, page

__all__ = ["page"]


def printed(seat: AgentSeat, path: Path) -> bytes:
    told: list[str] = []
    seat.workspace.printing.told.connect(told.append)
    seat.workspace.printing.print_to(path)
    assert seat.pump(lambda: bool(told))
    return path.read_bytes()


@pytest.fixture
def out(seat: AgentSeat, page: TicketPage) -> PrintOut:
    """Of a ticket whose author tried to write markup."""
    comment = {
        "author": ME.id,
        "at": "2026-11-21T02:00:00.000Z",
        "text": "<b>loud</b>\n第二行 13812345678",
        "kind": "internal",
    }
    row = ticket_row("2", version=2, **TICKET, comments=[comment])
    seat.mirror.apply(Scope("customers:home"), [row], None)
    shown = opened(seat, "2")
    assert seat.pump(lambda: shown.seen is not None and shown.seen.sheet.comments)
    assert shown.seen is not None
    return print_out(shown.seen, (("卡号", "6222 **** 1234"),), desk.formats("zh_CN"), "林悦 lin.yue 1001")


def test_everything_of_the_page_is_on_paper_and_nothing_is_markup(out: PrintOut) -> None:
    for words in ("网络很慢", "晚上很慢", "Chen Siyuan", "Billing", "6222 **** 1234", "第二行"):
        assert words in out.body
    assert "&lt;b&gt;loud&lt;/b&gt;" in out.body
    assert "<b>" not in out.body
    assert "13812345678" not in out.body


def test_who_printed_it_and_when_is_across_every_page(out: PrintOut, tmp_path: Path) -> None:
    assert "林悦 lin.yue 1001" in out.mark
    assert "2026-11-" in out.mark
    assert "林悦 lin.yue 1001" in out.foot
    long = PrintOut(out.title, out.body + "<p>一行文字。</p>" * 200, out.mark, out.foot)
    pages = write_pdf(long, tmp_path / "t.pdf")
    assert pages > 2
    content = (tmp_path / "t.pdf").read_bytes()
    assert content.startswith(b"%PDF")


def test_key_prints_the_ticket_on_the_screen_and_puts_it_on_record(
    seat: AgentSeat, page: TicketPage, tmp_path: Path
) -> None:
    wanted: list[bool] = []
    page.print_wanted.connect(lambda: wanted.append(True))
    page.print_wanted.disconnect(seat.workspace.printing.ask)
    QTest.keyClick(seat.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [True]

    told: list[str] = []
    seat.workspace.printing.told.connect(told.append)
    seat.workspace.printing.print_to(tmp_path / "TK-1.pdf")
    assert seat.pump(lambda: bool(told))
    assert told == [f"The ticket is in {tmp_path / 'TK-1.pdf'}."]
    assert (tmp_path / "TK-1.pdf").read_bytes().startswith(b"%PDF")
    [command] = seat.outbox.waiting(5)
    fields = {name: change.new for name, change in command.fields.items()}
    assert (command.entity, fields["kind"], fields["subject"], fields["what"]) == ("export", "print", "1", "TK-1")


def test_site_without_watermark_prints_who_and_when_at_the_foot_only(
    seat: AgentSeat, page: TicketPage, tmp_path: Path
) -> None:
    assert page.seen is not None
    plain = print_out(page.seen, (), desk.formats("zh_CN"), "林悦 lin.yue 1001", is_marked=False)
    with_mark = printed(seat, tmp_path / "on.pdf")
    seat.mirror.apply(Scope("org"), [Row("desk_policy", "site", 1, {"watermark": False})], None)

    assert (plain.mark, "林悦 lin.yue 1001" in plain.foot) == ("", True)
    assert len(printed(seat, tmp_path / "off.pdf")) < len(with_mark)


def test_what_a_form_asked_is_printed_masked(page: TicketPage) -> None:
    assert page.seen is not None
    answers = (("Rings at", "13812345678"), ("Card", "6222021234567894"))
    body = print_out(page.seen, answers, desk.formats("en"), "lin.yue").body
    assert [secret for secret in ("13812345678", "6222021234567894") if secret in body] == []


def test_folder_that_is_not_there_is_said(seat: AgentSeat, page: TicketPage, tmp_path: Path) -> None:
    assert page.seen is not None
    told: list[str] = []
    seat.workspace.printing.told.connect(told.append)
    seat.workspace.printing.print_to(tmp_path / "nowhere" / "TK-1.pdf")
    assert seat.pump(lambda: bool(told))
    assert "could not be written" in told[0]
