"""What every test may ask for. Only the clock is a stand-in; databases, mail server and browser are real."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

import clock
from tests.support import browser as browsers
from tests.support import schema
from tests.support.databases import KINDS, Databases
from tests.support.mail import MailServer
from tests.support.now import NOW
from tests.support.postgres import NoPostgres, WhenWanted
from tests.support.thorough import THOROUGH
from uploads import forkserver

PICTURES = Path(__file__).parent.parent / "var" / "log" / "journeys"


def pytest_collection_modifyitems(config, items):
    """Long tests run in ./dev check only, or when asked for by -m."""
    if THOROUGH or config.option.markexpr:
        return
    long_ones = [item for item in items if item.get_closest_marker("check")]
    config.hook.pytest_deselected(items=long_ones)
    items[:] = [item for item in items if item not in long_ones]


@pytest.fixture(scope="session")
def thorough() -> bool:
    """True in ./dev check: take the larger numbers."""
    return THOROUGH


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once(tmp_path_factory):
    """Tests have an app each; compiling the same templates for every one of them was a third of the whole run."""
    kept = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": kept})
        yield


@pytest.fixture(scope="session", autouse=True)
def _children_end_with_the_run():
    """The server that uploads are looked at in starts with the first upload."""
    yield
    forkserver.default().close()


@pytest.fixture
def now():
    """NOW, and the product's clock stands there until the test is over."""
    clock.use(lambda: NOW)
    yield NOW
    clock.use(None)


@pytest.fixture(scope="session")
def _server_when_wanted():
    server = WhenWanted(durable=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(_server_when_wanted):
    """A PostgreSQL in which databases may be made; the same for the whole run."""
    return _url_or_fail(_server_when_wanted)


@pytest.fixture(scope="session")
def databases(tmp_path_factory, _server_when_wanted):
    """Originals of both kinds, migrated once, from which each test gets its copy."""
    folder = tmp_path_factory.mktemp("databases")
    kept = Databases(folder, lambda: _url_or_fail(_server_when_wanted), schema.build)
    yield kept
    kept.close()


@pytest.fixture(params=KINDS)
def database_url(request, databases):
    """A migrated database of this test's own, once on SQLite and once on PostgreSQL."""
    with databases.copy(request.param) as url:
        yield url


@pytest.fixture
def sqlite_url(databases):
    with databases.copy("sqlite") as url:
        yield url


@pytest.fixture(scope="session")
def _mail_server():
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def smtp(_mail_server) -> MailServer:
    """A real SMTP server, empty at the beginning of each test."""
    _mail_server.forget()
    return _mail_server


@pytest.fixture(scope="session")
def chromium():
    """The browser itself; ask for `visit` to be somebody in it."""
    try:
        with browsers.chromium() as browser:
            yield browser
    except browsers.NoBrowser as none:
        pytest.fail(str(none), pytrace=False)


@pytest.fixture
def visit(chromium, request):
    """visit(phone=..., javascript=..., language=...) -> a page of a new person. Failed tests leave pictures in var."""
    contexts = []

    def begin(**manner):
        contexts.append(browsers.visit(chromium, **{"phone": False, **manner}))
        return contexts[-1].new_page()

    yield begin
    if getattr(request.node, "failed", False):
        _keep_pictures(request.node.name, contexts)
    for context in contexts:
        context.close()


@pytest.fixture
def axe():
    """axe(page) -> every violation of WCAG 2.2 AA on it, one line each."""
    return browsers.violations


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report


def _url_or_fail(server: WhenWanted) -> str:
    try:
        return server.url()
    except NoPostgres as none:
        pytest.fail(str(none), pytrace=False)


def _keep_pictures(test: str, contexts) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        name = re.sub(r"[^\w-]+", "-", f"{test}-{number}")
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
