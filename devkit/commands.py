"""The table of what `./dev` can do, and the order in which set-up happens."""

import sys
from collections.abc import Sequence

from devkit import front_end, house, locking, python_packages, serving, testing
from devkit.places import VAR
from devkit.plainly import Trouble, complain, say
from devkit.serving import held
from devkit.stamps import Stamps

STOPPED_BY_HAND = 130


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit code. Every failure a person can mend is one sentence, no traceback."""
    name, rest = (words[0], words[1:]) if words else ("start", ())
    command = COMMANDS.get({"-h": "help", "--help": "help"}.get(name, name))
    if command is None:
        complain(f"./dev cannot {name!r}: ./dev help lists what it can do.")
        return 2
    try:
        return command(list(rest)) or 0
    except Trouble as trouble:
        complain(str(trouble))
    except KeyboardInterrupt:
        return STOPPED_BY_HAND
    except PermissionError as error:
        complain(f"{error.filename} cannot be written: make it yours, or run ./dev as its owner.")
    except OSError as error:
        complain(f"The machine refused: {error}; put that right, then start again.")
    return 1


def start(words: list[str]) -> int:
    """set up what changed, then run web and worker (HOST, PORT and the settings in docs/operating.md apply)"""
    if words:
        raise Trouble(f"./dev alone starts Klarsag and takes no words, so {' '.join(words)!r} is not understood.")
    with held("set-up"):
        stamps = _set_up(python_packages.RUNTIME)
        house.migrate(stamps)
        house.seed_once(stamps)
    serving.serve()
    return 0


def test(words: list[str]) -> int:
    """run all tests; words go to pytest (./dev test tests/uploads -q)"""
    return _test(words, thorough=False)


def check(words: list[str]) -> int:
    """run all tests with larger numbers, and the long ones"""
    return _test(words, thorough=True)


def lint(words: list[str]) -> int:
    """look for faults in code and checklists without running them"""
    with held("set-up"):
        _set_up(python_packages.DEVELOPMENT)
    return testing.lint(words)


def bench(words: list[str]) -> int:
    """measure an applicant's whole journey beside bare Flask and raw commits"""
    with held("set-up"):
        _set_up(python_packages.DEVELOPMENT)
    return testing.bench(words)


def seed(_words: list[str]) -> int:
    """fill the embedded database with demo data (./dev does so once by itself)"""
    with held("set-up"):
        stamps = _set_up(python_packages.RUNTIME)
        house.migrate(stamps)
        house.seed(stamps)
    return 0


def reset(_words: list[str]) -> int:
    """throw the embedded database and its files away and seed anew"""
    with held("running", otherwise="Klarsag runs from this folder: stop it first."), held("set-up"):
        stamps = _set_up(python_packages.RUNTIME)
        house.forget_data(stamps)
        house.migrate(stamps)
        house.seed_once(stamps)
    say("All data is gone and the demo data is fresh.")
    return 0


def lock(words: list[str]) -> int:
    """for maintainers: resolve requirements*.in and package.json into the locks (--upgrade)"""
    return locking.lock(words)


def help_(_words: list[str]) -> int:
    """show this list"""
    for name, command in COMMANDS.items():
        shown = "./dev" if name == "start" else f"./dev {name}"
        say(f"  {shown:<12} {command.__doc__}")
    return 0


def _set_up(packages) -> Stamps:
    if sys.platform == "win32":
        raise Trouble("Klarsag runs on Linux and macOS: on Windows start it inside WSL.")
    stamps = Stamps(VAR / "stamps.json")
    python_packages.ensure(packages)
    python_packages.ensure(python_packages.SCREENING)
    front_end.ensure(stamps)
    house.compile_everything(stamps)
    return stamps


def _test(words: list[str], *, thorough: bool) -> int:
    with held("set-up"):
        _set_up(python_packages.DEVELOPMENT)
        testing.ensure_browser()
    return testing.run_tests(words, thorough=thorough)


COMMANDS = {
    "start": start,
    "test": test,
    "check": check,
    "lint": lint,
    "bench": bench,
    "seed": seed,
    "reset": reset,
    "lock": lock,
    "help": help_,
}
