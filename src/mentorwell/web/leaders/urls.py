"""The address of the leaders' page."""

from django.urls import path

from mentorwell.web.leaders import views


app_name = "leaders"
urlpatterns = [path("", views.figures_show, name="figures-show")]
