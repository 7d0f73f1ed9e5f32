"""What the tour does not show, each with its reason."""

from typing import Final

NOBODY_ASKS: Final = "no conversation asks for this kind of answer yet; tests/handlers/forms reads it"
CHECKED_BEFORE: Final = "the questions take nothing that the use case would refuse so; it guards other ways in"
NO_REVIEW: Final = "names an answer where a conversation without a review is given back, after a week or a new version"
ELSEWHERE: Final = "stands outside the chat; its own test reads it"

PRINTED: Final = "stands in the page to print; tests/handlers/documents reads it"
PICTURED: Final = "stands in the picture of an invitation; tests/journeys/test_invitations.py looks at it"
CHARTED: Final = "stands in a chart, of which a walk sees no words"
TWO_THIRDS: Final = "a territory that asks for more than half; Brest’s file asks for half"
OUTLIVES: Final = "who it was has erased their data; tests/journeys/test_support.py reads most of it"

UNSEEN_TEXTS: Final[dict[str, str]] = {
    "Something did not work on our side, and nothing was changed. "
    "Please try again in a moment: your previous answers are kept.": "a failure of ours, which no walk can have",
    "A number from {least} to {most} is needed here.": CHECKED_BEFORE,
    "This text is empty or too long ({n} character at most). Please write it again.": CHECKED_BEFORE,
    "There is no coalition yet.": "a territory’s file without any coalition; Brest’s names six",
    "None yet. You may propose the first one.": "a scope without any coalition; Brest’s file names some in each",
    "This moment is already over. Please choose a later one with “Correct”.": "it passes before it is confirmed",
    "by tomorrow at {time}": "a place offered in the evening; tests/journeys/test_forum_waiting.py reads it",
    "by {moment}": "no offer is held for longer than until tomorrow; tests/locales reads it",
    "For example: 14/03, yesterday, last Tuesday": NOBODY_ASKS,
    "For example: Anne Le Gall, anne@example.org, 02 98 00 00 00": NOBODY_ASKS,
    "Please add an e-mail address or a phone number to the name, in one message.": NOBODY_ASKS,
    "The e-mail address does not look right: please check it, for example anne@example.org.": NOBODY_ASKS,
    "The name is missing: please write it with the e-mail address or the phone number.": NOBODY_ASKS,
    "The name is too long: {longest} characters at most fit.": NOBODY_ASKS,
    "There are two e-mail addresses: please give only one.": NOBODY_ASKS,
    "There are two phone numbers: please give only one.": NOBODY_ASKS,
    "For example: 1200.5 kWh, 3 tCO2e, 25 people": "the only such question has an example of its own",
    "I understood {moment}, which is still to come: please give a past one.": NOBODY_ASKS,
    "At most {n} decimal fits here: please round it.": NOBODY_ASKS,
    "For example: 1200": "every such question has an example of its own",
    "For example: 1200.5": NOBODY_ASKS,
    "You can choose {count} at most.": NOBODY_ASKS,
    "This hour is not clear: please write it like 18:30, or tap it below.": NOBODY_ASKS,
    "A document is needed here: please send it as a file, not as a photo.": NOBODY_ASKS,
    "This file is too big: {megabytes} MB at most fit. Please send a smaller one.": "21 MB would slow every walk down; "
    "tests/handlers/forms reads it",
    "Document received": NOBODY_ASKS,
    "Please answer yes or no, with the buttons.": NOBODY_ASKS,
    "My agenda · {programme}": ELSEWHERE,
    "In the name of": NO_REVIEW,
    "I cannot read “{title}” at the moment. Please ask for it: {contact}": "a file that is gone; "
    "tests/journeys/test_resources.py reads it",
    "Nothing is here yet. A question? {contact}": "a territory that lends nothing; Brest lends five things",
    "The coalition": OUTLIVES,
    "answered by the project team": OUTLIVES,
    "looked after by the project team": OUTLIVES,
    "<b>✕ Not adopted</b>: it needed more than {percent} % of those for or against.": TWO_THIRDS,
    "Adopted if at least {n} member votes, and more than {percent} % of those for or against are for.": TWO_THIRDS,
    "Commitment card: {coalition}": PRINTED,
    "QR code to join the coalition: {address}": PRINTED,
    "and {n} other": "in a page to print, and in an order of more than twelve; tests/handlers/documents reads it",
    "Come and join the coalition": PICTURED,
    "Scan this code with your phone": PICTURED,
    "Which field?": "the tapped field answers it before it is asked",
    "There is none yet.": "a programme without milestones; Brest’s file names one",
    "You do not chair this meeting any more:": "nobody chairs a meeting only where who was to has left, "
    "and who has left is told nothing",
    "Nobody else belongs to the project team: appoint somebody else first.": "the settings of a walk name two; "
    "tests/programme/usecases/test_appoint.py refuses it",
    "something that is gone": "an audience names coalitions and forums, and neither is ever deleted",
    "Backup: left to the database’s own tools": "a database that is not SQLite",
    "The figures are what people wrote, not a measure.": "a territory without targets; Brest’s file names three",
    "This programme has no levels of commitment.": "a territory without levels; Brest’s file names three",
    "No coalition is active yet.": "a territory’s file without any coalition; Brest’s names six",
    "Asked for on {day}": "who asked for a level has erased their data since",
    "Actions by stake and state": CHARTED,
    "An action that serves several stakes counts once for each.\nWhat is logged is no measure.": CHARTED,
    "Coalitions by step": CHARTED,
    "Committed coalitions by stake": CHARTED,
    "No action yet.": CHARTED,
    "No coalition yet.": CHARTED,
}
UNSEEN_BUTTONS: Final[dict[str, str]] = {}
UNSEEN_NOTICES: Final[dict[str, str]] = {}
