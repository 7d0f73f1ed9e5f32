"""What is said about a support request, by both sides: read, answered, and reopened where it was closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from handlers.cards.support import HERE, exchange, head_lines, kind_name, speaker, team_buttons
from handlers.chat import Chat
from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.navigation import way_out
from handlers.reply import Message, Reply, Say, say
from handlers.said import Words
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.ids import SupportMessageId, SupportRequestId
from programme.support import SUPPORT_TEXT_MAX, SupportMessage, SupportRequest, SupportState, anchor_of
from programme.texts import clean_text
from programme.usecases.answer_support import answer_support
from programme.usecases.follow_up_support import follow_up_support
from programme.usecases.reopen_support import reopen_support
from programme.usecases.rights import facilitates
from programme.usecases.support_sides import group_of, require_side, speaks_for_team


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes about a request, and the request's number."""

    text: str
    request: str = ""


def show_one(turn: Turn) -> Reply:
    """Show a request with what was said about it, the latest page first."""
    request = _followed(turn)
    return turn.show(request_screen(turn, request, turn.number(1) if turn.word(1) else None))


def say_anew(turn: Turn) -> Reply:
    """Say a request as a new message: what told of it stays as it is."""
    return say(request_screen(turn, _followed(turn)))


def request_screen(turn: Turn, request: SupportRequest, page: int | None = None) -> Screen:
    """Give a request as one side sees it: with the buttons of the project team, or of the coalition."""
    language = turn.language
    said, turner = exchange(turn, request, page)
    text = paragraphs(head_lines(turn, request), said)
    if speaks_for_team(turn.uow, turn.me.id, request, in_group=False):
        rows = team_buttons(turn, request, turn.me.id, HERE)
        return Screen(text, (*turner, *rows, *way_out(language, "support.queue", 0)))
    write = (button(language.plain("Write to the project team"), "support.answer", request.id),)
    leads = facilitates(turn.uow, turn.me.id, request.coalition_id)
    back = way_out(language, "support.mine", request.coalition_id) if leads else way_out(language)
    return Screen(text, (*turner, write, *back))


def ask_words(turn: Turn) -> Reply:
    """Ask what to write."""
    return open_form(turn, WRITE_SUPPORT, context={"request": str(_followed(turn).id)})


def take_words(turn: Turn) -> Reply:
    """Take a text that answers one of the bot's messages about a request."""
    said = turn.said
    if not isinstance(said, Words):
        raise NotFound
    return keep_words(turn, request_named(said.answers), said.text, in_group=False)


def request_named(anchor: str) -> SupportRequestId:
    """Read the request of an anchor, « support:5:12 » or « card:support:5 »; raises NotFound."""
    digits = anchor.removeprefix("card:").split(":")[1:2]
    if not digits or not digits[0].isdecimal():
        raise NotFound
    return SupportRequestId(int(digits[0]))


def keep_words(turn: Turn, request_id: SupportRequestId, text: str, *, in_group: bool) -> Reply:
    """Keep a text for the side that who speaks is on, and say what became of it."""
    language, request = turn.language, turn.uow.support.get(request_id)
    for_team = speaks_for_team(turn.uow, turn.me.id, request, in_group=in_group)
    length = len(clean_text(text))
    if not length:
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
        message = answer_support(turn.uow, turn.me.id, request_id, text, turn.now)
    else:
        message = follow_up_support(turn.uow, turn.me.id, request_id, text, turn.now, in_group=in_group)
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


def _followed(turn: Turn) -> SupportRequest:
    request = turn.uow.support.get(SupportRequestId(turn.number(0)))
    require_side(turn.uow, turn.me.id, request)
    return request


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
        language.say("{text}", text=message.text),
        language.say("Answer this message to write back."),
    )
    return Screen(text)


def _reopen_question(turn: Turn, message: SupportMessage) -> Screen:
    plain = turn.language.plain
    text = turn.language.say("This request is closed. Reopen it with your message?")
    yes = button(plain("Yes, reopen it"), "support.reopen", message.request_id, message.id)
    return Screen(text, ((yes, button(plain("No, leave it closed"), "support.leave", message.request_id)),))


def _write(turn: Turn, written: Written) -> Reply:
    if not written.request.isdecimal():
        raise NotFound
    return keep_words(turn, SupportRequestId(int(written.request)), written.text, in_group=False)


def _again(turn: Turn) -> Reply:
    """Lead back to the menu: which request it was about is forgotten with the conversation."""
    text = turn.language.say("Open the request again: your message was not sent.")
    to = button(turn.language.plain("Support requests"), "support.queue", 0)
    mine = button(turn.language.plain("Support requests"), "support")
    return turn.show(Screen(text, ((to if turn.staff else mine,), *way_out(turn.language))))


WRITE_SUPPORT = Form(
    name="write_support",
    version=1,
    into=Written,
    questions=(
        Question(
            "text",
            _("What would you like to write?"),
            Text(longest=SUPPORT_TEXT_MAX, multiline=True),
            hint=_("It reaches the other side of the request at once."),
            label=_("Message"),
        ),
    ),
    submit=_write,
)

FEATURE = Feature(
    buttons={
        "support.one": show_one,
        "support.open": say_anew,
        "support.answer": ask_words,
        "support.reopen": reopen,
        "support.leave": leave_closed,
    },
    forms=(WRITE_SUPPORT,),
    again={WRITE_SUPPORT.name: _again},
    answers={"support": take_words},
)
