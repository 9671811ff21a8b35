"""The desk as a browser uses it: forms are loaded, filled and sent with their token."""

import html
import re
from typing import Any

from werkzeug.test import Client, TestResponse

from calendar_svc.domain.account import Editor, Role
from calendar_svc.domain.account import Entry as AuditLine
from calendar_svc.store import audit
from tests import make
from tests.web.conftest import House

ENGLISH = {"Accept-Language": "en", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}
FROM = {"REMOTE_ADDR": "203.0.113.5"}


class Desk:
    """A browser of one's own, before the house's desk. Speaks English."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client = Client(house.client.application)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=ENGLISH, environ_base=FROM)

    def post(self, path: str, form: str | None = None, **fields: str) -> TestResponse:
        """Send a form to `path` that stands on the page `form` (by default the same)."""
        return self.send(path, {"csrf_token": self.token(form or path), **fields})

    def send(self, path: str, fields: dict[str, str]) -> TestResponse:
        """Send it as it is."""
        return self.client.post(path, data=fields, headers=ENGLISH, environ_base=FROM)

    def token(self, path: str) -> str:
        """The token of a page's forms."""
        page = self.get(path)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert found, f"{path}: {page.status} without a form"
        return html.unescape(found[1])

    def sign_in(
        self, email: str = "ada@example.org", password: str = make.PASSWORD, code: str = ""
    ) -> TestResponse:
        return self.post("/desk/sign-in", email=email, password=password, code=code)

    def log(self) -> list[AuditLine]:
        """What the audit log has, the newest first."""
        with self.house.database.reading() as db:
            return audit.latest(db, limit=100)


def editor(house: House, email: str = "ada@example.org", **other: Any) -> Editor:
    with house.database.transaction() as db:
        return make.editor(db, email, **other)


def signed_in(
    house: House, email: str = "ada@example.org", role: Role = Role.EDITOR, **other: Any
) -> Desk:
    """Ada, who may edit, has signed in."""
    editor(house, email, role=role, **other)
    desk = Desk(house)
    assert desk.sign_in(email).status_code == 303
    return desk
