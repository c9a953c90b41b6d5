"""A list at work: ordered and read by the window in the library's lane, read anew when rows come while it is shown."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.lists import Group, NounList, Ordering, Query, SavedViews, TeamViews
from agent_desktop.ui.background import Background
from agent_desktop.ui.learning import Learning
from agent_desktop.ui.lists.columns import Head, Line
from agent_desktop.ui.lists.kinds import ListKind
from agent_desktop.ui.lists.model import WINDOW
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.lists.view_bar import KeptView
from agent_desktop.ui.messages.trouble import explain

T = TypeVar("T")
AGAIN_AFTER_MS = 1_000
"""Rows come by hundreds; a list that is shown is ordered anew so often at most."""


class ListDesk(QObject, Generic[T]):
    """`opened` with the key of a line, `deed_wanted(deed, places)` for rows that are chosen. The page is given once it
    is first shown, `page_made` with it then."""

    opened = Signal(str)
    page_made = Signal(object)
    deed_wanted = Signal(str, object)
    told = Signal(str)
    saved = Signal()
    """Something waits to be sent."""

    def __init__(
        self,
        background: Background,
        nouns: NounList[T],
        saved: SavedViews,
        kind: ListKind[T],
        parent: QObject,
        team: TeamViews | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._nouns = nouns
        self._saved = saved
        self._team = team
        self.kind = kind
        self._page: ListPage | None = None
        self._is_shown = False
        self._shown: Query | None = None
        self._begun: Query | None = None
        self._sought: int | None = None
        self.learning = Learning(background, nouns.learn, self)
        self.learning.over.connect(self._read)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_AFTER_MS)
        self._again.timeout.connect(self.learning.begin)

    def turn_to(self, page: ListPage | None) -> None:
        """`page` is on the screen now; None when another one is."""
        self._is_shown = page is not None
        if page is None:
            return
        if self._page is None:
            self._page = page
            self._connect(page)
            self.page_made.emit(page)
            page.views.offer_team(leads=self._team is not None and self._team.may_keep)
        self.read_views()
        page.search.setFocus()
        self._read()
        self.learning.begin()

    def rows_changed(self) -> None:
        if self._is_shown and not self._again.isActive():
            self._again.start()

    def _connect(self, page: ListPage) -> None:
        page.asked.connect(self._read)
        page.opened.connect(self.opened)
        page.deed_wanted.connect(self._do)
        page.table.typed.connect(self._find)
        page.views.keep_wanted.connect(self._keep)
        page.views.drop_wanted.connect(self._drop)
        page.table.lines.window_wanted.connect(self._read_window)

    def _read(self) -> None:
        page = self._page
        if page is None or not self._is_shown:
            return
        query = page.query
        if query == self._shown or query.group:
            self._read_all(query)
            return
        self._background.library.do(
            lambda: self._first(query),
            lambda read: self._show_first(query, *read),
            self._failed,
            replaces=f"first-{self.kind.name}",
        )

    def _read_all(self, query: Query) -> None:
        self._background.library.do(
            lambda: self._ordered(query),
            lambda read: self._show(query, *read),
            self._failed,
            replaces=f"order-{self.kind.name}",
        )

    def _first(self, query: Query) -> tuple[Sequence[int], dict[int, Line]]:
        """What one sees of another order, before all of it is known."""
        places = self._nouns.first(query, WINDOW)
        return places, self._lines(places)

    def _show_first(self, query: Query, places: Sequence[int], lines: dict[int, Line]) -> None:
        page = self._page
        if page is None or query != page.query:
            return
        if places:
            page.show_order(places, (), (), is_whole=False, is_again=query in (self._begun, self._shown))
            page.table.lines.put_window(0, places, lines)
            self._begun = query
        self._read_all(query)

    def _ordered(self, query: Query) -> tuple[Ordering, tuple[Line, ...]]:
        ordering = self._nouns.order(query)
        return ordering, tuple(map(self.kind.line, self._nouns.unsent(ordering)))

    def _show(self, query: Query, ordering: Ordering, unsent: tuple[Line, ...]) -> None:
        page, begun = self._page, self._begun
        if page is None or query != page.query:
            return
        is_again, self._shown, self._begun = query in (begun, self._shown), query, None
        if begun == query and not unsent and page.table.lines.show_rest(ordering.places):
            page.say_count(len(ordering.places), is_whole=ordering.is_whole)
        else:
            heads = tuple(self._head(query.group, group) for group in ordering.groups)
            page.show_order(ordering.places, unsent, heads, is_whole=ordering.is_whole, is_again=is_again)
        self._go_to_sought(page)
        self._sought = None

    def _head(self, column: str, group: Group) -> Head:
        return Head(self.kind.group_title(column, group.key), group.count)

    def _lines(self, places: Sequence[int]) -> dict[int, Line]:
        return {place: self.kind.line(item) for place, item in self._nouns.items(places).items()}

    def _read_window(self, number: int, places: list[int]) -> None:
        def put(lines: dict[int, Line]) -> None:
            if self._page is not None:
                self._page.table.lines.put_window(number, places, lines)

        self._background.library.do(lambda: self._lines(places), put, self._failed)

    def _find(self, typed: str) -> None:
        """To the first row that begins so in the column that is always there."""
        page = self._page
        column = next((one.sort for one in self.kind.columns if one.is_fixed), "")
        if page is None or not column:
            return

        def go(place: int | None) -> None:
            self._sought = place
            self._go_to_sought(page)

        query = page.query
        self._background.library.do(
            lambda: self._nouns.beginning(query, column, typed), go, self._failed, replaces=f"find-{self.kind.name}"
        )

    def _go_to_sought(self, page: ListPage) -> None:
        """At once, or with the rest of the rows when only the first of them are there yet."""
        row = None if self._sought is None else page.table.lines.row_with(self._sought)
        if row is not None:
            self._sought = None
            page.table.choose(row)

    def _do(self, deed: str) -> None:
        if self._page is not None:
            self.deed_wanted.emit(deed, self._page.chosen)

    def read_views(self, chosen: str = "") -> None:
        """One's own, and those of the team."""
        if self._page is not None:
            self._background.store.do(self._kept, lambda kept: self._views(kept, chosen), self._failed)

    def _kept(self) -> tuple[KeptView, ...]:
        own = tuple(map(KeptView, self._saved.of(self.kind.name)))
        team = () if self._team is None else self._team.of(self.kind.name)
        return (*own, *(KeptView(one.view, one.id) for one in team))

    def _views(self, kept: tuple[KeptView, ...], chosen: str) -> None:
        if self._page is not None:
            self._page.views.show_views(kept, chosen)

    def _keep(self, name: str, for_team: bool) -> None:
        page, team = self._page, self._team
        if page is None:
            return
        view, kind = page.view(name), self.kind.name
        is_team = for_team and team is not None
        self._background.store.do(
            lambda: team.keep(kind, view) if is_team and team else self._saved.keep(kind, view),
            lambda _: self._kept_anew(name, is_team=is_team),
            self._not_kept,
        )

    def _drop(self, kept: KeptView) -> None:
        kind, team = self.kind.name, self._team
        is_team = bool(kept.team_view) and team is not None
        self._background.store.do(
            lambda: team.drop(kept.team_view) if is_team and team else self._saved.drop(kind, kept.view.name),
            lambda _: self._kept_anew("", is_team=is_team),
            self._not_kept,
        )

    def _kept_anew(self, name: str, *, is_team: bool) -> None:
        self.read_views(name)
        if is_team:
            self.saved.emit()

    def _failed(self, error: Exception) -> None:
        if self._page is not None:
            self._page.show_trouble(explain(error))

    def _not_kept(self, error: Exception) -> None:
        self.told.emit(explain(error))


AnyListDesk = ListDesk[Any]
