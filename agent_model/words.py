"""A name that exists in Chinese and English, because the people who read it speak one or the other."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The name for a locale such as `zh_CN` or `en`; the other language where one is missing."""
        if language.lower().startswith("zh"):
            return self.zh or self.en
        return self.en or self.zh

    def to_body(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_body(cls, body: Mapping[str, str]) -> "Words":
        return cls(zh=body.get("zh", ""), en=body.get("en", ""))
