from sqlalchemy import Connection

from storage.remembered import Remembered

MENU = "telegram:commands:private:fr"


def test_a_value_is_kept_under_its_name_and_changed_there(connection: Connection) -> None:
    kept = Remembered(connection)
    assert kept.starting_with("") == {}

    kept.put(MENU, "a1b2")
    kept.put("telegram:short:fr", "c3d4")
    kept.put(MENU, "e5f6")

    assert kept.starting_with("telegram:") == {MENU: "e5f6", "telegram:short:fr": "c3d4"}


def test_names_are_found_by_their_beginning(connection: Connection) -> None:
    kept = Remembered(connection)
    for name in ("telegram:commands:501:fr", "telegram:commands:5012:fr", "territory:telegram:name"):
        kept.put(name, "told")

    assert kept.starting_with("telegram:commands:501:") == {"telegram:commands:501:fr": "told"}
    assert kept.starting_with("telegram:commands:501") == {
        "telegram:commands:501:fr": "told",
        "telegram:commands:5012:fr": "told",
    }
    assert kept.starting_with("forum:") == {}


def test_a_value_is_forgotten_alone_and_may_come_back(connection: Connection) -> None:
    kept = Remembered(connection)
    kept.put(MENU, "a1b2")
    kept.put("telegram:short:fr", "c3d4")

    kept.forget(MENU)
    kept.forget("never heard of")
    assert kept.starting_with("telegram:") == {"telegram:short:fr": "c3d4"}

    kept.put(MENU, "e5f6")
    assert kept.starting_with(MENU) == {MENU: "e5f6"}
