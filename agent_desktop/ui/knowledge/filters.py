"""What the search for articles is limited to: one menu with all of it, and a chip for each limit that holds.

Values: `show_facets`, `offer_regions`, `show_customer`, `show_directory`. `filters` are those that hold, `changed` when
the person wants others, `opened` when the choices should be those of now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from agent_desktop.knowledge.hits import Facets, Filters
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.knowledge.words import kind_word, language_word, tier_words
from agent_desktop.ui.widgets.controls import Button
from agent_model.article import ArticleKind
from agent_model.customer import Tier

CHIPS: Final = 2
CHIP_SIGNS: Final = 12
"""As many as two chips and the rest have room for beside each other."""
EVERYTHING: Final = Filters()


class FilterMenu(Button):
    """The button; `chips` stands wherever there is room for it."""

    changed = Signal()
    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "filter", kind="plain", name=self.tr("Filters"))
        self.filters = EVERYTHING
        self._directory = Directory()
        self._counts: dict[str, Mapping[str, int]] = {}
        self._regions: tuple[str, ...] = ()
        self._customer: tuple[str | None, str | None] = (None, None)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(self.tr("Filters"))
        self.chips = Chips(look)
        self.chips.given_up.connect(self._want)
        self.clicked.connect(self.open)

    def open(self) -> None:
        self.opened.emit()
        self._fill()
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory
        self._say()

    def show_facets(self, facets: Facets) -> None:
        """How many articles each choice would leave."""
        self._counts = {name: getattr(facets, name) for name in ("categories", "products", "languages", "kinds")}
        self._refill()

    def offer_regions(self, regions: Sequence[str]) -> None:
        self._regions = tuple(regions)
        self._refill()

    def show_customer(self, tier: str | None, region: str | None) -> None:
        """Whose call it is: what holds for them can be asked for at once."""
        self._customer = tier, region

    def clear(self) -> None:
        self._want(EVERYTHING)

    def _refill(self) -> None:
        if self._menu.isVisible():
            self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        tier, region = self._customer
        if tier or region:
            whose = " · ".join(part for part in (tier_words(tier or ""), region or "") if part)
            words = self.tr("For this customer: {customer}").format(customer=whose)
            self._add(self._menu, words, self._theirs == self.filters, self.turn_to_customer)
            self._menu.addSeparator()
        for name, title, values in self._choices():
            if values:
                self._add_choices(self._menu.addMenu(title), name, values)
        self._menu.addSeparator()
        is_valid_now = self.filters.is_valid_now
        only = replace(self.filters, is_valid_now=not is_valid_now)
        self._add(self._menu, self.tr("Valid now"), is_valid_now, lambda: self._want(only))
        none = self._menu.addAction(self.tr("No filters"), self.clear)
        none.setEnabled(self.filters != EVERYTHING)

    def turn_to_customer(self) -> None:
        """Only what holds for who is on the screen, or again for everybody."""
        of_all = replace(self.filters, tiers=frozenset(), regions=frozenset())
        self._want(of_all if self._theirs == self.filters else self._theirs)

    @property
    def _theirs(self) -> Filters:
        tier, region = self._customer
        return replace(self.filters, tiers=_one(tier), regions=_one(region))

    def _choices(self) -> tuple[tuple[str, str, Sequence[str]], ...]:
        return (
            ("categories", self.tr("Category"), tuple(filter(None, self._counted("categories")))),
            ("products", self.tr("Product"), self._counted("products")),
            ("tiers", self.tr("Tier"), tuple(map(str, Tier))),
            ("regions", self.tr("Region"), tuple(sorted({*self._regions, *self.filters.regions}))),
            ("languages", self.tr("Language"), self._counted("languages")),
            ("kinds", self.tr("Kind"), tuple(map(str, ArticleKind))),
        )

    def _counted(self, name: str) -> tuple[str, ...]:
        """The most frequent first; what is chosen is always there."""
        counts = self._counts.get(name, {})
        values = {*counts, *getattr(self.filters, name)}
        return tuple(sorted(values, key=lambda value: (-counts.get(value, 0), value)))

    def _add_choices(self, menu: QMenu, name: str, values: Sequence[str]) -> None:
        chosen: frozenset[str] = getattr(self.filters, name)
        counts = self._counts.get(name, {})
        for value in values:
            words = self._word(name, value)
            count = f"  ({counts[value]})" if value in counts else ""
            others = chosen - {value} if value in chosen else chosen | {value}
            self._add(menu, f"{words}{count}", value in chosen, partial(self._limit, name, others))

    def _add(self, menu: QMenu, words: str, is_on: bool, deed: Callable[[], None]) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_on)
        action.triggered.connect(lambda _=False: deed())

    def _limit(self, name: str, values: frozenset[str]) -> None:
        self._want(_limited(self.filters, name, values))

    def _word(self, name: str, value: str) -> str:
        match name:
            case "products":
                return self._directory.product(value)
            case "tiers":
                return tier_words(value)
            case "languages":
                return language_word(value)
            case "kinds":
                return kind_word(ArticleKind(value))
            case _:
                return value

    def _want(self, filters: Filters) -> None:
        if filters != self.filters:
            self.filters = filters
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        said: list[tuple[str, Filters]] = []
        for name, _, _ in self._choices():
            chosen: frozenset[str] = getattr(self.filters, name)
            words = ", ".join(self._word(name, str(value)) for value in sorted(chosen))
            if words:
                said.append((words, _limited(self.filters, name, frozenset())))
        if not self.filters.is_valid_now:
            said.append((self.tr("Also what does not hold now"), replace(self.filters, is_valid_now=True)))
        self.chips.show_limits(said)
        self.setAccessibleDescription(", ".join(words for words, _ in said))


class Chips(QWidget):
    """The limits that hold; a press takes one away: `given_up` with the filters that are left."""

    given_up = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(6))
        self._row.addStretch(1)
        self.hide()

    def show_limits(self, limits: Sequence[tuple[str, Filters]]) -> None:
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for words, left in limits[:CHIPS]:
            self._add(words, left)
        if len(limits) > CHIPS:
            self._add(self.tr("and {count} more").format(count=len(limits) - CHIPS), EVERYTHING)
        self.setVisible(bool(limits))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(button.toolTip() for button in self._buttons)

    def _add(self, words: str, left: Filters) -> None:
        shown = words if len(words) <= CHIP_SIGNS else f"{words[:CHIP_SIGNS]}…"
        chip = Button(self._look, shown, "close", size="compact", name=words, tip=words)
        takes_all = left == EVERYTHING
        chip.setAccessibleDescription(
            self.tr("Takes all filters away") if takes_all else self.tr("Takes this filter away")
        )
        chip.clicked.connect(lambda: self.given_up.emit(left))
        self._row.insertWidget(len(self._buttons), chip)
        self._buttons.append(chip)


def _limited(filters: Filters, name: str, values: frozenset[str]) -> Filters:
    limits: dict[str, Any] = {name: frozenset(map(ArticleKind, values)) if name == "kinds" else values}
    return replace(filters, **limits)


def _one(value: str | None) -> frozenset[str]:
    return frozenset({value} if value else ())
