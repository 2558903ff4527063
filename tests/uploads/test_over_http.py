"""Every sort of file through the paper page's own form, over HTTP, to a house that is open: nothing brings it down."""

from __future__ import annotations

import collections
import html
import os
import re
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from bench import visitor
from extensions import db, services
from jobs import make_pictures
from tests.support.house import house
from tests.support.now import NOW
from tests.uploads import corpus
from tests.uploads.corpus import ACCEPTED, NO_PREVIEW, REFUSED, Sample
from tests.web.applicant.walking import Fields, dict_of_lists
from uploads.models import Upload

FOLDER = os.environ.get("KLARSAG_CORPORA")
SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif", ".hif")
# What an honest file may be refused for: it is told what to do, and it is about the file, not about its make.
FITTING = ("password", "pages", "pixels", "empty", "too big")


@dataclass
class Desk:
    """Amira at the page of her passport, over a real connection."""

    amira: visitor.Visitor
    paper: str
    fields: dict[str, list[str]]

    def hands_in(self, name: str, content: bytes) -> tuple[str, str]:
        """(what became of it, in which words). Taken back afterwards, so that the next one fits."""
        fields = {**self.fields, "stay": ["1"], "choice": ["passport"], "idempotency_key": [secrets.token_hex(16)]}
        body, kind = form_with(fields, name, content)
        self.amira._exchange("POST", self.paper, body, kind)
        assert self.amira.status < 500, f"{name}: {self.amira.status}"
        if self.amira.status == 422 and (told := refusal_on(self.amira.page)):
            return REFUSED, told
        assert self._newest() is not None, f"{name}: {self.amira.status}, neither kept nor refused"
        return self._looked_at(name)

    def _newest(self) -> Upload | None:
        db.session.rollback()
        return db.session.scalar(select(Upload).order_by(Upload.id.desc()).limit(1))

    def _looked_at(self, name: str) -> tuple[str, str]:
        make_pictures.make_waiting()
        kept = self._newest()
        became, why, upload_id = kept.pictures, kept.no_pictures_because or "", kept.id
        with services().store.open(kept.object_key, kept.sha256) as file:
            assert len(file.read()) == kept.bytes, name
        db.session.rollback()
        taken_back = urlencode({"csrf_token": self.fields["csrf_token"][0]}).encode()
        kind = "application/x-www-form-urlencoded"
        self.amira._exchange("POST", f"/file/uploads/{upload_id}/remove", taken_back, kind)
        assert self.amira.status == 303, name
        assert became in ("made", "none"), f"{name}: {became}"
        return (ACCEPTED if became == "made" else NO_PREVIEW), why


def form_with(fields: dict[str, list[str]], name: str, content: bytes) -> tuple[bytes, str]:
    """As browsers write it: quotes in names as %22, everything else in UTF-8 as it is."""
    line = "----a9b3c1"
    parts = [f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
             for key, values in fields.items() for value in values]
    claimed = name.replace('"', "%22")
    head = (f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="{claimed}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode(errors="surrogateescape")
    end = f"\r\n--{line}--\r\n".encode()
    return b"".join(parts) + head + content + end, f"multipart/form-data; boundary={line}"


def refusal_on(page: str) -> str:
    found = re.findall(r"<p data-refusal><bdi>(.*?)</bdi></p>", page, re.S)
    told = next((html.unescape(text) for text in found if "Choose a file" not in text), "")
    return told.partition(": ")[2] if told else ""


@pytest.fixture(scope="module")
def desk(databases, tmp_path_factory, _mail_server):
    folder = tmp_path_factory.mktemp("open-house")
    with databases.copy("sqlite") as url, house(url, folder, _mail_server, NOW) as here:
        amira = visitor.Visitor(int(here.url.rpartition(":")[2]))
        visitor.start(amira)
        visitor.answer(amira)
        paper = amira.path.split("?")[0]
        yield Desk(amira, paper, dict_of_lists(Fields(amira.page).to(paper)))


def outcome(desk: Desk, sample: Sample) -> str:
    became, why = desk.hands_in(sample.name, sample.content)
    return "" if became in sample.becomes else f"{sample.name}: {became} ({why})"


def test_what_honest_people_send_is_accepted_and_can_be_looked_at(desk):
    assert list(filter(None, (outcome(desk, each) for each in corpus.genuine()))) == []


def test_what_is_hostile_is_drawn_kept_unseen_or_refused_with_a_reason(desk):
    assert list(filter(None, (outcome(desk, each) for each in corpus.hostile()))) == []


def test_after_all_of_it_nothing_is_left_behind_and_the_house_is_open(desk):
    desk.amira._exchange("GET", "/", None, None)

    assert desk.amira.status == 200
    assert [path for path in services().store.root.rglob("*") if path.is_file()] == []


@pytest.mark.check
@pytest.mark.skipif(not FOLDER, reason="KLARSAG_CORPORA names no folder of files from elsewhere")
def test_a_folder_of_files_from_elsewhere(desk, capsys):
    counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
    wrongly_refused = []
    for path in sorted(each for each in Path(FOLDER).rglob("*") if each.suffix.lower() in SUFFIXES):
        became, why = desk.hands_in(path.name, path.read_bytes())
        where = path.relative_to(FOLDER).parts[0]
        counts[where, became, why.partition(". ")[0]] += 1
        if became == REFUSED and where != "hostile" and not any(word in why.lower() for word in FITTING):
            wrongly_refused.append((path.name, why))
    lines = [f"{count:4}  {' | '.join(filter(None, key))}" for key, count in sorted(counts.items())]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, ""]))
    assert wrongly_refused == []
