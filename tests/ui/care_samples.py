"""Looking after agents, with something to see, for pictures."""

from datetime import timedelta
from typing import Final

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.care.abuse_card import AbuseSheet
from agent_desktop.ui.care.figures_page import Best
from agent_desktop.ui.care.measure_card import FigureLine
from agent_desktop.ui.care.team_care import LoadLine, MoodLine, RevealLine
from agent_desktop.ui.care.words import hard_word, measure_word, of_word, shift_words
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.right_panel import SCRIPT
from agent_model.abusive_call import Abuse, AbuseStep
from agent_model.adherence import Adherence, AdherenceNow
from agent_model.care_policy import CarePolicy, OwnMeasure
from agent_model.own_figures import WhyHard
from agent_model.shift_plan import Planned, PlannedTime
from tests.ui.desk import HANGZHOU
from tests.ui.samples import NOW, Samples

STATES: Final = ("abuse", "abuse_warning", "abuse_end", "abuse_rest")
OF_LEADS: Final = ("team_care", "team_care_many", "team_care_none")
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


def show_figures(made: MainWindow, samples: Samples) -> None:
    """An agent's own, with a name on the board and one that is not."""
    made.rail.offer(Page.OWN_FIGURES, is_offered=True)
    made.show_page(Page.OWN_FIGURES)
    say, page = samples.say, made.pages.own_figures
    page.show_figures(
        [
            FigureLine(
                measure_word(OwnMeasure.SOLVED_FIRST), "86%", of_word(OwnMeasure.SOLVED_FIRST, 14), "81%", "80%",
                say("已达标", "Goal reached"), "ok", "83%", of_word(OwnMeasure.SOLVED_FIRST, 312), "79%",
            ),
            FigureLine(
                measure_word(OwnMeasure.RETAINED), "2", "", "1.4", "3", say("未达标", "Below the goal"), "warn",
                "31", "", "24.6",
            ),
            FigureLine(measure_word(OwnMeasure.OPPORTUNITIES), "1", "", "0.9", "—", "", "neutral", "18", "", "16.2"),
            FigureLine(measure_word(OwnMeasure.QUALITY), "—", "", "—", "90%", "", "neutral", "94%", "", "91%"),
        ]
    )  # fmt: skip
    names = (say("王强", "Wang Qiang"), say("林悦", "Lin Yue"), say("不具名同事", "One of us"))
    values = ("91%", "38", "27", "97%")
    page.show_mood(CarePolicy().mood.in_language(samples.language), "7F3A-91C2", None)
    page.show_shift(shift_words(_own_shift(), NOW, Formats("zh_CN" if samples.is_chinese else "en", HANGZHOU)))
    page.show_honours(
        [
            Best(measure_word(one), tuple((name, value, place == 1) for place, name in enumerate(names)))
            for one, value in zip(OwnMeasure, values, strict=True)
        ],
        is_on=True,
        is_named=True,
    )


def _own_shift() -> AdherenceNow:
    begins, hour = NOW.replace(hour=1, minute=0, second=0), timedelta(hours=1)
    meal = begins + 3 * hour
    spans = ((Planned.WORK, begins, meal), (Planned.BREAK, meal, meal + hour))
    times = tuple(PlannedTime(*span) for span in (*spans, (Planned.WORK, meal + hour, begins + 9 * hour)))
    return AdherenceNow("a-1", NOW.date(), Adherence(100_000, 97_000), Planned.WORK, meal, times=times)


def show_care(made: MainWindow, samples: Samples, state: str) -> None:
    """A lead's: the load after hard calls, and who looked at an abusive caller's data."""
    made.rail.offer(Page.OWN_FIGURES, is_offered=True)
    made.show_page(Page.OWN_FIGURES)
    say, page = samples.say, made.pages.own_figures
    page.be_for_leads()
    page.show_honours([], is_on=False, is_named=True)
    if state == "team_care_none":
        page.show_care([], [], [])
        return
    many = 24 if state == "team_care_many" else 1
    abusive, long, rated = (hard_word(one) for one in WhyHard)
    week, sign = "2026-W47", say("{mean} 分（满分 5），{count} 人回答", "{mean} of 5, {count} answers")
    page.show_care(
        [
            LoadLine(
                say("林悦", "Lin Yue"), ((f"14:02 {abusive}", "bad"), (f"15:10 {long}", "neutral")), "7", "38:20",
                say("未小休", "Not taken"), "warn",
            ),
            LoadLine(
                say("何俊", "He Jun"), ((f"16:30 {rated}", "warn"),), "2", "06:05",
                say("16:41 已小休", "Taken at 16:41"), "ok",
            ),
        ]
        * many,
        [
            RevealLine(
                say("15:20 王强：号码", "15:20 Wang Qiang: Numbers"),
                say("“回电核实”，14:02 林悦的辱骂来电之后", "“calling back”, after the abusive call of Lin Yue"),
            )
        ]
        * many,
        [
            MoodLine(week, say("家庭客服一组", "Home Care 1"), 3.6, "3.6", sign.format(mean="3.6", count=7)),
            MoodLine(week, say("家庭客服二组", "Home Care 2"), None, "", say("回答人数不足。", "Too few answered.")),
        ]
        * many,
    )  # fmt: skip
