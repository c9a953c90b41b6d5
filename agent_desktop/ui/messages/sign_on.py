"""Signing on through the organisation's provider: what the browser shows, and what went wrong, in sentences."""

from html import escape

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import (
    IdentityTaken,
    NotAdmitted,
    NoWayBack,
    PasswordSignInOff,
    ProviderAway,
    SignOnDeclined,
    SignOnEnded,
    SignOnRefused,
    SignOnTooLate,
)
from agent_desktop.sync.loopback import Pages

translate = QCoreApplication.translate

SignOnTrouble = IdentityTaken | NotAdmitted | NoWayBack | PasswordSignInOff | ProviderAway | SignOnEnded | SignOnRefused
DENIED = "access_denied"
_PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>Agent Desktop</title>
<style>body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 32em; margin: 15vh auto; padding: 0 1em;
color: #1d2530; background: #fff }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e6e9ee; background: #15191f }} }}</style>
<h1>{head}</h1><p>{words}</p></html>
"""


def pages(language: str) -> Pages:
    """In the language of the screen."""
    return Pages(
        through=_page(
            language,
            translate("messages", "Signed in"),
            translate("messages", "Go on in Agent Desktop. You can close this page."),
        ),
        declined=_page(
            language,
            translate("messages", "Not signed in"),
            translate("messages", "Agent Desktop says what happened. You can close this page."),
        ),
        strange=_page(
            language,
            translate("messages", "Nothing to do here"),
            translate("messages", "This page belongs to a sign-in that Agent Desktop does not wait for. Close it."),
        ),
    )


def _page(language: str, head: str, words: str) -> str:
    return _PAGE.format(language=language.replace("_", "-"), head=escape(head), words=escape(words))


def no_other_way() -> str:
    return translate(
        "messages",
        "Your organisation has switched passwords off, and this server offers no other way in. Check the address, or "
        "ask your administrator.",
    )


def no_browser() -> str:
    return translate(
        "messages", "No browser could be opened. Copy the address and open it in a browser on this computer."
    )


def explain_sign_on(error: SignOnTrouble) -> str:
    match error:
        case NotAdmitted():
            return translate(
                "messages",
                "Your organisation knows you, but you have no place in this call centre yet. Ask your administrator to "
                "add you to a group of it.",
            )
        case IdentityTaken():
            return translate(
                "messages",
                "Your sign-in name belongs to somebody else here. Ask your administrator to look at your account.",
            )
        case ProviderAway():
            return translate(
                "messages",
                "The sign-in of your organisation does not answer. Try again in a few minutes; if it stays so, tell "
                "your IT.",
            )
        case PasswordSignInOff():
            return translate("messages", "Passwords are switched off here. Sign in with your organisation's account.")
        case NoWayBack():
            return translate(
                "messages",
                "The browser could not come back to this program, because other programs use its ports. Close them, or "
                "tell your IT.",
            )
        case SignOnRefused():
            return translate(
                "messages",
                "The server does not accept this sign-in. Try again; if it stays so, tell your IT: the reason stands "
                "in the log of the server.",
            )
        case SignOnTooLate():
            return translate("messages", "The sign-in in the browser took too long. Begin again.")
        case SignOnDeclined(code=code) if code != DENIED:
            return translate(
                "messages",
                "Your organisation's sign-in page reported a fault ({code}). Try again; if it stays so, tell your IT.",
            ).format(code=code)
        case SignOnEnded():
            return translate("messages", "You were not signed in: the sign-in was cancelled in the browser.")
