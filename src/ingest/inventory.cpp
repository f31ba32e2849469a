#include "ingest/inventory.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "ingest/limits.h"

namespace buildable::ingest {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

// One generation of the form: the header of an entry and its keys.
struct Form {
  std::string_view header;
  std::string_view version;
  std::string_view os;  // empty: in `arch`, "linux-x64"
  std::string_view arch;
  std::vector<std::string_view> needed;
  std::vector<std::string_view> allowed;
};

const std::array<Form, 3>& forms() {
  static const std::array<Form, 3> list = {
      Form{"[[releases]]", "version", "", "arch", {"version", "channel", "arch", "url"}, {"etag"}},
      Form{"[[artifacts]]",
           "go_version",
           "",
           "architecture",
           {"go_version", "semantic_version", "architecture", "sha_checksum"},
           {}},
      Form{"[[artifacts]]",
           "version",
           "os",
           "arch",
           {"version", "os", "arch", "url", "checksum"},
           {"metadata.distribution"}},
  };
  return list;
}

constexpr std::string_view metadata_table = "[artifacts.metadata]";

struct Entry {
  std::string header;
  int line = 0;
  Table keys;
};

tl::unexpected<Error> inventory_problem(int line, std::string message) {
  return fail(Diagnostic{.message = std::move(message),
                         .line = line,
                         .hint = "the inventory has changed its form or is cut off"});
}

// key = "text", without escapes.
Result<std::pair<std::string_view, std::string_view>> assignment(std::string_view text, int line) {
  std::size_t equals = text.find(" = \"");
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_.";
  std::string_view key = text.substr(0, std::min(equals, text.size()));
  bool ends = equals != std::string_view::npos && text.size() > equals + 4 && text.back() == '"';
  if (!ends || key.empty() || key.find_first_not_of(letters) != std::string_view::npos) {
    return inventory_problem(line, "no 'key = \"text\"': " + in_quotes(text));
  }
  std::string_view value = text.substr(equals + 4, text.size() - equals - 5);
  if (value.empty() || value.find_first_of("\"\\") != std::string_view::npos) {
    return inventory_problem(line, "empty, or with a quote or an escape: " + in_quotes(text));
  }
  return std::pair{key, value};
}

class Reader {
 public:
  Result<std::vector<Entry>> read(std::string_view text) {
    int number = 0;
    for (std::string_view line : split_lines(text)) {
      Result<void> read = read_line(trim(line), ++number);
      if (!read) return fail(std::move(read.error()));
    }
    if (entries_.empty()) return inventory_problem(0, "the inventory has no entries");
    return std::move(entries_);
  }

 private:
  Result<void> read_line(std::string_view line, int number) {
    if (line.empty() || line.front() == '#') return {};
    if (line.front() == '[') return read_header(line, number);
    auto pair = assignment(line, number);
    if (!pair) return fail(std::move(pair.error()));
    if (entries_.empty()) {
      // What the list is called stands before the first entry.
      return pair->first == "name" ? Result<void>{}
                                   : inventory_problem(number, "a key before any entry");
    }
    std::string key = prefix_ + std::string(pair->first);
    if (entries_.back().keys.emplace(key, pair->second).second) return {};
    return inventory_problem(number, "the key '" + key + "' stands twice");
  }

  Result<void> read_header(std::string_view line, int number) {
    if (line == metadata_table) {
      if (entries_.empty() || !prefix_.empty())
        return inventory_problem(number, "metadata of no entry");
      prefix_ = "metadata.";
      return {};
    }
    if (line != "[[artifacts]]" && line != "[[releases]]") {
      return inventory_problem(number, "not a known table: " + in_quotes(line));
    }
    if (!entries_.empty() && entries_.front().header != line) {
      return inventory_problem(number, "two forms in one inventory");
    }
    if (entries_.size() == limits::entries) return inventory_problem(number, "too many entries");
    entries_.push_back({std::string(line), number, {}});
    prefix_.clear();
    return {};
  }

  std::vector<Entry> entries_;
  std::string prefix_;
};

bool contains(const std::vector<std::string_view>& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

Result<const Form*> form_of(const Entry& entry) {
  for (const Form& form : forms()) {
    if (form.header == entry.header && entry.keys.find(form.version) != entry.keys.end()) {
      return &form;
    }
  }
  return inventory_problem(entry.line, "an entry without a version");
}

Result<void> check_keys(const Entry& entry, const Form& form) {
  for (std::string_view key : form.needed) {
    if (entry.keys.find(key) != entry.keys.end()) continue;
    return inventory_problem(entry.line, "an entry without the key '" + std::string(key) + "'");
  }
  for (const auto& [key, value] : entry.keys) {
    if (contains(form.needed, key) || contains(form.allowed, key)) continue;
    return inventory_problem(entry.line, "an entry with the unknown key '" + key + "'");
  }
  return {};
}

// The names of architectures that the generators use, and the one that images use.
Result<std::string> canonical_arch(std::string_view name, int line) {
  if (name == "amd64" || name == "x64") return std::string("amd64");
  if (name == "arm64") return std::string("arm64");
  return inventory_problem(line, "not a known architecture: " + in_quotes(name));
}

Result<InventoryEntry> inventory_entry(const Entry& entry) {
  Result<const Form*> form = form_of(entry);
  if (!form) return fail(std::move(form.error()));
  Result<void> checked = check_keys(entry, **form);
  if (!checked) return fail(std::move(checked.error()));
  auto text = [&](std::string_view key) -> std::string_view {
    return entry.keys.find(key)->second;
  };

  std::string_view arch = text((*form)->arch);
  std::string_view os = (*form)->os.empty() ? arch.substr(0, arch.find('-')) : text((*form)->os);
  if ((*form)->os.empty()) arch.remove_prefix(std::min(os.size() + 1, arch.size()));
  Result<std::string> canonical = canonical_arch(arch, entry.line);
  if (!canonical) return fail(std::move(canonical.error()));
  auto channel = entry.keys.find("channel");
  bool released = channel == entry.keys.end() || channel->second == "release";
  if (!released && channel->second != "staging") {
    return inventory_problem(entry.line, "not a known channel: " + in_quotes(channel->second));
  }
  return InventoryEntry{std::string(text((*form)->version)), std::string(os), std::move(*canonical),
                        released};
}

}  // namespace

Result<std::vector<InventoryEntry>> parse_inventory(std::string_view text) {
  Result<void> checked = check_text(text, limits::inventory, "the inventory");
  if (!checked) return fail(std::move(checked.error()));
  Result<std::vector<Entry>> entries = Reader{}.read(text);
  if (!entries) return fail(std::move(entries.error()));

  std::vector<InventoryEntry> inventory;
  std::set<std::string> seen;
  for (const Entry& entry : *entries) {
    Result<InventoryEntry> read = inventory_entry(entry);
    if (!read) return fail(std::move(read.error()));
    std::string name = join(std::array<std::string, 4>{read->version, read->os, read->arch,
                                                       read->released ? "released" : "staging"},
                            " ");
    auto distribution = entry.keys.find("metadata.distribution");
    if (distribution != entry.keys.end()) name += " " + distribution->second;
    if (!seen.insert(name).second)
      return inventory_problem(entry.line, "twice in the list: " + name);
    inventory.push_back(std::move(*read));
  }
  return inventory;
}

bool is_inventory_key(std::string_view key) {
  return std::any_of(forms().begin(), forms().end(), [key](const Form& form) {
    return contains(form.needed, key) || contains(form.allowed, key);
  });
}

Result<std::vector<std::string>> inventory_versions(const std::vector<InventoryEntry>& inventory,
                                                    Scheme scheme, const Target& target) {
  std::vector<std::string> texts;
  for (const InventoryEntry& entry : inventory) {
    if (entry.released && entry.os == target.os && entry.arch == target.arch) {
      texts.push_back(entry.version);
    }
  }
  if (!texts.empty()) return sorted_versions(scheme, texts);
  return fail("the inventory has nothing for " + target.os + " " + target.arch,
              "check the target; an inventory without its versions is not believed");
}

Result<std::vector<std::string>> sorted_versions(Scheme scheme,
                                                 const std::vector<std::string>& texts) {
  std::vector<Version> versions;
  for (const std::string& text : texts) {
    Result<Version> version = Version::parse(scheme, text);
    if (!version) return fail(std::move(version.error()));
    versions.push_back(std::move(*version));
  }
  std::sort(versions.begin(), versions.end(), ByOrder{});
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  std::vector<std::string> sorted;
  sorted.reserve(versions.size());
  for (const Version& version : versions) sorted.push_back(version.text());
  return sorted;
}

}  // namespace buildable::ingest
