"""Conversations as data, and the engine that leads them.

A router gives what was said to `go_on` where a draft is kept, shows the notes of `retired` before anything else,
answers the route « f » without a draft by `old_button` and « again » by `open_form`.
"""

from handlers.forms.buttons import ROUTE, old_button
from handlers.forms.conversation import ask_again, context_of, go_on, open_form
from handlers.forms.endings import DRAFT_LASTS, cancel, retired
from handlers.forms.engine import AnyForm
from handlers.forms.fields.choice import Choice
from handlers.forms.fields.contact_card import ContactCard
from handlers.forms.fields.cost import Cost
from handlers.forms.fields.day import Day
from handlers.forms.fields.day_or_month import DayOrMonth
from handlers.forms.fields.formatted import Formatted
from handlers.forms.fields.lines import Lines
from handlers.forms.fields.measure import Measure
from handlers.forms.fields.moment import Moment
from handlers.forms.fields.moments import Moments
from handlers.forms.fields.number import Number
from handlers.forms.fields.pick import NEW, Pick
from handlers.forms.fields.several import Several
from handlers.forms.fields.text import Text
from handlers.forms.fields.text_or_file import TextOrFile
from handlers.forms.fields.time import Time
from handlers.forms.fields.upload import Upload
from handlers.forms.fields.yes_no import YesNo
from handlers.forms.form import Form, Question
from handlers.forms.option import Option

__all__ = [
    "DRAFT_LASTS",
    "NEW",
    "ROUTE",
    "AnyForm",
    "Choice",
    "ContactCard",
    "Cost",
    "Day",
    "DayOrMonth",
    "Form",
    "Formatted",
    "Lines",
    "Measure",
    "Moment",
    "Moments",
    "Number",
    "Option",
    "Pick",
    "Question",
    "Several",
    "Text",
    "TextOrFile",
    "Time",
    "Upload",
    "YesNo",
    "ask_again",
    "cancel",
    "context_of",
    "go_on",
    "old_button",
    "open_form",
    "retired",
]
