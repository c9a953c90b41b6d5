"""What is shown of a call: the phone's facts with who it is, their queue, and when they called last."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.customers.profile import Known, lent_by
from agent_desktop.softphone.call import Call
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.desks.script import CalledLines
from agent_desktop.ui.desks.transfers import Transfers
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.face import CallFace
from agent_model.customer import ContactKind, Tier

translate = QCoreApplication.translate


class CallFaces:
    """`directory` gives the names of now. While customers are covered, a number and a queue are all there is."""

    def __init__(
        self,
        rooms: Rooms,
        items: OpenItems,
        formats: Formats,
        directory: Callable[[], Directory],
        transfers: Transfers,
        lines: CalledLines,
    ) -> None:
        self._rooms = rooms
        self._items = items
        self._formats = formats
        self._directory = directory
        self._transfers = transfers
        self._lines = lines

    def face(self, item: Item, call: Call) -> CallFace:
        """Of a customer's call, also while nobody is recognised."""
        customer = self._items.customer_of(item)
        says_name = not call.remote_number and not self._items.is_covered
        face = CallFace(
            call=call,
            number=masking.shown(call.remote_number, self._rooms.plan),
            name=customer.name if customer else masking.said_name(call.remote_name) if says_name else "",
            tier=customer.tier if customer else Tier.STANDARD,
            queue=" · ".join(part for part in (self._platform(item), self._line(call)) if part),
            remark=self._remark(item),
        )
        return self._transfers.dress(face)

    def _line(self, call: Call) -> str:
        """The brand that was called, the language of its line where that is not Chinese, and the queue."""
        queue, line = self._directory().queue(call.invite.queue or ""), self._lines.of(call.invite)
        if line is None:
            return queue
        own = line.languages[0] if line.languages else ""
        is_usual = not own or own.lower().startswith("zh")
        parts = (line.brand.in_language(self._formats.language), "" if is_usual else native_language(own), queue)
        return " · ".join(part for part in parts if part)

    def _platform(self, item: Item) -> str:
        """Whose number it is, before anything that may find no room."""
        platform = lent_by(item.recognition)
        words = translate("strip", "Privacy number of {platform}")
        return "" if platform is None else words.format(platform=platform.in_language(self._formats.language))

    def _remark(self, item: Item) -> str:
        """When they last called, which is the first thing an agent wants to know."""
        if self._items.is_covered or not isinstance(item.recognition, Known):
            return ""
        for entry in item.recognition.profile.timeline.entries:
            if entry.contact is not None and entry.contact.kind in (ContactKind.CALL_IN, ContactKind.CALL_OUT):
                when = self._formats.moment(entry.at, self._rooms.clock())
                return translate("strip", "Last call {when}").format(when=when)
        return translate("strip", "First call")
