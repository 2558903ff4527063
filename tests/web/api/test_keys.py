"""Who is let in: a system by its key and nothing else, for what its scopes name, as often as is good for the house."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.models import ApiKey
from actions.accounts.api_keys import revoke_api_key
from applications.facts import Actor
from tests.web.api.conftest import System
from tests.web.conftest import house_on


def code_of(answer):
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["code"]


def test_a_key_opens_what_its_scopes_name(house):
    system = System(house, scopes=("checklists",))

    assert system.get("/checklists").status_code == 200


def test_without_a_key_nothing_opens_and_the_answer_says_how_to_show_one(house):
    answer = house.app.test_client().get("/api/v1/checklists")

    assert code_of(answer) == (401, "no_key")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("shown", ["Bearer klarsag_guessed", "Bearer ", "Basic a2xhcnNhZzp4", "Bearer klarsag_\xe9",
                                   f"Bearer klarsag_{'x' * 5000}"])
def test_what_is_no_key_opens_nothing(house, shown):
    answer = house.app.test_client().get("/api/v1/checklists", headers={"Authorization": shown})

    assert code_of(answer) == (401, "no_key")


def test_a_cookie_of_the_pages_opens_nothing_here(house):
    clara = house.browser()
    clara.sign_in("clara")
    assert clara.get("/office/").status_code in (200, 303, 404)

    assert code_of(clara.get("/api/v1/checklists")) == (401, "no_key")


def test_no_answer_sets_a_cookie(system):
    assert "Set-Cookie" not in system.get("/checklists").headers


def test_a_revoked_key_opens_nothing_from_the_next_request_on(house, system):
    house.run(lambda: revoke_api_key(system.key_id, actor=Actor("operator"), now=house.made.now))

    assert code_of(system.get("/checklists")) == (401, "no_key")


def test_only_a_fingerprint_of_a_key_is_kept(house, system):
    row = house.rows(select(ApiKey))[0]

    assert system.secret not in str(vars(row))
    assert row.begins == system.secret[:14]


def test_it_is_noted_when_a_key_was_last_used_but_not_at_every_call(house, system):
    system.get("/checklists")
    first = house.rows(select(ApiKey.used_at))[0]
    house.wait(minutes=2)
    system.get("/checklists")
    assert house.rows(select(ApiKey.used_at)) == [first]
    house.wait(minutes=4)
    system.get("/checklists")

    assert house.rows(select(ApiKey.used_at))[0] > first


def test_a_key_that_asks_too_often_waits_and_is_told_how_long(sqlite_url, tmp_path):
    import clock

    house = house_on(sqlite_url, tmp_path, API_REQUESTS_PER_MINUTE="3")
    clock.use(lambda: house.made.now)
    try:
        system = System(house)
        answers = [system.get("/checklists").status_code for _ in range(4)]
        last = system.get("/checklists")
        house.wait(seconds=int(last.headers["Retry-After"]))

        assert answers == [200, 200, 200, 429]
        assert code_of(last) == (429, "too_often")
        assert system.get("/checklists").status_code == 200
    finally:
        clock.use(None)


def test_a_house_without_the_setting_serves_no_api(sqlite_url, tmp_path):
    house = house_on(sqlite_url, tmp_path, API="off")

    answer = house.app.test_client().get("/api/v1/checklists")

    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
