// What goes wrong, and whose business it is. Each class has its exit code.
// Wording: `file:line: key = value (why it is wrong) what would be right`.
#pragma once
#include <stdexcept>
#include <string>

namespace shahr {

enum ExitCode : int { exit_done = 0, exit_failed = 1, exit_input = 2, exit_device = 3, exit_output = 4, exit_interrupted = 130 };

struct Error : std::runtime_error {
    Error(int exit_code, const std::string& what) : std::runtime_error(what), exit_code(exit_code) {}
    int exit_code;
};

// Something the user can put right in a file or on the command line.
struct InputError : Error {
    explicit InputError(const std::string& what) : Error(exit_input, what) {}
};

// The device is missing, or failed; names the functor and the device.
struct DeviceError : Error {
    explicit DeviceError(const std::string& what) : Error(exit_device, what) {}
};

// The result cannot be written.
struct OutputError : Error {
    explicit OutputError(const std::string& what) : Error(exit_output, what) {}
};

}  // namespace shahr
