// heroku/procfile. Sources: heroku/buildpacks-procfile, src/main.rs, procfile.rs and error.rs at
// the release tags.
#include "base/text.h"
#include "build/model.h"
#include "build/procfile_reader.h"

namespace buildable::build {
namespace {

constexpr std::string_view process_file = "Procfile";

bool wants_procfile(std::string_view path) { return path == process_file; }

Detection detect_procfile(const Context& context) {
  return {.passes = context.files.exists(process_file)};
}

Answer refused_procfile(std::string error, int line, std::string reason, std::string help) {
  return fails("procfile", "procfile", std::move(error), {process_file, line}, std::move(reason),
               std::move(help));
}

// It installs nothing: only of a Procfile that ends the build, or may, there is anything to say.
void build_procfile(const Context& context, std::vector<Answer>& answers) {
  const SourceFile* file = context.files.find(process_file);
  const bool strict = context.behaves("strict-procfile");
  if (!file) {
    answers.push_back(refused_procfile("CannotReadProcfileContents", 0,
                                       "Procfile is a folder; the build takes a file",
                                       "give the folder another name"));
  } else if (!file->known) {
    if (strict)
      answers.push_back(
          unknown("procfile", "file-not-read", {process_file}, "Procfile was not read"));
  } else if (!is_valid_utf8(file->text)) {
    answers.push_back(refused_procfile("CannotReadProcfileContents", 0,
                                       "Procfile is not UTF-8 text", "save the file as UTF-8"));
  } else if (strict) {
    if (auto fault = procfile_fault(file->text))
      answers.push_back(refused_procfile("ProcfileParsingError", fault->line,
                                         std::move(fault->reason), std::move(fault->help)));
  }
}

}  // namespace

const Model procfile_model{"heroku/procfile", wants_procfile, detect_procfile, build_procfile};

}  // namespace buildable::build
