"""The way to the server, with faults at will: answers that get lost, requests that arrive twice."""

import contextlib
import http.client
import selectors
import socket
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

PUSH = b"POST /sync/v1/ops"


class WeakLine:
    """Carries bytes between workstations and the server at `server`; `address` is what a workstation is told.

    With `loses_answer` the next answer to pushed commands never arrives, and `lost` is called once the server has
    given it. With `repeats` pushed commands arrive at the server a second time. While it is `cut` nothing goes through.
    """

    def __init__(self, server: str) -> None:
        self._server = ("127.0.0.1", urlsplit(server).port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.loses_answer = False
        self.lost: Callable[[], None] = lambda: None
        self.has_lost = False
        self.repeats = False
        self.repeated: list[bytes] = []
        self._is_cut = False
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)

    def cut(self) -> None:
        self._is_cut = True
        self._end_all()

    def mend(self) -> None:
        self._is_cut = False

    def _end_all(self) -> None:
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._end_all()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _begin(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="weak line")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                near.close()
                continue
            self._begin(lambda near=near: self._carry(near))  # type: ignore[misc]

    def _carry(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError), socket.create_connection(self._server) as far:
            self._open |= {near, far}
            with contextlib.suppress(OSError):
                self._pass_on(near, far)
            self._open -= {near, far}

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        asked = b""
        with selectors.DefaultSelector() as selector:
            selector.register(near, selectors.EVENT_READ)
            selector.register(far, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    read = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not read:
                        return
                    if key.fileobj is near:
                        asked = read if read.startswith((b"GET ", b"POST ")) else asked + read
                        far.sendall(read)
                        continue
                    if asked.startswith(PUSH) and self.loses_answer:
                        self.loses_answer = False
                        self.lost()
                        self.has_lost = True
                        return
                    if asked.startswith(PUSH) and self.repeats:
                        self.repeats = False
                        self.repeated.append(self._once_more(asked))
                    near.sendall(read)

    def _once_more(self, asked: bytes) -> bytes:
        with socket.create_connection(self._server) as again:
            again.sendall(asked)
            answer = http.client.HTTPResponse(again, method="POST")
            answer.begin()
            return answer.read()
