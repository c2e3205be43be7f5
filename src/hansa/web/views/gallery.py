"""The living page of components: every part in every state."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hansa.foundation.pages import reads


@login_not_required
@login_not_required
@reads
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html")
