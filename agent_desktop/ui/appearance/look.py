"""How everything looks: theme, scale, fonts and icons; handed to every widget that paints or carries an icon."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication
from shiboken6 import Shiboken

from agent_desktop.ui.appearance.icons import Icons
from agent_desktop.ui.appearance.style_sheet import style_sheet
from agent_desktop.ui.appearance.tokens import DARK, LIGHT, Tokens

FAMILIES = ["Inter", "Noto Sans CJK SC", "Microsoft YaHei UI", "Segoe UI"]
BASE_PX = 13


class Look(QObject):
    """`theme` is light, dark or system; `scale_pct` 90..150 sizes type, controls and panels alike.

    `reduce_motion` stops everything that moves without being asked to. Emits `changed` after the application has
    its new palette and style sheet.
    """

    changed = Signal()

    def __init__(
        self, resources: Path, theme: str = "system", scale_pct: int = 100, *, reduce_motion: bool = False
    ) -> None:
        super().__init__()
        self.icons = Icons(resources / "icons")
        self.reduce_motion = reduce_motion
        self._theme = theme
        self._scale = min(150, max(90, scale_pct)) / 100
        self._dressed: WeakKeyDictionary[QAbstractButton, tuple[str, str, int]] = WeakKeyDictionary()
        self._colours: dict[str, QColor] = {}

    @property
    def tokens(self) -> Tokens:
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        if self._theme == "system":
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._theme == "dark"

    def px(self, size: int) -> int:
        """A length of the design at the person's scale."""
        return round(size * self._scale)

    def colour(self, token: str) -> QColor:
        if token not in self._colours:
            self._colours[token] = QColor(getattr(self.tokens, token))
        return self._colours[token]

    def font(self, size_px: int = BASE_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Figures are tabular in every font, so that timers do not dance."""
        font = QFont(FAMILIES)
        font.setPixelSize(self.px(size_px))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def pixmap(self, icon: str, token: str, size_px: int, dpr: float = 1.0) -> QPixmap:
        return self.icons.pixmap(icon, getattr(self.tokens, token), self.px(size_px), dpr)

    def dress(self, button: QAbstractButton, icon: str, colour: str = "sec", size_px: int = 16) -> None:
        """Gives a button its icon now and again after every change of theme."""
        self._dressed[button] = (icon, colour, size_px)
        self._put_on(button, icon, colour, size_px)

    def wear(self, application: QApplication) -> None:
        """Fusion, our palette and our style sheet for the whole application."""
        application.setStyle("Fusion")
        self._apply(application)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @contextmanager
    def bare(self) -> Iterator[None]:
        """Builds many widgets without the style sheet, which would restyle the growing tree at every step.

        The sheet is put on once at the end: half the cost of building a window.
        """
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            yield
            return
        sheet = application.styleSheet()
        application.setStyleSheet("")
        try:
            yield
        finally:
            application.setStyleSheet(sheet)

    def choose(self, theme: str, scale_pct: int) -> None:
        self._theme = theme
        self._scale = min(150, max(90, scale_pct)) / 100
        self._restyle()

    def _system_changed(self) -> None:
        if self._theme == "system":
            self._restyle()

    def _restyle(self) -> None:
        self._colours.clear()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._apply(application)
        for button, (icon, token, size_px) in list(self._dressed.items()):
            if Shiboken.isValid(button):  # of a window that is gone, and was not collected yet
                self._put_on(button, icon, token, size_px)
        self.changed.emit()

    def _apply(self, application: QApplication) -> None:
        application.setPalette(self._palette())
        application.setFont(self.font())
        application.setStyleSheet(style_sheet(self.tokens, self.px))

    def _put_on(self, button: QAbstractButton, icon: str, token: str, size_px: int) -> None:
        tokens = self.tokens
        size = self.px(size_px)
        # The button is not on a screen yet: draw for the sharpest one there is.
        application = QApplication.instance()
        ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
        button.setIcon(self.icons.icon(icon, getattr(tokens, token), tokens.muted, size, ratio))
        button.setIconSize(QSize(size, size))

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, token in (
            (roles.Window, "canvas"),
            (roles.WindowText, "text"),
            (roles.Base, "surface"),
            (roles.AlternateBase, "subtle"),
            (roles.Text, "text"),
            (roles.Button, "surface"),
            (roles.ButtonText, "text"),
            (roles.Highlight, "accent"),
            (roles.HighlightedText, "on_accent"),
            (roles.ToolTipBase, "raised"),
            (roles.ToolTipText, "text"),
            (roles.PlaceholderText, "muted"),
            (roles.Link, "accent_text"),
            (roles.Accent, "accent"),
            (roles.Mid, "border"),
            (roles.Dark, "border"),
            (roles.Light, "surface"),
            (roles.Midlight, "subtle"),
            (roles.Shadow, "border"),
        ):
            palette.setColor(role, self.colour(token))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette
