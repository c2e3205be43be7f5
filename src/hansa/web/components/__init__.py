"""The parts pages are made of, as functions from plain values to safe HTML.

They build strings instead of including templates because lists call them hundreds of times per page.
``hansa.web.templatetags.ui`` makes each of them a template tag; ``docs/ui.md`` lists them; ``/_ui/`` shows them.
"""
