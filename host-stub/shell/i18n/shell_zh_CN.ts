<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>drivers_page</name>
    <message>
        <source>Copied. Paste it into a message to the service desk.</source>
        <translation>已复制，请粘贴后发送给客服。</translation>
    </message>
    <message>
        <source>Libraries (*.so *.so.*)</source>
        <translation>驱动程序库 (*.so *.so.*)</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>The device does not answer</source>
        <translation>设备没有响应</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>密码已被锁定</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Token drivers</source>
        <translation>介质驱动</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>介质</translation>
    </message>
    <message>
        <source>A driver comes with the token, from its maker. If yours is missing here, install it and add its library.</source>
        <translation>驱动由介质厂商提供。如果这里没有您的介质驱动，请先安装，再添加它的程序库。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Add an SKF library …</source>
        <translation>添加 SKF 驱动…</translation>
    </message>
    <message>
        <source>Add a PKCS#11 library …</source>
        <translation>添加 PKCS#11 驱动…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Copy diagnosis</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检测</translation>
    </message>
</context>
<context>
    <name>main_window</name>
    <message>
        <source>Starting …</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>No token. Insert your token.</source>
        <translation>未检测到数字证书 CA，请插入。</translation>
    </message>
    <message>
        <source>tries left: %1</source>
        <translation>剩余密码重试次数: %1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>密码已被锁定</translation>
    </message>
    <message>
        <source>the device does not answer</source>
        <translation>设备没有响应</translation>
    </message>
    <message>
        <source>Token %1 (%2)</source>
        <translation>介质 %1（%2）</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>My certificates</source>
        <translation>我的证书</translation>
    </message>
    <message>
        <source>Renewal</source>
        <translation>证书续期</translation>
    </message>
    <message>
        <source>Drivers</source>
        <translation>驱动安装</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Hotline %1</source>
        <translation>服务热线 %1</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
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
        <source>Service hotline: %1</source>
        <translation>售后服务热线：%1</translation>
    </message>
    <message>
        <source>Service QQ: %1</source>
        <translation>售后服务 QQ：%1</translation>
    </message>
    <message>
        <source>When you call, have the support code ready: it stands below the message, for example KC-TOKEN-REMOVED.</source>
        <translation>来电时请准备好支持代码：它在提示信息下方，例如 KC-TOKEN-REMOVED。</translation>
    </message>
    <message>
        <source>Open this page in a browser</source>
        <translation>请在浏览器中打开此网页</translation>
    </message>
</context>
<context>
    <name>pin_window</name>
    <message>
        <source>Token: %1</source>
        <translation>介质: %1</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Two tries are left.</source>
        <translation>还可以再输错一次，之后密码将被锁定。</translation>
    </message>
    <message>
        <source>New PIN:</source>
        <translation>请输入新密码:</translation>
    </message>
    <message>
        <source>Old PIN:</source>
        <translation>请输入旧密码:</translation>
    </message>
    <message>
        <source>Enter the PIN:</source>
        <translation>请输入密码:</translation>
    </message>
    <message>
        <source>The new PIN again:</source>
        <translation>请再次输入新密码:</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Tries left: %1</source>
        <translation>剩余密码重试次数: %1</translation>
    </message>
    <message>
        <source>The token is checking the PIN</source>
        <translation>介质正在验证密码</translation>
    </message>
    <message>
        <source>PIN dialog</source>
        <translation>密码输入对话框</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>Set a new PIN</source>
        <translation>设置新密码</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>%1 to %2 characters</source>
        <translation>%1 到 %2 个字符</translation>
    </message>
    <message>
        <source>letters and digits only</source>
        <translation>只含字母和数字</translation>
    </message>
    <message>
        <source>not a simple one such as 12345678</source>
        <translation>不是 12345678 这样的简单密码</translation>
    </message>
    <message>
        <source>the same in both fields</source>
        <translation>两次输入相同</translation>
    </message>
</context>
<context>
    <name>slot_place</name>
    <message>
        <source>Starting …</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 is not available: %2</source>
        <translation>“%1”不可用：%2</translation>
    </message>
</context>
<context>
    <name>window_shell</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
</TS>
