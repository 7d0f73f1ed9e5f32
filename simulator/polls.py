"""Polls: what Telegram takes, who voted for what, and what it then shows."""

from dataclasses import dataclass, field
from typing import Any

from simulator.accounts import Bot
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.texts import FormattedText, cleaned, formatted

QUESTION_MAX = 300
OPTION_MAX = 100
OPTIONS_MAX = 12
EXPLANATION_MAX = 200
OPEN_SECONDS = range(5, 2_628_001)


@dataclass(eq=False, slots=True)
class Poll:
    """A poll that a bot has sent; `votes` hold the chosen options by person (Unix times)."""

    id: str
    bot: Bot
    question: FormattedText
    options: tuple[FormattedText, ...]
    anonymous: bool
    quiz: bool
    multiple: bool
    revoting: bool
    correct: tuple[int, ...] = ()
    explanation: FormattedText = field(default_factory=lambda: FormattedText(""))
    open_period: int | None = None
    close_date: int | None = None
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        """The poll as bots receive it."""
        fields: dict[str, Any] = {
            "id": self.id,
            **self.question.fields("question", "question_entities"),
            "options": [self._option(number) for number in range(len(self.options))],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
        }
        if self.quiz:
            fields["correct_option_ids"] = list(self.correct)
            fields |= self.explanation.fields("explanation", "explanation_entities")
        timing = {"open_period": self.open_period, "close_date": self.close_date}
        return fields | {name: value for name, value in timing.items() if value is not None}

    def vote(self, person_id: int, options: tuple[int, ...]) -> None:
        """Count somebody's choice; an empty one takes the vote back. Raises AssertionError where it is impossible."""
        if self.closed:
            raise AssertionError("This poll is closed.")
        if len(options) > 1 and not self.multiple:
            raise AssertionError("This poll takes one answer only.")
        if person_id in self.votes and not self.revoting:
            raise AssertionError("An answer to this poll can't be changed.")
        self.votes.pop(person_id, None)
        if options:
            self.votes[person_id] = options

    def answer(self, user: dict[str, Any], options: tuple[int, ...]) -> dict[str, Any]:
        """The PollAnswer that the bot receives."""
        persistent = [self._persistent(number) for number in options]
        return {
            "poll_id": self.id,
            "user": user,
            "option_ids": list(options),
            "option_persistent_ids": persistent,
        }

    def _option(self, number: int) -> dict[str, Any]:
        voters = sum(number in chosen for chosen in self.votes.values())
        text = self.options[number].fields("text", "text_entities")
        return {"persistent_id": self._persistent(number), **text, "voter_count": voters}

    def _persistent(self, number: int) -> str:
        return f"{int(self.id) % 997}{number}"


def checked_poll(call: Parameters, poll_id: str, bot: Bot, now: int) -> Poll:
    """The poll that a call describes; raises Refused where Telegram would."""
    question = formatted(call, "question", "question_entities", "question_parse_mode")
    if not question.text:
        raise bad_request("poll question must be non-empty")
    if len(question.text) > QUESTION_MAX:
        raise bad_request(f"poll question length must not exceed {QUESTION_MAX}")
    options = _options(call)
    quiz = call.text("type") == "quiz"
    multiple = call.boolean("allows_multiple_answers")
    correct = _correct(call, len(options), multiple=multiple) if quiz else ()
    explanation = formatted(call, "explanation", "explanation_entities", "explanation_parse_mode")
    if len(explanation.text) > EXPLANATION_MAX:
        raise bad_request("message is too long")
    open_period, close_date = call.integer("open_period") or None, call.integer("close_date") or None
    if open_period is not None and open_period not in OPEN_SECONDS:
        raise bad_request("POLL_CLOSE_DATE_INVALID")
    if open_period is None and close_date is not None and close_date - now not in OPEN_SECONDS:
        raise bad_request("POLL_CLOSE_DATE_INVALID")
    return Poll(
        poll_id,
        bot,
        question,
        options,
        anonymous=call.boolean("is_anonymous", default=True),
        quiz=quiz,
        multiple=multiple,
        revoting=call.boolean("allows_revoting", default=not quiz),
        correct=correct,
        explanation=explanation,
        open_period=open_period,
        close_date=now + open_period if open_period else close_date,
        closed=call.boolean("is_closed"),
    )


def _options(call: Parameters) -> tuple[FormattedText, ...]:
    given = call.json("options", "options")
    if not isinstance(given, list) or not given:
        raise bad_request("poll must have at least 1 option")
    if len(given) > OPTIONS_MAX:
        raise bad_request(f"poll can't have more than {OPTIONS_MAX} options")
    texts = [one if isinstance(one, str) else str(one.get("text", "")) for one in given]
    options = tuple(FormattedText(cleaned(text).strip()) for text in texts)
    if not all(option.text for option in options):
        raise bad_request("poll options must be non-empty")
    if any(len(option.text) > OPTION_MAX for option in options):
        raise bad_request(f"poll options length must not exceed {OPTION_MAX}")
    return options


def _correct(call: Parameters, options: int, *, multiple: bool) -> tuple[int, ...]:
    correct = call.json("correct_option_ids", "correct_option_ids")
    chosen = tuple(correct) if isinstance(correct, list) else (call.integer("correct_option_id", -1),)
    if not chosen or any(number not in range(options) for number in chosen) or (len(chosen) > 1 and not multiple):
        raise bad_request("wrong correct option ID specified")
    return chosen
