"""What the screens are wired to: every room of the house, opened for one agent. Made by `app`, nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from agent_desktop.announcements import AnnouncementBook, Announcements
from agent_desktop.article_files import ArticleFiles
from agent_desktop.attachments import Attachments
from agent_desktop.care.abusive_calls import AbusiveCalls
from agent_desktop.care.mood import Mood
from agent_desktop.company_rules import CompanyRules
from agent_desktop.customers.asking import Asking
from agent_desktop.customers.book import CustomerBook
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
from agent_desktop.diagnostics.health import Check, Part
from agent_desktop.errors import DeskError
from agent_desktop.exports.desk import Exports
from agent_desktop.favourites import Favourites
from agent_desktop.headset.port import Found
from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.bringing import Bringing, DocumentReader
from agent_desktop.knowledge.feedback import Feedback
from agent_desktop.knowledge.gaps import GapBook
from agent_desktop.knowledge.guide_runs import GuideRuns
from agent_desktop.knowledge.reading_list import ReadingList
from agent_desktop.knowledge.searched import SearchLog
from agent_desktop.knowledge.synonyms import SynonymBook
from agent_desktop.knowledge.writing import ArticleBook
from agent_desktop.leaving import Leaving
from agent_desktop.listening import Listening
from agent_desktop.lists import ListedCall, ListedFollowUp, ListedTicket, NounList, SavedViews, TeamViews
from agent_desktop.opened_files import OpenedFiles
from agent_desktop.organisation import Organisation
from agent_desktop.recordings import Recordings
from agent_desktop.session import AgentSession
from agent_desktop.settings import Settings
from agent_desktop.softphone.account import Account
from agent_desktop.softphone.audio import Sound
from agent_desktop.softphone.link import PhoneLink
from agent_desktop.softphone.phone import Phone
from agent_desktop.softphone.policy import CallPolicy
from agent_desktop.softphone.site import Site
from agent_desktop.supervisor.acts import FloorActs
from agent_desktop.supervisor.agent_board import AgentBoard
from agent_desktop.supervisor.call_marks import CallMarks
from agent_desktop.supervisor.messages import Messages
from agent_desktop.supervisor.monitoring import Monitoring
from agent_desktop.supervisor.report_mails import MailedReports
from agent_desktop.supervisor.reports import FloorReports
from agent_desktop.supervisor.shift_plans import ShiftPlans
from agent_desktop.sync.client import Session
from agent_desktop.sync.conflicts import Conflicts
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.imports import TableImports
from agent_desktop.sync.lease import Lease
from agent_desktop.sync.live import Live
from agent_desktop.sync.privacy import PersonWishes
from agent_desktop.teaching.assigning import Assigning
from agent_desktop.teaching.questions import QuestionBook
from agent_desktop.teaching.results import Results
from agent_desktop.teaching.tables import QuestionTables
from agent_desktop.tickets.bulk import BulkChange
from agent_desktop.tickets.complaint_sheet import ComplaintSheets
from agent_desktop.tickets.complaints import Complaints
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.drafts import Drafts
from agent_desktop.tickets.macros import MacroBook
from agent_desktop.tickets.promises import TicketPromises
from agent_desktop.tickets.trail import TicketTrail
from agent_desktop.tickets.work import TicketWork
from agent_desktop.training.book import Training
from agent_desktop.updates.updater import Updates
from agent_desktop.wrap_up import WrapUps
from agent_model.agent import Agent
from agent_model.announcement import AnnouncementReaders
from agent_model.customer import Customer
from agent_model.macro import Macro
from agent_model.newcomer import Newcomers
from agent_model.own_figures import HonoursBoard, OwnFigures, TeamCare
from agent_model.phone_number import DialPlan, OnRecord, PhoneNumber
from agent_model.phone_number.on_record import Purpose
from agent_model.row_change import RowHistory
from agent_model.signal import SignalRule
from agent_model.synonym import Synonym
from agent_model.wire import Row

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Rooms:
    """`ask_server` looks a number up on the server and keeps what it finds here; true when there was somebody.
    `tell_number` asks it for a number that is masked here, for a reason that it writes down,
    `rule_versions` for every version of a rule of signals, `macro_versions` of a macro, `synonym_versions`,
    `company_versions` of a disposition or a queue, `announcement_readers` for who has read what was told,
    `row_history` for what a row went through, `newcomers` for how newcomers do,
    `own_figures`, `honours` and `team_care` for what it says of care;
    `choose_honours` tells it whether one's name may stand on the honours board, `joined` tells it since when somebody
    works here.
    `start_phone` starts a phone that stays away; `phone_report` is what is known of why it does.
    `is_replaced` says whether another version of this program was installed while it runs; `updates` fetches new ones
    where IT wants that.
    `seat_checks` look whether parts of the workstation are well, for seconds; `gather_diagnostics` puts together what
    IT is given, with facts that the screen knows."""

    agent: Agent
    abusive_calls: AbusiveCalls
    mood: Mood
    plan: DialPlan
    clock: Callable[[], datetime]
    organisation: Organisation
    agent_board: AgentBoard
    floor_acts: FloorActs
    shift_plans: ShiftPlans
    reports: FloorReports
    messages: Messages
    mailed_reports: MailedReports
    call_marks: CallMarks
    monitoring: Monitoring
    announcements: Announcements
    announcement_book: AnnouncementBook
    book: CustomerBook
    edits: CustomerEdits
    finder: CustomerFinder
    duplicates: Duplicates
    merges: CustomerMerges
    likely_pairs: LikelyPairs
    relations: RelationBook
    asking: Asking
    ticket_list: NounList[ListedTicket]
    customer_list: NounList[Customer]
    call_list: NounList[ListedCall]
    follow_up_list: NounList[ListedFollowUp]
    saved_views: SavedViews
    team_views: TeamViews
    exports: Exports
    company_rules: CompanyRules
    bulk: BulkChange
    pop: ScreenPop
    signals: Signals
    consents: Consents
    own_fields: OwnFields
    customer_forms: CustomerForms
    person_wishes: PersonWishes
    identity: IdentityChecks
    follow_ups: FollowUps
    drafts: Drafts
    wrap_ups: WrapUps
    desk: TicketDesk
    promises: TicketPromises
    work: TicketWork
    macros: MacroBook
    articles: ArticleBook
    questions: QuestionBook
    question_tables: QuestionTables
    synonyms: SynonymBook
    assigning: Assigning
    results: Results
    trail: TicketTrail
    complaint_sheets: ComplaintSheets
    complaints: Complaints
    conflicts: Conflicts
    documents: DocumentReader
    bringing: Bringing
    knowledge: KnowledgeBase
    reading_list: ReadingList
    guide_runs: GuideRuns
    feedback: Feedback
    search_log: SearchLog
    gaps: GapBook
    session: AgentSession
    day: OwnDay
    favourites: Favourites
    phone: Phone
    site: Site
    recordings: Recordings
    listening: Listening
    attachments: Attachments
    article_files: ArticleFiles
    opened_files: OpenedFiles
    imports: TableImports
    training: Training
    ask_server: Callable[[PhoneNumber], bool]
    tell_number: Callable[[OnRecord, Purpose, str], str]
    tell_field: Callable[[str, str, str], str]
    rule_versions: Callable[[str], tuple[SignalRule, ...]]
    macro_versions: Callable[[str], tuple[Macro, ...]]
    synonym_versions: Callable[[str], tuple[Synonym, ...]]
    company_versions: Callable[[str, str], tuple[Row, ...]]
    announcement_readers: Callable[[str], AnnouncementReaders]
    row_history: Callable[[str, str, int | None], RowHistory]
    newcomers: Callable[[], Newcomers]
    joined: Callable[[str, date | None], None]
    own_figures: Callable[[], OwnFigures]
    honours: Callable[[], HonoursBoard]
    choose_honours: Callable[[bool], None]
    team_care: Callable[[], TeamCare]
    start_phone: Callable[[], None]
    phone_report: Callable[[], str]
    is_replaced: Callable[[], bool]
    updates: Updates
    seat_checks: Mapping[Part, Callable[[], tuple[Check, ...]]]
    gather_diagnostics: "Callable[[Mapping[str, Any]], Bundle]"


@dataclass(frozen=True, slots=True)
class Desk:
    """One agent's workstation without its window: the rooms, and what the sync and phone lanes run.

    `mend_cache` puts a damaged cache aside, `check_cache` looks for damage; `upload` sends a piece
    of a recording and says how many seconds to wait before the next; `take_over` goes on with a new session after
    the sign-in had expired; `lease` says for how long without the server;
    `sound_of` and `policy_of` are the sound and the policy for other settings. `hurry` ends work that nobody will wait
    for, before the lanes end; `close` comes after every lane has ended. `troubles` is what was mended while opening, to
    be told.
    """

    rooms: Rooms
    cycle: SyncCycle
    live: Live
    link: PhoneLink
    account: Account
    sound: Sound
    sound_of: Callable[[Settings], Sound]
    policy_of: Callable[[Settings], CallPolicy]
    find_headset: Callable[[], Found]
    mend_cache: Callable[[], None]
    check_cache: Callable[[], None]
    upload: Callable[[], float]
    take_over: Callable[[Session], None]
    lease: Lease
    leaving: Leaving
    hurry: Callable[[], None]
    close: Callable[[], None]
    troubles: tuple[DeskError, ...] = ()
