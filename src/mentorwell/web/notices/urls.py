"""Addresses under /me/notices/."""

from django.urls import path

from mentorwell.web.notices import views


app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("seen/", views.notices_see, name="notices-see"),
    path("mail/", views.mail_choose, name="mail-choose"),
]
