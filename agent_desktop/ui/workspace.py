"""One agent's window at work: the panes wired to the rooms, each matter by its own desk, and what ties them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.edits import CustomerDraft
from agent_desktop.session import Seat
from agent_desktop.softphone.events import Event
from agent_desktop.sync.events import DeviceStopped, PersonErased, ScopeChanged, SightChanged, SignInExpired, SyncStatus
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.company import Company, read_company
from agent_desktop.ui.desks.abuse import AbuseDesk
from agent_desktop.ui.desks.agent_board import AgentBoardDesk
from agent_desktop.ui.desks.alerts import AlertsDesk
from agent_desktop.ui.desks.announcements import AnnouncementsDesk
from agent_desktop.ui.desks.announcing import AnnouncingDesk
from agent_desktop.ui.desks.article_files import ArticleFilesDesk
from agent_desktop.ui.desks.articles import ArticlesDesk
from agent_desktop.ui.desks.ask import AskDesk
from agent_desktop.ui.desks.attachments import AttachmentDesk
from agent_desktop.ui.desks.breaks import BreaksDesk
from agent_desktop.ui.desks.bringing import BringingDesk
from agent_desktop.ui.desks.calls import CallDesk
from agent_desktop.ui.desks.clocks import ClockDesk
from agent_desktop.ui.desks.company_rules import CompanyRulesDesk
from agent_desktop.ui.desks.complaints import ComplaintDesk
from agent_desktop.ui.desks.consent import ConsentDesk
from agent_desktop.ui.desks.contests import Contests
from agent_desktop.ui.desks.copying import CopyDesk
from agent_desktop.ui.desks.customers import CustomerDesk
from agent_desktop.ui.desks.diagnostics import DiagnosticsDesk
from agent_desktop.ui.desks.dialling import Dialling
from agent_desktop.ui.desks.duplicates import DuplicatesDesk
from agent_desktop.ui.desks.editing import Editing
from agent_desktop.ui.desks.feedback import FeedbackDesk
from agent_desktop.ui.desks.follow_ups.work import FollowUpWork
from agent_desktop.ui.desks.forms import FormsDesk
from agent_desktop.ui.desks.gaps import GapsDesk
from agent_desktop.ui.desks.guides import GuideDesk
from agent_desktop.ui.desks.health import HealthDesk
from agent_desktop.ui.desks.help_calls import HelpDesk
from agent_desktop.ui.desks.history import HistoryDesk
from agent_desktop.ui.desks.identity import IdentityDesk
from agent_desktop.ui.desks.imports import ImportDesk
from agent_desktop.ui.desks.inserting import Inserting
from agent_desktop.ui.desks.line import LineDesk
from agent_desktop.ui.desks.listening import ListeningDesk
from agent_desktop.ui.desks.lists import ListDesks
from agent_desktop.ui.desks.looking_up import LookingUp
from agent_desktop.ui.desks.macro_use import MacroDesk
from agent_desktop.ui.desks.macros import MacrosDesk
from agent_desktop.ui.desks.marking import MarkingDesk
from agent_desktop.ui.desks.merging import MergeDesk
from agent_desktop.ui.desks.messages import MessagesDesk
from agent_desktop.ui.desks.messaging import MessagingDesk
from agent_desktop.ui.desks.monitoring import MonitoringDesk
from agent_desktop.ui.desks.new_version import NewVersionDesk
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.desks.on_screen import OnScreen
from agent_desktop.ui.desks.orders import OrdersDesk
from agent_desktop.ui.desks.own_fields import OwnFieldsDesk
from agent_desktop.ui.desks.own_figures import OwnFiguresDesk
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.desks.printing import PrintDesk
from agent_desktop.ui.desks.privacy import PrivacyDesk
from agent_desktop.ui.desks.recorded_calls import RecordedCallsDesk
from agent_desktop.ui.desks.refusals import Refusals
from agent_desktop.ui.desks.relations import RelationDesk
from agent_desktop.ui.desks.report_mails import ReportMailsDesk
from agent_desktop.ui.desks.reports import ReportsDesk
from agent_desktop.ui.desks.script import ScriptDesk
from agent_desktop.ui.desks.shift import ShiftDesk
from agent_desktop.ui.desks.shift_plans import ShiftPlansDesk
from agent_desktop.ui.desks.signal_rules import SignalRulesDesk
from agent_desktop.ui.desks.signals import SignalDesk
from agent_desktop.ui.desks.speed_dial import SpeedDialDesk
from agent_desktop.ui.desks.standing import StandingDesk
from agent_desktop.ui.desks.sync import SyncDesk
from agent_desktop.ui.desks.synonyms import SynonymsDesk
from agent_desktop.ui.desks.teaching import NewcomersDesk, QuestionsDesk, TrainingInHands
from agent_desktop.ui.desks.team_breaks import TeamBreaksDesk
from agent_desktop.ui.desks.ticket_news import TicketNews
from agent_desktop.ui.desks.ticket_page import TicketPageDesk
from agent_desktop.ui.desks.today import Today
from agent_desktop.ui.desks.training import TrainingDesk
from agent_desktop.ui.desks.updates import UpdateDesk
from agent_desktop.ui.desks.wallboard import WallboardDesk
from agent_desktop.ui.desks.wrapping_up import WrappingUp
from agent_desktop.ui.desks.writing import Writing
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.privacy import explain_erased
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.left_list import CallLine
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.right_panel import KNOWLEDGE
from agent_desktop.wrap_up import WrapUpDraft
from agent_model.agent import AgentState
from agent_model.customer import SegmentId
from agent_model.scope import ORG

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle

AT_WORK = (AgentState.READY, AgentState.ON_CALL, AgentState.AFTER_CALL_WORK)

EVERYTHING = ScopeChanged(ORG, frozenset(), frozenset())


class Workspace(QObject):
    """Made once per window, after sign-in. `sign_in_wanted` when the server asks for the password again."""

    sign_in_wanted = Signal()
    sign_off_wanted = Signal()
    quiet_wanted = Signal(bool)
    """Whether calls that come in are to be turned away."""
    start_again_wanted = Signal()
    """A version that is ready is to begin."""
    policy_read = Signal(object)
    """The DeskPolicy of the site."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        in_step: InStep,
        formats: Formats,
    ) -> None:
        super().__init__(window)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._in_step = in_step
        self._formats = formats
        self._directory = Directory()
        self._segments: dict[str, str] = {}
        self._waiting: dict[QObject, int] = {}
        self.items = items = OpenItems()
        ground = Ground(rooms, background, window, self._names, formats)
        strip, right = window.strip, window.right
        self.notices = NoticeBoard(window, rooms.clock, lambda: any(item.is_in_call for item in items), self)
        self.new_version = NewVersionDesk(rooms.is_replaced, self._is_at_a_call, self.notices, self)
        self.shift = ShiftDesk(rooms, background, self.notices, self)
        self.health = HealthDesk(ground, self)
        self.diagnostics = DiagnosticsDesk(background, window.open_report, self._report, self)
        window.report_wanted.connect(self.diagnostics.open)
        self.health.report_wanted.connect(self.diagnostics.open)
        self.line = LineDesk(rooms, window, self.notices, self)
        self.help_calls = HelpDesk(rooms, window, in_step, self.notices, self._names, self)
        self.alerts = AlertsDesk(rooms, background, window, in_step, self.notices, self._names, formats, self)
        self.orders = OrdersDesk(rooms, window, in_step, self.notices, self._names, self)
        self.messages = MessagesDesk(
            rooms, background, window, in_step, self.notices, self._names, formats,
            lambda: any(item.is_in_call for item in items), self,
        )  # fmt: skip
        self.standing = StandingDesk(window.top_bar, in_step, self.notices, rooms.agent.id, self)
        self.breaks = BreaksDesk(rooms, window.top_bar, in_step, self.notices, formats, self)
        self.team_breaks = TeamBreaksDesk(ground, in_step, self.notices, lambda: self.breaks.shown, self)
        self.calls = CallDesk(rooms, background, items, strip, formats, self._names, self)
        self.customers = CustomerDesk(rooms, background, items, window.customer, self._segment, self)
        self.copying = CopyDesk(rooms, background, window, self)
        self.dialling = Dialling(rooms.plan, window, self.calls.dial, self.copying.copy, self)
        self.writing = Writing(rooms, background, right.form, formats, lambda: items.current, self)
        self.wrapping = WrappingUp(rooms, background, right, items, self.calls.after, self.writing, formats, self)
        self.complaints = ComplaintDesk(rooms, background, window, self._names, formats, self)
        self.clocks = ClockDesk(rooms, background, right.form, lambda: items.current, self)
        self.looking_up = LookingUp(
            rooms, background, right.knowledge, window.top_bar, formats, self._show_knowledge, self
        )
        self.inserting = Inserting(window, self)
        self.today = Today(rooms, background, window, items, self._names, self)
        self.speed_dial = SpeedDialDesk(rooms, background, window.left.speed_dial, strip, self)
        self.contests = Contests(rooms, background, formats, self._names, self)
        self.refusals = Refusals(rooms, background, window, self.contests, self)
        self.signals = SignalDesk(rooms, background, items, window.customer, self._names, formats, self)
        self.script = ScriptDesk(rooms, items, self.calls.lines, formats, right.script, self)
        self.abuse = AbuseDesk(
            rooms, background, items, self.calls.lines, formats, right.script.abuse,
            strip.wishes.hang_up_wanted.emit, self,
        )  # fmt: skip
        self.identity = IdentityDesk(rooms, background, items, window.customer, formats, self)
        self.signal_rules = SignalRulesDesk(ground, self)
        self.consents = ConsentDesk(rooms, background, items, window.customer, self)
        self.questions = QuestionsDesk(ground, lambda: self.list_desks.exporter, self)
        self.newcomers = NewcomersDesk(ground, self)
        self.teaching = TrainingInHands(ground, lambda: self.list_desks.exporter, self)
        self.macro_pages = MacrosDesk(ground, lambda *of: self.macros.tried(*of), self)
        self.articles = ArticlesDesk(ground, self)
        self.article_files = ArticleFilesDesk(rooms, background, self)
        right.knowledge.article.reader_made.connect(self.article_files.look_after)
        self.articles.page_made.connect(self.article_files.wire)
        self.bringing = BringingDesk(rooms, background, formats, self)
        self.articles.page_made.connect(self.bringing.wire)
        self.bringing.brought.connect(self.articles.read_again)
        self.synonyms = SynonymsDesk(ground, self)
        self.forms = FormsDesk(ground, self)
        self.own_fields = OwnFieldsDesk(rooms, background, window.customer, self._names, self)
        self.company_rules = CompanyRulesDesk(ground, self)
        self.imports = ImportDesk(ground, self)
        self.duplicates = DuplicatesDesk(ground, self)
        self.privacy = PrivacyDesk(ground, self)
        self.announcements = AnnouncementsDesk(ground, self)
        self.agent_board = AgentBoardDesk(ground, self)
        self.monitoring = MonitoringDesk(rooms, background, self.calls, self.notices, self._names, self)
        self.agent_board.page_made.connect(self.monitoring.wire)
        self.shift_plans = ShiftPlansDesk(ground, self)
        self.agent_board.page_made.connect(self.shift_plans.wire)
        self.messaging = MessagingDesk(ground, in_step, self)
        self.agent_board.page_made.connect(self.messaging.wire)
        self.own_figures = OwnFiguresDesk(ground, self)
        self.feedback = FeedbackDesk(rooms, background, window, items, formats, self.notices, self._names, self)
        self.gaps = GapsDesk(ground, self)
        self.announcing = AnnouncingDesk(ground, self)
        self.wallboard = WallboardDesk(ground, self)
        self.editing = Editing(rooms, background, window.customer, self)
        self.merging = MergeDesk(rooms, background, items, self.customers, window.customer, self._names, self)
        self.relations = RelationDesk(rooms, background, window.customer, self)
        self.ticket_news = TicketNews(rooms, background, self.notices, self._names, self)
        self.ticket_page = TicketPageDesk(rooms, background, window, self._names, self)
        self.asking = AskDesk(rooms, background, items, window.customer, self)
        self.macros = MacroDesk(
            rooms,
            background,
            window,
            items,
            self.identity,
            self.calls.lines,
            formats,
            lambda: self.ticket_page.sheet,
            self,
        )
        self.ticket_page.page_made.connect(self.macros.wire)
        self.ticket_page.page_made.connect(self.inserting.wire)
        self.attachments = AttachmentDesk(rooms, background, in_step, self)
        self.ticket_page.page_made.connect(self.attachments.wire)
        self.listening = ListeningDesk(rooms, background, window.customer, self._names, self)
        self.ticket_page.page_made.connect(self.listening.wire)
        self.marking = MarkingDesk(ground, self.listening, self)
        self.recorded_calls = RecordedCallsDesk(ground, self.listening, self.marking, self)
        self.reports = ReportsDesk(ground, lambda: self.breaks.shown, self)
        self.report_mails = ReportMailsDesk(ground, self)
        self.reports.page_made.connect(self.report_mails.wire)
        self.printing = PrintDesk(rooms, background, formats, self)
        self.ticket_page.page_made.connect(self.printing.wire)
        self.attachments.attached.connect(self.ticket_page.read_again)
        self.history = HistoryDesk(ground, self)
        self.training = TrainingDesk(ground, lambda: any(item.is_answered for item in items), self.listening, self)
        self.training.reader_made.connect(self.article_files.look_after)
        self.list_desks = ListDesks(rooms, background, window, in_step, formats, self._names, self)
        self.lists = self.list_desks.of
        self.guides = GuideDesk(rooms, background, window, items, self._names, formats, self)
        self.on_screen = OnScreen(
            rooms, window, items, self.calls, self.customers, self.writing, self.wrapping, self.looking_up, self.today,
            self.notices, self.guides, self,
        )  # fmt: skip
        self.follow_ups = FollowUpWork(
            rooms, background, window, items, self.calls, self.on_screen.hands, formats, self._names,
            lambda: self.ticket_page.shown, self,
        )  # fmt: skip
        self.sync = SyncDesk(
            rooms, window, in_step, items, self.customers, self.writing, self.looking_up, self.refusals,
            self.notices, lambda: self.line.is_up, self,
        )  # fmt: skip
        self.updates = UpdateDesk(
            rooms, background, window, self.notices, self.on_screen.hands, self._is_at_a_call, self
        )
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(lambda: self.calls.tick(rooms.clock()))
        self._second.timeout.connect(lambda: self.follow_ups.desk.tick(rooms.clock()))
        self._second.timeout.connect(self.feedback.tick)
        self._second.timeout.connect(self.own_figures.tick)
        self._second.timeout.connect(self.new_version.tick)
        self._second.timeout.connect(self.updates.tick)
        self._second.timeout.connect(self.messages.tick)
        self._second.timeout.connect(lambda: self.breaks.tick(rooms.clock()))
        self._second.timeout.connect(lambda: self.team_breaks.tick(rooms.clock()))
        self._connect()

    def begin(self) -> None:
        """Reads the company, shows the seat, and takes up whatever was left from before."""
        self._window.top_bar.show_seat(self._rooms.session.seat, self._rooms.clock())
        self.today.show_open()
        self.today.read()
        self.speed_dial.begin()
        self.articles.remind()
        self.writing.turn_to(None)
        self.guides.turn()
        self._background.store.do(self._rooms.drafts.all, self.on_screen.open_unfinished, self._trouble)
        self._background.store.do(self._rooms.wrap_ups.all, self.on_screen.open_unwrapped, self._trouble)
        self._background.store.do(self._rooms.guide_runs.all, self.on_screen.open_guided, self._trouble)
        self._background.store.do(self._rooms.edits.all, self._begun, self._trouble)
        self._read_company()
        self.announcements.begin()
        self.follow_ups.read()
        self.complaints.begin()
        self.training.begin()
        self.own_figures.begin()
        self.feedback.begin()
        self.gaps.begin()
        self.looking_up.learning.begin()
        self.looking_up.begin()
        self.shift.begin()
        self.updates.begin()
        self._second.start()

    def hear_phone(self, event: Event) -> None:
        for told in self._rooms.phone.apply(event):
            self.line.hear(told)
            self.health.hear(told)
            self.calls.hear(told)
            self.listening.hear_phone(told)

    def stop(self) -> None:
        """Before the window goes: nothing typed stays behind."""
        self._second.stop()
        self.announcements.stop()
        self.agent_board.stop()
        self.messaging.save_now()
        self.announcing.save_now()
        self.report_mails.save_now()
        self.marking.save_now()
        self.writing.save_now()
        self.wrapping.save_now()
        self.guides.save_now()
        self.looking_up.keep_now()
        self.editing.save_now()
        self.relations.save_now()
        self.ticket_page.save_now()
        self.complaints.save_now()
        self.article_files.end()
        self.listening.end()
        self.signal_rules.save_now()
        self.macro_pages.save_now()
        self.synonyms.save_now()
        self.articles.save_now()
        self.questions.save_now()
        self.list_desks.end()
        self.forms.save_now()
        self.training.save_now()
        self.company_rules.save_now()
        self.follow_ups.making.save_now()
        self.feedback.save_now()
        self.gaps.save_now()

    # ---- wiring -------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        window, session = self._window, self._rooms.session
        state = window.top_bar.state
        state.ready_wanted.connect(session.ready)
        state.ready_wanted.connect(self.announcements.asked_for_ready)
        state.work_wanted.connect(session.work_wanted)
        state.sign_off_wanted.connect(self.sign_off_wanted)
        self.updates.start_again_wanted.connect(self.start_again_wanted)
        window.strip.wishes.quiet_wanted.connect(self.quiet_wanted)
        self.sync.sign_in_wanted.connect(self.sign_in_wanted)
        self.sync.sign_in_wanted.connect(window.customer.hide_revealed)
        self._in_step.status_changed.connect(self._hear_status)
        self.sync.company_changed.connect(self._read_company)
        self._in_step.scope_changed.connect(self.clocks.rows_changed)
        self._in_step.sight_changed.connect(self._sight_changed)
        self._in_step.scope_changed.connect(self.complaints.rows_changed)
        self._in_step.scope_changed.connect(self.announcements.rows_changed)
        self.announcing.back_wanted.connect(lambda: window.show_page(Page.ANNOUNCEMENTS))
        self.announcing.saved.connect(self.announcements.read_again)
        self.announcements.came.connect(self.announcing.read_again)
        self.looking_up.announcement_chosen.connect(self.announcements.open)
        self.announcements.searchable_changed.connect(self.looking_up.articles_changed)
        self.announcements.article_wanted.connect(self._read_article)
        self.announcements.reminded.connect(lambda words: self.notices.tell(words, Weight.INFO, is_quiet=True))
        self._in_step.scope_changed.connect(self.list_desks.rows_came)
        self._in_step.queues_seen.connect(self.today.show_queues)
        self._in_step.figures_seen.connect(self.wallboard.hear)
        self._in_step.trend_seen.connect(self.wallboard.hear_trend)
        self._in_step.live_lost.connect(self.wallboard.lost)
        self.alerts.changed.connect(lambda: self.wallboard.show_alerts(self.alerts.alerts.standing))
        self.alerts.changed.connect(lambda: self.agent_board.show_alerts(self.alerts.alerts.standing))
        self.alerts.agent_wanted.connect(self.agent_board.open)
        self.alerts.queue_wanted.connect(self.wallboard.open)
        self.agent_board.alert_seen.connect(self.alerts.see_to)
        self.list_desks.opened.connect(self._open_from_history)
        self._in_step.scope_changed.connect(self.ticket_page.rows_changed)
        self._in_step.scope_changed.connect(self.abuse.rows_came)
        self._in_step.scope_changed.connect(self.training.rows_came)
        self.training.article_wanted.connect(self._read_article)
        self._in_step.scope_changed.connect(self.ticket_news.rows_changed)
        self._in_step.scope_changed.connect(self.feedback.rows_changed)
        self._in_step.scope_changed.connect(self.gaps.rows_changed)
        self.gaps.article_wanted.connect(self._read_article)
        self.gaps.writing_wanted.connect(self.articles.write_about)
        self.gaps.synonym_wanted.connect(self.synonyms.write_for)
        self.ticket_page.taken.connect(self.ticket_news.took)
        self.notices.ticket_wanted.connect(lambda id_: self.ticket_page.open(id_, Page.NOTICES))
        self.notices.article_wanted.connect(self._read_article)
        self.list_desks.ticket_opened.connect(lambda id_: self.ticket_page.open(id_, Page.TICKETS))
        self.list_desks.follow_up_opened.connect(self.follow_ups.open)
        self._in_step.scope_changed.connect(self.follow_ups.rows_came)
        self.wrapping.saved.connect(self.follow_ups.read)
        self._in_step.live_lost.connect(self.today.forget_queues)
        self._in_step.state_seen.connect(self.agent_board.hear)
        self._in_step.confirmed.connect(self.agent_board.hear)
        self._in_step.gone_seen.connect(self.agent_board.hear)
        self._in_step.help_called.connect(self.agent_board.hear)
        self._in_step.caller_seen.connect(self.agent_board.hear)
        self._in_step.adherence_seen.connect(self.agent_board.hear)
        self._in_step.adherence_seen.connect(self.own_figures.hear)
        self._in_step.live_lost.connect(self.own_figures.live_lost)
        self._in_step.live_lost.connect(self.agent_board.live_lost)
        self._in_step.monitored.connect(self.monitoring.hear)
        self._in_step.live_lost.connect(self.monitoring.lost)
        self._in_step.marks_changed.connect(self.marking.changed)
        self._in_step.live_came.connect(self.marking.changed)
        self.sync.company_changed.connect(self.monitoring.read_policy)
        self.sync.company_changed.connect(self.agent_board.read_again)
        self._in_step.store_failed.connect(self._trouble)
        self._in_step.person_erased.connect(self._forget)
        self.writing.filed.connect(lambda _: self.sync.read_customer())
        self.refusals.taken_up.connect(self._take_up)
        self.refusals.change_taken_up.connect(self._take_up_change)
        self.refusals.wrap_up_taken_up.connect(self._take_up_wrap_up)
        self.wrapping.saved.connect(self.refusals.read)
        self.editing.done.connect(self.sync.read_customer)
        self.consents.changed.connect(self.sync.read_customer)
        self.consents.changed.connect(self.signals.read_again)
        self.merging.done.connect(self.sync.read_customer)
        self.duplicates.saved.connect(self.sync.read_customer)
        self._in_step.scope_changed.connect(self.relations.rows_came)
        self.relations.customer_wanted.connect(self.on_screen.open_customer)
        self.recorded_calls.customer_wanted.connect(self._open_from_history)
        self.relations.ticket_wanted.connect(self.ticket_page.open)
        self.looking_up.learning.over.connect(self.merging.look_again)
        self.looking_up.learning.over.connect(self.duplicates.look_again)
        self.asking.done.connect(self.sync.read_customer)
        self.calls.item_changed.connect(self.asking.weigh)
        self.looking_up.inserted.connect(self.inserting.insert)
        self.looking_up.answer_wanted.connect(lambda answer: self.inserting.insert(self.macros.filled(answer)))
        self.customers.left_over.connect(window.right.insert)
        self.follow_ups.customer_wanted.connect(self.on_screen.open_customer)
        self.follow_ups.dial_wanted.connect(self.calls.dial)
        for matter in (self.refusals, self.complaints):
            matter.counted.connect(lambda count, matter=matter: self._count(matter, count))
        self.signals.ticket_wanted.connect(self._write_about)
        self.sync.company_changed.connect(self.signals.read_again)
        self.sync.company_changed.connect(self.identity.learn)
        window.customer.check_wanted.connect(self.identity.open)
        self.writing.check_wanted.connect(self.identity.open)
        self.sync.company_changed.connect(self.signal_rules.read_again)
        self.sync.company_changed.connect(self.forms.read_again)
        self.sync.company_changed.connect(self.company_rules.read_again)
        self.sync.company_changed.connect(self.macro_pages.read_again)
        self._in_step.scope_changed.connect(self.articles.rows_came)
        self._in_step.scope_changed.connect(self.questions.rows_came)
        self._in_step.scope_changed.connect(self.teaching.rows_came)
        self.macro_pages.saved.connect(self.macros.read_again)
        self.sync.company_changed.connect(self.synonyms.read_again)
        self.synonyms.saved.connect(self.looking_up.synonyms_changed)
        self.signal_rules.saved.connect(self.signals.read_again)
        self._connect_calls()
        for desk in (
            self.calls,
            self.dialling,
            self.announcements,
            self.announcing,
            self.clocks,
            self.complaints,
            self.customers,
            self.wrapping,
            self.looking_up,
            self.refusals,
            self.editing,
            self.own_fields,
            self.consents,
            self.merging,
            self.relations,
            self.asking,
            self.signals,
            self.abuse,
            self.own_figures,
            self.reports,
            self.report_mails,
            self.marking,
            self.identity,
            self.macros,
            self.guides,
            self.signal_rules,
            self.macro_pages,
            self.synonyms,
            self.articles,
            self.article_files,
            self.questions,
            self.teaching,
            self.forms,
            self.company_rules,
            self.follow_ups,
            self.today,
            self.history,
            self.training,
            self.ticket_page,
            self.attachments,
            self.listening,
            self.printing,
            self.copying,
            self.feedback,
            self.gaps,
            self.speed_dial,
            self.list_desks,
        ):
            desk.told.connect(self.notices.tell)
        for saved in (
            self.calls.saved,
            self.customers.saved,
            self.writing.saved,
            self.wrapping.saved,
            self.announcements.saved,
            self.announcing.saved,
            self.refusals.saved,
            self.editing.saved,
            self.consents.saved,
            self.complaints.saved,
            self.merging.saved,
            self.duplicates.saved,
            self.relations.saved,
            self.asking.saved,
            self.signals.saved,
            self.abuse.saved,
            self.own_figures.saved,
            self.identity.saved,
            self.signal_rules.saved,
            self.macro_pages.saved,
            self.synonyms.saved,
            self.articles.saved,
            self.questions.saved,
            self.bringing.saved,
            self.article_files.saved,
            self.teaching.saved,
            self.forms.saved,
            self.company_rules.saved,
            self.follow_ups.saved,
            self.list_desks.saved,
            self.training.saved,
            self.ticket_page.saved,
            self.attachments.saved,
            self.listening.saved,
            self.printing.saved,
            self.copying.saved,
            self.feedback.saved,
            self.gaps.saved,
        ):
            saved.connect(self._in_step.soon)

    def _connect_calls(self) -> None:
        window, calls = self._window, self.calls
        calls.after.seat_changed.connect(self._show_seat)
        self.line.line_changed.connect(self.sync.line_changed)
        self.line.lamps_changed.connect(calls.transfers.show_lamps)
        self.line.lamps_changed.connect(self.speed_dial.show_lamps)
        self.line.lamps_lost.connect(self.speed_dial.show_no_lamps)
        self.speed_dial.call_wanted.connect(calls.dial)
        self.speed_dial.waits.connect(self.dialling.put_in_field)
        self.speed_dial.targets_changed.connect(calls.transfers.offer_favourites)
        self.today.called_lately.connect(calls.transfers.offer_recent)
        self.today.calls_changed.connect(calls.outbound.hear_calls)
        self.today.calls_changed.connect(lambda _: self.history.calls_changed())
        self.history.call_wanted.connect(self._call_back)
        self.history.customer_wanted.connect(self._open_from_history)
        calls.item_changed.connect(self.writing.learn)
        calls.item_changed.connect(self.wrapping.learn)
        calls.item_changed.connect(self.identity.item_changed)
        calls.item_changed.connect(lambda _: self.script.show())
        calls.item_changed.connect(lambda _: self.abuse.show())
        self.on_screen.turned.connect(self.script.show)
        self.on_screen.turned.connect(self.abuse.show)
        self.on_screen.turned.connect(self.guides.turn)
        calls.after.worked.connect(self.guides.work_done)
        calls.after.ended.connect(self.guides.work_ended)
        self.guides.filled.connect(self.writing.save_now)
        self.guides.filled.connect(self.wrapping.save_now)
        for asked in (window.right.form.asked.fields, window.customer.editor.own):
            asked.secret_changed.connect(calls.recording.hold_back)
        window.strip.wishes.redial_wanted.connect(lambda: calls.dial(self.today.last_dialled))
        window.left.call_chosen.connect(self._take_call_line)
        window.customer.dial_wanted.connect(calls.dial)
        window.customer.ticket_taken.connect(self.ticket_page.open)
        window.customer.entry.comment_wanted.connect(self.ticket_page.comment_on)
        self.looking_up.ticket_chosen.connect(self.ticket_page.open)
        self.ticket_page.page_made.connect(self.complaints.wire)
        self.complaints.concerned.connect(self.ticket_page.read_again)
        self.complaints.ticket_wanted.connect(lambda id_: self.ticket_page.open(id_, Page.ATTENTION))
        self.ticket_page.customer_wanted.connect(self._open_from_history)
        self.on_screen.item_opened.connect(self.ticket_page.close)
        self.on_screen.item_opened.connect(lambda: window.right.knowledge.read_large(is_large=False))

    def _take_call_line(self, line: CallLine) -> None:
        if line.customer_id:
            self.on_screen.open_customer(line.customer_id)
        if line.number:
            self.dialling.put_in_field(line.number)

    def _call_back(self, number: str) -> None:
        """At once, or after the call that is going on."""
        self._window.show_page(Page.WORKSPACE)
        if any(item.is_in_call for item in self.items):
            self.dialling.put_in_field(number)
        else:
            self.calls.dial(number)

    def _open_from_history(self, customer_id: str) -> None:
        self._window.show_page(Page.WORKSPACE)
        self.on_screen.open_customer(customer_id)

    def _read_article(self, article_id: str) -> None:
        """Where articles are read."""
        self._show_knowledge()
        self.looking_up.open_article(article_id)

    def _show_knowledge(self) -> None:
        self._window.show_page(Page.WORKSPACE)
        self._window.right.turn_to(KNOWLEDGE)

    def _show_seat(self, seat: Seat) -> None:
        self._window.top_bar.show_seat(seat, self._rooms.clock())
        self._in_step.send_state(self._rooms.session.told)
        if seat.entry.state not in AT_WORK:
            self._window.customer.hide_revealed()

    def _hear_status(self, status: SyncStatus) -> None:
        """Of a seat that was locked, or whose sign-in has ended, nothing secret stays on the screen."""
        if isinstance(status, (DeviceStopped, SignInExpired)):
            self._window.customer.hide_revealed()

    def _sight_changed(self, change: SightChanged) -> None:
        """The rows of before are gone: what shows some of them reads again, and what is open is masked as it stands."""
        self._window.customer.put_by(self._rooms.clock())
        self.sync.sight_changed(change)
        self.ticket_page.sight_changed(change)
        self.today.read()
        self.list_desks.rows_came(EVERYTHING)
        self.follow_ups.rows_came(EVERYTHING)
        self.relations.rows_came(EVERYTHING)
        self.history.calls_changed()

    def _names(self) -> Directory:
        return self._directory

    def _read_company(self) -> None:
        rooms, language = self._rooms, self._formats.language
        self._background.store.do(
            lambda: read_company(
                rooms.organisation, rooms.desk, rooms.wrap_ups, rooms.own_fields, rooms.agent.id, language
            ),
            self._show_company,
            self._trouble,
        )

    def _show_company(self, company: Company) -> None:
        self._directory = company.directory
        self._segments = {queue.id: queue.segments[0] for queue in company.queues if queue.segments}
        self._window.show_directory(company.directory)
        self._window.right.form.offer_categories(company.categories)
        self._window.right.form.offer_forms(company.forms)
        self._window.right.form.source.offer(company.sources)
        self.ticket_page.offer(company.places)
        self.writing.sold(company.directory.products)
        self.clocks.read()
        self.calls.transfers.offer(company.targets)
        self._window.customer.watermark.say(self._mark if company.policy.watermark else "")
        self.copying.use(company.policy)
        self.policy_read.emit(company.policy)
        self.calls.lines.offer(company.numbers)
        self.calls.outbound.offer(company.numbers)
        self.macros.learn(company)
        self.wallboard.learn(company.queues)
        self.guides.learn(company)
        self.script.show()
        self.speed_dial.offer(company.targets)
        self.calls.after.plan(company.queues)
        self.wrapping.offer(company.dispositions, company.favourites, company.recent)
        self.breaks.offer(company.breaks, company.care)
        self.own_figures.learn(company.care.mood)
        self.reports.names_changed()
        self.report_mails.names_changed()
        self.calls.show_again()
        self.own_fields.read_again()
        self.marking.show_again()
        self.today.show_again()

    def _report(self) -> "Callable[[], Bundle]":
        """With the health of this moment."""
        health, gather = self.health.to_tell(), self._rooms.gather_diagnostics
        return lambda: gather({"health.json": health()})

    def _trouble(self, error: Exception) -> None:
        self.notices.tell(explain(error), Weight.TROUBLE)

    def _forget(self, erased: PersonErased) -> None:
        """Nothing of them stays on the screen; whoever had something unsent about them is told."""
        self.writing.forget(erased.customers)
        self.editing.forget(erased.customers)
        self.guides.forget_customers(erased.customers)
        self.on_screen.forget(erased.customers)
        self.recorded_calls.forget(erased.customers)
        self.listening.forget(erased.customers)
        self.refusals.read()
        self.history.calls_changed()
        self.notices.tell(explain_erased(erased), Weight.WARNING if erased.drafts + erased.commands else Weight.INFO)

    def _count(self, matter: QObject, count: int) -> None:
        """How much needs attention, of each matter."""
        self._waiting[matter] = count
        self._window.rail.show_attention(sum(self._waiting.values()))

    def _write_about(self, words: str) -> None:
        self._window.start_ticket()
        self._window.right.insert(words)

    def _take_up(self, draft: TicketDraft) -> None:
        self._window.start_ticket()
        self.writing.take_up(draft)

    def _take_up_change(self, draft: CustomerDraft) -> None:
        """The form opens with it as soon as the customer is on the screen."""
        self._window.show_page(Page.WORKSPACE)
        self.on_screen.open_customer(draft.customer_id)
        self.editing.show_taken_up(draft)

    def _take_up_wrap_up(self, draft: WrapUpDraft) -> None:
        """The form of its call, which comes back onto the list if it is not there any more."""
        self._window.show_page(Page.WORKSPACE)
        self.on_screen.open_unwrapped((draft,))
        self.on_screen.open_item(draft.key)
        self.wrapping.take_up(draft)

    def _begun(self, drafts: tuple[CustomerDraft, ...]) -> None:
        """Changes of customers that were being written when the window went are on the list again."""
        for draft in reversed(drafts):
            self.on_screen.open_begun(draft.customer_id)

    @property
    def _mark(self) -> str:
        """Whose screen it is, on every picture of it."""
        agent = self._rooms.agent
        return " ".join(part for part in (agent.login, agent.extension) if part)

    def _is_at_a_call(self) -> bool:
        state = self._rooms.session.seat.entry.state
        is_in_call = any(item.is_in_call for item in self.items)
        return is_in_call or state in (AgentState.ON_CALL, AgentState.AFTER_CALL_WORK)

    def _segment(self) -> SegmentId:
        """Where a new customer belongs: the first segment of the queue that is on the line, else of the agent's own."""
        item = self.items.current
        queue = item.call.invite.queue if item is not None and item.call is not None else None
        segments = [self._segments[id_] for id_ in (queue, *self._rooms.agent.queues) if id_ in self._segments]
        return SegmentId(segments[0] if segments else "")
