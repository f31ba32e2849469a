# Prints the steps of the action or of the component as one shell script each, with inputs filled in, as the
# runner does it: steps.rb action FILE FOLDER NAME=VALUE…, steps.rb component FILE FOLDER NAME=VALUE….
# An expression that is not known here is an error: what is tested is what stands there.
require "yaml"

kind, file, folder, *pairs = ARGV
given = pairs.to_h { |pair| pair.split("=", 2) }

def script(lines, environment)
  exports = environment.map { |name, value| "export #{name}='#{value.to_s.gsub("'", "'\\\\''")}'\n" }.join
  "set -eo pipefail\n#{exports}#{lines}\n"
end

if kind == "action"
  action = YAML.safe_load(File.read(file))
  abort "not a composite action" unless action["runs"]["using"] == "composite"
  fill = lambda do |text|
    text.to_s.gsub(/\$\{\{\s*(.*?)\s*\}\}/) do
      expression = $1
      if (input = expression[/\Ainputs\.(\w+)\z/, 1])
        known = action["inputs"].fetch(input) { abort "no input #{input}" }
        given.fetch(input) { known["required"] ? abort("input #{input} is required") : fill.call(known["default"]) }
      elsif expression.start_with?("github.") then given.fetch(expression, "")
      else abort "not known: #{expression}"
      end
    end
  end
  unknown = given.keys.reject { |key| key.include?(".") } - action["inputs"].keys
  abort "no input #{unknown.first}" unless unknown.empty?
  action["runs"]["steps"].each_with_index do |step, index|
    abort "a step without a shell" unless step["shell"] == "bash"
    File.write("#{folder}/step#{index}.sh", script(step["run"], step["env"].transform_values(&fill)))
  end
else
  head, body = File.read(file).split(/^---$/, 2)
  inputs = YAML.safe_load(head)["spec"]["inputs"]
  (given.keys - inputs.keys).each { |key| abort "no input #{key}" }
  body = body.gsub(/\$\[\[\s*inputs\.(\w+)\s*\]\]/) do
    known = inputs.fetch($1) { abort "no input #{$1}" }
    given.fetch($1) { known.to_h.key?("default") ? known["default"].to_s : abort("input #{$1} is required") }
  end
  job = YAML.safe_load(body).values.first
  lines = (job["before_script"] + job["script"]).join("\n")
  File.write("#{folder}/step0.sh", script(lines, job["variables"]))
end
