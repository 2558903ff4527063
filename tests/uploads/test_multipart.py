import io
from functools import partial

from tests.uploads import files
from uploads import inspection, intake
from uploads.multipart import stream_factory
from web.form_parser import FormParser


def body(content: bytes, filename: str) -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'.encode()
    return head + content + b'\r\n--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nabc\r\n--x--\r\n'


def parse(store, content, filename="a.pdf", max_bytes=25 * 1024**2):
    raw = body(content, filename)
    parser = FormParser(stream_factory=stream_factory(store, max_bytes=max_bytes))
    _, form, sent = parser.parse(io.BytesIO(raw), "multipart/form-data", len(raw), {"boundary": "x"})
    assert form["token"] == "abc"
    return sent["file"]


def test_a_form_writes_straight_into_quarantine_and_is_not_copied_again(store, server):
    content = files.pdf(pages=2) + b"%" * 1_000_000
    sent = parse(store, content)
    quarantined = list((store.root / "quarantine").iterdir())
    assert [path.read_bytes() for path in quarantined] == [content]
    kept = intake.receive(
        sent.stream,
        claimed_name=sent.filename,
        limits=intake.Limits(),
        store=store,
        inspector=partial(inspection.report_on, server),
    )
    sent.close()
    assert kept.object_key == quarantined[0].name
    with store.open(kept.object_key, kept.sha256) as file:
        assert file.read() == content


def test_past_the_limit_the_other_fields_are_still_read_and_the_real_size_is_told(store):
    sent = parse(store, b"x" * 50_000, "a.jpg", max_bytes=1000)
    refused = intake.receive(sent.stream, claimed_name=sent.filename, limits=intake.Limits(max_bytes=1000), store=store)
    assert refused == intake.Refused("photo_too_big", {"bytes": 50_000, "limit_bytes": 1000})
    assert list((store.root / "quarantine").iterdir()) == []


def test_a_file_nobody_takes_is_gone_when_the_request_closes_it(store):
    parse(store, files.pdf()).close()
    assert list((store.root / "quarantine").iterdir()) == []
