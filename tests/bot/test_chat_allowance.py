from bot.chat_allowance import ChatAllowance


def passed(allowance: ChatAllowance, count: int, start: float = 100.0) -> list[float]:
    times: list[float] = []
    now = start
    for _ in range(count):
        now = max(now, allowance.open_at(now))
        allowance.count(now)
        times.append(round(now - start, 1))
    return times


def test_a_person_who_taps_is_answered_in_a_short_burst() -> None:
    assert passed(ChatAllowance.of(5), 8) == [0, 0, 0, 0, 0, 0, 6.4, 6.4]


def test_a_group_gets_twenty_messages_in_any_minute() -> None:
    times = passed(ChatAllowance.of(-5), 60)

    assert all(len([one for one in times if start <= one < start + 60]) <= 20 for start in times)
    assert times[19] < 21
    assert times[20] == 61


def test_a_held_chat_opens_when_the_hold_is_over() -> None:
    allowance = ChatAllowance.of(5)
    allowance.hold(130.0)
    allowance.hold(120.0)

    assert allowance.open_at(100.0) == 130.0
    assert (allowance.idle(129.0), allowance.idle(131.0)) == (False, True)


def test_a_chat_is_idle_once_its_messages_are_old() -> None:
    allowance = ChatAllowance.of(5)
    allowance.count(100.0)

    assert (allowance.idle(106.3), allowance.idle(106.5)) == (False, True)
