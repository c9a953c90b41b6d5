"""SIP torture: the test cases of RFC 4475 by their names, and mutations of a real INVITE.

The messages are typed from the RFC as it is remembered: each carries the oddity its case is about; hosts, tags and
wording around it may differ.
"""

# ruff: noqa: E501

import random
from collections.abc import Callable, Iterator

SDP = b"""v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.3
s=-
c=IN IP4 192.0.2.4
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
"""


def _crlf(text: bytes) -> bytes:
    return text.replace(b"\n", b"\r\n")


def _message(head: str, body: bytes = b"", length: int | str | None = None, name: str = "Content-Length") -> bytes:
    """`length` None: the true one."""
    content = _crlf(body)
    told = len(content) if length is None else length
    return _crlf(f"{head.strip()}\n{name}: {told}\n\n".encode()) + content


def _invite(
    name: str,
    line: str = "INVITE sip:user@example.com SIP/2.0",
    to: str = "sip:user@example.com",
    sender: str = "sip:caller@example.net;tag=141334",
    via: str = "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK39234-23423-",
    more: str = "",
    contact: str = "<sip:caller@192.0.2.2>",
    length: int | str | None = None,
) -> bytes:
    head = f"""{line}
To: {to}
From: {sender}
Max-Forwards: 70
Call-ID: {name}.0ha0isndaksdj99sdfafnl3lk233412
CSeq: 3 {line.split()[0]}
Via: {via}{name}
Contact: {contact}
{more}
Content-Type: application/sdp"""
    return _message("\n".join(each for each in head.split("\n") if each), SDP, length)


def _request(method: str, name: str, line: str = "", more: str = "", **changed: str) -> bytes:
    fields = {
        "To": "sip:user@example.com",
        "From": "sip:user@example.com;tag=998332",
        "Max-Forwards": "70",
        "Call-ID": f"{name}.8hojjsdf9034r9j2340dknnk34",
        "CSeq": f"8 {method}",
        "Via": f"SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKkdjuw{name}",
    } | {key.replace("_", "-"): value for key, value in changed.items()}
    line = line or f"{method} sip:example.com SIP/2.0"
    written = "\n".join(f"{key}: {value}" for key, value in fields.items() if value)
    return _message("\n".join(filter(None, (line, written, more))))


def _wsinv() -> bytes:
    head = """INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33"""
    return _message(head, SDP, name="l")


def _intmeth() -> bytes:
    method = "!interesting-Method0123456789_*+`.%indeed'~"
    strange = (
        "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com"
    )
    return _message(
        f"""{method} {strange} SIP/2.0
Via: SIP/2.0/UDP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
To: "BEL:\\\x07 NUL:\\\x01 DEL:\\\x7f" <{strange}>
From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="работающий";tag=_token~1'+`*%!-.
Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/"][?}}{{
CSeq: 139122385 {method}
Max-Forwards: 255
extensionHeader-!.%*+_`'~: 大停電"""
    )


def _longreq() -> bytes:
    long = "longvalue" * 40
    vias = "\n".join(f"Via: SIP/2.0/UDP sip{at}.example.com;branch=z9hG4bK{long}{at}" for at in range(34, 0, -1))
    return _message(
        f"""INVITE sip:user@example.com SIP/2.0
To: "I have a user name of {"extreme" * 60} proportion" <sip:user@example.com:6000;unknownparam1=very{long};longparam{long}=shortvalue;very{long}ParameterNameWithNoValue>
F: sip:amazinglylongcallername{long}@example.net;tag=12982{"424" * 60};unknownheaderparam{long}=unknown{long};unknownValueless{long}
Call-ID: longreq.one{"really" * 40}longcallid
CSeq: 3882340 INVITE
Unknown-{long}-Name: unknown-{long}-value; unknown-{long}-parameter-name = {long}
{vias}
Max-Forwards: 70
Contact: <sip:amazinglylongcallername{long}@host5.example.net>
Content-Type: application/sdp""",
        SDP,
        name="l",
    )


def _dblreq() -> bytes:
    return _request("REGISTER", "dblreq", Contact="<sip:j.user@host.example.com>") + _invite("dblreq-second")


def _mpart01() -> bytes:
    body = (
        b"--7a9cbec02ceef655\nContent-Type: text/plain\nContent-Transfer-Encoding: binary\n\nHello\n"
        b"--7a9cbec02ceef655\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\n"
        b"0\x82\x01R\x06\t*\x86H\x86\xf7\r\x01\x07\x02\xa0\x82\x01C0\x00\xff\xfe\n--7a9cbec02ceef655--\n"
    )
    head = """MESSAGE sip:kumiko@example.org SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport
Max-Forwards: 70
Route: <sip:127.0.0.1:5080>
Identity: r5mwreLuyDRYBi/0TiPwEsY3rEVsk/G2WxhgTV1PF7hHuLIK0YWVKZhKv9Mj8UeXqkMVbnVq37CD+813gvYjcBUaZngQmXc9WNZSDNGCzA+fWl9MEUHWIZo1CeJebdY/XlgKeTa0Olvq0rt70Q5jiSfbqMJmQFteeivUhkMWYUA=
Contact: <sip:fluffy@127.0.0.1:5070>
To: <sip:kumiko@example.org>
From: <sip:fluffy@example.com>;tag=2fb0dcc9
Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..
CSeq: 1 MESSAGE
Content-Transfer-Encoding: binary
Content-Type: multipart/mixed;boundary=7a9cbec02ceef655
Date: Sat, 15 Oct 2005 04:44:56 GMT"""
    return _message(head, body)


def _answer(first: str, name: str, extra: str = "") -> bytes:
    return _message(
        f"""{first}
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923{name}
Call-ID: {name}.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Contact: <sip:user@host198.example.com>
{extra}Content-Type: application/sdp""",
        SDP,
    )


def _named() -> Iterator[tuple[str, bytes]]:
    # 3.1.1 Valid messages
    yield "wsinv", _wsinv()
    yield "intmeth", _intmeth()
    yield (
        "esc01",
        _invite(
            "esc01",
            "INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0",
            to="sip:%75se%72@example.com",
            sender="<sip:I%20have%20spaces@example.net>;tag=938",
            contact="<sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>",
        ),
    )
    yield (
        "escnull",
        _request(
            "REGISTER",
            "escnull",
            To="sip:null-%00-null@example.com",
            From="sip:null-%00-null@example.com;tag=839923423",
            more="Contact: <sip:%00@host5.example.com>\nContact: <sip:%00%00@host5.example.com>",
        ),
    )
    yield (
        "esc02",
        _request(
            "RE%47IST%45R",
            "esc02",
            To='"%Z%45" <sip:resource@example.com>',
            From='"%Z%45" <sip:resource@example.com>;tag=f232jadfj23',
            more="Contact: <sip:alias1@host1.example.com>\nC%6Fntact: <sip:alias2@host2.example.com>",
        ),
    )
    yield (
        "lwsdisp",
        _request(
            "OPTIONS", "lwsdisp", "OPTIONS sip:user@example.com SIP/2.0", From="caller<sip:caller@example.com>;tag=323"
        ),
    )
    yield "longreq", _longreq()
    yield "dblreq", _dblreq()
    yield (
        "semiuri",
        _request(
            "OPTIONS",
            "semiuri",
            "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0",
            To="sip:j_user@example.com",
            Contact="<sip:caller@host5.example.net>",
        ),
    )
    yield (
        "transports",
        _request(
            "OPTIONS",
            "transports",
            "OPTIONS sip:user@example.com SIP/2.0",
            more="\n".join(
                f"Via: SIP/2.0/{each} t{at}.example.com;branch=z9hG4bKkdjuw{at}"
                for at, each in enumerate(("UDP", "SCTP", "TLS", "UNKNOWN", "TCP"))
            ),
        ),
    )
    yield "mpart01", _mpart01()
    yield "unreason", _answer("SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое", "unreason")
    yield "noreason", _answer("SIP/2.0 100 ", "noreason")
    # 3.1.2 Invalid messages
    yield (
        "badinv01",
        _message(
            """INVITE sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=134161461246
Max-Forwards: 7
Call-ID: badinv01.0ha0isndaksdjasdf3234nas
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;;,;,,
Contact: "Joe" <sip:joe@example.org>;;;;
Content-Type: application/sdp""",
            SDP,
        ),
    )
    yield "clerr", _invite("clerr", length=9999)
    yield "ncl", _invite("ncl", length=-999)
    yield (
        "scalar02",
        _request(
            "REGISTER",
            "scalar02",
            CSeq="36893488147419103232 REGISTER",
            Max_Forwards="300",
            more="Expires: 10000000000000000000000000000000\nContact: <sip:user@host129.example.com>;expires=280297596632815",
        ),
    )
    yield (
        "scalarlg",
        _answer(
            "SIP/2.0 503 Service Unavailable",
            "scalarlg",
            'Retry-After: 949302838503028349304023988\nWarning: 1812 overture "In Progress"\n',
        ).replace(b"CSeq: 35 INVITE", b"CSeq: 9292394834772304023312 OPTIONS"),
    )
    yield "quotbal", _invite("quotbal", to='"Mr. J. User <sip:j.user@example.com>')
    yield "ltgtruri", _invite("ltgtruri", "INVITE <sip:user@example.com> SIP/2.0")
    yield "lwsruri", _invite("lwsruri", "INVITE sip:user@example.com; lr SIP/2.0")
    yield "lwsstart", _invite("lwsstart", "INVITE  sip:user@example.com  SIP/2.0")
    yield "trws", _request("OPTIONS", "trws", "OPTIONS sip:remote-target@example.com SIP/2.0  ")
    yield "escruri", _invite("escruri", "INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0")
    yield "baddate", _invite("baddate", more="Date: Fri, 01 Jan 2010 16:00:00 EST")
    yield "regbadct", _request("REGISTER", "regbadct", Contact="sip:user@example.com?Route=%3Csip:sip.example.com%3E")
    yield (
        "badaspec",
        _request(
            "OPTIONS",
            "badaspec",
            "OPTIONS sip:user@example.org SIP/2.0",
            To='"Watson, Thomas" < sip:t.watson@example.org >',
        ),
    )
    yield (
        "baddn",
        _request(
            "OPTIONS",
            "baddn",
            "OPTIONS sip:t.watson@example.org SIP/2.0",
            From="Bell, Alexander <sip:a.g.bell@example.com>;tag=43",
        ),
    )
    yield (
        "badvers",
        _request(
            "OPTIONS",
            "badvers",
            "OPTIONS sip:t.watson@example.org SIP/7.0",
            Via="SIP/7.0/UDP c.example.com;branch=z9hG4bKkdjuw",
        ),
    )
    yield "mismatch01", _request("OPTIONS", "mismatch01", "OPTIONS sip:user@example.com SIP/2.0", CSeq="8 INVITE")
    yield "mismatch02", _request("NEWMETHOD", "mismatch02", "NEWMETHOD sip:user@example.com SIP/2.0", CSeq="8 INVITE")
    yield "bigcode", _answer("SIP/2.0 4294967301 better not break the receiver", "bigcode")
    # 3.2 Transaction layer
    yield (
        "badbranch",
        _request(
            "OPTIONS", "badbranch", "OPTIONS sip:user@example.com SIP/2.0", Via="SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"
        ),
    )
    # 3.3 Application layer
    yield (
        "insuf",
        _message(
            """INVITE sip:user@example.com SIP/2.0
CSeq: 193942 INVITE
Via: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf
Content-Type: application/sdp""",
            SDP,
        ),
    )
    yield "unkscm", _request("OPTIONS", "unkscm", "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0")
    yield "novelsc", _request("OPTIONS", "novelsc", "OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0")
    yield (
        "unksm2",
        _request(
            "REGISTER",
            "unksm2",
            To="isbn:2983792873",
            From="<http://www.example.com>;tag=3234233",
            Contact="<name:John_Smith>",
        ),
    )
    yield (
        "bext01",
        _request(
            "OPTIONS",
            "bext01",
            "OPTIONS sip:user@example.com SIP/2.0",
            more="Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis",
        ),
    )
    yield "invut", _invite("invut").replace(b"application/sdp", b"application/unknownformat")
    yield "regaut01", _request("REGISTER", "regaut01", more="Authorization: NoOneKnowsThisScheme opaque-data=here")
    yield (
        "multi01",
        _invite(
            "multi01",
            more="CSeq: 59 INVITE\nCall-ID: multi01.98asdh@192.0.2.1\nCall-ID: multi01.98asdh@192.0.2.2\n"
            "From: sip:caller@example.com;tag=3413415\nTo: sip:other@example.net\nMax-Forwards: 5\nContact: <sip:caller@host36.example.net>",
        ),
    )
    yield (
        "mcl01",
        _request(
            "OPTIONS",
            "mcl01",
            "OPTIONS sip:user@example.com SIP/2.0",
            more="Content-Length: 13\nContent-Type: text/plain",
        )
        + b"There's no way to know how many octets are supposed to be here.",
    )
    yield "bcast", _answer("SIP/2.0 200 OK", "bcast").replace(b"192.0.2.198;", b"255.255.255.255;")
    yield "zeromf", _request("OPTIONS", "zeromf", "OPTIONS sip:user@example.com SIP/2.0", Max_Forwards="0")
    yield "cparam01", _request("REGISTER", "cparam01", Contact="sip:+19725552222@gw1.example.net;unknownparam")
    yield "cparam02", _request("REGISTER", "cparam02", Contact="<sip:+19725552222@gw1.example.net;unknownparam>")
    yield "regescrt", _request("REGISTER", "regescrt", Contact="<sip:user@example.com?Route=%3Csip:sip.example.com%3E>")
    yield (
        "sdp01",
        _invite("sdp01").replace(
            b"Content-Type: application/sdp", b"Accept: text/nobodyKnowsThis\r\nContent-Type: application/sdp"
        ),
    )
    # 3.4 Backward compatibility
    yield (
        "inv2543",
        _message(
            """INVITE sip:UserB@example.com SIP/2.0
Via: SIP/2.0/UDP iftgw.example.com
From: <sip:+13035551111@ift.client.example.net;user=phone>
Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>
To: sip:+16505552222@ss1.example.net;user=phone
Call-ID: inv2543.1717@ift.client.example.com
CSeq: 56 INVITE
Content-Type: application/sdp""",
            SDP,
        ),
    )


RFC_4475 = dict(_named())

INVITE = _crlf(b"""INVITE sip:1001@127.0.0.1:5060;ob SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKPj-MARK
From: "\xe5\xbc\xa0\xe4\xb8\x89" <sip:+8613812345678@127.0.0.1>;tag=a1b2-MARK
To: <sip:1001@127.0.0.1;ob>
Contact: <sip:asterisk@127.0.0.1:5060>
Call-ID: mutated-MARK
CSeq: 24183 INVITE
Allow: OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, PUBLISH, INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, INFO, MESSAGE, REFER
Supported: 100rel, timer, replaces, norefersub, histinfo
Session-Expires: 1800
Min-SE: 90
P-Asserted-Identity: "\xe5\xbc\xa0\xe4\xb8\x89" <sip:+8613812345678@127.0.0.1>
X-Customer-Id: CUST-004711
User-to-User: 637573742d303034373131;encoding=hex;purpose=isdn-interwork
Diversion: <sip:4008100200@127.0.0.1>;reason=unconditional
Max-Forwards: 70
User-Agent: Asterisk PBX 22
Content-Type: application/sdp
Content-Length: LENGTH

v=0
o=- 1213 1213 IN IP4 127.0.0.1
s=Asterisk
c=IN IP4 127.0.0.1
t=0 0
m=audio 14002 RTP/AVP 8 0 9 107 101
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:9 G722/8000
a=rtpmap:107 opus/48000/2
a=fmtp:107 useinbandfec=1
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=maxptime:60
a=sendrecv
""")

Mutation = Callable[[random.Random, bytes], bytes]
_POISON = (
    b"\x00", b"\xff\xfe", b"%s%n%x", b"\r\n", b"\r\n\r\n", b"\n ", b"\t", b'"', b"\\", b"<", b">", b";", b",", b"@", b":", b"=",
    b"-1", b"0", b"2147483648", b"4294967296", b"99999999999999999999", b"A" * 300, b"A" * 5000, b"%00", b"[::1]", b"[", b"sip:",
    "大停電".encode(), b"\xc3\x28", b"\xed\xa0\x80", b";lr;lr;lr", b"SIP/2.0", b"INVITE ", b"a=", b"m=audio 0 RTP/AVP 0\r\n",
)  # fmt: skip


def _span(chance: random.Random, message: bytes, longest: int = 40) -> tuple[int, int]:
    begin = chance.randrange(len(message))
    return begin, min(len(message), begin + chance.randint(1, longest))


def _flip(chance: random.Random, message: bytes) -> bytes:
    changed = bytearray(message)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, message: bytes) -> bytes:
    begin, end = _span(chance, message)
    return message[:begin] + message[end:]


def _double(chance: random.Random, message: bytes) -> bytes:
    begin, end = _span(chance, message, 200)
    return message[:end] + message[begin:end] * chance.randint(1, 20) + message[end:]


def _poison(chance: random.Random, message: bytes) -> bytes:
    begin, end = _span(chance, message, 8)
    return message[:begin] + chance.choice(_POISON) + message[end if chance.random() < 0.5 else begin :]


def _lines(chance: random.Random, message: bytes) -> bytes:
    lines = message.split(b"\r\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[at], lines[to] = lines[to], lines[at]
        case 1:
            del lines[at]
        case 2:
            lines.insert(to, lines[at])
        case _:
            lines[at : at + 1] = [lines[at]] * chance.randint(2, 60)
    return b"\r\n".join(lines)


def _value(chance: random.Random, message: bytes) -> bytes:
    """The value of one header or SDP line becomes something else."""
    lines = message.split(b"\r\n")
    at = chance.randrange(len(lines))
    name, mark, _ = lines[at].partition(b":" if b":" in lines[at] else b"=")
    lines[at] = name + mark + b" " * chance.randint(0, 2) + chance.choice(_POISON) * chance.randint(1, 4)
    return b"\r\n".join(lines)


def _end_early(chance: random.Random, message: bytes) -> bytes:
    return message[: chance.randrange(len(message))]


def _bare_line_ends(_: random.Random, message: bytes) -> bytes:
    return message.replace(b"\r\n", b"\n")


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _cut, _double, _poison, _poison, _lines, _lines, _value, _value, _end_early, _bare_line_ends,
)  # fmt: skip


def mutations(count: int, seed: int) -> Iterator[bytes]:
    """`count` INVITEs, each of a call of its own, with one to four things wrong; the same for the same seed."""
    chance = random.Random(seed)
    head, body = INVITE.split(b"\r\n\r\n", 1)
    for number in range(count):
        true_length = str(len(body)).encode()
        message = (
            (head + b"\r\n\r\n" + body).replace(b"LENGTH", true_length).replace(b"MARK", b"%d-%d" % (seed, number))
        )
        for _ in range(chance.randint(1, 4)):
            message = chance.choice(MUTATIONS)(chance, message) or b"\r\n"
        yield message
