"""Ports that nobody has right now."""

import socket


def free_port() -> int:
    """For UDP and TCP."""
    with socket.socket() as tcp:
        tcp.bind(("127.0.0.1", 0))
        return int(tcp.getsockname()[1])
