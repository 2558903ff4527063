"""Staff come in with e-mail and password; nobody else does, and nobody is kept out by others."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.models import Staff, WebSession
from accounts.scope import Place
from actions.accounts.change_roles import change_roles
from actions.accounts.end_staff import end_staff
from applications.facts import Actor
from audit.models import AuditEntry

OPERATOR = Actor("operator")
WRONG = "not the password at all"


def sessions_of(house):
    return house.rows(select(WebSession).order_by(WebSession.id))


def test_the_right_password_opens_her_own_place(house):
    clara = house.browser()
    answer = clara.sign_in()
    assert answer.status_code == 303
    assert clara.get("/staff/").headers["Location"] == "/office/"
    assert [entry.action for entry in house.rows(select(AuditEntry))] == ["sign_in"]


def test_the_cookie_is_nowhere_in_the_database(house):
    clara = house.browser()
    clara.sign_in()
    cookie = clara.cookie("klarsag-staff")
    [session] = sessions_of(house)
    assert len(cookie.value) >= 43
    assert cookie.value not in session.token_digest
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_wrong_password_opens_nothing_and_says_neither_what_was_wrong(house):
    stranger = house.browser()
    known = stranger.sign_in(password=WRONG)
    unknown = stranger.sign_in("nobody", password=WRONG)
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace("clara", "nobody").split("<h1>")[0] == unknown.text.split("<h1>")[0]
    assert WRONG not in known.text
    assert sessions_of(house) == []


def test_signing_in_gives_a_new_session_and_never_one_that_was_planted(house):
    clara = house.browser()
    clara.client.set_cookie("klarsag-staff", "planted-by-somebody-else")
    clara.sign_in()
    assert clara.cookie("klarsag-staff").value != "planted-by-somebody-else"
    first = clara.cookie("klarsag-staff").value
    again = house.browser()
    again.sign_in()
    assert again.cookie("klarsag-staff").value != first


def test_after_five_wrong_tries_the_next_must_wait_even_with_the_right_password(house):
    stranger = house.browser()
    for _ in range(5):
        assert stranger.sign_in(password=WRONG).status_code == 422
    answer = stranger.sign_in()
    assert answer.status_code == 429
    assert "Wait one minute" in answer.text
    assert sessions_of(house) == []


def test_an_unknown_account_waits_just_the_same(house):
    stranger = house.browser()
    for _ in range(5):
        stranger.sign_in("nobody", password=WRONG)
    assert stranger.sign_in("nobody", password=WRONG).status_code == 429


def test_waiting_is_enough_and_trying_meanwhile_does_not_make_it_longer(house):
    stranger = house.browser()
    for _ in range(5):
        stranger.sign_in(password=WRONG)
    for _ in range(10):
        assert stranger.sign_in(password=WRONG).status_code == 429
    house.wait(seconds=31)
    assert stranger.sign_in().status_code == 303


def test_her_own_browser_is_not_shut_out_by_somebody_who_guesses_elsewhere(house):
    clara = house.browser(REMOTE_ADDR="10.0.0.1")
    clara.sign_in()
    guesser = house.browser(REMOTE_ADDR="10.0.0.2")
    for _ in range(6):
        guesser.sign_in(password=WRONG)
    assert guesser.sign_in(password=WRONG).status_code == 429
    clara.client.delete_cookie("klarsag-staff")
    assert clara.sign_in().status_code == 303


def test_one_address_trying_many_accounts_is_slowed(house):
    guesser = house.browser(REMOTE_ADDR="10.0.0.3")
    answers = [guesser.sign_in(f"name{number}", password=WRONG).status_code for number in range(31)]
    assert answers[-1] == 429
    assert house.browser(REMOTE_ADDR="10.0.0.4").sign_in().status_code == 303


def test_she_is_told_of_wrong_tries_since_she_was_last_here(house):
    clara = house.browser()
    for _ in range(2):
        clara.sign_in(password=WRONG)
    clara.sign_in()
    with clara.client.session_transaction() as kept:
        assert kept["_flashes"] == [("look", "There were 2 wrong passwords since you last signed in.")]


def test_leaving_ends_the_session_and_not_just_the_cookie(house):
    clara = house.browser()
    token = clara.token()
    clara.sign_in()
    copied = clara.cookie("klarsag-staff").value
    clara.client.post("/staff/sign-out", data={"csrf_token": token})
    thief = house.browser()
    thief.client.set_cookie("klarsag-staff", copied)
    assert thief.get("/staff/").headers["Location"].startswith("/staff/sign-in")


def test_signing_out_everywhere_ends_the_other_browser_too(house):
    one, other = house.browser(), house.browser()
    token = one.token()
    one.sign_in(), other.sign_in()
    one.client.post("/staff/sign-out-everywhere", data={"csrf_token": token})
    assert "/staff/sign-in" in other.get("/staff/").headers["Location"]


def test_a_session_ends_after_an_hour_of_silence_and_not_before(house):
    clara = house.browser()
    clara.sign_in()
    house.wait(minutes=59)
    assert clara.get("/staff/").headers["Location"] == "/office/"
    house.wait(minutes=59)
    assert clara.get("/staff/").headers["Location"] == "/office/"
    house.wait(minutes=61)
    assert "/staff/sign-in" in clara.get("/staff/").headers["Location"]


def test_a_session_ends_after_twelve_hours_however_busy(house):
    clara = house.browser()
    clara.sign_in()
    for _ in range(14):
        house.wait(minutes=50)
        clara.get("/staff/")
    house.wait(minutes=21)
    assert "/staff/sign-in" in clara.get("/staff/").headers["Location"]


def test_reading_writes_the_session_at_most_every_five_minutes(house):
    clara = house.browser()
    clara.sign_in()
    [before] = sessions_of(house)
    house.wait(minutes=4)
    clara.get("/staff/")
    assert sessions_of(house)[0].seen_at == before.seen_at
    house.wait(minutes=2)
    clara.get("/staff/")
    assert sessions_of(house)[0].seen_at == house.made.now


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(house):
    clara = house.browser()
    clara.sign_in()
    elsewhere = [Place("frontdesk", house.made.offices["other"])]
    house.run(change_roles, house.made.by("clara").id, elsewhere, actor=OPERATOR)
    assert "/staff/sign-in" in clara.get("/staff/").headers["Location"]


def test_an_ended_account_is_out_and_stays_out(house):
    clara = house.browser()
    clara.sign_in()
    house.run(end_staff, house.made.by("clara").id, actor=OPERATOR)
    assert "/staff/sign-in" in clara.get("/staff/").headers["Location"]
    assert clara.sign_in().status_code == 422


@pytest.mark.parametrize("there", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
                                   "/%0d\n/evil", "evil"])
def test_nobody_is_sent_to_a_strangers_server_afterwards(house, there):
    assert house.browser().sign_in(next=there).headers["Location"] == "/staff/"


def test_a_page_of_ours_is_gone_on_to(house):
    assert house.browser().sign_in(next="/office/?queue=current").headers["Location"] == "/office/?queue=current"


def test_signing_in_needs_the_token_of_our_form(house):
    answer = house.browser().client.post("/staff/sign-in", data={
        "email": "clara@house.example", "password": "a long password for tests"})
    assert answer.status_code == 400
    assert "open too long" in answer.text
    assert sessions_of(house) == []


def test_passwords_are_hashed_anew_when_parameters_have_grown(house):
    from argon2 import PasswordHasher

    from extensions import db

    old = PasswordHasher(time_cost=1, memory_cost=8192).hash("a long password for tests")
    with house.app.app_context():
        db.session.get(Staff, house.made.by("clara").id).password_hash = old
        db.session.commit()
    assert house.browser().sign_in().status_code == 303
    [now] = house.rows(select(Staff.password_hash).where(Staff.id == house.made.by("clara").id))
    assert now != old
    assert "m=19456" in now
