"""Page images and thumbnails, made in a confined child after the upload was acknowledged."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import or_, select, update

import clock
from extensions import db, services
from uploads import pictures
from uploads.models import PageImage, Upload

log = logging.getLogger("klarsag.pictures")
LEASE = timedelta(minutes=2)
TRIES = 5


def make_waiting(most: int = 20) -> int:
    """How many uploads got their pictures, or word that there will be none."""
    made = 0
    for _ in range(most):
        upload = _take()
        if upload is None:
            return made
        made += _make(upload)
    return made


def _take() -> Upload | None:
    now = clock.now()
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    free = (Upload.pictures == "waiting") & or_(Upload.leased_until_at.is_(None), Upload.leased_until_at < now)
    found = db.session.scalar(select(Upload.id).where(free).order_by(Upload.id).limit(1))
    if found is None:
        db.session.rollback()
        return None
    taken = db.session.execute(update(Upload).where(Upload.id == found, free)
                               .values(leased_until_at=now + LEASE, pictures_tries=Upload.pictures_tries + 1)
                               .execution_options(synchronize_session=False))
    db.session.commit()
    return db.session.get(Upload, found, populate_existing=True) if taken.rowcount == 1 else None


def _make(upload: Upload) -> int:
    upload_id, key, kind, sha = upload.id, upload.object_key, upload.media_type, upload.sha256
    over, turned = upload.pictures_tries >= TRIES, upload.rotated
    db.session.rollback()
    try:
        found = pictures.make(services().store, key, kind, sha, turn=turned)
    except pictures.TryLater:
        return _give_up(upload_id, "too_busy") if over else 0
    except (pictures.ObjectMissing, pictures.ObjectDamaged) as broken:
        # A row without its bytes is a broken promise, unless the page was taken back while we drew.
        log.error("upload=%s status=%s", upload_id, type(broken).__name__)  # noqa: TRY400
        return _give_up(upload_id, "damaged")
    _write(upload_id, key, turned, found)
    log.info("upload=%s pages=%s failed=%s", upload_id, len(found.pages), found.failed)
    return 1


def _give_up(upload_id: int, why: str) -> int:
    _begin()
    db.session.execute(update(Upload).where(Upload.id == upload_id, Upload.pictures == "waiting")
                       .values(pictures="none", no_pictures_because=why, leased_until_at=None)
                       .execution_options(synchronize_session=False))
    db.session.commit()
    return 1


def _begin() -> None:
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})


def _write(upload_id: int, key: str, turned: int, found: pictures.Pictures) -> None:
    """The row is asked for again: the page may have been taken back meanwhile, then its pictures go too; or turned
    once more, then they are drawn anew.
    """
    _begin()
    changed = db.session.execute(
        update(Upload).where(Upload.id == upload_id, Upload.pictures == "waiting", Upload.rotated == turned)
        .values(pictures="made" if found.pages else "none", no_pictures_because=found.failed, leased_until_at=None)
        .execution_options(synchronize_session=False))
    if changed.rowcount != 1:
        still_there = db.session.execute(update(Upload).where(Upload.object_key == key).values(leased_until_at=None)
                                         .execution_options(synchronize_session=False))
        db.session.commit()
        if still_there.rowcount == 0:
            services().store.remove(key)
        return
    db.session.add_all(PageImage(upload_id=upload_id, page=p.number, object_key=p.key, width=p.width, height=p.height,
                                 thumb_key=p.thumb_key) for p in found.pages)
    db.session.commit()
