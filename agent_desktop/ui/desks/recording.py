"""Recording: by the site's rule or when the agent wants it, paused while nothing may be kept, linked to its contact."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.recordings import Begun
from agent_desktop.softphone.call import Call, CallId, CallState, Recording
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.calls import explain_not_recorded, recording_broke_off
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.call_strip import CallStrip


class RecordingDesk(QObject):
    told = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        strip: CallStrip,
        wish: Callable[[Callable[[], object]], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._wish = wish
        self._calls: dict[CallId, Call] = {}
        self._begun: set[CallId] = set()
        self._is_secret = False
        self._held_back: set[CallId] = set()
        strip.show_rule(rooms.site.recording, rooms.clock())
        strip.wishes.recording_wanted.connect(self._do)

    def hear(self, call: Call) -> None:
        """A customer's call changed: where the site records calls like it, this one too, from its first word."""
        if call.is_over:
            self._calls.pop(call.id, None)
            self._begun.discard(call.id)
            self._held_back.discard(call.id)
            return
        before = self._calls.get(call.id, call)
        self._calls[call.id] = call
        if call.recording is Recording.BROKEN and before.recording is not Recording.BROKEN:
            self.told.emit(recording_broke_off())
        is_first = call.state is CallState.CONNECTED and call.id not in self._begun
        self._keep_back(call)
        if self._rooms.site.records(call.invite.queue) and is_first and call.recording is Recording.OFF:
            self._begin(call)

    def hold_back(self, is_secret: bool) -> None:
        """Nothing is recorded while a card number is taken down; what was paused for it goes on afterwards, and what
        the agent had paused stays so."""
        self._is_secret = is_secret
        if is_secret:
            for call in self._calls.values():
                self._keep_back(call)
            return
        for id_ in tuple(self._held_back):
            self._wish(lambda id_=id_: self._rooms.phone.resume_recording(id_))  # type: ignore[misc]
        self._held_back.clear()

    def _keep_back(self, call: Call) -> None:
        if self._is_secret and call.recording is Recording.ON and call.id not in self._held_back:
            self._held_back.add(call.id)
            self._wish(lambda: self._rooms.phone.pause_recording(call.id))

    def link(self, call_id: str, contact_id: str) -> None:
        """What was recorded of this call belongs to this line of the timeline."""
        if self._rooms.site.recording is RecordingRule.NEVER:
            return
        recordings = self._rooms.recordings
        self._background.store.do(lambda: recordings.link(CallId(call_id), contact_id), failed=self._not_linked)

    def _do(self, call_id: str, deed: Deed) -> None:
        phone, id_ = self._rooms.phone, CallId(call_id)
        match deed:
            case Deed.PAUSE_RECORDING:
                self._wish(lambda: phone.pause_recording(id_))
            case Deed.RESUME_RECORDING if self._is_secret:
                self.told.emit(self.tr("A card number is being taken down, so the recording stays paused."))
            case Deed.RESUME_RECORDING:
                self._wish(lambda: phone.resume_recording(id_))
            case Deed.STOP_RECORDING:
                self._wish(lambda: phone.stop_recording(id_))
            case _ if id_ in self._calls:
                self._begin(self._calls[id_])
            case _:
                """It ended meanwhile."""

    def _begin(self, call: Call) -> None:
        """The card is flushed to the disk, which may take its time: not in front of the agent. Nor in the pool, whose
        threads may all be waiting for the first index: what is said meanwhile would not be kept."""
        self._begun.add(call.id)
        recordings = self._rooms.recordings
        self._background.store.do(
            lambda: recordings.begin(call), lambda begun: self._start(call.id, begun), self._not_kept
        )

    def _start(self, call_id: CallId, begun: Begun) -> None:
        if call_id in self._calls:
            announces = self._rooms.site.announces_recording
            self._wish(lambda: self._rooms.phone.start_recording(call_id, begun.path, begun.key, announces=announces))

    def _not_linked(self, error: Exception) -> None:
        self.told.emit(explain(error))

    def _not_kept(self, error: Exception) -> None:
        self.told.emit(explain_not_recorded(error))
