"""Scenarios for SIPp from what is said and heard, with everything that every message has in common filled in."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

SDP = """\
v=0
o=sipp 1 {version} IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a={direction}
"""
KEPT = "".join(
    f'<ereg regexp=".*" search_in="hdr" header="{name}:" assign_to="{name.lower()}"/>'
    for name in ("Via", "From", "To", "CSeq")
)
"""Keeps a request, to be answered later than others (`answers(..., kept=True)`), or to ask something of who sent it."""


def sdp(direction: str = "sendrecv", version: int = 1) -> str:
    return SDP.format(direction=direction, version=version)


def hears(what: str, *, optional: bool = False, check: str = "", keeps: str = "") -> str:
    """A request by its method, an answer by its code. `check`: what its text must match."""
    kind = "response" if what.isdigit() else "request"
    actions = keeps
    if check:
        actions += f'<ereg regexp={quoteattr(check)} search_in="msg" check_it="true" assign_to="checked"/>'
        actions += '<log message="[$checked]"/>'
    inside = f"<action>{actions}</action>" if actions else ""
    return f'<recv {kind}="{what}" rrs="true"{" optional=" + quoteattr("true") if optional else ""}>{inside}</recv>'


def answers(
    status: str, *headers: str, body: str = "", tag: str = "[call_number]", contact: str = "", kept: bool = False
) -> str:
    """To the request heard last, or to the one that was kept. `tag` empty: the request has ours already."""
    via, who, to, cseq = (
        f"{name}:[${name.lower()}]" if kept else f"[last_{name}:]" for name in ("Via", "From", "To", "CSeq")
    )
    lines = [f"SIP/2.0 {status}", via, who, f"{to};tag={tag}" if tag else to, "Call-ID: [call_id]", cseq]
    return _sends([*lines, "[last_Record-Route:]", f"Contact: <sip:{contact or US}>", *headers], body)


def calls(*headers: str, body: str = "", sequence: int = 1) -> str:
    """INVITE to [service]."""
    return _sends(
        [
            "INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0",
            *_head("INVITE", sequence, "<sip:[service]@[remote_ip]:[remote_port]>"),
            f"Contact: <sip:{US}>",
            *headers,
        ],
        body,
        retransmits=True,
    )


def asks(method: str, *headers: str, sequence: int, body: str = "", as_called: bool = False) -> str:
    """Within the dialogue. `as_called`: the other side had begun it."""
    to = "[$from]" if as_called else None
    head = [f"{method} [next_url] SIP/2.0", *_head(method, sequence, to), "[routes]"]
    if method in ("INVITE", "UPDATE"):
        head.append(f"Contact: <sip:{US}>")
    return _sends([*head, *headers], body, retransmits=method != "ACK")


def pause(ms: int) -> str:
    return f'<pause milliseconds="{ms}"/>'


def write(path: Path, *steps: str) -> Path:
    path.write_text('<scenario name="dialogue">' + "\n".join(steps) + "</scenario>", encoding="utf-8")
    return path


US = "[local_ip]:[local_port]"


def _head(method: str, sequence: int, to: str | None) -> list[str]:
    return [
        f"Via: SIP/2.0/[transport] {US};branch=[branch]",
        f"From: <sip:sipp@{US}>;tag=[call_number]",
        "[last_To:]" if to is None else f"To: {to}",
        "Call-ID: [call_id]",
        f"CSeq: {sequence} {method}",
        "Max-Forwards: 70",
    ]


def _sends(lines: list[str], body: str, *, retransmits: bool = False) -> str:
    if body:
        lines = [*lines, "Content-Type: application/sdp"]
    text = "\n".join([*lines, "Content-Length: [len]", "", body])
    return f"<send{' retrans=' + quoteattr('500') if retransmits else ''}><![CDATA[\n{text}\n]]></send>"
