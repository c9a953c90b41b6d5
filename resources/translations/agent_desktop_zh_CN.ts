<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AbuseCard</name>
    <message>
        <source>Abusive caller</source>
        <translation>辱骂来电</translation>
    </message>
    <message>
        <source>What did the caller do? Your team lead sees the mark.</source>
        <translation>来电者做了什么？标记后班组长会看到。</translation>
    </message>
    <message>
        <source>Said, end the call</source>
        <translation>已说明，结束通话</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>已说明</translation>
    </message>
    <message>
        <source>{step} was said</source>
        <translation>{step}已说明</translation>
    </message>
    <message>
        <source>Take a break of {minutes} min</source>
        <translation>小休 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Then a break of {minutes} min</source>
        <translation>通话后小休 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Break after this call since {time}</source>
        <translation>{time} 起因本次通话小休</translation>
    </message>
    <message>
        <source>First warning: say this</source>
        <translation>第一次提醒，请这样说</translation>
    </message>
    <message>
        <source>Second warning: say this</source>
        <translation>第二次提醒，请这样说</translation>
    </message>
    <message>
        <source>Say this, then end the call</source>
        <translation>请说完再结束通话</translation>
    </message>
</context>
<context>
    <name>AbuseDesk</name>
    <message>
        <source>The break after this call is not granted any more.</source>
        <translation>这次通话后的小休已不再给予。</translation>
    </message>
</context>
<context>
    <name>AfterCall</name>
    <message>
        <source>After-call work of this queue lasts its whole time; then you are ready.</source>
        <translation>该队列的话后处理须满时长，到时自动就绪。</translation>
    </message>
    <message>
        <source>{who} did not come back from the PIN check.</source>
        <translation>{who} 验密后没有回来。</translation>
    </message>
    <message>
        <source>Choose what the call came to: this queue&apos;s work does not end before (Ctrl+E).</source>
        <translation>请选择话后小结：该队列须选定后才能结束话后处理（Ctrl+E）。</translation>
    </message>
</context>
<context>
    <name>AgentBoardDesk</name>
    <message>
        <source>The server does not answer. This is what agents did when it last told; it goes on by itself.</source>
        <translation>服务器没有响应。这里显示的是服务器最后一次告知的坐席状态；恢复后会自动更新。</translation>
    </message>
    <message>
        <source>{name} was told, and is put there now or after the call.</source>
        <translation>已告知 {name}，立即或通话结束后生效。</translation>
    </message>
    <message>
        <source>{name} was told, and the exchange follows at once.</source>
        <translation>已告知{name}，交换机随即生效。</translation>
    </message>
</context>
<context>
    <name>AgentCard</name>
    <message>
        <source>The chosen agent</source>
        <translation>选中的坐席</translation>
    </message>
    <message>
        <source>I am coming</source>
        <translation>我来支援</translation>
    </message>
    <message>
        <source>I see to it</source>
        <translation>我来跟进</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Choose an agent in the list.</source>
        <translation>请在列表中选择坐席。</translation>
    </message>
    <message>
        <source>Extension {extension} · {team}</source>
        <translation>分机 {extension} · {team}</translation>
    </message>
    <message>
        <source>Queues: {queues}. Speaks: {languages}.</source>
        <translation>队列：{queues}。语言：{languages}。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码未显示</translation>
    </message>
    <message>
        <source>Talks with {number} · {queue} · {duration}</source>
        <translation>正与 {number} 通话 · {queue} · {duration}</translation>
    </message>
    <message>
        <source>Holds {number} · {queue} · {duration}</source>
        <translation>保持中 {number} · {queue} · {duration}</translation>
    </message>
    <message>
        <source>no queue</source>
        <translation>非队列</translation>
    </message>
    <message>
        <source>Asks for help, for {duration}.</source>
        <translation>正在求助，已 {duration}。</translation>
    </message>
    <message>
        <source>{name} comes.</source>
        <translation>{name} 已响应。</translation>
    </message>
    <message>
        <source>Since {clock}, for {duration}</source>
        <translation>自 {clock} 起，已 {duration}</translation>
    </message>
    <message>
        <source>{duration} too long</source>
        <translation>超时 {duration}</translation>
    </message>
</context>
<context>
    <name>AgentsModel</name>
    <message>
        <source>Number withheld</source>
        <translation>号码未显示</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>For</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>通话对方</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Adherence</source>
        <translation>遵守率</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
</context>
<context>
    <name>AgentsPage</name>
    <message>
        <source>Agents</source>
        <translation>坐席看板</translation>
    </message>
    <message>
        <source>Find an agent</source>
        <translation>查找坐席</translation>
    </message>
    <message>
        <source>Name, extension, team or queue</source>
        <translation>姓名、分机、班组或队列</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>全部班组</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>需关注</translation>
    </message>
    <message>
        <source>Out of plan</source>
        <translation>偏离排班</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>排班</translation>
    </message>
    <message>
        <source>Bring in a table of shifts</source>
        <translation>导入排班表</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>No agent is like that. Choose another filter.</source>
        <translation>没有符合条件的坐席，请换一个筛选条件。</translation>
    </message>
    <message>
        <source>{there} of {all} here · ready: {ready} · on calls: {calls}</source>
        <translation>在岗 {there} / {all} · 就绪 {ready} · 通话中 {calls}</translation>
    </message>
    <message>
        <source>need a look: {count}</source>
        <translation>需关注 {count}</translation>
    </message>
    <message>
        <source>out of plan: {count}</source>
        <translation>偏离排班 {count}</translation>
    </message>
</context>
<context>
    <name>AlertBand</name>
    <message>
        <source>Alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>I see to it</source>
        <translation>我来跟进</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 条</translation>
    </message>
</context>
<context>
    <name>AlertsDesk</name>
    <message>
        <source>{alert}. Ctrl+Shift+9 goes to the worst alert.</source>
        <translation>{alert}。按 Ctrl+Shift+9 前往最严重的告警。</translation>
    </message>
    <message>
        <source>This alert is over.</source>
        <translation>该告警已解除。</translation>
    </message>
    <message>
        <source>There is no alert that nobody sees to.</source>
        <translation>没有待跟进的告警。</translation>
    </message>
    <message>
        <source>There is no alert now.</source>
        <translation>当前没有告警。</translation>
    </message>
</context>
<context>
    <name>AlertsStrip</name>
    <message>
        <source>Alerts</source>
        <translation>现场告警</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 条</translation>
    </message>
</context>
<context>
    <name>AnnouncePage</name>
    <message>
        <source>Write announcements</source>
        <translation>发布公告</translation>
    </message>
    <message>
        <source>New announcement</source>
        <translation>新公告</translation>
    </message>
    <message>
        <source>What is being written lies on this computer only. Published, it is at every connected desk at once.</source>
        <translation>草稿只保存在本机；发布后立即送达在线坐席。</translation>
    </message>
    <message>
        <source>Nothing was announced yet.</source>
        <translation>还没有公告。</translation>
    </message>
    <message>
        <source>How it will look</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>To what is read</source>
        <translation>返回公告列表</translation>
    </message>
</context>
<context>
    <name>AnnouncementForm</name>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>YYYY-MM-DD HH:MM</source>
        <translation>年-月-日 时:分</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>None named</source>
        <translation>未指定</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>Signed with the name</source>
        <translation>须输入姓名签收</translation>
    </message>
    <message>
        <source>Not ready before it is read</source>
        <translation>未读不能就绪</translation>
    </message>
    <message>
        <source>Everybody reads it again</source>
        <translation>要求所有人重新阅读</translation>
    </message>
    <message>
        <source>Answers {n}</source>
        <translation>问题 {n} 的答案</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Answers, one a line; * before the right one</source>
        <translation>答案，每行一个，正确答案前加 *</translation>
    </message>
    <message>
        <source>Whoever is of any of the named gets it; with none named everybody does.</source>
        <translation>属于任一所选对象的人都会收到；都不选则发给所有人。</translation>
    </message>
</context>
<context>
    <name>AnnouncementsDesk</name>
    <message>
        <source>Choose an announcement at the left.</source>
        <translation>请在左侧选择一条公告。</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>until {moment}</source>
        <translation>有效至 {moment}</translation>
    </message>
    <message>
        <source>over since {moment}</source>
        <translation>已于 {moment} 失效</translation>
    </message>
    <message>
        <source>read {moment}</source>
        <translation>{moment} 已读</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>已失效</translation>
    </message>
</context>
<context>
    <name>AnnouncementsPage</name>
    <message>
        <source>Announcements</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Which announcements</source>
        <translation>显示哪些公告</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Write and board</source>
        <translation>发布与阅读情况</translation>
    </message>
    <message>
        <source>Search announcements</source>
        <translation>搜索公告</translation>
    </message>
    <message>
        <source>Words of title or text</source>
        <translation>标题或正文中的词</translation>
    </message>
    <message>
        <source>No announcement has these words.</source>
        <translation>没有包含这些词的公告。</translation>
    </message>
    <message>
        <source>Everything is read.</source>
        <translation>没有未读公告。</translation>
    </message>
    <message>
        <source>Nothing was announced yet.</source>
        <translation>还没有公告。</translation>
    </message>
</context>
<context>
    <name>AnnouncingDesk</name>
    <message>
        <source>New announcement</source>
        <translation>新公告</translation>
    </message>
    <message>
        <source>Not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>The announcement is published. It is at every connected desk within a second.</source>
        <translation>公告已发布，一秒内送达在线坐席。</translation>
    </message>
    <message>
        <source>The announcement is withdrawn. Nobody has to read it.</source>
        <translation>公告已撤回，无需再阅读。</translation>
    </message>
    <message>
        <source>Whoever has not read it finds a reminder behind the bell.</source>
        <translation>未读者将在通知列表中收到提醒。</translation>
    </message>
    <message>
        <source>{read} of {people} have read it.</source>
        <translation>{people} 人中 {read} 人已读。</translation>
    </message>
    <message>
        <source>Not yet, by team: {teams}.</source>
        <translation>未读（按班组）：{teams}。</translation>
    </message>
    <message>
        <source>Earlier text</source>
        <translation>已读旧版</translation>
    </message>
    <message>
        <source>Save as a table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>送达时间</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>打开时间</translation>
    </message>
    <message>
        <source>Read at</source>
        <translation>阅读时间</translation>
    </message>
    <message>
        <source>Told the server</source>
        <translation>回执到达时间</translation>
    </message>
    <message>
        <source>Open for, seconds</source>
        <translation>最短阅读秒数</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>答题次数</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Saved as “{path}”.</source>
        <translation>已保存为“{path}”。</translation>
    </message>
</context>
<context>
    <name>AnswersPanel</name>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Form “{type}”, edition {edition}</source>
        <translation>表单“{type}”，第 {edition} 版</translation>
    </message>
</context>
<context>
    <name>ArticleEditor</name>
    <message>
        <source>Article</source>
        <translation>知识文章</translation>
    </message>
    <message>
        <source>Agents have another text by now than this was begun from.</source>
        <translation>开始修改之后，坐席看到的版本已经更新。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>It is to come after that</source>
        <translation>以新版本为基础继续</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Write the answer first, then the steps.</source>
        <translation>先写答复话术，再写办理步骤。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Send for review</source>
        <translation>送审</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>Publish later…</source>
        <translation>定时发布…</translation>
    </message>
    <message>
        <source>Return…</source>
        <translation>退回…</translation>
    </message>
    <message>
        <source>Checked, still right</source>
        <translation>已复核，仍然有效</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Sent back: {note}</source>
        <translation>退回意见：{note}</translation>
    </message>
    <message>
        <source>When is it to be published?</source>
        <translation>什么时候发布？</translation>
    </message>
    <message>
        <source>2026-12-01 09:00</source>
        <translation>2026-12-01 09:00</translation>
    </message>
    <message>
        <source>Publish then</source>
        <translation>按时发布</translation>
    </message>
    <message>
        <source>What is to be done before it is published?</source>
        <translation>发布前需要修改什么？</translation>
    </message>
    <message>
        <source>for the author</source>
        <translation>写给作者</translation>
    </message>
    <message>
        <source>Return it</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Agents will not find it any more. Every version of it is kept.</source>
        <translation>坐席将不再查到这篇文章，历史版本会保留。</translation>
    </message>
    <message>
        <source>Withdraw it</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>ArticleFields</name>
    <message>
        <source>Every tier</source>
        <translation>所有等级</translation>
    </message>
    <message>
        <source>with commas between</source>
        <translation>用逗号分隔</translation>
    </message>
    <message>
        <source>every region</source>
        <translation>所有地区</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>as the company says</source>
        <translation>按公司规定</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>None in particular</source>
        <translation>不限</translation>
    </message>
</context>
<context>
    <name>ArticleFilesDesk</name>
    <message>
        <source>No program on this computer opens “{name}”.</source>
        <translation>这台电脑上没有能打开“{name}”的程序。</translation>
    </message>
    <message>
        <source>“{name}” is not here yet. Try again when the server answers.</source>
        <translation>“{name}”还没到这里。服务器恢复后再试。</translation>
    </message>
    <message>
        <source>Picture or another file</source>
        <translation>图片或其他文件</translation>
    </message>
    <message>
        <source>what it shows</source>
        <translation>图片内容</translation>
    </message>
    <message>
        <source>“{name}” is larger than the {largest} your site allows.</source>
        <translation>“{name}”超过本站点允许的 {largest}。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>“{name}” is not a kind of file that articles may have: pictures, PDF, Office, text.</source>
        <translation>“{name}”的类型不能放进文章；可以放图片、PDF、Office 文档和文本。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read ({why}).</source>
        <translation>无法读取“{name}”（{why}）。</translation>
    </message>
</context>
<context>
    <name>ArticleView</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>The answer, or what you have marked of it, to where you write. Ctrl+I</source>
        <translation>把答案（或选中的部分）插入正在填写的地方。Ctrl+I</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Puts the article&apos;s name and a link to it where you write. Ctrl+L</source>
        <translation>把文章标题和链接插入正在填写的地方。Ctrl+L</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>全窗口阅读</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>复制正文</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Back beside the customer. Esc</source>
        <translation>回到客户旁边。Esc</translation>
    </message>
    <message>
        <source>Read in the whole window. Enter</source>
        <translation>用整个窗口阅读。Enter</translation>
    </message>
    <message>
        <source>Not a favourite any more</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Keep as a favourite</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Goes through the guide beside the ticket. Enter</source>
        <translation>在工单旁按步骤走完话术。回车</translation>
    </message>
</context>
<context>
    <name>ArticlesDesk</name>
    <message>
        <source>Your articles to be read again: {soon} within two weeks, {passed} overdue.</source>
        <translation>您负责的文章需要复核：两周内 {soon} 篇，已逾期 {passed} 篇。</translation>
    </message>
    <message>
        <source>Articles that were sent back to you with a note: {count}.</source>
        <translation>退回给您修改的文章：{count} 篇，请查看意见。</translation>
    </message>
    <message>
        <source>Articles: {count}</source>
        <translation>{count} 篇</translation>
    </message>
    <message>
        <source>The first {shown} of {count}; search for others</source>
        <translation>共 {count} 篇，显示前 {shown} 篇，其余请搜索</translation>
    </message>
    <message>
        <source>This article is neither written nor read any more.</source>
        <translation>这篇文章已不存在。</translation>
    </message>
    <message>
        <source>Sent for review: a colleague reads and publishes it.</source>
        <translation>已送审，由同事审阅后发布。</translation>
    </message>
    <message>
        <source>Published: every workstation finds it with its next sync.</source>
        <translation>已发布，各工作站下次同步后即可查到。</translation>
    </message>
    <message>
        <source>It is published by itself at that moment.</source>
        <translation>到时间会自动发布。</translation>
    </message>
    <message>
        <source>Returned to who wrote it.</source>
        <translation>已退回给作者。</translation>
    </message>
    <message>
        <source>Withdrawn: agents do not find it any more. Its versions are kept.</source>
        <translation>已撤回，坐席不再查到，历史版本已保留。</translation>
    </message>
    <message>
        <source>Noted that it is still right.</source>
        <translation>已记录复核结果。</translation>
    </message>
    <message>
        <source>The draft is saved. Agents do not have it yet.</source>
        <translation>草稿已保存，坐席暂时看不到。</translation>
    </message>
    <message>
        <source>Version {version}, {moment}</source>
        <translation>第 {version} 版，{moment}</translation>
    </message>
</context>
<context>
    <name>ArticlesPage</name>
    <message>
        <source>Write articles</source>
        <translation>编写文章</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新建文章</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Markdown, HTML, Word and tables of answers as drafts; articles as a folder</source>
        <translation>把 Markdown、HTML、Word 和问答表格导入为草稿；也可把文章导出为文件夹</translation>
    </message>
    <message>
        <source>Bring in a document…</source>
        <translation>导入一个文档…</translation>
    </message>
    <message>
        <source>Bring in a folder…</source>
        <translation>导入一个文件夹…</translation>
    </message>
    <message>
        <source>All articles as a folder…</source>
        <translation>全部文章导出为文件夹…</translation>
    </message>
    <message>
        <source>All articles for printing…</source>
        <translation>全部文章导出为打印页…</translation>
    </message>
    <message>
        <source>Which articles</source>
        <translation>显示哪些文章</translation>
    </message>
    <message>
        <source>Search articles</source>
        <translation>搜索文章</translation>
    </message>
    <message>
        <source>Title, keyword, category</source>
        <translation>标题、关键词、分类</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>知识文章</translation>
    </message>
    <message>
        <source>There is no such article.</source>
        <translation>没有符合条件的文章。</translation>
    </message>
    <message>
        <source>Bring in a document</source>
        <translation>导入文档</translation>
    </message>
    <message>
        <source>Bring in a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>A new or an empty folder</source>
        <translation>请选择新建或空的文件夹</translation>
    </message>
    <message>
        <source>Articles for printing</source>
        <translation>打印用文章</translation>
    </message>
</context>
<context>
    <name>AskBar</name>
    <message>
        <source>Not yet known</source>
        <translation>尚缺资料</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Enter saves it</source>
        <translation>按回车保存</translation>
    </message>
    <message>
        <source>At the next visit</source>
        <translation>下次回访再问</translation>
    </message>
    <message>
        <source>Do not ask now</source>
        <translation>本次不问</translation>
    </message>
    <message>
        <source>Ask for: {field}</source>
        <translation>请询问：{field}</translation>
    </message>
</context>
<context>
    <name>AskRow</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>AskingCard</name>
    <message>
        <source>Ask for an erasure or a copy</source>
        <translation>申请删除或副本</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Erasure</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Why it is asked for</source>
        <translation>申请原因</translation>
    </message>
    <message>
        <source>Why, without name or number</source>
        <translation>原因，不写姓名和号码</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <translation>提出申请</translation>
    </message>
    <message>
        <source>Ask for {who}</source>
        <translation>为{who}提出申请</translation>
    </message>
    <message>
        <source>To ask for somebody, open them in the workspace first (Ctrl+K).</source>
        <translation>要为某位客户提出申请，请先在工作台打开该客户（Ctrl+K）。</translation>
    </message>
    <message>
        <source>Say in a few words why.</source>
        <translation>请简要说明原因。</translation>
    </message>
</context>
<context>
    <name>AskingStep</name>
    <message>
        <source>Code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>Back to the password</source>
        <translation>返回密码</translation>
    </message>
</context>
<context>
    <name>AtHandCard</name>
    <message>
        <source>The phone at hand</source>
        <translation>电话随手可用</translation>
    </message>
    <message>
        <source>A telephone link in another program dials at once</source>
        <translation>点击其他程序中的电话链接时直接拨号</translation>
    </message>
    <message>
        <source>The headset&apos;s buttons answer, mute and hang up</source>
        <translation>用耳机按键接听、静音和挂断</translation>
    </message>
    <message>
        <source>Keys for the phone work in every program</source>
        <translation>电话快捷键在所有程序中有效</translation>
    </message>
    <message>
        <source>Otherwise the number waits in the dial field.</source>
        <translation>不勾选时，号码先填入拨号框，由您确认。</translation>
    </message>
</context>
<context>
    <name>AttachmentDesk</name>
    <message>
        <source>Picture {clock}.png</source>
        <translation>图片 {clock}.png</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Your role may not save attachments. Ask who leads your team.</source>
        <translation>您的角色不能保存附件。请联系团队负责人。</translation>
    </message>
    <message>
        <source>No program on this computer opens “{name}”. Save it instead.</source>
        <translation>本机没有可打开“{name}”的程序。请另存。</translation>
    </message>
    <message>
        <source>“{name}” is not here, and the server has it no more.</source>
        <translation>“{name}”不在本机，服务器上也已没有。</translation>
    </message>
    <message>
        <source>“{name}” is not there yet, or still being looked through. Try again in a moment.</source>
        <translation>“{name}”尚未到达或仍在扫描。请稍后再试。</translation>
    </message>
    <message>
        <source>A virus was found in “{name}”. Nobody can open it.</source>
        <translation>“{name}”中发现病毒，任何人都不能打开。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read or written there ({why}).</source>
        <translation>无法在该位置读写“{name}”（{why}）。</translation>
    </message>
    <message>
        <source>“{name}” is larger than the {largest} your site allows.</source>
        <translation>“{name}”超过本站点允许的 {largest}。</translation>
    </message>
    <message>
        <source>“{name}” is not a kind of file that your site allows.</source>
        <translation>本站点不允许“{name}”这类文件。</translation>
    </message>
    <message>
        <source>The ticket has {most} files already, as many as your site allows.</source>
        <translation>工单已有 {most} 个附件，达到本站点上限。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>The ticket is no longer on this workstation, so nothing was attached.</source>
        <translation>工单已不在本机，未添加附件。</translation>
    </message>
</context>
<context>
    <name>AttachmentsPanel</name>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>添加附件…</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Drop files here, or paste a picture. They are kept here until they are sent.</source>
        <translation>将文件拖到此处，或粘贴图片。发送完成前保存在本机。</translation>
    </message>
    <message>
        <source>There is no picture to paste. Copy one first, or choose a file.</source>
        <translation>没有可粘贴的图片。请先复制图片，或选择文件。</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>sent: {percent} %</source>
        <translation>已发送 {percent}%</translation>
    </message>
    <message>
        <source>being looked through</source>
        <translation>病毒扫描中</translation>
    </message>
    <message>
        <source>no virus found</source>
        <translation>未发现病毒</translation>
    </message>
    <message>
        <source>virus: nobody can open it</source>
        <translation>有病毒：不可打开</translation>
    </message>
    <message>
        <source>not scanned</source>
        <translation>未扫描</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Nothing needs your attention. Everything you wrote has been taken.</source>
        <translation>没有需要处理的内容，您写的都已被接收。</translation>
    </message>
    <message>
        <source>Waits for your decision</source>
        <translation>等你审批</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>AwaitingPage</name>
    <message>
        <source>At the PIN check · {who}</source>
        <translation>验密中 · {who}</translation>
    </message>
    <message>
        <source>Coming back to you. After {left} your after-call work begins.</source>
        <translation>验密后回到您这里；{left} 后仍未回来则进入话后处理。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>查看原因</translation>
    </message>
    <message>
        <source>Calls are not affected.</source>
        <translation>电话不受影响。</translation>
    </message>
    <message>
        <source>The phone has no line either.</source>
        <translation>电话线路也已断开。</translation>
    </message>
    <message>
        <source>Changes kept: {count}. They will be sent by themselves.</source>
        <translation>{count} 项更改已保存，恢复后自动同步。</translation>
    </message>
    <message>
        <source>Start the phone</source>
        <translation>启动电话</translation>
    </message>
    <message>
        <source>What you write is kept and will be sent by itself.</source>
        <translation>您写的内容会保存，恢复后自动同步。</translation>
    </message>
    <message>
        <source>The server does not answer; you are working with local data.</source>
        <translation>服务器没有响应，正在使用本地数据。</translation>
    </message>
    <message>
        <source>Your sign-in has expired. Sign in again; changes kept until then: {count}.</source>
        <translation>登录已过期，请重新登录；在此之前 {count} 项更改已妥善保存。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Since {clock} · next try in {seconds} s</source>
        <translation>{clock} 断开 · {seconds} 秒后重试</translation>
    </message>
    <message>
        <source>Next try in {seconds} s</source>
        <translation>{seconds} 秒后重试</translation>
    </message>
</context>
<context>
    <name>Blank</name>
    <message>
        <source>Search for a customer</source>
        <translation>搜索客户</translation>
    </message>
</context>
<context>
    <name>BoardCard</name>
    <message>
        <source>Who has read it</source>
        <translation>阅读情况</translation>
    </message>
    <message>
        <source>Whom to list</source>
        <translation>显示哪些人</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Remind who has not</source>
        <translation>提醒未读者</translation>
    </message>
    <message>
        <source>Save as a table</source>
        <translation>导出表格</translation>
    </message>
</context>
<context>
    <name>BreaksDesk</name>
    <message>
        <source>The server cannot be asked for a place now. Your break begins, and counts all the same.</source>
        <translation>现在无法向服务器申请名额，小休已开始，时间照常计入。</translation>
    </message>
    <message>
        <source>{reason}: the {minutes} min are over. Choose Ready when you are back.</source>
        <translation>{reason}的 {minutes} 分钟已到，回来后请选“就绪”。</translation>
    </message>
    <message>
        <source>Your lead cannot let you go now: {reason}. Ask again later.</source>
        <translation>班长暂时不能批准：{reason}。请稍后再申请。</translation>
    </message>
    <message>
        <source>There is a place: {reason} begins when this call and its work are done.</source>
        <translation>名额已有：本次通话和话后处理结束后开始{reason}。</translation>
    </message>
    <message>
        <source>There is a place: your break begins now ({reason}).</source>
        <translation>名额已有：{reason}现在开始。</translation>
    </message>
    <message>
        <source>You asked for “{reason}”. Your lead is asked to agree; go on until then.</source>
        <translation>您申请了“{reason}”，等待班长批准，期间请继续工作。</translation>
    </message>
    <message>
        <source>Break asked for</source>
        <translation>小休待批准</translation>
    </message>
    <message>
        <source>You are number {place} in line for “{reason}”. Go on until there is a place.</source>
        <translation>“{reason}”排队中，您是第 {place} 位，有名额前请继续工作。</translation>
    </message>
    <message>
        <source>Break: in line, {place}</source>
        <translation>小休排队 第 {place} 位</translation>
    </message>
</context>
<context>
    <name>BreaksPage</name>
    <message>
        <source>Breaks</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>Who is on a break, and who waits</source>
        <translation>谁在小休、谁在等待</translation>
    </message>
    <message>
        <source>Nobody is on a break, and nobody waits for one.</source>
        <translation>没有人在小休，也没有人在等待。</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>They go as soon as there is a place.</source>
        <translation>一有名额即可离席。</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>By reason</source>
        <translation>按小休类型</translation>
    </message>
    <message>
        <source>Meant</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>小休中</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>In line</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>待批</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>BringingDesk</name>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Articles written to {path}: {count}</source>
        <translation>已导出到 {path}：{count} 篇</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>{path} holds something already. Choose a new or an empty folder.</source>
        <translation>{path} 里已有内容，请选择新建或空的文件夹。</translation>
    </message>
    <message>
        <source>Nothing could be written to {path}. Choose another place.</source>
        <translation>无法写入 {path}，请换一个位置。</translation>
    </message>
    <message>
        <source>{count} documents are too many at once. Bring them in by parts.</source>
        <translation>一次导入 {count} 个文档太多，请分批导入。</translation>
    </message>
    <message>
        <source>The documents could not be read. Try fewer of them.</source>
        <translation>文档没能读取，请减少数量再试。</translation>
    </message>
</context>
<context>
    <name>BrowserStep</name>
    <message>
        <source>Open the browser again</source>
        <translation>重新打开浏览器</translation>
    </message>
    <message>
        <source>Go on in your browser</source>
        <translation>请在浏览器中继续</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page of {organisation}. Sign in there; this window goes on by itself. Only sign in on a page that you opened from here.</source>
        <translation>浏览器已打开“{organisation}”的登录页面。请在那里登录，本窗口会自动继续。只在从这里打开的页面上登录。</translation>
    </message>
    <message>
        <source>The address was copied. Open it in a browser on this computer.</source>
        <translation>地址已复制，请在本机的浏览器中打开。</translation>
    </message>
</context>
<context>
    <name>BulkDesk</name>
    <message>
        <source>{count} changed.</source>
        <translation>已修改 {count} 张。</translation>
    </message>
    <message>
        <source>{count} stay as they are: {reasons}.</source>
        <translation>{count} 张未变：{reasons}。</translation>
    </message>
    <message>
        <source>{count} were refused and wait under “Needs attention”:</source>
        <translation>{count} 张被拒绝，请在“待处理”中查看：</translation>
    </message>
    <message>
        <source>{count} wait to be sent.</source>
        <translation>{count} 张待发送。</translation>
    </message>
    <message>
        <source>Somebody else changed the same.</source>
        <translation>其他人已修改同一内容。</translation>
    </message>
    <message>
        <source>so already</source>
        <translation>已是该值</translation>
    </message>
    <message>
        <source>no such move</source>
        <translation>无此流转</translation>
    </message>
    <message>
        <source>wants a reason</source>
        <translation>需填原因</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>no longer here</source>
        <translation>已不在本机</translation>
    </message>
    <message>
        <source>{count} taken back.</source>
        <translation>已撤回 {count} 张。</translation>
    </message>
    <message>
        <source>{count} were on their way already and stay.</source>
        <translation>{count} 张已发出，不能撤回。</translation>
    </message>
    <message>
        <source>Your site allows {most} tickets to be changed at once. Choose fewer.</source>
        <translation>本站点一次最多可修改 {most} 张工单。请减少选择。</translation>
    </message>
</context>
<context>
    <name>BulkPanel</name>
    <message>
        <source>Change the tickets that are chosen</source>
        <translation>修改所选工单</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>修改内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>To what</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Type a part of it</source>
        <translation>输入一部分</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why; whoever gets the ticket reads it</source>
        <translation>原因，接手人会看到</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Take back what was not sent</source>
        <translation>撤回未发送的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Change {count} tickets</source>
        <translation>修改 {count} 张工单</translation>
    </message>
    <message>
        <source>Choose what it is to become.</source>
        <translation>请选择要改成什么。</translation>
    </message>
</context>
<context>
    <name>BundleWindow</name>
    <message>
        <source>Report for IT</source>
        <translation>给 IT 的诊断报告</translation>
    </message>
    <message>
        <source>What is in the report</source>
        <translation>报告内容</translation>
    </message>
    <message>
        <source>As it will be saved</source>
        <translation>将按此内容保存</translation>
    </message>
    <message>
        <source>The report is being put together…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Names, numbers, addresses, passwords and other texts about people are struck out. Nothing is sent from here: look through it, save it, and give the file to IT. {count} files, {size}.</source>
        <translation>姓名、号码、地址、密码及其他涉及个人的文字均已抹去。此处不会自动发送任何内容：请先查看，保存后将文件交给 IT。共 {count} 个文件，{size}。</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
</context>
<context>
    <name>CallActs</name>
    <message>
        <source>In the agent&apos;s call</source>
        <translation>介入坐席通话</translation>
    </message>
    <message>
        <source>Leave the call</source>
        <translation>退出通话</translation>
    </message>
    <message>
        <source>Call the agent</source>
        <translation>呼叫坐席</translation>
    </message>
    <message>
        <source>{what} Press again to do it.</source>
        <translation>{what}再按一次即执行。</translation>
    </message>
</context>
<context>
    <name>CallDesk</name>
    <message>
        <source>Extension {extension}: key it in when the other side asks for it.</source>
        <translation>分机 {extension}：对方提示时请用键盘输入。</translation>
    </message>
</context>
<context>
    <name>CallPanel</name>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
</context>
<context>
    <name>CallPractice</name>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Queue to transfer to</source>
        <translation>转到哪个队列</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>The call is over.</source>
        <translation>通话已结束。</translation>
    </message>
    <message>
        <source>A call rings.</source>
        <translation>来电振铃中。</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保持中</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>通话中</translation>
    </message>
</context>
<context>
    <name>CallStrip</name>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Incoming call: {who}</source>
        <translation>来电：{who}</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>The call is over. What you typed stays here for the next one.</source>
        <translation>通话已结束。您输入的内容已保留，可用于下一通。</translation>
    </message>
</context>
<context>
    <name>CardWarning</name>
    <message>
        <source>Take it out</source>
        <translation>去掉号码</translation>
    </message>
    <message>
        <source>A card number is written here ({cards}). Everybody who opens it would read it.</source>
        <translation>这里写了证件或卡号（{cards}），打开它的人都会看到。</translation>
    </message>
</context>
<context>
    <name>ChangeCard</name>
    <message>
        <source>History</source>
        <translation>变更记录</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show what the fields went through</source>
        <translation>查看字段的变更记录</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Nothing was changed since changes are kept.</source>
        <translation>自开始记录以来没有变更。</translation>
    </message>
    <message>
        <source>The customer was made, or came here.</source>
        <translation>客户建档或由外部导入。</translation>
    </message>
    <message>
        <source>{field}: {new} was added</source>
        <translation>{field}：新增 {new}</translation>
    </message>
    <message>
        <source>{field}: {old} → {new}</source>
        <translation>{field}：{old} → {new}</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>The trend begins with the first caller of the day</source>
        <translation>今天第一位来电者进线后开始显示走势</translation>
    </message>
    <message>
        <source>Target {share}</source>
        <translation>目标 {share}</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>Looking…</source>
        <translation>检查中…</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Takes all filters away</source>
        <translation>清除全部筛选</translation>
    </message>
    <message>
        <source>Takes this filter away</source>
        <translation>清除此筛选</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Ask who is calling, then choose.</source>
        <translation>请询问来电人是谁，再选择。</translation>
    </message>
    <message>
        <source>Customers with this number</source>
        <translation>使用此号码的客户</translation>
    </message>
    <message>
        <source>{count} customers have the number {number}</source>
        <translation>{count} 位客户使用号码 {number}</translation>
    </message>
</context>
<context>
    <name>ClauseLine</name>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Remove the condition</source>
        <translation>删除条件</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>条件对象</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Customer calls</source>
        <translation>客户呼入</translation>
    </message>
    <message>
        <source>Agent calls</source>
        <translation>坐席呼出</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>ClockDesk</name>
    <message>
        <source>Ticket {ticket} is due soon.</source>
        <translation>工单 {ticket} 即将到期。</translation>
    </message>
    <message>
        <source>Ticket {ticket} is late: it is escalated to the team lead.</source>
        <translation>工单 {ticket} 已超时，已升级给班组长。</translation>
    </message>
    <message>
        <source>Ticket {ticket} is late: it is reported to the duty manager.</source>
        <translation>工单 {ticket} 已超时，已上报值班经理。</translation>
    </message>
</context>
<context>
    <name>ClosingSheet</name>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Close the window?</source>
        <translation>关闭窗口？</translation>
    </message>
    <message>
        <source>Your call goes on without the window and is there when you open it again; changes that are not sent yet ({count}) are kept here and sent then, in your name.</source>
        <translation>关闭窗口后通话继续，重新打开时仍在；尚未发送的更改（{count} 条）保存在本机，届时以您的名义发送。</translation>
    </message>
    <message>
        <source>Your call goes on without the window, and is there when you open it again.</source>
        <translation>关闭窗口后通话继续，重新打开时仍在。</translation>
    </message>
    <message>
        <source>You stay signed in: changes that are not sent yet ({count}) are kept here, and sent when you open the window again.</source>
        <translation>您仍处于登录状态：尚未发送的更改（{count} 条）保存在本机，重新打开窗口时发送。</translation>
    </message>
</context>
<context>
    <name>CodeStep</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>Your password is right. One more step.</source>
        <translation>密码正确，还差一步。</translation>
    </message>
    <message>
        <source>No telephone at hand? Enter a recovery code. No codes left? Ask your security officer.</source>
        <translation>手机不在身边？可输入一个恢复码。恢复码也用完了？请联系安全管理员。</translation>
    </message>
    <message>
        <source>Enter the six digits that your telephone shows for Agent Desktop.</source>
        <translation>请输入手机上 Agent Desktop 显示的六位数字。</translation>
    </message>
    <message>
        <source>It is set up. Enter the next code that your telephone shows: it makes a new one every 30 seconds.</source>
        <translation>设置完成。请输入手机显示的下一个验证码：每 30 秒更换一次。</translation>
    </message>
    <message>
        <source>A code has six digits; a recovery code is longer.</source>
        <translation>验证码是六位数字，恢复码更长。</translation>
    </message>
</context>
<context>
    <name>ColumnsPane</name>
    <message>
        <source>Choose a meaning</source>
        <translation>请选择含义</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>{field}, the same for every row</source>
        <translation>{field}（每一行相同）</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>沟通记录</translation>
    </message>
    <message>
        <source>Nothing was said yet.</source>
        <translation>还没有沟通记录。</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>给谁看</translation>
    </message>
    <message>
        <source>Among us</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>To the customer</source>
        <translation>对客户</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write a comment, Ctrl+Enter keeps it</source>
        <translation>写备注，Ctrl+Enter 保存</translation>
    </message>
    <message>
        <source>Only the comment</source>
        <translation>只发评论</translation>
    </message>
    <message>
        <source>With it: {changes}</source>
        <translation>随评论一起：{changes}</translation>
    </message>
    <message>
        <source>from {ticket}</source>
        <translation>来自 {ticket}</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发送</translation>
    </message>
</context>
<context>
    <name>CompactPhone</name>
    <message>
        <source>Compact phone</source>
        <translation>小电话</translation>
    </message>
    <message>
        <source>Full window</source>
        <translation>完整窗口</translation>
    </message>
    <message>
        <source>Full window (Esc)</source>
        <translation>完整窗口 (Esc)</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>没有通话</translation>
    </message>
    <message>
        <source>Dial a number</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>{who} rings</source>
        <translation>{who} 来电</translation>
    </message>
    <message>
        <source>On hold {duration}</source>
        <translation>保持 {duration}</translation>
    </message>
    <message>
        <source>The other side holds</source>
        <translation>对方保持中</translation>
    </message>
    <message>
        <source>You are muted</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>Ringing there…</source>
        <translation>对方振铃…</translation>
    </message>
    <message>
        <source>Dialling…</source>
        <translation>正在拨号…</translation>
    </message>
</context>
<context>
    <name>CompanyRulesDesk</name>
    <message>
        <source>The rule is saved. It reaches everybody with the next sync.</source>
        <translation>规则已保存，将在下次同步时到达所有人。</translation>
    </message>
</context>
<context>
    <name>CompanyRulesPage</name>
    <message>
        <source>Rules of the company</source>
        <translation>公司规则</translation>
    </message>
    <message>
        <source>Kind of rule</source>
        <translation>规则种类</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>A change reaches everybody with the next sync.</source>
        <translation>修改将在下次同步时到达所有人。</translation>
    </message>
</context>
<context>
    <name>ComplaintDesk</name>
    <message>
        <source>{who} asks for a compensation of {amount} for {ticket}: it waits for your decision.</source>
        <translation>{who} 为 {ticket} 申请补偿 {amount}，等你审批。</translation>
    </message>
    <message>
        <source>The compensation of {amount} for {ticket} was granted by {who}.</source>
        <translation>{ticket} 的补偿 {amount} 已由 {who} 批准。</translation>
    </message>
    <message>
        <source>The compensation of {amount} for {ticket} was refused by {who}: “{why}”</source>
        <translation>{ticket} 的补偿 {amount} 被 {who} 驳回：“{why}”</translation>
    </message>
</context>
<context>
    <name>ComplaintForm</name>
    <message>
        <source>Case number of the source</source>
        <translation>来源方编号</translation>
    </message>
    <message>
        <source>Received there</source>
        <translation>对方收到时间</translation>
    </message>
    <message>
        <source>2026-11-20 14:05, yesterday 9:30</source>
        <translation>2026-11-20 14:05、昨天 9:30</translation>
    </message>
    <message>
        <source>Amount in yuan</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why? Others read it.</source>
        <translation>为什么？其他人会看到。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Fund</source>
        <translation>基金</translation>
    </message>
    <message>
        <source>Say why: others read it.</source>
        <translation>请写明原因，其他人会看到。</translation>
    </message>
    <message>
        <source>Choose the department whose it is instead.</source>
        <translation>请选择应由哪个部门负责。</translation>
    </message>
    <message>
        <source>Type an amount in yuan, such as 50 or 49.90.</source>
        <translation>请输入金额（元），例如 50 或 49.90。</translation>
    </message>
</context>
<context>
    <name>ComplaintPanel</name>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Before it can be closed</source>
        <translation>结案前还差</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Responsible department</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>The same complaint by another door</source>
        <translation>其他渠道的同一投诉</translation>
    </message>
    <message>
        <source>Return visit</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>{ticket} is the same</source>
        <translation>与 {ticket} 为同一投诉</translation>
    </message>
    <message>
        <source>It is closed.</source>
        <translation>已结案。</translation>
    </message>
    <message>
        <source>Nothing stands in the way: it may be closed.</source>
        <translation>条件已齐，可以结案。</translation>
    </message>
    <message>
        <source>{ticket} is the same: {source}</source>
        <translation>{ticket} 是同一件：{source}</translation>
    </message>
    <message>
        <source>{ticket} leads: {source}</source>
        <translation>{ticket} 为主单：{source}</translation>
    </message>
    <message>
        <source>{ticket} follows: {source}</source>
        <translation>{ticket} 为从单：{source}</translation>
    </message>
    <message>
        <source>{ticket} “{subject}” may be the same: {reasons}.</source>
        <translation>{ticket}“{subject}”可能是同一投诉：{reasons}。</translation>
    </message>
</context>
<context>
    <name>ConditionLine</name>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Remove the condition</source>
        <translation>删除条件</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
</context>
<context>
    <name>Conditions</name>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>A rule has no more conditions.</source>
        <translation>一条规则不能有更多条件。</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Before</source>
        <translation>原来</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方的</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>保留对方的</translation>
    </message>
    <message>
        <source>Write another</source>
        <translation>另写一份</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>I have seen it</source>
        <translation>我知道了</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>The text that is to stand</source>
        <translation>最终保留的内容</translation>
    </message>
    <message>
        <source>Let this text stand</source>
        <translation>以此内容为准</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>You and {who} changed this at the same time. Nothing was overwritten: decide what stands.</source>
        <translation>您和{who}同时改动了此项。内容均未被覆盖，请决定以哪一份为准。</translation>
    </message>
    <message>
        <source>{author} and {who} changed this at the same time. Nothing was overwritten: decide what stands.</source>
        <translation>{author}和{who}同时改动了此项。内容均未被覆盖，请决定以哪一份为准。</translation>
    </message>
    <message>
        <source>Theirs · {who}</source>
        <translation>对方的 · {who}</translation>
    </message>
    <message>
        <source>Now there · {who}</source>
        <translation>现在的内容 · {who}</translation>
    </message>
    <message>
        <source>Now there</source>
        <translation>现在的内容</translation>
    </message>
</context>
<context>
    <name>ConsentCard</name>
    <message>
        <source>Marketing consent</source>
        <translation>营销同意</translation>
    </message>
    <message>
        <source>How it was said</source>
        <translation>取得方式</translation>
    </message>
    <message>
        <source>Erase on request…</source>
        <translation>应本人要求删除…</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why, without name or number; Enter asks for it</source>
        <translation>写明原因，不要写姓名和号码；回车提交</translation>
    </message>
    <message>
        <source>Withdraws</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Legal hold</source>
        <translation>依法留存</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show what was said about marketing</source>
        <translation>查看营销同意</translation>
    </message>
    <message>
        <source>Says no</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>{way}: the customer says no</source>
        <translation>{way}：客户不同意</translation>
    </message>
    <message>
        <source>{way}: the customer withdraws</source>
        <translation>{way}：客户撤回同意</translation>
    </message>
    <message>
        <source>{way}: the customer agrees</source>
        <translation>{way}：客户同意</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>agreed</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>said no</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>{way}: {word}</source>
        <translation>{way}：{word}</translation>
    </message>
    <message>
        <source>Never asked</source>
        <translation>未征求过</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Said no: do not address to sell</source>
        <translation>已拒绝：不得营销</translation>
    </message>
    <message>
        <source>Legal hold since {when}, by {who}: {reason}. Nothing of this customer may be erased.</source>
        <translation>自 {when} 起依法留存（{who}）：{reason}。该客户的信息不得删除。</translation>
    </message>
</context>
<context>
    <name>ContactLog</name>
    <message>
        <source>Survey: {score}</source>
        <translation>满意度评价：{score}</translation>
    </message>
</context>
<context>
    <name>Contests</name>
    <message>
        <source>The server does not offer this for decision any more: you may not see this record now, or it was too long ago. Send your change again, or give it up.</source>
        <translation>服务器不再提供此项供您决定：您现在可能无权查看该记录，或时间已过久。请重新发送您的更改，或放弃。</translation>
    </message>
    <message>
        <source>It was changed again while you decided. Look at what stands there now and decide once more; what you wrote is kept.</source>
        <translation>您作决定时，此项又被改动。请查看现在的内容并重新决定；您写的内容已保留。</translation>
    </message>
    <message>
        <source>You may not write this field. Keep theirs, or ask your team lead to decide.</source>
        <translation>您无权填写此项。请保留对方的内容，或请组长决定。</translation>
    </message>
    <message>
        <source>This text does not fit the field any more. Choose another, or keep theirs.</source>
        <translation>此内容已不适用于该项。请另选，或保留对方的内容。</translation>
    </message>
    <message>
        <source>The server does not find this any more. What you wrote is kept here.</source>
        <translation>服务器已找不到此项。您写的内容已保留在这里。</translation>
    </message>
    <message>
        <source>Somebody else has decided meanwhile. What you had written was: {text}</source>
        <translation>其他人已作出决定。您当时写的是：{text}</translation>
    </message>
    <message>
        <source>Mine is to stand.</source>
        <translation>以我的为准。</translation>
    </message>
    <message>
        <source>Theirs is to stand.</source>
        <translation>以对方的为准。</translation>
    </message>
    <message>
        <source>This is to stand: {text}</source>
        <translation>以此为准：{text}</translation>
    </message>
    <message>
        <source>{chosen} It is kept here and sent as soon as the server answers; you can still change it.</source>
        <translation>{chosen}已保存在本机，服务器应答后立即发送；在此之前仍可更改。</translation>
    </message>
</context>
<context>
    <name>CopyDesk</name>
    <message>
        <source>Your role may not copy customers&apos; data: nothing was copied. An administrator can change it.</source>
        <translation>您的角色不能复制客户数据，未复制任何内容。管理员可以更改此规定。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>CoursePane</name>
    <message>
        <source>Course</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Articles of the course</source>
        <translation>课程文章</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>Customers are locked</source>
        <translation>客户资料已锁定</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
</context>
<context>
    <name>Curve</name>
    <message>
        <source>Week {week}: {own} (n {count}), median {median}</source>
        <translation>第 {week} 周：{own}（共 {count} 次），中位数 {median}</translation>
    </message>
</context>
<context>
    <name>CustomerDesk</name>
    <message>
        <source>This customer is no longer here. Search again, or ask your team lead.</source>
        <translation>这位客户已不在此处。请重新搜索，或联系班组长。</translation>
    </message>
</context>
<context>
    <name>CustomerEditor</name>
    <message>
        <source>Edit the customer</source>
        <translation>编辑客户资料</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>用逗号分隔</translation>
    </message>
    <message>
        <source>Another number</source>
        <translation>添加号码</translation>
    </message>
    <message>
        <source>A number to be added</source>
        <translation>要添加的号码</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>What you wrote is kept and is here again when you come back.</source>
        <translation>已写的内容会保留，再次打开时仍在。</translation>
    </message>
    <message>
        <source>Numbers that stay</source>
        <translation>保留的号码</translation>
    </message>
    <message>
        <source>This is kept back from your role.</source>
        <translation>此项对您的角色隐藏。</translation>
    </message>
    <message>
        <source>Saved {clock}</source>
        <translation>已保存 {clock}</translation>
    </message>
    <message>
        <source>You may not take numbers away.</source>
        <translation>您无权删除号码。</translation>
    </message>
</context>
<context>
    <name>CustomerHeader</name>
    <message>
        <source>Show the whole number</source>
        <translation>显示完整号码</translation>
    </message>
    <message>
        <source>Shows the whole number for 30 s. It is recorded that you looked.</source>
        <translation>显示完整号码 30 秒。查看会被记录。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why do you need the number? Enter shows it</source>
        <translation>为什么需要这个号码？按回车显示</translation>
    </message>
    <message>
        <source>Shows it for 30 s. It is recorded that you looked.</source>
        <translation>显示 30 秒；查看会被记录。</translation>
    </message>
    <message>
        <source>Show the whole name</source>
        <translation>显示完整姓名</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Edit the customer</source>
        <translation>编辑客户资料</translation>
    </message>
    <message>
        <source>Edit the customer  F2</source>
        <translation>编辑客户资料  F2</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未核身</translation>
    </message>
    <message>
        <source>Check who is calling  Ctrl+Shift+K</source>
        <translation>核身  Ctrl+Shift+K</translation>
    </message>
    <message>
        <source>Customer value</source>
        <translation>客户价值</translation>
    </message>
    <message>
        <source>Contacts, 30 days</source>
        <translation>近 30 天联系</translation>
    </message>
    <message>
        <source>Open tickets</source>
        <translation>未结工单</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Customer for</source>
        <translation>客户时长</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>Identity check: {level}</source>
        <translation>核身：{level}</translation>
    </message>
    <message>
        <source>Hide the number</source>
        <translation>隐藏号码</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>实名已验证</translation>
    </message>
    <message>
        <source>Mandarin</source>
        <translation>普通话</translation>
    </message>
    <message>
        <source>There is no number to call.</source>
        <translation>没有可呼叫的号码。</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>近 12 个月</translation>
    </message>
    <message>
        <source>As last month</source>
        <translation>与上月持平</translation>
    </message>
    <message>
        <source>{change} on last month</source>
        <translation>较上月 {change}</translation>
    </message>
    <message>
        <source>{count} due soon</source>
        <translation>{count} 个即将超时</translation>
    </message>
    <message>
        <source>None due soon</source>
        <translation>无即将超时</translation>
    </message>
    <message>
        <source>No rating yet</source>
        <translation>暂无评价</translation>
    </message>
    <message>
        <source>Ratings: {count}</source>
        <translation>{count} 次评价</translation>
    </message>
    <message>
        <source>Since {month}</source>
        <translation>{month} 起</translation>
    </message>
</context>
<context>
    <name>CustomerPane</name>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Parts of the customer</source>
        <translation>客户信息分页</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>资料</translation>
    </message>
    <message>
        <source>Kind of contact</source>
        <translation>联系类型</translation>
    </message>
    <message>
        <source>More about the customer</source>
        <translation>客户的更多资料</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Chats and messages</source>
        <translation>在线与短信</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>评价</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>上门</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>This customer is no longer yours</source>
        <translation>该客户已不归您负责</translation>
    </message>
    <message>
        <source>They belong to other colleagues now. What you wrote is kept.</source>
        <translation>该客户现由其他同事负责。您写的内容已保留。</translation>
    </message>
    <message>
        <source>Your call is open in the list</source>
        <translation>通话已在左侧列表中打开</translation>
    </message>
    <message>
        <source>Nothing was moved while you were writing. {keys} shows the caller.</source>
        <translation>您正在输入，所以未切换画面。按 {keys} 显示来电客户。</translation>
    </message>
    <message>
        <source>Nobody on the line</source>
        <translation>当前没有通话</translation>
    </message>
    <message>
        <source>When a call comes in, the customer appears here before you answer.</source>
        <translation>来电时，接听前客户就会显示在这里。</translation>
    </message>
    <message>
        <source>Tickets {count}</source>
        <translation>工单 {count}</translation>
    </message>
    <message>
        <source>Orders {count}</source>
        <translation>订单 {count}</translation>
    </message>
</context>
<context>
    <name>DayFoot</name>
    <message>
        <source>Answered</source>
        <translation>已接</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>均时</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>占用率</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质检</translation>
    </message>
</context>
<context>
    <name>DeclineMenu</name>
    <message>
        <source>Busy: the next agent gets the call</source>
        <translation>示忙：转给下一位坐席</translation>
    </message>
    <message>
        <source>Decline: nobody else is tried</source>
        <translation>拒接：不再转给其他坐席</translation>
    </message>
</context>
<context>
    <name>DeedForm</name>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why? Others read it.</source>
        <translation>为什么？其他人会看到。</translation>
    </message>
    <message>
        <source>Ticket number</source>
        <translation>工单编号</translation>
    </message>
    <message>
        <source>Type a part of it</source>
        <translation>输入其中一部分</translation>
    </message>
    <message>
        <source>Kind of link</source>
        <translation>关联类型</translation>
    </message>
    <message>
        <source>Whoever takes it</source>
        <translation>待认领</translation>
    </message>
    <message>
        <source>Say why: the next one reads it.</source>
        <translation>请写明原因：下一位会看到。</translation>
    </message>
    <message>
        <source>Type the number of the other ticket.</source>
        <translation>请输入另一张工单的编号。</translation>
    </message>
    <message>
        <source>Type a subject.</source>
        <translation>请输入主题。</translation>
    </message>
    <message>
        <source>A card number is not whole.</source>
        <translation>卡号不完整。</translation>
    </message>
    <message>
        <source>Look at the fields that are marked.</source>
        <translation>请查看标出的栏位。</translation>
    </message>
</context>
<context>
    <name>DesktopNotes</name>
    <message>
        <source>Missed calls: {count}</source>
        <translation>未接来电：{count}</translation>
    </message>
    <message>
        <source>Open the window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Alert of the floor</source>
        <translation>现场告警</translation>
    </message>
    <message>
        <source>More alerts of the floor: {count}</source>
        <translation>另有现场告警 {count} 条</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>Incoming call: {who}</source>
        <translation>来电：{who}</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Customer number</source>
        <translation>客户编号</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Identity card</source>
        <translation>身份证</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDesk</name>
    <message>
        <source>The report is in {path}.</source>
        <translation>报告已保存到 {path}。</translation>
    </message>
</context>
<context>
    <name>Dialling</name>
    <message>
        <source>{number} stands in the dial field, ready for when this call is over.</source>
        <translation>{number} 已填入拨号框，通话结束后即可拨打。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Call {number}</source>
        <translation>拨打 {number}</translation>
    </message>
</context>
<context>
    <name>DispositionField</name>
    <message>
        <source>Disposition</source>
        <translation>话后小结</translation>
    </message>
    <message>
        <source>What did it come to?</source>
        <translation>这通电话的结果是？</translation>
    </message>
</context>
<context>
    <name>DuplicateBar</name>
    <message>
        <source>Perhaps the same person</source>
        <translation>可能是同一人</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>不是同一人</translation>
    </message>
    <message>
        <source>They are two people. Nobody is asked about them again.</source>
        <translation>这是两个人，以后不再提示。</translation>
    </message>
    <message>
        <source>The same as {who}? They have {reasons}</source>
        <translation>与{who}是同一人？{reasons}</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>还有 {count} 个</translation>
    </message>
</context>
<context>
    <name>DuplicatesDesk</name>
    <message>
        <source>The server is asked who may be the same person…</source>
        <translation>正在向服务器查询疑似重复的客户…</translation>
    </message>
    <message>
        <source>You may no longer go through duplicates. Your team lead or a duty manager may.</source>
        <translation>您已不能查看疑似重复客户。班组长或值班经理可以。</translation>
    </message>
    <message>
        <source>The server does not answer. These are the pairs that can be found on this workstation; what you decide is kept and sent later.</source>
        <translation>服务器没有应答。以下是在本工作站上能找到的疑似重复客户；您的决定会保存，稍后发送。</translation>
    </message>
    <message>
        <source>Not on this workstation yet, and so not in the list: {count} pairs.</source>
        <translation>还有 {count} 对尚未同步到本工作站，因此未列出。</translation>
    </message>
    <message>
        <source>Nobody looks like anybody else. Whoever comes twice will stand here.</source>
        <translation>没有疑似重复的客户。以后出现的会列在这里。</translation>
    </message>
    <message>
        <source>One of the two is not here any more. The pair was taken off the list.</source>
        <translation>其中一位客户已不存在，这一对已从列表移除。</translation>
    </message>
    <message>
        <source>{gone} goes into {stays}. It is done as soon as the server has it.</source>
        <translation>{gone} 将并入 {stays}，服务器收到后即完成。</translation>
    </message>
    <message>
        <source>{one} and {other} are two people. Nobody is asked about them again.</source>
        <translation>{one} 与 {other} 是两个人，以后不再询问。</translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message>
        <source>Likely duplicates</source>
        <translation>疑似重复客户</translation>
    </message>
    <message>
        <source>By which reason</source>
        <translation>按原因筛选</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比对</translation>
    </message>
    <message>
        <source>Two people</source>
        <translation>是两个人</translation>
    </message>
    <message>
        <source>They are two people. Nobody is asked about them again.</source>
        <translation>他们是两个人，以后不再询问。</translation>
    </message>
    <message>
        <source>Choose a pair in the list to compare the two; nobody is ever merged by a machine.</source>
        <translation>从列表选择一对进行比对；系统不会自动合并任何人。</translation>
    </message>
    <message>
        <source>Nobody may be the same for this reason.</source>
        <translation>没有因此原因疑似重复的客户。</translation>
    </message>
</context>
<context>
    <name>DutyPane</name>
    <message>
        <source>What is to do</source>
        <translation>待办培训</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Result of the last try</source>
        <translation>上次成绩</translation>
    </message>
</context>
<context>
    <name>EditorWays</name>
    <message>
        <source>Articles</source>
        <translation>知识文章</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>知识缺口</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
</context>
<context>
    <name>EntryCard</name>
    <message>
        <source>Entry of the timeline</source>
        <translation>时间线条目</translation>
    </message>
    <message>
        <source>Comment on a ticket</source>
        <translation>添加工单评论</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
    <message>
        <source>Open the ticket {subject}</source>
        <translation>打开工单{subject}</translation>
    </message>
    <message>
        <source>About “{entry}” of {when}: </source>
        <translation>关于{when}的“{entry}”：</translation>
    </message>
</context>
<context>
    <name>EntryRows</name>
    <message>
        <source>Add a line</source>
        <translation>添加一行</translation>
    </message>
    <message>
        <source>{field}: add a line</source>
        <translation>{field}：添加一行</translation>
    </message>
    <message>
        <source>{field}, line {line}: {part}</source>
        <translation>{field}第 {line} 行：{part}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名或名称</translation>
    </message>
    <message>
        <source>{field}: take line {line} away</source>
        <translation>{field}：删除第 {line} 行</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>Excel</translation>
    </message>
    <message>
        <source>CSV, UTF-8</source>
        <translation>CSV（UTF-8）</translation>
    </message>
    <message>
        <source>CSV, GB18030</source>
        <translation>CSV（GB18030）</translation>
    </message>
    <message>
        <source>Form of the file</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>Folder and name of the file</source>
        <translation>文件夹和文件名</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>生成文件</translation>
    </message>
    <message>
        <source>Why you need it</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Why you need it; who approves reads it</source>
        <translation>请说明用途，审批人会看到</translation>
    </message>
    <message>
        <source>Ask for approval</source>
        <translation>申请审批</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Rows written</source>
        <translation>已写入行数</translation>
    </message>
    <message>
        <source>{done} of {count} rows are written.</source>
        <translation>已写入 {done} / {count} 行。</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
</context>
<context>
    <name>FeedbackBar</name>
    <message>
        <source>Did this help?</source>
        <translation>有帮助吗？</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>有</translation>
    </message>
    <message>
        <source>It helped. Alt+Y</source>
        <translation>有帮助。Alt+Y</translation>
    </message>
    <message>
        <source>No</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>It did not help. Alt+N</source>
        <translation>没有帮助。Alt+N</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>报错</translation>
    </message>
    <message>
        <source>Tell the owner what is wrong with it. F7</source>
        <translation>告诉负责人哪里有问题。F7</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>哪里有问题</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>补充说明</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Say what is wrong with it first.</source>
        <translation>请先选择哪里有问题。</translation>
    </message>
    <message>
        <source>Say in your words what is wrong with it.</source>
        <translation>请说明哪里有问题。</translation>
    </message>
</context>
<context>
    <name>FeedbackDesk</name>
    <message>
        <source>Noted: it helped.</source>
        <translation>已记录：有帮助。</translation>
    </message>
    <message>
        <source>Noted. F7 tells the owner what is missing.</source>
        <translation>已记录。按 F7 可告诉负责人缺什么。</translation>
    </message>
    <message>
        <source>Its owner is told. You hear of it when it is answered.</source>
        <translation>已告知负责人，有回复时会通知您。</translation>
    </message>
    <message>
        <source>The editors have your question. You are told when an article answers it.</source>
        <translation>已转给编辑，有文章能回答时会通知您。</translation>
    </message>
</context>
<context>
    <name>FieldEditor</name>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Help in Chinese</source>
        <translation>中文说明</translation>
    </message>
    <message>
        <source>Help in English</source>
        <translation>英文说明</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>不小于</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>不大于</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Text it begins with</source>
        <translation>初始文字</translation>
    </message>
    <message>
        <source>Sensitive: masked where numbers are</source>
        <translation>敏感：号码脱敏之处一并脱敏</translation>
    </message>
    <message>
        <source>Customers are found by it</source>
        <translation>可据此搜索客户</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Move the field up</source>
        <translation>上移字段</translation>
    </message>
    <message>
        <source>Move the field down</source>
        <translation>下移字段</translation>
    </message>
    <message>
        <source>Remove the field</source>
        <translation>删除字段</translation>
    </message>
    <message>
        <source>Customers have values of it. Add another field instead.</source>
        <translation>客户已有此字段的内容，请另加一个字段。</translation>
    </message>
</context>
<context>
    <name>FieldLook</name>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why do you need to see it? Enter shows it</source>
        <translation>为什么需要查看？按回车显示</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Type a part of it</source>
        <translation>输入其中一部分</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>My figures</source>
        <translation>我的业绩</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Solved first time: nobody came back about the same within 7 days. Today is how it stands so far; of the four weeks only contacts count whose customers had that time.</source>
        <translation>一次解决：客户 7 天内没有为同一问题再次联系。今日为目前情况；近四周只计客户已满 7 天的联系。</translation>
    </message>
    <message>
        <source>Honours board of the last four weeks</source>
        <translation>近四周龙虎榜</translation>
    </message>
    <message>
        <source>My name may stand here</source>
        <translation>可以显示我的姓名</translation>
    </message>
    <message>
        <source>How was the week?</source>
        <translation>这一周心情如何？</translation>
    </message>
    <message>
        <source>How the team fares</source>
        <translation>班组关怀</translation>
    </message>
    <message>
        <source>You said “{level}”. It is sent later, without your name.</source>
        <translation>您选择了“{level}”，稍后会匿名发送。</translation>
    </message>
    <message>
        <source>Nobody can tell who said what, the server neither: the answer goes without a name, and a mean is shown from five answers on. Everybody of your team is asked with the same sign: {mark}</source>
        <translation>没有人能知道谁选了什么，服务器也不能：回答不带姓名，满五人才显示平均分。同班组每个人看到的标识都相同：{mark}</translation>
    </message>
</context>
<context>
    <name>FileExport</name>
    <message>
        <source>Export “{list}”: {count} rows</source>
        <translation>导出“{list}”：{count} 行</translation>
    </message>
    <message>
        <source>As the list shows it: its order, filters and columns. Your name and the time stand in the file, and the export is put on record.</source>
        <translation>按列表当前的排序、筛选和列导出。文件中会写明您的姓名和时间，导出会被记录。</translation>
    </message>
    <message>
        <source>You may export up to {rows} rows at once. For more, somebody who leads your team has to approve; narrow the list, or ask.</source>
        <translation>您一次最多可导出 {rows} 行。超出需由团队负责人审批；请缩小列表范围，或提出申请。</translation>
    </message>
    <message>
        <source>Nobody may export more than {most} rows at once. Narrow the list.</source>
        <translation>任何人一次都不能导出超过 {most} 行。请缩小列表范围。</translation>
    </message>
    <message>
        <source>Your role may not export this list. Ask who leads your team.</source>
        <translation>您的角色不能导出此列表。请联系团队负责人。</translation>
    </message>
    <message>
        <source>The server does not answer, and your site allows exports only while it does. Try later.</source>
        <translation>服务器无响应，本站点仅允许在线时导出。请稍后再试。</translation>
    </message>
    <message>
        <source>{who} asks to export {count} rows of “{list}” ({what}): {reason}</source>
        <translation>{who} 申请导出“{list}”{count} 行（{what}）：{reason}</translation>
    </message>
    <message>
        <source>There is a file of this name already. Take another name.</source>
        <translation>已有同名文件。请换一个名称。</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>已停止，未生成文件。</translation>
    </message>
    <message>
        <source>The file is written: {path}</source>
        <translation>文件已生成：{path}</translation>
    </message>
    <message>
        <source>The file could not be written there ({why}). Take another folder.</source>
        <translation>无法在该位置写入文件（{why}）。请换一个文件夹。</translation>
    </message>
    <message>
        <source>Asked. You are told here when it is decided; then export again.</source>
        <translation>已提交申请。审批结果会在此显示，届时请再次导出。</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Column to filter by</source>
        <translation>按哪一列筛选</translation>
    </message>
    <message>
        <source>Contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Part of it, then Enter</source>
        <translation>输入一部分，按回车</translation>
    </message>
    <message>
        <source>Days from and to</source>
        <translation>起止日期</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>No filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Takes this filter away</source>
        <translation>移除此筛选</translation>
    </message>
    <message>
        <source>{column}: {said}</source>
        <translation>{column}：{said}</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Write two days as 2026-11-01 – 2026-11-30; either may be left out.</source>
        <translation>请按 2026-11-01 – 2026-11-30 的格式填写两个日期，可省略其中一个。</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>For this customer: {customer}</source>
        <translation>适用于当前客户：{customer}</translation>
    </message>
    <message>
        <source>Valid now</source>
        <translation>仅当前有效</translation>
    </message>
    <message>
        <source>No filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>客户等级</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Also what does not hold now</source>
        <translation>含未生效和已失效</translation>
    </message>
</context>
<context>
    <name>FindPractice</name>
    <message>
        <source>Search knowledge</source>
        <translation>搜索知识库</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>要找的内容</translation>
    </message>
    <message>
        <source>Articles found</source>
        <translation>找到的文章</translation>
    </message>
</context>
<context>
    <name>FollowUpBand</name>
    <message>
        <source>Callback</source>
        <translation>回电</translation>
    </message>
</context>
<context>
    <name>FollowUpCard</name>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推迟</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
    <message>
        <source>No answer to it</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Satisfaction {given} of 5</source>
        <translation>满意度 {given}/5</translation>
    </message>
    <message>
        <source>in 15 min</source>
        <translation>15分钟后</translation>
    </message>
    <message>
        <source>in 1 h</source>
        <translation>1小时后</translation>
    </message>
    <message>
        <source>tomorrow 9:00</source>
        <translation>明天 9:00</translation>
    </message>
    <message>
        <source>How satisfied, 1 to 5?</source>
        <translation>满意度几分？1 到 5</translation>
    </message>
    <message>
        <source>Until when? in 1 h · tomorrow 10:00</source>
        <translation>推迟到何时？1小时后 · 明天 10:00</translation>
    </message>
    <message>
        <source>When do they want to be called? tomorrow 10:00</source>
        <translation>客户希望何时回电？明天 10:00</translation>
    </message>
    <message>
        <source>Why is it cancelled?</source>
        <translation>为什么取消？</translation>
    </message>
</context>
<context>
    <name>FollowUpDesk</name>
    <message>
        <source>This is not here any more, or you may no longer see it.</source>
        <translation>它已不在，或您已无权查看。</translation>
    </message>
    <message>
        <source>“{words}” is no time to come. Write in 1 h, or tomorrow 10:00.</source>
        <translation>“{words}”不是将来的时间。请写：1小时后，或 明天 10:00。</translation>
    </message>
</context>
<context>
    <name>FollowUpForm</name>
    <message>
        <source>New callback</source>
        <translation>新建回电</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>in 1 h · tomorrow 10:00</source>
        <translation>1小时后 · 明天 10:00</translation>
    </message>
    <message>
        <source>Times to choose from</source>
        <translation>可选时间</translation>
    </message>
    <message>
        <source>What is promised</source>
        <translation>承诺的内容</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>The team&apos;s</source>
        <translation>团队的</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>Promise it</source>
        <translation>确认承诺</translation>
    </message>
    <message>
        <source>Put away  Esc</source>
        <translation>收起  Esc</translation>
    </message>
    <message>
        <source>in 15 min</source>
        <translation>15分钟后</translation>
    </message>
    <message>
        <source>in 1 h</source>
        <translation>1小时后</translation>
    </message>
    <message>
        <source>in 2 h</source>
        <translation>2小时后</translation>
    </message>
    <message>
        <source>tomorrow 9:00</source>
        <translation>明天 9:00</translation>
    </message>
    <message>
        <source>tomorrow 14:00</source>
        <translation>明天 14:00</translation>
    </message>
    <message>
        <source>monday 9:00</source>
        <translation>周一 9:00</translation>
    </message>
    <message>
        <source>New, for {name}</source>
        <translation>新建：{name}</translation>
    </message>
</context>
<context>
    <name>FollowUpWork</name>
    <message>
        <source>Nobody is on the screen to promise something to: search a customer with Ctrl+K.</source>
        <translation>屏幕上没有可承诺的对象：请按 Ctrl+K 查找客户。</translation>
    </message>
</context>
<context>
    <name>FormsDesk</name>
    <message>
        <source>Nothing has been published yet.</source>
        <translation>尚未发布。</translation>
    </message>
    <message>
        <source>Edition {edition} is in use.</source>
        <translation>当前使用第 {edition} 版。</translation>
    </message>
    <message>
        <source>Edition {edition} is on its way to everybody. Tickets that were filed keep theirs.</source>
        <translation>第 {edition} 版正在下发。已提交的工单保持原版本。</translation>
    </message>
    <message>
        <source>Edition {edition} is on its way to everybody. What customers have stays.</source>
        <translation>第 {edition} 版正在发给所有人，客户已有的内容不变。</translation>
    </message>
</context>
<context>
    <name>FormsPage</name>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Add a field</source>
        <translation>添加字段</translation>
    </message>
    <message>
        <source>Language of the preview</source>
        <translation>预览语言</translation>
    </message>
    <message>
        <source>Subject, category, priority and description are asked in every ticket, before these.</source>
        <translation>每张工单都会先填写主题、分类、优先级和描述。</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>字段设置</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>What the form is of</source>
        <translation>表单用于</translation>
    </message>
    <message>
        <source>Profile of customers</source>
        <translation>客户资料</translation>
    </message>
    <message>
        <source>As agents will have it</source>
        <translation>坐席所见</translation>
    </message>
    <message>
        <source>Name, numbers, company, e-mail and what else every customer has stand before these.</source>
        <translation>姓名、号码、公司、邮箱等每位客户都有的内容排在这些字段之前。</translation>
    </message>
    <message>
        <source>Nothing has been changed.</source>
        <translation>没有修改。</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>新字段</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>有误</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found. Try a number, a name or a ticket number.</source>
        <translation>没有找到。请试试号码、姓名或工单号。</translation>
    </message>
    <message>
        <source>Nothing found yet: customers are still being read in. Try again in a minute.</source>
        <translation>还没有找到：客户资料仍在读入，请稍后再试。</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Announcements</source>
        <translation>公告</translation>
    </message>
</context>
<context>
    <name>GapsDesk</name>
    <message>
        <source>There is no article kb:{id} here. Look up its id.</source>
        <translation>本机没有文章 kb:{id}，请核对编号。</translation>
    </message>
    <message>
        <source>Kept. Whoever said it is told.</source>
        <translation>已保存，会告知反馈人。</translation>
    </message>
    <message>
        <source>You may no longer see what the knowledge base lacks. An administrator may.</source>
        <translation>您已无权查看知识缺口，请联系管理员。</translation>
    </message>
    <message>
        <source>The server does not answer. What is missing is listed once it has been asked.</source>
        <translation>服务器没有响应。连上后才能列出知识缺口。</translation>
    </message>
    <message>
        <source>The server does not answer. This is the list of {moment}; what you settle is kept and sent later.</source>
        <translation>服务器没有响应。这是 {moment} 的列表；您的处理会保存，稍后自动发送。</translation>
    </message>
    <message>
        <source>Settled. It comes back by itself when it goes on being asked.</source>
        <translation>已处理。如果继续有人搜索，会自动重新出现。</translation>
    </message>
</context>
<context>
    <name>GapsPage</name>
    <message>
        <source>Gaps of knowledge</source>
        <translation>知识缺口</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Told by agents</source>
        <translation>坐席反馈</translation>
    </message>
    <message>
        <source>Of how many days</source>
        <translation>统计天数</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 天</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>All languages</source>
        <translation>全部语言</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Read the article</source>
        <translation>查看文章</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>去编写</translation>
    </message>
    <message>
        <source>Add a synonym</source>
        <translation>添加同义词</translation>
    </message>
    <message>
        <source>Answer or reason</source>
        <translation>回复或原因</translation>
    </message>
    <message>
        <source>Article that answers it</source>
        <translation>能回答的文章</translation>
    </message>
    <message>
        <source>Article that answers it, such as kb:0198</source>
        <translation>能回答的文章，如 kb:0198</translation>
    </message>
    <message>
        <source>Say what you have done about it, or name the article that answers it.</source>
        <translation>请说明处理结果，或填写能回答的文章。</translation>
    </message>
    <message>
        <source>Say why nothing is to be done.</source>
        <translation>请说明为什么不处理。</translation>
    </message>
    <message>
        <source>Nothing waits for an answer.</source>
        <translation>没有待回复的反馈。</translation>
    </message>
    <message>
        <source>No question is without its answer here.</source>
        <translation>这里没有缺答案的问题。</translation>
    </message>
    <message>
        <source>Found nothing</source>
        <translation>没有搜到</translation>
    </message>
    <message>
        <source>Agents: {count}</source>
        <translation>{count} 名坐席</translation>
    </message>
    <message>
        <source>again</source>
        <translation>再次出现</translation>
    </message>
    <message>
        <source>{count} times</source>
        <translation>{count} 次</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>不处理</translation>
    </message>
    <message>
        <source>Searches: {count}</source>
        <translation>搜索 {count} 次</translation>
    </message>
    <message>
        <source>Also written: {words}</source>
        <translation>其他写法：{words}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
</context>
<context>
    <name>GroupButton</name>
    <message>
        <source>Opens a list of pages</source>
        <translation>打开页面列表</translation>
    </message>
</context>
<context>
    <name>GuideDesk</name>
    <message>
        <source>Another guide is being gone through. Go on with it, or end it first.</source>
        <translation>正在使用另一份话术。请先继续，或先结束它。</translation>
    </message>
    <message>
        <source>This guide has a mistake, tell whoever wrote it. {fault}</source>
        <translation>这份话术有错误，请告诉编写人。{fault}</translation>
    </message>
    <message>
        <source>No guide is being gone through. Look for one among the articles: F3.</source>
        <translation>当前没有正在使用的话术。可按 F3 在知识库中查找。</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>小结</translation>
    </message>
</context>
<context>
    <name>GuidePlayer</name>
    <message>
        <source>Guide</source>
        <translation>引导话术</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Put by</source>
        <translation>暂放</translation>
    </message>
    <message>
        <source>It goes on where it stands. Esc</source>
        <translation>之后可从这一步继续。Esc</translation>
    </message>
    <message>
        <source>Go on with the guide</source>
        <translation>继续话术</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>What was answered so far goes into the ticket</source>
        <translation>已回答的内容会写入工单</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Step {count}</source>
        <translation>第 {count} 步</translation>
    </message>
    <message>
        <source>Fill the ticket</source>
        <translation>填入工单</translation>
    </message>
</context>
<context>
    <name>HeadPanel</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可做的操作</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>原因：{reason}</translation>
    </message>
    <message>
        <source>Not sent yet: {count}. Others see it once the server has it.</source>
        <translation>尚未发送：{count} 项。服务器收到后其他人才能看到。</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>尚无人</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>取消关注</translation>
    </message>
</context>
<context>
    <name>HealthDesk</name>
    <message>
        <source>The sound could not be tried. End the call first, and look at the microphone.</source>
        <translation>无法测试声音。请先结束通话，并检查麦克风。</translation>
    </message>
    <message>
        <source>The phone is not running, so the sound cannot be tried.</source>
        <translation>电话未运行，无法测试声音。</translation>
    </message>
    <message>
        <source>Speak now; you hear yourself afterwards.</source>
        <translation>请开始说话，随后会回放您的声音。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>Health of this workstation</source>
        <translation>工作台健康状况</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Report for IT…</source>
        <translation>给 IT 的诊断报告…</translation>
    </message>
    <message>
        <source>Try the sound</source>
        <translation>测试声音</translation>
    </message>
    <message>
        <source>Call the echo service</source>
        <translation>拨打回音服务</translation>
    </message>
    <message>
        <source>Log more for 30 minutes</source>
        <translation>详细记录日志 30 分钟</translation>
    </message>
</context>
<context>
    <name>HelpDesk</name>
    <message>
        <source>The server does not answer, so your lead does not see that you want help. Call them.</source>
        <translation>服务器没有响应，班长看不到您的求助。请直接打电话联系班长。</translation>
    </message>
    <message>
        <source>{name} comes to help you.</source>
        <translation>{name} 来支援您了。</translation>
    </message>
    <message>
        <source>{name} asks for help. Ctrl+Shift+2 opens the agents, Alt+Z says that you come.</source>
        <translation>{name} 正在求助。按 Ctrl+Shift+2 打开坐席看板，按 Alt+Z 表示您来支援。</translation>
    </message>
</context>
<context>
    <name>HelpFlag</name>
    <message>
        <source>Ask your lead for help</source>
        <translation>向班长求助</translation>
    </message>
    <message>
        <source>Help comes; press again when it is over</source>
        <translation>支援已响应；结束后再按一次</translation>
    </message>
    <message>
        <source>Your lead sees that you want help; press again to take it back</source>
        <translation>班长已看到您的求助；再按一次取消</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Call history</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Search calls</source>
        <translation>搜索通话</translation>
    </message>
    <message>
        <source>Name, pinyin or number</source>
        <translation>姓名、拼音或号码</translation>
    </message>
    <message>
        <source>Which calls</source>
        <translation>通话类型</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>In</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>Enter calls back · Ctrl+Enter opens the customer · kept for 90 days here</source>
        <translation>回车回拨 · Ctrl+Enter 打开客户 · 本机保留 90 天</translation>
    </message>
    <message>
        <source>No call was found. Try part of a name, its pinyin or some digits.</source>
        <translation>没有找到通话。请输入姓名、拼音或号码的一部分。</translation>
    </message>
    <message>
        <source>No call was missed.</source>
        <translation>没有未接来电。</translation>
    </message>
    <message>
        <source>No calls yet. They appear here as soon as they are over.</source>
        <translation>还没有通话。通话结束后会出现在这里。</translation>
    </message>
</context>
<context>
    <name>IdentityCard</name>
    <message>
        <source>Identity check</source>
        <translation>核身</translation>
    </message>
    <message>
        <source>What the caller says</source>
        <translation>客户的回答</translation>
    </message>
    <message>
        <source>What the caller says; Enter compares</source>
        <translation>客户的回答；回车比对</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比对</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一题</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
</context>
<context>
    <name>IdentityDesk</name>
    <message>
        <source>There is no caller to be checked. The check is done in a call.</source>
        <translation>没有可核身的来电。核身要在通话中进行。</translation>
    </message>
    <message>
        <source>Shown after the identity check</source>
        <translation>核身后显示</translation>
    </message>
    <message>
        <source>Shown after the identity check (now: {level})</source>
        <translation>核身后显示（目前：{level}）</translation>
    </message>
    <message>
        <source>Right {right}, wrong {wrong}</source>
        <translation>答对 {right}，答错 {wrong}</translation>
    </message>
    <message>
        <source>Locked today</source>
        <translation>今日已锁定</translation>
    </message>
    <message>
        <source>Nothing asked yet</source>
        <translation>还没有提问</translation>
    </message>
    <message>
        <source>Too many wrong answers today. Say: {words}</source>
        <translation>今天答错次数过多。请告知客户：{words}</translation>
    </message>
    <message>
        <source>Too many wrong answers in this call: tell and do nothing that needs the check.</source>
        <translation>本次通话答错次数过多：需要核身的信息不能告知，业务不能办理。</translation>
    </message>
    <message>
        <source>Everything that is on file has been asked.</source>
        <translation>登记的资料都已问过。</translation>
    </message>
    <message>
        <source>Right. On file: {answer}</source>
        <translation>正确。登记为：{answer}</translation>
    </message>
    <message>
        <source>Wrong. On file: {answer}</source>
        <translation>错误。登记为：{answer}</translation>
    </message>
</context>
<context>
    <name>IdleLock</name>
    <message>
        <source>This is not your password. Try again, or sign in anew.</source>
        <translation>密码不正确。请重新输入，或重新登录。</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message>
        <source>Number to call</source>
        <translation>要呼叫的号码</translation>
    </message>
    <message>
        <source>Enter a number or extension</source>
        <translation>输入号码或分机</translation>
    </message>
    <message>
        <source>Redial {who}</source>
        <translation>重拨 {who}</translation>
    </message>
    <message>
        <source>{count} new messages</source>
        <translation>{count} 条新留言</translation>
    </message>
    <message>
        <source>No new messages</source>
        <translation>没有新留言</translation>
    </message>
    <message>
        <source>Do not disturb is on</source>
        <translation>免打扰已开启</translation>
    </message>
    <message>
        <source>Calls are turned away. Press to take calls again.</source>
        <translation>来电正被拒接。点击后恢复接听。</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>当前没有通话</translation>
    </message>
</context>
<context>
    <name>ImportDesk</name>
    <message>
        <source>The faulty rows are in “{path}”. Mend them there, and import that file.</source>
        <translation>有问题的行已存入“{path}”。请在其中改正，再导入该文件。</translation>
    </message>
    <message>
        <source>Save the faulty rows</source>
        <translation>保存有问题的行</translation>
    </message>
    <message>
        <source>The file was not sent.</source>
        <translation>文件没有发送。</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import a table</source>
        <translation>导入表格</translation>
    </message>
    <message>
        <source>What the rows are</source>
        <translation>导入内容</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Drop a CSV or XLSX file here, or choose one.</source>
        <translation>把 CSV 或 XLSX 文件拖到这里，或选择文件。</translation>
    </message>
    <message>
        <source>Its columns and first rows are shown before anything is written.</source>
        <translation>写入之前，会先给您看各列和前几行。</translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation>已读行数</translation>
    </message>
    <message>
        <source>Try every row</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Counts what would be new, changed and faulty; nothing is written</source>
        <translation>统计会新增、更改和有问题的行，不写入任何数据</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Save the faulty rows…</source>
        <translation>保存有问题的行…</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>What its columns mean</source>
        <translation>各列的含义</translation>
    </message>
    <message>
        <source>How the rows will read</source>
        <translation>导入后的样子</translation>
    </message>
    <message>
        <source>“{name}” is on its way to the server: {percent}.</source>
        <translation>正在把“{name}”发送到服务器：{percent}。</translation>
    </message>
    <message>
        <source>These rows are in: choose the next file.</source>
        <translation>这些行已经导入。请选择下一个文件。</translation>
    </message>
    <message>
        <source>This one is still at work: wait until it is done, or stop it.</source>
        <translation>这个文件还在处理：请等它完成，或者停止它。</translation>
    </message>
    <message>
        <source>About {count} rows.</source>
        <translation>约 {count} 行。</translation>
    </message>
    <message>
        <source>{rows} rows: {new} new, {changed} changed, {unchanged} as they were, {bad} faulty</source>
        <translation>共 {rows} 行：新增 {new}，更改 {changed}，未变 {unchanged}，有问题 {bad}</translation>
    </message>
    <message>
        <source>The server looks into the file.</source>
        <translation>服务器正在查看文件。</translation>
    </message>
    <message>
        <source>The look into the file was cut off. Choose the file again.</source>
        <translation>查看文件时中断了。请重新选择文件。</translation>
    </message>
    <message>
        <source>Every row is tried; nothing is written.</source>
        <translation>正在逐行试运行，不写入任何数据。</translation>
    </message>
    <message>
        <source>The rows come in. You may go on with other work; the import runs on the server.</source>
        <translation>正在导入。导入在服务器上进行，您可以继续其他工作。</translation>
    </message>
    <message>
        <source>So it would be. Nothing has been written yet.</source>
        <translation>试运行结果如上，尚未写入任何数据。</translation>
    </message>
    <message>
        <source>The trial was stopped. Nothing has been written.</source>
        <translation>试运行已停止，没有写入任何数据。</translation>
    </message>
    <message>
        <source>The rows are in, but for the faulty ones: save them, mend them, and import that file.</source>
        <translation>导入完成，有问题的行除外：请把它们另存，改好后再导入那个文件。</translation>
    </message>
    <message>
        <source>The rows are in.</source>
        <translation>导入完成。</translation>
    </message>
    <message>
        <source>The import was stopped. What is in stays; run it again, and it goes on with the rest.</source>
        <translation>导入已停止。已导入的保留；再次导入会继续其余的行。</translation>
    </message>
    <message>
        <source>The import was cut off. What is in stays; run it again, and it goes on with the rest.</source>
        <translation>导入中断了。已导入的保留；再次导入会继续其余的行。</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
</context>
<context>
    <name>KnowledgePane</name>
    <message>
        <source>Knowledge</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>知识推荐</translation>
    </message>
    <message>
        <source>Search knowledge</source>
        <translation>搜索知识库</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>知识文章</translation>
    </message>
    <message>
        <source>Search without filters</source>
        <translation>不筛选，重新搜索</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>查看全文</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Articles: {count}</source>
        <translation>{count} 篇</translation>
    </message>
    <message>
        <source>Did you mean “{query}”?</source>
        <translation>您是不是要找“{query}”？</translation>
    </message>
    <message>
        <source>Preparing: {percent} %</source>
        <translation>准备中：{percent}%</translation>
    </message>
    <message>
        <source>At hand</source>
        <translation>常用文章</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Read lately</source>
        <translation>最近查看</translation>
    </message>
    <message>
        <source>No article fits these filters.</source>
        <translation>没有符合筛选条件的文章。</translation>
    </message>
    <message>
        <source>No article that fits the filters has these words.</source>
        <translation>符合筛选条件的文章里没有这些词。</translation>
    </message>
    <message>
        <source>No article has these words. Try others.</source>
        <translation>没有包含这些词的文章，请换个说法。</translation>
    </message>
    <message>
        <source>This article was withdrawn.</source>
        <translation>这篇文章已撤回。</translation>
    </message>
    <message>
        <source>Puts the answer where you write. Ctrl+I</source>
        <translation>把答案插入正在填写的地方。Ctrl+I</translation>
    </message>
    <message>
        <source>Nothing to suggest yet. F3 searches all articles.</source>
        <translation>暂无推荐。按 F3 搜索全部文章。</translation>
    </message>
</context>
<context>
    <name>LeadsCard</name>
    <message>
        <source>Opportunities</source>
        <translation>商机</translation>
    </message>
</context>
<context>
    <name>LeftList</name>
    <message>
        <source>Queues and open items</source>
        <translation>队列与打开的项目</translation>
    </message>
    <message>
        <source>Open items and calls of today</source>
        <translation>打开的项目与今日通话</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Nothing is open. Callers appear here.</source>
        <translation>暂无，来电会显示在这里</translation>
    </message>
    <message>
        <source>Due next: {count}</source>
        <translation>待回电：{count}</translation>
    </message>
    <message>
        <source>Calls today: {calls}</source>
        <translation>今天 {calls} 通</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
</context>
<context>
    <name>LeftOver</name>
    <message>
        <source>The form does not ask this any more; it goes into the description.</source>
        <translation>表单已不再询问此项，提交时写入描述。</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不写入</translation>
    </message>
    <message>
        <source>{field}: {text}</source>
        <translation>{field}：{text}</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of the conversation</source>
        <translation>通话音量</translation>
    </message>
</context>
<context>
    <name>Lines</name>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
</context>
<context>
    <name>LinksPanel</name>
    <message>
        <source>Linked tickets</source>
        <translation>关联工单</translation>
    </message>
    <message>
        <source>Remove the link</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>Sub-task of</source>
        <translation>上级工单</translation>
    </message>
    <message>
        <source>Merged into</source>
        <translation>已并入</translation>
    </message>
    <message>
        <source>Choose a link in the list first. A merged ticket and a sub-task stay linked.</source>
        <translation>请先在列表中选择一个关联。合并的工单和子任务不能解除。</translation>
    </message>
</context>
<context>
    <name>ListDesks</name>
    <message>
        <source>{who} asks to export {count} rows. Decide it under “Export” of a list.</source>
        <translation>{who} 申请导出 {count} 行。请在列表的“导出”中审批。</translation>
    </message>
    <message>
        <source>Your export of {count} rows was approved. Export again.</source>
        <translation>您的 {count} 行导出申请已批准，请再次导出。</translation>
    </message>
    <message>
        <source>Your export of {count} rows was refused.</source>
        <translation>您的 {count} 行导出申请被拒绝。</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>Narrow the list</source>
        <translation>筛选列表</translation>
    </message>
    <message>
        <source>Which ones</source>
        <translation>显示哪些</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Then sort by</source>
        <translation>其次排序</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>No second order</source>
        <translation>无第二排序</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>{column}, rising</source>
        <translation>{column}，升序</translation>
    </message>
    <message>
        <source>{column}, falling</source>
        <translation>{column}，降序</translation>
    </message>
    <message>
        <source>then {order}</source>
        <translation>其次 {order}</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>By {column}</source>
        <translation>按{column}分组</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Choose or let go  (Space)</source>
        <translation>选中或取消  (空格)</translation>
    </message>
    <message>
        <source>Choose all  (Ctrl+A)</source>
        <translation>全选  (Ctrl+A)</translation>
    </message>
    <message>
        <source>Copy the row  (Ctrl+C)</source>
        <translation>复制本行  (Ctrl+C)</translation>
    </message>
    <message>
        <source>Export the list…</source>
        <translation>导出列表…</translation>
    </message>
    <message>
        <source>Nothing here fits. Take other words, or show all of them.</source>
        <translation>没有符合的内容。请换个词，或显示全部。</translation>
    </message>
    <message>
        <source>{count} in the list · Enter opens · Space chooses</source>
        <translation>共 {count} 条 · 回车打开 · 空格选中</translation>
    </message>
    <message>
        <source>{chosen} chosen of {count} · Escape lets them go</source>
        <translation>已选 {chosen} 条，共 {count} 条 · Esc 取消选择</translation>
    </message>
    <message>
        <source>{words} · {hidden} more that were chosen are not in it</source>
        <translation>{words} · 另有 {hidden} 行已选但不在当前列表</translation>
    </message>
    <message>
        <source>{words} · more are being read in</source>
        <translation>{words} · 其余仍在读入</translation>
    </message>
</context>
<context>
    <name>ListeningDesk</name>
    <message>
        <source>Recordings are not played during a call. Listen to it afterwards.</source>
        <translation>通话中不播放录音，请在通话结束后收听。</translation>
    </message>
    <message>
        <source>The call comes from the server when you press Play.</source>
        <translation>按“播放”后从服务器获取这通录音。</translation>
    </message>
    <message>
        <source>The recording is on this workstation.</source>
        <translation>录音保存在本工作站。</translation>
    </message>
    <message>
        <source>If the call was recorded, the server is asked for it.</source>
        <translation>如果此通电话有录音，将从服务器获取。</translation>
    </message>
    <message>
        <source>This part of the recording is not here any more, so it cannot be heard.</source>
        <translation>这一段录音已经不在了，无法收听。</translation>
    </message>
    <message>
        <source>A call came, so the recording stopped. It goes on from here afterwards.</source>
        <translation>有来电，录音已停止；之后可从此处继续。</translation>
    </message>
    <message>
        <source>There is nothing to hear it with. Plug in your headset, or choose one in the settings.</source>
        <translation>没有可用的放音设备。请插入耳机，或在设置中选择。</translation>
    </message>
    <message>
        <source>The recording is damaged and cannot be played. Tell IT.</source>
        <translation>录音已损坏，无法播放。请联系 IT。</translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Sign in anew</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Nobody touched this workstation for a while, or you locked it. Calls ring and can be answered, your state stays, and what you wrote is kept. Your password shows everything again.</source>
        <translation>本工位有一段时间无人操作，或您已手动锁定。来电照常振铃、可以接听，状态不变，已填写的内容都已保留。输入密码后恢复显示。</translation>
    </message>
    <message>
        <source>Nobody touched this workstation for a while, or you locked it. Calls ring and can be answered, your state stays, and what you wrote is kept. Sign in anew, and everything is shown again.</source>
        <translation>本工位有一段时间无人操作，或您已手动锁定。来电照常振铃、可以接听，状态不变，已填写的内容都已保留。重新登录后恢复显示。</translation>
    </message>
    <message>
        <source>Your password is needed.</source>
        <translation>请输入密码。</translation>
    </message>
</context>
<context>
    <name>MacroDesk</name>
    <message>
        <source>Macros go into a note, a description or a comment: put the cursor there first.</source>
        <translation>宏用在小结、工单描述或评论里：请先把光标放进去。</translation>
    </message>
    <message>
        <source>Not known here, fill it in yourself: {words}.</source>
        <translation>这里没有以下内容，请自行填写：{words}。</translation>
    </message>
    <message>
        <source>On this ticket it changes: {changes}</source>
        <translation>在这个工单上会更改：{changes}</translation>
    </message>
    <message>
        <source>Status and owner are changed by a comment on the filed ticket.</source>
        <translation>状态和负责人在提交后的工单上用评论更改。</translation>
    </message>
    <message>
        <source>The ticket stays as it is, it cannot go there from here: {status}.</source>
        <translation>工单状态不变，从当前状态不能转到：{status}。</translation>
    </message>
</context>
<context>
    <name>MacroForm</name>
    <message>
        <source>Macro</source>
        <translation>宏</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Whoever writes becomes the owner</source>
        <translation>由填写人负责</translation>
    </message>
    <message>
        <source>Kinds of tickets</source>
        <translation>工单类型</translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation>所有类型</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Every queue</source>
        <translation>所有队列</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Among us</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>To the customer</source>
        <translation>给客户</translation>
    </message>
    <message>
        <source>As chosen there</source>
        <translation>按当时所选</translation>
    </message>
    <message>
        <source>Put a placeholder into the text</source>
        <translation>插入占位符</translation>
    </message>
    <message>
        <source>Offered for kinds</source>
        <translation>适用类型</translation>
    </message>
    <message>
        <source>Offered in queues</source>
        <translation>适用队列</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Comment for whom</source>
        <translation>评论给谁</translation>
    </message>
    <message>
        <source>Status, priority and owner go with a comment on a ticket: both are done, or neither.</source>
        <translation>状态、优先级和负责人随工单评论一起更改：要么都做，要么都不做。</translation>
    </message>
    <message>
        <source>Nobody has changed this macro yet.</source>
        <translation>还没有人改过这个宏。</translation>
    </message>
</context>
<context>
    <name>MacrosDesk</name>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>New macro</source>
        <translation>新建宏</translation>
    </message>
    <message>
        <source>The macro is saved. It reaches everybody with the next sync.</source>
        <translation>宏已保存，下次同步后所有人都能用。</translation>
    </message>
</context>
<context>
    <name>MacrosPage</name>
    <message>
        <source>Macros</source>
        <translation>宏</translation>
    </message>
    <message>
        <source>There is no macro yet.</source>
        <translation>还没有宏。</translation>
    </message>
    <message>
        <source>New macro</source>
        <translation>新建宏</translation>
    </message>
    <message>
        <source>Ticket to try it on</source>
        <translation>用来预览的工单</translation>
    </message>
    <message>
        <source>Typed after a slash, by code, title or pinyin. A change reaches everybody with the next sync.</source>
        <translation>在斜杠后按代码、标题或拼音输入。更改随下次同步到达所有人。</translation>
    </message>
    <message>
        <source>How it reads</source>
        <translation>效果预览</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Agent Desktop</source>
        <translation>坐席工作台</translation>
    </message>
</context>
<context>
    <name>Making</name>
    <message>
        <source>Not a time to come yet: in 1 h, tomorrow 10:00, monday 9:00, 11-25 14:00</source>
        <translation>还不是将来的时间，可写：1小时后、明天 10:00、周一 9:00、11-25 14:00</translation>
    </message>
    <message>
        <source>When is it due? Write in 1 h, or tomorrow 10:00.</source>
        <translation>何时回电？请写：1小时后，或 明天 10:00。</translation>
    </message>
    <message>
        <source>Write what is promised, so that whoever calls knows.</source>
        <translation>请写明承诺的内容，让回电的人知道。</translation>
    </message>
    <message>
        <source>Promised for {when}: {purpose}</source>
        <translation>已承诺 {when}：{purpose}</translation>
    </message>
</context>
<context>
    <name>MarkdownBar</name>
    <message>
        <source>Marks of the text</source>
        <translation>文字格式</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>加粗</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Numbered steps</source>
        <translation>编号步骤</translation>
    </message>
    <message>
        <source>Words to be said to the customer</source>
        <translation>对客户说的话</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Link to an article</source>
        <translation>链接到文章</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture or another file; pasting or dropping one does too</source>
        <translation>插入图片或其他文件；也可以直接粘贴或拖进来</translation>
    </message>
    <message>
        <source>Article to link to</source>
        <translation>要链接的文章</translation>
    </message>
    <message>
        <source>Words of the article</source>
        <translation>输入文章关键词</translation>
    </message>
    <message>
        <source>Articles to link to</source>
        <translation>可链接的文章</translation>
    </message>
</context>
<context>
    <name>MarkingDesk</name>
    <message>
        <source>Play the recording first: the mark is set at the place you hear.</source>
        <translation>请先播放录音：标记会加在正在听的位置。</translation>
    </message>
    <message>
        <source>Marked at {place}. Enter writes a note.</source>
        <translation>已标记 {place}。按回车写备注。</translation>
    </message>
    <message>
        <source>What you wrote is kept here. Enter in the note saves it again.</source>
        <translation>您写的内容已保留在本机。在备注中按回车可重新保存。</translation>
    </message>
    <message>
        <source>This recording has as many marks as the server keeps. Take one of yours away first.</source>
        <translation>这段录音的标记已达服务器上限。请先删除一个您自己的标记。</translation>
    </message>
    <message>
        <source>You may not mark recordings of this call. Ask who leads the team.</source>
        <translation>您不能在这通电话的录音上加标记。请联系该班组的班组长。</translation>
    </message>
    <message>
        <source>The server does not have this recording any more.</source>
        <translation>服务器上已没有这段录音。</translation>
    </message>
</context>
<context>
    <name>MarksPane</name>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Mark this place (M)</source>
        <translation>标记此处（M）</translation>
    </message>
    <message>
        <source>Nobody has marked a place of this call yet. While you listen, M marks the place you hear.</source>
        <translation>这通电话还没有标记。收听时按 M，即可标记正在听的位置。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What is to be heard here</source>
        <translation>这里听到了什么</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Take the mark away</source>
        <translation>删除标记</translation>
    </message>
    <message>
        <source>N next · P before · Enter note · Delete</source>
        <translation>N 下一个 · P 上一个 · 回车写备注 · Delete 删除</translation>
    </message>
    <message>
        <source>Only {name} can change this note.</source>
        <translation>只有{name}可以修改这条备注。</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Without a note</source>
        <translation>无备注</translation>
    </message>
</context>
<context>
    <name>MeasureCard</name>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Team today</source>
        <translation>班组今日</translation>
    </message>
    <message>
        <source>4 weeks</source>
        <translation>近四周</translation>
    </message>
    <message>
        <source>Team, 4 weeks</source>
        <translation>班组近四周</translation>
    </message>
</context>
<context>
    <name>MergeCard</name>
    <message>
        <source>Merge two customers</source>
        <translation>合并两位客户</translation>
    </message>
    <message>
        <source>Let the other one stay</source>
        <translation>改为保留另一位</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>{name} stays</source>
        <translation>保留：{name}</translation>
    </message>
    <message>
        <source>{name} goes into it</source>
        <translation>并入：{name}</translation>
    </message>
    <message>
        <source>The same in both: {fields}</source>
        <translation>两边相同：{fields}</translation>
    </message>
    <message>
        <source>Numbers, tags, notes, contacts, tickets, recordings and appointments of both come together. Whoever looks for {name} finds {other}. The profile says until when it can be undone.</source>
        <translation>双方的号码、标签、备注、联系记录、工单、录音和预约都会合在一起；按{name}查找时会找到{other}。可撤销的期限见资料页。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Contacts: {contacts} · Tickets: {tickets}</source>
        <translation>联系 {contacts} 次 · 工单 {tickets} 个</translation>
    </message>
</context>
<context>
    <name>MergeDesk</name>
    <message>
        <source>{gone} goes into {stays}. It is done as soon as the server has it.</source>
        <translation>{gone}将并入{stays}，服务器收到后即完成。</translation>
    </message>
</context>
<context>
    <name>MergedCard</name>
    <message>
        <source>Merged</source>
        <translation>已合并</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>还有 {count} 个</translation>
    </message>
    <message>
        <source>Being merged: the server has not done it yet.</source>
        <translation>正在合并：服务器尚未完成。</translation>
    </message>
    <message>
        <source>Being parted again: the server has not done it yet.</source>
        <translation>正在撤销合并：服务器尚未完成。</translation>
    </message>
    <message>
        <source>Parted again by {who}, {moment}</source>
        <translation>{who}于 {moment} 撤销了合并</translation>
    </message>
    <message>
        <source>It was written after the merge and stays here: {what}</source>
        <translation>以下内容在合并后写入，留在这里：{what}</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}，{moment}</translation>
    </message>
    <message>
        <source>can be undone until {day}</source>
        <translation>{day}前可撤销</translation>
    </message>
</context>
<context>
    <name>MessageBand</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 条</translation>
    </message>
</context>
<context>
    <name>MessageForm</name>
    <message>
        <source>New message</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>发给谁</translation>
    </message>
    <message>
        <source>Agent or team</source>
        <translation>坐席或班组</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>What they are to know at once</source>
        <translation>需要马上知道的事</translation>
    </message>
    <message>
        <source>Urgent: shown during calls, too</source>
        <translation>紧急：通话中也显示</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>有效时间</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全体人员</translation>
    </message>
    <message>
        <source>At most {count} characters: a message is read in passing. Announcements may be longer.</source>
        <translation>最多 {count} 个字：消息是顺手看一眼的。更长的内容请发公告。</translation>
    </message>
    <message>
        <source>Say for whom it is, and what they are to know.</source>
        <translation>请选择发给谁，并写明内容。</translation>
    </message>
    <message>
        <source>{count} characters left</source>
        <translation>还可输入 {count} 字</translation>
    </message>
    <message>
        <source>Waits {minutes} min to be read</source>
        <translation>{minutes} 分钟内有效</translation>
    </message>
    <message>
        <source>Waits {hours} h to be read</source>
        <translation>{hours} 小时内有效</translation>
    </message>
</context>
<context>
    <name>MessagesDesk</name>
    <message>
        <source>Urgent, {name}, {clock}</source>
        <translation>紧急 {name} {clock}</translation>
    </message>
    <message>
        <source>{name}, {clock}</source>
        <translation>{name} {clock}</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Sent today</source>
        <translation>今日已发</translation>
    </message>
    <message>
        <source>Nothing was sent within a day.</source>
        <translation>一天之内没有发过消息。</translation>
    </message>
    <message>
        <source>Who has read it</source>
        <translation>阅读情况</translation>
    </message>
    <message>
        <source>{whom} · {clock} · until {until}</source>
        <translation>{whom} · {clock} · 有效至 {until}</translation>
    </message>
    <message>
        <source>{read} of {all} read</source>
        <translation>{all} 人中 {read} 人已读</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全体人员</translation>
    </message>
    <message>
        <source>{read} have read it, {unread} have not.</source>
        <translation>{read} 人已读，{unread} 人未读。</translation>
    </message>
    <message>
        <source>Its time is over: who comes now does not see it any more.</source>
        <translation>消息已过期：现在上线的人不会再看到。</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Read {moment}</source>
        <translation>{moment} 已读</translation>
    </message>
</context>
<context>
    <name>MessagingDesk</name>
    <message>
        <source>{count} people are not offered: the site does not let you write to them.</source>
        <translation>另有 {count} 人不在可选之列：本中心的规定不允许您给他们发消息。</translation>
    </message>
    <message>
        <source>Sent to {count}. At the right stands who has read it.</source>
        <translation>已发给 {count} 人。右侧显示谁已读。</translation>
    </message>
    <message>
        <source>{count} there were left out: the site does not let you write to them.</source>
        <translation>其中 {count} 人未发送：本中心的规定不允许您给他们发消息。</translation>
    </message>
</context>
<context>
    <name>MonitoringDesk</name>
    <message>
        <source>Your phone rings, then that of {name}.</source>
        <translation>您的话机先振铃，接起后再呼叫{name}。</translation>
    </message>
</context>
<context>
    <name>NewVersionDesk</name>
    <message>
        <source>A new version of this program is installed. When you are free, close the window and open it again; until then everything here goes on as it is.</source>
        <translation>本程序已安装新版本。空闲时请关闭窗口后重新打开；在此之前一切照常使用。</translation>
    </message>
</context>
<context>
    <name>NewcomersDesk</name>
    <message>
        <source>Nobody whom you lead is new. Say below since when somebody works here: 13 weeks are shown.</source>
        <translation>您带的人里没有新人。请在下方填写入职日期：从入职起显示 13 周。</translation>
    </message>
    <message>
        <source>Week {week}</source>
        <translation>第 {week} 周</translation>
    </message>
    <message>
        <source>You do not lead this person. Their team lead or a duty manager may say it.</source>
        <translation>此人不归您带，请由其班组长或值班经理填写。</translation>
    </message>
    <message>
        <source>Nobody joins on a day that is still to come. Write another day.</source>
        <translation>入职日期不能晚于今天，请重新填写。</translation>
    </message>
</context>
<context>
    <name>NewcomersPane</name>
    <message>
        <source>Newcomers</source>
        <translation>新人</translation>
    </message>
    <message>
        <source>Who is new</source>
        <translation>哪位新人</translation>
    </message>
    <message>
        <source>Joined on, such as 2026-09-01</source>
        <translation>入职日期，如 2026-09-01</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Handled for each hour signed in</source>
        <translation>每签入小时处理量</translation>
    </message>
    <message>
        <source>Solved at the first contact</source>
        <translation>首次解决率</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>Quizzes</source>
        <translation>测验</translation>
    </message>
    <message>
        <source>No inspections yet: nothing here judges quality.</source>
        <translation>尚无质检：系统中还没有质检评分。</translation>
    </message>
    <message>
        <source>The same as a table</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>Since when somebody works here; no day takes it back</source>
        <translation>入职日期（留空则撤销）</translation>
    </message>
    <message>
        <source>Whole line: the newcomer; dashed: the team&apos;s median</source>
        <translation>实线：新人；虚线：班组中位数</translation>
    </message>
    <message>
        <source>Handled an hour</source>
        <translation>每小时处理量</translation>
    </message>
    <message>
        <source>First contact</source>
        <translation>首次解决率</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>对比人数</translation>
    </message>
    <message>
        <source>{own}  (n {count}, median {median})</source>
        <translation>{own}（{count} 次，中位 {median}）</translation>
    </message>
    <message>
        <source>{own}  (n {count})</source>
        <translation>{own}（{count} 次）</translation>
    </message>
    <message>
        <source>{day} is not a day such as 2026-09-01.</source>
        <translation>“{day}”不是日期，请按 2026-09-01 的格式填写。</translation>
    </message>
    <message>
        <source>Choose who is new.</source>
        <translation>请选择哪位是新人。</translation>
    </message>
</context>
<context>
    <name>NewerStep</name>
    <message>
        <source>Go on with this version</source>
        <translation>用当前版本继续</translation>
    </message>
    <message>
        <source>This version is the older one</source>
        <translation>当前是较旧的版本</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>关闭程序</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>No note.</source>
        <translation>没有备注。</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新备注</translation>
    </message>
    <message>
        <source>Write a note, Enter saves it</source>
        <translation>写备注，按 Enter 保存</translation>
    </message>
</context>
<context>
    <name>NoticesPage</name>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>No notices.</source>
        <translation>没有通知。</translation>
    </message>
    <message>
        <source>Enter opens the ticket</source>
        <translation>按回车打开工单</translation>
    </message>
    <message>
        <source>{seen} · Enter goes there</source>
        <translation>{seen} · 按 Enter 前往</translation>
    </message>
    <message>
        <source>Enter goes there · {keys} says that you see to it</source>
        <translation>按 Enter 前往 · 按 {keys} 由您跟进</translation>
    </message>
    <message>
        <source>Enter opens the article</source>
        <translation>按 Enter 打开文章</translation>
    </message>
    <message>
        <source>Over since {moment}</source>
        <translation>{moment} 已恢复</translation>
    </message>
</context>
<context>
    <name>OnScreen</name>
    <message>
        <source>The caller is known: {name}. Choose the open item again to see them.</source>
        <translation>来电人已识别：{name}。重新选择该项即可查看。</translation>
    </message>
</context>
<context>
    <name>OptionLine</name>
    <message>
        <source>Choice in Chinese</source>
        <translation>中文选项</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Choice in English</source>
        <translation>英文选项</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Remove the choice</source>
        <translation>删除选项</translation>
    </message>
</context>
<context>
    <name>OptionsEditor</name>
    <message>
        <source>Add a choice</source>
        <translation>添加选项</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
</context>
<context>
    <name>OrderForm</name>
    <message>
        <source>State and queues</source>
        <translation>状态与队列</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason, which the agent is told</source>
        <translation>原因（会告知坐席）</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Break: {reason}</source>
        <translation>小休：{reason}</translation>
    </message>
    <message>
        <source>Sign out of the queues</source>
        <translation>签出队列</translation>
    </message>
    <message>
        <source>Take from the queue {queue}</source>
        <translation>移出队列：{queue}</translation>
    </message>
    <message>
        <source>Add to the queue {queue}</source>
        <translation>加入队列：{queue}</translation>
    </message>
    <message>
        <source>Speaks no more: {language}</source>
        <translation>取消语言：{language}</translation>
    </message>
    <message>
        <source>Speaks: {language}</source>
        <translation>增加语言：{language}</translation>
    </message>
    <message>
        <source>Reason, for the record alone</source>
        <translation>原因（仅留痕，不告知坐席）</translation>
    </message>
    <message>
        <source>Say why, in {count} characters or more: it stands on record, the agent is not told.</source>
        <translation>请填写原因（至少 {count} 个字）：原因会留痕，不告知坐席。</translation>
    </message>
    <message>
        <source>Say why, in {count} characters or more: the agent is told.</source>
        <translation>请写明原因（至少 {count} 个字），坐席会看到。</translation>
    </message>
</context>
<context>
    <name>Outside</name>
    <message>
        <source>Alert of the floor</source>
        <translation>现场告警</translation>
    </message>
</context>
<context>
    <name>OwedRow</name>
    <message>
        <source>What is owed</source>
        <translation>待兑现的承诺</translation>
    </message>
</context>
<context>
    <name>OwedToCallers</name>
    <message>
        <source>The callback is done with this call: {purpose}</source>
        <translation>客户来电，回电已了结：{purpose}</translation>
    </message>
</context>
<context>
    <name>OwnFiguresDesk</name>
    <message>
        <source>How was the week? Answer without your name in My figures ({key}).</source>
        <translation>这一周心情如何？请在“我的业绩”（{key}）中匿名回答。</translation>
    </message>
    <message>
        <source>Too few answered for anything to be shown.</source>
        <translation>回答人数太少，不显示结果。</translation>
    </message>
    <message>
        <source>{mean} of 5, {count} answers</source>
        <translation>{mean} 分（满分 5），{count} 人回答</translation>
    </message>
    <message>
        <source>Goal reached</source>
        <translation>已达标</translation>
    </message>
    <message>
        <source>Below the goal</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>One of us</source>
        <translation>不具名同事</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未小休</translation>
    </message>
    <message>
        <source>Taken at {time}</source>
        <translation>{time} 已小休</translation>
    </message>
    <message>
        <source>{time} {why}</source>
        <translation>{time} {why}</translation>
    </message>
    <message>
        <source>{time} {who}: {field}</source>
        <translation>{time} {who}：{field}</translation>
    </message>
    <message>
        <source>“{reason}”, after the abusive call of {agent} on {called}</source>
        <translation>“{reason}”，{called} {agent} 的辱骂来电之后</translation>
    </message>
</context>
<context>
    <name>PaperPane</name>
    <message>
        <source>Quiz</source>
        <translation>测验</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>已答题目</translation>
    </message>
    <message>
        <source>You are in a call: question and clock stand still. Afterwards you are where you were.</source>
        <translation>通话中：题目已收起，计时暂停。通话结束后回到原处继续。</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一题</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一题</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>交卷</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>第 {at} / {count} 题</translation>
    </message>
    <message>
        <source>The clock stands still during the call</source>
        <translation>通话中，计时暂停</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{count} without an answer. Hand in all the same?</source>
        <translation>还有 {count} 题未作答，仍要交卷吗？</translation>
    </message>
    <message>
        <source>Hand in all the same</source>
        <translation>仍然交卷</translation>
    </message>
</context>
<context>
    <name>Party</name>
    <message>
        <source>What is said is encrypted on its way.</source>
        <translation>通话内容在传输中已加密。</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>PIN right</source>
        <translation>验密通过</translation>
    </message>
    <message>
        <source>PIN wrong</source>
        <translation>验密未通过</translation>
    </message>
</context>
<context>
    <name>PasswordStep</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in to take calls.</source>
        <translation>登录后开始接听。</translation>
    </message>
    <message>
        <source>Sign in with a password instead</source>
        <translation>改用密码登录</translation>
    </message>
    <message>
        <source>Sign in with {organisation}</source>
        <translation>使用{organisation}登录</translation>
    </message>
    <message>
        <source>Server, name and password are needed.</source>
        <translation>请填写服务器、工号和密码。</translation>
    </message>
    <message>
        <source>The address of the server is needed.</source>
        <translation>请填写服务器地址。</translation>
    </message>
</context>
<context>
    <name>PhoneReport</name>
    <message>
        <source>Report on the phone</source>
        <translation>电话故障报告</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Send this to IT. Numbers and passwords are left out.</source>
        <translation>请把这份报告发给 IT。其中不含号码和密码。</translation>
    </message>
</context>
<context>
    <name>Practice</name>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Done so far: {steps}</source>
        <translation>已完成：{steps}</translation>
    </message>
    <message>
        <source>Nothing done yet.</source>
        <translation>尚未操作。</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>How it reads</source>
        <translation>效果预览</translation>
    </message>
</context>
<context>
    <name>PreviewTable</name>
    <message>
        <source>How the rows will read</source>
        <translation>导入后的样子</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>PrintDesk</name>
    <message>
        <source>Print to PDF</source>
        <translation>打印为 PDF</translation>
    </message>
    <message>
        <source>Your role may not print tickets. Ask who leads your team.</source>
        <translation>您的角色不能打印工单。请联系团队负责人。</translation>
    </message>
    <message>
        <source>The ticket could not be written to {path}. Take another folder.</source>
        <translation>工单无法写入 {path}。请换一个文件夹。</translation>
    </message>
    <message>
        <source>The ticket is in {path}.</source>
        <translation>工单已保存到 {path}。</translation>
    </message>
</context>
<context>
    <name>PrivacyDesk</name>
    <message>
        <source>The server is asked what was asked for…</source>
        <translation>正在向服务器查询申请…</translation>
    </message>
    <message>
        <source>Nothing waits for a decision.</source>
        <translation>没有待审批的申请。</translation>
    </message>
    <message>
        <source>Nobody has asked for an erasure or a copy.</source>
        <translation>还没有人申请删除或副本。</translation>
    </message>
    <message>
        <source>You have asked for no erasure and no copy.</source>
        <translation>您没有提出过删除或副本申请。</translation>
    </message>
    <message>
        <source>Asked for. Somebody else has to decide it.</source>
        <translation>已提出申请，需由另一人审批。</translation>
    </message>
    <message>
        <source>Approved.</source>
        <translation>已批准。</translation>
    </message>
    <message>
        <source>Declined. Nothing was done.</source>
        <translation>已拒绝，未做任何处理。</translation>
    </message>
    <message>
        <source>The hold stands: nothing of the customer is erased until it is lifted.</source>
        <translation>已设置法律保全：解除前不会删除该客户的任何资料。</translation>
    </message>
    <message>
        <source>The hold is lifted.</source>
        <translation>已解除法律保全。</translation>
    </message>
    <message>
        <source>Text to print</source>
        <translation>可打印的文本</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>可核验的文件</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>保存证明</translation>
    </message>
    <message>
        <source>Save the copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Saved as “{path}”.</source>
        <translation>已保存为“{path}”。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Erasures and copies</source>
        <translation>个人信息删除与副本</translation>
    </message>
    <message>
        <source>Which wishes</source>
        <translation>显示哪些申请</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>To be decided</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Two people, always: one asks with a reason, another decides.</source>
        <translation>始终需要两个人：一人说明原因提出申请，另一人审批。</translation>
    </message>
</context>
<context>
    <name>ProductsCard</name>
    <message>
        <source>Products</source>
        <translation>在用产品</translation>
    </message>
    <message>
        <source>No product.</source>
        <translation>没有在用产品。</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>余 {count}</translation>
    </message>
    <message>
        <source>until {month}</source>
        <translation>{month} 到期</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Another person is at work in this window. Close it first; nothing they wrote is lost.</source>
        <translation>另一位坐席正在此窗口工作。请先关闭该窗口，对方写的内容不会丢失。</translation>
    </message>
</context>
<context>
    <name>PromiseLine</name>
    <message>
        <source>Answer by {moment}</source>
        <translation>{moment} 前首次响应</translation>
    </message>
    <message>
        <source>Solve by {moment}</source>
        <translation>{moment} 前办结</translation>
    </message>
    <message>
        <source>The regulator waits until {moment}</source>
        <translation>监管时限至 {moment}</translation>
    </message>
</context>
<context>
    <name>QuestionForm</name>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>True</source>
        <translation>对</translation>
    </message>
    <message>
        <source>False</source>
        <translation>错</translation>
    </message>
    <message>
        <source>Find an article</source>
        <translation>查找文章</translation>
    </message>
    <message>
        <source>File a ticket</source>
        <translation>提交工单</translation>
    </message>
    <message>
        <source>Handle a call</source>
        <translation>处理来电</translation>
    </message>
    <message>
        <source>Type a name or a day</source>
        <translation>输入姓名或日期查找</translation>
    </message>
    <message>
        <source>Find an article or announcement to tie it to</source>
        <translation>查找要关联的文章或公告</translation>
    </message>
    <message>
        <source>Articles and announcements found</source>
        <translation>找到的文章和公告</translation>
    </message>
    <message>
        <source>Enter ties what was found; Delete unties it; Enter reads it.</source>
        <translation>在找到的结果上按 Enter 关联；已关联的按 Enter 阅读，按 Delete 取消关联。</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>What is marked as right is no answer of this question any more: two people changed them. Nobody is asked it until you mark what is right and save.</source>
        <translation>标为正确的答案已不在选项中：两个人先后改过这道题。请重新标出正确答案并保存，在此之前不会抽到这道题。</translation>
    </message>
    <message>
        <source>“{title}” was published anew, so nobody is asked this. Look at it above; if the question is still right, save it as it is.</source>
        <translation>《{title}》已重新发布，本题暂停抽取。请查看上方的变化；若题目仍正确，直接保存即可。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>题型</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>题库</translation>
    </message>
</context>
<context>
    <name>QuestionTablePane</name>
    <message>
        <source>A table of questions</source>
        <translation>题目表格</translation>
    </message>
    <message>
        <source>Write these questions</source>
        <translation>写入这些题目</translation>
    </message>
    <message>
        <source>What would come of each row</source>
        <translation>每一行会怎样</translation>
    </message>
    <message>
        <source>“{name}”: {new} new, {changed} changed, {same} as they are here, {refused} refused</source>
        <translation>“{name}”：新增 {new}，修改 {changed}，已有且相同 {same}，不收 {refused}</translation>
    </message>
    <message>
        <source>The first {count} are written; open the table again for the others.</source>
        <translation>先写入前 {count} 道；其余的请再次打开表格写入。</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>What comes of it</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>QuestionTablesDesk</name>
    <message>
        <source>Questions written: {count}. They are drawn from the next paper on.</source>
        <translation>已写入 {count} 道题，从下一份试卷起抽用。</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Nothing could be written to {path}. Choose another place.</source>
        <translation>无法写入 {path}，请换一个位置。</translation>
    </message>
    <message>
        <source>The template is written: {path}</source>
        <translation>模板已保存：{path}</translation>
    </message>
    <message>
        <source>The table could not be read. Part it, or save it as CSV UTF-8.</source>
        <translation>表格读不出来。请拆成几份，或另存为 CSV UTF-8。</translation>
    </message>
</context>
<context>
    <name>QuestionsDesk</name>
    <message>
        <source>Nothing is asked yet.</source>
        <translation>还没有填写题目。</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>新题目</translation>
    </message>
    <message>
        <source>Version {version}, by {name}</source>
        <translation>第 {version} 版，{name}</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>The question is saved. It is drawn from the next paper on.</source>
        <translation>题目已保存，从下一份试卷起可以抽到。</translation>
    </message>
</context>
<context>
    <name>QuestionsPane</name>
    <message>
        <source>Questions</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>新题目</translation>
    </message>
    <message>
        <source>Those to be looked at stand first: what they were written from was published anew.</source>
        <translation>待复核的排在最前：其依据的文章已重新发布。</translation>
    </message>
    <message>
        <source>There is no question here yet.</source>
        <translation>这里还没有题目。</translation>
    </message>
    <message>
        <source>What it was written from, as it is now</source>
        <translation>依据的文章（当前内容）</translation>
    </message>
    <message>
        <source>What changed since the question was looked at</source>
        <translation>上次复核以来的变化</translation>
    </message>
    <message>
        <source>Still right</source>
        <translation>仍然正确</translation>
    </message>
    <message>
        <source>Change the question</source>
        <translation>修改题目</translation>
    </message>
    <message>
        <source>As whoever is asked sees it</source>
        <translation>考生看到的样子</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Questions from a workbook or CSV, and as one</source>
        <translation>从工作簿或 CSV 导入题目，或导出成表格</translation>
    </message>
    <message>
        <source>Bring in a table…</source>
        <translation>导入表格…</translation>
    </message>
    <message>
        <source>Save a template…</source>
        <translation>保存模板…</translation>
    </message>
    <message>
        <source>Export the questions listed…</source>
        <translation>导出列出的题目…</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>题库</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Every bank</source>
        <translation>全部题库</translation>
    </message>
    <message>
        <source>Every topic</source>
        <translation>全部主题</translation>
    </message>
    <message>
        <source>Every state</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Since the question was looked at: − {gone} lines, + {come} lines.</source>
        <translation>上次复核以来：− {gone} 行，+ {come} 行。</translation>
    </message>
    <message>
        <source>Its words are the same; whom or until when it holds for has changed.</source>
        <translation>文字没有变化，变的是适用对象或有效期。</translation>
    </message>
    <message>
        <source>Bring in a table</source>
        <translation>导入表格</translation>
    </message>
    <message>
        <source>Questions, template.xlsx</source>
        <translation>题目模板.xlsx</translation>
    </message>
    <message>
        <source>Save a template</source>
        <translation>保存模板</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>及时接通</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>我的队列</translation>
    </message>
    <message>
        <source>In time: share of today&apos;s callers answered within the queue&apos;s time limit.</source>
        <translation>及时接通：今日在队列时限内接听的比例。</translation>
    </message>
    <message>
        <source>{queue}: {waiting} waiting</source>
        <translation>{queue}:{waiting} 个等待</translation>
    </message>
    <message>
        <source>No queue yet</source>
        <translation>还没有队列</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Announcements</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Call history</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Call list</source>
        <translation>通话列表</translation>
    </message>
    <message>
        <source>Callbacks and return visits</source>
        <translation>回电与回访</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Leading the floor</source>
        <translation>现场管理</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>实时大屏</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>培训考试</translation>
    </message>
    <message>
        <source>Knowledge and administration</source>
        <translation>知识与管理</translation>
    </message>
    <message>
        <source>Write articles</source>
        <translation>编写文章</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>培训管理</translation>
    </message>
    <message>
        <source>Rules of signals</source>
        <translation>信号规则</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Rules of the company</source>
        <translation>公司规则</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>宏</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>导入表格</translation>
    </message>
    <message>
        <source>Likely duplicates</source>
        <translation>疑似重复客户</translation>
    </message>
    <message>
        <source>Erasures and copies</source>
        <translation>个人信息删除与副本</translation>
    </message>
    <message>
        <source>Gaps of knowledge</source>
        <translation>知识缺口</translation>
    </message>
    <message>
        <source>My figures</source>
        <translation>我的业绩</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席看板</translation>
    </message>
    <message>
        <source>Breaks of the team</source>
        <translation>班组小休</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Compact phone</source>
        <translation>小电话</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 项待处理</translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation>未接来电：{count}</translation>
    </message>
    <message>
        <source>Overdue: {count}</source>
        <translation>已超时：{count}</translation>
    </message>
    <message>
        <source>Waiting for review: {count}</source>
        <translation>待审文章：{count} 篇</translation>
    </message>
    <message>
        <source>Unread: {count}</source>
        <translation>未读 {count} 条</translation>
    </message>
    <message>
        <source>Unread: {count}, must be read: {must}</source>
        <translation>未读 {count} 条，其中必读 {must} 条</translation>
    </message>
    <message>
        <source>To do: {count}</source>
        <translation>待完成：{count}</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>a virus was found in this picture; nobody can see it</source>
        <translation>这张图片中发现病毒，任何人都看不到</translation>
    </message>
    <message>
        <source>this picture is not here yet</source>
        <translation>这张图片还没到这里</translation>
    </message>
</context>
<context>
    <name>ReadingCard</name>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Your name, as a signature</source>
        <translation>输入姓名以签收</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我已阅读</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>I have read it ({seconds} s)</source>
        <translation>我已阅读（{seconds} 秒）</translation>
    </message>
    <message>
        <source>Answer every question first.</source>
        <translation>请先回答每个问题。</translation>
    </message>
    <message>
        <source>Sign with your name first.</source>
        <translation>请先输入姓名签收。</translation>
    </message>
    <message>
        <source>Choose the answer</source>
        <translation>选择答案</translation>
    </message>
    <message>
        <source>Answer the questions</source>
        <translation>回答问题</translation>
    </message>
    <message>
        <source>sign with your name</source>
        <translation>输入姓名签收</translation>
    </message>
    <message>
        <source>Before it counts as read: {what}.</source>
        <translation>签收前须完成：{what}。</translation>
    </message>
</context>
<context>
    <name>ReadingPane</name>
    <message>
        <source>Read as</source>
        <translation>导入方案</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Row of the headings</source>
        <translation>表头所在行</translation>
    </message>
    <message>
        <source>Remember as</source>
        <translation>保存为方案</translation>
    </message>
    <message>
        <source>A name, to read the next file so</source>
        <translation>起个名字，下次照此读取</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Found out</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Found out: {what}</source>
        <translation>自动识别：{what}</translation>
    </message>
    <message>
        <source>Nothing remembered</source>
        <translation>不使用方案</translation>
    </message>
</context>
<context>
    <name>RecordingDesk</name>
    <message>
        <source>A card number is being taken down, so the recording stays paused.</source>
        <translation>正在录入卡号，录音保持暂停。</translation>
    </message>
</context>
<context>
    <name>RecordingPlayer</name>
    <message>
        <source>Recording of the call</source>
        <translation>通话录音</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>{speed}×</source>
        <translation>{speed} 倍</translation>
    </message>
    <message>
        <source>Above: the agent. Below: the others.</source>
        <translation>上：坐席，下：对方</translation>
    </message>
    <message>
        <source>Fetched from the server: {percent} %</source>
        <translation>正在从服务器获取：{percent}%</translation>
    </message>
    <message>
        <source>Nothing was kept here: the recording was paused.</source>
        <translation>此处没有保存声音：录音曾暂停。</translation>
    </message>
    <message>
        <source>Where the line is amber nothing was kept: the recording was paused.</source>
        <translation>进度条橙色处没有保存声音：录音曾暂停。</translation>
    </message>
    <message>
        <source>Silence: {count} (S)</source>
        <translation>静音：{count}（S）</translation>
    </message>
    <message>
        <source>At once: {count} (O)</source>
        <translation>抢话：{count}（O）</translation>
    </message>
    <message>
        <source>From {begin} to {end}</source>
        <translation>{begin} 至 {end}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>RecordingsPage</name>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>全部坐席</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>Of how many days</source>
        <translation>最近天数</translation>
    </message>
    <message>
        <source>How long at least</source>
        <translation>最短时长</translation>
    </message>
    <message>
        <source>{minutes} min and more</source>
        <translation>{minutes} 分钟以上</translation>
    </message>
    <message>
        <source>Any length</source>
        <translation>不限时长</translation>
    </message>
    <message>
        <source>Recorded calls</source>
        <translation>通话录音</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>The server is asked for the calls.</source>
        <translation>正在向服务器查询通话。</translation>
    </message>
    <message>
        <source>No recorded call is like that. Choose more days, or another filter.</source>
        <translation>没有符合条件的录音。请放宽天数或更换筛选条件。</translation>
    </message>
    <message>
        <source>Show more calls</source>
        <translation>显示更多通话</translation>
    </message>
    <message>
        <source>{percent} % arrived</source>
        <translation>已上传 {percent} %</translation>
    </message>
    <message>
        <source>Unknown customer</source>
        <translation>未知客户</translation>
    </message>
    <message>
        <source>Talked: {duration}</source>
        <translation>通话时长：{duration}</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 天</translation>
    </message>
</context>
<context>
    <name>RecoveryStep</name>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Keep your recovery codes</source>
        <translation>请保存恢复码</translation>
    </message>
    <message>
        <source>Each lets you in once without your telephone. They are not shown again: print or save them, and do not keep them on this computer.</source>
        <translation>没有手机时，每个恢复码可登录一次。它们不会再次显示：请打印或另存，不要留在这台电脑上。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>I have kept these codes in a safe place</source>
        <translation>我已把这些恢复码存放在安全的地方</translation>
    </message>
    <message>
        <source>Copied. Paste them where they are safe, then copy something else.</source>
        <translation>已复制。请粘贴到安全的地方，然后再复制点别的内容把它覆盖。</translation>
    </message>
    <message>
        <source>Say first that you have kept the codes: they are not shown again.</source>
        <translation>请先确认已保存恢复码：它们不会再次显示。</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>The server does not answer. You see what is known here; what you choose is kept and sent when it does.</source>
        <translation>服务器没有应答。这里显示本机已知的内容；您的选择会保存，待其应答后发送。</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>{field}: {text}</source>
        <translation>{field}：{text}</translation>
    </message>
</context>
<context>
    <name>RelatedBar</name>
    <message>
        <source>Household and company</source>
        <translation>家庭与公司</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>{side} {name} has an open complaint: {ticket} {subject}</source>
        <translation>{side}{name}有未结投诉：{ticket} {subject}</translation>
    </message>
    <message>
        <source>{side} {name} has an open ticket: {ticket} {subject}</source>
        <translation>{side}{name}有未结工单：{ticket} {subject}</translation>
    </message>
</context>
<context>
    <name>RelationDesk</name>
    <message>
        <source>Choose the other customer from what the search finds.</source>
        <translation>请从搜索结果中选择另一位客户。</translation>
    </message>
</context>
<context>
    <name>RelationForm</name>
    <message>
        <source>Relation</source>
        <translation>关系</translation>
    </message>
    <message>
        <source>Related to</source>
        <translation>关联客户</translation>
    </message>
    <message>
        <source>Search the other customer…</source>
        <translation>搜索另一位客户…</translation>
    </message>
    <message>
        <source>What they are</source>
        <translation>对方的身份</translation>
    </message>
    <message>
        <source>Note on the relation</source>
        <translation>关系备注</translation>
    </message>
    <message>
        <source>Note, Enter saves</source>
        <translation>备注，回车保存</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RelationsCard</name>
    <message>
        <source>Relations</source>
        <translation>关系</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a relation</source>
        <translation>添加关系</translation>
    </message>
    <message>
        <source>No relation.</source>
        <translation>没有关系。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change the relation</source>
        <translation>修改关系</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take the relation away</source>
        <translation>移除关系</translation>
    </message>
    <message>
        <source>It stays on record  Del</source>
        <translation>移除后仍有记录  Del</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Bring the relation back</source>
        <translation>恢复关系</translation>
    </message>
    <message>
        <source>People: {count}</source>
        <translation>人员 {count}</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>还有 {count} 条</translation>
    </message>
    <message>
        <source>Taken away: {name}</source>
        <translation>已移除：{name}</translation>
    </message>
    <message>
        <source>Somebody you may not see</source>
        <translation>您无权查看的客户</translation>
    </message>
    <message>
        <source>Open tickets: {count}</source>
        <translation>未结工单 {count}</translation>
    </message>
    <message>
        <source>Open complaints: {count}</source>
        <translation>未结投诉 {count}</translation>
    </message>
    <message>
        <source>You may not see the other customer, so you cannot change this.</source>
        <translation>您无权查看对方客户，因此不能修改。</translation>
    </message>
</context>
<context>
    <name>Reminding</name>
    <message>
        <source>Due now: {kind} · {name} · {purpose}</source>
        <translation>到时间了：{kind} · {name} · {purpose}</translation>
    </message>
    <message>
        <source>{words} — and {count} more, in the list at the left.</source>
        <translation>{words}——另有 {count} 项，见左侧列表。</translation>
    </message>
</context>
<context>
    <name>ReportMailsDesk</name>
    <message>
        <source>The report is sent by mail from now on.</source>
        <translation>该报表今后将通过邮件发送。</translation>
    </message>
    <message>
        <source>The report is sent by mail no more.</source>
        <translation>该报表不再通过邮件发送。</translation>
    </message>
    <message>
        <source>One of the addresses is not of the company. Reports are sent to no other.</source>
        <translation>有收件人不是公司邮箱，报表只发送到公司邮箱。</translation>
    </message>
    <message>
        <source>The server knows no mail server. Who looks after it names one in its reports.toml.</source>
        <translation>服务器未配置邮件服务器，请管理员在 reports.toml 中填写。</translation>
    </message>
    <message>
        <source>There are as many reports by mail as the server keeps. Drop one first.</source>
        <translation>邮件报表数量已达上限，请先停止一份。</translation>
    </message>
    <message>
        <source>This report is of a team that you do not lead. Choose your own team.</source>
        <translation>该报表属于您不负责的班组，请选择自己的班组。</translation>
    </message>
    <message>
        <source>The daily report is of a team: choose one.</source>
        <translation>班组日报需要选择班组。</translation>
    </message>
    <message>
        <source>Write the time as 07:00.</source>
        <translation>时间请按 07:00 的格式填写。</translation>
    </message>
    <message>
        <source>Choose at least one day of the week.</source>
        <translation>请至少选择一个发送日。</translation>
    </message>
    <message>
        <source>Write at least one address.</source>
        <translation>请至少填写一个收件人。</translation>
    </message>
    <message>
        <source>One report goes to 50 addresses at most. Take an address for a group.</source>
        <translation>一份报表最多 50 个收件人，请使用群组邮箱。</translation>
    </message>
    <message>
        <source>“{address}” is no address. Write it as lead@example.com.</source>
        <translation>“{address}”不是邮箱地址，请按 lead@example.com 的格式填写。</translation>
    </message>
    <message>
        <source>Reports are not sent to {address}: it is no address of {domains}.</source>
        <translation>不能发送到 {address}：不属于 {domains}。</translation>
    </message>
</context>
<context>
    <name>ReportMailsPane</name>
    <message>
        <source>Reports by mail</source>
        <translation>邮件报表</translation>
    </message>
    <message>
        <source>Reports that are sent by mail</source>
        <translation>通过邮件发送的报表</translation>
    </message>
    <message>
        <source>New report by mail</source>
        <translation>新建邮件报表</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>全部班组</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>Of which days</source>
        <translation>日期范围</translation>
    </message>
    <message>
        <source>Beside as many days before</source>
        <translation>与前一时段对比</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>lead@example.com, duty@example.com</source>
        <translation>lead@example.com, duty@example.com</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Send no more</source>
        <translation>停止发送</translation>
    </message>
    <message>
        <source>Back to the report</source>
        <translation>返回报表</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>On</source>
        <translation>发送日</translation>
    </message>
    <message>
        <source>No report is sent by mail yet.</source>
        <translation>还没有通过邮件发送的报表。</translation>
    </message>
    <message>
        <source>The server knows no mail server. Who looks after it names one in its reports.toml.</source>
        <translation>服务器未配置邮件服务器，请管理员在 reports.toml 中填写。</translation>
    </message>
    <message>
        <source>Addresses of {domains}, with commas between them.</source>
        <translation>限 {domains} 的邮箱，多个用逗号分隔。</translation>
    </message>
    <message>
        <source>daily</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>sent {when}</source>
        <translation>{when} 已发送</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>{count} days before</source>
        <translation>前 {count} 天</translation>
    </message>
</context>
<context>
    <name>ReportsDesk</name>
    <message>
        <source>The report is in {path}.</source>
        <translation>报表已保存到 {path}。</translation>
    </message>
    <message>
        <source>The report could not be written to {path}. Take another folder.</source>
        <translation>报表无法写入 {path}，请换一个文件夹。</translation>
    </message>
    <message>
        <source>Write the first and the last day as 2026-01-31, the last not before the first.</source>
        <translation>请按 2026-01-31 的格式填写起止日期，结束日期不早于开始日期。</translation>
    </message>
    <message>
        <source>This report is of {count} days at most. Choose fewer.</source>
        <translation>该报表最多 {count} 天，请缩短日期范围。</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>保存到</translation>
    </message>
    <message>
        <source>That is more than one report holds. Choose fewer days, or narrow it to a queue or an agent.</source>
        <translation>超出一份报表的容量。请减少天数，或限定队列、坐席。</translation>
    </message>
    <message>
        <source>There is no report of these days. Choose others.</source>
        <translation>这些日期没有报表，请另选日期。</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Which report</source>
        <translation>报表种类</translation>
    </message>
    <message>
        <source>Of which days</source>
        <translation>日期范围</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>2026-01-31</source>
        <translation>2026-01-31</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>全部班组</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>全部坐席</translation>
    </message>
    <message>
        <source>By mail</source>
        <translation>邮件发送</translation>
    </message>
    <message>
        <source>Which figures</source>
        <translation>看哪些指标</translation>
    </message>
    <message>
        <source>Figure of the chart</source>
        <translation>图表指标</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>The server is asked for the report.</source>
        <translation>正在向服务器取报表。</translation>
    </message>
    <message>
        <source>Nothing happened in these days that this report is of. Choose others, or less narrow.</source>
        <translation>这些日期内没有该报表的数据。请另选日期或放宽条件。</translation>
    </message>
    <message>
        <source>At most {count} days</source>
        <translation>最多 {count} 天</translation>
    </message>
    <message>
        <source>the first {count} rows of the table</source>
        <translation>表中前 {count} 行</translation>
    </message>
    <message>
        <source>{figure}: {meaning}</source>
        <translation>{figure}：{meaning}</translation>
    </message>
</context>
<context>
    <name>ResultPane</name>
    <message>
        <source>Result</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Another try</source>
        <translation>再考一次</translation>
    </message>
    <message>
        <source>Your answer: {words}</source>
        <translation>你的答案：{words}</translation>
    </message>
    <message>
        <source>Right is: {words}</source>
        <translation>正确答案：{words}</translation>
    </message>
</context>
<context>
    <name>ResultsOut</name>
    <message>
        <source>Each try of each person…</source>
        <translation>每人每次成绩…</translation>
    </message>
    <message>
        <source>Each question…</source>
        <translation>每道题…</translation>
    </message>
    <message>
        <source>Each answer of each person…</source>
        <translation>每人每题作答…</translation>
    </message>
    <message>
        <source>by person</source>
        <translation>按人</translation>
    </message>
    <message>
        <source>by question</source>
        <translation>按题</translation>
    </message>
    <message>
        <source>by answer</source>
        <translation>按作答</translation>
    </message>
    <message>
        <source>Quiz results, {how}</source>
        <translation>测验成绩（{how}）</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>第几次</translation>
    </message>
    <message>
        <source>Points of 100</source>
        <translation>得分（百分制）</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>是否通过</translation>
    </message>
    <message>
        <source>Questions right</source>
        <translation>答对题数</translation>
    </message>
    <message>
        <source>Questions that counted</source>
        <translation>计分题数</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>交卷</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>用时（分钟）</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>作答次数</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>答对</translation>
    </message>
    <message>
        <source>Share right</source>
        <translation>正确率</translation>
    </message>
    <message>
        <source>Best third less worst</source>
        <translation>区分度</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>计分</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>用时（秒）</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>RightPanel</name>
    <message>
        <source>Ticket and knowledge</source>
        <translation>工单与知识库</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>话术</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>RingPopup</name>
    <message>
        <source>Incoming call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>{count} more waiting</source>
        <translation>另有 {count} 个来电</translation>
    </message>
</context>
<context>
    <name>RowForm</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>It has not been saved yet.</source>
        <translation>还没有保存过。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名或名称</translation>
    </message>
</context>
<context>
    <name>ScriptPane</name>
    <message>
        <source>Script</source>
        <translation>话术</translation>
    </message>
    <message>
        <source>The script appears with the next call.</source>
        <translation>下一通来电时显示话术。</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>开场白</translation>
    </message>
    <message>
        <source>Answered in {languages}</source>
        <translation>应答语言：{languages}</translation>
    </message>
    <message>
        <source>Called number {number}</source>
        <translation>被叫号码 {number}</translation>
    </message>
    <message>
        <source>Menu: {path}</source>
        <translation>按键路径：{path}</translation>
    </message>
</context>
<context>
    <name>SeatWatch</name>
    <message>
        <source>Customers are locked</source>
        <translation>客户资料已锁定</translation>
    </message>
</context>
<context>
    <name>SeatsBar</name>
    <message>
        <source>People at work</source>
        <translation>在岗人员</translation>
    </message>
</context>
<context>
    <name>SecondCall</name>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>In the conference</source>
        <translation>会议中</translation>
    </message>
    <message>
        <source>On hold {duration}</source>
        <translation>保持中 {duration}</translation>
    </message>
</context>
<context>
    <name>SetUpStep</name>
    <message>
        <source>Check the code</source>
        <translation>核对验证码</translation>
    </message>
    <message>
        <source>QR code of the secret; the secret stands below it as text</source>
        <translation>密钥的二维码；密钥的文字在其下方</translation>
    </message>
    <message>
        <source>Secret to type</source>
        <translation>手工输入的密钥</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>Your role needs a second factor</source>
        <translation>您的岗位需要第二重验证</translation>
    </message>
    <message>
        <source>1. Open an authenticator on your telephone and let it read this picture, or type the secret into it.</source>
        <translation>1. 在手机上打开验证器应用，扫描此图，或把密钥手工输入进去。</translation>
    </message>
    <message>
        <source>2. Enter the six digits that it shows now.</source>
        <translation>2. 输入它现在显示的六位数字。</translation>
    </message>
    <message>
        <source>A code has six digits.</source>
        <translation>验证码是六位数字。</translation>
    </message>
</context>
<context>
    <name>SettingsDesk</name>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>语言将在重新启动程序后切换。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Less movement</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Health of this workstation</source>
        <translation>工作台健康状况</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>界面大小</translation>
    </message>
    <message>
        <source>Language and size take effect when the program starts again.</source>
        <translation>语言和界面大小在重新启动后生效。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Set by your organisation: {names}. It is written in {places}.</source>
        <translation>由单位统一设置：{names}。写在 {places}。</translation>
    </message>
</context>
<context>
    <name>ShiftDesk</name>
    <message>
        <source>Left from before. {what}</source>
        <translation>上次遗留：{what}</translation>
    </message>
</context>
<context>
    <name>ShiftPlansDesk</name>
    <message>
        <source>The table could not be read. Part it, or save it as CSV UTF-8.</source>
        <translation>表格无法读取。请拆分后再试，或另存为 CSV UTF-8。</translation>
    </message>
</context>
<context>
    <name>ShiftsPane</name>
    <message>
        <source>A table of shifts</source>
        <translation>排班表</translation>
    </message>
    <message>
        <source>Bring these shifts in</source>
        <translation>导入这些排班</translation>
    </message>
    <message>
        <source>Faulty lines</source>
        <translation>有误的行</translation>
    </message>
    <message>
        <source>“{name}”, days of agents: {new} new, {changed} changed, {same} as they are, {cleared} off</source>
        <translation>“{name}”按人日计：新增 {new}，变更 {changed}，不变 {same}，改为休 {cleared}</translation>
    </message>
    <message>
        <source>Brought in. Days of agents: {new} new, {changed} changed, {cleared} off.</source>
        <translation>已导入。按人日计：新增 {new}，变更 {changed}，改为休 {cleared}。</translation>
    </message>
    <message>
        <source>Faulty lines: {count}. The days of their agents stay as they were; mend them and open it again.</source>
        <translation>有误的行：{count}。这些坐席当天的排班保持不变；请改正后重新打开。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Open items</source>
        <translation>打开的项目</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Close a popover, never a call</source>
        <translation>关闭弹出层，绝不会挂断电话</translation>
    </message>
</context>
<context>
    <name>ShownNumber</name>
    <message>
        <source>Customers see {number}, {brand}</source>
        <translation>客户看到 {number}，{brand}</translation>
    </message>
    <message>
        <source>Whichever fits the customer</source>
        <translation>自动选择（按客户所拨号码）</translation>
    </message>
</context>
<context>
    <name>SignInWindow</name>
    <message>
        <source>Sign in · Agent Desktop</source>
        <translation>登录 · 坐席工作台</translation>
    </message>
    <message>
        <source>Agent Desktop</source>
        <translation>坐席工作台</translation>
    </message>
    <message>
        <source>Ctrl+F1: a report for IT</source>
        <translation>Ctrl+F1：给 IT 的诊断报告</translation>
    </message>
</context>
<context>
    <name>SignOffSheet</name>
    <message>
        <source>Sign off</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>保持登录</translation>
    </message>
    <message>
        <source>Sign off all the same</source>
        <translation>仍然签退</translation>
    </message>
    <message>
        <source>Not sent yet: {count}</source>
        <translation>尚未发送：{count} 项</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>还有未完成的工作</translation>
    </message>
    <message>
        <source>It is kept and waits for you here. Tell your lead what cannot wait until your next shift.</source>
        <translation>内容已保留，下次上班可继续处理。如有不能等到下个班次的事项，请告知班长。</translation>
    </message>
    <message>
        <source>The server has not got these changes. They are kept, sealed for the server, and sent in your name as soon as anybody is signed in at this seat.</source>
        <translation>服务器尚未收到这些更改。它们已加密封存（仅服务器可读），只要有人在本席位登录，就会以您的名义发送。</translation>
    </message>
    <message>
        <source>The server has not got these changes. They are kept here, and sent when you sign in at this seat again.</source>
        <translation>服务器尚未收到这些更改。它们保存在本机，您下次在本席位登录时发送。</translation>
    </message>
    <message>
        <source>The server has not got these changes, and this computer forgets them when you log off. Stay signed in until they are sent; if that takes long, call your administrator.</source>
        <translation>服务器尚未收到这些更改，而本机在注销后不会保留它们。请保持登录直至发送完成；如等待过久，请联系管理员。</translation>
    </message>
</context>
<context>
    <name>SignalCard</name>
    <message>
        <source>Puts the reason into the ticket form</source>
        <translation>把原因写入工单表单</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
</context>
<context>
    <name>SignalDesk</name>
    <message>
        <source>{action}: {reason}</source>
        <translation>{action}：{reason}</translation>
    </message>
</context>
<context>
    <name>SignalRow</name>
    <message>
        <source>Signals</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>More signals</source>
        <translation>更多信号</translation>
    </message>
    <message>
        <source>No signals</source>
        <translation>暂无信号</translation>
    </message>
    <message>
        <source>Answered: {signals}</source>
        <translation>已处理：{signals}</translation>
    </message>
</context>
<context>
    <name>SignalRuleForm</name>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Put a fact into the reason</source>
        <translation>在原因中插入事实</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Conditions: all of them together make the signal</source>
        <translation>条件：全部满足才显示信号</translation>
    </message>
    <message>
        <source>Nobody has changed this rule yet.</source>
        <translation>这条规则还没有被修改过。</translation>
    </message>
</context>
<context>
    <name>SignalRulesDesk</name>
    <message>
        <source>New rule</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>The rule is saved. It reaches everybody with the next sync.</source>
        <translation>规则已保存，将随下一次同步到达每个工位。</translation>
    </message>
    <message>
        <source>As soon as the rule is whole, the customers who would show it stand here.</source>
        <translation>规则填写完整后，这里会列出会显示它的客户。</translation>
    </message>
    <message>
        <source>Looking at customers …</source>
        <translation>正在查看客户……</translation>
    </message>
    <message>
        <source>There is no customer with contacts on this workstation to try it on.</source>
        <translation>此工位上没有可供试算的客户。</translation>
    </message>
    <message>
        <source>None of the {all} customers whose contacts came here last would show it.</source>
        <translation>最近有联系的 {all} 位客户中，没有人会显示它。</translation>
    </message>
    <message>
        <source>{count} of the {all} customers whose contacts came here last would show it. For example:</source>
        <translation>最近有联系的 {all} 位客户中，有 {count} 位会显示它，例如：</translation>
    </message>
</context>
<context>
    <name>SignalRulesPage</name>
    <message>
        <source>Rules of signals</source>
        <translation>信号规则</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>Customers who would show it</source>
        <translation>会显示它的客户</translation>
    </message>
    <message>
        <source>The heaviest stands first. A change reaches everybody with the next sync.</source>
        <translation>权重高的排在前面。修改会随下一次同步到达每个工位。</translation>
    </message>
    <message>
        <source>Who would show it</source>
        <translation>哪些客户会显示</translation>
    </message>
</context>
<context>
    <name>SigningIn</name>
    <message>
        <source>Save the recovery codes</source>
        <translation>保存恢复码</translation>
    </message>
    <message>
        <source>Recovery codes of {login} for Agent Desktop ({server}). Each is good once.</source>
        <translation>{login} 的 Agent Desktop 恢复码（{server}）。每个只能用一次。</translation>
    </message>
</context>
<context>
    <name>SigningOff</name>
    <message>
        <source>You are in a call. End it, then sign off.</source>
        <translation>您正在通话中，请结束通话后再签退。</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading…</source>
        <translation>加载中…</translation>
    </message>
</context>
<context>
    <name>SoundCard</name>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Echo cancelling</source>
        <translation>回声消除</translation>
    </message>
    <message>
        <source>Noise suppression</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Try the sound</source>
        <translation>测试声音</translation>
    </message>
    <message>
        <source>Call the echo service</source>
        <translation>拨打回音服务</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
    <message>
        <source>How loud callers hear you</source>
        <translation>对方听到您的音量</translation>
    </message>
    <message>
        <source>How loud you hear callers</source>
        <translation>您听到对方的音量</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Where calls are heard</source>
        <translation>与通话相同</translation>
    </message>
    <message>
        <source>Speak for five seconds…</source>
        <translation>请讲话五秒钟……</translation>
    </message>
    <message>
        <source>This is how callers hear you.</source>
        <translation>对方听到的就是这样。</translation>
    </message>
    <message>
        <source>Your microphone heard nothing. Is it muted, or is another one meant?</source>
        <translation>麦克风没有听到声音。是否已静音，或选错了设备？</translation>
    </message>
    <message>
        <source>If you heard yourself, everything is as it should be.</source>
        <translation>如果您听到了自己的声音，一切正常。</translation>
    </message>
    <message>
        <source>The sound could not be tried. Plug in your headset, and end your call first.</source>
        <translation>无法测试声音。请插好耳机，并先结束通话。</translation>
    </message>
    <message>
        <source>{device} (not plugged in)</source>
        <translation>{device}（未插入）</translation>
    </message>
</context>
<context>
    <name>SourceFields</name>
    <message>
        <source>Case number of the source</source>
        <translation>来源方编号</translation>
    </message>
    <message>
        <source>The number it has there</source>
        <translation>来源方的工单编号</translation>
    </message>
    <message>
        <source>Received there</source>
        <translation>对方收到时间</translation>
    </message>
    <message>
        <source>2026-11-20 14:05, yesterday 9:30; empty: now</source>
        <translation>2026-11-20 14:05、昨天 9:30；不填为现在</translation>
    </message>
    <message>
        <source>Source of the complaint</source>
        <translation>投诉来源</translation>
    </message>
    <message>
        <source>The customer, to us directly</source>
        <translation>客户直接向我们反映</translation>
    </message>
</context>
<context>
    <name>SpeedDial</name>
    <message>
        <source>Speed dial</source>
        <translation>快捷拨号</translation>
    </message>
    <message>
        <source>Add to speed dial</source>
        <translation>添加到快捷拨号</translation>
    </message>
    <message>
        <source>Whom to add</source>
        <translation>添加对象</translation>
    </message>
    <message>
        <source>Name or number</source>
        <translation>姓名或号码</translation>
    </message>
    <message>
        <source>Add colleagues, queues and numbers you often call.</source>
        <translation>可添加同事、队列和常用号码。</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>振铃</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Call {who}</source>
        <translation>呼叫 {who}</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove from speed dial</source>
        <translation>从快捷拨号移除</translation>
    </message>
</context>
<context>
    <name>SpeedDialDesk</name>
    <message>
        <source>Parked call {slot}</source>
        <translation>停泊来电 {slot}</translation>
    </message>
</context>
<context>
    <name>SpeedDialList</name>
    <message>
        <source>Speed dial</source>
        <translation>快捷拨号</translation>
    </message>
</context>
<context>
    <name>StateButton</name>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Wait no longer for a break</source>
        <translation>取消小休排队</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>State: {state}</source>
        <translation>状态：{state}</translation>
    </message>
    <message>
        <source>Break: {reason}</source>
        <translation>小休：{reason}</translation>
    </message>
    <message>
        <source>Break: {reason}, {minutes} min</source>
        <translation>小休：{reason}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>On call · then break</source>
        <translation>通话中 · 之后小休</translation>
    </message>
    <message>
        <source>On call · then after-call work</source>
        <translation>通话中 · 之后话后处理</translation>
    </message>
    <message>
        <source>On call · then sign off</source>
        <translation>通话中 · 之后签退</translation>
    </message>
    <message>
        <source>On call · then ready</source>
        <translation>通话中 · 之后就绪</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>After-call work</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>Reads announcement</source>
        <translation>阅读公告</translation>
    </message>
    <message>
        <source>After an abusive call</source>
        <translation>缓和小休</translation>
    </message>
    <message>
        <source>Did not answer</source>
        <translation>未接来电</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>已签退</translation>
    </message>
</context>
<context>
    <name>Stranger</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Name of the caller</source>
        <translation>来电人姓名</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Company, if any</source>
        <translation>公司（可不填）</translation>
    </message>
    <message>
        <source>Create customer</source>
        <translation>新建客户</translation>
    </message>
    <message>
        <source>Search instead</source>
        <translation>改为搜索</translation>
    </message>
    <message>
        <source>Customers who may be the caller</source>
        <translation>可能是来电人的客户</translation>
    </message>
    <message>
        <source>The caller withholds the number</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>Ask for the name or the customer number, then search; or create the customer.</source>
        <translation>请询问姓名或客户编号后搜索，或新建客户。</translation>
    </message>
    <message>
        <source>There already? Enter on a line attaches the number to them.</source>
        <translation>已有这位客户？在该行按回车，把号码加给他。</translation>
    </message>
    <message>
        <source>Not in the local copy; asking the server…</source>
        <translation>本地没有此号码，正在查询服务器…</translation>
    </message>
    <message>
        <source>Nobody has this number yet. Ask for the name and create the customer, or search.</source>
        <translation>还没有客户使用此号码。请询问姓名后新建，或搜索已有客户。</translation>
    </message>
    <message>
        <source>Privacy number of {platform}</source>
        <translation>{platform}隐私号</translation>
    </message>
    <message>
        <source>It tells of nobody and is not kept. Ask for the name or their own number, then search.</source>
        <translation>隐私号不属于任何客户，也不会保存。请询问姓名或本人号码，再搜索。</translation>
    </message>
    <message>
        <source>There already? Enter on a line opens them.</source>
        <translation>已经有这位客户？选中一行按回车打开。</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>请填写姓名。</translation>
    </message>
</context>
<context>
    <name>SubtasksPanel</name>
    <message>
        <source>Sub-tasks</source>
        <translation>子任务</translation>
    </message>
    <message>
        <source>The ticket is resolved once these are.</source>
        <translation>子任务全部解决后，本单才能解决。</translation>
    </message>
</context>
<context>
    <name>SynonymForm</name>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
    <message>
        <source>Nobody has changed this set yet.</source>
        <translation>这组词还没有人改过。</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Words, one a line</source>
        <translation>词语，每行一个</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>SynonymsDesk</name>
    <message>
        <source>New set</source>
        <translation>新建一组</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>The set is saved. It reaches every search with the next sync.</source>
        <translation>这组词已保存，下次同步后所有人的搜索都会用上。</translation>
    </message>
</context>
<context>
    <name>SynonymsPage</name>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>新建一组</translation>
    </message>
    <message>
        <source>Who searches for one word of a set finds the others too, further down. No index is made anew.</source>
        <translation>搜索一组中的任何一个词，也能搜到用其他词写的文章，排在后面。无需重建索引。</translation>
    </message>
    <message>
        <source>There is no set yet.</source>
        <translation>还没有同义词。</translation>
    </message>
    <message>
        <source>What it finds</source>
        <translation>现在能搜到什么</translation>
    </message>
    <message>
        <source>“{word}”: {count} articles, {without} without this set; first “{title}”</source>
        <translation>“{word}”：{count} 篇，没有这组词时 {without} 篇；第一篇是“{title}”</translation>
    </message>
    <message>
        <source>“{word}”: no article, with this set or without</source>
        <translation>“{word}”：有没有这组词都搜不到文章</translation>
    </message>
</context>
<context>
    <name>TablePane</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Columns that nobody knows, passed over: {names}.</source>
        <translation>不认识、已略过的列：{names}。</translation>
    </message>
</context>
<context>
    <name>TalkingPage</name>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>提示音</translation>
    </message>
    <message>
        <source>Ringing there…</source>
        <translation>对方振铃…</translation>
    </message>
    <message>
        <source>Dialling…</source>
        <translation>正在呼叫…</translation>
    </message>
    <message>
        <source>Ending…</source>
        <translation>正在结束…</translation>
    </message>
    <message>
        <source>On hold {duration}</source>
        <translation>保持中 {duration}</translation>
    </message>
    <message>
        <source>Held there too</source>
        <translation>对方也在保持</translation>
    </message>
    <message>
        <source>Held there</source>
        <translation>对方保持中</translation>
    </message>
    <message>
        <source>Your microphone is silent. Check the headset.</source>
        <translation>麦克风没有声音，请检查耳机。</translation>
    </message>
    <message>
        <source>Recording paused</source>
        <translation>录音已暂停</translation>
    </message>
    <message>
        <source>Recording broke off</source>
        <translation>录音已中断</translation>
    </message>
</context>
<context>
    <name>TeachingPage</name>
    <message>
        <source>Teaching</source>
        <translation>培训管理</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>栏目</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Assignments and results</source>
        <translation>指派与成绩</translation>
    </message>
    <message>
        <source>Newcomers</source>
        <translation>新人</translation>
    </message>
</context>
<context>
    <name>TeamBreaksDesk</name>
    <message>
        <source>{who} is longer on “{reason}” than the {minutes} min it is meant to last.</source>
        <translation>{who} 的“{reason}”已超过规定的 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{who} let a caller ring in vain, and is offered none until they are ready again.</source>
        <translation>{who}有来电振铃未接，已自动置为未就绪；恢复就绪前不再分配来电。</translation>
    </message>
    <message>
        <source>Nothing is heard of the workstation of {who} since {time}. Soon they are signed out of the queues.</source>
        <translation>{who}的工作站自 {time} 起失联，稍后将自动签出队列。</translation>
    </message>
    <message>
        <source>{who} asks for a break: {reason}. Agree or refuse on the page Breaks (Ctrl+Shift+7).</source>
        <translation>{who} 申请小休：{reason}。请在“班组小休”页（Ctrl+Shift+7）批准或拒绝。</translation>
    </message>
    <message>
        <source>On a break: {away} · waiting: {waiting} · asking: {asking}</source>
        <translation>小休中 {away} · 排队 {waiting} · 待批 {asking}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>Asks you</source>
        <translation>待批准</translation>
    </message>
    <message>
        <source>In line, {place}</source>
        <translation>排队 第 {place} 位</translation>
    </message>
    <message>
        <source>May go</source>
        <translation>可以离席</translation>
    </message>
    <message>
        <source>Over by {time}</source>
        <translation>已超时 {time}</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>小休</translation>
    </message>
</context>
<context>
    <name>TeamCarePane</name>
    <message>
        <source>After hard calls today</source>
        <translation>今日难缠来电之后</translation>
    </message>
    <message>
        <source>How teams feel</source>
        <translation>班组心情</translation>
    </message>
    <message>
        <source>Looks at data of abusive callers, 30 days</source>
        <translation>近 30 天对辱骂来电者资料的查看</translation>
    </message>
    <message>
        <source>Nobody whom you lead had a hard call today.</source>
        <translation>您带的坐席今天没有难缠来电。</translation>
    </message>
    <message>
        <source>No question of a week is over yet.</source>
        <translation>还没有已结束的每周心情问题。</translation>
    </message>
    <message>
        <source>Nobody looked at data of an abusive caller within 7 days of the call.</source>
        <translation>没有人在辱骂来电后 7 天内查看过来电者的资料。</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Hard calls</source>
        <translation>难缠来电</translation>
    </message>
    <message>
        <source>Calls since the last one</source>
        <translation>此后接听</translation>
    </message>
    <message>
        <source>Talked since then</source>
        <translation>此后通话</translation>
    </message>
    <message>
        <source>Break for it</source>
        <translation>为此小休</translation>
    </message>
</context>
<context>
    <name>TellEditors</name>
    <message>
        <source>A word for the editors, if you like</source>
        <translation>可以给编辑留句话（选填）</translation>
    </message>
    <message>
        <source>Tell the editors</source>
        <translation>告诉编辑</translation>
    </message>
    <message>
        <source>Whoever writes the articles can be told; you hear of it when one answers “{question}”.</source>
        <translation>可以告诉知识库编辑；有文章能回答“{question}”时会通知您。</translation>
    </message>
</context>
<context>
    <name>TextAnswer</name>
    <message>
        <source>Your answer</source>
        <translation>你的答案</translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>关于什么问题？</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Type a part of it</source>
        <translation>输入关键字选择</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>What the customer says, what you did</source>
        <translation>客户说了什么，您做了什么</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Saved {clock}</source>
        <translation>草稿已保存 {clock}</translation>
    </message>
    <message>
        <source>Draft not saved</source>
        <translation>草稿未保存</translation>
    </message>
</context>
<context>
    <name>TicketNews</name>
    <message>
        <source>{who} gave you ticket {ticket}.</source>
        <translation>{who} 把工单 {ticket} 转给了您。</translation>
    </message>
    <message>
        <source>Ticket {ticket} is yours now.</source>
        <translation>工单 {ticket} 现在由您负责。</translation>
    </message>
    <message>
        <source>{who} commented on ticket {ticket}.</source>
        <translation>{who} 在工单 {ticket} 上写了备注。</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
</context>
<context>
    <name>TicketPageDesk</name>
    <message>
        <source>This ticket is not on this workstation.</source>
        <translation>这张工单不在本工作站上。</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>正在询问服务器……</translation>
    </message>
    <message>
        <source>No ticket {number} is on this workstation.</source>
        <translation>本工作站上没有工单 {number}。</translation>
    </message>
    <message>
        <source>That is this ticket.</source>
        <translation>这就是当前工单。</translation>
    </message>
    <message>
        <source>A ticket is merged into an open one of the same customer.</source>
        <translation>工单只能并入同一客户未完成的工单。</translation>
    </message>
    <message>
        <source>Draft kept</source>
        <translation>草稿已保存</translation>
    </message>
</context>
<context>
    <name>TicketPractice</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>File in the practice</source>
        <translation>在练习中提交</translation>
    </message>
</context>
<context>
    <name>TicketsCard</name>
    <message>
        <source>Open tickets</source>
        <translation>未结工单</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>新建工单</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>Promise a callback</source>
        <translation>承诺回电</translation>
    </message>
    <message>
        <source>No open ticket.</source>
        <translation>没有未结工单。</translation>
    </message>
    <message>
        <source>In the tickets tab: {count} more</source>
        <translation>工单页中还有 {count} 个</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>after-call work {time}</source>
        <translation>话后处理 {time}</translation>
    </message>
    <message>
        <source>{time} too long</source>
        <translation>超时 {time}</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>暂无记录</translation>
    </message>
    <message>
        <source>Today · {day}</source>
        <translation>今天 · {day}</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>近 7 天</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Ticket {number}</source>
        <translation>工单 {number}</translation>
    </message>
    <message>
        <source>{rating} of 5</source>
        <translation>{rating} 分</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>已邀请</translation>
    </message>
    <message>
        <source>Locked that day</source>
        <translation>当日锁定</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Level {level}</source>
        <translation>{level} 级</translation>
    </message>
    <message>
        <source>Shown: {number}</source>
        <translation>外显 {number}</translation>
    </message>
    <message>
        <source>due {moment}</source>
        <translation>{moment} 到期</translation>
    </message>
</context>
<context>
    <name>Today</name>
    <message>
        <source>Callers waiting: {count}</source>
        <translation>等待中的来电：{count}</translation>
    </message>
    <message>
        <source>Nobody is waiting</source>
        <translation>当前无人等待</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>Missed · call back</source>
        <translation>未接 · 待回拨</translation>
    </message>
    <message>
        <source>Call in · {queue}</source>
        <translation>来电 · {queue}</translation>
    </message>
    <message>
        <source>Call in</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后</translation>
    </message>
    <message>
        <source>PIN check</source>
        <translation>转IVR验密</translation>
    </message>
    <message>
        <source>{count} possible customers</source>
        <translation>{count} 位可能的客户</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Top bar</source>
        <translation>顶栏</translation>
    </message>
    <message>
        <source>Search customers, tickets and knowledge</source>
        <translation>搜索客户、工单和知识</translation>
    </message>
    <message>
        <source>Search customers, tickets, knowledge…</source>
        <translation>搜索客户、工单、知识…</translation>
    </message>
    <message>
        <source>No phone account</source>
        <translation>没有电话账号</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>尚未同步</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Agent Desktop</source>
        <translation>坐席工作台</translation>
    </message>
    <message>
        <source>{name}, extension {extension}</source>
        <translation>{name}，分机 {extension}</translation>
    </message>
    <message>
        <source>Calls today: {calls} · {average} on average</source>
        <translation>今日通话 {calls} · 均 {average}</translation>
    </message>
    <message>
        <source>Line ready</source>
        <translation>线路正常</translation>
    </message>
    <message>
        <source>Line connecting…</source>
        <translation>线路连接中…</translation>
    </message>
    <message>
        <source>No line</source>
        <translation>线路断开</translation>
    </message>
    <message>
        <source>Direct line</source>
        <translation>直连线路</translation>
    </message>
    <message>
        <source>Line good {mos}</source>
        <translation>线路优 {mos}</translation>
    </message>
    <message>
        <source>Line fair {mos}</source>
        <translation>线路一般 {mos}</translation>
    </message>
    <message>
        <source>Line poor {mos}</source>
        <translation>线路差 {mos}</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>Everything was sent and fetched at {moment}.</source>
        <translation>{moment} 已全部收发完毕。</translation>
    </message>
    <message>
        <source>Syncing {share}</source>
        <translation>同步中 {share}</translation>
    </message>
    <message>
        <source>Changes that wait to be sent: {count}.</source>
        <translation>{count} 项更改待发送。</translation>
    </message>
    <message>
        <source>Syncing {count}</source>
        <translation>同步中 {count}</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>同步中</translation>
    </message>
    <message>
        <source>Offline · {count} waiting</source>
        <translation>离线 · {count} 项待同步</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Conflicts {count}</source>
        <translation>冲突 {count}</translation>
    </message>
    <message>
        <source>Somebody else changed what you changed. Press to compare and decide.</source>
        <translation>其他人改动了您改动的内容。点按可对比并决定。</translation>
    </message>
    <message>
        <source>{count} need attention</source>
        <translation>{count} 项需要处理</translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation>需要更新</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>请重新登录</translation>
    </message>
    <message>
        <source>Stopped by IT</source>
        <translation>已被 IT 停用</translation>
    </message>
    <message>
        <source>{count} unread</source>
        <translation>{count} 条未读</translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>Place in the recording, in seconds</source>
        <translation>录音位置（秒）</translation>
    </message>
    <message>
        <source>{count} marked</source>
        <translation>已标记 {count} 处</translation>
    </message>
</context>
<context>
    <name>TrailPanel</name>
    <message>
        <source>History</source>
        <translation>变更记录</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>正在询问服务器……</translation>
    </message>
    <message>
        <source>As it was read {moment}. {trouble}</source>
        <translation>以下为 {moment} 读取的内容。{trouble}</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>{moment}, done {done}</source>
        <translation>{moment}，操作于 {done}</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>{field}: {text}</source>
        <translation>{field}：{text}</translation>
    </message>
    <message>
        <source>{field}: {before} → {after}</source>
        <translation>{field}：{before} → {after}</translation>
    </message>
</context>
<context>
    <name>TrainingDesk</name>
    <message>
        <source>Hand this one in first.</source>
        <translation>请先交这一份。</translation>
    </message>
    <message>
        <source>The clock runs from the moment you begin, and goes on if the program is closed. A call pauses it. It works without the server, too.</source>
        <translation>开始后即计时，关闭程序也不会停；通话时暂停计时。断网时也能作答。</translation>
    </message>
    <message>
        <source>{title} came to {score} of 100: {word}</source>
        <translation>{title}：{score} 分，{word}</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>You have begun. Everything you answered is there.</source>
        <translation>已经开始作答，之前的答案都在。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Handed in, and nothing of it changes any more. The result comes when the server has it.</source>
        <translation>已交卷，答案不能再改。服务器收到后给出成绩。</translation>
    </message>
    <message>
        <source>There are too few questions for it yet ({count} are missing). Tell who assigned it.</source>
        <translation>题库题目不足（还缺 {count} 题），请告知布置人。</translation>
    </message>
    <message>
        <source>The questions come with the next sync.</source>
        <translation>题目将随下次同步到达。</translation>
    </message>
    <message>
        <source>It was not taken in time. Ask your lead if you are to take it later.</source>
        <translation>未按时参加。如需补考，请联系班长。</translation>
    </message>
    <message>
        <source>Everything was read.</source>
        <translation>已全部读完。</translation>
    </message>
    <message>
        <source>The time is over: it is handed in as it stands.</source>
        <translation>时间到，已按当前答案交卷。</translation>
    </message>
    <message>
        <source>No longer published</source>
        <translation>已下架</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Still to read: {count}. Each counts after {seconds} s on the screen; then comes the quiz.</source>
        <translation>还有 {count} 篇未读。每篇停留 {seconds} 秒计为已读，读完后进入测验。</translation>
    </message>
    <message>
        <source>Read already.</source>
        <translation>已经读过。</translation>
    </message>
    <message>
        <source>{seconds} s until it counts as read</source>
        <translation>再停留 {seconds} 秒计为已读</translation>
    </message>
    <message>
        <source>Read.</source>
        <translation>已读。</translation>
    </message>
    <message>
        <source>Handed in {moment}</source>
        <translation>{moment} 交卷</translation>
    </message>
    <message>
        <source>time taken: {time}</source>
        <translation>用时 {time}</translation>
    </message>
    <message>
        <source>try {nth}</source>
        <translation>第 {nth} 次</translation>
    </message>
    <message>
        <source>after it was due</source>
        <translation>逾期交卷</translation>
    </message>
    <message>
        <source>{score} of 100</source>
        <translation>{score} 分</translation>
    </message>
    <message>
        <source>Open the article</source>
        <translation>打开文章</translation>
    </message>
</context>
<context>
    <name>TrainingInHands</name>
    <message>
        <source>The rule of every week</source>
        <translation>每周自动抽题</translation>
    </message>
    <message>
        <source>A failed quality item</source>
        <translation>质检项不合格</translation>
    </message>
    <message>
        <source>Searching in vain</source>
        <translation>搜索无果</translation>
    </message>
    <message>
        <source>Assigned by {name}</source>
        <translation>{name}指派</translation>
    </message>
    <message>
        <source>The bank lacks {count} questions</source>
        <translation>题库缺 {count} 题</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待完成</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Everybody is right: it asks nothing</source>
        <translation>人人答对：没有区分度</translation>
    </message>
    <message>
        <source>Nobody is right: look at it</source>
        <translation>无人答对：请复核</translation>
    </message>
    <message>
        <source>The worst are as right as the best: look at it</source>
        <translation>后三分之一不比前三分之一差：请复核</translation>
    </message>
    <message>
        <source>Taken back: {count}. They hear of it with the next sync.</source>
        <translation>已撤回 {count} 项，下次同步后对方会看到。</translation>
    </message>
    <message>
        <source>Due later: {count}.</source>
        <translation>已延期 {count} 项。</translation>
    </message>
    <message>
        <source>Write how many days more, 1 to 90.</source>
        <translation>请填写延长的天数，1 到 90。</translation>
    </message>
    <message>
        <source>Choose in the table what is still open.</source>
        <translation>请先在表中选择尚未完成的任务。</translation>
    </message>
    <message>
        <source>Assigned to {count}. It reaches them with the next sync.</source>
        <translation>已指派 {count} 人，下次同步后送达。</translation>
    </message>
    <message>
        <source>Choose a quiz or a course.</source>
        <translation>请选择测验或课程。</translation>
    </message>
    <message>
        <source>Choose people or a team.</source>
        <translation>请选择人员或班组。</translation>
    </message>
    <message>
        <source>Write after how many days it is due, 1 to 90.</source>
        <translation>请填写几天内完成（1 到 90）。</translation>
    </message>
    <message>
        <source>The reason is too long. Write it shorter.</source>
        <translation>原因过长，请精简。</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Training</source>
        <translation>培训考试</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待完成</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Nothing is to do. What is assigned to you appears here.</source>
        <translation>暂无待办。分配给你的培训会出现在这里。</translation>
    </message>
</context>
<context>
    <name>TrainingPane</name>
    <message>
        <source>Assignments and results</source>
        <translation>指派与成绩</translation>
    </message>
    <message>
        <source>Quiz or course</source>
        <translation>测验或课程</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Nobody by name</source>
        <translation>未按人选择</translation>
    </message>
    <message>
        <source>Whole teams</source>
        <translation>整个班组</translation>
    </message>
    <message>
        <source>No whole team</source>
        <translation>未选班组</translation>
    </message>
    <message>
        <source>Due after days</source>
        <translation>几天内完成</translation>
    </message>
    <message>
        <source>Why, for whoever gets it</source>
        <translation>原因（对方可见）</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>指派</translation>
    </message>
    <message>
        <source>Results of</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What was assigned</source>
        <translation>已指派</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>按人员</translation>
    </message>
    <message>
        <source>By question</source>
        <translation>按题目</translation>
    </message>
    <message>
        <source>By team</source>
        <translation>按班组</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Days more</source>
        <translation>延长天数</translation>
    </message>
    <message>
        <source>Due later</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>Nobody has handed in an answer to this quiz yet.</source>
        <translation>这项测验还没有人交卷。</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>答对</translation>
    </message>
    <message>
        <source>Best third less worst</source>
        <translation>区分度（前后三分之一）</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>需关注</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Nobody has to do these {count} any more. Take them back?</source>
        <translation>选中的 {count} 项将不再要求完成，确定撤回吗？</translation>
    </message>
    <message>
        <source>Take back all the same</source>
        <translation>仍要撤回</translation>
    </message>
</context>
<context>
    <name>TransferPanel</name>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Transfer to</source>
        <translation>转接到</translation>
    </message>
    <message>
        <source>Number, extension or name</source>
        <translation>号码、分机或姓名</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Consult first</source>
        <translation>先咨询</translation>
    </message>
    <message>
        <source>Transfer now</source>
        <translation>盲转</translation>
    </message>
    <message>
        <source>Enter: consult first</source>
        <translation>Enter：先咨询</translation>
    </message>
    <message>
        <source>Ctrl+Enter: transfer now</source>
        <translation>Ctrl+Enter：盲转</translation>
    </message>
    <message>
        <source>Enter: transfer now</source>
        <translation>Enter：盲转</translation>
    </message>
    <message>
        <source>Transfer {who}</source>
        <translation>转接 {who}</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>振铃</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Enter a number, an extension or a name first.</source>
        <translation>请先输入号码、分机或姓名。</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open the window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <source>Compact phone</source>
        <translation>小电话</translation>
    </message>
    <message>
        <source>Agent Desktop</source>
        <translation>坐席工作台</translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation>未接来电：{count}</translation>
    </message>
</context>
<context>
    <name>UpdateBand</name>
    <message>
        <source>New version</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Start again now</source>
        <translation>立即重启</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
</context>
<context>
    <name>VersionsPane</name>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Write this again</source>
        <translation>恢复此版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>No version was published yet.</source>
        <translation>还没有发布过的版本。</translation>
    </message>
    <message>
        <source>From this version to the text now: − {gone} lines, + {come} lines.</source>
        <translation>从该版本到现在的文字：− {gone} 行，+ {come} 行。</translation>
    </message>
    <message>
        <source>The text now is the same.</source>
        <translation>与现在的文字相同。</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Keep for the team</source>
        <translation>保存为团队视图</translation>
    </message>
    <message>
        <source>Drop this view</source>
        <translation>删除此视图</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>Name, then Enter</source>
        <translation>输入名称，按回车</translation>
    </message>
    <message>
        <source>Default view</source>
        <translation>默认视图</translation>
    </message>
    <message>
        <source>{name} · team</source>
        <translation>{name} · 团队</translation>
    </message>
</context>
<context>
    <name>WallboardPage</name>
    <message>
        <source>Wallboard</source>
        <translation>实时大屏</translation>
    </message>
    <message>
        <source>Queues on the board</source>
        <translation>大屏显示的队列</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Callers and answers, every 15 min</source>
        <translation>呼入与接通（每 15 分钟）</translation>
    </message>
    <message>
        <source>Service level, every 15 min</source>
        <translation>服务水平（每 15 分钟）</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Handle</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Occup.</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>暂无数据</translation>
    </message>
    <message>
        <source>They come as soon as the server tells them.</source>
        <translation>服务器给出数据后会自动显示。</translation>
    </message>
    <message>
        <source>No queue yet</source>
        <translation>还没有队列</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time} 起</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>已跟进</translation>
    </message>
    <message>
        <source>{alert}: agents {count}</source>
        <translation>{alert}：{count} 人</translation>
    </message>
    <message>
        <source>Callers</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>接通</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>服务水平</translation>
    </message>
    <message>
        <source>Back to the window</source>
        <translation>退出全屏</translation>
    </message>
    <message>
        <source>Live · {seconds} s ago</source>
        <translation>实时 · {seconds} 秒前</translation>
    </message>
    <message>
        <source>As of {time}, no news since</source>
        <translation>截至 {time}，之后没有新数据</translation>
    </message>
    <message>
        <source>Offline · as of {time}</source>
        <translation>已断开 · 截至 {time}</translation>
    </message>
    <message>
        <source>The server does not answer. The figures go on by themselves when it does.</source>
        <translation>服务器没有响应。恢复后数据会自动继续更新。</translation>
    </message>
    <message>
        <source>The server answers, but tells no figures: ask who looks after it.</source>
        <translation>服务器有响应，但没有给出数据：请联系系统维护人员。</translation>
    </message>
    <message>
        <source>No telephone exchange is connected: nobody knows who waits.</source>
        <translation>未连接电话交换机：无法得知排队情况。</translation>
    </message>
    <message>
        <source>{count} callers today</source>
        <translation>今日呼入 {count}</translation>
    </message>
    <message>
        <source>for who asks now</source>
        <translation>按此刻进线估算</translation>
    </message>
    <message>
        <source>{minutes} min {level} · {goal}</source>
        <translation>近 {minutes} 分 {level} · {goal}</translation>
    </message>
    <message>
        <source>{seconds} s · {minutes} min {level} · {goal}</source>
        <translation>{seconds} 秒 · 近 {minutes} 分 {level} · {goal}</translation>
    </message>
    <message>
        <source>{answered} of {all}</source>
        <translation>{answered} / {all} 通</translation>
    </message>
    <message>
        <source>{left} · at once {short}</source>
        <translation>{left} 通 · 秒挂 {short}</translation>
    </message>
    <message>
        <source>talk {talk} hold {hold} wrap {wrap}</source>
        <translation>通话 {talk} 保持 {hold} 话后 {wrap}</translation>
    </message>
    <message>
        <source>goal {goal}</source>
        <translation>目标 {goal}</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>Est.</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>服务水平</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>接通率</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>放弃率</translation>
    </message>
    <message>
        <source>ASA</source>
        <translation>平均应答</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>When all of these hold</source>
        <translation>满足全部条件时</translation>
    </message>
    <message>
        <source>When one of these holds</source>
        <translation>满足任一条件时</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>There is no room for more conditions.</source>
        <translation>不能再添加条件。</translation>
    </message>
</context>
<context>
    <name>WishFrame</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>WishPane</name>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why, without name or number; kept for years</source>
        <translation>原因，不写姓名和号码；将保存多年</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Legal hold</source>
        <translation>法律保全</translation>
    </message>
    <message>
        <source>Certificate of erasure</source>
        <translation>删除证明</translation>
    </message>
    <message>
        <source>Save the certificate…</source>
        <translation>保存证明…</translation>
    </message>
    <message>
        <source>Fetch the copy…</source>
        <translation>获取副本…</translation>
    </message>
    <message>
        <source>Lift the hold</source>
        <translation>解除保全</translation>
    </message>
    <message>
        <source>Say in a few words why.</source>
        <translation>请简要说明原因。</translation>
    </message>
    <message>
        <source>There is a legal hold. Lift it first.</source>
        <translation>已设置法律保全，请先解除。</translation>
    </message>
</context>
<context>
    <name>WrapUpForm</name>
    <message>
        <source>Wrap-up</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>What was said and done</source>
        <translation>客户说了什么，您做了什么</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>全部字段</translation>
    </message>
    <message>
        <source>When to call back</source>
        <translation>何时回电</translation>
    </message>
    <message>
        <source>tomorrow 10:00, in 2 h, Friday</source>
        <translation>明天10点、2小时后、周五</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>话后小结</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
</context>
<context>
    <name>WrapUpPage</name>
    <message>
        <source>After-call work</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>{seconds} s more</source>
        <translation>延长 {seconds} 秒</translation>
    </message>
    <message>
        <source>Done, take the break</source>
        <translation>完成，开始小休</translation>
    </message>
    <message>
        <source>Time is up. Choose what the call came to (Ctrl+E), then it ends.</source>
        <translation>时间已到，请选择话后小结（Ctrl+E）后结束。</translation>
    </message>
    <message>
        <source>Over time. It ends when you say so.</source>
        <translation>已超时，由您手动结束。</translation>
    </message>
    <message>
        <source>{seconds} s left; choose what the call came to (Ctrl+E)</source>
        <translation>还剩 {seconds} 秒，请选择话后小结（Ctrl+E）</translation>
    </message>
    <message>
        <source>It ends when you say so.</source>
        <translation>由您手动结束。</translation>
    </message>
    <message>
        <source>{seconds} s left, no earlier end</source>
        <translation>还剩 {seconds} 秒，不可提前结束</translation>
    </message>
    <message>
        <source>{seconds} s left, then you are ready by yourself</source>
        <translation>还剩 {seconds} 秒，超时自动转就绪</translation>
    </message>
    <message>
        <source>{seconds} s left, then your break begins</source>
        <translation>还剩 {seconds} 秒，之后开始小休</translation>
    </message>
</context>
<context>
    <name>WrappingUp</name>
    <message>
        <source>Choose what the call came to.</source>
        <translation>请选择话后小结。</translation>
    </message>
    <message>
        <source>Write when to call back, such as “tomorrow 10:00” or “in 2 h”.</source>
        <translation>请写明何时回电，例如“明天10点”或“2小时后”。</translation>
    </message>
    <message>
        <source>Nobody could be called back: choose or create the customer first.</source>
        <translation>无法确定回电对象：请先选择或新建客户。</translation>
    </message>
    <message>
        <source>Nobody is named as the caller. Choose or create them, or tick the ticket.</source>
        <translation>来电人还不明确：请选择或新建客户，或勾选工单。</translation>
    </message>
    <message>
        <source>Kept; it is saved when the call is over.</source>
        <translation>已暂存，通话结束后保存。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
</context>
<context>
    <name>Writing</name>
    <message>
        <source>Ticket saved. Its number comes with the next sync.</source>
        <translation>工单已保存，下次同步后生成编号。</translation>
    </message>
    <message>
        <source>Ticket {number} is on the server.</source>
        <translation>工单 {number} 已到达服务器。</translation>
    </message>
    <message>
        <source>This business needs an identity check in this call: {needed} (now: {reached}).</source>
        <translation>这项业务需要在本次通话中核身：{needed}（目前：{reached}）。</translation>
    </message>
</context>
<context>
    <name>YesNoEntry</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>_Calls</name>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
</context>
<context>
    <name>_Fact</name>
    <message>
        <source>Shows it for 30 s. It is recorded that you looked.</source>
        <translation>显示 30 秒；查看会被记录。</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>_Head</name>
    <message>
        <source>Who</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Number shown</source>
        <translation>外显号码</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音质</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>Texts</source>
        <translation>常用语</translation>
    </message>
    <message>
        <source>Enter inserts, Escape leaves what is typed</source>
        <translation>回车插入，Esc 保留已输入的内容</translation>
    </message>
</context>
<context>
    <name>_Numbers</name>
    <message>
        <source>Call {number}</source>
        <translation>拨打 {number}</translation>
    </message>
</context>
<context>
    <name>_OfferedList</name>
    <message>
        <source>Dispositions</source>
        <translation>话后小结</translation>
    </message>
    <message>
        <source>No disposition matches. Type less of it.</source>
        <translation>没有匹配的小结，请少输几个字。</translation>
    </message>
    <message>
        <source>* makes it a favourite</source>
        <translation>按 * 收藏或取消收藏</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Used lately</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>_OrderLine</name>
    <message>
        <source>Further up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Further up  Alt+Up</source>
        <translation>上移  Alt+↑</translation>
    </message>
    <message>
        <source>Further down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Further down  Alt+Down</source>
        <translation>下移  Alt+↓</translation>
    </message>
</context>
<context>
    <name>_Toast</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>A long call</source>
        <translation>通话过长</translation>
    </message>
    <message>
        <source>A long hold</source>
        <translation>保持过长</translation>
    </message>
    <message>
        <source>A long wait</source>
        <translation>排队等待过长</translation>
    </message>
    <message>
        <source>A service level that falls</source>
        <translation>服务水平下降</translation>
    </message>
    <message>
        <source>Somebody lets it ring</source>
        <translation>振铃未接</translation>
    </message>
    <message>
        <source>An abusive call</source>
        <translation>来电辱骂</translation>
    </message>
    <message>
        <source>Telephones that sound poor</source>
        <translation>音质差的话机</translation>
    </message>
    <message>
        <source>From, seconds of the call</source>
        <translation>通话达到（秒）</translation>
    </message>
    <message>
        <source>From, seconds on hold</source>
        <translation>保持达到（秒）</translation>
    </message>
    <message>
        <source>From, seconds of waiting</source>
        <translation>等待达到（秒）</translation>
    </message>
    <message>
        <source>Below, percent</source>
        <translation>低于（%）</translation>
    </message>
    <message>
        <source>From, times it rang in vain</source>
        <translation>振铃未接达到（次）</translation>
    </message>
    <message>
        <source>From, warnings said (0: once it is marked)</source>
        <translation>已警告达到（次，0 表示一经标记）</translation>
    </message>
    <message>
        <source>From, telephones that sound poor</source>
        <translation>音质差的话机达到（部）</translation>
    </message>
    <message>
        <source>{name}: {whom}</source>
        <translation>{name}：{whom}</translation>
    </message>
    <message>
        <source>{name}: {whom}, {value} (below {limit})</source>
        <translation>{name}：{whom}，{value}（低于 {limit}）</translation>
    </message>
    <message>
        <source>{name}: {whom}, {value} (from {limit})</source>
        <translation>{name}：{whom}，{value}（阈值 {limit}）</translation>
    </message>
    <message>
        <source>Seen by {name} since {clock}</source>
        <translation>{name} {clock} 起跟进</translation>
    </message>
    <message>
        <source>The server does not answer, so nobody was told that you see to this alert. Press the key again once the line at the top says that it is back.</source>
        <translation>服务器没有响应，其他人尚不知道您在跟进此告警。待顶部提示恢复连接后请再按一次。</translation>
    </message>
    <message>
        <source>This alert is over: nobody needs to see to it.</source>
        <translation>该告警已解除，无需跟进。</translation>
    </message>
    <message>
        <source>Another lead was quicker and sees to this alert.</source>
        <translation>已有其他班组长先行跟进此告警。</translation>
    </message>
    <message>
        <source>You do not lead the floor any more, so the alert was left as it is.</source>
        <translation>您已不再负责现场管理，该告警保持不变。</translation>
    </message>
    <message>
        <source>the floor</source>
        <translation>现场</translation>
    </message>
</context>
<context>
    <name>announcements</name>
    <message>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>It has to stay open a little longer. The button says how long.</source>
        <translation>阅读时间还不够，按钮上显示剩余秒数。</translation>
    </message>
    <message>
        <source>That is not your name as the directory has it. Type it in full.</source>
        <translation>与通讯录中的姓名不一致，请输入完整姓名。</translation>
    </message>
    <message>
        <source>Not every answer is right. Read it once more, then answer again.</source>
        <translation>有答案不正确。请再读一遍后重新作答。</translation>
    </message>
    <message>
        <source>Read “{title}” first: then you are ready.</source>
        <translation>请先阅读“{title}”，读完即可就绪。</translation>
    </message>
    <message>
        <source>You are reminded to read “{title}” (Ctrl+Shift+U).</source>
        <translation>提醒您阅读“{title}”（Ctrl+Shift+U）。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text (Markdown)</source>
        <translation>正文（Markdown）</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>发送对象</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>职场</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>失效时间</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>Open for, seconds</source>
        <translation>最短阅读秒数</translation>
    </message>
    <message>
        <source>Stays ready for, minutes</source>
        <translation>就绪宽限分钟</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Team leads</source>
        <translation>班组长</translation>
    </message>
    <message>
        <source>Duty managers</source>
        <translation>值班经理</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>Return visits</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>Editors</source>
        <translation>知识编辑</translation>
    </message>
    <message>
        <source>Administrators</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Security officers</source>
        <translation>安全管理员</translation>
    </message>
    <message>
        <source>Auditors</source>
        <translation>审计员</translation>
    </message>
    <message>
        <source>{field}: something has to stand here.</source>
        <translation>{field}：此处必填。</translation>
    </message>
    <message>
        <source>{field}: this is too long.</source>
        <translation>{field}：太长。</translation>
    </message>
    <message>
        <source>{field}: these are too many.</source>
        <translation>{field}：太多。</translation>
    </message>
    <message>
        <source>{field}: there are signs in it that nobody sees. Type it anew.</source>
        <translation>{field}：含有不可见字符，请重新输入。</translation>
    </message>
    <message>
        <source>{field}: seconds go up to 600, minutes from 1 to 480.</source>
        <translation>{field}：秒数最多 600，分钟数 1 至 480。</translation>
    </message>
    <message>
        <source>{field}: it would end before it begins.</source>
        <translation>{field}：失效时间早于生效时间。</translation>
    </message>
    <message>
        <source>{field}: write two to six different answers, one a line.</source>
        <translation>{field}：请写 2 至 6 个不同的答案，每行一个。</translation>
    </message>
    <message>
        <source>{field}: put * before the right answer.</source>
        <translation>{field}：请在正确答案前加 *。</translation>
    </message>
    <message>
        <source>Only what must be read asks for something or keeps from being ready.</source>
        <translation>只有必读公告才能要求签收、答题或阻止就绪。</translation>
    </message>
    <message>
        <source>{field}: these are not yours to tell.</source>
        <translation>{field}：超出您的发送权限。</translation>
    </message>
    <message>
        <source>{field}: not there any more. Choose another.</source>
        <translation>{field}：已不存在，请另选。</translation>
    </message>
    <message>
        <source>{field}: write it like 2026-11-30 18:00.</source>
        <translation>{field}：请按 2026-11-30 18:00 的格式填写。</translation>
    </message>
    <message>
        <source>{field}: write a whole number.</source>
        <translation>{field}：请填写整数。</translation>
    </message>
    <message>
        <source>Goes to {people} people in {teams} teams.</source>
        <translation>将发送给 {teams} 个班组的 {people} 人。</translation>
    </message>
    <message>
        <source>Goes to {people} people in one team.</source>
        <translation>将发送给 1 个班组的 {people} 人。</translation>
    </message>
</context>
<context>
    <name>articles</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Waits for review</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>定时发布</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>All articles</source>
        <translation>全部文章</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我负责的</translation>
    </message>
    <message>
        <source>Waiting for review</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>Being written</source>
        <translation>编写中</translation>
    </message>
    <message>
        <source>To be read again</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>知识文章</translation>
    </message>
    <message>
        <source>Standard answer</source>
        <translation>标准答复</translation>
    </message>
    <message>
        <source>Guided script</source>
        <translation>引导话术</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Standard customers</source>
        <translation>普通客户</translation>
    </message>
    <message>
        <source>Silver</source>
        <translation>银卡会员</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>金卡会员</translation>
    </message>
    <message>
        <source>Diamond</source>
        <translation>钻石会员</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Customer tiers</source>
        <translation>客户等级</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>失效时间</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Read again after days</source>
        <translation>复核间隔（天）</translation>
    </message>
    <message>
        <source>Publish at</source>
        <translation>发布时间</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>write it.</source>
        <translation>请填写。</translation>
    </message>
    <message>
        <source>at most {count} characters.</source>
        <translation>最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>it names more than {count} files.</source>
        <translation>引用的文件不能超过 {count} 个。</translation>
    </message>
    <message>
        <source>at most {count} of them.</source>
        <translation>最多 {count} 个。</translation>
    </message>
    <message>
        <source>it holds signs that nobody can see. Type it again.</source>
        <translation>含有不可见字符，请重新输入。</translation>
    </message>
    <message>
        <source>this is not there any more. Choose again.</source>
        <translation>该项已不存在，请重新选择。</translation>
    </message>
    <message>
        <source>a number from 1 to {most}, or nothing for the company&apos;s rule.</source>
        <translation>请填 1 到 {most} 之间的数字，留空则按公司规定。</translation>
    </message>
    <message>
        <source>this is before it begins to hold.</source>
        <translation>早于生效时间。</translation>
    </message>
    <message>
        <source>{field}: write a day such as 2026-12-01, or with the time: 2026-12-01 09:00.</source>
        <translation>{field}：请填写日期（如 2026-12-01），或日期加时间（如 2026-12-01 09:00）。</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>waits for the server</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>agents have an earlier text</source>
        <translation>坐席仍在用旧版</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新建文章</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>未复核</translation>
    </message>
    <message>
        <source>Written by {people}</source>
        <translation>作者：{people}</translation>
    </message>
    <message>
        <source>published by {name} on {day}</source>
        <translation>{name}于{day}发布</translation>
    </message>
    <message>
        <source>is published by itself at {moment}</source>
        <translation>将于 {moment} 自动发布</translation>
    </message>
    <message>
        <source>should have been read again by {day}</source>
        <translation>应在{day}前复核，已逾期</translation>
    </message>
    <message>
        <source>is read again by {day}</source>
        <translation>{day}前需复核</translation>
    </message>
    <message>
        <source>kept here, sent when the server is back</source>
        <translation>已保存在本机，连上服务器后自动上传</translation>
    </message>
    <message>
        <source>Drafts written: {written}. Nothing new in {same} documents.</source>
        <translation>已生成草稿 {written} 篇，{same} 个文档没有新内容。</translation>
    </message>
    <message>
        <source>{count} pictures did not come along; their words stand in their place.</source>
        <translation>{count} 张图片未导入，原处保留了图片说明。</translation>
    </message>
    <message>
        <source>Nobody knows what these tell, they were passed over: {names}.</source>
        <translation>不认识、已略过的项：{names}。</translation>
    </message>
    <message>
        <source>its owner {name} is not here; you answer for it.</source>
        <translation>负责人 {name} 不在这里，由您负责。</translation>
    </message>
    <message>
        <source>somebody is writing this article. Publish or withdraw that draft first.</source>
        <translation>有人正在编写这篇文章，请先发布或撤回那份草稿。</translation>
    </message>
    <message>
        <source>“{field}” does not do, or is not there in the company.</source>
        <translation>“{field}”不合规定，或公司里没有这一项。</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>另有 {count} 个。</translation>
    </message>
    <message>
        <source>this is no Markdown, HTML, Word document or workbook.</source>
        <translation>不是 Markdown、HTML、Word 文档或工作簿。</translation>
    </message>
    <message>
        <source>this is too large. Part it.</source>
        <translation>文件太大，请拆分。</translation>
    </message>
    <message>
        <source>not read: together these are more than {count} MB. Bring them in by parts.</source>
        <translation>没有读取：这些文档合计超过 {count} MB，请分批导入。</translation>
    </message>
    <message>
        <source>this is no text.</source>
        <translation>不是文本文件。</translation>
    </message>
    <message>
        <source>its encoding is unknown. Save it as UTF-8.</source>
        <translation>无法识别编码，请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>it is damaged. Open it in its own program and save it again.</source>
        <translation>文件已损坏，请用原来的程序打开后重新保存。</translation>
    </message>
    <message>
        <source>it is built to harm who opens it, and was not read.</source>
        <translation>文件含有恶意构造，未读取。</translation>
    </message>
    <message>
        <source>it says nothing.</source>
        <translation>没有内容。</translation>
    </message>
    <message>
        <source>longer than {count} characters. Make several articles of it.</source>
        <translation>超过 {count} 个字符，请拆成几篇文章。</translation>
    </message>
    <message>
        <source>it has no columns “question” and “answer”. Name them so.</source>
        <translation>没有“问题”和“答案”两列，请这样命名表头。</translation>
    </message>
    <message>
        <source>line {line}: the guide has a mistake at “{named}”.</source>
        <translation>第 {line} 行：话术在“{named}”处有错误。</translation>
    </message>
    <message>
        <source>line {line}: “{named}” is no “name: value”.</source>
        <translation>第 {line} 行：“{named}”不是“名称: 值”的写法。</translation>
    </message>
    <message>
        <source>“{named}” in its head cannot be read. Write days as 2026-11-23.</source>
        <translation>文件头里的“{named}”读不出来。日期请写成 2026-11-23。</translation>
    </message>
    <message>
        <source>more than {count} documents. Bring them in by parts.</source>
        <translation>超过 {count} 个文档，请分批导入。</translation>
    </message>
    <message>
        <source>its folders are nested too deep.</source>
        <translation>文件夹层级太深。</translation>
    </message>
    <message>
        <source>it cannot be read.</source>
        <translation>无法读取。</translation>
    </message>
</context>
<context>
    <name>care</name>
    <message>
        <source>Your shift: {since} to {until}</source>
        <translation>今日班次：{since} 至 {until}</translation>
    </message>
    <message>
        <source>next break {since} to {until}</source>
        <translation>下次小休 {since} 至 {until}</translation>
    </message>
    <message>
        <source>adherence {share}</source>
        <translation>排班遵守率 {share}</translation>
    </message>
    <message>
        <source>Insult</source>
        <translation>辱骂</translation>
    </message>
    <message>
        <source>Threat</source>
        <translation>威胁</translation>
    </message>
    <message>
        <source>Harassment</source>
        <translation>骚扰</translation>
    </message>
    <message>
        <source>Other abuse</source>
        <translation>其他不当言行</translation>
    </message>
    <message>
        <source>First warning</source>
        <translation>第一次提醒</translation>
    </message>
    <message>
        <source>Second warning</source>
        <translation>第二次提醒</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>已结束通话</translation>
    </message>
    <message>
        <source>Solved first time</source>
        <translation>一次解决</translation>
    </message>
    <message>
        <source>Customers kept</source>
        <translation>挽留客户</translation>
    </message>
    <message>
        <source>Opportunities</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>of {count} first contacts</source>
        <translation>共 {count} 次首次联系</translation>
    </message>
    <message>
        <source>of {count} inspections</source>
        <translation>共 {count} 次质检</translation>
    </message>
    <message>
        <source>abusive</source>
        <translation>辱骂</translation>
    </message>
    <message>
        <source>long</source>
        <translation>时间长</translation>
    </message>
    <message>
        <source>badly rated</source>
        <translation>评价低</translation>
    </message>
    <message>
        <source>Very bad</source>
        <translation>很差</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>较差</translation>
    </message>
    <message>
        <source>So-so</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Very good</source>
        <translation>很好</translation>
    </message>
</context>
<context>
    <name>complaint</name>
    <message>
        <source>Whose it is: the duty manager has to decide.</source>
        <translation>责任部门有争议：需值班经理裁定。</translation>
    </message>
    <message>
        <source>Whose it is: the other department has to answer.</source>
        <translation>责任部门有争议：等对方部门答复。</translation>
    </message>
    <message>
        <source>The compensation that was asked for has to be granted or refused.</source>
        <translation>已申请的补偿需批准或驳回。</translation>
    </message>
    <message>
        <source>It has to be resolved. Then the return-visit group gets its task by itself.</source>
        <translation>先要处理完毕；处理完毕后会自动给回访组派回访任务。</translation>
    </message>
    <message>
        <source>The return visit is ordered as soon as the server has the solution.</source>
        <translation>服务器收到处理结果后会自动派回访任务。</translation>
    </message>
    <message>
        <source>No return visit is known. Take the complaint up and resolve it again: that orders one.</source>
        <translation>没有回访任务。请重新受理并再次处理完毕，会重新派回访。</translation>
    </message>
    <message>
        <source>Somebody who has not worked on it has to ask the customer how satisfied they are, from 1 to 5.</source>
        <translation>需由未经手的人回访客户，并记录 1 至 5 分的满意度。</translation>
    </message>
    <message>
        <source>Only somebody who worked on it asked the customer. Somebody else has to ask.</source>
        <translation>只有经手人回访过客户，需由其他人回访。</translation>
    </message>
    <message>
        <source>The customer gave no value, and that is no satisfaction: the duty manager decides, with a reason.</source>
        <translation>客户没有给出满意度，不能视为满意：需值班经理说明理由后裁定。</translation>
    </message>
    <message>
        <source>Not told yet by which door it came in.</source>
        <translation>尚未填写投诉来源。</translation>
    </message>
    <message>
        <source>{source} · case {number}</source>
        <translation>{source} · 编号 {number}</translation>
    </message>
    <message>
        <source>{source} · its case number is missing</source>
        <translation>{source} · 缺少来源方编号</translation>
    </message>
    <message>
        <source>Regulator&apos;s term</source>
        <translation>监管时限</translation>
    </message>
    <message>
        <source>Our own promise</source>
        <translation>本企业承诺</translation>
    </message>
    <message>
        <source>the text says “{word}”</source>
        <translation>内容提到“{word}”</translation>
    </message>
    <message>
        <source>the customer has {product}</source>
        <translation>客户在用{product}</translation>
    </message>
    <message>
        <source>the category is {category}</source>
        <translation>分类为{category}</translation>
    </message>
    <message>
        <source>Proposed: {department}, because {reasons}.</source>
        <translation>建议：{department}，因为{reasons}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{cases} of {among} complaints of this category ended with {department}.</source>
        <translation>同类投诉 {among} 件中有 {cases} 件由{department}办结。</translation>
    </message>
    <message>
        <source>{who}, {when}: it belongs to {department}. “{text}”</source>
        <translation>{who}，{when}：应由{department}负责。“{text}”</translation>
    </message>
    <message>
        <source>{who}, {when}: {department} takes it. “{text}”</source>
        <translation>{who}，{when}：{department}接收。“{text}”</translation>
    </message>
    <message>
        <source>{who}, {when}: {department} does not take it. “{text}”</source>
        <translation>{who}，{when}：{department}不接收。“{text}”</translation>
    </message>
    <message>
        <source>{who}, {when}: decided for {department}. “{text}”</source>
        <translation>{who}，{when}：裁定由{department}负责。“{text}”</translation>
    </message>
    <message>
        <source>Nothing was given.</source>
        <translation>未补偿。</translation>
    </message>
    <message>
        <source>{amount} is written down here and not granted yet: the server decides.</source>
        <translation>{amount} 已在本机记下，尚未批准：由服务器决定。</translation>
    </message>
    <message>
        <source>{who} asks for {amount}: somebody with the authority has to decide.</source>
        <translation>{who} 申请 {amount}：需有权限的人审批。</translation>
    </message>
    <message>
        <source>{amount} was granted by {by}.</source>
        <translation>{amount} 已由 {by} 批准。</translation>
    </message>
    <message>
        <source>{amount} was refused by {by}: “{why}”</source>
        <translation>{amount} 被 {by} 驳回：“{why}”</translation>
    </message>
    <message>
        <source>{fund}: {balance} left until {day}; you may grant up to {authority} by yourself.</source>
        <translation>{fund}：余额 {balance}，有效至{day}；你可自行批准至 {authority}。</translation>
    </message>
    <message>
        <source>same customer</source>
        <translation>同一客户</translation>
    </message>
    <message>
        <source>same number</source>
        <translation>同一号码</translation>
    </message>
    <message>
        <source>same category</source>
        <translation>分类相同</translation>
    </message>
    <message>
        <source>similar text</source>
        <translation>内容相似</translation>
    </message>
    <message>
        <source>{reasons}, within a day</source>
        <translation>{reasons}，相隔不到一天</translation>
    </message>
    <message>
        <source>{reasons}, {days} days apart</source>
        <translation>{reasons}，相隔 {days} 天</translation>
    </message>
    <message>
        <source>{who} lets it be closed without a value: “{why}”</source>
        <translation>{who} 同意在没有满意度的情况下结案：“{why}”</translation>
    </message>
    <message>
        <source>Not known on this workstation.</source>
        <translation>本机上没有。</translation>
    </message>
    <message>
        <source>Ordered by itself when the complaint is resolved.</source>
        <translation>处理完毕后自动派发。</translation>
    </message>
    <message>
        <source>{who} asked: satisfaction {value} of 5.</source>
        <translation>{who} 已回访：满意度 {value} 分（满分 5 分）。</translation>
    </message>
    <message>
        <source>Waits for the return-visit group; called {count} times in vain.</source>
        <translation>等回访组回访；已有 {count} 次未接通。</translation>
    </message>
    <message>
        <source>Not reached after {count} calls.</source>
        <translation>拨打 {count} 次均未接通。</translation>
    </message>
    <message>
        <source>Ended without a value.</source>
        <translation>已结束，没有满意度。</translation>
    </message>
    <message>
        <source>The company does not know this source any more. Choose another.</source>
        <translation>该来源已不存在，请另选。</translation>
    </message>
    <message>
        <source>A complaint stays a complaint; only a team lead can make it something else.</source>
        <translation>投诉不能改成其他类型；只有班长可以改。</translation>
    </message>
    <message>
        <source>That is only for complaints, and never for a ticket with itself.</source>
        <translation>只适用于投诉，且不能与自身关联。</translation>
    </message>
    <message>
        <source>The complaint is closed already.</source>
        <translation>投诉已结案。</translation>
    </message>
    <message>
        <source>Two departments dispute whose it is. That has to be settled first.</source>
        <translation>责任部门有争议，请先解决争议。</translation>
    </message>
    <message>
        <source>The dispute has been settled meanwhile.</source>
        <translation>争议已经解决。</translation>
    </message>
    <message>
        <source>A department does not pass a complaint on: say “Not ours” and why.</source>
        <translation>部门不能直接转出投诉：请选择“非我部门”并写明原因。</translation>
    </message>
    <message>
        <source>Only the department that is asked can say that.</source>
        <translation>只有被询问的部门可以答复。</translation>
    </message>
    <message>
        <source>There is no such department any more. Choose another.</source>
        <translation>该部门已不存在，请另选。</translation>
    </message>
    <message>
        <source>That one follows another complaint itself. Link both to the one that leads.</source>
        <translation>该单本身是从单。请都关联到主单。</translation>
    </message>
    <message>
        <source>What a regulator sent keeps its own term and number. Link it instead of merging it.</source>
        <translation>监管来件须保留自己的时限和编号：请关联，不要合并。</translation>
    </message>
    <message>
        <source>This complaint has its compensation already, perhaps by its other door. There is only one.</source>
        <translation>该投诉已有补偿（可能在另一渠道的工单上），只能补偿一次。</translation>
    </message>
    <message>
        <source>This is a part of a complaint. What is given is given for the whole of it.</source>
        <translation>这是某件投诉的一部分，补偿请在整件投诉上申请。</translation>
    </message>
    <message>
        <source>The fund has not so much left. Ask for less, or for another fund.</source>
        <translation>基金余额不足。请减少金额或换一个基金。</translation>
    </message>
    <message>
        <source>The fund gives nothing at this time. Choose another.</source>
        <translation>基金不在有效期内，请另选。</translation>
    </message>
    <message>
        <source>There is no such fund any more. Choose another.</source>
        <translation>该基金已不存在，请另选。</translation>
    </message>
    <message>
        <source>The amount is above what you may decide. Somebody with more authority has to.</source>
        <translation>金额超出你的权限，需更高权限的人审批。</translation>
    </message>
    <message>
        <source>Nobody decides about their own request. Somebody else has to.</source>
        <translation>不能审批自己的申请，需由其他人审批。</translation>
    </message>
    <message>
        <source>Somebody has decided about it meanwhile.</source>
        <translation>已有人审批。</translation>
    </message>
    <message>
        <source>It needs a reason: others read it.</source>
        <translation>需要写明原因，其他人会看到。</translation>
    </message>
    <message>
        <source>Whoever worked on a complaint does not ask how it ended. Leave it to others.</source>
        <translation>经手人不能回访自己处理的投诉，请交给其他人。</translation>
    </message>
    <message>
        <source>Not closed: the compensation that was asked for is undecided.</source>
        <translation>未结案：已申请的补偿尚未审批。</translation>
    </message>
    <message>
        <source>Not closed: the complaint has not been resolved.</source>
        <translation>未结案：投诉尚未处理完毕。</translation>
    </message>
    <message>
        <source>Not closed: somebody who has not worked on it has to ask the customer first.</source>
        <translation>未结案：需先由未经手的人回访客户。</translation>
    </message>
    <message>
        <source>Not closed: the customer gave no satisfaction value. The duty manager has to decide.</source>
        <translation>未结案：客户没有给出满意度，需值班经理裁定。</translation>
    </message>
    <message>
        <source>Source…</source>
        <translation>来源…</translation>
    </message>
    <message>
        <source>Not ours…</source>
        <translation>非我部门…</translation>
    </message>
    <message>
        <source>It is ours…</source>
        <translation>由我部门负责…</translation>
    </message>
    <message>
        <source>Not ours either…</source>
        <translation>也非我部门…</translation>
    </message>
    <message>
        <source>Decide whose…</source>
        <translation>裁定归属…</translation>
    </message>
    <message>
        <source>Compensate…</source>
        <translation>补偿…</translation>
    </message>
    <message>
        <source>Grant…</source>
        <translation>批准…</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>驳回…</translation>
    </message>
    <message>
        <source>It is the same</source>
        <translation>为同一投诉</translation>
    </message>
    <message>
        <source>Not the same after all</source>
        <translation>并非同一投诉</translation>
    </message>
    <message>
        <source>Let it be closed…</source>
        <translation>准予结案…</translation>
    </message>
</context>
<context>
    <name>consent</name>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>on the telephone</source>
        <translation>电话中</translation>
    </message>
    <message>
        <source>in writing</source>
        <translation>书面</translation>
    </message>
    <message>
        <source>online</source>
        <translation>网上</translation>
    </message>
    <message>
        <source>in person</source>
        <translation>当面</translation>
    </message>
</context>
<context>
    <name>customer</name>
    <message>
        <source>Call in</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Call out</source>
        <translation>去电</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>未接来电</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>在线会话</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>满意度评价</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>核身</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>上门</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>入网时间</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Another number</source>
        <translation>另一个号码</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Waiting for customer</source>
        <translation>等待客户</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Running low</source>
        <translation>余量低</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已停机</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>即将到期</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>left early</source>
        <translation>提前结束</translation>
    </message>
    <message>
        <source>prolonged too often</source>
        <translation>延长次数过多</translation>
    </message>
    <message>
        <source>without a disposition</source>
        <translation>未选小结</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>相关</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Merged into this one</source>
        <translation>已并入本单</translation>
    </message>
    <message>
        <source>clock stopped</source>
        <translation>已停表</translation>
    </message>
    <message>
        <source>{moment} · late</source>
        <translation>{moment} · 超时</translation>
    </message>
    <message>
        <source>{moment} · soon</source>
        <translation>{moment} · 将到期</translation>
    </message>
    <message>
        <source>answer {time} late</source>
        <translation>响应超时 {time}</translation>
    </message>
    <message>
        <source>{time} late for the regulator</source>
        <translation>监管超时 {time}</translation>
    </message>
    <message>
        <source>{time} late</source>
        <translation>超时 {time}</translation>
    </message>
    <message>
        <source>paused, {time} left</source>
        <translation>已停表，剩 {time}</translation>
    </message>
    <message>
        <source>in time</source>
        <translation>按时完成</translation>
    </message>
    <message>
        <source>{time} left to answer</source>
        <translation>{time} 内响应</translation>
    </message>
    <message>
        <source>{time} left for the regulator</source>
        <translation>距监管时限 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩 {time}</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} 天</translation>
    </message>
    <message>
        <source>{years} y {months} m</source>
        <translation>{years} 年 {months} 个月</translation>
    </message>
    <message>
        <source>{years} years</source>
        <translation>{years} 年</translation>
    </message>
    <message>
        <source>{months} months</source>
        <translation>{months} 个月</translation>
    </message>
</context>
<context>
    <name>feedback</name>
    <message>
        <source>Wrong</source>
        <translation>内容有误</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>内容过时</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>内容不全</translation>
    </message>
    <message>
        <source>Hard to find</source>
        <translation>很难找到</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>搜不到</translation>
    </message>
    <message>
        <source>Of no help</source>
        <translation>没帮上忙</translation>
    </message>
    <message>
        <source>Answered differently</source>
        <translation>答法不一</translation>
    </message>
    <message>
        <source>{who} flagged your article “{title}”: {reason}. {words}</source>
        <translation>{who} 对您负责的文章“{title}”报错：{reason}。{words}</translation>
    </message>
    <message>
        <source>“{title}” answers what you asked the editors: {question}. {answer}</source>
        <translation>“{title}”回答了您向编辑提的问题：{question}。{answer}</translation>
    </message>
    <message>
        <source>Closed by {who}, what you said of “{title}”: {answer}</source>
        <translation>{who} 关闭了您对“{title}”的反馈：{answer}</translation>
    </message>
    <message>
        <source>Answered by {who}, what you said of “{title}”: {answer}</source>
        <translation>{who} 回复了您对“{title}”的反馈：{answer}</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系记录</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>Merge of customers</source>
        <translation>客户合并</translation>
    </message>
    <message>
        <source>Relation of customers</source>
        <translation>客户关系</translation>
    </message>
    <message>
        <source>Profile of customers</source>
        <translation>客户资料</translation>
    </message>
    <message>
        <source>Form of tickets</source>
        <translation>工单表单</translation>
    </message>
    <message>
        <source>Callback or return visit</source>
        <translation>回电或回访</translation>
    </message>
    <message>
        <source>Plan of attempts</source>
        <translation>尝试方案</translation>
    </message>
    <message>
        <source>Who may be in agents&apos; calls</source>
        <translation>谁可介入坐席通话</translation>
    </message>
    <message>
        <source>What desks may do</source>
        <translation>工作台权限</translation>
    </message>
    <message>
        <source>Rule of identity checks</source>
        <translation>核身规则</translation>
    </message>
    <message>
        <source>Number range</source>
        <translation>隐私号段</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>View of the team</source>
        <translation>团队视图</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Announcement that was read</source>
        <translation>公告阅读回执</translation>
    </message>
    <message>
        <source>Training that is assigned</source>
        <translation>培训任务</translation>
    </message>
    <message>
        <source>Answers of a quiz</source>
        <translation>测验答卷</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Answer of a question</source>
        <translation>题目答案</translation>
    </message>
    <message>
        <source>Quiz</source>
        <translation>测验</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Rule of courses</source>
        <translation>派课规则</translation>
    </message>
    <message>
        <source>What an agent told of an article</source>
        <translation>坐席对文章的反馈</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
    <message>
        <source>Macro</source>
        <translation>宏</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>知识文章</translation>
    </message>
    <message>
        <source>Abusive call</source>
        <translation>辱骂来电</translation>
    </message>
    <message>
        <source>How agents are looked after</source>
        <translation>坐席关怀</translation>
    </message>
    <message>
        <source>How articles are written</source>
        <translation>知识文章的编写</translation>
    </message>
    <message>
        <source>Rule of signals</source>
        <translation>信号规则</translation>
    </message>
    <message>
        <source>Reason for a break</source>
        <translation>示忙原因</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>话后小结</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Customer tiers</source>
        <translation>客户等级</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>失效时间</translation>
    </message>
    <message>
        <source>Publish at</source>
        <translation>发布时间</translation>
    </message>
    <message>
        <source>Read again after days</source>
        <translation>复核间隔（天）</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>What was promised</source>
        <translation>承诺的内容</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Which number</source>
        <translation>第几个号码</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Put off until</source>
        <translation>推迟到</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Minutes between attempts</source>
        <translation>尝试间隔（分钟）</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Identity verified</source>
        <translation>身份已核实</translation>
    </message>
    <message>
        <source>Customer group</source>
        <translation>客户群</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>成为客户时间</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Watchers</source>
        <translation>关注人</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>转派</translation>
    </message>
    <message>
        <source>Sub-task of</source>
        <translation>上级工单</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>上级</translation>
    </message>
    <message>
        <source>Sub-tasks</source>
        <translation>子任务</translation>
    </message>
    <message>
        <source>Linked tickets</source>
        <translation>关联工单</translation>
    </message>
    <message>
        <source>Merged into</source>
        <translation>已并入</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>截止时间</translation>
    </message>
    <message>
        <source>Related to</source>
        <translation>关联客户</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Kinds of tickets</source>
        <translation>工单类型</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Makes the author the owner</source>
        <translation>归作者负责</translation>
    </message>
    <message>
        <source>Comment for whom</source>
        <translation>评论给谁</translation>
    </message>
    <message>
        <source>By the rules of</source>
        <translation>所依规则</translation>
    </message>
    <message>
        <source>After-call work</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>After-call work lasts, seconds</source>
        <translation>话后处理时长（秒）</translation>
    </message>
    <message>
        <source>How after-call work goes</source>
        <translation>话后处理方式</translation>
    </message>
    <message>
        <source>Code to type</source>
        <translation>输入代码</translation>
    </message>
    <message>
        <source>Proposes a callback</source>
        <translation>建议回电</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>查看了</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Edition</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Result of a signal</source>
        <translation>信号处理结果</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Fund</source>
        <translation>基金</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Reason of the decision</source>
        <translation>审批意见</translation>
    </message>
    <message>
        <source>Source of the complaint</source>
        <translation>投诉来源</translation>
    </message>
    <message>
        <source>Responsible department</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>Same complaint as</source>
        <translation>同一投诉</translation>
    </message>
    <message>
        <source>Worked on by</source>
        <translation>经手人</translation>
    </message>
    <message>
        <source>Return visit</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Closed without a value because</source>
        <translation>无满意度结案理由</translation>
    </message>
    <message>
        <source>Quiet for days</source>
        <translation>静默天数</translation>
    </message>
    <message>
        <source>Who goes</source>
        <translation>被并入者</translation>
    </message>
    <message>
        <source>Fields taken over</source>
        <translation>采用其字段</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>不是同一人</translation>
    </message>
    <message>
        <source>Switched on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Words on the decision</source>
        <translation>审批意见</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Order and filters</source>
        <translation>排序与筛选</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Rule of alerts</source>
        <translation>告警规则</translation>
    </message>
    <message>
        <source>Meant to last, minutes</source>
        <translation>规定时长（分钟）</translation>
    </message>
    <message>
        <source>A lead agrees first</source>
        <translation>需要班长批准</translation>
    </message>
    <message>
        <source>At most away at once</source>
        <translation>同时离席名额</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>核身</translation>
    </message>
    <message>
        <source>Roles that may copy customers&apos; data</source>
        <translation>可复制客户数据的角色</translation>
    </message>
    <message>
        <source>Roles that may listen to their own calls</source>
        <translation>可收听本人通话录音的角色</translation>
    </message>
    <message>
        <source>Roles that may listen to their team&apos;s calls</source>
        <translation>可收听本组通话录音的角色</translation>
    </message>
    <message>
        <source>Roles that may listen to every call they see</source>
        <translation>可收听所见全部通话录音的角色</translation>
    </message>
    <message>
        <source>What is kept back from roles</source>
        <translation>对哪些角色隐藏</translation>
    </message>
    <message>
        <source>What may leave in a file</source>
        <translation>可导出的内容</translation>
    </message>
    <message>
        <source>Files also while the server does not answer</source>
        <translation>服务器无响应时也可导出</translation>
    </message>
    <message>
        <source>Customers are locked after (min)</source>
        <translation>无操作多久后锁定客户资料（分钟）</translation>
    </message>
    <message>
        <source>Tickets changed at once, at most</source>
        <translation>一次最多批量修改工单数</translation>
    </message>
    <message>
        <source>Watermark over customers and on paper</source>
        <translation>客户界面和打印件加水印</translation>
    </message>
    <message>
        <source>Business that waits for a level</source>
        <translation>需要级别的业务</translation>
    </message>
    <message>
        <source>What is shown from a level on</source>
        <translation>达到级别才显示的内容</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Said when it is over for today</source>
        <translation>当日用完时的话术</translation>
    </message>
    <message>
        <source>A right PIN is worth level</source>
        <translation>验密通过相当于级别</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Good for a ticket, hours</source>
        <translation>工单有效时长（小时）</translation>
    </message>
    <message>
        <source>Wrong answers a call</source>
        <translation>每通答错次数</translation>
    </message>
    <message>
        <source>Wrong answers a day</source>
        <translation>每日答错次数</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Numbers of the range</source>
        <translation>号段</translation>
    </message>
    <message>
        <source>Roles that may join a call</source>
        <translation>可强插通话的角色</translation>
    </message>
    <message>
        <source>Roles that may end a call</source>
        <translation>可强拆通话的角色</translation>
    </message>
    <message>
        <source>Limits for people and teams</source>
        <translation>对个人和班组的限制</translation>
    </message>
    <message>
        <source>Limits for people and teams beside calls</source>
        <translation>对人员和班组的限制（通话之外）</translation>
    </message>
    <message>
        <source>Acts beside calls the agent is told of</source>
        <translation>坐席会被告知的操作（通话之外）</translation>
    </message>
    <message>
        <source>Roles that may listen to a live call</source>
        <translation>可监听通话的角色</translation>
    </message>
    <message>
        <source>Roles that may take a call over</source>
        <translation>可接管通话的角色</translation>
    </message>
    <message>
        <source>Acts the agent is told of</source>
        <translation>告知坐席的操作</translation>
    </message>
    <message>
        <source>Roles that may whisper to the agent</source>
        <translation>可耳语的角色</translation>
    </message>
    <message>
        <source>Name typed after reading</source>
        <translation>读后填写姓名</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>告知对象</translation>
    </message>
    <message>
        <source>Read before being ready</source>
        <translation>读完才能就绪</translation>
    </message>
    <message>
        <source>Reading time, seconds</source>
        <translation>阅读时长（秒）</translation>
    </message>
    <message>
        <source>Time until it must be read, minutes</source>
        <translation>须读宽限（分钟）</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>Read again from</source>
        <translation>重新阅读自</translation>
    </message>
    <message>
        <source>Reminded</source>
        <translation>已提醒</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>紧急程度</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Within days</source>
        <translation>天数以内</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>Days to do it in</source>
        <translation>完成期限（天）</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Question bank</source>
        <translation>题库</translation>
    </message>
    <message>
        <source>Call that is played</source>
        <translation>播放的通话</translation>
    </message>
    <message>
        <source>Answers to choose from</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Written from</source>
        <translation>出题依据</translation>
    </message>
    <message>
        <source>Task in the system</source>
        <translation>系统操作任务</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>Keywords needed</source>
        <translation>至少关键词数</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>Question banks</source>
        <translation>题库</translation>
    </message>
    <message>
        <source>Number of questions</source>
        <translation>题数</translation>
    </message>
    <message>
        <source>Pass mark</source>
        <translation>及格分</translation>
    </message>
    <message>
        <source>Questions of each topic</source>
        <translation>各主题题数</translation>
    </message>
    <message>
        <source>Weeks until a question comes again</source>
        <translation>同一题再出间隔（周）</translation>
    </message>
    <message>
        <source>Retakes</source>
        <translation>补考次数</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Time limit, minutes</source>
        <translation>时限（分钟）</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Day of the week</source>
        <translation>每周几</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Answered with</source>
        <translation>用以答复的文章</translation>
    </message>
    <message>
        <source>Version it was written on</source>
        <translation>所基于的版本</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>已复核</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>引导脚本</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Days by category</source>
        <translation>各类别复核天数</translation>
    </message>
    <message>
        <source>Files of articles kept here, MB</source>
        <translation>本机保存的文章文件（MB）</translation>
    </message>
    <message>
        <source>Reviewed by a second person</source>
        <translation>须第二人审核</translation>
    </message>
    <message>
        <source>What the caller did</source>
        <translation>来电者的行为</translation>
    </message>
    <message>
        <source>What was said to the caller</source>
        <translation>对来电者说过的话</translation>
    </message>
    <message>
        <source>Break after the call</source>
        <translation>通话后的缓和小休</translation>
    </message>
    <message>
        <source>First warning</source>
        <translation>第一次提醒</translation>
    </message>
    <message>
        <source>Second warning</source>
        <translation>第二次提醒</translation>
    </message>
    <message>
        <source>Said before the call is ended</source>
        <translation>结束通话前的话术</translation>
    </message>
    <message>
        <source>Break after an abusive call, minutes</source>
        <translation>辱骂来电后的小休（分钟）</translation>
    </message>
    <message>
        <source>Break granted from the step on</source>
        <translation>从第几步起给予小休</translation>
    </message>
    <message>
        <source>Break begun within minutes</source>
        <translation>须在多少分钟内开始</translation>
    </message>
    <message>
        <source>Such breaks a shift</source>
        <translation>每班缓和小休次数</translation>
    </message>
    <message>
        <source>Hard call from minutes on</source>
        <translation>通话多少分钟起算难缠来电</translation>
    </message>
    <message>
        <source>Hard call up to the rating</source>
        <translation>评价不高于几分算难缠来电</translation>
    </message>
    <message>
        <source>Question of the week</source>
        <translation>每周心情问题</translation>
    </message>
    <message>
        <source>Question of the week, words</source>
        <translation>每周心情问题的文字</translation>
    </message>
    <message>
        <source>Answers are shown from so many people on</source>
        <translation>至少多少人回答才显示</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Names on the honours board</source>
        <translation>龙虎榜上的姓名</translation>
    </message>
    <message>
        <source>Bounds of its figures</source>
        <translation>指标阈值</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>显示为</translation>
    </message>
    <message>
        <source>Alert from</source>
        <translation>告警起点</translation>
    </message>
    <message>
        <source>A telephone sounds poor below the MOS</source>
        <translation>话机音质差：MOS 低于</translation>
    </message>
    <message>
        <source>Quiet for minutes after it is over</source>
        <translation>解除后静默（分钟）</translation>
    </message>
    <message>
        <source>Counts what was within minutes</source>
        <translation>统计最近分钟数</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>To {place}: {reason}</source>
        <translation>转至 {place}：{reason}</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>技术支持</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Praise</source>
        <translation>表扬</translation>
    </message>
    <message>
        <source>Sales lead</source>
        <translation>销售线索</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变更</translation>
    </message>
</context>
<context>
    <name>floor</name>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>After-call work</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>已签退</translation>
    </message>
    <message>
        <source>Help comes</source>
        <translation>支援已响应</translation>
    </message>
    <message>
        <source>Asks for help</source>
        <translation>求助</translation>
    </message>
    <message>
        <source>Workstation gone</source>
        <translation>工作站失联</translation>
    </message>
    <message>
        <source>Not as wanted</source>
        <translation>与期望不符</translation>
    </message>
    <message>
        <source>Being set</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Phone away</source>
        <translation>话机不可达</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>late {minutes} min</source>
        <translation>迟到 {minutes} 分钟</translation>
    </message>
    <message>
        <source>out {minutes} min</source>
        <translation>偏离 {minutes} 分钟</translation>
    </message>
    <message>
        <source>work</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>training</source>
        <translation>培训</translation>
    </message>
    <message>
        <source>Adherence {share}</source>
        <translation>排班遵守率 {share}</translation>
    </message>
    <message>
        <source>planned: {planned} until {time}</source>
        <translation>排班：{planned}至 {time}</translation>
    </message>
    <message>
        <source>Out of plan since {time}, for {minutes} min.</source>
        <translation>自 {time} 起偏离排班，已 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Late: the shift began at {time}, {minutes} min ago.</source>
        <translation>迟到：班次 {time} 开始，已过 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>The server has not heard of this agent&apos;s workstation for half a minute. After two minutes without it the agent is signed out of the queues. Look whether they sit there.</source>
        <translation>服务器已半分钟收不到该坐席工作台的消息，满两分钟将从队列签出。请去看看坐席是否在位。</translation>
    </message>
    <message>
        <source>It does not know the extension.</source>
        <translation>交换机没有这个分机。</translation>
    </message>
    <message>
        <source>It does not know one of the queues.</source>
        <translation>交换机没有其中一个队列。</translation>
    </message>
    <message>
        <source>It does not allow that.</source>
        <translation>交换机不允许这样做。</translation>
    </message>
    <message>
        <source>Another agent has signed in at the same telephone since.</source>
        <translation>之后有另一名坐席在同一话机上签入。</translation>
    </message>
    <message>
        <source>The exchange is not as this agent wants it, and could not be set. It is tried again all the time; callers may not be offered as the board says. Tell who looks after the exchange.</source>
        <translation>交换机上的状态与坐席期望的不符，且未能改正。系统会不断重试；来电分配可能与看板所示不同。请告知交换机管理员。</translation>
    </message>
    <message>
        <source>The exchange is not as this agent wants it yet. It is being set.</source>
        <translation>交换机上的状态尚与坐席期望的不符，正在同步。</translation>
    </message>
    <message>
        <source>The exchange cannot be reached: what it offers this agent is not known.</source>
        <translation>无法连接交换机，不知道它是否会给该坐席分配来电。</translation>
    </message>
    <message>
        <source>The exchange agrees, but calls do not reach the telephone. Ask the agent to look at it.</source>
        <translation>交换机状态一致，但来电到不了话机。请让坐席检查话机。</translation>
    </message>
    <message>
        <source>The exchange agrees.</source>
        <translation>交换机状态一致。</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按姓名</translation>
    </message>
    <message>
        <source>By team</source>
        <translation>按班组</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>时间最长在前</translation>
    </message>
    <message>
        <source>You have been made ready.</source>
        <translation>您已被置为就绪。</translation>
    </message>
    <message>
        <source>You have been put into after-call work.</source>
        <translation>您已被置为话后处理。</translation>
    </message>
    <message>
        <source>You have been sent on a break ({break}).</source>
        <translation>您已被安排小休（{break}）。</translation>
    </message>
    <message>
        <source>By adherence</source>
        <translation>按遵守率</translation>
    </message>
    <message>
        <source>You have been signed out of your queues. Choose Ready at the top to take calls again.</source>
        <translation>您已被签出队列。要重新接听来电，请在顶部选择“就绪”。</translation>
    </message>
    <message>
        <source>{name} has made you ready. Reason: {reason}</source>
        <translation>{name} 已将您置为就绪。原因：{reason}</translation>
    </message>
    <message>
        <source>{name} has put you into after-call work. Reason: {reason}</source>
        <translation>{name} 已将您置为话后处理。原因：{reason}</translation>
    </message>
    <message>
        <source>{name} has sent you on a break ({break}). Reason: {reason}</source>
        <translation>{name} 已安排您小休（{break}）。原因：{reason}</translation>
    </message>
    <message>
        <source>{name} has signed you out of your queues. Reason: {reason} Choose Ready at the top to take calls again.</source>
        <translation>{name} 已将您签出队列。原因：{reason} 要重新接听来电，请在顶部选择“就绪”。</translation>
    </message>
    <message>
        <source>It holds when your call has ended.</source>
        <translation>通话结束后生效。</translation>
    </message>
    <message>
        <source>Not offered, because the site does not let you: {acts}. The duty manager or an administrator can change that.</source>
        <translation>以下操作不可用，本中心的规定不允许您进行：{acts}。值班经理或管理员可以更改。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name} has changed what you serve. Your queues now: {queues}. Reason: {reason}</source>
        <translation>{name} 调整了您的队列。现在的队列：{queues}。原因：{reason}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>You did not answer a caller in time, so you are not ready any more and nobody is brought to you. Choose Ready at the top when you take calls again.</source>
        <translation>您没有及时接听来电，已自动转为未就绪，暂不分配来电。可以接听时请在上方选“就绪”。</translation>
    </message>
    <message>
        <source>Nothing was done: you may do this only in your own team. Ask the duty manager.</source>
        <translation>未执行：您只能对本班组的坐席这样做。请联系值班经理。</translation>
    </message>
    <message>
        <source>Nothing was done: the site does not let you do this with this agent. The duty manager or an administrator can change that.</source>
        <translation>未执行：本中心的规定不允许您对这位坐席这样做。值班经理或管理员可以更改。</translation>
    </message>
    <message>
        <source>Nothing was done: the server does not know this agent any more.</source>
        <translation>未执行：服务器上已没有这名坐席。</translation>
    </message>
    <message>
        <source>Nothing was done: this queue belongs to another team. Ask the duty manager.</source>
        <translation>未执行：该队列属于其他班组。请联系值班经理。</translation>
    </message>
    <message>
        <source>This agent does not ask for help any more.</source>
        <translation>这名坐席已不再求助。</translation>
    </message>
    <message>
        <source>Nothing was done: this break is not offered any more. Choose another one.</source>
        <translation>未执行：该小休已停用，请选择其他小休。</translation>
    </message>
    <message>
        <source>Nothing was sent: nobody works there.</source>
        <translation>没有发出：那里没有人。</translation>
    </message>
</context>
<context>
    <name>follow_ups</name>
    <message>
        <source>Callback</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>Return visit</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>To be asked</source>
        <translation>待询问</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>未接通</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Customer called</source>
        <translation>客户已来电</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙线</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>号码错误</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Call later</source>
        <translation>改时再打</translation>
    </message>
    <message>
        <source>Called by themselves</source>
        <translation>客户自己来电</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>即将到时</translation>
    </message>
    <message>
        <source>{moment} · overdue</source>
        <translation>{moment} · 已超时</translation>
    </message>
    <message>
        <source>{moment} · soon</source>
        <translation>{moment} · 即将到时</translation>
    </message>
    <message>
        <source>theirs {moment}</source>
        <translation>客户当地 {moment}</translation>
    </message>
    <message>
        <source>Outside the hours for such calls ({hours} on the customer&apos;s clock).</source>
        <translation>不在可拨打时段（客户当地 {hours}）。</translation>
    </message>
    <message>
        <source>No marketing by telephone: keep to what was promised.</source>
        <translation>客户不接受电话营销：只谈承诺的内容。</translation>
    </message>
    <message>
        <source>satisfaction {given} of 5</source>
        <translation>满意度 {given}/5</translation>
    </message>
    <message>
        <source>You owe this customer a callback, due {when}: {purpose}</source>
        <translation>欠该客户一次回电，应于 {when}：{purpose}</translation>
    </message>
    <message>
        <source>A return visit is due {when}: {purpose}</source>
        <translation>应于 {when} 回访：{purpose}</translation>
    </message>
    <message>
        <source>An appointment is agreed for {when}: {purpose}</source>
        <translation>已约定 {when}：{purpose}</translation>
    </message>
    <message>
        <source>To be asked by {when}: {purpose}</source>
        <translation>应于 {when} 前询问：{purpose}</translation>
    </message>
    <message>
        <source>Only the server has this number; look the customer up first.</source>
        <translation>号码只在服务器上；请先查找客户。</translation>
    </message>
</context>
<context>
    <name>forms</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Long text</source>
        <translation>长文本</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>单选</translation>
    </message>
    <message>
        <source>Several choices</source>
        <translation>多选</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>ID card</source>
        <translation>身份证</translation>
    </message>
    <message>
        <source>Bank card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Customer&apos;s product</source>
        <translation>客户产品</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先</translation>
    </message>
    <message>
        <source>Direction of the call</source>
        <translation>通话方向</translation>
    </message>
    <message>
        <source>Queue of the call</source>
        <translation>通话队列</translation>
    </message>
    <message>
        <source>Customer is known</source>
        <translation>已识别客户</translation>
    </message>
    <message>
        <source>Identity verified</source>
        <translation>已核身</translation>
    </message>
    <message>
        <source>Tier of the customer</source>
        <translation>客户等级</translation>
    </message>
    <message>
        <source>Language of the customer</source>
        <translation>客户语言</translation>
    </message>
    <message>
        <source>Region of the customer</source>
        <translation>客户地区</translation>
    </message>
    <message>
        <source>Number of the call</source>
        <translation>来电号码</translation>
    </message>
    <message>
        <source>Name of the customer</source>
        <translation>客户姓名</translation>
    </message>
    <message>
        <source>E-mail of the customer</source>
        <translation>客户邮箱</translation>
    </message>
    <message>
        <source>Company of the customer</source>
        <translation>客户公司</translation>
    </message>
    <message>
        <source>The customer&apos;s only product</source>
        <translation>客户唯一的产品</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>已填写</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>不小于</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>不大于</translation>
    </message>
    <message>
        <source>2026-02-17</source>
        <translation>2026-02-17</translation>
    </message>
    <message>
        <source>2026-02-17 09:30</source>
        <translation>2026-02-17 09:30</translation>
    </message>
    <message>
        <source>name@company.cn</source>
        <translation>name@company.cn</translation>
    </message>
    <message>
        <source>18 characters, recording pauses</source>
        <translation>18 位，录音暂停</translation>
    </message>
    <message>
        <source>The whole number, recording pauses</source>
        <translation>完整卡号，录音暂停</translation>
    </message>
    <message>
        <source>0.00</source>
        <translation>0.00</translation>
    </message>
    <message>
        <source>The least that is allowed is {limit}.</source>
        <translation>不能小于 {limit}。</translation>
    </message>
    <message>
        <source>Choose at most {count}.</source>
        <translation>最多选 {count} 项。</translation>
    </message>
    <message>
        <source>The most that is allowed is {limit}.</source>
        <translation>不能大于 {limit}。</translation>
    </message>
    <message>
        <source>Of a card only the last four digits may be kept. Type the whole number again.</source>
        <translation>卡号只能保留后四位，请重新输入完整卡号。</translation>
    </message>
    <message>
        <source>The form does not ask this any more. Send it again.</source>
        <translation>表单已不再询问此项，请重新提交。</translation>
    </message>
    <message>
        <source>This is no number. Write it in digits, such as 12 or 12.5.</source>
        <translation>这不是数字。请用数字填写，例如 12 或 12.5。</translation>
    </message>
    <message>
        <source>This is no amount. Write it in digits, such as 128.50.</source>
        <translation>这不是金额。请用数字填写，例如 128.50。</translation>
    </message>
    <message>
        <source>This is no date. Write it as 2026-02-17.</source>
        <translation>这不是日期。请写成 2026-02-17。</translation>
    </message>
    <message>
        <source>This is no date with a time. Write it as 2026-02-17 09:30.</source>
        <translation>这不是带时间的日期。请写成 2026-02-17 09:30。</translation>
    </message>
    <message>
        <source>This is no whole ID card number. Recording stays paused until it is or is gone.</source>
        <translation>身份证号不完整或有误。补全或清空之前，录音保持暂停。</translation>
    </message>
    <message>
        <source>This is no whole bank card number. Recording stays paused until it is or is gone.</source>
        <translation>银行卡号不完整或有误。补全或清空之前，录音保持暂停。</translation>
    </message>
    <message>
        <source>This cannot be read. Write it again.</source>
        <translation>无法识别，请重新填写。</translation>
    </message>
    <message>
        <source>The form has too many fields. Remove some of them.</source>
        <translation>字段太多，请删减。</translation>
    </message>
    <message>
        <source>Two fields have one name inside. Remove this one and add it again.</source>
        <translation>两个字段的内部名称相同。请删除此字段后重新添加。</translation>
    </message>
    <message>
        <source>Give the field a name in both languages.</source>
        <translation>请为字段填写中英文名称。</translation>
    </message>
    <message>
        <source>The name or the help is too long. Shorten it.</source>
        <translation>名称或说明太长，请缩短。</translation>
    </message>
    <message>
        <source>Add at least one choice.</source>
        <translation>请至少添加一个选项。</translation>
    </message>
    <message>
        <source>Give each choice a name in both languages, and each name once.</source>
        <translation>请为每个选项填写中英文名称，且不要重复。</translation>
    </message>
    <message>
        <source>The limits do not fit. Write the smaller one first, each as the field takes it.</source>
        <translation>上下限不合适。请先填较小的值，写法与字段一致。</translation>
    </message>
    <message>
        <source>The field cannot begin with this. Choose something it takes.</source>
        <translation>字段不能以此为初始值，请选择它接受的值。</translation>
    </message>
    <message>
        <source>A condition is not whole. Choose what it looks at and what that is compared to.</source>
        <translation>条件不完整。请选择条件对象和比较值。</translation>
    </message>
    <message>
        <source>Customers have values of another kind here. Remove this field and add another one.</source>
        <translation>客户在此已有另一类型的内容。请删除此字段，另加一个。</translation>
    </message>
    <message>
        <source>Who may see this field stays as it was published. Add another field instead.</source>
        <translation>字段由谁可见，发布后不再改变。请另加一个字段。</translation>
    </message>
    <message>
        <source>The conditions go round in a circle. Take one of them away.</source>
        <translation>条件互相循环，请去掉其中一个。</translation>
    </message>
</context>
<context>
    <name>guides</name>
    <message>
        <source>Guide: {title}</source>
        <translation>话术：{title}</translation>
    </message>
    <message>
        <source>What is answered</source>
        <translation>填写之后</translation>
    </message>
    <message>
        <source>What was answered goes into the ticket.</source>
        <translation>回答的内容会写入工单。</translation>
    </message>
    <message>
        <source>Category: {name}</source>
        <translation>分类：{name}</translation>
    </message>
    <message>
        <source>Subject: {subject}</source>
        <translation>主题：{subject}</translation>
    </message>
    <message>
        <source>Disposition: {name}</source>
        <translation>小结：{name}</translation>
    </message>
    <message>
        <source>The guide&apos;s answers are in the ticket.</source>
        <translation>话术的回答已写入工单。</translation>
    </message>
    <message>
        <source>Left as you wrote it: {fields}.</source>
        <translation>以下保留您填写的内容：{fields}。</translation>
    </message>
    <message>
        <source>Only in the description, the form does not take it: {fields}.</source>
        <translation>以下内容表单填不进去，只写在描述里：{fields}。</translation>
    </message>
    <message>
        <source>Line {line}: {why}</source>
        <translation>第 {line} 行：{why}</translation>
    </message>
    <message>
        <source>there is no step yet. A step begins with “## ” and its name.</source>
        <translation>还没有步骤。每一步以“## ”加步骤名开头。</translation>
    </message>
    <message>
        <source>a guide has at most {count} steps. Make two guides of it.</source>
        <translation>一份话术最多 {count} 步，请拆成两份。</translation>
    </message>
    <message>
        <source>there are two steps “{name}”. Give one another name.</source>
        <translation>有两个步骤都叫“{name}”，请给其中一个改名。</translation>
    </message>
    <message>
        <source>the step “{name}” says nothing. Write what the agent says.</source>
        <translation>步骤“{name}”没有内容，请写上坐席要说的话。</translation>
    </message>
    <message>
        <source>something in the step “{name}” is too long. Make it shorter.</source>
        <translation>步骤“{name}”中有内容过长，请缩短。</translation>
    </message>
    <message>
        <source>the step “{name}” has more than {count} answers. Part it into two steps.</source>
        <translation>步骤“{name}”的选项超过 {count} 个，请拆成两步。</translation>
    </message>
    <message>
        <source>there is no step “{name}”. Write the link as the step&apos;s heading reads.</source>
        <translation>没有叫“{name}”的步骤，链接请按步骤标题填写。</translation>
    </message>
    <message>
        <source>nothing leads to the step “{name}”. Link to it, or take it away.</source>
        <translation>没有任何步骤通向“{name}”，请加上链接或删除它。</translation>
    </message>
    <message>
        <source>from the step “{name}” the guide never ends. Give it a way to an end.</source>
        <translation>从步骤“{name}”开始话术永远不会结束，请加一条通向结束的路。</translation>
    </message>
    <message>
        <source>the step “{name}” has a field to type in and answers. Keep one of the two.</source>
        <translation>步骤“{name}”既要填写又有选项，请只保留一种。</translation>
    </message>
    <message>
        <source>the step “{name}” asks for a choice. Write its answers as a list of links.</source>
        <translation>步骤“{name}”要求选择，请把选项写成链接列表。</translation>
    </message>
    <message>
        <source>the step “{name}” goes on, so it proposes nothing for the ticket yet.</source>
        <translation>步骤“{name}”后面还有步骤，此处还不能给工单提建议。</translation>
    </message>
    <message>
        <source>“{name}” is nothing that can be asked. Write text, number, date or choice.</source>
        <translation>“{name}”不是可填写的类型，请写 文本、数字、日期 或 选择。</translation>
    </message>
    <message>
        <source>there is no category “{name}”. Write the id of one that is there.</source>
        <translation>没有分类“{name}”，请填写已有分类的编号。</translation>
    </message>
    <message>
        <source>there is no disposition “{name}”. Write the id of one that is there.</source>
        <translation>没有小结“{name}”，请填写已有小结的编号。</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Telephone line</source>
        <translation>电话线路</translation>
    </message>
    <message>
        <source>Sound of calls</source>
        <translation>通话音质</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Headset buttons</source>
        <translation>耳机按键</translation>
    </message>
    <message>
        <source>Data on this computer</source>
        <translation>本机数据</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>Set by your organisation</source>
        <translation>由单位统一设置</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>尚未测试</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>需留意</translation>
    </message>
    <message>
        <source>Not working</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>The server could not be asked what time it is.</source>
        <translation>无法向服务器查询时间。</translation>
    </message>
    <message>
        <source>{seconds} s away from the server&apos;s clock.</source>
        <translation>与服务器时钟相差 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Encrypted, {size} MB.</source>
        <translation>已加密，{size} MB。</translation>
    </message>
    <message>
        <source>Not encrypted, {size} MB.</source>
        <translation>未加密，{size} MB。</translation>
    </message>
    <message>
        <source>{waiting} waiting, {refused} refused by the server.</source>
        <translation>{waiting} 项待发送，{refused} 项被服务器拒绝。</translation>
    </message>
    <message>
        <source>{free} GB free, data in {folder}.</source>
        <translation>剩余 {free} GB，数据位于 {folder}。</translation>
    </message>
    <message>
        <source>Keeps your sign-in: {name}.</source>
        <translation>保存您的登录信息：{name}。</translation>
    </message>
    <message>
        <source>Settings that are decided: {locked}. Written, and not counting: {refused}.</source>
        <translation>已设置 {locked} 项；写明但不生效 {refused} 项。</translation>
    </message>
    <message>
        <source>Tell IT to renew the certificate of the server.</source>
        <translation>请通知 IT 更新服务器证书。</translation>
    </message>
    <message>
        <source>Check the cable, the Wi-Fi or the VPN; tell IT if it stays so.</source>
        <translation>请检查网线、Wi-Fi 或 VPN；若仍如此，请通知 IT。</translation>
    </message>
    <message>
        <source>Set the clock of this computer, or ask IT to: it should follow a time server.</source>
        <translation>请校准本机时钟，或请 IT 处理：应与时间服务器同步。</translation>
    </message>
    <message>
        <source>Start the phone again by the button above the call strip.</source>
        <translation>请点击通话栏上方的按钮重新启动电话。</translation>
    </message>
    <message>
        <source>It is measured in every call; the echo service tells without a customer.</source>
        <translation>每次通话都会测量；也可拨打回音服务，无需客户参与。</translation>
    </message>
    <message>
        <source>Use a cable in place of Wi-Fi and close downloads; tell IT if it stays so.</source>
        <translation>请改用网线并关闭下载；若仍如此，请通知 IT。</translation>
    </message>
    <message>
        <source>Try the sound, and speak.</source>
        <translation>请测试声音并说话。</translation>
    </message>
    <message>
        <source>Nothing was heard: look for a mute switch, or choose another one.</source>
        <translation>没有听到声音：请检查静音开关，或换一个麦克风。</translation>
    </message>
    <message>
        <source>Tell IT at once; do not go on with customers.</source>
        <translation>请立即通知 IT，并暂停接待客户。</translation>
    </message>
    <message>
        <source>Open “Needs attention” and decide what becomes of it.</source>
        <translation>请打开“需要处理”，决定如何处理。</translation>
    </message>
    <message>
        <source>Free some space, or ask IT to; without it nothing more can be saved.</source>
        <translation>请清理磁盘空间，或请 IT 处理；否则将无法继续保存。</translation>
    </message>
    <message>
        <source>IT finds what is wrong with agent-desktop --policy-report.</source>
        <translation>IT 可用 agent-desktop --policy-report 查明问题。</translation>
    </message>
    <message>
        <source>Version {version}, answers in {latency} ms.</source>
        <translation>版本 {version}，响应时间 {latency} 毫秒。</translation>
    </message>
    <message>
        <source>Certificate of {issuer}, until {day}.</source>
        <translation>证书由 {issuer} 签发，有效期至 {day}。</translation>
    </message>
    <message>
        <source>The phone is not running.</source>
        <translation>电话未运行。</translation>
    </message>
    <message>
        <source>Registered at {registrar} by {transport} since {since}.</source>
        <translation>自 {since} 起通过 {transport} 注册到 {registrar}。</translation>
    </message>
    <message>
        <source>Calls come straight in; there is no registrar.</source>
        <translation>来电直接接入，无注册服务器。</translation>
    </message>
    <message>
        <source>The phone is being registered.</source>
        <translation>电话正在注册。</translation>
    </message>
    <message>
        <source>No call was measured since the program was started.</source>
        <translation>程序启动以来尚未测量过通话。</translation>
    </message>
    <message>
        <source>MOS {mos}, {loss} % lost, jitter {jitter} ms, round trip {trip} ms ({codec}).</source>
        <translation>MOS {mos}，丢包 {loss} %，抖动 {jitter} 毫秒，往返 {trip} 毫秒（{codec}）。</translation>
    </message>
    <message>
        <source>{device}; the loudest that was heard: {percent} %.</source>
        <translation>{device}；听到的最大音量：{percent} %。</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Number withheld</source>
        <translation>号码隐藏</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>已转接</translation>
    </message>
    <message>
        <source>Broke off</source>
        <translation>通话中断</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>已通话</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已接听</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>占线</translation>
    </message>
    <message>
        <source>Declined there</source>
        <translation>对方拒接</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>No such number</source>
        <translation>空号</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不允许呼叫</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>无法接通</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>未接通</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>已拒接</translation>
    </message>
    <message>
        <source>Answered by somebody else</source>
        <translation>他人已接</translation>
    </message>
    <message>
        <source>Rang out</source>
        <translation>振铃超时</translation>
    </message>
    <message>
        <source>Turned away: do not disturb</source>
        <translation>已拒绝：免打扰</translation>
    </message>
    <message>
        <source>Turned away: number withheld</source>
        <translation>已拒绝：号码隐藏</translation>
    </message>
    <message>
        <source>Turned away: in another call</source>
        <translation>已拒绝：正在通话</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
</context>
<context>
    <name>imports</name>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>External id</source>
        <translation>外部编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名或名称</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>客群</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已实名</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>入网日期</translation>
    </message>
    <message>
        <source>Value in 12 months</source>
        <translation>12 个月消费</translation>
    </message>
    <message>
        <source>Value in 12 months, in hundredths</source>
        <translation>12 个月消费（分）</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Kind of ticket</source>
        <translation>工单类型</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customer&apos;s telephone</source>
        <translation>客户电话</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Created at</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建人</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Due at</source>
        <translation>截止时间</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Product line</source>
        <translation>产品线</translation>
    </message>
    <message>
        <source>Monthly price</source>
        <translation>月费</translation>
    </message>
    <message>
        <source>Monthly price, in hundredths</source>
        <translation>月费（分）</translation>
    </message>
    <message>
        <source>Another table is being imported or tried. Wait until it is done, then try again.</source>
        <translation>另一张表格正在导入或试运行。请等它完成后再试。</translation>
    </message>
    <message>
        <source>The server no longer has the file. Choose it again.</source>
        <translation>服务器上已没有这个文件。请重新选择。</translation>
    </message>
    <message>
        <source>The file is larger than the server takes. Split it, and import the parts.</source>
        <translation>文件超过服务器的限度。请分成几个文件导入。</translation>
    </message>
    <message>
        <source>You may no longer import tables. Ask who keeps the server.</source>
        <translation>您已无权导入表格。请联系服务器管理员。</translation>
    </message>
    <message>
        <source>Too many files are on their way to the server. Wait a few minutes, then try again.</source>
        <translation>正在发送的文件太多。请过几分钟再试。</translation>
    </message>
    <message>
        <source>The server has no room for the file. Tell who keeps it.</source>
        <translation>服务器空间不足，放不下文件。请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}. Close it in other programs, then choose it again.</source>
        <translation>文件读不了：{why}。请在其他程序中关闭它，再重新选择。</translation>
    </message>
    <message>
        <source>The file cannot be imported ({code}). Tell who keeps the server.</source>
        <translation>文件不能导入（{code}）。请告知服务器管理员。</translation>
    </message>
    <message>
        <source>There is nothing in the file.</source>
        <translation>文件里没有数据。</translation>
    </message>
    <message>
        <source>This is not a table. Save it as CSV UTF-8 or as XLSX.</source>
        <translation>这不是表格文件。请另存为 CSV UTF-8 或 XLSX。</translation>
    </message>
    <message>
        <source>A line is longer than 4 MB: this is no table. Save it as CSV UTF-8 or as XLSX.</source>
        <translation>有一行超过 4 MB，这不像是表格。请另存为 CSV UTF-8 或 XLSX。</translation>
    </message>
    <message>
        <source>There is too little text to tell UTF-8 from GB18030. Say which under “Encoding”.</source>
        <translation>中文太少，分不清是 UTF-8 还是 GB18030。请在“编码”中指明。</translation>
    </message>
    <message>
        <source>The file is neither UTF-8 nor GB18030. Save it as CSV UTF-8, or say what it is under “Encoding”.</source>
        <translation>文件既不是 UTF-8 也不是 GB18030。请另存为 CSV UTF-8，或在“编码”中指明。</translation>
    </message>
    <message>
        <source>This is a workbook of the old form (XLS) or one with a password. Take the password off and save it as XLSX.</source>
        <translation>这是旧格式（XLS）或加了密码的工作簿。请去掉密码，另存为 XLSX。</translation>
    </message>
    <message>
        <source>This is an archive, but no XLSX workbook. Save it as XLSX or CSV UTF-8.</source>
        <translation>这是压缩文件，但不是 XLSX 工作簿。请另存为 XLSX 或 CSV UTF-8。</translation>
    </message>
    <message>
        <source>The workbook would unpack to {size}, which is more than is opened. Split it, or save it as CSV UTF-8.</source>
        <translation>工作簿解压后有 {size}，超出限度，没有打开。请分成几个文件，或另存为 CSV UTF-8。</translation>
    </message>
    <message>
        <source>The workbook declares XML entities, which may do harm; it was not opened. Save it anew as XLSX.</source>
        <translation>工作簿里有 XML 实体，可能有害，没有打开。请重新另存为 XLSX。</translation>
    </message>
    <message>
        <source>The workbook is damaged. Save it anew as XLSX.</source>
        <translation>工作簿已损坏。请重新另存为 XLSX。</translation>
    </message>
    <message>
        <source>What read the file has ended: it may be too large. Split it, or save it as CSV UTF-8.</source>
        <translation>读文件的进程中断了，文件可能太大。请分成几个文件，或另存为 CSV UTF-8。</translation>
    </message>
    <message>
        <source>Several sheets could be meant. Choose one under “Sheet”.</source>
        <translation>有几张工作表可以导入。请在“工作表”中选一张。</translation>
    </message>
    <message>
        <source>There is no sheet “{sheet}”. Choose one under “Sheet”.</source>
        <translation>没有工作表“{sheet}”。请在“工作表”中选一张。</translation>
    </message>
    <message>
        <source>Row {row} is empty: it cannot be the headings.</source>
        <translation>第 {row} 行是空的，不能作表头。</translation>
    </message>
    <message>
        <source>There are more than {most} columns.</source>
        <translation>表头超过 {most} 列。</translation>
    </message>
    <message>
        <source>Nobody knows what these columns mean: {columns}. Say it for each, or leave it out.</source>
        <translation>不认识这些列：{columns}。请逐列指明含义，或选“不导入”。</translation>
    </message>
    <message>
        <source>Several columns say {field}: {columns}. Keep one, and leave the others out.</source>
        <translation>有几列都是{field}：{columns}。请只留一列，其余选“不导入”。</translation>
    </message>
    <message>
        <source>No column says {fields}. Choose the column that does, or write what every row says.</source>
        <translation>没有哪一列是{fields}。请选出这一列，或填写每一行相同的值。</translation>
    </message>
    <message>
        <source>There is no column {column} in this file.</source>
        <translation>文件里没有列 {column}。</translation>
    </message>
    <message>
        <source>There is no field {field}.</source>
        <translation>没有字段 {field}。</translation>
    </message>
    <message>
        <source>{field} cannot be “{value}”. {choices}{known}</source>
        <translation>{field}不能是“{value}”。{choices}{known}</translation>
    </message>
    <message>
        <source>The server cannot write the file of the faulty rows. Tell who keeps it.</source>
        <translation>服务器写不了错误文件。请告知服务器管理员。</translation>
    </message>
</context>
<context>
    <name>knowledge</name>
    <message>
        <source>Chosen in the menu: {path}</source>
        <translation>客户按键选择：{path}</translation>
    </message>
    <message>
        <source>Often needed in {queue}</source>
        <translation>{queue}常用</translation>
    </message>
    <message>
        <source>Fits what the customer has</source>
        <translation>与客户的产品有关</translation>
    </message>
    <message>
        <source>The customer has {product}</source>
        <translation>客户在用：{product}</translation>
    </message>
    <message>
        <source>Fits what you write in the ticket</source>
        <translation>与工单内容相关</translation>
    </message>
    <message>
        <source>Ticket category: {category}</source>
        <translation>工单分类：{category}</translation>
    </message>
    <message>
        <source>Asked before: {subject}</source>
        <translation>客户曾咨询：{subject}</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>Standard answer</source>
        <translation>标准答复</translation>
    </message>
    <message>
        <source>Guided script</source>
        <translation>引导脚本</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>未复核</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>Not valid now</source>
        <translation>当前无效</translation>
    </message>
    <message>
        <source>Not valid yet</source>
        <translation>未生效</translation>
    </message>
    <message>
        <source>It held until {day}. Do not tell it to customers any more.</source>
        <translation>有效期至{day}，请勿再对客户使用。</translation>
    </message>
    <message>
        <source>It holds from {day}.</source>
        <translation>自{day}起生效。</translation>
    </message>
    <message>
        <source>It should have been read again by {day}. Make sure before you rely on it.</source>
        <translation>应于{day}前复核，使用前请先核实。</translation>
    </message>
    <message>
        <source>Only {whom}</source>
        <translation>仅限{whom}</translation>
    </message>
    <message>
        <source>Updated {day}</source>
        <translation>{day}更新</translation>
    </message>
    <message>
        <source>helped {helpful} of {asked}</source>
        <translation>{asked} 人中 {helpful} 人认为有用</translation>
    </message>
</context>
<context>
    <name>likeness</name>
    <message>
        <source>the same number</source>
        <translation>号码相同</translation>
    </message>
    <message>
        <source>the same e-mail address</source>
        <translation>邮箱相同</translation>
    </message>
    <message>
        <source>the same name</source>
        <translation>姓名相同</translation>
    </message>
    <message>
        <source>a name that is read the same</source>
        <translation>姓名读音相同</translation>
    </message>
    <message>
        <source>nearly the same name</source>
        <translation>姓名相近</translation>
    </message>
    <message>
        <source>the same company</source>
        <translation>公司相同</translation>
    </message>
    <message>
        <source>the same region</source>
        <translation>地区相同</translation>
    </message>
    <message>
        <source>almost certain</source>
        <translation>几乎确定</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>很可能</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>可能</translation>
    </message>
</context>
<context>
    <name>listening</name>
    <message>
        <source>You may not listen to calls of {name}. Ask who leads your team.</source>
        <translation>您无权收听{name}的通话录音，请联系班组长。</translation>
    </message>
    <message>
        <source>There is no recording of this call here or on the server. It was not recorded, or it is still on the workstation of {name}.</source>
        <translation>本机和服务器上都没有这通电话的录音：可能没有录音，或录音还在{name}的工作台上。</translation>
    </message>
    <message>
        <source>The recording is on its way from the workstation of {name}: {percent} %. Try again later.</source>
        <translation>录音正从{name}的工作台上传：{percent} %，请稍后再试。</translation>
    </message>
    <message>
        <source>The recording came damaged from the server. Try again; if it stays so, tell IT.</source>
        <translation>从服务器取到的录音已损坏。请重试，仍不行请联系 IT。</translation>
    </message>
    <message>
        <source>The server has lost the recording, or may not open it. Tell IT.</source>
        <translation>服务器上的录音已丢失或无法打开，请联系 IT。</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>Without</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Number or subject</source>
        <translation>单号或主题</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>最近更新</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Change those chosen</source>
        <translation>修改所选工单</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Name or company</source>
        <translation>姓名或公司</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Value of the year</source>
        <translation>年度消费</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>入网时间</translation>
    </message>
    <message>
        <source>Gold and diamond</source>
        <translation>金卡与钻石</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>上周</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Before now</source>
        <translation>现在之前</translation>
    </message>
    <message>
        <source>Between two days</source>
        <translation>两个日期之间</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>What the call was about</source>
        <translation>通话主题</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>About</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>Exported by</source>
        <translation>导出人</translation>
    </message>
    <message>
        <source>Exported at</source>
        <translation>导出时间</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Narrowed to</source>
        <translation>筛选范围</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>About this file</source>
        <translation>文件说明</translation>
    </message>
    <message>
        <source>Callbacks and return visits</source>
        <translation>回电与回访</translation>
    </message>
    <message>
        <source>What was promised</source>
        <translation>承诺的内容</translation>
    </message>
    <message>
        <source>On their clock</source>
        <translation>客户当地</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Mine and the team&apos;s</source>
        <translation>我的和团队的</translation>
    </message>
    <message>
        <source>The team&apos;s</source>
        <translation>团队的</translation>
    </message>
</context>
<context>
    <name>macros</name>
    <message>
        <source>Customer: name</source>
        <translation>客户：姓名</translation>
    </message>
    <message>
        <source>Customer: form of address</source>
        <translation>客户：称谓</translation>
    </message>
    <message>
        <source>Customer: company</source>
        <translation>客户：公司</translation>
    </message>
    <message>
        <source>Customer: number, masked</source>
        <translation>客户：号码（打码）</translation>
    </message>
    <message>
        <source>Ticket: number</source>
        <translation>工单：编号</translation>
    </message>
    <message>
        <source>Ticket: subject</source>
        <translation>工单：标题</translation>
    </message>
    <message>
        <source>Ticket: until when it is to be solved</source>
        <translation>工单：解决期限</translation>
    </message>
    <message>
        <source>Agent: name</source>
        <translation>坐席：姓名</translation>
    </message>
    <message>
        <source>Queue: name</source>
        <translation>队列：名称</translation>
    </message>
    <message>
        <source>Queue: brand</source>
        <translation>队列：品牌</translation>
    </message>
    <message>
        <source>Today&apos;s date</source>
        <translation>今天的日期</translation>
    </message>
    <message>
        <source>Status: {status}</source>
        <translation>状态：{status}</translation>
    </message>
    <message>
        <source>Priority: {priority}</source>
        <translation>优先级：{priority}</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>归我负责</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Title, Chinese</source>
        <translation>中文标题</translation>
    </message>
    <message>
        <source>Title, English</source>
        <translation>英文标题</translation>
    </message>
    <message>
        <source>Text, Chinese</source>
        <translation>中文正文</translation>
    </message>
    <message>
        <source>Text, English</source>
        <translation>英文正文</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>write it.</source>
        <translation>请填写。</translation>
    </message>
    <message>
        <source>at most {count} characters.</source>
        <translation>最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>choose fewer of them, or none for all.</source>
        <translation>请少选几个；一个不选表示全部。</translation>
    </message>
    <message>
        <source>no spaces, slashes or braces: it is typed after a slash.</source>
        <translation>不能有空格、斜杠或花括号：它要在斜杠之后输入。</translation>
    </message>
    <message>
        <source>a brace stands alone. Braces are only around the name of a placeholder.</source>
        <translation>花括号没有成对。花括号只用来括住占位符的名称。</translation>
    </message>
    <message>
        <source>there is no placeholder “{name}”. Choose one from the list.</source>
        <translation>没有占位符“{name}”。请从列表中选择。</translation>
    </message>
    <message>
        <source>a macro does not close a ticket, nor move it where that wants a reason.</source>
        <translation>宏不能关闭工单，也不能转到必须写原因的状态。</translation>
    </message>
    <message>
        <source>one of them is not there any more. Choose again.</source>
        <translation>其中一个已不存在，请重新选择。</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>The name or the password is wrong. Check both and try again.</source>
        <translation>工号或密码不正确。请核对后重试。</translation>
    </message>
    <message>
        <source>This account is locked. Ask your team lead or administrator to unlock it.</source>
        <translation>账号已锁定。请联系班组长或管理员解锁。</translation>
    </message>
    <message>
        <source>There were too many attempts. Wait {seconds} seconds, then try again.</source>
        <translation>尝试次数过多。请等待 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>Your sign-in has expired. Sign in again; nothing was lost.</source>
        <translation>登录已过期。请重新登录，数据没有丢失。</translation>
    </message>
    <message>
        <source>A code from your telephone is needed as well. Enter the one it shows now.</source>
        <translation>还需要手机上的验证码。请输入它现在显示的数字。</translation>
    </message>
    <message>
        <source>This code is wrong. Enter the one that your telephone shows now; if it is always wrong, check the clock of the telephone.</source>
        <translation>验证码不正确。请输入手机现在显示的数字；若一直不对，请检查手机的时间。</translation>
    </message>
    <message>
        <source>This code was used already. Wait until your telephone shows the next one, then enter that.</source>
        <translation>这个验证码已经用过。请等手机显示下一个，再输入。</translation>
    </message>
    <message>
        <source>Your role needs a second factor. Set one up, then sign in with its code.</source>
        <translation>您的岗位需要第二重验证。请先设置，再用它的验证码登录。</translation>
    </message>
    <message>
        <source>Update first: your server wants version {oldest} of this program or newer. Your IT installs it; until then nothing new arrives here, and what you write is still sent.</source>
        <translation>请先更新：服务器要求本程序的版本不低于 {oldest}，由 IT 负责安装。在此之前收不到新内容，您写的内容仍会照常发送。</translation>
    </message>
    <message>
        <source>This version is too old for the server. Install the update; what you wrote is kept.</source>
        <translation>当前版本过旧，服务器不再支持。请安装更新，您写的内容会保留。</translation>
    </message>
    <message>
        <source>The local copy was too old and is being fetched again. You can go on working.</source>
        <translation>本地数据过旧，正在重新获取。您可以继续工作。</translation>
    </message>
    <message>
        <source>You may no longer see part of this. Ask your team lead if that is a mistake.</source>
        <translation>您已无权查看其中一部分。如有疑问请联系班组长。</translation>
    </message>
    <message>
        <source>The server {address} does not answer through the proxy {proxy}. Check the address and the network, then try again; if it stays so, tell your IT.</source>
        <translation>服务器 {address} 经代理 {proxy} 没有响应。请核对地址和网络后重试；若仍如此，请告知 IT。</translation>
    </message>
    <message>
        <source>The server {address} does not answer. Check the address and the network, then try again.</source>
        <translation>服务器 {address} 没有响应。请检查地址和网络后重试。</translation>
    </message>
    <message>
        <source>{address} does not answer as our server would. Check the address with your administrator.</source>
        <translation>{address} 的响应不像本系统的服务器。请与管理员核对地址。</translation>
    </message>
    <message>
        <source>You have asked for much in a short time. Wait {seconds} seconds, then try again.</source>
        <translation>您在短时间内查询过多。请等待 {seconds} 秒后再试。</translation>
    </message>
    <message>
        <source>The server refused this ({code}). Try again; if it stays so, tell your administrator.</source>
        <translation>服务器拒绝了此操作（{code}）。请重试，仍不成功请告知管理员。</translation>
    </message>
    <message>
        <source>The disk is full, so this could not be saved. Make room on it; the text stays on the screen.</source>
        <translation>磁盘已满，无法保存。请清理空间，文字会留在屏幕上。</translation>
    </message>
    <message>
        <source>The local copy was damaged. It is being fetched again; your own changes are safe.</source>
        <translation>本地数据已损坏，正在重新获取。您自己的更改是安全的。</translation>
    </message>
    <message>
        <source>The file of unsent changes is damaged. It was set aside at {path}; call your administrator.</source>
        <translation>待发送更改的文件已损坏，已另存于 {path}。请联系管理员。</translation>
    </message>
    <message>
        <source>Another program is using the local data. Close it, then try again.</source>
        <translation>其他程序正在使用本地数据。请关闭后重试。</translation>
    </message>
    <message>
        <source>Nothing can be written to {path}. Ask your administrator for the right to write there.</source>
        <translation>无法写入 {path}。请向管理员申请写入权限。</translation>
    </message>
    <message>
        <source>The local data could not be read ({path}). Start the program again; nothing was deleted.</source>
        <translation>无法读取本地数据（{path}）。请重新启动程序，数据没有被删除。</translation>
    </message>
    <message>
        <source>The keyring of this computer is locked. Unlock it, or sign in with your password every time.</source>
        <translation>这台电脑的密钥环已锁定。请解锁，或每次用密码登录。</translation>
    </message>
    <message>
        <source>This computer has no safe place for passwords, so you will be asked each time you start.</source>
        <translation>这台电脑没有可以安全保存密码的地方，每次启动都需要输入密码。</translation>
    </message>
    <message>
        <source>This computer does not know the authority that certified {address}, so nothing was sent there. Ask your IT to install its certificate, or to name it in the policy (server.ca_file).</source>
        <translation>本机不认识为 {address} 签发证书的机构，因此没有发送任何内容。请让 IT 安装该机构的根证书，或在策略中指定（server.ca_file）。</translation>
    </message>
    <message>
        <source>The certificate of {address} is not valid today. Check the date of this computer; if it is right, your IT has to renew the certificate.</source>
        <translation>{address} 的证书今天不在有效期内。请核对本机日期；若日期正确，需由 IT 更新证书。</translation>
    </message>
    <message>
        <source>What answers at {address} shows the certificate of another server. Check the address; if it is right, tell your IT.</source>
        <translation>{address} 出示的是另一台服务器的证书。请核对地址；若地址正确，请告知 IT。</translation>
    </message>
    <message>
        <source>The certificates in {path} cannot be read, so no server is trusted. Ask your IT to put the file there, or to mend the setting server.ca_file.</source>
        <translation>无法读取 {path} 中的证书，因此不信任任何服务器。请让 IT 放好该文件，或更正设置 server.ca_file。</translation>
    </message>
    <message>
        <source>{variable} names {path}, where no certificates can be read, so no server is trusted. Ask your IT to put the file there, or to take the variable away, then start the program again.</source>
        <translation>{variable} 指向 {path}，但那里读不到证书，因此不信任任何服务器。请让 IT 放好该文件或去掉该变量，然后重新启动程序。</translation>
    </message>
    <message>
        <source>The proxy {proxy} that leads to the server is of a kind that this program does not speak. Ask your IT for an HTTP proxy (server.proxy).</source>
        <translation>通往服务器的代理 {proxy} 属于本程序不支持的类型。请让 IT 提供 HTTP 代理（server.proxy）。</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not let this computer through to {address}. Tell your IT.</source>
        <translation>代理 {proxy} 不允许本机访问 {address}。请告知 IT。</translation>
    </message>
    <message>
        <source>The queue or department of this category is not there any more. Choose another category, and tell your administrator.</source>
        <translation>这个分类的队列或部门已经没有了。请换一个分类，并告诉管理员。</translation>
    </message>
    <message>
        <source>Write a moment that is past, such as “2026-11-20 14:05”, “11-20” or “yesterday 9:30”.</source>
        <translation>请写已经过去的时间，例如“2026-11-20 14:05”、“11-20”或“昨天 9:30”。</translation>
    </message>
    <message>
        <source>This is a temporary privacy number that a platform lends: it is nobody&apos;s own and is not kept. Ask for the customer&apos;s own number.</source>
        <translation>这是平台临时分配的隐私号，不属于任何人，不会保存。请询问客户本人的号码。</translation>
    </message>
    <message>
        <source>This step wants a reason. Open the ticket and make it again, saying why.</source>
        <translation>这一步需要写明原因。请打开工单，写明原因后重做。</translation>
    </message>
    <message>
        <source>Somebody moved the ticket meanwhile. Open it, see where it is, then hand it over again.</source>
        <translation>期间有人转派了这张工单。请打开查看它现在在哪里，再转派。</translation>
    </message>
    <message>
        <source>Nobody of this name works for customers any more. Choose somebody else.</source>
        <translation>此人已不再服务客户，请另选他人。</translation>
    </message>
    <message>
        <source>The other ticket is not there any more, or you may no longer see it.</source>
        <translation>另一张工单已不存在，或您无权查看。</translation>
    </message>
    <message>
        <source>Sub-tasks of the ticket are still open. Finish them first.</source>
        <translation>工单还有未完成的子任务，请先完成。</translation>
    </message>
    <message>
        <source>What was written for training does not hold together any more. Open it and write it again.</source>
        <translation>培训内容已前后不符，请打开后重新填写。</translation>
    </message>
    <message>
        <source>This person takes no part in training. Choose somebody else.</source>
        <translation>此人不参加培训考试，请另选他人。</translation>
    </message>
    <message>
        <source>Training is due within 90 days, and not before now. Choose another day.</source>
        <translation>培训的截止时间须在现在之后、90 天之内，请另选日期。</translation>
    </message>
    <message>
        <source>This quiz or course is not offered any more. Choose another.</source>
        <translation>这项测验或课程已停用，请另选一项。</translation>
    </message>
    <message>
        <source>The ticket is closed and stays as it is. Comment on it, or write a new one and link the two.</source>
        <translation>工单已关闭，内容不再更改。请在原工单上备注，或新建工单并关联。</translation>
    </message>
    <message>
        <source>A sub-task stands below an open ticket that is none itself. Choose another.</source>
        <translation>子任务只能挂在未完成、且自身不是子任务的工单下，请另选。</translation>
    </message>
    <message>
        <source>A ticket is merged once, into an open one of the same customer, a complaint only into a complaint.</source>
        <translation>工单只能合并一次，且只能并入同一客户未完成的工单；投诉只能并入投诉。</translation>
    </message>
    <message>
        <source>This was written in somebody else&apos;s name, or changes what only they may change.</source>
        <translation>此更改以他人名义写成，或改动了只有对方才能改动的内容。</translation>
    </message>
    <message>
        <source>The record is not there any more, or you may no longer see it.</source>
        <translation>该记录已不存在，或您已无权查看。</translation>
    </message>
    <message>
        <source>This version is newer than your server takes: up to {newest}. Your IT puts that one back; until then nothing new arrives here, and what you write is still sent.</source>
        <translation>当前版本高于服务器允许的版本（最高 {newest}），由 IT 退回该版本。在此之前收不到新内容，您写的内容仍会照常发送。</translation>
    </message>
    <message>
        <source>This version is newer than the server. Tell your IT; what you wrote is kept and sent later.</source>
        <translation>当前版本比服务器新。请告知 IT；您写的内容已保留，稍后会发送。</translation>
    </message>
    <message>
        <source>A newer version was at work here, and this one cannot read what it wrote. Ask your IT to install the newer one again, or go on with this one: what is not sent yet is taken along, and customers are fetched again from the server.</source>
        <translation>这台电脑上用过更新的版本，当前版本读不了它保存的数据。请联系 IT 重新安装新版本，或用当前版本继续：未发送的内容会一并带过来，客户资料重新从服务器获取。</translation>
    </message>
    <message>
        <source>Version {version} was at work here, and this one cannot read what it wrote. Ask your IT to install {version} again, or go on with this one: what is not sent yet is taken along, and customers are fetched again from the server.</source>
        <translation>这台电脑上用过版本 {version}，当前版本读不了它保存的数据。请联系 IT 重新安装 {version}，或用当前版本继续：未发送的内容会一并带过来，客户资料重新从服务器获取。</translation>
    </message>
    <message>
        <source>Version {version} was at work here, and this one cannot read what it wrote. Ask your IT to install {version} again, or go on with this one: what is not sent yet is taken along, and customers are shown as the copy of version {copy} has them until the server sends what is new.</source>
        <translation>这台电脑上用过版本 {version}，当前版本读不了它保存的数据。请联系 IT 重新安装 {version}，或用当前版本继续：未发送的内容会一并带过来，客户资料先按版本 {copy} 的备份显示，等服务器补上更新。</translation>
    </message>
    <message>
        <source>This version goes on after a newer one, with {count} unsent changes. Customers are as the copy from before has them, until the server has sent what is new.</source>
        <translation>已从更新的版本退回到当前版本，带过来 {count} 条未发送的更改。客户资料先按之前的备份显示，等服务器补上更新。</translation>
    </message>
    <message>
        <source>This version goes on after a newer one, with {count} unsent changes. Customers are fetched again from the server.</source>
        <translation>已从更新的版本退回到当前版本，带过来 {count} 条未发送的更改。客户资料正在重新从服务器获取。</translation>
    </message>
    <message>
        <source>{count} of your changes were made with a newer version, and this one cannot read them. They are kept and sent when the newer one is back; tell your IT.</source>
        <translation>您有 {count} 条更改是用更新的版本做的，当前版本读不了。它们已保留，等新版本装回后再发送；请告知 IT。</translation>
    </message>
    <message>
        <source>The disk has too little room for a whole copy of your data from before this version. Your work is safe; ask your IT to make room, so that they can put the version before back.</source>
        <translation>磁盘空间不足，无法完整备份升级前的数据。您的工作内容是安全的；请联系 IT 腾出空间，以便需要时能退回之前的版本。</translation>
    </message>
    <message>
        <source>Version {version} did not come up properly several times in a row. Sign in to try again; if it fails, ask your IT to put version {before} back. What you had saved is here.</source>
        <translation>版本 {version} 连续几次未能正常启动。请登录再试一次；如果还是不行，请联系 IT 退回版本 {before}。您保存过的内容都在。</translation>
    </message>
    <message>
        <source>Version {version} did not come up properly several times in a row. Sign in to try again; if it fails, tell your IT. What you had saved is here.</source>
        <translation>版本 {version} 连续几次未能正常启动。请登录再试一次；如果还是不行，请告知 IT。您保存过的内容都在。</translation>
    </message>
    <message>
        <source>The program ended unexpectedly the last time. What you had saved is here. Press Ctrl+F1 for a report that helps IT find out why.</source>
        <translation>程序上次意外退出，已保存的内容都在。按 Ctrl+F1 生成诊断报告，便于 IT 查明原因。</translation>
    </message>
    <message>
        <source>A customer was erased at their own request. Nothing about them is kept here any more.</source>
        <translation>一位客户已应本人要求删除，本机不再保存其任何信息。</translation>
    </message>
    <message>
        <source>A customer was erased at their own request, and with them what you had written about them and not sent: {drafts} drafts, {commands} changes. You need not do anything.</source>
        <translation>一位客户已应本人要求删除，您写了但尚未发送的内容也一并删除：草稿 {drafts} 份，修改 {commands} 项。您无需处理。</translation>
    </message>
    <message>
        <source>Asked for. Somebody else has to approve it; then the customer is erased everywhere at once.</source>
        <translation>已提交。须由另一人批准；批准后立即在各处删除该客户。</translation>
    </message>
    <message>
        <source>The server does not answer, and only it can take this wish. Your reason stays here; try again later.</source>
        <translation>服务器没有应答，而此申请只能由服务器受理。原因仍保留在此，请稍后再试。</translation>
    </message>
    <message>
        <source>Nothing is erased: there is a legal hold. It says in the profile who set it.</source>
        <translation>未删除：该客户处于依法留存状态，资料中写明由谁设置。</translation>
    </message>
    <message>
        <source>Somebody has asked for this already. It waits for a second person.</source>
        <translation>已有人提交过，正等待另一人批准。</translation>
    </message>
    <message>
        <source>The reason is kept for years. Say it without the customer&apos;s name and number.</source>
        <translation>原因会保存多年，请不要写客户的姓名和号码。</translation>
    </message>
    <message>
        <source>The customer is not there any more, or you may no longer see them.</source>
        <translation>该客户已不存在，或您已无权查看。</translation>
    </message>
    <message>
        <source>Say in a few words more why.</source>
        <translation>请再具体说明一下原因。</translation>
    </message>
    <message>
        <source>You asked for this yourself. Somebody else has to decide it.</source>
        <translation>这是您自己提出的申请，须由另一人审批。</translation>
    </message>
    <message>
        <source>Somebody has decided this already. The list shows how.</source>
        <translation>此申请已有人审批，结果见列表。</translation>
    </message>
    <message>
        <source>It is not ready yet. Look again in a while.</source>
        <translation>尚未完成，请稍后再看。</translation>
    </message>
    <message>
        <source>The time for fetching the copy is over. Ask for it again.</source>
        <translation>获取副本的期限已过，请重新申请。</translation>
    </message>
    <message>
        <source>There is a legal hold already.</source>
        <translation>已设置法律保全。</translation>
    </message>
    <message>
        <source>There is no legal hold any more.</source>
        <translation>法律保全已解除。</translation>
    </message>
    <message>
        <source>You may not do this. A team lead or duty manager asks; a duty manager or security officer decides.</source>
        <translation>您无权执行此操作。班组长或值班经理可提出申请，值班经理或安全管理员审批。</translation>
    </message>
    <message>
        <source>{name} said no to marketing by telephone. Call only about what they asked for or have with us.</source>
        <translation>{name} 已拒绝电话营销。只可就其要求的事项或已有业务致电。</translation>
    </message>
    <message>
        <source>It builds on a change that was not taken. Settle that one, then send this again.</source>
        <translation>它依赖于另一项未被接受的更改。请先处理那一项，再重新发送。</translation>
    </message>
    <message>
        <source>One of the entries does not have a form the server takes. Change it.</source>
        <translation>其中一项内容的格式不被服务器接受。请修改。</translation>
    </message>
    <message>
        <source>What the call came to is not among the dispositions any more. Choose again.</source>
        <translation>该话后小结已不在可选范围内，请重新选择。</translation>
    </message>
    <message>
        <source>Calls of this queue do not come to this disposition any more. Choose another one.</source>
        <translation>此队列的来电已不再使用这个话后小结项，请另选一个。</translation>
    </message>
    <message>
        <source>This queue needs to know what the call came to. Choose a disposition.</source>
        <translation>此队列要求填写通话结果，请选择话后小结项。</translation>
    </message>
    <message>
        <source>The disposition does not fit into the tree, or a queue that needs one would have none left. Look at it again and save it.</source>
        <translation>话后小结项在树中的位置不对，或者必须填写小结的队列将没有可选项。请检查后再保存。</translation>
    </message>
    <message>
        <source>These rules for after-call work cannot be kept. Look at the times, and whether the queue has dispositions, and save them again.</source>
        <translation>这些话后处理规则无法保存。请检查时长，以及该队列是否有可选的话后小结项，再保存。</translation>
    </message>
    <message>
        <source>These bounds of a queue&apos;s figures cannot be kept: one figure stands there twice, or an alarm comes before what is to be watched. Look at them and save them again.</source>
        <translation>这些队列指标阈值无法保存：同一指标写了两次，或告警阈值早于关注阈值。请检查后重新保存。</translation>
    </message>
    <message>
        <source>The file is larger than your site allows. Attach a smaller one.</source>
        <translation>文件超过本站点允许的大小。请添加较小的文件。</translation>
    </message>
    <message>
        <source>Your site does not allow this kind of file. Attach another one.</source>
        <translation>本站点不允许此类文件。请添加其他文件。</translation>
    </message>
    <message>
        <source>The ticket has as many files as your site allows.</source>
        <translation>工单附件数已达到本站点上限。</translation>
    </message>
    <message>
        <source>Your role may not export this much of the list. Narrow it, or ask your lead.</source>
        <translation>您的角色不能导出这么多行。请缩小列表范围，或联系团队负责人。</translation>
    </message>
    <message>
        <source>This business needs an identity check of the same call, passed before. Check the caller, then file.</source>
        <translation>这项业务须先在同一通话中通过核身。请核身后再提交。</translation>
    </message>
    <message>
        <source>Nothing is asked twice in one call. The first answer stays.</source>
        <translation>同一通话中不会重复提问，以第一次回答为准。</translation>
    </message>
    <message>
        <source>This is no rule of identity checks. Look at its levels and questions.</source>
        <translation>核身规则写得不对。请核对等级和问题。</translation>
    </message>
    <message>
        <source>These are no number ranges. Look at each line and save them again.</source>
        <translation>号段写得不对。请逐行核对后再保存。</translation>
    </message>
    <message>
        <source>Both are the same customer: there is nothing to relate.</source>
        <translation>双方是同一位客户，无需建立关系。</translation>
    </message>
    <message>
        <source>The two are already related like that. Look at their relations.</source>
        <translation>双方已有这种关系，请查看其关系。</translation>
    </message>
    <message>
        <source>They have been merged already, by somebody else or before. Look them up again.</source>
        <translation>这两位客户已被他人合并或早已合并，请重新查找。</translation>
    </message>
    <message>
        <source>The two belong to different customer groups. Ask your team lead to merge them.</source>
        <translation>两位客户属于不同的客户群，请班长来合并。</translation>
    </message>
    <message>
        <source>Somebody else was merged into this customer later. Undo that merge first.</source>
        <translation>之后又有其他客户并入，请先撤销后面的合并。</translation>
    </message>
    <message>
        <source>The time in which the merge could be undone is over.</source>
        <translation>已超过可撤销合并的期限。</translation>
    </message>
    <message>
        <source>That has been undone already.</source>
        <translation>已经撤销过了。</translation>
    </message>
    <message>
        <source>The announcement is not whole, or goes to people you may not tell. Open it and mend it.</source>
        <translation>公告不完整，或发送对象超出您的权限。请打开修改。</translation>
    </message>
    <message>
        <source>What the announcement asks for was not done. Read it again.</source>
        <translation>公告要求的步骤没有完成，请重新阅读。</translation>
    </message>
    <message>
        <source>The announcement is not there any more. Nothing is left for you to do.</source>
        <translation>该公告已不存在，您无需再做什么。</translation>
    </message>
    <message>
        <source>A set wants two words at least, and none that is too long or unseen. Mend it.</source>
        <translation>一组同义词至少要有两个词，词不能过长，也不能含有看不见的字符。请修改。</translation>
    </message>
    <message>
        <source>The macro names something there is no placeholder for, or changes what it may not. Mend it.</source>
        <translation>宏里用了不存在的占位符，或者更改了不允许更改的内容。请修改。</translation>
    </message>
    <message>
        <source>The rule is not whole, or looks at something there is no fact for. Write it again.</source>
        <translation>规则不完整，或使用了不存在的事实，请重新填写。</translation>
    </message>
    <message>
        <source>A colleague was quicker: it is theirs now. Nothing is left for you to do.</source>
        <translation>同事先认领了，现在归他。您无需再做什么。</translation>
    </message>
    <message>
        <source>It was done, cancelled or cleared meanwhile, so nothing about it changes.</source>
        <translation>它已被完成、取消或了结，不再更改。</translation>
    </message>
    <message>
        <source>The ticket is not there any more, or you may no longer see it.</source>
        <translation>工单已不在，或您已无权查看。</translation>
    </message>
    <message>
        <source>This colleague does not work with customers. Choose another one.</source>
        <translation>该同事不面对客户，请另选一位。</translation>
    </message>
    <message>
        <source>The plan cannot be followed. Look at its attempts, waits and hours and save it again.</source>
        <translation>方案无法执行。请检查次数、间隔和时段后重新保存。</translation>
    </message>
    <message>
        <source>What the form of the ticket asks is not as it should be. Change it; the fields say why.</source>
        <translation>工单表单的填写不符合要求。请修改，字段旁有说明。</translation>
    </message>
    <message>
        <source>What the profile asks here is not as it should be. Change it; the fields say why.</source>
        <translation>客户资料中的字段填写不符合要求。请修改，各字段旁写明了原因。</translation>
    </message>
    <message>
        <source>The form has a fault, so nobody has it. Open it, mend it and publish again.</source>
        <translation>表单有误，未下发。请打开修改后重新发布。</translation>
    </message>
    <message>
        <source>One of the entries is too long or has signs the server cannot keep. Change it.</source>
        <translation>其中一项内容过长，或含有服务器无法保存的字符。请修改。</translation>
    </message>
    <message>
        <source>A record with this id is there already. Look whether your change arrived before.</source>
        <translation>已有相同编号的记录。请查看您的更改是否先前已送达。</translation>
    </message>
    <message>
        <source>The server could not read this change. Check the computer&apos;s clock, then send again.</source>
        <translation>服务器无法读取此更改。请检查电脑时钟，然后重新发送。</translation>
    </message>
    <message>
        <source>This call is not recorded: the disk is full. Make room on it, then record again.</source>
        <translation>本次通话未录音：磁盘已满。请清理出空间后重新录音。</translation>
    </message>
    <message>
        <source>This call is not recorded: nothing can be written to {path}. Tell your administrator.</source>
        <translation>本次通话未录音：无法写入 {path}。请告知管理员。</translation>
    </message>
    <message>
        <source>The recording broke off: its file cannot be written. What was recorded is kept, and the call goes on.</source>
        <translation>录音已中断：录音文件无法写入。已录部分会保留，通话不受影响。</translation>
    </message>
    <message>
        <source>This program is open already and does not answer. End it, then start it again.</source>
        <translation>程序已经打开，但没有响应。请先结束它，再重新启动。</translation>
    </message>
    <message>
        <source>Something went wrong that we did not expect ({kind}). Your work is kept; please report it.</source>
        <translation>发生了意外错误（{kind}）。您的工作已保留，请反馈此问题。</translation>
    </message>
    <message>
        <source>The telephone switch does not accept your line&apos;s password ({code}), so no calls come in. Ask IT to set the password again.</source>
        <translation>话务交换机不接受您线路的密码（{code}），无法接到来电。请让 IT 重新设置密码。</translation>
    </message>
    <message>
        <source>The telephone switch does not let your line in ({code}), so no calls come in. Ask IT whether your line is locked.</source>
        <translation>话务交换机不允许您的线路登录（{code}），无法接到来电。请问 IT 线路是否被锁定。</translation>
    </message>
    <message>
        <source>The telephone switch does not know your line ({code}), so no calls come in. Ask IT to correct your extension.</source>
        <translation>话务交换机上没有您的线路（{code}），无法接到来电。请让 IT 更正分机号。</translation>
    </message>
    <message>
        <source>The telephone switch refused your line ({code}). No calls come in; call your administrator.</source>
        <translation>话务交换机拒绝了您的线路（{code}），无法接到来电。请联系管理员。</translation>
    </message>
    <message>
        <source>The telephone switch does not answer. No calls come in until the line is back.</source>
        <translation>话务交换机没有响应，线路恢复前无法接到来电。</translation>
    </message>
    <message>
        <source>Nobody in this network knows the telephone switch by its name, so no calls come in. Check the network or the VPN, then tell IT.</source>
        <translation>在当前网络中找不到话务交换机的域名，无法接到来电。请检查网络或 VPN，仍不行请告知 IT。</translation>
    </message>
    <message>
        <source>There is no way from this computer to the telephone switch, so no calls come in. Check the cable, the Wi-Fi or the VPN.</source>
        <translation>本机没有通往话务交换机的网络，无法接到来电。请检查网线、Wi-Fi 或 VPN。</translation>
    </message>
    <message>
        <source>The telephone switch takes no connections, so no calls come in. It may just be starting; tell IT if it stays so.</source>
        <translation>话务交换机拒绝连接，无法接到来电。它可能正在启动；若一直如此，请告知 IT。</translation>
    </message>
    <message>
        <source>The certificate of the telephone switch is not valid today, so the phone stays away from it. Check the date of this computer, then tell IT.</source>
        <translation>话务交换机的证书不在有效期内，话机没有与它连接。请先检查本机日期，再告知 IT。</translation>
    </message>
    <message>
        <source>The certificate of the telephone switch comes from nobody this computer trusts, so the phone stays away from it. Tell IT.</source>
        <translation>话务交换机的证书不是由本机信任的机构签发，话机没有与它连接。请告知 IT。</translation>
    </message>
    <message>
        <source>The telephone switch shows the certificate of another host, so the phone stays away from it. Tell IT at once.</source>
        <translation>话务交换机出示的是另一台主机的证书，话机没有与它连接。请立即告知 IT。</translation>
    </message>
    <message>
        <source>The telephone switch has a failure of its own ({code}). No calls come in until that is mended.</source>
        <translation>话务交换机自身发生故障（{code}），修复前无法接到来电。</translation>
    </message>
    <message>
        <source>Another program has the phone&apos;s port, so no calls come in. Close other telephone programs; tell IT if it stays so.</source>
        <translation>话机的端口被其他程序占用，无法接到来电。请关闭其他电话软件；若一直如此，请告知 IT。</translation>
    </message>
    <message>
        <source>Your line cannot be used as it is set up, so no calls come in. Ask IT to correct its name and its addresses.</source>
        <translation>您的线路设置无法使用，无法接到来电。请让 IT 更正线路的名称和地址。</translation>
    </message>
    <message>
        <source>Phone restarting…</source>
        <translation>电话正在重启…</translation>
    </message>
    <message>
        <source>Phone stopped</source>
        <translation>电话已停止</translation>
    </message>
    <message>
        <source>Phone in use elsewhere</source>
        <translation>电话在别处使用</translation>
    </message>
    <message>
        <source>Your line is in use at {hosts} too: calls also ring there. If that is not your telephone, tell IT.</source>
        <translation>您的线路也在 {hosts} 使用：来电会同时在那里振铃。如果那不是您的电话，请告知 IT。</translation>
    </message>
    <message>
        <source>The phone has no line. No calls come in until it is registered.</source>
        <translation>电话没有线路，注册成功前无法接到来电。</translation>
    </message>
    <message>
        <source>The switch does not allow this call, or not with {number}. Choose another number beside the dial field, or ask your team lead.</source>
        <translation>交换机不允许此次呼叫，或不允许外显 {number}。请在拨号框旁选择其他号码，或联系班长。</translation>
    </message>
    <message>
        <source>The line is busy. Try again in a moment.</source>
        <translation>对方占线。请稍后再拨。</translation>
    </message>
    <message>
        <source>The other side turned the call away.</source>
        <translation>对方拒接了电话。</translation>
    </message>
    <message>
        <source>Nobody answered.</source>
        <translation>无人接听。</translation>
    </message>
    <message>
        <source>This number does not exist. Check the digits.</source>
        <translation>号码不存在。请核对号码。</translation>
    </message>
    <message>
        <source>The number cannot be reached now. Try again later.</source>
        <translation>暂时无法接通。请稍后再拨。</translation>
    </message>
    <message>
        <source>Your line may not call this number. Ask your team lead.</source>
        <translation>您的线路无权呼叫此号码。请联系班组长。</translation>
    </message>
    <message>
        <source>The switch does not accept your line&apos;s password. Ask IT to set the password again.</source>
        <translation>交换机不接受您线路的密码。请联系 IT 重新设置密码。</translation>
    </message>
    <message>
        <source>The other telephone and this one have no sound format or encryption in common. Tell IT which number it was.</source>
        <translation>对方话机与本机没有共同的语音格式或加密方式。请把该号码告知 IT。</translation>
    </message>
    <message>
        <source>The call was transferred.</source>
        <translation>通话已转接。</translation>
    </message>
    <message>
        <source>The call rang too long and went back to the queue.</source>
        <translation>振铃超时，来电已回到队列。</translation>
    </message>
    <message>
        <source>The call was turned away because you asked not to be disturbed.</source>
        <translation>您已开启免打扰，来电已被拒接。</translation>
    </message>
    <message>
        <source>The call was turned away because its number was withheld.</source>
        <translation>来电隐藏了号码，已被拒接。</translation>
    </message>
    <message>
        <source>The call was turned away because you were in another one.</source>
        <translation>您正在另一通话中，来电已被拒接。</translation>
    </message>
    <message>
        <source>The phone stopped and was started again. The call was cut off; call back.</source>
        <translation>电话程序停止后已重新启动，通话中断。请回拨。</translation>
    </message>
    <message>
        <source>The caller gave up before the call was answered.</source>
        <translation>来电在接听前已挂断。</translation>
    </message>
    <message>
        <source>You gave up dialling.</source>
        <translation>您取消了呼叫。</translation>
    </message>
    <message>
        <source>Somebody else answered the call.</source>
        <translation>其他坐席已接听。</translation>
    </message>
    <message>
        <source>You hung up.</source>
        <translation>您已挂断。</translation>
    </message>
    <message>
        <source>The other side hung up.</source>
        <translation>对方已挂断。</translation>
    </message>
    <message>
        <source>The line broke off: nothing came from the other side any more. Call back.</source>
        <translation>线路中断：对方已没有任何声音和应答。请回拨。</translation>
    </message>
    <message>
        <source>The call failed (SIP {code}). Try again.</source>
        <translation>呼叫失败（SIP {code}）。请重试。</translation>
    </message>
    <message>
        <source>{who} is busy. The caller is on hold here.</source>
        <translation>{who} 占线。客户仍在此保持。</translation>
    </message>
    <message>
        <source>{who} does not exist. The caller is on hold here.</source>
        <translation>{who} 不存在。客户仍在此保持。</translation>
    </message>
    <message>
        <source>{who} does not answer. The caller is on hold here.</source>
        <translation>{who} 无人接听。客户仍在此保持。</translation>
    </message>
    <message>
        <source>{who} turned it down. The caller is on hold here.</source>
        <translation>{who} 拒绝了转接。客户仍在此保持。</translation>
    </message>
    <message>
        <source>{who} was not reached ({code}). The caller is on hold here.</source>
        <translation>未能接通 {who}（{code}）。客户仍在此保持。</translation>
    </message>
    <message>
        <source>{who} did not take the call, and the caller is gone. Call them back.</source>
        <translation>{who} 未接听，客户已断开。请回拨客户。</translation>
    </message>
    <message>
        <source>Transferred to {who}</source>
        <translation>已转接给 {who}</translation>
    </message>
    <message>
        <source>Invited to the survey</source>
        <translation>已转评价</translation>
    </message>
    <message>
        <source>At the PIN check, coming back to you</source>
        <translation>正在 IVR 验密，完成后回到您这里</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>已停泊</translation>
    </message>
    <message>
        <source>That call is already over.</source>
        <translation>该通话已结束。</translation>
    </message>
    <message>
        <source>That is not possible at this moment of the call.</source>
        <translation>当前通话状态下无法这样操作。</translation>
    </message>
    <message>
        <source>The phone has no account yet. Ask your administrator for an extension.</source>
        <translation>电话还没有账号。请向管理员申请分机。</translation>
    </message>
    <message>
        <source>The telephone switch cannot be reached now, so nothing was dialled. Try again later.</source>
        <translation>现在连不上话务交换机，没有拨出。请稍后再试。</translation>
    </message>
    <message>
        <source>There are too many calls at once. End one of them first.</source>
        <translation>同时通话过多。请先结束一通。</translation>
    </message>
    <message>
        <source>That is not a telephone number. Check what you typed.</source>
        <translation>这不是有效的电话号码。请核对输入。</translation>
    </message>
    <message>
        <source>The phone could not do that. Try again; if it stays so, restart the program.</source>
        <translation>电话无法完成此操作。请重试，仍不成功请重新启动程序。</translation>
    </message>
    <message>
        <source>Your organisation lets this program open no such links. Nothing was dialled; dial the number yourself.</source>
        <translation>单位规定本程序不打开此类链接。没有拨出任何号码，请自行拨号。</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>此项必填。</translation>
    </message>
    <message>
        <source>This is too long; {limit} characters are allowed.</source>
        <translation>内容过长，最多 {limit} 个字符。</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>请从列表中选择。</translation>
    </message>
    <message>
        <source>This is no e-mail address. It looks like name@company.cn.</source>
        <translation>这不是邮件地址。正确形式如 name@company.cn。</translation>
    </message>
    <message>
        <source>This is no telephone number. Write it with its area code.</source>
        <translation>这不是电话号码。请连同区号填写。</translation>
    </message>
    <message>
        <source>You may not make this change. Ask your team lead.</source>
        <translation>您无权进行此更改。请联系班组长。</translation>
    </message>
    <message>
        <source>The ticket has moved on meanwhile, so this step no longer fits.</source>
        <translation>工单状态已变化，此步骤不再适用。</translation>
    </message>
    <message>
        <source>This queue or department is not there any more. Choose another one, or for a new ticket another category.</source>
        <translation>这个队列或部门已经没有了。请另选一个；新建的工单请换一个分类。</translation>
    </message>
    <message>
        <source>The subject of the ticket is empty. Write what it is about.</source>
        <translation>工单的主题是空的。请写明是什么事。</translation>
    </message>
    <message>
        <source>The name of the customer is empty. Write who it is.</source>
        <translation>客户的姓名是空的。请写明是谁。</translation>
    </message>
    <message>
        <source>The server does not know this kind of change. Install the update.</source>
        <translation>服务器不认识此类更改。请安装更新。</translation>
    </message>
    <message>
        <source>The person it is about asked to be erased. Nothing about them is kept any more; discard it.</source>
        <translation>相关客户已要求删除，不再保存其任何信息；请放弃此项。</translation>
    </message>
    <message>
        <source>The server refused this change ({code}).</source>
        <translation>服务器拒绝了此更改（{code}）。</translation>
    </message>
    <message>
        <source>The connection to {address} is not encrypted: anybody on the way can read it. Ask your administrator for an address that begins with https.</source>
        <translation>与 {address} 的连接未加密，途中任何人都能读取。请向管理员索取以 https 开头的地址。</translation>
    </message>
    <message>
        <source>“{text}” is not a telephone number. Check what you typed.</source>
        <translation>“{text}”不是有效的电话号码。请核对输入。</translation>
    </message>
    <message>
        <source>Called {count} times today; {allowed} are allowed. Try again tomorrow from {time}.</source>
        <translation>今天已拨打 {count} 次，每天最多 {allowed} 次。请明天 {time} 以后再拨。</translation>
    </message>
    <message>
        <source>Customers are not called with {number} at this hour. Try again today from {time}.</source>
        <translation>此时段不能用 {number} 呼叫客户。请今天 {time} 以后再拨。</translation>
    </message>
    <message>
        <source>Customers are not called with {number} at this hour. Try again tomorrow from {time}.</source>
        <translation>此时段不能用 {number} 呼叫客户。请明天 {time} 以后再拨。</translation>
    </message>
    <message>
        <source>The link that was opened holds no telephone number. Nothing was dialled.</source>
        <translation>打开的链接中没有电话号码，没有拨号。</translation>
    </message>
    <message>
        <source>For headsets that a telephone maker has made for computers.</source>
        <translation>适用于带通话按键的电脑耳机。</translation>
    </message>
    <message>
        <source>{name}: buttons and lamps are in use.</source>
        <translation>{name}：按键和指示灯已启用。</translation>
    </message>
    <message>
        <source>{name}: its buttons are in use; it has no lamps.</source>
        <translation>{name}：按键已启用；它没有指示灯。</translation>
    </message>
    <message>
        <source>{name} is plugged in, but you may not use its buttons ({path}). Ask IT to install the rule 70-agent-desktop-headset.rules into /etc/udev/rules.d, then plug it in again.</source>
        <translation>{name} 已插入，但您没有使用其按键的权限（{path}）。请让 IT 把规则 70-agent-desktop-headset.rules 安装到 /etc/udev/rules.d，然后重新插入耳机。</translation>
    </message>
    <message>
        <source>This installation cannot reach headsets. Ask IT to install hidapi.</source>
        <translation>此安装无法连接耳机。请让 IT 安装 hidapi。</translation>
    </message>
    <message>
        <source>No headset with call buttons is plugged in.</source>
        <translation>没有插入带通话按键的耳机。</translation>
    </message>
    <message>
        <source>This desktop (Wayland) gives keys only to the program in front. Use the headset&apos;s buttons.</source>
        <translation>此桌面（Wayland）只把按键交给最前面的程序。请使用耳机按键。</translation>
    </message>
    <message>
        <source>This desktop gives programs no keys of their own.</source>
        <translation>此桌面不提供全局快捷键。</translation>
    </message>
    <message>
        <source>Another program has {keys} already. The other keys work.</source>
        <translation>{keys} 已被其他程序占用，其余按键可用。</translation>
    </message>
    <message>
        <source>{answer} answer, {hang_up} hang up, {mute} mute, {hold} hold</source>
        <translation>{answer} 接听，{hang_up} 挂断，{mute} 静音，{hold} 保持</translation>
    </message>
    <message>
        <source>No microphone was found. Plug in your headset; callers hear nothing until then.</source>
        <translation>没有找到麦克风。请插入耳麦，在此之前对方听不到您的声音。</translation>
    </message>
    <message>
        <source>No loudspeaker was found. Plug in your headset; you hear nothing until then.</source>
        <translation>没有找到扬声器。请插入耳麦，在此之前您听不到声音。</translation>
    </message>
    <message>
        <source>The phone stopped. It is being started again; calls that were up are cut off.</source>
        <translation>电话程序已停止，正在重新启动；进行中的通话已中断。</translation>
    </message>
    <message>
        <source>The phone stopped twice in a row. No calls come in until it is started again.</source>
        <translation>电话连续两次停止运行。重新启动之前不会有来电进来。</translation>
    </message>
    <message>
        <source>Your phone was taken over at another computer. Sign in here again to get it back.</source>
        <translation>您的电话已在另一台电脑上接管。在此重新登录即可取回。</translation>
    </message>
    <message>
        <source>“{gone}” was unplugged. Until it is back, callers hear you through “{instead}”.</source>
        <translation>“{gone}”已拔出。重新插入之前，对方通过“{instead}”听到您。</translation>
    </message>
    <message>
        <source>“{gone}” was unplugged. Until it is back, you hear callers through “{instead}”.</source>
        <translation>“{gone}”已拔出。重新插入之前，您通过“{instead}”听对方讲话。</translation>
    </message>
    <message>
        <source>What was kept here cannot be opened any more, for its key is gone. It was set aside at {path} and is fetched again; unsent changes may be in it, so call your administrator.</source>
        <translation>本机保存的数据已无法打开：密钥已丢失。数据已移至 {path}，并将重新获取；其中可能有未发送的更改，请联系管理员。</translation>
    </message>
    <message>
        <source>You have been without the server for more than {hours} hours, or this computer&apos;s clock was set back. Sign in when the server answers again; what you saved is kept.</source>
        <translation>您已超过 {hours} 小时未与服务器联系，或本机时钟被调回。请在服务器恢复后登录；您保存的内容不会丢失。</translation>
    </message>
    <message>
        <source>The server does not answer, and this is not the password you last signed in with here. Check it and try again.</source>
        <translation>服务器没有响应，且该密码不是您上次在本机登录所用的密码。请核对后重试。</translation>
    </message>
    <message>
        <source>Asking the server for {number} …</source>
        <translation>正在向服务器查询 {number} …</translation>
    </message>
    <message>
        <source>Only the server has all of it, and it does not answer. Try again when the server is back.</source>
        <translation>只有服务器上有完整内容，而服务器没有回应。请在服务器恢复后重试。</translation>
    </message>
    <message>
        <source>You have looked at much in a short time. Wait {seconds} seconds, then try again.</source>
        <translation>您在短时间内查看了很多内容。请等待 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>The customer has no such entry any more, or is no longer yours. Search again.</source>
        <translation>客户已没有这一项，或已不归您负责。请重新搜索。</translation>
    </message>
    <message>
        <source>Only the server has this number, and it does not answer. Try again when the server is back.</source>
        <translation>这个号码只在服务器上，而服务器没有应答。请在服务器恢复后再试。</translation>
    </message>
    <message>
        <source>You have asked for many numbers. Wait {seconds} seconds, then try again.</source>
        <translation>您查询的号码太多。请等待 {seconds} 秒后再试。</translation>
    </message>
    <message>
        <source>The customer does not have this number any more, or is no longer yours. Search again.</source>
        <translation>该客户已没有这个号码，或已不归您负责。请重新搜索。</translation>
    </message>
    <message>
        <source>This workstation was locked by IT. Calls go on, and what you write is kept. Ask IT to unlock it; then everything is here again.</source>
        <translation>这台工作台已被 IT 锁定。通话不受影响，您写的内容都会保留。请联系 IT 解锁，解锁后一切恢复原样。</translation>
    </message>
    <message>
        <source>IT has ordered this workstation to be wiped. Your call goes on; when it has ended, what you have written is sent and everything that is kept here is erased.</source>
        <translation>IT 已下令清除这台工作台。您的通话继续；通话结束后，您写的内容会先发送，然后清除本机保存的一切。</translation>
    </message>
    <message>
        <source>IT has ordered this workstation to be wiped. What you have written is being sent; then everything that is kept here is erased.</source>
        <translation>IT 已下令清除这台工作台。您写的内容正在发送，随后清除本机保存的一切。</translation>
    </message>
    <message>
        <source>IT had this workstation wiped: nothing is kept here any more. What was not sent yet was sealed for the server first. Ask IT when you may sign in here again.</source>
        <translation>IT 已清除这台工作台：本机不再保存任何资料。尚未发送的内容已先为服务器密封。何时可以再次登录，请咨询 IT。</translation>
    </message>
    <message>
        <source>You have been without the server for more than {hours} hours, or this computer&apos;s clock was set back. Calls go on, and what you write is kept. Sign in as soon as the server answers.</source>
        <translation>已超过 {hours} 小时没有连上服务器，或本机时钟被调回。通话不受影响，您写的内容都会保留。服务器恢复后请登录。</translation>
    </message>
    <message>
        <source>The server answers again. Sign in to see your customers; nothing was lost.</source>
        <translation>服务器已恢复。请登录以查看客户资料；没有任何内容丢失。</translation>
    </message>
    <message>
        <source>The server has been away for long. In about {hours} hours your customers are locked on this computer until you can sign in again; calls go on.</source>
        <translation>服务器已长时间没有响应。大约 {hours} 小时后，本机的客户资料将被锁定，直到您能重新登录；通话不受影响。</translation>
    </message>
    <message>
        <source>The keyring of this computer wants to be unlocked: answer it in its own window. Or go on here with your password, without the keyring.</source>
        <translation>本机的密钥环需要解锁：请在它自己的窗口中操作。也可以不用密钥环，直接在这里用密码登录。</translation>
    </message>
    <message>
        <source>Files that wait to be sent: {count}.</source>
        <translation>待发送的文件：{count} 个。</translation>
    </message>
    <message>
        <source>Files that are too large for the server: {count}. They stay on this computer; tell your administrator.</source>
        <translation>超过服务器允许大小的文件：{count} 个。它们保留在本机；请联系管理员。</translation>
    </message>
    <message>
        <source>Files that the server does not take: {count}. They stay on this computer and are offered again when the program starts; tell your administrator.</source>
        <translation>服务器不接收的文件：{count} 个。它们保留在本机，程序启动时会再次发送；请联系管理员。</translation>
    </message>
    <message>
        <source>Files on this computer that cannot be read: {count}. They are not sent and not deleted; tell your administrator.</source>
        <translation>本机上无法读取的文件：{count} 个。它们不会发送也不会删除；请联系管理员。</translation>
    </message>
    <message>
        <source>The server has no room for files. They stay on this computer until it has; tell your administrator.</source>
        <translation>服务器没有空间存放文件。它们会保留在本机，直到有空间为止；请联系管理员。</translation>
    </message>
    <message>
        <source>A file was sent, but nothing can be written on this computer, so it will be sent again. Make room on its disk.</source>
        <translation>文件已发送，但本机无法写入，因此会再次发送。请清理磁盘空间。</translation>
    </message>
    <message>
        <source>The article lacks something, or names what is not there any more. Mend the marked fields.</source>
        <translation>文章内容不全，或引用了已不存在的项目。请修改标出的字段。</translation>
    </message>
    <message>
        <source>Team leads change and withdraw only their own articles. Ask its owner.</source>
        <translation>班组长只能修改和撤回自己的文章。请联系该文章的负责人。</translation>
    </message>
    <message>
        <source>Nobody publishes what they wrote. Ask a colleague to read and publish it.</source>
        <translation>自己写的文章不能自己发布。请同事审阅后发布。</translation>
    </message>
    <message>
        <source>Nobody has read it yet. Send it for review first.</source>
        <translation>这篇文章还没有人审阅。请先送审。</translation>
    </message>
    <message>
        <source>The text changed after you had read it. Read it again, then publish it.</source>
        <translation>您审阅之后文章又有改动。请重新审阅后再发布。</translation>
    </message>
    <message>
        <source>Agents have another text by now than this was begun from. Compare the two, then publish it.</source>
        <translation>开始修改之后，坐席看到的版本已经更新。请对比两个版本后再发布。</translation>
    </message>
    <message>
        <source>The article is in another state by now. Look at it again.</source>
        <translation>文章的状态已经变化。请重新查看。</translation>
    </message>
    <message>
        <source>This training was taken back, or is decided already. Nothing is left for you to do.</source>
        <translation>该培训已撤回或已有结果，无需再处理。</translation>
    </message>
    <message>
        <source>These answers were handed in before, and the first ones count.</source>
        <translation>该试卷已交过，以第一次为准。</translation>
    </message>
    <message>
        <source>This paper is not there any more. Tell who assigned it.</source>
        <translation>该试卷已不存在，请告知布置人。</translation>
    </message>
    <message>
        <source>The articles of the course come before its quiz. Read them, then begin.</source>
        <translation>请先读完课程文章，再开始测验。</translation>
    </message>
    <message>
        <source>Not at the exchange yet</source>
        <translation>交换机尚未同步</translation>
    </message>
    <message>
        <source>The exchange does not have your state yet. It is being put right; you need to do nothing.</source>
        <translation>交换机上还不是您现在的状态，系统正在自动校正，您无需操作。</translation>
    </message>
    <message>
        <source>Differs at the exchange</source>
        <translation>与交换机不一致</translation>
    </message>
    <message>
        <source>Exchange away</source>
        <translation>交换机失联</translation>
    </message>
    <message>
        <source>The server cannot reach the exchange: calls may come although you are not ready, or not come although you are. It is tried again by itself. If it lasts, tell your team lead.</source>
        <translation>服务器连不上交换机：示忙时也可能有来电，示闲时也可能没有来电。系统会自动重试；如果一直如此，请告诉班长。</translation>
    </message>
    <message>
        <source>Phone not at the exchange</source>
        <translation>交换机上没有您的话机</translation>
    </message>
    <message>
        <source>The exchange does not see your phone any more: callers go to others. Look at the line at the top; if it says that it is ready, sign off and on again, and tell IT.</source>
        <translation>交换机看不到您的话机了，来电会分给其他同事。请看上方的线路状态；如果显示线路就绪，请签出后重新签入，并告诉 IT。</translation>
    </message>
    <message>
        <source>The exchange does not know one of your queues, so your state does not reach it. Tell your team lead: an administrator has to set up the queue at the exchange, or take it from you.</source>
        <translation>交换机上没有您的某个队列，您的状态无法下发。请告诉班长：需要管理员在交换机上建立该队列，或取消您在该队列的签入。</translation>
    </message>
    <message>
        <source>The exchange does not know your extension, so no caller is brought to you. Tell your team lead: an administrator has to set it up.</source>
        <translation>交换机上没有您的分机，来电分不到您。请告诉班长：需要管理员建立该分机。</translation>
    </message>
    <message>
        <source>The exchange cannot reach your phone, so no caller is brought to you. Look at the line at the top; if it says that it is ready, sign off and on again, and tell IT.</source>
        <translation>交换机呼不通您的话机，来电分不到您。请看上方的线路状态；如果显示线路就绪，请签出后重新签入，并告诉 IT。</translation>
    </message>
    <message>
        <source>Another agent has signed in at your extension since, and callers are brought to them. Ask them to sign off, or tell your team lead: each of you needs an extension of their own.</source>
        <translation>之后有另一名坐席在您的分机上签入，来电会转给对方。请对方签退，或告诉班组长：每人需要各自的分机。</translation>
    </message>
    <message>
        <source>The exchange does not take your state, so calls may come although you are not ready, or not come although you are. It is tried again by itself. Tell your team lead if it stays so.</source>
        <translation>交换机没有接受您的状态：示忙时也可能有来电，示闲时也可能没有来电。系统会自动重试；如果一直如此，请告诉班长。</translation>
    </message>
    <message>
        <source>Set by your organisation</source>
        <translation>由单位统一设置</translation>
    </message>
    <message>
        <source>Set by your organisation for this person</source>
        <translation>由单位为此人设置</translation>
    </message>
    <message>
        <source>Set by your organisation&apos;s server</source>
        <translation>由单位的服务器设定</translation>
    </message>
    <message>
        <source>Chosen by the person</source>
        <translation>本人选择</translation>
    </message>
    <message>
        <source>Recommended by your organisation</source>
        <translation>单位推荐</translation>
    </message>
    <message>
        <source>Said at installation</source>
        <translation>安装时指定</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Your organisation has set this ({where}). It stays as it is; ask your IT to change it.</source>
        <translation>这一项由单位统一设置（{where}），保持不变；如需更改，请联系 IT。</translation>
    </message>
    <message>
        <source>Your organisation has changed settings of this workstation. Some of them count when you start the program again; do that when it suits you.</source>
        <translation>单位更改了本工作台的设置。其中一部分在重新启动程序后生效，请在方便时重新启动。</translation>
    </message>
    <message>
        <source>Your organisation has changed settings of this workstation.</source>
        <translation>单位更改了本工作台的设置。</translation>
    </message>
    <message>
        <source>The value has another type than the key. It is ignored. The key takes {what}.</source>
        <translation>值的类型与此键不符，已忽略。此键可填：{what}。</translation>
    </message>
    <message>
        <source>The value is not one that the key takes. It is ignored. The key takes {what}.</source>
        <translation>此键不接受这个值，已忽略。此键可填：{what}。</translation>
    </message>
    <message>
        <source>This stands more than once in the file. The last one counts; take the others out.</source>
        <translation>此键在文件中写了不止一次，以最后一处为准；请删去其余的。</translation>
    </message>
    <message>
        <source>Others than administrators may write to {path}. Nothing in this file counts until that belongs to an administrator who alone may write to it (Linux: chown root, chmod go-w).</source>
        <translation>管理员以外的人也能写入 {path}。在它归管理员所有、且只有管理员可写之前，此文件的内容一概不生效（Linux：chown root、chmod go-w）。</translation>
    </message>
    <message>
        <source>This is no JSON from line {line}, column {column} on. Nothing in it counts. Look there and at the end of the line before for a comma, a bracket or a quotation mark that is missing or too many.</source>
        <translation>从第 {line} 行第 {column} 列起不是有效的 JSON，其中内容一概不生效。请查看该处及上一行末尾，是否多了或少了逗号、括号或引号。</translation>
    </message>
    <message>
        <source>This is not a JSON object. Nothing in it counts; write it as docs/it/policy.md says.</source>
        <translation>这不是 JSON 对象，其中内容一概不生效；写法见 docs/it/policy.md。</translation>
    </message>
    <message>
        <source>This is not written in UTF-8. Nothing in it counts; save it anew as UTF-8.</source>
        <translation>此文件不是 UTF-8 编码，其中内容一概不生效；请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>This cannot be read by the person who works here ({reason}), so nothing in it counts. Let everybody read it (Linux: chmod a+r, and a+x on the folders above).</source>
        <translation>在此工作的人无法读取它（{reason}），因此其中内容一概不生效。请让所有人都能读取（Linux：chmod a+r，上级文件夹 a+x）。</translation>
    </message>
    <message>
        <source>{path} is not there, or the person who works here cannot read it, so nobody is trusted by it. Put it there, for everybody to read.</source>
        <translation>{path} 不存在，或在此工作的人无法读取，因此它不能使任何服务器受信任。请把它放好，并让所有人可读。</translation>
    </message>
    <message>
        <source>{path} holds no authority&apos;s certificate as PEM (-----BEGIN CERTIFICATE-----), so nobody is trusted by it. That of a server is not enough: take the one of the authority that signed it.</source>
        <translation>{path} 中没有 PEM 格式（-----BEGIN CERTIFICATE-----）的 CA 证书，因此它不能使任何服务器受信任。仅有服务器证书不够，请使用签发它的 CA 证书。</translation>
    </message>
    <message>
        <source>The authority in {path} has expired, so nobody is trusted by it. Put the new one in its place; else check this computer&apos;s clock.</source>
        <translation>{path} 中的 CA 证书已过期，因此它不能使任何服务器受信任。请换上新的证书；否则请检查本机时间。</translation>
    </message>
    <message>
        <source>This version knows no such key. Is {key} meant?</source>
        <translation>此版本没有这个键。是否想写 {key}？</translation>
    </message>
    <message>
        <source>This version knows no such key. All that there are stand in docs/it/policy-keys.md.</source>
        <translation>此版本没有这个键。全部键见 docs/it/policy-keys.zh-CN.md。</translation>
    </message>
    <message>
        <source>true or false, without quotation marks</source>
        <translation>true 或 false，不加引号</translation>
    </message>
    <message>
        <source>a whole number from {least} to {most}, without quotation marks</source>
        <translation>{least} 到 {most} 的整数，不加引号</translation>
    </message>
    <message>
        <source>a text of at most {most} characters, such as docs/it/policy-keys.md says</source>
        <translation>不超过 {most} 个字符的文本，写法见 docs/it/policy-keys.zh-CN.md</translation>
    </message>
    <message>
        <source>This is the person&apos;s own choice. No policy decides it; take it out.</source>
        <translation>这是个人的选择，策略不能规定，请删去。</translation>
    </message>
    <message>
        <source>Only policy decides this, not the person. What stands here is ignored.</source>
        <translation>此项只能由策略决定，不能由个人决定。这里写的内容被忽略。</translation>
    </message>
    <message>
        <source>No server decides this, for it says whom this workstation trusts.</source>
        <translation>此项决定本工作台信任谁，任何服务器都不能设定。</translation>
    </message>
    <message>
        <source>Policy does not let the server set this (provisioning.allowed).</source>
        <translation>策略不允许服务器设定此项（provisioning.allowed）。</translation>
    </message>
    <message>
        <source>What the server sets is signed by another key than before, so it does not count. If the server was set up anew, name its key in the policy (provisioning.key); else look into it at once.</source>
        <translation>服务器下发的设置换了签名密钥，因此不生效。若服务器是重新安装的，请在策略中写明其公钥（provisioning.key）；否则请立即查明原因。</translation>
    </message>
    <message>
        <source>What the server sets is not signed by its key. Nothing in it counts.</source>
        <translation>服务器下发的设置不是用其密钥签名的，其中内容一概不生效。</translation>
    </message>
    <message>
        <source>What the server sets is older than what it set before, as after a restored backup. What was set before goes on; set it once more on the server.</source>
        <translation>服务器下发的设置比之前的旧，例如从备份恢复之后。之前的设置继续有效；请在服务器上重新下发一次。</translation>
    </message>
    <message>
        <source>What the server set has run out, for this workstation has not heard of it for long. It counts again when the server answers; else check the clock.</source>
        <translation>服务器下发的设置已过期，因为本工作台很久没有连上服务器。服务器应答后会重新生效；否则请核对时钟。</translation>
    </message>
    <message>
        <source>This file is larger than 1 MB. Nothing in it counts.</source>
        <translation>文件超过 1 MB，其中内容一律无效。</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Go on in Agent Desktop. You can close this page.</source>
        <translation>请回到坐席工作台继续，可以关闭此页面。</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Agent Desktop says what happened. You can close this page.</source>
        <translation>原因请见坐席工作台，可以关闭此页面。</translation>
    </message>
    <message>
        <source>Nothing to do here</source>
        <translation>这里无需操作</translation>
    </message>
    <message>
        <source>This page belongs to a sign-in that Agent Desktop does not wait for. Close it.</source>
        <translation>此页面对应的登录已不再等待，请关闭。</translation>
    </message>
    <message>
        <source>Your organisation has switched passwords off, and this server offers no other way in. Check the address, or ask your administrator.</source>
        <translation>单位已关闭密码登录，而该服务器没有其他登录方式。请核对地址，或联系管理员。</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address and open it in a browser on this computer.</source>
        <translation>无法打开浏览器。请复制地址，在本机的浏览器中打开。</translation>
    </message>
    <message>
        <source>Your organisation knows you, but you have no place in this call centre yet. Ask your administrator to add you to a group of it.</source>
        <translation>单位账号已通过验证，但您在本呼叫中心还没有岗位。请联系管理员把您加入相应的组。</translation>
    </message>
    <message>
        <source>Your sign-in name belongs to somebody else here. Ask your administrator to look at your account.</source>
        <translation>您的登录名在这里属于另一个人。请联系管理员核对账号。</translation>
    </message>
    <message>
        <source>The sign-in of your organisation does not answer. Try again in a few minutes; if it stays so, tell your IT.</source>
        <translation>单位的统一登录没有响应。请几分钟后再试；如果一直如此，请告诉 IT。</translation>
    </message>
    <message>
        <source>Passwords are switched off here. Sign in with your organisation&apos;s account.</source>
        <translation>这里已关闭密码登录，请使用单位统一登录。</translation>
    </message>
    <message>
        <source>The browser could not come back to this program, because other programs use its ports. Close them, or tell your IT.</source>
        <translation>浏览器无法返回本程序，因为所需端口被其他程序占用。请关闭那些程序，或告诉 IT。</translation>
    </message>
    <message>
        <source>The server does not accept this sign-in. Try again; if it stays so, tell your IT: the reason stands in the log of the server.</source>
        <translation>服务器没有接受这次登录。请重试；如果一直如此，请告诉 IT：原因在服务器日志中。</translation>
    </message>
    <message>
        <source>The sign-in in the browser took too long. Begin again.</source>
        <translation>浏览器中的登录超时，请重新开始。</translation>
    </message>
    <message>
        <source>Your organisation&apos;s sign-in page reported a fault ({code}). Try again; if it stays so, tell your IT.</source>
        <translation>单位的登录页面报告了错误（{code}）。请重试；如果一直如此，请告诉 IT。</translation>
    </message>
    <message>
        <source>You were not signed in: the sign-in was cancelled in the browser.</source>
        <translation>未登录：浏览器中的登录已取消。</translation>
    </message>
</context>
<context>
    <name>monitoring</name>
    <message>
        <source>Listen</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>耳语</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>强插</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>强拆</translation>
    </message>
    <message>
        <source>Nobody hears you.</source>
        <translation>没有人听得到您。</translation>
    </message>
    <message>
        <source>Only the agent hears you.</source>
        <translation>只有坐席听得到您。</translation>
    </message>
    <message>
        <source>The agent and the customer hear you.</source>
        <translation>坐席和客户都听得到您。</translation>
    </message>
    <message>
        <source>The customer goes on with you; the agent&apos;s part ends.</source>
        <translation>客户转由您继续通话，坐席退出。</translation>
    </message>
    <message>
        <source>The agent&apos;s part in the call ends at once.</source>
        <translation>坐席的通话将立即结束。</translation>
    </message>
    <message>
        <source>You are listening to {name}. Nobody hears you.</source>
        <translation>您正在监听{name}，没有人听得到您。</translation>
    </message>
    <message>
        <source>Only {name} hears you, the customer does not.</source>
        <translation>只有{name}听得到您，客户听不到。</translation>
    </message>
    <message>
        <source>You are in the call of {name}: both hear you.</source>
        <translation>您已强插{name}的通话，双方都听得到您。</translation>
    </message>
    <message>
        <source>The customer of {name} goes on with you.</source>
        <translation>{name}的客户已转由您继续通话。</translation>
    </message>
    <message>
        <source>The call of {name} has been ended.</source>
        <translation>{name}的通话已结束。</translation>
    </message>
    <message>
        <source>{name} is listening to your call.</source>
        <translation>{name}正在监听您的通话。</translation>
    </message>
    <message>
        <source>{name} speaks to you; the customer does not hear it.</source>
        <translation>{name}正在对您耳语，客户听不到。</translation>
    </message>
    <message>
        <source>{name} has joined your call: the customer hears them, too.</source>
        <translation>{name}已强插您的通话，客户也听得到。</translation>
    </message>
    <message>
        <source>{name} has taken your call over.</source>
        <translation>{name}已接管您的通话。</translation>
    </message>
    <message>
        <source>{name} has ended your call.</source>
        <translation>{name}已强拆您的通话。</translation>
    </message>
    <message>
        <source>Nothing was done: the site does not let you do this with this agent.</source>
        <translation>未执行：本站点不允许您对这名坐席这样操作。</translation>
    </message>
    <message>
        <source>Nothing was done: the server does not know this agent any more.</source>
        <translation>未执行：服务器上已没有这名坐席。</translation>
    </message>
    <message>
        <source>Nothing was done: you or the agent have no extension. An administrator can give one.</source>
        <translation>未执行：您或该坐席没有分机号，请联系管理员分配。</translation>
    </message>
    <message>
        <source>Nothing was done: the exchange cannot be reached. Try again in a moment.</source>
        <translation>未执行：交换机无法连接，请稍后再试。</translation>
    </message>
    <message>
        <source>Nothing was done: the agent&apos;s phone is at another exchange than yours.</source>
        <translation>未执行：该坐席的话机与您的不在同一台交换机上。</translation>
    </message>
    <message>
        <source>Nothing was done: the agent is in no call now.</source>
        <translation>未执行：该坐席目前没有通话。</translation>
    </message>
    <message>
        <source>Nothing was done: your phone did not answer the exchange. See whether it has a line.</source>
        <translation>未执行：您的话机没有应答交换机，请检查线路是否正常。</translation>
    </message>
    <message>
        <source>Nothing was done: you are in another call. End it first.</source>
        <translation>未执行：您正在另一通电话中，请先结束。</translation>
    </message>
    <message>
        <source>Nothing was done: the exchange cannot do this now. Listen to the call first.</source>
        <translation>未执行：交换机目前无法执行，请先监听该通话。</translation>
    </message>
</context>
<context>
    <name>policy</name>
    <message>
        <source>Policy of this workstation, agent-desktop {version}</source>
        <translation>本工作台的策略，agent-desktop {version}</translation>
    </message>
    <message>
        <source>What is written and does not count:</source>
        <translation>已写入但无效的内容：</translation>
    </message>
    <message>
        <source>{path}: keys that would count: {count}.</source>
        <translation>{path}：{count} 个键会生效。</translation>
    </message>
</context>
<context>
    <name>privacy</name>
    <message>
        <source>Erase {who}</source>
        <translation>删除{who}</translation>
    </message>
    <message>
        <source>A copy for {who}</source>
        <translation>{who}的副本</translation>
    </message>
    <message>
        <source>to be decided</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>erased in part</source>
        <translation>部分已删除</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>being erased</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Asked for by {who}, {when}: {reason}</source>
        <translation>{who} 于 {when} 提出：{reason}</translation>
    </message>
    <message>
        <source>Declined by {who}, {when}: {reason}</source>
        <translation>{who} 于 {when} 拒绝：{reason}</translation>
    </message>
    <message>
        <source>Approved by {who}, {when}: {reason}</source>
        <translation>{who} 于 {when} 批准：{reason}</translation>
    </message>
    <message>
        <source>You asked for this, so somebody else decides: a duty manager, or security.</source>
        <translation>这是您提出的申请，须由另一人审批：值班经理或安全管理员。</translation>
    </message>
    <message>
        <source>It waits for a decision by somebody other than who asked.</source>
        <translation>等待申请人以外的人审批。</translation>
    </message>
    <message>
        <source>Nothing was done. It can be asked for again.</source>
        <translation>未做任何处理，可以重新申请。</translation>
    </message>
    <message>
        <source>Erased but for what a duty keeps; that goes by itself when its time is over.</source>
        <translation>除依法须保存的部分外均已删除；其余部分期满后自动删除。</translation>
    </message>
    <message>
        <source>Erased. The certificate says what was where, and what stays and why.</source>
        <translation>已删除。证明中写明删除了哪些内容、保留了什么及原因。</translation>
    </message>
    <message>
        <source>The server is erasing, and workstations hear of it at once. You may go on with other work.</source>
        <translation>服务器正在删除，各工作站会立即得知。您可以继续其他工作。</translation>
    </message>
    <message>
        <source>The time for fetching the copy is over. It can be asked for again.</source>
        <translation>获取副本的期限已过，可以重新申请。</translation>
    </message>
    <message>
        <source>You may fetch the copy until {when}. Each time is on record.</source>
        <translation>您可在 {when} 之前获取副本，每次获取都会记录。</translation>
    </message>
    <message>
        <source>Who asked may fetch the copy until {when}, nobody else.</source>
        <translation>只有申请人可在 {when} 之前获取副本。</translation>
    </message>
    <message>
        <source>Legal hold since {when}, by {who}: {reason}. Nothing is erased until it is lifted.</source>
        <translation>自 {when} 起由 {who} 设置法律保全：{reason}。解除前不会删除任何内容。</translation>
    </message>
    <message>
        <source>No hold and no duty stands before it: everything would go.</source>
        <translation>没有法律保全，也没有须保存的内容：将全部删除。</translation>
    </message>
    <message>
        <source>Recordings that stay until {when}, out of everybody&apos;s reach: {count}. {reason}</source>
        <translation>须保存至 {when} 且任何人无法访问的录音：{count} 条。{reason}</translation>
    </message>
    <message>
        <source>Tickets that stay as figures that name nobody, until {when}: {count}. {reason}</source>
        <translation>须以匿名统计形式保存至 {when} 的工单：{count} 张。{reason}</translation>
    </message>
    <message>
        <source>The server does not answer, and it alone keeps these wishes: without it nobody could be sure that a second person decided. What you typed stays here; try again later.</source>
        <translation>服务器没有应答，而这些申请只保存在服务器上：离开它就无法确认由第二人审批。您输入的内容会保留在此，请稍后再试。</translation>
    </message>
</context>
<context>
    <name>quality</name>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>较差</translation>
    </message>
    <message>
        <source>You hear: {mos} · {loss} lost · {jitter} ms jitter</source>
        <translation>您听到：{mos} · 丢包 {loss} · 抖动 {jitter} 毫秒</translation>
    </message>
    <message>
        <source>Round trip {time} ms</source>
        <translation>往返时延 {time} 毫秒</translation>
    </message>
    <message>
        <source>They hear: {mos} · {loss} lost · {jitter} ms jitter</source>
        <translation>对方听到：{mos} · 丢包 {loss} · 抖动 {jitter} 毫秒</translation>
    </message>
    <message>
        <source>Both sides hear badly. Use a cable, not Wi-Fi, and close downloads.</source>
        <translation>双方听音都差。请改用网线并关闭下载。</translation>
    </message>
    <message>
        <source>They hear you badly: what leaves here gets lost. Use a cable, not Wi-Fi.</source>
        <translation>对方听不清您：从本机发出的声音有丢失。请改用网线。</translation>
    </message>
    <message>
        <source>You hear badly: the way from the other side to you loses sound.</source>
        <translation>您听不清：对方到您这一段线路有丢失。</translation>
    </message>
</context>
<context>
    <name>relations</name>
    <message>
        <source>Household</source>
        <translation>家人</translation>
    </message>
    <message>
        <source>Guardian</source>
        <translation>监护人</translation>
    </message>
    <message>
        <source>Ward</source>
        <translation>被监护人</translation>
    </message>
    <message>
        <source>Employee</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>Employer</source>
        <translation>所在单位</translation>
    </message>
    <message>
        <source>Subsidiary</source>
        <translation>子公司</translation>
    </message>
    <message>
        <source>Parent company</source>
        <translation>母公司</translation>
    </message>
    <message>
        <source>Contact person</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Contact person of</source>
        <translation>所代表的单位</translation>
    </message>
    <message>
        <source>Acquainted</source>
        <translation>相识</translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message>
        <source>Daily report of the team</source>
        <translation>班组日报</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>近 7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>指定日期</translation>
    </message>
    <message>
        <source>Callers</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Handling</source>
        <translation>通话处理</translation>
    </message>
    <message>
        <source>Working time</source>
        <translation>工时</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>服务结果</translation>
    </message>
    <message>
        <source>Compared with nothing</source>
        <translation>不对比</translation>
    </message>
    <message>
        <source>With the days before</source>
        <translation>对比前一时段</translation>
    </message>
    <message>
        <source>With the same weekdays before</source>
        <translation>对比之前同星期</translation>
    </message>
</context>
<context>
    <name>row versions</name>
    <message>
        <source>Earlier versions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>The server keeps no earlier version.</source>
        <translation>服务器上没有更早的版本。</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>第 {version} 版</translation>
    </message>
    <message>
        <source>Version {version}, by {name} on {day}</source>
        <translation>第 {version} 版，{name} 修改于 {day}</translation>
    </message>
</context>
<context>
    <name>rules</name>
    <message>
        <source>Privacy numbers</source>
        <translation>隐私号</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>核身</translation>
    </message>
    <message>
        <source>What desks may do</source>
        <translation>工作台权限</translation>
    </message>
    <message>
        <source>How articles are written</source>
        <translation>知识文章的编写</translation>
    </message>
    <message>
        <source>How agents are looked after</source>
        <translation>坐席关怀</translation>
    </message>
    <message>
        <source>When nobody answers</source>
        <translation>无人接听时</translation>
    </message>
    <message>
        <source>Dispositions</source>
        <translation>话后小结</translation>
    </message>
    <message>
        <source>Reasons for breaks</source>
        <translation>示忙与小休</translation>
    </message>
    <message>
        <source>After-call work</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>Quizzes</source>
        <translation>测验</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>现场告警</translation>
    </message>
    <message>
        <source>Queues: work after calls, bounds</source>
        <translation>队列：话后处理与指标阈值</translation>
    </message>
    <message>
        <source>Courses</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Courses given by themselves</source>
        <translation>自动指派课程</translation>
    </message>
    <message>
        <source>New disposition</source>
        <translation>新话后小结项</translation>
    </message>
    <message>
        <source>New reason</source>
        <translation>新原因</translation>
    </message>
    <message>
        <source>New alert</source>
        <translation>新建告警规则</translation>
    </message>
    <message>
        <source>New quiz</source>
        <translation>新测验</translation>
    </message>
    <message>
        <source>New course</source>
        <translation>新课程</translation>
    </message>
    <message>
        <source>Course for a need</source>
        <translation>按需指派课程</translation>
    </message>
    <message>
        <source>New range</source>
        <translation>新号段</translation>
    </message>
    <message>
        <source>Platform, Chinese</source>
        <translation>平台（中文）</translation>
    </message>
    <message>
        <source>Platform, English</source>
        <translation>平台（英文）</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Wrong answers a call</source>
        <translation>每通答错次数</translation>
    </message>
    <message>
        <source>Wrong answers a day</source>
        <translation>每日答错次数</translation>
    </message>
    <message>
        <source>Good for a ticket, hours</source>
        <translation>工单有效时长（小时）</translation>
    </message>
    <message>
        <source>A right PIN is worth level</source>
        <translation>验密通过相当于级别</translation>
    </message>
    <message>
        <source>Said when it is over for today, Chinese</source>
        <translation>当日用完时的话术（中文）</translation>
    </message>
    <message>
        <source>Said when it is over for today, English</source>
        <translation>当日用完时的话术（英文）</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Business that waits for a level</source>
        <translation>需要级别的业务</translation>
    </message>
    <message>
        <source>What is shown from a level on</source>
        <translation>达到级别才显示的内容</translation>
    </message>
    <message>
        <source>Watermark over customers and on paper</source>
        <translation>客户界面和打印件加水印</translation>
    </message>
    <message>
        <source>Files also while the server does not answer</source>
        <translation>服务器无响应时也可导出</translation>
    </message>
    <message>
        <source>Customers are locked after so many minutes without a key; 0: by hand</source>
        <translation>无操作多少分钟后锁定客户资料（0：仅手动锁定）</translation>
    </message>
    <message>
        <source>Tickets changed at once, at most</source>
        <translation>一次最多批量修改工单数</translation>
    </message>
    <message>
        <source>Roles that may copy customers&apos; data</source>
        <translation>可复制客户数据的角色</translation>
    </message>
    <message>
        <source>Roles that may listen to their own calls</source>
        <translation>可收听本人通话录音的角色</translation>
    </message>
    <message>
        <source>Roles that may listen to their team&apos;s calls</source>
        <translation>可收听本组通话录音的角色</translation>
    </message>
    <message>
        <source>Roles that may listen to every call they see</source>
        <translation>可收听所见全部通话录音的角色</translation>
    </message>
    <message>
        <source>Telephone numbers are kept back from</source>
        <translation>对这些角色隐藏电话号码</translation>
    </message>
    <message>
        <source>Identity cards and sensitive fields are kept back from</source>
        <translation>对这些角色隐藏身份证号和敏感字段</translation>
    </message>
    <message>
        <source>Bank cards are kept back from</source>
        <translation>对这些角色隐藏银行卡号</translation>
    </message>
    <message>
        <source>House numbers of addresses are kept back from</source>
        <translation>对这些角色隐藏详细住址</translation>
    </message>
    <message>
        <source>Customers&apos; names are kept back from</source>
        <translation>对这些角色隐藏客户姓名</translation>
    </message>
    <message>
        <source>E-mail addresses are kept back from</source>
        <translation>对这些角色隐藏电子邮箱</translation>
    </message>
    <message>
        <source>Roles that may listen to calls as they are made</source>
        <translation>可实时监听通话的角色</translation>
    </message>
    <message>
        <source>Roles that may whisper to the agent</source>
        <translation>可耳语指导坐席的角色</translation>
    </message>
    <message>
        <source>Roles that may join the call</source>
        <translation>可强插通话的角色</translation>
    </message>
    <message>
        <source>Roles that may take the call over</source>
        <translation>可接管通话的角色</translation>
    </message>
    <message>
        <source>Roles that may end the call</source>
        <translation>可强拆通话的角色</translation>
    </message>
    <message>
        <source>The agent is told of</source>
        <translation>以下操作会告知坐席</translation>
    </message>
    <message>
        <source>Nobody publishes what they wrote</source>
        <translation>自己写的文章不能自己发布</translation>
    </message>
    <message>
        <source>Read again every so many days; 0: never</source>
        <translation>每隔多少天复核一次（0 表示不复核）</translation>
    </message>
    <message>
        <source>Other intervals, by category</source>
        <translation>按分类另定的复核间隔</translation>
    </message>
    <message>
        <source>Pictures and files of articles kept on every workstation, MB</source>
        <translation>每台工位电脑预存的文章图片和文件（MB）</translation>
    </message>
    <message>
        <source>What may leave in a file</source>
        <translation>可导出的内容</translation>
    </message>
    <message>
        <source>Largest attachment, bytes</source>
        <translation>附件最大字节数</translation>
    </message>
    <message>
        <source>Attachments of a ticket, at most</source>
        <translation>每张工单最多附件数</translation>
    </message>
    <message>
        <source>Attachments open where there is no scanner</source>
        <translation>没有扫描程序时可打开附件</translation>
    </message>
    <message>
        <source>Media types of attachments</source>
        <translation>附件的媒体类型</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Minutes between attempts</source>
        <translation>两次尝试间隔（分钟）</translation>
    </message>
    <message>
        <source>Time zone where none is known</source>
        <translation>时区未知时使用</translation>
    </message>
    <message>
        <source>Hours for calling</source>
        <translation>可拨打时段</translation>
    </message>
    <message>
        <source>Name, Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Name, English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>上级</translation>
    </message>
    <message>
        <source>Place in the list</source>
        <translation>排列次序</translation>
    </message>
    <message>
        <source>Meant to last, minutes</source>
        <translation>规定时长（分钟）</translation>
    </message>
    <message>
        <source>A lead agrees first</source>
        <translation>需要班长批准</translation>
    </message>
    <message>
        <source>At most away at once</source>
        <translation>同时离席名额</translation>
    </message>
    <message>
        <source>Alerts of</source>
        <translation>告警内容</translation>
    </message>
    <message>
        <source>A telephone sounds poor below the MOS</source>
        <translation>话机音质差：MOS 低于</translation>
    </message>
    <message>
        <source>What was within so many minutes counts</source>
        <translation>统计最近多少分钟</translation>
    </message>
    <message>
        <source>Quiet for minutes after it is over</source>
        <translation>解除后静默（分钟）</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>显示为</translation>
    </message>
    <message>
        <source>Only for the queue</source>
        <translation>仅限队列</translation>
    </message>
    <message>
        <source>Only for the team</source>
        <translation>仅限班组</translation>
    </message>
    <message>
        <source>Code to type</source>
        <translation>输入代码</translation>
    </message>
    <message>
        <source>Offered for calls of</source>
        <translation>适用队列</translation>
    </message>
    <message>
        <source>Proposes a ticket of</source>
        <translation>建议建单类别</translation>
    </message>
    <message>
        <source>Proposes a callback</source>
        <translation>建议回电</translation>
    </message>
    <message>
        <source>Lasts, seconds</source>
        <translation>时长（秒）</translation>
    </message>
    <message>
        <source>Prolonged each time by, seconds</source>
        <translation>每次延长（秒）</translation>
    </message>
    <message>
        <source>Prolonged at most, times</source>
        <translation>最多延长次数</translation>
    </message>
    <message>
        <source>Stays in the work when its time is over, instead of ready</source>
        <translation>到时后停留在话后处理，不自动就绪</translation>
    </message>
    <message>
        <source>Does not end before a disposition is chosen</source>
        <translation>未选小结不能结束</translation>
    </message>
    <message>
        <source>Bounds of its figures on boards, where they are not the usual ones</source>
        <translation>大屏指标阈值（不填则用默认值）</translation>
    </message>
    <message>
        <source>Title, Chinese</source>
        <translation>标题（中文）</translation>
    </message>
    <message>
        <source>Title, English</source>
        <translation>标题（英文）</translation>
    </message>
    <message>
        <source>Questions of a paper</source>
        <translation>每卷题数</translation>
    </message>
    <message>
        <source>From the banks</source>
        <translation>题库</translation>
    </message>
    <message>
        <source>From the topics (none: from all)</source>
        <translation>主题（不填：全部）</translation>
    </message>
    <message>
        <source>So many of these topics</source>
        <translation>按主题抽题数</translation>
    </message>
    <message>
        <source>Language of the questions (none: any), such as zh-CN</source>
        <translation>题目语言（不填：不限），如 zh-CN</translation>
    </message>
    <message>
        <source>Drawn each week on day (1 Monday to 7 Sunday)</source>
        <translation>每周抽题日（1 周一至 7 周日）</translation>
    </message>
    <message>
        <source>Drawn at, such as 09:00</source>
        <translation>抽题时间，如 09:00</translation>
    </message>
    <message>
        <source>Due after days</source>
        <translation>几天内完成</translation>
    </message>
    <message>
        <source>Passed from, of 100</source>
        <translation>及格分（满分 100）</translation>
    </message>
    <message>
        <source>Taken again after a failure, times</source>
        <translation>不及格可重考次数</translation>
    </message>
    <message>
        <source>Minutes for it (0: no limit)</source>
        <translation>限时（分钟，0 为不限）</translation>
    </message>
    <message>
        <source>Weeks in which a question rests</source>
        <translation>同一题间隔周数</translation>
    </message>
    <message>
        <source>For the teams</source>
        <translation>适用班组</translation>
    </message>
    <message>
        <source>Articles to read, in this order</source>
        <translation>要读的文章（按顺序）</translation>
    </message>
    <message>
        <source>Then the quiz</source>
        <translation>读完后测验</translation>
    </message>
    <message>
        <source>Gives the course</source>
        <translation>指派课程</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>触发原因</translation>
    </message>
    <message>
        <source>When it is about (no word: whatever it is about)</source>
        <translation>涉及以下词语（不填：不限）</translation>
    </message>
    <message>
        <source>Searched in vain, times</source>
        <translation>搜索无果次数</translation>
    </message>
    <message>
        <source>Within days</source>
        <translation>天数之内</translation>
    </message>
    <message>
        <source>First warning to an abusive caller, Chinese</source>
        <translation>对辱骂来电者的第一次提醒（中文）</translation>
    </message>
    <message>
        <source>First warning to an abusive caller, English</source>
        <translation>对辱骂来电者的第一次提醒（英文）</translation>
    </message>
    <message>
        <source>Second warning, Chinese</source>
        <translation>第二次提醒（中文）</translation>
    </message>
    <message>
        <source>Second warning, English</source>
        <translation>第二次提醒（英文）</translation>
    </message>
    <message>
        <source>Said before the call is ended for it, Chinese</source>
        <translation>因此结束通话前的话术（中文）</translation>
    </message>
    <message>
        <source>Said before the call is ended for it, English</source>
        <translation>因此结束通话前的话术（英文）</translation>
    </message>
    <message>
        <source>Break after an abusive call, minutes (0: none)</source>
        <translation>辱骂来电后的小休，分钟（0：不给）</translation>
    </message>
    <message>
        <source>Granted from the step on (0: once the call is marked, 3: once it was ended)</source>
        <translation>从第几步起给予（0：标记后即可，3：结束通话后）</translation>
    </message>
    <message>
        <source>Begun within so many minutes of the mark</source>
        <translation>标记后多少分钟内开始</translation>
    </message>
    <message>
        <source>Such breaks a shift, at most</source>
        <translation>每班最多几次这样的小休</translation>
    </message>
    <message>
        <source>A call is hard when it talked for minutes</source>
        <translation>通话达到多少分钟算难缠来电</translation>
    </message>
    <message>
        <source>A call is hard when its caller rated it at most (0: no rating counts)</source>
        <translation>客户评价不高于几分算难缠来电（0：不看评价）</translation>
    </message>
    <message>
        <source>Goal: solved the first time, percent</source>
        <translation>目标：一次解决率（%）</translation>
    </message>
    <message>
        <source>Goal: customers kept a day</source>
        <translation>目标：每天挽留客户数</translation>
    </message>
    <message>
        <source>Goal: opportunities a day</source>
        <translation>目标：每天商机数</translation>
    </message>
    <message>
        <source>Goal: quality, percent</source>
        <translation>目标：质检得分（%）</translation>
    </message>
    <message>
        <source>Names on the honours board</source>
        <translation>龙虎榜上的姓名</translation>
    </message>
    <message>
        <source>Agents are asked once a week how they feel, without their names</source>
        <translation>每周匿名询问坐席的心情</translation>
    </message>
    <message>
        <source>The question of the week, Chinese</source>
        <translation>每周的问题（中文）</translation>
    </message>
    <message>
        <source>The question of the week, English</source>
        <translation>每周的问题（英文）</translation>
    </message>
    <message>
        <source>Answers are shown from so many people on (5 at least)</source>
        <translation>至少多少人回答才显示（不少于 5）</translation>
    </message>
    <message>
        <source>asked about</source>
        <translation>核对内容</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>题数</translation>
    </message>
    <message>
        <source>type of ticket</source>
        <translation>工单类型</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>what</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>which</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>question in Chinese</source>
        <translation>中文问题</translation>
    </message>
    <message>
        <source>In agents&apos; calls, and leading them</source>
        <translation>介入坐席通话与现场管理</translation>
    </message>
    <message>
        <source>Only this in calls, for some leads, agents or teams</source>
        <translation>对个别班组长、坐席或班组，通话中仅限以下操作</translation>
    </message>
    <message>
        <source>Beside calls the agent is told by whom and why of</source>
        <translation>通话之外，以下操作告知坐席由谁执行及原因</translation>
    </message>
    <message>
        <source>Only this beside calls, for some leads, agents or teams</source>
        <translation>对个别班组长、坐席或班组，通话之外仅限以下操作</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>question in English</source>
        <translation>英文问题</translation>
    </message>
    <message>
        <source>level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>name in English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>right answers</source>
        <translation>答对数</translation>
    </message>
    <message>
        <source>field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>rows at once</source>
        <translation>一次行数</translation>
    </message>
    <message>
        <source>with an approval</source>
        <translation>经审批的行数</translation>
    </message>
    <message>
        <source>away at once</source>
        <translation>同时离席人数</translation>
    </message>
    <message>
        <source>of the team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>of the queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>about</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>who</source>
        <translation>姓名或班组</translation>
    </message>
    <message>
        <source>may only</source>
        <translation>仅可</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>to be watched from</source>
        <translation>关注阈值</translation>
    </message>
    <message>
        <source>alarm from</source>
        <translation>告警阈值</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Everybody who has not taken theirs off</source>
        <translation>所有人，自己撤下的除外</translation>
    </message>
    <message>
        <source>Only who has put theirs there</source>
        <translation>只显示自己同意的人</translation>
    </message>
    <message>
        <source>There is no honours board</source>
        <translation>不设龙虎榜</translation>
    </message>
    <message>
        <source>A failed quality item</source>
        <translation>质检项不合格</translation>
    </message>
    <message>
        <source>Searching in vain</source>
        <translation>搜索无果</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>笔试</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>口试</translation>
    </message>
    <message>
        <source>Use of the system</source>
        <translation>系统操作</translation>
    </message>
    <message>
        <source>Conduct</source>
        <translation>培训期表现</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>A list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>A print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>An attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Whispering</source>
        <translation>耳语</translation>
    </message>
    <message>
        <source>Joining the call</source>
        <translation>强插</translation>
    </message>
    <message>
        <source>Taking the call over</source>
        <translation>接管通话</translation>
    </message>
    <message>
        <source>Ending the call</source>
        <translation>强拆</translation>
    </message>
    <message>
        <source>Putting into a state</source>
        <translation>设置坐席状态</translation>
    </message>
    <message>
        <source>Signing out of the queues</source>
        <translation>签出队列</translation>
    </message>
    <message>
        <source>Changing queues and languages</source>
        <translation>更改队列和语言</translation>
    </message>
    <message>
        <source>Writing messages</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>A lead</source>
        <translation>班组长</translation>
    </message>
    <message>
        <source>An agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>A team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Callbacks and visits</source>
        <translation>回电与回访</translation>
    </message>
    <message>
        <source>Only when the agent asks for it</source>
        <translation>仅在坐席要求时</translation>
    </message>
    <message>
        <source>Until the agent ends it</source>
        <translation>由坐席自行结束</translation>
    </message>
    <message>
        <source>For its time, then ready; may be left earlier</source>
        <translation>限时，到时自动就绪，可提前结束</translation>
    </message>
    <message>
        <source>For its whole time, then ready</source>
        <translation>限时，到时自动就绪，不可提前结束</translation>
    </message>
    <message>
        <source>Nothing: a trunk of the tree</source>
        <translation>无（位于最上级）</translation>
    </message>
    <message>
        <source>Every queue</source>
        <translation>所有队列</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Team leads</source>
        <translation>班组长</translation>
    </message>
    <message>
        <source>Duty managers</source>
        <translation>值班经理</translation>
    </message>
    <message>
        <source>Return visits</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>Nothing: as often as one likes</source>
        <translation>留空：不限次数</translation>
    </message>
    <message>
        <source>Without blanks, such as 302; nothing where none is typed</source>
        <translation>不含空格，如 302；不用代码则留空</translation>
    </message>
    <message>
        <source>Every bank</source>
        <translation>全部题库</translation>
    </message>
    <message>
        <source>Every team</source>
        <translation>全部班组</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Nothing: as long as it needs</source>
        <translation>不填：时长不限</translation>
    </message>
    <message>
        <source>Nothing: there is no goal</source>
        <translation>留空：不设目标</translation>
    </message>
    <message>
        <source>{least} to {most}; below {usual} nearly all who hear it are dissatisfied (ITU-T G.107)</source>
        <translation>{least} 至 {most}；低于 {usual} 时，几乎所有听到的人都不满意（ITU-T G.107）</translation>
    </message>
    <message>
        <source>Numbers with commas; the last holds for all that follow</source>
        <translation>数字用逗号分隔；最后一个用于之后各次</translation>
    </message>
    <message>
        <source>Any part of its name finds it: york, berlin</source>
        <translation>输入英文名称的任意部分即可查找，如 shanghai</translation>
    </message>
    <message>
        <source>One a line: a beginning (1700001), or first and last (17000010000-17000019999)</source>
        <translation>每行一个：号码开头（1700001），或首尾号码（17000010000-17000019999）</translation>
    </message>
    <message>
        <source>One a line: the id of the article, as in its link (kb:…)</source>
        <translation>每行一个文章编号，即链接中 kb: 之后的部分</translation>
    </message>
    <message>
        <source>Nothing: only where it is assigned</source>
        <translation>不填：仅在指派时抽题</translation>
    </message>
    <message>
        <source>One a line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} 至 {most}</translation>
    </message>
    <message>
        <source>{field}, line {line}</source>
        <translation>{field}第 {line} 行</translation>
    </message>
    <message>
        <source>{field}: something has to stand here.</source>
        <translation>{field}：此处必填。</translation>
    </message>
    <message>
        <source>{field}: this is too long.</source>
        <translation>{field}：太长。</translation>
    </message>
    <message>
        <source>{field}: these are too many.</source>
        <translation>{field}：太多。</translation>
    </message>
    <message>
        <source>{field}: something stands here twice.</source>
        <translation>{field}：有重复。</translation>
    </message>
    <message>
        <source>{field}: this is no beginning of four digits or more, and no first and last.</source>
        <translation>{field}：既不是四位以上的号码开头，也不是首尾号码。</translation>
    </message>
    <message>
        <source>{field}: this level is not among the levels.</source>
        <translation>{field}：没有这个级别。</translation>
    </message>
    <message>
        <source>{field}: a higher level needs more right answers.</source>
        <translation>{field}：级别越高，答对数应越多。</translation>
    </message>
    <message>
        <source>{field}: this is not there any more. Choose another.</source>
        <translation>{field}：已不存在，请另选。</translation>
    </message>
    <message>
        <source>{field}: choose whom it is about.</source>
        <translation>{field}：请选择对象。</translation>
    </message>
    <message>
        <source>{field}: nobody and no team here is called so. Choose from the list.</source>
        <translation>{field}：没有叫这个名字的人员或班组，请从列表中选择。</translation>
    </message>
    <message>
        <source>{field}: no time zone is called so. Choose from the list.</source>
        <translation>{field}：没有这个时区，请从列表中选择。</translation>
    </message>
    <message>
        <source>{field}: it would hang on itself. Choose another.</source>
        <translation>{field}：不能挂在自己下面，请另选。</translation>
    </message>
    <message>
        <source>{field}: the tree would be too deep. Choose one further up.</source>
        <translation>{field}：层级过深，请选更上一级。</translation>
    </message>
    <message>
        <source>{field}: up to 16 signs without blanks.</source>
        <translation>{field}：最多 16 个字符，不含空格。</translation>
    </message>
    <message>
        <source>{field}: an alarm comes after what is to be watched, not before.</source>
        <translation>{field}：告警阈值应比关注阈值更严重。</translation>
    </message>
    <message>
        <source>{field}: work that may not be left early needs a time.</source>
        <translation>{field}：不可提前结束的话后处理必须有时长。</translation>
    </message>
    <message>
        <source>{field}: calls of this queue have no disposition that could be chosen.</source>
        <translation>{field}：此队列没有可选的话后小结项。</translation>
    </message>
    <message>
        <source>{field}: this is too small or too large.</source>
        <translation>{field}：数值过小或过大。</translation>
    </message>
    <message>
        <source>{field}: this cannot be read. Write it as the hint says.</source>
        <translation>{field}：无法识别。请按提示的格式填写。</translation>
    </message>
    <message>
        <source>A number is too small or too large, or a word is none of those that are known.</source>
        <translation>有数值过小或过大，或有无法识别的词。</translation>
    </message>
</context>
<context>
    <name>shifts</name>
    <message>
        <source>The line cannot be read: look for an open quotation mark, merged cells, or a formula without a result.</source>
        <translation>该行无法读取：请检查未闭合的引号、合并的单元格或没有结果的公式。</translation>
    </message>
    <message>
        <source>Nobody is named. Write the login, the extension or the name.</source>
        <translation>没有写明坐席。请填写登录名、分机或姓名。</translation>
    </message>
    <message>
        <source>“{value}” is no day. Write it as 2026-11-23.</source>
        <translation>“{value}”不是日期。请写成 2026-11-23。</translation>
    </message>
    <message>
        <source>“{value}” is no time. Write 09:00, or 26:00 for two o’clock the next morning.</source>
        <translation>“{value}”不是时间。请写成 09:00，次日凌晨两点写成 26:00。</translation>
    </message>
    <message>
        <source>“{value}” is not known. Write work, break, training or off.</source>
        <translation>无法识别“{value}”。请写工作、小休、培训或休。</translation>
    </message>
    <message>
        <source>It takes no time, or ends later than on the day after.</source>
        <translation>时长为零，或结束时间晚于次日。</translation>
    </message>
    <message>
        <source>It overlaps another line of that day. Take one of them out.</source>
        <translation>与当天另一行重叠。请删去其中一行。</translation>
    </message>
    <message>
        <source>The shift is longer than 24 hours. Part it into two days.</source>
        <translation>班次超过 24 小时。请拆成两天。</translation>
    </message>
    <message>
        <source>There are too many lines of that day. Put some of them together.</source>
        <translation>当天的行太多。请合并一些。</translation>
    </message>
    <message>
        <source>Nobody is called “{value}”. Write the login or the extension.</source>
        <translation>没有叫“{value}”的坐席。请填写登录名或分机。</translation>
    </message>
    <message>
        <source>Several are called “{value}”. Write the login.</source>
        <translation>有多人叫“{value}”。请填写登录名。</translation>
    </message>
    <message>
        <source>“{value}” is in another team. Ask the duty manager to bring it in.</source>
        <translation>“{value}”属于其他班组。请值班经理导入。</translation>
    </message>
    <message>
        <source>The same day of “{value}” stands further up, by another name.</source>
        <translation>“{value}”的同一天在前面已用另一称呼写过。</translation>
    </message>
    <message>
        <source>It overlaps the shift of “{value}” on the day before or after.</source>
        <translation>与“{value}”前一天或后一天的班次重叠。</translation>
    </message>
    <message>
        <source>The day is more than 400 days away.</source>
        <translation>日期相距超过 400 天。</translation>
    </message>
    <message>
        <source>The server does not take it ({code}). Tell who looks after it.</source>
        <translation>服务器未接受（{code}）。请告知管理员。</translation>
    </message>
    <message>
        <source>It lacks the columns Agent, Day, From and To. The headings stand in its first ten rows.</source>
        <translation>缺少坐席、日期、开始、结束这几列。表头应在前十行内。</translation>
    </message>
    <message>
        <source>It has more than {count} lines. Part it.</source>
        <translation>超过 {count} 行。请拆分。</translation>
    </message>
</context>
<context>
    <name>shortcuts</name>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Ticket and knowledge</source>
        <translation>工单与知识库</translation>
    </message>
    <message>
        <source>Getting around</source>
        <translation>切换与定位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>On the page of a ticket</source>
        <translation>工单页面</translation>
    </message>
    <message>
        <source>Answer the call</source>
        <translation>接听来电</translation>
    </message>
    <message>
        <source>Hang up; twice: end a conference</source>
        <translation>挂断；会议中按两次结束会议</translation>
    </message>
    <message>
        <source>Mute or unmute</source>
        <translation>静音或取消静音</translation>
    </message>
    <message>
        <source>Hold, or take the caller back</source>
        <translation>保持，或取回客户</translation>
    </message>
    <message>
        <source>Consult or transfer</source>
        <translation>咨询或转接</translation>
    </message>
    <message>
        <source>Complete the transfer</source>
        <translation>完成转接</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>会议</translation>
    </message>
    <message>
        <source>Leave the conference</source>
        <translation>离开会议</translation>
    </message>
    <message>
        <source>Switch to the other call</source>
        <translation>切换到另一通话</translation>
    </message>
    <message>
        <source>Record, pause or go on</source>
        <translation>录音、暂停或继续</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Dial a number</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>The caller is abusive: mark it, what to say</source>
        <translation>辱骂来电：标记并查看话术</translation>
    </message>
    <message>
        <source>Write a ticket</source>
        <translation>写工单</translation>
    </message>
    <message>
        <source>Edit the customer</source>
        <translation>编辑客户资料</translation>
    </message>
    <message>
        <source>Signals of the customer</source>
        <translation>客户信号</translation>
    </message>
    <message>
        <source>Marketing consent of the customer</source>
        <translation>客户的营销同意</translation>
    </message>
    <message>
        <source>Check who is calling</source>
        <translation>核身</translation>
    </message>
    <message>
        <source>Callback: the open one, or a new one</source>
        <translation>回电：打开的，或新建</translation>
    </message>
    <message>
        <source>Callbacks that are due</source>
        <translation>待回电列表</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>导入表格</translation>
    </message>
    <message>
        <source>Likely duplicates</source>
        <translation>疑似重复客户</translation>
    </message>
    <message>
        <source>Erasures and copies of a person</source>
        <translation>个人信息删除与副本</translation>
    </message>
    <message>
        <source>Announcements</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>培训考试</translation>
    </message>
    <message>
        <source>Write articles</source>
        <translation>编写文章</translation>
    </message>
    <message>
        <source>My figures</source>
        <translation>我的业绩</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席看板</translation>
    </message>
    <message>
        <source>Breaks of the team</source>
        <translation>班组小休</translation>
    </message>
    <message>
        <source>Reports of the floor</source>
        <translation>现场报表</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Messages to agents</source>
        <translation>给坐席的消息</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>培训管理</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>实时大屏</translation>
    </message>
    <message>
        <source>The wallboard on the whole screen, or back</source>
        <translation>大屏全屏显示，或退出全屏</translation>
    </message>
    <message>
        <source>Answer what is asked of the customer</source>
        <translation>填写要询问的资料</translation>
    </message>
    <message>
        <source>Submit the ticket or the form</source>
        <translation>提交工单或表单</translation>
    </message>
    <message>
        <source>Save the draft</source>
        <translation>保存草稿</translation>
    </message>
    <message>
        <source>Print the ticket</source>
        <translation>打印工单</translation>
    </message>
    <message>
        <source>Search knowledge</source>
        <translation>搜索知识库</translation>
    </message>
    <message>
        <source>Insert the article&apos;s answer where you write</source>
        <translation>把文章答案插入正在填写的地方</translation>
    </message>
    <message>
        <source>Insert a link to the article</source>
        <translation>插入文章链接</translation>
    </message>
    <message>
        <source>The article helped</source>
        <translation>文章有帮助</translation>
    </message>
    <message>
        <source>The article did not help</source>
        <translation>文章没有帮助</translation>
    </message>
    <message>
        <source>Tell the editors what is wrong or missing</source>
        <translation>告诉编辑哪里有误或缺什么</translation>
    </message>
    <message>
        <source>Gaps of knowledge</source>
        <translation>知识缺口</translation>
    </message>
    <message>
        <source>Insert a macro; or type / at the start of a word</source>
        <translation>插入宏；或在词首输入 /</translation>
    </message>
    <message>
        <source>The guide that is being gone through</source>
        <translation>正在使用的话术</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>全局搜索</translation>
    </message>
    <message>
        <source>Close the open item</source>
        <translation>关闭当前项目</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>下一个面板</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>上一个面板</translation>
    </message>
    <message>
        <source>Compact phone</source>
        <translation>小电话</translation>
    </message>
    <message>
        <source>Rules of the company</source>
        <translation>公司规则</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Break or sign off</source>
        <translation>小休或签退</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Ask your lead for help, or take it back</source>
        <translation>向班长求助，或取消求助</translation>
    </message>
    <message>
        <source>The message at the top was read</source>
        <translation>确认已读顶部消息</translation>
    </message>
    <message>
        <source>Lock: hide customers until you are back</source>
        <translation>顶部的消息已读</translation>
    </message>
    <message>
        <source>Go to the worst alert of the floor</source>
        <translation>前往现场最严重的告警</translation>
    </message>
    <message>
        <source>You see to the alert at the top</source>
        <translation>由您跟进顶部的告警</translation>
    </message>
    <message>
        <source>Show the whole number</source>
        <translation>显示完整号码</translation>
    </message>
    <message>
        <source>Health of this workstation</source>
        <translation>工作台健康状况</translation>
    </message>
    <message>
        <source>A report for IT when something is wrong</source>
        <translation>出问题时，生成给 IT 的诊断报告</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>打开此表</translation>
    </message>
</context>
<context>
    <name>signal rules</name>
    <message>
        <source>Tier</source>
        <translation>客户等级</translation>
    </message>
    <message>
        <source>Paid in 12 months</source>
        <translation>近 12 个月消费</translation>
    </message>
    <message>
        <source>Contacts in 30 days</source>
        <translation>30 天内来往次数</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Agent speaks their language</source>
        <translation>坐席会其语言</translation>
    </message>
    <message>
        <source>Contacts about one issue, 30 days</source>
        <translation>30 天内同一问题联系次数</translation>
    </message>
    <message>
        <source>The issue</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>The issue: since</source>
        <translation>问题：起始日期</translation>
    </message>
    <message>
        <source>The issue: dates of contact</source>
        <translation>问题：各次日期</translation>
    </message>
    <message>
        <source>Satisfaction, 1 to 5</source>
        <translation>满意度（1 至 5）</translation>
    </message>
    <message>
        <source>Number of ratings</source>
        <translation>评分次数</translation>
    </message>
    <message>
        <source>Last rating</source>
        <translation>最近评分</translation>
    </message>
    <message>
        <source>Last rating: date</source>
        <translation>最近评分：日期</translation>
    </message>
    <message>
        <source>Ratings before the last, mean</source>
        <translation>此前评分均值</translation>
    </message>
    <message>
        <source>Fall of the last rating</source>
        <translation>最近评分下降</translation>
    </message>
    <message>
        <source>Open complaints</source>
        <translation>未办结投诉数</translation>
    </message>
    <message>
        <source>Oldest complaint: days open</source>
        <translation>最早投诉：已开天数</translation>
    </message>
    <message>
        <source>Oldest complaint: since</source>
        <translation>最早投诉：起始日期</translation>
    </message>
    <message>
        <source>Oldest complaint</source>
        <translation>最早投诉：编号</translation>
    </message>
    <message>
        <source>Next contract end: days left</source>
        <translation>最近合约到期：剩余天数</translation>
    </message>
    <message>
        <source>Next contract end: date</source>
        <translation>最近合约到期：日期</translation>
    </message>
    <message>
        <source>Next contract end: product</source>
        <translation>最近合约到期：产品</translation>
    </message>
    <message>
        <source>Usage left</source>
        <translation>剩余用量</translation>
    </message>
    <message>
        <source>Usage running low</source>
        <translation>用量将尽</translation>
    </message>
    <message>
        <source>Usage: product</source>
        <translation>用量：产品</translation>
    </message>
    <message>
        <source>Asked about a product: times</source>
        <translation>问过产品：次数</translation>
    </message>
    <message>
        <source>Asked about a product: which</source>
        <translation>问过产品：哪一款</translation>
    </message>
    <message>
        <source>Asked about a product: date</source>
        <translation>问过产品：日期</translation>
    </message>
    <message>
        <source>Last agent</source>
        <translation>上次接待</translation>
    </message>
    <message>
        <source>Last agent: date</source>
        <translation>上次接待：日期</translation>
    </message>
    <message>
        <source>Last agent: days ago</source>
        <translation>上次接待：几天前</translation>
    </message>
    <message>
        <source>Last agent is who looks</source>
        <translation>上次接待就是本人</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>不少于</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>不多于</translation>
    </message>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>Word, Chinese</source>
        <translation>标签（中文）</translation>
    </message>
    <message>
        <source>Word, English</source>
        <translation>标签（英文）</translation>
    </message>
    <message>
        <source>Reason, Chinese</source>
        <translation>原因（中文）</translation>
    </message>
    <message>
        <source>Reason, English</source>
        <translation>原因（英文）</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Quiet for days</source>
        <translation>静默天数</translation>
    </message>
    <message>
        <source>Condition {number}</source>
        <translation>条件 {number}</translation>
    </message>
    <message>
        <source>{field}: {fault}</source>
        <translation>{field}：{fault}</translation>
    </message>
    <message>
        <source>add one, or every customer would show the signal.</source>
        <translation>请至少添加一条，否则每位客户都会显示该信号。</translation>
    </message>
    <message>
        <source>write it; people read it in both languages.</source>
        <translation>请填写；两种语言都会有人看。</translation>
    </message>
    <message>
        <source>at most {count} characters.</source>
        <translation>最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>at most {count}.</source>
        <translation>最多 {count} 条。</translation>
    </message>
    <message>
        <source>write a whole number from {least} to {most}.</source>
        <translation>请填写 {least} 至 {most} 的整数。</translation>
    </message>
    <message>
        <source>there is no fact “{fact}”. Choose one from the list of facts.</source>
        <translation>没有“{fact}”这项事实，请从事实列表中选择。</translation>
    </message>
    <message>
        <source>“{fact}” can be told in the reason, but not compared.</source>
        <translation>“{fact}”只能写进原因，不能用来比较。</translation>
    </message>
    <message>
        <source>“{fact}” is not compared like that.</source>
        <translation>“{fact}”不能这样比较。</translation>
    </message>
    <message>
        <source>write a number for “{fact}”, {most} at most.</source>
        <translation>请为“{fact}”填写数字，最大 {most}。</translation>
    </message>
    <message>
        <source>choose a value for “{fact}”.</source>
        <translation>请为“{fact}”选择一个值。</translation>
    </message>
    <message>
        <source>name the fact that a person can check, such as {example}.</source>
        <translation>请写明可以核对的事实，例如 {example}。</translation>
    </message>
    <message>
        <source>a brace stands alone. Braces are only around the name of a fact.</source>
        <translation>有单独的花括号；花括号只能括住事实的名称。</translation>
    </message>
    <message>
        <source>As shipped</source>
        <translation>出厂规则</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已停用</translation>
    </message>
</context>
<context>
    <name>signals</name>
    <message>
        <source>{title} ({outcome})</source>
        <translation>{title}（{outcome}）</translation>
    </message>
    <message>
        <source>{short}, {name}, {moment}. {reason}</source>
        <translation>{short}，{name}，{moment}。{reason}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>About to leave</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <source>Ready to buy</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Called about this before</source>
        <translation>重复来访</translation>
    </message>
    <message>
        <source>Last agent</source>
        <translation>上次接待</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>挽留</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回拨</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>已提出</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>still_open</name>
    <message>
        <source>Tickets that are not filed: {count}</source>
        <translation>未提交的工单：{count}</translation>
    </message>
    <message>
        <source>Calls that are not wrapped up: {count}</source>
        <translation>未完成话后小结的通话：{count}</translation>
    </message>
    <message>
        <source>Callbacks and return visits that are due: {count}</source>
        <translation>已到期的回拨和回访：{count}</translation>
    </message>
</context>
<context>
    <name>strip</name>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Redial</source>
        <translation>重拨</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>语音信箱</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Ways to decline</source>
        <translation>拒接方式</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Pause the recording</source>
        <translation>暂停录音</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>继续录音</translation>
    </message>
    <message>
        <source>Stop the recording</source>
        <translation>停止录音</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Retrieve</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>会议</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>延长时间</translation>
    </message>
    <message>
        <source>Take out of the conference</source>
        <translation>移出会议</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>重新呼叫</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停录音</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续录音</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止录音</translation>
    </message>
    <message>
        <source>End for all</source>
        <translation>结束会议</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>不再等待</translation>
    </message>
    <message>
        <source>Done, ready again</source>
        <translation>完成，回到就绪</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Press again</source>
        <translation>再按一次</translation>
    </message>
    <message>
        <source>Press again to hang up for all three.</source>
        <translation>再按一次，三方都将挂断。</translation>
    </message>
    <message>
        <source>Holds the caller and asks somebody first.</source>
        <translation>先保持客户，再向他人咨询。</translation>
    </message>
    <message>
        <source>Sends the caller on at once.</source>
        <translation>直接把客户转出（盲转）。</translation>
    </message>
    <message>
        <source>Connects both with each other; you leave the call.</source>
        <translation>让双方直接通话，您退出。</translation>
    </message>
    <message>
        <source>All three hear each other.</source>
        <translation>三方互相听得到。</translation>
    </message>
    <message>
        <source>Ends the question and takes the caller back.</source>
        <translation>结束咨询，取回客户。</translation>
    </message>
    <message>
        <source>Takes the caller back.</source>
        <translation>取回客户。</translation>
    </message>
    <message>
        <source>Talks with the caller alone; the other is held.</source>
        <translation>单独与客户通话，另一方保持。</translation>
    </message>
    <message>
        <source>You leave; the other two go on talking.</source>
        <translation>您离开，其余两方继续通话。</translation>
    </message>
    <message>
        <source>Hangs up for all three. Press twice.</source>
        <translation>三方都将挂断，需按两次。</translation>
    </message>
    <message>
        <source>The caller does not come back: your after-call work begins.</source>
        <translation>来电人不回来了：开始话后处理。</translation>
    </message>
    <message>
        <source>Back to what was shown before; it goes on meanwhile.</source>
        <translation>回到之前的内容，期间一直在继续。</translation>
    </message>
    <message>
        <source>Talks with this one and holds the other.</source>
        <translation>与此方通话，另一方保持。</translation>
    </message>
    <message>
        <source>Calls that come in are told that you are busy.</source>
        <translation>来电将听到忙音。</translation>
    </message>
    <message>
        <source>Dials the last number once more.</source>
        <translation>再次拨打上一个号码。</translation>
    </message>
    <message>
        <source>Enter a number first.</source>
        <translation>请先输入号码。</translation>
    </message>
    <message>
        <source>Nothing was dialled yet.</source>
        <translation>还没有拨打过号码。</translation>
    </message>
    <message>
        <source>The phone has no line. No calls come in until it is registered.</source>
        <translation>电话没有线路，注册成功前无法接到来电。</translation>
    </message>
    <message>
        <source>Nobody has set the number of the voicemail. Ask your administrator.</source>
        <translation>尚未设置语音信箱号码。请联系管理员。</translation>
    </message>
    <message>
        <source>Possible once the call is answered.</source>
        <translation>接通后才能使用。</translation>
    </message>
    <message>
        <source>Possible once they answer. Until then you can take the caller back.</source>
        <translation>对方接听后才能使用；此前可取回客户。</translation>
    </message>
    <message>
        <source>The call is on hold. Take it back first.</source>
        <translation>通话保持中，请先取回。</translation>
    </message>
    <message>
        <source>The other side holds the call. Wait until they take it back.</source>
        <translation>对方正在保持，请等待对方恢复。</translation>
    </message>
    <message>
        <source>This queue allows no more time after a call.</source>
        <translation>该队列不允许再延长话后时间。</translation>
    </message>
    <message>
        <source>This queue&apos;s after-call work lasts its whole time. Use it for the wrap-up.</source>
        <translation>该队列的话后处理须满时长，请用来完成小结。</translation>
    </message>
    <message>
        <source>The call is being ended.</source>
        <translation>正在结束通话。</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>转评价</translation>
    </message>
    <message>
        <source>PIN check</source>
        <translation>转IVR验密</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>停泊</translation>
    </message>
    <message>
        <source>In conference with {who}</source>
        <translation>与 {who} 会议中</translation>
    </message>
    <message>
        <source>Going to the survey…</source>
        <translation>正在转评价…</translation>
    </message>
    <message>
        <source>Going to the PIN check…</source>
        <translation>正在转IVR验密…</translation>
    </message>
    <message>
        <source>Being parked…</source>
        <translation>正在停泊…</translation>
    </message>
    <message>
        <source>{who} rings…</source>
        <translation>{who} 振铃中…</translation>
    </message>
    <message>
        <source>Transferring to {who}…</source>
        <translation>正在转接给 {who}…</translation>
    </message>
    <message>
        <source>Asked about {who}</source>
        <translation>就 {who} 咨询</translation>
    </message>
    <message>
        <source>The PIN check goes on</source>
        <translation>验密仍在进行</translation>
    </message>
    <message>
        <source>After-call work goes on</source>
        <translation>话后处理仍在计时</translation>
    </message>
    <message>
        <source>The last call failed</source>
        <translation>上一通呼叫未接通</translation>
    </message>
    <message>
        <source>Privacy number of {platform}</source>
        <translation>{platform}隐私号</translation>
    </message>
    <message>
        <source>Last call {when}</source>
        <translation>上次来电 {when}</translation>
    </message>
    <message>
        <source>First call</source>
        <translation>首次来电</translation>
    </message>
</context>
<context>
    <name>synonyms</name>
    <message>
        <source>Write two words at least, each on a line of its own.</source>
        <translation>至少写两个词，每行一个。</translation>
    </message>
    <message>
        <source>At most {count} words. Make another set of the rest.</source>
        <translation>最多 {count} 个词。其余的请另建一组。</translation>
    </message>
    <message>
        <source>“{word}…” is too long: at most {count} characters.</source>
        <translation>“{word}…”太长：最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>The note has at most {count} characters.</source>
        <translation>备注最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>“{word}” is no word, or has signs in it that nobody sees. Type it again.</source>
        <translation>“{word}”不是词语，或含有看不见的字符。请重新输入。</translation>
    </message>
    <message>
        <source>The note has signs in it that nobody sees. Type it again.</source>
        <translation>备注含有看不见的字符。请重新输入。</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
</context>
<context>
    <name>tables</name>
    <message>
        <source>This is an old workbook (XLS) or one with a password. Save it as XLSX.</source>
        <translation>这是旧版工作簿（XLS）或加密的工作簿。请另存为 XLSX。</translation>
    </message>
    <message>
        <source>The table is too large. Part it.</source>
        <translation>表格过大。请拆分。</translation>
    </message>
    <message>
        <source>This is no table. Save it as XLSX or as CSV UTF-8.</source>
        <translation>这不是表格。请另存为 XLSX 或 CSV UTF-8。</translation>
    </message>
    <message>
        <source>Its encoding is unknown. Save it as XLSX or as CSV UTF-8.</source>
        <translation>编码无法识别。请另存为 XLSX 或 CSV UTF-8。</translation>
    </message>
    <message>
        <source>It is built to harm who opens it, and was not read.</source>
        <translation>该文件带有恶意结构，未予读取。</translation>
    </message>
    <message>
        <source>There is nothing in it.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file cannot be read. Is it still there?</source>
        <translation>文件无法读取。它还在原处吗？</translation>
    </message>
    <message>
        <source>The table is damaged. Open it in its own program and save it again.</source>
        <translation>表格已损坏。请用原程序打开并重新保存。</translation>
    </message>
</context>
<context>
    <name>teaching</name>
    <message>
        <source>One answer</source>
        <translation>单选</translation>
    </message>
    <message>
        <source>Several answers</source>
        <translation>多选</translation>
    </message>
    <message>
        <source>True or false</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>In the right order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>A short text</source>
        <translation>简答</translation>
    </message>
    <message>
        <source>A call that is heard</source>
        <translation>听录音情景题</translation>
    </message>
    <message>
        <source>Done in the practice</source>
        <translation>系统操作题</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>One answer a line; begin the right one with a star: * Within 3 working days</source>
        <translation>每行一个选项；正确的一项以星号开头，如：* 3 个工作日</translation>
    </message>
    <message>
        <source>One answer a line; begin each right one with a star.</source>
        <translation>每行一个选项；每个正确项以星号开头。</translation>
    </message>
    <message>
        <source>One step a line, in the right order; they are mixed for whoever is asked.</source>
        <translation>每行一个步骤，按正确顺序填写；出题时自动打乱。</translation>
    </message>
    <message>
        <source>One keyword a line; other words for the same between bars: refund|money back</source>
        <translation>每行一个关键词；同义词用竖线隔开，如：退款|退钱</translation>
    </message>
    <message>
        <source>One step a line, such as opened:ID, type:fault, filed, answered, held, ended</source>
        <translation>每行一个步骤，如 opened:文章编号、type:fault、filed、answered、held、ended</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <source>Keywords needed (0: all)</source>
        <translation>须答对的关键词数（0 为全部）</translation>
    </message>
    <message>
        <source>Explanation, shown afterwards</source>
        <translation>解析（交卷后显示）</translation>
    </message>
    <message>
        <source>Written from</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>The call</source>
        <translation>所听通话</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>操作内容</translation>
    </message>
    <message>
        <source>{field}: nothing is marked as right.</source>
        <translation>{field}：还没有标出正确答案。</translation>
    </message>
    <message>
        <source>{field}: something has to stand here.</source>
        <translation>{field}：不能为空。</translation>
    </message>
    <message>
        <source>{field}: this is too long.</source>
        <translation>{field}：内容过长。</translation>
    </message>
    <message>
        <source>{field}: at least two are needed.</source>
        <translation>{field}：至少需要两项。</translation>
    </message>
    <message>
        <source>{field}: only one may be marked as right.</source>
        <translation>{field}：只能有一项正确。</translation>
    </message>
    <message>
        <source>{field}: these are too many.</source>
        <translation>{field}：数量过多。</translation>
    </message>
    <message>
        <source>{field}: something stands here twice.</source>
        <translation>{field}：有重复的内容。</translation>
    </message>
    <message>
        <source>{field}: this number is too small or too large.</source>
        <translation>{field}：数值超出范围。</translation>
    </message>
    <message>
        <source>{field}: this does not fit this kind of question.</source>
        <translation>{field}：与题型不符。</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Changed by this row</source>
        <translation>按此行修改</translation>
    </message>
    <message>
        <source>Here already, the same</source>
        <translation>已有，相同</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不收</translation>
    </message>
    <message>
        <source>The row cannot be read: look for an open quotation mark, merged cells, or a formula without a result.</source>
        <translation>这一行读不出来：请检查引号是否成对、是否有合并单元格、公式是否有结果。</translation>
    </message>
    <message>
        <source>{field}: “{value}” is not known. The template has the words that are.</source>
        <translation>{field}：不认识“{value}”。可用的写法见模板。</translation>
    </message>
    <message>
        <source>{field}: “{value}” is no number.</source>
        <translation>{field}：“{value}”不是数字。</translation>
    </message>
    <message>
        <source>{field}: “{value}” is no id. Leave it empty for a new question.</source>
        <translation>{field}：“{value}”不是编号。新题请留空。</translation>
    </message>
    <message>
        <source>{field}: row {value} says the same. Take one of them out.</source>
        <translation>{field}：与第 {value} 行重复，请去掉一行。</translation>
    </message>
    <message>
        <source>{field}: no article, or several, are called “{value}”. Write its id: kb:ID</source>
        <translation>{field}：没有或不止一篇文章叫“{value}”。请写编号：kb:编号</translation>
    </message>
    <message>
        <source>{field}: choose the call here, where it can be heard.</source>
        <translation>{field}：请在工作台选择能听到的通话。</translation>
    </message>
    <message>
        <source>You are writing this question. Save or discard it first.</source>
        <translation>您正在编写这道题，请先保存或放弃。</translation>
    </message>
    <message>
        <source>{field}: there is no option “{value}”.</source>
        <translation>{field}：没有选项“{value}”。</translation>
    </message>
    <message>
        <source>It lacks the columns Kind, Question and Right answer. Save the template and look at its headings.</source>
        <translation>缺少“题型”“题目”“正确答案”这几列。请保存模板，对照表头。</translation>
    </message>
    <message>
        <source>It has more than {count} rows. Part it.</source>
        <translation>超过 {count} 行，请拆成几份。</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>题型</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>题库</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>ticket</name>
    <message>
        <source>Take it</source>
        <translation>领取</translation>
    </message>
    <message>
        <source>Move on</source>
        <translation>流转</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>转派</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Sub-task</source>
        <translation>子任务</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Not on this workstation</source>
        <translation>不在本工作站上</translation>
    </message>
    <message>
        <source>A virus was found in “{name}” ({virus}). Nobody can open it; attach a clean file instead.</source>
        <translation>“{name}”中发现病毒（{virus}），任何人都不能打开；请改为添加干净的文件。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>表单内容</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>to the customer</source>
        <translation>对客户</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>{number} · printed by {by}, {when}</source>
        <translation>{number} · 打印人 {by}，{when}</translation>
    </message>
</context>
<context>
    <name>tiers</name>
    <message>
        <source>Standard</source>
        <translation>普通会员</translation>
    </message>
    <message>
        <source>Silver</source>
        <translation>银卡会员</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>金卡会员</translation>
    </message>
    <message>
        <source>Diamond</source>
        <translation>钻石会员</translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>Quiz</source>
        <translation>测验</translation>
    </message>
    <message>
        <source>To read</source>
        <translation>待阅读</translation>
    </message>
    <message>
        <source>To take</source>
        <translation>待作答</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>作答中</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>已交卷</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>was due {moment}</source>
        <translation>{moment} 已逾期</translation>
    </message>
    <message>
        <source>due {moment}</source>
        <translation>{moment} 截止</translation>
    </message>
    <message>
        <source>Drawn by the rule of every week</source>
        <translation>每周自动抽题</translation>
    </message>
    <message>
        <source>Given by {who} after a review of quality</source>
        <translation>{who} 根据质检结果布置</translation>
    </message>
    <message>
        <source>Given by {who}: searches showed that this is asked for</source>
        <translation>{who} 根据检索缺口布置</translation>
    </message>
    <message>
        <source>Given by {who}</source>
        <translation>{who} 布置</translation>
    </message>
    <message>
        <source>Questions: {count}</source>
        <translation>共 {count} 题</translation>
    </message>
    <message>
        <source>time: {minutes} min</source>
        <translation>限时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>passed from {mark} of 100</source>
        <translation>{mark} 分及格</translation>
    </message>
    <message>
        <source>try {nth} of {tries}</source>
        <translation>第 {nth} / {tries} 次机会</translation>
    </message>
    <message>
        <source>One answer. Its number chooses it.</source>
        <translation>单选，按数字键选择。</translation>
    </message>
    <message>
        <source>All that are right. Numbers or Space choose.</source>
        <translation>多选，按数字键或空格选择。</translation>
    </message>
    <message>
        <source>Hear the call first, then choose all that are right.</source>
        <translation>先听录音，再选出所有正确项。</translation>
    </message>
    <message>
        <source>Put them in order: Alt+Up and Alt+Down move a line.</source>
        <translation>排序：按 Alt+↑ / Alt+↓ 移动。</translation>
    </message>
    <message>
        <source>In a sentence or two. What counts is what must not be missing.</source>
        <translation>用一两句话作答，按要点给分。</translation>
    </message>
    <message>
        <source>Do it below. This is a practice: nothing of it is real.</source>
        <translation>在下方实际操作。这是练习，不影响真实数据。</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Does not count</source>
        <translation>不计分</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>True</source>
        <translation>对</translation>
    </message>
    <message>
        <source>False</source>
        <translation>错</translation>
    </message>
    <message>
        <source>search “{value}”</source>
        <translation>搜索“{value}”</translation>
    </message>
    <message>
        <source>open {value}</source>
        <translation>打开 {value}</translation>
    </message>
    <message>
        <source>type {value}</source>
        <translation>类型 {value}</translation>
    </message>
    <message>
        <source>category {value}</source>
        <translation>分类 {value}</translation>
    </message>
    <message>
        <source>priority {value}</source>
        <translation>优先级 {value}</translation>
    </message>
    <message>
        <source>file the ticket</source>
        <translation>提交工单</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>take back</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>transfer to {value}</source>
        <translation>转接到 {value}</translation>
    </message>
    <message>
        <source>hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Practice: search the knowledge base</source>
        <translation>练习：检索知识库</translation>
    </message>
    <message>
        <source>Practice: a ticket that is filed nowhere</source>
        <translation>练习：模拟工单</translation>
    </message>
    <message>
        <source>Practice: a call that does not exist</source>
        <translation>练习：模拟通话</translation>
    </message>
</context>
<context>
    <name>updates</name>
    <message>
        <source>Version {version}.</source>
        <translation>版本 {version}。</translation>
    </message>
    <message>
        <source>Version {version} is ready. Starting again takes a few seconds, and everything stays as it is.</source>
        <translation>新版本 {version} 已就绪。重启只需几秒，当前内容全部保留。</translation>
    </message>
    <message>
        <source>Version {version} did not work on this computer, so you work with {running} again. Tell IT.</source>
        <translation>版本 {version} 在本机无法正常运行，已恢复为 {running}。请告知 IT。</translation>
    </message>
    <message>
        <source>There are no new versions at {address}. Ask IT to correct update.url.</source>
        <translation>{address} 没有可用的新版本。请让 IT 更正 update.url。</translation>
    </message>
    <message>
        <source>Version {version} does not run on this computer and was left out. Tell IT.</source>
        <translation>版本 {version} 无法在本机运行，已跳过。请告知 IT。</translation>
    </message>
    <message>
        <source>Where new versions come from does not answer ({address}). It is asked again.</source>
        <translation>新版本的地址没有应答（{address}），稍后会自动重试。</translation>
    </message>
    <message>
        <source>The new version could not be kept on the disk. Free some space, or tell IT.</source>
        <translation>新版本无法保存到磁盘。请清理空间，或告知 IT。</translation>
    </message>
    <message>
        <source>Version {version}. Your IT department brings it up to date.</source>
        <translation>版本 {version}，由 IT 部门负责更新。</translation>
    </message>
    <message>
        <source>Version {version}. It brings itself up to date.</source>
        <translation>版本 {version}，会自动更新。</translation>
    </message>
    <message>
        <source>Version {version}, up to date.</source>
        <translation>版本 {version}，已是最新。</translation>
    </message>
    <message>
        <source>Version {version}. Version {newer} is being fetched, {percent} %.</source>
        <translation>版本 {version}，正在下载 {newer}（{percent}%）。</translation>
    </message>
    <message>
        <source>Version {version}. Version {newer} is there and begins with the next start.</source>
        <translation>版本 {version}，新版本 {newer} 已就绪，下次启动时生效。</translation>
    </message>
    <message>
        <source>Version {version}. It cannot bring itself up to date: IT has set no update.url.</source>
        <translation>版本 {version}，无法自动更新：IT 尚未设置 update.url。</translation>
    </message>
    <message>
        <source>Version {version}. It cannot bring itself up to date: update-root.json is missing beside it.</source>
        <translation>版本 {version}，无法自动更新：程序所在目录缺少 update-root.json。</translation>
    </message>
    <message>
        <source>Version {version}. It is installed for the whole computer, so that only IT can bring it up to date.</source>
        <translation>版本 {version}，程序是为整台电脑安装的，只能由 IT 更新。</translation>
    </message>
    <message>
        <source>Version {version}, run from its source: it does not bring itself up to date.</source>
        <translation>版本 {version}，从源代码运行，不会自动更新。</translation>
    </message>
    <message>
        <source>Nobody has vouched for the new versions lately, so none is taken. Check the clock, tell IT.</source>
        <translation>新版本的签名已过期，暂不更新。请检查本机时间，并告知 IT。</translation>
    </message>
    <message>
        <source>What is offered is older than what was offered before, so it is left. Tell IT.</source>
        <translation>服务器给出的版本信息比之前的旧，已拒绝。请告知 IT。</translation>
    </message>
    <message>
        <source>The new version is not the one that IT has signed, so it was left. Tell IT.</source>
        <translation>下载的新版本与 IT 签名的不一致，已拒绝。请告知 IT。</translation>
    </message>
    <message>
        <source>The new versions are not signed by your organisation, so none is taken. Tell IT.</source>
        <translation>新版本不是由本单位签名的，已拒绝。请告知 IT。</translation>
    </message>
    <message>
        <source>The list of new versions cannot be read, so none is taken. Tell IT.</source>
        <translation>新版本清单无法读取，暂不更新。请告知 IT。</translation>
    </message>
</context>
<context>
    <name>wallboard</name>
    <message>
        <source>Waiting</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <source>Estimated wait</source>
        <translation>预计等待</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>服务水平</translation>
    </message>
    <message>
        <source>Connect rate</source>
        <translation>接通率</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>放弃率</translation>
    </message>
    <message>
        <source>Speed of answer</source>
        <translation>平均应答时长</translation>
    </message>
    <message>
        <source>Handle time</source>
        <translation>平均处理时长</translation>
    </message>
    <message>
        <source>Solved first time</source>
        <translation>一次解决率</translation>
    </message>
    <message>
        <source>Repeat calls</source>
        <translation>重复来电率</translation>
    </message>
    <message>
        <source>Survey rate</source>
        <translation>参评率</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>工时利用率</translation>
    </message>
    <message>
        <source>Callbacks due</source>
        <translation>到期回拨</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>After-call work</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>小休</translation>
    </message>
</context>
</TS>
