"""Page pictures made by us, and the original as a download after a warning."""

# ruff: noqa: ARG001 - a view takes the reference because the address has it; the guard has read it
from __future__ import annotations

from flask import Response, abort, g, render_template, request, send_file

import logs
from applications import file_page
from extensions import db, services
from uploads.names import attachment_header
from uploads.storage import ObjectDamaged, ObjectMissing
from web.caseworker.blueprint import FILE_ROLES, bp
from web.guards import staff_file

_JPEG, _PNG, _WEBP = b"\xff\xd8\xff", b"\x89PNG", b"RIFF"
# Nothing in a stranger's file may run or load anything, should a browser show it after all.
_SANDBOX = "sandbox; default-src 'none'"


@bp.get("/files/<reference>/pages/<int:upload_id>/<int:page>")
@staff_file(*FILE_ROLES)
def picture(reference: str, upload_id: int, page: int):
    found = file_page.picture(db.session(), g.application_id, upload_id, page)
    if found is None:
        abort(404)
    key = found.thumb_key if request.args.get("small") and found.thumb_key else found.object_key
    try:
        with services().store.open_derived(key) as file:
            content = file.read()
    except (ObjectMissing, ObjectDamaged) as broken:
        logs.note("picture_unreadable", 40, kind=type(broken).__name__, application=g.application_id)
        abort(404)
    response = Response(content, mimetype=_kind(content))
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _kind(content: bytes) -> str:
    """We made it, so it is one of these three."""
    if content.startswith(_JPEG):
        return "image/jpeg"
    return "image/png" if content.startswith(_PNG) else "image/webp" if content.startswith(_WEBP) else "image/jpeg"


@bp.get("/files/<reference>/originals/<int:upload_id>")
@staff_file(*FILE_ROLES)
def original(reference: str, upload_id: int):
    """The warning. Staff look at our pictures; the bytes of a stranger are only ever taken away, never shown."""
    return render_template("caseworker/original.html", upload=_upload(upload_id), reference=reference)


@bp.get("/files/<reference>/originals/<int:upload_id>/bytes")
@staff_file(*FILE_ROLES)
def original_bytes(reference: str, upload_id: int):
    upload = _upload(upload_id)
    try:
        # Every byte is compared with the hash in the row before the first one goes out.
        content = services().store.open(upload.object_key, upload.sha256)
    except (ObjectMissing, ObjectDamaged) as broken:
        logs.note("original_unreadable", 40, kind=type(broken).__name__, application=g.application_id)
        return render_template("caseworker/original_broken.html", reference=reference), 500
    response = send_file(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = attachment_header(upload.original_name)
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _upload(upload_id: int):
    upload = file_page.upload(db.session(), g.application_id, upload_id)
    if upload is None:
        abort(404)
    return upload
