"""Addresses of meetings."""

from django.urls import URLPattern, path

from mentorwell.web.meetings import views


app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("new/<uuid:uid>/", views.meeting_propose, name="meeting-propose"),
    path("<uuid:uid>/", views.meeting_show, name="meeting-show"),
    path("<uuid:uid>/choose/", views.time_choose, name="time-choose"),
    path("<uuid:uid>/other-times/", views.times_offer, name="times-offer"),
    path("<uuid:uid>/move/", views.meeting_move, name="meeting-move"),
    path("<uuid:uid>/setting/", views.meeting_set, name="meeting-set"),
    path("<uuid:uid>/cancel/", views.meeting_cancel, name="meeting-cancel"),
    path("<uuid:uid>/log/", views.meeting_log, name="meeting-log"),
    path("<uuid:uid>/meeting.ics", views.meeting_download, name="meeting-download"),
]
