from handlers.chat import Chat
from handlers.reply import Change, Reply, Say
from handlers.screen import Screen
from locales import language_for

MENU = Screen(language_for("fr").say("Menu"))
LEA, GROUP = Chat(7, private=True), Chat(-1001, private=False, thread_id=3)


def test_only_messages_without_a_chat_of_their_own_go_where_the_reply_is_sent() -> None:
    reply = Reply((Say(MENU), Say(MENU, chat=GROUP), Change(MENU, anchor="card")), toast="Oui", alert=True)

    assert reply.within(LEA) == Reply(
        (Say(MENU, chat=LEA), Say(MENU, chat=GROUP), Change(MENU, anchor="card", chat=LEA)), toast="Oui", alert=True
    )
    assert reply.within(LEA).within(GROUP) == reply.within(LEA)
