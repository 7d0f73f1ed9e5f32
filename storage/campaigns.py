"""Campaigns, whom they concern, and who was chased by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from programme.campaigns import Campaign, CampaignState, Result
from programme.coalitions import CoalitionState
from programme.errors import NotFound, Outdated
from programme.ids import CampaignId, CoalitionId, PersonId
from programme.memberships import MembershipState
from programme.ports import Concerned
from storage.engine import insert_new
from storage.people import preferences_in
from storage.tables.campaigns import campaign_chases, campaigns
from storage.tables.commitments import commitment_cards
from storage.tables.programme import coalitions, memberships, people

BY_ID: Final = select(campaigns).where(campaigns.c.id == bindparam("campaign"))
OPEN: Final = select(campaigns).where(campaigns.c.state == CampaignState.OPEN)
CLOSED: Final = (
    select(campaigns)
    .where(campaigns.c.state == CampaignState.CLOSED)
    .order_by(campaigns.c.closed_at.desc(), campaigns.c.id.desc())
)
LATEST: Final = select(campaigns).order_by(campaigns.c.id.desc()).limit(1)
SAVE: Final = update(campaigns).where(campaigns.c.id == bindparam("campaign"))
PUBLISHED: Final = (
    select(commitment_cards.c.id)
    .where(
        commitment_cards.c.coalition_id == memberships.c.coalition_id,
        commitment_cards.c.published_at >= campaigns.c.opens_at,
    )
    .correlate(memberships, campaigns)
)
AWAITED_FROM: Final = (
    select(memberships.c.id)
    .join(coalitions, coalitions.c.id == memberships.c.coalition_id)
    .join(campaigns, campaigns.c.id == bindparam("campaign"))
    .where(
        memberships.c.person_id == people.c.id,
        memberships.c.state == MembershipState.ACCEPTED,
        memberships.c.facilitator,
        coalitions.c.state == CoalitionState.ACTIVE,
        ~PUBLISHED.exists(),
    )
    .correlate(people)
)
CONCERNED: Final = (
    select(people)
    .where(people.c.reachable, people.c.id > bindparam("after"), AWAITED_FROM.exists())
    .order_by(people.c.id)
    .limit(bindparam("most"))
)
CHASED: Final = select(campaign_chases.c.coalition_id, campaign_chases.c.chased_on).where(
    campaign_chases.c.campaign_id == bindparam("campaign")
)
CHASE_AGAIN: Final = update(campaign_chases).where(
    campaign_chases.c.campaign_id == bindparam("campaign"), campaign_chases.c.coalition_id == bindparam("coalition")
)


class SqlCampaigns:
    """The campaigns in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, campaign_id: CampaignId) -> Campaign:
        """Give a campaign; raises NotFound."""
        row = self._connection.execute(BY_ID, {"campaign": campaign_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _campaign(row)

    def open_one(self) -> Campaign | None:
        """Give the campaign that is open, if there is one."""
        row = self._connection.execute(OPEN).mappings().one_or_none()
        return None if row is None else _campaign(row)

    def closed(self) -> Sequence[Campaign]:
        """Give those that are over, the latest first."""
        return [_campaign(row) for row in self._connection.execute(CLOSED).mappings()]

    def add(self, campaign: Campaign) -> Campaign:
        """Keep a new campaign under an id given here; raises Outdated where another one is open, and this one too."""
        values = {"opens_at": campaign.opens_at, "opened_by": campaign.opened_by, **_columns(campaign)}
        if not insert_new(self._connection, campaigns, [values]):
            raise Outdated
        return _campaign(self._connection.execute(LATEST).mappings().one())

    def save(self, campaign: Campaign) -> None:
        """Keep what changed of a campaign; its first day stays."""
        self._connection.execute(SAVE, {"campaign": campaign.id, **_columns(campaign)})

    def concerned(self, campaign_id: CampaignId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people who facilitate a coalition whose card is awaited, by id from after `after`."""
        values = {"campaign": campaign_id, "after": after, "most": limit}
        rows = self._connection.execute(CONCERNED, values).mappings()
        return [Concerned(row[people.c.id], preferences_in(row), facilitator=True) for row in rows]

    def chased(self, campaign_id: CampaignId) -> Mapping[CoalitionId, date]:
        """Give the last day on which staff chased each coalition that they did chase."""
        rows = self._connection.execute(CHASED, {"campaign": campaign_id})
        return {CoalitionId(row.coalition_id): row.chased_on for row in rows}

    def note_chased(self, campaign_id: CampaignId, coalition_ids: Iterable[CoalitionId], on: date) -> None:
        """Note that staff chased these coalitions on a day."""
        for coalition_id in coalition_ids:
            values = {"campaign_id": campaign_id, "coalition_id": coalition_id, "chased_on": on}
            if not insert_new(self._connection, campaign_chases, [values]):
                again = {"campaign": campaign_id, "coalition": coalition_id, "chased_on": on}
                self._connection.execute(CHASE_AGAIN, again)


def _campaign(row: RowMapping) -> Campaign:
    published, of = row[campaigns.c.published], row[campaigns.c.coalitions]
    return Campaign(
        id=row[campaigns.c.id],
        title=row[campaigns.c.title],
        word=row[campaigns.c.word],
        opens_at=row[campaigns.c.opens_at],
        due_on=row[campaigns.c.due_on],
        version=row[campaigns.c.version],
        state=CampaignState(row[campaigns.c.state]),
        opened_by=row[campaigns.c.opened_by],
        closed_at=row[campaigns.c.closed_at],
        result=None if published is None or of is None else Result(published, of),
    )


def _columns(campaign: Campaign) -> dict[str, Any]:
    result = campaign.result
    return {
        "title": campaign.title,
        "word": campaign.word,
        "due_on": campaign.due_on,
        "version": campaign.version,
        "state": campaign.state,
        "closed_at": campaign.closed_at,
        "published": None if result is None else result.published,
        "coalitions": None if result is None else result.coalitions,
    }
