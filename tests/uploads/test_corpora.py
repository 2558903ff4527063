"""Long: a folder of files from elsewhere, named by KLARSAG_CORPORA, through intake and pictures."""

import os
from pathlib import Path

import pytest

from uploads import pictures
from uploads.intake import Accepted, Refused
from uploads.refusals import NO_PREVIEW, REFUSALS

FOLDER = os.environ.get("KLARSAG_CORPORA")
FITTING = {"needs_password", "too_many_pages", "too_many_pixels", "empty"}


@pytest.mark.check
@pytest.mark.skipif(not FOLDER, reason="KLARSAG_CORPORA names no folder")
def test_every_file_is_accepted_kept_or_refused_with_a_reason_and_honest_ones_are_not_refused(send, store, server):
    wrongly_refused = []
    for path in sorted(Path(FOLDER).rglob("*.*")):
        if path.suffix.lower() not in (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif", ".hif"):
            continue
        answer = send(path.read_bytes(), path.name)
        if isinstance(answer, Refused):
            assert answer.code in REFUSALS
            if answer.code not in FITTING and "hostile" not in path.parts:
                wrongly_refused.append((path.name, answer.code))
            continue
        assert isinstance(answer, Accepted)
        assert answer.no_preview is None or answer.no_preview in NO_PREVIEW
        made = pictures.make(store, answer.object_key, answer.media_type, answer.sha256, server=server)
        assert made.failed in (None, "damaged", "too_heavy")
        assert "hostile" in path.parts or not answer.previewable or made.pages, path.name
        store.remove(answer.object_key)
    assert wrongly_refused == []
    assert [path for path in store.root.rglob("*") if path.is_file()] == []
