// preferences.cpp - see preferences.hpp.
#include "host-stub/shell/preferences.hpp"

#include <QApplication>
#include <QPalette>
#include <QSettings>

namespace keycare::shell {

preferences::preferences(const std::filesystem::path& folder)
    : file_(std::make_unique<QSettings>(QString::fromStdString((folder / "window.ini").string()),
                                        QSettings::IniFormat)) {}
preferences::~preferences() = default;

std::string preferences::language() const {
  const auto said = file_->value("language").toString();
  return said == "en" || said == "zh-CN" ? said.toStdString() : std::string();
}
void preferences::set_language(const std::string& language) {
  file_->setValue("language", QString::fromStdString(language));
}

appearance preferences::look() const {
  const auto said = file_->value("appearance").toString();
  return said == "dark" ? appearance::dark : said == "light" ? appearance::light : appearance::system;
}
void preferences::set_look(appearance how) {
  file_->setValue("appearance", how == appearance::dark ? "dark" : how == appearance::light ? "light" : "system");
}

QByteArray preferences::geometry() const {
  return file_->value("geometry").toByteArray();
}
void preferences::set_geometry(const QByteArray& geometry) {
  file_->setValue("geometry", geometry);
}

void apply(appearance how) {
  static const QPalette systems = QApplication::palette();
  if (how == appearance::system) return QApplication::setPalette(systems);
  const bool dark = how == appearance::dark;
  const QColor window = dark ? QColor(0x20, 0x23, 0x27) : QColor(0xf6, 0xf7, 0xf9);
  const QColor base = dark ? QColor(0x17, 0x19, 0x1c) : QColor(0xff, 0xff, 0xff);
  const QColor text = dark ? QColor(0xec, 0xee, 0xf0) : QColor(0x1d, 0x21, 0x26);
  const QColor accent = dark ? QColor(0x5b, 0xa7, 0xf0) : QColor(0x0b, 0x57, 0x9b);
  QPalette palette(dark ? QColor(0x33, 0x38, 0x3e) : QColor(0xe7, 0xea, 0xee), window);
  palette.setColor(QPalette::Base, base);
  palette.setColor(QPalette::AlternateBase, dark ? QColor(0x1e, 0x21, 0x25) : QColor(0xf1, 0xf4, 0xf7));
  for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText})
    palette.setColor(role, text);
  palette.setColor(QPalette::ToolTipBase, window);
  palette.setColor(QPalette::PlaceholderText, dark ? QColor(0xb4, 0xba, 0xc2) : QColor(0x59, 0x5f, 0x66));
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, dark ? QColor(0x10, 0x12, 0x14) : QColor(0xff, 0xff, 0xff));
  palette.setColor(QPalette::Link, accent);
  const QColor faint = dark ? QColor(0x7d, 0x84, 0x8c) : QColor(0x8d, 0x94, 0x9c);
  for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, faint);
  QApplication::setPalette(palette);
}

}  // namespace keycare::shell
