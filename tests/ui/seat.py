"""One agent's whole window over real rooms, with a simulated exchange on which customers and colleagues have phones."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from agent_desktop.announcements import AnnouncementBook, Announcements, WithAnnouncements
from agent_desktop.article_files import ArticleFiles
from agent_desktop.attachments import Attachments
from agent_desktop.care.abusive_calls import AbusiveCalls
from agent_desktop.care.mood import Mood
from agent_desktop.company_rules import CompanyRules
from agent_desktop.customers.asking import Asking, AskingRule
from agent_desktop.customers.book import CustomerBook, customer_of
from agent_desktop.customers.consents import Consents
from agent_desktop.customers.duplicates import Duplicates
from agent_desktop.customers.edits import CustomerEdits
from agent_desktop.customers.finder import CustomerFinder
from agent_desktop.customers.follow_ups import FollowUps
from agent_desktop.customers.form_editing import CustomerForms
from agent_desktop.customers.identity import IdentityChecks
from agent_desktop.customers.likely_pairs import LikelyPairs
from agent_desktop.customers.merges import CustomerMerges
from agent_desktop.customers.own_fields import OwnFields
from agent_desktop.customers.relations import RelationBook
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.customers.signals.desk import Signals
from agent_desktop.day import OwnDay
from agent_desktop.diagnostics.collecting import Diagnostics, Knowledge
from agent_desktop.diagnostics.health import Check, Part, of_unsent
from agent_desktop.errors import ServerUnreachable
from agent_desktop.exports.desk import Exports
from agent_desktop.favourites import Favourites
from agent_desktop.knowledge import names, pinyin
from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.bringing import Bringing, DocumentReader
from agent_desktop.knowledge.builder import ProcessBuilder
from agent_desktop.knowledge.feedback import Feedback
from agent_desktop.knowledge.gaps import GapBook
from agent_desktop.knowledge.guide_runs import GuideRuns
from agent_desktop.knowledge.reading_list import ReadingList
from agent_desktop.knowledge.searched import SearchLog
from agent_desktop.knowledge.synonyms import SynonymBook
from agent_desktop.knowledge.writing import ArticleBook
from agent_desktop.listening import Listening
from agent_desktop.lists import NounList, SavedViews, TeamViews, listed_call, listed_follow_up, listed_ticket
from agent_desktop.offline.articles import CacheShelf, MirroredArticles
from agent_desktop.offline.day_log import DayLog
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.listing import Listing
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.persons import Persons
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.opened_files import OpenedFiles
from agent_desktop.organisation import Organisation
from agent_desktop.paths import Paths
from agent_desktop.recordings import Recordings
from agent_desktop.route import Route
from agent_desktop.session import AgentSession, Seat
from agent_desktop.settings import SettingsFile
from agent_desktop.softphone import commands
from agent_desktop.softphone.account import Account
from agent_desktop.softphone.call import Call, CallId, CallState
from agent_desktop.softphone.events import CallChanged, Event, PhoneLost, RegistrationChanged
from agent_desktop.softphone.phone import Phone
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.simulated_link import SimulatedLink
from agent_desktop.softphone.simulated_switch import SimulatedSwitch
from agent_desktop.softphone.site import RecordingRule, Site
from agent_desktop.supervisor.acts import FloorActs
from agent_desktop.supervisor.agent_board import AgentBoard
from agent_desktop.supervisor.call_marks import CallMarks
from agent_desktop.supervisor.messages import Messages
from agent_desktop.supervisor.monitoring import Monitoring
from agent_desktop.supervisor.report_mails import MailedReports
from agent_desktop.supervisor.reports import FloorReports
from agent_desktop.supervisor.shift_plans import ShiftPlans
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.conflicts import Conflicts
from agent_desktop.sync.imports import TableImports
from agent_desktop.sync.privacy import PersonWishes
from agent_desktop.sync.reading import HeldRecording
from agent_desktop.sync.tus import FileTransfer
from agent_desktop.teaching.assigning import Assigning
from agent_desktop.teaching.questions import QuestionBook
from agent_desktop.teaching.results import Results
from agent_desktop.teaching.tables import QuestionTables
from agent_desktop.tickets.bulk import BulkChange
from agent_desktop.tickets.complaint_sheet import ComplaintSheets
from agent_desktop.tickets.complaints import Complaints
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.drafts import Drafts
from agent_desktop.tickets.forms import HERE
from agent_desktop.tickets.macros import MacroBook
from agent_desktop.tickets.promises import TicketPromises
from agent_desktop.tickets.trail import TicketTrail
from agent_desktop.tickets.work import TicketWork
from agent_desktop.training.book import Training
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow, composition_of
from agent_desktop.ui.workspace import Workspace
from agent_desktop.updates.updater import Updates, Wanted
from agent_desktop.wrap_up import WrapUps
from agent_model.agent import AgentState, Role
from agent_model.announcement import AnnouncementReaders
from agent_model.customer import CustomerId
from agent_model.floor_message import MessageDraft, Reached, SentMessage
from agent_model.floor_policy import FloorAct
from agent_model.floor_report import Report, Wish
from agent_model.gap import GapList
from agent_model.macro import Macro
from agent_model.newcomer import Newcomers
from agent_model.own_figures import HonoursBoard, MoodAnswer, MoodQuestion, OwnFigures, TeamCare
from agent_model.phone_number import DialPlan, OnRecord
from agent_model.phone_number.on_record import Purpose
from agent_model.recorded_call import RecordedCalls, Sought
from agent_model.recording_mark import RecordingMark
from agent_model.report_mail import ReportMail, ReportMails
from agent_model.row_change import RowHistory
from agent_model.scope import Scope
from agent_model.shift_plan import PlansTaken, RefusedShift, Shift
from agent_model.signal import SignalRule
from agent_model.synonym import Synonym
from agent_model.wire import Row
from tests.desktop.rows import customer_row
from tests.fakes import SEALED, SetClock, counting_ids
from tests.ui import desk
from tests.ui.samples import ME

PATIENCE_S = 60.0
SITE = Site(survey="700", pin_check="701", park="702", voicemail="703", recording=RecordingRule.ON_DEMAND)
CHEN = customer_row("C-1", name="Chen Siyuan", phones=["+8613800006721"])
BILLING = Row(
    "queue",
    "billing",
    1,
    {"name": {"zh": "账单咨询", "en": "Billing"}, "team": "home", "segments": ["home"], "extension": "600"},
)
ZHOU = Row(
    "agent",
    "a-1007",
    1,
    {
        "login": "zhou.min",
        "name": {"zh": "周敏", "en": "Zhou Min"},
        "role": "agent",
        "extension": "1007",
        "team": "home",
        "queues": [],
    },
)


class Telephone:
    """Somebody else's, on the same exchange."""

    def __init__(self, switch: SimulatedSwitch, user: str, name: str = "") -> None:
        self.link = SimulatedLink(switch)
        self.calls: dict[CallId, Call] = {}
        self.is_registered = False
        self.link.send(commands.UseAccount(Account(user, "pbx.example", registrar="pbx.example", display_name=name)))

    def step(self) -> None:
        while (event := self.link.read_event(0.005)) is not None:
            if isinstance(event, CallChanged):
                self.calls[event.call.id] = event.call
            elif isinstance(event, RegistrationChanged):
                self.is_registered = True

    def call(self, number: str, *headers: commands.Header) -> CallId:
        call_id = CallId(f"out-{len(self.calls)}")
        self.link.send(commands.Dial(call_id, number, headers))
        return call_id

    def answer(self) -> None:
        self.link.send(commands.Answer(self.ringing.id))

    def decline(self) -> None:
        self.link.send(commands.Decline(self.ringing.id, Turned.BUSY))

    def hang_up(self) -> None:
        for call in self.live:
            self.link.send(commands.HangUp(call.id))

    @property
    def live(self) -> list[Call]:
        return [call for call in self.calls.values() if not call.is_over]

    @property
    def ringing(self) -> Call:
        return next(call for call in self.live if call.state is CallState.RINGING)

    @property
    def rings(self) -> bool:
        return any(call.state is CallState.RINGING for call in self.live)


def _nobody(_: Seat) -> None:
    """Nobody listens yet."""


class NumbersOnRecord:
    """The server as far as it tells masked numbers; away until it has some."""

    def __init__(self) -> None:
        self.numbers: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.seen: tuple[Check, ...] | Exception = ServerUnreachable("https://s", "no network")
        self.asked: list[tuple[str, Purpose | str, str]] = []
        self.files: dict[str, bytes] = {}
        self.held: dict[str, tuple[HeldRecording, ...]] = {}
        self.recorded: RecordedCalls | Exception = RecordedCalls()
        self.sought: list[Sought] = []
        self.marks: dict[str, tuple[str, RecordingMark]] = {}
        self.refuses_mark: Exception | None = None
        self.report: Report | Exception | None = None
        self.reports_asked: list[Wish] = []
        self.kept_mails = ReportMails(can_send=True, domains=("example.com",))
        self.refuses_mail: Exception | None = None
        self.versions: tuple[SignalRule, ...] = ()
        self.kept_macros: tuple[Macro, ...] = ()
        self.kept_synonyms: tuple[Synonym, ...] = ()
        self.kept_newcomers = Newcomers()
        self.kept_figures = OwnFigures()
        self.kept_honours = HonoursBoard()
        self.kept_care: TeamCare | None = None
        self.kept_question = MoodQuestion(None, "", "", None)
        self.mood_secret = 0
        self.moods: list[int] = []
        self.told_joined: list[tuple[str, date | None]] = []
        self.kept_rows: tuple[Row, ...] = ()
        self.pairs: tuple[tuple[CustomerId, CustomerId], ...] | Exception = ServerUnreachable("https://s", "no network")
        self.histories: dict[str, RowHistory] = {}
        self.gaps: dict[int, GapList] = {}
        self.floor_acts: list[tuple[str, ...]] = []
        self.floor_done = threading.Event()
        self.floor_done.set()
        self.floor_refusal: Exception | None = None
        self.helped: list[str] = []
        self.planned: list[Shift] | None = []
        self.taken_alerts: list[str] = []
        self.alert_refusal: Exception | None = None
        self.served: list[tuple[str, tuple[str, ...], tuple[str, ...], str]] = []
        self.messages: list[tuple[str, MessageDraft]] | None = []
        self.left_out = 0
        self.sent: tuple[SentMessage, ...] = ()
        self.orders: list[tuple[str, AgentState, str | None, str]] | None = []
        self.boards: dict[str, AnnouncementReaders] = {}

    def row_history(self, entity: str, row_id: str, before: int | None = None) -> RowHistory:
        assert before is None
        assert entity in ("customer", "ticket")
        if row_id not in self.histories:
            raise ServerUnreachable("https://server.example", "no network")
        return self.histories[row_id]

    def list_gaps(self, days: int) -> GapList:
        if days not in self.gaps:
            raise ServerUnreachable("https://server.example", "no network")
        return self.gaps[days]

    def announcement_readers(self, announcement_id: str) -> AnnouncementReaders:
        if announcement_id not in self.boards:
            raise ServerUnreachable("https://server.example", "no network")
        return self.boards[announcement_id]

    def monitor(self, agent: str, how: FloorAct, reference: str) -> None:
        self._floor_act(how.value, agent, reference)

    def leave_call(self) -> None:
        self._floor_act("leave")

    def act_in_call(self, agent: str, act: FloorAct) -> None:
        self._floor_act(act.value, agent)

    def call_agent(self, agent: str) -> None:
        self._floor_act("call", agent)

    def _floor_act(self, *said: str) -> None:
        """Until `floor_done` is set, the exchange has not done it."""
        self.floor_acts.append(said)
        assert self.floor_done.wait(PATIENCE_S)
        if self.floor_refusal is not None:
            raise self.floor_refusal

    def take_alert(self, alert_id: str) -> None:
        self.taken_alerts.append(alert_id)
        if self.alert_refusal is not None:
            raise self.alert_refusal

    def put_into(self, agent: str, state: AgentState, reason: str | None, why: str) -> None:
        if self.orders is None:
            raise ServerUnreachable("https://server.example", "no network")
        self.orders.append((agent, state, reason, why))

    def plan_shifts(self, shifts: Sequence[Shift], *, is_tried: bool) -> PlansTaken:
        if self.planned is None:
            raise ServerUnreachable("https://server.example", "no network")
        refused = [nth for nth, one in enumerate(shifts) if one.agent == "nobody"]
        self.planned += [] if is_tried else shifts
        told = tuple(RefusedShift(nth, "unknown_agent") for nth in refused)
        return PlansTaken(new=len(shifts) - len(refused), refused=told)

    def serve(self, agent: str, queues: tuple[str, ...], languages: tuple[str, ...], why: str) -> None:
        self.served.append((agent, queues, languages, why))

    def duplicates(self) -> tuple[tuple[CustomerId, CustomerId], ...]:
        if isinstance(self.pairs, Exception):
            raise self.pairs
        return self.pairs

    def attachment(self, ticket_id: str, attachment_id: str) -> bytes:
        if f"{ticket_id}/{attachment_id}" not in self.files:
            raise ServerUnreachable("https://server.example", "no network")
        return self.files[f"{ticket_id}/{attachment_id}"]

    def article_file(self, file_id: str, start: int, most: int) -> bytes:
        if file_id not in self.files:
            raise ServerUnreachable("https://server.example", "no network")
        return self.files[file_id][start : start + most]

    def recordings(self, contact_id: str) -> tuple[HeldRecording, ...]:
        if contact_id not in self.held:
            raise ServerUnreachable("https://server.example", "no network")
        return self.held[contact_id]

    def recording(self, contact_id: str, held: HeldRecording, got: bytearray, arrived: Callable[[int], None]) -> None:
        got += self.files[f"{contact_id}/{held.id}"]
        arrived(len(got))

    def recorded_calls(self, sought: Sought) -> RecordedCalls:
        self.sought.append(sought)
        if isinstance(self.recorded, Exception):
            raise self.recorded
        return self.recorded

    def recording_marks(self, contact_id: str) -> tuple[RecordingMark, ...]:
        if self.refuses_mark is not None:
            raise self.refuses_mark
        return tuple(mark for contact, mark in self.marks.values() if contact == contact_id)

    def put_recording_mark(self, contact_id: str, mark: RecordingMark) -> RecordingMark:
        if self.refuses_mark is not None:
            raise self.refuses_mark
        self.marks[mark.id] = contact_id, mark
        return mark

    def drop_recording_mark(self, contact_id: str, mark_id: str) -> None:
        if self.refuses_mark is not None:
            raise self.refuses_mark
        if self.marks[mark_id][0] == contact_id:
            del self.marks[mark_id]

    def rule_versions(self, rule_id: str) -> tuple[SignalRule, ...]:
        return tuple(rule for rule in self.versions if rule.id == rule_id)

    def report_mails(self) -> ReportMails:
        return self.kept_mails

    def set_report_mail(self, mail: ReportMail) -> None:
        if self.refuses_mail is not None:
            raise self.refuses_mail
        others = tuple(one for one in self.kept_mails.mails if one.id != mail.id)
        self.kept_mails = replace(self.kept_mails, mails=(*others, mail))

    def drop_report_mail(self, mail_id: str) -> None:
        left = tuple(one for one in self.kept_mails.mails if one.id != mail_id)
        self.kept_mails = replace(self.kept_mails, mails=left)

    def floor_report(self, wish: Wish) -> Report:
        self.reports_asked.append(wish)
        if isinstance(self.report, Exception):
            raise self.report
        assert self.report is not None
        return replace(self.report, wish=wish)

    def floor_report_file(self, wish: Wish, form: str, language: str) -> bytes:
        self.reports_asked.append(wish)
        return f"{form} {language}".encode()

    def send_message(self, message_id: str, draft: MessageDraft) -> Reached:
        """Away where it has no list of them."""
        if self.messages is None:
            raise ServerUnreachable("https://server.example", "no network")
        self.messages.append((message_id, draft))
        return Reached(2, self.left_out)

    def sent_messages(self) -> tuple[SentMessage, ...]:
        return self.sent

    def own_figures(self) -> OwnFigures:
        return self.kept_figures

    def honours(self) -> HonoursBoard:
        return self.kept_honours

    def choose_honours(self, is_named: bool) -> None:
        self.kept_honours = replace(self.kept_honours, is_named=is_named)

    def mood_question(self) -> MoodQuestion:
        return self.kept_question

    def sign_mood(self, round_id: str, sent: int) -> int:
        assert round_id == self.kept_question.round
        return pow(sent, self.mood_secret, int(self.kept_question.modulus, 16))

    def answer_mood(self, answer: MoodAnswer) -> None:
        self.moods.append(answer.level)

    def team_care(self) -> TeamCare:
        if self.kept_care is None:
            raise ServerUnreachable("https://server.example", "no network")
        return self.kept_care

    def joined(self, agent: str, on: date | None) -> None:
        self.told_joined.append((agent, on))

    def synonym_versions(self, synonym_id: str) -> tuple[Synonym, ...]:
        return tuple(one for one in self.kept_synonyms if one.id == synonym_id)

    def macro_versions(self, macro_id: str) -> tuple[Macro, ...]:
        return tuple(macro for macro in self.kept_macros if macro.id == macro_id)

    def company_versions(self, entity: str, row_id: str) -> tuple[Row, ...]:
        return tuple(row for row in self.kept_rows if (row.entity, row.id) == (entity, row_id))

    def look(self) -> tuple[Check, ...]:
        if isinstance(self.seen, Exception):
            raise self.seen
        return self.seen

    def tell_number(self, number: OnRecord, purpose: Purpose, reason: str) -> str:
        self.asked.append((number.customer_id, purpose, reason))
        if not self.numbers:
            raise ServerUnreachable("https://server.example", "no network")
        return self.numbers[number.shown]

    def tell_field(self, customer_id: str, field: str, reason: str) -> str:
        self.asked.append((customer_id, field, reason))
        if field not in self.fields:
            raise ServerUnreachable("https://server.example", "no network")
        return self.fields[field]


class AgentSeat:
    """`pump` lets everybody's telephone work until something is so."""

    def __init__(
        self,
        folder: Path,
        look: Look,
        site: Site = SITE,
        company: tuple[Row, ...] = (ZHOU, BILLING),
        role: Role = ME.role,
    ) -> None:
        self._role = role
        self.folder = folder
        self.clock = SetClock()
        self.server = NumbersOnRecord()
        self.switch = SimulatedSwitch()
        ticks = count()  # of two things that happen one comes first, even while the clock stands still
        self.link = SimulatedLink(self.switch, clock=lambda: self.clock.now + timedelta(milliseconds=next(ticks)))
        self.background = Background()
        self.telephones: list[Telephone] = []
        self.heard: list[Event] = []
        self._store = Store(folder / "store", SEALED)
        self._store.open_cache()
        self.mirror = Mirror(self._store)
        self.mirror.apply(Scope("customers:home"), [CHEN], None)
        self.mirror.apply(Scope("org"), list(company), None)
        self.outbox = Outbox(self._store, author=ME.id)
        self.view = View(self.mirror, self.outbox)
        self._hear_seat: Callable[[Seat], None] = _nobody
        self.rooms = self._rooms(folder, site)
        self.window = MainWindow(look, desk.formats("en"), self.clock, composition_of(desk.application()))
        self.in_step = InStep(self.background, self.window)
        self.workspace = Workspace(self.rooms, self.background, self.window, self.in_step, desk.formats("en"))
        self._hear_seat = self.workspace.calls.after.seat_is
        self.workspace.begin()
        self.window.resize(1366, 768)
        self.window.show()
        account = Account(ME.extension, "pbx.example", registrar="pbx.example")
        self.rooms.phone.set_account(account)
        self.rooms.session.ready()
        self.pump(lambda: self.rooms.phone.is_there)

    def _rooms(self, folder: Path, site: Site) -> Rooms:
        plan, clock, view = DialPlan(), self.clock, self.view
        synonyms = SynonymBook(view, clock, counting_ids("synonym-"))
        nobody = ServerClient("http://127.0.0.1:9", lambda _refresh: None)
        promises = TicketPromises(view, clock)
        complaint_sheets = ComplaintSheets(view, ME, clock, promises.with_clocks)
        book = CustomerBook(view, plan, clock, counting_ids("new-"), promises.with_clocks)
        drafts = Drafts(self.outbox, clock)
        (folder / "recordings").mkdir()
        recordings = Recordings(folder / "recordings", bytes(32), clock)
        finder = CustomerFinder(view, FoundBy(self._store), plan, names.readings)
        follow_ups = FollowUps(view, ME, clock, counting_ids("new-"))
        own_fields = OwnFields(view, HERE)
        announcements = Announcements(view, ME, clock, lambda at: at, Kept(self._store))
        articles = ArticleBook(
            view, MirroredArticles(self._store), replace(ME, role=self._role), clock, counting_ids("article-")
        )
        questions = QuestionBook(view, ME.id, clock, counting_ids("question-"))
        return Rooms(
            agent=replace(ME, role=self._role),
            plan=plan,
            clock=clock,
            organisation=Organisation(self.mirror),
            agent_board=AgentBoard(replace(ME, role=self._role), Kept(self._store)),
            mailed_reports=MailedReports(
                replace(ME, role=self._role), self.server, Kept(self._store), lambda: "5e" * 16
            ),
            call_marks=CallMarks(
                replace(ME, role=self._role), self.server, Kept(self._store), clock, counting_ids("mark-")
            ),
            reports=FloorReports(replace(ME, role=self._role), self.server, Kept(self._store)),
            monitoring=Monitoring(view, replace(ME, role=self._role), self.server, lambda: "5e" * 16),
            shift_plans=ShiftPlans(self.server),
            floor_acts=FloorActs(
                self.server.put_into,
                self.server.serve,
                self.server.helped.append,
                self.server.take_alert,
                Kept(self._store),
            ),
            messages=Messages(
                replace(ME, role=self._role), self.server, Kept(self._store), clock, lambda at: at, counting_ids("m-")
            ),
            announcements=announcements,
            announcement_book=AnnouncementBook(view, replace(ME, role=self._role), clock, counting_ids("told-")),
            book=book,
            edits=CustomerEdits(view, plan, clock),
            finder=finder,
            duplicates=Duplicates(view, FoundBy(self._store), names.readings),
            likely_pairs=LikelyPairs(
                view,
                FoundBy(self._store),
                Duplicates(view, FoundBy(self._store), names.readings),
                self.server.duplicates,
            ),
            merges=CustomerMerges(view, clock, counting_ids("merge-")),
            relations=RelationBook(view, ME.id, clock, counting_ids("relation-")),
            asking=Asking(
                view,
                Kept(self._store),
                FollowUps(view, ME, clock, counting_ids("task-")),
                clock,
                AskingRule(("email",)),
            ),
            ticket_list=NounList(Listing(self._store, view, "ticket"), listed_ticket(book.name_of)),
            customer_list=NounList(Listing(self._store, view, "customer"), customer_of, finder.learn),
            call_list=NounList(Listing(self._store, view, "contact"), listed_call(book.name_of)),
            saved_views=SavedViews(Kept(self._store)),
            team_views=TeamViews(view, ME, clock, counting_ids("x-")),
            exports=Exports(view, ME, clock, counting_ids("x-")),
            company_rules=CompanyRules(view, self._role, clock, counting_ids("r-"), ME.team),
            bulk=BulkChange(view, ME.id, clock),
            pop=ScreenPop(book, plan),
            consents=Consents(view, ME, clock),
            abusive_calls=AbusiveCalls(view, ME, clock, counting_ids("abuse-")),
            mood=Mood(Kept(self._store), self.server, clock, lambda soonest, _latest: soonest),
            own_fields=own_fields,
            customer_forms=CustomerForms(view, own_fields, ME.id, clock),
            person_wishes=PersonWishes(nobody),
            follow_ups=follow_ups,
            follow_up_list=NounList(
                Listing(self._store, view, "follow_up"), listed_follow_up(follow_ups.told, book.name_of)
            ),
            signals=Signals(view, Organisation(self.mirror).products, ME, clock, counting_ids("rule-"), desk.HANGZHOU),
            identity=IdentityChecks(view, ME.id, clock),
            drafts=drafts,
            wrap_ups=WrapUps(view, Kept(self._store), clock, pinyin.read),
            desk=TicketDesk(view, drafts, ME.id, clock, counting_ids("new-")),
            promises=promises,
            work=TicketWork(view, ME, clock, counting_ids("sub-"), promises.with_clocks, complaint_sheets.may_close),
            macros=MacroBook(view, clock, counting_ids("macro-"), pinyin.read),
            questions=questions,
            question_tables=QuestionTables(questions, view, ME.id),
            synonyms=synonyms,
            articles=articles,
            documents=DocumentReader(),
            bringing=Bringing(
                articles,
                self.outbox.together,
                lambda entity, id_: self.mirror.row(entity, id_) is not None,
                ME.id,
                clock,
            ),
            assigning=Assigning(view, replace(ME, role=self._role), clock, counting_ids("assignment-")),
            results=Results(view, ME.id),
            trail=TicketTrail(
                self.server.row_history,
                CacheShelf(self._store, "ticket-trails"),
                lambda ticket_id: self.mirror.row("ticket", ticket_id) is not None,
                clock,
            ),
            complaint_sheets=complaint_sheets,
            complaints=Complaints(view, ME.id, clock, counting_ids("complaint-")),
            conflicts=Conflicts(
                ServerClient("http://127.0.0.1:9", lambda _token: None), self.mirror, self.outbox, clock
            ),
            guide_runs=GuideRuns(self.outbox, clock),
            feedback=Feedback(view, Kept(self._store), replace(ME, role=self._role), clock, counting_ids("said-")),
            search_log=SearchLog(self.outbox, ME.id, clock, counting_ids("batch-")),
            gaps=GapBook(
                view,
                self.server.list_gaps,
                lambda days: CacheShelf(self._store, f"gaps-{days}"),
                ME.id,
                clock,
                counting_ids("settled-"),
            ),
            knowledge=KnowledgeBase(
                WithAnnouncements(MirroredArticles(self._store), announcements),
                clock,
                CacheShelf(self._store),
                ProcessBuilder(),
                synonyms.in_force,
            ),
            session=AgentSession(ME, clock, changed=lambda now: self._hear_seat(now)),
            day=OwnDay(DayLog(self._store), clock, lambda: clock.now.replace(hour=0), plan, pinyin.read),
            favourites=Favourites(Kept(self._store)),
            reading_list=ReadingList(Kept(self._store)),
            phone=Phone(self.link.send, clock),
            site=site,
            attachments=Attachments(
                folder / "attachments", bytes(32), view, ME.id, clock, counting_ids("a-"), self.server.attachment
            ),
            opened_files=OpenedFiles(folder),
            article_files=ArticleFiles(
                folder / "article-files", bytes(32), view, clock, self.server.article_file, lambda: False
            ),
            recordings=recordings,
            listening=Listening(folder / "heard", recordings, view, replace(ME, role=self._role), self.server, clock),
            imports=TableImports(nobody, FileTransfer(nobody)),
            training=Training(view, ME.id, clock, lambda: clock.now.timestamp()),
            ask_server=lambda _: False,
            tell_number=self.server.tell_number,
            tell_field=self.server.tell_field,
            rule_versions=self.server.rule_versions,
            macro_versions=self.server.macro_versions,
            synonym_versions=self.server.synonym_versions,
            company_versions=self.server.company_versions,
            announcement_readers=self.server.announcement_readers,
            row_history=self.server.row_history,
            newcomers=lambda: self.server.kept_newcomers,
            joined=self.server.joined,
            own_figures=self.server.own_figures,
            honours=self.server.honours,
            choose_honours=self.server.choose_honours,
            team_care=self.server.team_care,
            start_phone=self.link.start_again,
            phone_report=str,
            is_replaced=lambda: False,
            updates=Updates("0.1.0", Wanted(), None, Route(), lambda: "d1", self.clock),
            seat_checks={Part.SERVER: self.server.look, Part.UNSENT: lambda: (of_unsent(0, 0),)},
            gather_diagnostics=Diagnostics(
                Paths.below(folder),
                SettingsFile(folder / "settings"),
                clock,
                Knowledge(Persons(self._store).texts, (), {"waiting": 0}),
            ).gather,
        )

    def telephone(self, user: str, name: str = "") -> Telephone:
        made = Telephone(self.switch, user, name)
        self.telephones.append(made)
        assert self.pump(lambda: made.is_registered)
        return made

    def pump(self, until: Callable[[], object]) -> bool:
        """Whether it became so."""
        deadline = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > deadline:
                return False
            for telephone in self.telephones:
                telephone.step()
            event = self.link.read_event(0.01)
            if event is not None:
                self.heard.append(event)
                self.workspace.hear_phone(event)
            QCoreApplication.processEvents()
        return True

    def close(self) -> None:
        self.workspace.stop()
        for link in (self.link, *(telephone.link for telephone in self.telephones)):
            link.send(commands.Quit())
            while not isinstance(link.read_event(0.01), PhoneLost):
                """It ends its calls and recordings."""
            link.close()
        assert self.background.close(60.0)  # on a busy machine what readings are made with takes its time to load
        self._store.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
