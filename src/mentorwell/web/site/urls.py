"""Addresses of what belongs to no area: the first page, colours, the gallery."""

from django.conf import settings
from django.urls import URLPattern, path

from mentorwell.web.site import views
from mentorwell.web.today.views import today_show


app_name = "site"

urlpatterns: list[URLPattern] = [
    path("", today_show, name="today-show"),
    path("theme", views.theme_set, name="theme-set"),
    path("still-here", views.presence_keep, name="presence-keep"),
]

if not settings.PRODUCTION:
    urlpatterns.append(path("design", views.gallery_show, name="gallery-show"))
