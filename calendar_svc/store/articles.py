"""Articles: what was read. Their text stays on the desk."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from calendar_svc.domain.article import Article
from calendar_svc.domain.draft import DraftState
from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.store.base import insert
from calendar_svc.store.tables import ArticleRow, ClaimRow, DraftRow


@dataclass(frozen=True)
class Listed:
    """An article with how many claims rest on it and how many drafts wait."""

    article: Article
    claims: int
    waiting: int


def save(db: Session, article: Article, *, text: str | None = None) -> bool:
    """Add an article, or bring it up to date; without `text` the stored one stays. True if
    anything changed. Raises Refused if another is added under its key at the same time."""
    row = _row(db, article.key)
    if row is None:
        made = insert(db, ArticleRow).values(**vars(article), text=text)
        # of two at once one is there first
        made = made.on_conflict_do_nothing(index_elements=[ArticleRow.key])
        if db.scalars(made.returning(ArticleRow.id)).first() is None:
            raise Refused("an article of that key is there already", field="key")
        return True
    changed = to_article(row) != article or (text is not None and text != row.text)
    for name, value in vars(article).items():
        setattr(row, name, value)
    row.text = row.text if text is None else text
    db.flush()
    return changed


def get(db: Session, key: str) -> Article:
    """The article of that key. Raises NotFound."""
    return to_article(_found(db, key))


def exists(db: Session, key: str) -> bool:
    """Whether there is an article of that key."""
    return _row(db, key) is not None


def free_key(db: Session, key: str) -> str:
    """A key that no article has, made of one that another has."""
    candidates = (f"{key}-{number}" for number in range(2, 10**6))
    return next(candidate for candidate in candidates if not exists(db, candidate))


def text_of(db: Session, key: str) -> str | None:
    """What was read, for the desk; None where it was not kept. Raises NotFound."""
    return _found(db, key).text


def latest(db: Session, *, limit: int, offset: int = 0) -> list[Listed]:
    """Articles by their day, the newest first."""
    claims = (
        select(func.count())
        .where(ClaimRow.article_id == ArticleRow.id)
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    waiting = (
        select(func.count())
        .where(DraftRow.article_id == ArticleRow.id, DraftRow.state == DraftState.WAITING)
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    query = (
        select(ArticleRow, claims, waiting)
        .order_by(ArticleRow.published_on.desc(), ArticleRow.key)
        .limit(limit)
        .offset(offset)
    )
    return [Listed(to_article(row), said, drafts) for row, said, drafts in db.execute(query)]


def to_article(row: ArticleRow) -> Article:
    """The value of a row, for this room's own use."""
    return Article(
        key=row.key,
        publisher=row.publisher,
        lang=row.lang,
        published_on=row.published_on,
        dateline=row.dateline,
        url=row.url,
        title=row.title,
    )


def _found(db: Session, key: str) -> ArticleRow:
    row = _row(db, key)
    if row is None:
        raise NotFound("there is no article “%(key)s”", key=key[:80])
    return row


def _row(db: Session, key: str) -> ArticleRow | None:
    return db.scalars(select(ArticleRow).where(ArticleRow.key == key)).one_or_none()
