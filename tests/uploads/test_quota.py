from uploads.quota import Quota, Quotas, Usage, refusals_for

QUOTAS = Quotas(document=Quota(files_max=2, bytes_max=100), application=Quota(files_max=3, bytes_max=150))
ONE = Usage(files=1, bytes=40)


def test_a_file_that_fits_is_not_refused():
    assert refusals_for(ONE, document=Usage(1, 60), application=Usage(2, 110), quotas=QUOTAS) == []


def test_one_file_too_many_is_refused():
    found = refusals_for(ONE, document=Usage(2, 10), application=Usage(2, 10), quotas=QUOTAS)
    assert [(one.code, one.values["limit"]) for one in found] == [("document_has_too_many_files", 2)]


def test_every_reason_is_told_not_just_the_first():
    found = refusals_for(ONE, document=Usage(2, 70), application=Usage(3, 140), quotas=QUOTAS)
    assert [one.code for one in found] == [
        "document_has_too_many_files",
        "document_is_too_big",
        "application_has_too_many_files",
        "application_is_too_big",
    ]
