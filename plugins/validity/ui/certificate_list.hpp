// certificate_list.hpp - the command "list" for a card or a page: at once without the server, then with it, and again
// whenever a token comes or goes.
#pragma once

#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/page_library.hpp"
#include "plugins/common/ui/tones.hpp"

#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace keycare::validity {

/// A sentence of the core that stands beside the list.
struct list_notice {
  ui::tone tone = ui::tone::notice;
  QString kind, text;
};

/// [main-thread]
class certificate_list final {
public:
  struct hooks {
    /// The "data" of a reply, and what must be said beside it.
    std::function<void(const nlohmann::json& data, const std::vector<list_notice>& notices)> listed;
    std::function<void(const error& why, const QString& sentence)> failed;
    std::function<void(bool busy)> busy_changed;
  };
  certificate_list(const ui::page_links& links, hooks tell);

  void refresh();
  /// The same in a moment, once for all who ask within it.
  void look() { soon_.start(); }
  void cancel() { talk_.cancel(); }

private:
  void replied(const nlohmann::json& reply);
  [[nodiscard]] std::vector<list_notice> notices_of(const nlohmann::json& data);

  hooks tell_;
  ui::conversation talk_;
  commands_client::subscription events_;
  QTimer soon_;                ///< One token that is plugged in makes several events.
  bool at_once_ = false;       ///< The reply that is awaited comes without the server.
  bool not_compared_ = false;  ///< The last answer with the server said so.
};

}  // namespace keycare::validity
