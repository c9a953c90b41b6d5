"""What the agent keeps at hand of the knowledge base: favourites, and what was read lately."""

from dataclasses import dataclass
from typing import Final

from agent_desktop.offline.kept import Kept
from agent_model.article import ArticleId

RECENT: Final = 20
_FAVOURITES: Final = "favourite-articles"
_READ: Final = "articles-read"


@dataclass(frozen=True, slots=True)
class AtHand:
    """Both begin with the latest."""

    favourites: tuple[ArticleId, ...] = ()
    recent: tuple[ArticleId, ...] = ()


class ReadingList:
    """Kept on this workstation for one agent, an id on each line. Raises OutboxDamaged, StoreBusy; what changes it
    also DiskFull."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def at_hand(self) -> AtHand:
        return AtHand(self._ids(_FAVOURITES), self._ids(_READ))

    def was_read(self, article_id: ArticleId) -> AtHand:
        others = (id_ for id_ in self._ids(_READ) if id_ != article_id)
        self._keep(_READ, (article_id, *others)[:RECENT])
        return self.at_hand()

    def keep_favourite(self, article_id: ArticleId, *, is_favourite: bool) -> AtHand:
        others = tuple(id_ for id_ in self._ids(_FAVOURITES) if id_ != article_id)
        self._keep(_FAVOURITES, (article_id, *others) if is_favourite else others)
        return self.at_hand()

    def _ids(self, name: str) -> tuple[ArticleId, ...]:
        return tuple(ArticleId(line) for line in self._kept.read(name).splitlines() if line)

    def _keep(self, name: str, ids: tuple[ArticleId, ...]) -> None:
        self._kept.keep(name, "\n".join(ids))
