"""All that is kept of one person, wherever it is kept: given to them, or forgotten."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from programme.ids import PersonId, TelegramId
from programme.people import Person
from programme.texts import folded
from storage import own_data_statements as sql

ERASED: Final = "erased"
"""What stands for an erased person in the audit log."""
LINKS: Final = ("authority_link", "outside_link")
"""Where a working agreement says in words who keeps a link."""
SENDERS: Final = ("from", "user", "chat")
"""Under which names an update tells whom it is from; a private chat has the id of the person."""


class SqlOwnData:
    """What the database holds of one person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def gather(self, person: Person) -> dict[str, Any]:
        """Give everything kept about a person, as lists of rows by table, in JSON values; no row of anybody else."""
        return {
            **{table: self._rows(statement, person) for table, statement in sql.OWN.items()},
            "agreements": self._agreements(person),
            "outbox": [_message(row) for row in self._rows(sql.MESSAGES, person)],
            "audit": self._audit_lines(person),
            "inbox": [{**row, "body": json.loads(row["body"])} for row in self._waiting_updates(person)],
        }

    def erase(self, person: Person) -> None:
        """Forget a person everywhere; actions, past places, audit lines and what coalitions work with stay, unnamed.

        A proposal of theirs that was refused goes too, one that waits does where nobody else is in it, and so does
        their organisation where nothing else mentions it. Of what they wrote, minutes that have later ones and what
        they said about closed support requests go. What they did that waits for its turn is answered first.
        """
        self._forget_in_audit(person)
        self._forget_in_agreements(person)
        for statement in sql.ERASE:
            self._connection.execute(statement, _named(person))
        self._connection.execute(sql.DROP_LONELY_ORGANISATION, {"organisation": person.organisation_id})

    def _rows(self, statement: Any, person: Person) -> list[dict[str, Any]]:
        found = self._connection.execute(statement, _named(person)).mappings()
        return [{name: _plain(value) for name, value in row.items()} for row in found]

    def _audit_lines(self, person: Person) -> list[dict[str, Any]]:
        lines = [
            {**line, "about_them": line["about_them"] or _without(person.id, line["details"]) != line["details"]}
            for line in self._rows(sql.AUDIT, person)
        ]
        return [line for line in lines if line["by_them"] or line["about_them"]]

    def _agreements(self, person: Person) -> list[dict[str, Any]]:
        rows = self._rows(sql.AGREEMENTS, person)
        return [row for row in rows if row["chair_id"] is not None or any(_links_with(row, person.name).values())]

    def _forget_in_agreements(self, person: Person) -> None:
        for row in self._rows(sql.AGREEMENTS, person):
            named = [link for link, whose in _links_with(row, person.name).items() if whose]
            if named:
                free = {"coalition": row["coalition_id"], **dict.fromkeys(named, "")}
                self._connection.execute(sql.REWRITE_LINKS, free)

    def _waiting_updates(self, person: Person) -> list[dict[str, Any]]:
        rows = self._rows(sql.WAITING_UPDATES, person)
        return [row for row in rows if _is_from(person.telegram_id, row["body"])]

    def _forget_in_audit(self, person: Person) -> None:
        for row in self._connection.execute(sql.AUDIT_MENTIONS, _named(person)).mappings().all():
            subject = sql.about(ERASED) if row["subject"] == sql.about(person.id) else row["subject"]
            line = {"line": row["id"], "subject": subject, "details": _without(person.id, row["details"])}
            self._connection.execute(sql.REWRITE_AUDIT_LINE, line)


def _named(person: Person) -> dict[str, int]:
    return {"person": person.id, "telegram": person.telegram_id}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _message(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a message with what it tells of, but without its file, which is made of what is given here anyway."""
    return {**row, "content": {name: value for name, value in row["content"].items() if name != "file"}}


def _without(person_id: PersonId, details: Mapping[str, Any]) -> dict[str, Any]:
    """Give the details of a line of the audit log without a person.

    Neither `person:5`, nor 5 under « person », nor among the ids with commas between them under « order ».
    """
    return {name: _detail_without(person_id, name, value) for name, value in details.items()}


def _detail_without(person_id: PersonId, name: str, value: Any) -> Any:
    if value == sql.about(person_id):
        return sql.about(ERASED)
    if name == "person" and value == person_id:
        return ERASED
    if name == "order":
        return ",".join(ERASED if one == str(person_id) else one for one in str(value).split(","))
    return value


def _links_with(agreement: Mapping[str, Any], name: str) -> dict[str, bool]:
    """Tell of each link that a working agreement names whether it is written with this name, as whole words."""
    words = f" {folded(name)} "
    return {link: words in f" {folded(agreement[link])} " for link in LINKS}


def _is_from(telegram_id: TelegramId, body: str) -> bool:
    contents = [content for content in json.loads(body).values() if isinstance(content, dict)]
    return any(content.get(name, {}).get("id") == telegram_id for content in contents for name in SENDERS)
