"""What the tests of words share. The languages are compiled anew into a folder of the run, wherever that starts,
and with gaps where there are gaps: one forgotten text is then told by the one test that looks for it."""

import shutil
from gettext import GNUTranslations

import pytest

import words_commands


@pytest.fixture(scope="session")
def texts():
    """The catalogue of English texts as the code and the templates hold them at this moment."""
    return words_commands.collected()


@pytest.fixture(scope="session")
def locales(tmp_path_factory):
    """A folder like locales/, compiled."""
    folder = tmp_path_factory.mktemp("words") / "locales"
    shutil.copytree(words_commands.LOCALES, folder, ignore=shutil.ignore_patterns("*.mo"))
    for path in words_commands.catalogues(folder):
        words_commands._write_whole(path.with_suffix(".mo"), words_commands.read(path))
    return folder


@pytest.fixture(scope="session")
def compiled(locales):
    """compiled(language) -> its texts as a running house reads them."""
    def read(language: str) -> GNUTranslations:
        with (locales / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
            return GNUTranslations(file)

    return read
