"""What customers of the demo company call about: one scene, told in Chinese and in English."""

from dataclasses import dataclass

from agent_model.words import Words


@dataclass(frozen=True, slots=True)
class Scene:
    """`line` is home, mobile, business or any; `told` are contact lines, `subject` and `text` the ticket's."""

    category: str
    line: str
    wrap_up: str
    subject: Words
    text: Words
    told: tuple[Words, ...]
    chance_of_ticket: float = 0.4


SCENES: tuple[Scene, ...] = (
    Scene(
        "billing/invoice/title",
        "business",
        "handled",
        Words("电子发票抬头由个人改为公司", "E-invoice title from person to company"),
        Words(
            "客户要求将上月电子发票抬头改为公司全称，已核对税号，待补充营业执照照片。",
            "Wants last month's e-invoice on the company's full name; tax number checked, licence photo to follow.",
        ),
        (
            Words(
                "咨询如何修改发票抬头，已说明跨月需财务红冲。",
                "Asked how to change the title; across months finance reverses it.",
            ),
            Words(
                "已提交抬头变更，预计 1 个工作日内完成。", "Change of title sent to finance, done within 1 working day."
            ),
        ),
        0.7,
    ),
    Scene(
        "billing/invoice/resend",
        "any",
        "handled",
        Words("电子发票未收到，要求重发", "E-invoice not received, send again"),
        Words(
            "客户称缴费两天仍未收到发票邮件，邮箱已更新，请重新推送。",
            "Paid two days ago, no invoice mail yet; e-mail address corrected, please send again.",
        ),
        (
            Words("发票邮件被退回，核对邮箱后重发。", "Invoice mail had bounced; sent again to the corrected address."),
            Words("已在 App 内下载发票，问题解决。", "Downloaded the invoice in the app, settled."),
        ),
    ),
    Scene(
        "billing/amount",
        "home",
        "answered",
        Words("宽带账单比上月高", "Broadband bill higher than last month"),
        Words(
            "本月账单多出 20 元，为新开海岚电视月费，客户表示不知情，需核实开通记录。",
            "Bill is 20 yuan higher: Hailan TV was added; customer does not remember ordering it, check the order.",
        ),
        (
            Words(
                "解释升速按天补差价，客户接受。",
                "Explained the difference charged by the day after the upgrade; accepted.",
            ),
            Words("核对近三期账单，无异常扣费。", "Went through the last three bills together, nothing wrong."),
        ),
    ),
    Scene(
        "billing/amount",
        "mobile",
        "answered",
        Words("流量超出费用疑问", "Question about extra data charges"),
        Words(
            "套餐外流量 6GB 产生 30 元，客户要求说明计费时间点。",
            "6 GB beyond the plan cost 30 yuan; customer wants to know when it was used.",
        ),
        (
            Words("说明套餐外流量 5 元/GB，建议升级畅享 99。", "Explained 5 yuan per extra GB and offered Mobile 99."),
            Words("已开启流量提醒，客户满意。", "Switched on data warnings, customer pleased."),
        ),
        0.25,
    ),
    Scene(
        "billing/refund",
        "any",
        "handled",
        Words("重复缴费申请退款", "Paid twice, wants the money back"),
        Words(
            "同一账期微信与银行代扣各扣一次，请退回代扣部分，7 个工作日内原路退回。",
            "Bill was paid by WeChat and by direct debit; return the debit the way it came within 7 working days.",
        ),
        (
            Words("核实重复扣费属实，已登记退款。", "Double payment confirmed, refund registered."),
            Words("询问退款进度，告知剩余 3 个工作日。", "Asked about the refund: 3 working days left."),
        ),
        0.7,
    ),
    Scene(
        "fault/broadband/down",
        "home",
        "fault-ticket",
        Words("宽带无法上网，光信号红灯", "No internet, red LOS light"),
        Words(
            "光猫 LOS 红灯常亮，重启无效，排除欠费，需装维上门检查入户光纤。",
            "LOS light is red, restart did not help, account is paid: engineer to check the fibre into the home.",
        ),
        (
            Words("指导重启光猫后恢复。", "Came back after restarting the modem with guidance."),
            Words("红灯常亮，已派单，24 小时内上门。", "Red light stays: passed on, engineer within 24 hours."),
        ),
        0.75,
    ),
    Scene(
        "fault/broadband/slow",
        "home",
        "fault-solved",
        Words("晚间网速慢，低于签约 80%", "Slow in the evening, under 80 % of the contract"),
        Words(
            "网线直连测速 310M（签约 500M），晚 8 点后明显，需核查小区端口负载。",
            "Measured 310 of 500 Mbit/s by cable, worse after 8 pm; check the load of the district port.",
        ),
        (
            Words("改用 5GHz 后测速正常。", "Speed is right on 5 GHz."),
            Words("网线为百兆线，更换后达到 480M。", "An old cable held it to 100M; 480M after changing it."),
        ),
    ),
    Scene(
        "fault/wifi",
        "home",
        "fault-solved",
        Words("HL-AX3000 每隔几小时 5G 掉线", "HL-AX3000 drops 5 GHz every few hours"),
        Words(
            "固件 2.1.4 已知问题，已推送 2.1.6，客户夜间更新后观察。",
            "Known issue of firmware 2.1.4; 2.1.6 pushed, customer watches after tonight's update.",
        ),
        (
            Words("指导在 App 内手动升级到 2.1.6。", "Guided through the update to 2.1.6 in the app."),
            Words("回访确认升级后未再掉线。", "Called back: no drops since the update."),
        ),
        0.5,
    ),
    Scene(
        "fault/tv",
        "home",
        "fault-solved",
        Words("海岚电视回看卡顿", "Hailan TV replay stutters"),
        Words(
            "直播正常，回看缓冲频繁，机顶盒走无线，建议改网线并观察。",
            "Live channels fine, replay buffers; the box is on Wi-Fi, move it to cable and watch.",
        ),
        (
            Words("机顶盒重启后恢复正常。", "Fine after restarting the box."),
            Words("加装第二台机顶盒，每月 10 元。", "Added a second box for 10 yuan a month."),
        ),
        0.3,
    ),
    Scene(
        "fault/line",
        "business",
        "fault-ticket",
        Words("专线夜间丢包", "Packet loss on the leased line at night"),
        Words(
            "凌晨 1 点至 3 点丢包约 4%，客户提供 MTR 截图，要求网络运维核查骨干链路。",
            "About 4 % loss between 1 and 3 am, traces attached; network operations to check the backbone.",
        ),
        (
            Words("与运维三方通话，定位到接入交换机。", "Three-way call with operations: it is the access switch."),
            Words("丢包已恢复，客户要求书面故障报告。", "Loss is gone; customer wants a written report."),
        ),
        0.85,
    ),
    Scene(
        "fault/cloud",
        "business",
        "fault-solved",
        Words("云主机磁盘写满无法登录", "Cloud server disk full, cannot sign in"),
        Words(
            "系统盘 100%，已从快照挂载清理日志，建议扩容 100GB。",
            "System disk at 100 %; logs cleared from a mounted snapshot, 100 GB more recommended.",
        ),
        (
            Words("指导配置安全组放行 443 端口。", "Helped open port 443 in the security group."),
            Words("从昨日自动备份恢复，数据完整。", "Restored from yesterday's backup, data complete."),
        ),
        0.6,
    ),
    Scene(
        "order/new",
        "home",
        "handled",
        Words("新装 1000M 宽带", "New 1000M broadband"),
        Words(
            "秋季活动首年 129 元/月含海岚电视，预约周六 9:00–11:00 上门。",
            "Autumn offer at 129 yuan with Hailan TV, visit booked for Saturday 9 to 11.",
        ),
        (
            Words("咨询新装资费，发送活动短信。", "Asked about prices, offer sent by SMS."),
            Words("确认装机时间，已完成身份核验。", "Confirmed the visit, identity checked."),
        ),
        0.8,
    ),
    Scene(
        "order/move",
        "home",
        "handled",
        Words("宽带移机", "Moving the broadband line"),
        Words(
            "同城移机，本年首次免费，新址已核资源，需提前 3 个工作日。",
            "Move within the city, first this year and free; address checked, 3 working days ahead.",
        ),
        (
            Words("查询新址是否有资源，可以安装。", "Checked the new address: service is there."),
            Words("改约移机时间至周日下午。", "Moved the appointment to Sunday afternoon."),
        ),
        0.8,
    ),
    Scene(
        "order/change",
        "mobile",
        "handled",
        Words("套餐由 59 升级到 99", "Upgrade from Mobile 59 to 99"),
        Words("即时生效，按天补差价，已短信确认。", "Takes effect at once, difference by the day, confirmed by SMS."),
        (
            Words("比较 59 与 99 套餐，客户考虑中。", "Compared 59 and 99, customer thinks it over."),
            Words("升级已生效。", "The upgrade is active."),
        ),
        0.4,
    ),
    Scene(
        "order/change",
        "business",
        "lead",
        Words("专线由 100M 扩至 500M", "Leased line from 100M to 500M"),
        Words(
            "客户新增分公司，要求报价并评估割接时间窗口。",
            "Opens a branch; wants a quotation and a window for the cut-over.",
        ),
        (
            Words("客户经理已联系，发送报价单。", "Account manager called, quotation sent."),
            Words("询问固定 IP 数量，500M 含 5 个。", "Asked about fixed IPs: five with 500M."),
        ),
        0.7,
    ),
    Scene(
        "appointment",
        "home",
        "handled",
        Words("预约上门安装中继器", "Visit to install a repeater"),
        Words(
            "三居室信号弱，租用 HL-M1 两台，预约周三 15:00–17:00。",
            "Weak signal in three rooms: rents two HL-M1, Wednesday 15 to 17.",
        ),
        (Words("确认工程师上门时间。", "Confirmed when the engineer comes."),),
        0.6,
    ),
    Scene(
        "complaint/service",
        "any",
        "complaint",
        Words("投诉：工程师爽约", "Complaint: engineer did not come"),
        Words(
            "约定 14:00–16:00 未到且无人联系，客户请假等候，要求道歉和补偿。",
            "Nobody came between 14 and 16 and nobody called; customer took time off, wants an apology and amends.",
        ),
        (
            Words("客户情绪激动，已致歉并升级投诉。", "Customer upset; apologised and registered a complaint."),
            Words("值班经理回访，客户接受一天费用补偿。", "Duty manager called back; one day's fee accepted."),
        ),
        0.95,
    ),
    Scene(
        "complaint/billing",
        "any",
        "complaint",
        Words("投诉：拆机后仍被扣费", "Complaint: charged after cancelling"),
        Words(
            "已于上月办理拆机，本月仍扣月费，要求退款并说明原因。",
            "Cancelled last month, charged again this month; wants the money back and a reason.",
        ),
        (Words("核实拆机单未归档，已转财务退费。", "Cancellation had not been filed; passed to finance for refund."),),
        0.95,
    ),
    Scene(
        "suggestion",
        "any",
        "answered",
        Words("建议 App 增加发票抬头修改入口", "Suggestion: change invoice titles in the app"),
        Words(
            "客户希望在 App 内直接修改抬头，不必来电。", "Would like to change the title in the app without calling."
        ),
        (Words("客户建议延长营业厅周末营业时间。", "Suggested longer shop hours at weekends."),),
        0.6,
    ),
    Scene(
        "praise",
        "any",
        "answered",
        Words("表扬装维工程师", "Praise for the engineer"),
        Words(
            "客户表扬工程师服务耐心，顺带帮老人设置了电视。",
            "Praises the engineer's patience; he also set up the parents' TV.",
        ),
        (Words("客户来电致谢，宽带运行稳定。", "Called to say thank you, the line is stable."),),
        0.5,
    ),
    Scene(
        "lead",
        "business",
        "lead",
        Words("有意采购云总机 30 分机", "Interested in a Cloud PBX with 30 extensions"),
        Words(
            "公司搬迁，需 30 个分机与通话录音，联系人张经理，本周内报价。",
            "Moving offices: 30 extensions with recording, contact Mr Zhang, quote this week.",
        ),
        (
            Words(
                "介绍云总机每分机 30 元含 100 分钟。",
                "Explained Cloud PBX: 30 yuan an extension, 100 minutes included.",
            ),
        ),
        0.8,
    ),
    Scene(
        "data/contact",
        "any",
        "handled",
        Words("变更联系电话", "New contact number"),
        Words("核身通过，联系电话变更，旧号码同时注销。", "Identity checked; new contact number, the old one removed."),
        (Words("更新通讯地址与邮箱。", "Postal and e-mail address updated."),),
        0.3,
    ),
)
