"""Help from the project team: asked, talked about, closed; what it lends; and what can be shared anywhere."""

from datetime import timedelta

from programme.support import SUPPORT_TEXT_MAX
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour
from tests.world import COLLEAGUE_ID, plain_spaces

ROOM = "Réservation d’une salle", "A meeting room"
A_MINUTE = timedelta(minutes=1)


async def walk(tour: Tour) -> None:
    """A request in private, with all that can become of it."""
    anne, nour = tour.visitor("Anne"), tour.visitor("Nour")
    paul, led = await tour.has("Paul", id=COLLEAGUE_ID), await tour.world.coalition(LED)
    await nour.forges(f"support.mine:{led.id}:0", "Nothing was asked yet", label="Support requests")
    await nour.says("/appui", "A support request: which help")
    await nour.taps(tour.either(*ROOM), "A support request: what is wanted")
    await nour.says("Une salle pour 20 personnes, en soirée", "A support request: for when")
    await nour.says(tour.either("8 décembre", "December 8"), "A support request: the review")
    await nour.taps("Confirm", "Asked in private")
    await anne.reads("Notice: a support request")
    await anne.taps("Why this message?", "Why: a support request")
    await anne.taps("Take it on", "Taken on")
    await nour.reads("Notice: the request is taken on")
    await nour.taps("Why this message?", "Why: news of one’s request")
    await paul.taps("Take it on", "A colleague comes too late")
    await paul.forges("support.take:1:2:notice", "A colleague takes over", label="Take it over")
    await anne.taps("Answer", "What to write")
    await anne.says("Le 8 décembre à 18 h ?", "An answer in private")
    await nour.reads("Notice: an answer of the project team")
    told = nour.person.last_message
    await nour.taps("Why this message?", "Why: what the other side says")
    await nour.forges(f"support:{led.id}", "What a coalition has asked", label="Support requests")
    await nour.says("Parfait, merci !", "Answered by a reply", reply_to=told)
    await paul.reads("Notice: an answer of the coalition")
    await nour.says("a" * (SUPPORT_TEXT_MAX + 1), "A message that is too long", reply_to=told)
    await nour.says("/appui")
    await nour.taps(tour.either(*ROOM), "One’s own request")
    await nour.taps("Write to the project team")
    await nour.says("Et un vidéoprojecteur ?")
    await nour.forges("support.new:1000000", "Refused: no such coalition")
    await anne.says("/equipe", "Desk with support requests")
    await anne.taps("Support requests", "Support requests by age")
    await anne.taps(tour.either(*ROOM), "A request at the desk")
    await anne.taps("Close", "Closed")
    await nour.reads("Notice: the request is closed")
    await tour.world.moves_by(A_MINUTE)
    await nour.taps("See the exchange", "The whole exchange")
    await nour.taps("Write to the project team")
    await nour.says("Finalement, la salle est trop petite.", "Words about a closed request")
    await nour.taps("No, leave it closed", "Left closed")
    await nour.says("Pouvez-vous nous aider ?", reply_to=told)
    await nour.taps("Yes, reopen it", "Reopened")
    await nour.forges("again:write_support", "A message that was not sent")


async def walk_group(tour: Tour) -> None:
    """A request in a group, whose members answer the bot’s messages."""
    anne, nour, yann, ida = [tour.visitor(name) for name in ("Anne", "Nour", "Yann", "Ida")]
    others = [one.person for one in (anne, yann, ida)]
    group = nour.person.creates_group("Fêtes durables", others, bot=tour.world.bot, supergroup=True)
    await tour.world.settle()
    await nour.says("/lier", there=group)
    await nour.says("/appui", there=group)
    await nour.taps(tour.either(*ROOM))
    await nour.says("Une salle pour le bilan")
    await nour.taps("Skip")
    tour.news(group)
    await nour.taps("Confirm", "Asked in a group")
    await nour.reads("The card of a request", there=group)
    card = group.last
    await anne.taps("Answer")
    await anne.says("La salle bleue est libre.", "An answer to the group")
    await nour.reads("The group reads the answer", there=group)
    await yann.says("Elle convient.", "A member answers", there=group, reply_to=group.last)
    await anne.says("Je la réserve.", "Somebody of the team answers there", there=group, reply_to=card)
    await ida.says("Et moi ?", "Refused: only members are heard", there=group, reply_to=card)
    await tour.world.moves_by(A_MINUTE)
    tour.news(group)
    await anne.forges("support.close:2:4:here")
    await tour.world.moves_by(A_MINUTE)
    await nour.reads("The card of a closed request", there=group)
    for deed in ("No, leave it closed", "Yes, reopen it"):
        await yann.says("Encore une question.", there=group, reply_to=card)
        await yann.taps(deed, there=group)


async def walk_resources(tour: Tour) -> None:
    """What is lent is found by step and theme, in private and in the group."""
    nour, yann = tour.visitor("Nour"), tour.visitor("Yann")
    group = next(chat for chat in tour.world.telegram.chats.values() if chat.title == "Fêtes durables")
    guide = tour.language.plain("{title} (file)", title="Préparer une rencontre")
    await nour.says("/ressources", "Resources")
    await nour.taps("By step", "Resources by step")
    await nour.taps("Get to know each other", "Resources of a step")
    await nour.taps(guide, "A file")
    await nour.says("/ressources")
    await nour.taps("By theme", "Resources by theme")
    await nour.taps(tour.either("Mobilités", "Mobility"), "Resources of a theme")
    await nour.taps("‹ Back")
    await nour.taps("‹ Back")
    await yann.says("/ressources", "Resources in a group", there=group)
    await yann.taps("By step", there=group)
    await yann.taps("Get to know each other", "Resources of a step, in a group", there=group)
    await yann.taps(guide, "A file for the group", there=group)


async def walk_sharing(tour: Tour) -> None:
    """What people find behind the bot’s name in any chat."""
    nour = tour.visitor("Nour")
    question = nour.person.inline_query("")
    await tour.world.settle()
    results = question.results or []
    kinds = dict.fromkeys(result["id"].partition("-")[0] for result in results)
    for kind in kinds:
        offered = next(result for result in results if result["id"].startswith(kind))
        message = offered["message"]
        ((button,),) = message["reply_markup"]["inline_keyboard"]
        tour.shows(
            f"To share: a {kind}",
            f"{plain_spaces(offered['title'])}\n{plain_spaces(offered['description'])}",
            f"{plain_spaces(message['text'])}\n\n[ {plain_spaces(button['text'])} ↗ ]",
        )
