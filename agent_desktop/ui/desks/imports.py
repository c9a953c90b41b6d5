"""Tables in an administrator's hands: sent to the server, looked into, tried, imported, their faulty rows saved."""

import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from agent_desktop.errors import AskedTooOften, ServerRefused
from agent_desktop.paths import write_whole
from agent_desktop.sync.imports import ImportTask, Known, SendingStopped
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.imports.page import ImportPage
from agent_desktop.ui.imports.words import explain_refusal
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.table_import import ImportState, ImportStep, ImportWishes

ASK_EVERY_MS = 700
WORKBOOK = b"PK"


class ImportDesk(PageDesk[ImportPage]):
    _sent = Signal(str, int, int)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(Page.IMPORTS, ground, parent, is_offered=ground.rooms.agent.role is Role.ADMINISTRATOR)
        self._imports = ground.rooms.imports
        self._language = "zh" if ground.formats.language.startswith("zh") else "en"
        self._known = Known()
        self._task: ImportTask | None = None
        self._upload = ""
        self._path: Path | None = None
        self._looked: ImportWishes | None = None
        self._profile: str | None = None
        self._sending: threading.Event | None = None
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_EVERY_MS)
        self._ask.timeout.connect(self._ask_again)
        self._sent.connect(self._show_sending)

    def _wire(self, page: ImportPage) -> None:
        page.show_directory(self._names())
        page.file_wanted.connect(self.take_file)
        page.kind_taken.connect(self._take_kind)
        page.wishes_changed.connect(self._look)
        page.profile_taken.connect(self._take_profile)
        page.step_wanted.connect(self._take)
        page.stop_wanted.connect(self._stop)
        page.errors_wanted.connect(self._save_errors)
        self._background.network.do(self._imports.known, self._show_known, self._failed)

    def _entered(self) -> None:
        """What is going on goes on."""

    def take_file(self, path: Path) -> None:
        """Sends a table to the server, and has it looked into."""
        if not self._is_wired or (self._task is not None and self._task.is_working):
            return
        if self._sending is not None:
            self._sending.set()
        stopped = self._sending = threading.Event()
        imports, kind, language, name = self._imports, self._page.kind.value, self._language, path.name
        self._path, self._task = path, None

        def send() -> tuple[str, ImportTask]:
            upload = imports.send(path, lambda sent, length: self._sent.emit(name, sent, length), stopped.is_set)
            return upload, imports.begin(upload, kind, name, language)

        def begun(found: tuple[str, ImportTask]) -> None:
            self._sending = None
            self._upload = found[0]
            self._begin(found[1])

        def failed(error: Exception) -> None:
            if self._sending is stopped:
                self._sending = None
            self._not_sent(error)

        self._show_sending(name, 0, 1)
        self._background.network.do(send, begun, failed)

    def save_to(self, target: Path, content: bytes) -> None:
        words = self.tr("The faulty rows are in “{path}”. Mend them there, and import that file.").format(path=target)
        self._background.store.do(lambda: write_whole(target, content), lambda _: self._say(words, "ok"), self._failed)

    def _show_known(self, known: Known) -> None:
        """What was going on when this program was last closed goes on."""
        self._known = known
        self._page.show_known(known)
        last = next(iter(known.tasks), None)
        is_open = last is not None and (last.is_working or last.state in (ImportState.CUT_OFF, ImportState.STOPPED))
        if last is not None and is_open and self._task is None and self._sending is None:
            self._begin(last)

    def _begin(self, task: ImportTask) -> None:
        self._page.begin(task.kind, task.wishes)
        self._looked = task.wishes
        self._show(task)

    def _show(self, task: ImportTask) -> None:
        self._task = task
        self._page.show_task(task)
        if task.is_working:
            self._ask.start()
        elif task.step is ImportStep.LOOK:
            self._use_profile()
            self._look()
        if not self._known.fields or (task.step is ImportStep.RUN and not task.is_working):
            self._background.network.do(self._imports.known, self._learn, self._failed)

    def _learn(self, known: Known) -> None:
        self._known = known
        self._page.show_known(known)

    def _ask_again(self) -> None:
        task, imports = self._task, self._imports
        if task is not None:
            self._background.network.do(lambda: imports.show(task.id), self._show, self._not_told, replaces="import")

    def _not_told(self, error: Exception) -> None:
        """The server works on, whether or not it is heard."""
        if not isinstance(error, AskedTooOften):
            self._failed(error)
        if isinstance(error, AskedTooOften) or not isinstance(error, ServerRefused):
            self._ask.start()

    def _look(self) -> None:
        """The file once more, where it is to be read otherwise than it was."""
        page, task = self._page, self._task
        is_over = task is not None and (task.is_working or task.is_in)
        if task is not None and not is_over and page.wishes != self._looked:
            self._looked = page.wishes
            self._take(ImportStep.LOOK)

    def _take(self, step: ImportStep) -> None:
        page, task, imports, language = self._page, self._task, self._imports, self._language
        if task is None or task.is_working:
            return
        wishes, remember = page.wishes, page.reading.remember.text().strip()
        self._looked = wishes
        self._task = begun = replace(task, step=step, state=ImportState.WORKING, tally=None, fault=None)
        page.show_task(begun)
        self._background.network.do(
            lambda: imports.take(task.id, step, wishes, remember, language),
            self._show,
            lambda error: self._not_taken(task, error),
        )

    def _not_taken(self, before: ImportTask, error: Exception) -> None:
        """Refused, or nobody knows whether it was heard: then the server is asked."""
        self._task = before
        self._page.show_task(before)
        self._failed(error)
        if not isinstance(error, ServerRefused):
            self._ask.start()

    def _take_kind(self, kind: str) -> None:
        """The same file, as something else."""
        task, imports, upload, language = self._task, self._imports, self._upload, self._language
        if task is not None and task.is_working:
            self._page.kind.choose(task.kind)
            return
        self._page.show_known(self._known)
        if task is not None and upload:
            self._background.network.do(
                lambda: imports.begin(upload, kind, task.name, language), self._begin, self._failed
            )

    def _take_profile(self, name: str) -> None:
        """Now, or once the file has been looked into."""
        self._profile = name
        self._use_profile()

    def _use_profile(self) -> None:
        page, task, name = self._page, self._task, self._profile
        if name is None or task is None or task.seen is None or task.is_working:
            return
        self._profile = None
        known = self._known.profiles.get(task.kind, {}).get(name, ImportWishes())
        there = {column.heading for column in task.seen.columns}
        columns = {heading: field for heading, field in known.columns.items() if heading in there}
        page.reading.show_wishes(known)
        page.columns.begin(columns, known.constants)
        page.reading.remember.setText(name)
        self._look()

    def _stop(self) -> None:
        task, imports = self._task, self._imports
        if self._sending is not None:
            self._sending.set()
        elif task is not None:
            self._background.network.do(lambda: imports.stop(task.id), self._show, self._failed)

    def _save_errors(self) -> None:
        task, imports = self._task, self._imports
        if task is not None:
            self._background.network.do(lambda: imports.errors(task.id), self._ask_where, self._failed)

    def _ask_where(self, content: bytes) -> None:
        if self._task is None:
            return
        name = f"{Path(self._task.name).stem}.errors{'.xlsx' if content.startswith(WORKBOOK) else '.csv'}"
        beside = Path(name) if self._path is None else self._path.with_name(name)
        target, _ = QFileDialog.getSaveFileName(self._page, self.tr("Save the faulty rows"), str(beside))
        if target:
            self.save_to(Path(target), content)

    def _show_sending(self, name: str, sent: int, length: int) -> None:
        if self._sending is not None:
            self._page.show_sending(name, sent, length)

    def _not_sent(self, error: Exception) -> None:
        if self._sending is not None:
            return
        self._page.show_nothing()
        if isinstance(error, SendingStopped):
            self._say(self.tr("The file was not sent."), "warn")
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._say(explain_refusal(error) if isinstance(error, (ServerRefused, OSError)) else explain(error), "bad")

    def _say(self, words: str, tone: str) -> None:
        self._page.say(words, tone)
