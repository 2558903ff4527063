"""How much one document and one application may hold. Pure: the caller counts, this judges."""

from dataclasses import dataclass

from uploads.refusals import Refused


@dataclass(frozen=True)
class Usage:
    """What is stored, or about to be."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Quota:
    """The most that may be stored: files, and bytes of all of them together."""

    files_max: int
    bytes_max: int


@dataclass(frozen=True)
class Quotas:
    """The defaults: an application of a big family stays far below them."""

    document: Quota = Quota(files_max=20, bytes_max=100 * 1024 * 1024)
    application: Quota = Quota(files_max=300, bytes_max=1024 * 1024 * 1024)


def refusals_for(adding: Usage, *, document: Usage, application: Usage, quotas: Quotas) -> list[Refused]:
    """Every reason why `adding` does not fit; empty when it does.

    document, application: what each holds already, without `adding`.
    """
    return _over("document", adding, document, quotas.document) + _over(
        "application", adding, application, quotas.application
    )


def _over(scope: str, adding: Usage, used: Usage, quota: Quota) -> list[Refused]:
    found = []
    if used.files + adding.files > quota.files_max:
        found.append(Refused(f"{scope}_has_too_many_files", {"files": used.files, "limit": quota.files_max}))
    if used.bytes + adding.bytes > quota.bytes_max:
        values = {"bytes": used.bytes + adding.bytes, "limit_bytes": quota.bytes_max}
        found.append(Refused(f"{scope}_is_too_big", values))
    return found
