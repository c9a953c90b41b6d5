"""An HTTP proxy that leads lines to where they want to go, and keeps a list of them."""

import contextlib
import selectors
import socket
import socketserver
import threading
from collections.abc import Iterator

LARGEST_HEAD = 2**14


class Proxy(socketserver.ThreadingTCPServer):
    """`led` are the places it was asked for; with `asks_who` it leads nowhere."""

    def __init__(self, *, asks_who: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.led: list[str] = []
        self.asks_who = asks_who

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def leading(proxy: Proxy) -> Iterator[Proxy]:
    """Every line has ended at the end."""
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, name="proxy")
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


class _Line(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        near, proxy = self.request, self.server
        assert isinstance(proxy, Proxy)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < LARGEST_HEAD:
            head += near.recv(4096)
        verb, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        proxy.led.append(target)
        if proxy.asks_who or verb != "CONNECT":
            near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        host, _, port = target.rpartition(":")
        with socket.create_connection((host, int(port))) as far:
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _join(near, far)


def _join(near: socket.socket, far: socket.socket) -> None:
    """Until one of them ends."""
    with selectors.DefaultSelector() as ready, contextlib.suppress(OSError):
        ready.register(near, selectors.EVENT_READ, far)
        ready.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _ in ready.select():
                content = key.fileobj.recv(2**16)  # type: ignore[union-attr]
                if not content:
                    return
                key.data.sendall(content)
