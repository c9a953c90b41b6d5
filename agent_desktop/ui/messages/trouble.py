"""Every kind of error as whole sentences: what happened and what to do. Prose stands in the `…messages` only."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers.edits import Fault
from agent_desktop.errors import (
    AccountLocked,
    AnswerGarbled,
    AskedTooOften,
    AuthoritiesUnreadable,
    CacheDamaged,
    CertificateFault,
    CertificateRefused,
    ClientTooOld,
    CodeUsed,
    CursorExpired,
    DeskError,
    DeviceBlocked,
    DiskFull,
    FolderNotWritable,
    IdentityTaken,
    KeyLost,
    KeyringLocked,
    KeyringMissing,
    LeaseOver,
    NewerData,
    NoRoomForCopy,
    NotAdmitted,
    NotTheLastPassword,
    NoWayBack,
    OutboxDamaged,
    PasswordSignInOff,
    ProviderAway,
    ProxyRefused,
    ProxyUnusable,
    ScopeNotYours,
    SecondFactorNeeded,
    SecondFactorNotSet,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
    SignOnEnded,
    SignOnRefused,
    StoreBusy,
    StoreError,
    TooManyAttempts,
    UpdateRefused,
    UpdatesAbsent,
    UpdateUnfit,
    WaitsForNewer,
    WentBack,
    WindowSilent,
    WrongCode,
    WrongPassword,
)
from agent_desktop.sync.wipe import WIPED
from agent_desktop.tickets.draft import Lack
from agent_desktop.ui.messages import seat as seat_messages
from agent_desktop.ui.messages.articles import article_refusal
from agent_desktop.ui.messages.complaints import complaint_refusal
from agent_desktop.ui.messages.sign_on import explain_sign_on
from agent_desktop.ui.messages.training import training_refusal
from agent_desktop.ui.messages.updates import explain_update

translate = QCoreApplication.translate


def explain(error: Exception) -> str:
    """The sentences for any error; one we have no words for is named, so that it can be reported."""
    match error:
        case WrongPassword():
            return translate("messages", "The name or the password is wrong. Check both and try again.")
        case AccountLocked():
            return translate("messages", "This account is locked. Ask your team lead or administrator to unlock it.")
        case TooManyAttempts():
            return translate(
                "messages", "There were too many attempts. Wait {seconds} seconds, then try again."
            ).format(seconds=error.retry_after_s)
        case SignInExpired():
            return translate("messages", "Your sign-in has expired. Sign in again; nothing was lost.")
        case (
            IdentityTaken()
            | NotAdmitted()
            | NoWayBack()
            | PasswordSignInOff()
            | ProviderAway()
            | SignOnEnded()
            | SignOnRefused()
        ):
            return explain_sign_on(error)
        case SecondFactorNeeded():
            return translate("messages", "A code from your telephone is needed as well. Enter the one it shows now.")
        case WrongCode():
            return translate(
                "messages",
                "This code is wrong. Enter the one that your telephone shows now; if it is always wrong, check the "
                "clock of the telephone.",
            )
        case CodeUsed():
            return translate(
                "messages", "This code was used already. Wait until your telephone shows the next one, then enter that."
            )
        case SecondFactorNotSet():
            return translate("messages", "Your role needs a second factor. Set one up, then sign in with its code.")
        case DeviceBlocked(code=code):
            return seat_messages.wiped() if code == WIPED else seat_messages.locked()
        case ClientTooOld(code="client_too_new"):
            return _explain_too_new(error)
        case ClientTooOld(oldest=oldest) if oldest:
            return translate(
                "messages",
                "Update first: your server wants version {oldest} of this program or newer. Your IT installs it; until "
                "then nothing new arrives here, and what you write is still sent.",
            ).format(oldest=oldest)
        case ClientTooOld():
            return translate(
                "messages", "This version is too old for the server. Install the update; what you wrote is kept."
            )
        case CursorExpired():
            return translate(
                "messages", "The local copy was too old and is being fetched again. You can go on working."
            )
        case ScopeNotYours():
            return translate("messages", "You may no longer see part of this. Ask your team lead if that is a mistake.")
        case CertificateRefused() | AuthoritiesUnreadable() | ProxyUnusable() | ProxyRefused():
            return _explain_way(error)
        case ServerUnreachable(proxy=proxy) if proxy:
            return translate(
                "messages",
                "The server {address} does not answer through the proxy {proxy}. Check the address and the network, "
                "then try again; if it stays so, tell your IT.",
            ).format(address=error.address, proxy=proxy)
        case ServerUnreachable():
            return translate(
                "messages", "The server {address} does not answer. Check the address and the network, then try again."
            ).format(address=error.address)
        case AnswerGarbled():
            return translate(
                "messages", "{address} does not answer as our server would. Check the address with your administrator."
            ).format(address=error.address)
        case AskedTooOften():
            return translate(
                "messages", "You have asked for much in a short time. Wait {seconds} seconds, then try again."
            ).format(seconds=error.retry_after_s)
        case ServerRefused():
            return translate(
                "messages", "The server refused this ({code}). Try again; if it stays so, tell your administrator."
            ).format(code=error.code)
        case DiskFull():
            return translate(
                "messages",
                "The disk is full, so this could not be saved. Make room on it; the text stays on the screen.",
            )
        case CacheDamaged():
            return translate(
                "messages", "The local copy was damaged. It is being fetched again; your own changes are safe."
            )
        case OutboxDamaged():
            return translate(
                "messages",
                "The file of unsent changes is damaged. It was set aside at {path}; call your administrator.",
            ).format(path=error.path)
        case KeyLost():
            return translate(
                "messages",
                "What was kept here cannot be opened any more, for its key is gone. It was set aside at {path} and is "
                "fetched again; unsent changes may be in it, so call your administrator.",
            ).format(path=error.path)
        case NewerData() | WentBack() | WaitsForNewer() | NoRoomForCopy():
            return _explain_versions(error)
        case LeaseOver():
            return translate(
                "messages",
                "You have been without the server for more than {hours} hours, or this computer's clock was set back. "
                "Sign in when the server answers again; what you saved is kept.",
            ).format(hours=error.lease_h)
        case NotTheLastPassword():
            return translate(
                "messages",
                "The server does not answer, and this is not the password you last signed in with here. "
                "Check it and try again.",
            )
        case StoreBusy():
            return translate("messages", "Another program is using the local data. Close it, then try again.")
        case FolderNotWritable():
            return translate(
                "messages", "Nothing can be written to {path}. Ask your administrator for the right to write there."
            ).format(path=error.path)
        case StoreError():
            return translate(
                "messages", "The local data could not be read ({path}). Start the program again; nothing was deleted."
            ).format(path=error.path)
        case KeyringLocked():
            return translate(
                "messages",
                "The keyring of this computer is locked. Unlock it, or sign in with your password every time.",
            )
        case KeyringMissing():
            return translate(
                "messages", "This computer has no safe place for passwords, so you will be asked each time you start."
            )
        case WindowSilent():
            return translate(
                "messages", "This program is open already and does not answer. End it, then start it again."
            )
        case UpdateRefused() | UpdatesAbsent() | UpdateUnfit():
            return explain_update(error)
        case DeskError():
            return _unnamed(error)
        case _:
            return _unnamed(error)


def _explain_way(error: CertificateRefused | AuthoritiesUnreadable | ProxyUnusable | ProxyRefused) -> str:
    """What on the way to the server only IT can mend."""
    match error:
        case CertificateRefused(fault=CertificateFault.UNKNOWN_AUTHORITY):
            return translate(
                "messages",
                "This computer does not know the authority that certified {address}, so nothing was sent there. Ask "
                "your IT to install its certificate, or to name it in the policy (server.ca_file).",
            ).format(address=error.address)
        case CertificateRefused(fault=CertificateFault.NOT_IN_DATE):
            return translate(
                "messages",
                "The certificate of {address} is not valid today. Check the date of this computer; if it is right, "
                "your IT has to renew the certificate.",
            ).format(address=error.address)
        case CertificateRefused(fault=CertificateFault.OTHER_HOST):
            return translate(
                "messages",
                "What answers at {address} shows the certificate of another server. Check the address; if it is right, "
                "tell your IT.",
            ).format(address=error.address)
        case AuthoritiesUnreadable(named_by=""):
            return translate(
                "messages",
                "The certificates in {path} cannot be read, so no server is trusted. Ask your IT to put the file "
                "there, or to mend the setting server.ca_file.",
            ).format(path=error.path)
        case AuthoritiesUnreadable():
            return translate(
                "messages",
                "{variable} names {path}, where no certificates can be read, so no server is trusted. Ask your IT to "
                "put the file there, or to take the variable away, then start the program again.",
            ).format(variable=error.named_by, path=error.path)
        case ProxyUnusable():
            return translate(
                "messages",
                "The proxy {proxy} that leads to the server is of a kind that this program does not speak. Ask your IT "
                "for an HTTP proxy (server.proxy).",
            ).format(proxy=error.proxy)
        case _:
            return translate(
                "messages", "The proxy {proxy} does not let this computer through to {address}. Tell your IT."
            ).format(proxy=error.proxy, address=error.address)


def _unnamed(error: Exception) -> str:
    return translate(
        "messages", "Something went wrong that we did not expect ({kind}). Your work is kept; please report it."
    ).format(kind=type(error).__name__)


def explain_lack(lack: Lack, limit: int = 0) -> str:
    match lack:
        case Lack.MISSING:
            return translate("messages", "This is needed.")
        case Lack.TOO_LONG:
            return translate("messages", "This is too long; {limit} characters are allowed.").format(limit=limit)
        case Lack.NOT_OFFERED:
            return translate("messages", "Choose one from the list.")
        case Lack.LEADS_NOWHERE:
            return translate(
                "messages",
                "The queue or department of this category is not there any more. Choose another category, and tell "
                "your administrator.",
            )
        case Lack.NOT_PAST:
            return translate(
                "messages", "Write a moment that is past, such as “2026-11-20 14:05”, “11-20” or “yesterday 9:30”."
            )


def explain_fault(fault: Fault, limit: int) -> str:
    """Why a field of a customer does not yet do."""
    match fault:
        case Fault.MISSING:
            return explain_lack(Lack.MISSING)
        case Fault.TOO_LONG:
            return explain_lack(Lack.TOO_LONG, limit)
        case Fault.NO_ADDRESS:
            return translate("messages", "This is no e-mail address. It looks like name@company.cn.")
        case Fault.NO_NUMBER:
            return translate("messages", "This is no telephone number. Write it with its area code.")
        case Fault.PRIVACY_NUMBER:
            return _lent_number()


def _lent_number() -> str:
    return translate(
        "messages",
        "This is a temporary privacy number that a platform lends: it is nobody's own and is not kept. Ask for the "
        "customer's own number.",
    )


def explain_rejection(code: str) -> str:
    """Why the server did not take a change, by its stable word."""
    match code:
        case "not_allowed":
            return translate("messages", "You may not make this change. Ask your team lead.")
        case "illegal_status":
            return translate("messages", "The ticket has moved on meanwhile, so this step no longer fits.")
        case "needs_reason":
            return translate("messages", "This step wants a reason. Open the ticket and make it again, saying why.")
        case "moved_meanwhile":
            return translate(
                "messages", "Somebody moved the ticket meanwhile. Open it, see where it is, then hand it over again."
            )
        case "unknown_place":
            return translate(
                "messages",
                "This queue or department is not there any more. Choose another one, or for a new ticket another "
                "category.",
            )
        case "subject_missing":
            return translate("messages", "The subject of the ticket is empty. Write what it is about.")
        case "name_missing":
            return translate("messages", "The name of the customer is empty. Write who it is.")
        case "unknown_person":
            return translate("messages", "Nobody of this name works for customers any more. Choose somebody else.")
        case "unknown_ticket":
            return translate("messages", "The other ticket is not there any more, or you may no longer see it.")
        case "open_subtasks":
            return translate("messages", "Sub-tasks of the ticket are still open. Finish them first.")
        case "bad_question" | "bad_quiz" | "bad_course" | "bad_course_rule":
            return translate(
                "messages", "What was written for training does not hold together any more. Open it and write it again."
            )
        case "not_a_learner":
            return translate("messages", "This person takes no part in training. Choose somebody else.")
        case "bad_due":
            return translate("messages", "Training is due within 90 days, and not before now. Choose another day.")
        case "unknown_quiz" | "unknown_course":
            return translate("messages", "This quiz or course is not offered any more. Choose another.")
        case "ticket_closed":
            return translate(
                "messages",
                "The ticket is closed and stays as it is. Comment on it, or write a new one and link the two.",
            )
        case "illegal_parent":
            return translate("messages", "A sub-task stands below an open ticket that is none itself. Choose another.")
        case "illegal_merge":
            return translate(
                "messages",
                "A ticket is merged once, into an open one of the same customer, a complaint only into a complaint.",
            )
        case "unknown_field" | "unknown_entity" | "unknown_kind":
            return translate("messages", "The server does not know this kind of change. Install the update.")
        case "not_yours":
            return translate(
                "messages", "This was written in somebody else's name, or changes what only they may change."
            )
        case "unknown_row":
            return translate("messages", "The record is not there any more, or you may no longer see it.")
        case "erased":
            return translate(
                "messages",
                "The person it is about asked to be erased. Nothing about them is kept any more; discard it.",
            )
        case "unknown_customer":
            return translate("messages", "The customer is not there any more, or you may no longer see them.")
        case "depends_on_rejected" | "depends_on_unknown":
            return translate(
                "messages", "It builds on a change that was not taken. Settle that one, then send this again."
            )
        case "bad_field":
            return translate("messages", "One of the entries does not have a form the server takes. Change it.")
        case "unknown_disposition":
            return translate("messages", "What the call came to is not among the dispositions any more. Choose again.")
        case "disposition_not_offered":
            return translate(
                "messages", "Calls of this queue do not come to this disposition any more. Choose another one."
            )
        case "disposition_needed":
            return translate("messages", "This queue needs to know what the call came to. Choose a disposition.")
        case "bad_disposition":
            return translate(
                "messages",
                "The disposition does not fit into the tree, or a queue that needs one would have none left. Look at "
                "it again and save it.",
            )
        case "bad_after_call":
            return translate(
                "messages",
                "These rules for after-call work cannot be kept. Look at the times, and whether the queue has "
                "dispositions, and save them again.",
            )
        case "bad_bounds":
            return translate(
                "messages",
                "These bounds of a queue's figures cannot be kept: one figure stands there twice, or an alarm comes "
                "before what is to be watched. Look at them and save them again.",
            )
        case "attachment_too_large":
            return translate("messages", "The file is larger than your site allows. Attach a smaller one.")
        case "attachment_type":
            return translate("messages", "Your site does not allow this kind of file. Attach another one.")
        case "too_many_attachments":
            return translate("messages", "The ticket has as many files as your site allows.")
        case "export_not_allowed":
            return translate("messages", "Your role may not export this much of the list. Narrow it, or ask your lead.")
        case "identity_check_needed":
            return translate(
                "messages",
                "This business needs an identity check of the same call, passed before. Check the caller, then file.",
            )
        case "asked_already":
            return translate("messages", "Nothing is asked twice in one call. The first answer stays.")
        case "bad_identity_rule":
            return translate("messages", "This is no rule of identity checks. Look at its levels and questions.")
        case "privacy_number":
            return _lent_number()
        case "bad_range":
            return translate("messages", "These are no number ranges. Look at each line and save them again.")
        case "same_customer":
            return translate("messages", "Both are the same customer: there is nothing to relate.")
        case "already_related":
            return translate("messages", "The two are already related like that. Look at their relations.")
        case "already_merged":
            return translate(
                "messages", "They have been merged already, by somebody else or before. Look them up again."
            )
        case "other_segment":
            return translate(
                "messages", "The two belong to different customer groups. Ask your team lead to merge them."
            )
        case "merged_since":
            return translate("messages", "Somebody else was merged into this customer later. Undo that merge first.")
        case "too_late":
            return translate("messages", "The time in which the merge could be undone is over.")
        case "not_possible":
            return translate("messages", "That has been undone already.")
        case "bad_announcement":
            return translate(
                "messages", "The announcement is not whole, or goes to people you may not tell. Open it and mend it."
            )
        case "not_read":
            return translate("messages", "What the announcement asks for was not done. Read it again.")
        case "unknown_announcement":
            return translate("messages", "The announcement is not there any more. Nothing is left for you to do.")
        case "bad_synonym":
            return translate(
                "messages", "A set wants two words at least, and none that is too long or unseen. Mend it."
            )
        case "bad_macro":
            return translate(
                "messages",
                "The macro names something there is no placeholder for, or changes what it may not. Mend it.",
            )
        case "bad_rule":
            return translate(
                "messages", "The rule is not whole, or looks at something there is no fact for. Write it again."
            )
        case "taken":
            return translate("messages", "A colleague was quicker: it is theirs now. Nothing is left for you to do.")
        case "already_over":
            return translate("messages", "It was done, cancelled or cleared meanwhile, so nothing about it changes.")
        case "unknown_ticket":
            return translate("messages", "The ticket is not there any more, or you may no longer see it.")
        case "unknown_agent":
            return translate("messages", "This colleague does not work with customers. Choose another one.")
        case "bad_plan":
            return translate(
                "messages", "The plan cannot be followed. Look at its attempts, waits and hours and save it again."
            )
        case "bad_details" | "wrong_form" | "unknown_form":
            return translate(
                "messages", "What the form of the ticket asks is not as it should be. Change it; the fields say why."
            )
        case "bad_custom_fields":
            return translate(
                "messages", "What the profile asks here is not as it should be. Change it; the fields say why."
            )
        case "bad_form":
            return translate("messages", "The form has a fault, so nobody has it. Open it, mend it and publish again.")
        case "not_storable":
            return translate(
                "messages", "One of the entries is too long or has signs the server cannot keep. Change it."
            )
        case "id_taken":
            return translate(
                "messages", "A record with this id is there already. Look whether your change arrived before."
            )
        case "bad_request" | "clock_ahead" | "ops_out_of_order" | "too_many_ops" | "too_large":
            return translate(
                "messages", "The server could not read this change. Check the computer's clock, then send again."
            )
        case _:
            words = complaint_refusal(code) or article_refusal(code) or training_refusal(code)
            return words or translate("messages", "The server refused this change ({code}).").format(code=code)


def _explain_too_new(error: ClientTooOld) -> str:
    if error.newest:
        return translate(
            "messages",
            "This version is newer than your server takes: up to {newest}. Your IT puts that one back; until then "
            "nothing new arrives here, and what you write is still sent.",
        ).format(newest=error.newest)
    return translate(
        "messages", "This version is newer than the server. Tell your IT; what you wrote is kept and sent later."
    )


def _explain_versions(error: NewerData | WentBack | WaitsForNewer | NoRoomForCopy) -> str:
    match error:
        case NewerData(copy_of="") if not error.written_by:
            return translate(
                "messages",
                "A newer version was at work here, and this one cannot read what it wrote. Ask your IT to install the "
                "newer one again, or go on with this one: what is not sent yet is taken along, and customers are "
                "fetched again from the server.",
            )
        case NewerData(copy_of=""):
            return translate(
                "messages",
                "Version {version} was at work here, and this one cannot read what it wrote. Ask your IT to install "
                "{version} again, or go on with this one: what is not sent yet is taken along, and customers are "
                "fetched again from the server.",
            ).format(version=error.written_by)
        case NewerData():
            return translate(
                "messages",
                "Version {version} was at work here, and this one cannot read what it wrote. Ask your IT to install "
                "{version} again, or go on with this one: what is not sent yet is taken along, and customers are "
                "shown as the copy of version {copy} has them until the server sends what is new.",
            ).format(version=error.written_by or "?", copy=error.copy_of)
        case WentBack(has_cache=True):
            return translate(
                "messages",
                "This version goes on after a newer one, with {count} unsent changes. Customers are as the copy from "
                "before has them, until the server has sent what is new.",
            ).format(count=error.unsent)
        case WentBack():
            return translate(
                "messages",
                "This version goes on after a newer one, with {count} unsent changes. Customers are fetched again from "
                "the server.",
            ).format(count=error.unsent)
        case WaitsForNewer():
            return translate(
                "messages",
                "{count} of your changes were made with a newer version, and this one cannot read them. They are kept "
                "and sent when the newer one is back; tell your IT.",
            ).format(count=error.count)
        case NoRoomForCopy():
            return translate(
                "messages",
                "The disk has too little room for a whole copy of your data from before this version. Your work is "
                "safe; ask your IT to make room, so that they can put the version before back.",
            )


def not_encrypted(address: str) -> str:
    return translate(
        "messages",
        "The connection to {address} is not encrypted: anybody on the way can read it. Ask your administrator for an "
        "address that begins with https.",
    ).format(address=address)


def bad_starts(version: str, before: str) -> str:
    if before:
        return translate(
            "messages",
            "Version {version} did not come up properly several times in a row. Sign in to try again; if it fails, ask "
            "your IT to put version {before} back. What you had saved is here.",
        ).format(version=version, before=before)
    return translate(
        "messages",
        "Version {version} did not come up properly several times in a row. Sign in to try again; if it fails, tell "
        "your IT. What you had saved is here.",
    ).format(version=version)


def after_a_crash() -> str:
    return translate(
        "messages",
        "The program ended unexpectedly the last time. What you had saved is here. Press Ctrl+F1 for a report that "
        "helps IT find out why.",
    )
