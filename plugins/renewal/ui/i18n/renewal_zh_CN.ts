<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>agreement_page</name>
    <message>
        <source>Service agreement (please read it carefully)</source>
        <translation>【网证通电子认证服务协议】（请认真阅读）</translation>
    </message>
    <message>
        <source>How personal data are used</source>
        <translation>【个人信息处理说明】</translation>
    </message>
    <message>
        <source>I accept the service agreement</source>
        <translation>我接受电子认证服务协议内容</translation>
    </message>
    <message>
        <source>I agree to this use of personal data</source>
        <translation>我同意个人信息处理说明</translation>
    </message>
    <message>
        <source>Please read the text above to its end first.</source>
        <translation>请先将上面的内容阅读到底，才能勾选。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Possible after both boxes are ticked</source>
        <translation>勾选两项后可以继续</translation>
    </message>
    <message>
        <source>Application for a renewal</source>
        <translation>申请续期</translation>
    </message>
</context>
<context>
    <name>facts_table</name>
    <message>
        <source>%1 (yuan)</source>
        <translation>%1 (元)</translation>
    </message>
    <message>
        <source>%1 → %2 after renewal</source>
        <translation>%1 →（续期后）%2</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>业务单号</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>证书主题</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>介质序列号</translation>
    </message>
    <message>
        <source>Applied at</source>
        <translation>申请时间</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>当前进度</translation>
    </message>
    <message>
        <source>Fee (without delivery)</source>
        <translation>费用(不包含快递费)</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>What the fee contains</source>
        <translation>费用包含的内容</translation>
    </message>
</context>
<context>
    <name>field_words</name>
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
        <source>Applicant&apos;s kind of document</source>
        <translation>经办人证件类型</translation>
    </message>
    <message>
        <source>Applicant&apos;s document number</source>
        <translation>经办人证件号码</translation>
    </message>
    <message>
        <source>The real and valid number of the document</source>
        <translation>必须填写真实有效的证件号码</translation>
    </message>
    <message>
        <source>Applicant&apos;s name</source>
        <translation>经办人姓名</translation>
    </message>
    <message>
        <source>The real name, as on the document with that number</source>
        <translation>必须填写真实有效的经办人姓名，与身份证号码需匹配</translation>
    </message>
    <message>
        <source>Applicant&apos;s address</source>
        <translation>经办人地址</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>手机号码</translation>
    </message>
    <message>
        <source>A real mobile number that is in use</source>
        <translation>必须填写真实有效的手机号码</translation>
    </message>
    <message>
        <source>Applicant&apos;s e-mail</source>
        <translation>经办人email</translation>
    </message>
    <message>
        <source>A real e-mail address that is in use</source>
        <translation>必须填写真实有效的经办人email</translation>
    </message>
    <message>
        <source>Kind of invoice</source>
        <translation>发票类型</translation>
    </message>
    <message>
        <source>Invoice title</source>
        <translation>发票抬头</translation>
    </message>
    <message>
        <source>Whom the invoice is made out to</source>
        <translation>发票开给的单位或个人名称</translation>
    </message>
    <message>
        <source>Taxpayer number</source>
        <translation>纳税人识别号</translation>
    </message>
    <message>
        <source>The unified social credit code, 18 characters</source>
        <translation>统一社会信用代码，18位</translation>
    </message>
    <message>
        <source>E-mail for the invoice</source>
        <translation>接收发票的email</translation>
    </message>
    <message>
        <source>The invoice is sent there</source>
        <translation>发票将发送到此邮箱</translation>
    </message>
    <message>
        <source>Registered address</source>
        <translation>注册地址</translation>
    </message>
    <message>
        <source>Registered telephone</source>
        <translation>注册电话</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>开户银行</translation>
    </message>
    <message>
        <source>Bank account</source>
        <translation>银行账号</translation>
    </message>
    <message>
        <source>The real and valid number of the identity card</source>
        <translation>必须填写真实有效的身份证号码</translation>
    </message>
</context>
<context>
    <name>form_page</name>
    <message>
        <source>is being asked for …</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 (unit: yuan)</source>
        <translation>%1 (单位: 元)</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Please tick that you know this, then submit again.</source>
        <translation>请勾选已了解后再提交。</translation>
    </message>
    <message>
        <source>Application for the renewal of a digital certificate</source>
        <translation>网证通数字证书续期申请表</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>经办人信息</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>证书主题</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>续期时间</translation>
    </message>
    <message>
        <source>Choose the term of the renewal; the fee depends on it</source>
        <translation>选择要续期的时间，续期时间不同对应不同的费用</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1个月</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Valid until (now → renewed)</source>
        <translation>有效期至（现在 → 续期后）</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>What the fee contains</source>
        <translation>费用包含的内容</translation>
    </message>
    <message>
        <source>Please note: the new certificate cannot open files that were encrypted to the old one (bids, for example). The old certificate stays on the token: do not delete it.</source>
        <translation>请注意：续期后的新证书不能打开用旧证书加密的文件（例如投标文件）。旧证书会保留在数字证书 CA 中，请不要删除。</translation>
    </message>
    <message>
        <source>I know this, and keep the old certificate</source>
        <translation>我已了解，并会保留旧证书</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>The PIN of the token is asked for next</source>
        <translation>接下来需要输入 CA 密码</translation>
    </message>
</context>
<context>
    <name>home_card</name>
    <message>
        <source>A renewal is under way</source>
        <translation>有正在办理的续期业务</translation>
    </message>
    <message>
        <source>Order number: %1</source>
        <translation>业务单号: %1</translation>
    </message>
    <message>
        <source>Subject: %1</source>
        <translation>证书主题: %1</translation>
    </message>
    <message>
        <source>Progress: %1</source>
        <translation>当前进度: %1</translation>
    </message>
    <message>
        <source>And %1 more</source>
        <translation>另有 %1 个正在办理的业务</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续办理</translation>
    </message>
    <message>
        <source>Shows the order</source>
        <translation>查看该业务</translation>
    </message>
</context>
<context>
    <name>order_page</name>
    <message>
        <source>Fill in again</source>
        <translation>重新填写</translation>
    </message>
    <message>
        <source>Enter the PIN and submit</source>
        <translation>输入密码并提交</translation>
    </message>
    <message>
        <source>Submit now</source>
        <translation>立即提交</translation>
    </message>
    <message>
        <source>Pay now</source>
        <translation>立即支付</translation>
    </message>
    <message>
        <source>I have paid</source>
        <translation>支付成功</translation>
    </message>
    <message>
        <source>Enter the PIN and withdraw</source>
        <translation>输入密码并撤销</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>OK, install now</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Apply again</source>
        <translation>重新申请</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>用户申请</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>用户缴费</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>管理员审核</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>安装新证书</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>请稍候。</translation>
    </message>
    <message>
        <source>You may close this window: the order goes on, and is kept on the home page.</source>
        <translation>现在可以关闭本窗口：业务不会丢失，可随时从【主页】继续办理。</translation>
    </message>
    <message>
        <source>The new certificate will now be installed on the token. Its PIN is needed once more. Keep the token plugged in until it is done.</source>
        <translation>即将把新证书安装到数字证书 CA 中，点击【确定】后需要再输入一次 CA 密码。安装完成前请勿拔出数字证书 CA。</translation>
    </message>
    <message>
        <source>The new certificate will now be installed on the token. Keep the token plugged in until it is done.</source>
        <translation>即将把新证书安装到数字证书 CA 中，点击【确定】继续。安装完成前请勿拔出数字证书 CA。</translation>
    </message>
    <message>
        <source>The PIN of the token is needed once. There is no second fee.</source>
        <translation>提交时需要输入一次 CA 密码，无需再次缴费。</translation>
    </message>
    <message>
        <source>Electronic seal: to be issued again for the new certificate</source>
        <translation>电子印章: 印章待更新</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新进度</translation>
    </message>
    <message>
        <source>Asks how the order stands now</source>
        <translation>查询该业务现在的进度</translation>
    </message>
    <message>
        <source>Pay another way</source>
        <translation>更换支付方式</translation>
    </message>
    <message>
        <source>Open the payment page</source>
        <translation>打开支付页面</translation>
    </message>
    <message>
        <source>In the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Withdraw the application</source>
        <translation>撤销申请</translation>
    </message>
    <message>
        <source>Do you really want to withdraw this application? You would have to apply again.</source>
        <translation>确定要撤销该申请吗？撤销后如需续期，要重新申请。</translation>
    </message>
    <message>
        <source>No, keep it</source>
        <translation>不撤销</translation>
    </message>
    <message>
        <source>Yes, withdraw it</source>
        <translation>确定撤销</translation>
    </message>
    <message>
        <source>The PIN of the token may be asked for</source>
        <translation>可能需要输入 CA 密码</translation>
    </message>
    <message>
        <source>Service hotline: %1</source>
        <translation>服务热线: %1</translation>
    </message>
    <message>
        <source>You can also scan the code with a telephone and pay there. If no browser opens, copy the address into one.</source>
        <translation>也可以用手机扫描二维码支付。如果浏览器没有打开，请复制地址，粘贴到浏览器中打开。</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Of the payment page, for any browser</source>
        <translation>支付页面的地址，可以在任何浏览器中打开</translation>
    </message>
</context>
<context>
    <name>payment_page</name>
    <message>
        <source>Payment</source>
        <translation>缴费</translation>
    </message>
    <message>
        <source>Please check these data once more. If something is wrong, go back and withdraw.</source>
        <translation>请再次核对以下信息。如有错误，请返回后点击【撤销申请】。</translation>
    </message>
    <message>
        <source>Method of payment</source>
        <translation>支付方式</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票信息</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Opens the payment page</source>
        <translation>提交后打开支付页面</translation>
    </message>
</context>
<context>
    <name>payment_way_page</name>
    <message>
        <source>How do you want to pay?</source>
        <translation>选择支付方式</translation>
    </message>
    <message>
        <source>The fee does not include delivery. After the payment the order goes on by itself.</source>
        <translation>费用不包含快递费。缴费成功后业务自动进入审核。</translation>
    </message>
    <message>
        <source>Online payment</source>
        <translation>在线支付</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>银行转账</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>renewal_page</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The browser could not be opened. Scan the code instead.</source>
        <translation>浏览器未能打开，请用手机扫描二维码支付。</translation>
    </message>
    <message>
        <source>Certificate renewal</source>
        <translation>证书续期</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Looked up just now (%1): no payment has been reported yet. It can take a minute; please do not pay twice.</source>
        <translation>刚刚（%1）已查询：尚未收到支付机构的支付结果，可能需要一两分钟，请勿重复支付。</translation>
    </message>
    <message>
        <source>The new certificate is installed.</source>
        <translation>证书安装完成。</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>Read the agreement</source>
        <translation>重新阅读协议</translation>
    </message>
    <message>
        <source>Ask for the fee again</source>
        <translation>重新查询费用</translation>
    </message>
    <message>
        <source>Show the orders</source>
        <translation>查看业务</translation>
    </message>
    <message>
        <source>The new certificate is being installed. Do not unplug the token …</source>
        <translation>正在安装新证书，请勿拔出数字证书 CA …</translation>
    </message>
    <message>
        <source>The application is being signed and submitted …</source>
        <translation>正在签名并提交申请 …</translation>
    </message>
    <message>
        <source>Please choose &quot;Forgotten PIN&quot; in this client.</source>
        <translation>请在【网证通安全客户端】中选择【忘记密码】。</translation>
    </message>
    <message>
        <source>Your application has been submitted. Please press &quot;Pay now&quot; to pay the fee!</source>
        <translation>您的申请已经提交成功，请点击“立即支付”按钮进行缴费！</translation>
    </message>
</context>
<context>
    <name>start_page</name>
    <message>
        <source>Order number %1</source>
        <translation>业务单号 %1</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>介质序列号 %1</translation>
    </message>
    <message>
        <source>Progress: %1</source>
        <translation>当前进度: %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续办理</translation>
    </message>
    <message>
        <source>Go on with order %1</source>
        <translation>继续办理业务 %1</translation>
    </message>
    <message>
        <source>An order whose record cannot be read</source>
        <translation>有一个业务的本机记录无法读取</translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>Renew this one</source>
        <translation>续期此证书</translation>
    </message>
    <message>
        <source>Token %1, valid until %2</source>
        <translation>介质序列号 %1，有效期至 %2</translation>
    </message>
    <message>
        <source>Find this order</source>
        <translation>查找该业务</translation>
    </message>
    <message>
        <source>Certificate renewal</source>
        <translation>证书续期</translation>
    </message>
    <message>
        <source>You need about five minutes, the PIN of the token, and the applicant&apos;s document. The certificate must still be valid; one that has ended cannot be renewed.</source>
        <translation>办理约需五分钟，请准备好 CA 密码和经办人证件。数字证书 CA 须在有效期内；如已过期，请重新新申请。</translation>
    </message>
    <message>
        <source>Orders under way</source>
        <translation>正在办理的业务</translation>
    </message>
    <message>
        <source>Which certificate is to be renewed?</source>
        <translation>请选择要续期的证书</translation>
    </message>
    <message>
        <source>Apply for renewal</source>
        <translation>申请续期</translation>
    </message>
    <message>
        <source>Did you apply on another computer?</source>
        <translation>在其他电脑上申请过？</translation>
    </message>
    <message>
        <source>Look for orders …</source>
        <translation>查找业务…</translation>
    </message>
    <message>
        <source>Asks the registration authority; the PIN of the token is needed</source>
        <translation>向注册机构查询，需要输入 CA 密码</translation>
    </message>
    <message>
        <source>Plug in the token with your certificate, then press &quot;Apply for renewal&quot;.</source>
        <translation>请插上数字证书 CA，然后点击【申请续期】。</translation>
    </message>
    <message>
        <source>Earlier orders</source>
        <translation>已结束的业务</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show order %1</source>
        <translation>查看业务 %1</translation>
    </message>
</context>
</TS>
