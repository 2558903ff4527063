"""The example client of the documentation does the whole journey, against a house that runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from accounts.models import SCOPES
from actions.accounts.api_keys import add_api_key
from applications.facts import Actor
from applications.models import Application
from appointments.models import Appointment
from extensions import db
from tests.support import world
from tests.support.house import house as running_house
from tests.support.now import NOW
from web.api_keys import KEY_BEGINS, PURPOSE
from web.ground import fingerprint

CLIENT = Path(__file__).resolve().parents[3] / "docs" / "examples" / "client.py"
SECRET = f"{KEY_BEGINS}{'x' * 40}"


def test_the_example_client_goes_from_the_first_question_to_a_booked_time(sqlite_url, tmp_path, smtp):
    photos = []
    for seed in (1, 2, 3):
        photos.append(tmp_path / f"paper-{seed}.jpg")
        photos[-1].write_bytes(world.a_photo(seed))
    with running_house(sqlite_url, tmp_path, smtp, NOW) as here:
        add_api_key(name="Portal", begins=SECRET[:14], digest=fingerprint(SECRET, PURPOSE), scopes=SCOPES,
                    office_id=here.made.offices["house"], municipality_id=None, actor=Actor("operator"))
        here.lets_go()
        client = subprocess.Popen([sys.executable, str(CLIENT), here.url, SECRET, *map(str, photos)],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert "submitted" in client.stdout.readline(), client.stderr.read()
        world.clara_accepts_all(here.made, db.session.scalars(select(Application.id)).one())
        here.lets_go()
        said, faults = client.communicate(timeout=60)

        assert client.returncode == 0, faults
        assert "International House" in said
        assert db.session.scalars(select(Appointment.status)).all() == ["booked"]
