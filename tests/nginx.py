"""nginx before a server, as at a site."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from demo.ports import free_port

NGINX: Final = "/usr/sbin/nginx"
READY_WITHIN_S: Final = 30.0


@contextlib.contextmanager
def nginx(folder: Path, port: int, text: str) -> Iterator[None]:
    """`text` stands in its http block and lets it listen on `port`; everything it writes is in the folder."""
    configuration = folder / "nginx.conf"
    configuration.write_text(_around(folder, text), encoding="utf-8")
    with (folder / "nginx.log").open("wb") as log:
        command = [NGINX, "-p", str(folder), "-c", str(configuration), "-e", "stderr"]
        running = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port, running)
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(READY_WITHIN_S)


@contextlib.contextmanager
def tls_before(address: str, certificate: Path, folder: Path) -> Iterator[str]:
    """The address at which a server is reached by TLS; `certificate` with .pem and .key."""
    port = free_port()
    text = f"""
        server {{
          listen 127.0.0.1:{port} ssl;
          ssl_certificate {certificate.with_suffix(".pem")};
          ssl_certificate_key {certificate.with_suffix(".key")};
          location / {{
            proxy_pass {address};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
          }}
        }}
        map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}"""
    with nginx(folder, port, text):
        yield f"https://localhost:{port}"


def _around(folder: Path, text: str) -> str:
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{place}_temp_path {folder}/{place};" for place in places)
    account = "user root;" if os.geteuid() == 0 else ""
    head = f"{account}\nworker_processes 1;\ndaemon off;\npid {folder}/nginx.pid;\nevents {{}}\n"
    return f"{head}http {{\naccess_log off;\n{temporary}\n{text}\n}}\n"


def _wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return
