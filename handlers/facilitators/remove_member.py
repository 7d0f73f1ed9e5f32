"""Remove a member: asked once, with a word to them or without."""

from dataclasses import dataclass

from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.members.member_list import begin, members_screen
from handlers.reply import Reply, Say
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.ids import MembershipId
from programme.memberships import Membership
from programme.usecases.remove_member import REMOVAL_WORD_MAX, removable, remove_member


@dataclass(frozen=True, slots=True)
class Removal:
    """The word that goes with a removal, and the number of the membership that ends."""

    word: str = ""
    membership: str = ""


def ask_first(turn: Turn) -> Reply:
    """Say what a removal means, and ask whether a word goes with it."""
    membership, language = _removable(turn), turn.language
    coalition = turn.uow.coalitions.get(membership.coalition_id)
    text = lines(
        language.say(
            "<b>Remove {name} from “{coalition}”?</b>",
            name=turn.uow.people.get(membership.person_id).name,
            coalition=coalition.name,
        ),
        language.say("The person is told, and may ask to join again."),
    )
    rows = (
        (button(language.plain("Remove with a word"), "member.out.word", membership.id),),
        (button(language.plain("Remove without a word"), "member.out.sure", membership.id),),
        (button(language.plain("No, go back"), "member", membership.id),),
    )
    return turn.show(Screen(text, rows))


def ask_word(turn: Turn) -> Reply:
    """Ask for the word."""
    return open_form(turn, REMOVE_MEMBER, context={"membership": str(_removable(turn).id)})


def remove_at_once(turn: Turn) -> Reply:
    """Remove without a word."""
    screen = _remove(turn, MembershipId(turn.number(0)), "")
    return turn.show(screen, toast=turn.language.plain("Done: the person is told."))


def _removable(turn: Turn) -> Membership:
    return removable(turn.uow, turn.me.id, MembershipId(turn.number(0)))


def _remove(turn: Turn, membership_id: MembershipId, word: str) -> Screen:
    removed = remove_member(turn.uow, turn.me.id, membership_id, turn.now, word=word)
    return members_screen(turn, turn.uow.coalitions.get(removed.coalition_id), 0)


def _remove_with_word(turn: Turn, removal: Removal) -> Reply:
    if not removal.membership.isdecimal():
        raise NotFound
    screen = _remove(turn, MembershipId(int(removal.membership)), removal.word)
    return Reply((Say(Screen(turn.language.say("Done: the person is told."))), Say(screen)))


REMOVE_MEMBER = Form(
    name="remove_member",
    version=1,
    into=Removal,
    questions=(
        Question(
            "word",
            _("What shall I tell this person?"),
            Text(longest=REMOVAL_WORD_MAX, multiline=True),
            hint=_("For example: you have changed organisations; thank you for these two years."),
            label=_("Word"),
        ),
    ),
    review=_("The removal"),
    submit=_remove_with_word,
)

FEATURE = Feature(
    buttons={"member.out": ask_first, "member.out.word": ask_word, "member.out.sure": remove_at_once},
    forms=(REMOVE_MEMBER,),
    again={REMOVE_MEMBER.name: begin},
)
