"""Publish the commitment card: read it whole, publish what was read, and have the members vote on it."""

from handlers.cards.commitment import card_lines, in_words
from handlers.documents.commitment_card import card_picture
from handlers.facilitators.prepare_card import card_so_far, preparing_screen
from handlers.feature import Feature
from handlers.members.commitment_card import tapped_version, version_screen
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, File, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.commitment_cards import CommitmentCard
from programme.errors import Outdated
from programme.ids import CoalitionId
from programme.usecases.commitment_card import card_mark, changed_since, latest_card, missing
from programme.usecases.publish_card import publish_card
from programme.usecases.rights import led_coalition
from programme.usecases.vote import open_vote
from programme.votes import VoteSubject


def show_preview(turn: Turn) -> Reply:
    """Show the card as it would be published."""
    return turn.show(_preview(turn, _led(turn)))


def send_draft(turn: Turn) -> Reply:
    """Send the card as it would be published, as a picture that says that it is a draft."""
    card = card_so_far(turn, _led(turn))
    caption = turn.language.say("A draft: it is not published yet.")
    name = turn.language.plain("draft.png")
    return say(Screen(caption, file=File(name, card_picture(turn, card), "image/png")))


def publish(turn: Turn) -> Reply:
    """Publish what was seen."""
    return _publish(turn, vote=False)


def publish_and_vote(turn: Turn) -> Reply:
    """Publish what was seen, and have the members vote on it at once."""
    return _publish(turn, vote=True)


def have_voted(turn: Turn) -> Reply:
    """Have the members vote on a published version."""
    card = tapped_version(turn)
    _open_vote(turn, card)
    return turn.show(version_screen(turn, card), toast=turn.language.plain("The members are asked to vote."))


def _led(turn: Turn) -> Coalition:
    return led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))


def _preview(turn: Turn, coalition: Coalition) -> Screen:
    language, card = turn.language, card_so_far(turn, coalition)
    rows: list[tuple[Button, ...]] = []
    if missing(card.fields):
        note = language.say("It can be published once its five fields are filled.")
    elif not changed_since(card, latest_card(turn.uow, coalition.id)):
        note = language.say("It says the same as the latest version: there is nothing to publish.")
    else:
        note = language.say("Once published, a version never changes. The next one replaces it.")
        seen = card_mark(card)
        rows = [
            (button(language.plain("Publish and have it voted on"), "card.publish.vote", coalition.id, seen),),
            (button(language.plain("Publish without a vote"), "card.publish", coalition.id, seen),),
        ]
    rows.append((button(language.plain("See it as a picture"), "card.draft", coalition.id),))
    text = paragraphs(card_lines(card, turn.uow, language, turn.territory), note)
    return Screen(text, (*rows, *way_out(language, "card", coalition.id)))


def _publish(turn: Turn, *, vote: bool) -> Reply:
    language, coalition = turn.language, _led(turn)
    try:
        card = publish_card(turn.uow, turn.me.id, coalition.id, turn.word(1), turn.territory, in_words(turn), turn.now)
    except Outdated:
        now_shown = preparing_screen(turn, coalition)
        text = paragraphs(
            lines(
                language.say("<b>Nothing was published by this tap.</b>"),
                language.say("The card has changed since you read it, or somebody has just published it."),
            ),
            now_shown.text,
        )
        return turn.show(Screen(text, now_shown.rows))
    if vote:
        _open_vote(turn, card)
    done = language.plain("Version {version} is published.", version=card.version)
    return turn.show(version_screen(turn, card), toast=done)


def _open_vote(turn: Turn, card: CommitmentCard) -> None:
    subject = VoteSubject.COMMITMENT_CARD
    open_vote(turn.uow, turn.me.id, card.coalition_id, subject, card.id, turn.territory.votes, turn.now)


FEATURE = Feature(
    buttons={
        "card.preview": show_preview,
        "card.draft": send_draft,
        "card.publish": publish,
        "card.publish.vote": publish_and_vote,
        "card.vote": have_voted,
    },
)
