import subprocess
import sys
import threading
from pathlib import Path

import pytest

from storage.process_lock import hold, lock_file

HOLDS = """
import sys
from storage.process_lock import hold
lock = hold(sys.argv[1])
print("alone" if lock.alone else "shared", flush=True)
if sys.argv[2:] == ["share"]:
    lock.share()
sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/jalon.db"


def another_process(url: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 (this very Python, and a script that stands above)
        [sys.executable, "-c", HOLDS, url, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_word(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_the_first_process_is_alone_and_the_next_is_not(url: str) -> None:
    with hold(url) as first:
        assert first.alone
        first.share()
        with hold(url) as second:
            assert not second.alone


def test_who_comes_while_one_is_alone_waits_until_it_shares(url: str) -> None:
    seen: list[bool] = []

    def comes() -> None:
        with hold(url) as lock:
            seen.append(lock.alone)

    with hold(url) as first:
        newcomer = threading.Thread(target=comes)
        newcomer.start()
        newcomer.join(timeout=0.2)
        assert newcomer.is_alive()

        first.share()
        newcomer.join(timeout=10)

    assert seen == [False]


def test_nobody_is_alone_while_one_is_left(url: str) -> None:
    first = hold(url)
    first.share()
    second = hold(url)
    first.release()
    first.release()
    with hold(url) as third:
        assert not third.alone
    second.release()

    with hold(url) as fourth:
        assert fourth.alone


def test_a_killed_process_lets_go(url: str) -> None:
    with another_process(url, "share") as killed:
        assert first_word(killed) == "alone"
        with hold(url) as beside:
            assert not beside.alone

        killed.kill()
        killed.wait()

    with hold(url) as after:
        assert after.alone


def test_the_lock_file_stays_beside_the_database(url: str, tmp_path: Path) -> None:
    hold(url).release()

    assert [file.name for file in tmp_path.iterdir()] == ["jalon.db.lock"]
    assert lock_file(tmp_path / "jalon.db") == tmp_path / "jalon.db.lock"


@pytest.mark.parametrize("elsewhere", ["sqlite+aiosqlite://", "postgresql+psycopg://jalon@localhost/jalon"])
def test_where_nobody_can_tell_nobody_is_alone(elsewhere: str) -> None:
    with hold(elsewhere) as lock:
        lock.share()
        assert not lock.alone
