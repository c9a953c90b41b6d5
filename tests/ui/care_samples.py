"""Looking after agents, with something to see, for pictures."""

from typing import Final

from agent_desktop.ui.care.abuse_card import AbuseSheet
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.right_panel import SCRIPT
from agent_model.abusive_call import Abuse, AbuseStep
from agent_model.care_policy import CarePolicy
from tests.ui.samples import Samples

STATES: Final = ("abuse", "abuse_warning", "abuse_end", "abuse_rest")
SAID: Final = ((AbuseStep.FIRST_WARNING, "18:02"), (AbuseStep.SECOND_WARNING, "18:04"), (AbuseStep.ENDED, "18:05"))


def show_abuse(made: MainWindow, samples: Samples, state: str) -> None:
    """The card of a call: not marked yet, before the first warning, before its end, after it."""
    made.right.turn_to(SCRIPT)
    policy, steps = CarePolicy(), tuple(AbuseStep)
    said = {"abuse_warning": 0, "abuse_end": 2, "abuse_rest": 3}.get(state, 0)
    following = steps[said] if said < len(steps) else None
    words = "" if following is None else policy.script(following).in_language(samples.language)
    sheet = AbuseSheet(Abuse.INSULT, SAID[:said], following, words, is_up=following is not None, rest_min=10)
    made.right.script.abuse.show_sheet(AbuseSheet() if state == "abuse" else sheet)
