"""What is said of wishes to be erased and to have a copy: their course, what stands before them, refusals."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.sync.privacy import KeptByDuty, PersonWish, Standing, WishKind
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.privacy import wish_refused
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.widgets.parts import Tone
from agent_model.person_wish import WishState

translate = QCoreApplication.translate
TONES: dict[WishState, Tone] = {
    WishState.ASKED: "warn",
    WishState.DECLINED: "neutral",
    WishState.PARTLY: "warn",
    WishState.DONE: "ok",
}


def title(kind: WishKind, who: str) -> str:
    match kind:
        case WishKind.ERASURE:
            return translate("privacy", "Erase {who}").format(who=who)
        case WishKind.COPY:
            return translate("privacy", "A copy for {who}").format(who=who)


def state_word(wish: PersonWish) -> str:
    match wish.state:
        case WishState.ASKED:
            return translate("privacy", "to be decided")
        case WishState.DECLINED:
            return translate("privacy", "declined")
        case WishState.PARTLY:
            return translate("privacy", "erased in part")
        case WishState.DONE:
            return translate("privacy", "erased")
        case _ if wish.kind is WishKind.COPY:
            return translate("privacy", "approved")
        case _:
            return translate("privacy", "being erased")


def asked_words(wish: PersonWish, names: Directory, formats: Formats, now: datetime) -> str:
    return translate("privacy", "Asked for by {who}, {when}: {reason}").format(
        who=names.person(wish.asked_by), when=formats.moment(wish.asked_at, now), reason=wish.reason
    )


def decided_words(wish: PersonWish, names: Directory, formats: Formats, now: datetime) -> str:
    """Empty while nobody has decided."""
    if wish.decided_at is None:
        return ""
    words = (
        translate("privacy", "Declined by {who}, {when}: {reason}")
        if wish.state is WishState.DECLINED
        else translate("privacy", "Approved by {who}, {when}: {reason}")
    )
    when = formats.moment(wish.decided_at, now)
    return words.format(who=names.person(wish.decided_by), when=when, reason=wish.decision)


def course_words(wish: PersonWish, formats: Formats, now: datetime, *, is_own: bool) -> str:
    """What becomes of it now, and what somebody can do."""
    match wish.kind, wish.state:
        case _, WishState.ASKED if is_own:
            return translate("privacy", "You asked for this, so somebody else decides: a duty manager, or security.")
        case _, WishState.ASKED:
            return translate("privacy", "It waits for a decision by somebody other than who asked.")
        case _, WishState.DECLINED:
            return translate("privacy", "Nothing was done. It can be asked for again.")
        case WishKind.COPY, _:
            return _copy_words(wish, formats, now, is_own=is_own)
        case _, WishState.PARTLY:
            return translate("privacy", "Erased but for what a duty keeps; that goes by itself when its time is over.")
        case _, WishState.DONE:
            return translate("privacy", "Erased. The certificate says what was where, and what stays and why.")
        case _:
            return translate(
                "privacy", "The server is erasing, and workstations hear of it at once. You may go on with other work."
            )


def _copy_words(wish: PersonWish, formats: Formats, now: datetime, *, is_own: bool) -> str:
    until = wish.fetched_until
    if until is None or until < now:
        return translate("privacy", "The time for fetching the copy is over. It can be asked for again.")
    words = (
        translate("privacy", "You may fetch the copy until {when}. Each time is on record.")
        if is_own
        else translate("privacy", "Who asked may fetch the copy until {when}, nobody else.")
    )
    return words.format(when=formats.full(until))


def standing_words(standing: Standing, names: Directory, formats: Formats, now: datetime) -> str:
    """What stands before an erasure, a line each."""
    hold = standing.hold
    lines = [_kept_words(one, formats, now) for one in standing.kept]
    if hold is not None:
        words = translate(
            "privacy", "Legal hold since {when}, by {who}: {reason}. Nothing is erased until it is lifted."
        )
        when = formats.moment(hold.at, now)
        lines.insert(0, words.format(when=when, who=names.person(hold.by), reason=hold.reason))
    return "\n".join(lines) or translate("privacy", "No hold and no duty stands before it: everything would go.")


def _kept_words(kept: KeptByDuty, formats: Formats, now: datetime) -> str:
    words = (
        translate("privacy", "Recordings that stay until {when}, out of everybody's reach: {count}. {reason}")
        if kept.what == "recording"
        else translate("privacy", "Tickets that stay as figures that name nobody, until {when}: {count}. {reason}")
    )
    return words.format(
        when=formats.day(formats.local_date(kept.until), formats.local_date(now)),
        count=formats.count(kept.count),
        reason=kept.reason.in_language(formats.language),
    )


def explain_refusal(error: Exception) -> str:
    match error:
        case ServerUnreachable():
            return translate(
                "privacy",
                "The server does not answer, and it alone keeps these wishes: without it nobody could be sure that a "
                "second person decided. What you typed stays here; try again later.",
            )
        case ServerRefused():
            return wish_refused(error.code)
        case _:
            return explain(error)
