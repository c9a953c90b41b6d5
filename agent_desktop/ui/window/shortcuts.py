"""Every key of the window: what it is called, what it does; the sheet on F1 shows the same table."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.ticket.deeds import KEYS, deed_word
from agent_desktop.ui.window.help_flag import KEYS as HELP_FLAG_KEYS
from agent_desktop.ui.window.message_band import KEYS as MESSAGE_KEYS
from agent_desktop.ui.window.rail import KEYS as PAGE_KEYS
from agent_desktop.ui.window.rail import Page

translate = QCoreApplication.translate

ALERT_KEYS: Final = "Ctrl+Shift+9"
SEE_ALERT_KEYS: Final = "Shift+F12"
"""Beside F12, by which a message is read."""


class Action(StrEnum):
    ANSWER = "answer"
    HANG_UP = "hang_up"
    MUTE = "mute"
    HOLD = "hold"
    TRANSFER = "transfer"
    COMPLETE = "complete"
    CONFERENCE = "conference"
    LEAVE = "leave"
    SWITCH = "switch"
    RECORD = "record"
    KEYPAD = "keypad"
    DIAL = "dial"
    DO_NOT_DISTURB = "do_not_disturb"
    WRAP_UP = "wrap_up"
    KNOWLEDGE = "knowledge"
    INSERT = "insert"
    INSERT_LINK = "insert_link"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    TELL_EDITORS = "tell_editors"
    MACRO = "macro"
    GUIDE = "guide"
    SEARCH = "search"
    NEW_TICKET = "new_ticket"
    EDIT = "edit"
    SIGNALS = "signals"
    CONSENT = "consent"
    IDENTITY = "identity"
    ABUSE = "abuse"
    FOLLOW_UP = "follow_up"
    DUE_LIST = "due_list"
    ASK = "ask"
    IMPORTS = "imports"
    DUPLICATES = "duplicates"
    PRIVACY = "privacy"
    ANNOUNCEMENTS = "announcements"
    TRAINING = "training"
    SYNONYMS = "synonyms"
    WALLBOARD = "wallboard"
    WHOLE_SCREEN = "whole_screen"
    ARTICLES = "articles"
    TEACHING = "teaching"
    SUBMIT = "submit"
    SAVE_DRAFT = "save_draft"
    PRINT = "print"
    CLOSE_ITEM = "close_item"
    NEXT_PANEL = "next_panel"
    PREVIOUS_PANEL = "previous_panel"
    COMPACT = "compact"
    RULES = "rules"
    GAPS = "gaps"
    AGENTS = "agents"
    BREAKS = "breaks"
    REPORTS = "reports"
    RECORDINGS = "recordings"
    MESSAGES = "messages"
    READ_MESSAGE = "read_message"
    OWN_FIGURES = "own_figures"
    HELP_FLAG = "help_flag"
    LOCK = "lock"
    ALERT = "alert"
    SEE_TO_ALERT = "see_to_alert"
    READY = "ready"
    BREAK = "break"
    REVEAL = "reveal"
    HELP = "help"
    REPORT = "report"
    HEALTH = "health"
    TICKET_TAKE = "ticket_take"
    TICKET_MOVE = "ticket_move"
    TICKET_HAND_OVER = "ticket_hand_over"
    TICKET_COMMENT = "ticket_comment"
    TICKET_EDIT = "ticket_edit"
    TICKET_WATCH = "ticket_watch"
    TICKET_SUBTASK = "ticket_subtask"
    TICKET_LINK = "ticket_link"
    TICKET_MERGE = "ticket_merge"


@dataclass(frozen=True, slots=True)
class Chord:
    action: Action
    keys: str
    words: str
    group: str


def chords() -> tuple[Chord, ...]:
    """In the order of the sheet. The numbered ones (open items, pages) are listed there as a range."""
    call = translate("shortcuts", "Call")
    work = translate("shortcuts", "Ticket and knowledge")
    move = translate("shortcuts", "Getting around")
    state = translate("shortcuts", "State")
    page = translate("shortcuts", "On the page of a ticket")
    return (
        Chord(Action.ANSWER, "F9", translate("shortcuts", "Answer the call"), call),
        Chord(Action.HANG_UP, "Ctrl+Shift+H", translate("shortcuts", "Hang up; twice: end a conference"), call),
        Chord(Action.MUTE, "Ctrl+M", translate("shortcuts", "Mute or unmute"), call),
        Chord(Action.HOLD, "Ctrl+H", translate("shortcuts", "Hold, or take the caller back"), call),
        Chord(Action.TRANSFER, "Ctrl+T", translate("shortcuts", "Consult or transfer"), call),
        Chord(Action.COMPLETE, "Ctrl+Shift+T", translate("shortcuts", "Complete the transfer"), call),
        Chord(Action.CONFERENCE, "Ctrl+Shift+J", translate("shortcuts", "Conference"), call),
        Chord(Action.LEAVE, "Ctrl+Shift+L", translate("shortcuts", "Leave the conference"), call),
        Chord(Action.SWITCH, "Ctrl+Shift+S", translate("shortcuts", "Switch to the other call"), call),
        Chord(Action.RECORD, "Ctrl+Shift+E", translate("shortcuts", "Record, pause or go on"), call),
        Chord(Action.KEYPAD, "Ctrl+D", translate("shortcuts", "Keypad"), call),
        Chord(Action.DIAL, "F8", translate("shortcuts", "Dial a number"), call),
        Chord(Action.WRAP_UP, "Ctrl+E", translate("shortcuts", "Wrap-up"), call),
        Chord(
            Action.ABUSE,
            "Ctrl+Shift+V",
            translate("shortcuts", "The caller is abusive: mark it, what to say"),
            call,
        ),
        Chord(Action.NEW_TICKET, "Ctrl+N", translate("shortcuts", "Write a ticket"), work),
        Chord(Action.EDIT, "F2", translate("shortcuts", "Edit the customer"), work),
        Chord(Action.SIGNALS, "Ctrl+J", translate("shortcuts", "Signals of the customer"), work),
        Chord(Action.CONSENT, "Ctrl+G", translate("shortcuts", "Marketing consent of the customer"), work),
        Chord(Action.IDENTITY, "Ctrl+Shift+K", translate("shortcuts", "Check who is calling"), work),
        Chord(Action.FOLLOW_UP, "Ctrl+B", translate("shortcuts", "Callback: the open one, or a new one"), work),
        Chord(Action.DUE_LIST, PAGE_KEYS[Page.FOLLOW_UPS], translate("shortcuts", "Callbacks that are due"), move),
        Chord(Action.IMPORTS, PAGE_KEYS[Page.IMPORTS], translate("shortcuts", "Import a table"), move),
        Chord(Action.DUPLICATES, PAGE_KEYS[Page.DUPLICATES], translate("shortcuts", "Likely duplicates"), move),
        Chord(Action.PRIVACY, PAGE_KEYS[Page.PRIVACY], translate("shortcuts", "Erasures and copies of a person"), move),
        Chord(Action.ANNOUNCEMENTS, PAGE_KEYS[Page.ANNOUNCEMENTS], translate("shortcuts", "Announcements"), move),
        Chord(Action.SYNONYMS, PAGE_KEYS[Page.SYNONYMS], translate("shortcuts", "Synonyms"), move),
        Chord(Action.TRAINING, PAGE_KEYS[Page.TRAINING], translate("shortcuts", "Training"), move),
        Chord(Action.ARTICLES, PAGE_KEYS[Page.ARTICLES], translate("shortcuts", "Write articles"), move),
        Chord(Action.OWN_FIGURES, PAGE_KEYS[Page.OWN_FIGURES], translate("shortcuts", "My figures"), move),
        Chord(Action.AGENTS, PAGE_KEYS[Page.AGENTS], translate("shortcuts", "Agents"), move),
        Chord(Action.BREAKS, PAGE_KEYS[Page.BREAKS], translate("shortcuts", "Breaks of the team"), move),
        Chord(Action.REPORTS, PAGE_KEYS[Page.REPORTS], translate("shortcuts", "Reports of the floor"), move),
        Chord(Action.RECORDINGS, PAGE_KEYS[Page.RECORDINGS], translate("shortcuts", "Recordings"), move),
        Chord(Action.MESSAGES, PAGE_KEYS[Page.MESSAGES], translate("shortcuts", "Messages to agents"), move),
        Chord(Action.TEACHING, PAGE_KEYS[Page.TEACHING], translate("shortcuts", "Teaching"), move),
        Chord(Action.WALLBOARD, PAGE_KEYS[Page.WALLBOARD], translate("shortcuts", "Wallboard"), move),
        Chord(Action.WHOLE_SCREEN, "F11", translate("shortcuts", "The wallboard on the whole screen, or back"), move),
        Chord(Action.ASK, "Ctrl+Shift+A", translate("shortcuts", "Answer what is asked of the customer"), work),
        Chord(Action.SUBMIT, "Ctrl+Return", translate("shortcuts", "Submit the ticket or the form"), work),
        Chord(Action.SAVE_DRAFT, "Ctrl+S", translate("shortcuts", "Save the draft"), work),
        Chord(Action.PRINT, "Ctrl+P", translate("shortcuts", "Print the ticket"), work),
        Chord(Action.KNOWLEDGE, "F3", translate("shortcuts", "Search knowledge"), work),
        Chord(Action.INSERT, "Ctrl+I", translate("shortcuts", "Insert the article's answer where you write"), work),
        Chord(Action.INSERT_LINK, "Ctrl+L", translate("shortcuts", "Insert a link to the article"), work),
        Chord(Action.HELPFUL, "Alt+Y", translate("shortcuts", "The article helped"), work),
        Chord(Action.UNHELPFUL, "Alt+N", translate("shortcuts", "The article did not help"), work),
        Chord(Action.TELL_EDITORS, "F7", translate("shortcuts", "Tell the editors what is wrong or missing"), work),
        Chord(Action.GAPS, PAGE_KEYS[Page.GAPS], translate("shortcuts", "Gaps of knowledge"), move),
        Chord(Action.MACRO, "Ctrl+/", translate("shortcuts", "Insert a macro; or type / at the start of a word"), work),
        Chord(Action.GUIDE, "Shift+F3", translate("shortcuts", "The guide that is being gone through"), work),
        *(Chord(Action(f"ticket_{deed}"), keys, deed_word(deed), page) for deed, keys in KEYS.items()),
        Chord(Action.SEARCH, "Ctrl+K", translate("shortcuts", "Search everything"), move),
        Chord(Action.CLOSE_ITEM, "Ctrl+W", translate("shortcuts", "Close the open item"), move),
        Chord(Action.NEXT_PANEL, "F6", translate("shortcuts", "Next panel"), move),
        Chord(Action.PREVIOUS_PANEL, "Shift+F6", translate("shortcuts", "Previous panel"), move),
        Chord(Action.COMPACT, "Ctrl+Shift+M", translate("shortcuts", "Compact phone"), move),
        Chord(Action.RULES, PAGE_KEYS[Page.RULES], translate("shortcuts", "Rules of the company"), move),
        Chord(Action.READY, "Ctrl+Shift+R", translate("shortcuts", "Ready"), state),
        Chord(Action.BREAK, "Ctrl+Shift+B", translate("shortcuts", "Break or sign off"), state),
        Chord(Action.DO_NOT_DISTURB, "Ctrl+Shift+N", translate("shortcuts", "Do not disturb"), state),
        Chord(
            Action.HELP_FLAG, HELP_FLAG_KEYS, translate("shortcuts", "Ask your lead for help, or take it back"), state
        ),
        Chord(Action.READ_MESSAGE, MESSAGE_KEYS, translate("shortcuts", "The message at the top was read"), state),
        Chord(Action.LOCK, "Ctrl+Alt+L", translate("shortcuts", "Lock: hide customers until you are back"), state),
        Chord(Action.ALERT, ALERT_KEYS, translate("shortcuts", "Go to the worst alert of the floor"), state),
        Chord(Action.SEE_TO_ALERT, SEE_ALERT_KEYS, translate("shortcuts", "You see to the alert at the top"), state),
        Chord(Action.REVEAL, "Ctrl+Shift+P", translate("shortcuts", "Show the whole number"), state),
        Chord(Action.HEALTH, PAGE_KEYS[Page.HEALTH], translate("shortcuts", "Health of this workstation"), move),
        Chord(Action.REPORT, "Ctrl+F1", translate("shortcuts", "A report for IT when something is wrong"), state),
        Chord(Action.HELP, "F1", translate("shortcuts", "This sheet"), state),
    )
