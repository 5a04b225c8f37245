"""What is written to a connection goes out at once."""

from __future__ import annotations

import socket

import pytest
from streamlit import net_util
from streamlit.web.server import server_util

from dashboard.listening import answer_at_once, ask_nobody_outside


def test_an_accepted_connection_sends_without_delay() -> None:
    """A server socket opened without naming TCP hands the option on to each connection it accepts."""
    with socket.socket(socket.AF_INET) as server, socket.socket(socket.AF_INET) as unbound:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert answer_at_once() >= 1
        with socket.create_connection(server.getsockname()), server.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not unbound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_origin_that_is_not_ours_is_refused_without_asking_the_web(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Streamlit would ask a web site for our address first; no connection is even tried."""
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    asked: list[str] = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, **_: asked.append(url))
    ask_nobody_outside()
    assert not server_util.is_url_from_allowed_origins("http://elsewhere.example")
    assert asked == []
