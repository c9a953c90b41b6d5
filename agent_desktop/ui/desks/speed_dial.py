"""The speed dial: whom the agent keeps at hand, what their telephones do, and parked calls that wait to be fetched."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.dial_links import read
from agent_desktop.favourites import moved, with_one_more
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.events import Lamp, Watched
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.calls import no_such_number
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.call_strip import CallStrip
from agent_desktop.ui.strip.targets import Target, TargetKind
from agent_desktop.ui.window.speed_dial import SpeedDial
from agent_desktop.ui.window.speed_dial_rows import SpeedDialEntry
from agent_model.phone_number import normalise


class SpeedDialDesk(QObject):
    """`call_wanted` with a number to dial, `waits` with one that waits in the dial field for the call to be over;
    `targets_changed` with the favourites as a tuple of Target, for those who bring calls somewhere."""

    told = Signal(str)
    call_wanted = Signal(str)
    waits = Signal(str)
    targets_changed = Signal(object)

    def __init__(
        self, rooms: Rooms, background: Background, pane: SpeedDial, strip: CallStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._pane = pane
        self._strip = strip
        self._numbers: tuple[str, ...] = ()
        self._known: dict[str, Target] = {}
        self._lamps: dict[str, Lamp] = {}
        pane.taken.connect(self._take)
        pane.added.connect(self._add)
        pane.removed.connect(self._remove)
        pane.moved.connect(self._move)

    def begin(self) -> None:
        """What was kept, from the disk."""
        self._background.store.do(self._rooms.favourites.numbers, self._use, self._not_kept)

    def offer(self, targets: tuple[Target, ...]) -> None:
        """People and queues of the company."""
        self._known = {one.number: one for one in targets}
        self._pane.offer_targets(targets)
        self._show()

    def show_lamps(self, watched: tuple[Watched, ...]) -> None:
        self._lamps |= {one.number: one.lamp for one in watched}
        self._show()

    def show_no_lamps(self) -> None:
        """There is no phone that could tell."""
        self._lamps = {}
        self._show()

    # ---- wishes -------------------------------------------------------------------------------------------

    def _take(self, number: str) -> None:
        """A call; during a call, whom to bring it to."""
        faces, panel = self._strip.faces, self._strip.panel
        if not faces or number in self._rooms.site.park_slots:
            self.call_wanted.emit(number)
            return
        if not panel.isVisible() and any(face.call.state is CallState.CONNECTED for face in faces):
            self._strip.open_transfer()
        if panel.isVisible():
            panel.field.setText(number)
        else:
            self.waits.emit(number)

    def _add(self, written: str) -> None:
        found = read(written, self._rooms.plan)
        if written in self._known:
            self._change(with_one_more(self._numbers, written))
        elif found is None:
            self.told.emit(no_such_number(written))
        else:
            self._change(with_one_more(self._numbers, found.number))

    def _remove(self, number: str) -> None:
        self._change(tuple(one for one in self._numbers if one != number))

    def _move(self, number: str, by: int) -> None:
        self._change(moved(self._numbers, number, by))

    def _change(self, numbers: tuple[str, ...]) -> None:
        self._use(numbers)
        favourites = self._rooms.favourites
        self._background.store.do(lambda: favourites.keep(numbers), failed=self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self.told.emit(explain(error))

    # ---- what is shown ------------------------------------------------------------------------------------

    def _use(self, numbers: tuple[str, ...]) -> None:
        self._numbers = numbers
        inside = tuple(number for number in numbers if self._is_inside(number))
        watched = (*inside, *self._rooms.site.park_slots)
        self._lamps = {number: self._lamps.get(number, Lamp.UNKNOWN) for number in watched}
        self._rooms.phone.watch(watched)
        self._show()

    def _is_inside(self, number: str) -> bool:
        """The exchange knows what its own telephones do, and no others."""
        return (normalise(number, self._rooms.plan) or "").startswith("ext:")

    def _show(self) -> None:
        waiting = (
            slot for slot in self._rooms.site.park_slots if self._lamps.get(slot) in (Lamp.IN_CALL, Lamp.RINGING)
        )
        parked = tuple(
            SpeedDialEntry(slot, self.tr("Parked call {slot}").format(slot=slot), is_parked=True) for slot in waiting
        )
        self._pane.show_entries((*parked, *map(self._entry, self._numbers)))
        self.targets_changed.emit(tuple(map(self._target, self._numbers)))

    def _entry(self, number: str) -> SpeedDialEntry:
        known = self._known.get(number)
        lamp = self._lamps.get(number, Lamp.UNKNOWN) if self._is_inside(number) else None
        if known is None:
            return SpeedDialEntry(number, masking.shown(number, self._rooms.plan), lamp=lamp)
        return SpeedDialEntry(number, known.name, known.kind, lamp)

    def _target(self, number: str) -> Target:
        known = self._known.get(number)
        if known is None:
            return Target(number, "", TargetKind.FAVOURITE, shown=masking.shown(number, self._rooms.plan))
        return Target(number, known.name, TargetKind.FAVOURITE, known.detail, known.shown, known.aliases)
