// window.cpp - from exec to the first window that can be seen, and the memory of it, beside xca.
//
// xca is the free program that a person would manage certificates and tokens with: Qt Widgets, a database, PKCS#11.
// Both start on an X server of ours, without a window manager, with an empty home; ours with a token of SoftHSM and
// three plugins. What is timed is the first top-level window of a sensible size that the server shows.
#include "program.hpp"
#include "stores.hpp"
#include "suites.hpp"

#include "host-stub/demo/office.hpp"
#include "tests/window/screen.hpp"

#include <xcb/xcb.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

namespace keycare::bench {
namespace {

using namespace std::chrono_literals;

template <class T>
using reply = std::unique_ptr<T, decltype(&std::free)>;

/// Looks at what an X server shows.
class watcher {
public:
  watcher() : to_(xcb_connect(nullptr, nullptr)) {
    if (xcb_connection_has_error(to_) != 0) throw cannot_measure("the X server cannot be reached");
    root_ = xcb_setup_roots_iterator(xcb_get_setup(to_)).data->root;
  }
  ~watcher() { xcb_disconnect(to_); }
  watcher(const watcher&) = delete;
  watcher& operator=(const watcher&) = delete;

  /// Whether a window of at least 200×150 is shown.
  [[nodiscard]] bool sees_one() {
    const reply<xcb_query_tree_reply_t> tree(xcb_query_tree_reply(to_, xcb_query_tree(to_, root_), nullptr),
                                             &std::free);
    if (tree == nullptr) return false;
    const auto* children = xcb_query_tree_children(tree.get());
    for (int i = 0; i < xcb_query_tree_children_length(tree.get()); ++i) {
      const reply<xcb_get_window_attributes_reply_t> how(
          xcb_get_window_attributes_reply(to_, xcb_get_window_attributes(to_, children[i]), nullptr), &std::free);
      const reply<xcb_get_geometry_reply_t> where(
          xcb_get_geometry_reply(to_, xcb_get_geometry(to_, children[i]), nullptr), &std::free);
      if (how != nullptr && where != nullptr && how->map_state == XCB_MAP_STATE_VIEWABLE && where->width >= 200 &&
          where->height >= 150)
        return true;
    }
    return false;
  }
  void wait_for(bool shown, std::chrono::steady_clock::time_point give_up) {
    while (sees_one() != shown) {
      if (std::chrono::steady_clock::now() > give_up) throw cannot_measure("no window came, or one stayed");
      std::this_thread::sleep_for(1ms);
    }
  }

private:
  xcb_connection_t* to_;
  xcb_window_t root_;
};

double time_to_window(const program& what, watcher& screen, double* memory) {
  const auto give_up = std::chrono::steady_clock::now() + 30s;
  screen.wait_for(false, give_up);
  double seconds = 0;
  {
    std::unique_ptr<running_program> one;
    seconds = seconds_of([&] {
      one = std::make_unique<running_program>(what);
      screen.wait_for(true, give_up);
    });
    if (memory != nullptr) {
      std::this_thread::sleep_for(3s);  // plugins, pages and the first list are there
      *memory = static_cast<double>(one->peak_memory());
    }
  }
  screen.wait_for(false, give_up);
  return seconds;
}

std::string mebibytes(double octets) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f MiB", octets / (1024 * 1024));
  return text;
}

}  // namespace

void measure_window(report& to, const effort& how) {
  need_softhsm();
  const auto xca = find_program("xca");
  if (xca.empty()) throw cannot_measure("xca is not installed");
  const certificate_store store(1, 10);
  const auto built = demo::find_built_files();
  const auto home = store.folder() / "home";
  std::filesystem::create_directory(home);
  const window::screen server;
  watcher screen;
  const std::map<std::string, std::string> environment{{"SOFTHSM2_CONF", store.configuration()},
                                                       {"HOME", home.string()},
                                                       {"XDG_DATA_HOME", (home / "data").string()},
                                                       {"XDG_CONFIG_HOME", (home / "config").string()},
                                                       {"QT_QPA_PLATFORM", "xcb"},
                                                       {"DISPLAY", std::getenv("DISPLAY")}};
  const program ours{{(built.program.parent_path() / "keycare-gui").string(), "--config", configure(store).string()},
                     environment};
  const program theirs{{xca}, environment};
  to.compare("window: exec to the first one that is shown, three plugins", "xca",
             in_turns_timed(
                 how.rounds(15, 2), [&] { return time_to_window(ours, screen, nullptr); },
                 [&] { return time_to_window(theirs, screen, nullptr); }),
             1.0);
  duel memory;
  for (int round = 0; round < how.rounds(3, 1); ++round) {
    double one = 0, other = 0;
    (void)time_to_window(ours, screen, &one);
    (void)time_to_window(theirs, screen, &other);
    memory.ours.push_back(one);
    memory.theirs.push_back(other);
  }
  constexpr double most = 1.2;
  const auto ratio = memory.ratio();
  to.add({"window: peak memory of the process, three seconds after", mebibytes(spread_of(memory.ours).median),
          "xca " + mebibytes(spread_of(memory.theirs).median), "× " + ratio_text(ratio), "≤ 1.2",
          ratio.median <= most});
}

}  // namespace keycare::bench
