"""Links as Telegram takes them."""

import pytest

from simulator.links import WrongLinkError, checked_link, mentioned_user


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://Brest.fr", "https://brest.fr/"),
        ("brest.fr/Climat", "http://brest.fr/Climat"),
        ("https://t.me/jalon_bot?start=join_7", "https://t.me/jalon_bot?start=join_7"),
        ("https://brest.fr?a=1 2#b", "https://brest.fr/?a=1%202#b"),
        ("https://192.168.0.1:8443/", "https://192.168.0.1:8443/"),
        ("https://[::1]/", "https://[::1]/"),
        ("tg:resolve?domain=jalon_bot", "tg://resolve?domain=jalon_bot"),
    ],
)
def test_a_link_is_kept_in_telegrams_writing(address: str, kept: str) -> None:
    assert checked_link(address) == kept


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://localhost:8080", "Wrong HTTP URL"),
        ("mailto://a@brest.fr", "Unsupported URL protocol"),
        ("https:///climat", "URL host is empty"),
        ("", "URL host is empty"),
        ("https://brest.fr:99999/", "Wrong port number specified in the URL"),
    ],
)
def test_a_link_telegram_does_not_take(address: str, reason: str) -> None:
    with pytest.raises(WrongLinkError, match=reason):
        checked_link(address)


def test_a_link_to_a_person_names_their_number() -> None:
    assert (mentioned_user("tg://user?id=5"), mentioned_user("https://t.me/lea")) == (5, None)
