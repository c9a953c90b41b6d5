"""The telephone itself: whether it is there, has a line and something to hear and speak with; where that is told."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.softphone.account import NotRegistered, Registered, Registering
from agent_desktop.softphone.audio import Device, NoDevice
from agent_desktop.softphone.events import (
    DevicesChanged,
    Event,
    PhoneLost,
    PhoneReady,
    PhoneTaken,
    QualityMeasured,
    RegistrationChanged,
    VoicemailChanged,
    WatchedChanged,
)
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.messages.devices import microphone_replaced, no_microphone, no_speaker, speaker_replaced
from agent_desktop.ui.messages.line import Away, away_word, explain_registration, in_use_elsewhere, why_away
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.situation import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Matter, Weight

_DEVICES = (
    (Matter.MICROPHONE, no_microphone, microphone_replaced),
    (Matter.SPEAKER, no_speaker, speaker_replaced),
)


class LineDesk(QObject):
    """What it tells, it takes back once it does not hold any more."""

    line_changed = Signal()
    lamps_changed = Signal(object)
    """Some of what is watched, as a tuple of Watched."""
    lamps_lost = Signal()

    def __init__(self, rooms: Rooms, window: MainWindow, notices: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._window = window
        self._notices = notices
        self._away = Away.RESTARTING
        self._in_use: tuple[Device | NoDevice | None, ...] = (None, None)
        self._elsewhere: tuple[str, ...] = ()
        self._unplugged: dict[Matter, Device] = {}
        window.phone_banner.retry_wanted.connect(self._try_again)
        window.phone_banner.report_wanted.connect(lambda: window.show_phone_report(rooms.phone_report()))
        window.strip.calls_shown.connect(self._calls_shown)

    @property
    def is_up(self) -> bool:
        """Calls can be made and come in."""
        phone = self._rooms.phone
        return phone.is_there and isinstance(phone.snapshot().registration, (Registered, NotRegistered))

    def hear(self, event: Event) -> None:
        """What the phone has told, once it is applied."""
        match event:
            case PhoneReady(snapshot):
                # Which devices its calls use comes with DevicesChanged, once it has been told which are wanted.
                self._notices.over(Matter.PHONE)
                self._show()
                self._show_voicemail()
                self._tell_elsewhere()
                self.lamps_changed.emit(snapshot.watched)
            case RegistrationChanged():
                self._show()
                self._tell_elsewhere()
            case PhoneLost(stays_away=stays_away):
                self._go_away(Away.STOPPED if stays_away else Away.RESTARTING)
                self.lamps_lost.emit()
            case PhoneTaken():
                self._go_away(Away.TAKEN)
                self.lamps_lost.emit()
            case QualityMeasured():
                self._window.top_bar.show_quality(event.mos)
            case DevicesChanged():
                self._devices(event)
            case VoicemailChanged():
                self._show_voicemail()
            case WatchedChanged(watched):
                self.lamps_changed.emit((watched,))
            case _:
                """The rest is about calls."""

    def _go_away(self, away: Away) -> None:
        self._away = away
        self._show()
        self._notices.tell(why_away(away), Weight.TROUBLE, Matter.PHONE)
        if away is Away.STOPPED:
            self._window.phone_banner.show_phone_stopped()

    def _show(self) -> None:
        phone, window, now = self._rooms.phone, self._window, self._rooms.clock()
        registration = phone.snapshot().registration
        if not phone.is_there:
            window.top_bar.show_phone_away(self._away)
            window.strip.show_line(Line.PHONE_AWAY, why_away(self._away), now, away_word(self._away))
            window.phone_banner.clear()
            self._notices.over(Matter.LINE)
        else:
            window.top_bar.show_registration(registration)
            line, why_not = (Line.UP, "") if self.is_up else (Line.NOT_REGISTERED, explain_registration(registration))
            window.strip.show_line(line, why_not, now)
            if self.is_up or isinstance(registration, Registering):
                window.phone_banner.clear()
            else:
                window.phone_banner.show_phone_down(registration, now)
                self._notices.tell(why_not, Weight.TROUBLE, Matter.LINE)
            if self.is_up:
                self._notices.over(Matter.LINE)
        self.line_changed.emit()

    def _tell_elsewhere(self) -> None:
        registration = self._rooms.phone.snapshot().registration
        before, self._elsewhere = (
            self._elsewhere,
            registration.elsewhere if isinstance(registration, Registered) else (),
        )
        if not self._elsewhere:
            self._notices.over(Matter.ACCOUNT)
        elif self._elsewhere != before:
            self._notices.tell(in_use_elsewhere(self._elsewhere), Weight.WARNING, Matter.ACCOUNT)

    def _calls_shown(self, faces: tuple[CallFace, ...]) -> None:
        """How good the last call sounded is said no longer than it lasts."""
        if not faces and self._rooms.phone.is_there:
            self._window.top_bar.show_registration(self._rooms.phone.snapshot().registration)

    def _show_voicemail(self) -> None:
        has_number = bool(self._rooms.site.voicemail)
        self._window.strip.show_voicemail(self._rooms.phone.snapshot().voicemail, has_number=has_number)

    def _devices(self, event: DevicesChanged) -> None:
        """Says that one is missing when it goes missing, not again with every call, and what takes its place in one."""
        before, self._in_use = self._in_use, (event.microphone, event.speaker)
        is_in_call = bool(self._rooms.phone.snapshot().calls)
        for was, now, (matter, missing, replaced) in zip(before, self._in_use, _DEVICES, strict=True):
            if isinstance(now, NoDevice):
                if was != now:
                    self._notices.tell(missing(), Weight.TROUBLE if is_in_call else Weight.WARNING, matter)
            elif isinstance(was, Device) and was not in event.devices and is_in_call:
                self._unplugged[matter] = was
                self._notices.tell(replaced(was.title, now.title), Weight.TROUBLE, matter)
            elif self._unplugged.get(matter, now) in event.devices:
                self._unplugged.pop(matter, None)
                self._notices.over(matter)

    def _try_again(self) -> None:
        """A phone that stays away is started; one without a line looks for its registrar at once."""
        if self._rooms.phone.is_there:
            self._rooms.phone.look_at_network()
        else:
            self._rooms.start_phone()
