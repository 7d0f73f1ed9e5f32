"""The contact of an organisation: a name with an e-mail address, a phone number or both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.said import Contact, Said, Words
from handlers.turn import Turn
from locales import _
from programme.texts import clean_line

NAME_MAX: Final = 64
EMAIL_MAX: Final = 254
EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
WITH_AT: Final = re.compile(r"[^\s<>,;()\[\]]*@[^\s<>,;()\[\]]*")
PHONE: Final = re.compile(r"(?<![\w+])\+?\(?[0-9](?:[ .()/-]{0,2}[0-9]){5,14}(?!\w)")
AROUND_NAMES: Final = " ,;:-–—<>()[]|/.•"
FRENCH_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact, written in one message or shared; its value has `name`, `email` and `phone`, empty where not given."""

    def ask(self, _turn: Turn, _state: State) -> Body:
        """Give an example."""
        return Body(example=_("For example: Anne Le Gall, anne@example.org, 02 98 00 00 00"))

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the contact, unless its name is missing, or any way to reach it."""
        match said:
            case Contact(name, phone):
                return _card(turn, clean_line(name), "", phone)
            case Words(text):
                return _written(turn, clean_line(text))
        return None

    def show(self, _turn: Turn, value: Mapping[str, str]) -> str:
        """Write the name and how to reach it on one line."""
        return ", ".join(part for part in (value["name"], value["email"], value["phone"]) if part)

    def into(self, value: Mapping[str, str]) -> Mapping[str, str]:
        """Give `name`, `email` and `phone`."""
        return value


def _written(turn: Turn, text: str) -> Outcome:
    """Read a contact out of a line: what is neither an address nor a number is the name."""
    say = turn.language.say
    addresses = [found.strip(".'\"") for found in WITH_AT.findall(text)]
    if len(addresses) > 1:
        return Wrong(say("There are two e-mail addresses: please give only one."))
    email = addresses[0] if addresses else ""
    if email and (len(email) > EMAIL_MAX or EMAIL.fullmatch(email) is None):
        return Wrong(say("The e-mail address does not look right: please check it, for example anne@example.org."))
    rest = WITH_AT.sub(" ", text)
    numbers = PHONE.findall(rest)
    if len(numbers) > 1:
        return Wrong(say("There are two phone numbers: please give only one."))
    return _card(turn, PHONE.sub(" ", rest), email, numbers[0] if numbers else "")


def _card(turn: Turn, name: str, email: str, phone: str) -> Outcome:
    say = turn.language.say
    name = clean_line(" ".join(part for word in name.split() if (part := word.strip(AROUND_NAMES)) or word.isalnum()))
    if not any(sign.isalpha() for sign in name):
        return Wrong(say("The name is missing: please write it with the e-mail address or the phone number."))
    if len(name) > NAME_MAX:
        return Wrong(
            say("The name is too long: {longest} characters at most fit.", longest=turn.language.number(NAME_MAX))
        )
    number = _phone(phone)
    if not email and not number:
        return Wrong(say("Please add an e-mail address or a phone number to the name, in one message."))
    return Answered({"name": name, "email": email, "phone": number})


def _phone(written: str) -> str:
    """Write a phone number in one way: « 02 98 00 00 00 », or its digits behind a plus."""
    digits = re.sub(r"[^0-9]", "", written.replace("(0)", ""))
    if written.strip().startswith(("+", "00")):
        return "+" + digits.removeprefix("00")
    if len(digits) == FRENCH_DIGITS and digits.startswith("0"):
        return " ".join(digits[place : place + 2] for place in range(0, FRENCH_DIGITS, 2))
    return digits
