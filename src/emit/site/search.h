// The answer to a person's question on every track: yes, no or not known, why, since when, what to
// write, and when it may come.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/site/markup.h"
#include "emit/site/site_input.h"

namespace buildable::emit {

// Sentences, each with a full stop; empty where there is nothing to say.
struct TrackAnswer {
  std::vector<std::string> tracks;  // those that answer alike
  Verdict verdict = Verdict::unknown;
  std::string since;  // "Since 2026-04-01."
  std::string reason;
  std::string advice;   // what to write, and where
  std::string outlook;  // when it may come
};

struct SubjectAnswer {
  std::string subject;                 // "Python 3.14"
  std::string headline;                // "Yes, on every track", "Yes on latest, no on default"
  Verdict verdict = Verdict::unknown;  // of the first track
  std::string upstream;                // what upstream does with the series
  std::string advice;                  // where all tracks say the same; theirs is empty then
  std::string reason;
  std::vector<TrackAnswer> rows;  // tracks that have ended are left out
  std::string problem;            // why there are no rows
};

struct SearchAnswer {
  std::string query;                    // as asked, shortened; empty: nothing was asked
  std::vector<std::string> examples;    // of questions
  std::vector<SubjectAnswer> subjects;  // one for each runtime that is meant
  std::string problem;                  // why there are none
};

// Of what is meant by the query, see emit/site/question.h. Without a version it is asked what can
// be built.
SearchAnswer search(const SiteInput& input, std::string_view query);

// The form and the answer below it. `live`: a server answers the form; else only a script can, and
// the form is hidden until that runs.
void write_search(MarkupWriter& page, const SearchAnswer& answer, std::string_view platform,
                  bool live);
// The same, for a page that a server puts together.
std::string search_section(const SearchAnswer& answer, std::string_view platform);

}  // namespace buildable::emit
