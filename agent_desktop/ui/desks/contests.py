"""Conflicts in the person's words, and the choice made about them: kept at once, sent with the next round of sync."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_desktop.sync.conflict import Conflict
from agent_desktop.sync.conflicts import Contested
from agent_desktop.sync.decisions import UNFINISHED, Decision, Take
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.attention.conflict_card import Contest, Stage, Third
from agent_desktop.ui.attention.page import AttentionPage
from agent_desktop.ui.attention.row_titles import title_of
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.field_words import TYPED, field_of, own_word, typed_value, value_words, written_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms

FORMS = ("+", "ext:", "short:", "raw:")
"""How whole numbers begin; masked ones are never written back."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A conflict with the name of its row."""

    contested: Contested
    title: str


class Contests(QObject):
    """`changed` when the list is to be read again, `saved` when there is something to be sent."""

    changed = Signal()
    saved = Signal()
    told = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        formats: Formats,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self.formats = formats
        self._names = names
        self._shown: dict[str, Contested] = {}

    def connect_to(self, page: AttentionPage) -> None:
        page.mine_wanted.connect(lambda key: self._decide(key, Take.MINE))
        page.theirs_wanted.connect(lambda key: self._decide(key, Take.THEIRS))
        page.both_wanted.connect(self._keep_both)
        page.third_wanted.connect(self._decide_typed)
        page.third_typed.connect(self._note)
        page.seen_wanted.connect(self._seen)
        page.again_wanted.connect(lambda key: self._with_command(key, self._rooms.desk.send_again))
        page.give_up_wanted.connect(lambda key: self._with_command(key, self._rooms.desk.let_go))

    @property
    def directory(self) -> Directory:
        return self._names()

    def read(self) -> tuple[Titled, ...]:
        """On the store's lane: everything contested, with the names of the rows."""
        rooms = self._rooms
        return tuple(
            Titled(one, title_of(rooms, one.conflict.entity, one.conflict.row_id))
            for one in rooms.conflicts.contested()
        )

    def in_words(self, found: tuple[Titled, ...]) -> tuple[Contest, ...]:
        self._shown = {_key(one.contested.conflict): one.contested for one in found}
        return tuple(self._contest(one) for one in found)

    def _contest(self, titled: Titled) -> Contest:
        contested, conflict = titled.contested, titled.contested.conflict
        stage, own = _stage(contested), self._rooms.agent.id
        return Contest(
            key=_key(conflict),
            title=titled.title,
            field=own_word(field_of(conflict.entity, conflict.field), self._names(), self.formats),
            base=self._words(conflict, conflict.base),
            mine=self._words(conflict, conflict.mine),
            theirs=self._words(conflict, conflict.theirs),
            now=None if conflict.now == conflict.theirs else self._words(conflict, conflict.now),
            mine_by=self._names().person(conflict.author),
            theirs_by=self._names().person(conflict.now_by) if conflict.now_by else "",
            is_own=conflict.author == own,
            at=conflict.at,
            stage=stage,
            third=_third(conflict),
            own_text=self._own_text(contested),
            own_start=self._written(conflict, conflict.mine),
            news=self._news(contested, stage),
        )

    def _words(self, conflict: Conflict, value: Any) -> str:
        return value_words(field_of(conflict.entity, conflict.field), value, self._names(), self.formats)

    def _own_text(self, contested: Contested) -> str:
        decision = contested.decision
        if decision is None or decision.take is not Take.OTHER or contested.conflict.field not in TYPED:
            return ""
        words = self._written(contested.conflict, decision.text)
        return "" if words == NOTHING else words

    def _written(self, conflict: Conflict, value: Any) -> str:
        """To be written on: nothing of it may be hidden, or it would be lost."""
        return written_words(conflict.field, value, self._names(), self.formats)

    def _news(self, contested: Contested, stage: Stage) -> str:
        decision = contested.decision
        if stage is Stage.GONE:
            return self.tr(
                "The server does not offer this for decision any more: you may not see this record now, or it was too "
                "long ago. Send your change again, or give it up."
            )
        if decision is None or (decision.trouble == UNFINISHED and stage is not Stage.OVER):
            return ""
        if decision.trouble is None:
            return self._waiting(contested, decision)
        match decision.trouble:
            case "row_moved":
                return self.tr(
                    "It was changed again while you decided. Look at what stands there now and decide once more; what "
                    "you wrote is kept."
                )
            case "not_allowed":
                return self.tr("You may not write this field. Keep theirs, or ask your team lead to decide.")
            case "not_possible":
                return self.tr("This text does not fit the field any more. Choose another, or keep theirs.")
            case "not_found":
                return self.tr("The server does not find this any more. What you wrote is kept here.")
            case _:
                words = self.tr("Somebody else has decided meanwhile. What you had written was: {text}")
                return words.format(text=self._words(contested.conflict, decision.text))

    def _waiting(self, contested: Contested, decision: Decision) -> str:
        match decision.take:
            case Take.MINE:
                chosen = self.tr("Mine is to stand.")
            case Take.THEIRS:
                chosen = self.tr("Theirs is to stand.")
            case Take.OTHER:
                words = self._words(contested.conflict, decision.text)
                chosen = self.tr("This is to stand: {text}").format(text=words)
        words = self.tr("{chosen} It is kept here and sent as soon as the server answers; you can still change it.")
        return words.format(chosen=chosen)

    # ---- the choice ---------------------------------------------------------------------------------------

    def _decide(self, key: str, take: Take, value: Any = None) -> None:
        contested = self._shown.get(key)
        if contested is None:
            return
        conflicts, conflict = self._rooms.conflicts, contested.conflict
        self._do(lambda: conflicts.decide(conflict, take, value))

    def _decide_typed(self, key: str, text: str) -> None:
        if key in self._shown:
            self._decide(key, Take.OTHER, typed_value(self._shown[key].conflict.field, text))

    def _keep_both(self, key: str) -> None:
        contested = self._shown.get(key)
        if contested is not None:
            both = list(dict.fromkeys([*contested.conflict.now, *contested.conflict.mine]))
            self._decide(key, Take.OTHER, both)

    def _note(self, key: str, text: str) -> None:
        """Every word of a third text is on the disk while it is written."""
        contested = self._shown.get(key)
        if contested is None:
            return
        conflicts, conflict = self._rooms.conflicts, contested.conflict
        value = typed_value(conflict.field, text)
        self._background.store.do(
            lambda: conflicts.note(conflict, value), failed=self._failed, replaces=f"third {conflict.op_id}"
        )

    def _seen(self, key: str) -> None:
        contested = self._shown.get(key)
        if contested is not None:
            conflicts, conflict = self._rooms.conflicts, contested.conflict
            self._do(lambda: conflicts.let_go(conflict))

    def _with_command(self, key: str, deed: Callable[[Any], None]) -> None:
        contested = self._shown.get(key)
        if contested is not None:
            op_id = contested.conflict.op_id
            self._do(lambda: deed(op_id))

    def _do(self, deed: Callable[[], None]) -> None:
        self._background.store.do(deed, lambda _: self._done(), self._failed)

    def _done(self) -> None:
        self.changed.emit()
        self.saved.emit()

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _key(conflict: Conflict) -> str:
    return f"{conflict.op_id}:{conflict.field}"


def _stage(contested: Contested) -> Stage:
    decision = contested.decision
    if contested.is_over:
        return Stage.OVER
    if contested.is_gone or (decision is not None and decision.trouble == "not_found"):
        return Stage.GONE
    return Stage.OPEN if contested.is_open else Stage.WAITING


def _third(conflict: Conflict) -> Third:
    if conflict.field in TYPED:
        return Third.TYPED
    values = [conflict.now, conflict.mine]
    if conflict.field == "phones" and all(isinstance(value, list) for value in values):
        are_whole = all(str(number).startswith(FORMS) for value in values for number in value)
        return Third.BOTH if are_whole else Third.NOTHING
    return Third.NOTHING
