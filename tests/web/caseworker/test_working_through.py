"""A caseworker with sixty files today: back to the list she came from, and on to the next file of it."""

from __future__ import annotations

from tests.web.caseworker.conftest import signed_in
from tests.web.caseworker.test_worklists import many_files, references


def test_a_file_leads_back_to_the_list_she_came_from_with_its_filters(house, sent):
    clara = signed_in(house)
    clara.get("/office/current?holder=nobody&todo=sent")

    page = clara.get(f"/office/files/{sent[1]}").text

    assert f'href="/office/current?holder=nobody&amp;todo=sent#{sent[1]}"' in page


def test_who_came_from_elsewhere_goes_back_to_the_first_list(house, sent):
    assert f'href="/office/current#{sent[1]}"' in signed_in(house).get(f"/office/files/{sent[1]}").text


def test_the_next_file_is_the_one_that_is_due_after_this_in_the_same_list(house):
    many_files(house, 3)
    clara = signed_in(house)
    listed = references(clara.get("/office/current").text)

    assert len(listed) == 3
    assert [clara.get(f"/office/next?after={one}").location.rpartition("/")[2] for one in listed[:2]] == listed[1:]


def test_after_the_last_file_of_a_list_comes_its_first(house):
    many_files(house, 3)
    clara = signed_in(house)
    listed = references(clara.get("/office/current").text)

    assert clara.get(f"/office/next?after={listed[-1]}").location.endswith(listed[0])


def test_a_list_without_another_file_is_shown_and_says_so(house, sent):
    clara = signed_in(house)

    answer = clara.get(f"/office/next?after={sent[1]}")

    assert answer.location == "/office/current"
    assert "There is no other file in this list" in clara.get(answer.location).text


def test_the_next_file_keeps_the_filters_and_never_leaves_her_offices(house, sent):
    many_files(house, 2, office="other", prefix="X")
    clara = signed_in(house)
    clara.get("/office/current?holder=mine")

    assert clara.get("/office/next?after=X0000000").location == "/office/current?holder=mine"


def test_claiming_in_a_list_leads_back_to_that_row(house, sent):
    page = signed_in(house).get("/office/current").text

    assert f'name="next" value="/office/current#{sent[1]}"' in page
    assert f'<tr data-row id="{sent[1]}"' in page


def test_a_list_says_which_day_a_file_is_due_and_which_are_hers(house, sent):
    clara = signed_in(house)
    clara.send(f"/office/files/{sent[1]}/claim", {"seen_holder": ""}, form=f"/office/files/{sent[1]}")

    page = clara.get("/office/current").text

    assert 'data-label="Due">Mon 30 Nov</td>' in page
    assert 'data-label="Held by" title="me"' in page
