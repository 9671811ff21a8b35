"""The desk's pages about accounts: passwords, second factors, sessions, editors, the log."""

import html
import re

import pyotp
import pytest

from calendar_svc.actions.delivering import deliver
from calendar_svc.domain.account import Act, Role
from calendar_svc.store import accounts, audit
from tests.fakes import KeptMail
from tests.make import PASSWORD
from tests.web.conftest import House
from tests.web.desk import Desk, editor, signed_in

NEW = "kucing meja bulan enam"
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


def link(house: House, number: int = 1) -> str:
    """The path of a link that sets an editor's password."""
    with house.database.reading() as db:
        whose = accounts.get(db, number)
    assert whose is not None
    links = house.services.site.links
    return links.password(whose.id, whose.key_version).removeprefix(links.base)


def mailed(house: House) -> list[str]:
    """The links in the mail that is sent now."""
    postbox = house.services.postbox
    assert isinstance(postbox.mailer, KeptMail)
    postbox.mailer.messages.clear()
    deliver(
        house.database.transaction,
        postbox,
        now=house.services.clock.now,
        site=house.services.site,
    )
    found = []
    for message in postbox.mailer.messages:
        body = message.get_body(("plain",))
        assert body is not None
        found += re.findall(r"http://localhost(/desk/password/\S+)", body.get_content())
    return found


# passwords


def test_behind_the_link_a_password_is_chosen_and_one_is_in(house: House) -> None:
    editor(house, password=None)
    desk, path = Desk(house), link(house)
    answer = desk.post(path, password="short")
    assert answer.status_code == 422
    assert "the password needs at least 12 letters" in answer.text
    answer = desk.post(path, password=NEW)
    assert answer.status_code == 303
    assert "Your password is set." in desk.get("/desk/account").text
    assert desk.get(path).status_code == 404
    assert Desk(house).sign_in(password=NEW).status_code == 303


def test_with_a_second_factor_a_link_lets_nobody_in(house: House) -> None:
    desk = signed_in(house)
    set_up(desk)
    eve, path = Desk(house), link(house)
    answer = eve.post(path, password=NEW)
    assert answer.headers["Location"].startswith("/desk/sign-in")
    assert "Sign in with it and a code." in eve.get("/desk/sign-in").text
    assert eve.get("/desk/account").status_code == 303
    assert eve.sign_in(password=NEW).status_code == 422


@pytest.mark.parametrize("path", ["/desk/password/x", "/desk/password/WzEsMV0.aaaa.bbbb"])
def test_a_link_that_is_broken_says_so(house: House, path: str) -> None:
    answer = Desk(house).get(path)
    assert answer.status_code == 404
    assert "This link is not complete" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_whoever_forgot_and_whoever_never_knew_get_the_same_answer(house: House) -> None:
    editor(house)
    pages = {
        Desk(house).post("/desk/forgotten", email=email).text
        for email in ("ada@example.org", "eve@example.org")
    }
    assert len(pages) == 1
    assert "Look into your mail" in pages.pop()
    (path,) = mailed(house)
    assert Desk(house).get(path).status_code == 200
    answer = Desk(house).post("/desk/forgotten", email="ada")
    assert answer.status_code == 422
    assert "not a mail address" in answer.text


def test_changing_the_password_ends_the_other_sessions(house: House) -> None:
    desk, other = signed_in(house), Desk(house)
    other.sign_in()
    answer = desk.post("/desk/account/password", "/desk/account", old="wrong", new=NEW)
    assert answer.status_code == 422
    assert "the password is not right" in answer.text
    answer = desk.post("/desk/account/password", "/desk/account", old=PASSWORD, new=NEW)
    assert answer.status_code == 303
    assert desk.get("/desk/account").status_code == 200
    assert other.get("/desk/account").status_code == 303


# the second factor


def set_up(desk: Desk) -> tuple[str, list[str]]:
    """Ada confirms a second factor; its secret and the recovery codes."""
    form = "/desk/account/second-factor"
    page = desk.get(form).text
    found = re.search(r'<p class="secret"[^>]*>([A-Z2-7 ]+)</p>', page)
    assert found
    secret = found[1].replace(" ", "")
    answer = desk.post(form, code=pyotp.TOTP(secret).now())
    assert answer.status_code == 200
    return secret, re.findall(r"<li>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</li>", answer.text)


def test_a_second_factor_is_set_up_used_and_removed(house: House) -> None:
    desk = signed_in(house)
    secret, codes = set_up(desk)
    assert len(codes) == 10
    # shown once
    assert not any(code in desk.get("/desk/account").text for code in codes)
    assert desk.get("/desk/account/second-factor").status_code == 303
    other = Desk(house)
    assert other.sign_in().status_code == 422
    assert other.sign_in(code=codes[0]).status_code == 303
    assert Desk(house).sign_in(code=codes[0]).status_code == 422
    remove = "/desk/account/second-factor/remove"
    assert desk.post(remove, "/desk/account", password="wrong").status_code == 422
    assert desk.post(remove, "/desk/account", password=PASSWORD).status_code == 303
    assert Desk(house).sign_in().status_code == 303
    told = repr(desk.log())
    assert secret not in told and not any(code in told for code in codes)


def test_the_qr_code_is_a_drawing_in_the_page(house: House) -> None:
    page = signed_in(house).get("/desk/account/second-factor").text
    assert "<svg" in page and "otpauth" not in page
    assert " style=" not in page


def test_a_wrong_first_code_keeps_the_secret_to_try_again(house: House) -> None:
    desk = signed_in(house)
    form = "/desk/account/second-factor"
    secret = re.search(r'class="secret"[^>]*>([^<]+)<', desk.get(form).text)
    answer = desk.post(form, code="000000")
    assert answer.status_code == 422
    assert "the code is not the one that is shown now" in answer.text
    assert secret is not None and secret[1] in answer.text
    assert secret[1] in desk.get(form).text


# sessions


def test_one_sees_ones_sessions_and_ends_them(house: House) -> None:
    desk, second, third = signed_in(house), Desk(house), Desk(house)
    second.sign_in()
    third.sign_in()
    page = desk.get("/desk/account").text
    assert page.count("Firefox, Linux") == 3
    ends = sorted(re.findall(r"/desk/account/sessions/(\d+)/end", page))
    assert ends == ["2", "3"]
    assert desk.post("/desk/account/sessions/2/end", "/desk/account").status_code == 303
    assert second.get("/desk/account").status_code == 303
    assert desk.post("/desk/account/sessions/2/end", "/desk/account").status_code == 404
    assert desk.post("/desk/account/sessions/end-others", "/desk/account").status_code == 303
    assert third.get("/desk/account").status_code == 303


def test_nobody_ends_the_sessions_of_others(house: House) -> None:
    bo = signed_in(house, "bo@example.org")
    eve = signed_in(house, "eve@example.org")
    assert eve.post("/desk/account/sessions/1/end", "/desk/account").status_code == 404
    assert bo.get("/desk/account").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/desk/account/sessions/99999999999999999999/end", "/desk/editors/99999999999999999999/link"],
)
def test_a_number_that_no_database_holds_is_not_found(house: House, path: str) -> None:
    desk = signed_in(house, role=Role.ADMINISTRATOR)
    assert desk.post(path, "/desk/account").status_code == 404


# editors


def test_ada_invites_bo_and_bo_comes_in(house: House) -> None:
    ada = signed_in(house, role=Role.ADMINISTRATOR)
    answer = ada.post("/desk/editors", email="Bo@Example.org", name="Bo", role="editor")
    assert answer.status_code == 303
    assert "invited; has no password yet" in ada.get("/desk/editors").text
    (path,) = mailed(house)
    bo = Desk(house)
    assert "bo@example.org" in bo.get(path).text
    assert bo.post(path, password=NEW).status_code == 303
    assert bo.get("/desk/editors").status_code == 403


@pytest.mark.parametrize(
    ("fields", "status", "sentence", "faulty"),
    [
        ({"email": "bo"}, 422, "not a mail address", "email"),
        ({"email": "ada@example.org"}, 409, "an editor of that address already", "email"),
        ({"role": "king"}, 422, "choose a role from the list", "role"),
        ({"name": "a" * 81}, 422, "the name has more than 80 letters", "name"),
        ({"name": "bo@example.org"}, 422, "can&#39;t be a mail address", "name"),
    ],
)
def test_a_mistake_names_its_field_and_gives_the_form_back(
    house: House, fields: dict[str, str], status: int, sentence: str, faulty: str
) -> None:
    ada = signed_in(house, role=Role.ADMINISTRATOR)
    filled = {"email": "bo@example.org", "name": "Bo", "role": "editor", **fields}
    answer = ada.post("/desk/editors", **filled)
    assert answer.status_code == status
    assert sentence in answer.text
    form = answer.text[answer.text.index("<form method") :]
    (invalid,) = re.findall(r'<(?:input|select) id="(\w+)"[^>]*aria-invalid', form)
    assert invalid == faulty
    assert f'value="{html.escape(filled["email"])}"' in form
    line = ada.log()[0]
    assert (line.what, line.subject) == (Act.REFUSED, "desk.invite_editor")
    # the sentence without what was typed
    assert "king" not in line.detail


def test_ada_changes_disables_and_lets_bo_in_again(house: House) -> None:
    ada, bo = signed_in(house, role=Role.ADMINISTRATOR), signed_in(house, "bo@example.org")
    page = "/desk/editors/2"
    assert ada.post(page, name="Bo Tan", role="administrator").status_code == 303
    assert bo.get("/desk/editors").status_code == 200
    assert ada.post(f"{page}/disable", page).status_code == 303
    assert "disabled since" in ada.get(page).text
    assert bo.get("/desk/account").status_code == 303
    assert Desk(house).sign_in("bo@example.org").status_code == 422
    assert ada.post(f"{page}/link", page).status_code == 422
    assert ada.post(f"{page}/enable", page).status_code == 303
    assert ada.post(f"{page}/link", page).status_code == 303
    assert len(mailed(house)) == 1
    assert Desk(house).sign_in("bo@example.org").status_code == 303


def test_the_last_administrator_stays_and_so_does_ada(house: House) -> None:
    ada = signed_in(house, role=Role.ADMINISTRATOR)
    answer = ada.post("/desk/editors/1", name="Ada", role="editor")
    assert answer.status_code == 422
    assert ada.post("/desk/editors/1/disable", "/desk/editors/1").status_code == 422
    assert "/disable" not in ada.get("/desk/editors/1").text
    assert ada.get("/desk/editors").status_code == 200


def test_ada_removes_the_second_factor_that_bo_lost(house: House) -> None:
    ada, bo = signed_in(house, role=Role.ADMINISTRATOR), signed_in(house, "bo@example.org")
    set_up(bo)
    page = "/desk/editors/2"
    assert ada.post(f"{page}/second-factor/remove", page).status_code == 303
    assert Desk(house).sign_in("bo@example.org").status_code == 303
    removed = [line for line in ada.log() if line.what == Act.SECOND_FACTOR_REMOVED]
    assert [(line.who, line.subject) for line in removed] == [("Ada", "bo@example.org")]


def test_hostile_names_are_only_text(house: House) -> None:
    ada = signed_in(house, role=Role.ADMINISTRATOR)
    assert ada.post("/desk/account/name", "/desk/account", name=HOSTILE).status_code == 303
    ada.post("/desk/editors", email="bo@example.org", name=HOSTILE, role="editor")
    with house.database.transaction() as db:
        audit.record(db, Act.REFUSED, by=None, who=HOSTILE, subject=HOSTILE, detail=HOSTILE)
    for path in ("/desk/account", "/desk/editors", "/desk/editors/2", "/desk/audit"):
        page = ada.get(path).text
        assert "<script" not in page
        assert "&lt;script&gt;" in page and "{{ 7*7 }}" in page


# the log


def test_the_log_is_read_from_the_newest_and_by_kind(house: House) -> None:
    desk = signed_in(house)
    with house.database.transaction() as db:
        for number in range(120):
            audit.record(db, Act.SETTLED, by=None, subject=f"line-{number}")
    seen: list[str] = []
    path = "/desk/audit?what=settled"
    for _ in range(3):
        page = desk.get(path).text
        seen += re.findall(r"line-(\d+)", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = html.unescape(older[1]) if older else ""
    assert seen == [str(number) for number in reversed(range(120))]
    assert path == ""
    assert "line-" not in desk.get("/desk/audit?what=signed+in").text
    assert "signed in" in desk.get("/desk/audit?what=signed+in").text


@pytest.mark.parametrize("query", ["what=x", "before=x", "before=-1", "before=99999999999"])
def test_a_query_that_can_not_be_read_is_named(house: House, query: str) -> None:
    answer = signed_in(house).get(f"/desk/audit?{query}")
    assert answer.status_code == 400
    assert f"{query.partition('=')[0]}:" in answer.text.lower()
