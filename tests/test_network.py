"""No test can reach any other machine."""

from __future__ import annotations

import socket

import httpx
import pytest

from tests.network import NetworkForbidden


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "10.0.0.1"])
def test_no_socket_connects_elsewhere(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried, pytest.raises(NetworkForbidden):
        tried.connect((host, 443))


def test_no_name_is_looked_up() -> None:
    with pytest.raises(NetworkForbidden):
        socket.getaddrinfo("example.org", 443)


async def test_the_http_client_of_the_bot_reaches_nothing_else() -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(NetworkForbidden):
            await client.get("https://example.org")
