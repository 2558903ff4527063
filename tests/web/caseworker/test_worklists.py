"""The four worklists: who sees what, in which order, and at what cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from applications.models import Application, Person, QueueCount, SearchWord
from extensions import db
from tests.support import world
from tests.support.now import NOW
from tests.web.caseworker.conftest import Counted, in_house, signed_in


def references(page: str) -> list[str]:
    return re.findall(r'data-label="Reference"[^>]*><a href="/office/files/([^"]+)"', page)


def many_files(house, number, *, office="house", queue="current", prefix="M"):
    """Rows straight into the tables: as many as two years bring."""
    def fill():
        db.session.rollback()
        db.session.connection(execution_options={"writes": True})
        office_id = house.made.offices[office]
        first = (db.session.scalar(select(Application.id).order_by(Application.id.desc()).limit(1)) or 0) + 1
        ids = range(first, first + number)
        alike = {
            "state": "open", "workflow": "registration", "checklist": "dk-cpr", "checklist_version": "2026-11-01",
            "office_id": office_id, "municipality_id": 1, "language": "en", "channel": "web", "started_at": NOW,
            "submitted_at": NOW, "rules": {}, "stage": "submitted", "queue": queue, "office_todo": "unsent_items",
            "queue_since_at": NOW, "version": 1,
        }
        db.session.execute(insert(Application), [
            {**alike, "id": i, "reference": f"{prefix}{i - first:07d}", "act_by_at": NOW + timedelta(minutes=i)}
            for i in ids])
        person = {"role": "applicant", "position": 0, "outcome": "pending"}
        db.session.execute(insert(Person), [{**person, "application_id": i, "name": f"Person {i}"} for i in ids])
        db.session.execute(insert(SearchWord), [{"application_id": i, "word": "person"} for i in ids])
        db.session.commit()

    house.run(fill)


def test_clara_sees_the_file_and_otto_of_another_house_does_not(house, sent):
    reference = sent[1]

    assert reference in signed_in(house, "clara").get("/office/").text
    otto = signed_in(house, "otto")
    assert reference not in otto.get("/office/").text
    assert otto.get(f"/office/files/{reference}").status_code == 404


@pytest.mark.parametrize("name", ["dora", "ada"])
def test_the_desk_and_the_admin_have_no_worklists_and_no_files(house, sent, name):
    browser = signed_in(house, name)

    assert browser.get("/office/").status_code == 404
    assert browser.get(f"/office/files/{sent[1]}").status_code == 404


def test_who_is_not_signed_in_is_asked_to_first(house, sent):
    answer = house.browser().get(f"/office/files/{sent[1]}")

    assert answer.status_code == 303
    assert answer.location.startswith("/staff/sign-in")


def test_the_tab_counts_what_was_noted_and_not_yet_folded(house, sent):
    def folded():
        db.session.rollback()
        db.session.connection(execution_options={"writes": True})
        db.session.add(QueueCount(office_id=house.made.offices["house"], municipality_id=1, queue="current", n=7))
        db.session.commit()

    house.run(folded)

    page = signed_in(house).get("/office/").text
    assert re.search(r'Current\s*<span class="k-number">8</span>', page)


def test_a_list_goes_on_page_by_page_forward_and_back_without_losing_or_doubling_a_file(house):
    many_files(house, 120)
    clara = signed_in(house)

    path, seen = "/office/current", []
    while path:
        page = clara.get(path).text
        seen.append(references(page))
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = older.group(1).replace("&amp;", "&") if older else None
    newer = re.search(r'rel="prev" href="([^"]+)"', page).group(1).replace("&amp;", "&")

    assert [len(each) for each in seen] == [50, 50, 20]
    assert [reference for each in seen for reference in each] == [f"M{n:07d}" for n in range(120)]
    assert references(clara.get(newer).text) == seen[1]


def test_lists_and_search_cost_the_same_at_20_and_at_2000_files(house):
    clara = signed_in(house)
    costs = []
    for number, prefix in ((20, "A"), (1980, "B")):
        many_files(house, number, prefix=prefix)
        clara.send("/office/search", {"q": "pers"}, form="/office/")
        with Counted(house) as listing:
            assert len(references(clara.get("/office/current").text)) == min(50, number)
        with Counted(house) as finding:
            assert references(clara.get("/office/found").text)
        costs.append((len(listing.statements), len(finding.statements)))
        assert not any("count(" in statement.lower() for statement in listing.statements)

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 6


def test_filters_stand_in_the_address_and_narrow_the_list(house, sent):
    clara = signed_in(house)

    assert sent[1] in clara.get("/office/current?todo=sent&holder=nobody&stage=submitted").text
    assert sent[1] not in clara.get("/office/current?holder=mine").text
    assert sent[1] not in clara.get("/office/current?todo=unsent_items").text
    assert clara.get("/office/current?todo=nonsense").status_code == 404
    assert clara.get("/office/current?municipality=99999999999999999999&after=rubbish").status_code == 200


def test_a_part_of_a_word_in_a_code_finds_nothing(house):
    many_files(house, 1)

    assert not references(signed_in(house).get("/office/current?todo=sent").text)


def test_an_office_named_in_the_address_shows_nothing_that_is_not_hers(house):
    many_files(house, 3, office="other")

    assert not references(signed_in(house).get(f"/office/current?office={house.made.offices['other']}").text)


def test_a_name_is_looked_for_without_ever_standing_in_an_address_or_readable_in_a_cookie(house, sent):
    clara = signed_in(house)

    answer = clara.send("/office/search", {"q": "HADD amíra"}, form="/office/")

    assert answer.location == "/office/found"
    assert "hadd" not in str(clara.cookie("klarsag-form").value).lower()
    assert references(clara.get("/office/found").text) == [sent[1]]
    assert not references(signed_in(house, "otto").get("/office/found").text)


def test_a_reference_leads_straight_to_its_file_however_it_is_typed(house, sent):
    typed = sent[1].replace("-", " ").lower()

    answer = signed_in(house).send("/office/search", {"q": typed}, form="/office/")

    assert answer.location == f"/office/files/{sent[1]}"


def test_otto_who_types_claras_reference_finds_nothing(house, sent):
    otto = signed_in(house, "otto")

    answer = otto.send("/office/search", {"q": sent[1]}, form="/office/")

    assert answer.location == "/office/found"
    assert "No file found" in otto.get("/office/found").text


def test_the_overview_is_the_leads_and_each_number_leads_to_its_list(house, sent):
    assert signed_in(house, "clara").get("/office/overview").status_code == 404

    page = signed_in(house, "lena").get("/office/overview").text
    assert '<a href="/office/current">1</a>' in page
    assert '<a href="/office/current?age=on_time">1</a>' in page


def test_a_draft_from_the_web_is_on_no_list(house):
    def draft():
        return house.made.file(world.amira_starts(house.made)).reference

    reference = house.run(draft)
    clara = signed_in(house)
    for queue in ("current", "waiting_for_citizen", "ready_to_attend", "completed"):
        assert reference not in clara.get(f"/office/{queue}").text


def test_a_file_that_is_complete_lies_ready_to_attend(house):
    def complete(made):
        file_id = world.amira_sends(made)
        world.clara_accepts_all(made, file_id)
        return file_id

    _, reference = in_house(house, complete)
    clara = signed_in(house)

    assert reference in clara.get("/office/ready_to_attend").text
    assert reference not in clara.get("/office/current").text
    assert "This file is complete" in clara.get(f"/office/files/{reference}").text
