# Versions as Dependabot compares them, by ecosystem. Most are RubyGems'; a "-" in them is ".pre." to
# it. Those of Maven and of conda have an order of their own.

# An image's tag: what is compared of it, and what a candidate must have in common with it.
class Tag
  # Numbers, with letters behind a dot ("1.26rc1"); an update ("_7"); words that end in a number
  # ("-nanoserver-1809") count as part of the version, so this is compared, too.
  PARTS = /\A(?<numbers>\d+(?:\.[a-z0-9]+)*)(?<update>_\d+)?
           (?<builds>(?:(?:-[a-z]+)*-\d+(?:\.[a-z0-9]+)*)*)(?<suffix>-[a-z][a-z0-9.-]*)?\z/ix

  attr_reader :text, :suffix

  def self.parse(text)
    parts = PARTS.match(text.delete_prefix("v"))
    new(text, parts) if parts
  end

  def initialize(text, parts)
    @text = text
    @numbers = parts[:numbers].downcase
    @builds = parts[:builds]
    @suffix = parts[:suffix]
  end

  # The update part is dropped where something is ignored.
  def version
    @version ||= Gem::Version.new(numeric.tr("-", "."))
  end

  def prerelease?
    numeric.match?(/[a-z]/)
  end

  # A bare number is a format of its own, and none becomes more precise.
  def kind
    [suffix, @builds.gsub(/\d+/, "N"), numeric.split(/[.-]/).size]
  end

  def more_numbers_than_version?
    !@builds.empty?
  end

  private

  def numeric
    @numbers + @builds.gsub(/-[a-z]+/i, "")
  end
end

# A package's version: no suffixes, no formats.
class Package
  attr_reader :text, :version

  def initialize(text, version)
    @text = text
    @version = version
  end

  def kind = nil
  def prerelease? = text.match?(/[a-z]/i)
  def more_numbers_than_version? = false
end

# Maven's order: numbers, and words that sort below the release (all that are asked about here do).
class MavenVersion
  include Comparable
  WORDS = %w[alpha beta milestone rc].freeze

  attr_reader :items

  def initialize(text)
    tokens = text.downcase.scan(/\d+|[a-z]+/)
    @items = tokens.map { |token| token.match?(/\d/) ? [2, token.to_i] : [0, rank(token)] }
    @items.pop while @items.last == [2, 0]
  end

  def <=>(other)
    (0...[items.size, other.items.size].max).each do |i|
      order = (items[i] || missing(other.items[i])) <=> (other.items[i] || missing(items[i]))
      return order unless order.zero?
    end
    0
  end

  private

  # Beside a number zero, beside a word the release itself.
  def missing(beside) = beside[0] == 2 ? [2, 0] : [1, 0]

  def rank(word)
    word = "milestone" if word == "m"
    WORDS.index(word) or raise ArgumentError, "unknown qualifier #{word}"
  end
end

# PEP 440, without what no release of a runtime has.
class CondaVersion
  include Comparable
  PATTERN = /\A(?<numbers>\d+(?:\.\d+)*)(?:(?<word>a|b|rc)(?<count>\d+))?\z/

  attr_reader :key

  def self.correct?(text) = PATTERN.match?(text)

  def initialize(text)
    parts = PATTERN.match(text) or raise ArgumentError, "no version: #{text}"
    numbers = parts[:numbers].split(".").map(&:to_i)
    numbers.pop while numbers.last&.zero?
    @key = [numbers, parts[:word] || "z", parts[:count].to_i]
  end

  def <=>(other) = key <=> other.key
end
