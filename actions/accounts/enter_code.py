from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import select

from accounts import sessions
from accounts.models import AccessGrant, LoginCode
from accounts.rules import CODE_TRIES
from actions.unit import Unit, verb
from applications.models import Application


@verb
def enter_code(
    work: Unit, *, browser_digests: list[str], code_digests: list[str], token_digest: str, holds: timedelta,
) -> str:
    """Let the browser in that asked, if its newest code was typed right. Returns let_in, wrong or over.

    over: no code waits for this browser any more (used, too old, five wrong tries, or none was ever sent); the web
    says "wrong" for it too, as long as the browser waits for a code, so that a made-up reference looks the same.
    """
    newest = newest_for(work, LoginCode.browser_digest.in_(browser_digests))
    if newest is None or newest.tries >= CODE_TRIES:
        return "over"
    newest.tries += 1
    if not any(hmac.compare_digest(newest.code_digest, each) for each in code_digests):
        return "wrong"
    let_in(work, newest, token_digest, holds)
    return "let_in"


def newest_for(work: Unit, condition) -> LoginCode | None:
    """The newest code of a browser, locked, if it is still good and its file still there."""
    newest = work.session.scalar(
        select(LoginCode).where(condition).order_by(LoginCode.id.desc()).limit(1)
        .with_for_update().execution_options(populate_existing=True)
    )
    if newest is None or newest.used_at is not None or newest.ends_at <= work.now:
        return None
    alive = work.session.execute(
        select(AccessGrant.id).join(Application, Application.id == AccessGrant.application_id)
        .where(AccessGrant.id == newest.grant_id, AccessGrant.ended_at.is_(None), Application.erased_at.is_(None))
    ).first()
    return newest if alive else None


def let_in(work: Unit, used: LoginCode, token_digest: str, holds: timedelta) -> None:
    used.used_at = work.now
    sessions.begin(work.session, token_digest, work.now, holds, grant_id=used.grant_id)
