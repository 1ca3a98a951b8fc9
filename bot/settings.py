"""The bot's settings: environment variables that begin with `SITREP_`, read once at the start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_state_path
from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "SITREP_"
TELEGRAM = "https://api.telegram.org"
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,100}", re.ASCII)
_LEAST_KEY = 16


class Settings(BaseSettings):
    """What the bot is started with.

    `token` is the bot's own, from @BotFather. `api_url` is the origin of a Bot API server. `state` is a
    file's path, a folder or a SQLAlchemy URL. `key` encrypts what is remembered of people; without one it is
    derived from the token.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    token: SecretStr
    api_url: str = TELEGRAM
    state: str = ""
    key: SecretStr | None = None

    @field_validator("token")
    @classmethod
    def _token_is_well_formed(cls, token: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(token.get_secret_value().strip()):
            raise ValueError(
                "is not a bot token: it should look like 123456789:ABC-def, as @BotFather gives it"
            )
        return SecretStr(token.get_secret_value().strip())

    @field_validator("api_url")
    @classmethod
    def _api_url_is_an_origin(cls, url: str) -> str:
        try:
            parts = urlsplit(url.strip())
            whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
        except ValueError:
            whole = False
        if not whole or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            raise ValueError("should be a server's origin such as http://127.0.0.1:8081, without a path")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("key")
    @classmethod
    def _key_is_long_enough(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(key.get_secret_value()) < _LEAST_KEY:
            raise ValueError(f"should be a random text of at least {_LEAST_KEY} characters")
        return key

    @property
    def bot_id(self) -> str:
        """The bot's own id, the part of the token before the colon."""
        return self.token.get_secret_value().partition(":")[0]

    @property
    def location(self) -> str:
        """Where state lives: the file or URL that was set, or a file for this bot in the folder that was set.

        Without a setting that folder is the user's own for state.
        """
        path = state_path(self.state) if self.state else user_state_path("sitrep", appauthor=False)
        if path is None:
            return self.state
        is_folder = not self.state or self.state.endswith("/") or path.is_dir()
        return str(path / f"state-{self.bot_id}.sqlite") if is_folder else str(path)

    @property
    def secret(self) -> str:
        """What the encryption keys are derived from."""
        return (self.key or self.token).get_secret_value()

    @property
    def is_local(self) -> bool:
        """Whether the Bot API server is on this very machine, where no proxy can lead to it."""
        return urlsplit(self.api_url).hostname in ("127.0.0.1", "::1", "localhost")


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment holds.

    Raises `SettingsError` on a variable with the prefix that is no setting, on a missing token and on
    any value that cannot be used.
    """
    _refuse_unknown(environment)
    given = {name.upper(): value for name, value in environment.items() if name.upper().startswith(PREFIX)}
    if not given.get(f"{PREFIX}TOKEN", "").strip():
        raise SettingsError(f"{PREFIX}TOKEN is not set: get a token from @BotFather and put it there.")
    values = {name.removeprefix(PREFIX).lower(): value for name, value in given.items() if value.strip()}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """Holds the environment to the names that exist: a misspelt setting must not be ignored silently."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            nearest = get_close_matches(name.upper(), known, n=1, cutoff=0.0)[0]
            raise SettingsError(f"{name} is not a setting of Sitrep. Did you mean {nearest}?")


def _sentence(error: ValidationError) -> str:
    """The first thing wrong, as one sentence; values are left out, they may be secrets."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = PREFIX + str(first["loc"][0]).upper()
    return f"{name} {first['msg'].removeprefix('Value error, ')}."


def state_path(location: str) -> Path | None:
    """The file that a location names, or None where it is a database's URL."""
    return None if "://" in location else Path(location).expanduser()
