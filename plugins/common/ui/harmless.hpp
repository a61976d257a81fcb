// harmless.hpp - a text of a stranger's choosing (a certificate's, a token's, the RA's), as a window may draw it.
#pragma once

#include <QString>

namespace keycare::ui {

/// Where a harmless text may be broken.
enum class breaks {
  anywhere,  ///< One paragraph for a label: blanks are joined, and a word without an end does not widen a page.
  at_lines,  ///< The same for sentences: their line feeds and blanks stay.
  nowhere    ///< One line that is also searched, sorted and copied: what is left out leaves a blank, nothing is added.
};

/// @p text without controls and invisible characters, which could turn a line round or hide a part of it; after @p most
/// characters it ends with "…". Pure.
[[nodiscard]] QString harmless(const QString& text, breaks where = breaks::anywhere, int most = 300);

}  // namespace keycare::ui
