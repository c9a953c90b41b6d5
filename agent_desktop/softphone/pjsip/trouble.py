"""What is the matter with the way to a switch, read from what PJSIP says of its connections."""

import errno

import pjsua2 as pj

from agent_desktop.softphone.account import Trouble

_OF_SYSTEM = 120000  # PJSIP counts the system's own numbers from here
_BY_STATUS = {
    _OF_SYSTEM + errno.ECONNREFUSED: Trouble.CONNECTION_REFUSED,
    _OF_SYSTEM + errno.ENETUNREACH: Trouble.NO_ROUTE,
    _OF_SYSTEM + errno.EHOSTUNREACH: Trouble.NO_ROUTE,
}


def trouble_of(ended: pj.OnTransportStateParam) -> Trouble | None:
    """None: a connection that ended for a reason that says nothing of the way."""
    if not ended.tlsInfo.isEmpty() and ended.tlsInfo.verifyStatus:
        return _of_certificate(int(ended.tlsInfo.verifyStatus))
    return _BY_STATUS.get(int(ended.lastError))


def _of_certificate(flaws: int) -> Trouble:
    """An untrusted one is called that whatever else is wrong with it: its dates and names prove nothing."""
    others = flaws & ~(pj.PJ_SSL_CERT_EVALIDITY_PERIOD | pj.PJ_SSL_CERT_EIDENTITY_NOT_MATCH)
    if others:
        return Trouble.CERTIFICATE_UNTRUSTED
    if flaws & pj.PJ_SSL_CERT_EVALIDITY_PERIOD:
        return Trouble.CERTIFICATE_EXPIRED
    return Trouble.CERTIFICATE_OF_ANOTHER
