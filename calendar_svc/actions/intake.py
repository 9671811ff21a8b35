"""Take in what was read: an article with its text, and what it seems to say as drafts."""

from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import LONGEST_TEXT, Article
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.texts import pasted
from calendar_svc.store import articles, audit, drafts


def check_text(text: str) -> str:
    """A text as it is kept. Raises Refused for one that is too long."""
    text = pasted(text)
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "the text is %(length)s letters long; at most %(limit)s are kept",
            field="text",
            length=len(text),
            limit=LONGEST_TEXT,
        )
    return text


def keep_article(
    db: Session, article: Article, text: str, *, by: Editor | None, who: str = ""
) -> bool:
    """Store an article with its text, or bring it up to date. True if anything changed. `who` is
    in the audit log where it was no editor."""
    changed = articles.save(db, article, text=check_text(text))
    if changed:
        audit.record(db, Act.ARTICLE_SAVED, by=by, subject=article.key, who=who)
    return changed


def propose(
    db: Session,
    article: Article,
    proposal: Proposal,
    *,
    by: Editor | None,
    now: datetime,
    who: str = "",
) -> int:
    """Make a draft of what an article seems to say; its number. Raises Refused for a proposal
    that says nothing or quotes what isn't there."""
    _check(db, article, proposal)
    number = drafts.add(db, article.key, proposal, now=now)
    audit.record(db, Act.DRAFT_MADE, by=by, subject=article.key, detail=str(number), who=who)
    return number


def change_draft(db: Session, number: int, proposal: Proposal, *, by: Editor) -> None:
    """Change a draft that waits. Raises Refused as `propose` does, Conflict if it was decided."""
    article = drafts.get(db, number).article
    _check(db, article, proposal)
    drafts.change(db, number, proposal)
    audit.record(db, Act.DRAFT_CHANGED, by=by, subject=article.key, detail=str(number))


def _check(db: Session, article: Article, proposal: Proposal) -> None:
    if proposal.event is None and proposal.title is None:
        raise Refused("a meeting that isn't known yet needs a title", field="title_ms")
    if proposal.event is not None and not any((proposal.when, proposal.place, proposal.status)):
        raise Refused("say at least its date, its place or its status", field="when")
    text = articles.text_of(db, article.key)
    if text and proposal.quote and _folded(proposal.quote) not in _folded(text):
        raise Refused("these words are not in the article; copy them from its text", field="quote")


def _folded(text: str) -> str:
    return " ".join(text.split())
