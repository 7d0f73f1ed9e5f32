"""Prepare the commitment card: what is known of its five fields, what is missing, and each of them in full."""

from typing import Final

from markupsafe import Markup

from handlers.cards.commitment import (
    CARD_FIELDS,
    field_in_short,
    field_name,
    field_words,
    in_words,
    standing_line,
    version_line,
)
from handlers.feature import Feature
from handlers.forms.wording import bold, shortened
from handlers.members.commitment_card import active_coalition, show_latest
from handlers.members.own_coalition import own_coalition_first
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Msgid, _
from programme.coalitions import Coalition
from programme.commitment_cards import CardField, CommitmentCard
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.usecases.commitment_card import changed_since, corrected_fields, latest_card, missing, next_card
from programme.usecases.rights import facilitates, led_coalition

SHORT: Final = 140
"""Characters of a field on the screen that shows all five."""
WHOLE: Final = 3000
"""Characters of a field on its own screen; only a very long list of organisations has more."""
SOURCES: Final[dict[CardField, Msgid]] = {
    CardField.OBJECTIVE: _("It comes from the coalition’s page."),
    CardField.MEMBERS: _("They are the organisations of its members."),
    CardField.WAY_OF_WORKING: _("It comes from the working agreement: /etapes."),
    CardField.FIRST_ACTIONS: _("They come from the roadmap and the actions of the coalition."),
    CardField.STAKES: _("They come from the coalition’s page."),
}
"""Where a field comes from while nobody has written it otherwise."""


def show_card(turn: Turn) -> Reply:
    """Show a coalition's card: to who facilitates it as it is being prepared, to others as it was published last."""
    return show_card_of(turn, active_coalition(turn))


def show_card_of(turn: Turn, coalition: Coalition) -> Reply:
    """Show the card of a coalition to whom it concerns."""
    if facilitates(turn.uow, turn.me.id, coalition.id):
        return turn.show(preparing_screen(turn, coalition))
    return show_latest(turn, coalition)


def show_field(turn: Turn) -> Reply:
    """Show one field in full, where it comes from, and how to say it otherwise."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return turn.show(_field_screen(turn, coalition, tapped_field(turn)))


def tapped_field(turn: Turn) -> CardField:
    """Read the field of the tapped button; raises NotFound for a forged one."""
    if turn.word(1) not in list(CardField):
        raise NotFound
    return CardField(turn.word(1))


def card_so_far(turn: Turn, coalition: Coalition) -> CommitmentCard:
    """Give the version that would be published now."""
    return next_card(turn.uow, coalition, turn.territory, in_words(turn))


def preparing_screen(turn: Turn, coalition: Coalition) -> Screen:
    """Give the five fields in short, what is missing, and the buttons that lead on."""
    language, card = turn.language, card_so_far(turn, coalition)
    latest, empty = latest_card(turn.uow, coalition.id), missing(card.fields)
    corrected = corrected_fields(turn.uow, coalition.id)
    text = paragraphs(
        language.say("<b>Commitment card</b> · {name}", name=coalition.name),
        *(_short(turn, card, field, corrected=field in corrected) for field in CARD_FIELDS),
        _where_it_stands(turn, card, latest),
    )
    whole = language.plain("Preview") if empty else language.plain("Read it whole and publish")
    files: tuple[Button, ...] = (button(whole, "card.preview", coalition.id),)
    if latest is not None:
        files = (*files, button(language.plain("Version {version}", version=latest.version), "card.version", latest.id))
    by_two = [button(field_name(field, language), "card.field", coalition.id, field.value) for field in CARD_FIELDS]
    rows = (by_two[:2], by_two[2:3], by_two[3:])
    return Screen(text, (*(tuple(row) for row in rows), files, *way_out(language, "coalition", coalition.id)))


def _short(turn: Turn, card: CommitmentCard, field: CardField, *, corrected: bool) -> Markup:
    language = turn.language
    words = field_in_short(card, field, SHORT, language)
    name = field_name(field, language)
    if corrected:
        return lines(language.say("<b>{field}</b>, in your words", field=name), words)
    return lines(bold(name), words or language.say("✕ To be completed"))


def _where_it_stands(turn: Turn, card: CommitmentCard, latest: CommitmentCard | None) -> Markup:
    language, empty = turn.language, missing(card.fields)
    if empty:
        names = language.listing([field_name(field, language).lower() for field in empty])
        return language.say("Still missing: {names}. Tap a field to complete it.", names=names)
    if latest is None:
        return language.say("Nothing is missing: the card can be published.")
    published = lines(
        version_line(latest, language, turn.territory), standing_line(latest, turn.uow, language, turn.territory)
    )
    if changed_since(card, latest):
        changed = language.say("It has changed since: version {version} can be published.", version=card.version)
        return lines(published, changed)
    return lines(published, language.say("Nothing has changed since."))


def _field_screen(turn: Turn, coalition: Coalition, field: CardField) -> Screen:
    language, card = turn.language, card_so_far(turn, coalition)
    corrected = field in corrected_fields(turn.uow, coalition.id)
    words = shortened(field_words(card, field), WHOLE)
    title = language.say("<b>{field}</b> · {name}", field=field_name(field, language), name=coalition.name)
    source = language.say("It is in your words.") if corrected else language.say(SOURCES[field])
    shown = Markup("<code>{}</code>").format(words) if words else language.say("✕ To be completed")
    copied = bool(words) and field is not CardField.STAKES
    hint = language.say("Tap the text to copy it: you can send it back with your changes.") if copied else None
    deeds = [(button(language.plain("Say it otherwise"), "card.write", coalition.id, field.value),)]
    if corrected:
        deeds.append((button(language.plain("Back to what is known"), "card.known", coalition.id, field.value),))
    return Screen(paragraphs(title, shown, lines(source, hint)), (*deeds, *way_out(language, "card", coalition.id)))


FEATURE = Feature(
    commands={"fiche": own_coalition_first("card.of", show_card_of)},
    buttons={
        "card": show_card,
        "card.of": own_coalition_first("card.of", show_card_of),
        "card.field": show_field,
    },
)
