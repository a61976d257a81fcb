// translations_test.cpp - every text of every window is there in both languages.
#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <set>

namespace keycare::window {
namespace {

struct room {
  const char* sources;
  const char* translations;
};
constexpr room rooms[] = {{"host-stub/shell", "host-stub/shell/i18n/shell"},
                          {"plugins/common/ui", "plugins/common/ui/i18n/common"},
                          {"plugins/renewal/ui", "plugins/renewal/ui/i18n/renewal"},
                          {"plugins/unlock/ui", "plugins/unlock/ui/i18n/unlock"},
                          {"plugins/validity/ui", "plugins/validity/ui/i18n/validity"}};

struct translations {
  std::set<QString> messages;  ///< "context\nsource"
  QStringList unfinished;
};

translations read(const QString& path) {
  translations out;
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  QXmlStreamReader xml(&file);
  QString context, source;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == QString("name")) context = xml.readElementText();
    if (xml.name() == QString("source")) source = xml.readElementText();
    if (xml.name() != QString("translation")) continue;
    const bool marked = xml.attributes().hasAttribute("type");
    const auto said = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
    out.messages.insert(context + "\n" + source);
    if (marked || said.isEmpty()) out.unfinished += source;
    // "%1" and its like are in both.
    for (const char* place : {"%1", "%2", "%3"})
      if (source.contains(place) != said.contains(place)) out.unfinished += source + " -> " + said;
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  return out;
}

TEST(Translations, AreFinishedAndAreThoseOfTheSources) {
  const QString tree = KEYCARE_TREE;
  const QTemporaryDir scratch;
  for (const auto& one : rooms)
    for (const char* language : {"_zh_CN.ts", "_en.ts"}) {
      const auto file = tree + "/" + one.translations + language;
      const auto kept = read(file);
      EXPECT_TRUE(kept.unfinished.isEmpty()) << file.toStdString() << ": " << kept.unfinished.join("\n").toStdString();
      const auto copy = scratch.filePath("now.ts");
      QFile::remove(copy);
      ASSERT_TRUE(QFile::copy(file, copy));
      QProcess update;
      update.start("/usr/lib/qt6/bin/lupdate", {"-silent", "-no-obsolete", tree + "/" + one.sources, "-ts", copy});
      ASSERT_TRUE(update.waitForFinished()) << "lupdate (package qt6-l10n-tools)";
      EXPECT_EQ(read(copy).messages, kept.messages) << file.toStdString() << " is not that of its sources: run lupdate";
    }
}

}  // namespace
}  // namespace keycare::window
