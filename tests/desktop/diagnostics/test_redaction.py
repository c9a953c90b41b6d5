import base64
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from agent_desktop.diagnostics.redaction import Redaction

NAME, LATIN, MAIL = "欧阳沐宸", "Dorothea Quillfeather", "d.quillfeather@mail.example"
PASSWORD = "Tr0ub4dor&3-correct"
KNOWN = (NAME, LATIN, MAIL, "Quillfeather", "8417", "Unit 7, 31 Wharf Lane")
KNOWING = Redaction(KNOWN, (PASSWORD,), Path("/home/dorothea"))
STRICT = Redaction(None)


def base64_after(lead: str, text: str, encoding: str = "utf-8") -> str:
    return base64.b64encode((lead + text).encode(encoding)).decode()


@pytest.mark.parametrize(
    "line",
    [
        f"opened {NAME}",
        f"opened {NAME[0]} {NAME[1:]}",
        f"opened {LATIN}",
        "opened DOROTHEA_QUILLFEATHER",
        "opened Quillfeather, D.",
        f"KeyError: {LATIN!r}",
        json.dumps({"n": NAME}),
        ascii(NAME),
        str(NAME.encode()),
        str(NAME.encode("gb18030")),
        f"GET /customers/{quote(NAME)}",
        f"GET /customers/{quote(NAME, encoding='gb18030')}",
        f"GET /customers/{quote(LATIN)}",
        "".join(f"&#{ord(sign)};" for sign in NAME),
        "".join(f"&#x{ord(sign):x};" for sign in LATIN),
        "Ｄｏｒｏｔｈｅａ　Ｑｕｉｌｌｆｅａｔｈｅｒ",
        "\0".join(LATIN),
        base64_after("", NAME),
        base64_after("a", LATIN),
        base64_after("ab", NAME, "utf-16-le"),
        base64_after("", LATIN, "utf-16-be"),
        base64_after("", NAME, "gb18030"),
        NAME.encode().hex(),
        LATIN.encode().hex(" "),
        LATIN.encode("utf-16-le").hex().upper(),
        "lives at Unit 7, 31 Wharf Lane",
        "his extension is 8417",
        f"mail to {MAIL}",
    ],
)
def test_somebody_who_is_known_is_struck_in_any_dress(line: str) -> None:
    told = KNOWING.line(line)
    assert told != line
    words = (*NAME, "quill", "dorothea", "wharf", "8417", "%", "\\x", "&#")
    assert [word for word in words if word in told.casefold()] == []
    assert KNOWING.line(told) == told


@pytest.mark.parametrize(
    "line",
    [
        "rings: 13812345678",
        "rings: 138 1234 5678",
        "rings: 138.1234.5678",
        "rings: (0571) 8812 3456",
        "rings: +86-138-1234-5678",
        "rings: 8812345",
        "rings: １３８１２３４５６７８",
        "rings: 138***78",
        "sip:13812345678@10.0.0.1",
        "sip:8001;x=13812345678@10.0.0.1",
        "tel:8812-3456",
        "callto:13812345678",
        "id 11010519491231002X",
        "id 110105194912310021",
        "id 110105 19491231 002X",
        "id 110105-19491231-002x",
        "身份证11010519491231002X号",
        "_11010519491231002X_.jpg",
        "x1101051949123100211",
        "rec_13812345678_2026.wav",
        "rec-13812345678-2026.wav",
        "tel13812345678",
        "number=13812345678x",
        "messages/0571-88123456.json",
        "rec_057188123456.wav",
        "passport E38123456",
        "car 浙A12345",
        "car 粤B·12345",
        "card 6222 0212 3456 7890 123",
        "iban DE89 3704 0044 0532 0130 00",
        "GET /lookup?number=13812345678&x=1",
        "/lookup%3Fnumber%3D13812345678",
        base64_after("", "13812345678"),
        base64_after("x", "13812345678", "utf-16-le"),
        f"attachments/{base64_after('', '13812345678')}.pdf",
        f"a/{base64_after('', '13812345678').rstrip('=')}/b.pdf",
        b"13812345678".hex(),
        "\0".join("13812345678"),
        str("13812345678".encode("utf-16-le")),
    ],
)
def test_number_is_struck_whole(line: str) -> None:
    told = KNOWING.line(line)
    pieces = ("1234", "5678", "3456", "345", "1231", "138", "4912", "6222", "8812", "3704", "31" * 3)
    assert [piece for piece in pieces if piece in told] == []


@pytest.mark.parametrize(
    "line",
    [
        f"signed in with {PASSWORD}",
        f"body {base64_after('', PASSWORD)}",
        f"body {base64_after('ab', PASSWORD)} more",
        f"body {base64_after('a', PASSWORD, 'utf-16-le')} more",
        f"body {PASSWORD.encode().hex()}",
        f"GET /x/{quote(PASSWORD)}",
        '{"password": "hunter2"}',
        "口令：hunter2",
        "Cookie: session=hunter2; a=b",
        "Authorization: Basic aHVudGVyMg==",
        'Authorization: Digest username="hunter2", response="hunter2"',
        "https://anna:hunter2@desk.example/x",
        "http://anna:hun/ter2@proxy.example:3128",
        "http://anna:hunter2@anna@proxy.example:3128",
        "http://anna%40corp:hunter2%21@proxy.example:3128",
        "no way through anna:hunter2@proxy.example:3128",
        "HTTPS_PROXY=http://anna:hunter2@10.0.0.1:3128",
        "PRAGMA key = 'hunter2'",
        "the browser came back with code=hunter2hunter2",
        "token=hunter2",
        "api_key: hunter2",
        "https://desk.example/x?code=hunter2",
        "eyJhbGciOi.eyJodW50ZXIy.hunter2",
        "key Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg",
        "key 0123456789abcdef0123456789abcdef",
    ],
)
def test_what_opens_a_door_is_struck(line: str) -> None:
    told = KNOWING.line(line)
    pieces = ("hunter2", "aHVudGVy", "Tr0ub", "VHIwdWI0", "54723075", "Zm9vYmFy", "0123456789abcdef", "anna", "ter2")
    assert [piece for piece in pieces if piece in told] == []


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-23 13:12:57,123 INFO agent_desktop.sync.cycle: pulled 1200 rows in 812 ms",
        '  File "/opt/agent-desktop/_internal/agent_desktop/ui/program.py", line 241, in _open',
        "listening on 127.0.0.1:54321, registrar 10.20.30.40:5061",
        "op 01932f3e-1111-7abc-8def-0123456789ab applied",
        "Windows-10-10.0.19045-SP0, Python 3.12.9, Qt 6.12.0",
        "https://desk.corp.example/sync/v1/changes answered 503",
        "does not count: /etc/agent-desktop/policies/managed/10.json sip.port (type)",
        "ModuleNotFoundError: No module named 'pjsua2'",
        "QPainter::begin: Paint device returned engine == 0, type: 2",
    ],
)
def test_what_names_nobody_stays(line: str) -> None:
    assert KNOWING.line(line) == line


@pytest.mark.parametrize(
    "line",
    ["KeyError: 'Anna Blake'", "agent_desktop.errors.ServerRefused: Anna Blake is here", 'looked for "Anna Blake"'],
)
def test_without_knowledge_nothing_quoted_stays(line: str) -> None:
    assert "Anna" not in STRICT.line(line)


@pytest.mark.parametrize(
    "line", ["/home/anna/.config", "C:\\Users\\anna\\x.docx", "file:///Users/anna/x", "anna@localhost is away"]
)
def test_account_of_this_computer_is_struck_also_when_nobody_knows_it(line: str) -> None:
    assert "anna" not in KNOWING.line(line)
    assert "anna" not in STRICT.line(line)


def test_home_and_chinese_and_broken_lines_are_struck() -> None:
    text = "/home/dorothea/.config\n打开 C:\\Users\\张三\nutf16 \x20\x5f\x1f\x4f"
    assert KNOWING.text(text) == "<home>/.config\n<text> C:\\Users\\<person>\n<line that is no text>"
