"""Addresses of meetings."""

from django.urls import URLPattern, path

from mentorwell.web.meetings.views import agenda, dates, feed, guide


app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("new/<uuid:uid>/", dates.meeting_propose, name="meeting-propose"),
    path("calendar/", feed.feed_edit, name="feed-edit"),
    path("calendar/<str:secret>.ics", feed.feed_show, name="feed-show"),
    path("log/<str:secret>/", agenda.log_by_link, name="log-by-link"),
    path("logged/<slug:how>/", agenda.log_done, name="log-done"),
    path("points/<uuid:uid>/tick/", agenda.point_tick, name="point-tick"),
    path("steps/<uuid:uid>/settle/", agenda.step_settle, name="step-settle"),
    path("<uuid:uid>/guide/", guide.guide_show, name="guide-show"),
    path("<uuid:uid>/agenda/", agenda.agenda_edit, name="agenda-edit"),
    path("<uuid:uid>/keep/", agenda.meeting_keep, name="meeting-keep"),
    path("<uuid:uid>/again/", agenda.meeting_again, name="meeting-again"),
    path("<uuid:uid>/", dates.meeting_show, name="meeting-show"),
    path("<uuid:uid>/choose/", dates.time_choose, name="time-choose"),
    path("<uuid:uid>/other-times/", dates.times_offer, name="times-offer"),
    path("<uuid:uid>/move/", dates.meeting_move, name="meeting-move"),
    path("<uuid:uid>/setting/", dates.meeting_set, name="meeting-set"),
    path("<uuid:uid>/cancel/", dates.meeting_cancel, name="meeting-cancel"),
    path("<uuid:uid>/log/", dates.meeting_log, name="meeting-log"),
    path("<uuid:uid>/meeting.ics", dates.meeting_download, name="meeting-download"),
]
