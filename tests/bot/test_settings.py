"""Settings come from the environment, and what cannot be meant is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import TELEGRAM, load_settings

TOKEN = "42:AAsecret_-x"


def test_a_token_is_enough() -> None:
    settings = load_settings({"SITREP_TOKEN": f" {TOKEN}\n"})
    assert settings.token.get_secret_value() == TOKEN
    assert settings.api_url == TELEGRAM
    assert settings.location.endswith("state-42.sqlite")
    assert settings.secret == TOKEN


def test_a_folder_for_state_gets_a_file_for_this_bot(tmp_path: Path) -> None:
    for given in (str(tmp_path), f"{tmp_path}/new/"):
        settings = load_settings({"SITREP_TOKEN": TOKEN, "SITREP_STATE": given})
        assert settings.location == str(Path(given) / "state-42.sqlite")


def test_every_setting_is_read() -> None:
    settings = load_settings(
        {
            "SITREP_TOKEN": TOKEN,
            "SITREP_API_URL": "http://127.0.0.1:8081/",
            "SITREP_STATE": "/tmp/x.sqlite",
            "SITREP_KEY": "k" * 16,
            "PATH": "/bin",
        }
    )
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.location == "/tmp/x.sqlite"
    assert settings.secret == "k" * 16


@pytest.mark.parametrize("environment", [{}, {"SITREP_TOKEN": ""}, {"SITREP_TOKEN": "  "}])
def test_a_missing_token_is_said_to_be_missing(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="SITREP_TOKEN is not set"):
        load_settings(environment)


@pytest.mark.parametrize("token", ["abc", "42", "42:", ":abc", "42:a b", "४२:abc", "42:abc/../getMe"])
def test_an_ill_formed_token_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(SettingsError, match="SITREP_TOKEN is not a bot token") as caught:
        load_settings({"SITREP_TOKEN": token})
    assert len(token) < 3 or token not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["api.telegram.org", "ftp://x", "http://x/bot", "http://x?y", "http://x:99999", "http://u@x"]
)
def test_an_api_url_that_is_no_origin_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="SITREP_API_URL should be a server's origin"):
        load_settings({"SITREP_TOKEN": TOKEN, "SITREP_API_URL": url})


def test_an_unknown_setting_is_refused_with_the_nearest_known_name() -> None:
    with pytest.raises(
        SettingsError, match=r"SITREP_TOKN is not a setting of Sitrep\. Did you mean SITREP_TOKEN\?"
    ):
        load_settings({"SITREP_TOKEN": TOKEN, "SITREP_TOKN": TOKEN})


def test_a_short_key_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="SITREP_KEY should be a random text of at least 16") as caught:
        load_settings({"SITREP_TOKEN": TOKEN, "SITREP_KEY": "hunter2"})
    assert "hunter2" not in str(caught.value)


def test_the_token_is_not_shown_when_settings_are_printed() -> None:
    settings = load_settings({"SITREP_TOKEN": TOKEN, "SITREP_KEY": "k" * 16})
    assert "secret" not in repr(settings)
    assert "kkkk" not in repr(settings)


def test_only_a_server_on_this_machine_is_local() -> None:
    assert load_settings({"SITREP_TOKEN": TOKEN, "SITREP_API_URL": "http://127.0.0.1:1"}).is_local
    assert not load_settings({"SITREP_TOKEN": TOKEN}).is_local
