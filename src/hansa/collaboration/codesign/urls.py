from django.urls import include, path

from hansa.collaboration.codesign.views import canvas, launching, proposing

app_name = "codesign"
_CANVAS = [
    path("", canvas.show, name="canvas"),
    path("agree/", canvas.approve, name="approve"),
    path("<slug:section>/", canvas.write, name="section"),
    path("<slug:section>/history/", canvas.history, name="section_history"),
    path("<slug:section>/comment/", canvas.comment, name="comment"),
    path("<slug:section>/words/", canvas.settle, name="settle"),
]
_LAUNCH = [
    path("", launching.show, name="launch"),
    path("version/", launching.version, name="version"),
    path("uptake/", launching.count, name="count"),
    path("uptake/<int:pk>/remove/", launching.remove_count, name="remove_count"),
]
urlpatterns = [
    path("services/new/", proposing.new, name="new"),
    path("requests/<slug:ref>/canvas/", include(_CANVAS)),
    path("requests/<slug:ref>/launch/", include(_LAUNCH)),
]
