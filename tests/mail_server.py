"""A mail server of the tests' own, on this machine: takes what it is sent, or refuses it."""

import base64
import socketserver
import ssl
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType


class MailServer:
    """`refuses` is the answer with which everything is refused, if it is; `signed_in` are users with passwords. With
    `tls` nobody signs in before the line is encrypted; `encrypted` counts the lines that were."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.encrypted = 0
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.signed_in: list[tuple[str, str]] = []
        self.refuses = ""
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="mail server")

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> "MailServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(server: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 mail.test")
            self._to: list[str] = []
            while said := self.rfile.readline().decode().strip():
                if not self._answer(said):
                    return

        def _answer(self, said: str) -> bool:
            verb = said.split(" ", 1)[0].upper()
            match verb:
                case "EHLO":
                    must_encrypt = server.tls is not None and not isinstance(self.connection, ssl.SSLSocket)
                    self._say("250-mail.test", "250 STARTTLS" if must_encrypt else "250 AUTH PLAIN")
                case "STARTTLS" if server.tls is not None:
                    self._say("220 go on")
                    self._encrypt(server.tls)
                case "AUTH":
                    _, user, password = base64.b64decode(said.split(" ")[2]).decode().split("\0")
                    server.signed_in.append((user, password))
                    self._say("235 welcome")
                case "MAIL":
                    self._say(server.refuses or "250 go on")
                case "RCPT":
                    self._to.append(said[said.index("<") + 1 : said.index(">")])
                    self._say("250 go on")
                case "DATA":
                    self._take()
                case "QUIT":
                    self._say("221 bye")
                case _:
                    self._say("250 well")
            return verb != "QUIT"

        def finish(self) -> None:
            super().finish()
            if isinstance(self.connection, ssl.SSLSocket):
                self.connection.close()

        def _encrypt(self, tls: ssl.SSLContext) -> None:
            try:
                self.connection = tls.wrap_socket(self.connection, server_side=True)
            except (ssl.SSLError, ConnectionError):
                return  # the other side does not trust us, and has gone
            server.encrypted += 1
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

        def _take(self) -> None:
            self._say("354 go on")
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            message = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(message, EmailMessage)
            server.messages.append(message)
            server.recipients.append(self._to)
            self._say("250 taken")

        def _say(self, *lines: str) -> None:
            self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    return Line
