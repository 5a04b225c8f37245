"""Settings: read once, refused by name, never printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.config import (
    ROOT,
    SETTINGS,
    VK_URL,
    Secret,
    Setting,
    Settings,
    as_written,
    read_settings,
    terminal_locale,
)
from core.errors import ConfigurationError

TOKEN = "vk1.a.planted-token-0123456789"


def test_defaults_of_the_table_and_of_the_class_agree() -> None:
    """An empty environment gives exactly the defaults of Settings."""
    assert read_settings({}, None) == Settings()


def test_table_and_class_name_the_same_settings() -> None:
    """Each field has one row in the table, in the same order."""
    assert [setting.name.lower() for setting in SETTINGS] == list(Settings.__dataclass_fields__)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@pytest.mark.parametrize("empty", ["", "   "])
def test_empty_means_not_set(setting: Setting, empty: str) -> None:
    """An empty or blank value counts as not set, whatever the setting."""
    assert read_settings({setting.name: empty}, None) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("VK_REQUESTS_PER_SECOND", "0", 0.0),
        ("VK_REQUESTS_PER_SECOND", " 2.5 ", 2.5),
        ("PORT", "65535", 65535),
        ("HOST", "0.0.0.0", "0.0.0.0"),
        ("HOST", "::1", "::1"),
        ("HOST", "Host-1.example.org", "host-1.example.org"),
        ("DATA_DIR", "elsewhere", ROOT / "elsewhere"),
        ("DATABASE_URL", "duckdb:///:memory:", "duckdb:///:memory:"),
        ("DATABASE_URL", "duckdb:////srv/x.duckdb", "duckdb:////srv/x.duckdb"),
        ("DATABASE_URL", "duckdb:///x.duckdb", f"duckdb:///{(ROOT / 'x.duckdb').as_posix()}"),
        ("VK_API_URL", "http://127.0.0.1:9000/method", "http://127.0.0.1:9000/method/"),
        ("VK_API_URL", "https://vk.example/m/", "https://vk.example/m/"),
        ("VK_API_URL", "http://[::1]:9000", "http://[::1]:9000/"),
        ("PUBLIC_URL", "https://comments.example/", "https://comments.example"),
        ("LOG_LEVEL", "DEBUG", "debug"),
        ("LOG_FORMAT", "JSON", "json"),
        ("TASK_WORKERS", "1", 1),
        ("API_KEY", "k-1", Secret("k-1")),
    ],
)
def test_a_good_value_is_parsed(name: str, text: str, expected: object) -> None:
    """A good value becomes a typed one in its normal form."""
    assert getattr(read_settings({name: text}, None), name.lower()) == expected


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("PORT", "0", "1 to 65535"),
        ("PORT", "65536", "1 to 65535"),
        ("PORT", "80a", "whole number"),
        ("PORT", "٨٥", "whole number"),
        ("TASK_WORKERS", "0", "from 1"),
        ("VK_REQUESTS_PER_SECOND", "-1", "0 means"),
        ("VK_REQUESTS_PER_SECOND", "nan", "0 means"),
        ("VK_REQUESTS_PER_SECOND", "inf", "0 means"),
        ("VK_REQUESTS_PER_SECOND", "3,5", "0 means"),
        ("VK_API_URL", "ftp://vk.example/", "https://"),
        ("VK_API_URL", "vk.example/method", "https://"),
        ("VK_API_URL", "https://vk.example/?x=1", "https://"),
        ("VK_API_URL", "https://:80/", "https://"),
        ("HOST", "http://127.0.0.1", "without port"),
        ("HOST", "127.0.0.1:80", "without port"),
        ("DATABASE_URL", "postgresql://localhost/db", "duckdb:///"),
        ("DATABASE_URL", "duckdb://", "duckdb:///"),
        ("DATA_DIR", "/" + "x" * 300, "another"),
        ("CACHE_URL", "memory://?max_entries=0", "'max_entries'"),
        ("CACHE_URL", "redis://host/0?color=red", "timeout_s"),
        ("LOG_FORMAT", "xml", "console"),
        ("LOG_LEVEL", "loud", "warning"),
        ("PRIVACY", "secret", "identified"),
        ("DEMO_COMMENTS", "-5", "from 100"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, text: str, hint: str) -> None:
    """A wrong value stops with a sentence that names the setting, the value and what would be right."""
    with pytest.raises(ConfigurationError) as refusal:
        read_settings({name: text}, None)
    assert refusal.value.message == f"{name} cannot be '{text}'."
    assert hint in refusal.value.hint
    assert refusal.value.params["setting"] == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "ducklake:postgresql://localhost/lake"),
        ("COMPUTE_URL", "tcp://scheduler:8786"),
        ("PRIVACY", "pseudonymised"),
        ("PRIVACY", "aggregated"),
    ],
)
def test_an_engine_that_is_not_built_stops_the_start(name: str, text: str) -> None:
    """What is planned but not built is refused by name instead of being ignored."""
    with pytest.raises(ConfigurationError, match="not built yet") as refusal:
        read_settings({name: text}, None)
    assert refusal.value.message.startswith(name)


def test_a_file_in_place_of_the_data_directory_is_refused(tmp_path: Path) -> None:
    """DATA_DIR that names a file is refused before anything is written."""
    (tmp_path / "taken").touch()
    with pytest.raises(ConfigurationError, match="DATA_DIR"):
        read_settings({"DATA_DIR": str(tmp_path / "taken")}, None)


def test_the_database_lies_in_the_data_directory(tmp_path: Path) -> None:
    """DATA_DIR moves the default database along."""
    settings = read_settings({"DATA_DIR": str(tmp_path)}, None)
    assert settings.database_url == f"duckdb:///{tmp_path.as_posix()}/comments.duckdb"


def test_tokens_are_comma_separated_and_each_counts_once() -> None:
    """Several tokens are split at commas, in order, without doubles."""
    settings = read_settings({"VK_TOKEN": " one , two,one,"}, None)
    assert [token.reveal() for token in settings.vk_token] == ["one", "two"]


def test_vk_is_asked_only_with_a_token() -> None:
    """With a token the default address is VK's; without one the demo answers."""
    with_token = read_settings({"VK_TOKEN": TOKEN}, None)
    without = read_settings({}, None)
    assert (with_token.vk_api_url, with_token.uses_demo) == (VK_URL, False)
    assert (without.vk_api_url, without.uses_demo) == (None, True)


def test_no_secret_is_printed() -> None:
    """The repr of the settings and of a refusal shows no secret."""
    settings = read_settings(
        {"VK_TOKEN": TOKEN, "API_KEY": "hidden-key", "PSEUDONYM_KEY": "hidden-seed"}, None
    )
    assert set(settings.secrets) == {TOKEN, "hidden-key", "hidden-seed"}
    for secret in settings.secrets:
        assert secret not in repr(settings)
        assert secret not in str(settings)


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.secret])
def test_a_refused_secret_is_not_echoed(name: str) -> None:
    """A secret with a wrong character is refused without being repeated."""
    with pytest.raises(ConfigurationError) as refusal:
        read_settings({name: "planted token"}, None)
    assert name in str(refusal.value)
    assert "planted" not in str(refusal.value)


def test_a_password_in_a_url_is_not_echoed() -> None:
    """A refused URL is shown without its password."""
    with pytest.raises(ConfigurationError) as refusal:
        read_settings({"DATABASE_URL": "ducklake:postgresql://user:pass@word@host/lake"}, None)
    assert "user:***@host" in refusal.value.message
    assert "pass" not in str(refusal.value)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """The file fills what the environment does not name; an empty variable hides the file's value."""
    file = tmp_path / "settings.env"
    file.write_text('PORT=9000\nHOST="0.0.0.0"\nVK_TOKEN=from-file\nOTHER=1\n', encoding="utf-8-sig")
    settings = read_settings({"PORT": "9001", "VK_TOKEN": ""}, file)
    assert (settings.port, settings.host, settings.vk_token) == (9001, "0.0.0.0", ())


def test_the_file_is_taken_literally(tmp_path: Path) -> None:
    """A dollar sign in a secret of the file is kept: nothing is interpolated."""
    file = tmp_path / "settings.env"
    file.write_text("API_KEY=a$HOME${PATH}b # a remark\n", encoding="utf-8")
    assert read_settings({}, file).api_key == Secret("a$HOME${PATH}b")


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """A settings file in another encoding stops with a sentence that names it."""
    file = tmp_path / "settings.env"
    file.write_text("# настройки\nPORT=9000\n", encoding="cp1251")
    with pytest.raises(ConfigurationError, match=r"settings\.env"):
        read_settings({}, file)


def test_a_setting_can_be_told_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was given: by the environment first, then by the file, and empty where that is no text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    (tmp_path / ".env").write_text("LOG_FORMAT= json\n", encoding="utf-8")
    assert as_written("LOG_FORMAT") == "json"
    monkeypatch.setenv("LOG_FORMAT", "console")
    assert as_written("LOG_FORMAT") == "console"
    monkeypatch.delenv("LOG_FORMAT")
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert not as_written("LOG_FORMAT")


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    """Without a settings file the defaults hold."""
    assert read_settings({}, tmp_path / "none.env") == Settings()


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_loopback_is_told_from_the_network(host: str, is_loopback: bool) -> None:
    """Only an address that other machines cannot reach counts as loopback."""
    assert read_settings({"HOST": host}, None).is_loopback is is_loopback


def test_equal_secrets_are_equal_and_others_are_not() -> None:
    """Secrets compare by their text, so that settings compare by value."""
    assert Secret("one") == Secret("one")
    assert Secret("one") != Secret("two")
    assert Secret("one") != "one"


def test_the_locale_of_the_terminal_is_found_as_programs_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The widest variable that is set counts; an empty one is none."""
    for name, text in (("LC_ALL", ""), ("LC_MESSAGES", "ru_RU.UTF-8"), ("LANG", "en_US.UTF-8")):
        monkeypatch.setenv(name, text)
    assert terminal_locale() == "ru_RU.UTF-8"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name)
    assert terminal_locale() == ""
