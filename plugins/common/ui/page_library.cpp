// page_library.cpp - see page_library.hpp.
#include "plugins/common/ui/page_library.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/ui/text.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace keycare::ui {

result<std::unique_ptr<ui_library>> page_library::make(host_link host, std::string name,
                                                       std::map<std::string, page_factory, std::less<>> pages) {
  const auto commands = host.get<commands_client>();
  if (!commands) return commands.error();
  const auto shell = host.get<shell_client>();
  if (!shell) return shell.error();
  const auto log = host.get<log_client>();
  if (!log) return log.error();
  return std::unique_ptr<ui_library>(new page_library({*commands, *shell, *log}, std::move(name), std::move(pages)));
}

page_library::page_library(page_links links, std::string name, std::map<std::string, page_factory, std::less<>> pages)
    : links_(std::move(links)), name_(std::move(name)), factories_(std::move(pages)) {}

page_library::~page_library() {
  pages_.clear();
  for (const auto& one : translators_) QCoreApplication::removeTranslator(one.get());
}

result<void*> page_library::create_page(std::string_view slot) {
  const auto found = factories_.find(slot);
  if (found == factories_.end()) return fail(KC_E_NOT_FOUND, "KC-PAGE-SLOT");
  pages_.push_back(found->second(links_));
  return static_cast<void*>(pages_.back().get());
}

void page_library::destroy_page(void* page) {
  std::erase_if(pages_, [&](const auto& one) { return one.get() == page; });
}

void page_library::set_language(std::string_view language) {
  // The new ones are there before the old ones go, so that nothing is shown untranslated in between.
  std::vector<std::unique_ptr<QTranslator>> made;
  for (const auto& name : {std::string("common"), name_}) {
    auto one = std::make_unique<QTranslator>();
    const auto file = ":/i18n/" + name + (language.starts_with("en") ? "_en" : "_zh_CN");
    if (one->load(from_utf8(file))) {
      QCoreApplication::installTranslator(one.get());
      made.push_back(std::move(one));
    } else {
      links_.log.warning("translation.missing", json_text({{"file", file}}));
    }
  }
  for (const auto& one : translators_) QCoreApplication::removeTranslator(one.get());
  translators_ = std::move(made);
}

}  // namespace keycare::ui
