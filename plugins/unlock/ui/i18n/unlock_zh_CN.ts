<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>applicant_panel</name>
    <message>
        <source>Fill in the applicant's data exactly as in your last business with us. Data that differ are looked at by a person, which takes longer.</source>
        <translation>请按最近一次办理业务时登记的经办人信息填写。信息不一致时将转人工审核，需要更长时间。</translation>
    </message>
    <message>
        <source>Resident identity card</source>
        <translation>身份证</translation>
    </message>
    <message>
        <source>Mainland travel permit for Hong Kong and Macau residents</source>
        <translation>港澳居民来往内地通行证</translation>
    </message>
    <message>
        <source>Mainland travel permit for Taiwan residents</source>
        <translation>台湾居民来往大陆通行证</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>护照</translation>
    </message>
    <message>
        <source>Unified social credit code</source>
        <translation>统一社会信用代码</translation>
    </message>
    <message>
        <source>Applicant's kind of document</source>
        <translation>经办人证件类型</translation>
    </message>
    <message>
        <source>Applicant's document number</source>
        <translation>经办人证件号码</translation>
    </message>
    <message>
        <source>A true and valid resident identity number</source>
        <translation>必须填写真实有效的身份证号码</translation>
    </message>
    <message>
        <source>A true and valid number, as on the document</source>
        <translation>必须填写真实有效的证件号码，与证件一致</translation>
    </message>
    <message>
        <source>Applicant's name</source>
        <translation>经办人姓名</translation>
    </message>
    <message>
        <source>The applicant's true name; it belongs to the document number</source>
        <translation>必须填写真实有效的经办人姓名，与证件号码需匹配</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>手机号码</translation>
    </message>
    <message>
        <source>The mobile number on record; the code from the text message goes there</source>
        <translation>必须填写登记的手机号码，短信验证码将发送到该手机</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>上一步</translation>
    </message>
</context>
<context>
    <name>code_panel</name>
    <message>
        <source>Send another code (%1 s)</source>
        <translation>重新获取验证码（%1 秒）</translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>重新获取验证码</translation>
    </message>
    <message>
        <source>The code proves that it is you who applies.</source>
        <translation>请输入短信验证码，确认是您本人申请。</translation>
    </message>
    <message>
        <source>It was approved. The code releases the unlock; then a dialog asks for your new PIN. Attempts left on this application: %1.</source>
        <translation>审核已通过。输入短信验证码后，将弹出对话框请您设置新密码。本次申请还可以解锁 %1 次。</translation>
    </message>
    <message>
        <source>A code was sent to the mobile phone on record, %1. It is good until %2.</source>
        <translation>验证码已发送到登记的手机 %1，请在 %2 前输入。</translation>
    </message>
    <message>
        <source>Code from the text message</source>
        <translation>短信验证码</translation>
    </message>
    <message>
        <source>Six digits; they are not shown while you type</source>
        <translation>6 位数字，输入时不显示</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>home_card</name>
    <message>
        <source>Not plugged in</source>
        <translation>未插入</translation>
    </message>
    <message>
        <source>It does not answer. Unplug it and plug it in again.</source>
        <translation>该介质没有应答，请拔出后重新插上。</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>密码已锁定</translation>
    </message>
    <message>
        <source>Change PIN</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>A dialog asks for the old and the new PIN</source>
        <translation>将弹出对话框，请输入原密码和新密码</translation>
    </message>
    <message>
        <source>An unlock is under way. Press Forgotten PIN to go on with it.</source>
        <translation>有未完成的解锁申请，请点击【忘记密码】继续办理。</translation>
    </message>
    <message>
        <source>The PIN is locked. Press Forgotten PIN and follow the steps to unlock it.</source>
        <translation>密码已锁定。请点击【忘记密码】，按照提示操作解锁。</translation>
    </message>
    <message>
        <source>The PIN is locked, and this token cannot be unlocked online. Please call the hotline.</source>
        <translation>密码已锁定，该介质不支持在线解锁，请联系服务热线。</translation>
    </message>
    <message>
        <source>Answer the dialog for the PIN …</source>
        <translation>请在弹出的密码对话框中输入…</translation>
    </message>
    <message>
        <source>PIN of the token</source>
        <translation>数字证书 CA 密码</translation>
    </message>
    <message>
        <source>No token was found. Plug one in.</source>
        <translation>没有检测到数字证书 CA，请插上。</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>Unlocks a token, or sets a new PIN in place of a forgotten one</source>
        <translation>密码已锁定或忘记时，解锁并设置新密码</translation>
    </message>
</context>
<context>
    <name>token_panel</name>
    <message>
        <source>Not plugged in</source>
        <translation>未插入</translation>
    </message>
    <message>
        <source>It does not answer. Unplug it and plug it in again.</source>
        <translation>该介质没有应答，请拔出后重新插上。</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>密码已锁定</translation>
    </message>
    <message>
        <source>Its unlock is under way</source>
        <translation>有未完成的解锁申请</translation>
    </message>
    <message>
        <source>No token was found. Plug in the token that you want to unlock.</source>
        <translation>没有检测到数字证书 CA，请插上需要解锁的数字证书 CA。</translation>
    </message>
    <message>
        <source>There are several tokens. Choose the one by the serial number printed on it.</source>
        <translation>检测到多个数字证书 CA，请按介质上的序列号选择需要解锁的那一个。</translation>
    </message>
    <message>
        <source>You have applied already. Go on with it; there is no need to apply again.</source>
        <translation>解锁申请已经提交，请继续办理，不必重新申请。</translation>
    </message>
    <message>
        <source>This token does not answer. Unplug it, plug it in again, and look again.</source>
        <translation>该介质没有应答，请拔出后重新插上，再点击【重新检测】。</translation>
    </message>
    <message>
        <source>This token cannot be unlocked online. Please call the hotline below.</source>
        <translation>该介质不支持在线解锁，请拨打下方的服务热线。</translation>
    </message>
    <message>
        <source>The PIN is not locked; you can still enter it. Go on only if you have forgotten it.</source>
        <translation>密码没有锁定，可以继续输入密码。只有忘记密码时才需要继续。</translation>
    </message>
    <message>
        <source>The PIN was entered wrongly too many times in a row, so the token was locked. Certificates and keys on it are safe. Next: the applicant's data.</source>
        <translation>密码连续输错次数过多，证书已被锁定。介质中的证书和密钥没有受影响。下一步：填写经办人信息。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续办理</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>If the PIN is locked or forgotten: prove who you are, wait for the review, and set a new PIN. It takes three things: this token, the data of your last business, and the mobile phone on record.</source>
        <translation>密码已锁定或忘记时：先确认身份，等待审核，再设置新密码。请准备好三样：该数字证书 CA、最近一次业务的经办人信息、登记的手机。</translation>
    </message>
    <message>
        <source>I have forgotten the PIN</source>
        <translation>我已忘记密码</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检测</translation>
    </message>
    <message>
        <source>Looks for tokens and reads the state of their PINs</source>
        <translation>检测数字证书 CA，并读取密码状态</translation>
    </message>
    <message>
        <source>This token has several applications, each with a PIN of its own. Choose the one to unlock.</source>
        <translation>该介质上有多个应用，各有自己的密码，请选择需要解锁的那一个。</translation>
    </message>
</context>
<context>
    <name>pin_view</name>
    <message>
        <source>Token serial number: %1</source>
        <translation>介质序列号: %1</translation>
    </message>
    <message>
        <source>Token serial number: %1, application: %2</source>
        <translation>介质序列号: %1，应用: %2</translation>
    </message>
</context>
<context>
    <name>unlock_page</name>
    <message>
        <source>Type your new PIN in the dialog that opens …</source>
        <translation>请在弹出的对话框中设置新密码…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the home page; nothing is lost</source>
        <translation>返回主页，已办理的内容不会丢失</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>Service hotline: %1</source>
        <translation>服务热线：%1</translation>
    </message>
    <message>
        <source>PIN state</source>
        <translation>密码状态</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>申请解锁</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>短信验证</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>管理员审核</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>设置新密码</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>查看进度</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>返回主页</translation>
    </message>
    <message>
        <source>Apply again</source>
        <translation>重新申请</translation>
    </message>
    <message>
        <source>Send me the code</source>
        <translation>获取验证码</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>申请已提交</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续办理</translation>
    </message>
    <message>
        <source>Prove that it is you</source>
        <translation>请确认身份</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>审核已通过</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>管理员审核中</translation>
    </message>
    <message>
        <source>You may close this page or the program: it goes on from here. This page looks again by itself.</source>
        <translation>可以关闭本页面或客户端，之后从这里继续，不会丢失。本页面会自动刷新进度。</translation>
    </message>
    <message>
        <source>Plug in the right token</source>
        <translation>请插上需要解锁的数字证书 CA</translation>
    </message>
    <message>
        <source>The new PIN is not set yet</source>
        <translation>还没有设置新密码</translation>
    </message>
    <message>
        <source>The dialog was closed before a new PIN was set. Open it again within five minutes; later another code is needed.</source>
        <translation>密码对话框已关闭，新密码尚未设置。请在 5 分钟内重新打开；超过时间需要重新获取验证码。</translation>
    </message>
    <message>
        <source>Set a new PIN</source>
        <translation>设置新密码</translation>
    </message>
    <message>
        <source>The network was interrupted</source>
        <translation>网络中断</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>解锁成功</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>审核未通过</translation>
    </message>
    <message>
        <source>The application has expired</source>
        <translation>解锁申请已失效</translation>
    </message>
    <message>
        <source>The limit is reached</source>
        <translation>解锁次数已达上限</translation>
    </message>
    <message>
        <source>This token cannot be unlocked online</source>
        <translation>该介质不支持在线解锁</translation>
    </message>
    <message>
        <source>Choose another token</source>
        <translation>选择其他介质</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Application number: %1</source>
        <translation>解锁申请编号：%1</translation>
    </message>
    <message>
        <source>The answer did not come, so the outcome is not known. Nothing is lost.</source>
        <translation>没有收到应答，结果未知。已办理的内容不会丢失。</translation>
    </message>
    <message>
        <source>The same request is repeated by itself, and is not counted twice. &quot;Go on&quot; repeats it at once.</source>
        <translation>系统会自动重复同一请求，不会多计次数。点击【继续办理】可以立即重复。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
</TS>
