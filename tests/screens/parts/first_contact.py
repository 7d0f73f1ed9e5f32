"""First contact, the menu and the help by role, and what is not understood."""

from tests.screens.tour import Tour
from tests.world import STAFF_ID


async def walk(tour: Tour) -> None:
    """Somebody comes for the first time, hesitates, and introduces themself."""
    lea = tour.comes("Léa", last_name="Martin")
    await lea.says("/start", "Welcome")
    await lea.taps("What is kept, and why", "What is kept, to who is not known yet")
    await lea.taps("‹ Back")
    await lea.says("/mesdonnees", "Own data of who is not known")
    await lea.says("/start")
    await lea.taps("No, thank you", "Declined")
    await lea.taps("Start again")
    await lea.taps("I agree", "Agreed, and asked for the name", whole=True)
    await lea.says("Léa Martin", "Asked for the organisation")
    await lea.says("?", "Nothing that could be searched")
    await lea.says("bre", "Organisations found")
    await lea.says("Vélo Iroise", "An organisation that is not in the list yet")
    await lea.taps("Show all")
    await lea.says("Vélo Iroise")
    await lea.taps("New: {name}", "Asked for its kind", name="Vélo Iroise")
    await lea.says(tour.either("fleuriste", "florist"), "An answer that is not in the list")
    await lea.taps("Association", "Introduced")


async def walk_around(tour: Tour) -> None:
    """The menu and the help of each role, and things that the bot can't use."""
    sam, anne = await tour.has("Sam"), await tour.has("Anne", id=STAFF_ID)
    await sam.says("/start", "Greeting of who is known")
    await sam.forges("menu", "Menu of a member", label="Menu")
    await sam.forges("help", "Help of a member", label="Help")
    await anne.says("/menu", "Menu of the project team")
    await anne.says("/aide", "Help of the project team")
    await sam.says("/confidentialite", "What is kept, to who is known")
    await sam.says("/annuler", "Nothing to cancel")
    await sam.says("/bonjour", "Unknown command")
    await sam.says(tour.either("Bonjour à vous", "Good morning"), "Words that are not understood")
    await sam.says(tour.either("quand est la réunion ?", "when do we meet?"), "Words with a likely meaning")
    await sam.says(
        tour.either("proposer, rappels, aide", "propose, reminders, help"), "Words with several likely meanings"
    )
    await sam.does(lambda person: person.sends_voice(), "A voice message", "🎤")
    await sam.does(lambda person: person.sends_sticker(), "A sticker", "👍")
    await sam.does(lambda person: person.sends_location(48.39, -4.49), "A place on the map", "📍")
    await sam.does(lambda person: person.forwards(person.chat_with().last), "A forwarded message", "↪")
    await sam.does(lambda person: person.edits(person.chat_with().messages[0], "/aide"), "A changed message", "✎ /aide")
    await sam.says("/start forum_ailleurs", "A link to a forum that is gone")
    await sam.says("/start join_ailleurs", "A link to a coalition that is gone")
    await sam.forges("nowhere", "A button that is not there any more")
