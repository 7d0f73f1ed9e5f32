"""The catalogues, and what turns a message and its facts into a person's language."""

from locales.language import LANGUAGES, Language, Msgid, _, language_for, read_languages

__all__ = ["LANGUAGES", "Language", "Msgid", "_", "language_for", "read_languages"]
