"""Who is at the other end: avatar, name, tier, and a line below with number and queue."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.widgets.parts import Avatar, Label, Pill, Shrinking, Tone
from agent_model.customer import Tier

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
        self._avatar = Avatar(look, 34)
        self._name = Shrinking("row")
        self._tier = Pill(look)
        self._below = Label("meta", elides=True)
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
        head.addWidget(self._name)
        head.addWidget(self._tier)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._below)
        column.addStretch(1)
        row.addLayout(column, 1)

    def show_face(self, face: CallFace) -> None:
        self._avatar.show_name(face.title, "vio" if face.tier is Tier.DIAMOND else "accent")
        self._name.say(face.title or self.tr("Number withheld"))
        self._tier.show_as("" if face.tier is Tier.STANDARD else tier_word(face.tier), _TONES[face.tier])
        number = face.number if face.name else ""
        self._below.say(" · ".join(part for part in (number, face.queue, face.remark) if part))
        self.setAccessibleName(face.title)
