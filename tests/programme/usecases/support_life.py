"""Support requests for stories: what Maude asks, and where they stand."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.territory_file import load_territory
from programme.ids import SupportRequestId
from programme.support import SupportRequest
from programme.usecases.ask_support import SupportAsk, ask_support
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

BREST: Final = load_territory(Path("territories/brest.toml"))
LATER: Final = NOW + timedelta(hours=1)
LATER_STILL: Final = NOW + timedelta(hours=2)
NOWHERE: Final = SupportRequestId(99)


def asked(town: Town, chat_id: int | None = None) -> SupportRequest:
    """Have Maude ask for a room, in a group where a number is given."""
    ask = SupportAsk(town.toits.id, "room", "Une salle pour 20 personnes", chat_id=chat_id)
    return ask_support(town.uow, town.facilitator.id, ask, BREST, NOW)
