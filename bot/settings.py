"""The settings of a running bot, from the environment or a `.env` file, with every problem told at once."""

import difflib
import io
import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL, make_url

from bot import settings_rules as rules
from bot.settings_rules import Listen

PREFIX: Final = "JALON_"
_ENCODING: Final = "utf-8-sig"  # some editors write a mark at the start of a file
_STAND_IN: Final = SecretStr(f"0:{'-' * 30}")

_lower_case = BeforeValidator(rules.lower_case)


class Settings(BaseSettings):
    """What an operator decides; each field is the variable of the same name with `JALON_` before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding=_ENCODING,
        env_ignore_empty=True,
        extra="ignore",  # load_settings tells of unknown names, with the nearest known one
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    token: Annotated[SecretStr, AfterValidator(rules.bot_token)]
    api_url: Annotated[str, AfterValidator(rules.api_root)] = rules.TELEGRAM
    database_url: Annotated[str, AfterValidator(rules.database_address), Field(repr=False)] = rules.DATABASE_EXAMPLE
    territory: Path = Path("territories/brest.toml")
    staff_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(rules.person_ids)] = ()
    staff_chat: Annotated[int | None, BeforeValidator(rules.group_id)] = None
    backup_folder: Path | None = None
    webhook_url: Annotated[str | None, AfterValidator(rules.webhook_address)] = None
    webhook_secret: Annotated[SecretStr | None, AfterValidator(rules.webhook_secret)] = None
    public_url: Annotated[str | None, AfterValidator(rules.public_root)] = None
    listen: Annotated[Listen, NoDecode, BeforeValidator(rules.host_and_port)] = Listen("127.0.0.1", 8080)
    log_format: Annotated[Literal["text", "json"], _lower_case] = "text"
    log_level: Annotated[Literal["debug", "info", "warning", "error"], _lower_case] = "info"
    locale: Annotated[Literal["fr", "en"], _lower_case] = "fr"

    @property
    def database(self) -> URL:
        """The parts of the database's address."""
        return make_url(self.database_url)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody may read: the token, the webhook's secret, the database's password."""
        webhook_secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        return tuple(filter(None, (self.token.get_secret_value(), webhook_secret, self.database.password)))


class SettingsError(Exception):
    """The settings can't be used; `problems` says why, one sentence each, and shows no secret.

    `sound` holds the values of the settings that are right, so that they can be looked into further.
    """

    def __init__(self, problems: tuple[str, ...], sound: Mapping[str, Any]) -> None:
        """Keep the sentences and the right values."""
        super().__init__("\n".join(problems))
        self.problems = problems
        self.sound = sound


def load_settings(env_file: Path = Path(".env")) -> Settings:
    """The settings, the environment before the file; raises `SettingsError` with all that is wrong."""
    # dotenv's own warning about a line would come before our sentence, which says what to do.
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    options: dict[str, Any] = {"_env_file": env_file}
    problems = list(_unknown(dict.fromkeys(os.environ, "the environment")))
    try:
        problems += _file_problems(env_file)
    except (OSError, UnicodeDecodeError):
        problems.append(f"{env_file} can't be read; make it a UTF-8 file that this user may read.")
        options = {"_env_file": None}
    try:
        settings = Settings(**options)
    except ValidationError as error:
        wrong = {str(detail["loc"][0]): detail for detail in error.errors()}
        problems += [_sentence(name, detail) for name, detail in wrong.items()]
        raise SettingsError(tuple(problems), _sound(options, frozenset(wrong))) from None
    if problems:
        raise SettingsError(tuple(problems), _sound(options, frozenset()))
    return settings


def _file_problems(env_file: Path) -> list[str]:
    """What is wrong with the lines of a file; nothing where there is no file. Raises what reading it raises."""
    if not env_file.exists():
        return []
    lines = list(parse_stream(io.StringIO(env_file.read_text(_ENCODING))))
    broken = [f"{env_file}, line {_number(line)} is no setting; write NAME=value." for line in lines if line.error]
    places = {line.key: f"{env_file}, line {_number(line)}" for line in lines if line.key and not line.error}
    return broken + list(_unknown(places))


def _number(line: Binding) -> int:
    """The number of a line in its file; dotenv counts from the empty lines before it."""
    text = line.original.string
    return line.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _unknown(places: Mapping[str, str]) -> Iterator[str]:
    """The names that mean to be settings and are none: they have the prefix, or are nearly those of one."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name, place in places.items():
        if name.upper() in known:
            continue
        ours = name.upper().startswith(PREFIX)
        near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.6 if ours else 0.85)
        if ours or near:
            instead = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}."
            yield f"{name} ({place}) is no setting; {instead}"


def _sentence(name: str, detail: ErrorDetails) -> str:
    variable = f"{PREFIX}{name.upper()}"
    match detail["type"]:
        case "missing":
            instead = f"write the token that @BotFather gave you ({rules.TOKEN_EXAMPLE})"
            return f"{variable} is not set; copy .env.example to .env, and there {instead}."
        case "literal_error":
            known = get_args(Settings.model_fields[name].annotation)
            return f"{variable} is “{detail['input']}”; use one of {', '.join(known)}."
        case "value_error":
            return f"{variable} {detail['ctx']['error']}."
        case _:
            return f"{variable}: {detail['msg']}."


def _sound(options: Mapping[str, Any], wrong: frozenset[str]) -> Mapping[str, Any]:
    """The values of the settings that are right, read with harmless ones in place of the others."""
    if wrong & {"webhook_url", "webhook_secret"}:
        wrong |= {"webhook_url", "webhook_secret"}  # one is judged by the other
    harmless: dict[str, Any] = {name: Settings.model_fields[name].default for name in wrong}
    if "token" in wrong:
        harmless["token"] = _STAND_IN
    settings = Settings(**options, **harmless)
    return {name: getattr(settings, name) for name in Settings.model_fields if name not in wrong}
