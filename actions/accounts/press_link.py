from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from accounts.models import LoginCode
from actions.accounts.enter_code import let_in, newest_for
from actions.unit import Unit, verb


@verb
def press_link(
    work: Unit, *, link_digests: list[str], browser_digests: list[str], token_digest: str, holds: timedelta,
) -> str:
    """Let the browser in that asked, by the link of the newest mail it asked for. Returns let_in, elsewhere or over.

    elsewhere: the link is good, but another browser asked for it (a mail scanner, a forwarded mail, the phone instead
    of the desk): nothing changes, and the link stays good for the one that asked.
    """
    wanted = work.session.scalar(select(LoginCode).where(LoginCode.link_digest.in_(link_digests)))
    if wanted is None:
        return "over"
    newest = newest_for(work, LoginCode.browser_digest == wanted.browser_digest)
    if newest is None or newest.id != wanted.id:
        return "over"
    if wanted.browser_digest not in browser_digests:
        return "elsewhere"
    let_in(work, newest, token_digest, holds)
    return "let_in"
