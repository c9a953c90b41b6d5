"""What the agent has open: calls and customers, in the order they came, one of them on the screen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from agent_desktop.customers import masking
from agent_desktop.customers.profile import Known, Recognition, Several
from agent_desktop.softphone.call import Call, CallId
from agent_model.call_quality import CallQuality
from agent_model.customer import Customer
from agent_model.phone_number import DialPlan


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the open list. `key` names its draft too, so it is the same after a restart of the window.

    `call` is the latest of its call, also when that has ended; `contact_id` is its line on the timeline once logged,
    `wrap_up_code` and `note` what it was wrapped up with.
    `words` name it where nobody is recognised: the subject of a draft found again. `outcome` is what became of the call
    at its end, `quality` how it sounded; `record` names the number it was dialled by where only the server has that;
    `comes_back`: the caller is asked for a PIN and returns to this item. `brought_by` is the queue of a call that ended
    before this window was opened, where that is known.
    """

    key: str
    call: Call | None = None
    recognition: Recognition | None = None
    contact_id: str | None = None
    wrap_up_code: str | None = None
    note: str = ""
    words: str = ""
    outcome: str = ""
    comes_back: bool = False
    quality: CallQuality | None = None
    record: str = ""
    brought_by: str | None = None

    def number_kept(self, plan: DialPlan) -> str:
        """The other side's number as it may be written down, and dialled again."""
        if self.call is None or self.record:
            return self.record
        match self.recognition:
            case Known(_, profile, platform) if platform is not None:
                return next(iter(profile.customer.phones), "")
            case Known(_, profile):
                return masking.kept(self.call.remote_number, (profile.customer,), plan)
            case Several(_, candidates):
                return masking.kept(self.call.remote_number, candidates, plan)
            case _:
                return self.call.remote_number

    @property
    def customer(self) -> Customer | None:
        return self.recognition.profile.customer if isinstance(self.recognition, Known) else None

    @property
    def is_of_call(self) -> bool:
        """A call, also one that ended before this window was opened."""
        return self.key.startswith(_CALL)

    @property
    def queue(self) -> str | None:
        """Which queue brought the call."""
        return self.brought_by if self.call is None else self.call.invite.queue

    @property
    def is_in_call(self) -> bool:
        return self.call is not None and not self.call.is_over

    @property
    def is_answered(self) -> bool:
        """In a call that both sides have taken; one that only rings takes nobody's time."""
        return self.is_in_call and self.call is not None and self.call.answered_at is not None

    @property
    def call_ref(self) -> str | None:
        """The name of its call that exchange, timeline and ticket share; the same when the call goes on as another."""
        return self.key.removeprefix(_CALL) if self.is_of_call else None


_CALL = "call:"


def key_of_call(call: Call) -> str:
    """By the exchange's name of the call; by the phone's own id where none came."""
    return key_of_ref(call.invite.call_ref or str(call.id))


def key_of_ref(call_ref: str) -> str:
    return _CALL + call_ref


def key_of_customer(customer_id: str) -> str:
    return f"customer:{customer_id}"


class OpenItems:
    """The list and which of it is current (None: nothing is open). While `is_covered` no customer may be named."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self.current_key: str | None = None
        self.is_covered = False

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    @property
    def current(self) -> Item | None:
        return None if self.current_key is None else self._items.get(self.current_key)

    def customer_of(self, item: Item) -> Customer | None:
        """Who may be named as its customer now."""
        return None if self.is_covered else item.customer

    def title_of(self, item: Item, plan: DialPlan) -> str:
        """The customer's name, else the number as it may be shown."""
        if customer := self.customer_of(item):
            return customer.name
        return masking.shown(item.call.remote_number, plan) if item.call else ""

    def get(self, key: str) -> Item | None:
        return self._items.get(key)

    def of_call(self, call: Call) -> Item | None:
        """The item of this call, of the call it goes on from, or of the matter it comes back with."""
        before = None if call.continues is None else self.with_call(call.continues)
        return self.with_call(call.id) or before or self._items.get(key_of_call(call))

    def with_call(self, call_id: CallId) -> Item | None:
        return next((item for item in self if item.call is not None and item.call.id == call_id), None)

    def put(self, item: Item) -> Item:
        self._items[item.key] = item
        return item

    def change(self, key: str, **changes: object) -> Item | None:
        """The item with these fields changed; None when it was closed meanwhile."""
        item = self._items.get(key)
        return None if item is None else self.put(replace(item, **changes))  # type: ignore[arg-type]

    def close(self, key: str) -> None:
        """Takes the item off the list; the one before it becomes current if it was on the screen."""
        keys = list(self._items)
        if key not in self._items:
            return
        at = keys.index(key)
        del self._items[key]
        if self.current_key == key:
            left = list(self._items)
            self.current_key = left[min(at, len(left) - 1)] if left else None
