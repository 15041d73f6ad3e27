"""Entry point of the web server (WSGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telemachy.project.settings")
application = get_wsgi_application()
