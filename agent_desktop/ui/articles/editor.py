"""One article in the hands of who writes or reviews it: its text with how it reads beside it, its fields, what may be
done with it.

Values: `show_sheet(sheet, deeds, about)`, `offer`, `offer_links`, `show_versions`, `show_faults`, `show_failure`.
`changed(draft)` at every change; wishes: `deed_wanted(Deed, draft)`, `discard_wanted(id)`, `versions_wanted(id)`,
`rebase_wanted(id)`, `article_wanted(id)`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.knowledge.writing import Deed, Sheet, is_same_text
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.ask_row import AskRow
from agent_desktop.ui.articles.diff import VersionsPane
from agent_desktop.ui.articles.fields import ArticleFields, Offers
from agent_desktop.ui.articles.markdown import MarkdownBar
from agent_desktop.ui.articles.pasting import ArticleText
from agent_desktop.ui.articles.preview import Preview
from agent_desktop.ui.articles.words import explain_fault, field_word, state_word, when_fault
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.article import Article, ArticleKind
from agent_model.article_draft import TEXT, ArticleDraft, DraftFault, readable

FIRST: Final = (Deed.PUBLISH, Deed.SEND, Deed.SAVE)
"""What Ctrl+Enter does: the first of these that may be done."""


class ArticleEditor(Card):
    changed = Signal(object)
    deed_wanted = Signal(object, object)
    discard_wanted = Signal(str)
    versions_wanted = Signal(str)
    rebase_wanted = Signal(str)
    article_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look)
        self._look = look
        self._shown: ArticleDraft | None = None
        self._deeds: frozenset[Deed] = frozenset()
        self.setAccessibleName(self.tr("Article"))
        self.title = TextLine(field_word("title"), field_word("title"))
        self.state = Pill(look)
        self.about = Label("meta", "", wraps=True)
        self.note = Label("row", "", "warn", wraps=True)
        self.overtaken = Label("hint", self.tr("Agents have another text by now than this was begun from."), "warn")
        self.compare = Button(look, self.tr("Compare"), kind="link")
        self.rebase = Button(look, self.tr("It is to come after that"), kind="link")
        self.details = Button(look, self.tr("Fields"), "chevron-down", kind="ghost", size="compact")
        self.fields = ArticleFields(look, formats)
        self.text = ArticleText(field_word("body"), self.tr("Write the answer first, then the steps."))
        self.bar = MarkdownBar(look, self.text)
        self.preview = Preview()
        self.versions = VersionsPane(look)
        self.beside = QStackedWidget()
        self.faults = Label("hint", "", "bad", wraps=True)
        self.ask = AskRow(look)
        self.buttons: dict[Deed, Button] = {}
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.earlier = Button(look, self.tr("Versions"), "clock", kind="ghost")
        self._make_buttons()
        self._lay_out()
        self._connect()

    def _make_buttons(self) -> None:
        for deed, words, icon, kind in (
            (Deed.PUBLISH, self.tr("Publish"), "check", "primary"),
            (Deed.SEND, self.tr("Send for review"), "send", "primary"),
            (Deed.SAVE, self.tr("Save draft"), "", "plain"),
            (Deed.SCHEDULE, self.tr("Publish later…"), "clock", "plain"),
            (Deed.RETURN, self.tr("Return…"), "arrow-left", "plain"),
            (Deed.CHECKED, self.tr("Checked, still right"), "check-circle", "plain"),
            (Deed.WITHDRAW, self.tr("Withdraw…"), "x-circle", "ghost"),
        ):
            self.buttons[deed] = Button(self._look, words, icon, kind=kind)

    def _lay_out(self) -> None:
        px = self._look.px
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.state)
        self.head.addWidget(self.details)
        self.body.addLayout(self.head)
        self.body.addWidget(self.about)
        self.body.addWidget(self.note)
        over = QHBoxLayout()
        for widget in (self.overtaken, self.compare, self.rebase):
            over.addWidget(widget)
        over.addStretch(1)
        self.body.addLayout(over)
        self.body.addWidget(self.fields)
        writing = QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.bar)
        column.addWidget(self.text, 1)
        self.beside.addWidget(self.preview)
        self.beside.addWidget(self.versions)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        for part in (writing, self.beside):
            part.setMinimumWidth(px(220))
            split.addWidget(part)
        split.setSizes([1000, 1000])
        self.text.setMinimumHeight(px(140))
        self.body.addWidget(split, 1)
        self.body.addWidget(self.faults)
        self.body.addWidget(self.ask)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (*self.buttons.values(), self.discard, self.earlier):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.ask.hide()
        self.show_faults(())

    def _connect(self) -> None:
        self.title.textEdited.connect(lambda _: self._tell())
        self.text.textChanged.connect(self._tell)
        self.fields.changed.connect(self._tell)
        self.details.clicked.connect(lambda: self.fields.setVisible(self.fields.isHidden()))
        self.discard.clicked.connect(lambda: self.discard_wanted.emit(self.article_id))
        self.earlier.clicked.connect(lambda: self.versions_wanted.emit(self.article_id))
        self.compare.clicked.connect(lambda: self.versions_wanted.emit(self.article_id))
        self.rebase.clicked.connect(lambda: self.rebase_wanted.emit(self.article_id))
        self.versions.left.connect(self.leave_versions)
        self.versions.restore_wanted.connect(self._restore)
        self.preview.article_wanted.connect(self.article_wanted)
        self.preview.left.connect(self.text.setFocus)
        for deed, button in self.buttons.items():
            button.clicked.connect(lambda _=False, deed=deed: self._do(deed))

    # ---- values -----------------------------------------------------------------------------------------------

    @property
    def article_id(self) -> str:
        return self._shown.id if self._shown else ""

    @property
    def draft(self) -> ArticleDraft | None:
        """What stands in it now."""
        if self._shown is None:
            return None
        return self.fields.onto(
            replace(self._shown, title=self.title.text().strip(), body=readable(self.text.toPlainText()))
        )

    def offer(self, offers: Offers) -> None:
        self.fields.offer(offers)

    def offer_links(self, articles: Sequence[tuple[str, str]]) -> None:
        self.bar.offer_links(articles)

    def show_sheet(self, sheet: Sheet, deeds: frozenset[Deed], about: str) -> None:
        """Another article fills it; of the same one what is being written stays as it is."""
        shown = sheet.shown
        if shown is None:
            return
        if self._shown is None or self._shown.id != shown.id:
            self.ask.put_away()
            self.leave_versions()
        now = self.draft
        if now is None or now.id != shown.id or not is_same_text(now, shown):
            self._fill(shown)
        self._shown = shown
        self.state.show_as(*state_word(shown.state))
        self.about.say(about)
        self.about.setVisible(bool(about))
        self.note.say(self.tr("Sent back: {note}").format(note=shown.note) if shown.note else "")
        self.note.setVisible(bool(shown.note))
        for widget in (self.overtaken, self.compare, self.rebase):
            widget.setVisible(sheet.is_overtaken)
        self.show_deeds(deeds, is_typed=sheet.typed is not None)
        self.earlier.setEnabled(sheet.now is not None)

    def show_deeds(self, deeds: frozenset[Deed], *, is_typed: bool) -> None:
        """What may be done with it by now."""
        self._deeds = deeds
        for deed, button in self.buttons.items():
            button.setVisible(deed in deeds)
            keys = "Ctrl+S" if deed is Deed.SAVE else ""
            button.setAccessibleDescription("Ctrl+Enter" if deed is self._first else keys)
        may_write = Deed.WRITE in deeds
        self.title.setReadOnly(not may_write)
        self.text.setReadOnly(not may_write)
        self.bar.setEnabled(may_write)
        self.fields.setEnabled(may_write)
        self.discard.setVisible(is_typed)

    def show_versions(self, versions: Sequence[tuple[str, Article]]) -> None:
        draft = self.draft
        if draft is not None:
            self.beside.setCurrentWidget(self.versions)
            self.versions.restore.setVisible(Deed.WRITE in self._deeds)
            self.versions.show_versions(versions, f"{draft.title}\n\n{draft.body}")

    def leave_versions(self) -> None:
        self.beside.setCurrentWidget(self.preview)

    def show_faults(self, faults: Sequence[DraftFault]) -> None:
        """Says what is wrong, marks the fields, and goes to the first of them."""
        wrong = [fault.field for fault in faults]
        self.fields.mark(wrong)
        for name, widget in (("title", self.title), ("body", self.text)):
            set_property(widget, "fault", name in wrong)
        self._say("\n".join(explain_fault(fault) for fault in faults))
        places: dict[str, QWidget] = {"title": self.title, "body": self.text, **self.fields.places}
        first = next((places[name] for name in wrong if name in places), None)
        if first is not None:
            self.fields.setVisible(self.fields.isVisibleTo(self) or first not in (self.title, self.text))
            first.setFocus()

    def show_failure(self, words: str) -> None:
        """The disk did not take it: what is written stays here."""
        self._say(words)

    def start(self) -> None:
        self.title.setFocus()

    def send(self) -> None:
        if (deed := self._first) is not None:
            self._do(deed)

    def keep(self) -> None:
        if Deed.SAVE in self._deeds:
            self._do(Deed.SAVE)

    # ---- wishes -----------------------------------------------------------------------------------------------

    @property
    def _first(self) -> Deed | None:
        return next((deed for deed in FIRST if deed in self._deeds), None)

    def _do(self, deed: Deed) -> None:
        draft = self.draft
        if draft is None:
            return
        if unread := self.fields.unread:
            self.fields.show()
            self.fields.mark(unread)
            self._say("\n".join(map(when_fault, unread)))
            return
        match deed:
            case Deed.SCHEDULE:
                asks = self.tr("When is it to be published?")
                self.ask.put(asks, self.tr("2026-12-01 09:00"), self.tr("Publish then"), self._scheduled)
            case Deed.RETURN:
                asks = self.tr("What is to be done before it is published?")
                self.ask.put(asks, self.tr("for the author"), self.tr("Return it"), self._returned)
            case Deed.WITHDRAW:
                asks = self.tr("Agents will not find it any more. Every version of it is kept.")
                self.ask.put(asks, "", self.tr("Withdraw it"), lambda _: self._emit(deed))
            case _:
                self._emit(deed)

    def _scheduled(self, written: str) -> None:
        at = self.fields.read(written)
        if at is None:
            self._say(when_fault("publish_at"))
            return
        self._emit(Deed.SCHEDULE, publish_at=at)

    def _returned(self, note: str) -> None:
        self._emit(Deed.RETURN, note=readable(note.strip()))

    def _emit(self, deed: Deed, **also: object) -> None:
        draft = self.draft
        if draft is not None:
            self.ask.put_away()
            self._say("")
            self.deed_wanted.emit(deed, replace(draft, **also))  # type: ignore[arg-type]

    def _restore(self, version: Article | None) -> None:
        """An earlier text in the form; it is saved only if the person says so."""
        if version is None or self._shown is None:
            return
        said = {name: getattr(version, name) for name in TEXT}
        self._fill(replace(self._shown, **said))
        self._tell()
        self.leave_versions()
        self.text.setFocus()

    def _fill(self, draft: ArticleDraft) -> None:
        """Without telling; where the same words stand already the cursor stays."""
        if self.title.text().strip() != draft.title:
            self.title.setText(draft.title)
        if readable(self.text.toPlainText()) != draft.body:
            with QSignalBlocker(self.text):
                self.text.setPlainText(draft.body)
        self.fields.fill(draft)
        self.preview.show_now(draft.body, is_guide=draft.kind is ArticleKind.GUIDE)
        self.show_faults(())

    def _tell(self) -> None:
        draft = self.draft
        if draft is not None:
            self.preview.follow(draft.body, is_guide=draft.kind is ArticleKind.GUIDE)
            self.changed.emit(draft)

    def _say(self, words: str) -> None:
        self.faults.say(words)
        self.faults.setVisible(bool(words))
