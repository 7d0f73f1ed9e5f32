"""Nasty names and texts: shown as they were typed, or refused politely, and never a message that Telegram refuses."""

from datetime import timedelta
from typing import Any, Final

import pytest
from icalendar import Calendar

from programme.coalitions import COALITION_NAME_MAX, OBJECTIVE_MAX
from programme.meetings import AGENDA_MAX, MEETING_TITLE_MAX, PLACE_MAX
from programme.people import NAME_MAX
from programme.usecases.decide_proposal import WORD_MAX
from programme.usecases.propose_coalition import INVITED_MAX, NEED_MAX
from simulator.people import Person
from tests.world import STAFF_ID, World

pytestmark = pytest.mark.usefixtures("untroubled")

FAMILY: Final = "👩\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
SHOWN_AS_TYPED: Final = {
    "bold": "<b>Léa</b>",
    "unclosed tag": "<b>Léa <i>",
    "forbidden tag": "<br><script>alert(1)</script>",
    "link": '<a href="https://example.org">ici</a>',
    "entity without semicolon": "&lt",
    "ampersand": "R & D",
    "entity": "&amp;&lt;&#128512;",
    "braces": "{name} {0} {} {{ }} {name!r:>99}",
    "percents": "%s %(name)s %d%%",
    "quotes and backslashes": "« \"d’abord\" », 'puis' `fin` \\n \\",
    "markdown": "*_~|[a](b)`",
    "commands and links": "voir /start, @jalon_test_bot, #tag, https://example.org",
    "sql": "'; DROP TABLE people; --",
    "calendar": "BEGIN:VEVENT;A=1,2:\\;END",
    "hebrew": "שרה לוי",
    "arabic": "سارة & محمد (١٢)",
    "right-to-left mark": "Léa\N{RIGHT-TO-LEFT MARK}!",
    "emoji": f"🌱 {FAMILY} 🏳️\N{ZERO WIDTH JOINER}🌈 👍🏽",
    "many marks": "\N{LATIN CAPITAL LETTER Z WITH ACUTE}" + "\N{COMBINING ACUTE ACCENT}" * 40,
    "one sign": "É",
    "longest name": "é" * NAME_MAX,
    "longest name in entities": "<" * NAME_MAX,
    "longest name in emoji": "🌱" * NAME_MAX,
}
CLEANED: Final = {
    "decomposed": ("Le\N{COMBINING ACUTE ACCENT}a", "Léa"),
    "spaces": ("  Léa \t  Le\N{NO-BREAK SPACE}Goff ", "Léa Le Goff"),
    "lines": ("Léa\n\nLe Goff", "Léa Le Goff"),
    "null bytes": ("L\x00é\x07a\x1b\x7f", "Léa"),
    "override": ("\N{RIGHT-TO-LEFT OVERRIDE}aéL\N{POP DIRECTIONAL FORMATTING}", "aéL"),
    "isolates": ("\N{RIGHT-TO-LEFT ISOLATE}Léa", "Léa"),
    "byte order mark": ("\ufeffLéa", "Léa"),
}
NOTHING_TO_SEE: Final = {
    "zero width": "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}",
    "joiner": "\N{ZERO WIDTH JOINER}",
    "filler": "\N{HANGUL FILLER}",
    "braille blank": "\N{BRAILLE PATTERN BLANK}" * 3,
    "marks": "\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}",
    "accent alone": "\N{COMBINING ACUTE ACCENT}",
}
NOTHING: Final = "Ce message ne contient rien à lire : écrivez quelques mots."


@pytest.mark.parametrize("kind", SHOWN_AS_TYPED)
async def test_nasty_text_is_shown_as_typed_wherever_it_appears(world: World, kind: str) -> None:
    await _goes_everywhere(world, SHOWN_AS_TYPED[kind])


@pytest.mark.parametrize("kind", CLEANED)
async def test_name_is_kept_without_what_nobody_sees(world: World, kind: str) -> None:
    typed, shown = CLEANED[kind]
    lea = await _is_asked_for_a_name(world)
    _sends_raw(lea, typed)
    await world.settle()
    await world.taps(lea, "Je viens en mon nom")
    assert (await world.says(lea, "/start")).splitlines()[0] == f"Bonjour {shown}"
    assert (await world.record_of(lea)).name == shown


@pytest.mark.parametrize("kind", NOTHING_TO_SEE)
async def test_text_that_shows_nothing_is_asked_again(world: World, kind: str) -> None:
    lea = await _is_asked_for_a_name(world)
    _sends_raw(lea, NOTHING_TO_SEE[kind])
    await world.settle()
    assert world.reads(lea).startswith(f"{NOTHING}\n\nQuel est votre nom ?")
    await world.says(lea, "Léa")
    _sends_raw(lea, NOTHING_TO_SEE[kind])
    await world.settle()
    assert world.reads(lea).startswith("Écrivez quelques lettres du nom ou choisissez avec les boutons.")


async def test_name_on_telegram_that_shows_nothing_is_not_suggested(world: World) -> None:
    lea = world.stranger("\N{HANGUL FILLER}", last_name="\N{ZERO WIDTH SPACE}")
    await world.says(lea, "/start")
    await world.taps(lea, "J’accepte")
    assert world.buttons(lea) == [["Annuler"]]


@pytest.mark.parametrize("kind", SHOWN_AS_TYPED)
async def test_nasty_name_on_telegram_is_suggested_as_it_is(world: World, kind: str) -> None:
    name = SHOWN_AS_TYPED[kind]
    lea = world.stranger(name, last_name="x" * NAME_MAX)
    await world.says(lea, "/start")
    await world.taps(lea, "J’accepte")
    suggested = f"{name} {'x' * NAME_MAX}"[:NAME_MAX].strip()
    ((label,), _) = world.buttons(lea)
    assert label == (suggested if len(suggested) <= 60 else f"{suggested[:59].rstrip()}…")
    await world.taps(lea, label)
    await world.taps(lea, "Je viens en mon nom")
    assert (await world.record_of(lea)).name == suggested


async def test_name_of_one_sign_too_many_is_asked_again(world: World) -> None:
    lea = await _is_asked_for_a_name(world)
    assert (await world.says(lea, "é" * 65)).startswith(
        "Ce texte compte 65 caractères, 64 au plus sont possibles : raccourcissez-le.\n\nQuel est votre nom ?"
    )
    assert (await world.says(lea, "&" * 4096)).startswith("Ce texte compte 4 096 caractères, 64 au plus")
    await world.says(lea, "é" * 64)
    assert (await world.says(lea, "a" * 81)).startswith("Ce texte compte 81 caractères, 80 au plus sont possibles")
    assert (await world.says(lea, "a" * 4096)).startswith("Ce texte compte 4 096 caractères, 80 au plus")
    assert (await world.says(lea, "<" * 4096)).startswith("Écrivez quelques lettres du nom")
    await world.says(lea, "a" * 80)
    await _chooses(world, lea, "new")
    await world.taps(lea, "Association")
    known = await world.record_of(lea)
    organisations = (await world.kept())["organisations"]
    assert (known.name, [row["name"] for row in organisations if row["id"] == known.organisation_id]) == (
        "é" * 64,
        ["a" * 80],
    )


async def test_command_inside_an_answer_is_a_word_like_others(world: World) -> None:
    lea = await _is_asked_for_a_name(world)
    await world.says(lea, "Léa /start")
    await world.taps(lea, "Je viens en mon nom")
    assert (await world.record_of(lea)).name == "Léa /start"


@pytest.mark.parametrize("sign", ["<", "&", "é", "🌱", "ש", "\N{HEBREW LETTER ALEF}\n"])
async def test_longest_texts_fit_every_screen(world: World, sign: str) -> None:
    anne, lea = await world.known("Anne", id=STAFF_ID), await world.known("Léa")
    need, name, idea, invited = (
        (sign * longest)[:longest].strip() for longest in (NEED_MAX, COALITION_NAME_MAX, OBJECTIVE_MAX, INVITED_MAX)
    )
    await world.says(lea, "/proposer")
    for words in (need, name, idea):
        await world.says(lea, words)
    await _chooses(world, lea, "o")
    await world.says(lea, invited)
    assert "…" not in world.reads(lea)
    await world.taps(lea, "Confirmer")
    line = " ".join(name.split("\n"))
    assert _bare(world.reads(anne)) == (
        f"Coalition proposée : {line}\n\nProposée par : Léa\nPérimètre : Un thème du Plan Climat\n"
        f"Besoin : {need}\nIdée : {idea}\nÀ inviter : {invited}"
    )
    word = (sign * WORD_MAX)[:WORD_MAX].strip()
    await world.taps(anne, "Refuser avec un mot")
    await world.says(anne, word)
    await world.taps(anne, "Confirmer")
    assert _bare(world.reads(lea)) == f"L’équipe projet n’a pas pu retenir « {line} ».\nSon message : {word}"


@pytest.mark.parametrize("sign", ["<", "🌱", "ש"])
async def test_longest_meeting_fits_every_screen(world: World, sign: str) -> None:
    lea = await world.known("Léa")
    coalition = await world.coalition("Mobilités alternatives")
    await world.belongs(lea, coalition, facilitator=True)
    title, place = sign * MEETING_TITLE_MAX, sign * PLACE_MAX
    for number in range(9):
        await world.says(lea, "/rencontre")
        await world.taps(lea, "Une seule date")
        for words in (title, "Atelier", f"{number + 1}/12 à 18 h", place, sign * AGENDA_MAX, "Léa"):
            await world.says(lea, words)
        await world.taps(lea, "Confirmer")
    await world.says(lea, "/agenda")
    assert _bare(world.reads(lea)).count(f" : {title} (sans réponse)") == 8
    await world.moves_by(timedelta(days=7))
    assert title in _bare(world.reads(lea))


async def test_multi_line_text_keeps_its_lines(world: World) -> None:
    anne, lea = await world.known("Anne", id=STAFF_ID), await world.known("Léa")
    await world.says(lea, "/proposer")
    for words in ("Un\n\n\n\nbesoin\r\n<b>", "Un\nnom", "Une\nidée"):
        await world.says(lea, words)
    await _chooses(world, lea, "o")
    await world.taps(lea, "Passer")
    await world.taps(lea, "Confirmer")
    assert world.reads(anne) == (
        "Coalition proposée : Un nom\n\nProposée par : Léa\nPérimètre : Un thème du Plan Climat\n"
        "Besoin : Un\n\nbesoin\n<b>\nIdée : Une\nidée"
    )


async def _goes_everywhere(world: World, text: str) -> None:
    """Give this text wherever a text can be given, and read it in every screen and notice that shows it."""
    anne, lea = await world.known("Anne", id=STAFF_ID), await _is_asked_for_a_name(world)
    await world.says(lea, text)
    await world.says(lea, text)
    from_organisation = any(label.startswith("Nouvelle : ") for (label, *_) in world.buttons(lea))
    if from_organisation:
        await _chooses(world, lea, "new")
        await world.taps(lea, "Association")
    else:
        await world.taps(lea, "Je viens en mon nom")
    assert _bare((await world.says(lea, "/start")).splitlines()[0]) == f"Bonjour {text}"

    await world.says(lea, "/proposer")
    for words in (text, text, text):
        await world.says(lea, words)
    await _chooses(world, lea, "o")
    await world.says(lea, text)
    review = (
        "Votre proposition\n\nBesoin : {0}\nNom : {0}\nIdée : {0}\nPérimètre : Un thème du Plan Climat\nÀ inviter : {0}"
    )
    assert _bare(world.reads(lea)) == review.format(text)
    await world.taps(lea, "Corriger")
    await world.taps(lea, "‹ Retour")
    await world.taps(lea, "Confirmer")
    assert _bare(world.reads(lea)) == f"Merci. « {text} » est transmise à l’équipe projet : vous aurez sa réponse ici."
    proposal = (
        "Coalition proposée : {0}\n\nProposée par : {0}\nPérimètre : Un thème du Plan Climat\n"
        "Besoin : {0}\nIdée : {0}\nÀ inviter : {0}"
    )
    assert _bare(world.reads(anne)) == proposal.format(text)
    await world.says(anne, "/equipe")
    await world.taps(anne, "Validations (1)")
    assert _bare(world.buttons(anne)[0][0]) == f"Proposition : {text}"
    await world.taps(anne, world.buttons(anne)[0][0])
    await world.taps(anne, "Approuver")
    assert _bare(world.reads(lea)) == f"« {text} » est approuvée : vous l’animez désormais."
    await world.taps(lea, "Voir la coalition")
    organisation = text if from_organisation else "aucune pour le moment"
    assert _bare(world.reads(lea)) == (
        f"{text}\n\n{text}\n\nStructures : {organisation}\nProchaine rencontre : pas encore fixée\n\n"
        "✓ Vous animez cette coalition."
    )
    await world.taps(lea, "Inviter par un lien")
    assert _bare(world.reads(lea)).startswith(f"Inviter à rejoindre « {text} »\n")

    sam = await world.known(text)
    (coalition,) = [one for one in await world.finds(lambda uow: uow.coalitions.active()) if one.name == text]
    await world.says(sam, f"/start join_{coalition.code}")
    assert _bare(world.reads(lea)) == f"{text}, en son propre nom demande à rejoindre « {text} »."
    await world.forges(lea, f"requests:{coalition.id}")
    assert (_bare(world.reads(lea)), _bare(world.buttons(lea)[0][0])) == (
        f"Demandes d’adhésion · {text}",
        f"{text}, en son propre nom",
    )
    await world.taps(lea, world.buttons(lea)[0][0])
    await world.taps(lea, "Accepter")
    assert _bare(world.reads(sam)) == f"Vous êtes maintenant membre de « {text} »."
    await _meets_everywhere(world, lea, sam, text)


async def _meets_everywhere(world: World, lea: Person, sam: Person, text: str) -> None:
    await world.says(lea, "/rencontre")
    await world.taps(lea, "Une seule date")
    for words in (text, "Réunion de travail", "demain 18 h", text, text, "Personne pour l’instant"):
        await world.says(lea, words)
    await world.taps(lea, "Confirmer")
    head = f"{text}\nCoalition : {text}\nQuand : mardi 24 novembre 2026 à 18 h\nOù : {text}"
    card = f"{head}\n\nOrdre du jour :\n{text}"
    assert _bare(world.reads(sam)) == f"Une nouvelle rencontre est prévue :\n\n{card}\n\nViendrez-vous ?"
    await world.taps(sam, "Ajouter à mon calendrier")
    assert _bare(world.reads(sam)) == f"Ouvrez ce fichier pour ajouter « {text} » à votre calendrier."
    assert _event(world, sam) == (f"{text} ({text})", text)
    await world.says(sam, "/agenda")
    assert _bare(world.reads(sam)) == f"Mon agenda\n\n• mardi 24 novembre 2026 à 18 h : {text} (sans réponse)"
    assert _bare(world.buttons(sam)[0][0]) == f"mar. 24 nov. · {text}"
    await world.taps(sam, world.buttons(sam)[0][0])
    assert _bare(world.reads(sam)) == f"{card}\n\nViendrez-vous ?"
    await world.moves_by(timedelta(hours=28))
    assert (
        _bare(world.reads(sam)) == f"Rappel : votre rencontre a lieu aujourd’hui à 18 h.\n\n{card}\n\nViendrez-vous ?"
    )
    await world.says(lea, "/agenda")
    await world.taps(lea, world.buttons(lea)[0][0])
    await world.taps(lea, "Annuler la rencontre")
    await world.taps(lea, "Oui, annuler la rencontre")
    assert _bare(world.reads(sam)) == f"Cette rencontre n’aura pas lieu :\n\n{head}\nRencontre annulée."


async def _is_asked_for_a_name(world: World) -> Person:
    lea = world.stranger("Telegram")
    await world.says(lea, "/start")
    await world.taps(lea, "J’accepte")
    return lea


async def _chooses(world: World, person: Person, what: str) -> None:
    """Tap the first button of the open question that says this to its field."""
    message = person.chat_with().last
    (first, *_) = [one.data for row in message.rows for one in row if one.data and f":a:{what}" in one.data]
    await world.forges(person, first, message)


def _sends_raw(person: Person, text: str) -> None:
    """Send a text as it is, without what Telegram would clean."""
    person._sends({"text": text}, None)


def _bare(text: str) -> str:
    """Give a text without the isolates around right-to-left names."""
    return text.replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")


def _event(world: World, person: Person) -> tuple[str, str]:
    """Read what the calendar file in the latest message is about, and where."""
    message = person.last_message
    assert message is not None
    stored = world.telegram.files.by_id[message.fields["document"]["file_id"]]
    event: Any = next(iter(Calendar.from_ical(stored.content).walk("VEVENT")))
    return str(event["summary"]), str(event["location"])
