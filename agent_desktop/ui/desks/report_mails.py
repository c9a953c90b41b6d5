"""Reports by mail in the hands of who leads: listed, one in its form with its draft on the disk, saved, dropped."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_desktop.errors import ServerRefused
from agent_desktop.supervisor.report_mails import MailWrong, fault_of
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.reports_page import ReportsPage
from agent_desktop.ui.unsaved import Unsaved
from agent_model.report_mail import ReportMail, ReportMails


class ReportMailsDesk(QObject):
    told = Signal(str)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._names = ground.rooms, ground.background, ground.names
        self._formats = ground.formats
        self._page: ReportsPage | None = None
        self._known = ReportMails(can_send=False)
        self._typed: Unsaved[ReportMail] = Unsaved(self)
        self._typed.due.connect(self._keep)

    def wire(self, page: ReportsPage) -> None:
        self._page = page
        pane = page.mails
        page.mails_wanted.connect(self._open)
        pane.opened.connect(self._show)
        pane.new_wanted.connect(self._begin)
        pane.typed.connect(self._typed.keep)
        pane.put_wanted.connect(self._put)
        pane.drop_wanted.connect(self._drop)

    def save_now(self) -> None:
        self._typed.save_now()

    def _open(self) -> None:
        if self._page is None:
            return
        self.names_changed()
        mailed = self._rooms.mailed_reports
        self._background.store.do(mailed.draft, self._take_up, self._failed)
        self._read()

    def names_changed(self) -> None:
        """Of queues or teams."""
        if self._page is not None:
            self._page.mails.show_names(self._names(), has_teams=self._rooms.reports.sees_all)

    def _read(self) -> None:
        self._background.network.do(self._rooms.mailed_reports.all, self._heard, self._not_heard, replaces="mails")

    def _heard(self, told: ReportMails) -> None:
        self._known = told
        if self._page is not None:
            self._page.mails.show_mails(told)

    def _not_heard(self, error: Exception) -> None:
        if self._page is not None:
            self._page.mails.say(explain(error))

    def _take_up(self, draft: ReportMail | None) -> None:
        if draft is not None and self._page is not None and self._page.mails.written is None:
            self._page.mails.show_mail(draft, is_kept=self._is_known(draft.id))

    def _show(self, mail_id: str) -> None:
        mail = next((one for one in self._known.mails if one.id == mail_id), None)
        if self._page is not None and mail is not None:
            self._forget()
            self._page.mails.show_mail(mail)
            self._page.mails.kind.setFocus()

    def _begin(self) -> None:
        if self._page is not None:
            self._page.mails.show_mail(self._rooms.mailed_reports.blank(self._formats.language), is_kept=False)
            self._page.mails.kind.setFocus()

    def _put(self, mail: ReportMail) -> None:
        fault = fault_of(mail, self._known.domains)
        if fault is not None:
            self._say(self._words(*fault))
            return
        put = self._rooms.mailed_reports.put

        def saved(_: None) -> None:
            self.told.emit(self.tr("The report is sent by mail from now on."))
            self._end()

        self._background.network.do(lambda: put(replace(mail, sent_at=None)), saved, self._refused)

    def _drop(self, mail_id: str) -> None:
        drop = self._rooms.mailed_reports.drop

        def dropped(_: None) -> None:
            self.told.emit(self.tr("The report is sent by mail no more."))
            self._end()

        self._background.network.do(lambda: drop(mail_id), dropped, self._refused)

    def _end(self) -> None:
        """What was written is the server's now, or nobody's."""
        self._forget()
        if self._page is not None:
            self._page.mails.show_mail(None)
            self._page.mails.begin()
        self._read()

    def _forget(self) -> None:
        self._typed.forget()
        keep = self._rooms.mailed_reports.keep
        self._background.store.do(lambda: keep(None), lambda _: None, self._failed)

    def _keep(self, mail: ReportMail) -> None:
        keep = self._rooms.mailed_reports.keep
        self._background.store.do(lambda: keep(mail), lambda _: None, self._failed)

    def _is_known(self, mail_id: str) -> bool:
        return any(one.id == mail_id for one in self._known.mails)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))

    def _refused(self, error: Exception) -> None:
        code = error.code if isinstance(error, ServerRefused) else ""
        match code:
            case "address_not_allowed":
                self._say(self.tr("One of the addresses is not of the company. Reports are sent to no other."))
            case "no_mail_server":
                self._say(self.tr("The server knows no mail server. Who looks after it names one in its reports.toml."))
            case "too_many_mails":
                self._say(self.tr("There are as many reports by mail as the server keeps. Drop one first."))
            case "not_allowed":
                self._say(self.tr("This report is of a team that you do not lead. Choose your own team."))
            case _:
                self._say(explain(error))

    def _say(self, words: str) -> None:
        if self._page is not None:
            self._page.mails.show_fault(words)

    def _words(self, wrong: MailWrong, address: str) -> str:
        match wrong:
            case MailWrong.TEAM:
                return self.tr("The daily report is of a team: choose one.")
            case MailWrong.CLOCK:
                return self.tr("Write the time as 07:00.")
            case MailWrong.WEEKDAYS:
                return self.tr("Choose at least one day of the week.")
            case MailWrong.NOBODY:
                return self.tr("Write at least one address.")
            case MailWrong.TOO_MANY:
                return self.tr("One report goes to 50 addresses at most. Take an address for a group.")
            case MailWrong.ADDRESS:
                return self.tr("“{address}” is no address. Write it as lead@example.com.").format(address=address)
            case MailWrong.OUTSIDE:
                words = self.tr("Reports are not sent to {address}: it is no address of {domains}.")
                return words.format(address=address, domains=", ".join(self._known.domains))
