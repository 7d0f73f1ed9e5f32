"""Groups: a coalition talks there, and the bot says as little as it can."""

from datetime import timedelta

from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """A group and a topic are bound, and an action is logged from there."""
    anne, nour, yann, zoe = [tour.visitor(name) for name in ("Anne", "Nour", "Yann", "Zoé")]
    ida = tour.comes("Ida")
    others = [one.person for one in (anne, yann, zoe, ida)]
    group = nour.person.creates_group("Coalition", others, bot=tour.world.bot, supergroup=True)
    await tour.world.settle()
    await nour.reads("The bot greets a group", there=group)
    led, mobility = await tour.world.coalition(LED), await tour.world.coalition("Mobilités alternatives")

    await nour.says("/lier", "In private: where a group is bound")
    await ida.says("/aide", "Help in a group", there=group)
    await anne.forges(f"bind.keep:{led.id}", "Nothing to leave as it is", there=group, label="No, leave it")
    await ida.says("/action", "No coalition talks here yet, for a minute", there=group)
    await zoe.says("/lier", there=group)
    await zoe.reads("Refused in private: only who facilitates binds a group")
    await ida.says("/lier", "Refused in passing: only who facilitates binds a group", there=group)
    await nour.says("/action", "Said as the group", there=group, anonymously=True)
    await nour.says("/lier", "The group is bound", there=group)
    await nour.says("/lier", "The group is bound already", there=group)
    await nour.says("/aide", "Help in a group that is bound", there=group)
    await anne.says("/lier", "Which coalition, for who may bind to several", there=group)
    await anne.taps("Mobilités alternatives", "Whether to change the coalition of a group", there=group)
    await anne.taps("No, leave it", "Left as it was", there=group)
    await anne.says("/lier", there=group)
    await anne.taps("Mobilités alternatives", there=group)
    await anne.taps("Yes, change it", "Changed", there=group)
    await anne.forges(f"bind.sure:{led.id}:{mobility.id}", there=group)
    await anne.forges("bind.list:0", there=group)
    await ida.says("/action", "To log an action, for who is not known", there=group)
    await yann.says("/action Trier les déchets des concerts", there=group)
    await yann.reads("An action begun in a group goes on in private")
    await yann.taps("Under way")
    await yann.says(tour.either("décembre", "December"))
    for _ in range(3):
        await yann.taps("Skip")
    tour.news(group)
    await yann.taps("Confirm")
    await yann.reads("The group reads one line", there=group)

    forum = nour.person.creates_group("Coalitions", [anne.person], bot=tour.world.bot, forum=True)
    topic = nour.person.creates_topic(forum, "Évènements")
    await tour.world.settle()
    await nour.says("/lier", "A topic is bound", there=forum, thread=topic.id)
    await nour.says("/lier", "A topic is bound already", there=forum, thread=topic.id)
    await anne.says("/lier", there=forum, thread=topic.id)
    await anne.taps("Mobilités alternatives", "Whether to change the coalition of a topic", there=forum)


async def walk_losses(tour: Tour) -> None:
    """A group the bot is taken out of, one in which it may not write, a topic that is deleted."""
    anne, yann = tour.visitor("Anne"), tour.visitor("Yann")
    coalition = await tour.world.coalition(LED)
    nour = tour.visitor("Nour")
    await tour.world.belongs(nour.person, coalition, facilitator=True)
    group = nour.person.creates_group("Fêtes durables", [yann.person, anne.person], bot=tour.world.bot, supergroup=True)
    await tour.world.settle()
    nour.person.restricts(tour.world.bot, group, "can_send_messages")
    await tour.world.settle()
    nour.looks_away()
    await nour.says("/lier", there=group)
    await nour.reads("Refused in private: the bot may not write there")
    nour.person.demotes(tour.world.bot, group)
    await tour.world.settle()
    await nour.says("/lier", there=group)
    await nour.does(
        lambda one: one.restricts(tour.world.bot, group, "can_send_messages"), "Notice: no right to write", "🔇"
    )
    await nour.taps("Why this message?", "Why: no right to write")
    nour.person.demotes(tour.world.bot, group)
    await tour.world.moves_by(timedelta(minutes=1))
    await nour.does(lambda one: one.removes(tour.world.bot, group), "Notice: taken out of the group", "🚪")
    nour.person.adds(tour.world.bot, group)
    await tour.world.settle()
    await nour.reads("The bot comes back to the group", there=group)
    nour.person.blocks()
    await tour.world.settle()
    await nour.says("/rencontre", "The private chat is closed", there=group)
    nour.person.unblocks()
    await tour.world.settle()
    await nour.says("/start")
    await _topic(tour)


async def _topic(tour: Tour) -> None:
    """Delete the topic in which a coalition talks."""
    nour, yann = tour.visitor("Nour"), tour.visitor("Yann")
    forum = nour.person.creates_group("Coalitions", [yann.person], bot=tour.world.bot, forum=True)
    topic = nour.person.creates_topic(forum, "Fêtes")
    await tour.world.settle()
    await nour.says("/lier", there=forum, thread=topic.id)
    await nour.says("/jalon Bilan", there=forum, thread=topic.id)
    nour.person.deletes_topic(forum, topic)
    await nour.taps("Tomorrow")
    await nour.taps("Nour, La Carène")
    nour.looks_away()
    await nour.taps("Confirm", "Notice: the topic is deleted")
    await nour.taps("Why this message?", "Why: where a coalition talks")
