"""Who is at the other end: avatar, name, tier, what is known of the line, and below it number and queue or news."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.widgets.parts import Avatar, Glyph, Label, Pill, Shrinking, Tone
from agent_model.customer import Tier

NAME_PX, LEAST_PX, NEWS_PX, LEAST_NAME_PX = 84, 118, 330, 62
"""As much of a name as must be read, about six Chinese or ten Latin signs; of the line below; of news;
of a name where nothing else can go."""
_TONES: dict[Tier, Tone] = {Tier.STANDARD: "neutral", Tier.SILVER: "neutral", Tier.GOLD: "warn", Tier.DIAMOND: "vio"}


def tier_word(tier: Tier) -> str:
    match tier:
        case Tier.STANDARD:
            return QCoreApplication.translate("tiers", "Standard")
        case Tier.SILVER:
            return QCoreApplication.translate("tiers", "Silver")
        case Tier.GOLD:
            return QCoreApplication.translate("tiers", "Gold")
        case Tier.DIAMOND:
            return QCoreApplication.translate("tiers", "Diamond")


def tier_tone(tier: Tier) -> Tone:
    return _TONES[tier]


class Party(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._avatar = Avatar(look, 34)
        self._name = Shrinking("row")
        self._tier = Pill(look)
        self._pin = Pill(look)
        self._lock = Glyph(look, "lock", "ok", 14)
        self._lock.setToolTip(self.tr("What is said is encrypted on its way."))
        self._below = Label("meta", elides=True)
        self.has_news = False
        self.setMinimumWidth(look.px(96))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self._avatar)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(look.px(6))
        for part in (self._name, self._lock, self._tier, self._pin):
            head.addWidget(part)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._below)
        column.addStretch(1)
        row.addLayout(column, 1)

    def show_face(self, face: CallFace, news: str = "", tone: str = "") -> None:
        """`news` takes the place of number and queue."""
        self._avatar.show_name(face.title, "vio" if face.tier is Tier.DIAMOND else "accent")
        self._name.say(face.title or self.tr("Number withheld"))
        self._show_tier(face.tier)
        self._lock.setVisible(face.call.is_encrypted)
        self._show_pin(face.call.invite.is_verified)
        number = face.number if face.name else ""
        plain = " · ".join(part for part in (number, face.queue, face.remark) if part)
        self._below.say(news or plain, tone if news else "")
        self.has_news = bool(news and tone)
        self._fit()
        spoken = [face.title, self.tr("encrypted") if face.call.is_encrypted else "", news]
        self.setAccessibleName(", ".join(part for part in spoken if part))

    @property
    def wanted_width(self) -> int:
        """What name, marks and news need to be read."""
        px = self._look.px
        beside = self._avatar.sizeHint().width() + px(8)
        marks = sum(part.sizeHint().width() + px(6) for part in (self._lock, self._pin) if not part.isHidden())
        news = min(px(NEWS_PX), self._below.sizeHint().width()) if self.has_news else 0
        return beside + max(px(LEAST_PX), px(NAME_PX) + marks, news)

    @property
    def least_width(self) -> int:
        """What the beginning of a name needs."""
        return self._avatar.sizeHint().width() + self._look.px(8 + LEAST_NAME_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The tier gives way to the name; it stands on the customer's page too."""
        gap = self._look.px(6)
        left = self.width() - self._avatar.sizeHint().width() - self._look.px(8)
        left -= min(self._look.px(NAME_PX), self._name.sizeHint().width())
        for part in (self._lock, self._pin):
            left -= 0 if part.isHidden() else part.sizeHint().width() + gap
        self._tier.setVisible(bool(self._tier.text()) and self._tier.sizeHint().width() + gap <= left)

    def _show_tier(self, tier: Tier) -> None:
        words = "" if tier is Tier.STANDARD else tier_word(tier)
        if words != self._tier.text():
            self._tier.show_as(words, _TONES[tier])
            self._tier.setToolTip(words)

    def _show_pin(self, is_verified: bool | None) -> None:
        match is_verified:
            case None:
                self._pin.show_as("", "neutral")
            case True:
                self._pin.show_as(self.tr("PIN right"), "ok")
            case False:
                self._pin.show_as(self.tr("PIN wrong"), "bad")
