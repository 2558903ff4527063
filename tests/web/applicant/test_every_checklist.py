"""Every checklist in the running app: a file of its largest case, each page of each person, each paper."""

from __future__ import annotations

import re
from datetime import date

import pytest

from actions.applications.save_answers import save_answers
from actions.applications.start_application import start_application
from actions.people.people import add_person
from applications.models import Application, Person, Requirement
from checklists.cases import situation_of
from checklists.compiler import compile_version
from checklists.gather import names_in, versions_of
from extensions import db
from tests.support.world import AMIRA
from tests.web.applicant.walking import Walker


@pytest.fixture(params=names_in())
def filed(request, house, serves):
    """(the file's definition, somebody who is in it). Everything the case answers is answered, no paper sent."""
    found = compile_version(request.param, versions_of(request.param)[-1])
    definition, written = found.definition(), found.found.checklist
    situations = [situation_of(definition, case, written.case_defaults) for case in written.cases]
    largest = max(situations, key=lambda one: (len({person.role for person in one.people}), len(one.people)))
    if largest.answers["municipality"] != "copenhagen":
        serves(largest.answers["municipality"])
    house.run(begin, house, definition, largest)
    amira = Walker(house)
    amira.come_back()
    return definition, amira


def begin(house, definition, situation):
    town = situation.answers["municipality"]
    now = house.made.now
    made = start_application(checklist=definition.name, answers={}, language="en", email="amira@example.org",
                             municipality=town, actor=AMIRA, now=now)
    own = {(None, key): plain(value) for key, value in situation.answers.items()}
    save_answers(made["id"], own, actor=AMIRA, now=now)
    for person in situation.people:
        there = db.session.scalars(db.select(Person.id).where(Person.role == person.role)).all()
        alone = definition.people[person.role].max == 1
        who = there[0] if there and alone else add_person(made["id"], person.role, actor=AMIRA, now=now)
        answers = {(who, key): plain(value) for key, value in person.answers.items()}
        save_answers(made["id"], answers, actor=AMIRA, now=now)


def plain(value):
    """As the web hands it in: days as text."""
    return value.isoformat() if isinstance(value, date) else value


def test_every_page_of_everybody_can_be_opened(house, filed):
    definition, amira = filed
    people = house.rows(db.select(Person))
    opened = 0
    for page in definition.pages:
        owners = [0] if page.per_file else [person.id for person in people if person.role in page.per]
        for owner in owners:
            amira.open(f"/file/answers/{page.id}/{owner}")
            assert amira.status == 200, (page.id, owner)
            opened += "<form" in amira.page
    assert opened >= len(definition.pages)


def test_every_paper_that_is_asked_for_can_be_opened(house, filed):
    _definition, amira = filed
    rows = house.rows(db.select(Requirement).where(Requirement.kind == "document", Requirement.status == "missing"))
    assert len(rows) >= 2
    for row in rows:
        amira.open(f"/file/papers/{row.id}")
        assert amira.status == 200, row.item_id


def test_its_file_has_an_office_and_nothing_is_shown_by_its_id(house, filed):
    definition, amira = filed
    file = house.rows(db.select(Application))[0]
    assert file.office_id == house.made.offices["house"]
    page = re.sub(r"<[^>]*>", " ", amira.open("/file"))
    ids = [key for key in (*definition.documents, *definition.people) if "_" in key]
    assert [key for key in ids if key in page] == []
