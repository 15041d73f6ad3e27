"""The component gallery."""

from django.urls import path

from telemachy.interfaces.web.views.gallery import Gallery

urlpatterns = [path("_gallery/", Gallery.as_view(), name="gallery")]
