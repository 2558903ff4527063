"""Settings are typed, complete, and refused at start with every fault at once."""

import stat
from dataclasses import FrozenInstanceError

import pytest
from cryptography.fernet import Fernet

import config

WHOLE = {
    "DATABASE_URL": "postgresql://klarsag:word@db/klarsag",
    "SECRET_KEY": "Zk3vQ8xT1mWc7yLr5nHb9sFd2gJp4aUe6oIi0qXz",
    "AUDIT_KEY": "b7Hn2Kc9Vx4Mz1Lq8Ws5Er3Ty6Ui0Op7As4Df2Gh",
    "SEALING_KEYS": Fernet.generate_key().decode(),
    "BASE_URL": "https://apply.city.test",
    "MAIL_URL": "smtps://house:word@mail.city.test",
    "MAIL_FROM": "The House <house@city.test>",
}


def faults_of(**changed):
    with pytest.raises(config.SettingsRefused) as refused:
        config.from_env({**WHOLE, **changed})
    return refused.value.faults


def test_a_whole_environment_is_taken_and_is_production():
    settings = config.from_env(WHOLE)
    assert settings.database_url == "postgresql+psycopg://klarsag:word@db/klarsag"
    assert settings.production
    assert settings.upload_max_bytes == 25 * 1024 * 1024
    assert settings.heic_allowed


def test_an_empty_environment_names_every_missing_setting_at_once():
    with pytest.raises(config.SettingsRefused) as refused:
        config.from_env({})
    assert [fault.split()[0] for fault in refused.value.faults] == [
        "DATABASE_URL", "SECRET_KEY", "SEALING_KEYS", "AUDIT_KEY", "BASE_URL", "MAIL_URL", "MAIL_FROM",
    ]


def test_settings_cannot_be_changed_while_running():
    with pytest.raises(FrozenInstanceError):
        config.from_env(WHOLE).base_url = "https://elsewhere.test"


def test_a_secret_is_never_said_neither_in_a_fault_nor_when_printed():
    told = " ".join(faults_of(SECRET_KEY="hunter2hunter2")) + repr(config.from_env(WHOLE))
    assert "hunter2" not in told
    assert WHOLE["SECRET_KEY"] not in told
    assert "word@" not in told


@pytest.mark.parametrize(
    "guessable", ["short", "changeme" * 6, "a" * 64, "development-key-that-everybody-has-read-somewhere"]
)
def test_a_secret_that_can_be_guessed_is_refused(guessable):
    assert len(faults_of(SECRET_KEY=guessable)) == 1


def test_the_audit_key_must_differ_from_the_secret_key():
    assert "the same" in faults_of(AUDIT_KEY=WHOLE["SECRET_KEY"])[0]


def test_the_faulty_sealing_key_is_named_by_its_place():
    assert "key 2" in faults_of(SEALING_KEYS=f"{WHOLE['SEALING_KEYS']} not-a-key")[0]


def test_sealing_keys_keep_their_order_newest_first():
    newest = Fernet.generate_key().decode()
    keys = config.from_env({**WHOLE, "SEALING_KEYS": f"{newest} {WHOLE['SEALING_KEYS']}"}).sealing_keys
    assert keys == (newest, WHOLE["SEALING_KEYS"])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://somewhere/else", "postgresql://"),
        ("BASE_URL", "apply.city.test", "https://"),
        ("BASE_URL", "https://apply.city.test/path", "no path"),
        ("BASE_URL", "https://apply.city.test:port", "no address"),
        ("BASE_URL", "http://apply.city.test", "https://"),
        ("MAIL_URL", "https://mail.city.test", "smtp://"),
        ("MAIL_URL", "smtp://", "no host"),
        ("MAIL_URL", "mailbox:", "instead of sending"),
        ("MAIL_FROM", "the house", "no mail address"),
        ("MAIL_FROM", "House <no-reply@klarsag.example>", "an example"),
        ("UPLOAD_MAX_BYTES", "25MB", "whole number"),
        ("UPLOAD_MAX_BYTES", "-1", "whole number"),
        ("UPLOAD_MAX_BYTES", "٢٥", "whole number"),
        ("HEIC_ALLOWED", "perhaps", "yes or no"),
        ("STAFF_IDLE_MINUTES", "9999", "never count"),
        ("DEFAULT_LANGUAGE", "fr", "one of LANGUAGES"),
        ("BRAND_SEA", "teal", "#rrggbb"),
    ],
)
def test_a_wrong_value_is_one_fault_in_plain_words(name, value, said):
    faults = faults_of(**{name: value})
    assert len(faults) == 1
    assert said in faults[0]


def test_a_brand_nobody_can_read_does_not_start():
    faults = faults_of(BRAND_SEA="#9fd8e4")
    assert all(fault.startswith("BRAND_SEA") for fault in faults)
    assert "contrast" in faults[0]


def test_a_trial_on_plain_http_with_a_mailbox_is_fine_when_it_says_so():
    trial = {**WHOLE, "BASE_URL": "http://localhost:8000", "MAIL_URL": "mailbox:", "KLARSAG_PRODUCTION": "no"}
    assert config.from_env(trial).mail_url == "mailbox:"


def test_the_embedded_house_needs_nothing_and_is_not_production(tmp_path):
    settings = config.embedded(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/klarsag.sqlite3"
    assert not settings.production


def test_embedded_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path):
    first, second = config.embedded(tmp_path), config.embedded(tmp_path)
    assert first.secret_key == second.secret_key
    assert first.sealing_keys == second.sealing_keys
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secrets.json"]


def test_two_houses_never_share_secrets(tmp_path):
    assert config.embedded(tmp_path / "one").secret_key != config.embedded(tmp_path / "two").secret_key


def test_whoever_brings_a_database_must_bring_keys_too(tmp_path):
    with pytest.raises(config.SettingsRefused):
        config.load({"DATABASE_URL": WHOLE["DATABASE_URL"], "VAR_DIR": str(tmp_path)})
    assert not list(tmp_path.iterdir())


def test_another_database_can_be_tried_with_the_embedded_rest(tmp_path):
    environ = {"DATABASE_URL": WHOLE["DATABASE_URL"], "VAR_DIR": str(tmp_path), "KLARSAG_PRODUCTION": "no"}
    settings = config.load(environ)
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.mail_url == "mailbox:"


def test_a_process_with_wrong_settings_ends_with_all_of_them_and_no_traceback():
    with pytest.raises(SystemExit) as ended:
        config.load_or_stop({"KLARSAG_PRODUCTION": "yes", **WHOLE, "MAIL_URL": "mailbox:", "BASE_URL": "http://city.test"})
    assert ended.value.code.count("\n- ") == 2


def test_every_setting_is_written_down_for_those_who_run_it():
    named = {field.upper() for field in config.Settings.__dataclass_fields__} - {"BRAND", "PRODUCTION"}
    named |= {f"BRAND_{field.upper()}" for field in config.Brand.__dataclass_fields__}
    written = (config.ROOT / "docs" / "operating.md").read_text()
    assert [name for name in sorted(named) if f"`{name}`" not in written] == []
