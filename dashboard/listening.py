"""The socket the server listens on: what is written to it goes out at once, and nobody is asked who we are.

Streamlit opens it without naming TCP, so asyncio does not switch Nagle's algorithm off, and together with
delayed acknowledgements each small answer on a kept connection waits 40 ms. A connection takes the option
over from the socket that accepted it.
"""

from __future__ import annotations

import gc
import socket

from streamlit import net_util


def answer_at_once() -> int:
    """Let every TCP socket of this process that listens send without delay; return how many there are."""
    listening = [each for each in gc.get_objects() if isinstance(each, socket.socket) and _listens(each)]
    for each in listening:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(listening)


def ask_nobody_outside() -> None:
    """Keep Streamlit from asking a web site for this machine's address.

    It does so for every request whose Origin it does not know, such as another site's, and nobody else is
    served meanwhile. An origin is ours when it is the Host, which Streamlit sees first.
    """
    net_util.get_external_ip = _unknown


def _unknown() -> str | None:
    return None


def _listens(each: socket.socket) -> bool:
    if each.fileno() < 0 or each.type != socket.SOCK_STREAM:
        return False
    if each.family not in {socket.AF_INET, socket.AF_INET6}:
        return False
    return bool(each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
