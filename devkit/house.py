"""What the product itself must have before it can start: catalogues, checklists, a database, demo data."""

import os
import shutil

from devkit.places import DATABASE, DEMO_LOGINS, ROOT, VAR, VENV_PYTHON
from devkit.plainly import run, say
from devkit.stamps import Stamps, fingerprint

LOCALES = ROOT / "locales"
MIGRATIONS = ROOT / "migrations"
CHECKLISTS = ROOT / "checklists"
WORKFLOW = ROOT / "workflows.yaml"
COMPILED = VAR / "compiled"


def compile_everything(stamps: Stamps) -> None:
    """Catalogues to .mo, checklists and the workflow to var/compiled: the web parses neither .po nor YAML."""
    _compile_catalogues(stamps)
    _compile_yaml(stamps)


def _compile_catalogues(stamps: Stamps) -> None:
    """A language that is not translated whole gets no .mo, and so is not offered (words_commands.compile_whole)."""
    catalogues = sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))
    wanted = fingerprint(LOCALES / "messages.pot", ROOT / "words_commands.py", *catalogues)
    compiled = any(catalogue.with_suffix(".mo").exists() for catalogue in catalogues)
    if not catalogues or (compiled and stamps.is_done("catalogues", wanted)):
        return
    flask("words", "compile", trouble="Compiling the catalogues of words failed: mend the file in locales/ it names")
    stamps.remember("catalogues", wanted)


def _compile_yaml(stamps: Stamps) -> None:
    if not (CHECKLISTS / "compiler.py").exists():
        return
    wanted = fingerprint(CHECKLISTS, WORKFLOW, *(ROOT / "applications").glob("*.py"))
    if COMPILED.is_dir() and stamps.is_done("yaml", wanted):
        return
    flask("compile", trouble="Compiling the checklists and the workflow failed: run ./dev lint to see every fault")
    stamps.remember("yaml", wanted)


def migrate(stamps: Stamps) -> None:
    """Bring the embedded database up to the newest migration. Any other database is migrated by hand."""
    if os.environ.get("DATABASE_URL"):
        say("DATABASE_URL is set: that database is used as it is, neither migrated nor seeded.")
        return
    wanted = fingerprint(MIGRATIONS)
    if not MIGRATIONS.is_dir() or (DATABASE.exists() and stamps.is_done("migrations", wanted)):
        return
    if not DATABASE.exists():
        stamps.forget("seeds")
    flask("migrate", trouble="Migrating the embedded database failed: ./dev reset starts with a new one")
    stamps.remember("migrations", wanted)


def seed_once(stamps: Stamps) -> None:
    """Demo data goes in once per database; what was done with it since is never touched."""
    if os.environ.get("DATABASE_URL") or not (ROOT / "seeds").is_dir() or stamps.is_done("seeds", "done"):
        return
    seed(stamps)


def seed(stamps: Stamps) -> None:
    """Fill the database with demo data. `flask seed` also writes var/demo-logins.txt, which ./dev prints."""
    say("Filling the database with demo data ...")
    flask("seed", trouble="Filling in the demo data failed: ./dev reset starts with a new database")
    stamps.remember("seeds", "done")


def flask(*words: str, trouble: str) -> None:
    run([VENV_PYTHON, "-m", "flask", "--app", "app", *words], trouble=trouble)


def demo_logins() -> str:
    """What `flask seed` wrote for the person who tries the product; empty if it wrote nothing."""
    return DEMO_LOGINS.read_text() if DEMO_LOGINS.exists() else ""


def forget_data(stamps: Stamps) -> None:
    """Remove the embedded database and everything stored beside it. Installed and built things stay."""
    for path in VAR.glob(f"{DATABASE.name}*"):
        path.unlink()
    for folder in ("store", "mailbox"):
        shutil.rmtree(VAR / folder, ignore_errors=True)
    DEMO_LOGINS.unlink(missing_ok=True)
    stamps.forget("migrations")
    stamps.forget("seeds")
