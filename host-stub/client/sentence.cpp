// sentence.cpp - see sentence.hpp.
#include "host-stub/client/sentence.hpp"

#include "host-stub/loader/verdict.hpp"
#include "host-stub/services/text/texts.hpp"

namespace keycare::host {

std::string sentence_of(const error& why, std::string_view language) {
  return loader::reason_of(why) ? loader::sentence(why, language) : services::sentence_for(why, language);
}

}  // namespace keycare::host
