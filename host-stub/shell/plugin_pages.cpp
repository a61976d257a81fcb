// plugin_pages.cpp - see plugin_pages.hpp.
#include "host-stub/shell/plugin_pages.hpp"

#include <algorithm>

namespace keycare::shell {

plugin_pages::plugin_pages(host::client& client, services::main_executor& main, std::function<std::string()> language)
    : client_(client) {
  for (const auto& one : client.plugins()) {
    if (!one.session || one.ui == nullptr) continue;
    auto started = services::ui_session::start(one.ui, *one.session, client.ui_offers(), main, language, client.log());
    if (started) {
      (*started)->set_language(language());
      sessions_.emplace(one.about.id, *std::move(started));
    } else {
      refused_.emplace(one.about.id, started.error());
    }
  }
}

plugin_pages::~plugin_pages() {
  for (const auto& one : pages_) {
    one.page->setParent(nullptr);
    one.by->destroy_page(one.page);
  }
}

std::vector<plugin_pages::placed> plugin_pages::for_slot(const std::string& slot) {
  std::vector<placed> out;
  for (const auto& one : client_.plugins()) {
    const auto& wanted = one.about.slots;
    if (std::find(wanted.begin(), wanted.end(), slot) == wanted.end()) continue;
    placed here{one.about.id, one.about.name_zh, one.about.name_en, nullptr, one.refused};
    if (one.session) here.why = one.ui_refused;
    const auto session = sessions_.find(one.about.id);
    if (session != sessions_.end()) {
      const auto page = session->second->create_page(slot);
      if (page) {
        here.page = static_cast<QWidget*>(*page);
        pages_.push_back({session->second.get(), here.page});
      } else {
        here.why = page.error();
      }
    } else if (const auto refused = refused_.find(one.about.id); refused != refused_.end()) {
      here.why = refused->second;
    } else if (one.session && one.ui == nullptr && one.ui_refused.code.empty()) {
      continue;  // it has no pages, and nothing is wrong with that
    }
    out.push_back(std::move(here));
  }
  return out;
}

std::vector<plugin_pages::placed> plugin_pages::without_slot() const {
  std::vector<placed> out;
  for (const auto& one : client_.plugins())
    if (one.about.id.empty()) {
      const auto name = one.manifest_file.filename().string();
      out.push_back({name, name, name, nullptr, one.refused});
    }
  return out;
}

void plugin_pages::set_language(const std::string& language) {
  for (const auto& [id, session] : sessions_) session->set_language(language);
}

}  // namespace keycare::shell
