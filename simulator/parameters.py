"""The parameters of one call, read as Telegram reads them: a form field holds numbers and JSON as text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.refusals import bad_request

TRUE = ("true", "yes", "1")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime_type: str | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a bot sent with a method: plain values, and the uploaded files by their field's name."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        """Tell whether the call names this parameter at all."""
        return name in self.values

    def text(self, name: str) -> str:
        """The value as text, "" where it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The value as a whole number; what is no number counts as the default, as at Telegram's."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float | None:
        """The value as a number, None where it is missing or none."""
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            return None

    def boolean(self, name: str, *, default: bool = False) -> bool:
        """The value as yes or no: true, True, yes and 1 mean yes."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() in TRUE

    def json(self, name: str, what: str) -> Any:
        """The value as JSON, None where it is missing or empty; `what` names it in the refusal."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
