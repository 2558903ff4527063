"""Every route says who may use it; who may not, gets no further than the door."""

from __future__ import annotations

import pytest
from flask import Blueprint, g

from accounts.scope import Place
from actions.accounts.change_roles import change_roles
from applications.facts import Actor
from tests.support import world
from tests.web.conftest import house_on
from web import guards, way_in
from web.guards import applicant, own_path, public, staff, staff_file, system

bp = Blueprint("trial", __name__, url_prefix="/trial")


@bp.get("/undeclared")
def undeclared():
    return "seen"


@bp.post("/start/<int:grant_id>")
@public
def start(grant_id):
    way_in.let_in_who_started(grant_id)
    return "started"


@bp.get("/mine")
@applicant
def mine():
    return f"{g.application_id} {g.actor} {g.file.reference}"


@bp.get("/desk")
@staff("frontdesk", "lead")
def desk():
    return f"{sorted(g.actor.roles)} {len(g.places)}"


@bp.get("/files/<reference>")
@staff_file("caseworker", "lead")
def file(reference):
    return f"{g.file.reference} {sorted(g.actor.roles)}"


@pytest.fixture
def trial(sqlite_url, tmp_path):
    import clock
    from extensions import db
    from web import wiring

    wiring.register, kept = (lambda app: (kept(app), app.register_blueprint(bp))), wiring.register
    try:
        made = house_on(sqlite_url, tmp_path)
    finally:
        wiring.register = kept
    clock.use(lambda: made.made.now)
    yield made
    clock.use(None)
    with made.app.app_context():
        db.engine.dispose()


def a_file(house):
    def start():
        file_id = world.amira_starts(house.made)
        file = house.made.file(file_id)
        return file.id, file.reference

    return house.run(start)


def grant_of(house, file_id):
    from sqlalchemy import select

    from accounts.models import AccessGrant

    return house.rows(select(AccessGrant.id).where(AccessGrant.application_id == file_id))[0]


def let_in(house, file_id):
    browser = house.browser()
    browser.send(f"/trial/start/{grant_of(house, file_id)}", form="/way-in")
    return browser


def signed_in(house, name):
    browser = house.browser()
    browser.sign_in(name)
    return browser


def test_a_view_that_declares_nobody_fails_the_test_that_meets_it(trial):
    with pytest.raises(RuntimeError, match=r"trial\.undeclared does not say"):
        trial.browser().get("/trial/undeclared")


def test_a_view_that_declares_nobody_is_not_there_in_production(trial):
    trial.app.testing = False
    answer = trial.browser().get("/trial/undeclared")
    assert answer.status_code == 404
    assert "seen" not in answer.text


def test_every_route_of_the_app_declares_who_may_use_it(house):
    undeclared = [rule.endpoint for rule in house.app.url_map.iter_rules()
                  if guards.guard_of(house.app.view_functions[rule.endpoint]) is None]
    assert undeclared == []


def test_a_declaration_is_made_once_and_names_roles_that_exist():
    with pytest.raises(ValueError, match="twice"):
        public(applicant(lambda: None))
    with pytest.raises(ValueError, match="no such role"):
        staff("boss")
    with pytest.raises(ValueError, match="no such role"):
        staff_file()
    with pytest.raises(ValueError, match="no such role"):
        system("everything")


def test_the_signed_out_are_led_to_the_door_and_back_again(trial):
    stranger = trial.browser()
    assert stranger.get("/trial/mine?page=2").headers["Location"] == "/way-in?next=/trial/mine?page%3D2"
    assert stranger.get("/trial/desk").headers["Location"] == "/staff/sign-in?next=/trial/desk"


def test_an_applicant_sees_her_own_file_and_acts_as_herself(trial):
    file_id, reference = a_file(trial)
    amira = let_in(trial, file_id)
    assert amira.get("/trial/mine").text == f"{file_id} applicant:{grant_of(trial, file_id)} {reference}"


def test_two_applicants_never_meet(trial):
    first, second = a_file(trial), a_file(trial)
    amira, ben = let_in(trial, first[0]), let_in(trial, second[0])
    assert first[1] in amira.get("/trial/mine").text
    assert second[1] in ben.get("/trial/mine").text


def test_an_applicant_is_no_staff_and_staff_no_applicant(trial):
    amira = let_in(trial, a_file(trial)[0])
    assert "/staff/sign-in" in amira.get("/trial/desk").headers["Location"]
    assert "/way-in" in signed_in(trial, "clara").get("/trial/mine").headers["Location"]


def test_staff_without_the_role_find_nothing_there(trial):
    assert signed_in(trial, "dora").get("/trial/desk").text == "['frontdesk'] 1"
    answer = signed_in(trial, "clara").get("/trial/desk")
    assert answer.status_code == 404
    assert "frontdesk" not in answer.text


@pytest.mark.parametrize(("name", "status"),
                         [("clara", 200), ("lena", 200), ("otto", 404), ("dora", 404), ("ada", 404)])
def test_a_file_is_there_for_its_own_house_and_for_nobody_else(trial, name, status):
    _, reference = a_file(trial)
    assert signed_in(trial, name).get(f"/trial/files/{reference}").status_code == status


def test_a_foreign_file_and_one_that_does_not_exist_look_the_same(trial):
    _, reference = a_file(trial)
    otto = signed_in(trial, "otto")
    foreign, missing = otto.get(f"/trial/files/{reference}"), otto.get("/trial/files/AAA-BBB-CCC")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.text.replace(reference, "AAA-BBB-CCC") == missing.text


def test_a_role_narrowed_to_one_municipality_does_not_open_another_ones_file(trial):
    from sqlalchemy import select

    from offices.models import Municipality

    _, reference = a_file(trial)  # Copenhagen's
    ids = dict(zip(trial.rows(select(Municipality.code)), trial.rows(select(Municipality.id)), strict=True))
    house, clara = trial.made.offices["house"], trial.made.by("clara").id
    for code, status in (("furesoe", 404), ("copenhagen", 200)):
        trial.run(change_roles, clara, [Place("caseworker", house, ids[code])], actor=Actor("operator"))
        assert signed_in(trial, "clara").get(f"/trial/files/{reference}").status_code == status


def test_a_role_elsewhere_is_no_role_here(trial):
    """Desk in this house and lead in another: for a file of this house she is no lead."""
    _, reference = a_file(trial)
    offices, dora = trial.made.offices, trial.made.by("dora").id
    places = [Place("frontdesk", offices["house"]), Place("lead", offices["other"])]
    trial.run(change_roles, dora, places, actor=Actor("operator"))
    assert signed_in(trial, "dora").get(f"/trial/files/{reference}").status_code == 404
    trial.run(change_roles, dora, [*places, Place("caseworker", offices["house"])], actor=Actor("operator"))
    assert signed_in(trial, "dora").get(f"/trial/files/{reference}").text.endswith("['caseworker', 'frontdesk']")


def test_a_form_sent_after_the_session_ended_is_not_taken_and_waits_to_be_sent_again(trial):
    clara = signed_in(trial, "clara")
    token = clara.token("/way-in")
    clara.client.delete_cookie("klarsag-staff")
    typed = {"csrf_token": token, "note": ['two "words"', "<b>"]}
    answer = clara.client.post("/staff/sign-out-everywhere", data=typed)
    assert answer.status_code == 401
    assert 'action="/staff/sign-out-everywhere"' in answer.text
    assert 'name="note" value="two &#34;words&#34;"' in answer.text
    assert 'name="note" value="&lt;b&gt;"' in answer.text
    assert answer.text.count('name="csrf_token"') == 1


def test_one_statement_tells_who_an_applicant_is_and_one_who_staff_are(trial):
    from sqlalchemy import event

    from extensions import db

    file_id, reference = a_file(trial)
    amira, clara = let_in(trial, file_id), signed_in(trial, "clara")
    with trial.app.app_context():
        engine = db.engine
    seen = []
    event.listen(engine, "before_cursor_execute",
                 lambda *given: seen.append(given[2]) if given[2] != "BEGIN" else None)
    amira.get("/trial/mine")
    assert len(seen) == 1
    seen.clear()
    clara.get(f"/trial/files/{reference}")
    assert len(seen) == 2  # herself with her roles, and the file


@pytest.mark.parametrize("wanted", ["/office/", "/file?x=1", "/a//b"])
def test_own_paths_are_gone_to(wanted):
    assert own_path(wanted, "/home") == wanted


@pytest.mark.parametrize("wanted", [None, "", "office", "//evil", "/\\evil", "\\\\evil", "http://evil", "/a\\b",
                                    "/\tevil", "/\nevil", "///evil"])
def test_all_other_paths_are_not(wanted):
    assert own_path(wanted, "/home") == "/home"
