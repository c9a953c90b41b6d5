"""The search index, the only place that knows Whoosh."""

from agent_desktop.knowledge.index.articles import ArticleIndex
from agent_desktop.knowledge.index.ranking import Found
from agent_desktop.knowledge.index.storage import IndexDamaged
from agent_desktop.knowledge.index.synonyms import Synonyms

__all__ = ["ArticleIndex", "Found", "IndexDamaged", "Synonyms"]
