"""The fields that the site gave its customers, for whoever reads or tells of customers in files."""

from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.customer_form import CustomerForm, CustomField
from agent_model.words import Words
from agent_server import tables
from agent_server.rows import reader, selecting


async def own_fields(connection: AsyncConnection) -> tuple[CustomField, ...]:
    """Of the newest edition; none where nobody published any."""
    editions = await _editions(connection)
    return editions[-1].fields if editions else ()


async def own_labels(connection: AsyncConnection) -> dict[str, Words]:
    """What each of them, also of older editions, was called last, by its name in a customer's body."""
    return {field.name: field.label for form in await _editions(connection) for field in form.fields}


async def _editions(connection: AsyncConnection) -> list[CustomerForm]:
    rows = await connection.execute(selecting("customer_form").order_by(tables.customer_form.c.edition))
    return [from_body(CustomerForm, row.id, row.version, row.body) for row in map(reader("customer_form"), rows)]
