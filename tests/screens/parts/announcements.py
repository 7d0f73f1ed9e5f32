"""Announcements: to whom, as received, approved, sent, stopped, reported, corrected, withdrawn."""

import io
from datetime import timedelta
from typing import Final

from openpyxl import load_workbook
from sqlalchemy import Connection, select, update

from handlers.staff.announcement_audience import AUDIENCES
from programme.groups import Group
from programme.ids import TelegramId
from programme.usecases.erase_person import erase_person
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person, mark_reachable
from simulator.people import Person
from storage.tables.delivery import outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour, Visitor

TEXT: Final = 'Le <b>forum</b> ouvre 🌱 : <a href="https://www.brest.fr/">inscrivez-vous</a>'
FORUM: Final = "Forum des acteurs engagés"
CROWD: Final = 101
"""One more than a territory lets one person announce to."""
CROWD_ID: Final = 700_000_000
PICTURE: Final = b"\xff\xd8\xff"
A_MOMENT: Final = timedelta(seconds=5)
A_WHILE: Final = 0.3
"""Seconds."""
ENDS: Final = (
    ("dead", "Forbidden: bot was blocked by the user"),
    ("dead", "Forbidden: user is deactivated"),
    ("dead", "Forbidden: bot can't initiate conversation with a user"),
    ("dead", "Bad Request: chat not found"),
    ("dead", "Forbidden: bot was kicked from the supergroup chat"),
    ("dead", "Bad Request: not enough rights to send text messages to the chat"),
    ("sent", "unknown outcome: TimedOut"),
    ("skipped", "paused"),
    ("skipped", "left"),
    ("skipped", "withdrawn"),
    ("skipped", "gone"),
    ("held", "stopped"),
    ("held", "quiet hours"),
)
"""Ways in which a delivery ends, or waits, that this walk does not have by itself."""


async def walk(tour: Tour) -> None:
    """One announcement to everybody whom an audience can name, from the first question to its withdrawal."""
    anne, paul, lea = tour.visitor("Anne"), tour.visitor("Paul"), tour.visitor("Léa")
    await anne.says("/equipe")
    await anne.taps("Announcements", "Announcements, none yet")
    await _has_whom_to_tell(tour)
    await _writes_to_all(tour)
    await anne.taps("Preview", "As it will be received, once more")
    await anne.taps("Send me a test", "A test to oneself", whole=True)
    await tour.does(lambda uow: _comes(uow, tour))
    await anne.says("/annonce", "Announcements, one of them a draft")
    await anne.forges("announcement:1", "A draft to many")
    await anne.taps("Send now", "It has to be approved")
    await paul.reads("Notice: an announcement to approve")
    await paul.taps("Why this message?", "Why: an announcement to approve")
    await anne.taps("Approve", "Refused: one’s own announcement")
    await anne.forges("announcement:1")
    await anne.taps("Back to a draft")
    await anne.taps("At a set time")
    await anne.says(tour.either("demain à 10 h", "tomorrow at 10:00"), "It has to be approved, and then leaves")
    await paul.forges("announcement:1")
    await paul.taps("Approve", "A colleague’s is approved")
    await anne.forges("announcement:1")
    await anne.taps("Back to a draft")
    await anne.taps("Send now")
    paul.looks_away()
    await tour.world.moves_to(tour.paris(3, 9))
    await paul.reads("Notice: an announcement has waited for long")
    await tour.does(lambda uow: _goes(uow, tour))
    await anne.forges("announcement:1")
    await anne.taps("Back to a draft", "A draft, and people out of reach")
    await _sends(tour, anne)
    await _corrects(tour, anne, lea)


async def walk_others(tour: Tour) -> None:
    """One that was set for a time, a photo, one to nobody, and one whose audience is gone."""
    anne, paul = tour.visitor("Anne"), tour.visitor("Paul")
    await _writes(anne, "Everybody", urgent="Yes")
    await anne.taps("At a set time", "When it is to leave")
    await anne.says(tour.either("hier à 9 h", "yesterday at 9:00"), "Refused: it is over")
    await anne.says(tour.either("mardi à 18 h 30", "Tuesday at 18:30"), "Set for a time")
    await anne.taps("Back to a draft")
    await anne.taps("Change the recipients", "Other recipients")
    await anne.taps("Coalitions by theme, area or sector")
    await anne.taps("Done ({count})", count="1")
    await anne.taps("By area")
    await anne.taps("By sector")
    await anne.taps("Done ({count})", count="2")
    await anne.taps("Yes", "Other recipients: the review")
    await anne.taps("Confirm", "A draft to other recipients")
    await anne.taps("Write it anew", "Written anew")
    await anne.does(lambda person: person.says_formatted("Le <i>forum</i> est complet"), "", "✎")
    await anne.taps("Confirm", "As it will be received, written anew")
    await anne.taps("Drop", "Whether to drop a draft")
    await anne.taps("Yes, drop it", "A draft is dropped")
    await anne.says("/annonce")
    await anne.taps("Write an announcement")
    await anne.does(lambda person: _photo(person, "Le <i>plan</i> des salles"), "A photo with a caption", "🖼")
    await anne.taps("The project team")
    await anne.taps("Done ({count})", count="1")
    await anne.taps("No")
    await anne.taps("Confirm", "A photo, as it will be received")
    await anne.taps("Send now")
    await tour.world.moves_by(A_MOMENT)
    await anne.taps("Correct", "What takes the place of a photo")
    await anne.says(tour.either("Le plan a changé.", "The plan has changed."))
    await anne.taps("Confirm", "A caption is corrected")
    paul.looks_away()
    await _nobody_is_told(anne)
    await tour.does(lambda uow: _leaves(uow, tour))


async def _nobody_is_told(anne: Visitor) -> None:
    """An audience in which nobody is, and a photo without words."""
    await anne.says("/annonce")
    await anne.taps("Write an announcement")
    await anne.says("Bonjour")
    await anne.taps("›")
    await anne.taps("Who waits for a place at a forum")
    await anne.taps("Done ({count})", count="1")
    await anne.taps(FORUM)
    await anne.taps("Done ({count})", count="1")
    await anne.taps("No")
    await anne.taps("Confirm")
    await anne.taps("Send now", "Refused: nobody would get it")
    await anne.says("/annonce")
    await anne.taps("Write an announcement")
    await anne.does(lambda person: _photo(person, ""), "", "🖼")
    await anne.taps("The project team")
    await anne.taps("Done ({count})", count="1")
    await anne.taps("No")
    await anne.taps("Confirm", "A photo without words")
    await anne.says("/annonce", "Announcements, some of them sent")


async def _has_whom_to_tell(tour: Tour) -> None:
    """Have a coalition with a group, a forum, and somebody who facilitates and pauses."""
    nour, sam = await tour.has("Nour", "La Carène"), tour.visitor("Sam")
    coalition, now = await tour.world.coalition(LED), tour.world.clock.now()
    await tour.world.belongs(nour.person, coalition, facilitator=True)
    group = nour.person.creates_group("Fêtes durables", [sam.person], bot=tour.world.bot, supergroup=True)
    await tour.world.settle()
    await tour.does(lambda uow: uow.groups.bind(Group(group.id, None, coalition.id), now))
    await tour.world.forum(FORUM)
    await sam.forges("pause.set:7")


async def _writes_to_all(tour: Tour) -> None:
    """Answer every question about the audience."""
    anne = tour.visitor("Anne")
    await anne.says("/annonce")
    await anne.taps("Write an announcement", "An announcement: what it says")
    await anne.does(lambda person: person.says_formatted(TEXT), "An announcement: to whom", "✎")
    *first_page, last = AUDIENCES.values()
    for words in first_page:
        await anne.taps(str(words))
    await anne.taps("›", "An announcement: to whom, the second page")
    await anne.taps(str(last))
    await anne.taps("Done ({count})", "An announcement: which coalitions", count=str(len(AUDIENCES)))
    for title, answer in (
        ("An announcement: the groups of which coalitions", LED),
        ("An announcement: coalitions by what they have in common", LED),
        ("An announcement: which kinds of organisation", "By theme"),
        ("An announcement: who has a place at which forum", "Company"),
        ("An announcement: who waits for a place at which forum", FORUM),
        ("An announcement: whether it is urgent", FORUM),
    ):
        await anne.taps(answer)
        await anne.taps("Done ({count})", title, count="1")
    await anne.taps("No", "An announcement: the review")
    await anne.taps("Confirm", "As it will be received, and the draft")


async def _writes(anne: Visitor, audience: str, urgent: str) -> None:
    await anne.says("/annonce")
    await anne.taps("Write an announcement")
    await anne.does(lambda person: person.says_formatted(TEXT), "", "✎")
    await anne.taps(audience)
    await anne.taps("Done ({count})", count="1")
    await anne.taps(urgent)
    await anne.taps("Confirm")


async def _sends(tour: Tour, anne: Visitor) -> None:
    """Send it in the evening, stop and resume it, and read what became of it in the morning."""
    await tour.world.moves_to(tour.paris(3, 22))
    anne.looks_away()
    # What is sent is written down after the first message that counts it.
    tour.world.jalon.sender.gathers = A_WHILE
    await anne.taps("Send now", "On its way")
    tour.world.jalon.sender.gathers = 0.0
    await tour.world.moves_by(A_MOMENT)
    await anne.reads("How far it is")
    await anne.forges("announcement.correct:1", "Refused: messages are on their way", label="Correct")
    await anne.forges("announcement:1")
    await anne.taps("Stop", "Stopped")
    await tour.world.moves_by(A_MOMENT)
    await anne.forges("announcement:1")
    await anne.taps("Resume", "Resumed")
    await tour.world.moves_to(tour.paris(4, 9))
    anne.looks_away()
    before = await tour.world.jalon.database.write(_ends_otherwise)
    await anne.forges("announcement:1", "What became of it")
    await anne.taps("Report", "The report")
    _lists(tour, anne)
    await anne.taps("Why this message?", "Why: a report")
    await tour.world.jalon.database.write(lambda connection: _ends_as_before(connection, before))


async def _corrects(tour: Tour, anne: Visitor, lea: Visitor) -> None:
    lea.looks_away()
    await anne.forges("announcement:1")
    await anne.taps("Correct", "What it says instead")
    await anne.does(lambda person: person.says_formatted("Le forum est <u>complet</u>"), "The correction", "✎")
    await anne.taps("Confirm", "Corrected")
    await lea.reads("A corrected announcement, as received")
    await anne.taps("Correct")
    await anne.does(lambda person: _photo(person, ""), "", "🖼")
    await anne.taps("Confirm", "Refused: a photo in place of a text")
    await anne.says("/annuler")
    await tour.world.moves_by(timedelta(days=3))
    lea.looks_away()
    await anne.forges("announcement:1")
    await anne.taps("Withdraw", "Whether to withdraw it")
    await anne.taps("Yes, withdraw it", "Withdrawn")
    await lea.reads("A withdrawn announcement, as received after two days")


def _lists(tour: Tour, anne: Visitor) -> None:
    """Keep the headings of the report’s list, and each way in which a delivery ended."""
    (sheet,) = load_workbook(io.BytesIO(latest_file(tour, anne))).worksheets
    headings, *rows = [[str(cell or "—") for cell in row] for row in sheet.iter_rows(values_only=True)]
    ends = dict.fromkeys(" · ".join(row[2:4]) for row in rows)
    tour.shows("What stands in the list of a report", " · ".join(headings), "\n".join(ends))


def latest_file(tour: Tour, visitor: Visitor) -> bytes:
    """Give the content of the latest document that somebody was sent."""
    sent = next(one for one in visitor.person.chat_with().latest() if "document" in one.fields)
    return tour.world.telegram.files.by_id[sent.fields["document"]["file_id"]].content


def _photo(person: Person, html: str) -> object:
    return person.sends_formatted_photo(PICTURE, html)


def _comes(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Have a crowd that is large enough for two to read what it is told."""
    now = tour.world.clock.now()
    for number in range(CROWD):
        who = Introduction(f"Personne {number + 1}", IN_OWN_NAME)
        introduce_person(uow, TelegramId(CROWD_ID + number), who, tour.language.code, now)


def _goes(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Have the crowd block the bot: it is not there to be written to."""
    for number in range(CROWD):
        known = uow.people.by_telegram(TelegramId(CROWD_ID + number))
        assert known is not None
        mark_reachable(uow, known.id, tour.world.clock.now(), reachable=False)


def _leaves(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Have the crowd forgotten."""
    for number in range(CROWD):
        known = uow.people.by_telegram(TelegramId(CROWD_ID + number))
        assert known is not None
        erase_person(uow, known.id, tour.world.clock.now(), tour.world.territory.zone)


def _ends_otherwise(connection: Connection) -> list[tuple[int, str, str | None]]:
    """Have some deliveries end in every way in which they can, and give how they really did."""
    told = select(outbox.c.id, outbox.c.state, outbox.c.reason).where(outbox.c.announcement_id.is_not(None))
    rows = [(row.id, row.state, row.reason) for row in connection.execute(told.order_by(outbox.c.id).limit(len(ENDS)))]
    for (number, _, _), (state, reason) in zip(rows, ENDS, strict=True):
        connection.execute(update(outbox).where(outbox.c.id == number).values(state=state, reason=reason))
    return rows


def _ends_as_before(connection: Connection, rows: list[tuple[int, str, str | None]]) -> None:
    for number, state, reason in rows:
        connection.execute(update(outbox).where(outbox.c.id == number).values(state=state, reason=reason))
