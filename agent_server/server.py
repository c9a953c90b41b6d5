"""Everything a running server is made of, built once by hand."""

import asyncio
import contextlib
import secrets
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from agent_model.agent import AgentState, QueueId, StateEntry
from agent_model.break_reason import NO_ANSWER
from agent_server import tables
from agent_server.accounts import Accounts
from agent_server.administration import Administration
from agent_server.alerts import Alerts
from agent_server.article_files import ArticleFiles
from agent_server.article_store import ArticleStore
from agent_server.article_sweep import ArticleSweep
from agent_server.attachments import Attachments
from agent_server.board import Board
from agent_server.care.hard_calls import HardCalls
from agent_server.care.moods import Moods
from agent_server.care.own_figures import OwnFigures
from agent_server.clocks_sweep import ClockSweep
from agent_server.conflicts import Conflicts
from agent_server.database import Database
from agent_server.devices import Devices
from agent_server.doorkeeper import Doorkeeper
from agent_server.exchange_recordings import ExchangeRecordings
from agent_server.fan_out import FanOut
from agent_server.feedback_sweep import FeedbackSweep
from agent_server.floor.adhering import Adhering
from agent_server.floor.asking import Asking
from agent_server.floor.breaks import Breaks
from agent_server.floor.callers import Callers
from agent_server.floor.current_callers import CurrentCallers
from agent_server.floor.event_log import EventLog
from agent_server.floor.floor import Floor
from agent_server.floor.hands import Hands
from agent_server.floor.help_calls import HelpCalls
from agent_server.floor.live_totals import LiveTotals
from agent_server.floor.messages import Messages
from agent_server.floor.monitoring import MonitoringDesk
from agent_server.floor.orders import Order, Orders
from agent_server.floor.report_book import ReportBook
from agent_server.floor.report_mail import ReportMail
from agent_server.floor.report_plan import read_plan
from agent_server.floor.reports import Reports
from agent_server.floor.serving import Serving
from agent_server.floor.shift_plans import ShiftPlans
from agent_server.gaps import Gaps
from agent_server.handover import Handover
from agent_server.importing.tasks import ImportTasks
from agent_server.ledger import Ledger
from agent_server.listen_notify import PostgresBroker
from agent_server.live import Hub, Pokes
from agent_server.notices import Broker, InProcessBroker, Notice
from agent_server.passwords import Passwords
from agent_server.people import People
from agent_server.policy import read_policy
from agent_server.privacy.erasures import Erasures, erasure_rounds
from agent_server.privacy.holds import Holds
from agent_server.privacy.person_exports import PersonExports
from agent_server.probation.inspections import Inspections, NoInspections
from agent_server.probation.newcomers import Newcomers
from agent_server.probation.presence import Presence
from agent_server.probation.tally import Tally
from agent_server.provisioning import Provisioning
from agent_server.queue_figures import FiguresBoard
from agent_server.recording_marks import RecordingMarks
from agent_server.recordings import Recordings
from agent_server.request_limits import Rate, RequestLimits
from agent_server.retention import Retention
from agent_server.rights_watch import RightsWatch
from agent_server.scanner import scanner_of
from agent_server.searches import Searches
from agent_server.settings import Settings, read_secret
from agent_server.sight import Sight
from agent_server.sign_on.desk import SignOn
from agent_server.sign_on.settings_file import read_sign_on
from agent_server.snapshots import Snapshots
from agent_server.switch.asterisk import AsteriskExchange, AsteriskSettings
from agent_server.switch.asterisk.stored_recordings import StoredRecordings
from agent_server.switch.freeswitch import FreeSwitchExchange, FreeSwitchSettings
from agent_server.switch.named_queues import NamedQueues
from agent_server.switch.port import Exchange, ExchangeEvent
from agent_server.switch.recorded import RecordingFolder, RecordingPlace
from agent_server.switch.simulated import QueueRule, SimulatedExchange
from agent_server.switch.traffic import Traffic
from agent_server.televisions import Televisions
from agent_server.training.needs import Needs
from agent_server.training.open_duties import OpenDuties
from agent_server.training.search_gaps import SearchGaps
from agent_server.training.weekly import WeeklyQuizzes
from agent_server.uploads import Uploads
from agent_server.users import Users
from agent_server.verification import Verification
from agent_server.wallboard import Wall, leads_topics
from agent_server.workstations import Workstations

DEMONSTRATION_SEED = 20261121
ANCHOR_EVERY_S = 10.0
ORGANISATION = "org"
CHECK_SESSIONS_EVERY_S = 30.0


class Server:
    """What the routes reach for. `open` before the first request, `close` after the last."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        """Raises NoSecret, BadScanner, BadPlan, BadSignOn."""
        self.settings = settings
        self.now = now
        self.database = Database(settings.database)
        secret = read_secret(settings.home)
        passwords = Passwords(settings.password_cost)
        self.accounts = Accounts(self.database, settings, passwords, secret, now)
        self.users = Users(self.database, passwords)
        self.administration = Administration(self.database, passwords, self.accounts.audit, self.accounts.factors, now)
        people = People(self.database, self.accounts.audit, settings.password_cost, now)
        told = read_sign_on(settings.home)
        self.sign_on = None if told is None else SignOn(told, self.database, self.accounts, people, secret, now)
        self.accounts.break_glass = None if told is None else told.let_in_by_password
        self.reveal_limits = RequestLimits(Rate(settings.reveals_per_s, settings.reveals_burst))
        self.lookup_limits = RequestLimits(Rate(settings.reveals_per_s, settings.reveals_burst))
        self.floor_limits = RequestLimits(Rate(settings.floor_reads_per_s, settings.floor_reads_burst))
        self.verify_limits = RequestLimits(Rate(settings.verifications_per_s, settings.verifications_burst))
        self.session_limits = RequestLimits(Rate(settings.requests_per_s, settings.requests_burst))
        self.refresh_limits = RequestLimits(Rate(settings.refreshes_per_s, settings.refreshes_burst))
        self.sign_in_limits = RequestLimits(Rate(settings.sign_ins_per_s, settings.sign_ins_burst))
        self.ledger = Ledger(self.database, self.accounts.audit, now)
        self.devices = Devices(self.database, now)
        self.handover = Handover(secret)
        self.conflicts = Conflicts(self.database, self.accounts.audit, now)
        self.verification = Verification(self.database)
        self.uploads = Uploads(self.database, settings, now)
        self._scanner = scanner_of(settings.scanner)
        self.recordings = Recordings(self.database, self.uploads.store, self.handover)
        self.imports = ImportTasks(self.database, settings, self.uploads, self.accounts.audit, now)
        self.retention = Retention(self.database, settings, now)
        process = secrets.token_hex(8)
        is_alone = self.database.is_sqlite
        self.broker: Broker = InProcessBroker(process) if is_alone else PostgresBroker(settings.database, process)
        self.hub = Hub()
        self.recording_marks = RecordingMarks(
            self.database, self.recordings, self.accounts.audit, self.hub, self.broker, now
        )
        self.doorkeeper = Doorkeeper(self.accounts, CHECK_SESSIONS_EVERY_S)
        self.pokes = Pokes(self.broker, settings.poke_delay_s)
        self.clock_sweep = ClockSweep(self.database, settings.clocks_every_s, self.pokes.moved, now)
        self.weekly_quizzes = WeeklyQuizzes(
            self.database, settings.site_zone, settings.quizzes_every_s, self.pokes.moved, now
        )
        self.open_duties = OpenDuties(self.database, settings.quizzes_every_s, self.pokes.moved, now)
        self.feedback_sweep = FeedbackSweep(self.database, settings.feedback_every_s, self.pokes.moved, now)
        self.gaps = Gaps(self.database, now)
        self.searches = Searches(self.database, self.accounts.audit, now)
        self.needs = Needs(self.database, self.pokes.moved, now)
        self.search_gaps = SearchGaps(self.database, self.needs, settings.search_gaps_every_s, now)
        self.article_sweep = ArticleSweep(self.database, settings.articles_every_s, self.pokes.moved, now)
        self.attachments = Attachments(
            self.database, self.uploads.store, self.handover, self._scanner, settings.attachments_every_s,
            self.pokes.moved, now,
        )  # fmt: skip
        self.article_files = ArticleFiles(
            self.database, self.uploads.store, ArticleStore(settings.home, secret), self.handover, self._scanner,
            settings.attachments_every_s, self.pokes.moved, now,
        )  # fmt: skip
        look_every_s = settings.look_every_s if not is_alone else settings.look_every_alone_s
        self.erasures = Erasures(self.database, settings.home, self.accounts.audit, now)
        self.holds = Holds(self.database, self.accounts.audit, now)
        self.person_exports = PersonExports(self.database, self.uploads.store, self.accounts.audit, now)
        self.erasure_work = erasure_rounds(self.erasures, self.pokes.moved)
        self.fan_out = FanOut(self.database, self.hub, look_every_s)
        self.rights_watch = RightsWatch(self.database, self.hub, self.fan_out.moved)
        self.events = EventLog(self.database, self.broker)
        self.totals = LiveTotals(self.database, settings.site_zone, now)
        self.reports = Reports(self.database, settings.site_zone, now)
        self.shift_plans = ShiftPlans(self.database, self.accounts.audit, self.broker, settings.site_zone, now)
        self.adhering = Adhering(self.database, self.hub, settings.site_zone, leads_topics, settings.plans_every_s, now)
        plan = read_plan(settings.home)
        self.report_book = ReportBook(self.database, self.accounts.audit, plan, now)
        self.report_mail = ReportMail(
            self.database, self.broker, self.reports, plan, self.report_book, settings.site_zone, now
        )
        presence = Presence(self.database, settings.site_zone, self.events)
        languages = {one.name: one.languages for one in settings.exchanges}
        self.floor = Floor(self.database, self.broker, self.hub, self.events, settings.short_abandon_s, languages)
        self.exchange_recordings = ExchangeRecordings(
            self.database, _recording_places(settings.exchanges), self.uploads.store, self.handover,
            lambda: self.broker.leads, settings.exchange_recordings_every_s, now,
        )  # fmt: skip
        self.callers = Callers(
            self.database, settings.dial_plan, settings.exchanges, self.floor.is_ready, self.floor.exchange_name, now
        )
        self._hands = Hands(
            self.database, self.broker, self.accounts.audit, self.floor.exchange_of, self.floor.person_at
        )
        self._asking = Asking(self.broker, process, self._hands.do)
        self.monitoring = MonitoringDesk(self.database, self.accounts.audit, self._asking, self.broker, self.hub)
        self.breaks = Breaks(self.database, self.broker, self.hub, now)
        self.help_calls = HelpCalls(self.accounts.audit, self.broker, self.hub, now)
        self.messages = Messages(self.database, self.accounts.audit, self.broker, self.hub, now)
        self.board = Board(
            self.database, self.broker, self.hub, process, now, settings.offline_after_s,
            settings.gone_after_s, presence, self._state_is, self.breaks,
        )  # fmt: skip
        self.orders = Orders(self.database, self.accounts.audit, self.board, self.broker, self.hub, self.breaks)
        self.current_callers = CurrentCallers(
            self.broker, self.hub, settings.dial_plan, self.floor.sits_at, leads_topics
        )
        self.serving = Serving(self.database, self.accounts.audit, self.broker, self.hub, self.pokes.moved, now)
        self.inspections: Inspections = NoInspections()
        self.tally = Tally(self.database, settings.site_zone, now)
        self.own_figures = OwnFigures(self.database, self.tally, self.inspections, settings.site_zone, now)
        self.moods = Moods(self.database, settings.site_zone, now)
        self.hard_calls = HardCalls(self.database, settings.site_zone, now)
        self.newcomers = Newcomers(self.database, self.accounts.audit, self.tally, settings.site_zone, now)
        self.figures = FiguresBoard(self.broker, self.hub, settings.figures_every_s)
        self.televisions = Televisions(self.database, now)
        self.provisioning = Provisioning(self.database, self.accounts.audit, settings.home, now)
        self.workstations = Workstations(self.database)
        self.wall = Wall(self.database, self.hub, self.totals, self.figures, settings.figures_every_s, now)
        self._rounds = [
            self.erasure_work,
            self.retention.rounds,
            self.clock_sweep.rounds,
            self.weekly_quizzes.rounds,
            self.open_duties.rounds,
            self.article_sweep.rounds,
            self.attachments.rounds,
            self.article_files.rounds,
            self.feedback_sweep.rounds,
            self.exchange_recordings.rounds,
            self.tally.rounds,
            self.search_gaps.rounds,
            self.report_mail.rounds,
            self.shift_plans.rounds,
        ]
        self.alerts = Alerts(
            self.database, self.broker, self.hub, self.floor, self.totals, self.accounts.audit,
            settings.figures_every_s, now, lambda: secrets.token_hex(16),
        )  # fmt: skip
        self._traffic: asyncio.Task[None] | None = None
        self._anchoring: asyncio.Task[None] | None = None
        self._masked_snapshots: dict[Sight, Snapshots] = {}

    async def open(self) -> None:
        """Raises DatabaseBehind."""
        await self.database.require_current()
        self.epoch = await self.database.epoch()
        settings = self.settings
        self.accounts.policy = await read_policy(self.database)
        await self.accounts.end_password_sessions()
        await self._drop_other_snapshots()
        self.snapshots = Snapshots(self.database, settings.home / "snapshots", self.epoch, settings.snapshot_every)
        agent, queue = tables.agent, tables.queue
        async with self.database.reading() as connection:
            teams = {row.id: row.team for row in await connection.execute(select(agent.c.id, agent.c.team))}
            queues = [QueueId(row.id) for row in await connection.execute(select(queue.c.id))]
        self.broker.open(self)
        await self.fan_out.open(self.epoch_for)
        self.doorkeeper.open()
        await self.rights_watch.open()
        await self.breaks.open()
        await self.board.open(teams)
        self._anchoring = asyncio.get_running_loop().create_task(self._anchor_audit())
        await self.imports.open()
        for work in self._rounds:
            work.start()
        exchanges = [(self._exchange(one), one.extensions) for one in settings.exchanges]
        if settings.has_simulated_switch:
            exchanges.append((self._simulated(queues), ""))
        self.floor.open(exchanges, self._hear, self._rang_out)
        self.figures.open(self.floor, self.totals, self.now)
        self.wall.open()
        self.adhering.open()
        await self.alerts.open()

    async def _hear(self, exchange: str, event: ExchangeEvent) -> None:
        self.alerts.hear(exchange, event)
        self.current_callers.hear(exchange, event)
        await self._hands.hear(exchange, event)

    async def _rang_out(self, agent_id: str) -> None:
        order = Order(agent_id, AgentState.BREAK, NO_ANSWER, "", "", self.now())
        await self.orders.by_rule(order)

    def _state_is(self, agent_id: str, entry: StateEntry) -> None:
        self.totals.state_is(agent_id, entry)
        self.adhering.state_is(agent_id, entry)
        self.floor.state_is(agent_id, entry)
        self.wall.state_is(agent_id, entry)
        self.help_calls.state_is(agent_id, entry)

    def _exchange(self, settings: AsteriskSettings | FreeSwitchSettings) -> Exchange:
        exchange: Exchange = (
            FreeSwitchExchange(settings, self.now)
            if isinstance(settings, FreeSwitchSettings)
            else AsteriskExchange(settings, self.now)
        )
        return NamedQueues(exchange, settings.queues) if settings.queues else exchange

    def _simulated(self, queues: Sequence[QueueId]) -> Exchange:
        exchange = SimulatedExchange("simulated", dict.fromkeys(queues, QueueRule()), self.now)
        traffic = Traffic(exchange, queues, DEMONSTRATION_SEED, self.now)
        self._traffic = asyncio.get_running_loop().create_task(traffic.run())
        return exchange

    def epoch_for(self, sight: Sight) -> str:
        """Names the history of the rows somebody sees: who is to see them otherwise takes all of them anew."""
        return self.epoch + sight.mark

    def snapshots_for(self, sight: Sight) -> Snapshots:
        """The files of rows as somebody sees them."""
        if not sight.is_masked:
            return self.snapshots
        if sight not in self._masked_snapshots:
            folder, every = self._masked_home / sight.mark, self.settings.snapshot_every
            self._masked_snapshots[sight] = Snapshots(self.database, folder, self.epoch_for(sight), every, sight)
        return self._masked_snapshots[sight]

    async def _drop_other_snapshots(self) -> None:
        """Files of rows as nobody sees them any more."""
        kept = {sight.mark for sight in await self.accounts.sights()}
        for folder in self._masked_home.glob("*"):
            if folder.name not in kept:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    @property
    def _masked_home(self) -> Path:
        return self.settings.home / "snapshots-masked"

    async def close(self) -> None:
        await self.alerts.close()
        await self.adhering.close()
        await self.wall.close()
        await self.figures.close()
        await self._asking.close()
        await self.floor.close()
        if self._traffic is not None:
            self._traffic.cancel()
            await asyncio.gather(self._traffic, return_exceptions=True)
        if self._anchoring is not None:
            self._anchoring.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._anchoring
        with contextlib.suppress(OSError, SQLAlchemyError):
            await self.accounts.audit.anchor()
        await self.imports.close()
        for work in self._rounds:
            await work.stop()
        self.pokes.close()
        await self.fan_out.close()
        await self.rights_watch.close()
        await self.doorkeeper.close()
        await self.board.close()
        await self.breaks.close()
        await self.messages.close()
        await self.broker.close()
        await self.database.close()

    def heard(self, notice: Notice, process: str) -> None:
        """What a process of this server said; for the broker."""
        match notice["kind"]:
            case "moved":
                self.fan_out.moved(notice["heads"])
                if ORGANISATION in notice["heads"]:
                    self.floor.people_changed()
                    self.breaks.company_changed()
                    self.totals.people_changed()
                    self.wall.people_changed()
                    self.adhering.plans_changed()
                    self.alerts.company_changed()
            case "figures":
                self.figures.heard(notice)
            case "entered":
                self.totals.entered(notice["quarters"])
            case "plans":
                self.adhering.plans_changed()
            case "alert" | "alert_taken":
                self.alerts.heard(notice)
            case "help":
                self.help_calls.heard(notice)
            case "message" | "message_read":
                self.messages.heard(notice)
            case "marks":
                self.recording_marks.heard(notice)
            case "caller":
                self.current_callers.heard(notice)
            case "serving":
                self.serving.heard(notice)
            case "order" | "order_taken":
                self.orders.heard(notice)
            case "breaks" | "break_refused":
                self.breaks.heard(notice)
            case "confirmed":
                self.floor.heard(notice)
            case "wish" | "wish_done":
                self._asking.heard(notice)
            case "monitoring":
                self.monitoring.heard(notice)
            case _:
                self.board.heard(notice, process)

    def missed(self) -> None:
        """For the broker, after its connection was lost."""
        self.fan_out.look()
        self.totals.missed()
        self.board.missed()
        self.breaks.missed()
        self.messages.missed()
        self.recording_marks.missed()
        self.adhering.missed()

    async def _anchor_audit(self) -> None:
        while True:
            await asyncio.sleep(ANCHOR_EVERY_S)
            with contextlib.suppress(OSError, SQLAlchemyError):  # the next time is soon
                await self.accounts.audit.anchor()


def _recording_places(exchanges: Sequence[AsteriskSettings | FreeSwitchSettings]) -> Sequence[RecordingPlace]:
    folders = [RecordingFolder(one.name, Path(one.recordings)) for one in exchanges if one.recordings]
    stored = [StoredRecordings(one) for one in exchanges if isinstance(one, AsteriskSettings) and one.ari]
    return [*folders, *stored]
