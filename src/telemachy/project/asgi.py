"""Entry point of the web server (ASGI)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telemachy.project.settings")
application = get_asgi_application()
