"""What the switch says about a call in the headers of its INVITE."""

import re
from dataclasses import dataclass, fields
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class InviteFacts:
    """Header values exactly as they came (outer blanks removed), None where the INVITE had no such header.

    `asserted_number` is the user part of P-Asserted-Identity, because that is what gets looked up;
    `asserted_name` its display name. `call_ref` is the switch's own name of the call. `verified`: what
    the IVR found when it asked the caller for a PIN, see `is_verified`. `is_private`: the caller wants no
    number shown (RFC 3323). `answer_after_s`: the switch wants this phone to answer by itself after so long.
    """

    asserted_number: str | None = None
    asserted_name: str | None = None
    customer_id: str | None = None
    user_to_user: str | None = None
    diversion: str | None = None
    queue: str | None = None
    ivr_path: str | None = None
    called_number: str | None = None
    call_ref: str | None = None
    verified: str | None = None
    is_private: bool = False
    answer_after_s: float | None = None

    @property
    def named_customer(self) -> str | None:
        """Whom the exchange says it is: by a header of its own, else in what it hands from call to call (RFC 7433):
        `customer_id=C-1`, or the id alone, as it is or in hex."""
        if self.customer_id:
            return self.customer_id
        data, *parameters = (part.strip() for part in (self.user_to_user or "").split(";"))
        encoding = {name.strip().lower(): value.strip() for name, _, value in (p.partition("=") for p in parameters)}
        is_said = "encoding" in encoding
        told = data if is_said and encoding["encoding"].lower() != "hex" else _from_hex(data)
        named = _CUSTOMER.search((told or "") if is_said else (told or data))
        return (named.group(1) or named.group(2)) if named else None

    @property
    def is_verified(self) -> bool | None:
        """The caller's PIN was right or wrong; None when nobody asked for it, or the switch's word is not known."""
        word = (self.verified or "").strip().lower()
        return True if word in _RIGHT else False if word in _WRONG else None


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """What this site's switch calls each fact. Header names compare without regard to case (RFC 3261 §7.3.1)."""

    asserted_identity: str = "P-Asserted-Identity"
    customer_id: str = "X-Customer-Id"
    user_to_user: str = "User-to-User"
    diversion: str = "Diversion"
    queue: str = "X-Queue"
    ivr_path: str = "X-IVR-Path"
    called_number: str = "X-Called-Number"
    call_ref: str = "X-Call-Ref"
    verified: str = "X-Verified"


def read_invite(message: str, names: HeaderNames) -> InviteFacts:
    """Facts of the raw INVITE. The first of repeated headers counts: it is the last diversion (RFC 5806 §3)."""
    headers = _headers(message)
    found = {f.name: headers.get(getattr(names, f.name).lower()) for f in fields(names)}
    identity = found.pop("asserted_identity")
    name, number = party(identity) if identity is not None else (None, None)
    wishes = {part.strip().lower() for part in headers.get("privacy", "").split(";")}
    return InviteFacts(
        asserted_number=number,
        asserted_name=name,
        is_private=not wishes.isdisjoint(("id", "user", "header")),
        answer_after_s=_answer_after_s(headers),
        **found,
    )


def _answer_after_s(headers: dict[str, str]) -> float | None:
    """`answer-after` of Call-Info or Alert-Info; the words that desk phones know; RFC 5373 Answer-Mode."""
    asked = _ANSWER_AFTER.search(headers.get("call-info", "") + "," + headers.get("alert-info", ""))
    if asked is not None:
        return float(asked.group(1))
    mode = headers.get("priv-answer-mode", headers.get("answer-mode", "")).partition(";")[0].strip().lower()
    return 0.0 if mode == "auto" or _AUTO_ANSWER.search(headers.get("alert-info", "")) else None


def _from_hex(data: str) -> str | None:
    try:
        return bytes.fromhex(data.strip('"')).decode()
    except ValueError:
        return None


def header_of(message: str, name: str) -> str | None:
    """The first of that name in a raw SIP message."""
    return _headers(message).get(name.lower())


def text_of(message: bytes) -> str:
    """SIP is UTF-8 (RFC 3261 §7); older Chinese exchanges write names in GB 18030."""
    try:
        return message.decode("utf-8")
    except UnicodeDecodeError:
        return message.decode("gb18030", errors="replace")


def party(name_addr: str) -> tuple[str, str]:
    """(display name, user part) of a SIP name-addr such as `"Jane" <sip:+8657155@host;user=phone>`."""
    match = _NAME_ADDR.match(name_addr.strip())
    if match is None:
        return "", _plain(name_addr.strip())
    quoted, plain, user = match.group("quoted"), match.group("plain"), match.group("user") or match.group("tel")
    name = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else (plain or "").strip()
    number = _number(user or "")
    return _plain(name), "" if number.lower() == "anonymous" else number


def _number(user: str) -> str:
    """Unquoted, unless that would make an address of it: called back, the phone would go where the caller wanted."""
    number = unquote(user).partition(";")[0]
    return user if _NOT_IN_A_NUMBER.search(number) else number


def _plain(text: str) -> str:
    """Without characters that are not seen but change what is seen: line ends, other directions of writing."""
    return _UNSEEN.sub("", text)


_RIGHT = frozenset({"yes", "true", "1", "ok", "verified", "pass", "passed"})
_WRONG = frozenset({"no", "false", "0", "failed", "fail", "wrong"})
_NOT_IN_A_NUMBER = re.compile(r"[@:/<>\"?\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ANSWER_AFTER = re.compile(r";\s*answer-after\s*=\s*\"?(\d{1,3}(?:\.\d{1,3})?)", re.IGNORECASE)
_AUTO_ANSWER = re.compile(r"(auto|ring)[ _-]?answer", re.IGNORECASE)
_CUSTOMER = re.compile(r"(?:^|[;&,\s])customer[_-]?id\s*[=:]\s*([^;&,\s]{1,128})|^([^;&,=:\s]{1,128})$", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NAME_ADDR = re.compile(
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"\s*|(?P<plain>[^<"]*?))'
    r"<?(?:sips?:(?:(?P<user>[^@>:]*)(?::[^@>]*)?@)?[^>]+|tel:(?P<tel>[^>;]+)[^>]*)>?",
    re.IGNORECASE,
)


def _headers(message: str) -> dict[str, str]:
    head = message.replace("\r\n", "\n").partition("\n\n")[0]
    unfolded = re.sub(r"\n[ \t]+", " ", head)
    found: dict[str, str] = {}
    for line in unfolded.split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), _plain(value.strip()))
    return found
