"""Draws every screen in every state: `python -m tests.ui.gallery --out build/gallery`."""

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.customers.edits import Fault
from agent_desktop.customers.profile import Privacy
from agent_desktop.errors import CodeUsed, KeyringLocked, NewerData, NotAdmitted, WrongPassword
from agent_desktop.leaving import Hope
from agent_desktop.policy.written import Rank, Source
from agent_desktop.settings import Settings
from agent_desktop.softphone.account import RegistrationRefused
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.call import TransferPurpose
from agent_desktop.softphone.events import SoundTest, SoundTested
from agent_desktop.sync.events import DeviceStopped, NeedsAttention, Offline
from agent_desktop.tickets.draft import Lack
from agent_desktop.ui.appearance.language import speak
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.attention.page import Refused
from agent_desktop.ui.closing_sheet import ClosingSheet
from agent_desktop.ui.messages import updates as update_words
from agent_desktop.ui.messages.devices import microphone_replaced
from agent_desktop.ui.messages.line import explain_registration, phone_lost, phone_stays_away
from agent_desktop.ui.messages.policy import locked_by
from agent_desktop.ui.messages.seat import lease_over, locked, waits_for_keyring
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.sign_in.window import SignInWindow
from agent_desktop.ui.sign_off_sheet import SignOffSheet
from agent_desktop.ui.still_open import StillOpen
from agent_desktop.ui.strip.call_strip import CallStrip
from agent_desktop.ui.ticket.deeds import Deed as TicketDeed
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Notice, Weight
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.right_panel import SCRIPT
from agent_desktop.ui.window.shortcut_sheet import ShortcutSheet
from agent_desktop.updates.updater import Stage, Standing
from agent_model.device import DeviceState
from agent_model.form_value import ValueFault
from agent_model.phone_number import PhoneNumber
from agent_model.words import Words
from tests.ui import (
    company_rule_samples,
    complaint_samples,
    follow_up_samples,
    form_samples,
    import_samples,
    merge_samples,
    privacy_samples,
    relation_samples,
)
from tests.ui.announcement_samples import show_announcements, show_announcing
from tests.ui.article_samples import show_articles, show_brought
from tests.ui.attachment_samples import show_bulk, show_files
from tests.ui.care_samples import OF_LEADS as CARE_OF_LEADS
from tests.ui.care_samples import STATES as CARE_STATES
from tests.ui.care_samples import show_abuse, show_care, show_figures
from tests.ui.contested import away_contests, away_words, contests, customer_draft
from tests.ui.desk import RESOURCES, STATES, application, formats, put_into, window
from tests.ui.gap_samples import STATES as GAP_STATES
from tests.ui.gap_samples import show_gaps
from tests.ui.guide_samples import show_guide
from tests.ui.health_samples import STATES as HEALTH_STATES
from tests.ui.health_samples import show_health
from tests.ui.identity_samples import show_check
from tests.ui.kept_back_samples import show_kept_back
from tests.ui.knowledge_samples import show_knowledge
from tests.ui.listed import show_calls, show_customers, show_export, show_found, show_tickets
from tests.ui.macro_samples import WRONG as WRONG_MACRO
from tests.ui.macro_samples import open_list, show_macros
from tests.ui.rail_samples import STATES as RAIL_STATES
from tests.ui.rail_samples import show_rail
from tests.ui.samples import NOW, Samples, ago
from tests.ui.signal_samples import WRONG, show_rules
from tests.ui.small_windows import sheet as small_windows
from tests.ui.strips import scenes
from tests.ui.supervisor_samples import STATES as FLOOR_STATES
from tests.ui.supervisor_samples import show_floor
from tests.ui.synonym_samples import show_synonyms
from tests.ui.teaching_samples import STATES as TEACHING_STATES
from tests.ui.teaching_samples import show_teaching
from tests.ui.ticket_samples import show_ticket
from tests.ui.training_page_samples import STATES as TRAINING_STATES
from tests.ui.training_page_samples import show_training
from tests.ui.wallboard_samples import STATES as WALLBOARD_STATES
from tests.ui.wallboard_samples import show_wallboard

BY_IT = Source(Rank.MACHINE, "/etc/agent-desktop/policies/managed/10-site.json")
REFUSED = RegistrationRefused(403, "")
SIZES = ((1366, 768), (1920, 1080))


@dataclass(frozen=True, slots=True)
class Variant:
    language: str
    theme: str
    width: int
    height: int

    def name(self, state: str) -> str:
        return f"{state}_{self.width}x{self.height}_{self.theme}_{self.language}.png"


def draw(out: Path, variants: list[Variant], states: list[str]) -> Iterator[Path]:
    app = application()
    speak(app, RESOURCES, variants[0].language)
    look = Look(RESOURCES, variants[0].theme)
    look.wear(app)
    for variant in variants:
        look.choose(variant.theme, 100)
        for state in states:
            yield from _pictures(out, look, variant, state)


def _pictures(out: Path, look: Look, variant: Variant, state: str) -> Iterator[Path]:
    shown = _others(look, variant, state) if state in OTHERS else _whole(look, variant, state)
    shown.show()
    for _ in range(3):  # what gives way to what is settled in several rounds
        QCoreApplication.processEvents()
    path = out / variant.name(state)
    if not shown.grab().save(str(path)):
        raise OSError(path)
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    yield path


def _whole(look: Look, variant: Variant, state: str) -> QWidget:
    made = window(look, variant.language)
    made.resize(variant.width, variant.height)
    put_into(made, state, variant.language)
    return made


STRIP_WIDTH_PX = {1366: 1054, 1920: 1584}
"""What rail and left list leave of a window for the strip."""


def _strips(look: Look, variant: Variant) -> QWidget:
    """Every state of the strip, one below the other."""
    samples = Samples(variant.language)
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.setContentsMargins(12, 12, 12, 12)
    column.setSpacing(2)
    for name, scene in scenes(samples).items():
        strip = CallStrip(look, formats(variant.language))
        strip.setFixedWidth(STRIP_WIDTH_PX.get(variant.width, variant.width))
        scene.show(strip)
        column.addWidget(Label("hint", name))
        column.addWidget(strip)
    return sheet


OTHERS = (
    "knowledge",
    "knowledge_filters",
    "knowledge_at_hand",
    "knowledge_nothing",
    "article",
    "article_large",
    "guide",
    "guide_end",
    "guide_aside",
    "script",
    *CARE_STATES,
    "own_figures",
    *CARE_OF_LEADS,
    "lacks",
    "settings",
    "settings_locked",
    "update_ready",
    *HEALTH_STATES,
    "signal",
    "consent",
    "identity",
    "identity_wrong",
    "identity_locked",
    "privacy_number",
    "watermark",
    "announcements",
    "announcing",
    *TRAINING_STATES,
    "articles",
    "articles_brought",
    "article_picture",
    "article_read_picture",
    "article_versions",
    "article_faults",
    *TEACHING_STATES,
    *FLOOR_STATES,
    "synonyms",
    "macros",
    "macro_faults",
    "macro_list",
    "signal_rules",
    "signal_faults",
    "notices",
    "attention",
    "attention_offline",
    "edit",
    "edit_faults",
    "duplicate",
    "merge",
    "merged",
    "relations",
    "relation_form",
    "alike",
    "ask",
    "history_card",
    "entry",
    "form_fault",
    "form_complaint",
    "own_fields",
    "edit_own_fields",
    "form_editor_customers",
    "form_editor",
    "form_editor_faults",
    "rules_number_range",
    "rules_identity_rule",
    "rules_desk_policy",
    "rules_floor_policy",
    "rules_follow_up_plan",
    "rules_wrap_up_code",
    "rules_queue",
    "rules_alert_rule",
    "rules_break_reason",
    "rules_care_policy",
    "rules_floor_policy",
    "rules_faults",
    *company_rule_samples.ALERTS,
    "rules_alert_faults",
    "import_empty",
    "import",
    "import_running",
    "import_done",
    "duplicates",
    "duplicates_compared",
    "duplicates_offline",
    "privacy",
    "privacy_held",
    "privacy_done",
    "privacy_empty",
    "history",
    "complaint_taken",
    "complaint_form",
    "complaint_undecided",
    "complaint_asked",
    "list_tickets",
    "follow_up_card",
    "follow_up_result",
    "follow_up_rating",
    "follow_up_form",
    "follow_up_owed",
    "list_follow_ups",
    "list_calls",
    "list_bulk",
    "list_export",
    "ticket_files",
    "list_customers",
    "search",
    "ticket",
    "ticket_hand_over",
    "sign_in",
    "sign_in_keyring",
    "sign_in_locked",
    "sign_in_provider",
    "sign_in_both",
    "sign_in_browser",
    "sign_in_not_admitted",
    "sign_in_newer",
    "sign_in_code",
    "sign_in_set_up",
    "sign_in_recovery",
    "seat_locked",
    "lease_over",
    "idle_lock",
    "signing_off",
    "closing",
    "sheet",
    "profile",
    "kept_back",
    "kept_back_why",
    "strips",
    "small_windows",
    "toasts",
    "transfer",
    *GAP_STATES,
    *WALLBOARD_STATES,
    *RAIL_STATES,
)


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


HAILAN = Words("海岚账号", "Hailan account")


def _sign_in(look: Look, state: str, language: str) -> QWidget:
    """The sign-in window at each of its steps."""
    made = SignInWindow(look)
    made.show_known("https://desk.hailan.example", "lin.yue", "a password")
    match state:
        case "sign_in_keyring":
            made.show_waiting(waits_for_keyring())
        case "sign_in_locked":
            made.lock_server(locked_by(BY_IT))
        case "sign_in_provider":
            made.show_ways(HAILAN.in_language(language), passwords=False, may_password=True)
        case "sign_in_both":
            made.show_ways(HAILAN.in_language(language), passwords=True, may_password=True)
        case "sign_in_browser":
            made.show_ways(HAILAN.in_language(language), passwords=False, may_password=False)
            made.ask_browser("https://sso.hailan.example/authorize")
        case "sign_in_not_admitted":
            made.show_ways(HAILAN.in_language(language), passwords=False, may_password=False)
            made.ask_password(explain(NotAdmitted(403, "not_admitted")))
        case "sign_in_newer":
            made.ask_newer(explain(NewerData(Path("cache.db"), "1.5.0", "1.4.2")))
        case "sign_in_code":
            made.ask_code(explain(CodeUsed(401, "code_used")))
        case "sign_in_set_up":
            made.show_factor(SECRET, f"otpauth://totp/Agent%20Desktop:lin.yue?secret={SECRET}&issuer=Agent%20Desktop")
        case "sign_in_recovery":
            made.show_recovery(tuple(f"abcd-ef{n:02}-ghij-klmn" for n in range(10)))
        case _:
            made.show_error(explain(WrongPassword(401, "wrong_password")))
    return made


def _others(look: Look, variant: Variant, state: str) -> QWidget:
    samples = Samples(variant.language)
    if state.startswith("sign_in"):
        return _sign_in(look, state, variant.language)
    if state == "small_windows":
        return small_windows(look, variant.language)
    if state == "strips":
        return _strips(look, variant)
    if state == "sheet":
        return ShortcutSheet(look, None)
    made = window(look, variant.language)
    made.resize(variant.width, variant.height)
    show_state(made, look, samples, state)
    return made


def show_state(made: MainWindow, look: Look, samples: Samples, state: str) -> None:
    """Also in a window that has shown another."""
    put_into(made, "call", samples.language)
    match state:
        case "seat_locked" | "lease_over":
            stopped = state == "seat_locked"
            made.top_bar.show_sync(DeviceStopped(DeviceState.LOCKED, 2) if stopped else Offline(ago(hours=73), 2, NOW))
            words = locked() if stopped else lease_over(72)
            made.cover_customers(samples.say("客户资料已锁定", "Customers are locked"), words, can_sign_in=not stopped)
        case "idle_lock":
            made.lock_customers()
        case "signing_off":
            made.show()
            asked = SignOffSheet(look, made)
            asked.setWindowFlags(Qt.WindowType.Widget)
            asked.ask(2, Hope.SEALED, StillOpen(tickets=1, calls=2, callbacks=3))
        case "closing":
            made.show()
            sheet = ClosingSheet(look, made)
            sheet.setWindowFlags(Qt.WindowType.Widget)
            sheet.ask(3, is_in_call=True)
        case (
            "knowledge"
            | "knowledge_filters"
            | "knowledge_at_hand"
            | "knowledge_nothing"
            | "article"
            | "article_large"
            | "article_read_picture"
        ):
            show_knowledge(made, samples, state)
        case _ if state in RAIL_STATES:
            show_rail(made, state)
        case _ if state in WALLBOARD_STATES:
            show_wallboard(made, samples, state)
        case _ if state in GAP_STATES:
            show_gaps(made, samples, state)
        case "guide" | "guide_end" | "guide_aside":
            show_guide(made, samples, state)
        case "transfer":
            made.strip.offer_targets(samples.targets)
            made.strip.offer_places(tuple(purpose for purpose in TransferPurpose if purpose != "person"))
            made.show()
            made.strip.open_transfer()
        case "toasts":
            for n, words in enumerate(
                (explain_registration(REFUSED), microphone_replaced("Jabra Evolve2 40", "Webcam"))
            ):
                made.toasts.show_toast(Notice(str(n), Weight.TROUBLE, words, NOW))
        case "ticket" | "ticket_hand_over":
            show_ticket(made, samples, TicketDeed.HAND_OVER if state == "ticket_hand_over" else None)
        case "kept_back" | "kept_back_why":
            show_kept_back(made, samples, asks_why=state == "kept_back_why")
        case "own_figures":
            show_figures(made, samples)
        case _ if state in CARE_OF_LEADS:
            show_care(made, samples, state)
        case _ if state in CARE_STATES:
            show_abuse(made, samples, state)
        case "script":
            made.right.turn_to(SCRIPT)
        case "lacks":
            made.right.form.show_lacks({"subject": Lack.MISSING, "category": Lack.NOT_OFFERED})
        case "consent":
            made.customer.consent.offer_erasure(is_offered=True)
            made.customer.focus_consent()
        case "signal":
            made.customer.header.signals.chips[0].click()
        case "identity" | "identity_wrong" | "identity_locked":
            show_check(made, samples, state)
        case "watermark":
            made.customer.watermark.say("lin.yue 1001")
        case "privacy_number":
            platform = Words("速达外卖", "Suda Takeaway")
            made.customer.show_recognition(Privacy(PhoneNumber("+8617999010012"), platform), NOW)
        case "announcements":
            show_announcements(made, samples)
        case "announcing":
            show_announcing(made, samples)
        case _ if state in TRAINING_STATES:
            show_training(made, samples, state)
        case "articles_brought":
            show_articles(made, samples, "articles")
            show_brought(made, samples)
        case "articles" | "article_versions" | "article_faults" | "article_picture":
            show_articles(made, samples, state)
        case _ if state in TEACHING_STATES:
            show_teaching(made, samples, state)
        case _ if state in FLOOR_STATES:
            show_floor(made, samples, state)
        case "synonyms":
            show_synonyms(made, samples)
        case "macros" | "macro_faults":
            show_macros(made, samples)
            if state == "macro_faults":
                made.pages.macros.form.show_faults(WRONG_MACRO)
        case "macro_list":
            open_list(made, samples)
        case "signal_rules" | "signal_faults":
            show_rules(made, samples)
            if state == "signal_faults":
                made.pages.signals.form.show_faults(WRONG)
        case _ if state in HEALTH_STATES:
            show_health(made, samples, state)
        case "update_ready":
            put_into(made, "ready", samples.language)
            made.update_band.show_offer(update_words.offer("1.5.0"))
        case "settings" | "settings_locked":
            headset = "Jabra Evolve2 40"
            made.pages.settings.show_settings(replace(Settings(), reduce_motion=True, ringer="desk", echo_number="600"))
            made.pages.settings.sound.show_devices(
                (Device("jabra", DeviceKind.SPEAKER, headset), Device("jabra-mic", DeviceKind.MICROPHONE, headset)),
                Device("jabra-mic", DeviceKind.MICROPHONE, headset) if samples.is_chinese else NoDevice(),
                Device("jabra", DeviceKind.SPEAKER, headset),
            )
            for n in range(30):
                made.pages.settings.sound.show_trial(SoundTested(SoundTest.RECORDING, 0.4 * abs(n % 7 - 3) / 3))
            stage = Stage.BY_IT if state == "settings" else Stage.READY
            made.pages.settings.show_version(update_words.explain_whole(Standing("1.4.2", stage, "1.5.0")))
            if state == "settings_locked":
                made.pages.settings.show_locked(dict.fromkeys(("theme", "ringer", "headset_buttons"), BY_IT))
            made.show_page(Page.SETTINGS)
        case "notices":
            made.pages.notices.show_notices(
                (
                    Notice(
                        "1",
                        Weight.WARNING,
                        samples.say("工单 TK-204718 将在 15 分钟内超时", "Ticket TK-204718 is due in 15 minutes"),
                        ago(minutes=3),
                        samples.say("陈思远 · 发票抬头变更", "Chen Siyuan · Change of invoice title"),
                    ),
                    Notice(
                        "2",
                        Weight.INFO,
                        samples.say("今晚 01:00 滨江光缆割接", "Fibre work in Binjiang tonight at 01:00"),
                        ago(hours=2),
                        is_unread=False,
                    ),
                    Notice("3", Weight.TROUBLE, phone_stays_away(), ago(hours=3), is_unread=False),
                    Notice("4", Weight.TROUBLE, phone_lost(), ago(hours=3), is_unread=False, over_at=ago(hours=2)),
                    Notice("5", Weight.WARNING, explain(KeyringLocked("")), ago(hours=4), is_unread=False),
                ),
                NOW,
            )
            made.show_page(Page.NOTICES)
        case "list_tickets":
            show_tickets(made, samples, samples.language)
        case "list_bulk":
            show_bulk(made, samples, samples.language)
        case "ticket_files":
            show_files(made, samples)
        case "list_export":
            show_export(made, samples, samples.language)
        case "list_follow_ups":
            follow_up_samples.show_list(made, samples)
        case _ if state.startswith("complaint"):
            complaint_samples.show(made, samples, state)
        case _ if state.startswith("follow_up"):
            follow_up_samples.show(made, samples, state)
        case "list_calls":
            show_calls(made, samples, samples.language)
        case "list_customers":
            show_customers(made, samples, samples.language)
        case "search":
            made.show()
            show_found(made, samples)
        case "history":
            made.show_page(Page.HISTORY)
            made.rail.show_missed(3)
            made.pages.history.show_lines(samples.history, has_more=False)
        case "attention":
            made.top_bar.show_sync(NeedsAttention(5, 4))
            made.rail.show_attention(5)
            made.pages.attention.show_attention(
                (
                    Refused(
                        "op-1",
                        samples.say("工单 TK-204655 · 状态改为已解决", "Ticket TK-204655 · set to resolved"),
                        samples.draft.description,
                        "illegal_status",
                        ago(minutes=8),
                    ),
                ),
                NOW,
                contests(samples),
            )
            made.show_page(Page.ATTENTION)
        case "attention_offline":
            made.rail.show_attention(3)
            put_into(made, "offline", samples.language)
            made.pages.attention.show_attention((), NOW, away_contests(samples), away_words(samples))
            made.show_page(Page.ATTENTION)
        case "edit":
            made.customer.editor.show_draft(customer_draft(samples))
            made.customer.open_editor()
            made.show()
            made.customer.editor.start()
        case "edit_faults":
            made.customer.editor.show_draft(replace(customer_draft(samples), has_whole_numbers=False, new_number="12"))
            made.customer.open_editor()
            made.customer.editor.show_faults(
                {"name": Fault.MISSING, "email": Fault.NO_ADDRESS, "new_number": Fault.NO_NUMBER}
            )
        case "duplicate" | "merge" | "merged" | "alike" | "ask" | "history_card" | "entry":
            merge_samples.show(made, samples, state)
        case "relations" | "relation_form":
            relation_samples.show(made, samples, state)
        case "form_fault":
            form_samples.offer(made)
            form_samples.write(made, "fault/line", form_samples.FAULT, samples.draft)
        case "form_complaint":
            form_samples.offer(made)
            form_samples.write(made, "complaint/service", form_samples.COMPLAINT, samples.draft)
            made.right.form.show_lacks({}, {"source_number": ValueFault.MISSING, "amount_reason": ValueFault.MISSING})
        case "own_fields":
            form_samples.tell(made, samples.directory)
            made.customer.tabs.setCurrentIndex(3)
        case "edit_own_fields":
            form_samples.ask(made, customer_draft(samples))
        case "form_editor_customers":
            form_samples.edit_customers(made, samples.directory)
        case "rules_faults":
            wrong = {"spans.1": "too_short", "platform.en": "missing"}
            company_rule_samples.show_rules(made, samples, "number_range", wrong)
        case "rules_alert_faults":
            company_rule_samples.show_wrong_alert(made, samples)
        case _ if state in company_rule_samples.ALERTS:
            company_rule_samples.show_rules(made, samples, "alert_rule", opened=company_rule_samples.ALERTS[state])
        case _ if state.startswith("rules_"):
            company_rule_samples.show_rules(made, samples, state.removeprefix("rules_"))
        case "import_empty" | "import" | "import_running" | "import_done":
            import_samples.show(made, state)
        case "duplicates" | "duplicates_compared" | "duplicates_offline":
            privacy_samples.show_pairs(made, samples, state)
        case "privacy" | "privacy_held" | "privacy_done" | "privacy_empty":
            privacy_samples.show(made, samples, state)
        case "form_editor" | "form_editor_faults":
            form_samples.edit(made, samples.directory, is_wrong=state == "form_editor_faults")
        case _:
            made.customer.tabs.setCurrentIndex(3)
            made.toasts.show_toast(
                Notice("1", Weight.DONE, samples.say("工单 TK-204731 已提交", "Ticket TK-204731 was filed"), NOW)
            )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--language", choices=("zh_CN", "en"), help="one language only; both by default")
    parser.add_argument("--states", nargs="+", default=[*STATES, *OTHERS], choices=[*STATES, *OTHERS], metavar="STATE")
    parser.add_argument("--theme", choices=("light", "dark"))
    parser.add_argument("--size", help="WIDTHxHEIGHT")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.language is None:
        return _each_language(arguments)
    themes = [chosen.theme] if chosen.theme else ["light", "dark"]
    sizes = [tuple(int(side) for side in chosen.size.split("x"))] if chosen.size else list(SIZES)
    variants = [Variant(chosen.language, theme, *size) for theme in themes for size in sizes]
    for path in draw(chosen.out, variants, chosen.states):
        print(path)
    return 0


def _each_language(arguments: list[str]) -> int:
    """A process each: an application speaks one language from start to end."""
    import subprocess

    for language in ("zh_CN", "en"):
        run = subprocess.run(
            [sys.executable, "-m", "tests.ui.gallery", *arguments, "--language", language], check=False
        )
        if run.returncode:
            return run.returncode
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
