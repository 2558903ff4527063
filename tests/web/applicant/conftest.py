"""Walking through many pages: templates are compiled once for all of these tests, not once for each."""

from __future__ import annotations

import pytest
from jinja2 import FileSystemBytecodeCache


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory):
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(autouse=True)
def _quick_templates(house, compiled_templates):
    house.app.jinja_env.bytecode_cache = compiled_templates
