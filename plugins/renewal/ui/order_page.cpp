// order_page.cpp - see order_page.hpp.
#include "plugins/renewal/ui/order_page.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/state_mark.hpp"
#include "plugins/common/ui/step_bar.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/facts_table.hpp"
#include "plugins/renewal/ui/field_words.hpp"
#include "plugins/renewal/ui/flow_layout.hpp"
#include "plugins/renewal/ui/qr_view.hpp"

#include <QClipboard>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keycare::renewal {

order_page::order_page(const commands_client& commands, hooks tell, QWidget* parent)
    : sheet(parent),
      tell_(std::move(tell)),
      steps_(new ui::step_bar(this)),
      what_now_(new ui::state_mark(this)),
      more_(plain_label(this, "whatMore")),
      address_(plain_label(this, "payAddress")),
      sure_(plain_label(this, "sureToWithdraw")),
      code_(new qr_view(this)),
      correction_(new form_fields(commands, "form", this)),
      ask_(new QWidget(this)),
      facts_(new facts_table(this)),
      seal_(new ui::state_mark(this)),
      back_(push_button(this, "back")),
      main_(push_button(this, "mainAct")),
      look_(push_button(this, "look")),
      pay_again_(push_button(this, "payAgain")),
      open_page_(push_button(this, "openPayPage")),
      copy_address_(push_button(this, "copyPayAddress")),
      withdraw_(push_button(this, "withdraw")),
      keep_(push_button(this, "keepOrder")),
      do_withdraw_(push_button(this, "reallyWithdraw")) {
  setObjectName("orderPage");
  what_now_->setObjectName("whatNow");
  seal_->setObjectName("seal");
  auto* top = new QHBoxLayout;
  top->addWidget(back_);
  top->addStretch(1);
  column()->addLayout(top);
  column()->addWidget(steps_);
  column()->addWidget(what_now_);
  column()->addWidget(more_);
  auto* paying = new QHBoxLayout;
  paying->addWidget(code_);
  paying->addWidget(address_, 1);
  column()->addLayout(paying);
  add_applicant_fields(*correction_);
  column()->addWidget(correction_);
  auto* acts = new flow_layout;
  for (auto* one : {main_, look_, open_page_, copy_address_, pay_again_, withdraw_}) acts->addWidget(one);
  column()->addLayout(acts);
  auto* asks = new QVBoxLayout(ask_);
  asks->setContentsMargins(0, 0, 0, 0);
  asks->addWidget(sure_);
  auto* answers = new flow_layout;
  answers->addWidget(keep_);
  answers->addWidget(do_withdraw_);
  asks->addLayout(answers);
  column()->addWidget(ask_);
  auto* rule = new QFrame(this);
  rule->setFrameShape(QFrame::HLine);
  rule->setFrameShadow(QFrame::Sunken);
  column()->addWidget(rule);
  column()->addWidget(facts_);
  column()->addWidget(seal_);
  column()->addStretch(1);
  ask_->hide();

  const auto press = [this](QPushButton* button, act what) {
    connect(button, &QPushButton::clicked, this, [this, what] { tell_.pressed(what); });
  };
  press(back_, act::back);
  press(look_, act::look);
  press(pay_again_, act::pay_again);
  press(open_page_, act::open_page);
  connect(copy_address_, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(ui::text_of(open_payment(order_), "pay_url")); });
  connect(main_, &QPushButton::clicked, this, [this] {
    if (stand_ != stand::correct) return tell_.pressed(act::main);
    correction_->check_all([this](bool fits) {
      if (fits) tell_.correct(correction_->value());
    });
  });
  // 撤销申请 is asked once, here on the page; the answer that changes nothing is the default.
  connect(withdraw_, &QPushButton::clicked, this, [this] {
    ask_->show();
    withdraw_->setEnabled(false);
    set_default(keep_);
    keep_->setFocus(Qt::OtherFocusReason);
  });
  const auto put_away = [this] {
    ask_->hide();
    withdraw_->setEnabled(true);
    set_default(main_);
    main_->setFocus(Qt::OtherFocusReason);
  };
  connect(keep_, &QPushButton::clicked, this, put_away);
  connect(do_withdraw_, &QPushButton::clicked, this, [this, put_away] {
    put_away();
    tell_.pressed(act::withdraw);
  });
  set_default(main_);
  set_way_back(back_);
  retranslate();
}

void order_page::show_order(const nlohmann::json& order, const QString& say, bool delayed) {
  const bool another = ui::text_of(order, "uuid") != ui::text_of(order_, "uuid");
  const auto before = stand_;
  order_ = order;
  say_ = say;
  delayed_ = delayed;
  stand_ = stand_of(order);
  if (another || stand_ != before) {
    ask_->hide();
    withdraw_->setEnabled(true);
    correction_->clear();
    if (stand_ == stand::correct) show_correction();
    scroll_to_top();
  }
  show_stand();
}

void order_page::set_hotline(const QString& telephone, const QString& qq) {
  telephone_ = telephone;
  qq_ = qq;
  retranslate();
}

void order_page::show_correction() {
  std::set<std::string> wanted;
  for (const auto& one : ui::part_of(ui::part_of(order_, "correction"), "fields"))
    wanted.insert(ui::to_utf8(ui::text_of(one, "field")));
  // A number is checked as one of its kind.
  if (wanted.contains("id_number") || wanted.contains("id_type")) wanted.insert({"id_number", "id_type"});
  correction_->show_only(wanted);
}

QString order_page::main_text() const {
  switch (stand_) {
    case stand::fill:
      return tr("Fill in again");
    case stand::sign:
      return tr("Enter the PIN and submit");
    case stand::submit:
      return tr("Submit now");
    case stand::pay:
      return tr("Pay now");
    case stand::paying:
      return tr("I have paid");
    case stand::withdraw:
      return tr("Enter the PIN and withdraw");
    case stand::correct:
      return tr("Submit");
    case stand::token:
      return tr("Go on");
    case stand::locked:
      return tr("Forgotten PIN");
    case stand::install:
      return tr("OK, install now");
    case stand::complete:
      return tr("Done");
    case stand::ended:
      return tr("Apply again");
    default:
      return {};
  }
}

void order_page::show_stand() {
  const auto& row = row_of(stand_);
  const int step = static_cast<int>(ui::number_of(order_, "step", 1));
  steps_->set_steps({tr("Application"), tr("Payment"), tr("Review"), tr("Installation"), tr("Complete")},
                    stand_ == stand::complete ? 5 : step - 1);
  what_now_->set(delayed_ ? ui::tone::warning : row.tone, say_.isEmpty() ? tr("One moment, please.") : say_);
  QString more;
  if (stand_ == stand::review) more = tr("You may close this window: the order goes on, and is kept on the home page.");
  const bool asks_pin = !order_.contains("asks_pin") || ui::flag_of(order_, "asks_pin");
  if (stand_ == stand::install)
    more = asks_pin ? tr("The new certificate will now be installed on the token. Its PIN is needed once more. Keep "
                         "the token plugged in until it is done.")
                    : tr("The new certificate will now be installed on the token. Keep the token plugged in until it "
                         "is done.");
  if (stand_ == stand::correct) more = tr("The PIN of the token is needed once. There is no second fee.");
  if (stand_ == stand::paying && open_payment(order_).contains("pay_url"))
    more =
        tr("You can also scan the code with a telephone and pay there. If no browser opens, copy the address into "
           "one.");
  if (stand_ == stand::person) more = hotline_;
  set_label(more_, more);
  more_->setVisible(!more.isEmpty());

  const auto url = stand_ == stand::paying ? ui::text_of(open_payment(order_), "pay_url") : QString();
  code_->show_text(url);
  set_label(address_, ui::harmless(url));
  address_->setVisible(!url.isEmpty());
  open_page_->setVisible(!url.isEmpty());
  copy_address_->setVisible(!url.isEmpty());
  pay_again_->setVisible(stand_ == stand::paying);
  correction_->setVisible(stand_ == stand::correct);

  const auto text = main_text();
  main_->setVisible(!text.isEmpty());
  set_button(main_, text);
  look_->setVisible(row.may_look);
  withdraw_->setVisible(row.may_withdraw);
  if (!ask_->isVisible()) set_default(text.isEmpty() ? look_ : main_);
  facts_->show_order(order_);
  const bool seal_waits = ui::text_of(order_, "seal") == QLatin1String("awaiting-reissue");
  seal_->set(ui::tone::warning, tr("Electronic seal: to be issued again for the new certificate"));
  seal_->setVisible(seal_waits);
}

void order_page::retranslate() {
  set_button(back_, tr("Back"));
  set_button(look_, tr("Look again"), tr("Asks how the order stands now"));
  set_button(pay_again_, tr("Pay another way"));
  set_button(open_page_, tr("Open the payment page"), tr("In the browser"));
  set_button(copy_address_, tr("Copy the address"), tr("Of the payment page, for any browser"));
  set_button(withdraw_, tr("Withdraw the application"));
  set_label(sure_, tr("Do you really want to withdraw this application? You would have to apply again."));
  set_button(keep_, tr("No, keep it"));
  set_button(do_withdraw_, tr("Yes, withdraw it"), tr("The PIN of the token may be asked for"));
  name_applicant_fields(*correction_);
  correction_->check_again();
  hotline_ = telephone_.isEmpty() ? QString() : tr("Service hotline: %1").arg(ui::harmless(telephone_));
  if (!qq_.isEmpty()) hotline_ += QStringLiteral("  QQ: ") + ui::harmless(qq_);
  show_stand();
}

}  // namespace keycare::renewal
