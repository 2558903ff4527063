"""Addresses in mails and on paper lead to pages that exist, on the configured base and no other."""

from __future__ import annotations

import pytest

import links

BASE = "https://house.example"


@pytest.mark.parametrize("address", [
    links.front_door(BASE), links.file(BASE), links.consultation(BASE), links.booking(BASE), links.way_in(BASE),
    links.way_in_link(BASE, "x" * 43), links.topic(BASE, "work"), links.staff_file(BASE, "K7F-4QX-2MP"),
])
def test_every_address_has_a_page_behind_it(house, address):
    assert address.startswith(BASE + "/")
    endpoint, _ = house.app.url_map.bind("house.example").match(address.removeprefix(BASE), method="GET")
    assert endpoint


def test_no_page_believes_the_host_that_a_request_names(house):
    answer = house.browser().get("/file", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.headers.get("Location", "") + answer.text
