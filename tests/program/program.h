// Runs the built program as its user does: command line in, exit code and words out.
#pragma once
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace shahr {

inline std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

struct Outcome {
    int code = -1;                             // exit code; 128 + the signal that ended it
    std::string out, err;
};

// A folder of its own for each test, in which the program is started.
class ProgramTest : public testing::Test {
protected:
    using Arguments = std::vector<std::string>;

    ProgramTest() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        std::string name = std::string("shahr_") + test->test_suite_name() + "_" + test->name() + "_" + std::to_string(getpid());
        for (char& c : name)
            if (c == '/') c = '_';
        folder_ = std::filesystem::temp_directory_path() / name;
        std::filesystem::create_directories(folder_);
    }
    ~ProgramTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    Outcome run(const Arguments& arguments) { return wait_for(start(arguments)); }

    pid_t start(const Arguments& arguments) {
        // What an earlier run said is not this one's: has_said() must not read it.
        for (const char* name : {"out", "err"}) std::filesystem::remove(folder_ / name);
        const pid_t child = fork();
        if (child == 0) become(arguments);
        return child;
    }

    Outcome wait_for(pid_t child) const {
        int status = 0;
        waitpid(child, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of_file(folder_ / "out"), text_of_file(folder_ / "err")};
    }

    // Waits until the program has said that on standard error, at most a minute.
    bool has_said(const std::string& words) const {
        for (int i = 0; i < 6000; ++i) {
            if (text_of_file(folder_ / "err").find(words) != std::string::npos) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return name;
    }
    bool exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
    std::string read(const std::string& name) const { return text_of_file(folder_ / name); }
    static std::string scenario(const std::string& name) { return std::string(SHAHR_SOURCE_DIR "/scenarios/") + name; }

    std::filesystem::path folder_;
    std::string program_ = SHAHR_PROGRAM;
    std::map<std::string, std::string> environment_;
    rlim_t largest_file_ = RLIM_INFINITY;      // bytes; writes beyond it fail as on a full disk

private:
    [[noreturn]] void become(const Arguments& arguments) const {
        std::vector<char*> argv = {const_cast<char*>(program_.c_str())};
        for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        if (chdir(folder_.c_str()) != 0) _exit(99);
        for (const auto& [name, stream] : {std::pair{"out", STDOUT_FILENO}, std::pair{"err", STDERR_FILENO}}) {
            const int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
            if (file < 0 || dup2(file, stream) < 0) _exit(99);
        }
        unsetenv("SHAHR_DEVICE");
        unsetenv("SHAHR_THREADS");
        for (const auto& [name, value] : environment_) setenv(name.c_str(), value.c_str(), 1);
        if (largest_file_ != RLIM_INFINITY) {
            const rlimit limit{largest_file_, largest_file_};
            setrlimit(RLIMIT_FSIZE, &limit);
            std::signal(SIGXFSZ, SIG_IGN);
        }
        execv(program_.c_str(), argv.data());
        _exit(99);
    }
};

}  // namespace shahr
