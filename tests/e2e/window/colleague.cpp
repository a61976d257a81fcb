// colleague.cpp - see colleague.hpp.
#include "colleague.hpp"

#include "tests/window/page_stage.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

namespace keycare::shell {

using window::wait_until;

colleague::colleague(const std::filesystem::path& folder) {
  process_.setProcessChannelMode(QProcess::MergedChannels);
  process_.start(QCoreApplication::applicationDirPath() + "/window_colleague", QStringList());
  EXPECT_TRUE(process_.waitForStarted());
  does(errand::open, QString::fromStdString(folder.string()));
}

colleague::~colleague() {
  process_.closeWriteChannel();
  EXPECT_TRUE(process_.waitForFinished()) << "she does not go home";
  told_ += process_.readAll();
  EXPECT_EQ(process_.exitStatus(), QProcess::NormalExit) << told_.toStdString();
  EXPECT_EQ(process_.exitCode(), 0) << told_.toStdString();
}

void colleague::tell(const char* errand, const QString& what) {
  process_.write(QByteArray::fromStdString(nlohmann::json{{"do", errand}, {"what", what.toStdString()}}.dump()) + "\n");
}

QString colleague::done() {
  // An answer is a line that begins with "{"; the rest is what GoogleTest says, for who has to read it.
  QString answer;
  EXPECT_TRUE(wait_until(
      [&] {
        while (process_.canReadLine()) {
          const auto line = process_.readLine();
          const auto read = nlohmann::json::parse(line.toStdString(), nullptr, false);
          if (read.is_object()) {
            answer = QString::fromStdString(read.value("seen", ""));
            return true;
          }
          told_ += line;
        }
        return process_.state() == QProcess::NotRunning;
      },
      std::chrono::seconds(60)))
      << told_.toStdString();
  EXPECT_EQ(process_.state(), QProcess::Running) << told_.toStdString();
  return answer;
}

bool colleague::sees(const QString& text) {
  QString seen;
  const bool there = wait_until([&] { return (seen = does(errand::look)).contains(text); });
  EXPECT_TRUE(there) << "she does not see: " << text.toStdString() << "\nbut:\n" << seen.toStdString();
  return there;
}

}  // namespace keycare::shell
