"""Where a small window stood on each monitor, kept as one line of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QSize


@dataclass(frozen=True, slots=True)
class Places:
    """Offsets from the upper left corner of the room that the desktop leaves, by the monitor's name."""

    offsets: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Places":
        """`HDMI-1=12,30;DP-2=0,0`; what cannot be read is left out."""
        offsets: dict[str, tuple[int, int]] = {}
        for part in text.split(";"):
            name, _, place = part.rpartition("=")
            x, _, y = place.partition(",")
            if name and _is_number(x) and _is_number(y):
                offsets[name] = int(x), int(y)
        return cls(offsets)

    @property
    def text(self) -> str:
        return ";".join(f"{name}={x},{y}" for name, (x, y) in self.offsets.items() if not set(name) & set(";="))

    def with_place(self, monitor: str, offset: QPoint) -> "Places":
        return Places({**self.offsets, monitor: (offset.x(), offset.y())})

    def on(self, monitor: str, room: QRect, size: QSize, margin: int) -> QPoint:
        """Where a window of this size goes: wholly inside the room, also when the monitor has become smaller."""
        if monitor in self.offsets:
            wanted = room.topLeft() + QPoint(*self.offsets[monitor])
        else:
            wanted = room.bottomRight() - QPoint(size.width() + margin - 1, size.height() + margin - 1)
        x = max(room.left(), min(wanted.x(), room.right() + 1 - size.width()))
        y = max(room.top(), min(wanted.y(), room.bottom() + 1 - size.height()))
        return QPoint(x, y)


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdecimal() and len(text) < 7
