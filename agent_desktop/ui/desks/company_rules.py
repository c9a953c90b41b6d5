"""Rules of the company in the hands of who may change them: read, written, kept within 800 ms, sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from agent_desktop.company_rules.fields import CompanyRule, NotARule, RuleKind
from agent_desktop.ui.company_rules.page import CompanyRulesPage
from agent_desktop.ui.company_rules.words import choices, kind_word, rule_version_words, title_word
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.signals.words import Standing, standing_word
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.parts import Tone
from agent_desktop.ui.window.rail import Page
from agent_model.wire import Row
from agent_model.words import Words

DEEPER = "\u2003"
Offered = Mapping[str, Sequence[tuple[str, Words]]]


class CompanyRulesDesk(PageDesk[CompanyRulesPage]):
    def __init__(self, ground: Ground, parent: QObject) -> None:
        kinds = ground.rooms.company_rules.kinds
        super().__init__(Page.RULES, ground, parent, is_offered=bool(kinds))
        self._kind: RuleKind | None = next(iter(kinds), None)
        self._rules: dict[str, CompanyRule] = {}
        self._unsaved: Unsaved[tuple[CompanyRule, dict[str, str | bool]]] = Unsaved(self)
        self._unsaved.due.connect(self._keep)

    def save_now(self) -> None:
        """What is written and not on the disk yet goes there."""
        self._unsaved.save_now()

    def _keep(self, typed: tuple[CompanyRule, dict[str, str | bool]]) -> None:
        room = self._rooms.company_rules
        self._background.store.do(lambda: room.keep(*typed), None, self._not_kept)

    def read_again(self) -> None:
        """Rules came: what is being written stays."""
        if self._is_wired:
            self._read()

    def _wire(self, page: CompanyRulesPage) -> None:
        page.kind_taken.connect(self._take_kind)
        page.rule_taken.connect(self._open)
        page.new_wanted.connect(self._begin)
        page.form.changed.connect(self._changed)
        page.form.save_wanted.connect(self._save)
        page.form.discard_wanted.connect(self._discard)
        page.form.earlier_wanted.connect(self._tell_earlier)
        page.show_kinds([(kind.entity, kind_word(kind.entity)) for kind in self._rooms.company_rules.kinds])

    def _entered(self) -> None:
        self._read()

    def _left(self) -> None:
        self.save_now()

    def _take_kind(self, entity: str) -> None:
        self.save_now()
        kinds = self._rooms.company_rules.kinds
        self._kind, self._rules = next(kind for kind in kinds if kind.entity == entity), {}
        self._read()

    def _read(self) -> None:
        kind, room = self._kind, self._rooms.company_rules
        if kind is not None:
            self._background.store.do(
                lambda: (room.all(kind), room.offered(kind)),
                lambda found: self._show(kind, *found),
                self._failed,
                replaces="company rules",
            )

    def _show(self, kind: RuleKind, rules: tuple[CompanyRule, ...], offered: Offered) -> None:
        page = self._page
        if kind is not self._kind:
            return
        language = self._formats.language
        named = {noun: [(id_, name.in_language(language)) for id_, name in some] for noun, some in offered.items()}
        page.form.offer({**named, **choices()})
        begun = page.form.rule if self._unsaved.typed is not None else None
        self._rules = {rule.id: rule for rule in rules}
        if begun is not None and begun.entity == kind.entity:
            self._rules.setdefault(begun.id, begun)
        shown = self._open_id
        if shown not in self._rules:
            self._open(next(iter(self._rules), ""))
        elif begun is None and not self._rules[shown].is_begun:
            self._open(shown)
        self._list()

    @property
    def _open_id(self) -> str:
        rule = self._page.form.rule
        is_here = rule is not None and self._kind is not None and rule.entity == self._kind.entity
        return rule.id if rule is not None and is_here else ""

    def _list(self) -> None:
        if self._kind is not None:
            self._page.show_rules([self._line(rule) for rule in self._rules.values()], can_add=self._kind.can_add)

    def _line(self, rule: CompanyRule) -> Line:
        is_off = rule.body.get("is_on") is False
        standing = Standing.DRAFT if rule.is_begun else Standing.OFF if is_off else Standing.ON
        tone: Tone = "warn" if standing is Standing.DRAFT else "neutral"
        return Line(
            rule.id,
            DEEPER * rule.depth + self._title(rule),
            pill=standing_word(standing),
            tone=tone,
            is_open=rule.id == self._open_id,
        )

    def _title(self, rule: CompanyRule) -> str:
        kind = self._kind
        if kind is None:
            return rule.id
        words = rule.body.get(kind.title) if kind.title else None
        if isinstance(words, list):
            return title_word(kind, rule.id, ", ".join(words))
        named = Words(words["zh"], words["en"]).in_language(self._formats.language) if isinstance(words, dict) else ""
        return title_word(kind, rule.id, named)

    def _open(self, rule_id: str) -> None:
        self.save_now()
        page, kind, rule = self._page, self._kind, self._rules.get(rule_id)
        if kind is None:
            return
        page.form.setVisible(rule is not None)
        if rule is not None:
            page.form.show_rule(kind, rule, self._title(rule), self._version(rule))
        self._list()

    def _version(self, rule: CompanyRule) -> str:
        """Which it is and whose; empty for one that is yet to be saved."""
        today = self._formats.local_date(self._rooms.clock())
        return rule_version_words(rule, self._names(), self._formats, today)

    def _tell_earlier(self) -> None:
        """The versions that the server knows, to be chosen from."""
        page, kind, ask = self._page, self._kind, self._rooms.company_versions
        rule = page.form.rule
        if kind is None or rule is None:
            return

        def told(rows: tuple[Row, ...]) -> None:
            if self._open_id == rule.id:
                versions = [CompanyRule(row.entity, row.id, {**kind.start, **row.body}, row.version) for row in rows]
                page.form.earlier.show_versions([(self._version(one), one) for one in versions])

        self._background.network.do(lambda: ask(rule.entity, rule.id), told, self._failed)

    def _begin(self) -> None:
        if self._kind is not None:
            rule = self._rooms.company_rules.fresh(self._kind)
            self._rules[rule.id] = rule
            self._open(rule.id)
            next(iter(self._page.form.places.values())).setFocus()

    def _changed(self) -> None:
        page = self._page
        if page.form.rule is not None:
            said = page.form.said
            rule = replace(page.form.rule, written=said)
            page.form.rule = self._rules[rule.id] = rule
            self._unsaved.keep((rule, said))
            page.form.show_begun()
            self._list()

    def _save(self) -> None:
        page, kind, room = self._page, self._kind, self._rooms.company_rules
        if kind is None or page.form.rule is None:
            return
        self.save_now()
        rule, said = page.form.rule, page.form.said

        def kept(_: object) -> None:
            if page.form.rule is not None and page.form.rule.id == rule.id:
                page.form.rule = replace(rule, written=None)
            self.told.emit(self.tr("The rule is saved. It reaches everybody with the next sync."))
            self.saved.emit()
            self._read()

        self._background.store.do(lambda: room.save(kind, rule, said), kept, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, NotARule):
            self._page.form.show_faults(error.faults)
        else:
            self._page.form.say(explain(error), "bad")

    def _discard(self) -> None:
        page, room = self._page, self._rooms.company_rules
        self._unsaved.forget()
        if page.form.rule is None:
            return
        rule = page.form.rule
        page.form.rule = replace(rule, written=None)
        self._background.store.do(lambda: room.drop(rule), lambda _: self._read(), self._failed)

    def _not_kept(self, error: Exception) -> None:
        self._page.form.say(explain(error), "bad")
