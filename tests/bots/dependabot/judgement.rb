# What an ignore list lets through, held against our verdicts. A leak is let through and not buildable,
# an overblock is buildable and ignored; each has a kind, so that docs/bots.md can say of it why it
# remains. "unexplained" is never allowed.
class Judgement
  SERIES_NUMBERS = { "python" => 2, "go" => 2, "php" => 2, "ruby" => 2 }.freeze

  Finding = Struct.new(:side, :kind, :text)

  # candidates: [candidate, judged text or nil]; verdicts: judged text -> true if buildable.
  def initialize(runtime, candidates, verdicts, reader, counts_series)
    @runtime = runtime
    @candidates = candidates
    @verdicts = verdicts
    @reader = reader
    @counts_series = counts_series
  end

  def findings
    @findings ||= @candidates.filter_map do |candidate, judged|
      next if buildable?(judged) != ignored?(candidate)
      finding(buildable?(judged) ? :overblock : :leak, candidate, judged)
    end
  end

  def size = @candidates.size

  def unbuildable
    @unbuildable ||= @candidates.count { |_, judged| !buildable?(judged) }
  end

  # From each pin that can be built: what is proposed without the list, and whether with it anything
  # else than the newest that can be built. Prereleases are left out, as Dependabot does.
  def proposals
    @proposals ||= { pins: 0, unbuildable: 0, findings: [] }.tap do |counts|
      groups.each_value { |group| propose_in(group, counts) }
    end
  end

  private

  def groups
    finals = @candidates.reject do |candidate, judged|
      candidate.prerelease? || judged.nil? || prerelease?(judged)
    end
    finals.group_by { |candidate, _| candidate.kind }
          .transform_values { |group| group.sort { |(a, _), (b, _)| a.version <=> b.version } }
  end

  def propose_in(group, counts)
    newest = group.last
    let_through = group.rindex { |candidate, _| !ignored?(candidate) } || -1
    wanted = group.rindex { |_, judged| buildable?(judged) } || -1
    group.each_with_index do |(_, judged), place|
      next unless buildable?(judged) && place < group.size - 1
      counts[:pins] += 1
      counts[:unbuildable] += 1 unless buildable?(newest[1])
      next if [let_through, place].max == wanted
      counts[:findings] << differing(group, let_through, wanted)
    end
  end

  def differing(group, let_through, wanted)
    let_through > wanted ? finding(:leak, *group[let_through]) : finding(:overblock, *group[wanted])
  end

  def finding(side, candidate, judged)
    kind = side == :leak ? leak_kind(candidate, judged) : overblock_kind(candidate, judged)
    Finding.new(side, kind, candidate.text)
  end

  def ignored?(candidate) = @reader.ignores?(candidate)

  def buildable?(judged)
    return false if judged.nil?
    return @verdicts.fetch(judged) unless @counts_series
    !prerelease?(judged) && @verdicts.fetch(judged[/\A\d+/])
  end

  def prerelease?(judged) = judged.match?(/[a-z]/i)

  def leak_kind(candidate, judged)
    if judged.nil? || prerelease?(judged)
      return passes_with_its_final?(candidate) ? "prerelease" : "unexplained"
    end
    newer_in_series?(numbers_of(judged)) ? "gap" : "unexplained"
  end

  def overblock_kind(candidate, judged)
    return "build-number" if candidate.more_numbers_than_version?
    return "prerelease-held-back" if prerelease?(judged)
    numbers = numbers_of(judged)
    return "short-tag" if numbers.size < SERIES_NUMBERS.fetch(@runtime, 1)
    newer_let_through?(numbers) ? "older-series" : "unexplained"
  end

  # The final is let through whose prerelease this is.
  def passes_with_its_final?(candidate)
    !@reader.ignores_text?(candidate.text[/\A\d+(?:\.\d+)*/])
  end

  def numbers_of(text) = text.split(".").map(&:to_i)

  # Feature bands of the .NET SDK, the hundreds of the third number from 100 on, get patches side by
  # side.
  def series_of(numbers)
    return [*numbers.first(2), [numbers.fetch(2, 0) / 100, 1].max] if @runtime == "dotnet" && !@counts_series
    numbers.first(SERIES_NUMBERS.fetch(@runtime, 1))
  end

  def newest_of_series
    @newest_of_series ||= begin
      finals = @verdicts.select { |text, buildable| buildable && !prerelease?(text) }.keys
      finals.map { |text| numbers_of(text) }.group_by { |numbers| series_of(numbers) }
            .transform_values { |all| all.max_by { |numbers| padded(numbers) } }
    end
  end

  def padded(numbers) = numbers + ([0] * (5 - numbers.size))

  def newer_in_series?(numbers)
    newest = newest_of_series[series_of(numbers)]
    newest && (padded(newest) <=> padded(numbers)).positive?
  end

  def newer_let_through?(numbers)
    @newest_let_through ||= @candidates.filter_map do |candidate, judged|
      next unless buildable?(judged) && !ignored?(candidate) && !prerelease?(judged)
      padded(numbers_of(judged))
    end.max
    !@newest_let_through.nil? && (@newest_let_through <=> padded(numbers)).positive?
  end
end
