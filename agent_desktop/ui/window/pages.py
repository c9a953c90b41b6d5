"""The pages of the window, one of them shown. Those seldom looked at are built when they are first asked for, with
their modules: they would cost every start-up. Each goes by the name that it has in Page."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.window.rail import Page

if TYPE_CHECKING:
    from agent_desktop.ui.announcements.page import AnnouncementsPage
    from agent_desktop.ui.announcements.writing_page import AnnouncePage
    from agent_desktop.ui.articles.page import ArticlesPage
    from agent_desktop.ui.attention.page import AttentionPage
    from agent_desktop.ui.care.figures_page import FiguresPage
    from agent_desktop.ui.company_rules.page import CompanyRulesPage
    from agent_desktop.ui.customer.duplicates_page import DuplicatesPage
    from agent_desktop.ui.diagnostics.health_page import HealthPage
    from agent_desktop.ui.forms.editor_page import FormsPage
    from agent_desktop.ui.history.page import HistoryPage
    from agent_desktop.ui.imports.page import ImportPage
    from agent_desktop.ui.knowledge.gaps_page import GapsPage
    from agent_desktop.ui.lists.kinds import ListKind
    from agent_desktop.ui.lists.page import ListPage
    from agent_desktop.ui.macros.page import MacrosPage
    from agent_desktop.ui.privacy.page import PrivacyPage
    from agent_desktop.ui.settings.page import SettingsPage
    from agent_desktop.ui.signals.page import SignalRulesPage
    from agent_desktop.ui.supervisor.agents_page import AgentsPage
    from agent_desktop.ui.supervisor.breaks_page import BreaksPage
    from agent_desktop.ui.supervisor.messages_page import MessagesPage
    from agent_desktop.ui.supervisor.recordings_page import RecordingsPage
    from agent_desktop.ui.supervisor.reports_page import ReportsPage
    from agent_desktop.ui.synonyms.page import SynonymsPage
    from agent_desktop.ui.teaching.page import TeachingPage
    from agent_desktop.ui.training.page import TrainingPage
    from agent_desktop.ui.wallboard.page import WallboardPage
    from agent_desktop.ui.window.notices import NoticesPage

PageT = TypeVar("PageT", bound=QWidget)


class Pages(QStackedWidget):
    settings_made = Signal(object)
    """The SettingsPage: who knows the settings fills it."""

    def __init__(self, look: Look, formats: Formats, workspace: QWidget) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._kinds: dict[Page, ListKind[Any]] = {}
        self.lists: dict[Page, ListPage] = {}
        self.workspace = self._built(workspace)
        self.shown = Page.WORKSPACE

    def offer_list(self, page: Page, kind: "ListKind[Any]") -> None:
        """What stands on that page."""
        self._kinds[page] = kind

    def turn_to(self, page: Page) -> None:
        shown: QWidget = self._list(page) if page in self._kinds else getattr(self, page)
        self.setCurrentWidget(shown)
        self.shown = page

    def send(self) -> bool:
        """What is written on the page that is shown; False where that is for others to say."""
        send: Callable[[], object] | None = getattr(self.currentWidget(), "send", None)
        if send is not None:
            send()
        return send is not None

    def keep(self) -> bool:
        """The draft on the page that is shown; False where that is for others to say."""
        keep: Callable[[], object] | None = getattr(self.currentWidget(), "keep", None)
        if keep is not None:
            keep()
        return keep is not None

    def _list(self, page: Page) -> "ListPage":
        if page not in self.lists:
            from agent_desktop.ui.lists.page import ListPage

            self.lists[page] = self._built(ListPage(self._look, self._kinds[page]))
        return self.lists[page]

    def _built(self, page: PageT) -> PageT:
        self.addWidget(page)
        return page

    @cached_property
    def attention(self) -> "AttentionPage":
        from agent_desktop.ui.attention.page import AttentionPage

        return self._built(AttentionPage(self._look, self._formats))

    @cached_property
    def notices(self) -> "NoticesPage":
        from agent_desktop.ui.window.notices import NoticesPage

        return self._built(NoticesPage(self._look, self._formats))

    @cached_property
    def history(self) -> "HistoryPage":
        from agent_desktop.ui.history.page import HistoryPage

        return self._built(HistoryPage(self._look))

    @cached_property
    def settings(self) -> "SettingsPage":
        from agent_desktop.ui.settings.page import SettingsPage

        page = self._built(SettingsPage(self._look))
        self.settings_made.emit(page)
        return page

    @cached_property
    def signals(self) -> "SignalRulesPage":
        from agent_desktop.ui.signals.page import SignalRulesPage

        return self._built(SignalRulesPage(self._look))

    @cached_property
    def forms(self) -> "FormsPage":
        from agent_desktop.ui.forms.editor_page import FormsPage

        return self._built(FormsPage(self._look, self._formats.language))

    @cached_property
    def rules(self) -> "CompanyRulesPage":
        from agent_desktop.ui.company_rules.page import CompanyRulesPage

        return self._built(CompanyRulesPage(self._look))

    @cached_property
    def articles(self) -> "ArticlesPage":
        from agent_desktop.ui.articles.page import ArticlesPage

        return self._built(ArticlesPage(self._look, self._formats))

    @cached_property
    def synonyms(self) -> "SynonymsPage":
        from agent_desktop.ui.synonyms.page import SynonymsPage

        return self._built(SynonymsPage(self._look))

    @cached_property
    def macros(self) -> "MacrosPage":
        from agent_desktop.ui.macros.page import MacrosPage

        return self._built(MacrosPage(self._look))

    @cached_property
    def imports(self) -> "ImportPage":
        from agent_desktop.ui.imports.page import ImportPage

        return self._built(ImportPage(self._look, self._formats))

    @cached_property
    def duplicates(self) -> "DuplicatesPage":
        from agent_desktop.ui.customer.duplicates_page import DuplicatesPage

        return self._built(DuplicatesPage(self._look, self._formats))

    @cached_property
    def privacy(self) -> "PrivacyPage":
        from agent_desktop.ui.privacy.page import PrivacyPage

        return self._built(PrivacyPage(self._look, self._formats))

    @cached_property
    def teaching(self) -> "TeachingPage":
        from agent_desktop.ui.teaching.page import TeachingPage

        return self._built(TeachingPage(self._look, self._formats))

    @cached_property
    def announcements(self) -> "AnnouncementsPage":
        from agent_desktop.ui.announcements.page import AnnouncementsPage

        return self._built(AnnouncementsPage(self._look))

    @cached_property
    def training(self) -> "TrainingPage":
        from agent_desktop.ui.training.page import TrainingPage

        return self._built(TrainingPage(self._look, self._formats))

    @cached_property
    def gaps(self) -> "GapsPage":
        from agent_desktop.ui.knowledge.gaps_page import GapsPage

        return self._built(GapsPage(self._look, self._formats))

    @cached_property
    def own_figures(self) -> "FiguresPage":
        from agent_desktop.ui.care.figures_page import FiguresPage

        return self._built(FiguresPage(self._look))

    @cached_property
    def agents(self) -> "AgentsPage":
        from agent_desktop.ui.supervisor.agents_page import AgentsPage

        return self._built(AgentsPage(self._look, self._formats))

    @cached_property
    def wallboard(self) -> "WallboardPage":
        from agent_desktop.ui.wallboard.page import WallboardPage

        return self._built(WallboardPage(self._look, self._formats))

    @cached_property
    def breaks(self) -> "BreaksPage":
        from agent_desktop.ui.supervisor.breaks_page import BreaksPage

        return self._built(BreaksPage(self._look))

    @cached_property
    def messages(self) -> "MessagesPage":
        from agent_desktop.ui.supervisor.messages_page import MessagesPage

        return self._built(MessagesPage(self._look, self._formats))

    @cached_property
    def recordings(self) -> "RecordingsPage":
        from agent_desktop.ui.supervisor.recordings_page import RecordingsPage

        return self._built(RecordingsPage(self._look, self._formats))

    @cached_property
    def reports(self) -> "ReportsPage":
        from agent_desktop.ui.supervisor.reports_page import ReportsPage

        return self._built(ReportsPage(self._look, self._formats))

    @cached_property
    def announce(self) -> "AnnouncePage":
        from agent_desktop.ui.announcements.writing_page import AnnouncePage

        return self._built(AnnouncePage(self._look, self._formats))

    @cached_property
    def health(self) -> "HealthPage":
        from agent_desktop.ui.diagnostics.health_page import HealthPage

        return self._built(HealthPage(self._look, self._formats))
