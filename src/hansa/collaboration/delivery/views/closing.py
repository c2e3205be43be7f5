"""The closing page of a case, and the public stories."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.foundation.pages import reads, run_form, writes
from hansa.hubs.directory import queries as directory

PAGE_SIZE = 12
_FIELDS = ("title", "challenge", "solution", "result", "numbers")


@reads
def closing(request: HttpRequest, ref: str) -> HttpResponse:
    """Show lessons and the story; the client reads the story once it is asked."""
    return _page(request, load_frame(request, ref))


def _page(request: HttpRequest, frame: queries.Frame, form: Any = None) -> HttpResponse:
    row, is_client = frame.collaboration, frame.audience == "client"
    story = queries.story_of(row)
    if story is not None and is_client and story.state == "draft":
        story = None
    may_tell = policies.can_tell(request.actor, row)
    return show(
        request,
        frame,
        "closing",
        form=form,
        is_client=is_client,
        lessons=queries.lessons_of(row) if frame.works_here else [],
        lesson_form=_one(form, forms.LessonForm) if frame.works_here else None,
        story=story,
        sections=_sections(story) if story else [],
        may_tell=may_tell,
        leads=frame.audience == "hub",
        story_form=(_one(form, forms.StoryForm, initial=_initial(story))) if may_tell else None,
        answer_form=_one(form, forms.StoryAnswerForm, initial={"seen_at": _stamp(story)})
        if story and policies.speaks_for_client(request.actor, row)
        else None,
    )


def _one(refused: Any, kind: Any, **kwargs: Any) -> Any:
    return refused if isinstance(refused, kind) else kind(auto_id=f"id_{kind.__name__.lower()}_%s", **kwargs)


def _initial(story: Any) -> dict[str, str]:
    return {name: getattr(story, name) for name in _FIELDS} if story else {}


def _stamp(story: Any) -> str:
    return story.changed_at.isoformat() if story else ""


def _sections(story: Any) -> list[tuple[str, str]]:
    pairs = [
        (_("Challenge"), story.challenge),
        (_("Solution"), story.solution),
        (_("Result"), story.result),
        (_("In numbers"), story.numbers),
    ]
    return [(name, text) for name, text in pairs if text]


@writes
def write_lesson(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        forms.LessonForm(request.POST, auto_id="id_lessonform_%s"),
        lambda data: operations.write_lesson(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Lesson written down."),
        to=place("closing", ref),
        again=lambda form: _page(request, frame, form),
    )


@writes
def write_story(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        forms.StoryForm(request.POST, auto_id="id_storyform_%s"),
        lambda data: operations.write_story(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Story saved."),
        to=place("closing", ref),
        again=lambda form: _page(request, frame, form),
    )


def _act(request: HttpRequest, ref: str, act: Any, done: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    story = queries.story_of(frame.collaboration)
    if story is None:
        raise Http404
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: act(story, by=request.actor, at=timezone.now()),
        done=done,
        to=place("closing", ref),
        again=lambda form: _page(request, frame, form),
    )


@writes
def ask_for_approval(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(request, ref, operations.ask_for_approval, _("The client is asked."))


@writes
def publish_story(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(request, ref, operations.publish_story, _("The story is public."))


@writes
def answer_story(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref)
    story = queries.story_of(frame.collaboration)
    if story is None:
        raise Http404

    def act(data: dict[str, Any]) -> None:
        try:
            data["seen_at"] = datetime.fromisoformat(data["seen_at"])
        except ValueError:
            data["seen_at"] = datetime(1970, 1, 1, tzinfo=UTC)
        operations.answer_story(story, by=request.actor, at=timezone.now(), **data)

    return run_form(
        request,
        forms.StoryAnswerForm(request.POST, auto_id="id_storyanswerform_%s"),
        act,
        done=_("Your hub has your answer."),
        to=place("closing", ref),
        again=lambda form: _page(request, frame, form),
    )


@login_not_required
@reads
def stories(request: HttpRequest) -> HttpResponse:
    """List what hubs did together, for everybody."""
    words = request.GET.get("q", "")[:100]
    page = Paginator(queries.published_stories(words), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "stories": list(page.object_list),
        "words": words,
        "number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
    }
    return render(request, "collaboration/delivery/stories.html", context)


@login_not_required
@reads
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.published_stories(), slug=slug)
    hubs = directory.hub_names(found.collaboration.party_ids)
    crumbs = [(_("Stories"), reverse("delivery:stories"))]
    context = {"story": found, "sections": _sections(found), "hubs": hubs, "crumbs": crumbs}
    return render(request, "collaboration/delivery/story.html", context)
