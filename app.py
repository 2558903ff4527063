"""The web application. `flask run` and `gunicorn "app:create_app()"` find create_app by themselves."""

from __future__ import annotations

from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from jinja2.environment import Template, TemplateModule
from jinja2.runtime import Context
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

import config
import database
import logs
import models  # noqa: F401 - so that SQLAlchemy knows every table
from actions.kept import Memory
from checklists import library
from extensions import Services, db
from sealing import Sealer
from uploads.storage import Store
from web import wiring
from web.strict_names import StrictNames


def create_app(settings: config.Settings | None = None) -> Flask:
    """Opens no connection and starts no thread, so that a server may make the app before it forks.

    Without settings it takes the environment's, and faults in them end the process, all said at once.
    """
    settings = settings or config.load_or_stop()
    app = Flask("app", static_folder=None, template_folder=str(config.ROOT / "templates"))
    app.extensions["klarsag"] = Services(
        settings, Sealer(settings.sealing_keys), Store(settings.store_dir), Memory()
    )
    app.config.update(SECRET_KEY=settings.secret_key, SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks))
    library.use(settings.compiled_dir / "checklists")
    logs.start()
    _draw(app)
    _store(app, settings)
    wiring.register(app)
    app.cli = LateCommands(app)
    if settings.trusted_proxies:
        # Without it all clients share the proxy's address; with too many, a client could choose its own.
        number = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=0)
    return app


class LateCommands(AppGroup):
    """What `flask` can do here, imported when somebody asks for it: a web process never does."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._app, self._are_here = app, False

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._bring()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._bring()
        return super().get_command(ctx, cmd_name)

    def _bring(self) -> None:
        if not self._are_here:
            self._are_here = True
            import commands  # noqa: PLC0415 - with migrations and demo data, a third of a start

            commands.register(self._app)


class ImportedOnce(Template):
    """Our macros use what is handed to them and the house's own functions, never what one page alone knows.

    So there is nothing to compare before each import of each page, which took an eighth of a page's time.
    """

    def _get_default_module(self, _ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def _draw(app: Flask) -> None:
    """Everything is escaped but plain-text mails, whatever its file is called; a misspelt name is an error."""
    app.jinja_options = {
        **app.jinja_options,
        "autoescape": lambda name: name is None or not name.endswith(".txt"),
        "undefined": StrictNames,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.template_class = ImportedOnce
    brand = app.extensions["klarsag"].settings.brand

    @app.context_processor
    def _brand() -> dict[str, Any]:
        return {"brand": brand, "theme_url": wiring.assets.theme_url()}


def _store(app: Flask, settings: config.Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        database.listen(db.engine)


def _engine_options(url: str) -> dict[str, Any]:
    """hide_parameters: a database error must not print people's data into the log."""
    common = {"hide_parameters": True}
    if make_url(url).get_backend_name() == "sqlite":
        return common
    return {**common, "pool_size": 8, "max_overflow": 8, "pool_recycle": 1800}
