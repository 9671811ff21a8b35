"""Articles: what was read. Their text stays on the desk."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from calendar_svc.domain.article import Article, digest_of
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
    anything changed. Raises Refused if another has its text, or is added under its key at the
    same time."""
    row, digest = _row(db, article.key), digest_of(text)
    _check_once(db, article, text)
    if row is None:
        made = insert(db, ArticleRow).values(**vars(article), text=text, digest=digest)
        # of two at once one is there first
        made = made.on_conflict_do_nothing()
        if db.scalars(made.returning(ArticleRow.id)).first() is None:
            _check_once(db, article, text)
            raise Refused("an article of that key is there already", field="key")
        return True
    changed = to_article(row) != article or (text is not None and text != row.text)
    for name, value in vars(article).items():
        setattr(row, name, value)
    if text is not None:
        row.text, row.digest = text, digest
    db.flush()
    return changed


def get(db: Session, key: str) -> Article:
    """The article of that key. Raises NotFound."""
    return to_article(_found(db, key))


def by_text(db: Session, text: str | None) -> Article | None:
    """The article that has this text, word for word; None if there is none."""
    digest = digest_of(text)
    if digest is None:
        return None
    row = db.scalars(select(ArticleRow).where(ArticleRow.digest == digest)).one_or_none()
    return to_article(row) if row else None


def without_text(db: Session, day: date) -> list[Article]:
    """The articles of a day whose text was not kept, by key."""
    is_empty = or_(ArticleRow.text.is_(None), ArticleRow.text == "")
    query = select(ArticleRow).where(ArticleRow.published_on == day, is_empty)
    return [to_article(row) for row in db.scalars(query.order_by(ArticleRow.key))]


def exists(db: Session, key: str) -> bool:
    """Whether there is an article of that key."""
    return _row(db, key) is not None


def free_key(db: Session, key: str) -> str:
    """That key, or one made of it, that no article has."""
    candidates = (key if number == 1 else f"{key}-{number}" for number in range(1, 10**6))
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


def _check_once(db: Session, article: Article, text: str | None) -> None:
    same = by_text(db, text)
    if same is not None and same.key != article.key:
        raise Refused(
            "this text is there already, as “%(key)s”; an article is kept once",
            field="text",
            key=same.key,
        )


def _found(db: Session, key: str) -> ArticleRow:
    row = _row(db, key)
    if row is None:
        raise NotFound("there is no article “%(key)s”", key=key[:80])
    return row


def _row(db: Session, key: str) -> ArticleRow | None:
    return db.scalars(select(ArticleRow).where(ArticleRow.key == key)).one_or_none()
