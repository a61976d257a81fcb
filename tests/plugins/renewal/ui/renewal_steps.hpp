// renewal_steps.hpp - pieces of the guide's way through the tab 证书续期. Each ends where its name says.
#pragma once

#include "tests/window/hands.hpp"

namespace keycare::renewal_pages {

struct steps : window::hands {
  void to_agreement();
  void accept_agreement();
  void fill_form();
  void tick_bids();
  /// All of the above: only 提交 is left.
  void fill_in() {
    to_agreement();
    accept_agreement();
    fill_form();
    tick_bids();
  }
  void to_payment_page();
  void choose_online();
  void fill_invoice();
  void to_open_payment();
};

}  // namespace keycare::renewal_pages
