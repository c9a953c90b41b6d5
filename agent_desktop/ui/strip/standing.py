"""Everything the strip was told, and what it adds up to: the situation, the buttons, what goes on behind the field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.softphone.call import CallId, Recording
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.strip.awaiting import Awaited
from agent_desktop.ui.strip.buttons import Facts, Offer, offers
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.failed import FailedCall
from agent_desktop.ui.strip.situation import Line, Situation, situation_of
from agent_desktop.ui.strip.wrap_up import AfterCallFace

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Standing:
    """`faces` are the calls that are not over, `held_since` when the agent's own hold of each began. `why_no_line` is
    the sentence for a line that is down, `no_line` what stands in the strip of it. `is_dialling`: the dial field was
    brought forward from behind work that goes on."""

    faces: tuple[CallFace, ...] = ()
    held_since: Mapping[CallId, datetime] = field(default_factory=dict)
    work: AfterCallFace | None = None
    awaited: Awaited | None = None
    failed: FailedCall | None = None
    line: Line = Line.UP
    why_no_line: str = ""
    no_line: str = ""
    rule: RecordingRule = RecordingRule.NEVER
    is_dialling: bool = False

    def with_calls(self, faces: tuple[CallFace, ...], now: datetime) -> "Standing":
        """A hold that goes on keeps its beginning."""
        live = tuple(face for face in faces if not face.call.is_over)
        held = {face.call.id: self.held_since.get(face.call.id, now) for face in live if face.call.held_here}
        return replace(self, faces=live, held_since=held)

    def settled(self) -> "Standing":
        """The dial field stays forward only while something goes on behind it, and never before a call."""
        return replace(self, is_dialling=self.is_dialling and not self.faces and bool(self.behind))

    @property
    def situation(self) -> Situation:
        return situation_of(
            self.faces,
            self.line,
            has_failed=self.failed is not None and not self.is_dialling,
            is_awaiting=self.awaited is not None and not self.is_dialling,
            has_work=self.work is not None and not self.is_dialling,
        )

    @property
    def behind(self) -> str:
        """What goes on behind the dial field, in words."""
        if self.awaited is not None:
            return translate("strip", "The PIN check goes on")
        if self.work is not None:
            return translate("strip", "After-call work goes on")
        return translate("strip", "The last call failed") if self.failed is not None else ""

    def offers(self, situation: Situation) -> tuple[Offer, ...]:
        """The buttons of the strip, but for those of the dial field, which knows what was typed."""
        call = None if situation.main is None else situation.main.call
        facts = Facts(
            is_muted=call is not None and call.muted,
            recording=Recording.OFF if call is None else call.recording,
            rule=self.rule,
            has_retry=self.failed is not None and bool(self.failed.number),
            may_extend=self.work is not None and self.work.may_extend,
            is_locked=self.work is not None and self.work.is_locked,
        )
        return offers(situation.state, facts)
