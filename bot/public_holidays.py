"""The public holidays of a territory, from the `holidays` library."""

from collections.abc import Container
from datetime import date

import holidays

from programme.territory import Territory


def public_holidays(territory: Territory) -> Container[date]:
    """Give the days on which nobody is at work where the territory is; any year may be asked for."""
    return holidays.country_holidays(territory.country, subdiv=territory.subdivision)


def problem_with(country: str, subdivision: str | None) -> str | None:
    """Say why a country, or a part of it, is not known to the library; None where it is."""
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        return f"“{country}” is no country with known holidays; write its two letters, such as FR"
    if subdivision is not None and subdivision not in known[country]:
        return f"“{subdivision}” is no part of {country} with its own holidays; use one of {', '.join(known[country])}"
    return None
