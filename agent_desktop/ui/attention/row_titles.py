"""Who or what a row is, as a person calls it: a customer's name, a ticket's number and subject."""

from agent_desktop.customers import masking
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.follow_ups.words import kind_word
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId
from agent_model.ticket import TicketId


def title_of(rooms: Rooms, entity: str, row_id: str) -> str:
    """On the store's lane; the id where the row is not here."""
    match entity:
        case "customer":
            customer = rooms.book.customer(CustomerId(row_id))
            return customer.name if customer else row_id
        case "ticket":
            ticket = rooms.desk.ticket(TicketId(row_id))
            return f"{ticket_name(ticket)} · {masking.text(ticket.subject)}" if ticket else row_id
        case "follow_up":
            follow_up = rooms.follow_ups.of(row_id)
            return f"{kind_word(follow_up.kind)} · {masking.text(follow_up.purpose)}" if follow_up else row_id
        case "article_draft":
            shown = rooms.articles.sheet(row_id).shown
            return row_id if shown is None else shown.title
        case _:
            return row_id
