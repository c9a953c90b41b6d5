"""What an open item tells a form: facts of its call and its customer, as texts."""

from datetime import datetime

from agent_desktop.customers.masking import whole
from agent_desktop.softphone.call import Direction
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.open_items import Item
from agent_model.form import Fact
from agent_model.form_value import NO, YES
from agent_model.phone_number import DialPlan, on_record


def facts_of(item: Item | None, plan: DialPlan, formats: Formats, now: datetime) -> dict[str, str]:
    """By fact; nothing for what is not known."""
    local = formats.local(now)
    told = {Fact.TODAY: f"{local:%Y-%m-%d}", Fact.NOW: f"{local:%Y-%m-%d %H:%M}"}
    if item is not None and item.call is not None:
        is_in = item.call.direction is Direction.INCOMING
        told[Fact.DIRECTION] = "inbound" if is_in else "outbound"
        told[Fact.QUEUE] = item.call.invite.queue or ""
        number = item.number_kept(plan)
        told[Fact.CALLER_NUMBER] = number if on_record(number) is None else ""
    customer = item.customer if item is not None else None
    told[Fact.IS_KNOWN] = YES if customer is not None else NO
    if customer is not None:
        owned = {product.product for product in customer.products}
        told |= {
            Fact.IS_VERIFIED: YES if customer.is_verified else NO,
            Fact.TIER: customer.tier.value,
            Fact.LANGUAGE: customer.language,
            Fact.REGION: customer.region or "",
            Fact.CUSTOMER_NAME: whole(customer.name),
            Fact.CUSTOMER_EMAIL: whole(customer.email or ""),
            Fact.CUSTOMER_COMPANY: customer.company or "",
            Fact.CUSTOMER_PRODUCT: owned.pop() if len(owned) == 1 else "",
        }
    return {fact.value: text for fact, text in told.items() if text}


def products_of(item: Item | None, known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Those the customer has; of a stranger, or of who has none, all that are sold."""
    customer = item.customer if item is not None else None
    owned = {product.product: product.name for product in customer.products} if customer is not None else {}
    return tuple((owned or known).items())
