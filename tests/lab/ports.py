"""Ports for one lab, below those the system hands out by itself, so that a peer finds its own again after a restart."""

import errno
import socket

_FIRST, _LAST, _SIZE = 12000, 32000, 500


class PortBlock:
    """`SIZE` ports on loopback that no other lab uses while this block is held."""

    SIZE = _SIZE

    def __init__(self) -> None:
        self._lock, self.first = _claim()

    def __getitem__(self, offset: int) -> int:
        """Offset 1 is the first port to use: 0 keeps others away."""
        assert 0 < offset < _SIZE
        return self.first + offset

    def close(self) -> None:
        self._lock.close()


def has_ipv6() -> bool:
    """Whether ::1 can be used here."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as trial:
            trial.bind(("::1", 0))
    except OSError:
        return False
    return True


def _claim() -> tuple[socket.socket, int]:
    for first in range(_FIRST, _LAST, _SIZE):
        lock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            lock.bind(("127.0.0.1", first))
        except OSError as reason:
            lock.close()
            if reason.errno != errno.EADDRINUSE:
                raise
        else:
            return lock, first
    raise OSError(errno.EADDRINUSE, "every block of ports of the lab is taken")
