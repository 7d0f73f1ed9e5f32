from dataclasses import replace

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotWellFormed
from programme.forums import FORUM_PLACE_MAX, FORUM_PROGRAMME_MAX, FORUM_TITLE_MAX
from programme.notices import ForumMoved
from programme.usecases.edit_forum import relocate_forum, retitle_forum, rewrite_programme
from tests.programme.usecases.gathering import Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW


@pytest.fixture
def gathering(town: Town) -> Gathering:
    gathering = gather(town, places=1)
    gathering.come("Léa", "Sam")
    return gathering


def test_another_title_and_programme_are_kept_and_told_to_nobody(gathering: Gathering) -> None:
    town, forum = gathering.town, gathering.forum

    retitle_forum(town.uow, town.staff.id, forum.id, " Forum\nd’hiver ", NOW)
    rewrite_programme(town.uow, town.staff.id, forum.id, "9 h : accueil\n10 h : ateliers", NOW)
    rewrite_programme(town.uow, town.staff.id, forum.id, "9 h : accueil\n10 h : ateliers", NOW)

    expected = replace(forum, title="Forum d’hiver", programme="9 h : accueil\n10 h : ateliers")
    assert town.uow.forums.get(forum.id) == expected
    assert gathering.told == []
    assert town.audited()[1:] == [AuditLine(NOW, town.staff.id, "edit_forum", f"forum:{forum.id}")] * 2


def test_another_place_is_told_once_to_everybody_registered(gathering: Gathering) -> None:
    town, forum = gathering.town, gathering.forum

    relocate_forum(town.uow, town.staff.id, forum.id, "Le Quartz", NOW, PARIS)
    relocate_forum(town.uow, town.staff.id, forum.id, "Le Quartz", NOW, PARIS)

    assert town.uow.forums.get(forum.id) == replace(forum, place="Le Quartz", version=1)
    assert gathering.told == [(name, ForumMoved(forum.id, 1)) for name in ("Léa", "Sam")]


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_nobody_else_edits_one(gathering: Gathering, role: str) -> None:
    town, forum = gathering.town, gathering.forum
    who = town.who(role).id

    with pytest.raises(NotAllowed):
        retitle_forum(town.uow, who, forum.id, "Autre", NOW)
    with pytest.raises(NotAllowed):
        rewrite_programme(town.uow, who, forum.id, "Autre", NOW)
    with pytest.raises(NotAllowed):
        relocate_forum(town.uow, who, forum.id, "Ailleurs", NOW, PARIS)

    assert town.uow.forums.get(forum.id) == forum


def test_texts_are_as_short_as_when_it_was_announced(gathering: Gathering) -> None:
    town, forum = gathering.town, gathering.forum

    with pytest.raises(NotWellFormed):
        retitle_forum(town.uow, town.staff.id, forum.id, "x" * (FORUM_TITLE_MAX + 1), NOW)
    with pytest.raises(NotWellFormed):
        rewrite_programme(town.uow, town.staff.id, forum.id, "x" * (FORUM_PROGRAMME_MAX + 1), NOW)
    with pytest.raises(NotWellFormed):
        relocate_forum(town.uow, town.staff.id, forum.id, "x" * (FORUM_PLACE_MAX + 1), NOW, PARIS)

    assert town.uow.forums.get(forum.id) == forum
