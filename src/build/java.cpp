// heroku/jvm. Sources: heroku/buildpacks-jvm, buildpacks/jvm/src/main.rs, version_resolver.rs,
// openjdk_artifact.rs and, before 5.0.0, version.rs at the release tags.
#include <algorithm>
#include <array>

#include "base/document.h"
#include "base/text.h"
#include "build/model.h"
#include "build/openjdk_version.h"
#include "build/rust_text.h"
#include "build/system_properties.h"

namespace buildable::build {
namespace {

constexpr std::string_view key = "java.runtime.version";
constexpr std::string_view project_file = "project.toml";

bool wants(std::string_view path) { return path == system_properties_file || path == project_file; }

// It is there for others: with a version in system.properties it asks for itself. A file that it
// cannot read makes it fail, and then another group of the builder gets its turn.
Detection detect(const Context& context) {
  const SystemProperties read = read_system_properties(context.files);
  if (read.error) return {.broken = refusal(read, "java", "ReadSystemPropertiesError")};
  Detection detection{.passes = true, .provides = {"jdk"}};
  if (read.find(key)) detection.requirements.push_back("jdk");
  return detection;
}

struct Asked {
  std::string_view text;  // as written
  Place place;            // empty: nothing is written
};

std::string where(const Asked& asked) {
  if (asked.place.file == project_file)
    return "project.toml makes this a Salesforce function, which gets Java ";
  return asked.place.file.empty() ? "the builder's default is Java "
                                  : "system.properties asks for Java ";
}

// What this state would take for the newest long-term release: for help texts.
std::string example(const Context& context) {
  const Alternative* facts = context.state.runtime("java");
  return facts && !facts->default_version.empty() ? facts->default_version : "21";
}

// The major that was probably meant: the first number of the text, "8" of "1.8".
std::optional<std::uint32_t> meant_major(std::string_view text) {
  if (text.starts_with("1.")) text.remove_prefix(2);
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  text.remove_prefix(begin);
  const auto number =
      rust::parse_unsigned(text.substr(0, text.find_first_not_of("0123456789")), 99);
  return number ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

bool has_major(const Alternative& facts, std::uint32_t major) {
  return std::any_of(facts.known.begin(), facts.known.end(), [&](const Version* each) {
    const auto parsed = parse_openjdk_version(openjdk_spelling(each->text()));
    return parsed.version && parsed.version->major == major;
  });
}

bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string write_it(const Context& context, std::string_view asked) {
  const Alternative* facts = context.state.runtime("java");
  const auto major = meant_major(asked);
  const bool there = facts && major && has_major(*facts, *major);
  const std::string version = there ? std::to_string(*major) : example(context);
  return "write java.runtime.version=" + version +
         (is_number(asked) ? "" : " with nothing before or after the number");
}

Answer refuse(const Context& context, const Asked& asked, std::string error, std::string reason) {
  return fails("java", "java-version", std::move(error), asked.place, std::move(reason),
               write_it(context, asked.text));
}

// --- Before 5.0.0: a table of majors, and else the name of an archive ---

// Whether an archive could bear the name: "22", "21.0.2", "11.0.9.1", "8u442", "1.8.0_442". Java
// has no version "1.11", and archives are named without a build number.
bool may_name_archive(std::string_view text) {
  const ParsedOpenJdkVersion parsed = parse_openjdk_version(text);
  if (!parsed.version || text.find_first_of("+-") != std::string_view::npos) return false;
  if (!text.starts_with("1.")) return true;
  return parsed.version->legacy && text.find(".0_") == 3;
}

const std::string* archive_of_table(const Alternative& facts, std::string_view text) {
  for (const auto& [series, version] : facts.aliases)
    if (series == text || version == text) return &version;
  return nullptr;
}

Answer by_table(const Context& context, const Alternative& facts, const Asked& asked) {
  const OpenJdkRequirement requirement = parse_openjdk_requirement(asked.text);
  const bool zulu = !requirement.distributed || requirement.distribution == "zulu";
  constexpr std::array<std::string_view, 3> names{"zulu", "openjdk", "heroku"};
  if (!zulu && std::find(names.begin(), names.end(), requirement.distribution) == names.end())
    return refuse(context, asked, "UnknownDistribution",
                  "system.properties asks for the OpenJDK of " +
                      in_quotes(requirement.distribution) + ", which the build does not know");
  const std::string* version = archive_of_table(facts, requirement.text);
  if (version && zulu)
    return builds("java", "java-version", *version, asked.place, where(asked) + *version);
  if (!version && !may_name_archive(requirement.text))
    return refuse(context, asked, "archive 404",
                  "there is no archive for the Java version " + in_quotes(requirement.text));
  return unknown("java", "java-version", asked.place,
                 "whether the archives for " + context.state.target().stack + " hold Java " +
                     in_quotes(asked.text) + " is not known",
                 write_it(context, asked.text));
}

// --- From 5.0.0 on: the inventory ---

std::string why_unreadable(const Asked& asked, const OpenJdkRequirement& requirement) {
  const OpenJdkVersionError& error = requirement.exact.error;
  std::string reason = "system.properties holds " + in_quotes(asked.text) +
                       ", which is not a Java version for the build";
  if (error.code == "Eof" && rust::trim(requirement.text) != requirement.text)
    reason += ": blanks at the end of the line belong to it";
  return reason;
}

// "8.0.442" is the spelling of everyone else.
std::string legacy_hint(const OpenJdkRequirement& requirement) {
  const std::string spelled = openjdk_spelling(requirement.text);
  if (!requirement.exact.version || requirement.exact.version->legacy ||
      spelled == requirement.text)
    return {};
  return ", which it calls " + printable(spelled);
}

// The newest of the inventory that fits.
const Version* resolve(const Alternative& facts, const OpenJdkRequirement& requirement) {
  for (std::size_t i = facts.known.size(); i-- > 0;) {
    const Version* each = facts.known[i];
    const auto parsed = parse_openjdk_version(openjdk_spelling(each->text()));
    if (!parsed.version) continue;
    if (requirement.series ? parsed.version->major == *requirement.series
                           : *parsed.version == *requirement.exact.version)
      return each;
  }
  return nullptr;
}

Answer by_inventory(const Context& context, const Alternative& facts, const Asked& asked) {
  const OpenJdkRequirement requirement = parse_openjdk_requirement(asked.text);
  if (!requirement.series && !requirement.exact.version)
    return refuse(context, asked,
                  requirement.exact.error.code == "panic" ? "panic" : "OpenJdkVersionParseError",
                  why_unreadable(asked, requirement));
  if (requirement.distributed && requirement.distribution != "zulu")
    return refuse(context, asked, "UnknownDistribution",
                  "system.properties asks for the OpenJDK of " +
                      in_quotes(requirement.distribution) + "; this builder knows only zulu");
  const Version* found = resolve(facts, requirement);
  if (!found)
    return refuse(context, asked, "Unsupported OpenJDK version",
                  "this builder does not have Java " + printable(requirement.text) +
                      legacy_hint(requirement));
  const std::string version = openjdk_spelling(found->text());
  return builds("java", "java-version", version, asked.place, where(asked) + version);
}

// Where project.toml says com.salesforce.type = "function": such a project gets another default. As
// in the buildpack a step that is no table counts for those below it.
std::optional<int> line_of_function(const Files& files) {
  const SourceFile* file = files.find(project_file);
  if (!file || !file->known || file->text.size() > max_toml_size) return std::nullopt;
  const auto root = parse_toml(file->text, project_file);
  if (!root) return std::nullopt;
  const Node* node = &*root;
  for (const char* step : {"com", "salesforce", "type"}) {
    if (!node->is(Node::Kind::object)) continue;
    node = node->find(step);
    if (!node) return std::nullopt;
  }
  const bool function = node->is(Node::Kind::string) && node->text == "function";
  return function ? std::optional(node->line) : std::nullopt;
}

Asked asked_for(const Files& files, const Property* property, const Alternative* facts) {
  if (property) return {property->value, {system_properties_file, property->line}};
  if (const auto line = line_of_function(files)) return {"8", {project_file, *line}};
  if (facts) return {facts->default_version, {}};
  return {};
}

void build(const Context& context, std::vector<Answer>& answers) {
  const SystemProperties read = read_system_properties(context.files);
  if (auto refused = refusal(read, "java", "ReadSystemPropertiesError")) {
    answers.push_back(std::move(*refused));
    return;
  }
  const Alternative* facts = context.state.runtime("java");
  const Property* property = read.find(key);
  const Asked asked = asked_for(context.files, property, facts);
  if (!facts || (!property && asked.text.empty()))
    answers.push_back(unknown("java", "java-version", asked.place,
                              "which Java this builder takes by default is not known"));
  else if (facts->mechanism == Mechanism::aliases)
    answers.push_back(by_table(context, *facts, asked));
  else if (facts->mechanism == Mechanism::inventory)
    answers.push_back(by_inventory(context, *facts, asked));
  else
    answers.push_back(unknown("java", "java-version", asked.place,
                              "which versions of Java this builder has is not known"));
}

}  // namespace

const Model java_model{"heroku/jvm", wants, detect, build};

}  // namespace buildable::build
