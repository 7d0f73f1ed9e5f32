"""The commitment card for everybody: the published versions, each as a message, as a PDF and as a picture to share."""

import re
from typing import Final

from markupsafe import Markup

from handlers.cards.commitment import card_language, card_lines, version_line
from handlers.documents.commitment_card import card_pdf, card_picture
from handlers.feature import Feature
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, File, Rows, Screen, button, lines
from handlers.turn import Turn
from locales import Language
from programme.coalitions import Coalition, CoalitionState
from programme.commitment_cards import CommitmentCard
from programme.errors import NotFound
from programme.ids import CoalitionId, CommitmentCardId
from programme.texts import folded
from programme.usecases.commitment_card import latest_card
from programme.usecases.rights import facilitates
from programme.votes import VoteState, VoteSubject

NAME_MAX: Final = 60
"""Characters of a coalition's name in the name of a file."""


def show_version(turn: Turn) -> Reply:
    """Show one published version."""
    return turn.show(version_screen(turn, tapped_version(turn)))


def show_versions(turn: Turn) -> Reply:
    """Show the list of the published versions, the latest first."""
    language, coalition = turn.language, active_coalition(turn)
    page = page_of(turn.uow.commitment_cards.versions(coalition.id), turn.number(1) if turn.word(1) else 0)
    text = lines(
        language.say("<b>Commitment card</b> · {name}", name=coalition.name),
        language.say("A published version never changes.") if page.things else not_published(turn),
    )
    rows = (
        *(
            (button(version_line(card, language, turn.territory).unescape(), "card.version", card.id),)
            for card in page.things
        ),
        *page.turner(language, "card.versions", coalition.id),
        *way_out(language, "coalition", coalition.id),
    )
    return turn.show(Screen(text, rows))


def show_latest(turn: Turn, coalition: Coalition) -> Reply:
    """Show the latest published version of a coalition, or that there is none."""
    return turn.show(_latest_screen(turn, coalition))


def show_by_code(turn: Turn, code: str) -> Reply:
    """Show the latest version to who follows a link; raises NotFound."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None or coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return say(_latest_screen(turn, coalition))


def send_pdf(turn: Turn) -> Reply:
    """Send a published version as a PDF of one page."""
    card = tapped_version(turn)
    return say(
        Screen(_caption(turn, card), file=File(_file_name(turn, card, "pdf"), card_pdf(turn, card), "application/pdf"))
    )


def send_picture(turn: Turn) -> Reply:
    """Send a published version as a picture to share."""
    card = tapped_version(turn)
    return say(
        Screen(_caption(turn, card), file=File(_file_name(turn, card, "png"), card_picture(turn, card), "image/png"))
    )


def version_screen(turn: Turn, card: CommitmentCard) -> Screen:
    """Give a published version with what can be done with it."""
    language = turn.language
    latest = latest_card(turn.uow, card.coalition_id)
    rows: list[tuple[Button, ...]] = [*file_rows(card, language)]
    vote = turn.uow.votes.latest_on(card.coalition_id, VoteSubject.COMMITMENT_CARD, card.id)
    leads = facilitates(turn.uow, turn.me.id, card.coalition_id)
    if vote is not None and vote.state is not VoteState.WITHDRAWN:
        rows.append((button(language.plain("See the vote"), "vote", vote.id),))
    if leads and latest is not None and latest.id == card.id:
        if vote is None or vote.state not in {VoteState.OPEN, VoteState.ADOPTED}:
            rows.append((button(language.plain("Have the members vote"), "card.vote", card.id),))
        rows.append((button(language.plain("Prepare the next version"), "card", card.coalition_id),))
    if card.version > 1 or (latest is not None and latest.id != card.id):
        rows.append((button(language.plain("All versions"), "card.versions", card.coalition_id, 0),))
    text = card_lines(card, turn.uow, language, turn.territory)
    return Screen(text, (*rows, *way_out(language, "coalition", card.coalition_id)))


def file_rows(card: CommitmentCard, language: Language) -> Rows:
    """Give the row that sends a version as a file; it works in groups too."""
    plain = language.plain
    return (
        (button(plain("Picture to share"), "card.png", card.id), button(plain("PDF to print"), "card.pdf", card.id)),
    )


def not_published(turn: Turn) -> Markup:
    """Say that there is no version yet."""
    return turn.language.say("The commitment card of this coalition is not published yet.")


def tapped_version(turn: Turn) -> CommitmentCard:
    """Give the version of the tapped button; raises NotFound."""
    return turn.uow.commitment_cards.get(CommitmentCardId(turn.number(0)))


def active_coalition(turn: Turn) -> Coalition:
    """Give the coalition of the tapped button; raises NotFound for one that is not active."""
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return coalition


def _latest_screen(turn: Turn, coalition: Coalition) -> Screen:
    card = latest_card(turn.uow, coalition.id)
    if card is None:
        return Screen(not_published(turn), way_out(turn.language, "coalition", coalition.id))
    return version_screen(turn, card)


def _caption(turn: Turn, card: CommitmentCard) -> Markup:
    return lines(
        turn.language.say("<b>Commitment card</b> · {name}", name=card.coalition_name),
        version_line(card, turn.language, turn.territory),
    )


def _file_name(turn: Turn, card: CommitmentCard, kind: str) -> str:
    """Name a file in plain letters, which every machine keeps: « fiche-mobilites-alternatives-v2.pdf »."""
    name = re.sub("[^a-z0-9]+", "-", folded(card.coalition_name))[:NAME_MAX].strip("-") or str(card.coalition_id)
    stem = card_language(turn).plain("commitment-card-{name}-v{version}", name=name, version=card.version)
    return f"{stem}.{kind}"


FEATURE = Feature(
    buttons={
        "card.version": show_version,
        "card.versions": show_versions,
        "card.pdf": send_pdf,
        "card.png": send_picture,
    },
)
