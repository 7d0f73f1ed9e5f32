"""The notice to who stopped in the middle of a conversation."""

from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button
from programme.notices import ConversationLeftOpen


def conversation_left_open(notice: ConversationLeftOpen, reader: Reader) -> Screen:
    """Ask once whether to go on with a conversation that stopped a day ago."""
    language = reader.language
    kept = reader.uow.drafts.by_id(notice.draft_id)
    if kept is None or kept.telegram_id != reader.person.telegram_id:
        raise Untrue("over")
    rows = (
        (
            button(language.plain("Go on"), "resume", kept.id),
            button(language.plain("Stop here"), "stop", kept.id),
        ),
        why_button(notice, language),
    )
    return Screen(language.say("You stopped in the middle. Your answers are kept: shall we go on?"), rows)
