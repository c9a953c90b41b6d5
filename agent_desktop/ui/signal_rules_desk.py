"""The rules of signals in a team lead's hands: read, written with a preview over real customers, kept and sent."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.signals.desk import Preview
from agent_desktop.customers.signals.rules import EDITORS, NotARule, RuleDraft
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.signal_words import KINDS, reason_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.messages import explain
from agent_desktop.ui.rail import Page
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.signal_rules_page import SignalRulesPage
from agent_desktop.ui.signals_words import Standing, standing_word, version_words
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.parts import ink
from agent_model.signal import SignalRule
from agent_model.signal_rules import faults

SETTLES_AFTER_MS = 350
EXAMPLES = 6


class SignalRulesDesk(QObject):
    """What is written is on the disk within 800 ms; the preview is worked out a few customers at a time."""

    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._names = names
        self._formats = formats
        self._page: SignalRulesPage | None = None
        self._rules: dict[str, SignalRule] = {}
        self._drafts: dict[str, RuleDraft] = {}
        self._steps: Iterator[Preview] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES_AFTER_MS)
        self._settle.timeout.connect(self.save_now)
        self._unsaved: RuleDraft | None = None
        window.rail.offer(Page.SIGNALS, is_offered=rooms.agent.role in EDITORS)
        window.page_shown.connect(self._turned_to)

    def read_again(self) -> None:
        """Rules came: the list is read again, the form stays."""
        if self._page is not None:
            self._read()

    def save_now(self) -> None:
        """What is written and not on the disk yet goes there; then it is tried on customers."""
        self._settle.stop()
        draft, self._unsaved = self._unsaved, None
        if draft is None:
            return
        rules = self._rooms.signals.rules
        self._background.store.do(lambda: rules.keep(draft), None, self._not_kept)
        self._preview(draft.rule)

    def _turned_to(self, page: Page) -> None:
        if page is Page.SIGNALS:
            self._ready()
            self._read()
        else:
            self.save_now()
            self._steps = None

    def _ready(self) -> None:
        if self._page is None:
            self._page = page = self._window.signal_rules
            page.rule_taken.connect(self._open)
            page.new_wanted.connect(self._begin)
            page.form.changed.connect(self._changed)
            page.form.save_wanted.connect(self._save)
            page.form.discard_wanted.connect(self._discard)
            page.form.earlier_wanted.connect(self._ask_earlier)
            page.form.show_directory(self._names())

    def _read(self) -> None:
        rules = self._rooms.signals.rules
        self._background.store.do(lambda: (rules.all(), rules.drafts()), self._show, self._failed, replaces="rules")

    def _show(self, read: tuple[tuple[SignalRule, ...], tuple[RuleDraft, ...]]) -> None:
        page = self._page
        if page is None:
            return
        self._rules = {rule.id: rule for rule in read[0]}
        self._drafts = {draft.rule.id: draft for draft in read[1]}
        if self._unsaved is not None:
            self._drafts[self._unsaved.rule.id] = self._unsaved
        shown = self._current(page.form.rule_id)
        if shown is None and self._rules:
            self._open(next(iter(self._rules)))
        elif shown is not None and shown.id not in self._drafts and shown != page.form.rule:
            self._open(shown.id)
        self._list()

    def _current(self, rule_id: str) -> SignalRule | None:
        draft = self._drafts.get(rule_id)
        return self._rules.get(rule_id) if draft is None else draft.rule

    def _list(self) -> None:
        page = self._page
        if page is None:
            return
        new = [rule_id for rule_id in self._drafts if rule_id not in self._rules]
        shown = (self._current(rule_id) for rule_id in (*new, *self._rules))
        page.show_rules([self._line(rule) for rule in shown if rule is not None])

    def _line(self, rule: SignalRule) -> Line:
        standing = Standing.DRAFT if rule.id in self._drafts else Standing.ON if rule.is_on else Standing.OFF
        icon, tone = KINDS[rule.kind]
        is_open = self._page is not None and self._page.form.rule_id == rule.id
        return Line(
            rule.id,
            self._title(rule),
            pill=standing_word(standing),
            tone="warn" if standing is Standing.DRAFT else "neutral",
            at_right=self._formats.count(max(0, rule.weight)),
            right_token="accent_text" if is_open else ink(tone)[0],
            right_icon="chevron-right" if is_open else icon,
        )

    def _title(self, rule: SignalRule) -> str:
        return rule.title.in_language(self._formats.language) or self.tr("New rule")

    def _open(self, rule_id: str) -> None:
        self.save_now()
        page, rule = self._page, self._current(rule_id)
        if page is None or rule is None:
            return
        today = self._formats.local_date(self._rooms.clock())
        words = version_words(self._rules.get(rule_id, rule), self._names(), self._formats, today)
        page.form.show_rule(rule, self._title(rule), words, is_begun=rule_id in self._drafts)
        self._list()
        self._preview(rule)

    def _begin(self) -> None:
        rule = self._rooms.signals.rules.fresh()
        self._drafts[rule.id] = RuleDraft(rule, None)
        self._open(rule.id)
        if self._page is not None:
            self._page.form.lines["title.zh"].setFocus()

    def _changed(self, rule: SignalRule) -> None:
        self._drafts[rule.id] = self._unsaved = self._draft(rule)
        if self._page is not None:
            self._page.form.show_begun(is_begun=True)
        self._list()
        self._settle.start()

    def _save(self, rule: SignalRule) -> None:
        page, rules, draft = self._page, self._rooms.signals.rules, self._draft(rule)
        self._settle.stop()
        self._unsaved = None

        def kept(_: object) -> None:
            if page is not None:
                page.form.show_faults(())
                page.form.show_begun(is_begun=False)
            self._drafts.pop(rule.id, None)
            self.told.emit(self.tr("The rule is saved. It reaches everybody with the next sync."))
            self.saved.emit()
            self._read()

        self._background.store.do(lambda: rules.save(draft), kept, lambda error: self._not_saved(draft, error))

    def _draft(self, rule: SignalRule) -> RuleDraft:
        """With the rule as it was seen when the writing began."""
        begun = self._drafts.get(rule.id)
        return RuleDraft(rule, self._rules.get(rule.id) if begun is None else begun.seen)

    def _not_saved(self, draft: RuleDraft, error: Exception) -> None:
        if self._page is None or self._page.form.rule_id != draft.rule.id:
            self.told.emit(explain(error))
        elif isinstance(error, NotARule):
            self._page.form.show_faults(error.faults)
            self._unsaved = draft
            self._settle.start()
        else:
            self._page.form.show_failure(explain(error))

    def _discard(self, rule_id: str) -> None:
        rules = self._rooms.signals.rules
        self._settle.stop()
        self._unsaved = None
        self._drafts.pop(rule_id, None)
        self._background.store.do(lambda: rules.drop(rule_id), lambda _: self._read(), self._failed)
        if rule_id in self._rules:
            self._open(rule_id)

    def _ask_earlier(self, rule_id: str) -> None:
        ask = self._rooms.rule_versions

        def told(versions: tuple[SignalRule, ...]) -> None:
            today = self._formats.local_date(self._rooms.clock())
            if self._page is not None and self._page.form.rule_id == rule_id:
                self._page.form.show_earlier(
                    [(version_words(one, self._names(), self._formats, today), one) for one in versions]
                )

        self._background.network.do(lambda: ask(rule_id), told, self._failed)

    def _preview(self, rule: SignalRule) -> None:
        page = self._page
        if page is None:
            return
        self._steps = None
        if faults(rule):
            page.show_preview(self.tr("As soon as the rule is whole, the customers who would show it stand here."))
            return
        page.show_preview(self.tr("Looking at customers …"))
        self._steps = steps = self._rooms.signals.preview(rule)
        self._next(steps, rule)

    def _next(self, steps: Iterator[Preview], rule: SignalRule) -> None:
        """The store's lane does other work between two steps: a caller waits for a few customers at most."""

        def stepped(preview: Preview | None) -> None:
            if self._steps is not steps or preview is None:
                return
            self._show_preview(preview, rule)
            self._next(steps, rule)

        self._background.store.do(lambda: next(steps, None), stepped, self._failed)

    def _show_preview(self, preview: Preview, rule: SignalRule) -> None:
        if self._page is None:
            return
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

    def _not_kept(self, error: Exception) -> None:
        if self._page is not None:
            self._page.form.show_failure(explain(error))

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
