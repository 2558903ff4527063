"""What a process keeps of a file: never shown and never built upon when the file has moved on, here or elsewhere."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text, update

from actions import kept
from actions.applications.save_answers import save_answers
from actions.appointments.book_appointment import book_appointment
from actions.dossier import Dossier
from actions.errors import NotYours
from actions.meetings.meeting import start_meeting, tick
from actions.meetings.visits import arrive
from actions.unit import unit
from applications.models import Answer, Application, Deadline, Paper, Person, Requirement
from extensions import db, services
from tests.support import world as w
from tests.support.statements import FRAME, asked_of
from tests.support.world import AMIRA

THURSDAY_TEN = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def file_id(made):
    found = w.amira_starts(made)
    db.session.rollback()
    return found


def page(made, file_id, version=None):
    """The file as a page reads it that was told this version by its session's row."""
    version = made.file(file_id).version if version is None else version
    return kept.dossier_of_page(
        db.session(), file_id, version, zone="Europe/Copenhagen", services=services(), now=made.now)


def elsewhere(file_id, question, value):
    """Another process changes an answer: the rows and the version move, our memory hears nothing of it."""
    db.session.execute(update(Answer).where(Answer.application_id == file_id, Answer.question_id == question)
                       .values(value={"v": value}).execution_options(synchronize_session=False))
    db.session.execute(text("UPDATE application SET version = version + 1 WHERE id = :id"), {"id": file_id})
    db.session.commit()
    db.session.expire_all()


def answer(dossier, question):
    return next(row.value["v"] for row in dossier.rows(Answer) if row.question_id == question)


def test_a_second_page_of_the_same_version_asks_for_no_row(made, file_id):
    page(made, file_id).rows(Requirement)
    version = made.file(file_id).version

    with asked_of(db.engine, but=FRAME) as asked:
        again = page(made, file_id, version).rows(Requirement)

    assert asked == []
    assert {row.item_id for row in again} == set(made.requirements(file_id))


def test_a_page_after_an_act_shows_what_the_act_wrote(made, file_id):
    assert answer(page(made, file_id), "stay_months") == 24
    version = made.file(file_id).version
    save_answers(file_id, {(None, "stay_months"): 7}, actor=AMIRA, now=made.now)

    assert answer(page(made, file_id), "stay_months") == 7
    assert answer(page(made, file_id, version), "stay_months") == 7, "asked for before, answered after: the newer one"


def test_a_page_sees_what_another_process_wrote(made, file_id):
    page(made, file_id).rows(Answer)
    elsewhere(file_id, "stay_months", 9)
    assert answer(page(made, file_id), "stay_months") == 9


def test_an_act_builds_on_what_another_process_wrote(made, file_id):
    page(made, file_id).rows(Answer)
    elsewhere(file_id, "stay_months", 9)

    with unit(AMIRA, made.now) as work:
        dossier = work.lock(file_id)
        assert dossier.seen_before == {}
        assert answer(dossier, "stay_months") == 9


class _ThoughtBetter(Exception):
    pass


def rename_and_think_better(made, file_id):
    with unit(AMIRA, made.now) as work:
        dossier = work.lock(file_id)
        assert Person in dossier.seen_before
        dossier.lead.name = "Somebody else"
        raise _ThoughtBetter


def test_an_act_begins_with_the_rows_of_the_page_and_leaves_the_pages_own_alone(made, file_id):
    shown = page(made, file_id)
    before = {row.id: row for row in shown.rows(Person)}
    version = shown.file.version

    with pytest.raises(_ThoughtBetter):
        rename_and_think_better(made, file_id)

    assert [row.name for row in before.values()] == [row.name for row in page(made, file_id, version).rows(Person)]
    assert "Somebody else" not in [row.name for row in page(made, file_id, version).rows(Person)]


def test_rows_that_are_no_longer_current_are_not_shown_after_an_act(made, file_id):
    save_answers(file_id, {(None, "stay_months"): 7}, actor=AMIRA, now=made.now)
    shown = page(made, file_id)

    fresh = Dossier(db.session(), made.file(file_id), services=services(), now=made.now)
    for model in (Answer, Deadline, Paper, Person, Requirement):
        assert [row.id for row in shown.rows(model)] == [row.id for row in fresh.rows(model)], model


def test_no_column_of_a_kept_row_has_to_be_asked_for(made, file_id):
    save_answers(file_id, {(None, "stay_months"): 7}, actor=AMIRA, now=made.now)
    shown = page(made, file_id)
    rows = [row for model in (Answer, Deadline, Person, Requirement) for row in shown.rows(model)]

    with asked_of(db.engine, but=FRAME) as asked:
        values = [getattr(row, column.key) for row in rows for column in row.__mapper__.column_attrs]

    assert asked == []
    assert len(values) > 50


def test_what_is_no_event_moves_the_version_too(made):
    file_id = w.amira_sends(made)
    w.clara_accepts_all(made, file_id)
    book_appointment(file_id, THURSDAY_TEN, actor=AMIRA, now=made.now)
    made.now = THURSDAY_TEN
    dora, house, amira_id = made.by("dora"), made.offices["house"], made.people(file_id)["applicant"]
    arrive(file_id, office_id=house, actor=dora, now=made.now)
    start_meeting(file_id, office_id=house, actor=dora, now=made.now)
    before = made.file(file_id).version

    tick(file_id, person_id=amira_id, identity=True, requirement_ids=[], actor=dora, now=made.now)

    assert made.file(file_id).version == before + 1


def test_rows_of_a_file_cannot_be_changed_without_its_lock(made, file_id):
    with pytest.raises(RuntimeError, match="without its lock"), unit(AMIRA, made.now) as work:
        work.session.add(Paper(application_id=file_id, document_id="passport", facts={}))

    assert db.session.query(Paper).filter_by(application_id=file_id).count() == 0


def test_a_file_that_was_erased_is_gone_at_once(made, file_id):
    page(made, file_id)
    db.session.execute(update(Application).where(Application.id == file_id)
                       .values(erased_at=made.now, version=Application.version + 1))
    db.session.commit()
    with pytest.raises(NotYours):
        page(made, file_id)


def test_only_the_files_last_seen_are_kept():
    memory = kept.Memory(files_max=2)
    for number in (1, 2, 3):
        memory.keep(number, kept.Kept(version=1, file=None))
    assert [bool(memory.find(number, 1)) for number in (1, 2, 3)] == [False, True, True]


def test_an_older_version_does_not_push_out_a_newer_one():
    memory, newer = kept.Memory(), kept.Kept(version=5, file=None)
    memory.keep(1, newer)
    memory.keep(1, kept.Kept(version=4, file=None))
    assert memory.find(1, 5) is newer
    assert memory.find(1, 4) is None, "an act must have its very version"
    assert memory.find(1, 4, or_newer=True) is newer
