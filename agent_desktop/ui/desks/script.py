"""What to say first: the greeting of the number that was called, in the language of its line."""

from PySide6.QtCore import QObject

from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.script_pane import Script, ScriptPane
from agent_model.organisation import CalledNumber
from agent_model.phone_number import DialPlan, display, normalise


class CalledLines:
    """The company's own numbers, found however the exchange writes them."""

    def __init__(self, plan: DialPlan) -> None:
        self._plan = plan
        self._by_key: dict[str, CalledNumber] = {}

    def offer(self, numbers: tuple[CalledNumber, ...]) -> None:
        self._by_key = {key: one for one in numbers if (key := normalise(one.number, self._plan))}

    def of(self, invite: InviteFacts) -> CalledNumber | None:
        """The line that was called; None when the exchange did not say, or it is not in the table."""
        key = normalise(invite.called_number or "", self._plan)
        return None if key is None else self._by_key.get(key)


def languages_of(line: CalledNumber) -> str:
    """The languages it is answered in, as their speakers call them; the first is the line's own."""
    return " / ".join(native_language(tag) for tag in line.languages)


class ScriptDesk(QObject):
    """Of the call on the screen."""

    def __init__(
        self, rooms: Rooms, items: OpenItems, lines: CalledLines, formats: Formats, pane: ScriptPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._items = items
        self._lines = lines
        self._formats = formats
        self._pane = pane

    def show(self) -> None:
        item = self._items.current
        invite = None if item is None or item.call is None else item.call.invite
        line = None if invite is None else self._lines.of(invite)
        if invite is None or (line is None and not invite.ivr_path):
            self._pane.show_script(None)
            return
        called = normalise(invite.called_number or "", self._rooms.plan)
        number = display(called, self._rooms.plan) if called else ""
        path = tuple(part.strip() for part in (invite.ivr_path or "").split("›") if part.strip())
        if line is None:
            self._pane.show_script(Script("", "", path, number))
            return
        language = line.languages[0] if line.languages else self._formats.language
        brand, greeting = line.brand.in_language(self._formats.language), line.greeting.in_language(language)
        self._pane.show_script(Script(brand, greeting, path, number, languages_of(line)))
