"""Any walk through a conversation: never stuck, never without an answer, and no answer lost."""

import json
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.chat import Chat
from handlers.forms.draft import Draft, read_draft
from handlers.said import Command, Edited
from programme.ids import TelegramId
from tests.handlers.forms.conversing import InMemory, Seen, Talker
from tests.handlers.forms.every_kind import FORMS, KEYS, NEVER_RIGHT, RIGHT

STEPS_TO_THE_END = 40


class Walk(RuleBasedStateMachine):
    """Somebody who does anything at any moment; `before` is the draft as it was before the last step."""

    def __init__(self) -> None:
        super().__init__()
        self.lea = Talker(FORMS)
        self.old: list[Seen] = []
        self.before: Draft | None = None
        self.ended = True

    @property
    def draft(self) -> Draft | None:
        kept = self.lea.memory.drafts.get(self.lea.chat.id, TelegramId(self.lea.telegram_id))
        return None if kept is None else read_draft(kept.content)

    def step(self) -> None:
        """Note how things stand before something is done."""
        self.before, self.ended = self.draft, False
        self.old = [*self.old[-30:], *(Seen(seen.id, seen.screen) for seen in self.lea.with_buttons)]

    @rule()
    def opens(self) -> None:
        self.step()
        self.lea.opens("everything")

    @precondition(lambda self: self.draft is not None and self.draft.asking in KEYS)
    @rule(data=st.data())
    def answers(self, data: Any) -> None:
        assert self.draft is not None
        self.step()
        waiting, asking = self.draft.waiting, self.draft.asking
        self.lea.does(data.draw(st.sampled_from(RIGHT[asking])))
        assert self.draft is not None
        assert self.draft.asking != asking or waiting is not None

    @precondition(lambda self: self.draft is not None)
    @rule(said=st.sampled_from(NEVER_RIGHT))
    def answers_wrongly(self, said: Any) -> None:
        self.step()
        self.lea.does(said)

    @precondition(lambda self: self.draft is not None)
    @rule(text=st.text(max_size=300))
    def writes_anything(self, text: str) -> None:
        self.step()
        self.lea.says(text)

    @precondition(lambda self: self.lea.with_buttons)
    @rule(data=st.data())
    def taps_any_button(self, data: Any) -> None:
        self.step()
        message = data.draw(st.sampled_from(self.lea.with_buttons))
        buttons = [one for row in message.screen.rows for one in row if not one.data.endswith(":cancel")]
        pressed = data.draw(st.sampled_from(buttons))
        self.ended = pressed.data.split(":")[3] in {"confirm", "leave"}
        self.lea.taps_data(pressed.data, message)

    @precondition(lambda self: self.old)
    @rule(data=st.data())
    def taps_an_old_button(self, data: Any) -> None:
        self.step()
        message = data.draw(st.sampled_from(self.old))
        pressed = data.draw(st.sampled_from([one for row in message.screen.rows for one in row]))
        self.ended = pressed.data.split(":")[3] in {"confirm", "leave", "cancel"}
        self.lea.taps_data(pressed.data, message)

    @precondition(lambda self: self.lea.seen)
    @rule(data=st.text(max_size=20).map(lambda text: f"f:{text}"))
    def taps_a_forged_button(self, data: str) -> None:
        self.step()
        self.lea.taps_data(data, self.lea.last)
        assert self.draft == self.before

    @precondition(lambda self: self.old)
    @rule(data=st.data())
    def somebody_else_taps(self, data: Any) -> None:
        self.step()
        sam = Talker(FORMS, memory=self.lea.memory, telegram_id=8, chat=Chat(8, private=True))
        message = data.draw(st.sampled_from(self.old))
        sam.taps_data(data.draw(st.sampled_from([one.data for row in message.screen.rows for one in row])), message)
        assert self.draft == self.before

    @precondition(lambda self: self.draft is not None)
    @rule(label=st.sampled_from(["‹ Back", "Skip", "Keep the present answer", "Correct", "Confirm"]))
    def goes_its_way(self, label: str) -> None:
        """Tap a way out where there is one."""
        if label in self.open_message.labels:
            self.step()
            self.ended = label == "Confirm"
            self.lea.taps(label, on=self.open_message)

    @precondition(lambda self: self.draft is not None)
    @rule(by_command=st.booleans())
    def cancels(self, by_command: bool) -> None:
        self.step()
        self.ended = True
        if by_command or "Cancel" not in self.open_message.labels:
            self.lea.does(Command("annuler"))
        else:
            self.lea.taps("Cancel", on=self.open_message)
        assert self.draft is None

    @rule()
    def the_bot_restarts(self) -> None:
        self.step()
        kept = json.loads(json.dumps(self.lea.memory.drafts.kept))
        drafts = InMemory().drafts
        drafts.kept, drafts.last_id = {int(key): value for key, value in kept.items()}, self.lea.memory.drafts.last_id
        self.lea.memory = InMemory(drafts)
        assert self.draft == self.before

    @precondition(lambda self: self.draft is not None)
    @rule()
    def comes_back(self) -> None:
        self.step()
        self.lea.now += timedelta(days=1)
        self.lea.comes_back()

    @precondition(lambda self: self.draft is not None)
    @rule(said=st.sampled_from([Command("aide"), Edited("Bikes")]))
    def does_something_else(self, said: Any) -> None:
        self.step()
        self.lea.does(said)
        assert self.draft == self.before

    @precondition(lambda self: self.draft is not None)
    @rule()
    def comes_too_late(self) -> None:
        self.step()
        self.ended = True
        self.lea.now += timedelta(days=8)
        self.lea.says("Bikes")
        assert self.draft is None

    @invariant()
    def nothing_is_lost(self) -> None:
        """Answers stay until the conversation is ended; only the one being asked for may change."""
        if self.before is None or self.ended:
            return
        after = self.draft
        assert after is not None
        if after.answers != self.before.answers:
            kept = {key: value for key, value in self.before.answers.items() if key != self.before.asking}
            changed = {key: value for key, value in after.answers.items() if key != self.before.asking}
            assert changed == kept

    @invariant()
    def nobody_is_stuck(self) -> None:
        """An open conversation shows what it waits for, with a way out; one that is over has no buttons left open."""
        if self.draft is None:
            return
        labels = self.open_message.labels
        assert "Cancel" in labels or labels == ["Go on with it", "Leave it and begin this"]
        assert [seen.id for seen in self.lea.with_buttons] == [self.open_message.id]

    @property
    def open_message(self) -> Seen:
        """The message whose buttons are the conversation's present ones."""
        draft, kept = self.draft, self.lea.memory.drafts.last_id
        assert draft is not None
        mine = f"f:{kept}:{draft.serial}:"
        return next(
            seen for seen in self.lea.seen if any(one.data.startswith(mine) for row in seen.screen.rows for one in row)
        )

    def teardown(self) -> None:
        """From wherever it stands, the conversation comes to its end by plain answers."""
        if self.draft is None:
            self.lea.opens("everything")
        for _ in range(STEPS_TO_THE_END):
            draft = self.draft
            if draft is None:
                break
            if draft.waiting is not None:
                self.lea.taps("Go on with it", on=self.open_message)
            elif draft.asking in KEYS:
                self.lea.does(RIGHT[draft.asking][0])
            elif "Confirm" in self.open_message.labels:
                self.lea.taps("Confirm", on=self.open_message)
            else:
                self.lea.taps("‹ Back", on=self.open_message)
        assert self.draft is None
        assert self.lea.last.text.startswith("Recorded: ")


TestEveryWalk = Walk.TestCase
TestEveryWalk.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
