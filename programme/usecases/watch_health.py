"""Watch over the bot: what stays wrong for ten minutes is told once, and once more when it is well again."""

from dataclasses import dataclass, replace
from datetime import datetime

from programme.health import WRONG_FOR, OpenTrouble, Trouble, troubles_of
from programme.notices import TroubleFound, TroubleOver
from programme.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Alert:
    """What staff are to know: something has been wrong since a moment, or is well again."""

    trouble: Trouble
    since: datetime
    over: bool

    @property
    def key(self) -> str:
        """Give the key under which it is told once."""
        return f"trouble:{self.trouble.value}:{self.since:%Y%m%dT%H%M%S}:{'over' if self.over else 'found'}"


def watch_health(uow: UnitOfWork, now: datetime) -> list[Alert]:
    """Look at how things stand, note it, and give what is to be told now."""
    wrong = troubles_of(uow.health.look(now), now)
    known = {one.trouble: one for one in uow.health.open_troubles()}
    for trouble in sorted(wrong - known.keys()):
        uow.health.keep(OpenTrouble(trouble, now))
    alerts = []
    for trouble, one in known.items():
        if trouble not in wrong:
            uow.health.close(trouble)
            if one.told_at is not None:
                alerts.append(Alert(trouble, one.since, over=True))
        elif one.told_at is None and now - one.since >= WRONG_FOR:
            uow.health.keep(replace(one, told_at=now))
            alerts.append(Alert(trouble, one.since, over=False))
    return alerts


def tell_staff(uow: UnitOfWork, alert: Alert, now: datetime) -> None:
    """Tell each of the project team in private."""
    staff = [person.id for person in uow.people.staff()]
    notice = TroubleOver(alert.trouble) if alert.over else TroubleFound(alert.trouble)
    uow.notices.tell(staff, notice, alert.key, now)
