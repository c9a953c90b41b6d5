"""My figures and the honours board; for who leads, what hard calls left behind. Asked of the server each time."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from agent_desktop.care.mood import Asked
from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.care.words import hard_word, measure_word, of_word, shift_words
from agent_desktop.ui.customer.field_words import field_word
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.widgets.parts import Tone
from agent_desktop.ui.window.rail import KEYS, Page
from agent_model.adherence import AdherenceNow
from agent_model.agent import AgentId, Role
from agent_model.care_policy import OwnMeasure
from agent_model.own_figures import (
    HonoursBoard,
    HonoursList,
    Load,
    MoodWeek,
    OwnFigure,
    OwnFigures,
    Reveal,
    TeamCare,
    WhyHard,
)
from agent_model.words import Words

if TYPE_CHECKING:
    from agent_desktop.ui.care.figures_page import Best, FiguresPage
    from agent_desktop.ui.care.measure_card import FigureLine
    from agent_desktop.ui.care.team_care import LoadLine, MoodLine, RevealLine

LEADS: Final = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
SEND_EVERY_S: Final = 60
OK: Final[Tone] = "ok"
WARN: Final[Tone] = "warn"
HARD_TONES: Final[dict[WhyHard, Tone]] = {WhyHard.ABUSIVE: "bad", WhyHard.LONG: "neutral", WhyHard.BADLY_RATED: "warn"}
SHARES: Final = (OwnMeasure.SOLVED_FIRST, OwnMeasure.QUALITY)


class OwnFiguresDesk(PageDesk["FiguresPage"]):
    """Nothing of it stays on this machine."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        role = ground.rooms.agent.role
        super().__init__(Page.OWN_FIGURES, ground, parent, is_offered=role is Role.AGENT or role in LEADS)
        self._leads = role in LEADS
        self._board = HonoursBoard()
        self._asked: Asked | None = None
        self._question = Words("", "")
        self._seconds = 0
        self._shift: AdherenceNow | None = None

    def _wire(self, page: "FiguresPage") -> None:
        page.again_wanted.connect(self._look)
        page.name_wanted.connect(self._choose)
        if self._leads:
            page.be_for_leads()
        page.mood_told.connect(self._tell)

    def hear(self, one: AdherenceNow) -> None:
        """How the own shift goes, as the server tells it."""
        if one.agent == self._rooms.agent.id:
            self._shift = one
            self._show_shift()

    def live_lost(self) -> None:
        """Nobody tells how it goes any more."""
        self._shift = None
        self._show_shift()

    def _show_shift(self) -> None:
        if self._is_wired:
            self._page.show_shift(shift_words(self._shift, self._rooms.clock(), self._formats))

    def _entered(self) -> None:
        self._look()
        self._show_shift()

    def _look(self) -> None:
        rooms, network = self._rooms, self._background.network
        self._show_mood()
        if self._leads:
            network.do(rooms.team_care, self._heard_care, self._not_heard, replaces="team care")
        else:
            network.do(rooms.own_figures, self._heard, self._not_heard, replaces="own figures")
        network.do(rooms.honours, self._heard_honours, self._not_heard, replaces="honours")

    def _heard(self, found: OwnFigures) -> None:
        self._page.say("")
        self._page.show_figures([self._line(one) for one in found.figures])

    def _heard_honours(self, found: HonoursBoard) -> None:
        self._board = found
        self._show_honours()

    def _show_honours(self) -> None:
        board = self._board
        self._page.show_honours([*map(self._best, board.lists)], is_on=board.is_on, is_named=board.is_named)

    def _heard_care(self, found: TeamCare) -> None:
        self._page.say("")
        self._page.show_care(
            [*map(self._load, found.loads)], [*map(self._reveal, found.reveals)], [*map(self._mood, found.moods)]
        )

    def _not_heard(self, error: Exception) -> None:
        """What was shown before stays."""
        self._page.say(explain(error), "bad")

    def _choose(self, is_named: bool) -> None:
        choose = self._rooms.choose_honours
        self._background.network.do(lambda: choose(is_named), lambda _: self._look(), self._not_chosen)

    def _not_chosen(self, error: Exception) -> None:
        self._show_honours()
        self._not_heard(error)

    # ---- the question of the week -------------------------------------------------------------------------

    def begin(self) -> None:
        """Whoever is asked has a token signed now, whether they answer or not."""
        if self._leads or self._rooms.agent.role is not Role.AGENT:
            return
        mood = self._rooms.mood

        def look() -> Asked | None:
            mood.put_off()
            return mood.look()

        self._background.network.do(look, self._are_asked, lambda _error: None, replaces="mood")

    def learn(self, question: Words) -> None:
        """The question as the company asks it."""
        self._question = question

    def tick(self) -> None:
        """Once a second. What cannot be sent now is sent another time."""
        self._seconds += 1
        if self._asked is not None and self._seconds % SEND_EVERY_S == 0:
            send = self._rooms.mood.send_due
            self._background.network.do(send, lambda _: None, lambda _error: None, replaces="mood answer")

    def _are_asked(self, asked: Asked | None) -> None:
        self._asked = asked
        if asked is not None and asked.level is None:
            words = self.tr("How was the week? Answer without your name in My figures ({key}).")
            self.told.emit(words.format(key=KEYS[Page.OWN_FIGURES]))
        if self._is_wired:
            self._show_mood()

    def _show_mood(self) -> None:
        asked = self._asked
        question = "" if asked is None else self._question.in_language(self._formats.language)
        self._page.show_mood(question, "" if asked is None else asked.mark, None if asked is None else asked.level)

    def _tell(self, level: int) -> None:
        answer = self._rooms.mood.answer
        self._background.store.do(lambda: answer(level), lambda _: self._told(level), self._not_heard)

    def _told(self, level: int) -> None:
        if self._asked is not None:
            self._asked = replace(self._asked, level=level)
        self.saved.emit()
        self._show_mood()

    def _mood(self, one: MoodWeek) -> "MoodLine":
        from agent_desktop.ui.care.team_care import MoodLine

        team = self._names().teams.get(one.team, one.team)
        if one.mean is None or one.answers is None:
            return MoodLine(one.week, team, None, "", self.tr("Too few answered for anything to be shown."))
        mean = self._formats.decimal(one.mean)
        words = self.tr("{mean} of 5, {count} answers").format(mean=mean, count=self._formats.count(one.answers))
        return MoodLine(one.week, team, one.mean, mean, words)

    # ---- in words -----------------------------------------------------------------------------------------

    def _line(self, one: OwnFigure) -> "FigureLine":
        from agent_desktop.ui.care.measure_card import FigureLine

        standing, tone = self._standing(one)
        return FigureLine(
            measure_word(one.measure),
            self._value(one.measure, one.own),
            of_word(one.measure, one.of),
            self._value(one.measure, one.team, is_mean=True),
            NOTHING if one.goal is None else self._value(one.measure, one.goal),
            standing,
            tone,
            self._value(one.measure, one.own_period),
            of_word(one.measure, one.of_period),
            self._value(one.measure, one.team_period, is_mean=True),
        )

    def _standing(self, one: OwnFigure) -> tuple[str, Tone]:
        if one.goal is None or one.own is None:
            return "", "neutral"
        if one.own >= one.goal:
            return self.tr("Goal reached"), "ok"
        return self.tr("Below the goal"), "warn"

    def _value(self, measure: OwnMeasure, value: float | None, *, is_mean: bool = False) -> str:
        if value is None:
            return NOTHING
        if measure in SHARES:
            return self._formats.percent(value / 100)
        return self._formats.decimal(value) if is_mean else self._formats.count(round(value))

    def _best(self, one: HonoursList) -> "Best":
        from agent_desktop.ui.care.figures_page import Best

        names = self._names()
        return Best(
            measure_word(one.measure),
            tuple(
                (
                    self.tr("One of us") if place.agent is None else names.person(AgentId(place.agent)),
                    self._value(one.measure, place.value),
                    place.is_own,
                )
                for place in one.places
            ),
        )

    def _load(self, one: Load) -> "LoadLine":
        from agent_desktop.ui.care.team_care import LoadLine

        hard = tuple(
            (
                self.tr("{time} {why}").format(time=self._formats.clock(call.at), why=hard_word(call.why)),
                HARD_TONES[call.why],
            )
            for call in one.hard
        )
        rested, tone = self.tr("Not taken"), WARN
        if one.rested_at is not None:
            rested, tone = self.tr("Taken at {time}").format(time=self._formats.clock(one.rested_at)), OK
        calls, talked = self._formats.count(one.calls_since), self._formats.duration(one.talked_since_s)
        return LoadLine(self._names().person(AgentId(one.agent)), hard, calls, talked, rested, tone)

    def _reveal(self, one: Reveal) -> "RevealLine":
        from agent_desktop.ui.care.team_care import RevealLine

        now, names = self._rooms.clock(), self._names()
        head = self.tr("{time} {who}: {field}").format(
            time=self._formats.moment(one.at, now), who=names.person(AgentId(one.who)), field=field_word(one.field)
        )
        words = self.tr("“{reason}”, after the abusive call of {agent} on {called}")
        called = self._formats.moment(one.called_at, now)
        return RevealLine(head, words.format(reason=one.reason, agent=names.person(AgentId(one.agent)), called=called))
