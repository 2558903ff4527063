import io
from functools import partial

import pytest

from uploads import inspection, intake
from uploads.forkserver import ForkServer
from uploads.storage import Store


@pytest.fixture(scope="session")
def server():
    server = ForkServer()
    yield server
    server.close()


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def send(server, store):
    """Sends bytes under a name through the whole intake."""

    def send(content: bytes, name: str, limits=None, **more):
        return intake.receive(
            io.BytesIO(content),
            claimed_name=name,
            limits=limits or intake.Limits(),
            store=store,
            inspector=partial(inspection.report_on, server),
            **more,
        )

    return send
