"""Duplicates over everybody in the hands of who may merge over groups: looked for, compared, merged, told apart."""

from PySide6.QtCore import QObject

from agent_desktop.customers.likely_pairs import Pair, Pairs
from agent_desktop.customers.merges import Comparison
from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.ui.customer.duplicates_page import DuplicatesPage
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.customer import CustomerId

MAY_SEE = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
Told = tuple[tuple[CustomerId, CustomerId], ...]


class DuplicatesDesk(PageDesk[DuplicatesPage]):
    """Nothing is ever merged that nobody compared."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(Page.DUPLICATES, ground, parent, is_offered=ground.rooms.agent.role in MAY_SEE)
        self._pairs: dict[str, Pair] = {}
        self._told: Told = ()

    def look_again(self) -> None:
        """Customers have come who could not be found by their names before."""
        if self._is_wired and self._page.isVisible() and not self._page.merging.is_open:
            self._look()

    def _wire(self, page: DuplicatesPage) -> None:
        page.again_wanted.connect(self._look)
        page.compare_wanted.connect(self._compare)
        page.apart_wanted.connect(self._tell_apart)
        page.merging.merge_wanted.connect(self._merge)
        page.merging.left.connect(page.close_merging)
        page.merging.name_by(self._names)

    def _entered(self) -> None:
        self._page.list.setFocus()
        self._look()

    def _look(self) -> None:
        self._page.show_looking(self.tr("The server is asked who may be the same person…"))
        self._background.network.do(self._rooms.likely_pairs.ask, self._heard, self._not_heard, replaces="pairs")

    def _heard(self, told: Told) -> None:
        self._told = told
        self._find("", "")

    def _not_heard(self, error: Exception) -> None:
        """Without the server there is what this workstation finds itself; who may not see them sees none."""
        match error:
            case ServerRefused(code="not_allowed"):
                self._show(
                    Pairs(),
                    self.tr("You may no longer go through duplicates. Your team lead or a duty manager may."),
                    "bad",
                )
            case ServerUnreachable():
                words = self.tr(
                    "The server does not answer. These are the pairs that can be found on this workstation; what you "
                    "decide is kept and sent later."
                )
                self._find(words, "warn")
            case _:
                self._find(explain(error), "bad")

    def _find(self, words: str, tone: str) -> None:
        likely, told = self._rooms.likely_pairs, self._told
        self._background.library.do(
            lambda: likely.found(told), lambda found: self._show(found, words, tone), self._failed, replaces="pairs"
        )

    def _show(self, found: Pairs, words: str, tone: str) -> None:
        if not words and found.away:
            words = self.tr("Not on this workstation yet, and so not in the list: {count} pairs.").format(
                count=self._formats.count(found.away)
            )
        self._page.say(words, tone)
        self._pairs = {pair.key: pair for pair in found.pairs}
        self._page.show_pairs(self._pairs, "" if tone == "bad" else self._nobody())

    def _nobody(self) -> str:
        return self.tr("Nobody looks like anybody else. Whoever comes twice will stand here.")

    def _compare(self, key: str) -> None:
        pair, merges = self._pairs.get(key), self._rooms.merges
        if pair is None:
            return

        def compared(comparison: Comparison | None) -> None:
            if comparison is None:
                self._gone(pair)
            elif self._page.key == key:
                self._page.merging.show_comparison(comparison)
                self._page.open_merging()

        self._background.store.do(lambda: merges.compare(pair.one.id, pair.other.id), compared, self._failed)

    def _gone(self, pair: Pair) -> None:
        self._drop(pair.key)
        self._page.say(self.tr("One of the two is not here any more. The pair was taken off the list."), "warn")

    def _merge(self, comparison: Comparison) -> None:
        page, merges = self._page, self._rooms.merges
        stays, goes = comparison.stays.customer, comparison.goes.customer

        def kept(_: object) -> None:
            page.close_merging()
            self._drop(*(key for key, pair in self._pairs.items() if goes.id in (pair.one.id, pair.other.id)))
            page.say(
                self.tr("{gone} goes into {stays}. It is done as soon as the server has it.").format(
                    gone=goes.name, stays=stays.name
                ),
                "ok",
            )
            self.saved.emit()

        self._background.store.do(
            lambda: merges.merge(comparison), kept, lambda error: page.merging.show_failure(explain(error))
        )

    def _tell_apart(self, key: str) -> None:
        pair, merges = self._pairs.get(key), self._rooms.merges
        if pair is None:
            return

        def kept(_: object) -> None:
            if self._page.key == key:
                self._page.close_merging()
            words = self.tr("{one} and {other} are two people. Nobody is asked about them again.")
            self._page.say(words.format(one=pair.one.name, other=pair.other.name), "ok")
            self._drop(key)
            self.saved.emit()

        self._background.store.do(lambda: merges.tell_apart(pair.one.id, pair.other.id), kept, self._failed)

    def _drop(self, *keys: str) -> None:
        for key in keys:
            self._pairs.pop(key, None)
        self._page.show_pairs(self._pairs, self._nobody())

    def _failed(self, error: Exception) -> None:
        self._page.show_pairs(self._pairs)
        self._page.say(explain(error), "bad")
