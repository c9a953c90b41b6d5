"""Why there is no line or no phone, in whole sentences: what happened and what to do."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from agent_desktop.softphone.account import RegistrarUnreachable, Registration, RegistrationRefused, Trouble

translate = QCoreApplication.translate


def explain_registration(registration: Registration) -> str:
    """Why there is no line, and who can do what about it."""
    match registration:
        case RegistrationRefused(code):
            return _explain_refused_line(code)
        case RegistrarUnreachable(code, trouble=trouble):
            return _explain_trouble(trouble, code)
        case _:
            return translate("messages", "The phone has no line. No calls come in until it is registered.")


def _explain_refused_line(code: int) -> str:
    match code:
        case 401 | 407:
            words = translate(
                "messages",
                "The telephone switch does not accept your line's password ({code}), so no calls come in. "
                "Ask IT to set the password again.",
            )
        case 403:
            words = translate(
                "messages",
                "The telephone switch does not let your line in ({code}), so no calls come in. "
                "Ask IT whether your line is locked.",
            )
        case 404:
            words = translate(
                "messages",
                "The telephone switch does not know your line ({code}), so no calls come in. "
                "Ask IT to correct your extension.",
            )
        case _:
            words = translate(
                "messages",
                "The telephone switch refused your line ({code}). No calls come in; call your administrator.",
            )
    return words.format(code=code)


def _explain_trouble(trouble: Trouble, code: int) -> str:
    match trouble:
        case Trouble.NO_ANSWER:
            return translate(
                "messages", "The telephone switch does not answer. No calls come in until the line is back."
            )
        case Trouble.UNKNOWN_HOST:
            return translate(
                "messages",
                "Nobody in this network knows the telephone switch by its name, so no calls come in. "
                "Check the network or the VPN, then tell IT.",
            )
        case Trouble.NO_ROUTE:
            return translate(
                "messages",
                "There is no way from this computer to the telephone switch, so no calls come in. "
                "Check the cable, the Wi-Fi or the VPN.",
            )
        case Trouble.CONNECTION_REFUSED:
            return translate(
                "messages",
                "The telephone switch takes no connections, so no calls come in. "
                "It may just be starting; tell IT if it stays so.",
            )
        case Trouble.CERTIFICATE_EXPIRED:
            return translate(
                "messages",
                "The certificate of the telephone switch is not valid today, so the phone stays away from it. "
                "Check the date of this computer, then tell IT.",
            )
        case Trouble.CERTIFICATE_UNTRUSTED:
            return translate(
                "messages",
                "The certificate of the telephone switch comes from nobody this computer trusts, so the phone stays "
                "away from it. Tell IT.",
            )
        case Trouble.CERTIFICATE_OF_ANOTHER:
            return translate(
                "messages",
                "The telephone switch shows the certificate of another host, so the phone stays away from it. "
                "Tell IT at once.",
            )
        case Trouble.SERVER_FAILURE:
            return translate(
                "messages",
                "The telephone switch has a failure of its own ({code}). No calls come in until that is mended.",
            ).format(code=code)
        case Trouble.PORT_TAKEN:
            return translate(
                "messages",
                "Another program has the phone's port, so no calls come in. "
                "Close other telephone programs; tell IT if it stays so.",
            )
        case Trouble.ACCOUNT_UNUSABLE:
            return translate(
                "messages",
                "Your line cannot be used as it is set up, so no calls come in. "
                "Ask IT to correct its name and its addresses.",
            )


class Away(StrEnum):
    """Why there is no phone: it died and is being started again, died twice and is left alone, or works elsewhere."""

    RESTARTING = "restarting"
    STOPPED = "stopped"
    TAKEN = "taken"


def away_word(away: Away) -> str:
    """Where there is no room for the sentence."""
    match away:
        case Away.RESTARTING:
            return translate("messages", "Phone restarting…")
        case Away.STOPPED:
            return translate("messages", "Phone stopped")
        case Away.TAKEN:
            return translate("messages", "Phone in use elsewhere")


def why_away(away: Away) -> str:
    match away:
        case Away.RESTARTING:
            return phone_lost()
        case Away.STOPPED:
            return phone_stays_away()
        case Away.TAKEN:
            return phone_taken()


def phone_lost() -> str:
    return translate("messages", "The phone stopped. It is being started again; calls that were up are cut off.")


def phone_stays_away() -> str:
    return translate("messages", "The phone stopped twice in a row. No calls come in until it is started again.")


def phone_taken() -> str:
    return translate("messages", "Your phone was taken over at another computer. Sign in here again to get it back.")


def in_use_elsewhere(hosts: tuple[str, ...]) -> str:
    return translate(
        "messages", "Your line is in use at {hosts} too: calls also ring there. If that is not your telephone, tell IT."
    ).format(hosts=", ".join(hosts))
