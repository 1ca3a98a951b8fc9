"""Encryption of what is remembered of people: texts are sealed, ids become keyed hashes.

Telegram asks for data of people to be encrypted at rest with the key kept apart
(https://telegram.org/tos/bot-developers, 4.4). A copy of the database without the key shows nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import StateError

_NONCE = 12


class Vault:
    """Seals and opens texts with keys derived from one secret (HKDF, AES-256-GCM, HMAC-SHA-256)."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(_derive(secret, b"sitrep text"))
        self._hash_key = _derive(secret, b"sitrep ids")

    def seal(self, text: str, purpose: str) -> bytes:
        """The text, unreadable without the key and bound to its purpose."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def unseal(self, sealed: bytes, purpose: str) -> str:
        """The text of something sealed for the same purpose. Raises `StateError` under another key."""
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except InvalidTag:
            raise StateError("What the bot remembers was written under another key.") from None
        return plain.decode()

    def key(self, *parts: object) -> str:
        """Ids as a keyed hash: always the same for the same ids, and no way back without the key."""
        message = "/".join(map(str, parts)).encode()
        return hmac.new(self._hash_key, message, hashlib.sha256).hexdigest()


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
