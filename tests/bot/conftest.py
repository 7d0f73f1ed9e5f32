"""What tests of the running bot share: the logs as they were before."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture
def _former_logs() -> Iterator[None]:
    """Set the logs back after a test that sets them up."""
    root, ours = logging.getLogger(), logging.getLogger("jalon")
    before = (list(root.handlers), root.level, ours.level, sys.excepthook, threading.excepthook)
    yield
    root.handlers[:], level, our_level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    ours.setLevel(our_level)
    structlog.reset_defaults()
