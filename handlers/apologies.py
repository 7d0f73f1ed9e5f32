"""Apologies: what a refusal by the rules says to a person: what happened, and what to do next."""

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from handlers.navigation import way_out
from handlers.screen import Screen
from locales import Language
from programme import errors


def apologise(refusal: errors.Refusal, language: Language) -> Screen:
    """Give the words for a refusal, and the way on."""
    return Screen(_APOLOGIES[type(refusal)](refusal, language), way_out(language))


def apologise_for_failure(language: Language) -> Screen:
    """Give the words for a failure of ours."""
    text = language.say(
        "Something did not work on our side, and nothing was changed. "
        "Please try again in a moment: your previous answers are kept."
    )
    return Screen(text, way_out(language))


def _not_allowed(_: errors.Refusal, language: Language) -> Markup:
    return language.say("This is not open to you. The menu shows what you can do.")


def _not_found(_: errors.Refusal, language: Language) -> Markup:
    return language.say("This is no longer there. The menu shows what you can do.")


def _too_late(_: errors.Refusal, language: Language) -> Markup:
    return language.say("This is already over or decided; nothing has changed.")


def _outdated(_: errors.Refusal, language: Language) -> Markup:
    return language.say("This has changed meanwhile. Please open it again from the menu.")


def _in_the_past(_: errors.Refusal, language: Language) -> Markup:
    return language.say("This moment is already over. Please choose a later one with “Correct”.")


def _too_early(_: errors.Refusal, language: Language) -> Markup:
    return language.say("It has not begun yet: I will ask you afterwards.")


def _ends_before_start(_: errors.Refusal, language: Language) -> Markup:
    return language.say("The end must come after the beginning. Please correct one of them with “Correct”.")


def _closes_too_late(_: errors.Refusal, language: Language) -> Markup:
    return language.say("The poll must close before its first date. Please correct one of them with “Correct”.")


def _out_of_range(refusal: errors.Refusal, language: Language) -> Markup:
    least, most = (refusal.least, refusal.most) if isinstance(refusal, errors.OutOfRange) else (0, 0)
    return language.say(
        "A number from {least} to {most} is needed here.", least=language.number(least), most=language.number(most)
    )


def _registration_not_open(refusal: errors.Refusal, language: Language) -> Markup:
    if not isinstance(refusal, errors.RegistrationNotOpen):
        return _too_late(refusal, language)
    return language.say("Registration opens {moment}.", moment=language.moment(refusal.opens_at, refusal.zone))


def _registration_closed(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Registration is closed: nobody registers or asks for more places now.")


def _window_misplaced(_: errors.Refusal, language: Language) -> Markup:
    return language.say(
        "Registration opens, then closes, and then the forum begins: please put these moments in order."
    )


def _pitch_full(refusal: errors.Refusal, language: Language) -> Markup:
    title = refusal.title if isinstance(refusal, errors.PitchFull) else ""
    return language.say("“{title}” has no seats left for you. Please choose other pitches.", title=title)


def _no_room(refusal: errors.Refusal, language: Language) -> Markup:
    most = refusal.most if isinstance(refusal, errors.NoRoom) else 0
    return language.say_n(
        "There are not enough places left: you may have {n} in all. Your registration stays as it was.",
        "There are not enough places left: you may have {n} in all. Your registration stays as it was.",
        most,
    )


def _last_facilitator(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Nobody else facilitates this coalition: entrust somebody else with it first.")


def _nobody_facilitates(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Nobody who facilitates can be reached just now: nobody was reminded.")


def _last_of_team(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Nobody else belongs to the project team: appoint somebody else first.")


def _named_in_settings(_: errors.Refusal, language: Language) -> Markup:
    return language.say(
        "This person is named in the settings of the bot: only whoever runs it can take them off, not a message."
    )


def _name_taken(refusal: errors.Refusal, language: Language) -> Markup:
    name = refusal.name if isinstance(refusal, errors.NameTaken) else ""
    return language.say("“{name}” exists already. Please choose another name with “Correct”.", name=name)


def _not_well_formed(refusal: errors.Refusal, language: Language) -> Markup:
    longest = refusal.longest if isinstance(refusal, errors.NotWellFormed) else 0
    return language.say_n(
        "This text is empty or too long ({n} character at most). Please write it again.",
        "This text is empty or too long ({n} characters at most). Please write it again.",
        longest,
    )


def _still_on_the_way(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Messages are on their way just now. Stop the sending if it goes on, then try again.")


def _needs_another_person(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Somebody else of the project team must approve this: you wrote it yourself.")


def _nobody_to_tell(_: errors.Refusal, language: Language) -> Markup:
    return language.say("Nobody would get this announcement now. Please choose other recipients.")


def _other_content(_: errors.Refusal, language: Language) -> Markup:
    return language.say("A text can only be replaced by a text, and a file by a file or a new caption.")


_APOLOGIES: Final[dict[type[errors.Refusal], Callable[[errors.Refusal, Language], Markup]]] = {
    errors.NotAllowed: _not_allowed,
    errors.NotFound: _not_found,
    errors.TooLate: _too_late,
    errors.Outdated: _outdated,
    errors.InThePast: _in_the_past,
    errors.TooEarly: _too_early,
    errors.EndsBeforeStart: _ends_before_start,
    errors.ClosesTooLate: _closes_too_late,
    errors.OutOfRange: _out_of_range,
    errors.RegistrationNotOpen: _registration_not_open,
    errors.RegistrationClosed: _registration_closed,
    errors.WindowMisplaced: _window_misplaced,
    errors.PitchFull: _pitch_full,
    errors.NoRoom: _no_room,
    errors.LastFacilitator: _last_facilitator,
    errors.NobodyFacilitates: _nobody_facilitates,
    errors.LastOfTeam: _last_of_team,
    errors.NamedInSettings: _named_in_settings,
    errors.NameTaken: _name_taken,
    errors.NotWellFormed: _not_well_formed,
    errors.StillOnTheWay: _still_on_the_way,
    errors.NeedsAnotherPerson: _needs_another_person,
    errors.NobodyToTell: _nobody_to_tell,
    errors.OtherContent: _other_content,
}
