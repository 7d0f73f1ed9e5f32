"""What is said about a support request, by both sides: read, answered, and reopened where it was closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from handlers.cards.support import kind_name, speaker, with_file
from handlers.chat import Chat
from handlers.feature import Feature
from handlers.forms import Form, Question, TextOrFile, open_form
from handlers.members.support_request import followed
from handlers.navigation import way_out
from handlers.reply import Message, Reply, Say, say
from handlers.said import Said, Unread, Upload, Words
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.ids import SupportMessageId, SupportRequestId
from programme.support import SUPPORT_TEXT_MAX, SentFile, SupportMessage, SupportRequest, SupportState, anchor_of
from programme.texts import clean_line, clean_text
from programme.usecases.answer_support import answer_support
from programme.usecases.follow_up_support import follow_up_support
from programme.usecases.reopen_support import reopen_support
from programme.usecases.support_sides import group_of, require_side, speaks_for_team

NAMELESS: Final = "document"
"""The name of a document that has none: a file without a name is a photo."""
NAME_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes or sends about a request, and the request's number."""

    content: Mapping[str, str]
    request: str = ""


def ask_words(turn: Turn) -> Reply:
    """Ask what to write."""
    return open_form(turn, WRITE_SUPPORT, context={"request": str(followed(turn).id)})


def take_answer(turn: Turn) -> Reply:
    """Take what answers one of the bot's messages about a request: a text, a photo or a document."""
    request_id = request_named(answered_anchor(turn.said))
    require_side(turn.uow, turn.me.id, turn.uow.support.get(request_id))
    told = told_in(turn.said)
    return say(not_passed_on(turn)) if told is None else keep_words(turn, request_id, *told, in_group=False)


def told_in(said: Said) -> tuple[str, SentFile | None] | None:
    """Give the text and the file of what was said; None for what can't be passed on, such as a voice."""
    match said:
        case Words(text):
            return text, None
        case Upload(caption=caption):
            return caption, _file(said.kind, said.file_id, said.name)
    return None


def answered_anchor(said: Said) -> str:
    """Give the anchor of the message that was answered; raises NotFound for what answers none."""
    if not isinstance(said, Words | Upload | Unread):
        raise NotFound
    return said.answers


def not_passed_on(turn: Turn) -> Screen:
    """Say that what was sent can't be passed on, and what can."""
    text = turn.language.say("This was not passed on: please write it, or send it as a photo or a document.")
    return Screen(text)


def _file(kind: str, file_id: str, name: str) -> SentFile:
    return SentFile(file_id, (clean_line(name)[-NAME_MAX:] or NAMELESS) if kind == "document" else "")


def request_named(anchor: str) -> SupportRequestId:
    """Read the request of an anchor, « support:5:12 » or « card:support:5 »; raises NotFound."""
    digits = anchor.removeprefix("card:").split(":")[1:2]
    if not digits or not digits[0].isdecimal():
        raise NotFound
    return SupportRequestId(int(digits[0]))


def keep_words(turn: Turn, request_id: SupportRequestId, text: str, file: SentFile | None, *, in_group: bool) -> Reply:
    """Keep a text, a file or both for the side that who speaks is on, and say what became of it."""
    language, request = turn.language, turn.uow.support.get(request_id)
    for_team = speaks_for_team(turn.uow, turn.me.id, request, in_group=in_group)
    length = len(clean_text(text))
    if not length and file is None:
        return say(Screen(language.say("There is nothing to read in this message: please write a few words.")))
    if length > SUPPORT_TEXT_MAX:
        return say(
            Screen(
                language.say(
                    "This message was not passed on: it has {length} characters, and {longest} at most fit. "
                    "Please send it in several parts.",
                    length=language.number(length),
                    longest=language.number(SUPPORT_TEXT_MAX),
                )
            )
        )
    if for_team:
        message = answer_support(turn.uow, turn.me.id, request_id, text, turn.now, file=file)
    else:
        message = follow_up_support(turn.uow, turn.me.id, request_id, text, turn.now, in_group=in_group, file=file)
    if request.state is SupportState.CLOSED:
        return say(_reopen_question(turn, message))
    done, to_group = _passed_on(turn, request, [message], in_group=in_group)
    return say(Screen(done)).after(*to_group)


def reopen(turn: Turn) -> Reply:
    """Reopen a request with what was said while it was closed."""
    return reopen_in(turn, in_group=False)


def reopen_in(turn: Turn, *, in_group: bool) -> Reply:
    """Reopen a request from a button in private or in its group."""
    request_id, since = SupportRequestId(turn.number(0)), SupportMessageId(turn.number(1))
    messages = reopen_support(turn.uow, turn.me.id, request_id, since, turn.now, in_group=in_group)
    done, to_group = _passed_on(turn, turn.uow.support.get(request_id), messages, in_group=in_group)
    return turn.show(Screen(done)).after(*to_group)


def leave_closed(turn: Turn) -> Reply:
    """Leave a request closed; what was written stays with it."""
    return leave_closed_in(turn, in_group=False)


def leave_closed_in(turn: Turn, *, in_group: bool) -> Reply:
    """Leave a request closed from a button in private or in its group."""
    request = turn.uow.support.get(SupportRequestId(turn.number(0)))
    speaks_for_team(turn.uow, turn.me.id, request, in_group=in_group)
    text = turn.language.say("The request stays closed. Your message is kept with it, and was not passed on.")
    return turn.show(Screen(text))


def _passed_on(
    turn: Turn, request: SupportRequest, messages: Sequence[SupportMessage], *, in_group: bool
) -> tuple[Markup, tuple[Message, ...]]:
    """Give what tells who speaks that their words are on their way, and what the group reads of them."""
    language, group = turn.language, None if in_group else group_of(turn.uow, request)
    to_group: tuple[Message, ...] = ()
    if group is not None:
        chat = Chat(group.chat_id, private=False, thread_id=group.thread_id)
        to_group = tuple(
            Say(_for_group(turn, request, one), anchor=anchor_of(request.id, one.id), chat=chat)
            for one in messages
            if one.from_staff
        )
    if to_group:
        return language.say("Passed on to the group of the coalition."), to_group
    if messages and messages[-1].from_staff:
        if in_group:
            return language.say("Noted as the answer of the project team."), ()
        return language.say("Passed on to the coalition."), ()
    return language.say("Passed on to the project team."), ()


def _for_group(turn: Turn, request: SupportRequest, message: SupportMessage) -> Screen:
    there = replace(turn, language=turn.group_language or turn.language)
    language = there.language
    text = paragraphs(
        lines(
            language.say("<b>{name}</b>", name=speaker(there, message)),
            language.say("About your request: {kind}", kind=kind_name(there, request.kind)),
        ),
        language.say("{text}", text=message.text) if message.text else None,
        language.say("Answer this message to write back."),
    )
    return with_file(Screen(text), message.file)


def _reopen_question(turn: Turn, message: SupportMessage) -> Screen:
    plain = turn.language.plain
    text = turn.language.say("This request is closed. Reopen it with your message?")
    yes = button(plain("Yes, reopen it"), "support.reopen", message.request_id, message.id)
    return Screen(text, ((yes, button(plain("No, leave it closed"), "support.leave", message.request_id)),))


def _write(turn: Turn, written: Written) -> Reply:
    if not written.request.isdecimal():
        raise NotFound
    content = written.content
    file = _file(content["kind"], content["file_id"], content["name"]) if content["file_id"] else None
    return keep_words(turn, SupportRequestId(int(written.request)), content["text"], file, in_group=False)


def _again(turn: Turn) -> Reply:
    """Lead back to the menu: which request it was about is forgotten with the conversation."""
    text = turn.language.say("Open the request again: your message was not sent.")
    to = button(turn.language.plain("Support requests"), "support.queue", 0)
    mine = button(turn.language.plain("Support requests"), "support")
    return turn.show(Screen(text, ((to if turn.staff else mine,), *way_out(turn.language))))


WRITE_SUPPORT = Form(
    name="write_support",
    version=2,
    into=Written,
    questions=(
        Question(
            "content",
            _("What would you like to write?"),
            TextOrFile(longest=SUPPORT_TEXT_MAX),
            hint=_("A text, a photo or a document: it reaches the other side of the request at once."),
            label=_("Message"),
        ),
    ),
    submit=_write,
)

FEATURE = Feature(
    buttons={
        "support.answer": ask_words,
        "support.reopen": reopen,
        "support.leave": leave_closed,
    },
    forms=(WRITE_SUPPORT,),
    again={WRITE_SUPPORT.name: _again},
    answers={"support": take_answer},
)
