import pytest

from handlers.feature import Feature
from handlers.reply import SILENCE, Reply
from handlers.router import routes_of
from handlers.turn import Turn


def here(_: Turn) -> Reply:
    return SILENCE


def there(_: Turn) -> Reply:
    return SILENCE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Feature(commands={"action": here}), Feature(commands={"action": there})),
        (Feature(buttons={"action": here}), Feature(buttons={"action": there})),
        (Feature(group_commands={"action": here}), Feature(group_commands={"action": there})),
        (Feature(group_buttons={"action": here}), Feature(group_buttons={"action": there})),
    ],
)
def test_two_features_can_not_claim_one_name(one: Feature, other: Feature) -> None:
    with pytest.raises(ValueError, match="'action'"):
        routes_of([one, other])


def test_a_name_can_mean_something_else_in_groups() -> None:
    routes = routes_of([Feature(commands={"action": here}), Feature(group_commands={"action": there})])

    assert (dict(routes.commands), dict(routes.group_commands)) == ({"action": here}, {"action": there})


def test_who_is_not_known_is_sent_away_in_private_only() -> None:
    routes = routes_of([Feature(commands={"aide": here}, group_commands={"aide": there}, strangers=True)])

    assert {here, there} & routes.strangers == {here}
