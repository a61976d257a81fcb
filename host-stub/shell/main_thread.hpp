// main_thread.hpp - brings work to Qt's main thread, for everything that plugins and services tell the window.
#pragma once

#include "host-stub/services/commands/commands_service.hpp"

#include <QCoreApplication>
#include <QMetaObject>

namespace keycare::shell {

/// Runs work in QCoreApplication's loop, in order. Lives as long as the application.
class main_thread final : public services::main_executor {
public:
  /// Nothing runs after the application began to go. [any-thread]
  void post(std::function<void()> work) override {
    if (auto* application = QCoreApplication::instance(); application != nullptr)
      QMetaObject::invokeMethod(application, std::move(work), Qt::QueuedConnection);
  }
};

}  // namespace keycare::shell
