"""Conversations: what can't be an answer, what is left in the middle, what is old."""

from datetime import timedelta

from sqlalchemy import update

from storage.tables.programme import drafts
from tests.screens.tour import Tour

DAY = timedelta(days=1)


async def walk(tour: Tour) -> None:
    """Everything that is no answer, buttons of another time, and another conversation begun in the middle."""
    tom, zoe = await tour.has("Tom"), tour.visitor("Zoé")
    await tom.says("/proposer")
    first = tom.data_of("Cancel")
    await tom.does(lambda person: person.sends_voice(), "No answer: a voice message", "🎤")
    await tom.does(lambda person: person.sends_sticker(), "No answer: a sticker", "👍")
    await tom.does(lambda person: person.sends_photo(b"\x89PNG"), "No answer: a photo", "🖼")
    await tom.does(lambda person: person.sends_document(b"%PDF"), "No answer: a file", "📎")
    await tom.does(lambda person: person.sends_contact(), "No answer: a contact", "👤")
    await tom.does(lambda person: person.sends_location(48.39, -4.49), "No answer: a place on the map", "📍")
    await tom.does(
        lambda person: person._sends({"text": "\N{ZERO WIDTH SPACE}"}, None), "No answer: nothing to read", "…"
    )
    await tom.says("a" * 1001, "No answer: a text that is too long")
    await tom.does(
        lambda person: person.edits(person.chat_with().messages[0], "/action"), "No answer: a changed message", "✎"
    )
    await zoe.forges(first, "Somebody else’s button", label="Cancel")
    answered = tom.data_of("Cancel")
    await tom.says("Un besoin.")
    await tom.forges(answered, "A button of a question that was answered", label="Cancel")
    await tom.says("/reglages")
    await tom.taps("Pause")
    await tom.taps("Until a day", "Another conversation is begun in the middle")
    await tom.says("14/12", "A choice comes first")
    await tom.taps("Go on with it", "Gone on with")
    await tom.says("/reglages")
    await tom.taps("Pause")
    await tom.taps("Until a day")
    await tom.taps("Leave it and begin this", "Left for the other one", whole=True)
    stale = tom.data_of("Cancel")
    await tom.taps(tour.language.plain("Mo Tu We Th Fr Sa Su").split()[0], "A tap beside the days")
    await tom.forges(stale.rsplit(":", 1)[0] + ":a:h:1", "A button that is no longer in use")
    await tom.taps("Cancel", "Cancelled")
    await tom.forges(stale, "A button of a conversation that is over", label="Cancel")


async def walk_left(tour: Tour) -> None:
    """Conversations left for a day, for a week, and over a change of their questions."""
    ugo = await tour.has("Ugo")
    await ugo.says("/proposer")
    await ugo.says("Un besoin.")
    await tour.world.moves_by(DAY + timedelta(hours=1))
    await ugo.reads("Notice: a conversation was left in the middle")
    await ugo.taps("Why this message?", "Why: a conversation left in the middle")
    await ugo.taps("Go on", "Gone on with after a day")
    await tour.world.moves_by(8 * DAY)
    ugo.looks_away()
    await ugo.says("Covoiturage", "Left for more than a week")
    await ugo.forges("again:propose_coalition", label="Start again")
    await ugo.says("Un besoin.")
    await tour.world.jalon.database.write(lambda connection: connection.execute(update(drafts).values(version=99)))
    await ugo.says("Covoiturage", "The questions have changed meanwhile")
    await ugo.says("/proposer")
    await ugo.says("Un besoin.")
    await tour.world.moves_by(DAY + timedelta(hours=14))
    ugo.looks_away()
    await ugo.taps("Stop here", "Stopped")
