import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, NotWellFormed, TooEarly
from programme.meetings import LINK_MAX, MINUTES_TEXT_MAX, Answer
from programme.notices import MinutesPublished
from programme.usecases.keep_minutes import MinutesTold, is_link, keep_minutes, minutes_for
from programme.usecases.note_attendance import note_attendance
from tests.programme.usecases.town import EVENING, Town, crowd
from tests.storage.brest import NOW


def test_minutes_are_kept_and_go_to_who_said_yes_or_came(town: Town) -> None:
    crowd(town, 6)
    meeting, maude = town.plans(), town.facilitator.id
    lea, _, yes, no_but_came, maybe, _silent = town.uow.memberships.members(town.toits.id)
    for person, answer in (
        (maude, Answer.YES),
        (lea, Answer.YES),
        (yes, Answer.YES),
        (no_but_came, Answer.NO),
        (maybe, Answer.MAYBE),
    ):
        town.uow.meetings.put_answer(meeting.id, person, answer, NOW)
    note_attendance(town.uow, maude, meeting.id, yes, False, EVENING)
    note_attendance(town.uow, maude, meeting.id, no_but_came, True, EVENING)
    told = len(town.told())

    minutes = keep_minutes(town.uow, maude, meeting.id, MinutesTold("  Dix présents.\r\nOn isole. "), EVENING)

    assert town.uow.afterwards.minutes(meeting.id) == minutes
    assert (minutes.text, minutes.link, minutes.file_id) == ("Dix présents.\nOn isole.", "", "")
    readers = [name for name, notice in town.told()[told:] if notice == MinutesPublished(minutes.id)]
    assert readers == ["Léa", "Membre 000", "Membre 001"]
    assert town.audited()[-1] == AuditLine(
        EVENING, maude, "keep_minutes", f"meeting:{meeting.id}", {"minutes": minutes.id}
    )


def test_corrected_minutes_take_the_place_of_those_before_and_go_out_again(town: Town) -> None:
    meeting, maude = town.plans(), town.facilitator.id
    town.uow.meetings.put_answer(meeting.id, town.member.id, Answer.YES, NOW)
    keep_minutes(town.uow, maude, meeting.id, MinutesTold("Neuf présents."), EVENING)
    corrected = keep_minutes(town.uow, maude, meeting.id, MinutesTold("Dix présents."), EVENING)

    assert town.uow.afterwards.minutes(meeting.id) == corrected
    assert [name for name, notice in town.told() if isinstance(notice, MinutesPublished)] == ["Léa", "Léa"]


def test_a_text_that_is_an_address_is_a_link(town: Town) -> None:
    meeting = town.plans()
    minutes = keep_minutes(
        town.uow, town.facilitator.id, meeting.id, MinutesTold(" https://exemple.fr/cr?n=1 "), EVENING
    )
    assert (minutes.text, minutes.link) == ("", "https://exemple.fr/cr?n=1")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://exemple.fr", True),
        ("HTTP://exemple.fr/a", True),
        ("https://localhost/a", False),
        ("voir https://exemple.fr", False),
        ("https://exemple.fr et la suite", False),
        ("ftp://exemple.fr", False),
        ("javascript:alert(1)", False),
        ("https://[exemple.fr", False),
        ("exemple.fr", False),
        ("", False),
    ],
)
def test_a_link_is_the_address_of_a_page_and_nothing_else(text: str, link: bool) -> None:
    assert is_link(text) is link


def test_a_file_is_kept_with_its_name_and_a_word(town: Town) -> None:
    meeting, maude = town.plans(), town.facilitator.id
    document = keep_minutes(town.uow, maude, meeting.id, MinutesTold("", "BQAC-1", "notes\n.pdf"), EVENING)
    photo = keep_minutes(town.uow, maude, meeting.id, MinutesTold("https://exemple.fr", "AgAC_2"), EVENING)
    assert (document.text, document.file_id, document.file_name) == ("", "BQAC-1", "notes .pdf")
    assert (photo.text, photo.link, photo.file_id, photo.file_name) == ("https://exemple.fr", "", "AgAC_2", "")


@pytest.mark.parametrize(
    "told",
    [
        MinutesTold(),
        MinutesTold("\u2800"),
        MinutesTold("a" * (MINUTES_TEXT_MAX + 1)),
        MinutesTold("https://exemple.fr/" + "a" * LINK_MAX),
        MinutesTold("", "not a file id"),
    ],
)
def test_minutes_say_something_that_fits(town: Town, told: MinutesTold) -> None:
    meeting = town.plans()
    with pytest.raises(NotWellFormed):
        keep_minutes(town.uow, town.facilitator.id, meeting.id, told, EVENING)


def test_only_who_keeps_the_meeting_keeps_minutes_once_it_has_begun(town: Town) -> None:
    meeting = town.plans()
    for role in ("member", "stranger"):
        with pytest.raises(NotAllowed):
            keep_minutes(town.uow, town.who(role).id, meeting.id, MinutesTold("Dix présents."), EVENING)
    with pytest.raises(TooEarly):
        keep_minutes(town.uow, town.facilitator.id, meeting.id, MinutesTold("Dix présents."), NOW)


def test_members_may_read_the_minutes_and_nobody_else(town: Town) -> None:
    meeting = town.plans()
    with pytest.raises(NotFound):
        minutes_for(town.uow, town.member.id, meeting.id)
    minutes = keep_minutes(town.uow, town.facilitator.id, meeting.id, MinutesTold("Dix présents."), EVENING)

    assert [minutes_for(town.uow, town.who(role).id, meeting.id) for role in ("member", "facilitator", "staff")] == [
        minutes
    ] * 3
    with pytest.raises(NotAllowed):
        minutes_for(town.uow, town.stranger.id, meeting.id)
