"""What is written to a connection goes out at once."""

from __future__ import annotations

import socket

from dashboard.listening import answer_at_once


def test_an_accepted_connection_sends_without_delay() -> None:
    """A server socket opened without naming TCP hands the option on to each connection it accepts."""
    with socket.socket(socket.AF_INET) as server, socket.socket(socket.AF_INET) as unbound:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert answer_at_once() >= 1
        with socket.create_connection(server.getsockname()), server.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not unbound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
