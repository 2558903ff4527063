"""What every answer tells the browser, and how much a request may bring."""

from __future__ import annotations

import io

import pytest
from flask import Blueprint, request
from jinja2 import UndefinedError

from tests.web.conftest import house_on
from web.guards import public
from web.limits import takes_files


def test_every_page_is_closed_to_scripts_frames_and_strangers(house):
    answer = house.browser().get("/way-in")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("path", ["/way-in", "/staff/sign-in", "/office/", "/nothing-here", "/healthz"])
def test_no_page_is_kept_by_a_proxy_or_the_back_button(house, path):
    answer = house.browser().get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_errors_carry_the_same_headers(house):
    assert "frame-ancestors 'none'" in house.browser().get("/nothing-here").headers["Content-Security-Policy"]


def test_over_https_cookies_are_bound_to_the_host_and_browsers_told_to_stay(sqlite_url, tmp_path):
    house = house_on(sqlite_url, tmp_path, BASE_URL="https://house.example")
    clara = house.browser()
    page = clara.get("/staff/sign-in", base_url="https://house.example")
    [cookie] = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-klarsag-form=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")


def test_assets_with_a_name_of_their_own_are_kept_for_a_year(sqlite_url, tmp_path):
    built = tmp_path / "assets"
    built.mkdir()
    (built / "manifest.json").write_text('{"klarsag.css": "klarsag-abc123.css"}')
    (built / "klarsag-abc123.css").write_text("body{}")
    (built / "klarsag-abc123.css.gz").write_bytes(b"packed")
    anybody = house_on(sqlite_url, tmp_path, ASSETS_DIR=str(built)).browser()
    assert "/assets/klarsag-abc123.css" in anybody.get("/way-in").text
    with anybody.get("/assets/klarsag-abc123.css") as plain:
        assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with anybody.get("/assets/klarsag-abc123.css", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.mimetype == "text/css"
    assert anybody.get("/assets/manifest.json").status_code == 404
    assert anybody.get("/assets/../secrets.json").status_code == 404


def test_a_house_may_wear_its_own_colours(sqlite_url, tmp_path):
    house = house_on(sqlite_url, tmp_path, BRAND_SEA="#0a5163", BRAND_NAME="Malmö Welcome")
    page = house.browser().get("/way-in").text
    assert "Malmö Welcome" in page
    sheet = page.split('href="/assets/theme-')[1].split('"')[0]
    assert "--sea:#0a5163;" in house.browser().get(f"/assets/theme-{sheet}").text


bp = Blueprint("carrying", __name__, url_prefix="/carry")


@bp.post("/form")
@public
def form():
    return f"{len(request.form.get('text', ''))}"


@bp.post("/files")
@public
@takes_files()
def files():
    return f"{len(request.files['file'].read())}"


@bp.get("/broken-template")
@public
def broken_template():
    from flask import render_template_string

    return render_template_string("{{ this_is_misspelt }}")


@pytest.fixture
def carrying(house):
    house.app._got_first_request = False
    house.app.register_blueprint(bp)
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser()


def posted(browser, path, **more):
    """The answer. A large body lies in a temporary file, which the test client leaves open."""
    answer = browser.client.post(path, **more)
    answer.request.environ["wsgi.input"].close()
    return answer


def test_a_form_may_bring_a_quarter_of_a_megabyte_and_is_told_when_it_brings_more(carrying):
    assert carrying.client.post("/carry/form", data={"text": "x" * 200_000}).text == "200000"
    answer = carrying.client.post("/carry/form", data={"text": "x" * 300_000})
    assert answer.status_code == 413
    assert "256 KB" in answer.text


def test_a_view_that_says_so_takes_a_file_of_25_megabytes_and_no_more(carrying):
    def send(megabytes):
        content = io.BytesIO(b"x" * megabytes * 1024 * 1024)
        return posted(carrying, "/carry/files", data={"file": (content, "a.pdf")})

    assert send(25).text == str(25 * 1024 * 1024)
    refused = send(27)
    assert refused.status_code == 413
    assert "26 MB" in refused.text


def test_a_form_of_a_thousand_parts_is_not_read(carrying):
    parts = {f"f{n}": "x" for n in range(1000)}
    answer = posted(carrying, "/carry/form", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_a_misspelt_name_in_a_template_is_an_error_and_not_a_gap(carrying):
    with pytest.raises(UndefinedError):
        carrying.get("/carry/broken-template")


def test_everything_but_text_mails_is_escaped(house):
    escape = house.app.jinja_env.autoescape
    assert escape("page.html")
    assert escape("mail.eml")
    assert escape("drawing.svg.j2")
    assert escape(None)
    assert not escape("mail.txt")
