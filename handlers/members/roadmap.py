"""The roadmap in private: how far it is, each action with its means and its target, moved on by its owner."""

from markupsafe import Markup

from handlers.cards.action import MOVE_ON
from handlers.cards.roadmap import MARKS, in_order, open_vote_on, roadmap_lines, standing_words
from handlers.feature import Feature
from handlers.members.own_coalition import own_coalition_first
from handlers.names import action_state, roadmap_state
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.actions import NEXT_STATE, Action, ActionState, to_validate
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotAllowed, NotFound, Outdated
from programme.ids import ActionId, CoalitionId
from programme.usecases.change_action import may_move_on, move_action_on
from programme.usecases.rights import facilitates, is_member


def show_roadmap(turn: Turn, coalition: Coalition) -> Reply:
    """Show a coalition's roadmap to its members, with what who facilitates can do."""
    return turn.show(roadmap_screen(turn, coalition, turn.number(1) if turn.word(0) and turn.word(1) else 0))


def open_by_code(turn: Turn, code: str) -> Reply:
    """Show the roadmap of a group's card; who is not in its coalition is shown how to come in."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None or coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    if _sees(turn, coalition.id):
        return say(roadmap_screen(turn, coalition, 0))
    text = turn.language.say("The roadmap of “{name}” is for its members: join it first.", name=coalition.name)
    see = button(turn.language.plain("See the coalition"), "coalition", coalition.id)
    return say(Screen(text, ((see,), *way_out(turn.language))))


def show_item(turn: Turn) -> Reply:
    """Show one action of a roadmap."""
    return turn.show(item_screen(turn, item(turn)))


def move_on(turn: Turn) -> Reply:
    """Move an action on in one tap; where it moved already, show where it stands."""
    if turn.word(1) not in list(ActionState):
        raise NotFound
    seen, today = ActionState(turn.word(1)), turn.now.astimezone(turn.territory.zone).date()
    try:
        action = move_action_on(turn.uow, turn.me.id, ActionId(turn.number(0)), seen, today, turn.now)
    except Outdated:
        now_shown = turn.show(item_screen(turn, item(turn)))
        return Reply(now_shown.messages, turn.language.plain("It had moved on already: here is where it stands."))
    noted = turn.language.plain("Noted: {answer}", answer=action_state(action.state, turn.language))
    return turn.show(item_screen(turn, action), toast=noted)


def roadmap_screen(turn: Turn, coalition: Coalition, number: int) -> Screen:
    """Give a page of the roadmap with the buttons of who looks at it."""
    language, today = turn.language, turn.now.astimezone(turn.territory.zone).date()
    roadmap = in_order(turn.uow.actions.roadmap(coalition.id))
    page = page_of(roadmap, number)
    leads = facilitates(turn.uow, turn.me.id, coalition.id)
    rows = (
        *((button(f"{MARKS[one.state]} {one.title}", "roadmap.item", one.id),) for one in page.things),
        *page.turner(language, "roadmap", coalition.id),
        *_deeds(turn, coalition, roadmap, leads=leads),
        *way_out(language, "coalition", coalition.id),
    )
    text = paragraphs(
        roadmap_lines(coalition, roadmap, page.things, turn.uow, language, turn.territory, today),
        _warning(turn, coalition) if leads else None,
    )
    return Screen(text, rows)


def item_screen(turn: Turn, action: Action) -> Screen:
    """Give one action of a roadmap, with what who looks at it can do."""
    language, today = turn.language, turn.now.astimezone(turn.territory.zone).date()
    if action.roadmap is None:
        raise NotFound
    owner = None if action.owner_id is None else turn.uow.people.get(action.owner_id).name
    stakes = [stake.label_in(language.code) for key in action.stakes if (stake := turn.territory.stake(key))]
    text = paragraphs(
        lines(
            language.say("<b>{title}</b>", title=action.title),
            language.say(
                "{mark} {standing} · {state}",
                mark=MARKS[action.state],
                standing=standing_words(action, language, today),
                state=roadmap_state(action.roadmap, language),
            ),
            language.say("Coalition: {name}", name=turn.uow.coalitions.get(action.coalition_id).name),
            language.say("Looked after by {name}", name=owner)
            if owner is not None
            else language.say("Nobody looks after it yet."),
        ),
        lines(
            language.say("Target: {text}", text=action.details.expected_result),
            language.say("Means: {text}", text=action.details.means),
            language.say("Stakes: {names}", names=language.listing(stakes)) if stakes else None,
        ),
    )
    return Screen(text, (*_item_deeds(turn, action), *way_out(language, "roadmap", action.coalition_id)))


def item(turn: Turn) -> Action:
    """Give the action of the tapped button; raises NotAllowed for who is not in its coalition."""
    action = turn.uow.actions.get(ActionId(turn.number(0)))
    if not _sees(turn, action.coalition_id):
        raise NotAllowed
    if action.deleted_at is not None:
        raise NotFound
    return action


def _sees(turn: Turn, coalition_id: CoalitionId) -> bool:
    return is_member(turn.uow, turn.me.id, coalition_id) or facilitates(turn.uow, turn.me.id, coalition_id)


def _deeds(turn: Turn, coalition: Coalition, roadmap: list[Action], *, leads: bool) -> Rows:
    plain, rows = turn.language.plain, list[tuple[Button, ...]]()
    vote = open_vote_on(turn.uow, coalition)
    if vote is not None:
        rows.append((button(plain("See the vote"), "vote", vote.id),))
    elif leads and to_validate(roadmap):
        rows.append((button(plain("Have the members vote"), "roadmap.vote", coalition.id),))
    if leads:
        rows.append(
            (
                button(plain("Add an action"), "roadmap.new", coalition.id),
                button(plain("Choose a planned one"), "roadmap.choose", coalition.id, 0),
            )
        )
    return tuple(rows)


def _warning(turn: Turn, coalition: Coalition) -> Markup | None:
    if open_vote_on(turn.uow, coalition) is None:
        return None
    return turn.language.say("If what is voted on changes, the vote is withdrawn.")


def _item_deeds(turn: Turn, action: Action) -> Rows:
    plain, rows = turn.language.plain, list[tuple[Button, ...]]()
    following = NEXT_STATE.get(action.state)
    if following is not None and may_move_on(turn.uow, turn.me.id, action):
        rows.append((button(plain(MOVE_ON[following]), "roadmap.on", action.id, action.state.value),))
    if facilitates(turn.uow, turn.me.id, action.coalition_id):
        off = button(plain("Take it off"), "roadmap.off", action.id)
        correct = button(plain("Correct it"), "roadmap.edit", action.id)
        rows.append((correct, off) if following is not None else (off,))
    rows.append((button(plain("The whole action"), "action", action.id),))
    return tuple(rows)


LIST = own_coalition_first("roadmap", show_roadmap)
FEATURE = Feature(
    commands={"feuillederoute": LIST},
    buttons={"roadmap": LIST, "roadmap.item": show_item, "roadmap.on": move_on},
)
