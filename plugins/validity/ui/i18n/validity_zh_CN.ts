<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>certificate_model</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>证书主题</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>剩余天数</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Validity in time</source>
        <translation>有效期时间轴</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>数字证书 CA</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>证书序列号</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>颁发机构</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>有效期起</translation>
    </message>
</context>
<context>
    <name>certificate_row</name>
    <message>
        <source>Ending soon</source>
        <translation>即将到期</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Not yet valid</source>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已有新证书</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
</context>
<context>
    <name>certificate_table</name>
    <message>
        <source>Certificates</source>
        <translation>证书列表</translation>
    </message>
    <message>
        <source>The arrow keys choose a certificate; its details stand below the table.</source>
        <translation>用上下方向键选择证书，详细信息显示在列表下方。</translation>
    </message>
</context>
<context>
    <name>certificates_page</name>
    <message>
        <source>Saved as %1</source>
        <translation>已保存到 %1</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Please choose another folder.</source>
        <translation>无法写入 %1：%2。请换一个文件夹再保存。</translation>
    </message>
    <message>
        <source>Certificate (*.pem)</source>
        <translation>证书 (*.pem)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Calendar (*.ics)</source>
        <translation>日历 (*.ics)</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再次查看</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1 张</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2 张</translation>
    </message>
    <message>
        <source>My certificates</source>
        <translation>我的证书</translation>
    </message>
    <message>
        <source>Search: subject, issuer, serial number, token</source>
        <translation>搜索：证书主题、颁发机构、证书序列号、数字证书 CA</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Looks at the tokens again (F5)</source>
        <translation>重新读取数字证书 CA（F5）</translation>
    </message>
    <message>
        <source>Saves a calendar that reminds 90, 30 and 7 days before a certificate ends</source>
        <translation>保存日历文件，在证书到期前 90、30、7 天提醒您</translation>
    </message>
    <message>
        <source>Saves a certificate, or a table of all; no private key is in it</source>
        <translation>保存证书文件，或全部证书的清单；不含私钥</translation>
    </message>
    <message>
        <source>This certificate (PEM)</source>
        <translation>所选证书（PEM）</translation>
    </message>
    <message>
        <source>Its encryption certificate (PEM)</source>
        <translation>所选证书的加密证书（PEM）</translation>
    </message>
    <message>
        <source>Table of all certificates (CSV)</source>
        <translation>全部证书的清单（CSV）</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Details of the chosen certificate</source>
        <translation>所选证书的详细信息</translation>
    </message>
</context>
<context>
    <name>details_pane</name>
    <message>
        <source>could not be asked</source>
        <translation>未能查询</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
    <message>
        <source>signing, encryption</source>
        <translation>签名、加密</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>on the token</source>
        <translation>在数字证书 CA 中</translation>
    </message>
    <message>
        <source>missing: please call the hotline</source>
        <translation>缺失，请联系服务热线</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>有效期起</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>剩余天数</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>证书序列号</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Status at the server</source>
        <translation>证书状态</translation>
    </message>
    <message>
        <source>being asked …</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>Electronic seal</source>
        <translation>电子印章</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>数字证书 CA</translation>
    </message>
    <message>
        <source>Token&apos;s serial number</source>
        <translation>介质序列号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>CA 密码</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>介质厂商</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥算法</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Serial number (encryption)</source>
        <translation>加密证书序列号</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>证书主题</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>颁发机构</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 (encryption)</source>
        <translation>加密证书 SHA-256</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>全部信息</translation>
    </message>
    <message>
        <source>Renew certificate</source>
        <translation>证书续期</translation>
    </message>
    <message>
        <source>Opens the page that renews certificates</source>
        <translation>打开【证书续期】页面</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copies every field of this certificate</source>
        <translation>复制该证书的全部信息</translation>
    </message>
    <message>
        <source>No certificate matches the search.</source>
        <translation>没有符合搜索条件的证书。</translation>
    </message>
</context>
<context>
    <name>file_saver</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>文件夹：</translation>
    </message>
    <message>
        <source>File name:</source>
        <translation>文件名：</translation>
    </message>
    <message>
        <source>File type:</source>
        <translation>文件类型：</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The file exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>There is already a file &quot;%1&quot;. Replace it?</source>
        <translation>已有名为“%1”的文件，要替换它吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>home_card</name>
    <message>
        <source>Look again</source>
        <translation>再次查看</translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>%1 days left</source>
        <translation>剩余 %1 天</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 张</translation>
    </message>
    <message>
        <source>Certificate information</source>
        <translation>证书信息</translation>
    </message>
    <message>
        <source>My certificates</source>
        <translation>我的证书</translation>
    </message>
    <message>
        <source>Opens the page with all certificates and their details</source>
        <translation>打开【我的证书】，查看全部证书和详细信息</translation>
    </message>
</context>
<context>
    <name>timeline_legend</name>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Last %1 days: apply for renewal</source>
        <translation>到期前 %1 天：请申请续期</translation>
    </message>
    <message>
        <source>Ended, or replaced by a newer one</source>
        <translation>已过期或已有新证书</translation>
    </message>
    <message>
        <source>Today, %1</source>
        <translation>今天 %1</translation>
    </message>
</context>
</TS>
