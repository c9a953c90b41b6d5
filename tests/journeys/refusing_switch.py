"""A telephone switch that wants nobody: every REGISTER is answered with 403."""

import re
import socket
import threading

END = b"end"


class RefusingSwitch:
    def __init__(self) -> None:
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self._port = int(self._udp.getsockname()[1])
        self.address = f"127.0.0.1:{self._port}"
        self._thread = threading.Thread(target=self._serve, name="refusing switch")
        self._thread.start()

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
            bell.sendto(END, ("127.0.0.1", self._port))
        self._thread.join()
        self._udp.close()

    def _serve(self) -> None:
        while (came := self._udp.recvfrom(65536))[0] != END:
            packet, sender = came
            if packet.startswith(b"REGISTER "):
                self._udp.sendto(_refusal(packet.decode()), sender)


def _refusal(request: str) -> bytes:
    kept = [line for line in request.splitlines() if re.match(r"(Via|From|Call-ID|CSeq):", line, re.IGNORECASE)]
    to = next(line for line in request.splitlines() if line.lower().startswith("to:"))
    return "\r\n".join(("SIP/2.0 403 Forbidden", *kept, f"{to};tag=no", "Content-Length: 0", "", "")).encode()
