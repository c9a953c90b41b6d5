"""Whom a customer is related to, for the gallery and the tests."""

from dataclasses import replace

from agent_desktop.customers.relations import SIDES, Related, RelationDraft, Relations, Side
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.customer import Customer, CustomerId, Tier
from agent_model.customer_relation import CustomerRelation, RelationKind
from agent_model.ticket import Ticket, TicketType
from tests.ui.samples import NOW, Samples, ago


def relations(samples: Samples) -> Relations:
    mine = samples.customer.id
    ticket = samples.profile.open_tickets[0]
    complaint = replace(ticket, type=TicketType.COMPLAINT)
    family, employee = RelationKind.FAMILY, RelationKind.EMPLOYEE
    return Relations(
        (
            _related(samples, mine, 1, Side(family), ("林晚秋", "Wanqiu Lin"), Tier.GOLD, complaint),
            _related(samples, mine, 2, Side(employee, is_from=False), ("云岚科技", "Yunlan"), Tier.DIAMOND, ticket),
            _related(samples, mine, 3, Side(employee), ("周岩", "Yan Zhou"), Tier.STANDARD),
            replace(_related(samples, mine, 4, Side(RelationKind.GUARDIAN), ("", "")), other=None),
        ),
        count=12,
        people=9,
    )


def _related(
    samples: Samples,
    mine: CustomerId,
    number: int,
    side: Side,
    name: tuple[str, str],
    tier: Tier = Tier.STANDARD,
    *tickets: Ticket,
) -> Related:
    other_id = CustomerId(f"C-R{number}")
    ends = (other_id, mine) if side.is_from else (mine, other_id)
    note = samples.say("下午联系", "Call in the afternoon")
    relation = CustomerRelation(f"r-{number}", *ends, side.kind, "lin.yue", ago(days=number), note)
    other: Customer = replace(samples.customer, id=other_id, name=samples.say(*name), tier=tier)
    return Related(relation, side, other, tickets)


def show(made: MainWindow, samples: Samples, state: str) -> None:
    pane, told = made.customer, relations(samples)
    pane.relations.show_relations(told, NOW)
    pane.show_related(told.trouble)
    match state:
        case "relations":
            pane.bring_into_sight(pane.relations)
            pane.relations.lines.setCurrentIndex(pane.relations.lines.model().index(1, 0))
        case "relation_form":
            pane.bring_into_sight(pane.relations.form)
            pane.relations.show_removed(samples.say("周岩", "Yan Zhou"))
            name = samples.say("鲍里斯", "Boris")
            pane.relations.form.show_draft(RelationDraft("C-9", name, SIDES[3], samples.say("采购", "Buys for them")))
