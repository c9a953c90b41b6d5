"""The workstation, built by hand: every object once, each given what it needs. The only place that knows them all."""

import argparse
import dataclasses
import logging
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent_desktop import crashes, link_handler, logs, resources
from agent_desktop.announcements import AnnouncementBook, Announcements, WithAnnouncements
from agent_desktop.article_files import ArticleFiles
from agent_desktop.attachments import Attachments
from agent_desktop.care.abusive_calls import AbusiveCalls
from agent_desktop.care.mood import Mood
from agent_desktop.company_rules import CompanyRules
from agent_desktop.credentials import Credentials
from agent_desktop.customers.asking import Asking, rule_from
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
from agent_desktop.diagnostics import health
from agent_desktop.diagnostics.health import Check, Part, State
from agent_desktop.errors import (
    CacheDamaged,
    DeskError,
    KeyLost,
    KeyringError,
    NewerData,
    OutboxDamaged,
)
from agent_desktop.exports.desk import Exports
from agent_desktop.favourites import Favourites
from agent_desktop.headset.hid import find_headset
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
from agent_desktop.leaving import Leaving
from agent_desktop.listening import Listening
from agent_desktop.lists import NounList, SavedViews, TeamViews, listed_call, listed_follow_up, listed_ticket
from agent_desktop.logs import LogLevel
from agent_desktop.no_core import leave_no_core
from agent_desktop.offline.articles import CacheShelf, MirroredArticles
from agent_desktop.offline.backups import Backups, opened_by
from agent_desktop.offline.check import CacheCheck
from agent_desktop.offline.day_log import DayLog
from agent_desktop.offline.forgetting import Forgetting, Traces
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.listing import Listing
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.newer import finish_going_back, go_back, sift, usable, waits_for_newer
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.persons import Persons
from agent_desktop.offline.rescue import put_aside_locked, rescue_outbox
from agent_desktop.offline.sealing import Sealed, Sealing
from agent_desktop.offline.store import CACHE_FORMAT, OUTBOX_FORMAT, Store
from agent_desktop.offline.view import View
from agent_desktop.opened_files import OpenedFiles
from agent_desktop.organisation import Organisation
from agent_desktop.own_program import OwnProgram, lasting
from agent_desktop.paths import Paths
from agent_desktop.policy.machine import Places
from agent_desktop.policy.schema import load
from agent_desktop.policy.written import LARGEST, Rank, Source, of_content
from agent_desktop.recordings import Recordings
from agent_desktop.route import Route
from agent_desktop.session import AgentSession, Seat
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.single_instance import Knock, claim_or_knock
from agent_desktop.softphone.account import Account, DigitMode, Keying, MediaEncryption, Transport
from agent_desktop.softphone.address import domain_of
from agent_desktop.softphone.audio import NativeSink, NativeSource, Sound
from agent_desktop.softphone.link import PhoneLink, start_phone
from agent_desktop.softphone.phone import Phone
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy
from agent_desktop.softphone.report import phone_report
from agent_desktop.softphone.site import RecordingRule, Site
from agent_desktop.starts import StartLog
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
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.delivery import Delivery
from agent_desktop.sync.erasing import Erasing
from agent_desktop.sync.front_door import FrontDoor, Inside, Left
from agent_desktop.sync.handover import HandoverFolder, seal_file_key
from agent_desktop.sync.imports import TableImports
from agent_desktop.sync.in_turn import InTurn
from agent_desktop.sync.live import Live
from agent_desktop.sync.privacy import PersonWishes
from agent_desktop.sync.provisions import Provisions, at_sign_in
from agent_desktop.sync.server_clock import ServerClock
from agent_desktop.sync.shelves import Shelves
from agent_desktop.sync.tally import UnsentTally
from agent_desktop.sync.tus import FileTransfer
from agent_desktop.sync.untold_states import UntoldStates
from agent_desktop.sync.uploads import Shelf, Uploads
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
from agent_desktop.ui import policy_report
from agent_desktop.ui.application import START_AGAIN, run
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Desk, Rooms
from agent_desktop.updates.updater import Channel, Updates, Wanted
from agent_desktop.updates.versions import Versions
from agent_desktop.wrap_up import WrapUps
from agent_model.agent import Role
from agent_model.form_value import Locale
from agent_model.phone_number import DialForm, DialPlan, DialRules, PhoneNumber, normalise
from agent_model.secret import Secret

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle

log = logging.getLogger(__name__)

BOOT_CLOCK = getattr(time, "CLOCK_BOOTTIME", None)
"""Of Linux, whose monotonic clock stands still while the computer sleeps; that of Windows goes on."""


def now() -> datetime:
    return datetime.now(UTC)


def since_start() -> float:
    """The seconds since this computer was started, by a clock that nobody sets and that goes on while it sleeps."""
    return time.monotonic() if BOOT_CLOCK is None else time.clock_gettime(BOOT_CLOCK)


def midnight() -> datetime:
    """The beginning of today where this computer stands."""
    return datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


PASSWORD_STDIN = "--password-stdin"  # noqa: S105 - the name of an option
AUTOSTART = "--autostart"
MEGABYTE = 1 << 20
MOST_PARK_SLOTS = 20
"""Each is watched at the switch."""


def new_id() -> str:
    """Ids made here never meet those of another workstation."""
    return secrets.token_hex(8)


def front_door(
    paths: Paths, credentials: Credentials, settings: Settings, file: SettingsFile | None = None
) -> FrontDoor:
    """What the server sets the workstation up with goes into `file`."""
    return FrontDoor(
        paths,
        credentials,
        partial(
            ServerClient,
            route=Route(settings.server_ca_file, settings.server_proxy),
            hides=settings.customers_hidden,
        ),
        now,
        settings.offline_lease_h,
        lambda left: _rescue(paths, settings, left),
        lambda client, serial: None if file is None else at_sign_in(client, serial, file),
    )


def dial_plan(settings: Settings) -> DialPlan:
    prefixes = tuple(prefix for prefix in settings.trunk_prefixes.split(",") if prefix)
    dials = DialRules(DialForm(settings.dial_form), settings.outside_line, keeps_area_code=settings.keep_area_code)
    return DialPlan(country=settings.country, area_code=settings.area_code, trunk_prefixes=prefixes, dials=dials)


def sip_account(settings: Settings, extension: str, password: str) -> Account:
    """The telephone account of this seat; without a registrar calls come straight in."""
    return Account(
        user=settings.sip_user or extension,
        domain=settings.sip_domain or domain_of(settings.sip_registrar) or "127.0.0.1",
        password=password,
        registrar=settings.sip_registrar or None,
        second_registrar=settings.sip_second_registrar or None,
        proxy=settings.sip_proxy or None,
        transport=Transport(settings.sip_transport),
        auth_user=settings.sip_auth_user,
        keep_alive_s=settings.sip_keep_alive_s,
        only_from_switch=settings.sip_only_from_switch,
        trusted_ca=Path(settings.sip_ca_file) if settings.sip_ca_file else None,
        media_encryption=MediaEncryption(settings.sip_encryption),
        keying=Keying(settings.sip_keying),
        codecs=tuple(name.strip() for name in settings.sip_codecs.split(",")),
        digit_mode=DigitMode(settings.sip_digits),
        stun_server=settings.sip_stun_server or None,
        ice=settings.sip_ice,
        shown_number_header=settings.sip_shown_number_header,
        local_port=settings.sip_port,
        bound_to="" if settings.sip_registrar else "127.0.0.1",
    )


def site(settings: Settings) -> Site:
    """The exchange's numbers with a purpose, and who may record."""
    return Site(
        survey=settings.survey_number,
        pin_check=settings.pin_check_number,
        park=settings.park_number,
        voicemail=settings.voicemail_number,
        park_slots=park_slots(settings.park_slots),
        recording=RecordingRule(settings.recording),
        recording_queues=tuple(queue.strip() for queue in settings.recording_queues.split(",") if queue.strip()),
        announces_recording=settings.recording_beep,
    )


def park_slots(written: str) -> tuple[str, ...]:
    """`8501-8503,8510` as single numbers; what is no number is left out."""
    slots: list[str] = []
    for part in written.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            end = min(int(last or first), int(first) + MOST_PARK_SLOTS)
            slots += [str(slot) for slot in range(int(first), end + 1)]
    return tuple(slots[:MOST_PARK_SLOTS])


def call_policy(settings: Settings) -> CallPolicy:
    return CallPolicy(do_not_disturb=settings.do_not_disturb, auto_answer=AutoAnswer(settings.sip_auto_answer))


def sound(settings: Settings) -> Sound:
    """The chosen devices and what is done to their sound; an empty name is the system's default."""
    return Sound(
        NativeSource(settings.microphone or None),
        NativeSink(settings.speaker or None),
        ringer=NativeSink(settings.ringer) if settings.ringer else None,
        microphone_gain=settings.microphone_gain_pct / 100,
        speaker_gain=settings.speaker_gain_pct / 100,
        echo_cancelling=settings.echo_cancelling,
        noise_suppression=settings.noise_suppression,
    )


def updates_wanted(settings: Settings) -> Wanted:
    return Wanted(
        channel=Channel(settings.update_channel),
        url=settings.update_url,
        quiet_hours=settings.update_quiet_hours,
        delay_days=settings.update_delay_days,
        rate_kb_s=settings.update_rate_kb_s,
    )


def open_desk(
    paths: Paths,
    credentials: Credentials,
    file: SettingsFile,
    settings: Settings,
    inside: Inside,
    in_step: InStep,
    tell_seat: Callable[[Seat], None],
    sealing: Sealing | None = None,
    *,
    goes_back: bool = False,
) -> Desk:
    """Opens this agent's store and rooms, sealed with their key unless `sealing` says otherwise; what the server sets
    the workstation up with goes into `file`. Raises FolderNotWritable, DiskFull, and NewerData unless the agent
    `goes_back` to this version.

    A damaged cache is put aside at once, for everything in it comes again from the server; of a damaged outbox
    everything readable goes on, and the file is kept.
    """
    client = inside.client
    folder = paths.of_agent(client.address, inside.agent.id)
    store, troubles = _open_store(folder, sealing or Sealed(inside.key), goes_back=goes_back)
    store.report_damage(in_step.tell_damage)
    check = CacheCheck(store, now)
    mirror = Mirror(store)
    outbox = Outbox(store, author=inside.agent.id)
    view = View(mirror, outbox)
    plan = dial_plan(settings)
    promises = TicketPromises(view, now)
    synonyms = SynonymBook(view, now, new_id)
    complaint_sheets = ComplaintSheets(view, inside.agent, now, promises.with_clocks)
    book = CustomerBook(view, plan, now, new_id, promises.with_clocks)
    drafts = Drafts(outbox, now)
    builder, documents = ProcessBuilder(), DocumentReader()
    articles = ArticleBook(view, MirroredArticles(store), inside.agent, now, new_id)
    link = PhoneLink(paths.run, partial(start_phone, crashes=paths.logs / crashes.FOLDER))
    account = sip_account(settings, inside.agent.extension, _phone_password(credentials, settings, inside))

    def gather_diagnostics(seen: Mapping[str, Any]) -> "Bundle":
        from agent_desktop.diagnostics.collecting import Diagnostics, Knowledge  # seldom wanted

        unsent = {"waiting": outbox.count_waiting(), "refused": outbox.count_parked(), "scopes": len(mirror.cursors())}
        knowledge = Knowledge(Persons(store).texts, (*client.secrets, account.password), unsent)
        return Diagnostics(paths, file, now, knowledge).gather(seen)

    recordings_kept = timedelta(days=settings.recordings_kept_days)
    recordings = Recordings(folder / "recordings", inside.key.derive("recordings"), now, kept_for=recordings_kept)
    _take_over_recordings(recordings, credentials, inside)
    listening = Listening(folder / "heard", recordings, view, inside.agent, client, now)
    call_marks = CallMarks(inside.agent, client, Kept(store), now, lambda: secrets.token_hex(16))
    attachments = Attachments(
        folder / "attachments", inside.key.derive("attachments"), view, inside.agent.id, now, new_id, client.attachment
    )
    opened_files = OpenedFiles(paths.run)
    opened_files.forget()
    quiet = InTurn()
    article_files = ArticleFiles(
        folder / "article-files",
        inside.key.derive("article files"),
        view,
        now,
        client.article_file,
        lambda: outbox.count_waiting() > 0,
        quiet.hurry,
    )
    quiet.add(_uploads(client, Shelves((attachments, article_files, recordings)), outbox, in_step).step)
    quiet.add(article_files.step)
    leads = inside.agent.role in (Role.TEAM_LEAD, Role.DUTY_MANAGER)
    conflicts = Conflicts(client, mirror, outbox, now, sees_others=leads)
    desk = TicketDesk(view, drafts, inside.agent.id, now, new_id, Locale(plan))
    leaving = _leaving(paths, settings, client, outbox, drafts, desk)
    delivery = Delivery(client, leaving.handovers, now)
    finder = CustomerFinder(view, FoundBy(store), plan, names.readings)
    follow_ups = FollowUps(view, inside.agent, now, new_id)
    own_fields = OwnFields(view, Locale(plan))
    duplicates = Duplicates(view, FoundBy(store), names.readings)
    server_clock = ServerClock(Kept(store), now)
    untold = UntoldStates(Kept(store), now)
    in_step.keep_untold(untold, inside.agent.id)
    announcements = Announcements(view, inside.agent, now, server_clock.of_server, Kept(store))
    messages = Messages(inside.agent, client, Kept(store), now, server_clock.of_server, lambda: secrets.token_hex(16))
    questions = QuestionBook(view, inside.agent.id, now, new_id)
    updates = Updates(
        version("agent-desktop"),
        updates_wanted(settings),
        Versions.of_this_program(),
        client.route,
        lambda: client.device_id,
        now,
    )
    rooms = Rooms(
        agent=inside.agent,
        abusive_calls=AbusiveCalls(view, inside.agent, now, new_id),
        mood=Mood(Kept(store), client, now, lambda soonest, latest: soonest + secrets.randbelow(latest - soonest)),
        plan=plan,
        clock=now,
        organisation=Organisation(mirror),
        agent_board=AgentBoard(inside.agent, Kept(store)),
        monitoring=Monitoring(view, inside.agent, client, lambda: secrets.token_hex(16)),
        reports=FloorReports(inside.agent, client, Kept(store)),
        mailed_reports=MailedReports(inside.agent, client, Kept(store), lambda: secrets.token_hex(16)),
        call_marks=call_marks,
        shift_plans=ShiftPlans(client),
        floor_acts=FloorActs(client.put_into, client.serve, client.answer_help, client.take_alert, Kept(store)),
        messages=messages,
        announcements=announcements,
        announcement_book=AnnouncementBook(view, inside.agent, now, new_id),
        book=book,
        edits=CustomerEdits(view, plan, now),
        finder=finder,
        duplicates=duplicates,
        likely_pairs=LikelyPairs(view, FoundBy(store), duplicates, client.duplicates),
        merges=CustomerMerges(view, now, new_id),
        relations=RelationBook(view, inside.agent.id, now, new_id),
        asking=Asking(
            view,
            Kept(store),
            follow_ups,
            now,
            rule_from(settings.asked_fields.split(), settings.asked_again_days),
        ),
        ticket_list=NounList(Listing(store, view, "ticket"), listed_ticket(book.name_of)),
        customer_list=NounList(Listing(store, view, "customer"), customer_of, finder.learn),
        call_list=NounList(Listing(store, view, "contact"), listed_call(book.name_of)),
        follow_up_list=NounList(Listing(store, view, "follow_up"), listed_follow_up(follow_ups.told, book.name_of)),
        saved_views=SavedViews(Kept(store)),
        team_views=TeamViews(view, inside.agent, now, new_id),
        exports=Exports(view, inside.agent, now, new_id),
        company_rules=CompanyRules(view, inside.agent.role, now, new_id, inside.agent.team),
        bulk=BulkChange(view, inside.agent.id, now),
        pop=ScreenPop(book, plan),
        follow_ups=follow_ups,
        signals=Signals(view, Organisation(mirror).products, inside.agent, now, new_id),
        consents=Consents(view, inside.agent, now),
        own_fields=own_fields,
        customer_forms=CustomerForms(view, own_fields, inside.agent.id, now),
        person_wishes=PersonWishes(client),
        identity=IdentityChecks(view, inside.agent.id, now),
        drafts=drafts,
        desk=desk,
        promises=promises,
        work=TicketWork(view, inside.agent, now, new_id, promises.with_clocks, complaint_sheets.may_close),
        macros=MacroBook(view, now, new_id, pinyin.read),
        questions=questions,
        question_tables=QuestionTables(questions, view, inside.agent.id),
        synonyms=synonyms,
        articles=articles,
        assigning=Assigning(view, inside.agent, now, new_id),
        results=Results(view, inside.agent.id),
        trail=TicketTrail(
            client.row_history,
            CacheShelf(store, "ticket-trails"),
            lambda ticket_id: mirror.row("ticket", ticket_id) is not None,
            now,
        ),
        complaint_sheets=complaint_sheets,
        complaints=Complaints(view, inside.agent.id, now, new_id),
        conflicts=conflicts,
        guide_runs=GuideRuns(outbox, now),
        feedback=Feedback(view, Kept(store), inside.agent, now, new_id),
        search_log=SearchLog(outbox, inside.agent.id, now, new_id),
        gaps=GapBook(view, client.gaps, lambda days: CacheShelf(store, f"gaps-{days}"), inside.agent.id, now, new_id),
        knowledge=KnowledgeBase(
            WithAnnouncements(MirroredArticles(store), announcements),
            now,
            CacheShelf(store),
            builder,
            synonyms.in_force,
        ),
        documents=documents,
        bringing=Bringing(
            articles, outbox.together, lambda entity, id_: mirror.row(entity, id_) is not None, inside.agent.id, now
        ),
        wrap_ups=WrapUps(view, Kept(store), now, pinyin.read),
        session=AgentSession(inside.agent, now, changed=tell_seat),
        day=OwnDay(DayLog(store), now, midnight, plan, pinyin.read, lambda: Secret.NAME in mirror.sight().kinds),
        favourites=Favourites(Kept(store)),
        reading_list=ReadingList(Kept(store)),
        phone=Phone(link.send),
        site=site(settings),
        recordings=recordings,
        listening=listening,
        attachments=attachments,
        article_files=article_files,
        opened_files=opened_files,
        imports=TableImports(client, FileTransfer(client)),
        training=Training(view, inside.agent.id, now, since_start),
        ask_server=lambda number: _ask_server(client, mirror, number),
        tell_number=client.tell_number,
        tell_field=client.tell_field,
        rule_versions=client.rule_versions,
        macro_versions=client.macro_versions,
        synonym_versions=client.synonym_versions,
        company_versions=client.company_versions,
        announcement_readers=client.announcement_readers,
        row_history=client.row_history,
        newcomers=client.newcomers,
        joined=client.joined,
        own_figures=client.own_figures,
        honours=client.honours,
        choose_honours=client.choose_honours,
        team_care=client.team_care,
        start_phone=link.start_again,
        phone_report=lambda: phone_report(paths.run, paths.logs / crashes.FOLDER, now()),
        is_replaced=OwnProgram.running().is_replaced,
        updates=updates,
        seat_checks=_seat_checks(paths, file, credentials, client, store, outbox, updates),
        gather_diagnostics=gather_diagnostics,
    )

    def hurry() -> None:
        builder.stop()
        documents.stop()

    def close() -> None:
        client.close()
        store.close()
        check.end()
        opened_files.forget()

    return Desk(
        rooms=rooms,
        cycle=SyncCycle(
            client,
            mirror,
            outbox,
            now,
            in_step.tell,
            in_step.tell,
            in_step.is_stopping,
            deliver=lambda: _bring(delivery, leaving.tally),
            conflicts=conflicts,
            kept_back=in_step.tell,
            met=server_clock.met,
            provisions=Provisions(client, file, in_step.tell, now),
            erasing=Erasing(
                client,
                Forgetting(store, mirror, outbox, plan),
                Kept(store),
                lambda traces: _erase_beside(recordings, listening, attachments, rooms, plan, traces),
                in_step.tell,
            ),
        ),
        live=Live(
            client.address,
            lambda: client.access,
            in_step.tell_live,
            untold=untold.to_tell,
            clock=now,
            route=client.route,
            hides=client.hides,
        ),
        link=link,
        account=account,
        sound=sound(settings),
        sound_of=sound,
        policy_of=call_policy,
        find_headset=find_headset,
        mend_cache=lambda: _mend(store),
        check_cache=check.run,
        upload=quiet.step,
        take_over=client.take_over,
        lease=inside.lease,
        leaving=leaving,
        hurry=hurry,
        close=close,
        troubles=troubles,
    )


def _seat_checks(
    paths: Paths,
    file: SettingsFile,
    credentials: Credentials,
    client: ServerClient,
    store: Store,
    outbox: Outbox,
    updates: Updates,
) -> Mapping[Part, Callable[[], tuple[Check, ...]]]:
    """What of this workstation is looked at beside the phone. Each may take seconds, in any thread."""

    def server() -> tuple[Check, ...]:
        seen = client.look()
        here = now()
        answered = health.of_server(seen.version, seen.took_ms, seen.issuer, seen.ends, here)
        return answered, health.of_clock(seen.at, here)

    def database() -> tuple[Check, ...]:
        size = sum(path.stat().st_size for path in store.folder.glob("*.db*"))
        return (health.of_database(size // MEGABYTE, is_encrypted=isinstance(store.sealing, Sealed)),)

    return {
        Part.SERVER: server,
        Part.DATABASE: database,
        Part.UNSENT: lambda: (health.of_unsent(outbox.count_waiting(), outbox.count_parked()),),
        Part.DISK: lambda: (health.of_disk(shutil.disk_usage(store.folder).free // MEGABYTE, str(paths.data)),),
        Part.KEYRING: lambda: (Check(Part.KEYRING, State.WELL, {"name": credentials.backend()}),),
        Part.POLICY: lambda: (health.of_policy(len(file.locked), len(file.refused)),),
        Part.UPDATES: lambda: (health.of_updates(updates.standing),),
    }


def _erase_beside(
    recordings: Recordings,
    listening: Listening,
    attachments: Attachments,
    rooms: Rooms,
    plan: DialPlan,
    traces: Traces,
) -> None:
    """What of somebody who was erased lies outside the rows, drafts and commands."""
    recordings.erase(traces.contacts, traces.calls)
    listening.forget()
    attachments.erase(traces.tickets)
    rooms.call_marks.erase(traces.contacts)
    theirs = {normalise(number, plan) for number in traces.numbers} - {None}
    rooms.favourites.forget(lambda number: normalise(number, plan) in theirs)


def _uploads(client: ServerClient, shelf: Shelf, outbox: Outbox, in_step: InStep) -> Uploads:
    def sealed(sha256: str, key: bytes) -> bytes | None:
        if client.recipient is None:
            return None
        return seal_file_key(client.recipient, outbox.author, client.device_id, sha256, key)

    return Uploads(
        FileTransfer(client),
        shelf,
        sealed,
        lambda: outbox.delivered.epoch,
        lambda: outbox.count_waiting() > 0,
        in_step.tell,
    )


def _open_store(folder: Path, sealing: Sealing, *, goes_back: bool = False) -> tuple[Store, tuple[DeskError, ...]]:
    """The store, mended where it was damaged, and what was found; before another version's is opened, a copy is made.
    Raises FolderNotWritable, DiskFull, and NewerData unless it `goes_back`."""
    troubles: list[DeskError] = []
    backups = Backups(folder, version("agent-desktop"), now())
    finish_going_back(folder, now())
    if opened_by(folder).is_read_by(CACHE_FORMAT, OUTBOX_FORMAT):
        troubles += filter(None, [backups.before_opening(sealing)])
    try:
        store, found = _opened(folder, sealing)
    except NewerData as newer:
        if not goes_back:
            copy = usable(backups)
            raise NewerData(newer.path, newer.written_by, "" if copy is None else copy.opened.version) from newer
        troubles.append(go_back(backups, folder, now(), sealing))
        store, found = _opened(folder, sealing)
    if backups.note(CACHE_FORMAT, OUTBOX_FORMAT):
        sift(store)
    troubles += (*found, *filter(None, [waits_for_newer(folder, sealing)]))
    return store, tuple(troubles)


def _opened(folder: Path, sealing: Sealing) -> tuple[Store, tuple[DeskError, ...]]:
    """Mended where it was damaged. Raises as `_open_store`."""
    troubles: list[DeskError] = []
    try:
        store = Store(folder, sealing)
    except KeyLost as loss:
        troubles.append(KeyLost(put_aside_locked(folder, now()), str(loss)))
        store = Store(folder, sealing)
    except OutboxDamaged as damage:
        troubles.append(OutboxDamaged(rescue_outbox(folder, now(), sealing).aside, str(damage)))
        store = Store(folder, sealing)
    try:
        store.open_cache()
    except CacheDamaged as damage:
        troubles.append(damage)
        store.quarantine_cache(now())
    except BaseException:
        store.close()
        raise
    return store, tuple(troubles)


def _leaving(
    paths: Paths, settings: Settings, client: ServerClient, outbox: Outbox, drafts: Drafts, desk: TicketDesk
) -> Leaving:
    handovers = HandoverFolder(paths.of_handover(client.address, settings.handover_folder))
    return Leaving(client, outbox, drafts, desk, handovers, UnsentTally(client, outbox, now), now)


def _bring(delivery: Delivery, tally: UnsentTally) -> None:
    """With every round of sync."""
    delivery.run()
    tally.tell_if_due()


def _rescue(paths: Paths, settings: Settings, left: Left) -> None:
    """What a person has unsent here whom the server lets in no more. Raises StoreError."""
    folder = paths.of_agent(left.client.address, left.agent_id)
    if not folder.exists():
        return
    store, _ = _open_store(folder, Sealed(left.key), goes_back=True)
    with closing(store):
        outbox = Outbox(store, author=left.agent_id)
        drafts = Drafts(outbox, now)
        desk = TicketDesk(View(Mirror(store), outbox), drafts, left.agent_id, now, new_id)
        _leaving(paths, settings, left.client, outbox, drafts, desk).hand_over_all()


def _phone_password(credentials: Credentials, settings: Settings, inside: Inside) -> str:
    """From the keyring, for a registrar only; without one the switch refuses, and the screen says so."""
    if not settings.sip_registrar:
        return ""
    try:
        return credentials.phone_password(settings.sip_registrar, settings.sip_user or inside.agent.extension) or ""
    except KeyringError:
        return ""


def _take_over_recordings(recordings: Recordings, credentials: Credentials, inside: Inside) -> None:
    """Cards that an earlier version sealed with a key in the keyring are sealed with this agent's key."""
    server, login = inside.client.address, inside.agent.login
    try:
        old = credentials.old_recordings_key(server, login)
        if old is not None and recordings.take_over(old):
            credentials.forget_old_recordings_key(server, login)
    except KeyringError as problem:
        log.info("no keyring, so no recordings of an earlier version: %s", type(problem).__name__)


def _mend(store: Store) -> None:
    """Puts the damaged cache aside; the next sync fills a new one. The outbox is not touched."""
    store.quarantine_cache(now())


def _ask_server(client: ServerClient, mirror: Mirror, number: PhoneNumber) -> bool:
    """Looks the number up on the server and keeps everybody found."""
    met = client.customers_with(number)
    for found in met:
        mirror.keep(found.rows)
    return bool(met)


def main(argv: Sequence[str] | None = None, places: Places | None = None) -> int:
    """Runs the workstation until its window is closed. Exit code 1 when a lane would not end. `places` is where IT's
    policy lies; None: where it lies on this machine."""
    wishes = parser().parse_args(argv)
    leave_no_core()
    if wishes.smoke:
        from agent_desktop import smoke  # seldom wanted

        return smoke.run(wishes.picture)
    if wishes.policy_check is not None:
        return _check_policy(wishes.policy_check)
    paths = Paths.of_user()
    logs.start(paths.logs)
    file = SettingsFile(paths.settings, (places or Places.of_this_machine()).read())
    if wishes.diagnostics is not None:
        return _write_diagnostics(paths, file, wishes.diagnostics)
    if wishes.policy_report:
        return _report_policy(file, as_json=wishes.json)
    settings = file.read()
    logs.use_level(LogLevel(settings.log_level))
    for refused in file.refused:
        log.warning("does not count: %s %s (%s)", refused.source.where, refused.key, refused.wrong)
    if wishes.autostart and not settings.autostart:
        return 0
    locked = file.locked
    named = {name: value for name in ("server", "login") if (value := getattr(wishes, name)) and name not in locked}
    settings = dataclasses.replace(settings, **named)
    credentials = Credentials()
    if wishes.phone_password_stdin:
        return _keep_phone_password(credentials, settings, sys.stdin.readline().rstrip("\n"), wishes.sip_user)
    if wishes.handovers:
        return _count_handovers(paths, settings)
    if wishes.register_links:
        return _register_links(link_handler.schemes_of(settings.url_handlers))
    try:
        claim = claim_or_knock(paths.run, Knock.with_link(wishes.link))
    except DeskError as problem:
        print(explain(problem), file=sys.stderr)
        return 1
    if claim is None:
        return 0
    starts = StartLog(paths.data, version("agent-desktop"))
    with closing(claim), _watched(paths) as has_crashed:
        starts.begin()
        code = run(
            settings,
            file.write,
            front_door(paths, credentials, settings, file),
            partial(open_desk, paths, credentials, file),
            resources.folder(),
            partial(gather_before_sign_in, paths, file),
            starts,
            password=sys.stdin.readline().rstrip("\n") if wishes.password_stdin else None,
            link=wishes.link,
            claim=claim,
            locked=locked,
            has_crashed=has_crashed,
        )
    if code == START_AGAIN:
        program = str(lasting(Path(sys.executable)))
        again = [program, *words_again(sys.orig_argv[1:], wishes.link)]
        if sys.platform == "win32":  # whose execv takes a path with blanks apart
            subprocess.Popen(again)
            return 0
        os.execv(program, again)  # noqa: S606 - this very program, or the version after it
    return code


def words_again(words: Sequence[str], link: str) -> list[str]:
    """What the program is started again with: nothing that was for the first start alone, such as a number to dial."""
    return [word for word in words if word not in (PASSWORD_STDIN, AUTOSTART, link)]


@contextmanager
def _watched(paths: Paths) -> Iterator[bool]:
    """What goes wrong from here on is kept; whether an earlier run ended badly, which nobody was told yet."""
    folder = paths.logs / crashes.FOLDER
    has_crashed = any(report.name.startswith("window") for report in crashes.look_back(folder))
    watch = crashes.watch(folder, "window", now)
    if watch is not None:
        watch.hear_exceptions()
    yield has_crashed
    if watch is not None:
        watch.end()


def _check_policy(path: Path) -> int:
    """For IT, before a file is handed out: what of it would not count; 1 when something would not."""
    source = Source(Rank.MACHINE, str(path))
    try:
        with path.open("rb") as file:
            found = of_content(file.read(LARGEST + 1), source, load())
    except OSError as problem:
        print(f"{path}: {problem.strerror}", file=sys.stderr)
        return 1
    print(policy_report.as_checked(found, resources.folder()))
    return 1 if found.refused else 0


def _report_policy(file: SettingsFile, *, as_json: bool) -> int:
    """For IT: what holds here, and who says so; 1 when something that is written does not count, or names a file by
    which nobody is trusted."""
    standing = file.standing()
    facts = version("agent-desktop"), standing, file.refused, policy_report.bad_files(standing, now())
    print(policy_report.as_json(*facts) if as_json else policy_report.as_text(*facts, resources.folder()))
    return 1 if any(facts[2:]) else 0


def gather_before_sign_in(paths: Paths, file: SettingsFile, seen: Mapping[str, Any]) -> "Bundle":
    from agent_desktop.diagnostics.collecting import Diagnostics  # seldom wanted

    return Diagnostics(paths, file, now).gather(seen)


def _write_diagnostics(paths: Paths, file: SettingsFile, to: Path) -> int:
    """For IT: nobody has signed in, so that nothing is known of whom to leave out, and more is left out."""
    bundle = gather_before_sign_in(paths, file, {})
    try:
        bundle.write(to)
    except DeskError as problem:
        print(explain(problem), file=sys.stderr)
        return 1
    for paper in bundle.papers:
        print(f"{paper.size:>9}  {paper.name}")
    return 0


def _count_handovers(paths: Paths, settings: Settings) -> int:
    """For IT: what people left here sealed for their server; 1 when some of it was put aside, to be looked at."""
    folder = paths.of_handover(settings.server, settings.handover_folder)
    found = HandoverFolder(folder).count()
    print(f"{folder}: {found.fresh} to be delivered, {found.refused} refused, {found.parked} put aside")
    return 1 if found.parked else 0


def _register_links(schemes: Sequence[str]) -> int:
    """Makes this installation open telephone links for the person who runs it; 1 with a sentence when it cannot."""
    if not schemes:
        print("Your organisation lets this program open no telephone links (url_handlers).", file=sys.stderr)
        return 1
    folder = resources.folder()
    try:
        entry = (folder / "desktop" / link_handler.ENTRY).read_text("utf-8")
        link_handler.register(entry, folder / "icons", schemes=schemes)
    except link_handler.NoRegistrarError:
        print("This desktop has neither xdg-mime nor gio. Install xdg-utils, then try again.", file=sys.stderr)
        return 1
    except (DeskError, OSError, subprocess.CalledProcessError) as problem:
        print(f"Telephone links stay as they were: {problem}", file=sys.stderr)
        return 1
    return 0


def _keep_phone_password(credentials: Credentials, settings: Settings, password: str, named: str = "") -> int:
    """Puts the telephone account's password into the keyring; 1 with a sentence when that cannot be done. `named` is
    the account where no policy says it."""
    user = settings.sip_user or named
    if not (settings.sip_registrar and user):
        print(
            "The policy has to name the registrar (sip.registrar), and the account (sip.user), or you name that by "
            "--sip-user. Then give the password again.",
            file=sys.stderr,
        )
        return 1
    try:
        credentials.keep_phone_password(settings.sip_registrar, user, password)
    except KeyringError as problem:
        print(explain(problem), file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent-desktop", description="The call-centre agent's workstation.")
    parser.add_argument("--version", action="version", version=f"agent-desktop {version('agent-desktop')}")
    parser.add_argument("--server", help="address of the central server (default: the one used before)")
    parser.add_argument("--login", help="who signs in (default: who signed in before)")
    parser.add_argument("link", nargs="?", default="", help="a tel:, sip: or callto: link to put into the dial field")
    parser.add_argument("--register-links", action="store_true", help="open telephone links with this program, and end")
    parser.add_argument(PASSWORD_STDIN, action="store_true", help="read the password from standard input")
    parser.add_argument(AUTOSTART, action="store_true", help="end at once, unless IT or the person wants a start")
    parser.add_argument(
        "--policy-report", action="store_true", help="print each setting with who decided it, and what does not count"
    )
    parser.add_argument(
        "--policy-check", type=Path, metavar="FILE.json", help="say what of a file of policy would not count, and end"
    )
    parser.add_argument("--json", action="store_true", help="with --policy-report: for a program to read")
    parser.add_argument("--smoke", action="store_true", help="try every part of this installation, and end")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="with --smoke: keep a picture of the window")
    parser.add_argument(
        "--diagnostics", type=Path, metavar="FILE.zip", help="write what helps to find a fault, without names, and end"
    )
    parser.add_argument("--handovers", action="store_true", help="count the sealed work that lies on this machine")
    parser.add_argument(
        "--phone-password-stdin",
        action="store_true",
        help="keep the telephone account's password, read from standard input, in the keyring, and end",
    )
    parser.add_argument("--sip-user", default="", help="with --phone-password-stdin: whose, where no policy says it")
    return parser
