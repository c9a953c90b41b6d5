"""REFER as PJSIP sends it (RFC 3515, RFC 3891)."""

from urllib.parse import quote

import pjsua2 as pj

from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.pjsip.call import PjsipCall


def refer(call: PjsipCall, address: str, headers: tuple[Header, ...]) -> None:
    """The headers go into the INVITE that is asked for, and beside it for switches that read them there.
    Raises PjsipErrors."""
    prm = pj.CallOpParam()
    add_headers(prm, headers)
    carried = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in headers)
    call.xfer(f"<{address}?{carried}>" if carried else f"<{address}>", prm)


def refer_to_other(call: PjsipCall, other: PjsipCall) -> None:
    """Raises PjsipErrors."""
    call.xferReplaces(other, pj.CallOpParam())


def add_headers(prm: pj.CallOpParam, headers: tuple[Header, ...]) -> None:
    for name, value in headers:
        header = pj.SipHeader()
        header.hName, header.hValue = name, value
        prm.txOption.headers.append(header)
