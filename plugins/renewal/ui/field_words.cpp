// field_words.cpp - see field_words.hpp.
#include "plugins/renewal/ui/field_words.hpp"

#include "plugins/common/ui/text.hpp"

#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>

#include <array>

namespace keycare::renewal {
namespace {

struct words {
  Q_DECLARE_TR_FUNCTIONS(field_words)
};

/// Sets a choice's items without losing what is chosen.
void fill(QComboBox* choice, const std::vector<std::pair<const char*, QString>>& items) {
  const auto chosen = choice->currentData();
  const bool fresh = choice->count() == 0;
  if (choice->count() != static_cast<int>(items.size())) choice->clear();
  for (int i = 0; i < static_cast<int>(items.size()); ++i) {
    const auto& [word, name] = items[static_cast<std::size_t>(i)];
    if (i >= choice->count()) choice->addItem(name, QString::fromLatin1(word));
    choice->setItemText(i, name);
  }
  if (!fresh && choice->findData(chosen) >= 0) choice->setCurrentIndex(choice->findData(chosen));
}

}  // namespace

void add_applicant_fields(form_fields& to) {
  auto* kind = to.add_choice("id_type", true);
  to.add_line("id_number", true, 64);
  to.add_line("name", true, 128);
  to.add_line("address", false, 256);
  to.add_line("phone", true, 32);
  to.add_line("email", true, 128);
  name_applicant_fields(to);
  QObject::connect(kind, &QComboBox::activated, &to, [&to] { name_applicant_fields(to); });
}

void name_applicant_fields(form_fields& of) {
  // The core's words for 证件类型, in the order of its list; 身份证 first.
  fill(qobject_cast<QComboBox*>(of.field_of("id_type")->editor()),
       {{"resident-id", words::tr("Resident identity card")},
        {"hk-macau-permit", words::tr("Mainland travel permit for Hong Kong and Macau residents")},
        {"taiwan-permit", words::tr("Mainland travel permit for Taiwan residents")},
        {"passport", words::tr("Passport")},
        {"social-credit-code", words::tr("Unified social credit code")}});
  of.field_of("id_type")->set_texts(words::tr("Applicant's kind of document"), {});
  const auto kind = qobject_cast<QComboBox*>(of.field_of("id_type")->editor())->currentData().toString();
  of.field_of("id_number")
      ->set_texts(words::tr("Applicant's document number"),
                  kind == QLatin1String("resident-id") ? words::tr("The real and valid number of the identity card")
                                                       : words::tr("The real and valid number of the document"));
  of.field_of("name")->set_texts(words::tr("Applicant's name"),
                                 words::tr("The real name, as on the document with that number"));
  of.field_of("address")->set_texts(words::tr("Applicant's address"), {});
  of.field_of("phone")->set_texts(words::tr("Mobile number"), words::tr("A real mobile number that is in use"));
  of.field_of("email")->set_texts(words::tr("Applicant's e-mail"), words::tr("A real e-mail address that is in use"));
}

void add_invoice_fields(form_fields& to) {
  to.add_choice("kind", true);
  to.add_line("title", true, 128);
  to.add_line("taxpayer_number", true, 32);
  to.add_line("email", true, 128);
  to.add_line("address", true, 256);
  to.add_line("telephone", true, 32);
  to.add_line("bank", true, 128);
  to.add_line("account", true, 64);
  name_invoice_fields(to);
}

void name_invoice_fields(form_fields& of) {
  of.field_of("kind")->set_texts(words::tr("Kind of invoice"), {});
  of.field_of("title")->set_texts(words::tr("Invoice title"), words::tr("Whom the invoice is made out to"));
  of.field_of("taxpayer_number")
      ->set_texts(words::tr("Taxpayer number"), words::tr("The unified social credit code, 18 characters"));
  of.field_of("email")->set_texts(words::tr("E-mail for the invoice"), words::tr("The invoice is sent there"));
  of.field_of("address")->set_texts(words::tr("Registered address"), {});
  of.field_of("telephone")->set_texts(words::tr("Registered telephone"), {});
  of.field_of("bank")->set_texts(words::tr("Bank"), {});
  of.field_of("account")->set_texts(words::tr("Bank account"), {});
}

std::set<std::string> invoice_fields_of(const std::string& kind) {
  std::set<std::string> out{"kind", "title", "email"};
  if (kind == "enterprise" || kind == "special") out.insert("taxpayer_number");
  if (kind == "special") out.insert({"address", "telephone", "bank", "account"});
  return out;
}

}  // namespace keycare::renewal
