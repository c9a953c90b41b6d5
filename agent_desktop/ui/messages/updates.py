"""Which version runs, who brings it up to date, and what keeps them from it, in whole sentences."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import DeskError, ServerUnreachable, UpdateFault, UpdateRefused, UpdatesAbsent, UpdateUnfit
from agent_desktop.updates.updater import Stage, Standing

translate = QCoreApplication.translate


def explain_standing(standing: Standing) -> str:
    """What runs; what went wrong is `explain_update`'s to say."""
    is_known = standing.trouble is None or standing.stage is Stage.READY
    words = _of_stage(standing.stage) if is_known else translate("updates", "Version {version}.")
    return words.format(version=standing.running, newer=standing.newer, percent=standing.fetched_pct)


def explain_whole(standing: Standing) -> str:
    """With what went wrong, in lines."""
    trouble = standing.trouble
    return "\n".join((explain_standing(standing), *([] if trouble is None else [explain_update(trouble)])))


def offer(version: str) -> str:
    return translate(
        "updates",
        "Version {version} is ready. Starting again takes a few seconds, and everything stays as it is.",
    ).format(version=version)


def gave_up(version: str, running: str) -> str:
    words = translate(
        "updates", "Version {version} did not work on this computer, so you work with {running} again. Tell IT."
    )
    return words.format(version=version, running=running)


def explain_update(error: DeskError) -> str:
    match error:
        case UpdateRefused(fault=fault):
            return _of_fault(fault)
        case UpdatesAbsent(address=address):
            return translate("updates", "There are no new versions at {address}. Ask IT to correct update.url.").format(
                address=address
            )
        case UpdateUnfit(version=version):
            words = translate("updates", "Version {version} does not run on this computer and was left out. Tell IT.")
            return words.format(version=version)
        case ServerUnreachable(address=address):
            words = translate("updates", "Where new versions come from does not answer ({address}). It is asked again.")
            return words.format(address=address)
        case _:
            return translate("updates", "The new version could not be kept on the disk. Free some space, or tell IT.")


def _of_stage(stage: Stage) -> str:
    match stage:
        case Stage.BY_IT:
            return translate("updates", "Version {version}. Your IT department brings it up to date.")
        case Stage.LOOKING:
            return translate("updates", "Version {version}. It brings itself up to date.")
        case Stage.CURRENT:
            return translate("updates", "Version {version}, up to date.")
        case Stage.FETCHING:
            return translate("updates", "Version {version}. Version {newer} is being fetched, {percent} %.")
        case Stage.READY:
            return translate("updates", "Version {version}. Version {newer} is there and begins with the next start.")
        case Stage.NO_ADDRESS:
            return translate(
                "updates", "Version {version}. It cannot bring itself up to date: IT has set no update.url."
            )
        case Stage.NO_ROOT:
            return translate(
                "updates",
                "Version {version}. It cannot bring itself up to date: update-root.json is missing beside it.",
            )
        case Stage.NOT_OURS:
            return translate(
                "updates",
                "Version {version}. It is installed for the whole computer, so that only IT can bring it up to date.",
            )
        case Stage.NOT_PACKAGED:
            return translate("updates", "Version {version}, run from its source: it does not bring itself up to date.")


def _of_fault(fault: UpdateFault) -> str:
    match fault:
        case UpdateFault.EXPIRED:
            return translate(
                "updates", "Nobody has vouched for the new versions lately, so none is taken. Check the clock, tell IT."
            )
        case UpdateFault.OLDER:
            return translate(
                "updates", "What is offered is older than what was offered before, so it is left. Tell IT."
            )
        case UpdateFault.TAMPERED:
            return translate("updates", "The new version is not the one that IT has signed, so it was left. Tell IT.")
        case UpdateFault.FORGED:
            return translate(
                "updates", "The new versions are not signed by your organisation, so none is taken. Tell IT."
            )
        case UpdateFault.GARBLED:
            return translate("updates", "The list of new versions cannot be read, so none is taken. Tell IT.")
