"""What an article says beside its text: where it belongs, whom and when it holds for, whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QListView, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.words import field_word, kind_word, tier_word
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.article import WRITTEN, ArticleKind
from agent_model.article_draft import ArticleDraft
from agent_model.customer import Tier

LANGUAGES: Final = (("zh-CN", "简体中文"), ("zh-TW", "繁體中文"), ("en", "English"))
COLUMNS: Final = 4
ORDER: Final = (
    "category", "product", "queue", "owner", "keywords", "tiers", "regions", "language", "valid_from", "valid_to",
    "review_days", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be picked, each as (id, name)."""

    products: tuple[tuple[str, str], ...] = ()
    queues: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()


class ArticleFields(QWidget):
    """Values: `offer`, `fill(draft)`, `onto(draft)` (the draft with what the fields say), `unread` (the moments that
    nobody can read). `changed` at every change by a person."""

    changed = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.category = TextLine(field_word("category"))
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setAccessibleName(field_word("category"))
        completer.setPopup(popup)
        self.category.setCompleter(completer)
        self.product, self.queue, self.owner, self.language, self.kind = (Pick(look) for _ in range(5))
        self.tiers = Several(look, field_word("tiers"), self.tr("Every tier"))
        self.tiers.show_options([(tier.value, tier_word(tier)) for tier in Tier])
        self.keywords = TextLine(field_word("keywords"), self.tr("with commas between"))
        self.regions = TextLine(field_word("regions"), self.tr("every region"))
        self.valid_from = TextLine(field_word("valid_from"), self.tr("at once"))
        self.valid_to = TextLine(field_word("valid_to"), self.tr("for good"))
        self.review_days = TextLine(field_word("review_days"), self.tr("as the company says"))
        for value, name in LANGUAGES:
            self.language.addItem(name, value)
        for kind in WRITTEN:
            self.kind.addItem(kind_word(kind), kind.value)
        self.places: dict[str, QWidget] = {name: getattr(self, name) for name in ORDER}
        self._lay_out(look)
        self._connect()

    def _lay_out(self, look: Look) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(2))
        for n, (name, widget) in enumerate(self.places.items()):
            label = Label("meta", field_word(name))
            label.setBuddy(widget)
            widget.setAccessibleName(field_word(name))
            row, column = divmod(n, COLUMNS)
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(widget, 2 * row + 1, column)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def _connect(self) -> None:
        for line in self._lines():
            line.textEdited.connect(lambda _: self.changed.emit())
        self.category.completer().activated.connect(lambda _: self.changed.emit())
        for pick in (self.product, self.queue, self.owner, self.language, self.kind):
            pick.activated.connect(lambda _: self.changed.emit())
        self.tiers.changed.connect(self.changed)

    def _lines(self) -> Sequence[TextLine]:
        return (self.category, self.keywords, self.regions, self.valid_from, self.valid_to, self.review_days)

    def offer(self, offers: Offers) -> None:
        nobody, nothing = self.tr("Nobody"), self.tr("None in particular")
        for pick, none, options in (
            (self.product, nothing, offers.products),
            (self.queue, nothing, offers.queues),
            (self.owner, nobody, offers.people),
        ):
            _offer(pick, [("", none), *options])
        self._known.setStringList(list(offers.categories))

    def fill(self, draft: ArticleDraft) -> None:
        """Without emitting."""
        self.category.setText(draft.category)
        self.keywords.setText(", ".join(draft.keywords))
        self.regions.setText(", ".join(draft.regions))
        self.valid_from.setText(self._formats.written(draft.valid_from))
        self.valid_to.setText(self._formats.written(draft.valid_to))
        self.review_days.setText("" if draft.review_days is None else str(draft.review_days))
        self.tiers.choose(draft.tiers)
        for pick, value in (
            (self.product, draft.product or ""),
            (self.queue, draft.queue or ""),
            (self.owner, draft.owner or ""),
            (self.language, draft.language),
            (self.kind, draft.kind.value),
        ):
            _choose(pick, value)
        self.mark(())

    def onto(self, draft: ArticleDraft) -> ArticleDraft:
        days = self.review_days.text().strip()
        return replace(
            draft,
            category=self.category.text().strip(),
            keywords=_several(self.keywords.text()),
            regions=_several(self.regions.text()),
            product=self.product.currentData() or None,
            queue=self.queue.currentData() or None,
            owner=self.owner.currentData() or None,
            language=self.language.currentData(),
            kind=ArticleKind(self.kind.currentData()),
            tiers=self.tiers.chosen,
            valid_from=self._moment(self.valid_from, draft.valid_from),
            valid_to=self._moment(self.valid_to, draft.valid_to),
            review_days=None if not days else int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """Fields in which no moment can be read."""
        lines = {"valid_from": self.valid_from, "valid_to": self.valid_to}
        return tuple(n for n, line in lines.items() if line.text().strip() and self.read(line.text()) is None)

    def read(self, written: str) -> datetime | None:
        """A day, or a day and a time, on the clock of this person."""
        for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%d"):
            try:
                told = datetime.strptime(written.strip(), pattern)  # noqa: DTZ007 - its zone is this person's
            except ValueError:
                continue
            return told.replace(tzinfo=self._formats.zone) if self._formats.zone else told.astimezone()
        return None

    def mark(self, wrong: Sequence[str]) -> None:
        """The fields with which something is wrong."""
        for name, widget in self.places.items():
            set_property(widget, "fault", name in wrong)

    def _moment(self, line: TextLine, before: datetime | None) -> datetime | None:
        if line.text() == self._formats.written(before):
            return before  # the minutes it is shown by are less than it is
        return self.read(line.text())


def _several(listed: str) -> tuple[str, ...]:
    words = (word.strip() for word in listed.replace("，", ",").replace("、", ",").replace("；", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _offer(pick: Pick, options: Sequence[tuple[str, str]]) -> None:
    chosen = pick.currentData()
    with QSignalBlocker(pick):
        pick.clear()
        for value, name in options:
            pick.addItem(name, value)
        _choose(pick, chosen or "")


def _choose(pick: Pick, value: str) -> None:
    """What is not offered any more is offered by its own name."""
    with QSignalBlocker(pick):
        if pick.findData(value) < 0:
            pick.addItem(value, value)
        pick.setCurrentIndex(pick.findData(value))
