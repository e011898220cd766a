"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("mentorwell.web.site.urls")),
    path("", include("mentorwell.web.matching.urls")),
    path("", include("mentorwell.web.messages.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("goals/", include("mentorwell.web.goals.urls")),
    path("help", include("mentorwell.web.help.urls")),
    path("me/notices/", include("mentorwell.web.notices.urls")),
    path("me/", include("mentorwell.web.me.urls")),
    path("meetings/", include("mentorwell.web.meetings.urls")),
    path("mentorships/", include("mentorwell.web.mentorships.urls")),
    path("office/", include("mentorwell.web.office.urls")),
    path("leaders/", include("mentorwell.web.leaders.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("mentorwell.web.demo.urls")))
