"""The language of the screen: reads the translation sources themselves, so there is nothing to compile or forget."""

from pathlib import Path
from xml.etree import ElementTree as ET

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = ("zh_CN", "en")


class Catalogue(QTranslator):
    """Translations of one `.ts` file (Qt Linguist's format). A text without translation stays as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._texts: dict[tuple[str, str], tuple[str, ...]] = {}
        # The file is part of this product, not something from outside.
        root = ET.parse(path).getroot()  # noqa: S314
        for context in root.iter("context"):
            name = context.findtext("name", "")
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is None or translation.get("type") in ("unfinished", "vanished", "obsolete"):
                    continue
                forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
                self._texts[name, message.findtext("source", "")] = tuple(forms)

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(self, context: str, source: str, _: str | None = None, n: int = -1) -> str | None:
        forms = self._texts.get((context, source))
        if forms is None:
            return None
        return forms[0] if n == 1 or len(forms) == 1 else forms[-1]


def offered_languages(setting: str) -> tuple[str, ...]:
    """Those of ours that IT lets people choose; all of them where it names none of ours."""
    named = setting.replace(",", " ").split()
    return tuple(one for one in dict.fromkeys(named) if one in LANGUAGES) or LANGUAGES


def chosen_language(setting: str, offered: tuple[str, ...] = LANGUAGES) -> str:
    """The setting, or the system's language where we speak it, or English; the first that is offered for any other."""
    system = "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"
    wanted = setting if setting in LANGUAGES else system
    return wanted if wanted in offered else offered[0]


def speak(application: QCoreApplication, resources: Path, language: str) -> None:
    """Installs the catalogue of `language` and Qt's own, and makes its locale the default."""
    QLocale.setDefault(QLocale(language))
    qt_own = QTranslator(application)
    if qt_own.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt_own)
    path = resources / "translations" / f"agent_desktop_{language}.ts"
    if path.is_file():
        catalogue = Catalogue(path)
        catalogue.setParent(application)
        application.installTranslator(catalogue)
