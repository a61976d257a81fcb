// complaint.cpp - see complaint.hpp.
#include "host-stub/shell/complaint.hpp"

#include "host-stub/client/client.hpp"
#include "host-stub/client/sentence.hpp"
#include "host-stub/shell/text.hpp"

#include <QMessageBox>
#include <QtGlobal>

namespace keycare::shell {

bool has_screen() {
  // Qt's platforms without a screen show it to nobody.
  const auto platform = qEnvironmentVariable("QT_QPA_PLATFORM");
  if (platform.startsWith("offscreen") || platform.startsWith("minimal")) return false;
  return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

void complain(const error& why, const std::string& language) {
  // No translation is there yet, and no configuration that names the client otherwise.
  const bool english = language == "en";
  QMessageBox box;
  box.setObjectName("complaint");
  box.setIcon(QMessageBox::Critical);
  box.setWindowTitle(from_utf8(host::default_config().client.name));
  box.setTextFormat(Qt::PlainText);
  box.setText(from_utf8(host::sentence_of(why, english ? "en" : "zh-CN")));
  box.setInformativeText(
      (english ? QStringLiteral("Support code: %1") : QStringLiteral("支持代码：%1")).arg(from_utf8(why.code)));
  box.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  box.setDefaultButton(
      box.addButton(english ? QStringLiteral("Close") : QStringLiteral("关闭"), QMessageBox::AcceptRole));
  box.exec();
}

}  // namespace keycare::shell
