"""A real SMTP server that keeps what it was handed, and can be told to refuse."""

import socket
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Mail:
    """One mail as a receiver sees it, with the addresses of its envelope."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        """Empty if the mail has no such part."""
        body = self.message.get_body(("html",))
        return body.get_content() if body else ""


class MailServer:
    """`url` goes into MAIL_URL; `mails` holds what came, oldest first."""

    def __init__(self, *, smtputf8: bool = True) -> None:
        """smtputf8: whether it takes addresses that are not ASCII."""
        self.mails: list[Mail] = []
        self._refusals: deque[str] = deque()
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port(), enable_SMTPUTF8=smtputf8)
        self._controller.start()

    @property
    def url(self) -> str:
        return f"smtp://{self._controller.hostname}:{self._controller.port}"

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if address in mail.recipients]

    def refuse_next(self, answer: str = "451 try again later") -> None:
        """Answer the next mail with this line: 4xx asks to try again, 5xx is for good."""
        self._refusals.append(answer)

    def forget(self) -> None:
        self.mails.clear()
        self._refusals.clear()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd calls it by this name
        if self._refusals:
            return self._refusals.popleft()
        message = message_from_bytes(envelope.content, policy=default)
        self.mails.append(Mail(envelope.mail_from, tuple(envelope.rcpt_tos), message))
        return "250 kept"


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]
