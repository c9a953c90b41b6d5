"""What a line must know of the network: where a host is, by which way, and whether that has changed."""

import socket
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

Found = Callable[[tuple[str, ...]], None]
FindHost = Callable[[str], tuple[str, ...]]
"""The addresses of a host, none where nobody knows it. It may take its time."""

_LOOKS_EVERY_S = 2.0
_SLEPT_S = 15.0  # nobody who is awake leaves the phone alone for so long


def host_of(address: str) -> str:
    """Of `host`, `host:port`, `[v6]` or `[v6]:port`."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address if address.count(":") > 1 else address.partition(":")[0]


def is_v6(host: str) -> bool:
    return ":" in host


def way_to(host: str, bound_to: str = "") -> str | None:
    """This computer's own address on the way to that one, None when there is no way. Nothing is sent."""
    with socket.socket(socket.AF_INET6 if is_v6(host) else socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            if bound_to:
                probe.bind((bound_to, 0))
            probe.connect((host, 5060))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def clock_that_sleeps_not() -> float:
    """Seconds, those included in which the computer slept. Windows counts them anyway."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def ask_system(host: str) -> tuple[str, ...]:
    """IPv4 first."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    except OSError:
        return ()
    except UnicodeError:  # no name that the system could even ask for
        return ()
    return tuple(sorted(dict.fromkeys(str(entry[4][0]) for entry in found), key=is_v6))


class Names:
    """Looks up hosts in threads of their own, because the system may take half a minute and calls must go on."""

    def __init__(self, wake: Callable[[], None], find_host: FindHost = ask_system) -> None:
        self._wake = wake
        self._find_host = find_host
        self._wanted: dict[str, list[Found]] = {}
        self._known: SimpleQueue[tuple[str, tuple[str, ...]]] = SimpleQueue()

    def look_up(self, host: str, then: Found) -> None:
        """`then` is given the addresses, none for a name that nobody knows: at once, or by a later `deliver`."""
        if _is_address(host):
            then((host,))
            return
        waiting = self._wanted.setdefault(host, [])
        waiting.append(then)
        if len(waiting) == 1:
            threading.Thread(target=self._find, args=(host,), name=f"look up {host}", daemon=True).start()

    def deliver(self) -> None:
        while True:
            try:
                host, addresses = self._known.get_nowait()
            except Empty:
                return
            for then in self._wanted.pop(host):
                then(addresses)

    def _find(self, host: str) -> None:
        self._known.put((host, self._find_host(host)))
        self._wake()


class Hosts:
    """The addresses that a switch's name stands for, and which of them is asked. `known` outlives a name service that
    fails."""

    def __init__(self) -> None:
        self.known: tuple[str, ...] = ()
        self.asked = ""
        self._failed: set[str] = set()

    def choose(self, bound_to: str) -> str:
        """The one that worked, else each in its turn; empty when there is none that this computer can reach from
        there."""
        usable = [each for each in self.known if not bound_to or is_v6(each) == is_v6(bound_to)]
        untried = [each for each in usable if each not in self._failed]
        if not untried:
            self._failed.clear()
            untried = usable
        self.asked = self.asked if self.asked in untried else next(iter(untried), "")
        return self.asked

    def failed(self) -> None:
        self._failed.add(self.asked)

    def worked(self) -> None:
        self._failed.clear()


class NetworkWatch:
    """Notices that the way to the switch has become another one, or that the computer slept."""

    def __init__(
        self,
        way: Callable[[str], str | None],
        clock: Callable[[], float] = clock_that_sleeps_not,
    ) -> None:
        self._way = way
        self._clock = clock
        self._looked_at = clock()
        self._ways: dict[str, str | None] = {}

    def has_changed(self, hosts: tuple[str, ...]) -> bool:
        """To be asked often; looks every few seconds."""
        for host in hosts:
            if host not in self._ways:
                self._ways[host] = self._way(host)
        now = self._clock()
        passed_s, before = now - self._looked_at, self._ways
        if passed_s < _LOOKS_EVERY_S:
            return False
        self._looked_at = now
        self._ways = {host: self._way(host) for host in hosts}
        return passed_s > _SLEPT_S or any(before[host] != way for host, way in self._ways.items())


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return True
    return False
