"""The consultation editor, and what comes from outside: pictures, and originals only as downloads."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from consultations.models import Consultation, ConsultationItem
from extensions import db, services
from tests.support import world
from tests.web.applicant.walking import Walker
from tests.web.caseworker.conftest import in_house, requirement, signed_in
from uploads.models import PageImage, Upload


@pytest.fixture
def refused(house):
    """A file whose passport was refused: the request is drafted, not sent."""
    def make(made):
        file_id = world.amira_sends(made)
        world.clara_judges(made, file_id, "passport", "refused", reason_codes=["cut_off"])
        return file_id

    return in_house(house, make)


def item_of(house, file_id):
    return house.rows(select(ConsultationItem).where(ConsultationItem.application_id == file_id))[0]


def fields_of(item, *, day, month=12, year=2026, **more):
    return {f"send_{item.id}": "y", f"text_{item.id}": "All four corners, please", "due_on-day": str(day),
            "due_on-month": str(month), "due_on-year": str(year), **more}


def test_the_preview_shows_what_she_will_read_and_sends_nothing(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])

    page = clara.send(here, fields_of(item, day=20, act="preview")).text

    phone = page[page.index("k-phone"):]
    assert "All four corners, please" in phone
    assert "A part of the page is outside the picture" in phone
    assert item_of(house, refused[0]).status == "unsent"


def test_sending_asks_with_her_words_until_the_day_named(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])

    answer = clara.send(here, fields_of(item, day=21, act="send"))

    assert answer.status_code == 303
    after = item_of(house, refused[0])
    assert (after.status, after.text) == ("asked", {"note": "All four corners, please"})
    assert house.rows(select(Consultation.due_on))[0].isoformat() == "2026-12-21"


def test_a_day_sooner_than_the_rule_is_refused_and_nothing_typed_is_lost(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])

    answer = clara.send(here, fields_of(item, day=1, act="send"))

    assert answer.status_code == 422
    assert "All four corners, please" in answer.text
    assert item_of(house, refused[0]).status == "unsent"


def test_what_is_not_ticked_is_not_asked(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])
    fields = fields_of(item, day=21, act="send")
    del fields[f"send_{item.id}"]

    answer = clara.send(here, fields)

    assert answer.status_code == 422
    assert "Tick at least one thing" in answer.text
    assert item_of(house, refused[0]).status == "unsent"


def test_more_time_is_given_and_what_was_asked_is_taken_back(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])
    clara.send(here, fields_of(item, day=21, act="send"))

    clara.send(f"{here}/more-time", {"due_on-day": "15", "due_on-month": "1", "due_on-year": "2027"}, form=here)
    assert house.rows(select(Consultation.due_on))[0].isoformat() == "2027-01-15"
    clara.send(f"{here}/take-back/{item.id}", form=here)
    assert item_of(house, refused[0]).status == "withdrawn"


def test_a_preview_in_arabic_reads_from_the_right(house, refused):
    def arabic():
        db.session.rollback()
        db.session.connection(execution_options={"writes": True})
        house.made.file(refused[0]).language = "ar"
        db.session.commit()

    house.run(arabic)
    page = signed_in(house).get(f"/office/files/{refused[1]}/ask").text

    assert 'lang="ar" dir="rtl"' in page


def test_what_she_types_is_shown_at_once_by_a_part_of_the_page_that_keeps_nothing(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])

    answer = clara.send(f"{here}/preview", fields_of(item, day=20), form=here)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<div class=\"k-phone\"")
    assert "All four corners, please" in answer.text
    assert item_of(house, refused[0]).status == "unsent"
    assert item_of(house, refused[0]).text is None


def test_the_preview_bears_a_day_that_is_none_and_refuses_nothing(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])

    answer = clara.send(f"{here}/preview", fields_of(item, day="x"), form=here)

    assert answer.status_code == 200
    assert "We need 1 thing before …" in answer.text


def test_the_preview_is_of_her_files_only(house, refused):
    otto = signed_in(house, "otto")

    answer = otto.send(f"/office/files/{refused[1]}/ask/preview", form="/office/")

    assert answer.status_code == 404


def test_the_page_she_gets_says_what_the_preview_said_word_for_word(house, refused):
    clara, here, item = signed_in(house), f"/office/files/{refused[1]}/ask", item_of(house, refused[0])
    seen = words_of(clara.send(here, fields_of(item, day=21, act="preview")).text, item)
    clara.send(here, fields_of(item, day=21, act="send"))

    her_page = amiras_page(house)

    assert words_of(her_page, item) == seen
    assert "All four corners, please" in seen
    assert "We need 1 thing before Monday 21 December 2026" in her_page


def words_of(page: str, item) -> str:
    """Title, state, what is wrong, the cure and the note of one thing that is asked for."""
    box = page[page.index(f'id="item-{item.id}"'):]
    told = box[:box.index("k-quote")] + box[box.index("k-quote"):].partition("</div>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", told).split())


def amiras_page(house) -> str:
    """The page with the questions, as her own browser gets it."""
    amira = Walker(house)
    amira.come_back()
    return amira.open("/file/questions")


# --- pictures and originals ---------------------------------------------------------------------------------------


def upload_of(house, file_id):
    return house.rows(select(Upload).where(Upload.application_id == file_id).order_by(Upload.id))[0]


def test_a_picture_that_is_not_there_yet_says_so(house, sent):
    assert "The picture is being made" in signed_in(house).get(f"/office/files/{sent[1]}").text


def test_a_picture_is_shown_to_its_caseworkers_only(house, sent):
    upload = upload_of(house, sent[0])

    def draw():
        db.session.rollback()
        db.session.connection(execution_options={"writes": True})
        key = services().store.put_derived(upload.object_key, "page-1", world.a_photo())
        db.session.add(PageImage(upload_id=upload.id, page=1, object_key=key, width=300, height=200))
        db.session.commit()

    house.run(draw)
    path = f"/office/files/{sent[1]}/pages/{upload.id}/1"
    seen = signed_in(house).get(path)

    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")
    assert signed_in(house, "otto").get(path).status_code == 404
    assert signed_in(house, "dora").get(path).status_code == 404


def test_the_original_comes_after_a_warning_as_a_download_that_no_browser_shows(house, sent):
    clara, upload = signed_in(house), upload_of(house, sent[0])
    warning = clara.get(f"/office/files/{sent[1]}/originals/{upload.id}")
    with clara.get(f"/office/files/{sent[1]}/originals/{upload.id}/bytes") as original:
        content = original.data

    assert "comes from outside" in warning.text
    assert original.headers["Content-Disposition"].startswith("attachment;")
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert original.headers["Content-Security-Policy"].startswith("sandbox")
    assert original.mimetype == "application/octet-stream"
    assert len(content) == upload.bytes


def test_bytes_that_changed_on_the_disk_are_not_given_out(house, sent):
    upload = upload_of(house, sent[0])

    def spoil():
        path = services().store._path("accepted", upload.object_key)  # what a broken disk does
        path.chmod(0o600)
        path.write_bytes(b"x" * upload.bytes)

    house.run(spoil)
    answer = signed_in(house).get(f"/office/files/{sent[1]}/originals/{upload.id}/bytes")

    assert answer.status_code == 500
    assert "damaged" in answer.text
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_an_upload_of_another_file_is_not_found_by_this_files_address(house, sent):
    other_id, _ = in_house(house, world.amira_sends)
    upload = upload_of(house, other_id)

    assert signed_in(house).get(f"/office/files/{sent[1]}/originals/{upload.id}/bytes").status_code == 404
    assert requirement(house, other_id, "passport")[3] == "sent"
