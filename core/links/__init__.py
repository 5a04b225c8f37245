"""What a user pasted -> targets or named refusals; and from an id back to its page."""

from core.links.attached import attachment_url
from core.links.pasted import Recognised, recognise
from core.links.tables import HINTS
from core.links.urls import author_url, comment_url, source_url

__all__ = ["HINTS", "Recognised", "attachment_url", "author_url", "comment_url", "recognise", "source_url"]
