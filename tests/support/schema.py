"""What a test's database holds at the beginning."""

import importlib.util


def build(database_url: str) -> None:
    """Bring an empty database up to the newest migration."""
    if importlib.util.find_spec("migrations_run"):
        import migrations_run

        migrations_run.upgrade(database_url)
