"""The Flask extensions, made once and bound to an app in app.create_app, and what an app carries for its actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from database import Base

if TYPE_CHECKING:
    from actions.kept import Memory
    from config import Settings
    from sealing import Sealer
    from uploads.storage import Store

# Rows stay readable after the commit of a unit: a view shows what the action has just written
# without asking the database for every attribute again.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
babel = Babel()
csrf = CSRFProtect()


@dataclass(frozen=True)
class Services:
    """What actions need besides the database. Kept at app.extensions["klarsag"]."""

    settings: Settings
    sealer: Sealer
    store: Store
    memory: Memory


def services() -> Services:
    """Those of the app that is running now."""
    return current_app.extensions["klarsag"]
