#include "cli/network/command_serve.h"

#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <optional>
#include <ostream>

#include "app/network/refresher.h"
#include "app/program_version.h"
#include "cli/network/log.h"
#include "cli/process_environment.h"
#include "net/curl_fetcher.h"
#include "net/url.h"
#include "serve/transport/listening.h"
#include "serve/transport/server.h"

namespace buildable::cli {
namespace {

Instant clock_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// Signals are waited for, not caught. Threads that are made later leave them alone, too.
sigset_t awaited_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  return set;
}

void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::string wanted_address(const Context& context, const ServeArguments& arguments) {
  if (!arguments.listen.empty()) return arguments.listen;
  const char* port = std::getenv("PORT");
  if (port != nullptr && *port != '\0') return ":" + std::string(port);
  return context.settings.serve.listen;
}

Result<int> open_listener(const Context& context, const ServeArguments& arguments) {
  auto passed = http::socket_of_systemd();
  if (!passed) return fail(std::move(passed.error()));
  if (*passed) return **passed;
  return http::listen_on(wanted_address(context, arguments));
}

// For health checks where nothing but this program is there: one request, without a second attempt.
int probe(const Context& context, const std::string& address) {
  const auto url = http::url_of_listener(address);
  if (!url) return context.failed(url.error());
  const auto parsed = net::parse_url(*url + "healthz");
  if (!parsed) return context.failed(parsed.error());
  net::FetchLimits limits;
  limits.attempts = 1;
  limits.connect = limits.request = limits.total = std::chrono::seconds(4);
  const auto fetcher = net::curl_fetcher({.hosts = {parsed->host},
                                          .local_addresses = {parsed->endpoint()},
                                          .user_agent = app::user_agent(),
                                          .limits = limits});
  std::optional<Error> problem;
  fetcher->get({.source = "service", .url = parsed->text, .cacheable = false},
               [&problem](const Result<net::Response>& response) {
                 if (!response) problem = response.error();
               });
  fetcher->run();
  if (!problem) return exit_good;
  context.failed(*problem);
  return exit_no_answer;
}

// The values that no number of the settings may have, by name.
Result<void> check_settings(const app::ServeSettings& settings) {
  const auto within = [](const char* name, int value, int least, int most) -> Result<void> {
    if (value >= least && value <= most) return {};
    return fail(
        Diagnostic{.message = std::to_string(value) + " is out of range",
                   .path = std::string("serve.") + name,
                   .hint = "from " + std::to_string(least) + " to " + std::to_string(most)});
  };
  return within("refresh_seconds", settings.refresh_seconds, 0, 604800)
      .and_then([&] { return within("threads", settings.threads, 1, 64); })
      .and_then([&] { return within("connections", settings.connections, 1, 100000); })
      .and_then([&] {
        return within("connections_per_address", settings.connections_per_address, 1, 100000);
      })
      .and_then([&] { return within("deadline_seconds", settings.deadline_seconds, 1, 3600); })
      .and_then([&] { return within("drain_seconds", settings.drain_seconds, 0, 600); });
}

http::ServerOptions options_of(const app::ServeSettings& settings) {
  http::ServerOptions options;
  options.threads = static_cast<unsigned>(settings.threads);
  options.connections = static_cast<unsigned>(settings.connections);
  options.connections_per_address = static_cast<unsigned>(settings.connections_per_address);
  options.deadline = std::chrono::seconds(settings.deadline_seconds);
  return options;
}

Result<app::RefreshPlan> plan_of(const app::Settings& settings) {
  auto checked = check_settings(settings.serve);
  if (!checked) return fail(std::move(checked.error()));
  app::RefreshPlan plan;
  plan.interval = std::chrono::seconds(settings.serve.refresh_seconds);
  if (settings.follow.url.empty()) {
    plan.provider = app::observing_provider(settings);
    return plan;
  }
  auto provider = app::following_provider(settings);
  if (!provider) return fail(std::move(provider.error()));
  plan.provider = std::move(*provider);
  return plan;
}

// One run of the service.
class Service {
 public:
  Service(const Context& context, const ServeArguments& arguments)
      : context_(context),
        arguments_(arguments),
        log_(context.arguments.log_format.value_or(LogFormat::text), context.arguments.quiet) {}

  int run();

 private:
  Result<void> start();
  void reload();
  int end();

  const Context& context_;
  const ServeArguments& arguments_;
  Log log_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<app::Refresher> refresher_;
};

Result<void> Service::start() {
  auto plan = plan_of(context_.settings);
  if (!plan) return fail(std::move(plan.error()));
  auto first = app::Refresher::first(*plan->provider, clock_now());
  if (!first) return fail(std::move(first.error()));
  auto listener = open_listener(context_, arguments_);
  if (!listener) return fail(std::move(listener.error()));
  const std::string address = http::address_of(*listener);
  auto server =
      http::Server::start(*listener, *first, options_of(context_.settings.serve), clock_now);
  if (!server) return fail(std::move(server.error()));
  server_ = std::move(*server);
  log_.info("Serves " + (*first)->origin() + " at http://" + address + "/");
  refresher_ = std::make_unique<app::Refresher>(
      std::move(*plan), std::move(*first),
      app::RefreshSinks{
          .show = [this](http::GenerationPtr next) { server_->show(std::move(next)); },
          .inform = [this](std::string_view line) { log_.info(line); },
          .warn = [this](std::string_view line) { log_.warning(line); },
          .now = clock_now});
  return {};
}

// What is wrong with the new settings leaves the old ones in force.
void Service::reload() {
  http::notify_manager("RELOADING=1");
  const auto settings = read_settings(context_.arguments.config, SettingsStream::refused);
  auto plan = settings ? plan_of(*settings) : Result<app::RefreshPlan>(fail(settings.error()));
  if (plan) {
    refresher_->replace(std::move(*plan));
    log_.info("Settings read again; address, threads and limits are those of the start.");
  } else {
    log_.warning("The settings stay as they are: " + plan.error().to_text());
  }
  http::notify_manager("READY=1");
}

int Service::end() {
  http::notify_manager("STOPPING=1");
  log_.info("Ends.");
  server_->drain(std::chrono::seconds(context_.settings.serve.drain_seconds));
  // An observation that is under way writes nothing that a killed one would leave broken
  // (store/file_writer.h), and may wait for a source for two minutes; a check writes nothing.
  const bool at_rest = server_->stop_work(std::chrono::seconds(1));
  if (!refresher_->stop(std::chrono::seconds(1)) || !at_rest) std::_Exit(exit_good);
  refresher_.reset();
  server_.reset();
  return exit_good;
}

int Service::run() {
  raise_file_limit();
  const sigset_t signals = awaited_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (const auto started = start(); !started) return context_.failed(started.error());
  http::notify_manager("READY=1");
  for (int number = 0; sigwait(&signals, &number) == 0;) {
    if (number != SIGHUP) break;
    reload();
  }
  return end();
}

}  // namespace

int command_serve(const Context& context, const ServeArguments& arguments) {
  if (arguments.probe) return probe(context, wanted_address(context, arguments));
  return Service(context, arguments).run();
}

}  // namespace buildable::cli
