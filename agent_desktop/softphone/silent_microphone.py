"""Notices that an agent speaks into a microphone that hears nothing."""

from agent_desktop.softphone.call import Call, CallId
from agent_desktop.softphone.events import LevelsMeasured, MicrophoneSilent

_SPEECH = 0.05
_LIFE = 0.0001  # the noise of the quietest room is above it
_PATIENCE_S = 1.0  # of sound from the other side; people who speak make that in less than three seconds


class SilentMicrophone:
    """Told for a call once it lasts, and again when something comes. A muted or held call is nobody's business."""

    def __init__(self) -> None:
        self._spoken_to_s: dict[CallId, float] = {}
        self._silent: set[CallId] = set()

    def hear(self, levels: LevelsMeasured, call: Call, lasted_s: float) -> MicrophoneSilent | None:
        """`lasted_s`: how long these levels stand for."""
        if call.muted or not call.is_talking or levels.spoken > _LIFE:
            self._spoken_to_s.pop(call.id, None)
            if call.id not in self._silent:
                return None
            self._silent.remove(call.id)
            return MicrophoneSilent(call.id, is_silent=False)
        if levels.heard > _SPEECH:
            self._spoken_to_s[call.id] = self._spoken_to_s.get(call.id, 0.0) + lasted_s
        if self._spoken_to_s.get(call.id, 0.0) < _PATIENCE_S or call.id in self._silent:
            return None
        self._silent.add(call.id)
        return MicrophoneSilent(call.id, is_silent=True)

    def forget_all_but(self, call_ids: set[CallId]) -> None:
        self._silent &= call_ids
        self._spoken_to_s = {call_id: heard for call_id, heard in self._spoken_to_s.items() if call_id in call_ids}
