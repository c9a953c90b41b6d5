"""What names a person or opens a door is struck out of texts that leave this workstation: by rules, and by knowledge.

The rules take out numbers, addresses, tokens and passwords, and every Chinese text: what the program itself writes into
logs is English. Knowledge is what the cache holds of customers and colleagues. Without knowledge (nobody has signed in)
what stands in quotes and what exceptions say is taken out as well. Texts in another dress are undressed first: escapes
of JSON, Python, URLs and HTML, full-width signs, UTF-16; base64 and hexadecimal are looked into.
"""

import base64
import binascii
import contextlib
import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from agent_desktop.diagnostics.known_words import KnownWords
from agent_desktop.logs import SECRET, SIGNED

PERSON: Final = "<person>"
NUMBER: Final = "<number>"
ADDRESS: Final = "<address>"
TOKEN: Final = "<secret>"  # noqa: S105 - what stands in the place of one
TEXT: Final = "<text>"
HOME: Final = "<home>"
UNREADABLE: Final = "<line that is no text>"

_ESCAPED_BYTES: Final = re.compile(r"(?:\\x[0-9A-Fa-f]{2}|%[0-9A-Fa-f]{2})+")
_ESCAPED_UNITS: Final = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")
_BYTE: Final = re.compile(r"\\x")
_CHINESE: Final = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff][㐀-鿿豈-﫿\U00020000-\U0003ffff·、，。（）]*")
_NO_TEXT: Final = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f�]")
_LONE: Final = re.compile(r"[\ud800-\udfff]")
_QUOTED: Final = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|‘[^’\n]*’|“[^”\n]*”")
_FRAME: Final = re.compile(r'^\s*File "')
_SAID: Final = re.compile(
    r"^((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Refused|Unreachable|Interrupt)): .+"
)

_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(?i)\b((?:proxy-)?auth(?:orization|enticate)|cookie)(\W{1,4}).*"), rf"\1\2{TOKEN}"),
    (SIGNED, TOKEN),
    (SECRET, rf"\1{TOKEN}"),
    (
        re.compile(
            r"(?i)((?:secret|cookie|api[_-]?key|(?<![\w.])key|pass(?:phrase|word|wd)?|pwd|pin|otp|unlock|credential|nonce|response|密码|口令|令牌)"
            r"[\"']?\s*[=:：]\s*[\"']?)([^\s,;&\"'}<]+)"
        ),
        rf"\1{TOKEN}",
    ),
    (re.compile(r"(?i)\b(code|state|session_state)=[\w.~%+-]{8,}"), rf"\1={TOKEN}"),
    (re.compile(r"(?<=://)[^\s@<>\"']+:[^\s<>\"']+@(?=[\w\[])"), f"{PERSON}@"),
    (re.compile(r"(?<=://)[^\s/@<>\"']+@"), f"{PERSON}@"),
    (re.compile(r"(?i)\b(sips?:)[^\s@<>\"';]+@"), rf"\1{PERSON}@"),
    (re.compile(r"(?i)\b(tel|callto):[^\s<>\"']+"), rf"\1:{NUMBER}"),
    (re.compile(r"(?<![\w:/])[\w.%+-]+:[^\s:/@<>\"']+@(?=[\w\[])"), f"{PERSON}@"),
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*"), ADDRESS),
    (re.compile(r"(?i)(\\Users\\|/Users/|/home/)(?![<\s])[^\\/\s\"'<>:]+"), rf"\1{PERSON}"),
    (re.compile(r"(?<=[\w/])\?[\w.%-]+=[^\s\"'<>]*"), "?<query>"),
    (re.compile(r"(?<!\d)\d{6}[ -]?(?:18|19|20)\d\d[ -]?\d{4}[ -]?\d{3}[\dXx](?!\d)"), NUMBER),
    (re.compile(r"(?<!\d)(?:\d{17}[Xx]|\d{16,19})(?!\d)"), NUMBER),
    (re.compile(r"(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)|(?<![0-9A-Fa-f])0\d{9,11}(?![0-9A-Fa-f])"), NUMBER),
    (re.compile(r"(?<![A-Za-z0-9_])[A-Z]{1,2}\d{7,8}(?![A-Za-z0-9_])"), NUMBER),
    (re.compile(r"[\u4e00-\u9fff][A-Z][ ·•]?[A-Z0-9]{5,6}(?![A-Za-z0-9])"), NUMBER),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), NUMBER),
    (re.compile(r"\+?\d{3}\*\*\*\d{2}"), NUMBER),
    (
        re.compile(
            r"(?<![A-Za-z0-9_.+-])(?!\d{4}-\d\d-\d\d)(?!\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))"
            r"(?!\d{1,2}\.\d{1,2}\.\d{1,6}(?![\d.]))"
            r"(?:\(?\+?\d(?:[ ()./\u2010-\u2015-]{0,2}\d){6,})(?![A-Za-z0-9_-])"
        ),
        NUMBER,
    ),
    (re.compile(r"(?<![0-9A-Fa-f-])[0-9A-Fa-f]{32,}(?![0-9A-Fa-f-])"), TOKEN),
)
_PACKED: Final = re.compile(r"[A-Za-z0-9+/_-]{6,}={0,2}")
_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[ :]?){4,}")
_LONG_SECRET: Final = 20
_SHORTEST_PACKED: Final = 6
_DIGITS_OF_SECRET: Final = 2


class Redaction:
    """`known` is None when nothing is known, which makes the rules stricter. `secrets` are struck in whatever dress."""

    def __init__(self, known: Iterable[str] | None, secrets: Iterable[str] = (), home: Path | None = None) -> None:
        self._knows = known is not None
        self._known = KnownWords(known or ())
        self._secrets = _pattern_of(secrets)
        self._unpacked: dict[tuple[str, Callable[[str], bytes | None]], str] = {}
        self._home = str(home) if home is not None else ""

    def line(self, line: str) -> str:
        """One line of a log or a report."""
        text = _undressed(line)
        if _NO_TEXT.search(text):
            return UNREADABLE
        text = self._by_rules(text)
        text = _HEXADECIMAL.sub(lambda found: self._looked_into(found.group(), _from_hexadecimal), text)
        text = _PACKED.sub(lambda found: self._looked_into(found.group(), _from_base64), text)
        if not self._knows:
            text = _SAID.sub(rf"\1: {TEXT}", text)
            text = text if _FRAME.match(text) else _QUOTED.sub(TEXT, text)
        return text

    def text(self, text: str) -> str:
        return "\n".join(map(self.line, text.split("\n")))

    def value(self, value: Any) -> Any:
        """A value of JSON, with each text in it as a line; the names of its fields are the program's own."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {name: self.value(inner) for name, inner in value.items()}
            case list() | tuple():
                return [self.value(inner) for inner in value]
            case None | bool() | int() | float():
                return value
            case _:
                return self.text(str(value))

    def _by_rules(self, text: str) -> str:
        if self._secrets is not None:
            text = self._secrets.sub(TOKEN, text)
        if self._home:
            text = text.replace(self._home, HOME)
        for pattern, mark in _RULES:
            text = pattern.sub(mark, text)
        text = self._known.struck(text, PERSON)
        return _CHINESE.sub(TEXT, text)

    def _looked_into(self, packed: str, unpack: Callable[[str], bytes | None]) -> str:
        """Lines of a log say the same words again and again."""
        key = packed, unpack
        if key not in self._unpacked:
            self._unpacked[key] = self._unpack(packed, unpack)
        return self._unpacked[key]

    def _unpack(self, packed: str, unpack: Callable[[str], bytes | None]) -> str:
        if _is_random(packed) or any(self._tells(unpack(one)) for one in _candidates(packed)):
            return TOKEN
        return packed

    def _tells(self, content: bytes | None) -> bool:
        """Whether what was packed is to be struck."""
        if content is None:
            return False
        return any(self._by_rules(text) != text for text in _sure_texts(content)) or any(
            self._known.struck(text, "") != text for text in _texts(content)
        )


def _pattern_of(secrets: Iterable[str]) -> re.Pattern[str] | None:
    """Each as it stands and in base64 at any place, in UTF-8 and UTF-16, the longest first; None without any."""
    found: set[str] = set()
    for secret in filter(None, secrets):
        found.add(secret)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            content = secret.encode(encoding)
            found.add(content.hex())
            for lead in range(3):  # what stands before it moves the bits
                packed = base64.b64encode(bytes(lead) + content).decode()
                sure = packed[(0, 2, 3)[lead] : len(packed) - (0, 3, 2)[(lead + len(content)) % 3]]
                found |= {sure, sure.replace("+", "-").replace("/", "_")}
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if found else None


def _undressed(text: str) -> str:
    text = text.replace("\0", "")  # UTF-16 of English
    if "\\u" in text:
        text = _ESCAPED_UNITS.sub(_units, text)
    if "%" in text or "\\x" in text:
        text = _ESCAPED_BYTES.sub(_bytes, text)
    if "&" in text:
        text = html.unescape(text)
    return text if text.isascii() else unicodedata.normalize("NFKC", _LONE.sub("�", text))


def _units(found: re.Match[str]) -> str:
    units = bytes.fromhex(found.group().replace("\\u", ""))
    return units.decode("utf-16-be", errors="replace").replace("\0", "")


def _bytes(found: re.Match[str]) -> str:
    content = unquote_to_bytes(_BYTE.sub("%", found.group()))
    try:
        return content.decode().replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace").replace("\0", "")


def _is_random(packed: str) -> bool:
    """As tokens are, and words and paths are not."""
    for part in packed.rstrip("=").split("/"):
        digits = sum(sign.isdigit() for sign in part)
        has_both = part.lower() != part and part.upper() != part
        if len(part) >= _LONG_SECRET and has_both and digits >= _DIGITS_OF_SECRET:
            return True
    return False


def _candidates(packed: str) -> Iterable[str]:
    """What may have been packed by itself: all of it, or what stands behind and between the slashes of a path."""
    yield packed
    folders = packed.split("/")
    for number, folder in enumerate(folders[1:], 1):
        yield "/".join(folders[number:])
        if len(folder) >= _SHORTEST_PACKED and number + 1 < len(folders):
            yield folder


def _from_base64(packed: str) -> bytes | None:
    sound = packed.rstrip("=").replace("-", "+").replace("_", "/")
    if len(sound) % 4 == 1:
        return None
    return base64.b64decode(sound + "=" * (-len(sound) % 4))


def _from_hexadecimal(packed: str) -> bytes | None:
    try:
        return binascii.unhexlify(re.sub("[ :]", "", packed))
    except binascii.Error:
        return None


def _sure_texts(content: bytes) -> Iterable[str]:
    """What was a text for certain before it was packed: UTF-8, or UTF-16 of Latin letters and digits."""
    for told in {content, content.replace(b"\0", b"")}:
        with contextlib.suppress(UnicodeDecodeError):
            text = told.decode()
            if text.isprintable():
                yield text


def _texts(content: bytes) -> Iterable[str]:
    """By encodings that take nearly any bytes, so that only what is known counts."""
    yield content.decode("gb18030", errors="ignore")
    for encoding in ("utf-16-le", "utf-16-be"):
        for begins in (0, 1):
            yield content[begins:].decode(encoding, errors="ignore")
