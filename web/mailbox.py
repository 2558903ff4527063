"""The mails of a house that is only tried out, on a page. Registered only where mails go into a folder."""

from __future__ import annotations

from email.message import EmailMessage

from flask import Blueprint, abort, render_template

from notifications.posting import Mailbox
from web.ground import settings
from web.guards import public

bp = Blueprint("mailbox", __name__)


def wanted(mail_url: str) -> bool:
    """A real house never shows its mails: a production start refuses such a MAIL_URL (config.py)."""
    return mail_url.startswith("mailbox:")


@bp.get("/mailbox")
@public
def mailbox():
    if not wanted(settings().mail_url) or settings().production:
        abort(404)
    mails = Mailbox(settings().var_dir / "mailbox").newest()
    return render_template("mailbox/list.html", mails=[_shown(name, mail) for name, mail in mails])


def _shown(name: str, mail: EmailMessage) -> dict[str, str]:
    body = mail.get_body(("plain",))
    return {"name": name, "to": mail.get("To", ""), "subject": mail.get("Subject", ""), "at": mail.get("Date", ""),
            "text": body.get_content() if body else ""}
