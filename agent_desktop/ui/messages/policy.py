"""Of what IT has decided for this workstation, in whole sentences: who says it, and what of it does not count."""

from difflib import get_close_matches
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.policy.schema import Wrong, load
from agent_desktop.policy.written import Rank, Refused, Source
from agent_desktop.trust import FileFault

translate = QCoreApplication.translate
LONGEST_NAME: Final = 60


def who_says(source: Source) -> str:
    match source.rank:
        case Rank.MACHINE:
            return translate("messages", "Set by your organisation")
        case Rank.USER:
            return translate("messages", "Set by your organisation for this person")
        case Rank.SERVER:
            return translate("messages", "Set by your organisation's server")
        case Rank.PERSON:
            return translate("messages", "Chosen by the person")
        case Rank.RECOMMENDED:
            return translate("messages", "Recommended by your organisation")
        case Rank.SEED:
            return translate("messages", "Said at installation")
        case Rank.BUILT_IN:
            return translate("messages", "Built in")


def locked_by(source: Source) -> str:
    """Beside what cannot be changed."""
    return f"{who_says(source)}\n{source.where}"


def not_yours_to_change(source: Source) -> str:
    return translate(
        "messages",
        "Your organisation has set this ({where}). It stays as it is; ask your IT to change it.",
    ).format(where=source.where)


def decided_meanwhile(*, waits: bool) -> str:
    """`waits`: some of it counts only when the program starts again."""
    if waits:
        return translate(
            "messages",
            "Your organisation has changed settings of this workstation. Some of them count when you start the program "
            "again; do that when it suits you.",
        )
    return translate("messages", "Your organisation has changed settings of this workstation.")


def explain_refused(refused: Refused) -> str:
    """What happened, and what somebody of IT can do."""
    match refused.wrong:
        case Wrong.UNKNOWN:
            words = _unknown(refused.key)
        case Wrong.TYPE:
            words = translate(
                "messages", "The value has another type than the key. It is ignored. The key takes {what}."
            )
            words = words.format(what=_taken(refused.key))
        case Wrong.VALUE:
            words = translate(
                "messages", "The value is not one that the key takes. It is ignored. The key takes {what}."
            )
            words = words.format(what=_taken(refused.key))
        case Wrong.TWICE:
            words = translate(
                "messages", "This stands more than once in the file. The last one counts; take the others out."
            )
        case Wrong.PERSONAL:
            words = translate("messages", "This is the person's own choice. No policy decides it; take it out.")
        case Wrong.RESERVED:
            words = translate("messages", "Only policy decides this, not the person. What stands here is ignored.")
        case Wrong.LOCAL:
            words = translate("messages", "No server decides this, for it says whom this workstation trusts.")
        case Wrong.NOT_ALLOWED:
            words = translate("messages", "Policy does not let the server set this (provisioning.allowed).")
        case Wrong.OTHER_KEY:
            words = translate(
                "messages",
                "What the server sets is signed by another key than before, so it does not count. If the server was "
                "set up anew, name its key in the policy (provisioning.key); else look into it at once.",
            )
        case Wrong.FORGED:
            words = translate("messages", "What the server sets is not signed by its key. Nothing in it counts.")
        case Wrong.OLDER:
            words = translate(
                "messages",
                "What the server sets is older than what it set before, as after a restored backup. What was set "
                "before goes on; set it once more on the server.",
            )
        case Wrong.EXPIRED:
            words = translate(
                "messages",
                "What the server set has run out, for this workstation has not heard of it for long. It counts again "
                "when the server answers; else check the clock.",
            )
        case Wrong.WRITABLE:
            words = translate(
                "messages",
                "Others than administrators may write to {path}. Nothing in this file counts until that belongs to an "
                "administrator who alone may write to it (Linux: chown root, chmod go-w).",
            ).format(path=refused.place)
        case Wrong.GARBLED if refused.place:
            line, _, column = refused.place.partition(":")
            words = translate(
                "messages",
                "This is no JSON from line {line}, column {column} on. Nothing in it counts. Look there and at the end "
                "of the line before for a comma, a bracket or a quotation mark that is missing or too many.",
            ).format(line=line, column=column)
        case Wrong.GARBLED:
            words = translate(
                "messages", "This is not a JSON object. Nothing in it counts; write it as docs/it/policy.md says."
            )
        case Wrong.ENCODING:
            words = translate("messages", "This is not written in UTF-8. Nothing in it counts; save it anew as UTF-8.")
        case Wrong.LARGE:
            words = translate("messages", "This file is larger than 1 MB. Nothing in it counts.")
        case Wrong.UNREADABLE:
            words = translate(
                "messages",
                "This cannot be read by the person who works here ({reason}), so nothing in it counts. Let everybody "
                "read it (Linux: chmod a+r, and a+x on the folders above).",
            ).format(reason=refused.place)
    return f"{_readable(refused.key)}: {words}" if refused.key else words


def explain_file(key: str, path: str, fault: FileFault) -> str:
    """Of a file of authorities that a key names."""
    match fault:
        case FileFault.UNREADABLE:
            words = translate(
                "messages",
                "{path} is not there, or the person who works here cannot read it, so nobody is trusted by it. Put it "
                "there, for everybody to read.",
            )
        case FileFault.EMPTY:
            words = translate(
                "messages",
                "{path} holds no authority's certificate as PEM (-----BEGIN CERTIFICATE-----), so nobody is trusted by "
                "it. That of a server is not enough: take the one of the authority that signed it.",
            )
        case FileFault.EXPIRED:
            words = translate(
                "messages",
                "The authority in {path} has expired, so nobody is trusted by it. Put the new one in its place; else "
                "check this computer's clock.",
            )
    return f"{key}: {words.format(path=path)}"


def _readable(key: str) -> str:
    """A name that nobody knows may hold anything, also what a terminal obeys."""
    seen = "".join(sign if sign.isprintable() else "?" for sign in key[:LONGEST_NAME])
    return seen if len(key) <= LONGEST_NAME else f"{seen}…"


def _unknown(name: str) -> str:
    near = get_close_matches(name[:LONGEST_NAME].lower(), load().keys, 1)
    if near:
        return translate("messages", "This version knows no such key. Is {key} meant?").format(key=near[0])
    return translate("messages", "This version knows no such key. All that there are stand in docs/it/policy-keys.md.")


def _taken(name: str) -> str:
    """What fits a key, by its name or that of its setting."""
    schema = load()
    key = schema.keys.get(name) or schema.by_setting()[name]
    if key.offered:
        return ", ".join(key.offered)
    if key.kind is bool:
        return translate("messages", "true or false, without quotation marks")
    if key.kind is int:
        return translate("messages", "a whole number from {least} to {most}, without quotation marks").format(
            least=key.least, most=key.most
        )
    return translate("messages", "a text of at most {most} characters, such as docs/it/policy-keys.md says").format(
        most=key.longest
    )
