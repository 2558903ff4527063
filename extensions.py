"""The Flask extensions, made once and bound to an app in app.create_app."""

from __future__ import annotations

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from database import Base

# Rows stay readable after the commit of a unit: a view shows what the action has just written
# without asking the database for every attribute again.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
babel = Babel()
csrf = CSRFProtect()
