"""The addresses of a demonstration: those of every house, and its open doors."""

from django.urls import include, path

from mentorwell.config import urls


urlpatterns = [*urls.urlpatterns, path("demo/", include("mentorwell.web.demo.urls"))]
