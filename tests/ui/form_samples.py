"""The forms that ship, as a workstation holds them, and drafts written into them."""

from dataclasses import replace
from functools import cache

from agent_desktop.customers.edits import CustomerDraft
from agent_desktop.customers.own_fields import OwnValues
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.asked import Forms
from agent_desktop.ui.forms.editor_page import FormsPage
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.body import from_body
from agent_model.customer_form import CustomerForm
from agent_model.form import TicketForm
from agent_model.form_check import FormFault
from agent_model.form_draft import FormDraft
from agent_model.form_filling import Filling, Shelf
from agent_model.form_value import Locale
from agent_model.phone_number import DialPlan
from agent_model.ticket import TicketType
from agent_server.importing.form_file import forms
from tests.ui.desk import HANGZHOU, RESOURCES

HERE = Locale(DialPlan(), HANGZHOU)
TYPES = {
    "billing/invoice/title": TicketType.CHANGE,
    "billing/invoice/resend": TicketType.REQUEST,
    "billing/refund": TicketType.REQUEST,
    "billing/amount": TicketType.INQUIRY,
    "fault/broadband/down": TicketType.FAULT,
    "fault/line": TicketType.FAULT,
    "complaint/service": TicketType.COMPLAINT,
}
PRODUCTS = (("home-500", "海岚家庭宽带 500M"), ("tv", "海岚电视"))
FAULT = {"since": "2026-11-21 18:30", "lights": "los pon", "needs_visit": "yes", "visit_phone": ""}
HELD = {"source": "web", "contract_no": "HL-2024-0183", "renewal": "2026-12-31", "tax_id": "91330106MA2B0X8K7Q"}
COMPLAINT = {"source": "line_12345", "wanted": "refund apology", "amount": "1280", "amount_reason": "", "when": "周三"}


@cache
def shelf() -> Shelf:
    told = forms(RESOURCES / "demo")
    return Shelf(tuple(from_body(TicketForm, row.id, 1, row.body) for row in told if row.entity == "ticket_form"))


@cache
def customer_form() -> CustomerForm:
    [row] = (row for row in forms(RESOURCES / "demo") if row.entity == "customer_form")
    return from_body(CustomerForm, row.id, 1, row.body)


def tell(window: MainWindow, names: Directory) -> None:
    """What the company keeps of the customer on the screen, in their profile."""
    known = replace(names, own={field.name: field for field in customer_form().fields})
    asked = (field for field in customer_form().fields if field.key in HELD)
    window.customer.show_own(OwnValues(tuple((field, HELD[field.key]) for field in asked)), known)


def ask(window: MainWindow, draft: CustomerDraft) -> None:
    """The same fields in the form of the customer."""
    texts = {field.key: HELD.get(field.key) or "" for field in customer_form().fields}
    own = Filling(customer_form(), texts, {}, HERE)
    window.customer.editor.show_draft(replace(draft, own=own, typed={"renewal": "2027-03-31"}))
    window.customer.open_editor()


def edit_customers(window: MainWindow, names: Directory) -> None:
    """An administrator has the fields of customers open."""
    page = _page(window, names)
    page.show_form(FormDraft(None, 1, customer_form().fields), "", frozenset({"source"}), is_begun=True)
    page.fields.taken.emit("contract_no")


def offer(window: MainWindow, *more: TicketForm) -> None:
    window.right.form.offer_forms(Forms(Shelf((*shelf().editions, *more)), TYPES, HERE))
    window.right.form.asked.know({"caller_number": "13800006721"}, PRODUCTS)


def write(window: MainWindow, category: str, typed: dict[str, str], draft: TicketDraft) -> None:
    window.right.form.show_draft(replace(draft, key=f"{draft.key} {category}", category=category, typed=typed))


def edit(window: MainWindow, names: Directory, *, is_wrong: bool) -> None:
    """An administrator has the form of complaints open."""
    complaint = shelf().current(TicketType.COMPLAINT)
    assert complaint is not None
    page = _page(window, names)
    page.show_form(FormDraft(complaint.type, 1, complaint.fields), "", frozenset(), is_begun=True)
    page.fields.taken.emit("amount_reason")
    if is_wrong:
        page.show_faults({"source": FormFault.NO_LABEL, "amount": FormFault.CONDITION_CYCLE})


def _page(window: MainWindow, names: Directory) -> FormsPage:
    window.rail.offer(Page.FORMS, is_offered=True)
    window.show_page(Page.FORMS)
    window.pages.forms.show_directory(names)
    return window.pages.forms
