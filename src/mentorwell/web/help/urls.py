"""The address of the help page."""

from django.urls import path

from mentorwell.web.help import views


app_name = "help"
urlpatterns = [path("", views.help_show, name="help-show")]
