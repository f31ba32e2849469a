# What Dependabot would make of every emitted ignore block, by a model of its requirement classes (its
# own code cannot be installed) over RubyGems' versions.
#   ruby simulate.rb QUESTIONS LIMITS ORACLE_LINES      (see run.sh)
# Prints one table; exits with 1 on any leak or overblock that LIMITS does not admit.
require "json"
require "yaml"
require_relative "ecosystems"
require_relative "ignore_list"
require_relative "judgement"
require_relative "limits"
require_relative "names"

class Simulation
  Line = Struct.new(:names, :ranges, :compared, :unbuildable, :pins, :unlimited, :leaks, :overblocks, :limits)

  attr_reader :failures

  def initialize(questions, limits)
    @questions = questions
    @limits = limits
    @failures = []
    @table = Hash.new { |table, key| table[key] = Line.new(0, 0, 0, 0, 0, 0, 0, 0, []) }
    @readers = {}
    @candidates = {}
    @judgements = {}.compare_by_identity
    @reported = {}
  end

  def check_tree(tree)
    tree["tracks"].each do |track, verdicts|
      place = "#{tree["label"]} #{track}"
      updates = updates_of(tree["path"], track)
      check_twin(place, tree["path"], track, updates)
      check_updates(place, updates, verdicts) { |runtime| governed?(tree["path"], track, runtime) }
    end
  end

  # One dependabot.yml: every ecosystem, and every name of the runtimes that it must limit.
  def check_updates(place, updates, verdicts)
    lists = updates.to_h { |update| [update["package-ecosystem"], IgnoreList.new(update["ignore"])] }
    return unless lists.map { |ecosystem, list| readable?(place, ecosystem, list) }.all?
    Names::ALL.each do |ecosystem, runtimes|
      runtimes.each do |runtime, names|
        next unless yield(runtime)
        names.each do |name|
          strings = lists[ecosystem]&.strings_for(name) || []
          check_name(place, ecosystem, runtime, name, strings, verdicts.fetch(runtime))
        end
      end
    end
  end

  def check_limits
    @limits.not_needed.each { |triple| @failures << "listed as a limit, and not there: #{triple.join(" ")}" }
  end

  def print_table
    columns = %w[names ranges compared unbuildable pins unlimited leaks overblocks]
    puts format("%-15s%-8s#{"%12s" * columns.size}  %s", "ecosystem", "runtime", *columns, "admitted limits")
    @table.each do |(ecosystem, runtime), line|
      *counts, limits = line.to_a
      puts format("%-15s%-8s#{"%12d" * counts.size}  %s", ecosystem, runtime, *counts, limits.sort.join(", "))
    end
    puts "unlimited: pins from which something unbuildable is proposed where nothing is ignored"
  end

  # Lines for oracles.mjs: how npm's and Python's own libraries order what the model orders.
  def oracle_lines
    asked = @readers.values.select { |ecosystem, _, _| %w[npm conda].include?(ecosystem) }
                    .flat_map { |ecosystem, runtime, reader| reader.strings.map { |one| [ecosystem, runtime, one] } }
    asked.uniq.flat_map do |ecosystem, runtime, string|
      requirement = Ecosystems.fetch(ecosystem).requirements.read(string)
      candidates_of(ecosystem, runtime).map do |candidate, _|
        answer = requirement.satisfied_by?(candidate.version) ? "+" : "-"
        [ecosystem, string, candidate.text, answer].join("\t")
      end
    end
  end

  def updates_of(path, track)
    YAML.safe_load(File.read(File.join(path, "dependabot", "#{track}.yml")))["updates"]
  end

  private

  def fail_at(place, ecosystem, text)
    @failures << "#{place}: #{ecosystem}: #{text}"
  end

  def readable?(place, ecosystem, list)
    hit = Names::OTHERS.select { |name| list.strings_for(name).any? }
    problems = list.problems(Ecosystems.fetch(ecosystem).requirements) + hit.map { |name| "#{name} is not a runtime" }
    problems.each { |problem| fail_at(place, ecosystem, problem) }
    problems.empty?
  end

  def governed?(path, track, runtime)
    JSON.parse(File.read(File.join(path, "renovate", track, "#{runtime}.json")))["packageRules"].any?
  end

  # The JSON says the same as the YAML.
  def check_twin(place, path, track, updates)
    blocks = JSON.parse(File.read(File.join(path, "dependabot", "#{track}.json")))["ecosystems"]
    twin = blocks.transform_values { |all| all.flat_map { |block| block["ignore"] } }
    ours = updates.to_h { |update| [update["package-ecosystem"], update["ignore"]] }
    fail_at(place, "all", "the JSON differs from the YAML") unless twin == ours
  end

  def candidates_of(ecosystem, runtime)
    model = Ecosystems.fetch(ecosystem)
    @candidates[[model, runtime]] ||=
      @questions["candidates"][runtime][model.spelling].filter_map do |text, judged|
        candidate = model.candidate.call(text)
        [candidate, judged] if candidate
      end
  end

  def reader_of(ecosystem, runtime, strings)
    model = Ecosystems.fetch(ecosystem)
    @readers[[model, runtime, strings]] ||= [ecosystem, runtime, Reader.new(model, strings)]
    @readers[[model, runtime, strings]].last
  end

  def check_name(place, ecosystem, runtime, name, strings, verdicts)
    judgement = judgement_of(ecosystem, runtime, strings, verdicts, Names::COUNTING_SERIES.include?(name))
    line = @table[[ecosystem, runtime]]
    line.names += 1
    line.ranges += strings.size
    line.compared += judgement.size
    line.unbuildable += judgement.unbuildable
    line.pins += judgement.proposals[:pins]
    line.unlimited += judgement.proposals[:unbuildable]
    sort_out(place, ecosystem, runtime, name, judgement.findings + judgement.proposals[:findings])
  end

  # Names and ecosystems that share their strings share the judgement.
  def judgement_of(ecosystem, runtime, strings, verdicts, counts_series)
    of_verdicts = (@judgements[verdicts] ||= {})
    of_verdicts[[Ecosystems.fetch(ecosystem), runtime, strings, counts_series]] ||= Judgement.new(
      runtime, candidates_of(ecosystem, runtime), verdicts, reader_of(ecosystem, runtime, strings), counts_series
    )
  end

  def sort_out(place, ecosystem, runtime, name, findings)
    line = @table[[ecosystem, runtime]]
    findings.group_by { |finding| [finding.side, finding.kind] }.each do |(side, kind), all|
      if kind != "unexplained" && @limits.admits?(ecosystem, runtime, kind)
        line.limits |= [kind]
        next
      end
      side == :leak ? line.leaks += all.size : line.overblocks += all.size
      next if @reported[[ecosystem, runtime, side, kind]]
      @reported[[ecosystem, runtime, side, kind]] = true
      examples = all.first(5).map(&:text).join(" ")
      fail_at(place, ecosystem, "#{runtime} #{name}: #{all.size} #{side}s (#{kind}): #{examples}")
    end
  end
end

# Today's file, broken on purpose where it speaks of Python's image; each must be caught.
module Controls
  ALTERATIONS = {
    "an entry dropped" => ->(_) { [] },
    "an upper bound added" => ->(entry) { [entry.merge("versions" => ["#{entry["versions"][0]}, < 4"])] },
    ">= X in place of >= X.a" =>
      ->(entry) { [entry.merge("versions" => [entry["versions"][0].delete_suffix(".a")])] },
    "a string that cannot be read" => ->(entry) { [entry.merge("versions" => ["3.15.*"])] },
    "two ranges in one entry" => ->(entry) { [entry.merge("versions" => [entry["versions"][0], "< 3"])] },
    "a number without quotes" => ->(entry) { [entry.merge("versions" => [3.15])] },
    "a name that hits others" => ->(entry) { [entry.merge("dependency-name" => "*python*")] }
  }.freeze

  def self.check(questions, limits_path, failures)
    tree = questions["trees"].last
    ALTERATIONS.each do |what, alteration|
      simulation = Simulation.new(questions, Limits.new(limits_path))
      updates = simulation.updates_of(tree["path"], "default")
      alter(updates, alteration)
      simulation.check_updates("altered", updates, tree["tracks"]["default"]) { |runtime| runtime == "python" }
      caught = simulation.failures.first
      puts "negative control: #{what}: #{caught || "NOT CAUGHT"}"
      failures << "negative control: #{what}" unless caught
    end
  end

  # Only the entry for what is newer than everything that can be built.
  def self.alter(updates, alteration)
    docker = updates.find { |update| update["package-ecosystem"] == "docker" }
    docker["ignore"] = docker["ignore"].flat_map do |entry|
      open_end = entry["versions"][0].match?(/\A>= [^,]*\z/)
      entry["dependency-name"] == "python" && open_end ? alteration.call(entry) : [entry]
    end
  end
end

questions = JSON.parse(File.read(ARGV[0]))
simulation = Simulation.new(questions, Limits.new(ARGV[1]))
questions["trees"].each { |tree| simulation.check_tree(tree) }
simulation.check_limits
failures = simulation.failures
Controls.check(questions, ARGV[1], failures)
File.write(ARGV[2], simulation.oracle_lines.map { |line| "#{line}\n" }.join)
puts
simulation.print_table
puts
puts failures
puts "#{questions["trees"].size} trees, #{failures.size} failures"
exit failures.empty?
