# The example settings are settings, each with every key that there is.
expect 0 "$work/release/bin/buildable" versions python --config packaging/buildable.toml
ruby -rjson - schemas/config.schema.json packaging/buildable.toml <<'RUBY'
schema, example = JSON.parse(File.read(ARGV[0])), File.read(ARGV[1])
(schema["properties"].keys - %w[sources check]).each do |key|
  abort "the example lacks #{key}" unless example.match?(/^(# )?(#{key} = |\[#{key}\])/)
end
RUBY
