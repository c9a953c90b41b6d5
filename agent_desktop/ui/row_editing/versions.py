"""Earlier versions of a row that people write: told in words, chosen from a menu, written into the form, never saved
by themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.controls import Button

translate = QCoreApplication.translate


class EarlierVersions(Button):
    """`taken(row)` when one of them is to be written into the form."""

    taken = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, translate("row versions", "Earlier versions"), "clock", kind="ghost")

    def show_versions(self, versions: Sequence[tuple[str, Any]]) -> None:
        """Each in words, the newest first."""
        menu = QMenu(self.parentWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, row in versions:
            menu.addAction(words).triggered.connect(lambda _=False, row=row: self.taken.emit(row))
        if not versions:
            menu.addAction(translate("row versions", "The server keeps no earlier version.")).setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))


def version_words(
    version: int, by: str | None, at: datetime | None, names: Directory, formats: Formats, today: date
) -> str:
    """Which version it is, and whose."""
    if by is None or at is None:
        return translate("row versions", "Version {version}").format(version=version)
    on = formats.day(formats.local_date(at), today)
    words = translate("row versions", "Version {version}, by {name} on {day}")
    return words.format(version=version, name=names.person(by), day=on)
