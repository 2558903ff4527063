"""Every failure is a page in plain words and in the reader's language, and tells nothing that is secret."""

from __future__ import annotations

import pytest
from flask import Blueprint, abort

from actions.errors import NotAllowed, NotYours, StaleApplication, UploadRefused
from applications.facts import Refusal
from uploads.refusals import Refused
from web.guards import public

bp = Blueprint("failing", __name__, url_prefix="/fail")
WAYS = {
    "not-allowed": NotAllowed("book_appointment", [Refusal("seats_left"), Refusal("no_hold")]),
    "stale": StaleApplication(),
    "not-yours": NotYours(),
    "upload": UploadRefused(Refused("empty")),
    "broken": ZeroDivisionError("the secret of Amira Haddad"),
}


@bp.route("/<way>", methods=["GET", "POST"])
@public
def fail(way):
    if way.isdigit():
        abort(int(way))
    raise WAYS[way]


@pytest.fixture
def failing(house):
    house.app.register_blueprint(bp)
    house.app.testing = False
    return house.browser()


@pytest.mark.parametrize(("way", "status", "says"), [
    ("not-allowed", 409, "Somebody took the last seat just now"),
    ("stale", 409, "Somebody changed this in the meantime"),
    ("not-yours", 404, "We cannot find this page"),
    ("upload", 422, "This file is empty."),
    ("404", 404, "We cannot find this page"),
    ("429", 429, "Wait a few minutes"),
    ("403", 403, "We could not read what was sent"),
    ("broken", 500, "It is not your fault"),
])
def test_a_failure_has_its_status_and_its_words(failing, way, status, says):
    answer = failing.get(f"/fail/{way}")
    assert answer.status_code == status
    assert says in answer.text
    assert "<h1>" in answer.text


def test_every_reason_is_told_at_once_and_a_hold_stays_silent(failing):
    page = failing.get("/fail/not-allowed").text
    assert "Choose another time." in page
    assert "The office is still checking something." in page
    assert "hold" not in page.lower().replace("household", "")


def test_what_broke_is_not_shown_but_has_a_number_that_is_in_the_log(failing, caplog):
    page = failing.get("/fail/broken").text
    assert "Amira" not in page
    assert "ZeroDivisionError" not in page
    [broken] = [record for record in caplog.records if record.getMessage() == "broken"]
    assert broken.fields["request"] in page


def test_a_form_without_its_token_is_not_taken(failing):
    answer = failing.client.post("/fail/stale", data={"x": "1"})
    assert answer.status_code == 400
    assert "This page was open too long" in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_a_strangers_page_is_not_taken_even_with_a_token(failing, site):
    answer = failing.client.post("/fail/stale", data={"csrf_token": failing.token("/way-in")},
                                 headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 400
    assert "did not come from one of our pages" in answer.text


def test_a_token_of_another_browser_is_worth_nothing(failing, house):
    stolen = house.browser().token("/way-in")
    assert failing.client.post("/fail/stale", data={"csrf_token": stolen}).status_code == 400


def test_a_wrong_method_says_which_are_right(failing):
    answer = failing.client.put("/fail/stale", headers={"X-CSRFToken": failing.token("/way-in")})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_staff_see_the_page_of_staff_and_others_that_of_applicants(house):
    clara = house.browser()
    clara.sign_in()
    assert "k-staff" in clara.client.post("/staff/sign-out-everywhere", data={"csrf_token": "old"}).text
    assert "k-applicant" in house.browser().get("/nothing-here").text


def test_an_unsafe_route_without_a_token_is_refused_wherever_it_is(house):
    """T80: every route that changes something, for somebody who is not even known."""
    anybody = house.browser()
    for rule in house.app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        values = {name: next(iter(sorted(getattr(rule._converters[name], "items", "1")))) for name in rule.arguments}
        with house.app.test_request_context():
            path = house.app.url_map.bind("localhost").build(rule.endpoint, values)
        assert anybody.client.post(path).status_code in (400, 401, 404), rule.rule


def test_a_database_error_keeps_peoples_data_out_of_the_log(house):
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from extensions import db

    with house.app.app_context(), pytest.raises(SQLAlchemyError) as error:
        db.session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Amira"})
    assert "Amira" not in str(error.value)
