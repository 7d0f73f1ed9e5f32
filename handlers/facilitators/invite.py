"""Invite to a coalition: a link with its picture, how many came by it, and the links there were before."""

from datetime import date, datetime

from markupsafe import Markup

from handlers.documents.invitation import invitation_picture
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.groups.here import for_facilitator
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, File, Rows, Screen, button, lines, link, paragraphs
from handlers.turn import Turn
from locales import Language
from programme.coalitions import Coalition
from programme.errors import TooLate
from programme.ids import CoalitionId, InvitationId
from programme.invitations import Invitation
from programme.usecases.invite import good_invitation, led_invitation, make_invitation, revoke_invitation
from programme.usecases.rights import led_coalition


def invite(turn: Turn) -> Reply:
    """Give a coalition's link that is good, with its picture."""
    return begin(turn, led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0))))


def begin(turn: Turn, coalition: Coalition) -> Reply:
    """Give a coalition's link that is good, made now where there is none."""
    return say(_with_picture(turn, good_invitation(turn.uow, turn.me.id, coalition.id, turn.now)))


def make_another(turn: Turn) -> Reply:
    """Make another link beside those there are, so as to count who comes by it."""
    return say(_with_picture(turn, make_invitation(turn.uow, turn.me.id, CoalitionId(turn.number(0)), turn.now)))


def show_one(turn: Turn) -> Reply:
    """Show one link: with its picture while it is good."""
    invitation = led_invitation(turn.uow, turn.me.id, InvitationId(turn.number(0)))
    if invitation.revoked_at is not None:
        return turn.show(invitation_screen(turn, invitation))
    return say(_with_picture(turn, invitation))


def show_all(turn: Turn) -> Reply:
    """Show the links of a coalition with how many came by each, the latest first."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return say(_all_screen(turn, coalition, turn.number(1) if turn.word(1) else 0))


def turn_page(turn: Turn) -> Reply:
    """Show another page of the links, in place."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return turn.show(_all_screen(turn, coalition, turn.number(1)))


def ask_first(turn: Turn) -> Reply:
    """Ask once before a link is withdrawn: what is printed leads nowhere then."""
    invitation, language = led_invitation(turn.uow, turn.me.id, InvitationId(turn.number(0))), turn.language
    if invitation.revoked_at is not None:
        raise TooLate
    text = lines(
        language.say("<b>Withdraw this link?</b>"),
        language.say("It brings nobody any more, not even from a printed picture. Who came by it stays."),
        _count_line(turn, invitation),
    )
    sure = button(language.plain("Withdraw the link"), "invite.end.sure", invitation.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, keep it"), "invite.keep", invitation.id)),)))


def keep(turn: Turn) -> Reply:
    """Leave a link as it is."""
    invitation = led_invitation(turn.uow, turn.me.id, InvitationId(turn.number(0)))
    return turn.show(invitation_screen(turn, invitation))


def withdraw(turn: Turn) -> Reply:
    """Withdraw a link."""
    revoked = revoke_invitation(turn.uow, turn.me.id, InvitationId(turn.number(0)), turn.now)
    return turn.show(invitation_screen(turn, revoked), toast=turn.language.plain("The link is withdrawn."))


def invite_in_group(turn: Turn, coalition: Coalition) -> Reply:
    """Give the link and its picture to the group, for everybody to pass on."""
    language = turn.group_language or turn.language
    invitation = good_invitation(turn.uow, turn.me.id, coalition.id, turn.now)
    address = _address(turn, invitation)
    text = _words(coalition, address, language)
    join = (link(language.plain("Join the coalition"), address),)
    return say(Screen(text, (join,), _file(turn, coalition, address, language)))


def invitation_screen(turn: Turn, invitation: Invitation) -> Screen:
    """Give a link as it stands, with how many came by it, and what can be done with it."""
    language = turn.language
    coalition = turn.uow.coalitions.get(invitation.coalition_id)
    if invitation.revoked_at is not None:
        text = paragraphs(
            language.say("<b>Invite to “{name}”</b>", name=coalition.name),
            lines(
                language.say("This link is withdrawn: it brings nobody any more."),
                _count_line(turn, invitation),
            ),
        )
    else:
        text = paragraphs(_words(coalition, _address(turn, invitation), language), _count_line(turn, invitation))
    return Screen(text, (*_deeds(turn, invitation), *way_out(language, "members", coalition.id, 0)))


def _with_picture(turn: Turn, invitation: Invitation) -> Screen:
    screen = invitation_screen(turn, invitation)
    coalition = turn.uow.coalitions.get(invitation.coalition_id)
    file = _file(turn, coalition, _address(turn, invitation), turn.language)
    return Screen(screen.text, screen.rows, file)


def _all_screen(turn: Turn, coalition: Coalition, number: int) -> Screen:
    language = turn.language
    page = page_of(turn.uow.invitations.of_coalition(coalition.id), number)
    text = lines(
        language.say("<b>Invitation links</b> · {name}", name=coalition.name),
        language.say("For each: the day it was made, and how many people came by it."),
    )
    rows: Rows = (
        *((button(_label(turn, one), "invite.one", one.id),) for one in page.things),
        *page.turner(language, "invite.page", coalition.id),
        (button(language.plain("New link"), "invite.new", coalition.id),),
        *way_out(language, "members", coalition.id, 0),
    )
    return Screen(text, rows)


def _deeds(turn: Turn, invitation: Invitation) -> tuple[tuple[Button, ...], ...]:
    plain = turn.language.plain
    others = (button(plain("All the links"), "invite.all", invitation.coalition_id, 0),)
    if invitation.revoked_at is not None:
        return ((button(plain("New link"), "invite.new", invitation.coalition_id),), others)
    return ((button(plain("Withdraw the link"), "invite.end", invitation.id),), others)


def _words(coalition: Coalition, address: str, language: Language) -> Markup:
    return lines(
        language.say("<b>Invite to “{name}”</b>", name=coalition.name),
        language.say("Share this link, or this picture with its QR code:"),
        language.say("{address}", address=address),
    )


def _label(turn: Turn, invitation: Invitation) -> str:
    """Write a link for a button: « mar. 24 nov. : 3 personnes », « … (retiré) »."""
    language = turn.language
    label = language.plain(
        "{day}: {people}",
        day=language.short_day(_day_of(turn, invitation.made_at)),
        people=language.plain_n("{n} person", "{n} people", turn.uow.invitations.count(invitation.id)),
    )
    return label if invitation.revoked_at is None else language.plain("{link} (withdrawn)", link=label)


def _count_line(turn: Turn, invitation: Invitation) -> Markup:
    came = turn.uow.invitations.count(invitation.id)
    return turn.language.say_n("{n} person came by this link.", "{n} people came by this link.", came)


def _file(turn: Turn, coalition: Coalition, address: str, language: Language) -> File:
    name = language.plain("invitation-{number}.png", number=coalition.id)
    return File(name, invitation_picture(turn, coalition, address, language), "image/png")


def _day_of(turn: Turn, moment: datetime) -> date:
    return moment.astimezone(turn.territory.zone).date()


def _address(turn: Turn, invitation: Invitation) -> str:
    return f"https://t.me/{turn.bot_username}?start=inv_{invitation.code}"


FEATURE = Feature(
    commands={"inviter": led_coalition_first("invite.of", begin)},
    buttons={
        "invite.of": led_coalition_first("invite.of", begin),
        "invite": invite,
        "invite.new": make_another,
        "invite.one": show_one,
        "invite.all": show_all,
        "invite.page": turn_page,
        "invite.end": ask_first,
        "invite.end.sure": withdraw,
        "invite.keep": keep,
    },
    group_commands={"inviter": for_facilitator(invite_in_group)},
)
