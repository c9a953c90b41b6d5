"""SIP sockets of PJSIP: one for each way an account is reached."""

import socket
import sys
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.pjsip.settings import PjsipErrors
from agent_desktop.trust import trusted_authorities

_KINDS = {
    (Transport.UDP, False): pj.PJSIP_TRANSPORT_UDP,
    (Transport.TCP, False): pj.PJSIP_TRANSPORT_TCP,
    (Transport.TLS, False): pj.PJSIP_TRANSPORT_TLS,
    (Transport.UDP, True): pj.PJSIP_TRANSPORT_UDP6,
    (Transport.TCP, True): pj.PJSIP_TRANSPORT_TCP6,
    (Transport.TLS, True): pj.PJSIP_TRANSPORT_TLS6,
}
_SILENT_S = 8  # the system itself would wait a quarter of an hour for an answer on a connection
_HANDSHAKE_S = 5
_TCP_MAXRT = 5  # Windows' name for it, which Python leaves out


class Transports:
    """Opens what is asked for once."""

    def __init__(self, endpoint: pj.Endpoint) -> None:
        self._endpoint = endpoint
        self._open: dict[tuple[object, ...], int] = {}
        self._ports: dict[int, int] = {}

    def open(self, account: Account, *, v6: bool) -> int:
        """PJSIP's number of it. Raises PjsipErrors when the port is taken."""
        trusted = account.trusted_ca if account.transport is Transport.TLS else None
        key = (account.transport, v6, account.bound_to, account.local_port, trusted)
        if key not in self._open:
            config = _config(account)
            opened = int(self._endpoint.transportCreate(_KINDS[account.transport, v6], config))
            self._open[key], self._ports[opened] = opened, _port_of(self._endpoint, opened)
        return self._open[key]

    def port(self, transport: int) -> int:
        return self._ports[transport]

    def close_all_but(self, kept: set[int]) -> None:
        for key, transport in tuple(self._open.items()):
            if transport not in kept:
                del self._open[key]
                with suppress(*PjsipErrors):
                    self._endpoint.transportClose(transport)


def open_bell(endpoint: pj.Endpoint) -> int:
    """The port of a SIP socket on loopback that serves no account."""
    config = pj.TransportConfig()
    config.boundAddress = "127.0.0.1"
    return _port_of(endpoint, endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, config))


def _port_of(endpoint: pj.Endpoint, transport: int) -> int:
    return int(endpoint.transportGetInfo(transport).localAddress.rpartition(":")[2])


def _config(account: Account) -> pj.TransportConfig:
    config = pj.TransportConfig()
    config.port = account.local_port
    config.boundAddress = account.bound_to
    connection = config.sockOptParams
    if account.transport is Transport.TLS:
        connection = config.tlsConfig.sockOptParams
        config.tlsConfig.verifyServer = True
        config.tlsConfig.CaBuf = trusted_authorities(account.trusted_ca)
        config.tlsConfig.proto = pj.PJ_SSL_SOCK_PROTO_TLS1_2 | pj.PJ_SSL_SOCK_PROTO_TLS1_3
        config.tlsConfig.msecTimeout = 1000 * _HANDSHAKE_S
    if account.transport is not Transport.UDP:
        for option in _GIVES_UP_EARLY:
            connection.sockOpts.append(option)
    return config


def _gives_up_early() -> list[pj.SockOpt]:
    if sys.platform == "win32":
        return [pj.SockOpt(socket.IPPROTO_TCP, _TCP_MAXRT, _SILENT_S)]
    return [
        pj.SockOpt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000 * _SILENT_S),
        pj.SockOpt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 2),
    ]


_GIVES_UP_EARLY = _gives_up_early()  # kept, because PJSIP's copies of an option point into the original
