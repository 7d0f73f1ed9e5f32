"""The facts that a text names between braces."""

from string import Formatter


def placeholders(text: str) -> frozenset[str]:
    """Give the names between braces; raises ValueError where a brace is left open or holds more than a name."""
    names = set()
    for _literal, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError("a placeholder is a bare name such as {title}")
        names.add(name)
    return frozenset(names)


def placeholder_problems(msgid: str, plural: str, strings: tuple[str, ...]) -> list[str]:
    """Say where the placeholders of a text and of its translations differ; all forms of a plural hold {n}."""
    try:
        wanted = placeholders(msgid)
        given = [placeholders(string) for string in strings]
        wanted_by_plural = placeholders(plural) if plural else wanted
    except ValueError as error:
        return [f"braces: {error}"]
    found = []
    if wanted_by_plural != wanted:
        found.append(
            f"the English singular names {_names(wanted)}, its plural {_names(wanted_by_plural)}; name the same"
        )
    if plural and "n" not in wanted:
        found.append("a text that counts names its number {n} in both forms, because in French “0” is singular too")
    found += [
        f"the translation names {_names(names)} instead of {_names(wanted)}; name the same"
        for names in dict.fromkeys(given)
        if names != wanted
    ]
    return found


def _names(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "nothing"
