"""Listening to recordings: from a call's line in the timeline and from its ticket; one at a time, and on record."""

import logging
from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from agent_desktop.errors import ServerRefused
from agent_desktop.listening import Audible, NotHeardError, Why
from agent_desktop.softphone.events import CommandRefused, Event, Playing, RecordingPlayed
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.softphone.recording.shape import Shape, shape_of
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.call import CallPanel
from agent_desktop.ui.ticket.page import TicketPage
from agent_model.customer import Contact, ContactKind, CustomerId
from agent_model.question import PlayedCall
from agent_model.ticket import Ticket

translate = QCoreApplication.translate
log = logging.getLogger(__name__)

CALLS = (ContactKind.CALL_IN, ContactKind.CALL_OUT)


class ListeningDesk(QObject):
    """`saved` when something waits to be sent, `part_begun(player, SHA-256)` when another recording is heard in it."""

    saved = Signal()
    told = Signal(str)
    part_begun = Signal(object, str)
    _arrived = Signal(object, int)

    def __init__(
        self, rooms: Rooms, background: Background, pane: CustomerPane, names: Callable[[], Directory], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._names = rooms, background, names
        self._pane = pane
        self._page: TicketPage | None = None
        self._of: dict[RecordingPlayer, Contact] = {}
        self._wired: set[RecordingPlayer] = set()
        self._asked: set[RecordingPlayer] = set()
        self._player: RecordingPlayer | None = None
        self._ready: tuple[Audible, ...] = ()
        self._part = 0
        self._first = ("", 0.0)
        pane.contact_opened.connect(self._open_entry)
        pane.entry.left.connect(self._leave_entry)
        self._arrived.connect(self._tell_arrived, Qt.ConnectionType.QueuedConnection)

    def wire(self, page: TicketPage) -> None:
        """The page is there now."""
        self._page = page
        panel = page.panel(CallPanel)
        panel.call_wanted.connect(self._read_call)
        panel.left.connect(lambda: self.leave(panel.player))

    def hear_phone(self, event: Event) -> None:
        player = self._player
        if player is None:
            return
        match event:
            case RecordingPlayed():
                if self._ready and event.path == self._ready[self._part].path:
                    self._follow(player, event)
            case CommandRefused("PlayRecording"):
                player.show_stopped()
                player.say(self.tr("Recordings are not played during a call. Listen to it afterwards."), "warn")
            case _:
                """The rest is of calls."""

    def end(self) -> None:
        """The window goes: nobody listens any more."""
        if self._player is not None:
            self.leave(self._player)

    def forget(self, customers: Collection[str]) -> None:
        """Nothing of erased people is heard any more, and what came from the server goes."""
        for player in [player for player, contact in self._of.items() if contact.customer_id in customers]:
            self.leave(player)

    def offer_for_question(self, player: RecordingPlayer, call: PlayedCall | None) -> None:
        """The call that a question of a paper is about; None: it is about none."""
        if call is None:
            self.leave(player)
            return
        before = self._of.get(player)
        if before is not None and before.id == call.contact:
            return
        self._wire_player(player)
        self.leave(player)
        self._asked.add(player)
        self._of[player] = Contact(call.contact, CustomerId(""), ContactKind.CALL_IN, self._rooms.clock(), call.name)
        player.offer(self.tr("The call comes from the server when you press Play."))

    # ---- which call -------------------------------------------------------------------------------------

    def _open_entry(self, contact: Contact) -> None:
        if contact.kind in CALLS:
            self.offer(self._pane.entry.player, contact)

    def _leave_entry(self) -> None:
        self.leave(self._pane.entry.player)

    def _read_call(self, ticket: Ticket) -> None:
        listening, page = self._rooms.listening, self._page
        if page is None:
            return
        panel = page.panel(CallPanel)

        def shown(contact: Contact | None) -> None:
            if page.ticket_id == ticket.id:
                panel.show_call(contact, self._names())
                if contact is not None and contact.kind in CALLS:
                    self.offer(panel.player, contact)

        self._background.store.do(lambda: listening.call_of(ticket), shown, self._failed)

    def offer(self, player: RecordingPlayer, contact: Contact) -> None:
        """Where it lies is said before anybody waits for it; that it cannot be heard, too."""
        self._wire_player(player)
        if self._of.get(player) == contact:
            return
        self.leave(player)
        self._of[player] = contact
        listening = self._rooms.listening

        def shown(found: tuple[bool, bool]) -> None:
            may, is_here = found
            if self._of.get(player) == contact and may:
                here = self.tr("The recording is on this workstation.")
                player.offer(here if is_here else self.tr("If the call was recorded, the server is asked for it."))

        self._background.library.do(lambda: (listening.may(contact), listening.is_here(contact)), shown, self._failed)

    def _wire_player(self, player: RecordingPlayer) -> None:
        if player not in self._wired:
            self._wired.add(player)
            player.play_wanted.connect(lambda at_s, speed: self._play(player, at_s, speed))
            player.pause_wanted.connect(self._pause)

    def leave(self, player: RecordingPlayer) -> None:
        """Another call is shown there, or none."""
        self._of.pop(player, None)
        player.put_away()
        if player is self._player:
            self._first = ("", 0.0)
            self._stop()
            self._let_go(self._ready)
            self._player, self._ready, self._part = None, (), 0

    def heard(self, player: RecordingPlayer) -> str:
        """The SHA-256 of the recording that is heard in it; empty: none."""
        return self._ready[self._part].sha256 if player is self._player and self._ready else ""

    def hear_at(self, player: RecordingPlayer, recording: str, at_s: float) -> None:
        """From a place of one of the call's recordings, which is fetched first where it is not here."""
        speed = float(player.speed.currentData())
        if player is self._player and self._ready:
            self._begin(player, recording, at_s, speed)
        else:
            self._first = recording, at_s
            self._play(player, at_s, speed)

    # ---- playing ----------------------------------------------------------------------------------------

    def _play(self, player: RecordingPlayer, at_s: float, speed: float) -> None:
        contact = self._of.get(player)
        if contact is None:
            return
        if self._rooms.phone.snapshot().calls:
            player.say(self.tr("Recordings are not played during a call. Listen to it afterwards."), "warn")
            return
        if player is self._player and self._ready:
            self._send(player, at_s, speed)
            return
        if self._player is not None and self._player is not player:
            self._stop()
            self._let_go(self._ready)
            self._player.show_stopped()
        self._player, self._ready, self._part = player, (), 0
        listening = self._rooms.listening
        player.show_fetching(0)
        player.say("")
        ready_of = listening.ready_for_question if player in self._asked else listening.ready
        self._background.network.do(
            lambda: ready_of(contact, lambda percent: self._arrived.emit(contact, percent)),
            lambda ready: self._note(player, contact, ready, speed),
            lambda error: self._not_heard(player, contact, error),
            replaces="listening",
        )

    def _note(self, player: RecordingPlayer, contact: Contact, ready: tuple[Audible, ...], speed: float) -> None:
        """It is heard once it is kept, for the audit trail, that they listened."""
        if self._of.get(player) != contact or player is not self._player:
            self._let_go(ready)
            return
        listening = self._rooms.listening

        def kept(_: None) -> None:
            self.saved.emit()
            if self._of.get(player) == contact and player is self._player:
                self._ready, self._part = ready, 0
                self._show_shape(player, ready[0])
                (recording, at_s), self._first = self._first, ("", 0.0)
                self._begin(player, recording or ready[0].sha256, at_s, speed)

        def note() -> None:
            if player not in self._asked:  # of these the server has put it on record
                for one in ready:
                    listening.note(contact, one)

        self._background.store.do(note, kept, lambda error: self._not_heard(player, contact, error))

    def _begin(self, player: RecordingPlayer, recording: str, at_s: float, speed: float) -> None:
        part = next((n for n, one in enumerate(self._ready) if one.sha256 == recording), None)
        if part is None:
            player.say(self.tr("This part of the recording is not here any more, so it cannot be heard."), "warn")
            return
        if part != self._part:
            self._part = part
            self._show_shape(player, self._ready[part])
        self._send(player, at_s, speed)

    def _show_shape(self, player: RecordingPlayer, part: Audible) -> None:
        """As soon as it is known; it is heard before. What cannot be shown is said by who plays it."""
        self.part_begun.emit(player, part.sha256)

        def shown(shape: Shape) -> None:
            if player is self._player and self._ready and self._ready[self._part] == part:
                player.show_shape(shape)

        self._background.library.do(
            lambda: shape_of(part.path, part.key), shown, lambda error: log.info("no shape: %s", type(error).__name__)
        )

    def _send(self, player: RecordingPlayer, at_s: float, speed: float) -> None:
        heard = self._ready[self._part]
        try:
            self._rooms.phone.play_recording(heard.path, heard.key, at_s, speed)
        except PhoneAwayError as error:
            player.show_stopped()
            player.say(explain(error), "bad")

    def _pause(self) -> None:
        self._stop()

    def _stop(self) -> None:
        try:
            self._rooms.phone.stop_playing()
        except PhoneAwayError:
            """Then nothing plays."""

    def _follow(self, player: RecordingPlayer, played: RecordingPlayed) -> None:
        player.show_played(played)
        match played.stage:
            case Playing.DONE if self._part + 1 < len(self._ready):
                self._part += 1
                self._show_shape(player, self._ready[self._part])
                self._send(player, 0.0, float(player.speed.currentData()))
            case Playing.DONE:
                if self._part:
                    self._part = 0
                    self._show_shape(player, self._ready[0])
            case Playing.CALL_CAME:
                player.say(self.tr("A call came, so the recording stopped. It goes on from here afterwards."), "warn")
            case Playing.NO_SPEAKER:
                player.say(
                    self.tr("There is nothing to hear it with. Plug in your headset, or choose one in the settings."),
                    "bad",
                )
            case Playing.UNREADABLE:
                player.say(self.tr("The recording is damaged and cannot be played. Tell IT."), "bad")
            case _:
                """Going on and stopping explain themselves."""

    def _tell_arrived(self, contact: Contact, percent: int) -> None:
        player = self._player
        if player is not None and not self._ready and self._of.get(player) == contact:
            player.show_fetching(percent)

    # ---- trouble ----------------------------------------------------------------------------------------

    def _not_heard(self, player: RecordingPlayer, contact: Contact, error: Exception) -> None:
        if self._of.get(player) != contact:
            return
        player.show_stopped()
        whose = self._names().person(contact.agent) if contact.agent else ""
        player.say(not_heard(error, whose), "bad")

    def _let_go(self, heard: tuple[Audible, ...]) -> None:
        if heard:
            self._background.store.do(lambda: self._rooms.listening.let_go(heard), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def not_heard(error: Exception, whose: str) -> str:
    """Why nothing is heard of a call of `whose`, and what to do."""
    match error:
        case NotHeardError(why=Why.NO_RIGHT) | ServerRefused(code="recording_not_allowed"):
            return translate("listening", "You may not listen to calls of {name}. Ask who leads your team.").format(
                name=whose
            )
        case NotHeardError(why=Why.NONE):
            return translate(
                "listening",
                "There is no recording of this call here or on the server. It was not recorded, or it is still on the "
                "workstation of {name}.",
            ).format(name=whose)
        case NotHeardError(why=Why.ON_ITS_WAY, percent=percent):
            return translate(
                "listening", "The recording is on its way from the workstation of {name}: {percent} %. Try again later."
            ).format(name=whose, percent=percent)
        case NotHeardError(why=Why.DAMAGED):
            return translate(
                "listening", "The recording came damaged from the server. Try again; if it stays so, tell IT."
            )
        case NotHeardError() | ServerRefused(code="recording_lost" | "not_found"):
            return translate("listening", "The server has lost the recording, or may not open it. Tell IT.")
    return explain(error)
