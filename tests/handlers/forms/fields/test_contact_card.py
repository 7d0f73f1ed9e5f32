import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from handlers.forms import ContactCard
from handlers.forms.field import Answered, Wrong
from handlers.said import Contact, Said, Unread, Words
from tests.handlers.forms.conversing import NO_STATE, turn_of


def read(said: Said) -> object:
    return ContactCard().read(turn_of(said), said, NO_STATE)


def card(name: str, email: str = "", phone: str = "") -> Answered:
    return Answered({"name": name, "email": email, "phone": phone})


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (
            "Anne Le Gall, anne@example.org, 02 98 00 00 00",
            card("Anne Le Gall", "anne@example.org", "02 98 00 00 00"),
        ),
        ("anne@example.org Anne Le Gall", card("Anne Le Gall", "anne@example.org")),
        ("Anne Le Gall <anne.legall@example.org>", card("Anne Le Gall", "anne.legall@example.org")),
        ("Anne\n0298000000", card("Anne", phone="02 98 00 00 00")),
        ("Anne - 02.98.00.00.00", card("Anne", phone="02 98 00 00 00")),
        ("Anne +33 (0)2 98 00 00 00", card("Anne", phone="+33298000000")),
        ("Anne 0033 2 98 00 00 00", card("Anne", phone="+33298000000")),
        ("Anne : 27 31 00", card("Anne", phone="273100")),
        ("Jean-Pierre L’Hôte / jp@example.org", card("Jean-Pierre L’Hôte", "jp@example.org")),
    ],
)
def test_contact_is_read_from_one_message(written: str, answer: Answered) -> None:
    assert read(Words(written)) == answer


def test_contact_is_shared() -> None:
    assert read(Contact("Anne Le Gall", "+33298000000")) == card("Anne Le Gall", phone="+33298000000")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Words("Anne Le Gall"), "Please add an e-mail address or a phone number to the name, in one message."),
        (Words("Anne 12"), "Please add an e-mail address or a phone number to the name, in one message."),
        (
            Words("anne@example.org"),
            "The name is missing: please write it with the e-mail address or the phone number.",
        ),
        (
            Words("Anne anne@example"),
            "The e-mail address does not look right: please check it, for example anne@example.org.",
        ),
        (
            Words("Anne a..@.fr"),
            "The e-mail address does not look right: please check it, for example anne@example.org.",
        ),
        (Words("Anne a@example.org b@example.org"), "There are two e-mail addresses: please give only one."),
        (Words("Anne 0298000000 / 0298000001"), "There are two phone numbers: please give only one."),
        (Words("x" * 65 + " x@example.org"), "The name is too long: 64 characters at most fit."),
        (
            Contact("", "+33298000000"),
            "The name is missing: please write it with the e-mail address or the phone number.",
        ),
    ],
)
def test_contact_that_lacks_something_is_told_what(said: Said, problem: str) -> None:
    assert read(said) == Wrong(escape(problem))


def test_sticker_is_no_contact() -> None:
    assert read(Unread("sticker")) is None


def test_contact_is_shown_on_one_line() -> None:
    value = {"name": "Anne Le Gall", "email": "anne@example.org", "phone": ""}

    assert ContactCard().show(turn_of(Words("")), value) == "Anne Le Gall, anne@example.org"


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read(Words(text)), Answered | Wrong)
