"""The band beneath the call strip: a promise being made, or one that is being kept. It takes no focus by itself."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.follow_ups.card import Face, FollowUpCard
from agent_desktop.ui.follow_ups.form import FollowUpForm
from agent_desktop.ui.widgets.parts import Rule


class FollowUpBand(QFrame):
    """`form` and `card`; one of them is seen while the band is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Callback"))
        self.form, self.card = FollowUpForm(look), FollowUpCard(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form)
        column.addWidget(self.card)
        column.addWidget(Rule())
        self.put_away()

    @property
    def shows_card(self) -> bool:
        return not self.isHidden() and not self.card.isHidden()

    @property
    def shows_form(self) -> bool:
        return not self.isHidden() and not self.form.isHidden()

    def show_card(self, face: Face) -> None:
        self.card.show_face(face)
        self._show(self.card)

    def show_form(self) -> None:
        self._show(self.form)

    def put_away(self) -> None:
        self.hide()

    def _show(self, part: QFrame) -> None:
        for one in (self.form, self.card):
            one.setVisible(one is part)
        self.show()
