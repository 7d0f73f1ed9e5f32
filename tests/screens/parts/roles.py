"""Roles that the project team gives and takes, the log that tells of it, and who waits for a decision."""

from typing import Final

from handlers.navigation import PAGE
from handlers.staff.deeds import DEEDS, VERDICTS
from programme.audit import AuditLine
from programme.usecases.propose_coalition import Proposal, propose_coalition
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import OPEN
from tests.screens.tour import Tour
from tests.world import COLLEAGUE_ID, STAFF_ID

WORKING_DAYS_LATER: Final = 27
"""The Friday after the Monday on which a walk begins."""


async def walk(tour: Tour) -> None:
    """Anne looks Léa up, entrusts her with a coalition, takes her into the team, and takes both back."""
    anne, paul = await tour.has("Anne", id=STAFF_ID), await tour.has("Paul", id=COLLEAGUE_ID)
    lea, _ = await tour.has("Léa", "ENIB"), await tour.has("Sam", "BAPAV")
    named, appointed = await tour.does(lambda uow: (paul.number(uow), lea.number(uow)))
    await anne.says("/sante", "Health of a bot before its first night")
    await anne.says("/journal", "The log, with nothing in it")
    await anne.says("/equipe")
    await anne.taps("Roles", "Roles")
    await anne.taps("Find a person", "Somebody is looked for")
    await anne.says("enib", "Somebody is found")
    await anne.taps("Léa", "Somebody without a role")
    await anne.taps("Entrust with a coalition", "With which coalition")
    await anne.taps(OPEN, "Entrusted with a coalition")
    lea.looks_away()
    await anne.taps("Take off: {name}", "Whether to take a coalition off somebody", name=OPEN)
    await anne.taps("Yes, take off", "A coalition is taken off somebody")
    await lea.reads("Notice: one facilitates no more")
    await lea.taps("Why this message?", "Why: a role in the programme")
    await anne.taps("Appoint to the project team", "Whether to appoint somebody")
    await anne.taps("Yes, appoint", "Appointed")
    await lea.reads("Notice: one belongs to the team")
    await anne.taps("‹ Back", "Roles, with a colleague more")
    await anne.taps("★ Léa")
    await anne.taps("Take off the project team", "Whether to take somebody off the team")
    await anne.taps("Yes, take off", "Taken off the team")
    await lea.reads("Notice: one belongs to the team no more")
    await anne.forges(f"role:{named}", "A colleague whom the settings name")
    await anne.forges(f"role.off.sure:{named}", "Refused: the settings name this colleague")
    await anne.forges(f"role.staff.sure:{appointed}")
    lea.looks_away()
    await lea.forges(f"role.off.sure:{appointed}", "One takes oneself off the team", label="Yes, take off")


async def walk_log(tour: Tour) -> None:
    """Every deed that the log knows, page after page."""
    anne = tour.visitor("Anne")
    await tour.does(lambda uow: _every_deed(uow, tour))
    pages = await tour.does(lambda uow: -(-uow.audit.count() // PAGE))
    await anne.says("/journal", "The log")
    for page in range(2, pages + 1):
        await anne.taps("Next page ›", f"The log, page {page}")


async def walk_recalls(tour: Tour) -> None:
    """A proposal waits from Monday to Friday, and is recalled."""
    anne, sam = tour.visitor("Anne"), tour.visitor("Sam")
    proposal = Proposal("Trop de trajets en solo", "Covoiturage du soir", "Partager nos trajets du retour.", "area")
    await tour.does(lambda uow: propose_coalition(uow, sam.number(uow), proposal, tour.world.clock.now()))
    anne.looks_away()
    await tour.world.moves_to(tour.paris(WORKING_DAYS_LATER, 9, month=11))
    await anne.reads("Notice: a proposal has waited for long")
    await anne.taps("Why this message?", "Why: what has waited for long")
    await anne.forges(anne.data_of("All approvals"), "Approvals, one since Monday", label="All approvals")
    await anne.taps("Proposal: {name}", name=proposal.name)
    await anne.taps("Approve")


def _every_deed(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Write one line for every deed and every verdict, and one about somebody who was erased."""
    now, by = tour.world.clock.now(), tour.visitor("Anne").number(uow)
    coalition = uow.coalitions.by_name(OPEN)
    assert coalition is not None
    for deed in reversed(DEEDS):
        uow.audit.add(AuditLine(now, by, deed, f"coalition:{coalition.id}"))
    for deed, state in VERDICTS:
        uow.audit.add(AuditLine(now, by, deed, f"coalition:{coalition.id}", {"state": state}))
    uow.audit.add(AuditLine(now, None, "erase_person", "person:erased"))
