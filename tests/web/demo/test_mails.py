"""When a newcomer looks for the mails of the demo."""

import socket
import stat

import pytest
from django.core.mail import EmailMessage

from hansa.web.demo import mails
from hansa.web.mail_sink import MailSink


@pytest.fixture
def sink(settings, tmp_path):

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_SINK_DIR = "127.0.0.1", port, tmp_path
    tmp_path.chmod(0o755)
    running = MailSink(folder=tmp_path, host="127.0.0.1", port=port)
    running.start()
    yield running
    running.stop()


def test_shows_what_was_sent_newest_first(sink):
    for number in (1, 2):
        EmailMessage(subject=f"Mail {number}", body="Ünïcode", to=["ana@example.org"]).send()

    found = mails.latest()

    assert [mail.subject for mail in found] == ["Mail 2", "Mail 1"]
    assert (found[0].to, found[0].body.strip()) == ("ana@example.org", "Ünïcode")


def test_other_users_of_the_machine_cannot_read_them(sink, tmp_path):
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_links_work_and_markup_does_not(sink):
    EmailMessage(subject="x", body="<b>go</b> http://localhost/a?b=1&c=2", to=["a@example.org"]).send()

    (mail,) = mails.latest()

    assert "&lt;b&gt;go" in mail.body
    assert '<a href="http://localhost/a?b=1&amp;c=2">' in mail.body


def test_a_real_installation_has_no_such_page(db, client, settings):
    settings.DEMO = False

    assert client.get("/demo/").status_code == 404


def test_the_demo_page_is_open_to_everybody(db, client, settings, tmp_path):
    settings.DEMO, settings.MAIL_SINK_DIR = True, tmp_path

    assert client.get("/demo/").status_code == 200


def test_who_got_a_mail_is_seen_before_it_is_opened(db, client, settings, sink):
    settings.DEMO = True
    EmailMessage(subject="Sign it", body="Now", to=["ana@example.org"]).send()

    html = client.get("/demo/").content.decode()
    closed = html[html.index("Sign it") :].split("</details>")[1]

    assert "ana@example.org" in closed.split("<details")[0]
