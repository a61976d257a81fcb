// texts_table.cpp - the sentences, grouped by subject. tests/host-stub/services/text finds codes that have none.
#include "host-stub/services/text/texts.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace keycare::services {

namespace {

// clang-format off
constexpr auto table = std::to_array<text_entry>({
    // The call, the process, files
    {"KC-CALL-CANCELLED", "已取消，没有任何改动。", "Cancelled. Nothing was changed."},
    {"KC-CALL-TIMEOUT", "操作超时，没有任何改动。请重试。", "It took too long; nothing was changed. Try again."},
    {"KC-OUT-OF-MEMORY", "内存不足。请关闭其他程序后重试。", "Out of memory. Close other programs and try again."},
    {"KC-SECURE-MEMORY", "系统拒绝保护密码所需的内存，客户端不能启动。请联系客服。", "The system refuses the memory that protects passwords; the client does not start. Call the service desk."},
    {"KC-HOST-BUG", "客户端内部错误（{function}）。请把错误代码告诉客服。", "An error inside the client ({function}). Tell the service desk the support code."},
    {"KC-HOST-TABLE", "客户端提供的服务不完整。请升级客户端。", "A service of the client is incomplete. Update the client."},
    {"KC-FILE-EXISTS", "文件已存在。", "The file is there already."},
    {"KC-FILE-UNREADABLE", "无法读取文件“{file}”：{reason}。请检查文件是否存在及其权限。", "Cannot read \"{file}\": {reason}. Check that it is there and may be read."},
    {"KC-FILE-UNWRITABLE", "无法写入文件“{file}”：{reason}。请检查文件夹权限。", "Cannot write \"{file}\": {reason}. Check the folder's permissions."},
    {"KC-LOG-UNWRITABLE", "无法写入日志文件“{file}”。请检查数据文件夹的权限。", "Cannot write the log \"{file}\". Check the permissions of the data folder."},
    {"KC-CONFIG-INVALID", "配置文件有误：{key} 是 {found}，应为 {expected}。请更正后重新启动。", "The configuration is wrong: {key} is {found}, expected {expected}. Correct it and start again."},
    {"KC-CONFIG-UNREADABLE", "无法读取配置文件“{file}”：{reason}。", "Cannot read the configuration \"{file}\": {reason}."},
    {"KC-JSON-DUPLICATE-KEY", "输入数据中“{key}”出现了两次。请删去一个。", "\"{key}\" stands twice in the input. Remove one."},
    {"KC-JSON-INVALID", "输入数据不是有效的 JSON。请检查后重试。", "The input is not JSON. Check it and try again."},
    {"KC-JSON-TOO-DEEP", "输入数据嵌套过深（最多 16 层）。", "The input is nested too deep (at most 16 levels)."},
    {"KC-JSON-TOO-LARGE", "输入数据过大。", "The input is too large."},
    {"KC-CLOCK-KEY", "插件设置的定时器名称无效。", "The plugin gave a timer a bad name."},
    {"KC-CLOCK-NO-TIMERS", "此处不支持定时器。", "There are no timers here."},
    {"KC-CLOCK-TIMERS", "插件设置的定时器过多（最多 256 个）。", "The plugin set too many timers (at most 256)."},

    // Plugins and their commands
    {"KC-CONTRACT", "程序之间的调用有误：{sentence}。请把错误代码告诉客服。", "The contract was broken: {sentence}. Tell the service desk the support code."},
    {"KC-PLUGIN-BUG", "插件内部错误（{function}）。请把错误代码告诉客服。", "An error inside the plugin ({function}). Tell the service desk the support code."},
    {"KC-PLUGIN-BUSY", "插件正在处理的任务过多。请等待其完成后重试。", "The plugin has too much to do. Wait until it is done and try again."},
    {"KC-PLUGIN-COMMAND", "插件没有命令“{command}”。请用 --help 查看可用命令。", "The plugin has no command \"{command}\". See --help."},
    {"KC-PLUGIN-ENDED", "插件已停止。请重新启动客户端。", "The plugin has ended. Start the client again."},
    {"KC-PLUGIN-EXTENSION", "插件没有所需的扩展接口。请升级插件。", "The plugin lacks an extension. Update the plugin."},
    {"KC-PLUGIN-NO-INSTANCE", "插件无法启动。请重新安装插件。", "The plugin did not start. Install it again."},
    {"KC-PLUGIN-NO-PERMISSION", "插件“{plugin}”未申请使用 {service} 的权限。", "Plugin \"{plugin}\" did not ask for the permission to use {service}."},
    {"KC-PLUGIN-QUERY-CHANGES", "插件的查询命令试图更改数据，已被拒绝。请把错误代码告诉客服。", "A query of the plugin tried to change something and was refused. Tell the service desk the support code."},
    {"KC-PLUGIN-REPLY", "插件返回的数据无效。请升级插件。", "The plugin's reply is not valid. Update the plugin."},
    {"KC-PLUGIN-SCHEMA", "插件命令“{command}”的输入说明无效。请升级插件。", "The input schema of the plugin's command \"{command}\" is not valid. Update the plugin."},
    {"KC-PLUGIN-SERVICE", "客户端没有服务 {service}（插件需要此版本）。请升级客户端。", "The client has no service {service} of the version that the plugin needs. Update the client."},
    {"KC-PLUGIN-TABLE", "插件提供的接口不完整。请升级插件。", "The plugin's tables are incomplete. Update the plugin."},
    {"KC-PLUGIN-WRONG-THREAD", "插件在不允许的线程上调用了客户端。请把错误代码告诉客服。", "The plugin called the client on the wrong thread. Tell the service desk the support code."},
    // The command line and the demo.
    {"KC-CLI-ARGUMENTS", "参数有误：{why}。--help 列出全部参数。", "The arguments are wrong: {why}. --help lists them all."},
    {"KC-CLI-ASK-CODE", "请输入短信验证码", "The code from the text message"},
    {"KC-CLI-ASK-ID-NUMBER", "请输入经办人证件号码", "The applicant's document number"},
    {"KC-CLI-ASK-NAME", "请输入经办人姓名", "The applicant's name"},
    {"KC-CLI-ASK-PHONE", "请输入手机号码", "The applicant's mobile number"},
    {"KC-CLI-FILE", "无法写入文件“{file}”（已有的文件不会被覆盖）。请换一个文件名。", "Cannot write the file \"{file}\" (one that is there is never overwritten). Choose another name."},
    {"KC-CLI-INPUT", "无法读取输入文件。请检查 --input 的文件名。", "Cannot read the input file. Check the name after --input."},
    {"KC-CLI-OPTION", "参数 {option} 有误，应为：{expected}。", "The option {option} is wrong; expected: {expected}."},
    {"KC-CLI-SAVE", "结果中没有可保存的“{member}”。", "The reply has no text \"{member}\" to save."},
    {"KC-DEMO-DESK", "开发用注册机构拒绝了 {endpoint}：{answer}", "The development RA refused {endpoint}: {answer}"},
    {"KC-DEMO-FOLDER-USED", "该文件夹已被使用过。请给 --keep 一个新的文件夹。", "The folder was used before. Give --keep a new one."},
    {"KC-DEMO-RA", "开发用注册机构未能启动：{why}。", "The development RA did not start: {why}."},
    {"KC-PLUGIN-NOT-CONFIGURED", "没有名为“{plugin}”的插件。keycare-host plugins 列出全部插件。", "There is no plugin \"{plugin}\". keycare-host plugins lists them all."},
    {"KC-INPUT-INVALID", "输入有误：{where}：{what}。请更正后重试。", "The input is wrong at {where}: {what}. Correct it and try again."},
    {"KC-INPUT-NOT-JSON", "输入数据不是有效的 JSON 对象。", "The input is not a JSON object."},
    {"KC-INPUT-TEXT-TOO-LONG", "输入中有一段文字过长（最多 2048 字节）。请缩短后重试。", "A text in the input is too long (at most 2048 octets). Shorten it and try again."},
    {"KC-INPUT-TOO-LARGE", "输入数据过大。", "The input is too large."},
    {"KC-REPLY-TOO-LARGE", "返回的数据过大。请联系客服。", "The reply is too large. Call the service desk."},
    {"KC-CODE-TOO-LONG", "操作没有成功，且错误代码无效。请联系客服。", "That did not work, and its support code is not valid. Call the service desk."},
    {"KC-TEXT-NOT-FOUND", "没有对应的说明文字。", "There is no text for this code."},

    // Network
    {"KC-NET-CONNECT", "无法连接服务器，没有发送任何数据。请检查网络后重试。", "No connection to the server; nothing was sent. Check the network and try again."},
    {"KC-NET-ENDPOINT", "客户端没有配置该服务器地址。请联系客服。", "The client has no address for this server. Call the service desk."},
    {"KC-NET-NAME", "找不到服务器地址，没有发送任何数据。请检查网络后重试。", "The server's name was not found; nothing was sent. Check the network and try again."},
    {"KC-NET-NO-PERMISSION", "插件未申请访问该服务器的权限。", "The plugin did not ask for the permission to reach this server."},
    {"KC-NET-NO-SIGNED-TIME", "客户端无法获取服务器的签名时间。", "The client cannot fetch signed time."},
    {"KC-NET-OUTCOME-UNKNOWN", "请求已发出，但没有收到完整答复，结果未知。请继续，程序会用同一请求核对，不会重复办理。", "The request was sent but no whole answer came. Continue: the same request is repeated, and nothing is done twice."},
    {"KC-NET-PINNED", "客户端缺少该服务器的根证书。请重新安装客户端。", "The client lacks the server's root certificate. Install the client again."},
    {"KC-NET-REQUEST", "插件的网络请求无效（{what}）。请把错误代码告诉客服。", "The plugin's request is not valid ({what}). Tell the service desk the support code."},
    {"KC-NET-TIME-REFUSED", "服务器的签名时间验证未通过。请联系客服。", "The server's signed time does not verify. Call the service desk."},
    {"KC-NET-TIMEOUT", "连接服务器超时，没有发送任何数据。请检查网络后重试。", "The connection took too long; nothing was sent. Check the network and try again."},
    {"KC-NET-TLS", "无法与服务器建立安全连接，没有发送任何数据。请联系客服。", "No secure connection to the server; nothing was sent. Call the service desk."},
    {"KC-NET-TLS-DATE", "服务器证书不在有效期内：电脑时间可能不正确。没有发送任何数据。请校准系统时间后重试。", "The server's certificate is not valid today: this computer's clock may be wrong. Nothing was sent. Set the clock and try again."},
    {"KC-NET-TLS-UNTRUSTED", "服务器身份无法确认，没有发送任何数据。请不要继续，并联系客服。", "The server could not prove who it is; nothing was sent. Do not go on; call the service desk."},
    {"KC-NET-TOO-LARGE", "与服务器交换的数据过大。请联系客服。", "Too much data to or from the server. Call the service desk."},

    // Store
    {"KC-STORE-BUSY", "另一个程序正在写入数据。请稍后重试。", "Another program is writing. Try again in a moment."},
    {"KC-STORE-CONFLICT", "数据已被另一个窗口或程序更改。请重试。", "Another window or program changed the data. Try again."},
    {"KC-STORE-DAMAGED", "数据文件已损坏，没有被改动。请备份数据文件夹并联系客服。", "The data file is damaged and was left as it is. Keep a copy of the data folder and call the service desk."},
    {"KC-STORE-DAMAGED-RECORD", "一条记录已损坏，没有被改动。已付款的订单不会丢失：请联系客服。", "A record is damaged and was left as it is. A paid order is not lost: call the service desk."},
    {"KC-STORE-FOREIGN", "数据文件不属于本客户端，没有被改动。请检查数据文件夹的设置。", "The data file is not this client's and was left as it is. Check the data folder."},
    {"KC-STORE-FULL", "磁盘已满，没有写入。请清理磁盘后继续，已办理的业务不会丢失。", "The disk is full; nothing was written. Free some space and continue: nothing that was done is lost."},
    {"KC-STORE-KEY-DAMAGED", "数据的加密密钥文件已损坏。请从备份恢复或联系客服。", "The key file of the data is damaged. Restore it from a backup or call the service desk."},
    {"KC-STORE-KEY-MISSING", "数据的加密密钥文件不见了。请从备份恢复或联系客服。", "The key file of the data is missing. Restore it from a backup or call the service desk."},
    {"KC-STORE-LOCKED", "另一个程序正在办理同一业务。请等待其完成后重试。", "Another program is at the same task. Wait until it is done and try again."},
    {"KC-STORE-LOCKS", "插件占用的锁过多。请重新启动客户端。", "The plugin holds too many locks. Start the client again."},
    {"KC-STORE-NEWER", "数据由更新版本的客户端写入（格式 {found}，本版本支持 {expected}），没有被改动。请升级客户端。", "The data were written by a newer client (format {found}, this one knows {expected}) and were left as they are. Update the client."},
    {"KC-STORE-NOT-FOUND", "没有这条记录。", "There is no such record."},
    {"KC-STORE-READ-ONLY", "数据文件夹不可写入。请检查磁盘和文件夹权限后重试。", "The data folder cannot be written. Check the disk and the folder's permissions."},
    {"KC-STORE-SEAL", "数据加密失败，没有写入。请重新启动客户端。", "The data could not be encrypted; nothing was written. Start the client again."},
    {"KC-STORE-TOO-LARGE", "记录过大（最多 1 MiB）。", "The record is too large (at most 1 MiB)."},
    {"KC-STORE-UNAVAILABLE", "无法读写数据文件。请检查磁盘后重试。", "The data file cannot be read or written. Check the disk and try again."},

    // The shell
    {"KC-SHELL-DECLINED", "已取消，没有任何改动。", "Cancelled. Nothing was changed."},
    {"KC-SHELL-NO-PAGE", "命令行下没有此页面。", "There is no such page on a command line."},
    {"KC-SHELL-NO-TERMINAL", "没有可以回答问题的终端。请在终端中运行，或使用相应的命令行选项。", "There is no terminal to answer on. Run it in a terminal, or use the command line's option."},
    {"KC-SHELL-URL", "该网址不在允许打开的范围内，已拒绝。请联系客服。", "This address may not be opened and was refused. Call the service desk."},

    // PIN
    {"KC-PIN-CANCELLED", "已取消输入密码，没有任何改动。", "The password was not entered. Nothing was changed."},
    {"KC-PIN-CHARACTERS", "新密码只能包含字母和数字。请重新设置。", "A new password may hold letters and digits only. Choose another."},
    {"KC-PIN-FORM", "密码长度须为 1 至 64 个字节，且不能包含空字符。没有使用密码。", "A password has 1 to 64 octets and no zero octet. It was not used."},
    {"KC-PIN-LOCKED", "密码已锁定。请使用“忘记密码”解锁。", "The password is locked. Unlock it under 忘记密码 (forgotten password)."},
    {"KC-PIN-NO-PROMPT", "此处无法输入密码。请在终端中运行，或使用 --pin-fd。", "No password can be entered here. Run it in a terminal, or use --pin-fd."},
    {"KC-PIN-REFUSED", "新密码不符合要求。请重新设置。", "The new password does not meet the rules. Choose another."},
    {"KC-PIN-TOO-LONG", "新密码过长。请重新设置。", "The new password is too long. Choose a shorter one."},
    {"KC-PIN-TOO-SHORT", "新密码过短。请重新设置。", "The new password is too short. Choose a longer one."},
    {"KC-PIN-WEAK", "新密码过于简单。请重新设置。", "The new password is too easy to guess. Choose another."},
    {"KC-PIN-WRONG", "密码错误。请核对后重新输入。", "Wrong password. Check it and enter it again."},

    // Token, keys, certificates
    {"KC-BASE64-DAMAGED", "数据编码无效。请联系客服。", "The data are not base64. Call the service desk."},
    {"KC-CERTIFICATE-DAMAGED", "证书数据无效。请联系客服。", "The certificate is not valid data. Call the service desk."},
    {"KC-CERTIFICATE-NOT-FOUND", "介质上没有此证书。请插入正确的证书介质。", "The certificate is not on the token. Insert the right token."},
    {"KC-CERTIFICATE-TOO-LARGE", "证书数据过大。请联系客服。", "The certificate is too large. Call the service desk."},
    {"KC-CRYPTO-FAILED", "密码运算失败。请重新启动客户端。", "A cryptographic operation failed. Start the client again."},
    {"KC-CRYPTO-RANDOM", "系统随机数不可用。请重新启动电脑。", "The system gives no random numbers. Restart the computer."},
    {"KC-ENVELOPE-DAMAGED", "加密密钥的数字信封已损坏。请联系客服。", "The key's envelope is damaged. Call the service desk."},
    {"KC-ENVELOPE-UNSUPPORTED", "当前介质不支持该数字信封。请联系客服。", "This token cannot open the key's envelope. Call the service desk."},
    {"KC-KEY-DAMAGED", "密钥数据无效。请联系客服。", "The key is not valid data. Call the service desk."},
    {"KC-KEY-NOT-PROVED", "新密钥的验证未通过，没有启用。请联系客服。", "The new key did not prove itself and is not used. Call the service desk."},
    {"KC-MODULE-CRASHED", "介质驱动程序异常退出，已停用。请重新安装驱动。", "The token's driver crashed and was set aside. Install the driver again."},
    {"KC-MODULE-HANGS", "介质驱动程序没有响应，已停用。请拔出介质并重新启动客户端。", "The token's driver does not answer and was set aside. Remove the token and start the client again."},
    {"KC-MODULE-INCOMPLETE", "介质驱动程序缺少功能。请安装新版驱动。", "The token's driver lacks functions. Install a newer one."},
    {"KC-MODULE-UNLOADABLE", "无法加载介质驱动程序。请重新安装驱动。", "The token's driver cannot be loaded. Install the driver again."},
    {"KC-MODULE-UNREADABLE", "找不到介质驱动程序。请安装驱动。", "The token's driver was not found. Install the driver."},
    {"KC-TOKEN-ALGORITHM", "介质不支持此算法。", "The token does not support this algorithm."},
    {"KC-TOKEN-AMBIGUOUS", "有两个相同序列号的介质。请只插入一个。", "Two tokens have the same serial number. Insert one only."},
    {"KC-TOKEN-BUSY", "介质没有响应，或正被其他程序使用。请稍后重试，或拔出后重新插入。", "The token does not answer or is in use by another program. Try again, or remove and insert it."},
    {"KC-TOKEN-DAMAGED", "介质返回的数据无效。请拔出后重新插入；仍有问题请联系客服。", "The token gave invalid data. Remove and insert it; if that does not help, call the service desk."},
    {"KC-TOKEN-FILE-TOO-LARGE", "介质上的文件过大。", "The file on the token is too large."},
    {"KC-TOKEN-FULL", "介质空间不足，原有证书未受影响。请联系客服。", "The token is full; what is on it was not touched. Call the service desk."},
    {"KC-TOKEN-LOCK-FOLDER", "无法在数据文件夹中创建介质锁文件。请检查文件夹权限。", "The token's lock file cannot be made in the data folder. Check its permissions."},
    {"KC-TOKEN-LOGGED-OUT", "介质已退出登录。请重新操作并输入密码。", "The token has logged out. Start again and enter the password."},
    {"KC-TOKEN-NO-ANSWER", "介质没有响应，结果未知。请拔出后重新插入，程序会先核对。", "The token did not answer; whether it happened is not known. Remove and insert it: it is checked first."},
    {"KC-TOKEN-NOT-FOUND", "没有找到证书介质。请插入后重试。", "The token was not found. Insert it and try again."},
    {"KC-TOKEN-REFUSED", "介质拒绝了此操作。请联系客服。", "The token refused. Call the service desk."},
    {"KC-TOKEN-REMOVED", "证书介质已拔出。请插入同一介质后重试。", "The token was removed. Insert the same token and try again."},
    {"KC-TOKEN-SIGNATURE-WRONG", "介质生成的签名无效，没有使用。请联系客服。", "The token made a wrong signature; it was not used. Call the service desk."},
    {"KC-TOKEN-UNSUPPORTED", "介质不支持此操作。", "The token cannot do that."},

    // Grants, bundles, trust, unlock
    {"KC-BUNDLE-INCOMPLETE", "服务器返回的证书资料不完整，没有安装。订单仍然有效，请联系客服。", "What the server sent with the certificate is incomplete; nothing was installed. The order stays open: call the service desk."},
    {"KC-BUNDLE-NOT-INSTALLED", "证书写入后核对不一致。请重试；订单仍然有效。", "The certificate could not be read back as written. Try again; the order stays open."},
    {"KC-BUNDLE-OTHER-KEY", "服务器返回的证书与介质上的新密钥不符，没有安装。订单仍然有效，请联系客服。", "The certificate is not for the new key on this token; nothing was installed. The order stays open: call the service desk."},
    {"KC-BUNDLE-TOO-LARGE", "服务器返回的证书资料过大，没有安装。请联系客服。", "What the server sent with the certificate is too large; nothing was installed. Call the service desk."},
    {"KC-CERTIFICATE-CHANGED", "介质上的证书已不是所选的证书，没有使用。请重新操作。", "The certificate on the token is not the chosen one any more and was not used. Start again."},
    {"KC-CONTAINER-IN-USE", "容器中已有证书，不能删除。", "The container holds a certificate and is not deleted."},
    {"KC-CONTAINER-NOT-EMPTY", "容器已存在且不为空，没有改动。", "The container is there and not empty; nothing was changed."},
    {"KC-CONTAINER-NOT-FOUND", "介质上没有此容器。", "There is no such container on the token."},
    {"KC-CRYPTO-TOO-LARGE", "数据过大。", "Too much data."},
    {"KC-DIALOG-BUSY", "另一个对话框正在等待回答。请先完成它。", "Another dialog is waiting for an answer. Finish it first."},
    {"KC-GRANT-BUSY", "介质正在执行另一项已授权的操作。请等待其完成后重试。", "The token is at another permitted operation. Wait until it is done and try again."},
    {"KC-GRANT-ENDED", "授权已结束。请重新操作并输入密码。", "The permission to use the key has ended. Start again and enter the password."},
    {"KC-GRANT-NOT-GRANTED", "此操作不在已同意的范围内，已拒绝。", "This was not among what was agreed to, and was refused."},
    {"KC-GRANT-NOT-INSTALLED", "新证书尚未在本次授权中安装，不能签名。", "The new certificate was not installed under this permission; it does not sign."},
    {"KC-GRANT-OPEN-ALREADY", "授权已打开，不能再添加操作。", "The permission is open already; nothing can be added."},
    {"KC-GRANT-OPERATION", "客户端不认识此操作，已拒绝。请升级客户端。", "The client does not know this operation and refused it. Update the client."},
    {"KC-GRANT-SPENT", "此项授权已使用。请重新操作并输入密码。", "This permission was used already. Start again and enter the password."},
    {"KC-GRANT-TOO-MANY", "等待中的授权过多。请先完成或取消其他操作。", "Too many permissions are waiting. Finish or cancel the others first."},
    {"KC-KEY-NOT-FOUND", "介质上没有此密钥。请插入正确的介质。", "The key is not on the token. Insert the right token."},
    {"KC-STATEMENT-OTHER-CERTIFICATE", "待签名内容属于另一张证书，已拒绝。", "What is to be signed names another certificate and was refused."},
    {"KC-STATEMENT-OTHER-ORDER", "待签名内容属于另一个订单，已拒绝。", "What is to be signed names another order and was refused."},
    {"KC-STATEMENT-OTHER-TOKEN", "待签名内容属于另一个介质，已拒绝。", "What is to be signed names another token and was refused."},
    {"KC-TRUST-CHAIN", "证书不是由受信任的机构签发。请不要继续，并联系客服。", "The certificate does not come from a trusted authority. Do not go on; call the service desk."},
    {"KC-TRUST-DAMAGED", "签名数据无效。请联系客服。", "The signed data are damaged. Call the service desk."},
    {"KC-TRUST-NOT-PINNED", "客户端缺少核对签名所需的证书。请重新安装客户端。", "The client lacks the certificate to check this signature. Install the client again."},
    {"KC-TRUST-SIGNATURE", "签名验证未通过。请不要继续，并联系客服。", "The signature does not verify. Do not go on; call the service desk."},
    {"KC-UNLOCK-ADMIN-LOCKED", "介质的管理员密码已锁定，无法解锁。请联系客服。", "The token's admin PIN is locked; it cannot be unlocked here. Call the service desk."},
    {"KC-UNLOCK-ADMIN-PIN", "介质拒绝了管理员密码，没有继续尝试。请联系客服。", "The token refused the admin PIN; nothing more was tried. Call the service desk."},
    {"KC-UNLOCK-ADMIN-PIN-UNKNOWN", "介质的管理员密码与记录不符，没有继续尝试。请联系客服。", "The token's admin PIN is not the one on record; nothing more was tried. Call the service desk."},
    {"KC-UNLOCK-ADMIN-TRIES", "管理员密码剩余次数不足，为避免介质报废，没有尝试。请联系客服。", "Too few tries of the admin PIN are left; nothing was tried, so that the token is not lost. Call the service desk."},
    {"KC-UNLOCK-ENDED", "此次解锁已结束。请重新获取验证码后再试。", "This unlock has ended. Ask for a new code and try again."},
    {"KC-UNLOCK-JOURNAL", "无法记录解锁进度，没有开始。请检查磁盘后重试。", "The unlock could not be noted down and was not begun. Check the disk and try again."},
    {"KC-UNLOCK-OTHER", "解锁授权与本次申请不符，没有使用。请联系客服。", "The authorisation is not for this unlock and was not used. Call the service desk."},
    {"KC-UNLOCK-SEAL", "解锁授权无法打开，没有使用。请重新获取验证码后再试。", "The authorisation cannot be opened and was not used. Ask for a new code and try again."},
    {"KC-UNLOCK-STALE", "解锁授权已过期（五分钟内有效），没有使用。请重新获取验证码后再试。", "The authorisation is too old (five minutes) and was not used. Ask for a new code and try again."},
    {"KC-UNLOCK-TOO-LARGE", "解锁授权数据过大，没有使用。请联系客服。", "The authorisation is too large and was not used. Call the service desk."},
    {"KC-UNLOCK-TOO-MANY", "进行中的解锁过多。请重新启动客户端。", "Too many unlocks are under way. Start the client again."},
    {"KC-UNLOCK-UNSUPPORTED", "此介质不支持在线解锁。请联系客服。", "This token cannot be unlocked online. Call the service desk."},

    // Statements
    {"KC-STATEMENT-DEPTH", "待签名内容的结构无效，已拒绝。", "What is to be signed is nested too deep and was refused."},
    {"KC-STATEMENT-MEMBER", "待签名内容含有未知项目“{member}”，已拒绝。", "What is to be signed has an unknown member \"{member}\" and was refused."},
    {"KC-STATEMENT-MISSING", "待签名内容缺少项目“{member}”，已拒绝。", "What is to be signed lacks \"{member}\" and was refused."},
    {"KC-STATEMENT-NOT-CANONICAL", "待签名内容的格式无效，已拒绝。", "What is to be signed is not in canonical form and was refused."},
    {"KC-STATEMENT-NUMBER", "待签名内容含有无效的数字，已拒绝。", "What is to be signed holds an invalid number and was refused."},
    {"KC-STATEMENT-SIZE", "待签名内容过大，已拒绝。", "What is to be signed is too large and was refused."},
    {"KC-STATEMENT-SYNTAX", "待签名内容的格式无效，已拒绝。", "What is to be signed is not JSON and was refused."},
    {"KC-STATEMENT-TYPE", "待签名内容的类型未知，已拒绝。", "What is to be signed is of an unknown type and was refused."},
    {"KC-STATEMENT-UTF8", "待签名内容含有无效字符，已拒绝。", "What is to be signed holds invalid characters and was refused."},
    {"KC-STATEMENT-VALUE", "待签名内容中“{member}”的值无效，已拒绝。", "What is to be signed has a wrong value in \"{member}\" and was refused."},
});
// clang-format on

}  // namespace

std::span<const text_entry> all_texts() {
  static const auto sorted = [] {
    std::vector<text_entry> out(table.begin(), table.end());
    std::sort(out.begin(), out.end(), [](const text_entry& a, const text_entry& b) { return a.code < b.code; });
    return out;
  }();
  return sorted;
}

}  // namespace keycare::services
