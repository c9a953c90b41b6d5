"""The pages of the window, in the order of the rail, and the keys that open them."""

from enum import StrEnum
from typing import Final


class Page(StrEnum):
    WORKSPACE = "workspace"
    ATTENTION = "attention"
    NOTICES = "notices"
    HISTORY = "history"
    TICKETS = "tickets"
    CUSTOMERS = "customers"
    SETTINGS = "settings"
    SIGNALS = "signals"
    FORMS = "forms"
    CALLS = "calls"
    FOLLOW_UPS = "follow_ups"
    RULES = "rules"
    MACROS = "macros"
    IMPORTS = "imports"
    DUPLICATES = "duplicates"
    PRIVACY = "privacy"
    ANNOUNCEMENTS = "announcements"
    ANNOUNCE = "announce"
    TRAINING = "training"
    ARTICLES = "articles"
    GAPS = "gaps"
    TEACHING = "teaching"
    SYNONYMS = "synonyms"
    AGENTS = "agents"
    WALLBOARD = "wallboard"
    BREAKS = "breaks"
    RECORDINGS = "recordings"
    OWN_FIGURES = "own_figures"
    REPORTS = "reports"
    MESSAGES = "messages"
    HEALTH = "health"


KEYS: Final = {page: f"Alt+{n % 10}" for n, page in enumerate(list(Page)[:10], start=1)} | {
    Page.FOLLOW_UPS: "Ctrl+Shift+D",
    Page.RULES: "Ctrl+Shift+G",
    Page.IMPORTS: "Ctrl+Shift+I",
    Page.DUPLICATES: "Ctrl+Shift+O",
    Page.PRIVACY: "Ctrl+Shift+Y",
    Page.ANNOUNCEMENTS: "Ctrl+Shift+U",
    Page.TRAINING: "Ctrl+Shift+Q",
    Page.SYNONYMS: "Ctrl+Shift+C",
    Page.ARTICLES: "Ctrl+Shift+W",
    Page.GAPS: "Ctrl+Shift+X",
    Page.TEACHING: "F4",
    Page.AGENTS: "Ctrl+Shift+2",
    Page.WALLBOARD: "Ctrl+Shift+1",
    Page.BREAKS: "Ctrl+Shift+7",
    Page.REPORTS: "Ctrl+Shift+3",
    Page.RECORDINGS: "Ctrl+Shift+4",
    Page.OWN_FIGURES: "Ctrl+Shift+5",
    Page.MESSAGES: "Ctrl+Shift+8",
    Page.HEALTH: "Ctrl+Shift+6",
}
