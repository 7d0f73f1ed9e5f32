"""Documents that the project team takes out: lists for spreadsheets, and the roadmap of the territory."""

from handlers.documents.tables import document_name
from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply, toast
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.documents import LISTS, Document, Shape
from programme.errors import NotFound
from programme.usecases.rights import require_staff
from programme.usecases.want_document import want_document


def show_exports(turn: Turn) -> Reply:
    """Show the lists, each as a workbook and as CSV."""
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    text = paragraphs(
        language.say("<b>Exports</b>"),
        language.say(
            "Choose a list, as an Excel workbook or as CSV. Only people who agreed to be known stand in them."
        ),
        language.say("These files hold personal data: keep them no longer than you need them. Each export is noted."),
    )
    rows = (
        *(
            tuple(
                button(f"{document_name(one, language)} ({shape.upper()})", "take", one, shape)
                for shape in (Shape.XLSX, Shape.CSV)
            )
            for one in LISTS
        ),
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def show_roadmap(turn: Turn) -> Reply:
    """Show in which shapes the roadmap of the territory comes, and how many cards it holds."""
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    cards, active = len(turn.uow.commitment_cards.latest_of_each()), len(turn.uow.coalitions.active())
    text = paragraphs(
        language.say("<b>The territory’s roadmap</b>"),
        lines(
            language.say("All the published commitment cards as one document, by scope and by stake."),
            language.say_n(
                "{n} card for {active} active coalitions.",
                "{n} cards for {active} active coalitions.",
                cards,
                active=language.number(active),
            ),
        ),
    )
    rows = (
        (
            button(language.plain("To print (PDF)"), "take", Document.ROADMAP, Shape.PDF),
            button(language.plain("To edit (Word)"), "take", Document.ROADMAP, Shape.DOCX),
        ),
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def take(turn: Turn) -> Reply:
    """Have a document drawn: it follows in a moment; raises NotFound for a forged name."""
    try:
        document, shape = Document(turn.word(0)), Shape(turn.word(1))
    except ValueError:
        raise NotFound from None
    want_document(turn.uow, turn.me.id, document, shape, turn.now)
    return toast(turn.language.plain("I am preparing the file: it follows in a moment."))


FEATURE = Feature(buttons={"exports": show_exports, "territory_roadmap": show_roadmap, "take": take})
