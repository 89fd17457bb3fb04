#include "CGnuplot.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <gnuplot-iostream.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

/// The words for the calling thread's last system error, after what was being done.
std::runtime_error system_failure(const std::string &doing) {
  return std::runtime_error(doing + ": " + std::generic_category().message(errno));
}

/// A file descriptor that is closed when it goes out of scope.
class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  int number() const { return number_; }
  int release() {
    int number = number_;
    number_ = -1;
    return number;
  }
  void close() {
    if (number_ >= 0) ::close(release());
  }

private:
  int number_;
};

/// The same file under a number above standard error, so that a child's three standard files, set one after the
/// other, cannot cover it where this process was started with some of its own closed.
int above_standard(int number) {
  Descriptor low(number);
  int high = ::fcntl(low.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (high < 0) throw system_failure("cannot open one more file");
  return high;
}

/// A file without a name, so that nobody else can open it and nothing is left behind, however the process ends.
int open_private_file() {
  const char *folder = std::getenv("TMPDIR");
  std::string path = std::string(folder && *folder ? folder : "/tmp") + "/xai-tab-XXXXXX";
  int number = ::mkostemp(path.data(), O_CLOEXEC);
  if (number < 0) throw system_failure("cannot make a temporary file " + path);
  ::unlink(path.c_str());
  return above_standard(number);
}

/// All bytes of a file, from its beginning.
std::string contents(const Descriptor &file) {
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    ssize_t count = ::pread(file.number(), buffer, sizeof buffer, static_cast<off_t>(text.size()));
    if (count == 0) return text;
    if (count > 0) text.append(buffer, static_cast<size_t>(count));
    else if (errno != EINTR) throw system_failure("cannot read what gnuplot wrote");
  }
}

/// Keeps SIGPIPE from the calling thread, and so from the process, while it writes to a program that may be gone.
class QuietPipes {
public:
  QuietPipes() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~QuietPipes() {
    // A signal of our own making must not arrive when the mask is lifted; one that was waiting before must.
    timespec now = {0, 0};
    if (!was_pending_)
      while (sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) {
      }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  QuietPipes(const QuietPipes &) = delete;
  QuietPipes &operator=(const QuietPipes &) = delete;

  const sigset_t &mask_before() const { return before_; }
  const sigset_t &pipe() const { return pipe_; }

private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_;
};

/// The first executable file named gnuplot in a list of folders, or an empty string.
std::string find_program(const char *search_path) {
  if (!search_path) search_path = std::getenv("PATH");
  std::stringstream folders(search_path ? search_path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (folder.empty()) continue;
    std::string path = folder + "/gnuplot";
    struct stat facts;
    if (::stat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

/// The environment of this process with a fixed locale, so that numbers and messages do not depend on the user's.
std::vector<char *> environment() {
  static char locale[] = "LC_ALL=C.UTF-8";
  std::vector<char *> entries;
  for (char **entry = environ; entry && *entry; ++entry)
    if (std::strncmp(*entry, "LC_ALL=", 7) != 0) entries.push_back(*entry);
  entries.push_back(locale);
  entries.push_back(nullptr);
  return entries;
}

/// Starts a program on three descriptors. No shell stands between, so no character of a path has a meaning.
pid_t start(const std::string &program, int input, int output, int errors, const QuietPipes &quiet) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &quiet.mask_before());
  posix_spawnattr_setsigdefault(&attributes, &quiet.pipe());
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  char name[] = "gnuplot";
  char no_user_settings[] = "-d";
  char *arguments[] = {name, no_user_settings, nullptr};
  pid_t process = 0;
  int failure = posix_spawn(&process, program.c_str(), &actions, &attributes, arguments, environment().data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  errno = failure;
  if (failure != 0) throw system_failure("cannot start " + program);
  return process;
}

/// Writes the script and its numbers, then waits; `errors` and `output` fill meanwhile. True if gnuplot ended well.
bool run(
    const std::string &program, const char *script, const xai_gnuplot_block *blocks, size_t block_count,
    const Descriptor &output, const Descriptor &errors) {
  QuietPipes quiet;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw system_failure("cannot make a pipe to gnuplot");
  Descriptor writing(ends[1]);
  Descriptor reading(above_standard(ends[0]));
  std::FILE *stream = ::fdopen(writing.number(), "w");
  if (!stream) throw system_failure("cannot open the pipe to gnuplot");
  writing.release();

  pid_t process;
  {
    Gnuplot gnuplot(stream);
    process = start(program, reading.number(), output.number(), errors.number(), quiet);
    reading.close();
    gnuplot << script;
    for (size_t index = 0; index < block_count; ++index) {
      const xai_gnuplot_block &block = blocks[index];
      std::vector<std::vector<double>> rows;
      for (size_t row = 0; row < block.rows; ++row) {
        const double *first = block.values + row * block.columns;
        rows.emplace_back(first, first + block.columns);
      }
      gnuplot.send1d(rows);
    }
    // Said rather than left to the end of the pipe, a copy of which another thread's child may hold open.
    gnuplot << "exit\n";
  }
  int state = 0;
  while (::waitpid(process, &state, 0) < 0) {
    if (errno == EINTR) continue;
    // A host that ignores SIGCHLD has no state to ask for; the output alone decides then.
    return errno == ECHILD;
  }
  return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

void store(const std::string &text, char *message, size_t capacity) {
  if (!message || capacity == 0) return;
  size_t count = std::min(text.size(), capacity - 1);
  std::memcpy(message, text.data(), count);
  message[count] = 0;
}

}  // namespace

extern "C" xai_gnuplot_status xai_gnuplot_render(
    const char *search_path, const char *script, const xai_gnuplot_block *blocks, size_t block_count, char **output,
    size_t *length, char *message, size_t capacity) {
  *output = nullptr;
  *length = 0;
  store("", message, capacity);
  try {
    std::string program = find_program(search_path);
    if (program.empty()) return XAI_GNUPLOT_MISSING;
    Descriptor drawing(open_private_file());
    Descriptor errors(open_private_file());
    bool ended_well = run(program, script, blocks, block_count, drawing, errors);
    std::string drawn = contents(drawing);
    store(contents(errors), message, capacity);
    // gnuplot ends well after some errors too, so a drawing must be there as well.
    if (!ended_well || drawn.empty()) return XAI_GNUPLOT_FAILED;
    *output = static_cast<char *>(std::malloc(drawn.size()));
    if (!*output) throw std::bad_alloc();
    std::memcpy(*output, drawn.data(), drawn.size());
    *length = drawn.size();
    return XAI_GNUPLOT_DONE;
  } catch (const std::exception &failure) {
    store(failure.what(), message, capacity);
  } catch (...) {
    store("an unknown failure while drawing", message, capacity);
  }
  return XAI_GNUPLOT_FAILED;
}

extern "C" void xai_gnuplot_release(char *output) { std::free(output); }
