"""The product does not start on releases whose holes were used against others."""

from importlib import metadata

import pytest

import versions


def test_what_is_locked_is_new_enough():
    assert versions.faults() == []


@pytest.mark.parametrize(
    ("package", "version"),
    [("pillow", "12.9.1"), ("pillow-heif", "1.6.0"), ("pypdf", "6.99"), ("werkzeug", "3.1.5"), ("flask", "3.1.2")],
)
def test_a_release_with_a_known_hole_is_named_with_its_cure(package, version):
    def installed(name):
        return version if name == package else "999"

    (fault,) = versions.faults(installed)
    assert f"{package} {version}" in fault
    assert "install" in fault


@pytest.mark.parametrize("version", ["13.0.0", "13.0.0rc1", "13", "100.1"])
def test_the_floor_itself_and_everything_above_is_fine(version):
    assert versions.faults(lambda _name: version if _name == "pillow" else "999") == []


def test_a_package_that_is_not_installed_is_no_fault():
    def installed(name):
        raise metadata.PackageNotFoundError(name)

    assert versions.faults(installed) == []
