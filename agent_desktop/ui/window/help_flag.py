"""The flag by which an agent asks the lead for help, with one key: down, up, or answered."""

from typing import Final

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_model.help_call import HelpCall

KEYS: Final = "F10"


class HelpFlag(Button):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "flag", kind="ghost", name=" ")
        self.show_flag(HelpCall(""))

    def show_flag(self, call: HelpCall) -> None:
        """`since` None: it is down."""
        if call.since is None:
            words, token = self.tr("Ask your lead for help"), "sec"
        elif call.by:
            words, token = self.tr("Help comes; press again when it is over"), "ok"
        else:
            words, token = self.tr("Your lead sees that you want help; press again to take it back"), "bad"
        self._look.dress(self, "flag", token)
        self.setAccessibleName(words)
        self.setAccessibleDescription(KEYS)
        self.setToolTip(f"{words}  {KEYS}")
