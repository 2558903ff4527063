"""A page that lies on its side is turned by a button; whoever looks at it later sees it turned."""

from __future__ import annotations

import io

from PIL import Image
from sqlalchemy import select

from actions.documents.remove_document import turn_page
from actions.errors import NotYours
from applications.models import Requirement
from extensions import db, services
from jobs import make_pictures
from tests.support import world as w
from tests.uploads import files
from tests.web.applicant.walking import answer_everything, started
from tests.web.conftest import house  # noqa: F401 (a fixture)
from uploads import pictures
from uploads.models import PageImage, Upload


def light_corner(content: bytes) -> str:
    picture = Image.open(io.BytesIO(content)).convert("L")
    wide, high = picture.size
    corners = {"upper left": (5, 5), "upper right": (wide - 6, 5), "lower left": (5, high - 6),
               "lower right": (wide - 6, high - 6)}  # fmt: skip
    return max(corners, key=lambda name: picture.getpixel(corners[name]))


def test_photos_and_pdfs_are_drawn_turned_clockwise(send, store, server):
    photo, paper = send(files.photo(), "a.jpg"), send(files.pdf(), "a.pdf")
    corners = []
    for turn in (0, 90, 180, 270):
        made = pictures.make(store, photo.object_key, photo.media_type, photo.sha256, turn=turn, server=server)
        with store.open_derived(made.pages[0].key) as file:
            corners.append(light_corner(file.read()))
    upright = pictures.make(store, paper.object_key, paper.media_type, paper.sha256, server=server).pages[0]
    lying = pictures.make(store, paper.object_key, paper.media_type, paper.sha256, turn=90, server=server).pages[0]

    assert corners == ["upper left", "upper right", "lower right", "lower left"]
    assert (lying.width, lying.height) == (upright.height, upright.width)


def test_she_turns_a_page_by_a_button_and_it_is_drawn_anew(house):  # noqa: F811
    amira = started(house)
    answer_everything(amira)
    paper = f"/file/papers/{amira.requirement('eu_residence_document').id}"
    amira.send(paper, {"stay": "1"}, files=[("page.jpg", files.photo())], on=paper)
    house.run(make_pictures.make_waiting)
    before = picture(house)

    amira.send("/file/uploads/1/turn", on=paper)
    assert "The picture is being made" in amira.page
    house.run(make_pictures.make_waiting)

    assert (light_corner(before), light_corner(picture(house))) == ("upper left", "upper right")
    assert amira.client.get("/file/uploads/1/pages/1?size=big").data == picture(house)


def picture(house) -> bytes:  # noqa: F811
    key = house.rows(select(PageImage.object_key))[0]

    def read():
        with services().store.open_derived(key) as file:
            return file.read()

    return house.run(read)


def test_a_page_that_was_sent_is_turned_no_more(house):  # noqa: F811
    file_id = house.run(w.amira_sends, house.made)

    def turn():
        upload = db.session.scalar(select(Upload).where(Upload.application_id == file_id))
        try:
            turn_page(file_id, upload.id, actor=w.AMIRA, now=house.made.now)
        except NotYours:
            return "not hers to turn"
        return "turned"

    assert house.run(turn) == "not hers to turn"
    assert house.rows(select(Upload.rotated).distinct()) == [0]
    assert {row.status for row in house.rows(select(Requirement)) if row.kind == "document"} == {"sent"}


def test_a_drawing_that_was_under_way_while_she_turned_is_not_shown(house):  # noqa: F811
    file_id = house.run(w.amira_starts, house.made)

    def turned_while_drawn():
        w.amira_uploads(house.made, file_id, "passport")
        taken = make_pictures._take()
        upload_id, key = taken.id, taken.object_key
        found = pictures.make(services().store, key, taken.media_type, taken.sha256)
        turn_page(file_id, upload_id, actor=w.AMIRA, now=house.made.now)
        make_pictures._write(upload_id, key, 0, found)
        db.session.rollback()
        return db.session.get(Upload, upload_id).pictures

    assert house.run(turned_while_drawn) == "waiting"
    assert house.rows(select(PageImage)) == []
    assert house.run(make_pictures.make_waiting) == 1
