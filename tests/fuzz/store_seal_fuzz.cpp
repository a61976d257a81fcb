// store_seal_fuzz.cpp - a value at rest: whatever was changed on the disk does not open, and what was not does.
#include "host-stub/services/store/seal.hpp"
#include "promises.hpp"

using namespace keycare;
using namespace keycare::services;

FUZZ(store_seal) {
  const secret key(std::string_view("0123456789abcdef0123456789abcdef"));
  fuzz::must(!open_value(key, "plugin", data).ok(), "nobody seals a value without the key");
  fuzz::input in(data);
  const auto at = in.number(2);
  const auto mask = in.octet();
  auto sealed = seal_value(key, "plugin", in.rest());
  if (!fuzz::good(sealed)) return;
  const auto opened = open_value(key, "plugin", *sealed);
  fuzz::must(opened.ok() && opened->text() == text_of(in.rest()), "a sealed value opens");
  fuzz::must(!open_value(key, "other", *sealed).ok(), "a value that was moved does not open");
  (*sealed)[at % sealed->size()] ^= mask;
  fuzz::must(open_value(key, "plugin", *sealed).ok() == (mask == 0), "a value that was changed does not open");
}
