"""What is scrolled on a page: the bar stands in the margin, so that cards end at one edge with it and without."""

from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from agent_desktop.ui.appearance.look import Look

BAR_PX = 10
EDGE_PX = 2
"""Between the bar and the edge of the page."""


def scrolled_to_the_edge(look: Look, inside: QWidget, margin_px: int) -> QScrollArea:
    """Its right edge is to stand EDGE_PX from that of the page; what is in it ends `margin_px` from there."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    laid = inside.layout()
    if laid is not None:
        _leave_room(look, laid, margin_px, has_bar=False)
        bar = scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, most: _leave_room(look, laid, margin_px, has_bar=most > 0))
    return scroll


def _leave_room(look: Look, laid: QLayout, margin_px: int, *, has_bar: bool) -> None:
    laid.setContentsMargins(0, 0, look.px(margin_px - EDGE_PX - (BAR_PX if has_bar else 0)), 0)
