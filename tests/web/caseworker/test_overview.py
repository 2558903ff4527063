"""The lead's overview: every number is one of files, and leads to exactly those files."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from applications.models import Application
from checklists import library
from tests.support import world
from tests.web.caseworker.conftest import Counted, in_house, signed_in
from tests.web.caseworker.test_worklists import many_files, references
from web.caseworker.overview import cause_words


@pytest.fixture
def refused(house):
    """Two files whose passport was cut off; on one of them the address too."""
    def make(made):
        first, second = world.amira_sends(made), world.amira_sends(made)
        for file_id in (first, second):
            world.clara_judges(made, file_id, "passport", "refused", reason_codes=["cut_off", "unreadable"])
        world.clara_judges(made, second, "proof_of_address", "refused", reason_codes=["unreadable"])
        return [made.file(file_id).reference for file_id in (first, second)]

    return house.run(make, house.made)


def causes(page: str) -> dict[tuple[str, str], tuple[int, str]]:
    """(paper, what was wrong) -> (files, address of their list)."""
    table = page[page.index("k-causes"):].partition("</table>")[0]
    rows = re.findall(r"<tr><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td><td[^>]*><a href=\"([^\"]+)\"[^>]*>(\d+)</a>", table)
    return {(paper, reason): (int(number), unescape(href)) for paper, reason, href, number in rows}


def history(page: str) -> list[tuple[str, list[str]]]:
    """Rows of the numbers under the lines: words, and the cells."""
    table = page[page.index('id="numbers"'):].partition("</table>")[0]
    return [(re.sub("<[^>]*>", "", head), cells.split("</td>")[:-1])
            for head, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table)]


def test_causes_are_counted_by_paper_and_reason_in_files_most_frequent_first(house, refused):
    found = causes(signed_in(house, "lena").get("/office/overview").text)

    assert [number for number, _href in found.values()] == [2, 2, 1]
    assert found[("Proof of your address", "The picture is too blurred or too dark to read.")][0] == 1


def test_each_cause_leads_to_the_files_it_counts(house, refused):
    lena = signed_in(house, "lena")

    for number, href in causes(lena.get("/office/overview").text).values():
        assert len(references(lena.get(href).text)) == number


def test_a_refusal_that_is_judged_again_counts_its_file_once(house, refused):
    first = house.rows(select(Application.id).where(Application.reference == refused[0]))[0]
    house.run(world.clara_judges, house.made, first, "passport", "refused", reason_codes=["cut_off"])

    found = causes(signed_in(house, "lena").get("/office/overview").text)

    assert found[("Passport or identity card with photo", "A part of the page is outside the picture.")][0] == 2


def test_the_line_says_how_many_files_came_on_each_day_and_leads_to_them(house, refused):
    lena = signed_in(house, "lena")

    rows = history(lena.get("/office/overview?days=7").text)

    assert len(rows) == 7
    today, cells = rows[0]
    number, href = re.search(r'href="([^"]+)">(\d+)<', cells[0]).groups()[::-1]
    assert (today, number) == ("Wed 25 Nov", "2")
    assert sorted(references(lena.get(unescape(href)).text)) == sorted(refused)
    assert all("href" not in cell for _day, other in rows[1:] for cell in other)


def test_twelve_weeks_are_shown_by_weeks(house, refused):
    page = signed_in(house, "lena").get("/office/overview?days=84").text

    assert len(history(page)) == 12


def test_what_happened_before_the_span_is_not_counted(house, refused):
    house.wait(days=8)

    page = signed_in(house, "lena").get("/office/overview?days=7").text

    assert "No paper was refused in this time" in page
    assert not any("href" in cell for _day, cells in history(page) for cell in cells)


def test_an_office_in_the_address_narrows_every_number_and_every_list(house, refused):
    lena, other = signed_in(house, "lena"), house.made.offices["other"]

    page = lena.get(f"/office/overview?office={other}").text

    assert "No paper was refused in this time" in page
    assert '<a href="/office/current?office=' in page
    assert not any("href" in cell for _day, cells in history(page) for cell in cells)


def test_a_municipality_in_the_address_is_kept_in_the_links(house, refused):
    page = signed_in(house, "lena").get("/office/overview?municipality=1").text

    assert all("municipality=1" in href for _number, href in causes(page).values())
    assert len(causes(page)) == 3


@pytest.mark.parametrize("path", [
    "/office/happened/sent", "/office/happened/sent?since=2026-11-25&until=2026-11-01",
    "/office/happened/sent?since=1&until=2", "/office/happened/nothing?since=2026-11-25&until=2026-11-25",
    "/office/refused?since=2026-11-25&until=2026-11-25&checklist=none&reason=x",
    "/office/happened/sent?since=0001-01-01&until=0001-01-01",
])
def test_an_address_that_names_no_days_or_nothing_known_is_not_found(house, path):
    assert signed_in(house, "lena").get(path).status_code == 404


@pytest.mark.parametrize("path", [
    "/office/happened/sent?since=2026-11-25&until=2026-11-25",
    "/office/refused?since=2026-11-25&until=2026-11-25&checklist=dk-cpr&origin=rule&item=passport&reason=cut_off",
])
def test_the_lists_behind_the_numbers_are_the_leads_alone(house, refused, path):
    assert signed_in(house, "clara").get(path).status_code == 404
    assert len(references(signed_in(house, "lena").get(path).text)) == 2


def test_the_overview_costs_as_many_statements_at_20_as_at_500_files(house):
    lena, costs = signed_in(house, "lena"), []
    for number, prefix in ((20, "A"), (480, "B")):
        many_files(house, number, prefix=prefix)
        with Counted(house) as counted:
            assert lena.get("/office/overview").status_code == 200
        costs.append(len(counted.statements))

    assert costs[0] == costs[1]
    assert max(costs) <= 8


def test_files_behind_a_number_go_on_page_by_page(house, refused):
    in_house(house, world.amira_sends)
    lena = signed_in(house, "lena")
    path = "/office/happened/sent?since=2026-11-25&until=2026-11-25"

    newest = references(lena.get(path).text)
    rest = references(lena.get(f"{path}&before=3").text)

    assert len(newest) == 3
    assert rest == newest[1:]


def test_a_cause_that_wants_a_files_own_value_is_said_by_what_to_do_about_it(house):
    newest = library.get("dk-cpr", library.versions("dk-cpr")[-1])
    assert "<" in newest.text("reasons.too_short.seen", "en"), "else this says nothing"

    with house.app.test_request_context("/office/overview"):
        _name, said = cause_words("dk-cpr", newest.version, "rule", "proof_of_address.contract", "too_short")

    assert said == newest.text("reasons.too_short.cure", "en")
