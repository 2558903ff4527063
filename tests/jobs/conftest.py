import pytest

import clock
from tests.support.now import NOW
from tests.support.world import world


def _here(url, folder, smtp):
    with world(url, folder, NOW, MAIL_URL=smtp.url) as here:
        clock.use(lambda: here.now)
        yield here
        clock.use(None)


@pytest.fixture
def made(sqlite_url, tmp_path, smtp):
    """The world with a real mail server, on SQLite. The product's clock shows made.now."""
    yield from _here(sqlite_url, tmp_path, smtp)


@pytest.fixture
def made_on_each(database_url, tmp_path, smtp):
    """The same once on each database, for what depends on locks and counts."""
    yield from _here(database_url, tmp_path, smtp)
