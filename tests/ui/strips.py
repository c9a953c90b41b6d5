"""Every state of the call strip as values: what the phone would say in it, for the table test and the pictures."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from agent_desktop.softphone.call import (
    Call,
    CallEnd,
    CallId,
    CallState,
    Direction,
    EndReason,
    Recording,
    Transfer,
    TransferPurpose,
    TransferState,
)
from agent_desktop.softphone.events import QualityMeasured, Voicemail
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.strip.awaiting import Awaited
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.call_strip import AfterCallFace, CallFace, CallStrip, FailedCall
from agent_desktop.ui.strip.face import FailedConsult
from agent_desktop.ui.strip.situation import Beside, Line, StripState
from tests.ui.samples import NOW, Samples, ago

HELD_FOR = timedelta(seconds=31)


@dataclass(frozen=True, slots=True)
class Scene:
    """`state` and `beside` are what the strip must make of it."""

    state: StripState
    faces: tuple[CallFace, ...] = ()
    beside: Beside = Beside.NOTHING
    line: Line = Line.UP
    why_no_line: str = ""
    work: AfterCallFace | None = None
    failed: FailedCall | None = None
    awaited: Awaited | None = None
    rule: RecordingRule = RecordingRule.ON_DEMAND
    quality: QualityMeasured | None = None
    mic_is_silent: bool = False
    voicemail: Voicemail = field(default_factory=Voicemail)
    is_quiet: bool = False
    last: str = ""
    is_dialling: bool = False

    def show(self, strip: CallStrip) -> None:
        """From whatever the strip shows now."""
        strip.show_failed(None, NOW)
        strip.show_after_call_work(None, NOW)
        strip.show_awaited(None, NOW)
        strip.show_calls((), NOW)
        strip.show_rule(self.rule, NOW)
        strip.show_line(self.line, self.why_no_line, NOW)
        strip.show_voicemail(self.voicemail, has_number=True)
        strip.show_quiet(is_quiet=self.is_quiet)
        strip.show_last(self.last)
        strip.show_after_call_work(self.work, NOW)
        strip.show_awaited(self.awaited, NOW)
        strip.show_failed(self.failed, NOW)
        strip.show_calls(self.faces, NOW - HELD_FOR)
        for n in range(14):
            strip.show_level((n * 37 % 11) / 14, (n * 17 % 5) / 20)
        if self.quality is not None:
            strip.show_quality(self.quality)
        if self.mic_is_silent:
            strip.show_microphone(self.faces[0].call.id, is_silent=True)
        strip.tick(NOW)
        if self.is_dialling:
            strip.press(Deed.DIAL)


def colleague(samples: Samples, state: CallState, **more: object) -> CallFace:
    """Zhou Min, asked about the caller."""
    call = Call(
        CallId("call-9"),
        Direction.OUTGOING,
        state,
        "1007",
        "",
        ago(seconds=25),
        answered_at=ago(seconds=18) if state is CallState.CONNECTED else None,
        consults_for=CallId("call-1"),
        **more,  # type: ignore[arg-type]
    )
    return CallFace(call, "", samples.say("周敏 (1007)", "Zhou Min (1007)"))


def moved(samples: Samples, face: CallFace, state: TransferState, **more: object) -> CallFace:
    transfer = Transfer("1007", TransferPurpose.PERSON, state, **more)  # type: ignore[arg-type]
    return replace(
        face,
        call=replace(face.call, held_here=True, transfer=transfer),
        transfer_to=samples.say("周敏 (1007)", "Zhou Min (1007)"),
    )


def scenes(samples: Samples) -> dict[str, Scene]:
    """By name, in the order of a call's life."""
    return _without_a_call(samples) | _one_call(samples) | _two_calls(samples)


def _without_a_call(samples: Samples) -> dict[str, Scene]:
    say, s = samples.say, StripState
    no_line = say("电话交换机没有应答。", "The telephone switch does not answer.")
    away = say("电话程序已停止,正在重新启动。", "The phone stopped. It is being started again.")
    away_for_a_pin = Awaited(samples.customer.name, ago(seconds=40), ago(seconds=-140))
    rated = replace(samples.after_call_work, outcome=say("满意度评价:5", "Survey: 5"))
    return {
        "idle": Scene(s.IDLE, last="Maria Lopez"),
        "idle_with_messages": Scene(s.IDLE, voicemail=Voicemail(2, 1), is_quiet=True),
        "not_registered": Scene(s.NOT_REGISTERED, line=Line.NOT_REGISTERED, why_no_line=no_line),
        "phone_away": Scene(s.PHONE_AWAY, line=Line.PHONE_AWAY, why_no_line=away),
        "after_call_work": Scene(s.AFTER_CALL_WORK, work=samples.after_call_work),
        "dialling_at_work": Scene(s.IDLE, work=samples.after_call_work, is_dialling=True, last="Maria Lopez"),
        "awaiting_return": Scene(s.AWAITING_RETURN, awaited=away_for_a_pin),
        "after_survey": Scene(s.AFTER_CALL_WORK, work=rated),
        "call_failed": Scene(s.FAILED, failed=samples.failed),
    }


def _one_call(samples: Samples) -> dict[str, Scene]:
    s, talking = StripState, samples.face
    plain = talking()
    long = say_long(samples, plain)
    good = QualityMeasured(CallId("call-1"), 4.3, 0.1, 4.0, 32.0, 4.2, 0.2, 5.0)
    poor = QualityMeasured(CallId("call-1"), 4.1, 0.4, 9.0, 60.0, 3.1, 6.5, 40.0)
    busy = CallEnd(EndReason.BUSY, 486, "Busy Here", NOW)
    asked = FailedConsult(samples.say("周敏 (1007)", "Zhou Min (1007)"), busy)
    pin = InviteFacts(call_ref="ref-1", verified="yes")
    early = replace(samples.dialling, call=replace(samples.dialling.call, state=CallState.EARLY_MEDIA))
    not_yet = replace(samples.dialling, call=replace(samples.dialling.call, rings_there=False))
    held = talking(held_here=True)
    return {
        "call_rings": Scene(s.RINGING, faces=(samples.ringing,)),
        "call_dials": Scene(s.DIALLING, faces=(not_yet,)),
        "rings_there": Scene(s.DIALLING, faces=(samples.dialling,)),
        "early_media": Scene(s.EARLY_MEDIA, faces=(early,)),
        "connected": Scene(s.CONNECTED, faces=(talking(recording=Recording.OFF),), quality=good),
        "not_recorded": Scene(
            s.CONNECTED, faces=(talking(recording=Recording.OFF),), rule=RecordingRule.NEVER, quality=good
        ),
        "encrypted": Scene(s.CONNECTED, faces=(talking(is_encrypted=True, invite=pin),), quality=good),
        "recording_paused": Scene(
            s.CONNECTED, faces=(talking(recording=Recording.PAUSED),), rule=RecordingRule.ALL, quality=poor
        ),
        "recording_broken": Scene(s.CONNECTED, faces=(talking(recording=Recording.BROKEN),)),
        "long_name": Scene(s.CONNECTED, faces=(long,), quality=good),
        "microphone_silent": Scene(s.CONNECTED, faces=(plain,), quality=good, mic_is_silent=True),
        "muted": Scene(s.MUTED, faces=(talking(muted=True),), quality=good),
        "held_here": Scene(s.HELD_HERE, faces=(held,)),
        "held_there": Scene(s.HELD_THERE, faces=(talking(held_there=True),)),
        "held_both": Scene(s.HELD_BOTH, faces=(talking(held_here=True, held_there=True),)),
        "transfer_asked": Scene(s.TRANSFER_ASKED, faces=(moved(samples, plain, TransferState.ASKED),)),
        "transfer_ringing": Scene(s.TRANSFER_RINGING, faces=(moved(samples, plain, TransferState.RINGING),)),
        "transfer_failed": Scene(
            s.TRANSFER_FAILED, faces=(moved(samples, plain, TransferState.FAILED, sip_code=486, sip_text="Busy Here"),)
        ),
        "consult_failed": Scene(s.CONSULT_FAILED, faces=(replace(held, failed_consult=asked),)),
        "ending": Scene(s.ENDING, faces=(replace(plain, call=replace(plain.call, state=CallState.ENDING)),)),
    }


def _two_calls(samples: Samples) -> dict[str, Scene]:
    s, plain, held = StripState, samples.face(), samples.face(held_here=True)
    up = CallState.CONNECTED
    other = replace(samples.ringing, call=replace(samples.ringing.call, state=up, held_here=True, answered_at=NOW))
    both = (samples.face(is_in_conference=True), colleague(samples, up, is_in_conference=True))
    still = (held, colleague(samples, up, held_here=True))
    asked = Transfer("1007", TransferPurpose.PERSON, TransferState.ASKED)
    leaving = tuple(replace(face, call=replace(face.call, transfer=asked)) for face in (held, colleague(samples, up)))
    refused = moved(samples, plain, TransferState.FAILED, sip_code=503)
    dials, rings = colleague(samples, CallState.DIALLING), colleague(samples, CallState.DIALLING, rings_there=True)
    talks = colleague(samples, up)
    return {
        "second_rings": Scene(s.CONNECTED, faces=(plain, samples.ringing), beside=Beside.RINGING),
        "second_held": Scene(s.CONNECTED, faces=(plain, other), beside=Beside.HELD),
        "second_rings_on_hold": Scene(s.HELD_HERE, faces=(held, samples.ringing), beside=Beside.RINGING),
        "consult_dialling": Scene(s.CONSULT_DIALLING, faces=(held, dials), beside=Beside.HELD),
        "consult_ringing": Scene(s.CONSULT_RINGING, faces=(held, rings), beside=Beside.HELD),
        "consult_talking": Scene(s.CONSULT_TALKING, faces=(held, talks), beside=Beside.HELD),
        "consult_switched": Scene(
            s.CONSULT_TALKING, faces=(plain, colleague(samples, up, held_here=True)), beside=Beside.HELD
        ),
        "third_rings": Scene(s.CONSULT_TALKING, faces=(held, talks, samples.ringing), beside=Beside.RINGING),
        "conference": Scene(s.CONFERENCE, faces=both, beside=Beside.IN_CONFERENCE),
        "conference_held": Scene(s.CONFERENCE_HELD, faces=still, beside=Beside.HELD),
        "transfer_attended": Scene(s.TRANSFER_ASKED, faces=leaving, beside=Beside.HELD),
        "transfer_refused": Scene(s.CONSULT_TALKING, faces=(refused, talks), beside=Beside.HELD),
    }


def say_long(samples: Samples, face: CallFace) -> CallFace:
    name = samples.say("阿卜杜拉·买买提依明·艾合买提江·吐尔逊", "Wolfeschlegelsteinhausen-Bergerdorff the Elder")
    return replace(face, name=name, queue=samples.say("企业客户技术支持专线", "Technical support for large companies"))
