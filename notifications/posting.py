"""How a mail leaves the house: by SMTP, or, where nothing shall leave it, into a folder that a page shows."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import idna

SECONDS = 20


class NotSent(Exception):
    """The server did not take it. for_good: trying again will not help."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.why, self.for_good = why, for_good


@dataclass(frozen=True)
class Mailbox:
    """A folder of mails, for a house that is only tried out."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{len(list(self.folder.glob('*.eml'))):06d}.eml"
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.write_bytes(message.as_bytes())
        draft.replace(self.folder / name)  # rename: the page must never read half a mail

    def newest(self, most: int = 50) -> list[tuple[str, EmailMessage]]:
        """Names and mails, newest first."""
        files = sorted(self.folder.glob("*.eml"), reverse=True)[:most] if self.folder.is_dir() else []
        return [(f.stem, BytesParser(policy=policy.default).parsebytes(f.read_bytes())) for f in files]


@dataclass(frozen=True)
class Smtp:
    """smtp://user:password@host:port (STARTTLS where the server offers it) or smtps://."""

    url: str

    def send(self, message: EmailMessage) -> None:
        """Raises NotSent."""
        to = in_ascii_where_it_can(str(message["To"]))
        try:
            with self._connect() as server:
                server.ehlo_or_helo_if_needed()
                if not (to.isascii() or server.has_extn("smtputf8")):
                    raise NotSent("address needs SMTPUTF8", for_good=True)
                message.replace_header("To", to)
                server.send_message(message, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            raise NotSent(f"recipient refused ({code})", for_good=code >= 500) from refused
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError,
                smtplib.SMTPSenderRefused) as answer:
            # Our own account or address: nothing is known about the reader, so nobody is called unreachable for it.
            raise NotSent(f"server does not take us ({answer.smtp_code})", for_good=False) from answer
        except smtplib.SMTPResponseException as answer:
            raise NotSent(f"server answered {answer.smtp_code}", for_good=answer.smtp_code >= 500) from answer
        except (OSError, smtplib.SMTPException) as broken:
            raise NotSent(type(broken).__name__, for_good=False) from broken

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        context = ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(parts.hostname, parts.port or 25, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


def in_ascii_where_it_can(address: str) -> str:
    """The address with its domain as the name servers know it. What stands before the @ has no ASCII form.

    Raises NotSent for a domain that cannot be one.
    """
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError as wrong:
        raise NotSent("domain cannot be one", for_good=True) from wrong


def post_of(mail_url: str, var_dir: Path) -> Mailbox | Smtp:
    return Mailbox(var_dir / "mailbox") if mail_url.startswith("mailbox:") else Smtp(mail_url)
