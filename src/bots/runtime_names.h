// Inside the lint of Renovate: which runtimes a package rule is about.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "bots/lint.h"

namespace buildable::bots {

class RuntimeNames {
 public:
  explicit RuntimeNames(const LintContext& context);

  // By matchPackageNames and the like; by a datasource or a manager that has one runtime alone,
  // where no name is given.
  std::set<const RuntimePolicy*> of_rule(const Node& rule);

 private:
  void add_rules(const RuntimeRules& rules, const RuntimePolicy& runtime);
  void add_named(std::string_view written, std::set<const RuntimePolicy*>& found);
  void add_matching(std::string_view pattern, std::set<const RuntimePolicy*>& found);

  std::map<std::string, const RuntimePolicy*, std::less<>> by_name_;
  std::map<std::string, const RuntimePolicy*, std::less<>> by_source_;  // datasources, managers
  std::size_t comparisons_ = 0;
};

}  // namespace buildable::bots
