"""Settings → services → app, for any WSGI server."""

from calendar_svc import config, services
from calendar_svc.web.app import create_app

app = create_app(services.build(config.read()))
