"""The form of a name under which two names are the same."""

from programme.texts import folded


def name_key(name: str) -> str:
    """Give a name without accents, capitals nor punctuation; one made of signs only (« 🌱 ») stands for itself."""
    return folded(name) or name.casefold()
