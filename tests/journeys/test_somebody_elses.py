"""Numbers in addresses can be changed by anybody: what lies behind another person's tells nothing."""

from sqlalchemy import select

from appointments.models import Appointment
from extensions import db
from tests.support import world as w
from tests.support.amira import Amira, Ben
from uploads.models import Upload


def addresses_of(house, reference):
    """Everything of a file that has a number of its own."""
    file = w.file_by(house.made, reference)
    rows = [row.id for row in w.rows_of(file.id)]
    uploads = db.session.scalars(select(Upload.id).where(Upload.application_id == file.id)).all()
    persons = house.made.people(file.id).values()
    assert rows
    assert uploads
    return [
        *(f"/file/papers/{row}" for row in rows),
        *(f"/file/papers/{row}/cannot" for row in rows),
        *(f"/file/uploads/{upload}/pages/1" for upload in uploads),
        *(f"/file/answers/about/{person}" for person in persons),
    ]


def test_numbers_of_another_persons_file_lead_nowhere_and_tell_nothing(home, somebody):
    amira, ben = somebody(Amira), somebody(Ben)
    amira.has_sent()
    ben.has_sent()
    starts_at = amira.books()
    bens = addresses_of(home, ben.reference)

    for address in bens:
        answer = amira.page.request.get(home.url + address)
        assert answer.status == 404, address
        assert ben.reference not in answer.text()
    for address in ("/office/files/" + ben.reference, "/desk/files/" + ben.reference):
        amira.page.goto(home.url + address)
        assert ben.reference not in amira.reads
    assert all(ben.page.request.get(home.url + address).status in (200, 303) for address in bens[:1]), "it is there"

    ben.goes_to("/file/booking")
    assert amira.reference not in ben.reads
    booked = db.session.scalars(select(Appointment).where(Appointment.status == "booked")).all()
    assert [each.starts_at for each in booked] == [starts_at]
