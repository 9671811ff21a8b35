"""The application: Flask for the pages, with the finished feeds ahead of it."""

import hashlib
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from calendar_svc.services import Services
from calendar_svc.web import asked, changes, errors, events, feeds, health, subscriptions
from calendar_svc.web.desk import pages as desk
from calendar_svc.web.published import Application, PublishedFeeds
from calendar_svc.words import labels

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
LARGEST_FORM = 64 * 1024
LARGEST_DESK_FORM = 1024 * 1024
"""An article's text comes percent-encoded, up to twelve octets a letter."""
STATIC = Path(__file__).parent / "static"


def create_app(services: Services) -> Flask:
    """The application for any WSGI server; `app.wsgi_app` has the feeds ahead of Flask."""
    app = Flask("calendar_svc.web")
    app.extensions["calendar_svc"] = services
    base = urlsplit(services.site.links.base)
    app.config.update(
        SECRET_KEY=services.secret_keys[0],
        SECRET_KEY_FALLBACKS=list(services.secret_keys[1:]),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        TRUSTED_HOSTS=_hosts(base.hostname or ""),
        APPLICATION_ROOT=base.path or "/",
        SESSION_COOKIE_NAME="calendar",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=base.scheme == "https",
        WTF_CSRF_TIME_LIMIT=int(timedelta(hours=12).total_seconds()),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    # before the token is looked for, which reads the form
    app.before_request(_widen)
    app.before_request(_refuse_nul)
    csrf = CSRFProtect(app)
    for room in (events, changes, feeds, subscriptions, health, desk):
        app.register_blueprint(room.pages)
    # whoever holds the token in the address of these may post to them (RFC 8058 posts bare)
    csrf.exempt(subscriptions.signed)
    app.register_blueprint(subscriptions.signed)
    app.context_processor(asked.words)
    app.jinja_env.globals.update(labels=labels, style_version=_digest("style.css"))
    app.after_request(_secure)
    errors.register(app)
    app.wsgi_app = _wrapped(app, services)  # type: ignore[method-assign, assignment]
    return app


def _wrapped(app: Flask, services: Services) -> Application:
    inner: Application = app.wsgi_app
    application: Application = PublishedFeeds(inner, services.database, services.site.languages)
    if hops := services.trusted_proxies:
        application = ProxyFix(application, hops, hops, hops, 0, hops)
    return application


def _digest(name: str) -> str:
    """In the address of a static file, so that a new one is fetched anew."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def _hosts(host: str) -> list[str]:
    """Requests for other hosts are refused; on a machine of one's own its names are one."""
    own = {"127.0.0.1", "localhost", "::1"}
    return sorted(own | {host}) if host in own else [host]


def _widen() -> None:
    if request.path.startswith("/desk/"):
        request.max_content_length = request.max_form_memory_size = LARGEST_DESK_FORM


def _refuse_nul() -> None:
    """The one letter that PostgreSQL's texts can't hold; nobody types it."""
    if "\0" in request.path:
        abort(404)
    sent = [*request.args.items(multi=True), *request.form.items(multi=True)]
    if any("\0" in text for _, text in sent):
        abort(400)


def _secure(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if response.mimetype == "text/html":
        # a page with a form or a sign-in is this reader's alone
        headers.setdefault(
            "Cache-Control", "private, no-cache" if "csrf_token" in g else "no-cache"
        )
        headers["Vary"] = "Accept-Language, Cookie"
    return response
