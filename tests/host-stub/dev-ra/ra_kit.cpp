// ra_kit.cpp - the kit, by cpp-httplib's client and OpenSSL.
#include "ra_kit.hpp"

#include "keycare/sdk/statement.hpp"

#include "dev-ra/authority.hpp"
#include "dev-ra/files.hpp"
#include "dev-ra/octets.hpp"
#include "dev-ra/routes.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/pem.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <regex>
#include <thread>

namespace keycare::dev_ra::test {

namespace {

namespace fs = std::filesystem;

fs::path new_folder() {
  std::string name = (fs::temp_directory_path() / "keycare-dev-ra-XXXXXX").string();
  return ::mkdtemp(name.data());
}

void copy_authority(const fs::path& folder) {
  const auto kept = shared_authority();
  for (const char* part : {"private", "pinned", "admin-token"})
    fs::copy(kept / part, folder / part, fs::copy_options::recursive);
}

}  // namespace

std::filesystem::path shared_authority() {
  const fs::path kept = KEYCARE_TEST_AUTHORITY;
  fs::create_directories(kept);
  const int lock = ::open((kept / "one-maker").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ::flock(lock, LOCK_EX);
  if (!fs::exists(kept / "private" / "complete")) (void)authority::open(kept, std::time(nullptr));
  ::close(lock);
  return kept;
}

std::string ra_kit::path_in_contract(const sent& request) {
  const auto plain = request.path.substr(0, request.path.find('?'));
  for (const auto& to : routes()) {
    static const std::regex variable("\\{[a-z0-9]+\\}");
    const std::regex pattern(std::regex_replace(std::string(to.path), variable, "[0-9a-f-]{36,64}"));
    if (to.method == request.method && std::regex_match(plain, pattern)) return std::string(to.path);
  }
  return {};
}

key_ptr new_key() {
  return key_ptr(EVP_EC_gen("P-256"));
}

key_ptr rsa_key() {
  return key_ptr(EVP_RSA_gen(2048));
}

std::string request_der(EVP_PKEY* key, const X509_NAME* subject) {
  const x509_req_ptr request(X509_REQ_new());
  X509_REQ_set_version(request.get(), X509_REQ_VERSION_1);
  X509_REQ_set_subject_name(request.get(), subject);
  X509_REQ_set_pubkey(request.get(), key);
  X509_REQ_sign(request.get(), key, EVP_sha256());
  return der_of<X509_REQ>(i2d_X509_REQ, request.get());
}

json invoice() {
  return {{"kind", "personal"}, {"title", "张三"}, {"email", "zhangsan@example.com"}};
}

ra_kit::ra_kit(const std::function<void(options&)>& configure, place where) : where_(where) {
  config_.data_dir = new_folder();
  config_.step_delay = step;
  config_.provider_delay = step;
  config_.review_delay = review;
  if (configure) configure(config_);
  copy_authority(config_.data_dir);
  connect();
}

ra_kit::~ra_kit() {
  client_.reset();
  server_.reset();
  if (process_ > 0) {
    kill();
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(config_.data_dir, ignored);
}

void ra_kit::start_inside() {
  auto started = server::start(config_);
  if (!started) throw std::runtime_error(started.error().code);
  server_ = std::move(*started);
}

void ra_kit::start_apart() {
  const auto ready = config_.data_dir / "ready.json";
  fs::remove(ready);              // a killed one left it
  std::signal(SIGPIPE, SIG_IGN);  // writing to a killed one is an error, not the end
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // no test that fails leaves one behind
    (void)!std::freopen("/dev/null", "w", stdout);
    ::_exit(serve(config_) ? 0 : 1);
  }
  for (int waited = 0; !fs::exists(ready); ++waited) {
    if (waited > 3000 || ::waitpid(process_, nullptr, WNOHANG) == process_)
      throw std::runtime_error("dev-ra is not ready");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void ra_kit::connect() {
  where_ == place::inside ? start_inside() : start_apart();
  const auto ready = json::parse(read_file(config_.data_dir / "ready.json", 65'536).value());
  base_url_ = ready.at("base_url");
  admin_token_ = read_file(ready.at("admin_token_file").get<std::string>(), 4096).value();
  admin_token_.pop_back();  // the end of the line
  client_ = std::make_unique<httplib::SSLClient>("127.0.0.1", ready.at("port").get<int>());
  client_->set_ca_cert_path(ready.at("tls_root").get<std::string>());
  client_->enable_server_certificate_verification(true);
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(true);
  const auto pem = read_file(config_.data_dir / "pinned" / "encryption.pem", 65'536).value();
  encryption_.reset(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
}

void ra_kit::restart() {
  client_.reset();
  if (server_) server_->stop();
  server_.reset();
  if (process_ > 0) {
    kill();
    ::waitpid(process_, nullptr, 0);
  }
  config_.clock_offset = offset_;
  connect();
}

void ra_kit::kill() const {
  ::kill(process_, SIGKILL);
}

reply ra_kit::send(const sent& request) {
  auto got = exchange(request, /*must=*/true);
  if (on_answer) on_answer(request, got);
  return got;
}

reply ra_kit::try_send(const sent& request) {
  return exchange(request, /*must=*/false);
}

reply ra_kit::exchange(const sent& what, bool must) {
  httplib::Request request;
  request.method = what.method;
  request.path = what.path;
  request.body = what.body;
  if (!what.content_type.empty()) request.set_header("Content-Type", what.content_type);
  if (!what.bearer.empty()) request.set_header("Authorization", "Bearer " + what.bearer);
  if (!what.provider_signature.empty()) request.set_header("X-Provider-Signature", what.provider_signature);
  auto answered = client_->send(request);
  // An idle connection may have been closed meanwhile. Everything is idempotent: repeat the same bytes.
  if (!answered && must) answered = client_->send(request);
  if (!answered && !must) return {};
  if (!answered) {
    ADD_FAILURE() << what.method << " " << what.path << ": " << httplib::to_string(answered.error());
    return {};
  }
  reply got{answered->status, json::parse(answered->body, nullptr, false), 0};
  if (answered->has_header("Retry-After")) got.retry_after = std::stoll(answered->get_header_value("Retry-After"));
  const auto in_contract = path_in_contract(what);
  if (in_contract.empty()) return got;
  std::string verb(what.method);
  for (auto& c : verb) c = static_cast<char>(std::tolower(c));
  const auto& declared = schemas_.document().at("paths").at(in_contract).at(verb).at("responses");
  const auto status = std::to_string(got.status);
  const auto seen = what.method + " " + in_contract + " " + status;
  seen_.insert(seen);
  if (!declared.contains(status)) {
    ADD_FAILURE() << "undeclared answer: " << seen << " " << answered->body;
    return got;
  }
  const auto& content = declared.at(status).at("content");
  const auto media = content.items().begin().key();
  EXPECT_EQ(answered->get_header_value("Content-Type"), media) << seen;
  const auto ref = content.at(media).at("schema").at("$ref").get<std::string>();
  for (const auto& misfit : schemas_.misfits(ref.substr(ref.rfind('/') + 1), got.body))
    ADD_FAILURE() << seen << ": " << misfit << " in " << got.body.dump(2);
  return got;
}

json ra_kit::dev(const std::string& name, const json& body, bool must) {
  const auto got = send("POST", "/dev/" + name, body.dump(), "application/json", admin_token_);
  EXPECT_TRUE(!must || got.status == 200) << name << " " << got.body.dump();
  return got.body;
}

void ra_kit::advance(std::int64_t seconds) {
  offset_ += seconds;
  dev("clock", {{"offset", offset_}});
}

std::int64_t ra_kit::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count() +
         offset_;
}

person ra_kit::enrol(const std::string& account, int days, key_ptr key) {
  person who;
  who.key = key ? std::move(key) : new_key();
  who.account = account;
  who.serial = "T-" + account;
  auto* subject = X509_NAME_new();
  const std::string name = "测试供应商 " + account;
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                             0);
  const auto made = dev("certificates", {{"account", account},
                                         {"csr", base64(request_der(who.key.get(), subject))},
                                         {"token", {{"manufacturer", "Keycare"}, {"serial", who.serial}}},
                                         {"not_before", now() - 340 * 86'400},
                                         {"not_after", now() + days * 86'400},
                                         {"applicant",
                                          {{"id_type", "resident-id"},
                                           {"id_number", "11010519491231002X"},
                                           {"name", "张三"},
                                           {"phone", "13800138000"},
                                           {"email", "zhangsan@example.com"}}}});
  X509_NAME_free(subject);
  who.certificate = read_certificate(from_base64(made.at("certificate").get<std::string>()).value());
  who.sha256 = made.at("sha256");
  return who;
}

json ra_kit::quote(const person& who, int months) {
  return post_json("/v1/quotes", {{"certificate_sha256", who.sha256}, {"months", months}}).body;
}

json ra_kit::statement(const person& who, std::string_view type, const std::string& uuid, std::int64_t generation) {
  return statement::make(
      {std::string(type), config_.ra_id, uuid, generation, who.account, "Keycare", who.serial, who.sha256, now()});
}

void ra_kit::seal_payload(json& apply) {
  apply["payload_sha256"] = sha256_hex(*statement::payload_text(apply));
}

json ra_kit::apply_statement(const person& who, const std::string& uuid, const json& quote) {
  auto made = statement(who, "apply", uuid);
  made["form"] = {{"id_type", "resident-id"}, {"id_number", "11010519491231002X"},
                  {"name", "张三"},           {"address", "广东省广州市"},
                  {"phone", "13800138000"},   {"email", "zhangsan@example.com"}};
  for (const char* member : {"id", "months", "fee_fen", "currency", "rule", "new_not_after", "expires"})
    made["quote"][member] = quote.at(member);
  const auto documents = get("/v1/agreements/current?language=zh-CN").body;
  for (const char* member : {"agreement", "personal_data"}) {
    auto& consent = made["consent"][member];
    for (const char* same : {"id", "version", "language", "sha256"}) consent[same] = documents.at(member).at(same);
    consent["shown_at"] = now() - 60;
    consent["accepted_at"] = now() - 1;
  }
  made["consent"]["channel"] = "cli";
  made["consent"]["client"] = "keycare-host 4.8.2";
  made["consent"]["plugin"] = "renewal 1.0.0";
  seal_payload(made);
  return made;
}

std::string ra_kit::sign(EVP_PKEY* key, X509* certificate, const std::string& text) const {
  const auto content = reading(text);
  const cms_ptr cms(CMS_sign(certificate, key, nullptr, content.get(), CMS_BINARY | CMS_NOSMIMECAP));
  return der_of<CMS_ContentInfo>(i2d_CMS_ContentInfo, cms.get());
}

std::string ra_kit::sign(const person& who, const json& statement) const {
  return sign(who.key.get(), who.certificate.get(), statement.dump());
}

std::string ra_kit::seal(const std::string& octets) const {
  auto* recipients = sk_X509_new_null();
  sk_X509_push(recipients, encryption_.get());
  const auto content = reading(octets);
  const cms_ptr cms(CMS_encrypt(recipients, content.get(), EVP_aes_256_cbc(), CMS_BINARY));
  sk_X509_free(recipients);
  return der_of<CMS_ContentInfo>(i2d_CMS_ContentInfo, cms.get());
}

reply ra_kit::submit(const person& who, const json& apply) {
  return put_cms("/v1/renewals/" + apply.at("order").get<std::string>(), seal(sign(who, apply)));
}

applied ra_kit::apply(const person& who, int months) {
  const auto uuid = random_uuid();
  const auto got = submit(who, apply_statement(who, uuid, quote(who, months)));
  EXPECT_EQ(got.status, 200) << got.body.dump();
  return {uuid, got.body.value("order_secret", ""), got.body.value("order", json::object())};
}

reply ra_kit::open_payment(const applied& of, const std::string& payment, const std::string& method) {
  return put_json("/v1/renewals/" + of.uuid + "/payments/" + payment, {{"method", method}, {"invoice", invoice()}},
                  of.secret);
}

std::string ra_kit::pay(const applied& of) {
  auto payment = random_uuid();
  EXPECT_EQ(open_payment(of, payment).status, 200);
  dev("pay", {{"payment", payment}});
  return payment;
}

void ra_kit::approve(const applied& of) {
  pay(of);
  advance(ra_kit::step);
  EXPECT_EQ(state(of), "under-review");
  advance(ra_kit::review);
  EXPECT_EQ(state(of), "approved");
}

json ra_kit::csr_request(const person& who, const applied& of, EVP_PKEY* fresh, std::int64_t generation) {
  const auto csr = request_der(fresh, X509_get_subject_name(who.certificate.get()));
  auto bind = statement(who, "bind-csr", of.uuid, generation);
  bind["csr_sha256"] = sha256_hex(csr);
  bind["public_key_sha256"] = public_key_fingerprint(fresh);
  return {{"csr", base64(csr)}, {"bind_csr", base64(sign(who, bind))}};
}

person ra_kit::renewed(const person& who, key_ptr fresh, const json& bundle) {
  person now;
  now.key = std::move(fresh);
  now.account = who.account;
  now.serial = who.serial;
  const auto der = from_base64(bundle.at("signing_certificate").get<std::string>()).value();
  now.certificate = read_certificate(der);
  now.sha256 = sha256_hex(der);
  return now;
}

json ra_kit::confirm_statement(const person& who, const person& with, const applied& of, std::int64_t generation) {
  auto made = statement(who, "confirm", of.uuid, generation);
  made["signing_certificate_sha256"] = with.sha256;
  return made;
}

}  // namespace keycare::dev_ra::test
