"""Guides during a call: begun from an article, kept with the open item as they are answered, filled into the ticket."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_desktop.knowledge.guide_runs import GuideRun
from agent_desktop.tickets.guided import fill
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.company import Company
from agent_desktop.ui.desks.writing import NO_ITEM
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.asked import Forms
from agent_desktop.ui.forms.words import explain_value
from agent_desktop.ui.guides.words import explain_guide_fault, filled_words, proposed_words, transcript
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.right_panel import TICKET
from agent_model.after_call import WorkDone, WorkEnd
from agent_model.article import Article
from agent_model.form import FormField
from agent_model.form_value import NotReadable, read
from agent_model.guide import NO_ENDING, Ending, Guide, faults, from_plain
from agent_model.guide_text import read as read_text
from agent_model.words import Words


class GuideDesk(QObject):
    """The pane shows the run of what is on the screen; the others are on the disk. `filled` once the answers stand in
    the forms, which are to be on the disk before the run is gone from it."""

    told = Signal(str)
    filled = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        items: OpenItems,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._right = window.right
        self._player = window.right.guide
        self._items = items
        self._names = names
        self._language = formats.language
        self._forms = Forms()
        self._run: GuideRun | None = None
        self._is_reading = False
        self._wanted: Article | None = None
        self._unsaved: Unsaved[GuideRun] = Unsaved(self)
        self._unsaved.due.connect(self._save)
        player = self._player
        player.chosen.connect(lambda branch: self._go(lambda run: run.choose(branch)))
        player.typed.connect(self._typed)
        player.went_on.connect(self._go_on)
        player.went_back.connect(lambda: self._go(GuideRun.back))
        player.put_by.connect(lambda: self._lay_aside(is_aside=True))
        player.taken_up.connect(self.take_up)
        player.ended.connect(lambda: self._fill(NO_ENDING))
        window.right.knowledge.guide_wanted.connect(self.start)
        window.guide_wanted.connect(self.take_up)

    @property
    def run(self) -> GuideRun | None:
        """The one on the screen."""
        return self._run

    def learn(self, company: Company) -> None:
        self._forms = company.forms

    def turn(self) -> None:
        """Something else is on the screen: its guide comes, that of the one before is saved first."""
        key = self._key
        if self._run is not None and self._run.key == key:
            return
        self.save_now()
        self._run, self._wanted, self._is_reading = None, None, True
        self._player.show_run(None)
        runs = self._rooms.guide_runs

        def failed(error: Exception) -> None:
            self._trouble(error)
            self._found(key, None)

        self._background.store.do(lambda: runs.of(key), lambda run: self._found(key, run), failed)

    def start(self, article: Article) -> None:
        """Gone through for what is on the screen, from its first step, or on from where it was put by."""
        if self._is_reading:  # one with answers may be on the disk
            self._wanted = article
            return
        running = self._run
        if running is not None and running.article_id != article.id and running.answers:
            self.told.emit(self.tr("Another guide is being gone through. Go on with it, or end it first."))
            self.take_up()
            return
        if running is None or running.article_id != article.id:
            guide = _guide_of(article)
            if found := faults(guide):
                words = self.tr("This guide has a mistake, tell whoever wrote it. {fault}")
                self.told.emit(words.format(fault=explain_guide_fault(found[0])))
                return
            self._put(GuideRun(self._key, article.id, article.title, guide))
        self._right.knowledge.leave_article()
        self.take_up()

    def take_up(self) -> None:
        """Beside the ticket, with the keyboard."""
        if self._run is None:
            self.told.emit(self.tr("No guide is being gone through. Look for one among the articles: F3."))
            return
        self._right.turn_to(TICKET)
        self._lay_aside(is_aside=False)
        self._player.take_keyboard()

    def save_now(self) -> None:
        self._unsaved.save_now()

    def forget_customers(self, customers: frozenset[str]) -> None:
        """They were erased: what is gone through with one of them goes."""
        if self._run is not None and self._run.customer_id in customers:
            self.forget(self._run.key)

    def has_answers(self, key: str) -> bool:
        """Of the item on the screen: it was gone through in part, and fills nothing yet."""
        return self._run is not None and self._run.key == key and self._run.has_answers

    def work_done(self, key: str, done: WorkDone) -> None:
        """Whoever says that the work is done has no use for the rest of it."""
        if done.end is WorkEnd.DONE:
            self.forget(key)

    def work_ended(self, key: str) -> None:
        """By its time, in the middle of a guide: what was answered stays."""
        if self._run is not None and self._run.key == key:
            if not self._run.has_answers:
                self.forget(key)
            return
        runs = self._rooms.guide_runs
        self._background.store.do(lambda: runs.drop_idle(key), failed=self._trouble)

    def forget(self, key: str) -> None:
        """The work on this item is done."""
        runs = self._rooms.guide_runs
        if self._run is not None and self._run.key == key:
            self._unsaved.forget()
            self._run = None
            self._player.show_run(None)
        self._background.store.do(lambda: runs.drop(key), failed=self._trouble)

    # ---- going through it ---------------------------------------------------------------------------------

    def _go(self, step: Callable[[GuideRun], GuideRun]) -> None:
        if self._run is not None:
            self._put(step(self._run))

    def _typed(self, text: str) -> None:
        if self._run is not None:
            self._run = replace(self._run, typed=text)
            self._unsaved.keep(self._run)

    def _go_on(self, text: str) -> None:
        run = self._run
        if run is None:
            return
        if run.step.is_last:
            self._fill(run.ending)
        elif words := self._fault_of(run, text):
            self._player.show_fault(words)
        else:
            self._put(replace(run, typed=text).go_on())

    def _fault_of(self, run: GuideRun, text: str) -> str:
        """Why what was typed is no answer; empty where it is one, or nothing was known."""
        asked = run.step.asked
        if asked is None or not run.step.is_typed:
            return ""
        field = FormField(asked.key, asked.kind, Words(run.step.name, run.step.name))
        try:
            read(field, text, self._forms.locale)
        except NotReadable as error:
            return explain_value(error.fault, field)
        return ""

    def _lay_aside(self, *, is_aside: bool) -> None:
        run = self._run
        if run is not None and run.is_aside != is_aside:
            self._put(replace(run, is_aside=is_aside))
            self._right.share()
            if is_aside:
                self._right.knowledge.search.setFocus()

    def _put(self, run: GuideRun) -> None:
        item = self._items.get(run.key)
        customer = None if item is None else item.customer
        self._run = run if customer is None else replace(run, customer_id=str(customer.id))
        self._unsaved.keep(self._run)
        self._unsaved.save_now()
        self._show()

    def _show(self) -> None:
        run = self._run
        if run is not None:
            self._player.show_run(run, proposed_words(run.ending, self._names()) if run.step.is_last else "")
        self._right.share()

    # ---- into the ticket ----------------------------------------------------------------------------------

    def _fill(self, ending: Ending) -> None:
        run = self._run
        if run is None:
            return
        key = run.key
        if not run.answers and not run.step.is_last:
            self.forget(key)
            self._right.share()
            return
        form = self._right.form
        draft = form.draft
        shown = self._forms.shelf.current(self._forms.types.get(draft.category or ending.category))
        guided = fill(draft, ending, run.filled, transcript(run), shown, self._forms.locale)
        self._right.show_whole_ticket()
        form.take(guided.draft)
        kept = [*guided.kept, *self._dispose(ending.disposition)]
        own = {"category": self.tr("Category"), "subject": self.tr("Subject"), "disposition": self.tr("Disposition")}
        named = {**_labels(shown.fields if shown is not None else (), self._language), **own}
        self.told.emit(filled_words([named[one] for one in kept], [named[one] for one in guided.unfit]))
        self.filled.emit()
        self.forget(key)
        self._right.share()
        form.description.setFocus()

    def _dispose(self, disposition: str) -> list[str]:
        """The call's, where none was chosen; says what was."""
        item, field = self._items.current, self._right.wrap_up.disposition
        if not disposition or item is None or not item.is_of_call or field.chosen == disposition:
            return []
        if field.chosen:
            return ["disposition"]
        field.pick(disposition)
        return []

    # ---- the disk -----------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        item = self._items.current
        return NO_ITEM if item is None else item.key

    def _found(self, key: str, run: GuideRun | None) -> None:
        """Shown unless the agent has gone on meanwhile; what was to be begun waited for it."""
        if key != self._key or not self._is_reading:
            self._right.share()
            return
        self._is_reading = False
        self._run = run
        self._show()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.start(wanted)

    def _save(self, run: GuideRun) -> None:
        runs = self._rooms.guide_runs
        self._background.store.do(lambda: runs.save(run), failed=self._trouble)

    def _trouble(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _guide_of(article: Article) -> Guide:
    """What the article carries; what its text says where it carries none that can be read."""
    try:
        return from_plain(article.guide or {})
    except (KeyError, TypeError, ValueError):
        return read_text(article.body).guide


def _labels(fields: tuple[FormField, ...], language: str) -> Mapping[str, str]:
    return {field.key: field.label.in_language(language) for field in fields}
