"""From the ringing call to the customer: one, several, nobody known, or a number held back."""

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.masking import of_customer
from agent_desktop.customers.profile import Hidden, Known, Privacy, Recognition, Several, Unknown
from agent_model.customer import CustomerId
from agent_model.phone_number import DialPlan, candidates


class ScreenPop:
    """`recognise` reads the local cache only: it answers in milliseconds, with the server or without."""

    def __init__(self, book: CustomerBook, plan: DialPlan) -> None:
        self._book = book
        self._plan = plan

    def recognise(self, written_number: str, customer_id: str | None = None) -> Recognition:
        """Who calls from this number, as the exchange wrote it; `customer_id` is what the exchange itself knew.

        The exchange's own word goes first. A number that may be read in several ways is tried in the order of
        likelihood, and the first reading somebody has decides. By a number that a platform lent nobody is recognised.
        """
        readings = candidates(written_number, self._plan)
        lent = next(filter(None, map(self._book.ranges.range_of, readings)), None)
        if customer_id and (profile := self._book.profile(CustomerId(customer_id))):
            if lent is not None:
                return Known(None, profile, lent.platform)
            return Known(of_customer(readings[0], profile.customer) if readings else None, profile)
        if lent is not None:
            return Privacy(readings[0], lent.platform)
        if not readings:
            return Hidden()
        for number in readings:
            found = self._book.with_number(number)
            if len(found) == 1:
                return Known(of_customer(number, found[0]), self._book.profile_of(found[0]))
            if found:
                return Several(number, found)
        return Unknown(readings[0])
