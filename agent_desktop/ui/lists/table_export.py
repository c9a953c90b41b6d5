"""A table that is made already on its way into a file: questions, results."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from agent_desktop.exports.job import ExportJob, Form, Rows
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.lists.file_export import Exporter, FileExport


class TableExport(FileExport):
    """With `is_read_again` a CSV file has nothing below its rows that is none."""

    def __init__(
        self,
        background: Background,
        look: Look,
        subject: str,
        exporter: Exporter,
        parent: QWidget,
        back: Callable[[], None],
        *,
        is_read_again: bool = False,
    ) -> None:
        super().__init__(background, look, subject, exporter, parent)
        self._back, self._is_read_again = back, is_read_again
        self._name, self._what = "", ""
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def offer(self, name: str, what: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """`name` is the file's, `what` says in words which part of all of them this is."""
        self._name, self._what, self._heads, self._rows = name, what, tuple(heads), tuple(rows)
        self.open()

    @property
    def _title(self) -> str:
        return self._name

    def _wished(self) -> tuple[int, str]:
        return len(self._rows), self._what

    def _closed(self) -> None:
        self._back()

    def _begun(self, path: Path, form: Form) -> ExportJob:
        about = self._about(len(self._rows))
        if self._is_read_again and form is not Form.XLSX:
            about = replace(about, lines=())
        return ExportJob(path, form, Rows(self._heads, self._rows, ()), about, lambda _: [])
