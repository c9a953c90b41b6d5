"""The site's rule of identity checks, as both who checks callers and who files tickets read it."""

from agent_desktop.errors import CacheDamaged
from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.identity_rule import SHIPPED, IdentityRule


class SiteIdentityRule:
    def __init__(self, view: View) -> None:
        self._view = view
        self._seen = SHIPPED

    def read(self) -> IdentityRule:
        """The site's, the one that is shipped where it has none, and the last one seen while a damaged cache is
        fetched again: writing goes on, and the server judges by the rule that holds. Raises StoreBusy."""
        try:
            rows = self._view.rows("identity_rule")
        except CacheDamaged:
            return self._seen
        self._seen = from_body(IdentityRule, rows[0].id, rows[0].version, rows[0].body) if rows else SHIPPED
        return self._seen
