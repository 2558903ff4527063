import datetime as dt
import tempfile

import pytest

from screening.asking import Answers, Asked, usual_levels
from screening.screen import screen, server

TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="session")
def children():
    """Real children with real models. Where they cannot start, the tests fail: a skipped screening is a broken one."""
    started = server(2)
    started.start()
    yield started
    started.close()


@pytest.fixture
def look(children):
    """Screens these bytes and returns what was found and what it cost."""

    def look(data: bytes, document: str = "passport", answers: Answers | None = None, **levels):
        asked = Asked(document, TODAY, {**usual_levels(document), **levels}, answers or Answers())
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.flush()
            return screen(file, asked, children)

    return look
