"""The rules of signals in a team lead's hands, each tried on real customers."""

from collections.abc import Iterator

from PySide6.QtCore import QObject

from agent_desktop.customers.signals.desk import Preview
from agent_desktop.customers.signals.rules import EDITORS
from agent_desktop.ui.customer.signal_words import KINDS, reason_words
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.desks.rows import RowsDesk
from agent_desktop.ui.signals.page import SignalRulesPage
from agent_desktop.ui.signals.words import Standing, rule_version_words, standing_word
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.parts import ink
from agent_desktop.ui.window.rail import Page
from agent_model.signal import SignalRule
from agent_model.signal_rules import faults

EXAMPLES = 6


class SignalRulesDesk(RowsDesk[SignalRule, SignalRulesPage]):
    """The preview is worked out a few customers at a time."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        rooms = ground.rooms
        is_offered = rooms.agent.role in EDITORS
        super().__init__(Page.SIGNALS, rooms.signals.rules, ground, parent, is_offered=is_offered)
        self._steps: Iterator[Preview] | None = None

    def _wire(self, page: SignalRulesPage) -> None:
        super()._wire(page)
        page.form.earlier_wanted.connect(lambda rule_id: self._tell_earlier(self._rooms.rule_versions, rule_id))
        page.form.show_directory(self._names())

    def _left(self) -> None:
        super()._left()
        self._steps = None

    def _title(self, row: SignalRule) -> str:
        return row.title.in_language(self._formats.language) or self.tr("New rule")

    def _version(self, row: SignalRule) -> str:
        return rule_version_words(row, self._names(), self._formats, self._formats.local_date(self._rooms.clock()))

    def _line(self, row: SignalRule, *, is_draft: bool, is_open: bool) -> Line:
        standing = Standing.DRAFT if is_draft else Standing.ON if row.is_on else Standing.OFF
        icon, tone = KINDS[row.kind]
        return Line(
            row.id,
            self._title(row),
            pill=standing_word(standing),
            tone="warn" if is_draft else "neutral",
            at_right=self._formats.count(max(0, row.weight)),
            right_token=ink(tone)[0],
            right_icon=icon,
            is_open=is_open,
        )

    def _saved_words(self) -> str:
        return self.tr("The rule is saved. It reaches everybody with the next sync.")

    def _start(self) -> None:
        self._page.form.lines["title.zh"].setFocus()

    def _preview(self, row: SignalRule) -> None:
        page = self._page
        self._steps = None
        if faults(row):
            page.show_preview(self.tr("As soon as the rule is whole, the customers who would show it stand here."))
            return
        page.show_preview(self.tr("Looking at customers …"))
        self._steps = steps = self._rooms.signals.preview(row)
        self._next(steps, row)

    def _next(self, steps: Iterator[Preview], rule: SignalRule) -> None:
        """The store's lane does other work between two steps: a caller waits for a few customers at most."""

        def stepped(preview: Preview | None) -> None:
            if self._steps is not steps or preview is None:
                return
            self._show_preview(preview, rule)
            self._next(steps, rule)

        self._background.store.do(lambda: next(steps, None), stepped, self._failed)

    def _show_preview(self, preview: Preview, rule: SignalRule) -> None:
        if not preview.looked_at:
            self._page.show_preview(self.tr("There is no customer with contacts on this workstation to try it on."))
            return
        words = self.tr("None of the {all} customers whose contacts came here last would show it.")
        if preview.shown:
            words = self.tr("{count} of the {all} customers whose contacts came here last would show it. For example:")
        today = self._formats.local_date(self._rooms.clock())
        lines = [
            Line(customer.id, reason_words(rule.reason, facts, today, self._names(), self._formats), customer.name)
            for customer, facts in preview.shown[:EXAMPLES]
        ]
        count, looked_at = self._formats.count(len(preview.shown)), self._formats.count(preview.looked_at)
        self._page.show_preview(words.format(count=count, all=looked_at), lines)
