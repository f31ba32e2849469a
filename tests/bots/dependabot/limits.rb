# The limits that docs/bots.md admits: the table under the marker, with columns for ecosystems, runtimes,
# the kind in backticks, and the reason. A limit that is not listed fails, and so does one that is listed
# and no longer there.
class Limits
  MARKER = "<!-- limits of Dependabot, read by tests/bots/dependabot -->"

  def initialize(path)
    text = File.read(path)
    raise "#{path} lacks #{MARKER}" unless text.include?(MARKER)
    rows = text.split(MARKER, 2).last.lines.map(&:strip).drop_while(&:empty?)
               .take_while { |line| line.start_with?("|") }.drop(2)
    @listed = rows.flat_map { |row| triples(row) }
    @seen = Hash.new(0)
  end

  # Whether the limit is admitted; remembers that it is there.
  def admits?(ecosystem, runtime, kind)
    @seen[[ecosystem, runtime, kind]] += 1
    @listed.include?([ecosystem, runtime, kind])
  end

  def not_needed = @listed.reject { |triple| @seen.key?(triple) }

  private

  def triples(row)
    ecosystems, runtimes, kind = row.split("|").map(&:strip).drop(1)
    ecosystems.split(", ").product(runtimes.split(", "), [kind.delete("`")])
  end
end
