// pkcs11_test.cpp - a renewal through the real plugins on a PKCS#11 token (SoftHSM 2), with RSA and with P-256.
#include "office_kit.hpp"

namespace keycare::e2e {
namespace {

namespace cast = demo::cast;

class pkcs11_renewal : public office_test, public testing::WithParamInterface<const char*> {
protected:
  void SetUp() override {
    if (demo::find_built_files().softhsm.empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed";
    office_test::SetUp();
  }
  [[nodiscard]] demo::token_kind kind() const override { return demo::token_kind::pkcs11; }
  [[nodiscard]] std::string algorithm() const override { return GetParam(); }
};

TEST_P(pkcs11_renewal, EndsWithANewCertificateBesideTheOldOne) {
  const auto applied = run({"renewal", "apply"}, application(), {cast::pin});
  ASSERT_FALSE(applied.empty());
  ASSERT_EQ(last_.exit, 0) << last_.out << last_.err;
  const auto uuid = applied.back()["data"]["order"]["uuid"].get<std::string>();
  const auto paying = run({"renewal", "pay"}, {{"order", uuid}, {"method", "wechat"}, {"invoice", invoice()}});
  ASSERT_EQ(last_.exit, 0) << last_.out << last_.err;
  const auto payment = paying.back()["data"]["order"]["payments"].back()["uuid"];
  ASSERT_TRUE(office_->ra().desk("pay", {{"payment", payment}}).ok());
  until(uuid, "under-review");
  ASSERT_TRUE(office_->ra().desk("review", {{"uuid", uuid}, {"decision", "approve"}}).ok());
  until(uuid, "complete", {cast::pin});
  const auto certificates = run({"validity", "list"}).back()["data"]["certificates"];
  ASSERT_EQ(certificates.size(), 2u);
  for (const auto& one : certificates) EXPECT_EQ(one["algorithm"], GetParam()) << one;
}

INSTANTIATE_TEST_SUITE_P(WithKeys, pkcs11_renewal, testing::Values("rsa-2048", "ec-p256"));

}  // namespace
}  // namespace keycare::e2e
