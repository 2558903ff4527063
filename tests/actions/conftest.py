import pytest

import clock
from tests.support.now import NOW
from tests.support.world import world


@pytest.fixture
def made(database_url, tmp_path_factory):
    """The world, once on each database. The product's clock shows made.now."""
    with world(database_url, tmp_path_factory.mktemp("var"), NOW) as here:
        clock.use(lambda: here.now)
        yield here
        clock.use(None)
