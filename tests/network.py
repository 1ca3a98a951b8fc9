"""Makes the network impossible: a test, and a process that a test starts, reaches this machine only."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class NetworkForbidden(RuntimeError):  # noqa: N818  # named for what it says
    """A test tried to reach another machine."""


def refuse_elsewhere(address: Any) -> None:
    """Raise `NetworkForbidden` unless a socket's address is on this machine."""
    if isinstance(address, str | bytes):  # a Unix socket
        return
    host = str(address[0])
    if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
        raise NetworkForbidden(f"tests reach no other machine than this one, not {host}")


def _guarded(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        refuse_elsewhere(address)
        return original(self, address)

    return guarded


def _guarded_lookup(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in (None, "", "localhost", b"localhost"):
            try:
                refuse_elsewhere((host.decode() if isinstance(host, bytes) else host,))
            except ValueError:
                raise NetworkForbidden(f"tests look up no names, not {host}") from None
        return original(host, *arguments, **options)

    return guarded


def forbid(set_attribute: Callable[[Any, str, Any], None] = setattr) -> None:
    """Guard every way out of this process."""
    for name in ("connect", "connect_ex"):
        set_attribute(socket.socket, name, _guarded(getattr(socket.socket, name)))
    set_attribute(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))


@pytest.fixture(autouse=True)
def network_is_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches any other machine."""
    forbid(monkeypatch.setattr)
