// page_library.hpp - a plugin's UI library made of page factories, with its translations.
#pragma once

#include "keycare/sdk/ui_side.hpp"

#include <QTranslator>
#include <QWidget>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keycare::ui {

/// What every page of a plugin is given. It lives as long as the library's instance.
struct page_links {
  commands_client commands;
  shell_client shell;
  log_client log;
};

/// Makes pages by slot; installs ":/i18n/<name>_<language>.qm" and those of plugins/common/ui. [main-thread]
class page_library final : public ui_library {
public:
  using page_factory = std::function<std::unique_ptr<QWidget>(const page_links&)>;
  /// @param name of the plugin's translations, for example "renewal".
  static result<std::unique_ptr<ui_library>> make(host_link host, std::string name,
                                                  std::map<std::string, page_factory, std::less<>> pages);
  ~page_library() override;

  [[nodiscard]] result<void*> create_page(std::string_view slot) override;
  void destroy_page(void* page) override;
  void set_language(std::string_view language) override;

private:
  page_library(page_links links, std::string name, std::map<std::string, page_factory, std::less<>> pages);
  page_links links_;
  std::string name_;
  std::map<std::string, page_factory, std::less<>> factories_;
  std::vector<std::unique_ptr<QWidget>> pages_;
  std::vector<std::unique_ptr<QTranslator>> translators_;
};

}  // namespace keycare::ui
