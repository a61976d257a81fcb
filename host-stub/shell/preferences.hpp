// preferences.hpp - what the window remembers: its size, the language, light or dark. No secret, no personal data.
#pragma once

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <memory>
#include <string>

class QSettings;

namespace keycare::shell {

enum class appearance { system, light, dark };

/// window.ini in the client's data folder. A damaged or read-only file is as none. [main-thread]
class preferences {
public:
  explicit preferences(const std::filesystem::path& folder);
  ~preferences();
  /// Empty when nobody chose one.
  [[nodiscard]] std::string language() const;
  void set_language(const std::string& language);
  [[nodiscard]] appearance look() const;
  void set_look(appearance how);
  [[nodiscard]] QByteArray geometry() const;
  void set_geometry(const QByteArray& geometry);

private:
  std::unique_ptr<QSettings> file_;
};

/// Sets the application's palette.
void apply(appearance how);

}  // namespace keycare::shell
