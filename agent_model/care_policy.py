"""How the company looks after its agents: what is said to abusive callers, breaks after them, goals, names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from agent_model.abusive_call import AbuseStep, AbusiveCall
from agent_model.plain_line import plain_line
from agent_model.words import Words

SITE: Final = "site"
"""The id of the one policy there is."""
LEAST_GROUP: Final = 5
"""Fewer answers are shown to nobody, whatever a policy says."""
LONGEST_WORDS: Final = 500
LONGEST_COOL_DOWN_MIN: Final = 60
MOST_COOL_DOWNS: Final = 10
LONGEST_WITHIN_MIN: Final = 240
LONGEST_CALL_MIN: Final = 240
SHIFT: Final = timedelta(hours=12)
"""Breaks of so long count together: no shift is longer."""


class OwnMeasure(StrEnum):
    """What agents are shown of their own work, the shares and the mean in percent."""

    SOLVED_FIRST = "solved_first"
    RETAINED = "retained"
    OPPORTUNITIES = "opportunities"
    QUALITY = "quality"


class Honours(StrEnum):
    """Whose names stand on the honours board: everybody's but who took theirs off, only theirs who put it there, or
    there is no board."""

    NAMED = "named"
    ASKED = "asked"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Goals:
    """Of every measure of an agent (`OwnMeasure`): the share and quality in percent, the others how many a day. None:
    there is no goal."""

    solved_first: int | None = 80
    retained: int | None = None
    opportunities: int | None = None
    quality: int | None = 90

    def of(self, measure: OwnMeasure) -> int | None:
        goal: int | None = getattr(self, measure.value)
        return goal


FIRST_WARNING: Final = Words(
    "先生/女士，我很想帮您解决问题，请您不要使用辱骂性的语言。如果继续这样，我将不得不结束本次通话。",
    "I want to help you with this. Please do not speak to me like that. If it goes on, I will have to end the call.",
)
SECOND_WARNING: Final = Words(
    "我再次提醒您：请文明用语。如果再出现辱骂或威胁，我将结束本次通话。",
    "I ask you again not to use such language. If I hear it once more, I will end this call.",
)
ENDING: Final = Words(
    "很抱歉，由于您的言语不当，我现在结束本次通话。您可以稍后再次来电，或通过其他渠道联系我们。再见。",
    "Because of the language used I am ending this call now. You are welcome to call again later. Goodbye.",
)
MOOD: Final = Words("这一周工作下来，您的心情怎么样？", "How did you feel at work this week?")


@dataclass(frozen=True, slots=True)
class CarePolicy:
    """After an abusive call in which `cool_down_steps` steps were said (0: once it is marked) an agent may take a break
    of `cool_down_min` minutes within `cool_down_within_min` of the mark, `cool_downs` times a shift. Without minutes
    there are none. A call is hard when it was abusive, or talked for `hard_call_min`, or its caller rated it at most
    `hard_rating`. The question of the week is asked where `asks_mood`, and its answers are shown from `mood_least`."""

    id: str = SITE
    first_warning: Words = FIRST_WARNING
    second_warning: Words = SECOND_WARNING
    ending: Words = ENDING
    cool_down_min: int = 10
    cool_down_steps: int = 0
    cool_down_within_min: int = 60
    cool_downs: int = 2
    hard_call_min: int = 20
    hard_rating: int = 2
    asks_mood: bool = True
    mood: Words = MOOD
    mood_least: int = LEAST_GROUP
    goals: Goals = Goals()
    honours: Honours = Honours.NAMED
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def script(self, step: AbuseStep) -> Words:
        match step:
            case AbuseStep.FIRST_WARNING:
                return self.first_warning
            case AbuseStep.SECOND_WARNING:
                return self.second_warning
            case AbuseStep.ENDED:
                return self.ending

    def may_cool_down(self, call: AbusiveCall, others: Iterable[AbusiveCall], now: datetime) -> bool:
        """Whether a break may be taken now for a call of which none was; `others` are the agent's."""
        if not self.cool_down_min or call.cool_down_at is not None or len(call.steps) < self.cool_down_steps:
            return False
        taken = sum(
            one.id != call.id and one.cool_down_at is not None and now - one.cool_down_at < SHIFT for one in others
        )
        return now - call.at <= timedelta(minutes=self.cool_down_within_min) and taken < self.cool_downs


def is_policy(policy: CarePolicy) -> bool:
    """Whether it can be kept: something to say at every step, nothing beyond reason, no group too small."""
    said = (policy.first_warning, policy.second_warning, policy.ending, policy.mood)
    texts = [text for words in said for text in (words.zh, words.en)]
    goals = [goal for measure in OwnMeasure if (goal := policy.goals.of(measure)) is not None]
    return (
        all(text and len(text) <= LONGEST_WORDS and plain_line(text) == text for text in texts)
        and 0 <= policy.cool_down_min <= LONGEST_COOL_DOWN_MIN
        and 0 <= policy.cool_down_steps <= len(AbuseStep)
        and 0 <= policy.cool_down_within_min <= LONGEST_WITHIN_MIN
        and 0 <= policy.cool_downs <= MOST_COOL_DOWNS
        and 1 <= policy.hard_call_min <= LONGEST_CALL_MIN
        and 0 <= policy.hard_rating <= 5
        and LEAST_GROUP <= policy.mood_least <= 1_000
        and all(0 <= goal <= 100 for goal in goals)
    )
