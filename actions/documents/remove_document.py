from __future__ import annotations

from sqlalchemy import delete

from actions.errors import NotYours
from actions.unit import Unit, verb
from applications.models import Document, DocumentServes
from extensions import services
from uploads.models import PageImage, Upload


def remove_document(application_id: int, upload_id: int, **who) -> None:
    """Take back one page that was not sent yet; its objects go after the row is gone."""
    for key in _remove(application_id, upload_id, **who):
        services().store.remove(key)


@verb
def _remove(work: Unit, application_id: int, upload_id: int) -> list[str]:
    dossier = work.lock(application_id)
    upload = next((u for u in dossier.rows(Upload) if u.id == upload_id), None)
    if upload is None:
        raise NotYours
    requirement_id = next(s.requirement_id for s in dossier.rows(DocumentServes)
                          if s.document_id == upload.document_id)
    doing = work.fire(dossier, "remove_document", requirement_id=requirement_id, upload_id=upload_id)
    return doing.given["objects"]


@verb
def order_pages(work: Unit, application_id: int, upload_id: int, *, step: int) -> None:
    """Move a page of a document that was not sent yet: step -1 is earlier, +1 later."""
    dossier = work.lock(application_id)
    upload = next((u for u in dossier.rows(Upload) if u.id == upload_id), None)
    if upload is None or not _is_gathering(dossier, upload):
        raise NotYours
    pages = [u for u in dossier.rows(Upload) if u.document_id == upload.document_id]
    pages.sort(key=lambda u: u.position)
    at = pages.index(upload)
    to = max(0, min(len(pages) - 1, at + step))
    pages.insert(to, pages.pop(at))
    top = max(p.position for p in pages)
    for number, page in enumerate(pages):  # first out of the way: two pages may never share a place
        page.position = top + number + 1
    work.session.flush()
    for number, page in enumerate(pages):
        page.position = number + 1
    work.audit(f"file:{application_id}", "order_pages", f"upload:{upload_id}")


@verb
def turn_page(work: Unit, application_id: int, upload_id: int) -> None:
    """Turn one file of a document that was not sent yet, a quarter to the right. Its pictures are drawn anew.

    The lease of a drawing that is under way is left alone: it ends by itself, and then the turned one is drawn.
    """
    dossier = work.lock(application_id)
    upload = next((u for u in dossier.rows(Upload) if u.id == upload_id), None)
    if upload is None or not _is_gathering(dossier, upload) or upload.no_pictures_because:
        raise NotYours
    work.session.execute(delete(PageImage).where(PageImage.upload_id == upload.id))
    upload.rotated = (upload.rotated + 90) % 360
    upload.pictures, upload.pictures_tries = "waiting", 0
    work.audit(f"file:{application_id}", "turn_page", f"upload:{upload_id}")


def _is_gathering(dossier, upload: Upload) -> bool:
    return any(d.id == upload.document_id and d.status == "gathering" for d in dossier.rows(Document))
