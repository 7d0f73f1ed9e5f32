import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, SettingsError, load_settings
from bot.settings_rules import Listen

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ"
NO_TOKEN = (
    "JALON_TOKEN is not set; copy .env.example to .env, and there write the token that @BotFather gave you "
    "(123456789:AAbb…)."
)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("JALON_"):
            monkeypatch.delenv(name)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def problems_with(env_file: Path, *lines: str, token: str = TOKEN) -> list[str]:
    env_file.write_text("\n".join([f"JALON_TOKEN={token}", *lines]), "utf-8")
    with pytest.raises(SettingsError) as told:
        load_settings(env_file)
    return list(told.value.problems)


def test_token_alone_is_enough(env_file: Path) -> None:
    env_file.write_text(f"JALON_TOKEN={TOKEN}\n", "utf-8")

    settings = load_settings(env_file)

    assert dict(settings) == {
        "token": SecretStr(TOKEN),
        "api_url": "https://api.telegram.org",
        "database_url": "sqlite+aiosqlite:///data/jalon.db",
        "territory": Path("territories/brest.toml"),
        "staff_ids": (),
        "staff_chat": None,
        "backup_folder": None,
        "webhook_url": None,
        "webhook_secret": None,
        "public_url": None,
        "listen": Listen("127.0.0.1", 8080),
        "log_format": "text",
        "log_level": "info",
        "locale": "fr",
    }


def test_environment_comes_before_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text(f"JALON_TOKEN={TOKEN}\nJALON_LOCALE=en\nJALON_STAFF_IDS=1\n", "utf-8")
    monkeypatch.setenv("JALON_STAFF_IDS", " 42, 7,42 ,")

    settings = load_settings(env_file)

    assert (settings.locale, settings.staff_ids) == ("en", (42, 7))


def test_environment_alone_is_enough(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_TOKEN", f"{TOKEN}\n")

    assert load_settings(env_file).token.get_secret_value() == TOKEN


def test_file_with_a_mark_quotes_and_comments_is_read(env_file: Path) -> None:
    env_file.write_text(f'\ufeffJALON_TOKEN="{TOKEN}" # mine\nOTHER=thing\njalon_listen=[::1]:0\n', "utf-8")

    settings = load_settings(env_file)

    assert (settings.token.get_secret_value(), settings.listen) == (TOKEN, Listen("::1", 0))


def test_example_lists_every_setting_and_nothing_else() -> None:
    names = re.findall(r"^(\w+)=", Path(".env.example").read_text("utf-8"), flags=re.MULTILINE)

    assert names == [f"JALON_{name.upper()}" for name in Settings.model_fields]


def test_example_explains_every_setting() -> None:
    lines = Path(".env.example").read_text("utf-8").splitlines()

    unexplained = [line for above, line in pairwise(lines) if "=" in line and not above.startswith("# ")]

    assert unexplained == []


def test_example_lacks_nothing_but_the_token(env_file: Path) -> None:
    example = Path(".env.example").read_text("utf-8")
    env_file.write_text(example, "utf-8")
    with pytest.raises(SettingsError) as told:
        load_settings(env_file)
    assert told.value.problems == (NO_TOKEN,)

    env_file.write_text(example.replace("JALON_TOKEN=", f"JALON_TOKEN={TOKEN}"), "utf-8")

    assert load_settings(env_file) == Settings(token=SecretStr(TOKEN))


def test_missing_file_means_a_missing_token(env_file: Path) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(env_file)

    assert told.value.problems == (NO_TOKEN,)


@pytest.mark.parametrize("token", ["hello", "123456789", f"bot{TOKEN}", "123456789:short", f"{TOKEN}!"])
def test_malformed_token_is_told_and_never_shown(env_file: Path, token: str) -> None:
    assert problems_with(env_file, token=token) == [
        "JALON_TOKEN is no bot token; copy all of the one that @BotFather gave (123456789:AAbb…)."
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("JALON_API_URL=telegram", "JALON_API_URL is no web address; write one such as https://api.telegram.org."),
        (
            "JALON_API_URL=http://127.0.0.1:8081/bot",
            "JALON_API_URL must be the root only, without /bot; write it such as https://api.telegram.org.",
        ),
        (
            "JALON_API_URL=http://api.telegram.org",
            "JALON_API_URL would send the token unprotected; write https://api.telegram.org.",
        ),
        (
            "JALON_DATABASE_URL=data/jalon.db",
            "JALON_DATABASE_URL is no database address; write one such as sqlite+aiosqlite:///data/jalon.db.",
        ),
        (
            "JALON_DATABASE_URL=sqlite:///data/jalon.db",
            "JALON_DATABASE_URL starts with “sqlite”; start it with sqlite+aiosqlite or postgresql+psycopg.",
        ),
        (
            "JALON_STAFF_IDS=12, @lea,-5",
            (
                "JALON_STAFF_IDS names “@lea”, “-5”, and a Telegram id is a number; "
                "write such numbers with commas between them, as in 123456789,987654321."
            ),
        ),
        ("JALON_LISTEN=8080", "JALON_LISTEN is no host and port; write them such as 127.0.0.1:8080."),
        ("JALON_LISTEN=host:99999", "JALON_LISTEN is no host and port; write them such as 127.0.0.1:8080."),
        ("JALON_LISTEN=host:80/x", "JALON_LISTEN is no host and port; write them such as 127.0.0.1:8080."),
        ("JALON_LOG_FORMAT=xml", "JALON_LOG_FORMAT is “xml”; use one of text, json."),
        ("JALON_LOG_LEVEL=loud", "JALON_LOG_LEVEL is “loud”; use one of debug, info, warning, error."),
        ("JALON_LOCALE=br", "JALON_LOCALE is “br”; use one of fr, en."),
    ],
)
def test_wrong_setting_is_told_with_what_to_do(env_file: Path, line: str, problem: str) -> None:
    assert problems_with(env_file, line) == [problem]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("jalon", "is no web address; write one such as https://jalon.example.org/telegram."),
        (
            "http://jalon.example.org",
            (
                "must start with https, because Telegram calls nothing else; "
                "write one such as https://jalon.example.org/telegram."
            ),
        ),
        (
            "https://jalon.example.org:8080/t",
            "names port 8080, which Telegram never calls; use one of 80, 88, 443, 8443.",
        ),
    ],
)
def test_webhook_address_is_one_that_telegram_calls(env_file: Path, url: str, problem: str) -> None:
    assert problems_with(env_file, f"JALON_WEBHOOK_URL={url}", "JALON_WEBHOOK_SECRET=s3cret") == [
        f"JALON_WEBHOOK_URL {problem}"
    ]


def test_self_hosted_server_may_call_any_address(env_file: Path) -> None:
    env_file.write_text(
        f"JALON_TOKEN={TOKEN}\nJALON_API_URL=http://127.0.0.1:8081/\n"
        "JALON_WEBHOOK_URL=http://127.0.0.1:8080/telegram\nJALON_WEBHOOK_SECRET=s3cret\n",
        "utf-8",
    )

    settings = load_settings(env_file)

    assert (settings.api_url, settings.webhook_url) == ("http://127.0.0.1:8081", "http://127.0.0.1:8080/telegram")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("jalon", "is no web address; write one such as https://jalon.example.org."),
        (
            "http://jalon.example.org",
            (
                "must start with https, because the addresses of people's agendas are secret; "
                "write one such as https://jalon.example.org."
            ),
        ),
        (
            "https://jalon.example.org/?page=agenda",
            "must be the root only; write one such as https://jalon.example.org.",
        ),
        (
            "https://anne:s3cret@jalon.example.org",
            "must be the root only; write one such as https://jalon.example.org.",
        ),
    ],
)
def test_public_address_is_one_that_keeps_secrets(env_file: Path, url: str, problem: str) -> None:
    assert problems_with(env_file, f"JALON_PUBLIC_URL={url}") == [f"JALON_PUBLIC_URL {problem}"]


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://jalon.example.org/", "https://jalon.example.org"),
        ("https://example.org/jalon", "https://example.org/jalon"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
    ],
)
def test_public_address_is_a_root_without_a_slash(env_file: Path, url: str, root: str) -> None:
    env_file.write_text(f"JALON_TOKEN={TOKEN}\nJALON_PUBLIC_URL={url}\n", "utf-8")

    assert load_settings(env_file).public_url == root


def test_webhook_needs_a_secret(env_file: Path) -> None:
    assert problems_with(env_file, "JALON_WEBHOOK_URL=https://jalon.example.org/t") == [
        (
            "JALON_WEBHOOK_SECRET is not set, and a webhook needs it; "
            'make one with: python -c "import secrets; print(secrets.token_urlsafe(32))".'
        )
    ]


@pytest.mark.parametrize("secret", ["not a secret", "é" * 20, "s" * 257])
def test_webhook_secret_that_telegram_refuses_is_told_and_never_shown(env_file: Path, secret: str) -> None:
    lines = ("JALON_WEBHOOK_URL=https://jalon.example.org/t", f"JALON_WEBHOOK_SECRET={secret}")

    assert problems_with(env_file, *lines) == [
        "JALON_WEBHOOK_SECRET has a sign that Telegram refuses or is too long; use 1 to 256 of A-Z, a-z, 0-9, _ and -."
    ]


def test_unknown_settings_are_told_with_the_nearest_known(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_LOGLEVEL", "debug")

    assert problems_with(env_file, "", "JALON_STAF_IDS=1", "JALN_LOCALE=en", "PATH_TO_X=1") == [
        "JALON_LOGLEVEL (the environment) is no setting; did you mean JALON_LOG_LEVEL?",
        f"JALON_STAF_IDS ({env_file}, line 3) is no setting; did you mean JALON_STAFF_IDS?",
        f"JALN_LOCALE ({env_file}, line 4) is no setting; did you mean JALON_LOCALE?",
    ]


def test_broken_line_is_told_with_its_number(
    env_file: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert problems_with(env_file, "", "JALON_LOCALE='fr") == [f"{env_file}, line 3 is no setting; write NAME=value."]
    assert (capsys.readouterr(), caplog.messages) == (("", ""), [])


def test_unreadable_file_is_told(env_file: Path) -> None:
    env_file.write_bytes("JALON_LOCALE=fr # français".encode("latin-1"))
    with pytest.raises(SettingsError) as told:
        load_settings(env_file)

    assert told.value.problems == (
        f"{env_file} can't be read; make it a UTF-8 file that this user may read.",
        NO_TOKEN,
    )


def test_all_problems_are_told_at_once_and_the_rest_stays_readable(env_file: Path) -> None:
    env_file.write_text(
        "JALON_TOKEN=nonsense\nJALON_STAFF_IDS=x\nJALON_WEBHOOK_URL=ftp://x\nJALON_TERRITORY=here.toml\nJALON_X=1\n",
        "utf-8",
    )
    with pytest.raises(SettingsError) as told:
        load_settings(env_file)

    assert [problem.split()[0] for problem in told.value.problems] == [
        "JALON_X",
        "JALON_TOKEN",
        "JALON_STAFF_IDS",
        "JALON_WEBHOOK_URL",
        "JALON_WEBHOOK_SECRET",
    ]
    assert dict(told.value.sound) == {
        "api_url": "https://api.telegram.org",
        "database_url": "sqlite+aiosqlite:///data/jalon.db",
        "territory": Path("here.toml"),
        "staff_chat": None,
        "backup_folder": None,
        "public_url": None,
        "listen": Listen("127.0.0.1", 8080),
        "log_format": "text",
        "log_level": "info",
        "locale": "fr",
    }


def test_settings_show_no_secret(env_file: Path) -> None:
    env_file.write_text(
        f"JALON_TOKEN={TOKEN}\nJALON_DATABASE_URL=postgresql+psycopg://jalon:p%40ss@db/jalon\n"
        "JALON_WEBHOOK_URL=https://jalon.example.org/t\nJALON_WEBHOOK_SECRET=s3cret\n",
        "utf-8",
    )

    settings = load_settings(env_file)

    assert settings.secrets == (TOKEN, "s3cret", "p@ss")
    assert [secret for secret in (*settings.secrets, "p%40ss") if secret in repr(settings)] == []


def test_a_staff_chat_is_a_group_and_backups_have_a_folder(env_file: Path) -> None:
    env_file.write_text(f"JALON_TOKEN={TOKEN}\nJALON_STAFF_CHAT=-1001234567890\nJALON_BACKUP_FOLDER=copies\n", "utf-8")
    settings = load_settings(env_file)

    assert (settings.staff_chat, settings.backup_folder) == (-1001234567890, Path("copies"))
    assert problems_with(env_file, "JALON_STAFF_CHAT=42") == [
        "JALON_STAFF_CHAT is no id of a group; write the number below zero, such as -1001234567890."
    ]
