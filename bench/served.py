"""What the measured server serves: Klarsag as it is, a bare Flask page beside it, and how much each answer asked of
the database. The environment says which database, as in production.
"""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask
from sqlalchemy import event

from app import create_app as klarsag
from extensions import db

BARE_PAGE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<table>{% for row in rows %}<tr><td>{{ row.reference }}</td><td>{{ row.name }}</td><td>{{ row.due }}</td></tr>
{% endfor %}</table></body></html>"""
ROWS = [{"reference": f"ABC-DEF-{n:03}", "name": f"Somebody {n}", "due": "1 December 2026"} for n in range(50)]
BARE = {"/bare": ROWS[:25], "/bare50": ROWS}

_counts = threading.local()


class Counted:
    """Tells in a header how many statements an answer took, BEGIN included. A request stays in one thread."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        _counts.now = 0

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, ("X-Statements", str(_counts.now))], *more)

        return self.application(environ, start)


def create_app() -> Any:
    app = klarsag()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", _count)
    if engine.dialect.name != "sqlite":
        event.listen(engine, "begin", _count)  # there its BEGIN is sent by the driver, here it is one of ours
    inner, bare = Counted(app.wsgi_app), _bare_page()

    def both(environ: dict[str, Any], start_response: Any) -> Any:
        return (bare if environ["PATH_INFO"] in BARE else inner)(environ, start_response)

    app.wsgi_app = both
    return app


def _count(*_about: Any) -> None:
    _counts.now = getattr(_counts, "now", 0) + 1


def _bare_page() -> Flask:
    """Pages of 25 and of 50 rows by Flask and Jinja, and nothing else: no session, no database, no languages."""
    bare = Flask("bare")
    page = bare.jinja_env.from_string(BARE_PAGE)
    for path, rows in BARE.items():
        bare.add_url_rule(path, path, lambda rows=rows: page.render(title="A bare page", rows=rows))
    return bare
